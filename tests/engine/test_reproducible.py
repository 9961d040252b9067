"""Whoever builds a commit, wherever and whenever, gets the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.engine.both import LEITFADEN, MKDOCS, differences, files_of
from tests.engine.projects import small_project
from tests.site.sites import QUIET

# Python imports it when it starts. No other way sets the clock for one process alone; the types
# of `datetime` are C's, so what they ask the clock is replaced within them.
CLOCK = """\
import ctypes, datetime, gc, time

NOW = {now}
real = dict(vars(time))

def filled(name):
    def asked(*given):
        whole = given if given and given[0] is not None else (NOW,)
        return real[name](*whole)
    return asked

time.time = lambda: float(NOW)
time.time_ns = lambda: NOW * 10**9
time.localtime, time.gmtime = filled("localtime"), filled("gmtime")
time.strftime = lambda form, *given: real["strftime"](form, *(given or (time.localtime(),)))

def put(kind, name, made):
    gc.get_referents(kind.__dict__)[0][name] = classmethod(made)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))

put(datetime.date, "today", lambda kind: kind.fromtimestamp(NOW))
put(datetime.datetime, "now", lambda kind, tz=None: kind.fromtimestamp(NOW, tz))
put(datetime.datetime, "today", lambda kind: kind.fromtimestamp(NOW))
put(datetime.datetime, "utcnow", lambda kind: kind.utcfromtimestamp(NOW))
"""


@dataclass(frozen=True)
class Around:
    """What is around a build.

    Args:
        now: The time of its clock.
        changed: The time at which all files were last changed, as they say.
        umask: Who may read what it writes.
        env: What is set in the environment.
    """

    now: int
    changed: int
    umask: int
    env: Mapping[str, str]


HERE = Around(
    now=1_773_500_000,  # in March 2026
    changed=1_700_000_000,
    umask=0o022,
    env={
        "TZ": "Pacific/Kiritimati",  # 14 hours before Greenwich
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "USER": "one",
        "LOGNAME": "one",
    },
)
ELSEWHERE = Around(
    now=1_893_400_000,  # in December 2029
    changed=1_893_300_000,
    umask=0o077,
    env={
        "TZ": "Etc/GMT+12",  # 12 hours behind it
        "LC_ALL": "C",
        "LANGUAGE": "de",
        "PYTHONHASHSEED": "4711",
        "USER": "another",
        "LOGNAME": "another",
        "COLUMNS": "40",
    },
)
WITH_A_DAY = replace(ELSEWHERE, env={**ELSEWHERE.env, "SOURCE_DATE_EPOCH": "1760000000"})
DATED = "2026-02-28T23:30:00-1100"  # already March elsewhere
LATER = "| 02/03/2027 | SME | To come, or past |\n"
TO_COME = "02/03/2027"  # what checks tell of is no part of a site


@pytest.fixture(scope="module")
def commit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with one commit, with an entry that is still to come for some."""
    root = small_project(tmp_path_factory.mktemp("commit"))
    page = root / "docs/en/tasks-here.md"
    page.write_text(page.read_text("utf-8") + LATER, "utf-8")
    dates = {f"GIT_{who}_DATE": DATED for who in ("AUTHOR", "COMMITTER")}
    names = ("-c", "user.name=A", "-c", "user.email=a@example.invalid")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All"]):
        subprocess.run(["git", *names, *command], cwd=root, env={**os.environ, **dates}, check=True)
    return root


def test_two_builds_of_a_commit_are_the_same(commit: Path, tmp_path: Path) -> None:
    """On other days, in other folders, time zones and languages, of other people."""
    first, told = built(MKDOCS, commit, tmp_path / "a", HERE)
    assert b"<lastmod>2026-02-28</lastmod>" in first["sitemap.xml"]  # the day of the commit
    assert TO_COME in told
    there = tmp_path / "quite another" / "folder"
    second, told = built(MKDOCS, commit, there, ELSEWHERE)
    assert TO_COME not in told
    assert differences(first, second) == []
    made, told = built(LEITFADEN, commit, tmp_path / "b", WITH_A_DAY)
    assert TO_COME not in told
    assert differences(first, made) == []


def built(
    program: tuple[str, ...], commit: Path, root: Path, around: Around
) -> tuple[dict[str, bytes], str]:
    """Build a commit in a folder, in what is around it; return the site and what was told."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(commit, root, copy_function=shutil.copyfile)
    for path in root.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (around.changed, around.changed))
    clock = root.parent / f"{root.name} clock"
    clock.mkdir(exist_ok=True)
    (clock / "sitecustomize.py").write_text(CLOCK.format(now=around.now))
    env = {**os.environ, **QUIET, **around.env, "PYTHONPATH": str(clock)}
    run = subprocess.run(
        [*program, "build"],
        cwd=root,
        env=env,
        umask=around.umask,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    return files_of(root / "site"), run.stdout
