"""`leitfaden translated`: what is recorded, what is not and why, and what keeps it from that."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitfaden.translating.lock import HEADER
from tests.cli.repository import edit, git, made, record_all
from tests.cli.support import run


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = made(tmp_path / "project")
    monkeypatch.chdir(root)
    return root


LOCK = Path("docs/de/translations.lock")


def test_all_units_of_a_page_are_recorded() -> None:
    result = run("translated", "docs/de/assess-move.md")
    assert result.exit_code == 0
    assert "docs/de/assess-move.md: 7 units recorded" in result.stdout
    lines = LOCK.read_text("utf-8").splitlines()
    assert lines[0] == HEADER
    assert lines[1:] == sorted(lines[1:])
    assert {line.split()[0] for line in lines[1:]} == {"assess-move"}


def test_the_page_of_the_source_can_be_named_as_well() -> None:
    run("translated", "docs/en/assess-move.md")
    first = LOCK.read_bytes()
    LOCK.unlink()
    run("translated", "docs/de/assess-move.md")
    assert LOCK.read_bytes() == first


def test_recording_again_changes_nothing() -> None:
    record_all()
    before = LOCK.stat()
    result = run("translated", "docs")
    assert result.exit_code == 0
    assert "Nothing new is to be recorded in 2 pages." in result.stdout
    assert (LOCK.stat().st_mtime_ns, LOCK.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_one_unit_is_recorded_alone() -> None:
    record_all()
    edit(Path("docs/en/assess-move.md"), "every box", "each box")
    edit(Path("docs/en/assess-move.md"), "twelve", "thirteen")
    result = run("translated", "--unit", "step:look-around:p1")
    assert result.exit_code == 0
    assert "1 unit recorded" in result.stdout
    assert "1 behind" in run("status").stdout


def test_a_unit_that_no_page_has_is_refused_with_the_nearest_one() -> None:
    result = run("translated", "--unit", "task:4047:nam")
    assert result.exit_code == 2
    assert "'task:4047:name'" in result.stderr


def test_a_record_that_contradicts_the_source_is_told() -> None:
    edit(Path("docs/en/assess-move.md"), "workshop | M |", "workshop | O |")
    result = run("translated", "docs/de/assess-move.md")
    assert result.exit_code == 1
    assert "1 contradicting" in result.stdout
    assert "requirement: Optional in the source, Mandatory in the translation" in result.stdout


def test_what_contradicts_the_source_is_not_recorded_even_by_its_key() -> None:
    run("translated", "docs")
    edit(Path("docs/en/assess-move.md"), "Send the boxes home", "Send the 4 boxes home")
    edit(Path("docs/de/assess-move.md"), "Die Kisten heimschicken", "Die 7 Kisten heimschicken")
    result = run("translated", "docs", "--unit", "task:4048:name")
    assert result.exit_code == 1
    assert "1 contradicting" in result.stdout
    assert "task:4048:name" not in LOCK.read_text("utf-8")


def test_to_begin_with_only_what_evidence_supports_is_recorded() -> None:
    edit(Path("docs/de/assess-move.md"), "abhalten | M |", "abhalten | O |")
    edit(Path("docs/en/assess-move.md"), "The room", "Nobody knows more than that.\n\nThe room")
    result = run("translated", "--bootstrap")
    assert result.exit_code == 1
    assert "the translation lacks it" in result.stdout
    assert "1 × it contradicts the source" in result.stdout
    recorded = LOCK.read_text("utf-8")
    assert "task:4048:name" in recorded
    assert "task:4047:name" not in recorded
    assert ".gitattributes: translations.lock merge=union" in result.stdout


def test_what_git_merges_already_needs_no_advice() -> None:
    git(Path.cwd(), "init", "--quiet")
    Path(".gitattributes").write_text("docs/*/translations.lock merge=union\n", "utf-8")
    assert ".gitattributes" not in run("translated", "docs").stdout


def test_a_trial_writes_nothing() -> None:
    result = run("translated", "docs", "--dry-run")
    assert result.exit_code == 0
    assert "To be recorded: 9 units of 2 pages" in result.stdout
    assert not LOCK.exists()


def test_texts_are_told_in_german() -> None:
    result = run("translated", "docs", "-l", "de")
    assert "Vermerkt: 9 Einheiten auf 2 Seiten in docs/de/translations.lock." in result.stdout


def test_what_is_meant_has_to_be_said() -> None:
    result = run("translated")
    assert result.exit_code == 2
    assert "--bootstrap" in result.stderr
    assert not LOCK.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("docs", "--locale", "en"), "is the source"),
        (("docs", "--locale", "dee"), "Did you mean de?"),
        (("docs", "--bootstrap", "--unit", "title"), "do not go together"),
        (("playbook.yml",), "does not lie in docs"),
    ],
)
def test_wrong_usage_is_refused(arguments: tuple[str, ...], told: str) -> None:
    result = run("translated", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_both_sides_of_a_conflict_are_kept() -> None:
    record_all()
    lines = LOCK.read_text("utf-8").splitlines()
    marked = [*lines[:3], "<<<<<<< ours", lines[3], "=======", lines[4], ">>>>>>> theirs"]
    LOCK.write_text("\n".join((*marked, *lines[5:], "")), "utf-8")
    edit(Path("docs/en/assess-move.md"), "twelve", "thirteen")
    result = run("translated", "docs")
    assert result.exit_code == 0
    assert "docs/de/translations.lock:4: conflict markers are left out" in result.stdout
    text = LOCK.read_text("utf-8")
    assert "<<<<" not in text
    assert lines[3] in text or lines[3].split()[1] in text
    assert len(text.splitlines()) == len(lines)


@pytest.mark.parametrize("line", ["assess-move nonsense", "# translations 9: other"])
def test_nothing_is_written_over_what_cannot_be_read(line: str) -> None:
    record_all()
    damaged = f"{LOCK.read_text('utf-8')}{line}\n"
    LOCK.write_text(damaged, "utf-8")
    edit(Path("docs/en/assess-move.md"), "twelve", "thirteen")
    result = run("translated", "docs")
    assert result.exit_code == 2
    assert "docs/de/translations.lock:11:" in result.stderr
    assert LOCK.read_text("utf-8") == damaged


def test_records_of_pages_that_are_not_named_stay() -> None:
    record_all()
    before = LOCK.read_text("utf-8").splitlines()
    edit(Path("docs/en/index.md"), "Welcome to", "Welcome in")
    run("translated", "docs/de/index.md")
    after = LOCK.read_text("utf-8").splitlines()
    assert [line for line in after if line.startswith("assess")] == [
        line for line in before if line.startswith("assess")
    ]
    assert after != before
