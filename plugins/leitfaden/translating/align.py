"""Which unit of a translation stands for which of its source.

What must belong together is paired first, wherever it stands: sections by their key, tasks by their
id, texts that the lock knows as a pair, texts with the same addresses. What is left between these
fixed points is paired in its order, by kind, length and what needs no translator. So a paragraph
that is put in moves nothing else; and what fits nothing well enough stays alone.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from leitfaden.translating.anchors import AnchorKind
from leitfaden.translating.facts import FactKind
from leitfaden.translating.lock import PageLock, Record
from leitfaden.translating.units import PageUnits, Part, Unit, UnitKind, joined_hash

UNSURE = 0.5  # below this confidence, a pair is no more than a guess
_CERTAIN, _STRONG, _LIKELY, _WEAK = 1.0, 0.9, 0.7, 0.4
_PROSE = frozenset(
    (UnitKind.PARAGRAPH, UnitKind.ITEM, UnitKind.QUOTE, UnitKind.ALERT, UnitKind.IMAGE)
)
_BY_KEY = frozenset((UnitKind.META, UnitKind.SECTION, UnitKind.CHANGE, UnitKind.TASK))
# How much a shared anchor tells: an address more than a number.
_WEIGHTS = {
    AnchorKind.LINK: 1.0,
    AnchorKind.IMAGE: 1.0,
    AnchorKind.MAIL: 1.0,
    AnchorKind.DATE: 1.0,
    AnchorKind.CODE: 0.8,
    AnchorKind.NUMBER: 0.8,
    AnchorKind.TERM: 0.5,
    AnchorKind.NAME: 0.4,
    AnchorKind.PLACEHOLDER: 0.3,
}
_TELLING = frozenset((AnchorKind.LINK, AnchorKind.IMAGE, AnchorKind.MAIL, AnchorKind.DATE))
_NAMING = _TELLING | {AnchorKind.NUMBER, AnchorKind.TERM}
_GAP = -0.25
_MERGED = -0.6
_FEWEST = 2  # votes for a pair of sections
_FEWEST_RATIOS = 5  # pairs that tell how much longer a translation is
_AGAINST = -1.0
_IMPROBABLE = -1.5  # so little speaks for a pair that it is not even a guess
_ALIKE = 1.2  # how much has to speak for a section's being the one in another place
_MOST_OF_TASKS = 6  # votes: tasks hold the table below a heading, not the text above it
_STEM = 4  # letters, by which words of related languages are known as the same
_PER_STEM, _MOST_OF_STEMS = 0.25, 1.0
_SAID_SO, _SAID_OTHERWISE = 1.5, 1.0  # what a text was paired with elsewhere on the page
_MOST_TRIED = 2_500
_MOST_CELLS = 20_000
_BAND = 12
_IMPOSSIBLE = -1e9

_LONG_WORD = re.compile(rf"[^\W\d_]{{{_STEM},}}")
_MARKS = re.compile("[\u0300-\u036f]")

_Bead = tuple[int, int, int, int, float]  # where both begin, how many they are, the score


class Pair(NamedTuple):
    """Units that belong together.

    Args:
        sources: Those of the source: one, or several that the translation has made one.
        targets: Those of the translation: one, or several.
        confidence: How sure it is, from 0 to 1.
        is_moved: Whether the translation has it in another order.
    """

    sources: tuple[Unit, ...]
    targets: tuple[Unit, ...]
    confidence: float
    is_moved: bool = False

    @property
    def source_hash(self) -> str:
        """The hash of the source text."""
        return joined_hash(self.sources)

    @property
    def target_hash(self) -> str:
        """The hash of the translated text."""
        return joined_hash(self.targets)


class PartPair(NamedTuple):
    """Sections that belong together."""

    source: Part
    target: Part
    confidence: float
    is_moved: bool = False


@dataclass(frozen=True)
class Alignment:
    """What belongs together on a page and its translation.

    Args:
        parts: Sections, in the order of the source.
        pairs: Units, in the order of the source.
        missing: Units of the source without one in the translation.
        extra: Units of the translation without one in the source.
    """

    parts: tuple[PartPair, ...]
    pairs: tuple[Pair, ...]
    missing: tuple[Unit, ...]
    extra: tuple[Unit, ...]


def align(source: PageUnits, target: PageUnits, lock: PageLock | None = None) -> Alignment:
    """Pair the units of a page with those of its translation.

    Args:
        source: The units of the page.
        target: Those of its translation.
        lock: What is recorded of the page.
    """
    return _Aligner(source, target, lock or PageLock(())).run()


def is_explained(
    records: Sequence[Record], text: str, source: PageUnits, target: PageUnits
) -> bool:
    """Tell whether all places of a translated text have a place of what it translates.

    Args:
        records: What is recorded of the text.
        text: Its hash.
        source: The units of the source.
        target: Those of the translation.
    """
    originals = sum(source.counts[known] for known in {record.source for record in records})
    return originals >= target.counts[text] > 0


class _Aligner:
    def __init__(self, source: PageUnits, target: PageUnits, lock: PageLock) -> None:
        self._source = source
        self._target = target
        self._lock = lock
        self._ratio = _ratio(source, target)
        self._pairs: list[Pair] = []
        self._paired: set[str] = set()  # keys of the source's units
        self._taken: set[str] = set()  # keys of the translation's units
        self._features: dict[tuple[int, ...], dict[tuple[AnchorKind, str], float]] = {}
        self._stems: dict[tuple[int, ...], frozenset[str]] = {}
        self._repeated: dict[str, set[str]] = defaultdict(set)  # a text said twice: as what
        self._repeating: dict[str, set[str]] = defaultdict(set)  # the other way round

    def run(self) -> Alignment:
        parts = self._parts()
        # First where nothing was added: there it shows what texts that are repeated stand for.
        uneven: list[PartPair] = []
        for part in parts:
            if dict(part.source.kinds) == dict(part.target.kinds):
                self._within(part)
            else:
                uneven.append(part)
        if uneven:
            self._ratio = _usual_ratio(self._pairs, self._ratio)
        for part in uneven:
            self._within(part)
        self._across()
        order = {unit.key: index for index, unit in enumerate(self._source.units)}
        pairs = sorted(self._pairs, key=lambda pair: order[pair.sources[0].key])
        missing = tuple(unit for unit in self._source.units if unit.key not in self._paired)
        extra = tuple(unit for unit in self._target.units if unit.key not in self._taken)
        return Alignment(tuple(parts), tuple(pairs), missing, extra)

    def _add(self, pair: Pair) -> None:
        self._pairs.append(pair)
        self._paired.update(unit.key for unit in pair.sources)
        self._taken.update(unit.key for unit in pair.targets)
        if pair.confidence >= _STRONG:
            ours, theirs = pair.source_hash, pair.target_hash
            if self._source.counts[ours] > 1 or self._target.counts[theirs] > 1:
                self._repeated[ours].add(theirs)
                self._repeating[theirs].add(ours)

    # Sections.

    def _parts(self) -> list[PartPair]:
        ours, theirs = self._source.parts, self._target.parts
        fixed = _best(self._votes(ours, theirs))
        fixed = {
            i: j
            for i, j in fixed.items()
            if ours[i].section == theirs[j].section or not (ours[i].section or theirs[j].section)
        }
        kept = _increasing(fixed)
        found = [
            PartPair(ours[i], theirs[j], _STRONG, is_moved=i not in kept) for i, j in fixed.items()
        ]
        used = set(fixed.values())
        for rows, columns in _gaps(kept, len(ours), len(theirs)):
            a = [i for i in rows if i not in fixed]
            b = [j for j in columns if j not in used]
            same = len(a) == len(b) and all(
                ours[i].level == theirs[j].level for i, j in zip(a, b, strict=True)
            )
            beads = self._in_order([ours[i] for i in a], [theirs[j] for j in b])
            confidence = _STRONG if same and len(beads) == len(a) else _LIKELY
            found += [PartPair(one, other, confidence) for one, other in beads]
        found += self._elsewhere(ours, theirs, found)
        order = {part.key: index for index, part in enumerate(ours)}
        return sorted(found, key=lambda pair: order[pair.source.key])

    def _elsewhere(
        self, ours: Sequence[Part], theirs: Sequence[Part], found: Sequence[PartPair]
    ) -> Iterator[PartPair]:
        """Yield sections that have no counterpart in their order, but one in another place."""
        paired = {pair.source.key for pair in found}
        taken = {pair.target.key for pair in found}
        a = [part for part in ours if part.key not in paired]
        b = [part for part in theirs if part.key not in taken]
        if not a or not b or len(a) * len(b) > _MOST_TRIED:
            return
        scored = sorted(
            (
                (self._alike(one, other), i, j)
                for i, one in enumerate(a)
                for j, other in enumerate(b)
            ),
            key=lambda item: (-item[0], item[1:]),
        )
        rows: set[int] = set()
        columns: set[int] = set()
        for score, i, j in scored:
            if score < _ALIKE:
                return
            if i not in rows and j not in columns:
                rows.add(i)
                columns.add(j)
                yield PartPair(a[i], b[j], _LIKELY, is_moved=True)

    def _in_order(self, a: Sequence[Part], b: Sequence[Part]) -> list[tuple[Part, Part]]:
        beads = _merging_beads(
            len(a), len(b), lambda i, j, m, n: self._alike(a[i], b[j]), merges=False
        )
        return [(a[i], b[j]) for i, j, _, _, _ in beads]

    def _votes(self, ours: Sequence[Part], theirs: Sequence[Part]) -> Counter[tuple[int, int]]:
        """Count what speaks for pairs of sections, wherever they stand."""
        votes: Counter[tuple[int, int]] = Counter()
        for pair in _common(_task_marks(ours), _task_marks(theirs)):
            votes[pair] = min(votes[pair] + 4, _MOST_OF_TASKS)
        for weight, kind in ((40, _section_marks), (2, _telling_marks), (1, _other_marks)):
            for pair in _common(kind(ours), kind(theirs)):
                votes[pair] += weight
        if self._lock:
            for i, j in _common(self._recorded(ours), _hash_marks(theirs)):
                votes[i, j] += 6
        return votes

    def _recorded(self, parts: Sequence[Part]) -> Iterator[tuple[str, int]]:
        """Yield the hashes of the translations that are recorded of a source's units.

        Those of tasks are none of them: their ids tell the same, and have a vote already.
        """
        for index, part in enumerate(parts):
            for unit in part.units:
                if unit.kind is UnitKind.TASK:
                    continue
                for record in self._lock.sources.get(unit.hash, ()):
                    yield record.target, index

    def _alike(self, one: Part, other: Part) -> float:
        if one.section != other.section or (one.level == 0) != (other.level == 0):
            return _IMPOSSIBLE
        score = 1.0 if one.level == other.level else -1.0
        ours, theirs = _labels(one), _labels(other)
        if ours or theirs:
            shared = len(ours & theirs)
            score += 1.5 * shared / max(len(ours), len(theirs)) - 0.4
        score += 1.5 * _overlap(one.kinds, other.kinds) - 0.7
        if one.marks or other.marks:
            shared_marks = len(one.marks & other.marks)
            score += 1.5 * shared_marks / max(len(one.marks), len(other.marks)) - 0.3
        if one.heading and other.heading:
            score += self._likeness((one.heading,), (other.heading,))
        return score

    # Units.

    def _within(self, parts: PartPair) -> None:
        ours, theirs = parts.source, parts.target
        sure = parts.confidence
        if ours.heading and theirs.heading:
            self._add(Pair((ours.heading,), (theirs.heading,), sure, parts.is_moved))
        self._by_name(ours.units, theirs.units)
        a = [u for u in ours.units if u.key not in self._paired and u.kind not in _BY_KEY]
        b = [u for u in theirs.units if u.key not in self._taken and u.kind not in _BY_KEY]
        if a and b:
            self._sequence(a, b, sure)

    def _by_name(self, ours: Sequence[Unit], theirs: Sequence[Unit]) -> None:
        """Pair what has a name of its own: metadata, tasks, days, known sections."""
        waiting: dict[str, list[Unit]] = defaultdict(list)
        for unit in theirs:
            if unit.kind in _BY_KEY and unit.key not in self._taken:
                waiting[_name(unit)].append(unit)
        for unit in ours:
            if unit.kind in _BY_KEY and unit.key not in self._paired:
                found = waiting.get(_name(unit))
                if found:
                    self._add(Pair((unit,), (found.pop(0),), _CERTAIN))

    def _across(self) -> None:
        """Pair what has moved to another section: tasks by their id, texts that are recorded."""
        ours = [unit for unit in self._source.units if unit.key not in self._paired]
        theirs = [unit for unit in self._target.units if unit.key not in self._taken]
        waiting: dict[str, list[Unit]] = defaultdict(list)
        for unit in theirs:
            if unit.kind is UnitKind.TASK:
                waiting[_name(unit)].append(unit)
        for unit in ours:
            if unit.kind is UnitKind.TASK and waiting.get(_name(unit)):
                self._add(Pair((unit,), (waiting[_name(unit)].pop(0),), _STRONG, is_moved=True))
        self._around_tasks(ours, theirs)
        if self._lock:
            for one, other in self._known_pairs(ours, theirs):
                self._add(Pair((one,), (other,), _STRONG, is_moved=True))

    def _around_tasks(self, ours: Sequence[Unit], theirs: Sequence[Unit]) -> None:
        """Pair the headings above tasks that stand below another section."""
        moved = {
            (pair.sources[0].parent, pair.targets[0].parent)
            for pair in self._pairs
            if pair.is_moved and pair.sources[0].kind is UnitKind.TASK
        }
        if not moved:
            return
        for unit in ours:
            for other in theirs:
                if (
                    unit.kind is other.kind is UnitKind.SECTION
                    and (unit.parent, other.parent) in moved
                    and _name(unit) == _name(other)
                    and unit.key not in self._paired
                    and other.key not in self._taken
                ):
                    self._add(Pair((unit,), (other,), _STRONG, is_moved=True))

    def _known_pairs(
        self, ours: Sequence[Unit], theirs: Sequence[Unit]
    ) -> Iterator[tuple[Unit, Unit]]:
        """Yield pairs that are recorded, in the order of the source."""
        by_hash: dict[str, list[Unit]] = defaultdict(list)
        for unit in theirs:
            if unit.key not in self._taken:
                by_hash[unit.hash].append(unit)
        counts = Counter(unit.hash for unit in ours if unit.key not in self._paired)
        for unit in ours:
            if unit.key in self._paired or (unit.kind in _BY_KEY and counts[unit.hash] > 1):
                continue  # of several with the same text nobody knows which one was renamed
            for record in self._lock.sources.get(unit.hash, ()):
                found = by_hash.get(record.target)
                if found and found[0].kind == unit.kind:
                    yield unit, found.pop(0)
                    break

    def _sequence(self, a: list[Unit], b: list[Unit], sure: float) -> None:
        """Pair the units of two sections."""
        a, b = self._joined(a, b)
        fixed = self._fixed(a, b)
        kept = _increasing(fixed)
        for i, j in fixed.items():
            recorded = self._lock.holds(a[i].hash, b[j].hash)
            confidence = _CERTAIN if recorded else min(sure, _STRONG)
            self._add(Pair((a[i],), (b[j],), confidence, is_moved=i not in kept))
        for rows, columns in _gaps(kept, len(a), len(b)):
            here = [a[i] for i in rows if a[i].key not in self._paired]
            there = [b[j] for j in columns if b[j].key not in self._taken]
            if here and there:
                self._run(here, there, sure)
        self._perhaps(a, b)

    def _fixed(self, a: Sequence[Unit], b: Sequence[Unit]) -> dict[int, int]:
        """Return pairs that hold wherever they stand, by index."""
        fixed: dict[int, int] = {}
        if self._lock:
            recorded = [
                (record.target, index)
                for index, unit in enumerate(a)
                for record in self._lock.sources.get(unit.hash, ())
            ]
            fixed = dict(_common(recorded, [(unit.hash, j) for j, unit in enumerate(b)]))
        taken = set(fixed.values())
        rest = [
            pair
            for marks in (_texts, _row_marks, _first_cells, _tellings)
            for pair in _common(marks(a), marks(b))
            if a[pair[0]].kind == b[pair[1]].kind and self._may_pair(a[pair[0]], b[pair[1]])
        ]
        for i, j in rest:
            if i not in fixed and j not in taken:
                fixed[i] = j
                taken.add(j)
        return fixed

    def _may_pair(self, one: Unit, other: Unit) -> bool:
        """Tell whether nothing that is recorded speaks against a pair."""
        records = self._lock.of(other.hash)
        if not records or any(record.source == one.hash for record in records):
            return True
        return not is_explained(records, other.hash, self._source, self._target)

    def _joined(self, a: list[Unit], b: list[Unit]) -> tuple[list[Unit], list[Unit]]:
        """Pair neighbours that were one text when they were recorded, and what was split."""
        if not self._lock:
            return a, b
        for units, others, of_source in ((a, b, True), (b, a, False)):
            single = {unit.hash: unit for unit in others}
            for first, second in pairwise(list(units)):
                if first.kind not in _PROSE or second.kind != first.kind:
                    continue
                if {first.key, second.key} & (self._paired if of_source else self._taken):
                    continue
                joined = joined_hash((first, second))
                whole = self._whole(joined, single, of_source)
                if whole and of_source and whole.key not in self._taken:
                    self._add(Pair((first, second), (whole,), _CERTAIN))
                elif whole and not of_source and whole.key not in self._paired:
                    self._add(Pair((whole,), (first, second), _CERTAIN))
        return (
            [unit for unit in a if unit.key not in self._paired],
            [unit for unit in b if unit.key not in self._taken],
        )

    def _whole(self, joined: str, single: dict[str, Unit], of_source: bool) -> Unit | None:
        if of_source:
            records = self._lock.sources.get(joined, ())
            return next((single[r.target] for r in records if r.target in single), None)
        return next((single[r.source] for r in self._lock.of(joined) if r.source in single), None)

    def _run(self, a: list[Unit], b: list[Unit], sure: float) -> None:
        """Pair, in their order, what stands between two fixed points."""
        kinds_agree = [u.kind for u in a] == [u.kind for u in b]
        beads = self._straight(a, b) if kinds_agree else []
        if not beads:
            beads = _merging_beads(
                len(a),
                len(b),
                lambda i, j, m, n: self._likeness(a[i : i + m], b[j : j + n]),
                merges=len(a) != len(b),
            )
        for i, j, m, n, score in beads:
            if (kinds_agree and len(beads) == len(a)) or score > 0.9:
                confidence = _STRONG
            else:
                confidence = _LIKELY if score > 0.35 else _WEAK
            pair = Pair(tuple(a[i : i + m]), tuple(b[j : j + n]), min(sure, confidence))
            self._add(pair)

    def _perhaps(self, a: Sequence[Unit], b: Sequence[Unit]) -> None:
        """Pair what is left on both sides as far as it may be the same: nobody can tell."""
        ours = [unit for unit in a if unit.key not in self._paired and unit.kind in _PROSE]
        theirs = [
            unit
            for unit in b
            if unit.key not in self._taken and unit.kind in _PROSE and not self._lock.of(unit.hash)
        ]
        if not ours or not theirs or len(ours) * len(theirs) > _MOST_TRIED:
            return
        scored = sorted(
            (-self._likeness((one,), (other,)), i, j)
            for i, one in enumerate(ours)
            for j, other in enumerate(theirs)
        )
        for score, i, j in scored:
            one, other = ours[i], theirs[j]
            if -score < _IMPROBABLE:
                return
            if one.key not in self._paired and other.key not in self._taken:
                self._add(Pair((one,), (other,), _WEAK))

    def _straight(self, a: list[Unit], b: list[Unit]) -> list[_Bead]:
        """Pair each with its counterpart, unless something speaks clearly against one pair."""
        scores = [
            self._likeness((one,), (other,), in_passing=True)
            for one, other in zip(a, b, strict=True)
        ]
        if any(score < _AGAINST for score in scores):
            return []
        return [(i, i, 1, 1, score) for i, score in enumerate(scores)]

    def _likeness(
        self, ours: Sequence[Unit], theirs: Sequence[Unit], *, in_passing: bool = False
    ) -> float:
        """Return how much speaks for a pair: above 0 more than against it.

        Args:
            ours: Texts of the source.
            theirs: Texts of the translation.
            in_passing: Whether words are only compared if all else speaks against the pair.
        """
        one, other = ours[0], theirs[0]
        if not _compatible(ours, theirs):
            return _IMPOSSIBLE
        score = 0.5 if one.kind == other.kind else -0.2
        if _is_nested(one) != _is_nested(other):
            score -= 0.5
        if _ends(ours[-1]) != _ends(theirs[-1]):
            score -= 0.3
        if len(ours) + len(theirs) > 2:
            score += _MERGED
        length = sum(len(unit.normal) for unit in ours) + 30
        other_length = sum(len(unit.normal) for unit in theirs) + 30
        spread = (math.log(other_length / length) - self._ratio) / 0.4
        score -= min(1.5, spread * spread / 2)
        mine, its = self._marks(ours), self._marks(theirs)
        if mine or its:
            shared = sum(mine[mark] for mark in mine.keys() & its.keys())
            score += min(3.0, shared)
            apart = sum(mine.values()) + sum(its.values()) - 2 * shared
            score -= min(1.2, apart * 0.3)
        if one.hash == other.hash:
            score += 2
        if self._repeated:
            score += self._repetition(joined_hash(ours), joined_hash(theirs))
        if self._lock:
            score += self._remembered(ours, theirs)
        if not in_passing or score < _AGAINST:
            shared_stems = len(self._stems_of(ours) & self._stems_of(theirs))
            score += min(_MOST_OF_STEMS, shared_stems * _PER_STEM)
        return score

    def _repetition(self, ours: str, theirs: str) -> float:
        """Return what texts that stand elsewhere on the page, too, are paired with there."""
        said, heard = self._repeated.get(ours), self._repeating.get(theirs)
        if not said and not heard:
            return 0.0
        return _SAID_SO if said and theirs in said else -_SAID_OTHERWISE

    def _stems_of(self, units: Sequence[Unit]) -> frozenset[str]:
        """Return the beginnings of the words in units: many are the same in related languages."""
        key = tuple(map(id, units))
        found = self._stems.get(key)
        if found is None:
            text = " ".join(unit.text for unit in units)
            if not text.isascii():
                text = _MARKS.sub("", normalize("NFKD", text))
            words = _LONG_WORD.findall(text.lower())
            found = self._stems[key] = frozenset(word[:_STEM] for word in words)
        return found

    def _remembered(self, ours: Sequence[Unit], theirs: Sequence[Unit]) -> float:
        """Return how much the record of a translation speaks for its being that of a text."""
        records = self._lock.of(joined_hash(theirs))
        if not records:
            known = self._lock.sources.get(joined_hash(ours), ())
            gone = known and not any(r.target in self._target.hashes for r in known)
            return 1.0 if gone else 0.0
        if any(record.source == joined_hash(ours) for record in records):
            return 6.0
        here = {piece.hash for unit in ours for piece in unit.pieces}
        shares = (
            len(here.intersection(record.all_pieces)) / max(len(here), len(record.all_pieces))
            for record in records
        )
        best = max(shares)
        if any(record.key == ours[0].key for record in records):
            return 4 * best + 0.5
        elsewhere = is_explained(records, joined_hash(theirs), self._source, self._target)
        return 4 * best - (3.0 if elsewhere else 0.0)

    def _marks(self, units: Sequence[Unit]) -> dict[tuple[AnchorKind, str], float]:
        """Return what of units tells which others they belong to, and how much it tells."""
        key = tuple(map(id, units))
        found = self._features.get(key)
        if found is None:
            found = self._features[key] = {
                (anchor.kind, anchor.value): _WEIGHTS[anchor.kind]
                for unit in units
                for anchor in unit.anchors
                if anchor.kind in _WEIGHTS
            }
        return found


def _compatible(ours: Sequence[Unit], theirs: Sequence[Unit]) -> bool:
    one, other = ours[0].kind, theirs[0].kind
    if one in _PROSE and other in _PROSE:
        if len(ours) + len(theirs) == 2:
            return True
        alike = all(unit.kind == one for unit in (*ours, *theirs))
        return alike and one is not UnitKind.ITEM and _may_be_merged(ours, theirs)
    if UnitKind.HEADING in (one, other):
        return one == other
    return one == other and len(ours) == len(theirs) == 1


def _may_be_merged(ours: Sequence[Unit], theirs: Sequence[Unit]) -> bool:
    """Tell whether two texts and one are as many sentences, and more than one of them alone."""
    several, single = (ours, theirs) if len(ours) > len(theirs) else (theirs, ours)
    count = len(single[0].pieces)
    return count > 1 and abs(sum(len(unit.pieces) for unit in several) - count) <= 1


def _is_nested(unit: Unit) -> bool:
    """Tell whether a unit stands in another list's item or in a quote."""
    return unit.parent.rpartition(":")[2][:1] in ("i", "q") and unit.parent.count(":") > 1


def _ends(unit: Unit) -> str:
    """Return the sign at the end of a text that most languages share."""
    last = unit.normal[-1:]
    return last if last in (":", "?") else ""


def _overlap(ours: Counter[UnitKind], theirs: Counter[UnitKind]) -> float:
    """Return how much of two sections is of the same kinds, from 0 to 1."""
    total = max(ours.total(), theirs.total())
    return (ours & theirs).total() / total if total else 1.0


def _ratio(source: PageUnits, target: PageUnits) -> float:
    """Return by how much the translation is longer, as a logarithm, within reason."""
    ours = sum(len(unit.normal) for unit in source.units if unit.kind in _PROSE) + 200
    theirs = sum(len(unit.normal) for unit in target.units if unit.kind in _PROSE) + 200
    return max(-0.3, min(0.4, math.log(theirs / ours)))


def _name(unit: Unit) -> str:
    """Return what a unit is called, without how often its page has it."""
    if unit.kind is UnitKind.SECTION:
        return unit.normal
    return unit.key.split("--")[0].removesuffix(":name")


def _usual_ratio(pairs: Sequence[Pair], known: float) -> float:
    """Return by how much translated texts are longer, as a logarithm: half of them by less.

    Args:
        pairs: What belongs together for certain.
        known: What the pages as a whole say, which may lack much.
    """
    ratios = sorted(
        math.log((len(pair.targets[0].normal) + 30) / (len(pair.sources[0].normal) + 30))
        for pair in pairs
        if pair.confidence >= _STRONG and pair.sources[0].hash != pair.targets[0].hash
    )
    return ratios[len(ratios) // 2] if len(ratios) >= _FEWEST_RATIOS else known


def _labels(part: Part) -> frozenset[tuple[str, str]]:
    return frozenset(
        (fact.name, value)
        for fact in part.facts
        if fact.kind is FactKind.LABEL
        for value in fact.values
    )


# Marks: what tells where something belongs, each with the index of what bears it.

_Mark = tuple[object, int]


def _section_marks(parts: Sequence[Part]) -> Iterator[_Mark]:
    for index, part in enumerate(parts):
        if part.section:
            yield part.section, index
        elif part.level == 0:
            yield "", index


def _task_marks(parts: Sequence[Part]) -> Iterator[_Mark]:
    return ((task, index) for index, part in enumerate(parts) for task in part.tasks)


def _telling_marks(parts: Sequence[Part]) -> Iterator[_Mark]:
    for index, part in enumerate(parts):
        yield from ((mark, index) for mark in part.marks if mark[0] in _TELLING)


def _other_marks(parts: Sequence[Part]) -> Iterator[_Mark]:
    for index, part in enumerate(parts):
        yield from ((mark, index) for mark in part.marks if mark[0] not in _TELLING)


def _hash_marks(parts: Sequence[Part]) -> Iterator[_Mark]:
    return ((unit.hash, index) for index, part in enumerate(parts) for unit in part.units)


def _texts(units: Sequence[Unit]) -> Iterator[_Mark]:
    return ((unit.hash, index) for index, unit in enumerate(units))


def _row_marks(units: Sequence[Unit]) -> Iterator[_Mark]:
    """Yield what rows name: they may stand in any order, so that their place tells little."""
    for index, unit in enumerate(units):
        if unit.kind is UnitKind.ROW:
            found = {(a.kind, a.value) for a in unit.anchors if a.kind in _NAMING}
            if found:
                yield frozenset(found), index


def _first_cells(units: Sequence[Unit]) -> Iterator[_Mark]:
    for index, unit in enumerate(units):
        if unit.kind is UnitKind.ROW:
            yield (unit.parent, unit.pieces[0].hash), index


def _tellings(units: Sequence[Unit]) -> Iterator[_Mark]:
    for index, unit in enumerate(units):
        found = {(a.kind, a.value) for a in unit.anchors if a.kind in _TELLING}
        if found:
            yield frozenset(found), index


def _common(ours: Iterable[_Mark], theirs: Iterable[_Mark]) -> Iterator[tuple[int, int]]:
    """Yield where a mark stands that is unique on both sides."""
    first, second = _unique(ours), _unique(theirs)
    for mark, index in first.items():
        other = second.get(mark)
        if index is not None and other is not None:
            yield index, other


def _unique(marks: Iterable[_Mark]) -> dict[object, int | None]:
    found: dict[object, int | None] = {}
    for mark, index in marks:
        found[mark] = index if found.get(mark, index) == index else None
    return found


def _best(votes: Counter[tuple[int, int]]) -> dict[int, int]:
    """Return the pairs for which more speaks than for any other of either side."""
    rows: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    for (i, j), count in votes.items():
        rows[i] = max(rows[i], count)
        columns[j] = max(columns[j], count)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (i, j), count in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        if (
            count >= _FEWEST
            and count == rows[i] == columns[j]
            and i not in found
            and j not in taken
        ):
            found[i] = j
            taken.add(j)
    return found


def _increasing(pairs: dict[int, int]) -> dict[int, int]:
    """Return the most pairs that stand in the same order on both sides."""
    rows = sorted(pairs)
    tails: list[int] = []  # the smallest end of a run of each length
    ends: list[int] = []  # the row of that end
    before: dict[int, int | None] = {}
    for row in rows:
        column = pairs[row]
        at = bisect_left(tails, column)
        before[row] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(column)
            ends.append(row)
        else:
            tails[at], ends[at] = column, row
    kept: dict[int, int] = {}
    at_row = ends[-1] if ends else None
    while at_row is not None:
        kept[at_row] = pairs[at_row]
        at_row = before[at_row]
    return dict(sorted(kept.items()))


def _gaps(kept: dict[int, int], rows: int, columns: int) -> Iterator[tuple[range, range]]:
    """Yield what lies between fixed points, on both sides."""
    points = [(-1, -1), *kept.items(), (rows, columns)]
    for (i, j), (next_i, next_j) in pairwise(points):
        if next_i > i + 1 and next_j > j + 1:
            yield range(i + 1, next_i), range(j + 1, next_j)


def _merging_beads(
    rows: int, columns: int, score: Callable[[int, int, int, int], float], *, merges: bool
) -> list[_Bead]:
    """Return the best pairs in order: where they begin, how many they are, and their score.

    Only what lies near the diagonal is looked at, so that long lists take no longer than in
    proportion to their length.
    """
    steps = ((1, 1), (2, 1), (1, 2)) if merges else ((1, 1),)
    band = min(abs(rows - columns) + _BAND, max(4 * _BAND, _MOST_CELLS // max(rows, 1)))
    band = max(band, columns // max(rows, 1) + 1)  # or there would be no way through
    best: dict[tuple[int, int], float] = {(0, 0): 0.0}
    way: dict[tuple[int, int], tuple[int, int, float]] = {}
    for i in range(rows + 1):
        middle = i * columns // max(rows, 1)
        for j in range(max(0, middle - band), min(columns, middle + band) + 1):
            here = best.get((i, j))
            if here is None:
                continue
            for m, n in ((1, 0), (0, 1)):
                if i + m <= rows and j + n <= columns:
                    _step(best, way, (i, j), (m, n), here + _GAP, 0.0)
            for m, n in steps:
                if i + m <= rows and j + n <= columns:
                    value = score(i, j, m, n)
                    if value > _IMPOSSIBLE:
                        _step(best, way, (i, j), (m, n), here + value, value)
    return list(reversed(list(_way_back(way, rows, columns))))


def _step(
    best: dict[tuple[int, int], float],
    way: dict[tuple[int, int], tuple[int, int, float]],
    at: tuple[int, int],
    by: tuple[int, int],
    total: float,
    value: float,
) -> None:
    to = at[0] + by[0], at[1] + by[1]
    if total > best.get(to, -math.inf):
        best[to] = total
        way[to] = (*by, value)


def _way_back(
    way: dict[tuple[int, int], tuple[int, int, float]], rows: int, columns: int
) -> Iterator[_Bead]:
    i, j = rows, columns
    while (i, j) in way and (i or j):
        m, n, value = way[i, j]
        i, j = i - m, j - n
        if m and n:
            yield i, j, m, n, value
