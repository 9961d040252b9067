"""Tables: the physical rows, and what their columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leitfaden.contract import Contract
from leitfaden.model import Cell, Defect, DefectKind, Event, Row, Span, Table
from leitfaden.reading.markdown import cell_events, closing, plain_text, tidy

_SEPARATOR = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t\r]*")
_BLANK = " \t\r\n\u00a0\u200b\ufeff\u2060"


class TableReader:
    """Reads tables from their source rows.

    GFM drops surplus cells and takes a table with a short separator row for a paragraph; so the
    rows are read from the text, and the parser's events only say which cells it saw.

    Args:
        contract: The columns and their names.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    def read(
        self, text: str, events: Sequence[Event], index: int, locale: str
    ) -> tuple[Table, int]:
        """Read the table that the event at `index` opens.

        Returns:
            The table, and the index behind its last event.
        """
        last = closing(events, index)
        rows = [
            self._row(text, events, at)
            for at in range(index, last)
            if events[at].kind == "open" and events[at].tag in ("table-head", "table-row")
        ]
        return self._table(rows, (index, last + 1), locale), last + 1

    def read_refused(
        self, text: str, span: Span, events: tuple[int, int], locale: str
    ) -> Table | None:
        """Read a paragraph as a table, if it is one whose separator row is too short.

        Args:
            text: The page's text.
            span: The paragraph.
            events: The paragraph's events, kept on the table.
            locale: The page's locale.
        """
        lines = list(_lines(text, span))
        if len(lines) < 2 or not _SEPARATOR.fullmatch(lines[1].of(text)):
            return None
        header = _split(text, lines[0])
        if not lines[0].of(text).lstrip().startswith("|") or len(header) < 2:
            return None
        rows = [_parsed(text, cells, line) for line in lines for cells in [_split(text, line)]]
        defect = Defect(DefectKind.TABLE_SHORT_SEPARATOR, lines[1], lines[1].of(text).strip())
        return self._table([rows[0], *rows[2:]], events, locale, defect)

    def _row(self, text: str, events: Sequence[Event], index: int) -> Row:
        last = closing(events, index)
        seen: dict[int, tuple[int, int]] = {}
        at = index + 1
        while at < last:
            end = closing(events, at)
            seen[trimmed(text, Span(events[at].start, events[at].end)).start] = (at + 1, end)
            at = end + 1
        line = Span(events[index].start, events[index].end)
        cells = []
        for cell in _split(text, line):
            inner = seen.get(cell.start)
            if inner is None:
                cells.append(_mini(text, cell))
            else:
                cells.append(Cell(plain_text(events[inner[0] : inner[1]]), cell, inner))
        return Row(tuple(cells), trimmed(text, line))

    def _table(
        self,
        rows: Sequence[Row],
        events: tuple[int, int],
        locale: str,
        *defects: Defect,
    ) -> Table:
        header, body = rows[0], tuple(row for row in rows[1:] if any(c.text for c in row.cells))
        columns = tuple(self._meaning(cell.text, locale) for cell in header.cells)
        if not body:
            defects = (*defects, Defect(DefectKind.TABLE_EMPTY, header.span))
        span = Span(header.span.start, max(row.span.end for row in rows))
        return Table(span, header.cells, body, columns, events, defects)

    def _meaning(self, name: str, locale: str) -> str | None:
        found = self._contract.columns.find(name, locale)
        return None if found is None else found.key


def trimmed(text: str, span: Span) -> Span:
    """Return the span without blanks at both ends."""
    start, end = span.start, span.end
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, end)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _split(text: str, line: Span) -> list[Span]:
    r"""Split a row at its pipes, `\|` excepted, the outer ones left away."""
    line = trimmed(text, line)
    start, end = line.start, line.end
    if start < end and text[start] == "|":
        start += 1
    if end > start and text[end - 1] == "|" and not _escaped(text, start, end - 1):
        end -= 1
    cells: list[Span] = []
    at = start
    for pipe in range(start, end):
        if text[pipe] == "|" and not _escaped(text, start, pipe):
            cells.append(trimmed(text, Span(at, pipe)))
            at = pipe + 1
    cells.append(trimmed(text, Span(at, end)))
    return cells


def _escaped(text: str, start: int, at: int) -> bool:
    return at > start and text[at - 1] == "\\"


def _parsed(text: str, cells: Sequence[Span], line: Span) -> Row:
    return Row(tuple(_mini(text, cell) for cell in cells), trimmed(text, line))


def _mini(text: str, cell: Span) -> Cell:
    """Read a cell that the parser did not see as a cell."""
    source = cell.of(text)
    if not any(mark in source for mark in "*_`[<&\\~"):
        return Cell(tidy(source), cell)
    return Cell(plain_text(cell_events(source)), cell)
