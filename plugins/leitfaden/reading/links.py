"""Where a link's target is written."""

from __future__ import annotations

import re

from leitfaden.model import Span
from leitfaden.reading.quick import make_span

# In a quote each further line begins with a mark of its own.
_BEFORE_TARGET = re.compile(r"[ \t]*(?:\r?\n[ \t>]*)?")
_IN_ANGLES = re.compile(r"(?:[^<>\\\r\n]|\\.)*")
_ENDS = " \t\r\n"
_BEHIND_TARGET = frozenset((")", *_ENDS))


def target_span(text: str, start: int, end: int, target: str) -> Span:
    """Return where an inline link's target is written; empty at its end if that cannot be told.

    Args:
        text: The page's text.
        start: The end of the link's text.
        end: The end of the link.
        target: The target as the parser read it, escapes resolved.
    """
    opening = text.find("](", start, end)
    before = _BEFORE_TARGET.match(text, opening + 2, end) if opening >= 0 else None
    if before is None:
        return Span(end, end)
    at = before.end()
    if text.startswith("<", at):
        inner = _IN_ANGLES.match(text, at + 1, end)
        return Span(at + 1, inner.end() if inner else at + 1)
    behind = at + len(target)
    if text.startswith(target, at) and text[behind : behind + 1] in _BEHIND_TARGET:
        return make_span(at, behind)
    return Span(at, _written_end(text, Span(at, end)))


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
