"""The pages of roles, services, phases and motions, and the lists of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rendering.support import Dom, Site, words

HEAD = """
| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
"""
VIEWS = {"roles": "role", "services": "service", "motions": "motion", "phases": "phase"}


@pytest.fixture
def site() -> Site:
    site = Site()
    process = "# Enable\n\nPhase: **Enable**\n" + HEAD
    rows = "| 4022 | Do it | O | FM | Exchange |\n| 4021 | Plan it | M | FM | All Services |\n"
    site.add(process + rows, page_id="process-b")
    steps = (
        "# Assess\n\nPhase: **Assess**\n\n## Approach\n\n### One\n\nMotions: **RFA**\n"
        "Primary Role: **FastTrack Manager**\n" + HEAD + "| 983 | Begin | M | FM | |\n"
        "\n### Two\n\nMotions: **Targeting**\n" + HEAD + "| 984 | Go on | M | | |\n"
    )
    site.add(steps, page_id="process-a")
    site.add("# Other\n" + HEAD + "| 985 | Else | | FM | |\n", page_id="other")
    return site


def shown(site: Site, page_id: str, locale: str = "en") -> Dom:
    """A page that the site makes."""
    vocabulary, _, key = page_id.partition("/")
    view = "terms" if key == "index" else VIEWS[vocabulary]
    page = site.add("# Term\n", locale, page_id)
    page = replace(page, kind=view, view=view, subject="" if key == "index" else key)
    del site.pages[locale][page_id]
    return Dom(site.render(page, url_of=lambda other: f"../{other}/").html)


def test_tasks_stand_by_phase_and_page(site: Site) -> None:
    page = shown(site, "roles/fasttrack-manager")
    assert page.texts(".lf-term-phase > h2") == ["1 Assess", "2 Enable", "Without a phase"]
    assert page.texts(".lf-term-page") == ["Assess", "Enable", "Other"]


def test_what_must_be_done_comes_first(site: Site) -> None:
    page = shown(site, "roles/fasttrack-manager")
    assert page.texts(".lf-rows__id") == ["983", "4021", "4022", "985"]
    assert page.values(".lf-rows__id a", "href")[0] == "../tasks/983/"
    assert page.values(".lf-rows__name a", "href")[0] == "../process-a/#task-983"


def test_each_task_is_counted_once(site: Site) -> None:
    site.add("# Again\n" + HEAD + "| 4021 | Plan it | M | FM | |\n", page_id="process-c")
    page = shown(site, "roles/fasttrack-manager")
    assert words(page.one(".lf-term-sum")) == "Tasks: 4"


def test_the_finder_is_asked_for_the_term(site: Site) -> None:
    assert shown(site, "roles/fasttrack-manager").values(".lf-term-finder a", "href") == [
        "../tasks/index/?role=fasttrack-manager",
        "../tasks/index/?role=fasttrack-manager&requirement=mandatory",
        "../tasks/index/?role=fasttrack-manager&requirement=optional",
    ]
    assert shown(site, "services/exchange").values(".lf-term-finder a", "href")[0] == (
        "../tasks/index/?service=exchange"
    )


def test_pages_whose_labels_name_the_term_are_listed(site: Site) -> None:
    page = shown(site, "roles/fasttrack-manager")
    assert page.texts(".lf-term-label h2") == ["Pages that say “Primary Role: FastTrack Manager”"]
    assert page.values(".lf-term-label a", "href") == ["../process-a/"]


def test_a_motion_has_the_tasks_of_its_steps(site: Site) -> None:
    assert shown(site, "motions/rfa").texts(".lf-rows__id") == ["983"]
    assert shown(site, "motions/targeting").texts(".lf-rows__id") == ["984"]


def test_a_phase_lists_its_processes_and_all_tasks(site: Site) -> None:
    page = shown(site, "phases/enable")
    assert page.values("[aria-labelledby=phase-tasks] .lf-term-finder a", "href")[0] == (
        "../tasks/index/?phase=enable"
    )
    assert page.texts("[aria-labelledby=phase-tasks] .lf-rows__id") == ["4021", "4022"]


def test_a_phase_that_somebody_wrote_does_so_as_well(site: Site) -> None:
    page = site.add("# Assess\n\nPhase: **Assess**\n", page_id="phase-assess")
    html = Dom(site.render(page).html)
    assert html.texts("[aria-labelledby=phase-tasks] .lf-rows__id") == ["983", "984"]


@pytest.mark.parametrize(
    ("page_id", "said"),
    [
        ("roles/fasttrack-engineer", "No task names this role."),
        ("services/classroom", "No task names this service."),
        ("motions/rfa", "No task belongs to this motion."),
    ],
)
def test_a_term_that_nothing_names_says_so(page_id: str, said: str) -> None:
    page = shown(Site(), page_id)
    assert said in page.texts(".lf-empty")


def test_names_are_in_the_readers_language_and_titles_say_theirs(site: Site) -> None:
    page = shown(site, "roles/fasttrack-manager", "de")
    assert page.texts(".lf-term-phase > h2")[0] == "1 Analyse"
    assert page.values(".lf-term-page a", "lang") == ["en"] * 3
    assert page.values(".lf-rows__name a", "lang") == ["en"] * 4


def test_a_list_of_terms_has_counts_and_leads_to_each(site: Site) -> None:
    page = shown(site, "roles/index")
    assert [words(item) for item in page.all(".lf-terms > li")] == [
        "FastTrack Manager Pages: 3 Mandatory: 2 Optional: 1",
        "FastTrack Engineer Pages: 0 No tasks",
    ]
    assert page.values(".lf-terms a", "href") == [
        "../roles/fasttrack-manager/",
        "../roles/fasttrack-engineer/",
    ]


def test_phases_are_listed_in_their_order(site: Site) -> None:
    site.add("# Assess\n\nPhase: **Assess**\n", page_id="phase-assess")
    page = shown(site, "phases/index")
    assert page.texts(".lf-terms a") == ["1 Assess", "2 Enable", "Multiple Phases"]
    assert page.values(".lf-terms a", "href")[0] == "../phase-assess/"


def test_hostile_titles_stay_texts() -> None:
    site = Site()
    row = "| 983 | \\<script>x | M | FM | |\n"
    site.add("# \\<script>title\n" + HEAD + row, page_id="process-a")
    page = shown(site, "roles/fasttrack-manager")
    assert page.all("script") == []
    assert page.texts(".lf-rows__name") == ["<script>x"]
