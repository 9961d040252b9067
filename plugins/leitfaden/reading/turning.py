"""Characters that turn the direction of writing: a text shows otherwise than programs read it.

No text needs them: `<bdi>`, `dir` and the direction marks do what they are good for. They are taken
for the joiner U+2060, which shows nothing and keeps all offsets as they are; a rule tells them.
"""

from __future__ import annotations

import re
from typing import Any

from leitfaden.model import Event

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TURNING_REFERENCE = re.compile(
    r"&#(?:0{0,9}(?:823[4-8]|829[4-7])(?![0-9])|[xX]0{0,9}(?:202[a-eA-E]|206[6-9])(?![0-9a-fA-F]));?"
)
_STRAIGHT = str.maketrans(dict.fromkeys(TURNING, "\u2060"))


def straight(text: str) -> str:
    """Return a text of the same length in which nothing turns the direction of writing."""
    if text.isascii() or not any(map(text.__contains__, TURNING)):
        return text
    return text.translate(_STRAIGHT)


def straightened(value: Any) -> Any:
    """Return a value of metadata, or of an event, in which nothing turns the direction."""
    if isinstance(value, str):
        return straight(value)
    if isinstance(value, dict):
        return {straightened(key): straightened(inner) for key, inner in value.items()}
    return [straightened(inner) for inner in value] if isinstance(value, list) else value


def without_references(event: Event) -> Event:
    """Return an event of a text with character references, which may stand for such characters."""
    kind, tag, value, start, end = event
    if value is None or isinstance(value, int):
        return event
    if isinstance(value, str) and kind in ("html", "inline-html"):
        return Event(kind, tag, TURNING_REFERENCE.sub("", value), start, end)
    return Event(kind, tag, straightened(value), start, end)
