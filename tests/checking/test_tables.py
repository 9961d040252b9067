"""What the rules about tables do to a page, byte by byte, and how long they take."""

from __future__ import annotations

import time

import pytest

from leitfaden.model import Edit
from tests.checking.splices import fixed, found_by, read, spliced

HEADER = (
    "| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |\n"
    "|---|---|---|---|---|\n"
)
CODES = ["LF309", "LF310", "LF311", "LF312", "LF313", "LF314", "LF315", "LF317"]


def test_a_merged_row_is_broken_before_each_id() -> None:
    one, two, three = (f"| {n} | Do | M | SME | Teams |" for n in (4047, 4048, 4049))
    merged = f"{one}{two} {three}  \n"
    assert fixed("LF309", HEADER + merged) == f"{HEADER}{one}\n{two}\n{three}  \n"


def test_the_new_line_keeps_line_ends_and_what_stands_before_the_row() -> None:
    text = f"> {HEADER}> | 4047 | Do | M | SME | Teams || 4048 | Do | O | SME | Teams |\n"
    text = text.replace("\n|---", "\n> |---").replace("\n", "\r\n")
    assert fixed("LF309", text) == text.replace("Teams || 4048", "Teams |\r\n> | 4048")


def test_rows_without_outer_pipes_get_none() -> None:
    text = HEADER + "4047 | Do | M | SME | Teams || 4048 | Do | O | SME | Teams\n"
    assert fixed("LF309", text) == text.replace("Teams || 4048", "Teams |\n4048")


@pytest.mark.parametrize(
    "merged",
    [
        "| 4047 | Do | M | SME | 4048 | Do | O | SME | Teams |",
        "| 4047 | Do | M | SME | Teams | 4048 | Do | ? | SME | Teams |",
        "| 4047 | Do | M | SME | Teams | 4048 | Do |",
    ],
)
def test_a_merged_row_that_is_not_complete_is_left_alone(merged: str) -> None:
    text = f"{HEADER}{merged}\n"
    assert found_by("LF309", read(text))
    assert fixed("LF309", text) == text


@pytest.mark.parametrize(
    ("row", "afterwards"),
    [
        ("| 3184 | Check | O FastTrack Engineer | Teams |", "| O | FastTrack Engineer |"),
        ("| 3184 | Check | O   SME / FE | Teams |", "| O | SME / FE |"),
        ("| 3184 Check it | O | SME | Teams |", "| 3184 | Check it | O |"),
    ],
)
def test_a_lost_pipe_is_put_back_only_on_demand(row: str, afterwards: str) -> None:
    (finding,) = found_by("LF310", page := read(HEADER + row))
    assert finding.fix
    assert not finding.fix.safe
    text = spliced(page.text, list(finding.fix.edits))
    assert afterwards in text
    assert not found_by("LF310", read(text))
    assert not found_by("LF314", read(text))


def test_nothing_is_put_into_a_first_cell_with_mark_up() -> None:
    (finding,) = found_by("LF310", read(HEADER + "| **3184** Check | O | SME | Teams |"))
    assert finding.fix is None


@pytest.mark.parametrize(
    ("separator", "afterwards"),
    [
        ("|---|", "|---|---|---|"),
        ("| :-: |", "| :-: |---|---|"),
        ("|---|---", "|---|---|---"),
        ("  |---|---|  ", "  |---|---|---|  "),
        ("|---|:--|---|---|", "|---|:--|---|"),
        ("|---|---|---|---|---", "|---|---|---"),
        ("---|---", "---|---|---"),
    ],
)
def test_a_separator_gets_the_columns_of_the_header(separator: str, afterwards: str) -> None:
    table = "| A | B | C |\n{}\n| 1 | 2 | 3 |\n"
    assert fixed("LF311", table.format(separator)) == table.format(afterwards)
    assert [e.tag for e in read(table.format(afterwards)).events if e.tag == "table"]


def test_a_table_that_is_too_large_is_not_told_to_lack_a_separator() -> None:
    wide = 2_000
    rows = "|a" * wide + "|\n" + "|-" * wide + "|\n" + ("|b" * wide + "|\n") * 800
    assert not found_by("LF311", read(rows))


def test_an_unnamed_column_gets_the_name_of_what_it_holds() -> None:
    header = HEADER.replace(" Services |", "  |")
    page = read(header + "| 4047 | Do | M | SME | Teams |\n")
    (finding,) = found_by("LF313", page)
    assert finding.fix
    text = spliced(page.text, list(finding.fix.edits))
    assert "| FastTrack Role |  Services |\n" in text
    assert not found_by("LF313", read(text))


def test_a_header_in_another_language_is_translated_within_its_mark_up() -> None:
    page = "## Übersicht\n\n{}\n|---|---|---|---|---|\n| 4047 | Planen | E | SME | Teams |\n"
    own = "| **Aufgaben-ID** | Titel | (E) Erforderlich (O) Optional | Rolle | Dienste |"
    foreign = own.replace("Aufgaben-ID", "Task ID").replace("Dienste", "Services")
    assert fixed("LF315", page.format(foreign), locale="de") == page.format(own)


def test_surplus_cells_go_and_what_stands_before_them_stays() -> None:
    text = "| A | B |\n|---|---|\n| 1 | 2 ||\n| 1 | 2 | | | |\n1 | 2 | |\n"
    assert fixed("LF317", text) == "| A | B |\n|---|---|\n| 1 | 2 |\n| 1 | 2 |\n1 | 2 |\n"


@pytest.mark.parametrize(
    "row",
    [
        "|",
        "| 4047 |",
        "| 4047 | Do | M | SME | Teams || 4048 | Do | O | SME | Teams ",
        "|| 4047 | Do || M",
        "| 4047 Do | M | SME | Teams |",
        "| 4047 | Do | O SME | Teams |",
    ],
)
def test_many_rows_take_no_time(row: str) -> None:
    _takes_no_time(HEADER + f"{row}\n" * (400_000 // len(row)))


@pytest.mark.parametrize("piece", ["|", "| ", "| 4047 ", "||M", "\\|"])
def test_a_long_row_takes_no_time(piece: str) -> None:
    _takes_no_time(f"{HEADER}| 4047 {piece * (400_000 // len(piece))}\n")


def test_a_long_separator_takes_no_time() -> None:
    _takes_no_time("| A | B |\n" + "|-" * 200_000 + "|\n")


def _takes_no_time(text: str) -> None:
    page = read(text)
    for code in CODES:
        start = time.process_time()
        for finding in found_by(code, page):
            assert all(isinstance(e, Edit) for e in finding.fix.edits) if finding.fix else True
        assert time.process_time() - start < 1, code
