"""Task tables, and tables that Markdown itself refuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from leitfaden.contract import Contract
from leitfaden.model import (
    Cell,
    DefectKind,
    Page,
    Row,
    Span,
    Table,
    Task,
    TaskTable,
    TermUse,
)
from leitfaden.rendering.components import PageComponents
from leitfaden.rendering.facts import Column, TaskCell, TaskRow, Value, Wording, has_markup
from leitfaden.rendering.html import HtmlWriter
from leitfaden.rendering.marks import LackingTask, Marks
from leitfaden.rendering.pagelinks import PageLinks


class TaskAnchors:
    """The anchors of the tasks that a page and what it includes state."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._stated: Counter[str] = Counter()

    def take(self, task_id: str) -> str:
        """Return the anchor of a row that states a task: its own where another row does so, too."""
        anchor = f"task-{task_id}"
        self._stated[anchor] += 1
        if self._stated[anchor] > 1:
            anchor = f"{anchor}--{self._stated[anchor]}"
        self.names.append(anchor)
        return anchor


class Tables:
    """Writes the tables of one page that are more than what Markdown sees.

    Args:
        page: The page.
        title: What it is called; the caption of a table outside of any step.
        contract: Names of columns and requirements.
        writer: Writes the cells.
        components: The templates.
        wording: Puts terms into words.
        links: Finds the links in cells.
        anchors: Names the tasks' rows.
        url_of_task: Returns the address of the page about a task; None where there is none.

    Attributes:
        marks: What is told about the page and its original.
        original: The tables of the page that this one translates, if rows of it are shown.
    """

    marks: Marks | None = None
    original: Tables | None = None

    def __init__(
        self,
        page: Page,
        title: str,
        contract: Contract,
        writer: HtmlWriter,
        components: PageComponents,
        wording: Wording,
        links: PageLinks,
        anchors: TaskAnchors,
        url_of_task: Callable[[str], str | None],
    ) -> None:
        self._page = page
        self._title = title
        self._links = links
        self._contract = contract
        self._writer = writer
        self._components = components
        self._wording = wording
        self._anchors = anchors
        self._url_of_task = url_of_task
        self._captions = {
            tasks.table.events[0]: step.heading.text
            for step in page.steps
            for tasks in step.task_tables
        }

    def all(self) -> Iterator[tuple[tuple[int, int], Callable[[], str]]]:
        """Yield for each table's range of events what writes its HTML."""
        for table in self._page.tables:
            if any(defect.kind == DefectKind.TABLE_SHORT_SEPARATOR for defect in table.defects):
                yield table.events, partial(self._refused, table)
        for tasks in self._page.task_tables:
            yield tasks.table.events, partial(self._task_table, tasks)

    def cell(self, cell: Cell | None) -> Markup:
        """Return the content of a cell as HTML."""
        if cell is None:
            return Markup()
        if cell.events is not None:
            return Markup(self._writer.cell(*cell.events).strip())
        return self._source(cell.span)

    def _source(self, span: Span) -> Markup:
        return Markup(self._writer.inline(span.of(self._page.text), span))

    def _refused(self, table: Table) -> str:
        """Return a table whose separator row is too short, as its writer meant it."""
        before, behind = self._components.table()
        head = "".join(f'<th scope="col">{self.cell(cell)}</th>' for cell in table.header)
        width = len(table.header)
        rows = "".join(f"<tr>{self._refused_row(row, width)}</tr>\n" for row in table.rows)
        body = f"<tbody>\n{rows}</tbody>\n" if rows else ""
        html = f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n{body}</table>\n"
        return before + html + behind

    def _refused_row(self, row: Row, width: int) -> str:
        cells = [self._writer.named(cell.text) or str(self.cell(cell)) for cell in row.cells]
        cells += [""] * (width - len(cells))
        return "".join(f"<td>{cell}</td>" for cell in cells)

    def _task_table(self, tasks: TaskTable) -> str:
        table = tasks.table
        columns = [
            Column(key, self._contract.columns[key].name(self._page.locale) if key else cell.text)
            for key, cell in zip(table.columns, table.header, strict=True)
        ]
        stated: dict[int, list[Task]] = {}
        for task in tasks.tasks:
            stated.setdefault(task.row, []).append(task)
        rows: list[TaskRow] = []
        lacking = self.marks.tasks.get(table.span.start, {}) if self.marks else {}
        rows += self._lacking_rows(lacking.get(-1, ()), table)
        for index, row in enumerate(table.rows):
            rows += [self._task_row(task, columns, row.cells) for task in stated.get(index, ())]
            if index not in stated:
                rows.append(self._bare_row(row.cells, len(columns)))
            rows += self._lacking_rows(lacking.get(index, ()), table)
        counted = Counter(row.requirement for row in rows)
        counts = {key: counted[key] for key in self._contract.requirements}
        caption = self._captions.get(table.events[0], self._title)
        return self._components.task_table(columns, rows, caption, counts)

    def _lacking_rows(self, lacking: Sequence[LackingTask], table: Table) -> Iterator[TaskRow]:
        """Yield the tasks that a table lacks, as the original has them."""
        for task, theirs, mark in lacking if self.original else ():
            assert self.original is not None
            yield self.original.foreign_row(task, theirs, table.columns, mark)

    def foreign_row(
        self, task: Task, table: Table, keys: Sequence[str | None], mark: Markup
    ) -> TaskRow:
        """Return a task for the table of a translation that lacks it.

        Args:
            task: The task.
            table: The table that states it.
            keys: What the columns of the other table mean.
            mark: What stands behind the task's name.
        """
        cells = table.rows[task.row].cells
        fits = len(cells) == len(keys) and table.columns == tuple(keys)
        in_place = cells if fits else [None] * len(keys)
        shown = [
            self._task_cell(task, Column(key, ""), cell, ())
            for key, cell in zip(keys, in_place, strict=True)
        ]
        at = keys.index("task-name") if "task-name" in keys else 0
        shown[at] = replace(shown[at], html=shown[at].html + Markup(" ") + mark)
        row = TaskRow("", task.id, None, task.requirement, tuple(shown), self._page.locale)
        return replace(row, url=self._url_of_task(task.id), anchor=self._anchors.take(task.id))

    def _task_row(self, task: Task, columns: Sequence[Column], cells: Sequence[Cell]) -> TaskRow:
        anchor = self._anchors.take(task.id)
        fits = len(cells) == len(columns)
        in_place = cells if fits else [None] * len(columns)
        surplus = [] if fits else _unclaimed(task, cells)
        shown = tuple(
            self._task_cell(task, column, cell, surplus)
            for column, cell in zip(columns, in_place, strict=True)
        )
        return TaskRow(anchor, task.id, self._url_of_task(task.id), task.requirement, shown)

    def _task_cell(
        self, task: Task, column: Column, cell: Cell | None, surplus: Sequence[Cell]
    ) -> TaskCell:
        match column.key:
            case "task-id":
                return TaskCell("task-id", self.cell(task.id_cell))
            case "task-name":
                name = self._side_by_side([task.name, *surplus])
                mark = self.marks.names.get(task.name.span.start) if self.marks else None
                return TaskCell("task-name", name + Markup(" ") + mark if mark else name)
            case "requirement":
                return self._requirement(task)
            case "role":
                return self._terms("role", task.roles, "roles")
            case "services":
                return self._terms("services", task.services, "services")
            case _:
                return TaskCell(column.key, self.cell(cell))

    def _requirement(self, task: Task) -> TaskCell:
        text = task.requirement_use.text if task.requirement_use else ""
        known = self._contract.requirements.get(task.requirement or "")
        names = (Value(text, known.name(self._page.locale), None),) if known else ()
        return TaskCell("requirement", Markup.escape(text), names)

    def _terms(self, column: str, uses: Sequence[TermUse], vocabulary: str) -> TaskCell:
        links = [link.span for link in map(self._links.around, (use.span for use in uses)) if link]
        if links or any(use.key is None and has_markup(use.text) for use in uses):
            parts = [*links, *(use.span for use in uses)]
            whole = Span(min(part.start for part in parts), max(part.end for part in parts))
            return TaskCell(column, self._source(whole))
        return TaskCell(column, Markup(), self._wording.values(uses, vocabulary))

    def _bare_row(self, cells: Sequence[Cell], width: int) -> TaskRow:
        """Return a row that states no task, just as it was written."""
        shown = [TaskCell(None, self.cell(cell)) for cell in cells[: width - 1]]
        shown.append(TaskCell(None, self._side_by_side(cells[width - 1 :])))
        shown += [TaskCell(None)] * (width - len(shown))
        return TaskRow("", "", None, None, tuple(shown))

    def _side_by_side(self, cells: Sequence[Cell]) -> Markup:
        """Return several cells in the place of one: a pipe too many is shown as a pipe."""
        return Markup(" | ").join(self.cell(cell) for cell in cells)


def _unclaimed(task: Task, cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells of a misshapen row that say something for which the task has no place."""
    uses = (*task.roles, *task.services, *filter(None, (task.requirement_use,)))
    claimed = [task.id_cell.span, task.name.span, *(use.span for use in uses)]
    return [
        cell
        for cell in cells
        if cell.text
        and task.span.start <= cell.span.start < task.span.end
        and not any(cell.span.start <= span.start < cell.span.end for span in claimed)
    ]
