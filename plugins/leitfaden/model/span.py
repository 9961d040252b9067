"""Places in a source text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in a page's text.

    Args:
        start: Offset of the first character, counted in code points from the text's beginning.
        end: Offset behind the last character.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the part of `text` that the span names."""
        return text[self.start : self.end]

    def cover(self, other: Span) -> Span:
        """Return the smallest span that holds both spans."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A line and a column as editors count them: both from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Place:
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
