"""Spans and cells, made quickly: a page has hundreds of them.

A frozen dataclass's own constructor takes twice as long, and checks what is known to be right here.
"""

from __future__ import annotations

from leitfaden.model import Cell, Span

_new = object.__new__
_tuple = tuple.__new__
_set_text, _set_span = vars(Cell)["text"].__set__, vars(Cell)["span"].__set__
_set_events = vars(Cell)["events"].__set__


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
    cell = _new(Cell)
    _set_text(cell, text)
    _set_span(cell, span)
    _set_events(cell, events)
    return cell
