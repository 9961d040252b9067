"""The checklist: all tasks by phase and process, complete without a script."""

from __future__ import annotations

from dataclasses import replace

from leitfaden.model.madeids import CHECKLIST
from tests.rendering.support import Dom, Site, small_contract, words
from tests.rendering.test_views_finder import HEAD, HOSTILE, STRAIGHT

MANAGER = "| {} | {} | M | FM | Exchange |\n"


def shown(site: Site, locale: str = "en") -> Dom:
    page = site.add("# Checklist\n", locale, CHECKLIST)
    page = replace(page, kind="checklist", view="checklist")
    site.pages[locale][CHECKLIST] = page
    return Dom(site.render(page, url_of=lambda page_id: f"../{page_id}/").html)


def process(site: Site, page_id: str, phase: str, *rows: str, locale: str = "en") -> None:
    label = f"Phase: **{phase}**\n" if phase else ""
    text = f"# {page_id}\n\n{label}" + HEAD + "".join(rows)
    site.add(text, locale, page_id)


def test_tasks_stand_in_the_order_of_phases_then_of_the_navigation_then_of_the_page() -> None:
    site = Site(small_contract())
    process(site, "process-0", "Assess", MANAGER.format(1005, "e"))
    process(site, "process-a", "Assess", MANAGER.format(1009, "b"), MANAGER.format(1003, "a"))
    process(site, "process-b", "Enable", MANAGER.format(1001, "c"))
    process(site, "process-c", "", MANAGER.format(1002, "d"))
    page = shown(site)
    stages = page.all("[data-lf-stage]")
    assert [stage.attributes["data-lf-stage"] for stage in stages] == ["assess", "enable", ""]
    assert page.texts("[data-lf-process] h3") == [
        "process-a",
        "process-0",
        "process-b",
        "process-c",
    ]
    assert page.texts(".lf-item__id") == ["1009", "1003", "1005", "1001", "1002"]


def test_a_task_stands_wherever_a_page_states_it_once_a_page() -> None:
    site = Site()
    process(site, "process-a", "Assess", MANAGER.format(1007, "a"), MANAGER.format(1007, "a"))
    process(site, "process-b", "Assess / Enable", MANAGER.format(1007, "a"))
    assert shown(site).texts(".lf-item__id") == ["1007"] * 3


def test_the_version_of_a_task_is_the_same_in_all_languages() -> None:
    site = Site()
    process(site, "process-a", "Assess", MANAGER.format(1007, "a name"))
    german = "| 1007 | ein Name | E | FM | Exchange |\n"
    process(site, "process-a", "Analyse", german, locale="de")
    english, translated = shown(site), shown(site, "de")
    assert words(translated.one(".lf-item__name")) == "ein Name"
    versions = english.values(".lf-item", "data-version")
    assert versions == translated.values(".lf-item", "data-version")
    process(site, "process-a", "Assess", MANAGER.format(1007, "another name"))
    assert shown(site, "de").values(".lf-item", "data-version") != versions


def test_without_a_script_there_is_a_list_with_boxes_and_a_sentence_that_says_why() -> None:
    site = Site()
    process(site, "process-a", "Assess", MANAGER.format(1007, "a"))
    page = shown(site)
    assert "JavaScript" in words(page.one("[data-lf-plain]"))
    assert "hidden" in page.one("[data-lf-live]").attributes
    assert len(page.all(".lf-item__box")) == 1
    assert not page.all(".lf-item input")


def test_the_names_of_pages_and_tasks_say_their_language() -> None:
    site = Site()
    process(site, "process-a", "Assess", MANAGER.format(1007, "Only here"))
    page = shown(site, "de")
    assert page.one("[data-lf-process] h3 a").attributes["lang"] == "en"
    assert page.one(".lf-item__name").attributes["lang"] == "en"
    assert words(page.one("[data-lf-stage] h2")) == "1 Analyse"


def test_hostile_names_stay_text() -> None:
    site = Site()
    process(site, "process-a", "Assess", MANAGER.format(1007, f"`{HOSTILE}`"))
    page = shown(site)
    assert words(page.one(".lf-item__name")) == STRAIGHT
    assert len(page.all("script")) == 1
