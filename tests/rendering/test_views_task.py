"""The page of a task: what rows say of it, where they stand, and who cites it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitfaden.model import Page, Playbook
from leitfaden.rendering import Knowledge, RenderContext
from tests.rendering.support import Dom, Site, words

HEAD = """
| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
"""
KOPF = """
| Aufgaben-ID | Name der Aufgabe | (E) Erforderlich (O) Optional | FastTrack-Rolle | Dienste |
|---|---|---|---|---|
"""
EN = "# Process A\n\nPhase: **Assess**\n\n## Approach\n\n### First step\n\n" + HEAD


@pytest.fixture
def site() -> Site:
    site = Site()
    rows = "| 4021 | Plan it | M | FM | Exchange |\n| 4022 | Do it | O | | |\n"
    site.add(EN + rows, page_id="process-a")
    site.add("# Guide\n" + HEAD + "| 4021 | Plan it | M | FM | |\n", page_id="an-approach")
    site.add("# Cites\n\nClose task 4021 first.\n", page_id="cites")
    german = (
        "# Prozess A\n\nPhase: **Analyse**\n" + KOPF + "| 4021 | Planen | E | FM | Exchange |\n"
    )
    site.add(german, "de", "process-a")
    return site


def task_page(site: Site, task_id: str, locale: str = "en", naming: tuple[Page, ...] = ()) -> Dom:
    """The page that the site makes of a task."""
    page = site.add(f"# {task_id}\n", locale, f"tasks/{task_id}")
    page = replace(page, kind="task", view="task", subject=task_id)
    del site.pages[locale][page.id]
    return Dom(site.renderer.render(page, context(site.playbook, locale, naming)).html)


def context(playbook: Playbook, locale: str, naming: tuple[Page, ...] = ()) -> RenderContext:
    return RenderContext(
        locale,
        playbook,
        lambda link: None,
        lambda page_id: f"../{page_id}/",
        knowledge=Knowledge(naming=lambda key: naming),
        url_in=lambda page_id, other: f"/{other}/{page_id}/",
    )


def part(page: Dom, name: str) -> list[tuple[str, str | None]]:
    """The links below a heading of the page."""
    links = page.all(f"[aria-labelledby={name}] a")
    return [(words(link), link.attributes.get("href")) for link in links]


def test_a_task_tells_what_it_is(site: Site) -> None:
    page = task_page(site, "4021")
    facts = words(page.one(".lf-task .lf-facts"))
    assert "Mandatory" in facts
    chips = [
        (words(link), link.attributes["href"]) for link in page.all(".lf-task .lf-facts .lf-chip a")
    ]
    assert chips == [
        ("FastTrack Manager", "../roles/fasttrack-manager/"),
        ("Exchange", "../services/exchange/"),
        ("Assess", "../phases/assess/"),
    ]


def test_every_row_is_named_with_its_step_and_phase(site: Site) -> None:
    page = task_page(site, "4021")
    rows = [words(row) for row in page.all("[aria-labelledby=task-places] li")]
    assert rows == ["Guide", "Process A First step Assess"]
    assert ("Process A", "../process-a/#task-4021") in part(page, "task-places")


def test_the_first_process_owns_the_task(site: Site) -> None:
    owner = task_page(site, "4021").one(".lf-task__owner")
    assert words(owner) == "Described in: Process A Step: First step"


def test_names_in_other_languages_lead_to_the_page_in_them(site: Site) -> None:
    page = task_page(site, "4021")
    assert part(page, "task-others") == [("Planen", "/de/tasks/4021/")]
    other = page.one("[aria-labelledby=task-others] dd a")
    assert other.attributes["lang"] == "de"
    assert page.one("[aria-labelledby=task-others] dt").attributes["lang"] == "de"


def test_pages_that_cite_it_are_named_once(site: Site) -> None:
    cites = site.pages["en"]["cites"]
    page = task_page(site, "4021", naming=(cites, site.pages["en"]["an-approach"]))
    assert part(page, "task-cited") == [("Cites", "../cites/"), ("Guide", "../an-approach/")]
    assert part(task_page(site, "4022"), "task-cited") == []


def test_the_neighbours_go_by_number(site: Site) -> None:
    site.add("# B\n" + HEAD + "| 983 | Small | M | | |\n", page_id="process-b")
    page = task_page(site, "4021")
    assert page.values(".lf-neighbour", "href") == ["../tasks/983/", "../tasks/4022/"]
    assert page.values(".lf-neighbour", "rel") == ["prev", "next"]
    assert task_page(site, "983").values(".lf-neighbour", "rel") == ["next"]


def test_what_pages_disagree_on_is_told_in_words(site: Site) -> None:
    rows = "| 4021 | Plan that | O | FastTrack Engineer | Exchange |\n"
    site.add("# Process B\n" + HEAD + rows, page_id="process-b")
    found = [words(node) for node in task_page(site, "4021").all(".lf-conflict")]
    assert found == [
        "Pages call this task by different names"
        " Plan it stands in: Guide, Process A Plan that stands in: Process B",
        "Pages state different requirements"
        " Mandatory stands in: Guide, Process A Optional stands in: Process B",
        "Pages name different roles"
        " FastTrack Manager stands in: Guide, Process A"
        " FastTrack Engineer stands in: Process B",
    ]


def test_rows_that_agree_are_no_conflict(site: Site) -> None:
    assert task_page(site, "4021").all(".lf-conflict") == []


def test_a_task_without_translation_says_its_language(site: Site) -> None:
    site.add("# New\n" + HEAD + "| 4030 | Go | M | | |\n", page_id="new")
    page = task_page(site, "4030", "de")
    assert "(English)" in words(page.one(".lf-task__foreign"))
    assert page.all("[aria-labelledby=task-others]") == []
    neighbours = page.all(".lf-neighbour__name")
    assert [(words(n), n.attributes.get("lang")) for n in neighbours] == [("Planen", None)]
    assert page.values("[aria-labelledby=task-places] a", "lang") == ["en"]


def test_a_translated_task_says_nothing_about_languages(site: Site) -> None:
    assert task_page(site, "4021", "de").all(".lf-task__foreign") == []


def test_hostile_texts_stay_texts() -> None:
    site = Site()
    name = "\\<script>alert(1)\\</script> \"'&amp; {{ x }}"
    row = f"| 4021 | {name} | M | \\<b> | ]]> |\n"
    site.add("# \\<i>x\n\n## Approach\n\n### \\<u>step\n" + HEAD + row, page_id="process-a")
    row = "| 4021 | other | M | \\<b> | ]]> |\n| 4022 | x | M | | |\n"
    site.add("# B\n" + HEAD + row, page_id="process-b")
    for task_id in ("4021", "4022"):
        page = task_page(site, task_id)
        assert page.all("script, .lf-task i, .lf-task b, .lf-task u") == []
    assert "<script>alert(1)</script>" in page.text


def test_the_readers_language_names_a_task_even_if_another_row_comes_first(site: Site) -> None:
    assert "an-approach" not in site.pages["de"]
    assert part(task_page(site, "4021"), "task-others")[0][0] == "Planen"


def test_a_task_that_a_translation_lacks_leads_to_the_other_languages(site: Site) -> None:
    page = task_page(site, "4022", "de")
    assert page.texts(".lf-empty") == ["Auf Deutsch enthält noch keine Seite diese Aufgabe."]
    assert part(page, "task-others") == [("Do it", "/en/tasks/4022/")]


def test_a_task_that_is_gone_leaves_its_heading(site: Site) -> None:
    assert task_page(site, "9999").texts("h1") == ["9999"]
