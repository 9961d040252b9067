"""Task tables: anchors, headers, and what writers' slips make of rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitfaden.contract.vocabulary import Vocabulary
from tests.rendering.support import Dom, Site, dom, render, small_contract, words
from tests.rendering.test_tables import cells

HEADER = """\
| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
"""
KOPF = """\
| Aufgaben-ID | Name der Aufgabe | (E) Erforderlich (O) Optional | FastTrack-Rolle | Dienste |
|---|---|---|---|---|
"""


def rows(page: Dom) -> list[list[str]]:
    return [[cell.replace("¶", "").strip() for cell in row] for row in cells(page, "tbody tr")]


def test_a_row_is_an_anchor_and_its_id_is_its_header() -> None:
    page = dom(HEADER + "| 4047 | Do it | M | FastTrack Manager | Exchange |\n")
    assert page.ids == ["task-4047"]
    assert page.values("tbody th", "scope") == ["row"]
    assert words(page.one("tbody th")) == "4047"
    assert page.values("thead th", "scope") == ["col"] * 5
    assert page.values("tbody th a", "href") == ["tasks/4047/", "#task-4047"]


def test_the_caption_names_the_step_or_else_the_page() -> None:
    row = "| 4047 | Do it | M | FM | Exchange |\n"
    step = dom(f"# Page\n\n## Approach\n\n### Call & ask\n\n#### FTOP Tasks\n\n{HEADER}{row}")
    assert "Call & ask" in words(step.one("caption"))
    page = dom(f"# Page <b>x</b>\n\n{HEADER}{row}")
    assert "Page x" in words(page.one("caption"))


def test_the_caption_counts_by_requirement() -> None:
    page = dom(
        HEADER + "| 1001 | a | M | FM | |\n| 1002 | b | O | FM | |\n| 1003 | c | M | FM | |\n"
    )
    assert "Mandatory: 2" in words(page.one("caption"))
    assert "Optional: 1" in words(page.one("caption"))


@pytest.mark.parametrize(
    ("locale", "markdown", "letters", "names"),
    [
        ("en", HEADER, "MO", ["Mandatory", "Optional"]),
        ("de", KOPF, "EO", ["Erforderlich", "Optional"]),
        ("de", KOPF, "MO", ["Erforderlich", "Optional"]),
    ],
)
def test_the_requirement_is_spelled_out(
    locale: str, markdown: str, letters: str, names: list[str]
) -> None:
    first, second = letters[0], letters[1]
    page = dom(f"{markdown}| 1001 | a | {first} | FM | |\n| 1002 | b | {second} | FM | |\n", locale)
    shown = [row[2].split() for row in rows(page)]
    assert shown == [[first, names[0]], [second, names[1]]]


def test_an_unknown_requirement_is_shown_as_written() -> None:
    assert rows(dom(HEADER + "| 1001 | a | X & Y | FM | |\n"))[0][2] == "X & Y"


def test_columns_are_named_by_the_contract_in_the_pages_language() -> None:
    head = KOPF.replace("Name der Aufgabe", "**Task Name**")
    page = dom(head + "| 1001 | a | E | FM | Exchange |\n", "de")
    assert page.texts("thead th")[1] == "Name der Aufgabe"


def test_a_second_row_of_the_same_task_has_an_anchor_of_its_own() -> None:
    row = "| 4047 | Do it | M | FM | Exchange |\n"
    page = dom(f"{HEADER}{row}{row}\ntext\n\n{HEADER}{row}")
    assert page.ids == ["task-4047", "task-4047--2", "task-4047--3"]
    links = page.values("tbody th a.headerlink", "href")
    assert links == ["#task-4047", "#task-4047--2", "#task-4047--3"]


def test_terms_are_shown_as_written_with_the_current_name_beside() -> None:
    row = "| 1001 | a | O | FastTrack-Entwickler | Office 365 ProPlus, Exchange / Classroom/SDS |\n"
    page = dom(KOPF + row, "de")
    chips = "td a[title]"
    assert page.values(chips, "title") == ["FastTrack Engineer", "Microsoft 365 Apps"]
    assert page.texts(chips) == ["FastTrack-Entwickler", "Office 365 ProPlus"]
    assert len(page.all(".lf-chip")) == 4
    assert page.all(".lf-chip--unknown") == []
    for name in ("Office 365 ProPlus", "Exchange", "Classroom/SDS"):
        assert name in rows(page)[0][4]


def test_unknown_terms_are_shown_as_written() -> None:
    page = dom(HEADER + "| 1001 | a | O | Nobody & Co | Ä <x> |\n")
    assert rows(page)[0][3:] == ["Nobody, Co", "Ä"]


def test_markup_in_a_cell_of_terms_is_markup() -> None:
    page = dom(HEADER + "| 1001 | a | O | [FM](fm.md) | Exchange<br>*Teams* \\| x |\n")
    assert page.one("td a").attributes["href"] == "fm.md"
    assert page.all("td br")
    assert page.texts("td em") == ["Teams"]
    assert "[FM]" not in page.text


def test_a_name_may_hold_markup_and_braces() -> None:
    name = "{Wizard} {{ x }} {% y %} `code` [l](x.md) <script>alert(1)</script> {#id .class}"
    page = dom(f"{HEADER}| 1001 | {name} | M | FM | |\n")
    shown = rows(page)[0][1]
    assert shown.startswith("{Wizard} {{ x }} {% y %} code l")
    assert shown.endswith("{#id .class}")
    assert page.all("script") == []


def test_an_id_may_be_a_link() -> None:
    page = dom(HEADER + "| [4047](x.md) | a | M | FM | |\n")
    assert page.ids == ["task-4047"]
    assert "x.md" in page.values("tbody th a", "href")
    assert page.all("a a") == []


def test_two_tasks_on_one_line_are_two_rows() -> None:
    one, two = "1327 | One | M | FM | Exchange", "1328 | Two | O | FM | Exchange"
    page = dom(f"{HEADER}| {one} | | {two} |\n")
    assert page.ids == ["task-1327", "task-1328"]
    assert [row[1] for row in rows(page)] == ["One", "Two"]


def test_a_missing_pipe_between_letter_and_role() -> None:
    page = dom(HEADER + "| 3184 | Name | O FastTrack Engineer | Exchange |\n")
    assert page.ids == ["task-3184"]
    (row,) = rows(page)
    assert row[1] == "Name"
    assert row[2].split() == ["O", "Optional"]
    assert row[3:] == ["FastTrack Engineer", "Exchange"]


def test_a_pipe_too_many_loses_no_word() -> None:
    page = dom(HEADER + "| 3184 | Either | or | M | FM | Exchange |\n")
    (row,) = rows(page)
    assert row[1] == "Either | or"
    assert row[2].split() == ["M", "Mandatory"]
    assert row[3:] == ["FM", "Exchange"]


def test_a_doubled_first_pipe() -> None:
    page = dom(HEADER + "|| 3184 | Name | M | FM | Exchange |\n")
    assert page.ids == ["task-3184"]
    assert [cell.split()[0] for cell in rows(page)[0]] == ["3184", "Name", "M", "FM", "Exchange"]


def test_a_row_without_a_valid_id_is_shown_as_written() -> None:
    page = dom(HEADER + "| TBD | *Later* | maybe | [who](x.md) | Ex & co |\n| | a | b |\n")
    assert rows(page) == [["TBD", "Later", "maybe", "who", "Ex & co"], ["", "a", "b", "", ""]]
    assert page.ids == []
    assert page.all("td em")
    assert page.all("td a")


def test_a_row_without_a_valid_id_loses_no_surplus_cell() -> None:
    page = dom(HEADER + "| TBD | a | b | c | d | e | f |\n")
    assert rows(page)[0][-1] == "d | e | f"


def test_a_column_that_the_contract_does_not_know_is_kept() -> None:
    header = "| Task ID | Task Name | Hint |\n|---|---|---|\n"
    page = dom(f"{header}| 1001 | a | see [b](c.md) |\n| 1002 | d | |\n")
    assert page.texts("thead th") == ["Task ID", "Task Name", "Hint"]
    assert rows(page) == [["1001", "a", "see b"], ["1002", "d", ""]]


def test_a_task_table_with_a_short_separator_is_a_task_table() -> None:
    page = dom(
        HEADER.replace("|---|---|---|---|---|", "|---|---|")
        + "| 1001 | `a` | M | FM | Exchange |\n"
    )
    assert page.ids == ["task-1001"]
    assert rows(page)[0][1] == "a"
    assert page.all("caption")


def test_a_table_is_known_by_its_cells_where_its_header_is_not() -> None:
    page = dom("| Nr. | What | Must |\n|---|---|---|\n| 1001 | a | M |\n")
    assert page.ids == ["task-1001"]
    assert rows(page)[0][2].split() == ["M", "Mandatory"]


def test_a_contract_without_names_of_requirements() -> None:
    site = Site(replace(small_contract(), requirements=Vocabulary()))
    page = Dom(site.render(site.add(HEADER + "| 1001 | a | M | FM | |\n")).html)
    assert rows(page)[0][2] == "M"


def test_the_anchors_of_a_page_are_known() -> None:
    row = "| 4047 | Do it | M | FM | Exchange |\n"
    assert render(HEADER + row + row).anchors == {"task-4047", "task-4047--2"}
