"""Places in a text that could not be read to its end."""

from __future__ import annotations

from leitfaden.model.span import Position


def position_at(text: str, offset: int) -> Position:
    """Return the line and column of a character."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
