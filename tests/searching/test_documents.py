"""What can be found, and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitfaden.model.madeids import task_page
from leitfaden.rendering.outline import outline_of
from leitfaden.searching.documents import ENTRY, SECTION, STEP, TASK, Facets
from tests.searching.projects import Project
from tests.searching.small import Small, found_in, small

HEADER = (
    "| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |\n"
    "| --- | --- | :---: | :---: | --- |\n"
)
INCLUDED = f"## Included part\n\nFrom elsewhere.\n\n{HEADER}| 5001 | Ask | O | FM | Teams |\n"
ROW = "| 4047 | Hold the workshop | M | FM | Exchange |\n"
PROCESS = f"""\
---
description: What to look at first.
---
# Look at mailboxes

Phase: **Assess**

The introduction.

## Approach

Of all *mail*boxes and `policies`.

### Hold it

Primary Role: **FastTrack Manager**{"  "}
Applies To: **Exchange / Teams**

They sit together.

[!INCLUDE [tasks](includes/tasks.md)]

{HEADER}{ROW}
"""
PAGES = {
    "en/index.md": "# Home\n\nWelcome.\n",
    "en/assess-mail.md": PROCESS,
    "en/includes/tasks.md": INCLUDED,
    "en/english.md": "# Only in English\n\nText.\n",
    "en/hidden.md": "---\nsearch: {exclude: true}\n---\n# Hidden\n\nSecret.\n",
    "en/boosted.md": "---\nsearch: {boost: 2}\n---\n# Boosted\n\nText.\n",
    "en/glossary.md": "# Glossary\n\nWords.\n",
    "de/index.md": "# Start\n\nWillkommen.\n",
    "de/glossary.md": "# Glossar\n\nWörter.\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Small:
    return small(tmp_path, PAGES)


def test_every_page_can_be_found_but_those_that_keep_themselves_out(site: Small) -> None:
    found = site.documents()
    written = {"index", "assess-mail", "english", "boosted", "glossary"}
    assert written <= set(found)
    assert "hidden" not in found
    assert "includes/tasks" not in found


def test_a_page_that_is_not_translated_cannot_be_found_in_the_other_language(site: Small) -> None:
    found = site.documents("de")
    assert {"index", "glossary"} <= set(found)
    assert not {"english", "assess-mail", "boosted"} & set(found)
    texts = " ".join(d.title + d.text for page in found.values() for d in page.documents)
    assert "Only in English" not in texts
    assert "Welcome" not in texts


def test_pages_of_tasks_and_terms_can_be_found_with_their_other_names(site: Small) -> None:
    found = site.documents()
    assert found[task_page("4047")].documents[0].number == "4047"
    manager = found["roles/fasttrack-manager"].documents[0]
    assert (manager.title, manager.names) == ("FastTrack Manager", ("FM",))
    assert manager.facets == Facets(roles=("fasttrack-manager",))
    assert {"services/exchange", "services/teams", "phases/assess", "phases/enable"} <= set(found)
    assert "index" in found
    assert not {"tasks/index", "roles/index", "print/index", "map"} & set(found)


def test_a_task_that_only_the_source_states_is_marked_with_its_language(site: Small) -> None:
    task = site.documents("de")[task_page("4047")]
    assert (task.locale, task.documents[0].title) == ("en", "Hold the workshop")


def test_a_page_is_itself_and_its_parts_each_with_its_own_words(site: Small) -> None:
    whole, *parts = site.documents()["assess-mail"].documents
    assert (whole.title, whole.anchor, whole.kind) == ("Look at mailboxes", "", "process")
    assert whole.text == "What to look at first. The introduction."
    assert [(one.kind, one.title, one.number) for one in parts] == [
        (SECTION, "Approach", ""),
        (STEP, "Hold it", ""),
        (SECTION, "Included part", ""),
        (TASK, "Hold the workshop", "4047"),
        (TASK, "Ask", "5001"),
    ]
    assert parts[0].text == "Of all mailboxes and policies."
    assert parts[2].text == "From elsewhere."


def test_facts_and_facets_are_what_labels_and_rows_say(site: Small) -> None:
    page = site.documents()["assess-mail"]
    by_title = {one.title: one for one in page.documents}
    assert by_title["Hold it"].facts == "FastTrack Manager · Exchange, Teams"
    assert by_title["Hold it"].facets == Facets(
        ("assess",), ("fasttrack-manager",), ("exchange", "teams")
    )
    assert by_title["Hold the workshop"].facts == "Mandatory · FastTrack Manager · Exchange"
    assert by_title["Ask"].facets == Facets(
        ("assess",), ("fasttrack-manager",), ("teams",), ("optional",)
    )
    whole = by_title["Look at mailboxes"].facets
    assert (whole.phases, whole.requirements) == (("assess",), ("mandatory", "optional"))
    assert page.trail == "Assess"


def test_what_rows_and_labels_say_is_not_said_again_in_texts(site: Small) -> None:
    texts = " ".join(one.text for one in site.documents()["assess-mail"].documents)
    assert "They sit together." in texts
    for told in ("FastTrack Manager", "Hold the workshop", "Primary Role", "5001"):
        assert told not in texts


def test_the_glossary_has_its_words_as_parts(site: Small) -> None:
    entries = [d for d in site.documents("de")["glossary"].documents if d.kind == ENTRY]
    usage = next(one for one in entries if one.anchor == "term-active-usage")
    assert (usage.title, usage.names) == ("aktive Nutzung", ("AU",))
    assert usage.text == site.contract.glossary["active-usage"].definition["de"]
    assert len(entries) == len(site.contract.glossary)


def test_a_page_about_a_phase_is_called_as_the_phase_is(tmp_path: Path) -> None:
    site = small(tmp_path, {"en/phase-assess.md": "# The first phase\n\nPhase: **Assess**\n"})
    assert site.documents()["phase-assess"].documents[0].names == ("Assess",)
    assert site.ids("Assess")[0] == "phase-assess"


@pytest.mark.parametrize("name", ["own", "corpus"])
def test_anchors_are_those_that_the_page_has(name: str, request: pytest.FixtureRequest) -> None:
    project: Project = request.getfixturevalue(name)
    seen = 0
    for locale in project.contract.locale_keys:
        rows = {
            (one.page.id, one.anchor)
            for record in project.playbook.records(locale).values()
            for one in record.occurrences
        }
        for found in found_in(project, locale):
            page = project.playbook.page(found.page_id, locale)
            if page is None:
                assert [one.anchor for one in found.documents] == [""]
                continue
            headings = {
                id for _, id in outline_of(page, project.playbook, project.contract).headings
            }
            for one in found.documents[1:]:
                seen += 1
                if one.kind == TASK:
                    assert (page.id, one.anchor) in rows
                elif one.kind != ENTRY:
                    assert one.anchor in headings
            anchors = [one.anchor for one in found.documents]
            assert len(set(anchors)) == len(anchors), page.id
    assert seen > 100
