"""What changed on all pages, and the places that the texts of changes name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitfaden.contract.frozen import FrozenMap
from leitfaden.contract.settings import Changes, Citations
from leitfaden.model import MovedAnchor, Playbook, Redirect
from leitfaden.reading.changes import ChangeReader, PageChange, changes_of
from tests.rendering.support import Site, small_contract

PROCESS = """# Process A

Phase: **Assess**

## Overview

## Approach

### Check the network

Primary Role: **FastTrack Manager**

#### FTOP Tasks

| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
| 1001 | a | M | FM | Exchange |
| 1002 | b | O | FM | |

## Refresh Summary

| Date | Who Changed | What Changed |
|---|---|---|
"""


@pytest.fixture
def site() -> Site:
    words = {"en": ("typo*", "format*", "links"), "de": ("Tippfehler",)}
    cited = {"en": ("task", "tasks"), "de": ("Aufgabe",)}
    contract = replace(
        small_contract(),
        changes=Changes(FrozenMap(words)),
        citations=Citations(FrozenMap(cited)),
    )
    site = Site(contract)
    site.add(table("# Another page of tasks\n\n", "| 2002 | c | M | FM | |"), page_id="other")
    return site


def table(above: str, row: str) -> str:
    head = "| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |"
    return f"{above}{head}\n|---|---|---|---|---|\n{row}\n"


def changes(site: Site, *rows: str, redirects: tuple[Redirect, ...] = ()) -> list[PageChange]:
    site.add(PROCESS + "".join(f"| {row} |\n" for row in rows), page_id="process-a")
    return list(ChangeReader(site.playbook, site.contract, "en", redirects).changes())


def named(site: Site, text: str, *redirects: Redirect) -> list[tuple[str, str, str]]:
    [one] = changes(site, f"04/30/2020 | Somebody | {text}", redirects=redirects)
    return [(one.text[at.start : at.end], at.page_id, at.anchor) for at in one.named]


def test_the_newest_change_is_the_first(site: Site) -> None:
    site.add(
        "# B\n\n## Refresh Summary\n\n" + PROCESS.rpartition("\n\n")[2] + "| 04/30/2020 | x | b |\n"
    )
    found = changes(site, "05/01/2020 | x | c", "04/01/2020 | x | a")
    assert [one.text for one in found] == ["c", "b", "a"]


def test_changes_of_a_day_are_counted_from_the_oldest(site: Site) -> None:
    rows = ("04/30/2020 | x | second", "04/30/2020 | x | first")
    assert [(one.text, one.number) for one in changes(site, *rows)] == [("second", 2), ("first", 1)]
    more = changes(site, "04/30/2020 | x | third", *rows)
    assert [one.number for one in more] == [3, 2, 1]


def test_a_row_without_a_readable_day_is_left_out(site: Site) -> None:
    assert changes(site, "10/018/2019 | x | a", "soon | x | b") == []


def test_notes_are_told_with_the_change(site: Site) -> None:
    site.add("# N\n\n| Date | What Changed | Notes |\n|---|---|---|\n| 04/30/2020 | a | b |\n")
    [one] = ChangeReader(site.playbook, site.contract, "en").changes()
    assert one.text == "a – b"


def test_readers_get_the_changes_of_the_pages_that_they_get(site: Site) -> None:
    changes(site, "04/30/2020 | x | English")
    reader = ChangeReader(site.playbook, site.contract, "de")
    assert [one.text for one in reader.changes()] == ["English"]
    german = "# Prozess A\n\n| Datum | Geändert durch | Änderung an |\n|---|---|---|\n"
    site.add(german + "| 30.04.2020 | x | Deutsch |\n", "de", "process-a")
    reader = ChangeReader(site.playbook, site.contract, "de")
    assert [one.text for one in reader.changes()] == ["Deutsch"]


@pytest.mark.parametrize("text", ["Typos corrected", "Formatting", "Checked the links", "TYPO"])
def test_the_contract_says_which_words_make_a_change_trivial(site: Site, text: str) -> None:
    [one] = changes(site, f"04/30/2020 | x | {text}")
    assert one.trivial


@pytest.mark.parametrize(
    "text",
    [
        "Said how to plan",
        "Linksys routers added",
        "Information added",
        "Typo in task 1001",
        "Formatting of Check the Network",
        "Tippfehler",
        "",
    ],
)
def test_what_has_no_such_word_or_names_a_task_or_a_step_matters(site: Site, text: str) -> None:
    [one] = changes(site, f"04/30/2020 | x | {text}")
    assert not one.trivial


def test_a_task_of_the_page_is_found_by_its_number(site: Site) -> None:
    assert named(site, "Split 1001 into 1001 and 1002") == [
        ("1001", "process-a", "task-1001"),
        ("1001", "process-a", "task-1001"),
        ("1002", "process-a", "task-1002"),
    ]


def test_any_other_task_has_to_be_cited_as_one(site: Site) -> None:
    assert named(site, "Moved task 2002 here") == [("2002", "tasks/2002", "")]
    assert named(site, "Valid from 2002") == []
    assert named(site, "Moved task 9999 here") == []


def test_steps_and_sections_are_found_by_their_names(site: Site) -> None:
    assert named(site, "Moved to Check the Network, see the Overview") == [
        ("Check the Network", "process-a", "check-the-network"),
        ("Overview", "process-a", "overview"),
    ]


def test_a_section_named_by_one_word_counts_as_it_is_written(site: Site) -> None:
    assert named(site, "Gave an overview of all") == []


def test_a_section_that_each_step_has_is_no_place(site: Site) -> None:
    assert named(site, "FTOP Tasks brought up to date") == []


def test_another_page_is_found_by_its_title(site: Site) -> None:
    assert named(site, "Merged with another page of tasks.") == [
        ("another page of tasks", "other", "")
    ]


def test_the_page_itself_is_no_place_to_lead_to(site: Site) -> None:
    assert named(site, "Process A rewritten") == []


def test_a_mark_that_closes_a_name_belongs_to_it(site: Site) -> None:
    site.add("# Phase “Enable”\n", page_id="phase-enable")
    assert named(site, "Moved to phase “Enable”.") == [("phase “Enable”", "phase-enable", "")]


def test_an_old_address_leads_to_what_it_is_called_today(site: Site) -> None:
    moved = Redirect("old-page", "other", "en", (MovedAnchor("outputs", "key-outputs"),))
    assert named(site, "Split off old-page.md", moved) == [("old-page.md", "other", "")]
    assert named(site, "See old-page#outputs", moved) == [
        ("old-page#outputs", "other", "key-outputs")
    ]
    assert named(site, "Split off old-page", replace(moved, locale="de")) == []


def test_a_mere_word_is_no_old_address(site: Site) -> None:
    assert named(site, "Said more about planning", Redirect("planning", "other", "en")) == []


def test_changes_can_be_told_by_role_and_service(site: Site) -> None:
    found = changes(site, "04/30/2020 | x | a")
    for vocabulary, key, count in (
        ("roles", "fasttrack-manager", 1),
        ("roles", "fasttrack-engineer", 0),
        ("services", "exchange", 1),
        ("phases", "assess", 1),
        ("phases", "enable", 0),
    ):
        assert (
            len(changes_of((vocabulary, key), found, site.playbook, site.contract, "en")) == count
        )


def test_an_empty_playbook_has_no_changes() -> None:
    contract = small_contract()
    assert ChangeReader(Playbook("en", ("en", "de"), {}), contract, "de").changes() == ()
