"""Sentences that cite tasks, and cells that hold the name of a page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.contract.settings import Citations
from leitfaden.rendering.words import Words
from tests.rendering.support import Dom, Site, small_contract

TASKS = """
| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
| 4021 | Plan "it" \\<now> | M | FM | |
| 4022 | b | O | FM | |
| 4030 | c | O | FM | |
"""


@pytest.fixture
def site() -> Site:
    site = Site()
    site.add("# Process\n" + TASKS, page_id="process-a")
    site.add("# Prozess\n" + TASKS.replace(" M ", " E "), "de", "process-a")
    return site


def links(site: Site, text: str, locale: str = "en") -> list[tuple[str, str | None]]:
    """The words and the addresses of the links in a page."""
    page = site.add(text, locale, "guide")
    found = Dom(site.render(page).html).all("a:not(.headerlink)")
    return [(node.text(deep=True), node.attributes.get("href")) for node in found]


def test_a_task_that_a_sentence_cites_is_linked(site: Site) -> None:
    assert links(site, "Close task 4021 first.") == [("task 4021", "tasks/4021/")]
    assert links(site, "Task ID: 4021.") == [("Task ID: 4021", "tasks/4021/")]
    assert links(site, "(task #4022)") == [("task #4022", "tasks/4022/")]
    assert links(site, "Schließen Sie Aufgabe 4021 ab.", "de") == [("Aufgabe 4021", "tasks/4021/")]


def test_each_of_several_tasks_is_linked(site: Site) -> None:
    expected = [(each, f"tasks/{each}/") for each in ("4021", "4022", "4030")]
    assert links(site, "See tasks 4021, 4022, and 4030.") == expected
    assert links(site, "Aufgaben 4021, 4022 und 4030 zuerst.", "de") == expected


def test_the_link_tells_what_the_task_is_called(site: Site) -> None:
    page = Dom(site.render(site.add("See task 4021.", page_id="guide")).html)
    assert page.one("a").attributes["title"] == 'Plan "it" <now>'


def test_a_task_that_there_is_not_is_no_link(site: Site) -> None:
    assert links(site, "See task 9999 and tasks 9998, 4022.") == [("4022", "tasks/4022/")]


@pytest.mark.parametrize(
    "text",
    [
        "# About task 4021",
        "Run `task 4021` now.",
        "    task 4021",
        "```\ntask 4021\n```",
        "multitask 4021",
        "task 4021a",
        "task4021",
        "Aufgabe 4021",
        "<code>task 4021</code>",
    ],
)
def test_what_is_no_citation_is_no_link(site: Site, text: str) -> None:
    assert links(site, text) == []


def test_a_link_of_the_writers_stays_the_only_one(site: Site) -> None:
    assert links(site, "[task 4021](https://a.example/)") == [("task 4021", "https://a.example/")]
    assert links(site, '<a href="https://a.example/">task 4021</a>') == [
        ("task 4021", "https://a.example/")
    ]


def test_a_playbook_that_names_no_words_has_no_citations() -> None:
    site = Site(replace(small_contract(), citations=Citations()))
    site.add("# Process\n" + TASKS, page_id="process-a")
    assert links(site, "See task 4021.") == []


def test_an_address_beside_a_citation_is_a_link_as_well(site: Site) -> None:
    assert links(site, "task 4021 at https://a.example/ or task 4022") == [
        ("task 4021", "tasks/4021/"),
        ("https://a.example/", "https://a.example/"),
        ("task 4022", "tasks/4022/"),
    ]


def test_a_cell_that_holds_the_name_of_a_page_leads_to_it(site: Site) -> None:
    site.add("# Blocked – App Compatibility\n", page_id="status-blocked")
    site.add("# Blockiert – App-Kompatibilität\n", "de", "status-blocked")
    table = "| Example | Status |\n|---|---|\n| x | {} |\n"
    for name in ("Blocked – App Compatibility", "**blocked - app compatibility**"):
        found = links(site, table.format(name))
        assert [href for _, href in found] == ["status-blocked/"]
    assert links(site, table.format("Blockiert – App-Kompatibilität"), "de") == [
        ("Blockiert – App-Kompatibilität", "status-blocked/")
    ]
    assert links(site, table.format("Not Blocked – App Compatibility")) == []
    assert links(site, "Blocked – App Compatibility") == []


def test_a_cell_of_a_table_that_markdown_refuses_leads_there_as_well(site: Site) -> None:
    site.add("# On hold\n", page_id="status-hold")
    table = "| Example | Status |\n|---|\n| x | On hold |\n"
    assert links(site, table) == [("On hold", "status-hold/")]


def test_a_name_that_two_pages_share_leads_nowhere(site: Site) -> None:
    site.add("# On hold\n", page_id="status-hold")
    site.add("# On hold\n", page_id="status-waiting")
    assert links(site, "| A |\n|---|\n| On hold |\n") == []


def test_a_page_does_not_lead_to_itself(site: Site) -> None:
    page = site.add("# On hold\n\n| A |\n|---|\n| On hold |\n", page_id="status-hold")
    assert Dom(site.render(page).html).all("td a") == []


def test_pages_of_other_kinds_are_not_meant(site: Site) -> None:
    assert links(site, "| A |\n|---|\n| Process |\n") == []


@given(st.text(alphabet="task IDs4021,;&#: und.-\n", max_size=80))
def test_any_text_is_read_in_its_order(text: str) -> None:
    found = list(Words(small_contract(), "en").find(text))
    ends = [0, *(one.end for one in found)]
    assert all(before <= one.start < one.end for before, one in zip(ends, found, strict=False))
    assert all(text[one.start : one.end].endswith(one.task) for one in found)


def test_a_hostile_text_is_read_through() -> None:
    words = Words(small_contract(), "en")
    for piece in ("task ", "task 1,", "task 1 ", "tasks 1, and ", "active ", "usage-"):
        assert all(one.task or one.term for one in words.find(piece * 20_000))
