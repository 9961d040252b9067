"""What search costs in a large playbook: bytes, time, memory, and its share of the build.

Pages are made up (`synthetic.py`). Ours is measured on the index that it makes of them; the theme's
search and Pagefind, which index HTML, get the same texts as GitHub's parser renders them. All of it
in a real Chromium, from a local server that compresses.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import cmarkgfm
from material.plugins.search.plugin import SearchIndex
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

from leitfaden.checking.findable import made_to_find
from leitfaden.model.madeids import task_page
from leitfaden.reading import read_playbook
from leitfaden.reading.playbook import no_collector
from leitfaden.searching.documents import documents_of
from leitfaden.searching.index import build_index
from leitfaden.searching.shards import files_of
from scripts.bench_search import ARTICLE, INDEX, OURS, PAGEFIND, build, has_our_index, plain_project
from scripts.searchbox import Box, Server, Transfer, chromium, memory_of, served
from scripts.synthetic import MadePage, Synthetic
from tests.searching.projects import ROOT, Project

LATER = 40  # queries after the first one
BUILT = 500  # pages of a locale that are really built
SHOWN = 5  # results that Pagefind's own box loads at once
_OF_SEARCH = ("search", "lunr")  # in the paths of what a page loads for its search


class Cost(NamedTuple):
    """What one engine costs in a browser.

    Args:
        view: Bytes of search that a page loads before anybody searches.
        first: Bytes until the first result of each visit, those of `view` included.
        cold: Milliseconds from the keystroke to the first result of each visit.
        later: Bytes of each later query, with its kind.
        warm: Milliseconds of each later query, with its kind.
        memory: Bytes that the page uses after all of them, and those that its workers use.
        found: Share of later queries whose page is among the results.
    """

    view: int
    first: Sequence[int]
    cold: Sequence[float]
    later: Sequence[tuple[float, str]]
    warm: Sequence[tuple[float, str]]
    memory: tuple[int, int]
    found: float


class Wanted(NamedTuple):
    """A query, what kind of query it is, and the page that it is made of."""

    text: str
    kind: str
    page_id: str


def bench_search_size(pages: int, runs: int, only: str = "") -> None:
    """Measure all engines on a made-up playbook and print their costs.

    Args:
        pages: Pages of a locale.
        runs: Visits from which the cold figures are taken.
        only: The name of the one engine that is measured; all of them without one.
    """
    text, _, _ = (ROOT / "playbook.yml").read_text("utf-8").partition("\nnavigation:")
    synthetic = Synthetic(pages, text)
    wanted = {key: wanted_in(synthetic, key) for key in synthetic.contract.locale_keys}
    print(f"search in {pages:,} pages × {len(wanted)} locales, medians of {runs} visits:")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        makers = {OURS: our_site, "Material": theme_site, PAGEFIND: pagefind_site}
        for name, make in makers.items():
            if only.lower() not in ("", name.lower()):
                continue
            site = make(synthetic, Path(folder) / name)
            if site is None:
                continue
            visit = visit_pagefind if name == PAGEFIND else visit_box
            for locale, queries in wanted.items():
                root = "" if locale == synthetic.contract.source else f"{locale}/"
                with served(site) as server:
                    try:
                        cost = visit(browser, server, root, queries, runs)
                    except BrowserError as error:
                        said = error.message.splitlines()[0]
                        size = kilobytes(of_search(server.transfers))
                        print(f"  {name} {locale}: no result after {size}: {said}")
                        continue
                print(told(f"{name} {locale}", cost))
        share(Synthetic(min(pages, BUILT), text), Path(folder) / "built")


def told(name: str, cost: Cost) -> str:
    """Return costs as lines for people."""
    page, workers = cost.memory
    first = f"median {kilobytes(statistics.median(cost.first))}, most {kilobytes(max(cost.first))}"
    bytes_, most = spread(cost.later)
    time_, slowest = spread(cost.warm)
    lines = [
        f"  {name}: page view {kilobytes(cost.view)}; found {cost.found:.2f}; "
        f"memory page {page / 1e6:.0f} MB, workers {workers / 1e6:.0f} MB",
        f"    first result: {first}; median {statistics.median(cost.cold):.0f} ms, "
        f"most {max(cost.cold):.0f} ms",
        f"    later: median {kilobytes(bytes_)}, most {kilobytes(most[0])} ({most[1]}); "
        f"median {time_:.0f} ms, most {slowest[0]:.0f} ms ({slowest[1]})",
    ]
    return "\n".join(lines)


def spread(values: Sequence[tuple[float, str]]) -> tuple[float, tuple[float, str]]:
    """Return the median of some values, and the largest of them with its kind."""
    return statistics.median(value for value, _ in values), max(values)


def kilobytes(size: float) -> str:
    """Return a number of bytes for people."""
    return f"{size / 1000:,.1f} kB"


def wanted_in(synthetic: Synthetic, locale: str) -> list[Wanted]:
    """Return queries made of the pages of a locale: ids, names, slips, beginnings, parts."""
    chance = random.Random(locale)
    pages = list(synthetic.of_locale(locale))
    with_tasks = [page for page in pages if page.tasks]
    found: list[Wanted] = []
    while len(found) <= LATER:
        page, tasked = chance.choice(pages), chance.choice(with_tasks)
        task, name = chance.choice(list(tasked.tasks.items()))
        longest = max(page.title.split(), key=len)
        at = chance.randrange(1, len(longest) - 1)
        wrong = longest[:at] + longest[at + 1 :]
        found += [
            Wanted(page.title, "title", page.page_id),
            Wanted(task, "id", tasked.page_id),
            Wanted(name.lower(), "task", tasked.page_id),
            Wanted(page.title.replace(longest, wrong), "slip", page.page_id),
            Wanted(page.title[: max(len(page.title) - 3, 4)], "typing", page.page_id),
            Wanted(longest[: len(longest) * 2 // 3], "beginning", page.page_id),
        ]
    return found[: LATER + 1]


# The sites.


def our_site(synthetic: Synthetic, folder: Path) -> Path | None:
    """Build a site with nothing but home pages and give it the index of all pages."""
    shell = folder / "shell"
    Synthetic(0, synthetic.contract_text).write(shell)
    site = folder / "site"
    set_up(shell)
    build(shell, site)
    if not has_our_index(site):
        print(f"  {OURS}: not measured, as the site has no index of ours")
        return None
    project = folder / "project"
    synthetic.write(project)
    started = time.process_time()
    count = index_into(site, project, synthetic)
    taken = time.process_time() - started
    print(f"  {OURS}: {count:,} files of the index made in {taken:.1f} s CPU, reading included")
    shutil.rmtree(project)
    return site


def set_up(project: Path) -> None:
    """Give a project our set-up of MkDocs."""
    shutil.copy(ROOT / "mkdocs.yml", project)
    shutil.copytree(ROOT / "overrides", project / "overrides")


def index_into(site: Path, project: Path, synthetic: Synthetic) -> int:
    """Write the index of all pages of a project into a site; return how many files it has."""
    contract = synthetic.contract
    playbook = read_playbook(project / "docs", contract, project)
    count = 0
    for locale in contract.locale_keys:
        folder = site / ("" if locale == contract.source else locale) / INDEX.parent
        shutil.rmtree(folder)
        made = made_to_find(contract, playbook, locale)
        documents = documents_of(playbook, contract, locale, made)
        index = build_index(documents, contract, locale)
        for path, content in files_of(index, contract, address_of):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")
            count += 1
    return count


def address_of(page_id: str) -> str:
    """Return the address of a page below its locale's root."""
    page_id = "" if page_id == "index" else page_id.removesuffix("/index")
    return f"{page_id}/" if page_id else ""


def theme_site(synthetic: Synthetic, folder: Path) -> Path:
    """Build a plain site with nothing but home pages and give it the theme's index of all pages."""
    folder.mkdir()
    shell = folder / "shell"
    Synthetic(0, synthetic.contract_text).write(shell)
    plain = plain_project(Project("synthetic", shell), folder / "plain")
    site = folder / "site"
    build(plain, site)
    index = SearchIndex(lang=[], separator="", pipeline=[], fields={})
    for address, _, html in rendered(synthetic):
        page = SimpleNamespace(content=html, toc=[], url=address, meta={}, title=address)
        index.add_entry_from_context(page)
    whole = json.loads((site / INDEX).read_text("utf-8")) | {"docs": index.entries}
    (site / INDEX).write_text(json.dumps(whole, separators=(",", ":")), "utf-8")
    return site


def pagefind_site(synthetic: Synthetic, folder: Path) -> Path | None:
    """Make a site of bare pages and let Pagefind index it; None if it is not installed."""
    if importlib.util.find_spec("pagefind") is None:
        print(f"  {PAGEFIND}: not measured, as it is not installed")
        return None
    roots = ["" if key == synthetic.contract.source else key for key in synthetic.contract.locales]
    homes = [(f"{root}/".lstrip("/"), root or synthetic.contract.source, "") for root in roots]
    for address, locale, html in (*homes, *rendered(synthetic)):
        file = folder / address / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        article = f'<article class="{ARTICLE.partition(".")[2]}">{html}</article>' if html else ""
        file.write_text(f'<!doctype html><html lang="{locale}"><body>{article}', "utf-8")
    started = time.perf_counter()
    command = [sys.executable, "-m", "pagefind", "--site", str(folder), "--root-selector", ARTICLE]
    subprocess.run(command, check=True, capture_output=True)
    print(f"  {PAGEFIND}: index made in {time.perf_counter() - started:.1f} s")
    return folder


def rendered(synthetic: Synthetic) -> Iterator[tuple[str, str, str]]:
    """Yield the address, locale and HTML of all pages, those of tasks included."""
    for locale in synthetic.contract.locale_keys:
        root = "" if locale == synthetic.contract.source else f"{locale}/"
        for page in synthetic.of_locale(locale):
            html = cmarkgfm.github_flavored_markdown_to_html(page.text)
            yield f"{root}{page.page_id}/", locale, with_anchors(html, page)
            for task, name in page.tasks.items():
                html = f'<h1 id="task">{task} {name}</h1><p>{page.title}</p>'
                yield f"{root}{task_page(task)}/", locale, html


def with_anchors(html: str, page: MadePage) -> str:
    """Return a page's HTML with anchors at its headings: without one there is no section."""
    first, *others = html.split("<h")
    numbered = (
        f'<h{part[0]} id="{page.page_id}-{number}"{part[1:]}' if part[0].isdigit() else f"<h{part}"
        for number, part in enumerate(others)
    )
    return "".join((first, *numbered))


# The visits.


def visit_box(
    browser: Browser, server: Server, root: str, queries: Sequence[Wanted], runs: int
) -> Cost:
    """Visit a site, type queries into its box, and return what that costs.

    Each of the fresh visits begins with another query, on a page that has all that it wants.
    """
    address = f"{server.address}/{root}"
    with Box(browser, address):
        view = of_search(server.transfers)
    cold: list[float] = []
    first: list[int] = []
    for query in queries[:runs]:
        with Box(browser, address) as box:
            start = len(server.transfers)
            cold.append(box.ask_first(query.text).milliseconds)
            first.append(view + size_of(server.since(start)))
    with Box(browser, address) as box:
        box.ask_first(queries[0].text)

        def ask(text: str) -> tuple[list[str], float]:
            found = box.ask(text)
            return [link for link, _ in found.links], found.milliseconds

        later, warm, found = further(server, queries[1:], ask)
        return Cost(view, first, cold, later, warm, box.memory(), found)


def visit_pagefind(
    browser: Browser, server: Server, root: str, queries: Sequence[Wanted], runs: int
) -> Cost:
    """Visit a site, ask Pagefind, and return what that costs."""
    cold: list[float] = []
    first: list[int] = []

    def ask(text: str) -> tuple[list[str], float]:
        links, milliseconds = page.evaluate(ASK, [text, SHOWN])
        return links, milliseconds

    for query in queries[:runs]:
        with browser.new_context() as context:
            page: Page = context.new_page()
            page.goto(f"{server.address}/{root}")
            start = len(server.transfers)
            cold.append(ask(query.text)[1])
            first.append(size_of(server.since(start)))
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.address}/{root}")
        ask(queries[0].text)
        later, warm, found = further(server, queries[1:], ask)
        return Cost(0, first, cold, later, warm, memory_of(page), found)


def further(
    server: Server,
    queries: Iterable[Wanted],
    ask: Callable[[str], tuple[list[str], float]],
) -> tuple[list[tuple[float, str]], list[tuple[float, str]], float]:
    """Ask further queries; return the bytes and times of each, and how many found their page."""
    later: list[tuple[float, str]] = []
    warm: list[tuple[float, str]] = []
    found: list[bool] = []
    for query in queries:
        start = len(server.transfers)
        links, milliseconds = ask(query.text)
        later.append((size_of(server.since(start)), query.kind))
        found.append(any(f"/{query.page_id}/" in link for link in links))
        warm.append((milliseconds, query.kind))
    return later, warm, statistics.mean(found)


def of_search(transfers: Iterable[Transfer]) -> int:
    """Return the bytes of files that belong to a search."""
    return size_of(one for one in transfers if any(word in one.path for word in _OF_SEARCH))


def size_of(transfers: Iterable[Transfer]) -> int:
    """Return how many bytes were sent."""
    return sum(one.size for one in transfers)


ASK = """
async ([text, count]) => {
  const started = performance.now()
  const pagefind = await import("/pagefind/pagefind.js")
  const { results } = await pagefind.search(text)
  const found = await Promise.all(results.slice(0, count).map(result => result.data()))
  return [found.map(page => page.url), performance.now() - started]
}
"""


# The build.


def share(synthetic: Synthetic, project: Path) -> None:
    """Print how much of a build the index takes, both measured on their own."""
    synthetic.write(project)
    set_up(project)
    site = project.with_name("built-site")
    before = os.times()
    build(project, site)
    after = os.times()
    whole = after.children_user + after.children_system
    whole -= before.children_user + before.children_system
    if not has_our_index(site):
        return
    playbook = read_playbook(project / "docs", synthetic.contract, project)
    started = time.process_time()
    with no_collector():  # as the build does
        for locale in synthetic.contract.locale_keys:
            made = made_to_find(synthetic.contract, playbook, locale)
            documents = documents_of(playbook, synthetic.contract, locale, made)
            index = build_index(documents, synthetic.contract, locale)
            sum(len(text) for _, text in files_of(index, synthetic.contract, address_of))
    taken = time.process_time() - started
    print(
        f"  build of {synthetic.pages:,} pages × 2: {whole:.1f} s CPU, of which the index is "
        f"{taken:.1f} s: {taken / whole:.1%}"
    )
