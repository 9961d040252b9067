"""The beginning of a lock: what evidence alone supports."""

from __future__ import annotations

import math
from collections.abc import Container
from enum import StrEnum
from typing import NamedTuple

from leitfaden.translating.evidence import is_translatable
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import Standing, UnitStanding, UnitState, record_of

_SURE = 0.85
_ODD = 0.75  # how far a text's length may be off from what is usual, as a logarithm
_LONG_ENOUGH = 60  # characters, below which a length tells nothing


class Doubt(StrEnum):
    """Why a unit is not recorded."""

    LATE = "late"  # by its own update summary, the translation is older
    MISSING = "missing"
    EXTRA = "extra"
    CONTRADICTING = "contradicting"
    UNTRANSLATED = "untranslated"
    UNSURE = "unsure"
    LENGTH = "length"
    BEHIND = "behind"


_DOUBTS = {
    UnitState.MISSING: Doubt.MISSING,
    UnitState.EXTRA: Doubt.EXTRA,
    UnitState.CONTRADICTING: Doubt.CONTRADICTING,
    UnitState.UNTRANSLATED: Doubt.UNTRANSLATED,
    UnitState.UNSURE: Doubt.UNSURE,
    UnitState.BEHIND: Doubt.BEHIND,
}


class Unsupported(NamedTuple):
    """A unit that is not recorded.

    Args:
        unit: The unit.
        doubt: Why not.
    """

    unit: UnitStanding
    doubt: Doubt


def bootstrap(lock: Lock, standing: Standing) -> tuple[Lock, tuple[Unsupported, ...]]:
    """Record the units of a page of which evidence says that they translate the source.

    Args:
        lock: The lock so far; what it has of the page stays.
        standing: The page.

    Returns:
        The lock, and what was not recorded, in the order of the page.
    """
    usual = _usual(standing)
    found = [
        (unit, _doubt(unit, standing, usual))
        for unit in standing.units
        if is_translatable((unit.sources or unit.targets)[0])
    ]
    # A text that stands in two places is recorded for both or for none of them.
    doubted = {text.hash for unit, doubt in found if doubt for text in unit.targets}
    found = [(unit, doubt or _of_doubted(unit, doubted)) for unit, doubt in found]
    records = [record_of(standing.page_id, unit) for unit, doubt in found if not doubt]
    doubts = tuple(Unsupported(unit, doubt) for unit, doubt in found if doubt)
    return lock.with_page(standing.page_id, records, standing.texts), doubts


def _of_doubted(unit: UnitStanding, doubted: Container[str]) -> Doubt | None:
    is_known = unit.state is UnitState.CURRENT
    return Doubt.UNSURE if not is_known and unit.targets[0].hash in doubted else None


def _doubt(unit: UnitStanding, standing: Standing, usual: float) -> Doubt | None:
    if unit.state is UnitState.CURRENT:
        return None
    known = _DOUBTS.get(unit.state)
    if known:
        return known
    if standing.is_late:
        return Doubt.LATE
    if unit.confidence < _SURE:
        return Doubt.UNSURE
    return Doubt.LENGTH if abs(_length(unit) - usual) > _ODD else None


def _usual(standing: Standing) -> float:
    lengths = sorted(_length(unit) for unit in standing.units if unit.sources and unit.targets)
    return lengths[len(lengths) // 2] if lengths else 0.0


def _length(unit: UnitStanding) -> float:
    """Return how much longer a translation is, as a logarithm; of short texts it tells little."""
    ours = sum(len(one.normal) for one in unit.sources) + _LONG_ENOUGH
    theirs = sum(len(one.normal) for one in unit.targets) + _LONG_ENOUGH
    return math.log(theirs / ours)
