"""What an edit of a source does to a translation that was true to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.translating.evidence import Contradiction, Topic, is_translatable
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import Standing, UnitStanding, UnitState, record, standing_of
from leitfaden.translating.units import PageUnits

# What follows from the source and the contract alone.
GENERATED = frozenset((Topic.LABEL, Topic.REQUIREMENT, Topic.ROLES, Topic.SERVICES))
_FINE = (UnitState.CURRENT, UnitState.UNRECORDED)
_Said = frozenset[tuple[Topic, str, tuple[str, ...], tuple[str, ...]]]


class Sides(NamedTuple):
    """A page and its translation.

    Args:
        source: The units of the page.
        target: Those of its translation, read with the page.
    """

    source: PageUnits
    target: PageUnits


class Affected(NamedTuple):
    """A unit of a translation that an edit of the source puts behind.

    Args:
        unit: How it stands after the edit.
        contradictions: What it has not contradicted the source in before.
        was: The sentences or cells that the edit has removed or changed.
    """

    unit: UnitStanding
    contradictions: tuple[Contradiction, ...] = ()
    was: tuple[str, ...] = ()

    @property
    def is_mechanical(self) -> bool:
        """Whether nobody has to translate: all of it follows from source and contract."""
        one_side = (self.unit.sources or self.unit.targets)[0]
        if self.unit.state is not UnitState.CONTRADICTING and is_translatable(one_side):
            return False
        # A line that one side does not have is not made, and none is taken out.
        return bool(self.contradictions) and all(
            one.topic in GENERATED and one.source and one.target for one in self.contradictions
        )


class Effect(NamedTuple):
    """What an edit does to a translation.

    Args:
        affected: The units that it puts behind, in their order.
        done: How many units were edited and translated at once.
    """

    affected: tuple[Affected, ...]
    done: int


def effect_of(before: Sides, now: Sides, lock: Lock, contract: Contract) -> Effect:
    """Return what an edit does to a translation.

    What is not recorded counts as if it had been true before the edit: the edit is not to blame for
    what was behind already.

    Args:
        before: Both pages before the edit.
        now: Both pages as they are.
        lock: What is recorded of the translation now.
        contract: The playbook's contract.
    """
    first = standing_of(*before, lock, contract)
    known = Lock.of(lock.records | record(lock, first).records)
    was = standing_of(*before, known, contract)
    standing = standing_of(*now, known, contract)
    affected = tuple(_affected(before, was, standing))
    return Effect(affected, _done(before, standing))


def _affected(before: Sides, was: Standing, now: Standing) -> Iterator[Affected]:
    lacked = {
        name
        for unit in was.in_state(UnitState.MISSING)
        for name in (unit.key, unit.sources[0].hash)
    }
    surplus = {unit.targets[0].hash for unit in was.in_state(UnitState.EXTRA)}
    said = {unit.key: _said(unit.contradictions) for unit in was.units}
    for unit in now.units:
        news = tuple(
            one
            for one in unit.contradictions
            if not _said((one,)) <= said.get(unit.key, frozenset())
        )
        if unit.state is UnitState.BEHIND:
            yield Affected(unit, news, tuple(_was(unit, before.source)))
        elif unit.state is UnitState.MISSING:
            if not lacked.intersection((unit.key, unit.sources[0].hash)):
                yield Affected(unit)
        elif unit.state is UnitState.EXTRA:
            text = unit.targets[0].hash
            if text not in surplus and text in before.target.hashes:
                yield Affected(unit)
        elif unit.state is UnitState.CONTRADICTING and news:
            yield Affected(unit, news)


def _said(contradictions: tuple[Contradiction, ...]) -> _Said:
    """Return what is contradicted, wherever it stands."""
    return frozenset((one.topic, one.name, one.source, one.target) for one in contradictions)


def _was(unit: UnitStanding, source: PageUnits) -> Iterator[str]:
    """Yield the sentences or cells of a unit that are no longer there."""
    here = {piece.hash for one in unit.sources for piece in one.pieces}
    for one in source.units:
        if unit.record and one.hash == unit.record.source:
            yield from (piece.text for piece in one.pieces if piece.hash not in here)
            return


def _done(before: Sides, now: Standing) -> int:
    """Count the units that were edited on both sides."""
    return sum(
        unit.state in _FINE
        and bool(unit.sources and unit.targets)
        and is_translatable(unit.sources[0])
        and unit.sources[0].hash not in before.source.hashes
        and unit.targets[0].hash not in before.target.hashes
        for unit in now.units
    )
