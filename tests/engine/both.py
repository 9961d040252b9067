"""A site built both ways: by `mkdocs build` and by `leitfaden build`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.site import forks
from tests.site.sites import QUIET

MKDOCS = (sys.executable, "-m", "mkdocs")
LEITFADEN = (sys.executable, "-c", "from leitfaden.cli import main; main()")

_NAMES: Mapping[tuple[str, ...], str] = {MKDOCS: "mkdocs", LEITFADEN: "leitfaden"}
_SECONDS = re.compile(r"\d+\.\d+ seconds")


@dataclass(frozen=True)
class Made:
    """What a build has made."""

    exit_code: int
    log: str
    files: Mapping[str, bytes]


def built_by(
    program: tuple[str, ...], root: Path, folder: Path, *options: str, fresh: bool = False
) -> Made:
    """Build the project in `root` into a folder of its own, without a cache.

    Args:
        program: Which of the two builds it.
        root: The project's folder.
        folder: Of the site.
        options: Further ones.
        fresh: Whether it starts as a shell starts it, not with all that it imports.
    """
    words = ["build", "--site-dir", str(folder), *options]
    if program == LEITFADEN:
        words.append("--no-cache")
    env = {**os.environ, **QUIET}
    if fresh or not forks.can_fork(QUIET):
        code, told = _run([*program, *words], root, env)
    else:
        code, told = forks.build(words, root, env, _NAMES[program])
    log = _SECONDS.sub("… seconds", told.replace(str(folder), "<site>"))
    return Made(code, log, files_of(folder))


def _run(command: list[str], root: Path, env: Mapping[str, str]) -> tuple[int, str]:
    run = subprocess.run(
        command,
        cwd=root,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout


def files_of(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Return the names of files that only one of them has, or that are not the same."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def leftovers(folder: Path) -> list[str]:
    """Return what a build has left beside its site."""
    return sorted(entry.name for entry in folder.parent.glob(f".{folder.name}-*"))
