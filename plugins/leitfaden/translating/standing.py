"""How each unit of a translation stands to its source."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.contract.contract import VOCABULARIES
from leitfaden.contract.fold import fold
from leitfaden.translating.align import UNSURE, Alignment, Pair, align, is_explained
from leitfaden.translating.anchors import AnchorKind
from leitfaden.translating.evidence import (
    Contradiction,
    Equivalents,
    contradictions,
    fact_contradictions,
    is_translatable,
    name_contradictions,
    part_contradictions,
)
from leitfaden.translating.facts import Fact
from leitfaden.translating.lock import Lock, PageLock, Record
from leitfaden.translating.units import PageUnits, Piece, Unit, UnitKind

_FEWEST_LETTERS = 40  # of a text that nobody leaves untranslated on purpose
_SURE_ENOUGH = 0.6  # of a pair whose texts are compared
_WORD = re.compile(r"\w+")
_FILE = re.compile(r"(?<!\S)\S+\.\w{2,5}\b")
_NOT_WORDS = frozenset((AnchorKind.TERM, AnchorKind.NAME, AnchorKind.MAIL))


class UnitState(StrEnum):
    """How a unit stands."""

    CURRENT = "current"
    BEHIND = "behind"
    CONTRADICTING = "contradicting"
    MISSING = "missing"
    EXTRA = "extra"
    UNTRANSLATED = "untranslated"
    UNSURE = "unsure"  # what belongs together is not clear enough to tell
    UNRECORDED = "unrecorded"  # nothing is known, and nothing speaks against it


class UnitStanding(NamedTuple):
    """How a unit stands.

    Args:
        state: How.
        sources: The source's units: one, several that became one, or none.
        targets: The translation's units.
        confidence: How sure it is that they belong together.
        contradictions: What they contradict each other in.
        record: What is recorded of the translation, where that is no longer the source's text.
        changed: The sentences or cells of the source that are not what was translated.
        gone: How many of those that were translated the source no longer has.
        is_moved: Whether the translation has it in another place.
    """

    state: UnitState
    sources: tuple[Unit, ...]
    targets: tuple[Unit, ...]
    confidence: float = 1.0
    contradictions: tuple[Contradiction, ...] = ()
    record: Record | None = None
    changed: tuple[Piece, ...] = ()
    gone: int = 0
    is_moved: bool = False

    @property
    def key(self) -> str:
        """The key of the source's unit; of what only the translation has, its own."""
        return (self.sources or self.targets)[0].key

    @property
    def kind(self) -> UnitKind:
        """What it is."""
        return (self.sources or self.targets)[0].kind

    @property
    def parent(self) -> str:
        """The key of what it is a part of."""
        return (self.sources or self.targets)[0].parent


@dataclass(frozen=True)
class Standing:
    """How a translation stands to its source.

    Args:
        page_id: The page.
        locale: The locale of the translation.
        units: How each unit stands, in the order of the source, then what it does not have.
        source_newest: The newest day of the source's update summary.
        target_newest: The newest day of the translation's.
        texts: The hashes of all texts of the translation.
    """

    page_id: str
    locale: str
    units: tuple[UnitStanding, ...]
    source_newest: dt.date | None
    target_newest: dt.date | None
    texts: frozenset[str]

    @cached_property
    def counts(self) -> Mapping[UnitState, int]:
        """How many units stand how."""
        return Counter(unit.state for unit in self.units)

    @property
    def is_late(self) -> bool:
        """Whether the translation is behind by its own account: its update summary is older."""
        ours, theirs = self.source_newest, self.target_newest
        return ours is not None and theirs is not None and theirs < ours

    def in_state(self, *states: UnitState) -> tuple[UnitStanding, ...]:
        """Return the units that stand so, in their order."""
        return tuple(unit for unit in self.units if unit.state in states)

    def unit(self, key: str) -> UnitStanding | None:
        """Return how the unit with that key stands, or None."""
        return next((unit for unit in self.units if unit.key == key), None)


def standing_of(source: PageUnits, target: PageUnits, lock: Lock, contract: Contract) -> Standing:
    """Return how a translation stands to its source.

    Args:
        source: The units of the source page.
        target: The units of its translation, read with the source page.
        lock: What is recorded of the translation's locale.
        contract: The playbook's contract.
    """
    page_lock = lock.of_page(source.page_id)
    alignment = align(source, target, page_lock)
    judge = _Judge(source, target, page_lock, contract)
    return Standing(
        source.page_id,
        target.locale,
        tuple(judge.units(alignment)),
        source.newest,
        target.newest,
        target.hashes | {pair.target_hash for pair in alignment.pairs if len(pair.targets) > 1},
    )


class _Judge:
    def __init__(
        self, source: PageUnits, target: PageUnits, lock: PageLock, contract: Contract
    ) -> None:
        self._lock = lock
        self._contract = contract
        self._equivalents = Equivalents(contract.links.between(source.locale, target.locale))
        self._words = frozenset(contract.locales[source.locale].function_words)
        self._other_words = frozenset(contract.locales[target.locale].function_words)
        self._order = {unit.key: index for index, unit in enumerate(source.units)}
        self._said: dict[str, str] = {}  # what translates the source's units, by their keys
        self._source = source
        self._target = target
        self._facts = _by_owner(source.facts)
        self._other_facts = _by_owner(target.facts)

    def units(self, alignment: Alignment) -> Iterator[UnitStanding]:
        of_parts: dict[str, list[Contradiction]] = {}
        for part in alignment.parts:
            if part.confidence >= _SURE_ENOUGH and part.source.units:
                found = list(part_contradictions(part))
                if found:
                    of_parts[part.source.units[0].key] = found
        pairs = {pair.sources[0].key: pair for pair in alignment.pairs}
        self._said = {key: pair.target_hash for key, pair in pairs.items()}
        lacking = {unit.key for unit in alignment.missing}
        for unit in self._in_order(alignment):
            pair = pairs.get(unit.key)
            if pair:
                yield self._paired(pair, of_parts.get(unit.key, []))
            elif unit.key in lacking:
                yield UnitStanding(UnitState.MISSING, (unit,), ())
        for unit in alignment.extra:
            if unit.kind is not UnitKind.CHANGE:  # a translation has a history of its own
                record = next(iter(self._lock.of(unit.hash)), None)
                yield UnitStanding(UnitState.EXTRA, (), (unit,), record=record)

    def _in_order(self, alignment: Alignment) -> Sequence[Unit]:
        units = [*alignment.missing, *(pair.sources[0] for pair in alignment.pairs)]
        return sorted(units, key=lambda unit: self._order[unit.key])

    def _paired(self, pair: Pair, found: list[Contradiction]) -> UnitStanding:
        sources, targets = pair.sources, pair.targets
        if pair.confidence >= _SURE_ENOUGH and is_translatable(sources[0]):
            found = [
                *found,
                *name_contradictions(sources[0], targets[0]),
                *contradictions(sources, targets, self._equivalents),
            ]
        if sources[0].kind is UnitKind.TASK:
            found += fact_contradictions(
                self._facts.get(sources[0].key, ()),
                self._other_facts.get(targets[0].key, ()),
                targets[0].span,
                sources[0].span,
            )
        standing = UnitStanding(
            UnitState.UNRECORDED,
            sources,
            targets,
            pair.confidence,
            tuple(found),
            is_moved=pair.is_moved,
        )
        records = self._lock.of(pair.target_hash)
        if records and is_translatable(sources[0]):
            text = pair.source_hash
            if all(record.source != text for record in records):
                if self._is_of_others(pair, records):
                    return self._unrecorded(standing, pair)
                return self._behind(standing, records)
            state = UnitState.CONTRADICTING if found else UnitState.CURRENT
            return standing._replace(state=state)
        if not is_translatable(sources[0]):
            return standing._replace(state=UnitState.CONTRADICTING if found else UnitState.CURRENT)
        return self._unrecorded(standing, pair)

    def _is_of_others(self, pair: Pair, records: Sequence[Record]) -> bool:
        """Tell whether what is recorded of a text is of the same text in other places."""
        if pair.confidence < UNSURE:
            return True
        if any(record.key == pair.sources[0].key for record in records):
            return False
        if all(self._said.get(record.key) == record.target for record in records):
            return True  # each of them is of a place that still has the text
        return is_explained(records, pair.target_hash, self._source, self._target)

    def _unrecorded(self, standing: UnitStanding, pair: Pair) -> UnitStanding:
        if self._is_untranslated(pair):
            return standing._replace(state=UnitState.UNTRANSLATED)
        if standing.contradictions:
            return standing._replace(state=UnitState.CONTRADICTING)
        if pair.confidence < UNSURE:
            return standing._replace(state=UnitState.UNSURE)
        return standing

    def _behind(self, standing: UnitStanding, records: Sequence[Record]) -> UnitStanding:
        """Say what of the source is not what was translated."""
        pieces = [piece for unit in standing.sources for piece in unit.pieces]
        here = {piece.hash for piece in pieces}
        record = max(records, key=lambda one: len(here.intersection(one.all_pieces)))
        known = frozenset(record.all_pieces)
        return standing._replace(
            state=UnitState.BEHIND,
            record=record,
            changed=tuple(piece for piece in pieces if piece.hash not in known),
            gone=len(known - here),
        )

    def _is_name(self, text: str) -> bool:
        """Tell whether a text is nothing but a name that the contract has."""
        folded = fold(text)
        return any(self._contract.vocabulary(name).has(folded) for name in VOCABULARIES)

    def _is_untranslated(self, pair: Pair) -> bool:
        """Tell whether a text was left in the source's words, and not because it is but names."""
        if pair.source_hash != pair.target_hash or pair.sources[0].kind is UnitKind.CODE:
            return False
        pieces = (piece.text for unit in pair.targets for piece in unit.pieces)
        text = " ".join(piece for piece in pieces if not self._is_name(piece))
        for unit in pair.targets:
            for anchor in unit.anchors:
                if anchor.kind in _NOT_WORDS:
                    text = text.replace(anchor.written, " ")
        words = [word for word in _WORD.findall(_FILE.sub(" ", text)) if word.isalpha()]
        if sum(map(len, words)) >= _FEWEST_LETTERS:
            return True
        own = {word.lower() for word in words}
        return len(words) > 2 and bool(own & self._words) and not own & self._other_words


def _by_owner(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.owner.startswith("task:"):
            found[fact.owner].append(fact)
    return found


def record(
    lock: Lock,
    standing: Standing,
    keys: Collection[str] | None = None,
    but: Collection[str] = (),
) -> Lock:
    """Return a lock in which units of a page are recorded as translated.

    What nobody can mean by a whole page is recorded only if its key is given: a pair that is but a
    guess, and prose in the words of the source.

    Args:
        lock: The lock so far.
        standing: The page.
        keys: The units, by their key or by that of what they are a part of; None for all.
        but: The keys of units of which no more is recorded than before.
    """
    chosen = (
        unit
        for unit in standing.units
        if unit.sources and unit.targets and is_translatable(unit.sources[0])
        if unit.key not in but
    )
    if keys is None:
        records = [
            record_of(standing.page_id, unit)
            for unit in chosen
            if unit.confidence >= UNSURE and unit.state is not UnitState.UNTRANSLATED
        ]
    else:
        records = [
            record_of(standing.page_id, u) for u in chosen if u.key in keys or u.parent in keys
        ]
    return lock.with_page(standing.page_id, records, standing.texts, is_whole=keys is None)


def record_of(page_id: str, unit: UnitStanding) -> Record:
    """Return the record that a unit's translation is that of its source's text.

    Args:
        page_id: The page.
        unit: The unit, which both sides have.
    """
    pair = Pair(unit.sources, unit.targets, unit.confidence)
    pieces = tuple(piece.hash for source in unit.sources for piece in source.pieces)
    text = pair.source_hash
    return Record(page_id, unit.key, text, pair.target_hash, pieces if len(pieces) > 1 else ())
