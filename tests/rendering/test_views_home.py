"""The home page: the ways into the playbook."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.rendering.support import Dom, Site, words

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
    site.add("# Home\n", page_id="index")
    site.add("# Process A\n\nPhase: **Assess**\n" + TASKS, page_id="process-a")
    site.add("# Words\n", page_id="glossary")
    site.add("# Startseite\n", "de", "index")
    return site


def home(site: Site, *there: str, locale: str = "en") -> Dom:
    def url_of(page_id: str) -> str | None:
        return f"{page_id}/" if page_id in there else None

    return Dom(site.render(site.pages[locale]["index"], url_of=url_of).html)


def test_only_what_the_playbook_has_is_offered(site: Site) -> None:
    assert home(site).all(".lf-entrance") == []
    found = home(site, "tasks/index", "map", "roles/index")
    assert found.texts(".lf-entrance__name") == ["Tasks", "Process map", "Roles"]
    assert found.values(".lf-entrance__name", "href") == ["tasks/index/", "map/", "roles/index/"]
    assert all(found.texts(".lf-entrance__about"))


def test_the_glossary_is_called_as_its_page_and_says_its_language(site: Site) -> None:
    assert home(site, "glossary").texts(".lf-entrance__name") == ["Words"]
    there = home(site, "glossary", locale="de").one(".lf-entrance__name")
    assert (words(there), there.attributes["lang"]) == ("Words", "en")


def test_each_phase_leads_to_its_tasks_in_the_finder(site: Site) -> None:
    link = home(site, "tasks/index").one(".lf-directory__tasks a")
    assert words(link) == "Tasks: 2"
    assert link.attributes["aria-label"] == "Tasks in the phase Assess: 2"
    address = urlsplit(link.attributes["href"] or "")
    assert (address.path, parse_qs(address.query)) == ("tasks/index/", {"phase": ["assess"]})


def test_without_a_finder_no_phase_leads_to_tasks(site: Site) -> None:
    assert home(site, "map").all(".lf-directory__tasks") == []
