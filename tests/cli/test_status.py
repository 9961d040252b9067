"""`leitfaden status`: what is behind, since when, what it was before, and what there is to do."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.repository import commit, edit, git, record_all, repository
from tests.cli.support import run


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = repository(tmp_path / "project")
    monkeypatch.chdir(root)
    return root


SOURCE = Path("docs/en/assess-move.md")


def status(*args: str) -> dict[str, Any]:
    """Return how German stands, as JSON has it."""
    told = json.loads(run("status", "--format", "json", *args).stdout)
    assert told["version"] == 1
    (locale,) = told["locales"]
    assert isinstance(locale, dict)
    return locale


def test_without_a_record_nothing_is_called_behind() -> None:
    result = run("status")
    assert result.exit_code == 0
    assert "de: 2 of 2 pages translated" in result.stdout
    assert "`leitfaden translated --bootstrap` begins" in result.stdout
    assert "behind" not in result.stdout.replace("Nothing is behind", "")


def test_all_is_well_where_all_is_current() -> None:
    record_all()
    assert "Nothing is behind." in run("status").stdout
    counts = status()["counts"]
    assert counts.pop("current") > 0
    assert not any(counts.values())


def test_what_was_translated_is_told_beside_what_is_there_now() -> None:
    record_all()
    commit(Path.cwd())
    edit(SOURCE, "Invite twelve people", "Invite thirteen people")
    commit(Path.cwd(), "2026-03-04")
    edit(SOURCE, "# Plan the relocation", "# Plan the relocation ")
    commit(Path.cwd(), "2026-05-06")
    lines = [line.strip() for line in run("status").stdout.splitlines()]
    assert "- before: Invite twelve people to the workshop." in lines
    assert "+ now: Invite thirteen people to the workshop." in lines
    (page,) = (one for one in status()["pages"] if one["page"] == "assess-move")
    assert page["since"] == "2026-03-04"
    (unit,) = page["units"]
    assert unit["state"] == "behind"
    assert unit["changed-on"] == "2026-03-04"
    assert unit["source"]["start"] == {"line": 5, "column": 1}
    assert (page["words"], page["minutes"]) == (6, 2)


def test_a_page_that_was_moved_keeps_what_it_said_before() -> None:
    record_all()
    edit(SOURCE, "every box", "each box")
    commit(Path.cwd())
    for locale in ("en", "de"):
        folder = Path("docs", locale)
        (folder / "assess-move.md").rename(folder / "assess-relocate.md")
    lock = Path("docs/de/translations.lock")
    lock.write_text(lock.read_text("utf-8").replace("assess-move ", "assess-relocate "), "utf-8")
    commit(Path.cwd())
    assert "- before: Look at every box in the house." in run("status").stdout


def test_without_git_all_but_the_past_is_told() -> None:
    record_all()
    shutil.rmtree(".git")
    edit(SOURCE, "every box", "each box")
    result = run("status")
    assert result.exit_code == 0
    assert "+ now: Look at each box in the house." in result.stdout
    assert "before" not in result.stdout
    (page, _) = status()["pages"]
    assert page["since"] is None
    assert page["units"][0]["before"] is None


def test_the_oldest_debt_comes_first() -> None:
    record_all()
    commit(Path.cwd())
    edit(Path("docs/en/index.md"), "Welcome to", "Welcome in")
    commit(Path.cwd(), "2026-02-03")
    edit(SOURCE, "every box", "each box")
    commit(Path.cwd(), "2026-04-05")
    assert [(page["page"], page["since"]) for page in status()["pages"]] == [
        ("index", "2026-02-03"),
        ("assess-move", "2026-04-05"),
    ]


def test_what_is_missing_is_named() -> None:
    record_all()
    edit(SOURCE, "| 4048 |", "| 4049 | Label all boxes | O | FM | Exchange |\n| 4048 |")
    result = run("status")
    assert "missing: task 4049 “Label all boxes”  docs/en/assess-move.md:22:10" in result.stdout


def test_a_section_that_is_missing_is_told_once() -> None:
    record_all()
    edit(SOURCE, "## Approach", "### Rooms\n\nOne here.\n\nOne more there.\n\n## Approach")
    told = run("status").stdout
    assert "missing: heading “Rooms” (with 2 units below it)" in told
    assert "One here" not in told


def test_pages_of_one_language_only_are_told() -> None:
    Path("docs/en/new.md").write_text("# New page\n\nThree words more.\n", "utf-8")
    Path("docs/de/alt.md").write_text("# Alt\n", "utf-8")
    told = run("status").stdout
    assert "docs/en/new.md  not translated; 5 words to translate, about 1 minute" in told
    assert "docs/de/alt.md  only in the translation" in told


def test_only_what_is_asked_for_is_told() -> None:
    record_all()
    edit(SOURCE, "every box", "each box")
    assert [page["page"] for page in status("docs/en/index.md")["pages"]] == ["index"]
    assert "assess-move" not in run("status", "docs/de/index.md").stdout


def test_markdown_has_a_table_and_what_changed() -> None:
    record_all()
    commit(Path.cwd())
    edit(SOURCE, "every box", "each *big* box")
    lines = run("status", "--format", "markdown").stdout.splitlines()
    assert lines[0] == "# Translations"
    assert "| Page | Since | State | Minutes |" in lines
    assert any(line.startswith("| docs/de/assess-move.md |") for line in lines)
    assert "  - before: Look at every box in the house." in lines


@pytest.mark.parametrize("form", ["json", "markdown"])
@pytest.mark.parametrize("command", ["status", "impact"])
def test_a_form_has_a_short_name(command: str, form: str) -> None:
    record_all()
    commit(Path.cwd())
    edit(SOURCE, "every box", "each box")
    assert run(command, f"--{form}").stdout == run(command, "--format", form).stdout


def test_the_key_of_a_part_is_told_where_its_page_is_named() -> None:
    record_all()
    edit(SOURCE, "every box", "each box")
    assert "[step:look-around:p1]" not in run("status").stdout
    assert "[step:look-around:p1]" in run("status", "docs/de/assess-move.md").stdout
    assert run("translated", "--unit", "step:look-around:p1").exit_code == 0
    assert "Nothing is behind." in run("status").stdout


def test_what_is_not_recorded_is_named_where_its_page_is() -> None:
    record_all()
    edit(Path("docs/de/assess-move.md"), "Der Raum wird", "Der schöne Raum wird")
    assert "unrecorded: paragraph" not in run("status").stdout
    told = run("status", "docs/de/assess-move.md").stdout
    assert "[section:overview:p2]" in told


def test_texts_are_told_in_german() -> None:
    record_all()
    edit(SOURCE, "every box", "each box")
    told = run("status", "-l", "de").stdout
    assert "de: 2 von 2 Seiten übersetzt" in told
    assert "im Rückstand: Absatz „Look at each box in the house.“" in told


def test_what_was_found_in_git_is_kept_until_there_is_another_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record_all()
    edit(SOURCE, "every box", "each box")
    first = run("status").stdout
    monkeypatch.setattr("leitfaden.reading.versions.read_versions", None)
    monkeypatch.setattr("leitfaden.reading.history.read_history", None)
    assert run("status").stdout == first


def test_what_was_found_is_kept_for_pages_that_a_commit_has_not_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record_all()
    commit(Path.cwd())
    edit(SOURCE, "every box", "each box")
    first = run("status", "docs/en/assess-move.md").stdout
    edit(Path("docs/en/index.md"), "Welcome to", "Welcome in")
    git(Path.cwd(), "commit", "--quiet", "--message", "Write", "docs/en/index.md")
    monkeypatch.setattr("leitfaden.translating.history.contents", None)
    assert run("status", "docs/en/assess-move.md").stdout == first


def test_earlier_weeks_are_told() -> None:
    record_all()
    commit(Path.cwd(), "2026-01-05")
    assert "Earlier" not in run("status").stdout
    edit(SOURCE, "every box", "each box")
    commit(Path.cwd(), "2026-01-14")
    assert "Earlier, behind + missing: 2026-01-05 0 + 0, 2026-01-14 1 + 0\n" in run("status").stdout
    markdown = run("status", "--format", "markdown").stdout
    assert "Earlier, behind + missing: 2026-01-05 0 + 0, 2026-01-14 1 + 0" in markdown
    assert status()["trend"] == [
        {"day": "2026-01-05", "behind": 0, "missing": 0},
        {"day": "2026-01-14", "behind": 1, "missing": 0},
    ]


def test_of_single_pages_no_earlier_weeks_are_told() -> None:
    record_all()
    commit(Path.cwd(), "2026-01-05")
    edit(SOURCE, "every box", "each box")
    commit(Path.cwd(), "2026-01-14")
    assert status("docs/en/assess-move.md")["trend"] == []


def test_what_differs_is_told_in_the_words_of_the_contract() -> None:
    record_all()
    edit(SOURCE, "workshop | M |", "workshop | O |")
    told = "requirement: Optional in the source, Mandatory in the translation"
    assert told in run("status").stdout
    told = "Verbindlichkeit: Optional im Original, Erforderlich in der Übersetzung"
    assert told in run("status", "-l", "de").stdout
    assert told in run("impact", "-l", "de").stdout


def test_where_a_link_led_before_is_told_as_people_write_it() -> None:
    edit(SOURCE, "The room is booked", "First read. See [the room](index.md) that is booked")
    edit(Path("docs/de/assess-move.md"), "Der Raum", "Erst lesen. [Der Raum](index.md)")
    record_all()
    commit(Path.cwd())
    edit(SOURCE, "(index.md)", "(assess-move.md)")
    lines = [line.strip() for line in run("status").stdout.splitlines()]
    told = "See the room ({}) that is booked by the customer."
    assert f"- before: {told.format('index')}" in lines
    assert f"+ now: {told.format('assess-move')}" in lines


def test_a_playbook_in_one_language_has_no_translations() -> None:
    Path("playbook.yml").write_text("source: en\nlocales:\n  en: {name: English}\n", "utf-8")
    result = run("status")
    assert result.exit_code == 2
    assert "there are no translations" in result.stderr


@pytest.mark.parametrize("what", ["folder", "pipe"])
def test_a_lock_that_is_no_file_stops_nothing_but_its_writing(what: str) -> None:
    lock = Path("docs/de/translations.lock")
    lock.mkdir() if what == "folder" else os.mkfifo(lock)
    assert run("status").exit_code == 0
    assert run("translated", "docs").exit_code == 2


def test_a_part_in_another_place_is_told_without_values() -> None:
    record_all()
    before, second, approach = SOURCE.read_text("utf-8").partition("## Approach")
    title, first, overview = before.partition("## Overview")
    SOURCE.write_text(f"{title}{second}{approach}\n{first}{overview}", "utf-8")
    assert "order: other than in the source" in run("status").stdout
    assert "Reihenfolge: nicht wie im Original" in run("status", "-l", "de").stdout
