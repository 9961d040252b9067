"""The update summary: a dated list at the page's foot."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from leitfaden.model import Change, Page, Row, UpdateSummary
from leitfaden.rendering.components import PageComponents
from leitfaden.rendering.facts import Entry, Wording
from leitfaden.rendering.html import HtmlWriter
from leitfaden.rendering.tables import Tables


class Summary:
    """Writes the update summary of one page.

    Args:
        page: The page.
        writer: Writes its heading and what stands above its table.
        components: The templates.
        wording: Writes the dates.
        tables: Writes the cells.
    """

    def __init__(
        self,
        page: Page,
        writer: HtmlWriter,
        components: PageComponents,
        wording: Wording,
        tables: Tables,
    ) -> None:
        self._page = page
        self._writer = writer
        self._components = components
        self._wording = wording
        self._tables = tables

    def place(self) -> Callable[[], str]:
        """Take the summary out of the page's course and return what writes it at the foot.

        A summary that has no heading of its own, or stands inside of something, stays in place.
        """
        summary = self._page.update_summary
        if summary is None:
            return lambda: ""
        first, behind = summary.table.events
        heading = summary.heading
        if heading is None or not {first, heading.events[0]}.issubset(self._writer.top_level()):
            self._writer.instead[first] = (lambda: self._html(summary, "", ""), behind)
            return lambda: ""
        start, body = heading.events
        self._writer.instead[start] = (lambda: "", behind)
        return lambda: self._at_foot(summary, (start, body), first)

    def _at_foot(self, summary: UpdateSummary, heading: tuple[int, int], table: int) -> str:
        del self._writer.instead[heading[0]]
        title = self._writer.write(*heading)
        return self._html(summary, title, self._writer.write(heading[1], table))

    def _html(self, summary: UpdateSummary, heading: str, body: str) -> str:
        rows = [row for row in summary.table.rows if row.cells]
        entries = [self._entry(c, row) for c, row in zip(summary.changes, rows, strict=True)]
        return self._components.update_summary(heading, body, entries)

    def _entry(self, change: Change, row: Row) -> Entry:
        iso, date = self._wording.date(change.date, change.date_text.text)
        known = (change.date_text, change.by, change.what, change.notes)
        more = [cell for cell in row.cells if cell.text and cell not in known]
        notes = [cell for cell in (change.notes, *more) if cell is not None and cell.text]
        return Entry(
            iso,
            date,
            self._tables.cell(change.by),
            self._tables.cell(change.what),
            Markup(" – ").join(self._tables.cell(cell) for cell in notes),
        )
