"""Bare addresses that the parser has cut: `https://a.example/_b_/` holds no emphasis on GitHub."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from leitfaden.model import Event
from leitfaden.rendering.urls import whole_address

_BLANK = re.compile(r"\s")
_BREAKS = ("soft-break", "hard-break")


@dataclass(frozen=True, slots=True)
class Stretched:
    """An address that goes on behind the text that it begins in.

    Args:
        address: All of it.
        rest: What follows it in the last of its events.
        behind: The index of the first event that it leaves alone.
    """

    address: str
    rest: str
    behind: int


def stretched(text: str, events: Sequence[Event], index: int, start: int) -> Stretched | None:
    """Return the address whose beginning ends a text event, if it goes on behind it.

    Args:
        text: The page's text.
        events: The page's events.
        index: The text event.
        start: Where the address begins in the event's text.
    """
    event = events[index]
    beginning = str(event.value)[start:]
    at = event.end - len(beginning)
    if text[at : event.end] != beginning:
        return None
    end = whole_address(text[at : _limit(events, index)], 0) + at
    if end <= event.end:
        return None
    return _taken(text, events, index, at, end)


def _limit(events: Sequence[Event], index: int) -> int:
    """Return where at the latest the address ends: with its element, its line or a blank."""
    limit, depth = events[index].end, 0
    for at in range(index + 1, len(events)):
        following = events[at]
        if following.kind in _BREAKS or (following.kind == "close" and not depth):
            break
        depth += (following.kind == "open") - (following.kind == "close")
        limit = max(limit, following.end)
        if following.kind == "text" and _BLANK.search(str(following.value)):
            break
    return limit


def _taken(
    text: str, events: Sequence[Event], index: int, start: int, end: int
) -> Stretched | None:
    """Return the address if it takes in whole elements only."""
    behind = index + 1
    while events[behind].kind != "close" and events[behind].end <= end:
        behind = _behind(events, behind)
    last = events[behind]
    if last.kind == "close" or last.start >= end:
        return Stretched(text[start:end], "", behind)
    value, inside = str(last.value), end - last.start
    if last.kind != "text" or text[last.start : end] != value[:inside]:
        return None
    return Stretched(text[start:end], value[inside:], behind + 1)


def _behind(events: Sequence[Event], index: int) -> int:
    depth = 0
    for at in range(index, len(events)):
        depth += (events[at].kind == "open") - (events[at].kind == "close")
        if depth <= 0:
            return at + 1
    return len(events)
