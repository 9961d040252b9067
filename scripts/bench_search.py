"""How good the search is: ours beside the theme's own and Pagefind's, on the same pages.

All are asked the same queries (`tests/searching/`) in a real Chromium, ours and the theme's through
the box that readers use. Pagefind is taken if it is installed (`pip install 'pagefind[bin]'`).
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import yaml
from material.plugins.search.plugin import SearchIndex
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from leitfaden.checking.madepages import made_pages
from scripts.searchbox import INPUT, Box, chromium, served
from tests.searching.judge import (
    Figures,
    Hit,
    Outcome,
    grouped,
    judge,
    place,
    queries_of,
)
from tests.searching.projects import CORPUS, Project, corpus_project, own_project, plain_id
from tests.searching.sets import HALVES, Query

ARTICLE = "article.md-content__inner"
INDEX = Path("search") / "search_index.json"

Ask = Callable[[Query], Sequence[Hit]]


class Engine(NamedTuple):
    """A search to be measured.

    Args:
        name: What it is called in the table.
        prepare: Takes a project, its built site and an empty folder; returns the folder to serve,
            or None if it cannot be measured.
        asking: Takes a browser, the address of the served folder and the locales' roots; is open
            for as long as it is asked.
    """

    name: str
    prepare: Callable[[Project, Path, Path], Path | None]
    asking: Callable[[Browser, str, Mapping[str, str]], Iterator[Ask]]


def bench_search(half: str, misses: bool, only: str = "") -> None:
    """Build both sites, ask all engines and print the figures.

    Args:
        half: The queries whose figures are told by category.
        misses: Whether the queries are listed whose right page does not stand first; only those
            that the engine may be tuned on.
        only: The name of the one engine that is asked; all of them without one.
    """
    found: dict[str, list[Outcome]] = {}
    chosen = [engine for engine in ENGINES if only.lower() in ("", engine.name.lower())]
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for project, site in built_sites(Path(folder)):
            queries = queries_of(project)
            for number, engine in enumerate(chosen):
                work = Path(folder) / f"{project.name}-{number}"
                work.mkdir()
                ready = engine.prepare(project, site, work)
                if ready is None:
                    continue
                started = time.perf_counter()
                outcomes = found.setdefault(engine.name, [])
                with served(ready) as server:
                    asking = contextmanager(engine.asking)
                    with asking(browser, server.address, roots_of(project)) as ask:
                        outcomes += judge(project, queries, ask)
                taken = time.perf_counter() - started
                print(f"{project.name}: {engine.name}: {len(queries)} queries in {taken:.0f} s")
    print(compared(found, half))
    for outcome in found.get(OURS, []) if misses else ():
        if outcome.rank != 1 and outcome.query.half == "tune":
            query = outcome.query
            print(f"{query.site} {query.locale} {query.category}: {query.text!r}: ", end="")
            print(f"place {outcome.rank or '-'}, first {outcome.first!r}")


def built_sites(folder: Path) -> Iterator[tuple[Project, Path]]:
    """Build this project's own site and that of the corpus; yields each with its folder."""
    projects = [own_project()]
    if CORPUS.is_dir():
        projects.append(corpus_project(folder / "corpus"))
    else:
        print(f"corpus: not measured, as there is no {CORPUS.name} beside the project")
    for project in projects:
        site = folder / f"{project.name}-site"
        build(project.root, site)
        yield project, site


def build(project: Path, target: Path) -> None:
    """Build a site with MkDocs."""
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]
    run = subprocess.run(
        command,
        cwd=project,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **quiet},
    )
    if run.returncode:
        raise RuntimeError(run.stderr)


def roots_of(project: Project) -> dict[str, str]:
    """Return the root of each locale on the site, such as `de/`."""
    source = project.contract.source
    return {key: "" if key == source else f"{key}/" for key in project.contract.locale_keys}


def compared(found: Mapping[str, Sequence[Outcome]], half: str) -> str:
    """Return the figures of all engines as a table for people."""
    lines = [f"\nThe right page first, among five; results in another language. Half: {half}."]
    tables = {name: grouped(outcomes, half) for name, outcomes in found.items()}
    lines.append(" " * 22 + "".join(f"{name:>20}" for name in tables))
    for locale, category in next(iter(tables.values()), {}):
        cells = [table[locale, category] for table in tables.values()]
        lines.append(f"{locale} {category:<13}{cells[0].queries:>6}{''.join(map(_cell, cells))}")
    for which in ("all", *HALVES):
        wanted = "" if which == "all" else which
        for locale in sorted({o.query.locale for outcomes in found.values() for o in outcomes}):
            cells = [grouped(outcomes, wanted)[locale, "all"] for outcomes in found.values()]
            head = f"{locale} all, {which} "
            lines.append(f"{head:<16}{cells[0].queries:>6}{''.join(map(_cell, cells))}")
    return "\n".join(lines)


def _cell(figures: Figures) -> str:
    return f"{figures.first:8.3f} {figures.five:5.3f} {figures.foreign:5.3f}"


# Ours and the theme's: through the box.


def through_box(browser: Browser, address: str, roots: Mapping[str, str]) -> Iterator[Ask]:
    """Ask by typing into the box on the home page of the reader's locale."""
    with ExitStack() as open_boxes:
        boxes: dict[str, Box] = {}
        for locale, root in roots.items():
            boxes[locale] = open_boxes.enter_context(Box(browser, f"{address}/{root}"))
            boxes[locale].page.click(INPUT)

        def ask(query: Query) -> list[Hit]:
            return [Hit(*link) for link in boxes[query.locale].ask(query.text).links]

        yield ask


def with_our_index(project: Project, site: Path, work: Path) -> Path | None:
    """Return the site itself if it has our index."""
    if has_our_index(site):
        return site
    print(f"{project.name}: {OURS}: not measured, as the site has no index of ours")
    return None


def has_our_index(site: Path) -> bool:
    """Tell whether a site has an index of ours: the theme's says nothing of us."""
    stub = site / INDEX
    return stub.is_file() and "leitfaden" in json.loads(stub.read_text("utf-8"))


def with_theme_search(project: Project, site: Path, work: Path) -> Path:
    """Make a plain site whose search has, by the theme's own indexer, the same pages.

    As with static-i18n, the pages of all locales are in one index, and those without translation
    only once.
    """
    shell = plain_project(project, work)
    target = work / "site"
    build(shell, target)
    index = SearchIndex(lang=[], separator="", pipeline=[], fields={})
    for url, article in articles(project, site):
        locale, page = place(url, project)
        if project.is_in(page, locale):
            content = SimpleNamespace(content=article, toc=[], url=url, meta={}, title=page)
            index.add_entry_from_context(content)
    file = target / INDEX
    whole = json.loads(file.read_text("utf-8")) | {"docs": index.entries}
    file.write_text(json.dumps(whole, separators=(",", ":")), "utf-8")
    return target


def plain_project(project: Project, folder: Path) -> Path:
    """Make a project with one page a locale, the theme and static-i18n, but nothing of ours."""
    contract = project.contract
    for locale in contract.locale_keys:
        home = folder / "docs" / locale / "index.md"
        home.parent.mkdir(parents=True)
        home.write_text("# Home\n", "utf-8")
    languages = [
        {"locale": key, "name": locale.name, "default": key == contract.source}
        for key, locale in contract.locales.items()
    ]
    settings = {
        "site_name": "Plain",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    return folder


def articles(project: Project, site: Path) -> Iterator[tuple[str, str]]:
    """Yield the address and the HTML of each page of a site, but those to be printed."""
    printed = prints_of(project)
    for file in sorted(site.rglob("index.html")):
        url = file.parent.relative_to(site).as_posix() + "/"
        url = "" if url == "./" else url
        if place(url, project)[1] in printed:
            continue
        found = LexborHTMLParser(file.read_text("utf-8")).css_first(ARTICLE)
        if found is not None:  # a redirect has none
            yield url, found.html or ""


def prints_of(project: Project) -> frozenset[str]:
    """Return the ids of pages that only repeat others: no search has to find them."""
    made = made_pages(project.contract, project.playbook)
    return frozenset(plain_id(page.page_id) for page in made if page.view == "print")


# Pagefind: through its own interface for programs.


def with_pagefind(project: Project, site: Path, work: Path) -> Path | None:
    """Let Pagefind index a copy of the site, without our index; None if it is not installed."""
    if importlib.util.find_spec("pagefind") is None:
        print(f"{project.name}: {PAGEFIND}: not measured, as it is not installed")
        return None
    copy = work / "site"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("search"))
    printed = prints_of(project)
    for file in copy.rglob("index.html"):
        url = file.parent.relative_to(copy).as_posix()
        if place("" if url == "." else url, project)[1] in printed:
            file.unlink()
    command = [sys.executable, "-m", "pagefind", "--site", str(copy), "--root-selector", ARTICLE]
    subprocess.run(command, check=True, capture_output=True)
    return copy


def through_pagefind(browser: Browser, address: str, roots: Mapping[str, str]) -> Iterator[Ask]:
    """Ask Pagefind on the home page of the reader's locale."""
    context = browser.new_context()
    pages: dict[str, Page] = {}
    for locale, root in roots.items():
        pages[locale] = context.new_page()
        pages[locale].goto(f"{address}/{root}")

    def ask(query: Query) -> list[Hit]:
        return list(map(Hit, pages[query.locale].evaluate(ASK_PAGEFIND, query.text)))

    yield ask
    context.close()


ASK_PAGEFIND = """
async text => {
  const pagefind = await import("/pagefind/pagefind.js")
  const { results } = await pagefind.search(text)
  const found = await Promise.all(results.slice(0, 10).map(result => result.data()))
  return found.map(page => page.url)
}
"""

OURS = "Leitfaden"
PAGEFIND = "Pagefind"
ENGINES = (
    Engine(OURS, with_our_index, through_box),
    Engine("Material", with_theme_search, through_box),
    Engine(PAGEFIND, with_pagefind, through_pagefind),
)
