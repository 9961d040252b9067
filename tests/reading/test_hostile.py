"""Input that is made to break a reader: it is read, and what holds for every page holds."""

from __future__ import annotations

from itertools import accumulate

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.model import Event, Position
from leitfaden.reading import markdown
from leitfaden.reading.page import MAX_LABELS
from tests.reading.pages import CONTRACT, diagnostics_of, kinds, labels, read
from tests.reading.soundness import assert_sound
from tests.reading.test_properties import PIECES, quick

TASKS = "| Task ID | Task Name | M | FastTrack Role | Services |\n|-|-|-|-|-|\n"
ROW = "| 4047 | Do it | M | FM | Teams / Exchange |"
DATES = "|Date|Who Changed|What Changed|\n|-|-|-|\n"

HOSTILE = {
    "brackets": "[" * 20_000,
    "pictures": "![" * 20_000,
    "open links": "[a](" * 20_000,
    "pictures in pictures": "![a" * 3_000 + "](b)" * 3_000,
    "nested lists": "- " * 3_000 + "x",
    "nested lists over lines": "".join(f"{'  ' * depth}- a\n" for depth in range(300)),
    "nested quotes": "> " * 10_000 + "x",
    "nested quotes and a label": ">" * 10_000 + "Phase: **Assess**",
    "nested emphasis": "*a _b " * 10_000,
    "backticks": "".join("`" * size + " " for size in range(200)),
    "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * 20_000,
    "tasks": TASKS + f"{ROW}\n" * 2_000,
    "tasks on one line": TASKS + ROW * 2_000,
    "broken tasks": TASKS + "| 4047 | Do it | O FE |\n" * 2_000,
    "columns": "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|b" * 5_000,
    "surplus cells": "|a|\n|-|\n" + "|*b*" * 2_000,
    "pipes": "|" * 20_000 + "\n" + "|-" * 20_000,
    "a long separator": "|a|b|\n|" + "-" * 200_000 + "x",
    "blanks for a separator": "|a|b|\n" + " " * 200_000 + "x",
    "one line": "word " * 200_000,
    "one line of colons": "Phase: " * 5_000,
    "one line of umlauts": "ü" * 500_000,
    "blanks": "a" + " " * 1_000_000 + "b",
    "blanks in a label": "Primary" + " " * 200_000 + "Role:" + " " * 200_000 + "**FM**",
    "labels": "Phase: **Assess**  \n" * 5_000,
    "labels on one line": "Phase: **Assess** " * 5_000,
    "unclosed labels": "Phase: **Assess\n" * 5_000,
    "values": "Applies To: **" + "Teams/" * 5_000 + "**",
    "unknown values": "Applies To: **" + "x," * 5_000 + "**",
    "steps": "## Approach\n" + "### Step\nPhase: **Assess**\n\n" * 3_000,
    "sections": "## Approach\n### Step\n# Title\n" * 3_000,
    "lifted headings": "- a\n\n  ## Overview\n" * 3_000,
    "lifted headings in lists": "- a\n" + "\n  ## Overview\n  - b\n" * 3_000,
    "indented headings": "    ## Overview\n\na\n\n" * 3_000,
    "ids": "# {#a}\n" * 5_000,
    "braces": "# " + "{#a}" * 5_000,
    "escaped targets": "[a](b\\_c) " * 5_000,
    "one escaped target": "[a](b\\_" + "\\(" * 50_000 + ")",
    "dates": DATES + "".join(f"|1/2/{year}|x|y|\n" for year in range(5_000)),
    "summaries": f"{DATES}|1/1/2020|x|y|\n\n" * 1_000,
    "footnotes": "[^a]" * 10_000 + "\n\n[^a]: x",
    "references": "".join(f"[{n}]: x\n" for n in range(5_000)) + "[1]" * 5_000,
    "a long reference": "[a]: " + "x" * 100_000 + "\n\n" + "[a] " * 10_000,
    "fences": "---\n" * 20_000,
    "a fence of blanks": "---" + " " * 500_000 + "x",
    "a fence of dashes": "-" * 500_000 + "x",
    "a fence of line ends": "---\n" + "\n" * 500_000,
    "returns": "a\r" * 20_000,
    "nul": "\0" * 100_000,
    "broken tasks in a list": "- [ ] \\\n  -\n" * 1_000,
    "comments": "a <!--" * 20_000,
    "ids without an end": "{#" * 20_000,
    "deep emphasis": "*a " * 5_000 + "b* " * 5_000,
    "bold values without an end": "Phase: **" * 5_000,
    "parted values": "Applies To: **" + "**, **".join(["Teams"] * 500) + "**",
    "links in values": "Applies To: **" + "[a](b)," * 5_000 + "**",
    "surplus cells with markup": "|a|\n|-|\n" + "|\\*|" * 2_500,
    "refused tables": "|a|b|\n|-|\n|*c*|`d`|\n\n" * 500,
    "a refused table": "|a|b|\n|-|\n" + "|*c*|d|\n" * 2_500,
    "many small tables": "|a|\n|-|\n|b|\n\n" * 2_000,
    "headers alone": "|x" * 5_000 + "|\n" + "|-" * 5_000 + "|\n",
    "a wide table of tasks": "|Task ID" + "|x" * 3_000 + "|\n|-|\n|4047" + "|FM" * 3_000 + "|",
    "letters": TASKS + "|4047|a|O FE|\n" * 2_000,
    "tasks in a row": TASKS + "|4047" * 5_000,
    "definitions": "".join(f"[^{n}]: x\n\n" for n in range(2_000)),
    "definitions in definitions": "[^a]: " * 3_000 + "x",
    "combining characters": "a" + "\u0308" * 100_000,
    "combining characters in emphasis": "*u\u0308* " * 5_000,
    "blanks of no width": "Phase" + "\u200b" * 300_000 + ": **Assess**",
    "blanks of no width in cells": "|a|\n|-|\n" + "|\u200b" * 5_000,
    "mixed line ends": "a\r\nb\nc\r" * 5_000,
    "returns before line ends": "\r\r\n" * 20_000,
    "YAML in brackets": "---\na: " + "[" * 60_000 + "\n---\n# T",
    "YAML aliases": "---\na: &a [x]\n" + "b: *a\n" * 5_000 + "---\n# T",
    "a YAML scalar": '---\na: "' + "x" * 60_000 + '"\n---\n# T',
    "YAML keys": "---\n" + "".join(f"k{n}: b\n" for n in range(5_000)) + "---\n# T",
}
TOO_LARGE = {
    "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * 60_000,
    "a row": "|a|\n|-|\n" + "|b" * 150_000,
    "short rows below a wide header": "|a" * 900 + "|\n" + "|-" * 900 + "|\n" + "|b|\n" * 1_000,
    "headings": "# a\n" * 50_000,
    "labels in paragraphs": "Phase: **Assess**\n\n" * 30_000,
    "lines": "a\n" * 100_000,
    "quotes above many lines": ">" * 100_000 + "x\n" * 10_000,
    "lists above many lines": "- " * 20_000 + "x\n" * 10_000,
    "footnotes above many lines": "[^a]: " * 20_000 + "x\n" * 10_000,
    "numbers above many lines": "1. > " * 20_000 + "x\n" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile(text: str) -> None:
    page = read(text)
    assert page.text == text
    assert_sound(page, CONTRACT)


@pytest.mark.parametrize("body", TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_what_is_too_large_to_be_a_page_is_shown_as_it_stands(body: str) -> None:
    page = read(f"---\ntitle: T\n---\n{body}")
    assert kinds(page.defects) == ["too-large"]
    assert [event.value for event in page.events if event.kind == "text"] == [body]
    assert (page.headings, page.tables, page.label_blocks, page.links) == ((), (), (), ())
    assert page.title == "T"
    assert_sound(page, CONTRACT)
    [diagnostic] = diagnostics_of(page)
    assert diagnostic.code == "LF101"
    assert diagnostic.place.start == Position(4, 1)


def test_a_long_page_is_read() -> None:
    """Thirty times as much as the longest page of any known playbook."""
    part = f"## Approach\n\n### Step\n\nPhase: **Assess**\n\n{TASKS}{ROW}\n\n"
    page = read(part * 1_000)
    assert page.defects == ()
    assert (len(page.sections), len(page.tasks), len(page.label_blocks)) == (1_000, 1_000, 1_000)


def test_deep_nesting_alone_is_read() -> None:
    page = read("- " * 3_000 + "a\n\nb\n\n" + ">" * 3_000 + "c\n")
    assert page.defects == ()
    assert max(accumulate(_depth(event) for event in page.events)) > 3_000


def _depth(event: Event) -> int:
    return {"open": 1, "close": -1}.get(event.kind, 0)


def test_labels_without_end_are_read_up_to_a_number() -> None:
    page = read("Phase: **Assess**\n" * (MAX_LABELS - 1))
    assert page.defects == ()
    page = read(("Phase: **Assess**\n" * 700 + "\n") * (MAX_LABELS // 700 + 2))
    assert kinds(page.defects) == ["too-large"]
    assert len(labels(page)) == MAX_LABELS
    assert_sound(page, CONTRACT)


def test_a_value_of_too_many_terms_names_none() -> None:
    [label] = labels(read("Applies To: **" + "/".join(["Teams"] * 900) + "**"))
    assert label.keys == ("teams",) * 900
    [label] = labels(read("Applies To: **" + "/".join(["Teams"] * 1_100) + "**"))
    assert [use.key for use in label.values] == [None]
    assert kinds(label.defects) == ["label-term-unknown"]


def test_a_table_too_wide_for_tasks_is_a_table() -> None:
    page = read("|Task ID" + "|x" * 200 + "|\n" + "|-" * 201 + "|\n|4047|\n")
    assert page.tasks == ()
    assert len(page.tables[0].header) == 201


MARKED = st.lists(st.text("ab*_`\\[]()<>&;~^ä ", min_size=1, max_size=8), min_size=1, max_size=6)


@quick
@given(MARKED)
def test_cells_read_at_once_say_what_each_says_alone(sources: list[str]) -> None:
    alone = [markdown.plain_text(markdown.cell_events(source)) for source in sources]
    assert markdown.cell_texts(sources) == alone


@quick
@given(
    st.lists(st.sampled_from([*PIECES, "> ", "- ", "1. ", "[^a]: "]), max_size=30),
    st.integers(0, 40),
)
def test_offsets_count_characters(pieces: list[str], start: int) -> None:
    """However an offset is found, it is the number of characters before the parser's byte."""
    body = "".join(pieces)
    data = body.encode()
    seen = pyromark.events_with_range(body, options=markdown._OPTIONS, merge_text=True)
    expected = sorted(
        (len(data[: place["start"]].decode()) + start, len(data[: place["end"]].decode()) + start)
        for event, place in seen
        if not str(event).startswith("{'End'")
    )
    events, pairs, opened = markdown.parse("x" * start + body, start)
    if "{#" not in body:  # taking an id shortens its heading's text
        found = [(event.start, event.end) for event in events if event.kind != "close"]
        assert sorted(found) == expected
    everything = markdown.closings(events)
    assert {index: everything[index] for index in pairs} == pairs
    assert sorted(pairs) == sorted(index for some in opened.values() for index in some)
    assert all(events[index].tag == tag for tag, some in opened.items() for index in some)


def test_what_makes_the_parser_give_up_is_shown_as_it_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A panic in Rust derives from BaseException; none is known today."""
    panic = type("PanicException", (BaseException,), {})

    def give_up(*_: object) -> list[Event]:
        raise panic("slice index starts at 10 but ends at 9")

    monkeypatch.setattr(markdown, "_events", give_up)
    page = read("---\na: b\n---\n# T\n\n|a|\n|-|\n|b|\n")
    assert [event.value for event in page.events if event.kind == "text"] == [page.body]
    assert kinds(page.defects) == ["unreadable"]
    assert [event.value for event in markdown.cell_events("a *b*")] == ["a *b*"]


def test_what_stops_the_program_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> list[Event]:
        raise KeyboardInterrupt

    monkeypatch.setattr(markdown, "_events", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read("a")
