"""What others can show of a page: its face changes with all of that, and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from leitfaden.contract import Contract, load_contract
from leitfaden.contract.settings import Citations
from leitfaden.engine.faces import Faces
from leitfaden.model import Page, Playbook
from leitfaden.reading import PageReader

CONTRACT = Path(__file__).parents[1] / "sites" / "small" / "playbook.yml"

PAGE = """\
---
title: Pour
hide: [toc]
---

# Pour the Water

Phase: **Brew**

First words of all. See [home](index.md) and ![a cup](cup.svg).

## Overview

More of it, as task 101 says.

## Approach

### Warm Up

Primary Role: **Barista**

#### Tasks

| Task ID | Task Name | Requirement | Role | Services |
| --- | --- | :-: | --- | --- |
| 101 | Heat the water | M | Barista | Espresso |
| 102 | Warm the cup | O | Roaster | Tea |

[!INCLUDE [Shared](shared.md)]

## Update Summary

| Date | Who Changed | What Changed |
| --- | --- | --- |
| 10/05/2026 | Barista | Water is **weighed** |
"""


@cache
def contract() -> Contract:
    known = load_contract(CONTRACT)
    return replace(known, citations=Citations({"en": ("task",)}))


def read(text: str, locale: str = "en", page_id: str = "pour") -> Page:
    reader = PageReader(contract())
    path = f"docs/{locale}/{page_id}.md"
    return reader.read(text.encode(), path=path, locale=locale, page_id=page_id)


def face_of(text: str, **others: str) -> str:
    """The face of a page beside others, which are given by their ids; `de` is its translation."""
    page = read(text)
    english = {page_id: read(one, page_id=page_id) for page_id, one in others.items()}
    source = {"pour": page, **english}
    german = {"pour": read(others["de"], "de")} if "de" in others else {}
    return Faces(contract(), Playbook("en", ("en", "de"), {"en": source, "de": german})).of(page)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("More of it", "Something **else**, at much greater length,\nover two lines"),
        ("More of it, as", "```\ncode\n```\n\nAs"),
        ("as task 101 says", "as task 101 and again task 101 says"),
        ("Water is **weighed**", "Water is *weighed*"),
        ("| 101 | Heat the water |", "|   101 |   Heat *the* water   |"),
        ("More of it", "| a | b |\n| - | - |\n| 1 | 2 |\n\nMore of it"),
    ],
)
def test_prose_is_no_part_of_it(old: str, new: str) -> None:
    assert old in PAGE
    assert face_of(PAGE.replace(old, new)) == face_of(PAGE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Pour", "title: Pouring"),
        ("title: Pour", "title: Pour\ndescription: What it is about."),
        ("hide: [toc]", "hide: [navigation]"),
        ("# Pour the Water", "# Pour Water"),
        ("Phase: **Brew**", "Phase: **Grind**"),
        ("First words", "The first words"),  # which describe the page
        ("[home](index.md)", "[home](index.md#top)"),
        ("[home](index.md)", "[house](index.md)"),
        ("(cup.svg)", "(other.svg)"),
        ("## Overview", "## Outlook"),
        ("## Overview", "## Overview {#view}"),
        ("## Overview", "### Overview"),
        ("task 101", "task 102"),
        ("### Warm Up", "### Warm"),
        ("Primary Role: **Barista**", "Primary Role: **Roaster**"),
        ("| 101 | Heat", "| 103 | Heat"),
        ("Heat the water", "Heat water"),
        ("| M |", "| O |"),
        ("| M | Barista", "| M | Roaster"),
        ("| Espresso |", "| Tea |"),
        ("| Task Name |", "| Name |"),
        ("[!INCLUDE [Shared](shared.md)]", ""),
        ("(shared.md)", "(index.md)"),
        ("10/05/2026", "11/05/2026"),
        ("| 10/05/2026 | Barista |", "| 10/05/2026 | Roaster |"),
        ("**weighed**", "measured"),
    ],
)
def test_all_else_is(old: str, new: str) -> None:
    assert old in PAGE
    assert face_of(PAGE.replace(old, new, 1)) != face_of(PAGE)


def test_where_a_link_stands_is_a_part_of_it_but_not_how_far_away() -> None:
    moved = PAGE.replace(" and ![a cup](cup.svg)", "").replace("More", "![a cup](cup.svg) More")
    assert face_of(moved) != face_of(PAGE)
    assert face_of(PAGE.replace("More", "Much more")) == face_of(PAGE)


def test_what_is_shown_of_an_included_file_is_a_part_of_it() -> None:
    with_it = face_of(PAGE, shared="Shared.")
    assert with_it != face_of(PAGE)
    assert with_it == face_of(PAGE, shared="Shared text.")
    assert with_it != face_of(PAGE, shared="x " * 600_000)  # which is too much to be shown


def test_a_translation_is_called_as_its_source_tells() -> None:
    german = read("---\ntitle: Brew\n---\n\nText.\n", "de")
    faces = [
        Faces(
            contract(),
            Playbook("en", ("en", "de"), {"en": {"pour": read(text)}, "de": {"pour": german}}),
        ).of(german)
        for text in ("---\ntitle: Brew\n---\n", "---\ntitle: Pour\n---\n")
    ]
    assert faces[0] != faces[1]
