"""Edits on a text, and where everything else goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leitfaden.fixing import splice
from leitfaden.fixing.splices import (
    Offsets,
    Taken,
    are_disjoint,
    disjoint,
    line_end,
    narrowed,
    with_line_ends,
)
from leitfaden.model import Edit, Fix, Span


def edit(start: int, end: int, text: str = "") -> Edit:
    return Edit(Span(start, end), text)


TEXTS = st.text("ab\r\n |#\u00a0\U0001f600", max_size=40)
EDITS = st.builds(
    lambda start, length, text: edit(start, start + length, text),
    st.integers(0, 45),
    st.integers(0, 8),
    st.text("xy\n", max_size=4),
)


def test_edits_are_made_in_the_order_of_the_text() -> None:
    assert splice("abcdef", [edit(4, 5, "E"), edit(0, 1, "A"), edit(2, 2, "-")]) == "Ab-cdEf"


def test_of_edits_that_overlap_the_first_one_is_made() -> None:
    assert splice("abcdef", [edit(2, 5, "x"), edit(1, 3, "y")]) == "aydef"


def test_neighbours_do_not_overlap() -> None:
    assert splice("abcd", [edit(0, 2, "x"), edit(2, 2, "-"), edit(2, 4, "y")]) == "x-y"


def test_of_two_texts_put_in_at_one_place_one_waits() -> None:
    assert splice("ab", [edit(1, 1, "x"), edit(1, 1, "y")]) == "axb"


def test_a_text_cannot_be_put_into_what_is_replaced() -> None:
    assert splice("abcd", [edit(0, 4, "x"), edit(2, 2, "y")]) == "x"


def test_the_same_edit_of_two_findings_is_made_once() -> None:
    taken = Taken(3)
    assert taken.take([edit(1, 2)])
    assert taken.take([edit(1, 2), edit(2, 3)])
    assert taken.edits == [edit(1, 2), edit(2, 3)]


def test_edits_of_one_fix_are_taken_together_or_not_at_all() -> None:
    taken = Taken(9)
    taken.take([edit(4, 6)])
    assert not taken.take([edit(0, 1), edit(5, 7)])
    assert taken.edits == [edit(4, 6)]


def test_an_edit_beyond_the_text_is_not_made() -> None:
    assert splice("ab", [edit(1, 3, "x")]) == "ab"
    assert not are_disjoint([edit(1, 3)], 2)


def test_an_edit_is_narrowed_to_what_it_changes() -> None:
    text = "one two three"
    assert narrowed(edit(0, 13, "one 2 three"), text) == edit(4, 7, "2")
    assert narrowed(edit(0, 3, "one"), text) == edit(3, 3)
    assert narrowed(edit(4, 7, "too"), text) == edit(5, 6, "o")


def test_a_line_end_in_a_fix_is_that_of_the_page() -> None:
    fix = Fix((edit(0, 0, "a\nb\r\nc"), edit(1, 1, "d")))
    assert with_line_ends(fix, "\r\n") == (edit(0, 0, "a\r\nb\r\nc"), edit(1, 1, "d"))
    assert with_line_ends(fix, "\n") == fix.edits


def test_the_line_end_that_is_used_most() -> None:
    assert line_end("") == "\n"
    assert line_end("a\r\nb\r\nc\n") == "\r\n"
    assert line_end("a\rb") == "\r"
    assert line_end("a\nb\nc\r\n") == "\n"


@given(TEXTS, st.lists(EDITS, max_size=8))
def test_everything_outside_of_the_edits_stays(text: str, edits: list[Edit]) -> None:
    made = disjoint(edits, len(text))
    new = splice(text, edits)
    offsets = Offsets(made)
    inside = {at for e in made for at in range(e.span.start, e.span.end)}
    for at, char in enumerate(text):
        if at not in inside:
            assert new[offsets.to_new(at)] == char
            assert offsets.to_old(offsets.to_new(at)) == at
    kept = len(text) - len(inside)
    assert len(new) == kept + sum(len(e.text) for e in made)
    for e, (start, end) in zip(made, offsets.new, strict=True):
        assert new[start:end] == e.text


@given(TEXTS, st.lists(EDITS, max_size=8))
def test_what_is_left_out_overlaps_with_what_is_made(text: str, edits: list[Edit]) -> None:
    made = disjoint(edits, len(text))
    assert are_disjoint(made, len(text))
    for e in edits:
        if e not in made:
            assert not are_disjoint([*made, e], len(text))


@given(TEXTS, EDITS)
def test_a_narrowed_edit_does_the_same(text: str, one: Edit) -> None:
    if one.span.end <= len(text):
        assert splice(text, [narrowed(one, text)]) == splice(text, [one])


@given(st.lists(EDITS, max_size=8), st.integers(0, 60), st.integers(0, 60))
def test_places_keep_their_order(edits: list[Edit], one: int, other: int) -> None:
    offsets = Offsets(disjoint(edits, 53))
    one, other = sorted((one, other))
    assert offsets.to_new(one) <= offsets.to_new(other)
    assert offsets.to_old(one) <= offsets.to_old(other)


def test_what_is_put_in_at_the_beginning_of_a_part_belongs_to_it() -> None:
    offsets = Offsets([edit(0, 2), edit(4, 4, "xx")])
    assert (offsets.to_begin(4), offsets.to_new(4)) == (2, 4)
    assert (offsets.to_begin(2), offsets.to_begin(0), offsets.to_begin(1)) == (0, 0, 0)
