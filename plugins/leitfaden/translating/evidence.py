"""Where a translation contradicts its source in what needs no translator; it takes no lock."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from leitfaden.model import Span
from leitfaden.translating.align import PartPair
from leitfaden.translating.anchors import AnchorKind
from leitfaden.translating.facts import Fact, FactKind
from leitfaden.translating.units import Unit, UnitKind

_SMALL = 12  # numbers up to here are often words in one of two languages
_TASK = re.compile(r"task-\d+(?:--\d+)?")
_SHORT = 90  # characters
_WHOLE = (AnchorKind.LINK, AnchorKind.IMAGE, AnchorKind.MAIL)


class Topic(StrEnum):
    """What a translation and its source contradict each other in."""

    NUMBER = "number"
    DATE = "date"
    MAIL = "mail"
    LINK = "link"
    IMAGE = "image"
    CODE = "code"
    PLACEHOLDER = "placeholder"
    TERM = "term"
    LABEL = "label"
    REQUIREMENT = "requirement"
    ROLES = "roles"
    SERVICES = "services"
    COLUMNS = "columns"
    INCLUDE = "include"
    ORDER = "order"
    TASK = "task"  # another id


class Contradiction(NamedTuple):
    """Something that is not the same on both sides.

    Args:
        topic: What it is about.
        source: What only the source says.
        target: What only the translation says.
        source_span: Where the source says it.
        target_span: Where the translation says it, or ought to.
        name: The label that it is about; empty for anything else.
    """

    topic: Topic
    source: tuple[str, ...]
    target: tuple[str, ...]
    source_span: Span
    target_span: Span
    name: str = ""


def contradictions(
    sources: Sequence[Unit], targets: Sequence[Unit], equivalents: Equivalents
) -> Iterator[Contradiction]:
    """Yield what the texts of a pair of units contradict each other in.

    Args:
        sources: The units of the source.
        targets: Those of the translation.
        equivalents: Which addresses are the same in two languages.
    """
    ours, theirs = _values(sources), _values(targets)
    if ours == theirs:
        return
    span, other = _span(sources), _span(targets)
    for kind in _WHOLE:
        first, second = ours.get(kind, {}), theirs.get(kind, {})
        if first or second:
            lacking, surplus = equivalents.differing(first, second)
            if lacking or surplus:
                yield Contradiction(Topic(kind.value), lacking, surplus, span, other)
    for kind, compare in (
        (AnchorKind.CODE, _lacking),
        (AnchorKind.PLACEHOLDER, _sides),
        (AnchorKind.TERM, _swapped if _are_short(sources) else _nothing),
    ):
        lacking, surplus = compare(ours.get(kind, {}), theirs.get(kind, {}))
        if lacking or surplus:
            yield Contradiction(Topic(kind.value), lacking, surplus, span, other)
    yield from _counted(ours, theirs, span, other)


_Values = dict[AnchorKind, dict[str, str]]  # by kind: each value, and as it is written


def _values(units: Iterable[Unit]) -> _Values:
    found: _Values = {}
    for unit in units:
        for anchor in unit.anchors:
            found.setdefault(anchor.kind, {}).setdefault(anchor.value, anchor.written)
    return found


def _span(units: Sequence[Unit]) -> Span:
    return units[0].span.cover(units[-1].span)


def _sides(ours: dict[str, str], theirs: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lacking = tuple(written for value, written in ours.items() if value not in theirs)
    surplus = tuple(written for value, written in theirs.items() if value not in ours)
    return lacking, surplus


def _swapped(
    ours: dict[str, str], theirs: dict[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return names of which one stands for another; one that is only left out may be a pronoun."""
    for lacking, one in ours.items():
        for surplus, other in theirs.items():
            if (
                lacking not in theirs
                and surplus not in ours
                and lacking.partition(":")[0] == surplus.partition(":")[0]
                and one not in other
                and other not in one
            ):
                return (one,), (other,)
    return (), ()


def _lacking(
    ours: dict[str, str], theirs: dict[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what differs if the translation lacks something; it may well say more."""
    lacking, surplus = _sides(ours, theirs)
    return (lacking, surplus) if lacking else ((), ())


def _nothing(_: dict[str, str], __: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (), ()


def _are_short(units: Sequence[Unit]) -> bool:
    """Tell whether texts are too short for a pronoun or a paraphrase."""
    return sum(len(unit.text) for unit in units) <= _SHORT


def _counted(ours: _Values, theirs: _Values, span: Span, other: Span) -> Iterator[Contradiction]:
    """Yield numbers and days that differ, unless a day is only written otherwise."""
    days = tuple(
        tuple(
            written
            for day, written in one.get(AnchorKind.DATE, {}).items()
            if day not in another.get(AnchorKind.DATE, {})
            and not _day_is_in(day, _all_numbers(another))
        )
        for one, another in ((ours, theirs), (theirs, ours))
    )
    if any(days):
        yield Contradiction(Topic.DATE, days[0], days[1], span, other)
    lacking, surplus = (
        {
            value: written
            for value, written in one.get(AnchorKind.NUMBER, {}).items()
            if not _is_explained(value, another)
        }
        for one, another in ((ours, theirs), (theirs, ours))
    )
    every = (*lacking, *surplus)
    one_sided = not (lacking and surplus)
    if one_sided and all(map(_is_small, every)):
        return
    if any(days) and all(map(_is_of_a_day, every)):
        return  # they are said already
    values = tuple(lacking.values()), tuple(surplus.values())
    yield Contradiction(Topic.NUMBER, *values, span, other)


def _is_explained(value: str, others: _Values) -> bool:
    """Tell whether a number is there too, if in another form: `FY20`, `10k`, `12/31`."""
    numbers = _all_numbers(others)
    whole, dot, rest = value.partition(".")
    if value in numbers or (dot and {whole, rest} <= numbers):
        return True
    parts = others.get(AnchorKind.PART, {})
    mine = (value[-2:] if len(value) == 4 else value, value.removesuffix("000"))
    return any(form in parts for form in mine)


def _is_small(value: str) -> bool:
    return value.isdecimal() and int(value) <= _SMALL


def _is_of_a_day(value: str) -> bool:
    return value.isdecimal() and (int(value) <= 31 or len(value) == 4)


def _all_numbers(values: _Values) -> frozenset[str]:
    """Return all digits of a text: numbers, parts of words and of days."""
    found = {*values.get(AnchorKind.NUMBER, ()), *values.get(AnchorKind.PART, ())}
    for value in values.get(AnchorKind.NUMBER, ()):
        found.update(value.split("."))
    for day in values.get(AnchorKind.DATE, ()):
        found |= _parts_of(day)
    return frozenset(found)


def _day_is_in(day: str, numbers: frozenset[str]) -> bool:
    """Tell whether a text has year and day as numbers; the month may be a word."""
    year, _, rest = day.partition("-")
    return str(int(rest[-2:])) in numbers and (year in numbers or year[2:] in numbers)


def _parts_of(day: str) -> frozenset[str]:
    year, _, rest = day.partition("-")
    return frozenset((year, year[2:], str(int(rest[:2])), str(int(rest[-2:]))))


class Equivalents:
    """Which addresses of two languages stand for the same.

    Args:
        pairs: Pairs of canonical targets; `*` in both stands for the same text.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._pairs = tuple(pairs)

    def differing(
        self, ours: dict[str, str], theirs: dict[str, str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the targets that only one side has.

        Args:
            ours: The source's targets, each with how it is written.
            theirs: The translation's.
        """
        first = {self.form(value): written for value, written in ours.items()}
        second = {self.form(value): written for value, written in theirs.items()}
        return _sides(first, second)

    def form(self, target: str) -> str:
        """Return a target in the form that all languages share, without an anchor in words.

        Those of other sites have the words of their language, and our own headings can be linked to
        by old ones; only tasks have the same everywhere.

        Args:
            target: A canonical target, of either side.
        """
        base, mark, anchor = target.partition("#")
        for source, target_form in self._pairs:
            head, _, tail = target_form.partition("*")
            long_enough = len(base) >= len(head) + len(tail)
            if long_enough and base.startswith(head) and base.endswith(tail):
                middle = base[len(head) : len(base) - len(tail)] if "*" in target_form else ""
                if middle or base == target_form:
                    base = source.replace("*", middle)
                    break
        if _TASK.fullmatch(anchor):
            return f"{base}#{anchor}"
        return base or mark


def fact_contradictions(
    ours: Sequence[Fact], theirs: Sequence[Fact], place: Span, source_place: Span
) -> Iterator[Contradiction]:
    """Yield what the facts of two parts or of two tasks contradict each other in.

    Args:
        ours: The source's facts.
        theirs: The translation's.
        place: Where the translation would say what it does not.
        source_place: Where the source would say what it does not.
    """
    waiting: dict[tuple[FactKind, str], list[Fact]] = defaultdict(list)
    for fact in theirs:
        waiting[fact.kind, fact.name].append(fact)
    for fact in ours:
        others = waiting.get((fact.kind, fact.name))
        other = others.pop(0) if others else None
        if other is None:
            if fact.kind in (FactKind.LABEL, FactKind.INCLUDE) and fact.is_known and fact.values:
                yield _contradiction(fact, fact.values, (), place)
        elif fact.kind is FactKind.COLUMNS:
            if len(fact.values) != len(other.values):
                counts = str(len(fact.values)), str(len(other.values))
                yield _contradiction(fact, counts[:1], counts[1:], other.span)
        elif fact.is_known and other.is_known and set(fact.values) != set(other.values):
            yield _contradiction(fact, fact.values, other.values, other.span)
    for others in waiting.values():
        for fact in others:
            if fact.kind is FactKind.LABEL and fact.is_known and fact.values:
                moved = fact._replace(span=source_place)
                yield _contradiction(moved, (), fact.values, fact.span)


def _contradiction(
    fact: Fact, source: tuple[str, ...], target: tuple[str, ...], span: Span
) -> Contradiction:
    return Contradiction(Topic(fact.kind.value), source, target, fact.span, span, fact.name)


def part_contradictions(pair: PartPair) -> Iterator[Contradiction]:
    """Yield what two sections contradict each other in besides their texts: labels, tables, order.

    Args:
        pair: The sections.
    """
    ours = [fact for fact in pair.source.facts if not fact.owner.startswith("task:")]
    theirs = [fact for fact in pair.target.facts if not fact.owner.startswith("task:")]
    place = pair.target.units[0].span if pair.target.units else Span(0, 0)
    if sum(f.kind is FactKind.COLUMNS for f in ours) != sum(
        f.kind is FactKind.COLUMNS for f in theirs
    ):  # which of them is missing is told by their rows
        ours = [fact for fact in ours if fact.kind is not FactKind.COLUMNS]
    source_place = pair.source.units[0].span if pair.source.units else Span(0, 0)
    yield from fact_contradictions(ours, theirs, place, source_place)
    if pair.is_moved and pair.source.units:
        yield Contradiction(Topic.ORDER, (), (), pair.source.units[0].span, place)


def name_contradictions(source: Unit, target: Unit) -> Iterator[Contradiction]:
    """Yield that a task has another id, or a change another day, than the same text in the source.

    Args:
        source: The unit of the source.
        target: The one of the translation.
    """
    topic = {UnitKind.TASK: Topic.TASK, UnitKind.CHANGE: Topic.DATE}.get(source.kind)
    if topic:
        ours, theirs = (unit.key.split("--")[0].split(":")[1] for unit in (source, target))
        if ours != theirs:
            yield Contradiction(topic, (ours,), (theirs,), source.span, target.span)


def is_translatable(unit: Unit) -> bool:
    """Tell whether a unit's text is a translator's: the contract has the names of sections."""
    return unit.kind is not UnitKind.SECTION
