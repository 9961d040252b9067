"""Two judges of workflows find nothing, however picky; and they do find what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workflows.files import ROOT

PROGRAMS = Path(sys.executable).parent
BAD = """\
on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.issue.title }} ${{ steps.none.outputs.x }}
"""


def lint(program: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a linter, without asking anybody else."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GH_")}
    plain.pop("GITHUB_TOKEN", None)
    return subprocess.run(
        [PROGRAMS / program, *arguments],
        cwd=folder,
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask what an outsider could make of the workflows."""
    options = ("--offline", "--no-progress", "--quiet", "--persona", "auditor", "--no-ignores")
    return lint("zizmor", *options, "--strict-collection", ".", folder=folder)


def jactionlint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask whether GitHub can read the workflows, with all that actionlint looks for."""
    return lint("jactionlint", "--profile", "pedantic", "--strict-exit", folder=folder)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our workflows in a folder of their own: the judges look at nothing else."""
    folder = tmp_path_factory.mktemp("ours")
    for name in (".github/dependabot.yml", "action.yml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / ".github" / "workflows").mkdir()
    for file in (ROOT / ".github" / "workflows").iterdir():
        (folder / ".github" / "workflows" / file.name).write_bytes(file.read_bytes())
    (folder / ".git").mkdir()
    return folder


def test_zizmor_finds_nothing(ours: Path) -> None:
    done = zizmor(ours)
    assert done.returncode == 0, done.stdout
    assert "No findings" in done.stdout


def test_jactionlint_finds_nothing(ours: Path) -> None:
    done = jactionlint(ours)
    assert (done.returncode, done.stdout) == (0, "")


def test_both_find_what_is_wrong(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (folder / "bad.yml").write_text(BAD, "utf-8")
    told = zizmor(tmp_path)
    assert told.returncode != 0
    for what in ("dangerous-triggers", "template-injection", "unpinned-uses"):
        assert what in told.stdout
    told = jactionlint(tmp_path)
    assert told.returncode != 0
    for what in ("undefined-property", "template-injection"):
        assert what in told.stdout
