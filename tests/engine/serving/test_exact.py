"""What is served is what would be built, byte for byte: at first, and after any edit.

More of it: `fuzz` below, with a seed and a number of rounds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random

from tests.engine.both import files_of
from tests.engine.edits import EDITS
from tests.engine.projects import small_project
from tests.engine.serving.served import Served, serving
from tests.site import forks
from tests.site.sites import QUIET, Site

_MOMENT = 8  # seconds in which the server has to take over an edit


def built(served: Served) -> Mapping[str, bytes] | None:
    """Return the files of a clean build; None if the site is wrong."""
    root = served.site.root
    env = {**os.environ, **QUIET, "SITE_URL": served.url}
    options = ("--no-cache", "--no-strict", "--site-dir", str(root.parent / "built"))
    code, _ = forks.build(["build", *options], root, env, "leitfaden")
    return None if code else files_of(root.parent / "built")


def differences(served: Served, files: Mapping[str, bytes], gone: set[str]) -> list[str]:
    """Return what is not served as it was built, and what is still served although it is gone."""
    still = [name for name in sorted(gone) if served.get(f"/{name}").status == 200]
    return [*served.differences(files), *still]


def after_a_moment(served: Served, files: Mapping[str, bytes], gone: set[str]) -> list[str]:
    """Return what is still wrong when the server has had time to take over an edit."""
    end = time.monotonic() + _MOMENT
    while (found := differences(served, files, gone)) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def fuzz(folder: Path, seed: int, rounds: int, *, tells: bool = False) -> None:
    """Edit a site again and again while it is served."""
    random = Random(seed)
    root = small_project(folder)
    known: set[str] = set()
    with serving(Site.at(root)) as served:
        for number in range(rounds):
            names = random.choices(sorted(EDITS), k=random.randint(1, 3)) if number else []
            for name in names:
                EDITS[name](root, random)
            files = built(served)
            if tells:
                print(number, names, "wrong" if files is None else len(files), flush=True)
            if files is None:
                served.until(lambda: served.get("/").status == 500)
                continue
            assert after_a_moment(served, files, known - files.keys()) == [], (seed, names)
            known |= files.keys()


def test_each_file_is_served_as_it_is_built_whatever_is_edited(tmp_path: Path) -> None:
    fuzz(tmp_path, 8, 3)
