"""Spans and cells, made quickly: a page has hundreds of them.

Their own constructors take twice as long, and a span's checks what is known to be right here.
"""

from __future__ import annotations

from leitfaden.model import Cell, Span

_tuple = tuple.__new__


def make_span(start: int, end: int) -> Span:
    """Return a span whose bounds are known to be in order.

    Args:
        start: Offset of the first character.
        end: Offset behind the last one, not less than `start`.
    """
    return _tuple(Span, (start, end))


def make_cell(text: str, span: Span, events: tuple[int, int] | None) -> Cell:
    """Return a cell.

    Args:
        text: Its plain text.
        span: Its source.
        events: The range of events of its content.
    """
    return _tuple(Cell, (text, span, events))
