"""What a translated page shows of what its original says now, and it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup

from leitfaden.model import Event, Page, Row, Table, Task
from leitfaden.reading.markdown import closings
from leitfaden.rendering.components import PageComponents
from leitfaden.translating.places import HEADINGS, NOT_READ, anchor_of, by_heading
from leitfaden.translating.standing import Standing, UnitStanding, UnitState
from leitfaden.translating.units import Unit, UnitKind

_ROWS = frozenset((UnitKind.TASK, UnitKind.ROW))
_BLOCKS = frozenset(
    ("paragraph", "heading", "list", "quote", "code-block", "html-block", "table", "footnote")
)
_LINES = frozenset((UnitKind.HEADING, UnitKind.CODE, UnitKind.HTML))  # hold no mark themselves


@dataclass(frozen=True, slots=True)
class Mark:
    """That something of a translation is not what the original says now.

    Args:
        url: The same place of the original, or None.
        lang: The original's locale.
        of_row: Whether it is a row, which changes by cells.
        changed: How many sentences or cells of the original are new; 0 if it has but one.
        gone: How many it no longer has.
        lacking: Whether the translation does not have it at all.
        in_line: Whether it stands in a line of its own.
    """

    url: str | None
    lang: str
    of_row: bool = False
    changed: int = 0
    gone: int = 0
    lacking: bool = False
    in_line: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """That a translation lacks something below a heading.

    Args:
        url: The place of the original, or None.
        lang: The original's locale.
        sections: The headings of what is lacking as a whole, each with its place.
        count: How many other parts are lacking.
    """

    url: str | None
    lang: str
    sections: tuple[tuple[str, str | None], ...]
    count: int


class LackingTask(NamedTuple):
    """A task that a table of the translation lacks.

    Args:
        task: As the original states it.
        table: The original's table.
        mark: What is said of it.
    """

    task: Task
    table: Table
    mark: Markup


@dataclass(frozen=True, slots=True)
class Marks:
    """What a page says about itself and its original, by where it belongs.

    Args:
        inserted: What stands before an event, by the event's index.
        names: What stands behind the name of a task, by where the name begins.
        tasks: The tasks that a table lacks, by where it begins and the index of the row that they
            follow; -1 for those before all.
    """

    inserted: dict[int, str] = field(default_factory=dict)
    names: dict[int, Markup] = field(default_factory=dict)
    tasks: dict[int, dict[int, list[LackingTask]]] = field(default_factory=dict)


class _RowAt(NamedTuple):
    """A row of a table, and the task that it states, if it is about one."""

    table: Table
    number: int
    task: Task | None

    @property
    def row(self) -> Row:
        return self.table.rows[self.number]


class MarkMaker:
    """Finds out where the marks of a page belong.

    Args:
        page: The translation.
        source: The original.
        standing: How one stands to the other.
        url: The address of the original, or None.
        components: The templates, in the page's language.
        cells: Returns the cells of a row of the original as HTML.
    """

    def __init__(
        self,
        page: Page,
        source: Page,
        standing: Standing,
        url: str | None,
        components: PageComponents,
        cells: Callable[[Row], Sequence[Markup]],
    ) -> None:
        self._page = page
        self._source = source
        self._standing = standing
        self._url = url
        self._components = components
        self._cells = cells
        self._made = Marks()
        self._closing = closings(page.events)

    def marks(self) -> Marks:
        """Return the marks."""
        lacking: dict[int, list[UnitStanding]] = {}
        ends = dict(self._ends())
        headings = {heading.span.start: heading.events[1] for heading in self._page.headings}
        neighbours = _Neighbours(self._standing.units, _rows(self._source), _rows(self._page))
        for heading, unit in by_heading(self._standing):
            if unit.kind in NOT_READ:
                continue
            if unit.state is UnitState.BEHIND:
                self._mark(unit, ends)
            elif unit.state is UnitState.MISSING and not self._put_row(unit, neighbours):
                start = heading.span.start if heading else -1
                lacking.setdefault(headings.get(start, 0), []).append(unit)
        for index, units in lacking.items():
            self._insert(index, self._components.gap(self._gap(units)))
        return self._made

    def _insert(self, index: int, html: str) -> None:
        self._made.inserted[index] = self._made.inserted.get(index, "") + html

    def _address(self, unit: Unit) -> str | None:
        anchor = anchor_of(unit)
        return self._url and (f"{self._url}#{anchor}" if anchor else self._url)

    def _mark(self, unit: UnitStanding, ends: Mapping[int, int]) -> None:
        parts = sum(len(one.pieces) for one in unit.sources)
        before = len(unit.record.all_pieces) if unit.record else 0
        mark = Mark(
            self._address(unit.sources[0]),
            self._source.locale,
            of_row=unit.kind in (UnitKind.ROW, UnitKind.HEADER),
            changed=len(unit.changed) if parts > 1 or before > 1 else 0,
            gone=unit.gone if parts > 1 or before > 1 else 0,
            in_line=unit.kind in _LINES,
        )
        start = unit.targets[0].span.start
        html = self._components.mark(mark)
        if unit.kind is UnitKind.TASK:
            self._made.names[start] = Markup(html)
        elif start in ends:
            self._insert(ends[start], html if mark.in_line else f" {html}")

    def _gap(self, units: Sequence[UnitStanding]) -> Gap:
        heads = [unit.sources[0] for unit in units if unit.kind in HEADINGS]
        below = {head.key for head in heads}
        others = [
            unit.sources[0]
            for unit in units
            if unit.kind not in HEADINGS and not _is_below(unit.sources[0], below)
        ]
        return Gap(
            self._address((others or heads)[0]),
            self._source.locale,
            tuple((head.text, self._address(head)) for head in heads),
            len(others),
        )

    # Where marks belong.

    def _ends(self) -> Iterator[tuple[int, int]]:
        """Yield where each text begins, and the event that a mark of it stands before."""
        for index, event in enumerate(self._page.events):
            if event.kind != "open":
                continue
            if event.tag == "paragraph":
                yield event.start, self._closing[index]
            elif event.tag in ("heading", "code-block", "html-block"):
                yield event.start, self._closing[index] + 1
            elif event.tag == "item" and not self._opens_block(index + 1):
                yield self._page.events[index + 1].start, self._end_of_line(index + 1)
        for table in self._page.tables:
            for cells in (table.header, *(row.cells for row in table.rows)):
                first = next((cell for cell in cells if cell.text and cell.events), None)
                if first is not None and first.events:
                    yield cells[0].span.start, first.events[1]
            for row in table.rows:
                first = next((cell for cell in row.cells if cell.text and cell.events), None)
                if first is not None and first.events:
                    yield row.span.start, first.events[1]

    def _opens_block(self, index: int) -> bool:
        event = self._page.events[index]
        return event.kind == "open" and event.tag in _BLOCKS

    def _end_of_line(self, index: int) -> int:
        """Return the index behind the text that an item holds without a paragraph around it."""
        events = self._page.events
        while events[index].kind != "close" and not self._opens_block(index):
            index = self._closing[index] + 1
        return index

    # Rows that the translation lacks.

    def _put_row(self, unit: UnitStanding, neighbours: _Neighbours) -> bool:
        """Show a row of the original at its place; tell whether there is such a place."""
        if unit.kind not in _ROWS:
            return False
        row = neighbours.original(unit)
        place = neighbours.place(unit)
        if row is None or place is None:
            return False
        mark = Mark(self._address(unit.sources[0]), self._source.locale, lacking=True)
        html = Markup(self._components.mark(mark))
        table, after = place
        if row.task:
            tasks = self._made.tasks.setdefault(table.span.start, {}).setdefault(after, [])
            tasks.append(LackingTask(row.task, row.table, html))
            return True
        return self._put_plain(row.row, table, after, html)

    def _put_plain(self, row: Row, table: Table, after: int, mark: Markup) -> bool:
        opened = _opens_row(table.rows[max(after, 0)], self._page.events)
        if opened is None or len(row.cells) != len(table.header):
            return False
        index = self._closing[opened] + 1 if after >= 0 else opened
        in_body = after >= 0 and self._page.events[index].kind == "open"
        cells = list(self._cells(row))
        first = next((at for at, cell in enumerate(cells) if cell), 0)
        cells[first] = cells[first] + Markup(" ") + mark
        self._insert(index, self._components.lacking_row(cells, self._source.locale, in_body))
        return True


class _Neighbours:
    """Knows between which rows of a translation a row of the original belongs."""

    def __init__(
        self,
        units: Iterable[UnitStanding],
        source: Mapping[int, _RowAt],
        target: Mapping[int, _RowAt],
    ) -> None:
        self._source = source
        # For each table of the original its rows that the translation has, and where.
        self._paired: dict[int, list[tuple[int, _RowAt]]] = {}
        for unit in units:
            if unit.kind in _ROWS and unit.sources and unit.targets:
                ours = target.get(unit.targets[0].span.start)
                theirs = source.get(unit.sources[0].span.start)
                if ours and theirs and (ours.task is None) == (theirs.task is None):
                    start = theirs.table.span.start
                    self._paired.setdefault(start, []).append((theirs.number, ours))

    def original(self, unit: UnitStanding) -> _RowAt | None:
        """Return the row of the original that a unit is."""
        return self._source.get(unit.sources[0].span.start)

    def place(self, unit: UnitStanding) -> tuple[Table, int] | None:
        """Return the table that a row belongs to, and the index of the row that it follows."""
        row = self.original(unit)
        paired = self._paired.get(row.table.span.start, ()) if row else ()
        if row is None or not paired:
            return None
        before = [(number, ours) for number, ours in paired if number <= row.number]
        if before:
            ours = max(before, key=lambda one: one[0])[1]
            return ours.table, ours.number
        ours = min(paired, key=lambda one: one[0])[1]
        return ours.table, ours.number - 1


def _rows(page: Page) -> dict[int, _RowAt]:
    """Return the rows that are units, by where these begin."""
    found: dict[int, _RowAt] = {}
    for tasks in page.task_tables:
        for task in tasks.tasks:
            found[task.name.span.start] = _RowAt(tasks.table, task.row, task)
    known = {tasks.table.span for tasks in page.task_tables}
    for table in page.tables:
        if table.span not in known:
            for index, row in enumerate(table.rows):
                found[row.span.start] = _RowAt(table, index, None)
    return found


def _opens_row(row: Row, events: Sequence[Event]) -> int | None:
    """Return the index of the event that opens a row; None if Markdown does not see it."""
    first = row.cells[0].events if row.cells else None
    index = first[0] - 2 if first else -1
    return index if index >= 0 and events[index].tag == "table-row" else None


def _is_below(unit: Unit, headings: Iterable[str]) -> bool:
    return any(unit.parent == key or unit.key.startswith(f"{key}:") for key in headings)
