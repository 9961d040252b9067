"""Splices: a text with parts of it replaced, and where everything else has gone to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

from leitfaden.model import Edit, Fix, Span

_BARE_END = re.compile(r"(?<!\r)\n")


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made; of edits that overlap, the first one in the text.

    Args:
        text: The text.
        edits: The edits, in any order; those that reach beyond the text are left out.
    """
    parts: list[str] = []
    at = 0
    for edit in disjoint(edits, len(text)):
        parts += text[at : edit.span.start], edit.text
        at = edit.span.end
    return "".join((*parts, text[at:]))


def disjoint(edits: Iterable[Edit], length: int) -> list[Edit]:
    """Return those of the edits that can be made together, in the order of the text.

    Args:
        edits: The edits, in any order.
        length: How long the text is.
    """
    taken = Taken(length)
    for edit in sorted(edits, key=lambda edit: edit.span):
        taken.take((edit,))
    return taken.edits


class Taken:
    """The edits that are to be made together.

    Args:
        length: How long the text is.
    """

    def __init__(self, length: int) -> None:
        self.edits: list[Edit] = []
        self._length = length

    def take(self, edits: Sequence[Edit]) -> bool:
        """Take all of these edits, or none if one of them overlaps with one that was taken.

        The very same edit can be meant by two findings, and is made once.
        """
        new = [edit for edit in dict.fromkeys(edits) if not self._holds(edit)]
        if not are_disjoint(new, self._length) or any(map(self._overlaps, new)):
            return False
        for edit in new:
            insort(self.edits, edit, key=_span)
        return True

    def _holds(self, edit: Edit) -> bool:
        at = bisect_left(self.edits, edit.span, key=_span)
        return at < len(self.edits) and self.edits[at] == edit

    def _overlaps(self, edit: Edit) -> bool:
        at = bisect_left(self.edits, edit.span, key=_span)
        return any(_collide(edit.span, other.span) for other in self.edits[max(at - 1, 0) : at + 2])


def are_disjoint(edits: Iterable[Edit], length: int) -> bool:
    """Tell whether the edits lie in a text of that length and do not overlap.

    Args:
        edits: The edits, in any order.
        length: How long the text is.
    """
    spans = sorted(edit.span for edit in edits)
    if spans and spans[-1].end > length:
        return False
    return not any(_collide(one, other) for one, other in pairwise(spans))


def _collide(one: Span, other: Span) -> bool:
    """Tell whether two parts overlap; of two texts put in at one place, either could be first."""
    if one.start == one.end or other.start == other.end:
        return (
            one == other
            or one.start < other.start < one.end
            or (other.start < one.start < other.end)
        )
    return one.start < other.end and other.start < one.end


def _span(edit: Edit) -> Span:
    return edit.span


def narrowed(edit: Edit, text: str) -> Edit:
    """Return the edit without what it leaves as it is at both ends.

    Args:
        edit: The edit.
        text: The text that it is made in.
    """
    old, new = edit.span.of(text), edit.text
    limit = min(len(old), len(new))
    first = next((i for i in range(limit) if old[i] != new[i]), limit)
    limit -= first
    last = next((i for i in range(limit) if old[-1 - i] != new[-1 - i]), limit)
    span = Span(edit.span.start + first, edit.span.end - last)
    return Edit(span, new[first : len(new) - last])


def with_line_ends(fix: Fix, end: str) -> tuple[Edit, ...]:
    r"""Return a fix's edits with the page's own line end for each `\n` in their texts.

    Args:
        fix: The fix.
        end: The page's line end.
    """
    if end == "\n" or not any("\n" in edit.text for edit in fix.edits):
        return fix.edits
    return tuple(Edit(edit.span, _BARE_END.sub(end, edit.text)) for edit in fix.edits)


def line_end(text: str) -> str:
    r"""Return the line end that a text uses most; `\n` for a text of one line."""
    windows = text.count("\r\n")
    others = {"\n": text.count("\n") - windows, "\r\n": windows, "\r": text.count("\r") - windows}
    return max(others, key=lambda end: others[end])


class Offsets:
    """Where the places of a text have gone to, and those of the new one have come from.

    Args:
        edits: What was done, in the order of the text and without overlap.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._old: list[tuple[int, int]] = []
        self._new: list[tuple[int, int]] = []
        shift = 0
        for edit in edits:
            start, end = edit.span.start, edit.span.end
            begin = start + shift
            shift += len(edit.text) - (end - start)
            self._old.append((start, end))
            self._new.append((begin, end + shift))

    @property
    def old(self) -> Sequence[tuple[int, int]]:
        """The replaced parts of the old text."""
        return self._old

    @property
    def new(self) -> Sequence[tuple[int, int]]:
        """The parts of the new text that were put in for them."""
        return self._new

    def to_new(self, offset: int) -> int:
        """Return where a place of the old text is in the new one."""
        return _moved(offset, self._old, self._new)

    def to_begin(self, offset: int) -> int:
        """Return where a part of the old text that begins there begins in the new one.

        What is put in at its beginning belongs to it.
        """
        at = bisect_left(self._old, offset, key=lambda part: part[0]) - 1
        if at < 0:
            return offset
        (start, end), (begin, limit) = self._old[at], self._new[at]
        return offset - end + limit if offset >= end else min(begin + offset - start, limit)

    def to_old(self, offset: int) -> int:
        """Return where a place of the new text was in the old one."""
        return _moved(offset, self._new, self._old)


def _moved(
    offset: int, source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]]
) -> int:
    at = bisect_right(source, offset, key=lambda part: part[0]) - 1
    if at < 0:
        return offset
    (start, end), (begin, limit) = source[at], target[at]
    if offset >= end:
        return offset - end + limit
    return min(begin + offset - start, limit)
