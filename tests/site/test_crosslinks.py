"""Pages, tasks and terms that lead to each other on a built site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.sites import Built, Site

HEAD = """
| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
"""
KOPF = """
| Aufgaben-ID | Name der Aufgabe | (E) Erforderlich (O) Optional | FastTrack-Rolle | Dienste |
|---|---|---|---|---|
"""
PAGES = {
    "docs/en/index.md": "# Home\n\n[First](assess-one.md) [Task](tasks/4021.md)\n",
    "docs/de/index.md": "# Start\n\n[Erster](assess-one.md)\n",
    "docs/en/assess-one.md": (
        "# First\n\nPhase: **Assess**\n\n[Second](assess-two.md#overview) [This](assess-one.md)\n"
        + HEAD
        + "| 4021 | Plan <it> | M | FM | Exchange |\n"
    ),
    "docs/de/assess-one.md": (
        "# Erster\n\nPhase: **Analyse**\n\nSiehe Aufgabe 4022.\n\n"
        + KOPF
        + "| 4021 | Planen | E | FM | Exchange |\n"
    ),
    "docs/en/assess-two.md": (
        "# Second\n\nPhase: **Assess**\n\nAfter task 4021, the [first](assess-one.md) again:"
        " [one](assess-one.md).\n" + HEAD + "| 4022 | Do it | O | FM | |\n"
    ),
    "docs/en/guide.md": "# Guide\n\n[!INCLUDE [x](includes/part.md)]\n",
    "docs/en/includes/part.md": "[Two](../assess-two.md)\n",
}


@pytest.fixture(scope="module")
def crossed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("crossed")).write(PAGES)
    return site.navigation("index", "assess-one", "assess-two", "guide").build()


def naming(built: Built, url: str) -> list[tuple[str, str | None]]:
    selector = "[aria-labelledby=named-in] li a"
    return list(
        zip(built.texts(url, selector), built.attributes(url, selector, "href"), strict=True)
    )


def test_a_page_names_the_pages_that_link_to_it_once(crossed: Built) -> None:
    assert naming(crossed, "assess-one/") == [("Second", "../assess-two/"), ("Home", "../")]
    assert naming(crossed, "assess-two/") == [("First", "../assess-one/"), ("Guide", "../guide/")]


def test_readers_of_a_language_get_the_links_of_the_pages_that_they_see(crossed: Built) -> None:
    assert naming(crossed, "de/assess-one/") == [("Second", "../assess-two/"), ("Start", "../")]
    foreign = "[aria-labelledby=named-in] li a[lang=en]"
    assert crossed.texts("de/assess-one/", foreign) == ["Second"]


def test_the_home_page_and_pages_that_are_made_have_no_such_list(crossed: Built) -> None:
    for url in ("", "roles/fasttrack-manager/", "tasks/4021/"):
        assert naming(crossed, url) == []


def test_a_task_is_cited_by_sentences_and_by_links(crossed: Built) -> None:
    cited = "[aria-labelledby=task-cited] li a"
    assert crossed.texts("tasks/4021/", cited) == ["Second", "Home"]
    assert crossed.attributes("de/assess-one/", "article p a", "href")[-1] == "../tasks/4022/"


def test_the_way_to_a_page_begins_at_home(crossed: Built) -> None:
    def way(url: str) -> list[tuple[str, str | None]]:
        names = crossed.texts(url, ".lf-trail a")
        return list(zip(names, crossed.attributes(url, ".lf-trail a", "href"), strict=True))

    assert way("") == []
    assert way("guide/") == [("Home", "../")]
    assert way("assess-one/") == [("Home", "../"), ("Assess", "../phases/assess/")]
    assert way("phases/assess/") == [("Home", "../../"), ("Phases", "../")]
    assert way("tasks/4021/") == [("Home", "../../"), ("Tasks", "../")]
    assert way("de/tasks/4021/") == [("Start", "../../"), ("Aufgaben", "../")]
    assert way("de/assess-two/") == [("Start", "../"), ("Analyse", "../phases/assess/")]


def test_processes_lead_to_each_other_and_to_the_next_phase(crossed: Built) -> None:
    assert crossed.attributes("assess-one/", ".lf-neighbour", "href") == ["../assess-two/"]
    assert crossed.attributes("assess-two/", ".lf-neighbour", "href") == [
        "../assess-one/",
        "../phases/remediate/",
    ]
    assert crossed.attributes("de/assess-one/", ".lf-neighbour__name", "lang") == ["en"]


def test_a_tasks_heading_says_which_language_its_name_is_in(crossed: Built) -> None:
    assert crossed.text("de/tasks/4022/", "h1").startswith("4022: Do it")
    assert crossed.attributes("de/tasks/4022/", "h1 span", "lang") == ["en"]
    assert crossed.texts("de/tasks/4021/", "h1 span") == []


def test_a_task_leads_to_itself_in_the_other_language(crossed: Built) -> None:
    other = "[aria-labelledby=task-others] a"
    assert crossed.attributes("tasks/4021/", other, "href") == ["../../de/tasks/4021/"]
    assert crossed.attributes("de/tasks/4021/", other, "href") == ["../../../tasks/4021/"]


def test_a_page_that_the_site_makes_stays_what_it_is_whatever_a_plugin_does(
    tmp_path: Path,
) -> None:
    hook = "def on_page_markdown(markdown, **_):\n    return f'{markdown}\\nMore.\\n'\n"
    site = Site(tmp_path).write({**PAGES, "hook.py": hook})
    built = site.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:").build()
    assert built.exit_code == 0, built.log
    assert built.texts("tasks/4021/", "h1") == ["4021: Plan¶"]
    assert built.texts("tasks/", "tbody th a") == ["4021", "4022"]
