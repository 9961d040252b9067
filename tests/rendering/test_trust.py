"""What tells readers whether they can rely on a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from leitfaden.model import Page
from leitfaden.model.parity import Parity, Stale, State
from leitfaden.rendering import Knowledge, RenderContext
from tests.rendering.support import Dom, Site, words

SUMMARY = """
## Refresh Summary

| Date | Who Changed | What Changed |
|---|---|---|
"""
STEPS = """
## Approach

### First

Primary Role: **FastTrack Engineer**

### Second

Primary Role: **FastTrack Manager / FastTrack Engineer**

### Third

Primary Role: **FastTrack Manager**

### Fourth

Primary Role: **FastTrack Manager**
"""
TASKS = """
| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
| 1001 | a | M | FM | |
"""


@pytest.fixture
def site() -> Site:
    return Site()


def dated(*days: str) -> str:
    return SUMMARY + "".join(f"| {day} | Jane Doe | a |\n" for day in days)


def on(**days: str) -> Callable[[Page], dt.date | None]:
    """A history: the day of each locale's pages."""
    return lambda page: dt.date.fromisoformat(days[page.locale]) if page.locale in days else None


def shown(
    site: Site, page: Page, locale: str | None = None, knowledge: Knowledge | None = None
) -> Dom:
    context = RenderContext(
        locale or page.locale,
        site.playbook,
        lambda link: None,
        lambda page_id: f"../{page_id}/",
        knowledge=knowledge or Knowledge(),
        url_in=lambda page_id, other: f"../../{other}/{page_id}/",
    )
    return Dom(site.renderer.render(page, context).html)


def trust(
    site: Site, page: Page, locale: str | None = None, knowledge: Knowledge | None = None
) -> str:
    return " ".join(shown(site, page, locale, knowledge).texts(".lf-trust"))


def test_a_page_shows_its_newest_change_as_the_locale_writes_days(site: Site) -> None:
    page = site.add("# P\n" + dated("04/03/2020", "05/01/2020", "13/99/2021"))
    assert trust(site, page) == "Last changed 05/01/2020"
    assert shown(site, page).values(".lf-trust time", "datetime") == ["2020-05-01"]
    page = site.add("# P\n" + dated("04/03/2020"), "de")
    assert "03.04.2020" in trust(site, page)


def test_the_date_stands_right_below_the_title(site: Site) -> None:
    page = shown(site, site.add("# P\n\nText.\n" + dated("04/03/2020")))
    title = page.one("h1")
    assert title.next is not None
    assert title.parent is not None
    names = [node.attributes.get("class") or node.tag for node in title.parent.iter()]
    assert names.index("lf-trust") == names.index("h1") + 1


def test_a_page_that_says_nothing_shows_what_its_history_tells(site: Site) -> None:
    page = site.add("---\nms.date: 01/01/2019\n---\n\n# P\n")
    assert trust(site, page, knowledge=Knowledge(changed_on=on(en="2020-05-06"))) == (
        "Last changed 05/06/2020"
    )


def test_what_a_page_says_counts_before_its_history(site: Site) -> None:
    page = site.add("# P\n" + dated("04/03/2020"))
    knowledge = Knowledge(changed_on=on(en="2021-05-06"))
    assert trust(site, page, knowledge=knowledge) == "Last changed 04/03/2020"


def test_a_date_in_the_metadata_alone_is_not_believed(site: Site) -> None:
    assert trust(site, site.add("---\nms.date: 01/01/2019\n---\n\n# P\n")) == ""


def test_a_page_shows_the_role_that_it_names_for_itself(site: Site) -> None:
    page = site.add("# P\n\nPrimary Role: **FM**\n" + STEPS)
    dom = shown(site, page)
    assert trust(site, page) == "Owner FastTrack Manager"
    assert dom.values(".lf-trust a", "href") == ["../roles/fasttrack-manager/"]


def test_else_the_role_that_most_of_its_steps_name(site: Site) -> None:
    assert trust(site, site.add("# P\n" + STEPS)) == "Owner FastTrack Manager"


def test_no_person_is_an_owner(site: Site) -> None:
    page = site.add("---\nauthor: Jane Doe\n---\n\n# P\n\nPrimary Role: **Jane Doe**\n")
    assert trust(site, page) == ""


def test_an_unknown_role_is_no_owner_but_the_steps_are_asked(site: Site) -> None:
    page = site.add("# P\n\nPrimary Role: **Jane Doe**\n" + STEPS)
    assert trust(site, page) == "Owner FastTrack Manager"


def test_a_translation_older_than_its_original_may_be_behind(site: Site) -> None:
    site.add("# P\n" + dated("05/01/2020"))
    page = site.add("# P\n" + dated("04/03/2020"), "de")
    assert "möglicherweise nicht auf dem Stand des Originals" in trust(site, page)
    dom = shown(site, page)
    assert dom.values(".lf-trust time", "datetime") == ["2020-04-03", "2020-05-01"]
    assert "01.05.2020" in dom.text
    link = dom.one(".lf-trust a")
    assert link.attributes["href"] == "../../en/page/"
    assert link.attributes["hreflang"] == "en"


@pytest.mark.parametrize("day", ["05/01/2020", "06/01/2020"])
def test_of_a_translation_as_new_as_its_original_nothing_is_claimed(site: Site, day: str) -> None:
    site.add("# P\n" + dated("05/01/2020"))
    page = site.add("# P\n" + dated(day), "de")
    assert trust(site, page) == f"Zuletzt geändert {day[3:5]}.{day[:2]}.2020"


def test_two_histories_are_compared_but_not_a_history_with_a_summary(site: Site) -> None:
    site.add("# P\n" + dated("05/01/2020"))
    page = site.add("# P\n", "de")
    early = Knowledge(changed_on=on(de="2020-04-01"))
    assert "Originals" not in trust(site, page, knowledge=early)
    both = Knowledge(changed_on=on(de="2020-04-01", en="2020-04-02"))
    assert "Originals" in trust(site, page, knowledge=both)


def test_translation_data_count_more_than_days(site: Site) -> None:
    site.add("# P\n" + dated("05/01/2020"))
    page = site.add("# P\n" + dated("04/03/2020"), "de")
    current = Knowledge(parity=lambda _: Parity(State.CURRENT))
    assert trust(site, page, knowledge=current).endswith("auf dem Stand des Originals")
    assert "möglicherweise" not in trust(site, page, knowledge=current)


def test_the_parts_that_are_behind_can_be_reached(site: Site) -> None:
    site.add("# P\n")
    page = site.add("# P\n", "de")
    parts = (Stale("Übersicht", "overview"), Stale("<b>", "task-1001"))
    behind = Knowledge(parity=lambda _: Parity(State.BEHIND, parts))
    dom = shown(site, page, knowledge=behind)
    assert dom.values(".lf-trust a", "href") == ["#overview", "#task-1001", "../../en/page/"]
    assert "(2): Übersicht, <b>" in dom.text


def test_around_a_page_without_translation_it_speaks_the_readers_language(site: Site) -> None:
    page = site.add("# P\n\nPrimary Role: **FM**\n" + dated("04/03/2020"))
    line = shown(site, page, "de").one(".lf-trust")
    assert words(line) == "Zuletzt geändert 03.04.2020 Verantwortlich FastTrack Manager"
    assert line.attributes["lang"] == "de"


def test_search_does_not_find_it(site: Site) -> None:
    page = site.add("# P\n" + dated("04/03/2020"))
    assert "data-search-exclude" in shown(site, page).one(".lf-trust").attributes


def test_a_task_was_changed_when_a_page_that_states_it_was(site: Site) -> None:
    site.add("# P\n\nPrimary Role: **FM**\n" + TASKS + dated("04/03/2020"), page_id="process-a")
    site.add("# Q\n" + TASKS + dated("05/01/2020"), page_id="process-b")
    task = replace(
        site.add("# 1001: a\n", page_id="tasks/1001"), kind="task", view="task", subject="1001"
    )
    assert trust(site, task) == "Last changed 05/01/2020 Owner FastTrack Manager"


def test_a_task_of_a_page_that_may_be_behind_says_so(site: Site) -> None:
    site.add("# P\n" + TASKS + dated("05/01/2020"), page_id="process-a")
    site.add("# P\n" + TASKS + dated("04/03/2020"), "de", "process-a")
    task = replace(
        site.add("# 1001: a\n", "de", "tasks/1001"), kind="task", view="task", subject="1001"
    )
    dom = shown(site, task)
    assert dom.values(".lf-trust a", "href") == ["../../en/process-a/"]


def test_a_page_that_the_site_makes_claims_nothing(site: Site) -> None:
    page = replace(site.add("# Roles\n", page_id="roles/index"), kind="terms", view="terms")
    knowledge = Knowledge(changed_on=on(en="2020-05-06"))
    assert trust(site, page, knowledge=knowledge) == ""
