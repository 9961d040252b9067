"""Headings: their text, their place, their id, and the section that they open."""

from __future__ import annotations

import pytest

from tests.reading.pages import read


@pytest.mark.parametrize(
    ("source", "level", "text", "written"),
    [
        ("# Title", 1, "Title", "Title"),
        ("##  Title", 2, "Title", "Title"),
        ("### Title ###  ", 3, "Title", "Title"),
        ("###### A *b* `c` [d](e)", 6, "A b c d", "A *b* `c` [d](e)"),
        ("Title\n===", 1, "Title", "Title"),
        ("A\nb\n---", 2, "A b", "A\nb"),
        ("#\u200b Title", None, "", ""),
        ("# \u200bTitle\u200b", 1, "Title", "Title"),
        ("# A\u00a0 b", 1, "A b", "A\u00a0 b"),
        ("# A &amp; B", 1, "A & B", "A &amp; B"),
        ("#", 1, "", ""),
        ("## ##", 2, "", ""),
        ("#Title", None, "", ""),
        ("# Run the {Wizard}", 1, "Run the {Wizard}", "Run the {Wizard}"),
        ("# {Wizard}", 1, "{Wizard}", "{Wizard}"),
        ("# A {.b c=d}", 1, "A {.b c=d}", "A {.b c=d}"),
    ],
)
def test_headings(source: str, level: int | None, text: str, written: str) -> None:
    page = read(f"{source}\n\nText.\n")
    assert [h.level for h in page.headings] == ([] if level is None else [level])
    for heading in page.headings:
        assert heading.text == text
        assert heading.text_span.of(page.text) == written
        assert heading.explicit_id is None
        assert heading.span.of(page.text) == source.rstrip(" \u200b")


@pytest.mark.parametrize(
    ("source", "text", "given"),
    [
        ("# A title {#it}", "A title", "it"),
        ("# A title{#it}", "A title", "it"),
        ("## A *b* {#it} ##", "A b", "it"),
        ("# *b* {#it}", "b", "it"),
        ("A title {#it-is_1.2}\n===", "A title", "it-is_1.2"),
        ("# {#it}", "", "it"),
        ("# Ü \U0001f600 {#ü}", "Ü \U0001f600", "ü"),
    ],
)
def test_ids(source: str, text: str, given: str) -> None:
    page = read(f"{source}\n")
    [heading] = page.headings
    assert (heading.text, heading.explicit_id) == (text, given)
    assert "{#" not in heading.text_span.of(page.text)
    assert "{#" not in "".join(str(e.value) for e in page.events if e.kind == "text")
    assert "{#" in heading.span.of(page.text)


@pytest.mark.parametrize(
    "source",
    ["# A {#}", "# A {#b c}", "# A {#b}c", "# A \\{#b}", "# A `{#b}`", "# A {#{b}", "# A {#b\\}"],
)
def test_what_is_no_id(source: str) -> None:
    [heading] = read(f"{source}\n").headings
    assert heading.explicit_id is None
    assert heading.text.startswith("A {#")


@pytest.mark.parametrize(
    ("source", "locale", "section", "written_in"),
    [
        ("## Overview", "en", "overview", "en"),
        ("##  Übersicht", "de", "overview", "de"),
        ("## U\u0308bersicht:", "de", "overview", "de"),
        ("## Overview", "de", "overview", "en"),
        ("## Ansatz", "de", "approach", "de"),
        ("### **Objectives**", "en", "objectives", "en"),
        ("#### FTOP-Aufgaben", "de", "ftop-tasks", "de"),
        ("## 概要", "ja", "overview", "ja"),
        ("## Anything", "en", None, ""),
        ("## Overviews", "en", None, ""),
    ],
)
def test_known_sections(source: str, locale: str, section: str | None, written_in: str) -> None:
    [heading] = read(f"{source}\n", locale).headings
    assert (heading.section, heading.section_locale) == (section, written_in)


def test_a_very_long_heading_opens_no_section() -> None:
    [heading] = read(f"## {'Übersicht ' * 10_000}\n", "de").headings
    assert heading.section is None
