"""Views: what the playbook knows besides a page's own text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitfaden.contract.vocabulary import Vocabulary
from tests.rendering.support import Dom, Site, small_contract, words

TASKS = """
| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
| 1001 | a | M | FM | |
| 1001 | a | M | FM | |
| 1002 | b | O | FM | |
"""


@pytest.fixture
def site() -> Site:
    site = Site()
    site.add("# Home\n\nWelcome.\n", page_id="index")
    site.add("# Assess & plan\n\nPhase: **Assess**\n\nAbout.\n", page_id="phase-assess")
    site.add("# Process A\n\nPhase: **Assess**\n\nAll of A.\n" + TASKS, page_id="process-a")
    site.add("# Process B\n\nPhase: **Assess / Enable**\n\nAll of B.\n", page_id="process-b")
    site.add("# Prozess A\n\nPhase: **Analyse**\n\nAlles zu A.\n", "de", "process-a")
    site.add("# Analyse\n\nPhase: **Analyse**\n\nText.\n", "de", "phase-assess")
    site.add("# Glossary\n\nWords.\n", page_id="glossary")
    site.add("# Glossar\n\nWörter.\n", "de", page_id="glossary")
    return site


def shown(site: Site, page_id: str, locale: str = "en", reader: str | None = None) -> Dom:
    page = site.pages[locale][page_id]
    return Dom(site.render(page, reader, url_of=lambda other: f"../{other}/").html)


def test_the_home_page_shows_the_phases_in_their_order(site: Site) -> None:
    page = shown(site, "index")
    nav = page.one("nav.lf-path")
    assert words(nav).index("Assess") < words(nav).index("Enable")
    assert "Multiple" not in words(nav)
    assert "Welcome." in page.text
    assert page.texts("h1") == ["Home"]


def test_a_phase_leads_to_its_own_page_if_it_has_one(site: Site) -> None:
    page = shown(site, "index")
    assert "../phase-assess/" in page.values("nav a", "href")
    assert "../phase-enable/" not in page.values("a", "href")


def test_a_phase_page_lists_its_processes(site: Site) -> None:
    page = shown(site, "phase-assess")
    section = page.one("[aria-labelledby=processes]")
    assert [link.attributes["href"] for link in section.css("a")] == [
        "../process-a/",
        "../process-b/",
    ]
    text = words(section)
    assert "Process A" in text
    assert "All of A." in text
    assert page.ids.count("processes") == 1
    assert page.texts("h1") == ["Assess & plan"]


def test_tasks_are_counted_once(site: Site) -> None:
    section = words(shown(site, "phase-assess").one("[aria-labelledby=processes]"))
    assert "Mandatory" in section
    assert "2" not in section


def test_what_is_not_translated_says_its_language(site: Site) -> None:
    section = shown(site, "phase-assess", "de").one("[aria-labelledby=processes]")
    links = section.css("a")
    assert [words(link) for link in links] == ["Prozess A", "Process B"]
    assert [link.attributes.get("lang") for link in links] == [None, "en"]


def test_a_page_shown_in_place_of_its_translation_is_surrounded_by_the_readers_words(
    site: Site,
) -> None:
    page = shown(site, "index", "en", reader="de")
    assert "Analyse" in words(page.one("nav.lf-path"))
    assert page.texts("h1") == ["Home"]


def test_the_glossary_lists_the_contracts_words(site: Site) -> None:
    page = shown(site, "glossary")
    assert "A partner who is <ready>." in page.texts("dd")
    terms = [f"term-{key}" for key in site.contract.glossary]
    assert sorted(page.ids) == sorted(["glossary", *terms])
    assert "Ein Partner mit Nachweis." in shown(site, "glossary", "de").texts("dd")


def test_ids_of_a_view_can_be_linked_to(site: Site) -> None:
    glossary = site.render(site.pages["en"]["glossary"])
    assert glossary.anchors >= {"glossary", "term-frp"}
    assert "processes" in site.render(site.pages["en"]["phase-assess"]).anchors


def test_a_page_cannot_take_an_id_of_its_view(site: Site) -> None:
    site.add(
        "# T\n\n## Term FRP\n\n<a id='term-frp'></a>\n\n## X {#term-frp}\n", page_id="glossary"
    )
    page = shown(site, "glossary")
    assert len(page.ids) == len(set(page.ids))


def test_a_playbook_without_phases_and_words() -> None:
    site = Site(replace(small_contract(), glossary=Vocabulary()))
    assert "Home" in Dom(site.render(site.add("# Home\n", page_id="index")).html).text
    assert "G" in Dom(site.render(site.add("# G\n", page_id="glossary")).html).text


def test_a_page_that_changed_is_counted_anew(site: Site) -> None:
    shown(site, "phase-assess")
    site.add("# Process Z\n\nPhase: **Assess**\n\nAll of Z.\n", page_id="process-a")
    assert "Process Z" in words(shown(site, "phase-assess").one("[aria-labelledby=processes]"))
