"""Task tables: what each row says, also where a pipe is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leitfaden.contract import Contract
from leitfaden.model import Cell, Defect, DefectKind, Row, Span, Table, Task, TaskTable, TermUse
from leitfaden.reading.markdown import tidy
from leitfaden.reading.tables import shape_defect
from leitfaden.reading.terms import Lookup, TermReader

_TASK_ID = re.compile(r"[0-9]{3,5}")
_MOST_COLUMNS = 100  # of a table of tasks; real ones have up to six
_LETTER = re.compile(r"(\S{1,20})(\s+)")


class TaskReader:
    """Reads the tasks of a table.

    Args:
        contract: Vocabularies and the locales' requirement letters.
        terms: Reads roles and services.
    """

    def __init__(self, contract: Contract, terms: TermReader) -> None:
        self._requirements = Lookup(contract.requirement)
        self._terms = terms

    def read(self, text: str, table: Table, locale: str) -> TaskTable | None:
        """Return the tasks of a table, or None if it is not a task table."""
        if not self._is_task_table(table, locale):
            return None
        columns = self._columns(text, table, locale)
        tasks: list[Task] = []
        rows: list[Row] = []
        for index, row in enumerate(table.rows):
            found, defects = self._row(text, row, index, columns, locale)
            tasks += found
            rows.append(Row(row.cells, row.span, defects) if defects else row)
        unknown = tuple(
            Defect(DefectKind.COLUMN_UNKNOWN, cell.span, cell.text)
            for cell, column in zip(table.header, table.columns, strict=True)
            if column is None
        )
        read = table._replace(columns=columns, rows=tuple(rows), defects=(*table.defects, *unknown))
        return TaskTable(read, tuple(tasks))

    def _is_task_table(self, table: Table, locale: str) -> bool:
        if len(table.columns) > _MOST_COLUMNS:
            return False
        if table.columns[0] == "task-id":
            return True
        ids = [row for row in table.rows if row.cells and _TASK_ID.fullmatch(row.cells[0].text)]
        if not ids or len(ids) < len(table.rows):
            return False
        return any(self._requirement(cell, locale) for cell in ids[0].cells[1:])

    def _columns(self, text: str, table: Table, locale: str) -> tuple[str | None, ...]:
        """Complete the meaning of the columns: the rest by what the cells are."""
        columns: list[str | None] = list(table.columns)
        columns[0] = "task-id"
        for index, column in enumerate(columns):
            if column is None:
                cells = [row.cells[index] for row in table.rows if index < len(row.cells)]
                kinds = {self._kind(text, cell, locale) for cell in cells if cell.text}
                found = kinds.pop() if len(kinds) == 1 else None
                columns[index] = found if found not in columns else None
        if "task-name" not in columns and None in columns:
            columns[columns.index(None)] = "task-name"
        return tuple(columns)

    def _kind(self, text: str, cell: Cell, locale: str) -> str | None:
        """Return the column that a cell's content belongs to, None for any text."""
        if _TASK_ID.fullmatch(cell.text):
            return "task-id"
        if self._requirement(cell, locale):
            return "requirement"
        for column in ("role", "services"):
            uses = self._uses(text, cell, column, locale)
            if uses and all(use.key for use in uses):
                return column
        return None

    def _row(
        self,
        text: str,
        row: Row,
        index: int,
        columns: tuple[str | None, ...],
        locale: str,
    ) -> tuple[list[Task], tuple[Defect, ...]]:
        cells: Sequence[Cell] = row.cells
        defects: list[Defect] = []
        if len(cells) > 1 and not cells[0].text and _TASK_ID.fullmatch(cells[1].text):
            defects.append(Defect(DefectKind.ROW_DOUBLED_PIPE, cells[0].span))
            cells = cells[1:]
        groups = _groups(cells)
        if len(groups) > 1:
            defects.append(Defect(DefectKind.ROW_MERGED, groups[1][0].span, groups[1][0].text))
        tasks = []
        for group in groups:
            task = self._task(text, group, index, columns, locale)
            if task is None:
                at = group[0].span
                defects.append(Defect(DefectKind.TASK_ID_INVALID, at, group[0].text))
            else:
                tasks.append(task)
        return tasks, tuple(defects)

    def _task(
        self,
        text: str,
        cells: Sequence[Cell],
        index: int,
        columns: tuple[str | None, ...],
        locale: str,
    ) -> Task | None:
        if not _TASK_ID.fullmatch(cells[0].text):
            return None
        shape = shape_defect(cells, columns)
        if shape is None:
            by_column = {c: cell for c, cell in zip(columns, cells, strict=True) if c}
        else:
            by_column = self._by_content(text, cells, columns, locale)
        return self._built(text, cells, index, by_column, shape, locale)

    def _built(
        self,
        text: str,
        cells: Sequence[Cell],
        index: int,
        by_column: dict[str, Cell],
        shape: Defect | None,
        locale: str,
    ) -> Task:
        span = cells[0].span.cover(cells[-1].span)
        defects = [] if shape is None else [shape]
        requirement: TermUse | None = None
        if letter := by_column.get("requirement"):
            requirement = self._requirement_use(letter, locale)
            if requirement.key is None:
                defects.append(Defect(DefectKind.REQUIREMENT_UNKNOWN, letter.span, letter.text))
        roles, services = by_column.get("role"), by_column.get("services")
        role_uses = self._uses(text, roles, "role", locale) if roles else ()
        service_uses = self._uses(text, services, "services", locale) if services else ()
        defects += _unknown(DefectKind.ROLE_UNKNOWN, role_uses)
        defects += _unknown(DefectKind.SERVICE_UNKNOWN, service_uses)
        return Task(
            cells[0].text,
            cells[0],
            by_column.get("task-name") or Cell("", Span(cells[0].span.end, cells[0].span.end)),
            requirement.key if requirement else None,
            requirement,
            role_uses,
            service_uses,
            index,
            span,
            tuple(defects),
        )

    def _by_content(
        self,
        text: str,
        cells: Sequence[Cell],
        columns: tuple[str | None, ...],
        locale: str,
    ) -> dict[str, Cell]:
        """Tell by their content which cell is which, in a row of the wrong length."""
        found: dict[str, Cell] = {"task-id": cells[0]}
        for index, cell in enumerate(cells[1:], start=1):
            if not cell.text:
                continue
            split = self._letter_and_role(text, cell, locale)
            if split and "requirement" not in found:
                found["requirement"], found["role"] = split
                continue
            kind = self._kind(text, cell, locale)
            names_it = columns[index : index + 1] == ("task-name",) and kind != "requirement"
            if names_it or kind in (None, "task-id") or kind in found:
                kind = "task-name"
            if kind not in found and (kind in columns or kind == "task-name"):
                found[kind] = cell
        return found

    def _letter_and_role(self, text: str, cell: Cell, locale: str) -> tuple[Cell, Cell] | None:
        """Split `O FastTrack Engineer`, where the pipe between two cells is lost."""
        letter = _LETTER.match(cell.span.of(text))
        if letter is None or not self._requirements.find(letter[1], locale):
            return None
        at = cell.span.start
        span = Span(at + letter.end(), cell.span.end)
        role = Cell(tidy(span.of(text)), span)
        if not all(use.key for use in self._uses(text, role, "role", locale)):
            return None
        return Cell(letter[1], Span(at, at + letter.end(1))), role

    def _requirement(self, cell: Cell, locale: str) -> str | None:
        found = self._requirements.find(cell.text, locale) if cell.text else None
        return None if found is None else found.key

    def _requirement_use(self, cell: Cell, locale: str) -> TermUse:
        found = self._requirements.find(cell.text, locale)
        if found is None:
            return TermUse(cell.text, cell.span)
        return TermUse(cell.text, cell.span, found.key, found.form, found.locale)

    def _uses(self, text: str, cell: Cell, column: str, locale: str) -> tuple[TermUse, ...]:
        vocabulary = "roles" if column == "role" else "services"
        return self._terms.read(text, cell.span, vocabulary, locale)


def _unknown(kind: DefectKind, uses: tuple[TermUse, ...]) -> list[Defect]:
    return [Defect(kind, use.span, use.text) for use in uses if not use.key]


def _groups(cells: Sequence[Cell]) -> Sequence[Sequence[Cell]]:
    """Split a physical row that holds several tasks: a further id begins a further task."""
    if not _TASK_ID.fullmatch(cells[0].text):
        return [cells]
    ids = [index for index in range(3, len(cells)) if _TASK_ID.fullmatch(cells[index].text)]
    if not ids:
        return [cells]
    starts = [0, *ids]
    groups = [
        list(cells[start:end]) for start, end in zip(starts, [*starts[1:], len(cells)], strict=True)
    ]
    for group in groups[:-1]:
        while len(group) > 1 and not group[-1].text:
            group.pop()
    return groups
