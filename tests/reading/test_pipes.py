"""Tables that lack pipes in front are tables, with all their places in the page's own text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.reading.markdown import read_events
from leitfaden.reading.pipes import may_lack_pipes
from tests.reading.pages import read


@pytest.mark.parametrize(
    ("text", "header", "cells"),
    [
        ("a\n-|\n", ["a"], []),
        ("Größe\n:-\nklein\ngroß\n", ["Größe"], ["klein", "groß"]),
        ("ä ö ü\n\n漢字\n|-\n**b**（c）\n", ["漢字"], ["**b**（c）"]),
        ("above\na|b\n-|-\nc|d\n", ["a", "b"], ["c", "d"]),
        ("- ü\n\n  a\n  -:\n  b\n", ["a"], ["b"]),
        ("> ü\n> a|b\n> -|-\n", ["a", "b"], []),
        ("\\*x\n:-\n", [r"\*x"], []),
    ],
)
def test_cells_are_found_where_they_stand(text: str, header: list[str], cells: list[str]) -> None:
    page = read(text)
    [table] = page.tables
    assert [cell.span.of(page.text) for cell in table.header] == header
    assert [cell.span.of(page.text) for row in table.rows for cell in row.cells] == cells
    [opened] = [e for e in page.events if (e.kind, e.tag) == ("open", "table")]
    assert page.text[opened.start :].startswith(header[0])


@pytest.mark.parametrize("text", ["a\n-|\n\nb **c** d\n", "ä\n:-:\n\n> `c` [l](x)\n"])
def test_what_follows_such_a_table_keeps_its_place(text: str) -> None:
    for event in read_events(text):
        if event.kind == "text":
            assert text[event.start : event.end] == event.value


@pytest.mark.parametrize(
    "text", ["* y\n|-\n", "a\n- b|c\n-|-\n", "ä\n    -|\n", "> a\n-|\n", "a\n:\n"]
)
def test_no_pipe_is_shown_that_a_page_does_not_hold(text: str) -> None:
    assert shown_pipes(text) == text.count("|")


LINES = st.sampled_from(
    ["a", "ä|b", "|c", "-", ":-", "-|", "|-", "-|-", "|-|-", r"\|", "", "|", "漢"]
)
PREFIX = st.sampled_from(["", "", "> ", "- ", "  ", "    ", ">", "1. "])
TEXT = st.lists(st.tuples(PREFIX, LINES).map("".join), max_size=12).map("\n".join)


@settings(max_examples=500, deadline=None)
@given(TEXT)
def test_pipes_are_never_added_to_what_is_shown(text: str) -> None:
    assert shown_pipes(text) <= text.count("|")
    ends = [event.end for event in read_events(text)]
    assert all(end <= len(text) for end in ends)


def shown_pipes(text: str) -> int:
    return sum(str(event.value).count("|") for event in read_events(text) if event.kind == "text")


@pytest.mark.parametrize(
    ("text", "tables"),
    [("a\n\n- b\n---\n", 0), ("| a |\n|---|\n| b |\n", 1), ("a|b\r\n-|-\r\n", 1)],
)
def test_ordinary_pages_are_parsed_once(text: str, tables: int) -> None:
    assert not may_lack_pipes(text, tables)
