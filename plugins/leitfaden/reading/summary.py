"""The update summary: the last table that begins with a date column."""

from __future__ import annotations

from collections.abc import Sequence

from leitfaden.model import Cell, Change, Defect, Heading, Table, UpdateSummary
from leitfaden.reading.dates import date_defect, read_date
from leitfaden.reading.tables import shape_defect


def read_summary(
    tables: Sequence[Table], headings: Sequence[Heading], formats: tuple[str, ...]
) -> UpdateSummary | None:
    """Return the page's update summary, or None.

    Args:
        tables: All tables of the page.
        headings: All headings of the page.
        formats: The date formats of the contract.
    """
    table = next((t for t in reversed(tables) if t.columns and t.columns[0] == "change-date"), None)
    if table is None:
        return None
    start = table.span.start
    above = next((heading for heading in reversed(headings) if heading.span.start < start), None)
    heading = above if above and above.section == "update-summary" else None
    changes = tuple(_change(row.cells, table.columns, formats) for row in table.rows if row.cells)
    return UpdateSummary(table, changes, heading)


def _change(
    cells: Sequence[Cell], columns: Sequence[str | None], formats: tuple[str, ...]
) -> Change:
    by_column = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    date_cell = cells[0]
    date = read_date(date_cell.text, formats)
    span = cells[0].span.cover(cells[-1].span)
    defects: list[Defect] = []
    if date is None:
        defects.append(date_defect(date_cell.text, date_cell.span))
    if shape := shape_defect(cells, columns):
        defects.append(shape)
    return Change(
        date,
        date_cell,
        by_column.get("changed-by"),
        by_column.get("change"),
        by_column.get("change-notes"),
        span,
        tuple(defects),
    )
