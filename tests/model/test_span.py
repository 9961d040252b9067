"""Spans, positions and places."""

from __future__ import annotations

import pytest

from leitfaden.model import Diagnostic, Place, Position, Severity, Span


def test_a_span_names_a_part_of_a_text() -> None:
    assert Span(1, 3).of("abcd") == "bc"
    assert Span(2, 2).of("abcd") == ""


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_does_not_run_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_spans_cover_what_lies_between_them() -> None:
    assert Span(5, 7).cover(Span(1, 2)) == Span(1, 7)
    assert Span(1, 9).cover(Span(2, 3)) == Span(1, 9)


def test_spans_are_in_the_order_of_the_text() -> None:
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]


def test_places_are_printed_as_editors_understand_them() -> None:
    assert str(Place("docs/en/a.md")) == "docs/en/a.md"
    assert str(Place("docs/en/a.md", Position(3, 7), Position(3, 9))) == "docs/en/a.md:3:7"


def test_diagnostics_are_printed_with_their_cure() -> None:
    place = Place("a.md", Position(1, 2))
    assert str(Diagnostic("LF101", Severity.ERROR, place, "It is wrong.")) == (
        "a.md:1:2: LF101 It is wrong."
    )
    assert str(Diagnostic("LF101", Severity.ERROR, place, "It is wrong.", "Mend it.")) == (
        "a.md:1:2: LF101 It is wrong. Mend it."
    )
