"""The task finder: all tasks as a table that a script need not fill."""

from __future__ import annotations

import json
from dataclasses import replace

from leitfaden.contract import Term
from leitfaden.contract.vocabulary import Vocabulary
from leitfaden.model import Page
from leitfaden.model.madeids import FINDER
from tests.rendering.support import Dom, Site, small_contract, words

HEAD = """
| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
"""
HOSTILE = "</script><script>alert(1)</script> \"'> =1+1 & ]]> \u202eevil"
STRAIGHT = HOSTILE.replace("\u202e", "")  # as a name is read: nothing turns the direction


def finder(site: Site, locale: str = "en") -> Page:
    page = site.add("# Tasks\n", locale, FINDER)
    page = replace(page, kind="finder", view="finder")
    site.pages[locale][FINDER] = page
    return page


def shown(site: Site, locale: str = "en") -> Dom:
    return Dom(site.render(finder(site, locale), url_of=lambda page_id: f"../{page_id}/").html)


def with_tasks(*rows: str, page: str = "# P\n\nPhase: **Assess**\n") -> Site:
    site = Site()
    site.add(page + HEAD + "\n".join(rows) + "\n", page_id="process-a")
    return site


def test_every_task_is_a_row_that_leads_to_its_page_the_smaller_numbers_first() -> None:
    page = shown(
        with_tasks("| 2001 | b | O | FM | Exchange |", "| 983 | a | M | FM | All Services |")
    )
    assert page.texts("tbody th") == ["983", "2001"]
    assert page.values("tbody th a", "href") == ["../tasks/983/", "../tasks/2001/"]
    assert words(page.all("tbody tr")[0]) == "983aMandatoryAssessFastTrack ManagerAll Services"


def test_a_task_that_two_pages_state_is_one_row_with_what_each_of_them_says() -> None:
    site = with_tasks("| 1001 | a | M | FM | Exchange |")
    site.add(
        "# Q\n\nPhase: **Enable**\n" + HEAD + "| 1001 | a | O | FM | Classroom/SDS |\n",
        page_id="process-b",
    )
    page = shown(site)
    assert page.values("tbody tr", "data-at") == [
        "assess;fasttrack-manager;exchange;mandatory|enable;fasttrack-manager;classroom;optional"
    ]


def test_rows_that_say_the_same_are_said_once() -> None:
    row = "| 1001 | a | M | FM | Exchange |"
    page = shown(with_tasks(row, row))
    assert page.values("tr[data-at]", "data-at") == ["assess;fasttrack-manager;exchange;mandatory"]


def test_only_what_some_row_says_can_be_chosen() -> None:
    page = shown(with_tasks("| 1001 | a | M | FM | All Services |"))
    assert page.values("input[type=checkbox]", "value") == [
        "assess",
        "fasttrack-manager",
        "all",
        "mandatory",
    ]
    assert page.values("[data-covers-all]", "value") == ["all"]


def test_the_filters_wait_for_the_script() -> None:
    page = shown(with_tasks("| 1001 | a | M | FM | Exchange |"))
    assert "hidden" in page.one("form").attributes
    assert "hidden" in page.one("[data-lf-actions]").attributes


def test_the_table_speaks_the_readers_language_and_marks_names_in_another() -> None:
    site = with_tasks("| 1001 | Only here | M | FM | All Services |")
    page = shown(site, "de")
    cells = page.all("tbody td")
    assert words(cells[0]) == "Only here"
    assert cells[0].attributes["lang"] == "en"
    assert words(cells[1]) == "Erforderlich"
    assert words(cells[4]) == "Alle Dienste"


def test_what_the_contract_does_not_know_is_shown_as_written_and_cannot_be_chosen() -> None:
    page = shown(with_tasks("| 1001 | a | M | Juggler | Exchange |"))
    assert "Juggler" in page.one("tbody").text()
    assert not page.all("[data-facet=role]")


def test_hostile_names_stay_text() -> None:
    page = shown(with_tasks(f"| 1001 | `{HOSTILE}` | M | FM | Exchange |"))
    assert words(page.all("tbody td")[0]) == STRAIGHT
    scripts = page.all("script")
    assert [script.attributes["type"] for script in scripts] == ["application/json"]
    assert json.loads(scripts[0].text())["count"]


def test_a_playbook_without_terms_has_a_finder_without_filters() -> None:
    empty = Vocabulary[Term]()
    site = Site(replace(small_contract(), phases=empty, roles=empty, services=empty))
    site.add("# P\n" + HEAD + "| 1001 | a | X | x | y |\n", page_id="process-a")
    page = shown(site)
    assert page.texts("tbody th") == ["1001"]
    assert not page.all("fieldset")
