"""Tables as they stand in the source, also those that Markdown refuses or cuts."""

from __future__ import annotations

import pytest

from leitfaden.model import DefectKind, Span, Table
from leitfaden.reading.markdown import MAX_CELLS
from tests.reading.pages import kinds, read


def texts(table: Table) -> list[list[str]]:
    """Return the texts of all cells, the header's first."""
    rows = (table.header, *(row.cells for row in table.rows))
    return [[cell.text for cell in cells] for cells in rows]


def only(text: str, locale: str = "en") -> Table:
    """Return the only table of a page."""
    [table] = read(text, locale).tables
    return table


@pytest.mark.parametrize(
    "text",
    [
        "|a|b|\n|-|-|\n|c|d|\n",
        "| a | b |\n| - | - |\n| c | d |\n",
        "a|b\n-|-\nc|d\n",
        "|a|b\n|-|-\n|c|d",
        "a|b|\n-|-|\nc|d|\n",
        "| a | b |  \n|:--|--:|\t\n| c | d |\t \n",
        "| a | b |\n|\t:-\t|\t-:\t|\t\r\n| c | d |\n",
        "  | a | b |\n  |---|:-:|\n  | c | d |\n",
        "> | a | b |\n> |---|---|\n> | c | d |\n",
        "- | a | b |\n  |---|---|\n  | c | d |\n",
        "Text.\n\n|a|b|\n|-|-|\n|c|d|\n\nText.\n",
        "|a|b|\r\n|-|-|\r\n|c|d|\r\n",
        "|a|b|\r|-|-|\r|c|d|\r",
        "|**a**|_b_|\n|-|-|\n|[c](x)|`d`|\n",
        "|\u200ba|b\u00a0|\n|-|-|\n|c\u200b|d|\n",
    ],
)
def test_ways_of_writing_the_same_table(text: str) -> None:
    table = only(text)
    assert texts(table) == [["a", "b"], ["c", "d"]]
    assert table.defects == ()


def test_a_row_may_be_short_or_long() -> None:
    table = only("|a|b|\n|-|-|\n|1|\n|1|2|3|4|\n|1|2|\n")
    assert texts(table)[1:] == [["1"], ["1", "2", "3", "4"], ["1", "2"]]


def test_cells_that_markdown_drops_are_read() -> None:
    table = only("|a|\n|-|\n|1|[two](x)|a `b` &amp; *c*|x \\| y|\n")
    [row] = table.rows
    assert [cell.text for cell in row.cells] == ["1", "two", "a b & c", "x | y"]
    assert [cell.events is None for cell in row.cells] == [False, True, True, True]


def test_cells_and_their_places() -> None:
    text = "| a |  |b|\n|-|-|-|\n|\u00a0c\u200b | `d|e` | \\|f\\\\| |\n"
    page = read(text)
    [table] = page.tables
    assert [cell.span.of(text) for cell in table.header] == ["a", "", "b"]
    [row] = table.rows
    assert [cell.span.of(text) for cell in row.cells] == ["c", "`d", "e`", "\\|f\\\\|"]
    assert row.span.of(text) == "|\u00a0c\u200b | `d|e` | \\|f\\\\| |"
    assert table.span == Span(0, len(text) - 1)


def test_a_line_break_in_a_cell_is_a_blank() -> None:
    assert texts(only("|a|\n|-|\n|b<br>c<BR/>d<i>e</i>|\n"))[1] == ["b c de"]


def test_empty_rows_are_left_out_and_pictures_are_not() -> None:
    table = only("|a|b|\n|-|-|\n| | |\n|||\n|![](x.png)||\n|1|2|\n")
    assert texts(table)[1:] == [["", ""], ["1", "2"]]
    assert table.defects == ()


def test_a_table_without_rows_is_told() -> None:
    assert kinds(only("|a|b|\n|-|-|\n").defects) == [DefectKind.TABLE_EMPTY]


@pytest.mark.parametrize("separator", ["|-|-|", "|:-----|:---------------:|", "|---|", "| - |\t"])
def test_a_short_separator(separator: str) -> None:
    text = f"|Date|Who Changed|What Changed|\n{separator}\n|1/2/2020|x|**y**|\n|1/1/2020|x|z|\n"
    table = only(text)
    assert texts(table) == [
        ["Date", "Who Changed", "What Changed"],
        ["1/2/2020", "x", "y"],
        ["1/1/2020", "x", "z"],
    ]
    assert [(d.kind, d.span.of(text), d.detail) for d in table.defects] == [
        (DefectKind.TABLE_SHORT_SEPARATOR, separator, separator.strip())
    ]
    assert table.columns == ("change-date", "changed-by", "change")


def test_a_short_separator_and_windows_line_ends() -> None:
    table = only("|a|b|\r\n|-|\r\n|1|2|\r\n")
    assert texts(table) == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    "text",
    ["|a|\n", "|a|b|\ntext\n", "|a\n|-|-|\n", "a\n-\n", "| a |\n|---|---|\n| b |\n", "|\n|-"],
)
def test_what_is_no_table(text: str) -> None:
    assert read(text).tables == ()


@pytest.mark.parametrize(
    ("header", "locale", "columns"),
    [
        ("Date|Who Changed|What Changed|Notes", "en", 4),
        ("**Date**|*Who* Changed| what changed |NOTES", "en", 4),
        ("Datum|Geändert durch|Änderung an|Notizen", "de", 4),
        ("Datum|Geändert durch|Änderung von|Notizen", "de", 4),
        ("Date|Who Changed|What Changed", "de", 3),
        ("日付|変更者|変更点|備考", "ja", 4),
        ("Datum:|Ge\u00e4ndert\u00a0durch|A\u0308nderung an|\u200bNotizen", "de", 4),
    ],
)
def test_columns_are_known_in_every_language(header: str, locale: str, columns: int) -> None:
    table = only(f"|{header}|\n|{'-|' * columns}\n|{'x|' * columns}\n", locale)
    assert table.columns == ("change-date", "changed-by", "change", "change-notes")[:columns]


def test_a_column_that_nobody_knows() -> None:
    assert only("|Scenario|Date|\n|-|-|\n|x|y|\n").columns == (None, "change-date")


@pytest.mark.parametrize("separator", ["|-|-|", "|-|"])
def test_many_rows(separator: str) -> None:
    table = only(f"|a|b|\n{separator}\n" + "|1|2|\n" * 3_000)
    assert len(table.rows) == 3_000


def test_a_table_that_would_fill_the_memory_is_no_table() -> None:
    """A parser fills each short row up to the width of the header."""
    page = read("|a" * 2_000 + "\n" + "|-" * 2_000 + "\n" + "b\n" * (MAX_CELLS // 2_000))
    assert kinds(page.defects) == [DefectKind.TOO_LARGE]
    assert not any(event.tag == "table" for event in page.events)
