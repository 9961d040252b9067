"""Task tables: every task, also where the row is broken."""

from __future__ import annotations

import pytest

from leitfaden.model import DefectKind, Page, Task
from tests.reading.pages import forms, kinds, read, stated

ENGLISH = "| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |"
GERMAN = (
    "| Aufgaben-ID | Name der Aufgabe | (E) Erforderlich (O) Optional | FastTrack-Rolle | Dienste |"
)
RULE = "|---|---|:-:|:-:|---|"
GOOD = ("4047", "Do it", "mandatory", ("manager",), ("all",))


def table(*rows: str, header: str = ENGLISH, rule: str = RULE) -> str:
    return "\n".join((header, rule, *rows)) + "\n"


def tasks(*rows: str, header: str = ENGLISH, rule: str = RULE, locale: str = "en") -> list[Task]:
    return list(read(table(*rows, header=header, rule=rule), locale).tasks)


def defects(page: Page) -> list[DefectKind]:
    return kinds(page.all_defects())


def test_english() -> None:
    page = read(table("| 4047    | Do it |     M     | FastTrack Manager | All Services |"))
    assert [stated(task) for task in page.tasks] == [GOOD]
    assert defects(page) == []
    assert page.tables == (page.task_tables[0].table,)


def test_german() -> None:
    row = "| 4047 | Tun | E | FastTrack Manager | Alle Dienste |"
    page = read(table(row, row.replace("E", "O"), header=GERMAN), "de")
    assert [task.requirement for task in page.tasks] == ["mandatory", "optional"]
    assert stated(page.tasks[0]) == ("4047", "Tun", "mandatory", ("manager",), ("all",))
    assert defects(page) == []


def test_another_language() -> None:
    header = "|タスクID|タスク名|区分|役割|サービス|"
    [task] = tasks("|4047|する|必|エンジニア、マネージャー|Exchange|", header=header, locale="ja")
    assert task.requirement == "mandatory"
    assert task.role_keys == ("engineer", "manager")


def test_each_part_knows_its_place() -> None:
    text = table("|4047|Do *it*|M|FM / FE|Teams/Classroom/SDS|")
    [task] = read(text).tasks
    assert task.id_cell.span.of(text) == "4047"
    assert task.name.span.of(text) == "Do *it*"
    assert task.requirement_use
    assert task.requirement_use.span.of(text) == "M"
    assert [use.span.of(text) for use in task.roles] == ["FM", "FE"]
    assert [use.span.of(text) for use in task.services] == ["Teams", "Classroom/SDS"]
    assert task.span.of(text) == "4047|Do *it*|M|FM / FE|Teams/Classroom/SDS"
    assert task.row == 0


@pytest.mark.parametrize(
    "header",
    [
        "| **Task ID** | **Task Name** | **(M)andatory / (O)ptional** | **FastTrack Role** | **Services** |",  # noqa: E501
        "| task id | TASK NAME | (m)andatory / (o)ptional | FastTrack  Role | services: |",
        "| Task\u00a0ID | Task Name | (M)andatory/(O)ptional? | Role of FastTrack | For |",
        "| Task ID | What | How | Who | Where |",
        "| Number | What | How | Who | Where |",
        "| Aufgaben-ID | Titel | Pflicht | Wer | Dienst |",
    ],
)
def test_headers_are_spelled_in_many_ways(header: str) -> None:
    page = read(table("| 4047 | Do it | M | FastTrack Manager | All Services |", header=header))
    assert [stated(task) for task in page.tasks] == [GOOD]


def test_columns_in_another_order() -> None:
    header = "| Task ID | Services | Task Name | FastTrack Role | (M)andatory / (O)ptional |"
    [task] = tasks("| 4047 | All Services | Do it | FM | M |", header=header)
    assert stated(task) == GOOD


@pytest.mark.parametrize(
    ("header", "locale", "row"),
    [
        ("Task ID | Task Description | M / O | FastTrack Role", "en", "4047 | Do it | M | FM"),
        ("Aufgaben-ID | Aufgabenbeschreibung | E / O | FastTrack-Rolle", "de", "4047|Tun|E|FE"),
        ("Aufgaben-ID | Titel | E / O | FastTrack-Rolle", "de", "4047|Tun|E|FE"),
    ],
)
def test_four_columns(header: str, locale: str, row: str) -> None:
    [task] = tasks(f"|{row}|", header=f"|{header}|", rule="|-|-|-|-|", locale=locale)
    assert task.requirement == "mandatory"
    assert task.role_keys
    assert task.services == ()
    assert task.defects == ()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("[Do it](https://example.org)", "Do it"),
        ("Do - [it](https://example.org/a_b)", "Do - it"),
        ("{Wizard} Do it", "{Wizard} Do it"),
        ("{{ Wizard }} Do it {#x}", "{{ Wizard }} Do it {#x}"),
        ("Do \\<it>", "Do <it>"),
        ("Do A & B", "Do A & B"),
        ("Do\u00a0it", "Do it"),
        ("Do `it`", "Do it"),
        ("Do\\|it", "Do|it"),
        ("M", "M"),
        ("2020", "2020"),
    ],
)
def test_names(cell: str, text: str) -> None:
    [task] = tasks(f"| 4047 | {cell} | M | FM | All Services |")
    assert task.name.text == text
    assert stated(task)[2:] == GOOD[2:]


@pytest.mark.parametrize(
    "cell", ["[4047](https://example.org/4047)", "**4047**", "\u200b4047", "`4047`"]
)
def test_the_id_may_be_a_link(cell: str) -> None:
    [task] = tasks(f"| {cell} | Do it | M | FM | All Services |")
    assert stated(task) == GOOD
    assert task.defects == ()


def test_aliases_and_links_in_roles_and_services() -> None:
    [task] = tasks("| 4047 | Do it | M | [FM](x.md) / FE | [Teams](a/b.md)<br>Exchange<br/>AllX |")
    assert forms(task.roles) == [("manager", "alias", "en"), ("engineer", "alias", "en")]
    assert forms(task.services) == [
        ("teams", "name", "en"),
        ("exchange", "name", "en"),
        (None, "", ""),
    ]
    assert kinds(task.defects) == [DefectKind.SERVICE_UNKNOWN]


def test_the_letter_of_another_language() -> None:
    [task] = tasks("| 4047 | Tun | M | FastTrack Manager | Exchange |", header=GERMAN, locale="de")
    assert task.requirement == "mandatory"
    assert task.requirement_use
    assert task.requirement_use.locale == "en"


@pytest.mark.parametrize(
    ("row", "kind", "detail"),
    [
        ("| 4047 | Do it | X | FM | Teams |", DefectKind.REQUIREMENT_UNKNOWN, "X"),
        ("| 4047 | Do it |  | FM | Teams |", DefectKind.REQUIREMENT_UNKNOWN, ""),
        ("| 4047 | Do it | M | Nobody | Teams |", DefectKind.ROLE_UNKNOWN, "Nobody"),
        ("| 4047 | Do it | M | FM | Nothing |", DefectKind.SERVICE_UNKNOWN, "Nothing"),
    ],
)
def test_unknown_words_are_kept_and_told(row: str, kind: DefectKind, detail: str) -> None:
    [task] = tasks(row)
    assert [(d.kind, d.detail) for d in task.defects] == [(kind, detail)]
    assert task.id == "4047"


@pytest.mark.parametrize("cell", ["", "-", "TBD", "12", "123456", "40 47", "4047a", "٤٠٤٧"])
def test_an_id_that_is_none(cell: str) -> None:
    page = read(table("| 4046 | Do | M | FM | Teams |", f"| {cell} | Do it | M | FM | Teams |"))
    assert [task.id for task in page.tasks] == ["4046"]
    assert [(d.kind, d.detail) for d in page.all_defects()] == [(DefectKind.TASK_ID_INVALID, cell)]


def test_two_rows_on_one_line() -> None:
    """As in `migrate-migration`, where task 1328 vanishes."""
    row = "| 3143 | One | O | FE | Exchange|"
    page = read(table(f"{row}{row.replace('3143', '1328')}"))
    assert [stated(task) for task in page.tasks] == [
        ("3143", "One", "optional", ("engineer",), ("exchange",)),
        ("1328", "One", "optional", ("engineer",), ("exchange",)),
    ]
    assert [(d.kind, d.detail) for d in page.all_defects()] == [(DefectKind.ROW_MERGED, "1328")]
    assert [task.row for task in page.tasks] == [0, 0]


def test_three_rows_on_one_line() -> None:
    row = "| {} | One | O | FE | Exchange |"
    [*found] = tasks("".join(map(row.format, (4001, 4002, 4003))))
    assert [task.id for task in found] == ["4001", "4002", "4003"]


def test_a_missing_pipe_between_requirement_and_role() -> None:
    """As in task 3184."""
    text = table("| 3184 | Do it | O FastTrack Engineer | Exchange |")
    page = read(text)
    [task] = page.tasks
    assert stated(task) == ("3184", "Do it", "optional", ("engineer",), ("exchange",))
    assert task.requirement_use
    assert task.requirement_use.span.of(text) == "O"
    assert [use.span.of(text) for use in task.roles] == ["FastTrack Engineer"]
    assert [(d.kind, d.detail) for d in page.all_defects()] == [
        (DefectKind.ROW_TOO_FEW_CELLS, "4 of 5")
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| 4047 | Do it | M | FM |", ("4047", "Do it", "mandatory", ("manager",), ())),
        ("| 4047 | Do it | FM | Teams |", ("4047", "Do it", None, ("manager",), ("teams",))),
        ("| 4047 | Do it M | FM | Teams |", ("4047", "Do it M", None, ("manager",), ("teams",))),
        ("| 4047 | Teams | M | FM |", ("4047", "Teams", "mandatory", ("manager",), ())),
        ("| 4047 | Do it |", ("4047", "Do it", None, (), ())),
        ("| 4047 |", ("4047", "", None, (), ())),
        (
            "| 3184 | Do it | O\u00a0FE | Teams |",
            ("3184", "Do it", "optional", ("engineer",), ("teams",)),
        ),
    ],
)
def test_other_lost_pipes_and_cells(row: str, expected: tuple[object, ...]) -> None:
    [task] = tasks(row)
    assert stated(task) == expected
    assert kinds(task.defects) == [DefectKind.ROW_TOO_FEW_CELLS]


def test_a_pipe_too_many() -> None:
    [task] = tasks("| 4047 | Do | it | M | FM | Teams |")
    assert (task.id, task.requirement, task.role_keys) == ("4047", "mandatory", ("manager",))
    assert kinds(task.defects) == [DefectKind.ROW_TOO_MANY_CELLS]


@pytest.mark.parametrize("start", ["||", "| |", "|\u200b|"])
def test_a_doubled_pipe_at_the_beginning(start: str) -> None:
    page = read(table(f"{start} 4047 | Do it | M | FM | All Services |"))
    assert [stated(task) for task in page.tasks] == [GOOD]
    assert defects(page) == [DefectKind.ROW_DOUBLED_PIPE]


@pytest.mark.parametrize("rule", ["|---|---|", "|---|---|---|---|"])
def test_a_short_separator(rule: str) -> None:
    page = read(table("| 4047 | Do it | M | FM | All Services |", rule=rule))
    assert [stated(task) for task in page.tasks] == [GOOD]
    assert defects(page) == [DefectKind.TABLE_SHORT_SEPARATOR]


def test_the_same_id_twice_is_two_tasks() -> None:
    row = "| 4047 | Do it | M | FM | All Services |"
    assert [stated(task) for task in tasks(row, row)] == [GOOD, GOOD]


def test_an_unknown_column_is_told() -> None:
    header = f"{ENGLISH} Remarks |"
    page = read(table("|4047|Do it|M|FM|Teams|see there|", header=header, rule="|-|-|-|-|-|-|"))
    assert [(d.kind, d.detail) for d in page.all_defects()] == [
        (DefectKind.COLUMN_UNKNOWN, "Remarks")
    ]
    assert page.task_tables[0].table.columns[-1] is None


@pytest.mark.parametrize(
    "text",
    [
        "| Year | Sum |\n|-|-|\n| 2019 | 100 |\n| 2020 | 200 |\n",
        "| Code | Name | M |\n|-|-|-|\n| 404 | Not found | M |\n| none | x | M |\n",
        "| Scenario | Who |\n|-|-|\n| x | FM |\n",
        "|Date|Who Changed|What Changed|\n|-|-|-|\n|04/30/2020|x|M|\n",
    ],
)
def test_tables_of_something_else(text: str) -> None:
    page = read(text)
    assert page.tasks == ()
    assert page.task_tables == ()
    assert len(page.tables) == 1


def test_tasks_belong_to_their_step() -> None:
    one = table("| 4001 | One | M | FM | Teams |")
    two = table("| 4002 | Two | M | FM | Teams |", "| 4003 | Three | O | FM | Teams |")
    text = (
        f"## Approach\n\n### A\n\n{one}\n#### FTOP Tasks\n\n{two}\n### B\n\nText.\n\n## Overview\n"
    )
    page = read(text)
    assert [[task.id for task in step.tasks] for step in page.steps] == [
        ["4001", "4002", "4003"],
        [],
    ]
    assert [task.id for task in page.tasks] == ["4001", "4002", "4003"]


def test_comments_are_no_part_of_a_cell() -> None:
    row = (
        "| 4047 <!-- a --> | Do it <!-- b --> | M <!-- c --> "
        "| FM <!-- leitfaden: ignore LF306 short / sweet --> | <!-- d --> All Services |"
    )
    page = read(table(row))
    assert [stated(task) for task in page.tasks] == [GOOD]
    assert defects(page) == []
    assert page.tasks[0].roles[0].span.of(page.text) == "FM"


def test_a_comment_that_is_not_closed_is_text() -> None:
    (task,) = tasks("| 4047 | Do it | M | FM <!-- open | All Services |")
    assert [use.key for use in task.roles] == [None]
