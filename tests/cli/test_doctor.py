"""`leitfaden doctor`: how it tells what it finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leitfaden.engine import doctor
from leitfaden.model import Severity
from leitfaden.model.trouble import Examined, Trouble
from tests.cli.support import run

FINE = Examined("disk", "Disk", ())
WRONG = Trouble(
    "shallow-clone", Severity.ERROR, "It is \x1b[31mshallow.", "No days.", "Do:\n  this"
)
BEHIND = Trouble("other-nav", Severity.NOTICE, "It may change.", "", "Look at it.")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mkdocs.yml").write_text("site_name: X\n")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    return tmp_path


def finds(monkeypatch: pytest.MonkeyPatch, *examined: Examined) -> list[tuple[Path, str]]:
    """Let the doctor find something, and note what it is asked."""
    asked = []

    def examine(file: Path, language: str) -> tuple[Examined, ...]:
        asked.append((file, language))
        return examined

    monkeypatch.setattr(doctor, "examine", examine)
    return asked


def test_what_is_wrong_is_told_with_its_cure(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = finds(monkeypatch, FINE, Examined("history", "History", (WRONG, BEHIND)))
    result = run("doctor")
    assert result.exit_code == 1
    assert result.stdout == (
        "ok: Disk\n"
        "error[shallow-clone]: It is ⟨U+001B⟩[31mshallow.\n"
        "  No days.\n"
        "  help: Do:\n"
        "      this\n"
        "notice[other-nav]: It may change.\n"
        "  help: Look at it.\n"
        "\n"
        "Found 1 error, 1 notice.\n"
    )
    assert asked == [(project / "mkdocs.yml", "en")]


def test_what_is_no_error_is_no_failure(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = finds(monkeypatch, Examined("plugins", "Plugins", (BEHIND,)))
    result = run("doctor", "--language", "de")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Hinweis[other-nav]: It may change."
    assert result.stdout.splitlines()[-1] == "1 Hinweis gefunden."
    assert asked == [(project / "mkdocs.yml", "de")]


def test_programs_get_all_of_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finds(monkeypatch, FINE, Examined("history", "History", (BEHIND, WRONG)))
    result = run("doctor", "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert [(one["name"], one["level"]) for one in told["examined"]] == [
        ("disk", "ok"),
        ("history", "error"),
    ]
    assert told["examined"][1]["troubles"][0] == {
        "name": "other-nav",
        "level": "notice",
        "what": "It may change.",
        "why": "",
        "cure": "Look at it.",
    }


def test_a_summary_of_a_workflow_gets_it_as_markdown(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finds(monkeypatch, FINE, Examined("plugins", "Plugins", (BEHIND,)))
    told = run("doctor", "--markdown").stdout
    assert "## Disk\n\nok\n" in told
    assert "- **notice** It may change. *help:* Look at it.\n" in told


def test_all_in_order_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finds(monkeypatch, FINE)
    result = run("doctor")
    assert (result.exit_code, result.stdout) == (0, "ok: Disk\n\nNothing is wrong.\n")


def test_without_a_configuration_it_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("doctor")
    assert result.exit_code == 2
    assert "There is no mkdocs.yml" in result.stderr
    assert run("doctor", "--config-file", "nothing.yml").exit_code == 2


def test_a_project_that_is_none_of_ours_is_looked_at(project: Path) -> None:
    """MkDocs' own theme, no plugins: told in one pass, with no traceback."""
    (project / "docs").mkdir()
    result = run("doctor")
    assert result.exit_code == 1
    assert "error[no-plugin]: mkdocs.yml does not name the plugin `leitfaden`." in result.stdout
