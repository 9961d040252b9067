"""Random edits of a large site: what is kept of earlier builds must change nothing.

This is no measurement but a search for a stale page: the tests ask the same of a small project.
After each edit, a build that uses what is kept is compared with one that uses nothing. Besides, the
same key must never stand for two contents, whichever builds they are from.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from scripts.bench_build import Size, made_of
from scripts.measuring import load
from tests.engine.edits import EDITS, compared
from tests.site.sites import QUIET

_COUNTS = (1, 1, 1, 2, 4)  # edits between two builds
_SEAL = 32  # bytes in front of what is kept


def bench_edits(size: Size, seconds: float, seed: int, *, corpus: bool = False) -> bool:
    """Edit a site for some time, and tell whether each build was right.

    Args:
        size: How large it is.
        seconds: How long.
        seed: Where chance begins.
        corpus: Whether it is made of the corpus instead of the project's own pages.
    """
    with tempfile.TemporaryDirectory() as name:
        root, good = Path(name, "project"), Path(name, "good")
        many = made_of(Path(name), size, corpus=corpus)
        if many is None:
            print("edits: the corpus is not beside the project, so it was not edited")
            return True
        many.write(root)
        print(f"edits: {size}, seed {seed}; {load()}")
        build(root)
        _copy(root, good)
        random, until, known, edits = Random(seed), time.monotonic() + seconds, _Keys(), 0
        while time.monotonic() < until:
            names = random.choices(list(EDITS), k=random.choice(_COUNTS))
            for one in names:
                EDITS[one](root, random)
            code, found = compared(root, build)
            found += known.conflicts(root)
            edits += len(names)
            if found:
                print(f"  WRONG after {edits} edits, the last {', '.join(names)}:", *found[:5])
                return False
            # What breaks the build is taken back, or nothing would be built any more.
            _copy(*((root, good) if code == 0 else (good, root)))
    print(f"  {edits} edits: each build the same as a clean one; {known.count:,} keys of pages")
    return True


def build(root: Path, *options: str) -> tuple[int, str]:
    """Build a project, however long it takes; return the exit code and what was told."""
    command = [sys.executable, "-m", "leitfaden", "build", *options]
    env = {**os.environ, **QUIET}
    done = subprocess.run(
        command,
        cwd=root,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


class _Keys:
    """What keys of pages have stood for."""

    def __init__(self) -> None:
        self._known: dict[str, object] = {}

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self._known)

    def conflicts(self, root: Path) -> Iterator[str]:
        """Yield the pages of which a key has stood for something else before.

        Args:
            root: The project, which has been built.
        """
        for file in root.glob(".cache/leitfaden/pages-*"):
            for locale, pages in json.loads(file.read_bytes()[_SEAL:])["locales"].items():
                for uri, (key, *content) in pages.items():
                    if self._known.setdefault(key, content) != content:
                        yield f"{locale}: the key of {uri} has stood for something else before"


def _copy(one: Path, other: Path) -> None:
    """Copy what a site is made of."""
    for name in ("docs", "overrides"):
        shutil.rmtree(other / name, ignore_errors=True)
        shutil.copytree(one / name, other / name)
    for name in ("mkdocs.yml", "playbook.yml"):
        shutil.copy(one / name, other / name)
