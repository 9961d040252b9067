"""An import is written as a whole, or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from leitfaden.importing import write as writing
from leitfaden.importing.plan import ImportPlan
from leitfaden.importing.write import STAGE, NotImportedError, recover, write_import
from tests.importing.trees import contents, page, plan, project, write

FILES: dict[str, str | bytes] = {
    "a-de.md": page("A", "![A tree](m/a.png)"),
    "deep/er/b-de.md": page("B"),
    "m/a.png": b"\x89PNG",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project", {"de/redirects.yml": "older: a\n", "en/c.md": page("C")})


@pytest.fixture
def made(tmp_path: Path, root: Path) -> ImportPlan:
    return plan(root, write(tmp_path / "tree", FILES), "de")


def test_all_of_it_is_written_and_nothing_is_left_over(root: Path, made: ImportPlan) -> None:
    assert write_import(made) == 5
    assert sorted(contents(root)) == [
        "docs/de/a.md",
        "docs/de/deep/er/b.md",
        "docs/de/m/a.png",
        "docs/de/redirects.yml",
        "docs/en/c.md",
        "playbook.yml",
    ]
    assert not (root / STAGE).exists()


def test_a_second_time_nothing_is_written(tmp_path: Path, root: Path, made: ImportPlan) -> None:
    write_import(made)
    before = {name: (root / name).stat().st_mtime_ns for name in contents(root)}
    again = plan(root, tmp_path / "tree", "de")
    assert not again.is_needed
    assert write_import(again) == 0
    assert {name: (root / name).stat().st_mtime_ns for name in contents(root)} == before


class Fails:
    """Lets a function fail the n-th time that it is called.

    Args:
        error: What it raises.
        at: Which call fails, from 0.
    """

    def __init__(self, error: BaseException, at: int) -> None:
        self.calls = 0
        self._error = error
        self._at = at

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            if self.calls - 1 == self._at:
                raise self._error
            return function(*args, **kwargs)

        return wrapped


def failures() -> Iterator[tuple[str, str, int]]:
    """Yield each step of writing that can fail, and how often it happens."""
    for target, name, times in (
        ("leitfaden.importing.write.os", "fsync", 5),
        ("leitfaden.importing.write.shutil", "copyfile", 1),
        ("leitfaden.importing.write.shutil", "copy2", 2),
        ("leitfaden.importing.write", "_note", 1),
        ("leitfaden.importing.write", "_move", 5),
        ("leitfaden.importing.write", "_check_unchanged", 8),
    ):
        for at in range(times):
            yield target, name, at


@pytest.mark.parametrize(("target", "name", "at"), list(failures()))
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_whatever_fails_and_when_nothing_of_it_is_left(
    root: Path,
    made: ImportPlan,
    monkeypatch: pytest.MonkeyPatch,
    target: str,
    name: str,
    at: int,
    error: BaseException,
) -> None:
    before = contents(root)
    folders = {path for path in root.rglob("*") if path.is_dir()}
    fails = Fails(error, at)
    module: Any = sys.modules.get(target) or getattr(writing, target.rpartition(".")[2])
    monkeypatch.setattr(module, name, fails.around(getattr(module, name)))
    with pytest.raises((NotImportedError, KeyboardInterrupt)):
        write_import(made)
    assert fails.calls == at + 1
    monkeypatch.undo()
    assert contents(root) == before
    assert {path for path in root.rglob("*") if path.is_dir()} == folders
    assert write_import(made) == 5


KILLED = """
import os, sys, pickle
from pathlib import Path
from leitfaden.importing import write as writing
from tests.importing.trees import plan
root, tree, at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
move, calls = writing._move, []
def dies(*args):
    if len(calls) == at:
        os._exit(9)
    calls.append(args)
    move(*args)
writing._move = dies
writing.write_import(plan(root, tree, "de"))
"""


@pytest.mark.parametrize("at", [0, 2, 4])
def test_what_a_crash_has_left_is_undone_by_the_next_import(
    tmp_path: Path, root: Path, made: ImportPlan, at: int
) -> None:
    before = contents(root)
    project_root = Path(__file__).parents[2]
    command = [sys.executable, "-c", KILLED, str(root), str(tmp_path / "tree"), str(at)]
    environment = {**os.environ, "PYTHONPATH": f"{project_root}:{project_root / 'plugins'}"}
    done = subprocess.run(command, env=environment, capture_output=True)
    assert done.returncode == 9, done.stderr
    assert (root / STAGE).exists()
    assert recover(root, root / "docs")
    assert contents(root) == before
    assert not recover(root, root / "docs")
    assert write_import(made) == 5


def test_a_file_that_was_changed_meanwhile_is_not_replaced(root: Path, made: ImportPlan) -> None:
    write(root, {"docs/de/a.md": "somebody was faster\n"})
    before = contents(root)
    with pytest.raises(NotImportedError) as error:
        write_import(made)
    assert error.value.reason == "meanwhile"
    assert contents(root) == before


def test_an_image_that_was_changed_meanwhile_does_not_come(
    tmp_path: Path, root: Path, made: ImportPlan
) -> None:
    before = contents(root)
    write(tmp_path / "tree", {"m/a.png": b"another"})
    with pytest.raises(NotImportedError):
        write_import(made)
    assert contents(root) == before


def test_nothing_is_written_where_a_link_leads_out(
    tmp_path: Path, root: Path, made: ImportPlan
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(root / "docs/de")
    (root / "docs/de").symlink_to(outside)
    with pytest.raises(NotImportedError) as error:
        write_import(made)
    assert error.value.reason == "outside"
    assert contents(outside) == {}


def test_a_journal_from_somebody_else_touches_nothing_outside(tmp_path: Path, root: Path) -> None:
    write(tmp_path, {"precious": "mine"})
    entry = {"target": str(tmp_path / "precious"), "before": False, "folders": [str(tmp_path)]}
    write(root, {f"{STAGE}/journal.json": json.dumps([entry])})
    recover(root, root / "docs")
    assert (tmp_path / "precious").read_text() == "mine"


def test_a_second_import_at_the_same_time_is_refused(root: Path, made: ImportPlan) -> None:
    fcntl = pytest.importorskip("fcntl", reason="this system has no such locks")
    write(root, {f"{STAGE}/lock": ""})
    with (root / STAGE / "lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        with pytest.raises(NotImportedError) as error:
            write_import(made)
    assert error.value.reason == "running"
