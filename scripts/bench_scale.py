"""What it costs to build a site in parts on many machines, and what 100,000 pages would cost.

Each part reads and checks all pages, since any page may show something of any other; then it makes
its own. So the time of a build has two shares. What each part does alone does not get less by more
machines, and limits how quick a site can be built; what it does for its own pages does.

Both are measured by parts of generated sites: a part without pages, and one with all pages of a
locale. From two sizes follows a straight line, and from that line what is told of larger sites: an
extrapolation, as good as the line is straight. Seconds are those of the processor, each part having
one process and no cache: on a machine with nothing else to do, a clock shows the same. With several
processes a part makes its pages more quickly, but reads all pages no faster.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from scripts.bench_build import CACHE, Size
from scripts.bench_sites import ManyPages
from scripts.measuring import Command, Spent, load, memory_of, spent_by
from scripts.progress import Progress

SIZES = (Size(500, 2), Size(2000, 2))
TARGET = 100_000  # pages of all locales together
MACHINES = (1, 2, 5, 10, 20, 50, 100)
BUILD = (sys.executable, "-m", "leitfaden", "build", "--quiet", "--jobs", "1")
ASSEMBLE = (sys.executable, "-m", "leitfaden", "assemble", "--quiet")
NOTHING = "999999/999999"  # the share of a part that has no pages


@dataclass(frozen=True)
class Measured:
    """What parts of a site took, with one process each.

    Args:
        size: The site.
        alone: A part without pages.
        parts: All pages of each locale, the source first.
        assembled: Putting them together.
        memory: The most that a part needed, in bytes.
        files: HTML files of the site.
    """

    size: Size
    alone: Spent
    parts: Sequence[Spent]
    assembled: Spent
    memory: int
    files: int

    @property
    def pages(self) -> int:
        """The pages of all locales."""
        return self.size.pages * self.size.locales

    @property
    def own(self) -> float:
        """The seconds for what is shared by all parts: the pages, and all beside them."""
        return sum(max(part.cpu - self.alone.cpu, 0) for part in self.parts)


def bench_scale(runs: int, sizes: Sequence[Size] = SIZES) -> None:
    """Measure parts of sites, and print what a large site would cost.

    Args:
        runs: How often each part is built.
        sizes: The sites: two, the smaller one first.
    """
    print(f"scale: parts of generated sites, CPU, one process each, medians of {runs}; {load()}")
    measured = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measured.append(_measure(size, Path(folder), runs))
        _tell(measured[-1])
    if len(measured) > 1:
        _extrapolate(measured[0], measured[-1])


def _measure(size: Size, folder: Path, runs: int) -> Measured:
    many = ManyPages(size.pages, size.locales)
    many.write(folder / "project")
    progress = Progress(runs * (len(many.keys) + 1) + 2)

    def taken(name: str, words: Sequence[str], times: int) -> Spent:
        command = Command(words, folder / "project")
        found = []
        for _ in range(times):
            shutil.rmtree(folder / "project" / CACHE, ignore_errors=True)
            with progress.step(f"{size}: {name}"):
                found.append(spent_by([command]))
        return Spent(*map(median, zip(*found, strict=True)))

    source, other = many.keys[0], many.keys[-1]
    to = [str(folder / key) for key in many.keys]
    empty = [*BUILD, "--locale", other, "--shard", NOTHING, "--site-dir", str(folder / "empty")]
    alone = taken("a part without pages", empty, runs)
    parts = [
        taken(f"the locale {key}", [*BUILD, "--locale", key, "--site-dir", where], runs)
        for key, where in zip(many.keys, to, strict=True)
    ]
    site = str(folder / "site")
    assembled = taken("assembling", [*ASSEMBLE, *to, "--site-dir", site], 1)
    shutil.rmtree(folder / "project" / CACHE, ignore_errors=True)
    with progress.step(f"{size}: memory"):
        again = [*BUILD, "--locale", source, "--site-dir", str(folder / "again")]
        memory = memory_of([Command(again, folder / "project")])
    files = sum(1 for _ in Path(site).rglob("*.html"))
    return Measured(size, alone, parts, assembled, memory, files)


def _tell(one: Measured) -> None:
    each = " + ".join(f"{part.cpu - one.alone.cpu:.1f}" for part in one.parts)
    print(
        f"  {one.size}, {one.files:,} HTML files: each part takes {one.alone.cpu:.1f} s before it "
        f"makes a page ({1000 * one.alone.cpu / one.pages:.1f} ms a page of the site); "
        f"the pages of the locales take {each} s ({1000 * one.own / one.files:.1f} ms an HTML "
        f"file); assembling {one.assembled.cpu:.1f} s; memory {one.memory / 1e6:,.0f} MB"
    )


def _extrapolate(small: Measured, large: Measured) -> None:
    """Print what a build of many pages would take on several numbers of machines."""

    def line(at_small: float, at_large: float) -> float:
        """Return a value at the target, on the line through two others."""
        slope = (at_large - at_small) / (large.pages - small.pages)
        return at_large + slope * (TARGET - large.pages)

    alone = line(small.alone.cpu, large.alone.cpu) / 60
    own = line(small.own, large.own) / 60
    assembled = line(small.assembled.cpu, large.assembled.cpu) / 60
    memory = line(small.memory, large.memory) / 1e9
    growth = (large.alone.cpu / large.pages) / (small.alone.cpu / small.pages)
    print(
        f"  {TARGET:,} pages, by a straight line through both (cost a page of the larger site, "
        f"as a ratio to the smaller: {growth:.2f} before pages, "
        f"{(large.own / large.pages) / (small.own / small.pages):.2f} for them):\n"
        f"  each machine needs {alone:.1f} minutes before it makes a page, and {memory:.1f} GB; "
        f"all pages {own:.1f} minutes; assembling {assembled:.1f} minutes"
    )
    print(f"  {'machines':>10}{'minutes':>10}{'machine-minutes':>18}  of these before pages")
    for machines in MACHINES:
        minutes = alone + own / machines
        spent = machines * minutes + assembled
        print(
            f"  {machines:>10}{minutes + assembled:>10.1f}{spent:>18.1f}"
            f"{machines * alone / spent:>14.0%}"
        )
