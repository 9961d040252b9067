"""Plain tables."""

from __future__ import annotations

import pytest

from tests.rendering.support import Dom, dom, render


def cells(page: Dom, selector: str = "tr") -> list[list[str]]:
    """The texts of a page's table cells, row by row."""
    rows = page.all(selector)
    return [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in rows]


def test_headers_say_that_they_head_a_column() -> None:
    page = dom("| a | b |\n|---|---|\n| c | d |\n")
    assert page.values("th", "scope") == ["col", "col"]
    assert page.texts("thead th") == ["a", "b"]
    assert page.texts("tbody td") == ["c", "d"]


def test_a_table_scrolls_on_its_own_and_can_be_reached_by_keyboard() -> None:
    frame = dom("| a |\n|---|\n| b |\n").one('[tabindex="0"]')
    assert frame.attributes["role"]
    assert frame.attributes["aria-label"]
    assert frame.css("table")


def test_alignment_is_a_class_never_a_style() -> None:
    html = render("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n").html
    assert "style" not in html
    classes = Dom(html).values("td", "class")
    assert len({*classes}) == 4
    assert [name is None for name in classes] == [False, False, False, True]
    assert Dom(html).values("th", "class") == classes


def test_pipes_that_are_escaped_or_in_code_do_not_part_cells() -> None:
    page = dom("| a |\n|---|\n| x \\| y |\n| `p \\| q` |\n| **b** [l](x.md) |\n")
    assert page.texts("td") == ["x | y", "p | q", "b l"]
    assert page.texts("td code") == ["p | q"]


def test_rows_are_as_long_as_the_header() -> None:
    page = dom("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n")
    assert cells(page) == [["a", "b"], ["1", ""], ["1", "2"]]


def test_a_table_without_rows() -> None:
    page = dom("| a | b |\n|---|---|\n")
    assert cells(page) == [["a", "b"]]
    assert page.all("tbody") == []


def test_a_table_inside_a_list_and_a_quote() -> None:
    page = dom("- x\n\n  | a |\n  |---|\n  | b |\n\n> | c |\n> |---|\n> | d |\n")
    assert page.texts("li td") == ["b"]
    assert page.texts("blockquote td") == ["d"]


def test_a_table_with_a_short_separator_is_shown_as_its_writer_meant_it() -> None:
    page = dom("| *a* | b | c |\n|---|---|\n| 1 | `x` | [l](y.md) |\n| 2 | www.a.de | \\| |\n")
    assert cells(page) == [["a", "b", "c"], ["1", "x", "l"], ["2", "www.a.de", "|"]]
    assert page.values("th", "scope") == ["col"] * 3
    assert page.values("td a", "href") == ["y.md", "http://www.a.de"]
    assert page.all('[tabindex="0"] table')


def test_a_short_separator_loses_no_surplus_cell() -> None:
    page = dom("| a | b |\n|---|\n| 1 | 2 | 3 |\n| 4 |\n")
    assert cells(page) == [["a", "b"], ["1", "2", "3"], ["4", ""]]


@pytest.mark.parametrize("markdown", ["a | b\n---\nc | d\n", "| a |\n\n|---|\n", "| a | b\ntext\n"])
def test_what_only_looks_like_a_table_stays_text(markdown: str) -> None:
    assert dom(markdown).all("table") == []
