"""Tables: the physical rows, and what their columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from leitfaden.contract import Contract
from leitfaden.model import Cell, Defect, DefectKind, Event, Row, Span, Table
from leitfaden.reading.markdown import cell_texts, plain_text, tidy
from leitfaden.reading.quick import make_tuple
from leitfaden.reading.terms import Lookup, stripped

_SEPARATOR = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_PIPE = re.compile(r"\|(?<!\\\|)")
_BLANK = " \t\r\n\u00a0\u200b\ufeff\u2060"
_EDGE = " \t\r\n"  # what Markdown takes for blanks around a row
_MARKUP = frozenset("*_`[<&\\~")


class TableReader:
    """Reads tables from their source rows.

    GFM drops surplus cells and takes a table with a short separator row for a paragraph; so the
    rows are read from the text, and the parser's events only say which cells it saw.

    Args:
        contract: The columns and their names.
    """

    def __init__(self, contract: Contract) -> None:
        self._columns = Lookup(contract.columns.find)

    def read(
        self, text: str, events: Sequence[Event], pairs: Mapping[int, int], index: int, locale: str
    ) -> Table:
        """Read the table that the event at `index` opens.

        Args:
            text: The page's text.
            events: The page's events.
            pairs: For each event that opens something the index of the one that closes it.
            index: The event that opens the table.
            locale: The page's locale.
        """
        last = pairs[index]
        rows = []
        at = index + 1
        while at < last:
            rows.append(_row(text, events, pairs, at))
            at = pairs[at] + 1
        return self._table(rows, (index, last + 1), locale)

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
        if not text.startswith("|", span.start):
            return None
        lines = _lines(text, span)
        header, separator = next(lines), next(lines, None)
        if separator is None or not _SEPARATOR.fullmatch(separator.of(text).strip(_EDGE)):
            return None
        rows = _refused_rows(text, (header, *lines))
        if len(rows[0].cells) < 2:
            return None
        defect = Defect(DefectKind.TABLE_SHORT_SEPARATOR, separator, separator.of(text).strip())
        return self._table(rows, events, locale, defect)

    def _table(
        self,
        rows: Sequence[Row],
        events: tuple[int, int],
        locale: str,
        *defects: Defect,
    ) -> Table:
        header = rows[0]
        body = tuple([row for row in rows[1:] if not _is_empty(row)])
        columns = tuple([self._meaning(cell.text, locale) for cell in header.cells])
        if not body:
            defects = (*defects, Defect(DefectKind.TABLE_EMPTY, header.span))
        span = Span(header.span.start, rows[-1].span.end)
        return Table(span, header.cells, body, columns, events, defects)

    def _meaning(self, name: str, locale: str) -> str | None:
        found = self._columns.find(name, locale)
        return None if found is None else found.key


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the part of a text from `start` to `end` without blanks at both ends."""
    return stripped(text, start, end, _BLANK)


def shape_defect(cells: Sequence[Cell], columns: Sequence[str | None]) -> Defect | None:
    """Return what is wrong with a row that has more or fewer cells than the header."""
    if len(cells) == len(columns):
        return None
    few = len(cells) < len(columns)
    kind = DefectKind.ROW_TOO_FEW_CELLS if few else DefectKind.ROW_TOO_MANY_CELLS
    span = cells[0].span.cover(cells[-1].span)
    return Defect(kind, span, f"{len(cells)} of {len(columns)}")


def _is_empty(row: Row) -> bool:
    start, end = row.cells[0].span
    return start == end and all(c.span.start == c.span.end for c in row.cells)


def _row(text: str, events: Sequence[Event], pairs: Mapping[int, int], index: int) -> Row:
    """Read the row that the event at `index` opens.

    The parser's cells and those of the source are the same ones in the same order; only that it
    drops surplus cells and adds empty ones at the end of a row that is too short.
    """
    line = stripped(text, events[index].start, events[index].end, _EDGE)
    bounds = _split(text, line)
    # The loop is flat, and makes tuples without their constructors: most of a page is cells.
    cells: list[Cell] = []
    at, last = index + 1, pairs[index]
    for span in bounds:
        if at >= last:
            cells += _cells(text, bounds[len(cells) :])
            break
        first, behind = at + 1, pairs[at]
        inner: Any = events[first]
        if behind == at + 2 and inner[0] == "text":  # as in nearly every cell
            shown = tidy(inner[2])
        else:
            shown = plain_text(events[first:behind])
        cells.append(make_tuple(Cell, (shown, span, (first, behind))))
        at = behind + 1
    return make_tuple(Row, (tuple(cells), line, ()))


def _refused_rows(text: str, lines: Iterable[Span]) -> list[Row]:
    lines = [stripped(text, line.start, line.end, _EDGE) for line in lines]
    bounds = [_split(text, line) for line in lines]
    cells = _cells(text, list(chain.from_iterable(bounds)))
    return [
        Row(tuple(islice(cells, len(row))), line) for row, line in zip(bounds, lines, strict=True)
    ]


def _cells(text: str, bounds: Sequence[Span]) -> Iterator[Cell]:
    """Read cells that the parser did not see as cells."""
    sources = [span.of(text) for span in bounds]
    shown = iter(cell_texts([s for s in sources if not _MARKUP.isdisjoint(s)]))
    for span, source in zip(bounds, sources, strict=True):
        plain = tidy(source) if _MARKUP.isdisjoint(source) else next(shown)
        yield Cell(plain, span)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _split(text: str, line: Span) -> list[Span]:
    r"""Split a row, trimmed, at its pipes, `\|` excepted, the outer ones left away."""
    row = line.of(text)
    pieces = _PIPE.split(row) if "\\" in row else row.split("|")
    at = line.start
    if len(pieces) > 1 and not pieces[0]:
        del pieces[0]
        at += 1
    if len(pieces) > 1 and not pieces[-1]:
        del pieces[-1]
    cells = []
    for piece in pieces:
        end = at + len(piece)
        cell = piece.lstrip(_BLANK)
        start = end - len(cell)
        cells.append(make_tuple(Span, (start, start + len(cell.rstrip(_BLANK)))))
        at = end + 1
    return cells
