"""The line that a finding is about, with the finding underlined."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from leitfaden.model import Diagnostic
from leitfaden.model.visible import visible as visible_char
from leitfaden.reporting.style import Style

_DIM = "2"
_CONTEXT = 20  # characters that stay to the left of a finding in a long line


def excerpt(one: Diagnostic, line: str, style: Style) -> Iterator[str]:
    """Yield the first line of a finding's place, and marks below the part that it is about.

    Args:
        one: The finding; it has a position.
        line: The first line of its place.
        style: How to write it.
    """
    start, end = one.place.start, one.place.end
    assert start is not None
    first = min(start.column - 1, len(line))
    last = end.column - 1 if end and end.line == start.line else len(line)
    number = str(start.line)
    room = max(style.width - len(number) - 4, 40)
    shown, marks = _underlined(line, first, min(max(last, first), len(line)), room)
    gutter = " " * len(number)
    bar = style.ansi("|", _DIM)
    yield f"{gutter} {bar}"
    yield f"{style.ansi(number, _DIM)} {bar} {shown}".rstrip()
    yield f"{gutter} {bar} {style.paint(marks, one.severity)}"


def _underlined(line: str, first: int, last: int, room: int) -> tuple[str, str]:
    """Return a line, cut to what there is room for, and the marks below a part of it."""
    begin = 0
    if first > _CONTEXT and (last > room or width_of(_shown(line[:last], False)) > room):
        begin = first - _CONTEXT
    left = "…" if begin else ""
    before = left + _shown(line[begin:first], False)
    # No more of the line than there can be room for: it may be as long as the page.
    trailing = not line[last : last + room].strip()
    inside = _shown(line[first : min(last, first + room + 1)], trailing)
    behind = _shown(line[last : last + room + 1], False)
    shown = visible(before + inside + behind, room, shown=True)
    width = min(max(width_of(inside), 1), max(room - width_of(before), 1))
    return shown, " " * width_of(before) + "^" * width


def around(line: str, at: int, room: int) -> str:
    """Return the part of a line that holds a place, so that nothing in it is invisible.

    Args:
        line: The line.
        at: The place, an offset in the line.
        room: How many columns it may take.
    """
    if at <= max(_CONTEXT, room) and width_of(_shown(line[:at], False)) <= room - _CONTEXT:
        return visible(line, room)
    return visible(f"…{line[at - _CONTEXT :]}", room)


def visible(line: str, room: int, *, shown: bool = False) -> str:
    """Return a line so that nothing in it is invisible or controls the terminal.

    Args:
        line: The line.
        room: How many columns it may take.
        shown: Whether its characters are made visible already.
    """
    if not shown:
        line = line[: 2 * room]  # no more than there can be room for
        body = line.rstrip(" ")
        line = _shown(body, False) + "·" * (len(line) - len(body))
    if width_of(line) <= room:
        return line
    ends = list(accumulate(map(_columns, line)))
    return f"{line[: bisect_right(ends, room - 1)]}…"


def _shown(text: str, trailing: bool) -> str:
    if trailing:
        body = text.rstrip(" ")
        text = body + "·" * (len(text) - len(body))
    if text.isprintable():
        return text
    return "".join(map(visible_char, text))


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
