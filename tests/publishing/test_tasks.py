"""All tasks as data: complete, readable by machines, harmless in spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.contract import Contract
from leitfaden.model import Playbook
from leitfaden.publishing.tasks import COLUMNS, as_cell, tasks_csv, tasks_json
from tests.rendering.support import Site
from tests.rendering.test_views_finder import HEAD

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def playbook(site: Site) -> tuple[Playbook, Contract]:
    return site.playbook, site.contract


def written() -> Site:
    site = Site()
    page = "# P\n\nPhase: **Assess**\n\n## Approach\n\n### First step\n" + HEAD
    site.add(page + "| 1001 | a | M | FM | All Services |\n| 983 | b | O | Juggler | Exchange |\n")
    site.add("# Q\n\nPhase: **Enable**\n" + HEAD + "| 1001 | a | O | FM | Exchange |\n", "en", "q")
    return site


@cache
def unchanged() -> Site:
    """One site for all examples of a test: what is read does not change."""
    return written()


def data(site: Site, locale: str = "en") -> dict[str, Any]:
    text = tasks_json(*playbook(site), locale, lambda t: f"t/{t}/", lambda page: f"{page}/")
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def table(site: Site, locale: str = "en") -> list[list[str]]:
    text = tasks_csv(*playbook(site), locale, lambda task: f"t/{task}/")
    return list(csv.reader(io.StringIO(text, newline="")))


def renamed(site: Site, name: str) -> Playbook:
    """The same playbook with another name for every task, however no page could write it."""
    pages = {}
    for page_id, page in site.pages["en"].items():
        tables = tuple(
            each._replace(
                tasks=tuple(t._replace(name=t.name._replace(text=name)) for t in each.tasks)
            )
            for each in page.task_tables
        )
        pages[page_id] = replace(page, task_tables=tables)
    return replace(site.playbook, pages={"en": pages})


def test_json_tells_each_task_once_with_all_rows_that_state_it() -> None:
    found = data(written())
    assert [task["id"] for task in found["tasks"]] == ["983", "1001"]
    task = found["tasks"][1]
    assert task["address"] == "t/1001/"
    assert task["requirements"] == ["mandatory", "optional"]
    assert task["contradictions"] == ["requirement", "services"]
    rows = [(row["page"], row["step"], row["address"], row["phases"]) for row in task["rows"]]
    assert rows == [
        ("page", "First step", "page/#task-1001", ["assess"]),
        ("q", None, "q/#task-1001", ["enable"]),
    ]


def test_json_names_terms_in_the_readers_language_and_unknown_ones_as_written() -> None:
    found = data(written(), "de")
    assert found["names"]["phases"]["assess"] == "Analyse"
    assert found["tasks"][0]["roles"] == [{"key": None, "name": "Juggler"}]
    assert found["tasks"][0]["language"] == "en"


def test_a_version_is_the_same_in_all_languages() -> None:
    site = written()
    versions = [task["version"] for task in data(site)["tasks"]]
    site.add("# P\n" + HEAD + "| 1001 | anders | E | FM | Alle Dienste |\n", "de")
    there = {task["id"]: task["version"] for task in data(site, "de")["tasks"]}
    assert there["1001"] == versions[1]


def test_csv_has_one_row_a_task() -> None:
    assert table(written(), "de") == [
        list(COLUMNS),
        ["983", "b", "Optional", "Analyse", "Juggler", "Exchange", "t/983/"],
        [
            "1001",
            "a",
            "Erforderlich, Optional",
            "Analyse, Aktivierung",
            "FastTrack Manager",
            "Alle Dienste, Exchange",
            "t/1001/",
        ],
    ]


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@\"',;\r\n\t\0")))
def test_csv_survives_any_name_and_none_of_it_is_a_formula(name: str) -> None:
    site = unchanged()
    text = tasks_csv(renamed(site, name), site.contract, "en", lambda task: task)
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 3
    wanted = name.replace("\0", "").replace("'", "")
    assert {row[1].replace("'", "") for row in rows[1:]} == {wanted}
    for row in rows:
        assert not any(cell.lstrip(" ").startswith(FORMULAS) for cell in row)


@given(st.text(st.characters(codec="utf-8")))
def test_json_survives_any_name(name: str) -> None:
    site = unchanged()
    text = tasks_json(renamed(site, name), site.contract, "en", str, str)
    assert {task["name"] for task in json.loads(text)["tasks"]} == {name}


@pytest.mark.parametrize("between", [";", "; ", "\t", "\n", ';"'])
@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@x", "\uff1d1"])
def test_nor_is_any_for_a_spreadsheet_with_other_separators(between: str, formula: str) -> None:
    assert as_cell(f"a{between}{formula}") == f"a{between}'{formula}"


def test_ordinary_names_stay_as_they_are() -> None:
    assert as_cell("Plan; then do\n- one") == "Plan; then do\n- one"
    assert as_cell("Exchange: plan A-B = C") == "Exchange: plan A-B = C"
