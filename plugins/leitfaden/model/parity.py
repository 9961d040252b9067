"""How a translation stands to the page that it translates."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How a page stands to the one that it translates."""

    ORIGINAL = "original"
    CURRENT = "current"
    BEHIND = "behind"
    MAY_BE_BEHIND = "may-be-behind"
    NOT_TRANSLATED = "not-translated"
    UNKNOWN = "unknown"


class Stale(NamedTuple):
    """A part of a translation that is behind.

    Args:
        title: What it is called, in the page's language.
        anchor: Where on the page it is.
    """

    title: str
    anchor: str


class Parity(NamedTuple):
    """How a translation stands, as translation data tell.

    Args:
        state: How.
        parts: The parts that are behind.
    """

    state: State
    parts: tuple[Stale, ...] = ()
