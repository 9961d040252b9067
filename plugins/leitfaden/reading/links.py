"""Where a link's target is written."""

from __future__ import annotations

import re

from leitfaden.model import Span
from leitfaden.reading.quick import make_span

# In a quote each further line begins with a mark of its own.
_BEFORE_TARGET = re.compile(r"[ \t]*(?:\r?\n[ \t>]*)?")
_IN_ANGLES = re.compile(r"(?:[^<>\\\r\n]|\\.)*")
_ENDS = " \t\r\n"


def target_span(text: str, behind_text: Span, target: str) -> Span:
    """Return where an inline link's target is written; empty at its end if that cannot be told.

    Args:
        text: The page's text.
        behind_text: From the end of the link's text to the end of the link.
        target: The target as the parser read it, escapes resolved.
    """
    opening = text.find("](", behind_text.start, behind_text.end)
    before = _BEFORE_TARGET.match(text, opening + 2, behind_text.end) if opening >= 0 else None
    if before is None:
        return Span(behind_text.end, behind_text.end)
    start = before.end()
    if text.startswith("<", start):
        inner = _IN_ANGLES.match(text, start + 1, behind_text.end)
        return Span(start + 1, inner.end() if inner else start + 1)
    end = start + len(target)
    if text.startswith(target, start) and text[end : end + 1] in (")", *_ENDS):
        return make_span(start, end)
    return Span(start, _written_end(text, Span(start, behind_text.end)))


def _written_end(text: str, span: Span) -> int:
    """Return where a target without angles ends, escapes and balanced parentheses included."""
    depth = 0
    at = span.start
    while at < span.end and text[at] not in _ENDS:
        if text[at] == "\\" and text[at + 1 : at + 2] not in ("", *_ENDS):
            at += 1  # whatever it escapes is part of the target
        elif text[at] in "()":
            depth += 1 if text[at] == "(" else -1
            if depth < 0:
                break
        at += 1
    return min(at, span.end)
