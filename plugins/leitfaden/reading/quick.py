"""Spans and other named tuples, made quickly: a page has hundreds of them.

Their own constructors take twice as long, and a span's checks what is known to be right here.
"""

from __future__ import annotations

from leitfaden.model import Span

# For the innermost loops: `make_tuple(Span, (start, end))`, all fields in their order.
make_tuple = tuple.__new__


def make_span(start: int, end: int) -> Span:
    """Return a span whose bounds are known to be in order.

    Args:
        start: Offset of the first character.
        end: Offset behind the last one, not less than `start`.
    """
    return make_tuple(Span, (start, end))
