"""A page as a whole: kind, title, sections, steps, and where things stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitfaden.contract import Kind, NavGroup, NavPage
from leitfaden.model import Place, Position, Span
from leitfaden.reading import PageReader, read_page
from tests.reading.pages import CONTRACT, read

PROCESS = """\
# Assess It

Phase: **Assess**

## Overview

Text.

## Approach

Text.

### Plan

Primary Role: **FM**

#### Details

### Do

Text.

## Key Inputs

### Not a step

Text.

### Lost

Primary Role: **FE**

## Refresh Summary
"""


def outline(text: str) -> list[tuple[str, int, list[str]]]:
    """Return the sections with the lines that they take, and their steps."""
    page = read(text)
    return [
        (
            section.heading.text,
            section.span.of(text).count("\n"),
            [step.heading.text for step in section.steps],
        )
        for section in page.sections
    ]


def test_sections_and_their_steps() -> None:
    assert outline(PROCESS) == [
        ("Overview", 4, []),
        ("Approach", 14, ["Plan", "Do"]),
        ("Key Inputs", 10, ["Lost"]),
        ("Refresh Summary", 1, []),
    ]


def test_steps_end_where_the_next_one_begins() -> None:
    steps = read(PROCESS).steps
    assert [step.span.of(PROCESS).split("\n", 1)[0] for step in steps] == [
        "### Plan",
        "### Do",
        "### Lost",
    ]
    assert steps[0].span.end == steps[1].span.start
    assert steps[1].span.of(PROCESS) == "### Do\n\nText.\n\n"
    assert [[a.keys("primary-role") for a in step.assignments] for step in steps] == [
        [("manager",)],
        [],
        [("engineer",)],
    ]


def test_a_section_at_another_level_is_one_all_the_same() -> None:
    text = "# T\n\n## Approach\n\n### Refresh Summary\n\n#### Overview\n\n# U\n\nText.\n"
    assert outline(text) == [("Approach", 2, []), ("Refresh Summary", 2, []), ("Overview", 2, [])]


def test_a_page_without_approach_has_no_steps() -> None:
    assert read("## Overview\n\n### A\n\nPrimary Role: **FM**\n").steps == ()


def test_the_text_before_the_first_section_belongs_to_none() -> None:
    assert outline("Text.\n\n### A\n\n## B\n") == [("B", 1, [])]


@pytest.mark.parametrize(
    ("text", "own", "phases"),
    [
        ("# Assess\n", (), ("assess",)),
        ("# Begin\n\nPhase: **Initiate**\n", ("initiate",), ("initiate",)),
    ],
)
def test_a_phase_page_without_a_label_is_about_the_phase_of_its_group(
    text: str, own: tuple[str, ...], phases: tuple[str, ...]
) -> None:
    group = NavGroup("assess", None, (NavPage("phase-assess"), NavPage("assess-it")))
    kinds = {"phase": Kind(pages=("phase-*",)), **CONTRACT.kinds}
    reader = PageReader(replace(CONTRACT, navigation=(group,), kinds=kinds))

    def phases_of(page_id: str) -> tuple[str, ...]:
        return reader.read(text.encode(), path="x.md", locale="en", page_id=page_id).phases

    assert phases_of("phase-assess") == phases
    assert phases_of("phase-of-no-group") == phases_of("assess-it") == own


@pytest.mark.parametrize(
    ("page_id", "kind"), [("index", "home"), ("assess-it", "process"), ("a/b", "guidance")]
)
def test_the_kind_comes_from_the_id(page_id: str, kind: str) -> None:
    assert read("", page_id=page_id).kind == kind


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# In *its* language\n\n# Second\n", "In its language"),
        ("---\ntitle: From metadata\n---\n## A\n", "From metadata"),
        ("---\ntitle: From metadata\n---\n# Own\n", "Own"),
        ("---\ntitle: 42\n---\n", "42"),
        ("# \n", "assess-it"),
        ("", "assess-it"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert read(text).title == title


def test_places_count_lines_and_columns_from_one() -> None:
    page = read("\ufeff---\r\na: b\r\n---\r\n# Ü\U0001f600x\r\n".encode())
    [heading] = page.headings
    assert page.position(0) == Position(1, 1)
    assert page.position(heading.text_span.start) == Position(4, 3)
    assert page.position(heading.text_span.end) == Position(4, 6)
    place = page.place(heading.text_span)
    assert place == Place("docs/en/assess-it.md", Position(4, 3), Position(4, 6))
    assert str(place) == "docs/en/assess-it.md:4:3"
    assert page.position(len(page.text)) == Position(5, 1)


def test_a_single_page_can_be_read_without_a_reader() -> None:
    page = read_page(b"# T\n", path="docs/en/a.md", locale="en", page_id="a", contract=CONTRACT)
    assert (page.id, page.locale, page.path, page.title) == ("a", "en", "docs/en/a.md", "T")


def test_reading_is_repeatable() -> None:
    assert read(PROCESS) == read(PROCESS)
    assert hash(read(PROCESS).headings) == hash(read(PROCESS).headings)


def test_the_front_matter_is_no_markdown() -> None:
    page = read("---\ntitle: '# x'\nauthor: |\n  ## Overview\n---\n# T\n")
    assert [heading.text for heading in page.headings] == ["T"]
    assert page.events[0].start == page.front_matter.span.end
    assert page.front_matter.span == Span(0, page.text.index("# T"))
