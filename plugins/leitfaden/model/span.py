"""Places in a source text."""

from __future__ import annotations

from typing import NamedTuple


class _Range(NamedTuple):
    start: int
    end: int


class Span(_Range):
    """A half-open range of characters in a page's text.

    Args:
        start: Offset of the first character, counted in code points from the text's beginning.
        end: Offset behind the last character.

    Raises:
        ValueError: It would end before it starts, or start before the text.
    """

    # A tuple, as a page has hundreds of them: they are made and kept in half the time.
    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Span:
        """Make a span."""
        if not 0 <= start <= end:
            raise ValueError(f"not a span: {start}..{end}")
        return tuple.__new__(cls, (start, end))

    def of(self, text: str) -> str:
        """Return the part of `text` that the span names."""
        return text[self.start : self.end]

    def cover(self, other: Span) -> Span:
        """Return the smallest span that holds both spans."""
        (start, end), (first, last) = self, other
        bounds = (start if start < first else first, end if end > last else last)
        return tuple.__new__(Span, bounds)  # both are spans, so there is nothing to be checked


class Position(NamedTuple):
    """A line and a column as editors count them: both from 1, columns in code points."""

    line: int
    column: int


class Place(NamedTuple):
    """Where a diagnostic points: a file, and from where to where in it.

    Args:
        path: The file, relative to the project's root where it lies below it, with `/`.
        start: The first character's position; None for the file as a whole.
        end: The position behind the last character.
    """

    path: str
    start: Position | None = None
    end: Position | None = None

    def __str__(self) -> str:
        if self.start is None:
            return self.path
        return f"{self.path}:{self.start.line}:{self.start.column}"
