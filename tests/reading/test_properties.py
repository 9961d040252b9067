"""Whatever a file holds: the page is read, and what it says about its text is true."""

from __future__ import annotations

import re
from collections.abc import Callable
from unittest.mock import patch

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitfaden.model import Page
from leitfaden.reading import frontmatter
from leitfaden.reading.frontmatter import read_front_matter
from leitfaden.reading.hoisting import hoist
from leitfaden.reading.markdown import read_events, tidy
from leitfaden.reading.source import decode
from tests.reading.pages import CONTRACT, read, said, stated
from tests.reading.soundness import assert_balanced, assert_front_matter, assert_sound, leaves

ENGLISH = """\
---\x20
# required metadata
title: "Assess It"
description: All of it: no
ms.date: 10/22/2019
---
# Assess It

Phase: **Assess**\x20\x20
Motions: **Customer Health/RFA**

## Overview

See [this](b.md "c"), ![that](d_e.png) and <https://example.org>.

> [!NOTE]
> Mind the `gap` &amp; the {Wizard}.

## Approach

### Plan it {#plan}

Primary Role: **FastTrack Manager**
Applies To: **Exchange / Classroom/SDS**

1. One
   - Two

     ## Key Inputs
2. Three

#### FTOP Tasks

| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
| ------- | --------- | :----------------------: | :------------: | -------- |
| 4047    | Do *it*   | M | FM | All Services || 4048 | [And](that.md) | O | FE | Teams |
| 3184    | {Wizard}  | O FastTrack Engineer | Exchange |

- End.\x20\x20
\x20\x20\x20\x20
    ## Refresh Summary

|Date|Who Changed|What Changed|
|----|-----------|------------|
|04/30/2020| Ada | Everything |
|30.4.2019| Bob | Nothing[^1] |

[^1]: Note.
"""
GERMAN = """\
# Übersicht – größer

Phase: **Analyse** Konzepte: **Kundenintegrität und RFA**

## Methode

### Planung

Primäre Rolle(n): **Qualifizierter FastTrack-Partner**\x20\x20
Gilt für: **Alle Dienste /
Windows\u00a010**

| Aufgaben-ID | Titel | (E) Erforderlich (O) Optional | FastTrack-Rolle |
|---|---|---|
|| 4047 | Größe \u200bprüfen | E | FastTrack-Entwickler |

##  Zusammenfassung der Aktualisierung

|Datum|Geändert durch|Änderung an|
|---|---|---|
|04/30/2020|Jörg|Änderung|
"""
PIECES = [
    *("a", " ", "\n", "\n\n", "    ", "\t", "\r", "\r\n", "\0", "\u200b", "\u00a0", "\ufeff"),
    *("ä", "a\u0308", "\U0001f600", "日本", "|", "||", "\\|", "*", "**", "_", "`", "```\n", "~~"),
    *("#", "## ", "- ", "1. ", "> ", "---\n", "===\n", "[", "](", ")", "!", "<", ">", "<br>"),
    *("&", "&amp;", "\\", "{", "}", "{#a}", ":", ": ", "\uff1a", "(", "/", ",", "-", "0", "4047"),
    *("[^1]", "[^1]: ", "[a]: b\n", "- [ ] ", "<!--", "-->", "\u2028", "\x0b", "title: ", "'"),
    *("Phase: ", "**Assess**", "Applies To:", "Gilt für: **", "M", "| O FE |", "1/2/2020"),
    *("## Overview\n", "  ## Ziele\n", "    ## Approach\n", "### Step\n", "|Date|a|\n|-|-|\n"),
    *("| Task ID | Task Name | M | FastTrack Role |\n|-|-|-|-|\n", "| 4047 | a | M | FM |\n"),
]
LOCALES = st.sampled_from(CONTRACT.locale_keys)
# So that the whole folder stays quick; more can be asked for by a profile.
quick = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def splice(text: str, piece: str, at: float, length: int) -> str:
    start = int(at * len(text))
    return text[:start] + piece + text[start + length :]


def double_line(text: str, piece: str, at: float, length: int) -> str:
    lines = text.split("\n")
    index = int(at * (len(lines) - 1))
    return "\n".join([*lines[: index + 1], piece + lines[index], *lines[index + 1 :]])


def join_lines(text: str, piece: str, at: float, length: int) -> str:
    end = text.find("\n", int(at * len(text)))
    return text if end < 0 else text[:end].rstrip() + piece + text[end + 1 :]


def cut(text: str, piece: str, at: float, length: int) -> str:
    return text[int(at * len(text)) :][: 20 * length + 1]


Mutation = Callable[[str, str, float, int], str]
MUTATIONS: list[Mutation] = [splice, splice, splice, double_line, join_lines, cut]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A page like the real ones, with a few things done to it."""
    text = draw(st.sampled_from([ENGLISH, GERMAN, GERMAN + ENGLISH]))
    steps = st.tuples(
        st.sampled_from(MUTATIONS),
        st.sampled_from(PIECES),
        st.floats(0, 1),
        st.integers(0, 40),
    )
    for mutate, piece, at, length in draw(st.lists(steps, max_size=8)):
        text = mutate(text, piece, at, length)
    return text


def assembled() -> st.SearchStrategy[str]:
    """A text that consists of what matters to Markdown and to a playbook."""
    return st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def texts() -> st.SearchStrategy[str]:
    return mutated() | assembled()


@quick
@given(st.binary(max_size=300), LOCALES)
def test_any_bytes(data: bytes, locale: str) -> None:
    assert_sound(read(data, locale), CONTRACT)


@quick
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_text(text: str, encoding: str) -> None:
    assert_sound(read(text.encode(encoding, "replace")), CONTRACT)


@quick
@given(assembled(), LOCALES)
def test_anything_assembled(text: str, locale: str) -> None:
    page = read(text, locale)
    assert page.text == text.removeprefix("\ufeff")
    assert_sound(page, CONTRACT)


@quick
@given(mutated(), LOCALES)
def test_anything_like_a_real_page(text: str, locale: str) -> None:
    page = read(text, locale)
    assert page.text == text.removeprefix("\ufeff")
    assert_sound(page, CONTRACT)


@quick
@given(texts(), LOCALES)
def test_reading_is_deterministic(text: str, locale: str) -> None:
    assert read(text, locale) == read(text, locale)


def gist(page: Page) -> list[object]:
    """Return what a page says, without any place."""
    return [
        page.metadata(),
        [(heading.level, heading.text, heading.section) for heading in page.headings],
        said(page),
        [stated(task) for task in page.tasks],
        [[cell.text for cell in row.cells] for table in page.tables for row in table.rows],
        [(link.target, link.text) for link in page.links],
        sorted(defect.kind for defect in page.all_defects()),
    ]


@quick
@given(texts(), LOCALES, st.sampled_from(["\r\n", "\r"]))
def test_line_ends_make_no_difference(text: str, locale: str, end: str) -> None:
    text = re.sub(r"\r\n?", "\n", text)
    assert gist(read(text.replace("\n", end), locale)) == gist(read(text, locale))


@quick
@given(texts())
def test_hoisting_keeps_the_balance_and_loses_no_text(text: str) -> None:
    plain = decode(text.encode()).plain
    events = read_events(plain, read_front_matter(plain).span.end)
    out, lifted = hoist(events, lambda _: True)
    assert_balanced(out)
    marks = re.compile(r"[\s#]+")  # those of a heading that was code
    before, after = (
        [marks.sub("", value) for kind, value in leaves(some) if kind in ("text", "code", "html")]
        for some in (events, out)
    )
    assert list(filter(None, before)) == list(filter(None, after))
    opened = {event.start for event in out if (event.kind, event.tag) == ("open", "heading")}
    assert set(lifted) <= opened
    kept, nothing = hoist(events, lambda _: False)
    assert (kept, nothing) == (events, {})


KEYS = st.from_regex(r"[a-z][a-z.-]{0,10}", fullmatch=True).filter(
    lambda key: yaml.safe_load(key) == key and not key.endswith(("-", "."))
)
VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


@quick
@given(st.dictionaries(KEYS, VALUES | st.integers() | st.booleans() | st.none(), max_size=6))
def test_front_matter_says_what_it_was_given(values: dict[str, object]) -> None:
    inner = yaml.safe_dump(values, allow_unicode=True, sort_keys=False) if values else ""
    text = f"---\n{inner}---\nBody\n"
    matter = read_front_matter(text)
    assert {entry.key: entry.value for entry in matter.entries} == values
    assert [entry.key_span.of(text) for entry in matter.entries] == list(values)
    assert text[matter.span.end :] == "Body\n"
    assert_front_matter(text, matter)


CELL = st.text("aäß1 \u00a0\u200b\U0001f600", max_size=8)


@quick
@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.tuples(*[CELL] * n), min_size=2)))
def test_tables_say_what_they_were_given(rows: list[tuple[str, ...]]) -> None:
    header, *body = ([f"x{cell}" for cell in row] for row in rows)
    lines = [header, ["-"] * len(header), *body]
    text = "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
    [table] = read(text).tables
    written = [list(map(tidy, cells)) for cells in (header, *body)]
    assert [
        [c.text for c in cells] for cells in (table.header, *(r.cells for r in table.rows))
    ] == (written)
    assert_sound(read(text), CONTRACT)


@quick
@given(
    LOCALES,
    st.lists(st.sampled_from(list(CONTRACT.services)), min_size=1, max_size=6),
    st.data(),
)
def test_labels_say_what_they_were_given(locale: str, keys: list[str], data: st.DataObject) -> None:
    separators = st.sampled_from(CONTRACT.locales[locale].separators)
    value = "".join(
        CONTRACT.services[key].name(locale) + (data.draw(separators) if key_follows else "")
        for key, key_follows in zip(keys, [True] * (len(keys) - 1) + [False], strict=True)
    )
    page = read(f"{CONTRACT.labels['applies-to'].name(locale)}: **{value}**\n", locale)
    assert said(page) == [("applies-to", tuple(keys))]


_KEYS = st.sampled_from(["title", "ms.date", "on", "null", "_x", "a-b", "1", "a b", "<<", "é"])
_STARTS = st.sampled_from(["a", "É", "0", "19", "yes", "null", "1e3", "2019-01-01", "~", "- ", "'"])
_PARTS = (
    "b",
    "é",
    "\u4e2d",
    "\xb2",
    "9" * 101,
    " ",
    "  ",
    " - ",
    "/",
    "_1",
    ".5",
    ", ",
    " & ",
    "+",
)
_BREAKERS = ("(x)", ":", ": ", "#", " #", "\t", "\r", "\xa0", "\u200b", "\ufeff", '"', "*", "\n ")
_RESTS = st.lists(st.sampled_from(_PARTS + _BREAKERS), max_size=4).map("".join)
_VALUES = st.builds("{}{}".format, _STARTS, _RESTS)
_LINES = st.one_of(
    st.builds("{}: {}\n".format, _KEYS, _VALUES),
    st.builds("# {}\n".format, _VALUES),
    st.sampled_from(["\n", " \n", "title:\n", "...\n", "  more\n"]),
)


@given(st.lists(_LINES, max_size=5))
def test_the_short_way_through_flat_front_matter_ends_where_yaml_does(lines: list[str]) -> None:
    text = f"---\n{''.join(lines)}---\nBody\n"
    short = read_front_matter(text)
    with patch.object(frontmatter, "_flat", return_value=None):
        assert short == read_front_matter(text)
