"""What of a translation does not stand as it should, sorted as rules tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.standings import Paired
from leitfaden.checking.tree import Tree
from leitfaden.model import Span
from leitfaden.translating.align import UNSURE
from leitfaden.translating.anchors import AnchorKind
from leitfaden.translating.evidence import is_translatable
from leitfaden.translating.lock import Lock, PageLock
from leitfaden.translating.standing import UnitStanding, UnitState
from leitfaden.translating.units import Unit, UnitKind, joined_hash

# What other rules tell: missing tasks LF504, surplus ones LF505, the update summary LF503.
_TOLD_ELSEWHERE = (UnitKind.TASK, UnitKind.CHANGE)
_SURE = 0.8  # of a pair that more than its place tells
_HEADINGS = (UnitKind.HEADING, UnitKind.SECTION)


class Run(NamedTuple):
    """Units one behind another that only one side has.

    Args:
        units: How they stand.
        before: The translation's unit behind which they belong, or None.
        instead: Of what only the source has, what only the translation has in the same place.
        is_certain: Whether it is these, and not others like them.
    """

    units: tuple[UnitStanding, ...]
    before: Unit | None
    instead: Run | None = None
    is_certain: bool = True

    @property
    def first(self) -> Unit:
        """The first of them."""
        return (self.units[0].sources or self.units[0].targets)[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """What they are."""
        return tuple(unit.key for unit in self.units)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in it, if it begins with one."""
        if self.units[0].kind not in _HEADINGS:
            return ()
        return tuple(
            (unit.sources or unit.targets)[0].text
            for unit in self.units
            if unit.kind is UnitKind.HEADING
        )


class View:
    """A translation, as rules look at it.

    Args:
        facts: What is known of the page.
        source: What is known of its source.
        pair: How it stands.
        tree: All pages.
    """

    def __init__(self, facts: PageFacts, source: PageFacts, pair: Paired, tree: Tree) -> None:
        self.facts = facts
        self.source = source
        self.pair = pair
        self._tree = tree

    def in_state(self, *states: UnitState) -> tuple[UnitStanding, ...]:
        """Return the units that stand so; not for those that stand as they should."""
        return tuple(unit for unit in self.pair.open if unit.state in states)

    @cached_property
    def _lock(self) -> PageLock:
        """What is recorded of the page."""
        return recorded_of(self.facts, self._tree)

    @property
    def is_recorded(self) -> bool:
        """Whether anything of the page is recorded as translated."""
        return bool(self._lock)

    def is_claimed(self, unit: UnitStanding) -> bool:
        """Tell whether a unit is recorded as the translation of what the source says now.

        What is no translator's, such as labels below a known section, is if anything of the page
        is recorded.
        """
        if not unit.sources or not unit.targets:
            return False
        if not is_translatable(unit.sources[0]):
            return self.is_recorded
        return self._lock.holds(joined_hash(unit.sources), joined_hash(unit.targets))

    @cached_property
    def missing(self) -> tuple[Run, ...]:
        """What only the source has, but for what other rules tell."""
        return self._both[0]

    @cached_property
    def extra(self) -> tuple[Run, ...]:
        """What only the translation has, but for that and for what stands instead of something."""
        return self._both[1]

    @cached_property
    def _both(self) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        missing = []
        ours = {_part_of(unit.targets[0].key) for unit in self.unsure}
        theirs = {_part_of(unit.sources[0].key) for unit in self.unsure}
        extra = [run for run in self._runs(UnitState.EXTRA) if _is_clear(run, ours)]
        for run in self._runs(UnitState.MISSING):
            if not _is_clear(run, theirs):
                continue
            there = [] if run.headings else [one for one in extra if _are_at_one_place(run, one)]
            if there:
                extra.remove(there[0])
                run = run._replace(instead=there[0])
            missing.append(run)
        return tuple(_joined(missing)), tuple(_joined(extra))

    @cached_property
    def unsure(self) -> tuple[UnitStanding, ...]:
        """What is unsure where more than the number of texts below a heading is another one.

        Where one side says less, it is certain that something is missing, if not what.
        """
        unsure = self.in_state(UnitState.UNSURE)
        if not unsure:
            return ()
        below = _Below(self.pair.standing.units)
        return tuple(unit for unit in unsure if below.is_open(unit))

    @property
    def heads_differ(self) -> bool:
        """Whether a heading is told to be missing, or to be one too many."""
        return any(run.headings for run in (*self.missing, *self.extra))

    def _runs(self, state: UnitState) -> Iterator[Run]:
        if all(unit.state is not state or unit.kind in _TOLD_ELSEWHERE for unit in self.pair.open):
            return  # all units are not even asked for: that takes longer
        run: list[UnitStanding] = []
        before: Unit | None = None  # the last unit of the translation
        start: Unit | None = None
        last: UnitStanding | None = None  # the last unit that both sides have
        ordered = self.pair.standing.units
        if state is UnitState.EXTRA:
            ordered = tuple(sorted(ordered, key=_place_in_translation))
        for unit in ordered:
            is_one = unit.state is state
            is_told = is_one and unit.kind not in _TOLD_ELSEWHERE and not _is_in(unit, last)
            if run and not (is_one and (not is_told or self._goes_on(run, unit))):
                yield from self._told(run, start)
                run = []
            if is_told:
                start = start if run else before
                run.append(unit)
            if unit.targets:
                before = unit.targets[-1]
                last = unit if unit.sources else last
        yield from self._told(run, start)

    def _goes_on(self, run: Sequence[UnitStanding], unit: UnitStanding) -> bool:
        """Tell whether a unit belongs to a run: sections with all that stands below them do."""
        is_led = run[0].kind in _HEADINGS
        if unit.kind is UnitKind.SECTION:
            return is_led and self._is_within(unit)
        if unit.kind is UnitKind.HEADING:
            return is_led
        below = next((one for one in reversed(run) if one.kind in _HEADINGS), run[-1])
        return _part_of(below.key) == _part_of(unit.key)

    def _told(self, run: list[UnitStanding], before: Unit | None) -> Iterator[Run]:
        """Yield a run, unless it begins with a section of the page: LF201, LF508 tell these."""
        if run and (run[0].kind is not UnitKind.SECTION or self._is_repeated(run[0])):
            yield Run(tuple(run), before, is_certain=self._is_certain(run))

    def _is_certain(self, run: Sequence[UnitStanding]) -> bool:
        """Tell whether these are the ones: none like them is paired by its place alone."""
        if run[0].kind in _HEADINGS:
            return True
        side = 0 if run[0].sources else 1
        part = _part_of(run[0].key)
        return not any(
            unit.confidence < (_SURE if unit.kind is run[0].kind else UNSURE)
            for unit in self.pair.standing.units
            if unit.sources and unit.targets
            if _part_of((unit.sources, unit.targets)[side][0].key) == part
        )

    def _is_repeated(self, unit: UnitStanding) -> bool:
        """Tell whether a section can be there several times, and is on both sides."""
        key = _section_of(unit)
        return self._is_within(unit) and all(
            any(heading.section == key for heading in page.headings)
            for page in (self.facts, self.source)
        )

    def _is_within(self, unit: UnitStanding) -> bool:
        """Tell whether a heading opens a section that other sections repeat."""
        section = self._tree.contract.sections.get(_section_of(unit))
        return unit.kind is UnitKind.SECTION and section is not None and bool(section.within)


def _is_in(unit: UnitStanding, last: UnitStanding | None) -> bool:
    """Tell whether the other side says it in the unit before: what it links to is there."""
    here = _links(unit.sources or unit.targets)
    return bool(here and last and here <= _links(last.targets if unit.sources else last.sources))


def _links(units: Iterable[Unit]) -> frozenset[str]:
    return frozenset(
        anchor.value for unit in units for anchor in unit.anchors if anchor.kind is AnchorKind.LINK
    )


def _section_of(unit: UnitStanding) -> str:
    """Return the key of the section that a heading opens."""
    return (unit.sources or unit.targets)[0].normal.removeprefix("section ")


def _part_of(key: str) -> str:
    """Return the key of the heading that a unit stands below."""
    kind, _, rest = key.partition(":")
    return f"{kind}:{rest.partition(':')[0]}" if kind in ("section", "step") else kind


class _Below:
    """What stands below each heading of a page, on both sides.

    Args:
        units: How all units stand.
    """

    def __init__(self, units: Iterable[UnitStanding]) -> None:
        self._lengths: tuple[Counter[str], Counter[str]] = Counter(), Counter()
        self._lacking: tuple[Counter[str], Counter[str]] = Counter(), Counter()
        ratios = []
        for unit in units:
            if unit.kind in _HEADINGS or unit.kind in _TOLD_ELSEWHERE:
                continue
            lengths = []
            for side, texts in enumerate((unit.sources, unit.targets)):
                length = sum(len(text.normal) for text in texts)
                lengths.append(length)
                if texts:
                    self._lengths[side][_part_of(texts[0].key)] += length
                    if unit.state in (UnitState.MISSING, UnitState.EXTRA):
                        self._lacking[side][_part_of(texts[0].key)] += length
            if unit.confidence >= _SURE and all(lengths):
                ratios.append(lengths[1] / lengths[0])
        self._usual = sorted(ratios)[len(ratios) // 2] if ratios else 1.0

    def is_open(self, unit: UnitStanding) -> bool:
        """Tell whether it is open which texts around a pair belong together, and if all do.

        That is so if both sides lack some, or if one side lacks some and is no shorter for that:
        then its text is divided in another way.
        """
        parts = _part_of(unit.sources[0].key), _part_of(unit.targets[0].key)
        ours, theirs = (one[part] for one, part in zip(self._lacking, parts, strict=True))
        length, other = (one[part] for one, part in zip(self._lengths, parts, strict=True))
        if ours and theirs:
            return True
        shorter_by = length - other / self._usual
        if ours:
            return shorter_by < ours / 2
        return bool(theirs) and -shorter_by < theirs / self._usual / 2


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield runs, of those that are uncertain below the same heading one: it tells how many."""
    first: dict[str, int] = {}
    found: list[Run] = []
    for run in runs:
        part = _part_of(run.units[0].key)
        if run.is_certain or run.instead:
            found.append(run)
        elif part in first:
            known = found[first[part]]
            found[first[part]] = known._replace(units=known.units + run.units)
        else:
            first[part] = len(found)
            found.append(run)
    yield from found


def _is_clear(run: Run, unsure: Container[str]) -> bool:
    """Tell whether it is certain that there is no counterpart: no text near it is unsure."""
    return bool(run.headings) or _part_of(run.units[0].key) not in unsure


def _are_at_one_place(missing: Run, extra: Run) -> bool:
    return not extra.headings and missing.before == extra.before


def _place_in_translation(unit: UnitStanding) -> int:
    return unit.targets[0].span.start if unit.targets else -1


def recorded_of(facts: PageFacts, tree: Tree) -> PageLock:
    """Return what is recorded of a translation.

    Args:
        facts: What is known of the page.
        tree: All pages.
    """
    standings = tree.standings
    lock = standings.lock(facts.id, facts.locale) if standings else Lock()
    return lock.of_page(facts.id)


def view_of(facts: PageFacts, tree: Tree) -> View | None:
    """Return how a translation stands; None if it has no source, or all is as it should be.

    Args:
        facts: What is known of the page.
        tree: All pages.
    """
    views = tree.once(_Views).of
    known = views.get(facts.path)
    if known is None or known[0] is not facts:  # a page may have been read again
        known = views[facts.path] = (facts, _view(facts, tree))
    return known[1]


def _view(facts: PageFacts, tree: Tree) -> View | None:
    pair, source = tree.pair(facts), tree.source_of(facts)
    return View(facts, source, pair, tree) if pair and source and pair.open else None


class _Views:
    """The views of a tree that rules have asked for.

    Args:
        tree: The tree; each has its own.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.of: dict[str, tuple[PageFacts, View | None]] = {}


def span_of(units: Iterable[Unit]) -> Span:
    """Return where units stand, from the first to the last."""
    spans = [unit.span for unit in units]
    return spans[0].cover(spans[-1])
