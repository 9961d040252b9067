"""How well drift is found: seeded changes of source pages, and what is told of their translations.

Each page with a translation is taken as translated in full: a lock records all of it. Then its
source is changed in one place, and the standing of the translation is asked for, once with the lock
and once by evidence alone. What was told before the change does not count. Beside it stand four
ways that need no units: the pages' own dates, a hash of the page, always and never.

`python3 scripts/dev.py bench drift`
"""

from __future__ import annotations

import math
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.model import Page, Span, Task
from leitfaden.reading import PageReader
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import (
    Standing,
    UnitStanding,
    UnitState,
    record,
    standing_of,
)
from leitfaden.translating.units import PageUnits, Part, Unit, UnitKind, UnitReader

SEED = 7
TOLD = frozenset(
    (
        UnitState.BEHIND,
        UnitState.MISSING,
        UnitState.EXTRA,
        UnitState.CONTRADICTING,
        UnitState.UNTRANSLATED,
    )
)
PROSE = frozenset((UnitKind.PARAGRAPH, UnitKind.ITEM, UnitKind.QUOTE, UnitKind.ALERT))
STRUCTURAL, BLOCK, WORDS, COSMETIC, LOCAL = "structural", "block", "prose", "cosmetic", "local"
NEW_TASK = "9731"
NEW_SENTENCE = "Archive the signed summary before anybody leaves the room."
NEW_PARAGRAPH = "Every signed summary belongs into the archive before anybody leaves the room."


@dataclass(frozen=True)
class Couple:
    """A source page with its translation, and what a lock that records all of it says."""

    source: Page
    target: Page
    units: PageUnits
    target_units: PageUnits
    lock: Lock
    before: Standing
    before_alone: Standing


class Change(NamedTuple):
    """A page's text after a change.

    Args:
        text: The whole text.
        places: Where the new text differs, for what is still or newly there.
        targets: Units of the translation that lost what they translate.
        any_of: Whether one of the two is enough to be found.
    """

    text: str
    places: tuple[Span, ...] = ()
    targets: tuple[Unit, ...] = ()
    any_of: bool = False


Mutation = Callable[["Couple", random.Random], Change | None]


class Family(NamedTuple):
    """A kind of change."""

    name: str
    group: str
    mutate: Mutation
    of_target: bool = False


@dataclass
class Score:
    """What was found of one family, by one way of looking."""

    tried: int = 0
    found: int = 0
    false: int = 0  # further units that were told
    alarms: int = 0  # changes after which anything else was told

    def add(self, found: bool, false: int) -> None:
        """Count one change."""
        self.tried += 1
        self.found += found
        self.false += false
        self.alarms += bool(false)

    def plus(self, other: Score) -> Score:
        """Return the sum of two scores."""
        return Score(
            self.tried + other.tried,
            self.found + other.found,
            self.false + other.false,
            self.alarms + other.alarms,
        )

    @property
    def recall(self) -> float:
        """How many of the changes were found."""
        return self.found / self.tried if self.tried else math.nan

    @property
    def precision(self) -> float:
        """How many of the units that were told had changed."""
        told = self.found + self.false
        return self.found / told if told else math.nan


@dataclass
class Result:
    """All scores of a family."""

    family: Family
    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))


WAYS = ("lock", "evidence", "date", "page hash", "always", "never")


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's interval of 95 % for a share.

    Args:
        hits: How many.
        of: Of how many.
        z: How many deviations the interval is wide, to each side.
    """
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    whole = 1 + z * z / of
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


class Bench:
    """Changes pages and counts what is told.

    Args:
        contract: The playbook's contract.
        pairs: Source pages with their translations.
    """

    def __init__(self, contract: Contract, pairs: Iterable[tuple[Page, Page]]) -> None:
        self.contract = contract
        self._reader = PageReader(contract)
        self._units = UnitReader(contract)
        self.couples = [self._couple(source, target) for source, target in pairs]

    def _couple(self, source: Page, target: Page) -> Couple:
        units = self._units.read(source)
        target_units = self._units.read(target, source)
        alone = standing_of(units, target_units, Lock(), self.contract)
        lock = record(Lock(), alone)
        before = standing_of(units, target_units, lock, self.contract)
        return Couple(source, target, units, target_units, lock, before, alone)

    def run(self, families: Sequence[Family], samples: int) -> list[Result]:
        """Try each family on as many pages.

        Args:
            families: The families.
            samples: How many changes of each.
        """
        return [self._family(family, samples) for family in families]

    def _family(self, family: Family, samples: int) -> Result:
        result = Result(family)
        dice = random.Random(f"{SEED} {family.name}")
        order = list(self.couples)
        tries = 0
        done = 0
        while done < samples and tries < samples * 12:
            if tries % len(order) == 0:
                dice.shuffle(order)
            couple = order[tries % len(order)]
            tries += 1
            change = family.mutate(couple, dice)
            old = couple.target if family.of_target else couple.source
            if change and change.text != old.text:
                self._judge(result, couple, change)
                done += 1
        return result

    def _judge(self, result: Result, couple: Couple, change: Change) -> None:
        of_target = result.family.of_target
        old = couple.target if of_target else couple.source
        data = change.text.encode("utf-8", "surrogatepass")
        page = self._reader.read(data, path=old.path, locale=old.locale, page_id=old.id)
        source = couple.source if of_target else page
        target = page if of_target else couple.target
        units = couple.units if of_target else self._units.read(page)
        target_units = self._units.read(target, source)
        for way, lock, before in (
            ("lock", couple.lock, couple.before),
            ("evidence", Lock(), couple.before_alone),
        ):
            after = standing_of(units, target_units, lock, self.contract)
            result.scores[way].add(*_found(after, before, change))
        expected = len(change.places) + len(change.targets) > 0
        others = max(0, len(units.units) - 1)
        late = couple.before_alone.is_late
        for way, says in (("date", late), ("page hash", True), ("always", True), ("never", False)):
            result.scores[way].add(expected and says, (others + (not expected)) if says else 0)


def _found(after: Standing, before: Standing, change: Change) -> tuple[bool, int]:
    """Return whether a change was told, and how many units were that have not changed."""
    known = Counter(_identity(unit) for unit in before.units if unit.state in TOLD)
    wanted: list[object] = [*change.places, *change.targets]
    hit: set[object] = set()
    false = 0
    for unit in after.units:
        if unit.state not in TOLD:
            continue
        meant = [one for one in wanted if _meets(unit, one)]
        identity = _identity(unit)
        if known[identity]:
            known[identity] -= 1
            if unit.state is not UnitState.BEHIND:
                continue
        if meant:
            hit.update(meant)
        else:
            false += 1
    found = bool(hit) if change.any_of else bool(wanted) and len(hit) == len(wanted)
    return found, false


def _meets(unit: UnitStanding, wanted: object) -> bool:
    if isinstance(wanted, Span):
        return any(
            one.span.start < wanted.end and wanted.start < max(one.span.end, one.span.start + 1)
            for one in unit.sources
        )
    return any(one.span == wanted.span for one in unit.targets if isinstance(wanted, Unit))


def _identity(unit: UnitStanding) -> tuple[object, ...]:
    """Return what tells a finding from others, whatever else has changed on its page."""
    topics = tuple(sorted({(c.topic, c.source, c.target) for c in unit.contradictions}))
    if unit.targets:
        return (unit.state, *(one.hash for one in unit.targets), topics)
    return (unit.state, unit.kind, unit.sources[0].hash)


# Where to change something.


def prose(couple: Couple, dice: random.Random, fits: Callable[[str], bool]) -> Unit | None:
    """Return a text that both sides have and that fits, as it is written."""
    found = [
        unit.sources[0]
        for unit in couple.before.units
        if unit.kind in PROSE
        and unit.state is UnitState.CURRENT
        and len(unit.sources) == len(unit.targets) == 1
        and fits(unit.sources[0].span.of(couple.source.text))
        and ":c" not in unit.key  # code by accident, where marks show as they are
        and "\n>" not in unit.sources[0].span.of(couple.source.text)
    ]
    return dice.choice(found) if found else None


def spliced(page: Page, span: Span, text: str) -> Change:
    """Return the change that puts a text in the place of another."""
    whole = page.text[: span.start] + text + page.text[span.end :]
    return Change(whole, (Span(span.start, span.start + max(1, len(text))),))


def within(
    couple: Couple, dice: random.Random, pattern: str, new: Callable[[re.Match[str]], str]
) -> Change | None:
    """Change what a pattern finds in a text, outside of addresses and code."""
    compiled = re.compile(pattern)

    def hits(text: str) -> list[re.Match[str]]:
        closed = [m.span() for m in re.finditer(r"\]\([^)]*\)|`[^`]*`|<[^>]*>|https?://\S+", text)]
        return [
            match
            for match in compiled.finditer(text)
            if not any(a < match.end() and match.start() < b for a, b in closed)
        ]

    unit = prose(couple, dice, lambda text: bool(hits(text)))
    if unit is None:
        return None
    text = unit.span.of(couple.source.text)
    match = dice.choice(hits(text))
    written = text[: match.start()] + new(match) + text[match.end() :]
    return spliced(couple.source, unit.span, written)


def task_rows(couple: Couple, page: Page) -> list[Task]:
    """Return the tasks that both sides have once, each in a row of its own."""
    counts = Counter(task.id for task in page.tasks)
    others = Counter(task.id for task in couple.target.tasks)
    return [
        task
        for task in page.tasks
        if counts[task.id] == others[task.id] == 1 and not task.defects and task.requirement_use
    ]


def line_of(text: str, span: Span) -> Span:
    """Return the whole line, its end included, in which a span begins."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    return Span(start, len(text) if end < 0 else end + 1)


def translated(couple: Couple, unit: Unit) -> tuple[Unit, ...]:
    """Return the unit that translates one, if there is one."""
    for one in couple.before.units:
        if unit in one.sources:
            return one.targets[:1]
    return ()


def task_unit(couple: Couple, task: Task) -> Unit:
    """Return the unit of a task's name."""
    return next(unit for unit in couple.units.units if unit.key == f"task:{task.id}:name")


# Structure.


def task_added(couple: Couple, dice: random.Random) -> Change | None:
    """Put a row in behind another."""
    tasks = task_rows(couple, couple.source)
    if not tasks:
        return None
    task = dice.choice(tasks)
    line = line_of(couple.source.text, task.span)
    row = couple.source.text[line.start : line.end]
    new = row.replace(task.id, NEW_TASK, 1).replace(task.name.text, "Archive the summary", 1)
    if not row.endswith("\n") or NEW_TASK not in new:
        return None
    text = couple.source.text[: line.end] + new + couple.source.text[line.end :]
    return Change(text, (Span(line.end, line.end + len(new)),))


def task_removed(couple: Couple, dice: random.Random) -> Change | None:
    """Take a row out."""
    tasks = task_rows(couple, couple.source)
    if len(tasks) < 2:
        return None
    task = dice.choice(tasks)
    line = line_of(couple.source.text, task.span)
    text = couple.source.text[: line.start] + couple.source.text[line.end :]
    return Change(text, targets=translated(couple, task_unit(couple, task)))


def task_renumbered(couple: Couple, dice: random.Random) -> Change | None:
    """Give a task another id."""
    tasks = task_rows(couple, couple.source)
    if not tasks:
        return None
    task = dice.choice(tasks)
    if task.id_cell.span.of(couple.source.text) != task.id:
        return None
    change = spliced(couple.source, task.id_cell.span, NEW_TASK)
    line = line_of(change.text, task.id_cell.span)
    return Change(change.text, (line,), translated(couple, task_unit(couple, task)), any_of=True)


def _row_changed(
    couple: Couple, dice: random.Random, new: Callable[[Task], tuple[Span, str] | None]
) -> Change | None:
    tasks = task_rows(couple, couple.source)
    dice.shuffle(tasks)
    for task in tasks:
        splice = new(task)
        if splice:
            change = spliced(couple.source, *splice)
            return Change(change.text, (line_of(change.text, task.id_cell.span),))
    return None


def requirement(couple: Couple, dice: random.Random) -> Change | None:
    """Make a mandatory task optional, or the other way round."""

    def new(task: Task) -> tuple[Span, str] | None:
        use = task.requirement_use
        if use is None or use.text not in ("M", "O"):
            return None
        return use.span, "O" if use.text == "M" else "M"

    return _row_changed(couple, dice, new)


def role(couple: Couple, dice: random.Random) -> Change | None:
    """Give a task to another role."""

    def new(task: Task) -> tuple[Span, str] | None:
        if len(task.roles) != 1 or not task.roles[0].key:
            return None
        other = "SME" if task.roles[0].key != "sme" else "FastTrack Manager"
        return task.roles[0].span, other

    return _row_changed(couple, dice, new)


def service(couple: Couple, dice: random.Random) -> Change | None:
    """Say that a task is for another service."""

    def new(task: Task) -> tuple[Span, str] | None:
        if not task.services or not task.services[0].key:
            return None
        if {use.key for use in task.services} & {"yammer", "all"} or None in {
            use.key for use in task.services
        }:
            return None
        return task.services[0].span, "Yammer"

    return _row_changed(couple, dice, new)


def label(couple: Couple, dice: random.Random) -> Change | None:
    """Change the value of a label line."""
    others = {"phase": "Success", "primary-role": "SME", "applies-to": "Yammer"}
    found = [
        one
        for block in couple.source.label_blocks
        for one in block.labels
        if one.key in others and len(one.values) == 1 and one.values[0].key and not one.defects
        if others[one.key] != one.values[0].text
    ]
    if not found:
        return None
    one = dice.choice(found)
    part = next(
        part
        for part in couple.units.parts
        if any(fact.span.start <= one.value_span.start < fact.span.end for fact in part.facts)
    )
    change = spliced(couple.source, one.values[0].span, others[one.key])
    return Change(change.text, (part.units[0].span,)) if part.units else None


def _parts(couple: Couple) -> Iterator[tuple[Part, Span]]:
    """Yield headings with all that stands directly below them, and where."""
    parts = [part for part in couple.units.parts if part.level > 1 and part.units]
    for index, part in enumerate(parts):
        start = part.units[0].span.start
        end = parts[index + 1].units[0].span.start if index + 1 < len(parts) else None
        if end is not None and couple.source.text.rfind("\n", 0, start) + 1 == start:
            yield part, Span(start, end)


def section_added(couple: Couple, dice: random.Random) -> Change | None:
    """Put a section in before another."""
    parts = [(part, span) for part, span in _parts(couple) if part.section != "update-summary"]
    if not parts:
        return None
    part, span = dice.choice(parts)
    heading = f"{'#' * part.level} Archive the Summary\n\n"
    new = f"{heading}{NEW_PARAGRAPH}\n\n"
    text = couple.source.text[: span.start] + new + couple.source.text[span.start :]
    at = span.start
    return Change(text, (Span(at, at + len(heading) - 2), Span(at + len(heading), at + len(new))))


def section_removed(couple: Couple, dice: random.Random) -> Change | None:
    """Take a section out, with all that stands directly below it."""
    parts = [(part, span) for part, span in _parts(couple) if translated(couple, part.units[0])]
    if len(parts) < 2:
        return None
    part, span = dice.choice(parts)
    text = couple.source.text[: span.start] + couple.source.text[span.end :]
    lost = [one for unit in part.units for one in translated(couple, unit)]
    return Change(text, targets=tuple(one for one in lost if one.kind is not UnitKind.CHANGE))


def section_moved(couple: Couple, dice: random.Random) -> Change | None:
    """Let two sections change places."""
    parts = list(_parts(couple))
    found = [
        (one, first, other, second)
        for (one, first), (other, second) in pairwise(parts)
        if one.level == other.level
        and first.end == second.start
        and translated(couple, one.units[0])
        and translated(couple, other.units[0])
        and len(one.units) > 1
        and len(other.units) > 1
    ]
    if not found:
        return None
    _, first, _, second = dice.choice(found)
    text = couple.source.text
    moved = text[second.start : second.end].rstrip("\n") + "\n\n" + text[first.start : first.end]
    whole = text[: first.start] + moved.rstrip("\n") + "\n\n" + text[second.end :].lstrip("\n")
    return Change(whole, (Span(first.start, first.start + len(moved)),))


# Blocks.


def _behind_block(couple: Couple, dice: random.Random, kind: UnitKind) -> tuple[Unit, Span] | None:
    found = []
    text = couple.source.text
    for unit in couple.units.units:
        if (
            unit.kind is kind
            and ":q" not in unit.key
            and ":i" not in unit.key.replace("intro:", "")
        ):
            end = text.find("\n\n", unit.span.start)
            if end >= 0 and text[: unit.span.start].endswith("\n\n"):
                found.append((unit, Span(unit.span.start, end + 2)))
    return dice.choice(found) if found else None


def paragraph_added(couple: Couple, dice: random.Random) -> Change | None:
    """Put a paragraph in behind another."""
    found = _behind_block(couple, dice, UnitKind.PARAGRAPH)
    if not found:
        return None
    _, span = found
    new = f"{NEW_PARAGRAPH}\n\n"
    text = couple.source.text[: span.end] + new + couple.source.text[span.end :]
    return Change(text, (Span(span.end, span.end + len(new) - 2),))


def paragraph_removed(couple: Couple, dice: random.Random) -> Change | None:
    """Take a paragraph out."""
    found = _behind_block(couple, dice, UnitKind.PARAGRAPH)
    if not found or not translated(couple, found[0]):
        return None
    unit, span = found
    text = couple.source.text[: span.start] + couple.source.text[span.end :]
    return Change(text, targets=translated(couple, unit))


def _items(couple: Couple) -> list[tuple[Unit, Span]]:
    """Return the items that are one line each, between others."""
    text = couple.source.text
    found = []
    for unit in couple.units.units:
        if unit.kind is UnitKind.ITEM and ":p" not in unit.key.rpartition(":i")[2]:
            line = line_of(text, unit.span)
            body = text[line.start : line.end]
            below = text[line.end : line.end + 200].partition("\n")[0]
            if re.match(r"(?:[-*+]|\d+\.)[ \t]", body) and re.match(r"(?:[-*+]|\d+\.)[ \t]", below):
                found.append((unit, line))
    return found


def item_added(couple: Couple, dice: random.Random) -> Change | None:
    """Put an item into a list."""
    items = _items(couple)
    if not items:
        return None
    _, line = dice.choice(items)
    text = couple.source.text
    marker = re.match(r"\S+[ \t]+", text[line.start : line.end])
    new = f"{marker[0] if marker else '- '}{NEW_SENTENCE}\n"
    whole = text[: line.end] + new + text[line.end :]
    return Change(whole, (Span(line.end, line.end + len(new)),))


def item_removed(couple: Couple, dice: random.Random) -> Change | None:
    """Take an item out of a list."""
    items = [(unit, line) for unit, line in _items(couple) if translated(couple, unit)]
    if not items:
        return None
    unit, line = dice.choice(items)
    text = couple.source.text[: line.start] + couple.source.text[line.end :]
    return Change(text, targets=translated(couple, unit))


def _rows(couple: Couple) -> list[tuple[Unit, Span]]:
    text = couple.source.text
    return [
        (unit, line_of(text, unit.span))
        for unit in couple.units.units
        if unit.kind is UnitKind.ROW and translated(couple, unit)
    ]


def row_added(couple: Couple, dice: random.Random) -> Change | None:
    """Put a row into a table that has no tasks."""
    rows = _rows(couple)
    if not rows:
        return None
    unit, line = dice.choice(rows)
    text = couple.source.text
    new = "| " + " | ".join(["Archive the summary"] * len(unit.pieces)) + " |\n"
    if not text[line.start : line.end].endswith("\n"):
        return None
    whole = text[: line.end] + new + text[line.end :]
    return Change(whole, (Span(line.end, line.end + len(new)),))


def row_removed(couple: Couple, dice: random.Random) -> Change | None:
    """Take a row out of a table that has no tasks."""
    rows = _rows(couple)
    if len(rows) < 2:
        return None
    unit, line = dice.choice(rows)
    text = couple.source.text[: line.start] + couple.source.text[line.end :]
    return Change(text, targets=translated(couple, unit))


# Words.


def number(couple: Couple, dice: random.Random) -> Change | None:
    """Change a number."""
    return within(couple, dice, r"(?<![\w/.,-])\d{2,6}(?![\w/.,-]\w)", lambda m: str(int(m[0]) + 7))


def date(couple: Couple, dice: random.Random) -> Change | None:
    """Change a day in the update summary's row, where it is the row's only one."""
    summary = couple.source.update_summary
    if not summary:
        return None
    unit = couple.before.unit
    found = [
        change
        for change in summary.changes
        if change.date
        and (one := unit(f"summary:{change.date.isoformat()}"))
        and one.state is UnitState.CURRENT
    ]
    if not found:
        return None
    change = dice.choice(found)
    new = f"{change.date.month:02}/{change.date.day % 27 + 1:02}/2017" if change.date else ""
    changed = spliced(couple.source, change.date_text.span, new)
    return Change(changed.text, (line_of(changed.text, change.span),))


def link(couple: Couple, dice: random.Random) -> Change | None:
    """Let a link lead elsewhere."""
    found = [
        (one, unit)
        for one in couple.source.links
        if not one.image and one.target_span.start < one.target_span.end
        for unit in couple.units.units
        if unit.span.start <= one.span.start < unit.span.end
        and (standing := couple.before.unit(unit.key))
        and standing.state is UnitState.CURRENT
        and unit.kind is not UnitKind.SECTION
    ]
    if not found:
        return None
    one, _ = dice.choice(found)
    return spliced(couple.source, one.target_span, "resources-archive.md")


def negation(couple: Couple, dice: random.Random) -> Change | None:
    """Turn a statement round."""
    return within(
        couple,
        dice,
        r"\b(?:is|are|can|should|must|will|do|does)\b(?! not)",
        lambda m: f"{m[0]} not",
    )


def name(couple: Couple, dice: random.Random) -> Change | None:
    """Put another name in the place of one."""
    names = r"\b(?:FastTrack Manager|FastTrack Engineer|Exchange|SharePoint|Intune|FTOP|Windows)\b"
    return within(couple, dice, names, lambda m: "Yammer")


def letter(couple: Couple, dice: random.Random) -> Change | None:
    """Change one letter of a word."""
    return within(
        couple,
        dice,
        r"\b[a-z]{5,}\b",
        lambda m: m[0][:2] + ("x" if m[0][2] != "x" else "y") + m[0][3:],
    )


def word_order(couple: Couple, dice: random.Random) -> Change | None:
    """Let two words change places."""
    return within(
        couple,
        dice,
        r"\b([a-z]{3,}) ([a-z]{3,})\b",
        lambda m: f"{m[2]} {m[1]}" if m[1] != m[2] else f"{m[2]} then {m[1]}",
    )


def sentence_added(couple: Couple, dice: random.Random) -> Change | None:
    """Put a sentence in behind another."""
    return within(couple, dice, r"(?<=[a-z])[.](?= |$)", lambda m: f". {NEW_SENTENCE}")


def sentence_removed(couple: Couple, dice: random.Random) -> Change | None:
    """Take a sentence out."""
    return within(couple, dice, r"(?<=[a-z][.]) [A-Z][^.!?\[\]*|\n]{10,}[.]", lambda m: "")


def sentence_reworded(couple: Couple, dice: random.Random) -> Change | None:
    """Put another sentence in the place of one."""
    return within(
        couple, dice, r"(?<=[a-z][.]) [A-Z][^.!?\[\]*|\n]{10,}[.]", lambda m: f" {NEW_SENTENCE}"
    )


def several_at_once(couple: Couple, dice: random.Random) -> Change | None:
    """Change a word in each of several texts, half of all that can be changed so."""
    text = couple.source.text
    found = [
        (unit.sources[0], words)
        for unit in couple.before.units
        if unit.kind in PROSE
        and unit.state is UnitState.CURRENT
        and len(unit.sources) == len(unit.targets) == 1
        and ":c" not in unit.key
        for words in (re.findall(r"(?<= )[a-z]{4,}(?= )", unit.sources[0].span.of(text)),)
        if words and "](" not in unit.sources[0].span.of(text)
    ]
    if len(found) < 4:
        return None
    chosen = dice.sample(found, len(found) // 2)
    parts: list[str] = []
    places: list[Span] = []
    at = length = 0
    for unit, words in sorted(chosen, key=lambda item: item[0].span):
        written = unit.span.of(text).replace(f" {dice.choice(words)} ", " archive ", 1)
        before = text[at : unit.span.start]
        parts += before, written
        places.append(Span(length + len(before), length + len(before) + len(written)))
        length += len(before) + len(written)
        at = unit.span.end
    return Change("".join((*parts, text[at:])), tuple(places))


def _of_kind(
    couple: Couple, dice: random.Random, kinds: Sequence[UnitKind], new: str
) -> Change | None:
    text = couple.source.text
    found = [
        unit.sources[0]
        for unit in couple.before.units
        if unit.kind in kinds
        and unit.state is UnitState.CURRENT
        and len(unit.sources) == 1
        and unit.sources[0].text in unit.sources[0].span.of(text)
    ]
    if not found:
        return None
    unit = dice.choice(found)
    written = unit.span.of(text)
    return spliced(couple.source, unit.span, written.replace(unit.text, unit.text + new, 1))


def heading(couple: Couple, dice: random.Random) -> Change | None:
    """Change a heading's words."""
    return _of_kind(couple, dice, (UnitKind.HEADING,), " and Archive")


def task_renamed(couple: Couple, dice: random.Random) -> Change | None:
    """Change a task's name."""
    return _of_kind(couple, dice, (UnitKind.TASK,), " and archive it")


def description(couple: Couple, dice: random.Random) -> Change | None:
    """Change title or description in the metadata."""
    return _of_kind(couple, dice, (UnitKind.META,), " and archive it")


def cell(couple: Couple, dice: random.Random) -> Change | None:
    """Change the words in a cell of a table that has no tasks."""
    rows = [
        (unit, line)
        for unit, line in _rows(couple)
        if (one := couple.before.unit(unit.key)) and one.state is UnitState.CURRENT
    ]
    if not rows:
        return None
    _, line = dice.choice(rows)
    text = couple.source.text[line.start : line.end]
    words = list(re.finditer(r"(?<=[ |])[A-Za-z]{4,}(?=[ |])", text))
    if not words:
        return None
    word = dice.choice(words)
    at = line.start + word.start()
    return spliced(couple.source, Span(at, at + len(word[0])), "archive")


def alert_kind(couple: Couple, dice: random.Random) -> Change | None:
    """Make a note a warning."""
    text = couple.source.text
    found = [
        match
        for match in re.finditer(r"\[!(?:NOTE|TIP|IMPORTANT)\]", text, re.IGNORECASE)
        for unit in couple.before.units
        if unit.kind is UnitKind.ALERT
        and unit.state is UnitState.CURRENT
        and unit.sources[0].span.start <= match.start() < unit.sources[0].span.end
    ]
    if not found:
        return None
    match = dice.choice(found)
    return spliced(couple.source, Span(*match.span()), "[!WARNING]")


# What changes nothing.


def _silent(couple: Couple, text: str) -> Change | None:
    return Change(text) if text != couple.source.text else None


def _in_prose(couple: Couple, dice: random.Random, new: Callable[[str], str]) -> Change | None:
    unit = prose(couple, dice, lambda text: new(text) != text)
    if unit is None:
        return None
    text = couple.source.text
    return _silent(
        couple, text[: unit.span.start] + new(unit.span.of(text)) + text[unit.span.end :]
    )


def rewrap(couple: Couple, dice: random.Random) -> Change | None:
    """Break lines elsewhere."""
    unit = prose(couple, dice, lambda text: " " in text and "\n" not in text and "](" not in text)
    if unit is None:
        return None
    text = couple.source.text
    line = line_of(text, unit.span)
    indent = " " * (unit.span.start - line.start) if unit.kind is UnitKind.ITEM else ""
    if unit.kind in (UnitKind.QUOTE, UnitKind.ALERT):
        indent = "> "
    gaps = [match.start() for match in re.finditer(r"(?<=\S) (?=[A-Za-z])", unit.span.of(text))]
    if not gaps:
        return None
    at = unit.span.start + dice.choice(gaps)
    return _silent(couple, text[:at] + "\n" + indent + text[at + 1 :])


def emphasis(couple: Couple, dice: random.Random) -> Change | None:
    """Make a word bold or italic."""
    mark = dice.choice(("**", "*", "__"))
    change = within(couple, dice, r"(?<= )[A-Za-z]{4,}(?= )", lambda m: f"{mark}{m[0]}{mark}")
    if change is None or any(t in change.text for t in ("****", "____")):
        return None
    return _silent(couple, change.text)


def blanks(couple: Couple, dice: random.Random) -> Change | None:
    """Put blanks at the ends of lines, and more of them between words."""
    return _in_prose(couple, dice, lambda text: text.replace(" ", "  ", 1).replace(". ", ".  "))


def no_break(couple: Couple, dice: random.Random) -> Change | None:
    """Put in blanks that do not break, and hyphens that do not show."""
    return _in_prose(
        couple,
        dice,
        lambda text: re.sub(r"(?<=\w) (?=\d)|(?<=a) (?=[a-z])", "\u00a0", text, count=1),
    )


def soft_hyphen(couple: Couple, dice: random.Random) -> Change | None:
    """Put in a hyphen that does not show."""
    change = within(couple, dice, r"\b[a-z]{8,}\b", lambda m: f"{m[0][:4]}\u00ad{m[0][4:]}")
    return _silent(couple, change.text) if change else None


def quotes(couple: Couple, dice: random.Random) -> Change | None:
    """Write other quotation marks and apostrophes."""

    def new(text: str) -> str:
        text = re.sub(r'"([^"\n()\[\]<>]*)"', "\u201c\\1\u201d", text)
        return re.sub(r"(?<=[a-z])'(?=[a-z])", "\u2019", text)

    return _in_prose(couple, dice, new)


def dashes(couple: Couple, dice: random.Random) -> Change | None:
    """Write other dashes and ellipses."""

    def new(text: str) -> str:
        return re.sub(r"(?<=\w) - (?=\w)", " \u2013 ", text).replace("...", "\u2026")

    return _in_prose(couple, dice, new)


def composed(couple: Couple, dice: random.Random) -> Change | None:
    """Write letters and their marks apart."""
    return _in_prose(couple, dice, lambda text: unicodedata.normalize("NFD", text))


def list_marker(couple: Couple, dice: random.Random) -> Change | None:
    """Write all lists with another sign."""
    start = couple.source.front_matter.span.end
    head, body = couple.source.text[:start], couple.source.text[start:]
    if re.search(r"^\s*(?:\*\s*\*|-\s*-)", body, re.MULTILINE) or "- [" in body:
        return None
    new = dice.choice("*+")
    body = re.sub(r"^([ \t]*)[-*+](?=[ \t]+[^\s*-])", rf"\1{new}", body, flags=re.MULTILINE)
    return _silent(couple, head + body)


def link_form(couple: Couple, dice: random.Random) -> Change | None:
    """Put a link's target into a definition, or its address into angles."""
    found = [
        one
        for one in couple.source.links
        if not one.image
        and one.target_span.start < one.target_span.end
        and couple.source.text[one.span.end - 1] == ")"
        and couple.source.text[one.target_span.end] == ")"
        and " " not in one.target
        and "[" not in one.text
    ]
    if not found:
        return None
    one = dice.choice(found)
    text = couple.source.text
    opening = one.target_span.start - 1
    if text[opening] != "(":
        return None
    if dice.random() < 0.5:
        new = f"(<{one.target_span.of(text)}>)"
        return _silent(couple, text[:opening] + new + text[one.span.end :])
    whole = text[:opening] + "[ref-x]" + text[one.span.end :]
    return _silent(couple, f"{whole.rstrip()}\n\n[ref-x]: {one.target_span.of(text)}\n")


def path_form(couple: Couple, dice: random.Random) -> Change | None:
    """Write the path to a page otherwise."""
    found = [
        one
        for one in couple.source.links
        if one.target.endswith(".md")
        and one.target_span.of(couple.source.text) == one.target
        and "/" not in one.target
    ]
    if not found:
        return None
    one = dice.choice(found)
    return _silent(couple, spliced(couple.source, one.target_span, f"./{one.target}").text)


def table_aligned(couple: Couple, dice: random.Random) -> Change | None:
    """Write the cells of all tables without what aligns them."""
    lines = couple.source.text.split("\n")
    fence = False
    for index, line in enumerate(lines):
        fence ^= line.lstrip().startswith(("```", "~~~"))
        if not fence and line.startswith("|") and "\\|" not in line and "`" not in line:
            lines[index] = "|".join(
                f" {part.strip()} " if part.strip() else part for part in line.split("|")
            )
    return _silent(couple, "\n".join(lines))


def rows_reordered(couple: Couple, dice: random.Random) -> Change | None:
    """Let two rows of a table change places."""
    text = couple.source.text
    tables = [table for table in couple.source.tables if len(table.rows) > 1 and not table.defects]
    if not tables:
        return None
    table = dice.choice(tables)
    index = dice.randrange(len(table.rows) - 1)
    first, second = (line_of(text, row.span) for row in table.rows[index : index + 2])
    if first.end != second.start or not text[second.start : second.end].endswith("\n"):
        return None
    one, other = text[first.start : first.end], text[second.start : second.end]
    return _silent(couple, text[: first.start] + other + one + text[second.end :])


def paragraph_split(couple: Couple, dice: random.Random) -> Change | None:
    """Make two paragraphs of one."""

    def hits(text: str) -> bool:
        return bool(re.search(r"(?<=[a-z][.]) (?=[A-Z])", text)) and "\n" not in text

    unit = prose(couple, dice, hits)
    if unit is None or unit.kind is not UnitKind.PARAGRAPH or ":q" in unit.key or ":i" in unit.key:
        return None
    text = couple.source.text
    line = line_of(text, unit.span)
    if line.start != unit.span.start:
        return None
    matches = list(re.finditer(r"(?<=[a-z][.]) (?=[A-Z])", unit.span.of(text)))
    at = unit.span.start + dice.choice(matches).start()
    return _silent(couple, f"{text[:at]}\n\n{text[at + 1 :]}")


def alert_case(couple: Couple, dice: random.Random) -> Change | None:
    """Write the words that begin alerts in small letters."""
    if "```" in couple.source.text:
        return None
    return _silent(
        couple, re.sub(r"(?<=> \[!)[A-Z]+(?=\])", lambda m: m[0].lower(), couple.source.text)
    )


def heading_form(couple: Couple, dice: random.Random) -> Change | None:
    """Close headings with the signs that begin them."""
    start = couple.source.front_matter.span.end
    head, body = couple.source.text[:start], couple.source.text[start:]
    if "```" in body:
        return None
    return _silent(
        couple, head + re.sub(r"^(#{2,4}) +(\S.*\S) *$", r"\1   \2 \1", body, flags=re.MULTILINE)
    )


# What translators do, and are right to do; the change is the translation's.


def local_link(couple: Couple, dice: random.Random) -> Change | None:
    """Lead to addresses in the reader's language."""
    text = couple.target.text
    for one in sorted(couple.target.links, key=lambda link: link.target_span, reverse=True):
        old = one.target_span.of(text)
        new = re.sub(r"/en-us(?=/)", "/de-de", old, flags=re.IGNORECASE)
        new = re.sub(r"^(https://(?:docs|learn)\.microsoft\.com/)(?!..-..)", r"\1de-de/", new)
        text = text[: one.target_span.start] + new + text[one.target_span.end :]
    return Change(text) if text != couple.target.text else None


def merged_sentences(couple: Couple, dice: random.Random) -> Change | None:
    """Make one sentence of two."""
    found = [
        unit.targets[0]
        for unit in couple.before.units
        if unit.kind in PROSE
        and unit.state is UnitState.CURRENT
        and len(unit.targets) == 1
        and re.search(r"(?<=[a-z])[.] (?=[A-Z][a-z])", unit.targets[0].span.of(couple.target.text))
    ]
    if not found:
        return None
    unit = dice.choice(found)
    text = couple.target.text
    new = re.sub(r"(?<=[a-z])[.] (?=[A-Z][a-z])", "; ", unit.span.of(text), count=1)
    return Change(text[: unit.span.start] + new + text[unit.span.end :])


def local_date(couple: Couple, dice: random.Random) -> Change | None:
    """Write days as the reader's language has them."""
    text = couple.target.text
    start = couple.target.front_matter.span.end

    def new(match: re.Match[str]) -> str:
        month, day, year = (int(part) for part in match[0].split("/"))
        return f"{day:02}.{month:02}.{year}" if month <= 12 and day <= 31 else match[0]

    body = re.sub(r"(?<![\w/])\d{1,2}/\d{1,2}/\d{4}(?![\w/])", new, text[start:])
    return Change(text[:start] + body) if body != text[start:] else None


def local_number(couple: Couple, dice: random.Random) -> Change | None:
    """Write thousands with the other sign between their digits."""
    text = couple.target.text
    new = re.sub(r"(?<![\w.,/])(\d{1,3})\.(\d{3})(?![\w.,/]\d|\d)", "\\1\u202f\\2", text)
    return Change(new) if new != text else None


def reworded_translation(couple: Couple, dice: random.Random) -> Change | None:
    """Say the same in other words."""
    found = [
        unit.targets[0]
        for unit in couple.before.units
        if unit.kind in PROSE
        and unit.state is UnitState.CURRENT
        and len(unit.targets) == 1
        and re.search(r" (?:und|oder|nicht|auch) ", unit.targets[0].span.of(couple.target.text))
    ]
    if not found:
        return None
    unit = dice.choice(found)
    text = couple.target.text
    new = re.sub(r" (und|oder|nicht|auch) ", r" \1 gegebenenfalls ", unit.span.of(text), count=1)
    return Change(text[: unit.span.start] + new + text[unit.span.end :])


def _families(group: str, *mutations: Mutation, of_target: bool = False) -> tuple[Family, ...]:
    names = (mutation.__name__.replace("_", " ") for mutation in mutations)
    return tuple(
        Family(name, group, mutation, of_target=of_target)
        for name, mutation in zip(names, mutations, strict=True)
    )


FAMILIES = (
    *_families(
        STRUCTURAL,
        task_added,
        task_removed,
        task_renumbered,
        requirement,
        role,
        service,
        label,
        section_added,
        section_removed,
        section_moved,
    ),
    *_families(
        BLOCK,
        paragraph_added,
        paragraph_removed,
        item_added,
        item_removed,
        row_added,
        row_removed,
    ),
    *_families(
        WORDS,
        number,
        date,
        link,
        negation,
        name,
        letter,
        word_order,
        sentence_added,
        sentence_removed,
        sentence_reworded,
        heading,
        task_renamed,
        description,
        cell,
        alert_kind,
        several_at_once,
    ),
    *_families(
        COSMETIC,
        rewrap,
        emphasis,
        blanks,
        no_break,
        soft_hyphen,
        quotes,
        dashes,
        composed,
        list_marker,
        link_form,
        path_form,
        table_aligned,
        rows_reordered,
        paragraph_split,
        alert_case,
        heading_form,
    ),
    *_families(
        LOCAL,
        local_link,
        merged_sentences,
        local_date,
        local_number,
        reworded_translation,
        of_target=True,
    ),
)
CHANGING = (STRUCTURAL, BLOCK, WORDS)


def report(name: str, results: Sequence[Result]) -> Iterator[str]:
    """Yield the lines that tell what was found.

    Args:
        name: What was changed: the project's own pages, or the corpus.
        results: The scores.
    """
    yield f"{name}: drift, with a lock and by evidence alone"
    columns = f"{'recall':>6} {'95 %':>11}   {'prec.':>5}"
    yield f"{'':22}{'n':>5}  {columns}   {columns.replace('recall', ' alone')}"
    for group in CHANGING:
        rows = [one for one in results if one.family.group == group]
        for one in rows:
            yield _row(one.family.name, one.scores)
        yield _row(f"= {group}", _sum(rows))
    yield f"{'':22}{'n':>5}  {'false alarms':>12} {'95 %':>13}   {'alone':>12} {'95 %':>13}"
    for group in (COSMETIC, LOCAL):
        rows = [one for one in results if one.family.group == group]
        for one in rows:
            yield _alarm_row(one.family.name, one.scores)
        yield _alarm_row(f"= {group}", _sum(rows))
    yield f"{'':22}{'recall':>8}{'precision':>11}{'false alarms, cosmetic':>25}"
    changing = _sum([one for one in results if one.family.group in CHANGING])
    silent = _sum([one for one in results if one.family.group == COSMETIC])
    for way in WAYS:
        score, alarms = changing[way], silent[way]
        share = alarms.alarms / alarms.tried if alarms.tried else math.nan
        yield f"{way:22}{score.recall:8.3f}{score.precision:11.3f}{share:25.3f}"


def _sum(results: Iterable[Result]) -> dict[str, Score]:
    total: dict[str, Score] = defaultdict(Score)
    for result in results:
        for way, score in result.scores.items():
            total[way] = total[way].plus(score)
    return total


def _row(name: str, scores: dict[str, Score]) -> str:
    parts = []
    for way in ("lock", "evidence"):
        score = scores[way]
        low, high = wilson(score.found, score.tried)
        parts.append(f"{score.recall:6.3f} {low:.3f}-{high:.3f}   {score.precision:5.3f}")
    return f"{name:22}{scores['lock'].tried:5}  {'   '.join(parts)}"


def _alarm_row(name: str, scores: dict[str, Score]) -> str:
    parts = []
    for way in ("lock", "evidence"):
        score = scores[way]
        low, high = wilson(score.alarms, score.tried)
        share = score.alarms / score.tried if score.tried else math.nan
        parts.append(f"{share:12.3f}   {low:.3f}-{high:.3f}")
    return f"{name:22}{scores['lock'].tried:5}  {'   '.join(parts)}"


def bench_drift(name: str, pages: Sequence[Page], contract: Contract, samples: int) -> list[Result]:
    """Change pages in every way, and print what is told of their translations.

    Args:
        name: What the pages are.
        pages: All of them, in all locales.
        contract: The playbook's contract.
        samples: How many changes of each family.
    """
    originals = {page.id: page for page in pages if page.locale == contract.source}
    pairs = [
        (originals[page.id], page)
        for page in pages
        if page.locale != contract.source and page.id in originals
    ]
    results = Bench(contract, pairs).run(FAMILIES, samples)
    print("\n".join(report(name, results)))
    return results
