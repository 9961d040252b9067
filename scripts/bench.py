"""How fast it is, as ratios within one run: `python3 scripts/dev.py bench [pages|build|check]`.

Machines differ and are never idle, so every figure stands beside one of a well-known tool that was
measured in turn with it. Further ones run only when they are named:

- `bench build --pages 500 4000` builds sites of so many pages of each locale, made out of the
  project's own; `--corpus` those of the corpus; `--with zensical,hugo,starlight` by others, too.
- `bench same` compares the files of all ways to build a site: `mkdocs build`, `leitfaden build`,
  parts. Any difference is an error.
- `bench serve` edits pages of a site that is served live, and tells how long it takes until a tab
  is told to load its page again; sizes as for `build`.
- `bench edits` edits a site at random, and compares each build with one that uses nothing that
  earlier ones have left; `--seconds`, `--seed`, sizes as for `build`.
- `bench hostile` kills builds and fills disks, and tells whether the last good site was always
  whole; `--kills`, `--seed`, sizes as for `build`.
- `bench scale` measures parts, and tells what 100,000 pages would cost on how many machines.
- `bench search` tells how good the search is, beside two others; with `--pages 10000` what it costs
  in a large playbook.
- `bench drift` tells how well changes are found that make translations stale.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import markdown

from leitfaden.contract import Contract, load_contract
from leitfaden.model import Page, Playbook
from leitfaden.reading import PageReader
from leitfaden.rendering import Catalogue, RenderContext, Renderer

if TYPE_CHECKING:
    from scripts.bench_build import Size

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
CORPUS_LOCALES = {"english-playbook": "en", "german-playbook": "de"}

OWN_PAGES, OWN_LOCALES = 74, 6  # of the site that all programs were first measured with
USUAL = ["pages", "build", "check"]  # measured if nothing is chosen; the rest needs a browser
SEARCHES = ["leitfaden", "material", "pagefind"]

T = TypeVar("T")

# What the Material theme's documentation recommends for a site like this one.
EXTENSIONS = [
    "admonition",
    "attr_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tasklist",
]


@dataclass(frozen=True)
class Source:
    """A page's bytes with what the reader has to know about them."""

    path: str
    locale: str
    page_id: str
    data: bytes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen benchmarks and print their figures."""
    options = _parser().parse_args(arguments)
    chosen = options.what or USUAL
    sys.path.insert(0, str(ROOT))  # as a script, this file does not know its neighbours
    if "search" in chosen:
        _search(options)
    if "serve" in chosen:
        from scripts.bench_serve import bench_serve

        bench_serve(options.pages or [OWN_PAGES], options.locales or OWN_LOCALES, options.runs)
    if "scale" in chosen:
        from scripts.bench_scale import bench_scale

        bench_scale(options.runs)
    if "same" in chosen and not _same(options):
        return 1
    if "edits" in chosen and not _edits(options):
        return 1
    if "hostile" in chosen and not _hostile(options):
        return 1
    contract = load_contract(ROOT / "playbook.yml")
    if "pages" in chosen:
        bench_pages("docs", list(own_pages(contract)), contract, options.runs)
        corpus = list(corpus_pages(contract))
        if corpus:
            bench_pages("corpus", corpus, contract, options.runs)
        else:
            print(f"corpus: not measured, as there is no {CORPUS.name} beside the project")
    if "build" in chosen:
        _build(options)
    if "check" in chosen:
        bench_check(options.runs)
    if "drift" in chosen:
        bench_translations(contract, options.samples)
    return 0


def _parser() -> argparse.ArgumentParser:
    """Return what understands the command line."""
    text, form = __doc__ or "", argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=text, formatter_class=form)
    further = ["search", "scale", "same", "edits", "hostile", "serve", "drift"]
    parser.add_argument("what", nargs="*", choices=[*USUAL, *further, []], default=[])
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured")
    parser.add_argument(
        "--half",
        choices=["report", "tune"],
        default="report",
        help="of the queries for `search`, or `tune`",
    )
    parser.add_argument(
        "--pages",
        type=int,
        nargs="+",
        help=f"of each locale, for `build`, `same` and `search`; {OWN_PAGES} for `build`",
    )
    parser.add_argument(
        "--locales", type=int, help=f"of the pages; 2, or {OWN_LOCALES} without `--pages`"
    )
    parser.add_argument("--corpus", action="store_true", help="for `build` and `same`")
    parser.add_argument("--seconds", type=float, default=600, help="for `edits`: how long")
    parser.add_argument("--seed", type=int, default=1, help="for `edits`: where chance begins")
    parser.add_argument("--kills", type=int, default=50, help="for `hostile`: of builds")
    parser.add_argument("--shards", type=int, default=2, help="for `same`: parts of each locale")
    parser.add_argument(
        "--with",
        dest="others",
        type=lambda text: text.split(","),
        default=[],
        help="for `build`: zensical, hugo, starlight, if they are installed",
    )
    parser.add_argument("--only", choices=SEARCHES, default="", help="the one engine for `search`")
    parser.add_argument("--misses", action="store_true", help="list queries that found too little")
    parser.add_argument("--samples", type=int, default=60, help="of drift: changes of each family")
    return parser


def _search(options: argparse.Namespace) -> None:
    """Measure the search, which needs the queries that lie with the tests."""
    if options.pages:
        from scripts.bench_search_size import bench_search_size

        for pages in options.pages:
            bench_search_size(pages, options.runs, options.only)
        return
    from scripts.bench_search import bench_search

    bench_search(options.half, options.misses, options.only)


def _sizes(options: argparse.Namespace) -> list[Size]:
    """Return the sizes of sites that were asked for."""
    from scripts.bench_build import Size

    if not options.pages:
        return [Size(OWN_PAGES, options.locales or OWN_LOCALES)]
    return [Size(pages, options.locales or 2) for pages in options.pages]


def _build(options: argparse.Namespace) -> None:
    from scripts.bench_build import bench_builds

    sizes = _sizes(options)
    bench_builds(sizes, options.runs, EXTENSIONS, options.others, corpus=options.corpus)


def _same(options: argparse.Namespace) -> bool:
    from scripts.bench_same import bench_same

    found = [bench_same(size, options.shards, corpus=options.corpus) for size in _sizes(options)]
    return all(found)


def _edits(options: argparse.Namespace) -> bool:
    from scripts.bench_edits import bench_edits

    found = [
        bench_edits(size, options.seconds, options.seed, corpus=options.corpus)
        for size in _sizes(options)
    ]
    return all(found)


def _hostile(options: argparse.Namespace) -> bool:
    from scripts.bench_hostile import bench_hostile

    found = [bench_hostile(size, options.kills, options.seed) for size in _sizes(options)]
    return all(found)


def own_pages(contract: Contract) -> Iterator[Source]:
    """Yield the project's own pages."""
    for locale in contract.locale_keys:
        folder = ROOT / "docs" / locale
        for file in sorted(folder.rglob("*.md")):
            page_id = contract.page_id(file.relative_to(folder).as_posix(), locale)
            yield Source(file.relative_to(ROOT).as_posix(), locale, page_id, file.read_bytes())


def corpus_pages(contract: Contract) -> Iterator[Source]:
    """Yield the pages of the test corpus, if it is there."""
    for folder, locale in CORPUS_LOCALES.items():
        for file in sorted((CORPUS / folder).glob("*.md")):
            page_id = contract.page_id(file.name, locale)
            yield Source(file.name, locale, page_id, file.read_bytes())


def bench_translations(contract: Contract, samples: int) -> None:
    """Change the project's pages and the corpus, and count what is told of their translations."""
    from scripts.bench_drift import bench_drift

    reader = PageReader(contract)
    for name, sources in (("docs", own_pages(contract)), ("corpus", corpus_pages(contract))):
        # Of two files for one page, the one whose name says the locale was made for it.
        pages: dict[tuple[str, str], Page] = {}
        for source in sources:
            key = source.locale, source.page_id
            if key not in pages or not source.path.endswith(f"{source.page_id}.md"):
                pages[key] = read(reader, source)
        if pages:
            bench_drift(name, list(pages.values()), contract, samples)


def bench_pages(name: str, sources: Sequence[Source], contract: Contract, runs: int) -> None:
    """Compare reading and rendering of pages with Python-Markdown's conversion of them."""
    templates = ROOT / "overrides"
    renderer = Renderer(contract, templates, Catalogue.load(templates, contract))
    reader = PageReader(contract)
    pages = [read(reader, source) for source in sources]
    context = surroundings(pages, contract)
    texts = [page.body for page in pages]

    def render_all() -> None:
        for page in pages:
            renderer.render(page, context)

    figures = alternate(
        runs,
        reading=lambda: [read(reader, source) for source in sources],
        rendering=render_all,
        markdown=lambda: [markdown.markdown(t, extensions=EXTENSIONS) for t in texts],
    )
    each = {key: 1000 * seconds / len(sources) for key, seconds in figures.items()}
    ours = each["reading"] + each["rendering"]
    print(
        f"{name}: {len(sources)} pages, medians of {runs}, CPU a page: "
        f"reading {each['reading']:.2f} ms + rendering {each['rendering']:.2f} ms = {ours:.2f} ms; "
        f"Python-Markdown {each['markdown']:.2f} ms; ratio {ours / each['markdown']:.2f}"
    )

    def read_and_render(source: Source) -> None:
        renderer.render(read(reader, source), context)

    def python_markdown(text: str) -> None:
        markdown.markdown(text, extensions=EXTENSIONS)

    one = median_page(read_and_render, sources, runs)
    other = median_page(python_markdown, texts, runs)
    print(
        f"{name}: the median page, reading and rendering {1000 * one:.2f} ms; "
        f"Python-Markdown {1000 * other:.2f} ms; ratio {one / other:.2f}"
    )


def read(reader: PageReader, source: Source) -> Page:
    """Read one page."""
    return reader.read(source.data, path=source.path, locale=source.locale, page_id=source.page_id)


def surroundings(pages: Sequence[Page], contract: Contract) -> RenderContext:
    """Return a playbook of the pages, with links that lead anywhere."""
    by_locale: dict[str, dict[str, Page]] = {locale: {} for locale in contract.locale_keys}
    for page in pages:
        by_locale[page.locale][page.id] = page
    playbook = Playbook(contract.source, contract.locale_keys, by_locale)
    return RenderContext(contract.source, playbook, lambda link: link.target, lambda page: page)


def median_page(function: Callable[[T], None], things: Sequence[T], runs: int) -> float:
    """Return the CPU seconds that a function takes for the median of some things."""
    seconds: list[list[float]] = [[] for _ in things]
    for _ in range(runs):
        for taken, thing in zip(seconds, things, strict=True):
            started = time.process_time()
            function(thing)
            taken.append(time.process_time() - started)
    return statistics.median(map(statistics.median, seconds))


def alternate(runs: int, **measured: Callable[[], object]) -> dict[str, float]:
    """Return the median CPU seconds of each function, measured in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(runs):
        for name, function in measured.items():
            started = time.process_time()
            function()
            seconds[name].append(time.process_time() - started)
    return {name: statistics.median(values) for name, values in seconds.items()}


class Taken(NamedTuple):
    """The seconds that a command took, by the clock and of all processors together."""

    wall: float
    cpu: float


COPIES = 10
MARKDOWNLINT = "markdownlint-cli2@0.24.1"  # the linter that most projects with Markdown run


def bench_check(runs: int) -> None:
    """Measure `leitfaden check` cold and warm, and compare it with a linter for Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        contract = load_contract(ROOT / "playbook.yml")
        pages = many_pages(project, contract)
        cache = project / ".cache"
        taken: dict[str, list[Taken]] = {}

        def measure(name: str, command: Sequence[str]) -> None:
            taken.setdefault(name, []).append(timed(command, project))

        check = [sys.executable, "-m", "leitfaden", "check", "--format=concise", "--fail-on=never"]
        linter = markdownlint(project)
        one = next((project / "docs" / "de").rglob("*-de.md"))
        for _ in range(runs):
            measure("start", [sys.executable, "-m", "leitfaden", "--help"])
            shutil.rmtree(cache, ignore_errors=True)
            measure("cold, 1 process", [*check, "--jobs=1"])
            shutil.rmtree(cache, ignore_errors=True)
            measure("cold", check)
            measure("warm", check)
            measure("warm, another format", [*check, "--format=json"])
            one.write_bytes(one.read_bytes() + b"\nOne more line.\n")
            measure("one changed file", [*check, str(one)])
            measure("all, one file changed", check)
        if linter:
            measure(MARKDOWNLINT, linter)
    print(f"check: {pages:,} pages, medians of {runs}, process start included:")
    medians = {name: median(values) for name, values in taken.items()}
    for name, (wall, cpu) in medians.items():
        print(f"  {name:<24} {wall:6.2f} s, {cpu:6.2f} s CPU  {pages / wall:7,.0f} pages/s")
    if linter:
        wall, cpu = (a / b for a, b in zip(medians[MARKDOWNLINT], medians["cold"], strict=True))
        print(f"  cold: {wall:.1f} times as fast, {1 / cpu:.0%} of the CPU time")
    else:
        print(f"  {MARKDOWNLINT} was not measured, as npm is not here")


def many_pages(project: Path, contract: Contract) -> int:
    """Make a project of copies of the corpus, or of our own pages; return how many pages it has."""
    folders = {locale: CORPUS / name for name, locale in CORPUS_LOCALES.items()}
    if not CORPUS.is_dir():
        folders = {locale: ROOT / "docs" / locale for locale in CORPUS_LOCALES.values()}
    # Our navigation names none of these pages.
    without, _, _ = (ROOT / "playbook.yml").read_text("utf-8").partition("\nnavigation:")
    (project / "playbook.yml").write_text(without, "utf-8")
    made: set[tuple[str, str]] = set()
    for locale, folder in folders.items():
        for file in sorted(folder.rglob("*.md")):
            for copy in range(COPIES):
                below = file.relative_to(folder)
                below = below.with_name(copied(below.name, copy))
                if (locale, contract.page_id(below.as_posix(), locale)) in made:
                    below = below.with_name(f"other-{below.name}")  # else it would be passed over
                made.add((locale, contract.page_id(below.as_posix(), locale)))
                target = project / "docs" / locale / below
                target.parent.mkdir(parents=True, exist_ok=True)
                # No two pages are the same, so that no result can stand for another's.
                target.write_bytes(file.read_bytes() + f"\nCopy {copy}.\n".encode())
    return len(made)


def copied(name: str, copy: int) -> str:
    """Return the name of a copy, which keeps the kind of the page and its legacy suffix."""
    stem = name.removesuffix(".md")
    suffix = "-de" if stem.endswith("-de") else ""
    return f"{stem.removesuffix(suffix)}-{copy}{suffix}.md"


def markdownlint(project: Path) -> list[str] | None:
    """Return the command that runs the other linter, once it is there; None without npm."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    settings = '{"config": {"default": true}, "noBanner": true, "noProgress": true}'
    (project / ".markdownlint-cli2.jsonc").write_text(settings)
    run = [npm, "exec", "--yes", f"--package={MARKDOWNLINT}", "--", "markdownlint-cli2"]
    subprocess.run([*run, "none.md"], cwd=project, check=False, capture_output=True)  # installs it
    return [*run, "docs/**/*.md"]


def timed(command: Sequence[str], folder: Path) -> Taken:
    """Run a command as users do, whose Python keeps what it has compiled; return what it took."""
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / ".compiled")}
    environment = {**os.environ, **compiled}
    started, before = time.perf_counter(), os.times()
    subprocess.run(command, cwd=folder, check=False, capture_output=True, env=environment)
    wall, after = time.perf_counter() - started, os.times()
    spent = after.children_user + after.children_system
    return Taken(wall, spent - before.children_user - before.children_system)


def median(taken: Sequence[Taken]) -> Taken:
    """Return the medians of what several runs took."""
    return Taken(*map(statistics.median, zip(*taken, strict=True)))


if __name__ == "__main__":
    sys.exit(main())
