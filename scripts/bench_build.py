"""How long it takes to build a site: plain MkDocs, MkDocs with the plugin, and `leitfaden build`.

All are measured in turn, and each ratio is that of two builds of the same turn. Leitfaden makes
more pages than plain MkDocs of the same sources: one for each task, role, service and so on. So
there are two ratios: of a whole build, and of what a page of the finished site costs.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from scripts.bench_others import OTHERS, Missing
from scripts.bench_sites import ManyPages, write_corpus
from scripts.measuring import Command, CommandError, Spent, load, memory_of, spent_by, spread
from scripts.progress import Progress

MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet")
LEITFADEN = (sys.executable, "-m", "leitfaden", "build", "--quiet")
CACHE = Path(".cache", "leitfaden")
PLAIN = "plain MkDocs"
COLD = "leitfaden build"
WIDTH = 30  # of names
WIDTHS = (22, 22, 20, 10, 10)


class Size(NamedTuple):
    """How large a site is.

    Args:
        pages: Pages of each locale.
        locales: How many locales.
    """

    pages: int
    locales: int

    def __str__(self) -> str:
        return f"{self.pages:,} pages × {self.locales} locales"


@dataclass
class Way:
    """A way to build a site.

    Args:
        name: What it is called in the table.
        commands: Builds it.
        site: The folder with the pages that it makes.
        before: What is done before, and not measured; given the number of the turn.
        is_cold: Whether its memory is measured, too.
        may_fail: Whether the others are measured if it fails.
    """

    name: str
    commands: Sequence[Command]
    site: Path
    before: Callable[[int], None]
    is_cold: bool = True
    may_fail: bool = False
    spent: list[Spent] = field(default_factory=list)
    memory: int = 0
    files: int = 0

    @property
    def cpu(self) -> float:
        """The median time of all processors."""
        return statistics.median(one.cpu for one in self.spent)


def bench_builds(
    sizes: Sequence[Size],
    runs: int,
    extensions: Sequence[str],
    others: Sequence[str] = (),
    *,
    corpus: bool = False,
) -> None:
    """Build sites in all ways, in turn, and print what that took.

    Args:
        sizes: The sites.
        runs: How often each is built in each way.
        extensions: Of Markdown, without Leitfaden.
        others: Further programs, as far as they are installed.
        corpus: Whether the sites are made of the corpus instead of the project's own pages.
    """
    costs: dict[Size, Mapping[str, float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            many = made_of(Path(name), size, corpus=corpus)
            if many is None:
                print("build: the corpus is not beside the project, so it was not measured")
                return
            costs[size] = _bench(many, Path(name), runs, extensions, others)
    first, last = min(costs), max(costs)
    if len({size.pages for size in costs}) > 1:
        _tell_growth(first, costs[first], last, costs[last])


def made_of(folder: Path, size: Size, *, corpus: bool) -> ManyPages | None:
    """Return the pages of a site; None if there is no corpus.

    Args:
        folder: For what has to be written.
        size: How large it is.
        corpus: Whether it is made of the corpus.
    """
    if not corpus:
        return ManyPages(size.pages, size.locales)
    root = folder / "corpus"
    return ManyPages(size.pages, size.locales, root) if write_corpus(root) else None


def _bench(
    many: ManyPages, folder: Path, runs: int, extensions: Sequence[str], others: Sequence[str]
) -> Mapping[str, float]:
    """Print what a site took in each way; return the processors' time for a page of each locale."""
    many.write_plain(folder / "plain", extensions)
    many.write(folder / "leitfaden")
    ways = [*_own(many, folder), *_others(many, folder / "others", others)]
    progress = Progress(runs * len(ways) + sum(way.is_cold for way in ways))
    size = Size(len(many.page_ids), len(many.keys))
    print(f"build: {size}, medians of {runs} (and spread), process start included; {load()}")
    for turn in range(runs):
        for way in tuple(ways):
            with progress.step(f"{size}, turn {turn + 1}: {way.name}"):
                way.before(turn)
                try:
                    way.spent.append(spent_by(way.commands))
                except CommandError as error:
                    if not way.may_fail:
                        raise
                    print(f"  {way.name} was not measured: {error}")
                    ways.remove(way)
                way.files = sum(1 for _ in way.site.rglob("*.html"))
    for way in ways:
        if way.is_cold:
            with progress.step(f"{size}, memory: {way.name}"):
                way.before(runs)
                way.memory = memory_of(way.commands)
    _print(ways)
    pages = len(many.page_ids) * len(many.keys)
    return {way.name: way.cpu / pages for way in ways}


def _own(many: ManyPages, folder: Path) -> list[Way]:
    plain, ours = folder / "plain", folder / "leitfaden"

    def from_nothing(project: Path) -> Callable[[int], None]:
        def clean(_: int) -> None:
            shutil.rmtree(project / "site", ignore_errors=True)
            shutil.rmtree(project / CACHE, ignore_errors=True)

        return clean

    page = next(one for one in reversed(many.page_ids) if "/" not in one)
    file = ours / "docs" / many.keys[0] / f"{page}.md"

    def edit_text(turn: int) -> None:
        file.write_text(f"{file.read_text('utf-8')}\nSentence number {turn} is new.\n", "utf-8")

    def edit_title(turn: int) -> None:
        lines = file.read_text("utf-8").split("\n")
        starts = ("# ", "title: ")
        named = (f"{line} {turn}" if line.startswith(starts) else line for line in lines)
        file.write_text("\n".join(named), "utf-8")

    build = [Command(LEITFADEN, ours)]
    return [
        Way(PLAIN, [Command(MKDOCS, plain)], plain / "site", from_nothing(plain)),
        Way("mkdocs build, plugin", [Command(MKDOCS, ours)], ours / "site", from_nothing(ours)),
        Way(COLD, build, ours / "site", from_nothing(ours)),
        Way("  nothing changed", build, ours / "site", lambda _: None, is_cold=False),
        Way("  the text of one page edited", build, ours / "site", edit_text, is_cold=False),
        Way("  the title of one page edited", build, ours / "site", edit_title, is_cold=False),
    ]


def _others(many: ManyPages, folder: Path, names: Iterable[str]) -> list[Way]:
    ways = []
    for name in names:
        if name not in OTHERS:
            print(f"build: {name!r} is not known; there are {', '.join(OTHERS)}")
            continue
        try:
            other = OTHERS[name](many, folder / name)
        except Missing as missing:
            print(f"build: {name} was not measured: {missing}")
            continue
        ways.append(Way(other.name, other.commands, other.site, other.before, may_fail=True))
    return ways


def _print(ways: Sequence[Way]) -> None:
    plain = next(way for way in ways if way.name == PLAIN)
    _row("", "wall, s", "CPU, s", "HTML files", "CPU each", "memory")
    for way in ways:
        wall, cpu = (spread(column) for column in zip(*way.spent, strict=True))
        each = f"{1000 * way.cpu / way.files:.1f} ms"
        memory = f"{way.memory / 1e6:,.0f} MB" if way.memory else ""
        _row(way.name, wall, cpu, f"{way.files:,}", each, memory)
    print("  Ratios to plain MkDocs: of a whole build, and of what one HTML file takes")
    _row("", "wall", "CPU", "CPU an HTML file")
    for way in ways:
        pairs = list(zip(way.spent, plain.spent, strict=True))
        share = plain.files / way.files
        wall = spread(one.wall / other.wall for one, other in pairs)
        cpu = spread(one.cpu / other.cpu for one, other in pairs)
        each = spread(one.cpu / other.cpu * share for one, other in pairs)
        _row(way.name, wall, cpu, each)


def _row(name: str, *columns: str) -> None:
    cells = (f"{cell:>{width}}" for cell, width in zip(columns, WIDTHS, strict=False))
    print(f"  {name:<{WIDTH}}{''.join(cells)}")


def _tell_growth(
    small: Size, at_small: Mapping[str, float], large: Size, at_large: Mapping[str, float]
) -> None:
    """Print how much more a page costs in a large site."""
    print(f"growth: CPU for a page in {large}, as a ratio to one in {small}:")
    for name in at_small:
        if name in at_large:
            print(f"  {name:<{WIDTH}} {at_large[name] / at_small[name]:.2f}")
