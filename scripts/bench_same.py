"""Whether all ways to build a site make the same files: `mkdocs build`, one build, many parts.

This is no measurement: the smallest difference is an error. The tests ask the same of small sites;
here it is sites of the project's own pages, or the corpus.
"""

from __future__ import annotations

import filecmp
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.bench_build import MKDOCS, Size, made_of
from scripts.bench_sites import ManyPages
from scripts.measuring import Command, load, spent_by
from scripts.progress import Progress

LEITFADEN = (sys.executable, "-m", "leitfaden", "build", "--quiet", "--no-cache")
ASSEMBLE = (sys.executable, "-m", "leitfaden", "assemble", "--quiet")
SHOWN = 20  # differences


def bench_same(size: Size, shards: int, *, corpus: bool = False) -> bool:
    """Build a site in all ways, and tell whether the files are the same.

    Args:
        size: How large it is.
        shards: In how many parts each locale is built.
        corpus: Whether it is made of the corpus instead of the project's own pages.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many = made_of(folder, size, corpus=corpus)
        if many is None:
            print("same: the corpus is not beside the project, so it was not compared")
            return True
        many.write(folder / "project")
        size = Size(len(many.page_ids), len(many.keys))
        print(f"same: {size}, {shards} parts of each locale; {load()}")
        _build(many, folder, shards)
        ways = {"leitfaden build": "leitfaden", "assembled parts": "assembled"}
        found = {
            way: list(differences(folder / "mkdocs", folder / made)) for way, made in ways.items()
        }
        count = sum(1 for file in (folder / "mkdocs").rglob("*") if file.is_file())
    for way, names in found.items():
        if not names:
            print(f"  {way}: the same {count:,} files as `mkdocs build`")
            continue
        print(f"  {way}: {len(names):,} DIFFERENT files of {count:,}, among them")
        print("".join(f"    {name}\n" for name in names[:SHOWN]), end="")
    return not any(found.values())


def differences(one: Path, other: Path) -> Iterator[str]:
    """Yield the names of files that only one of two folders has, or that are not the same."""
    names = {
        file.relative_to(folder).as_posix()
        for folder in (one, other)
        for file in folder.rglob("*")
        if file.is_file()
    }
    for name in sorted(names):
        files = one / name, other / name
        if not all(map(Path.is_file, files)) or not filecmp.cmp(*files, shallow=False):
            yield name


def _build(many: ManyPages, folder: Path, shards: int) -> None:
    """Build the site in all ways, each into a folder of its own."""
    progress = Progress(3 + len(many.keys) * shards)

    def run(name: str, command: Sequence[str]) -> None:
        with progress.step(name):
            spent_by([Command(command, folder / "project")])

    run("mkdocs build", [*MKDOCS, "--site-dir", str(folder / "mkdocs")])
    run("leitfaden build", [*LEITFADEN, "--site-dir", str(folder / "leitfaden")])
    parts = []
    for locale in many.keys:
        for number in range(1, shards + 1):
            parts.append(str(folder / "parts" / f"{locale}-{number}"))
            share = ["--locale", locale, "--shard", f"{number}/{shards}"]
            run(" ".join(share), [*LEITFADEN, *share, "--site-dir", parts[-1]])
    run("assemble", [*ASSEMBLE, *parts, "--site-dir", str(folder / "assembled")])
