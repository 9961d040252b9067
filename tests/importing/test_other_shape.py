"""A tree that was never made for this: folders, no suffixes, no toc, other metadata."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitfaden.contract import nav_pages, parse_contract
from leitfaden.importing.plan import GuessKind, ImportPlan, PageState
from leitfaden.reporting import Style
from leitfaden.reporting.importing import Asked, document, markdown
from tests.importing.trees import contents, imported, plan, project, write

HEAD = "---\r\nTitle: {title}\r\ndate: 2026-03-01\r\nlayout: wide\r\n---\r\n\r\n# {title}\r\n\r\n"
FILES: dict[str, str | bytes] = {
    "README.md": HEAD.format(title="Our orchard")
    + "[Saws](Winter%20work/Saws%20&%20knives.md)\r\n",
    "Winter work/Saws & knives.md": HEAD.format(title="Saws") + "![A saw](../Pictures/Saw.PNG)\r\n",
    "Winter work/Ladders.markdown": "# Ladders\r\n\r\nNo metadata. [Home](../README.md)\r\n",
    "Pictures/saw.png": b"\x89PNG",
    "notes.txt": "not for readers",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


@pytest.fixture
def made(tmp_path: Path, root: Path) -> ImportPlan:
    return imported(root, write(tmp_path / "tree", FILES))


def test_all_pages_come_under_ids_for_any_address(root: Path, made: ImportPlan) -> None:
    assert [name for name in contents(root / "docs") if not name.endswith(".yml")] == [
        "en/Pictures/saw.png",
        "en/index.md",
        "en/winter-work/ladders.md",
        "en/winter-work/saws-knives.md",
    ]


def test_links_and_images_are_carried_over_and_line_ends_stay(root: Path, made: ImportPlan) -> None:
    files = contents(root / "docs")
    assert b"[Saws](winter-work/saws-knives.md)\r\n" in files["en/index.md"]
    assert b"![A saw](../Pictures/saw.png)\r\n" in files["en/winter-work/saws-knives.md"]
    assert b"[Home](../index.md)\r\n" in files["en/winter-work/ladders.md"]
    assert all(b"\n" not in files[name].replace(b"\r\n", b"") for name in files if "md" in name)


def test_the_report_says_what_was_guessed(made: ImportPlan) -> None:
    names = {one.name: one.new for one in made.guesses if one.kind is GuessKind.NAME}
    assert names == {
        "README.md": "index",
        "Winter work/Ladders.markdown": "winter-work/ladders",
        "Winter work/Saws & knives.md": "winter-work/saws-knives",
    }
    keys = [(one.old, one.new, one.count) for one in made.guesses if one.kind is GuessKind.KEY]
    assert keys == [("Title", "title", 2), ("date", "gh.date", 2)]
    assert made.keys == (("layout", 2),)
    report = markdown(made, Style(), Asked())
    guessed = report.partition("## What was guessed")[2].partition("\n## ")[0]
    assert "`Winter work/Saws & knives.md`: the page's id is `winter-work/saws-knives`" in guessed
    assert "`date` in the metadata became `gh.date` (2 ×" in guessed
    assert "There is no table of contents" in guessed
    assert "`layout` (2)" in guessed


def test_no_value_is_invented(root: Path, made: ImportPlan) -> None:
    assert contents(root / "docs")["en/winter-work/ladders.md"].startswith(b"# Ladders\r\n")
    assert b"author" not in contents(root / "docs")["en/index.md"]


def test_old_addresses_lead_to_the_new_pages(made: ImportPlan) -> None:
    assert {one.address: one.page_id for one in made.redirects.redirects} == {
        "README": "index",
        "Winter work/Ladders": "winter-work/ladders",
        "Winter work/Saws & knives": "winter-work/saws-knives",
    }


def test_the_navigation_holds_every_page(root: Path, made: ImportPlan) -> None:
    contract = parse_contract((root / "playbook.yml").read_text("utf-8"), "playbook.yml")
    listed = [entry.page for entry in nav_pages(contract.navigation)]
    assert sorted(listed) == ["index", "winter-work/ladders", "winter-work/saws-knives"]


def test_a_second_time_nothing_changes(tmp_path: Path, root: Path, made: ImportPlan) -> None:
    before = contents(root)
    again = imported(root, tmp_path / "tree")
    assert not again.is_needed
    assert {page.state for page in again.pages} == {PageState.THERE}
    assert contents(root) == before


def test_a_page_that_a_person_has_changed_since_stays(
    tmp_path: Path, root: Path, made: ImportPlan
) -> None:
    write(root, {"docs/en/index.md": "# Ours now\n"})
    again = imported(root, tmp_path / "tree")
    assert [page.path for page in again.kept] == ["docs/en/index.md"]
    assert (root / "docs/en/index.md").read_text() == "# Ours now\n"
    told = markdown(again, Style(), Asked())
    assert "`docs/en/index.md` is there already with other content" in told


def test_reports_are_the_same_for_the_same_tree(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", FILES)
    plans = [plan(project(tmp_path / name), tree) for name in ("one", "two")]
    assert document(plans[0]) == document(plans[1])
    for language in ("en", "de"):
        reports = [markdown(one, Style(language=language), Asked()) for one in plans]
        assert reports[0] == reports[1]


def test_a_page_that_is_no_text_comes_as_it_is_and_is_told(tmp_path: Path, root: Path) -> None:
    data = b"# A\n\n[B](B.md) \xff\n"
    made = imported(root, write(tmp_path / "tree", {"a.md": data, "B.md": "# B\n"}))
    assert contents(root / "docs")["en/a.md"] == data
    assert any(one.severity == "error" for one in made.remaining)
