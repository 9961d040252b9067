"""A report that is told again is the one that a new check would make, whatever has changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from leitfaden.checking import replay
from leitfaden.checking.baseline import DEFAULT_NAME
from leitfaden.checking.store import key_of, stamp
from leitfaden.checking.wording import LANGUAGES
from leitfaden.cli import check as command
from leitfaden.cli import options
from leitfaden.cli.project import store_of
from leitfaden.model import Severity
from leitfaden.reporting import FORMATS
from tests.cli.support import BLANKS, BROKEN, CONTRACT, GERMAN, GOOD, check, playbook, process

Change = Callable[[Path], object]
IMAGE = "# Title\n\n![A picture](some.png)\n\n[There](sub/b.md)\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A playbook whose files count as settled as soon as they are written; the folder to be in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(replay, "UNSETTLED", 0)
    pages = {"en/a.md": BLANKS, "de/a.md": GERMAN, "en/sub/b.md": BROKEN, "en/c.md": IMAGE}
    return playbook(tmp_path, {**pages, "en/some.png": b"\x89PNG"})


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was checked rather than told again."""
    made: list[str] = []
    real = command._checked

    def noted(wanted: command._Wanted, look: command._Look) -> tuple[str, int]:
        text, code = real(wanted, look)
        made.append(text)
        return text, code

    monkeypatch.setattr(command, "_checked", noted)
    return made


def page(name: str, text: str) -> Change:
    return lambda root: playbook(root, {name: text})


def contract(text: str) -> Change:
    return lambda root: playbook(root, {}, CONTRACT + text)


def rename(name: str, to: str) -> Change:
    return lambda root: (root / "docs" / name).rename(root / "docs" / to)


def remove(name: str) -> Change:
    return lambda root: (root / "docs" / name).unlink()


def baseline(root: Path) -> None:
    check("--update-baseline")
    file = root / DEFAULT_NAME
    entries = json.loads(file.read_bytes())
    assert entries
    file.write_bytes(file.read_bytes() + b"\n")


def link(root: Path) -> None:
    (root / "elsewhere.md").write_text(GOOD)
    (root / "docs" / "en" / "linked.md").symlink_to(root / "elsewhere.md")


SUPPRESSED = (
    "# Title\n\n<!-- leitfaden: ignore-file LF210 -- as it is -->\n\n##  Overview\n\nText.\n"
)


def test_what_is_the_same_is_told_again(project: Path, checks: list[str]) -> None:
    first, second = check(), check()
    assert (first.stdout, first.exit_code) == (second.stdout, second.exit_code)
    assert first.stdout
    assert len(checks) == 1


@pytest.mark.parametrize(
    "change",
    [
        page("en/a.md", GOOD),
        page("en/a.md", SUPPRESSED),
        page("en/new.md", BROKEN),
        page("de/sub/b.md", GERMAN),
        contract("checks: {severity: {LF210: error}}\n"),
        contract("navigation: [a, b, lost]\n"),
        rename("en/a.md", "en/z.md"),
        rename("en/a.md", "en/sub/a.md"),
        rename("en/some.png", "en/Some.png"),
        rename("de/a.md", "de/a-de.md"),
        remove("en/a.md"),
        remove("en/some.png"),
        remove("en/sub/b.md"),
        page("en/some.png", "another"),
        lambda root: (root / "docs" / "en" / "folder.md").mkdir(),
        page("fr/a.md", GOOD),
        baseline,
        link,
    ],
)
def test_no_change_is_missed(project: Path, checks: list[str], change: Change) -> None:
    check()
    change(project)
    checks.clear()
    told = check()
    assert len(checks) == 1
    fresh = check("--no-cache")
    assert (told.stdout, told.exit_code) == (fresh.stdout, fresh.exit_code)
    again = check()
    assert (again.stdout, again.exit_code) == (fresh.stdout, fresh.exit_code)


@pytest.mark.parametrize(
    "options",
    [
        ["-l", "de"],
        ["-f", "json"],
        ["-f", "text"],
        ["-r", "LF210"],
        ["--fail-on", "never"],
        ["--no-baseline"],
        ["docs/en/a.md"],
        ["--docs", "docs/en"],
    ],
)
def test_no_option_is_missed(project: Path, checks: list[str], options: list[str]) -> None:
    check()
    told = check(*options)
    assert len(checks) == 2
    fresh = check("--no-cache", *options)
    assert (told.stdout, told.exit_code) == (fresh.stdout, fresh.exit_code)


def test_how_many_processes_read_and_what_is_written_changes_nothing(
    project: Path, checks: list[str]
) -> None:
    told = check("--fail-on", "never")
    check("--fail-on", "never", "--jobs", "1", "-o", project / "report.txt")
    assert len(checks) == 1
    assert (project / "report.txt").read_text("utf-8") == told.stdout


def test_each_day_is_another(
    project: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Tomorrow(dt.date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2100, 1, 1)

    check()
    monkeypatch.setattr(replay, "dt", SimpleNamespace(date=Tomorrow))
    check()
    assert len(checks) == 2


def test_a_file_that_was_just_written_may_change_unseen(
    project: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "UNSETTLED", 60_000_000_000)
    check()
    check()
    assert len(checks) == 2


def test_a_file_that_changes_meanwhile_is_not_told_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = command._checked

    def slow(wanted: command._Wanted, look: command._Look) -> tuple[str, int]:
        found = real(wanted, look)
        page("en/a.md", BLANKS + "More.\n")(project)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(command, "_checked", slow)
        check()
    page("en/a.md", BLANKS)(project)
    assert check().stdout == check("--no-cache").stdout


@pytest.mark.parametrize("kept", [None, 1, "text", ("text",), (1, 0), ("text", 2), ("text", "0")])
def test_what_is_no_report_is_not_told(project: Path, checks: list[str], kept: object) -> None:
    told = check()
    [file] = (project / ".cache" / "leitfaden").glob("report-*")
    store_of(project / "playbook.yml").put("report", file.name.removeprefix("report-"), kept)
    assert check().stdout == told.stdout
    assert len(checks) == 2


def test_another_program_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of("a")
    monkeypatch.setattr("leitfaden.checking.store.stamp", lambda: f"not {stamp()}")
    assert key_of("a") != before


def test_the_command_knows_what_it_does_not_import() -> None:
    assert command._FORMATS == FORMATS
    assert (*(severity.value for severity in Severity), command._NEVER) == command._LEVELS
    assert command._BASELINE == DEFAULT_NAME
    assert options.LANGUAGES == LANGUAGES


def test_several_processes_find_what_one_does(project: Path) -> None:
    for number in range(220):
        english = f"{BLANKS}Text {number}.\n\n[There](p{number + 1}.md)\n"
        german = f"{GERMAN}Text {number}.\n"
        playbook(project, {f"en/p{number}.md": english, f"de/p{number}.md": german})

    def told(*options: str) -> bytes:
        args = ("check", "-f", "json", "--fail-on", "never", *options)
        return process(*args, cwd=project).communicate()[0]

    fresh = told("--no-cache", "--jobs=1")
    assert b"LF210" in fresh
    assert told("--jobs=2") == fresh
    assert told("--jobs=1") == fresh  # warm
    page("en/p7.md", GOOD)(project)
    changed = told("--no-cache", "--jobs=1")
    assert changed != fresh
    assert told("--jobs=2") == changed
