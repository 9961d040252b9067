"""What a page in the wrong folder's language hides."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from leitfaden.checking.engine import check_beside
from leitfaden.checking.registry import all_rules
from leitfaden.checking.wording import diagnostic
from leitfaden.contract import load_contract
from tests.checking.fixtures import ROOT, build_tree

ENGLISH = """---
title: Plan a workshop
---
# Plan a workshop

## Overview

The workshop begins with a round of introductions by everyone in the room.

After the break the group works out which services are to come first.

## Refresh Summary

| Date | Who Changed | What Changed |
|---|---|---|
| {day} | Team | Text |
"""
CONTRACT = load_contract(ROOT / "playbook.yml")


def codes(files: dict[str, str], path: str) -> set[str]:
    _, found, _ = build_tree({name: text.encode() for name, text in files.items()}, CONTRACT)
    return {code for code, _ in found[path][1] if code.startswith("LF5")}


def test_a_copy_of_the_source_is_told_once() -> None:
    files = {
        "en/some-page.md": ENGLISH.format(day=dt.date(2026, 4, 20).strftime("%m/%d/%Y")),
        "de/some-page.md": ENGLISH.format(day=dt.date(2026, 3, 2).strftime("%m/%d/%Y")),
    }
    assert codes(files, "de/some-page.md") == {"LF507"}
    files["de/some-page.md"] += "\n## Nächste Schritte\n"
    assert codes(files, "de/some-page.md") == {"LF502", "LF503", "LF508", "LF516"}


def test_a_stray_copy_is_told_once_without_its_source() -> None:
    files = {
        "en/index.md": "# Home\n",
        "de/other-page.md": ENGLISH.format(day="03/02/2026"),
    }
    assert codes(files, "de/other-page.md") == {"LF507"}


def test_all_locales_without_a_translation_stand_in_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "playbook.yml"
    locales = (
        "{en: {name: English}, de: {name: Deutsch}, fr: {name: Français}, it: {name: Italiano}}"
    )
    path.write_text(f"source: en\nlocales: {locales}\n", "utf-8")
    files = {"en/a.md": b"# A\n", "en/b.md": b"# B\n", "fr/b.md": b"# B\n", "de/b.md": b"# B\n"}
    _, found, _ = build_tree(files, load_contract(path))
    told = [one for code, one in found["en/a.md"][1] if code == "LF501"]
    assert [dict(one.values) for one in told] == [{"locales": "de, fr"}]


@pytest.mark.parametrize(
    ("german", "message"),
    [
        ("# A\n\n## B\n\n## C\n", "The outline of the source page ends before “C”."),
        ("# A\n", "The outline of the source page goes on, with “B” (level 2)."),
    ],
)
def test_an_outline_is_compared_also_where_no_unit_is(german: str, message: str) -> None:
    files = {"en/some.md": b"# A\n\n## B\n", "de/some.md": german.encode()}
    tree, found, _ = build_tree(files, CONTRACT)
    facts = found["de/some.md"][0]
    told = check_beside(facts, dataclasses.replace(tree, standings=None))
    [one] = [one.finding for one in told if one.code == "LF510"]
    assert diagnostic(all_rules()["LF510"], one, facts).message == message
    assert "LF510" not in [one.code for one in check_beside(facts, tree)]
