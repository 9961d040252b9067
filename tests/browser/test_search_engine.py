"""The search in the browser finds what the reference in Python does, and fetches no more for it."""

from __future__ import annotations

import functools
import http.server
import random
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from leitfaden.checking.findable import made_to_find
from leitfaden.contract import Contract, load_contract
from leitfaden.reading import read_playbook
from leitfaden.searching.analysis import Analyser
from leitfaden.searching.documents import (
    FACETS,
    Document,
    Facets,
    PageDocuments,
    documents_of,
)
from leitfaden.searching.engine import Engine, Query
from leitfaden.searching.index import Index, build_index
from leitfaden.searching.shards import files_of
from tests.browser.conftest import ROOT

pytestmark = pytest.mark.browser

SCRIPTS = ROOT / "overrides/assets/javascripts/search"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'"
CLOSE = 1e-6
LETTERS = "abcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00fc\u00df"

# Search with the engine itself, whose scores the worker does not tell.
SEARCH = """async ([base, queries]) => {
  const { Store } = await import("/scripts/store.js")
  const { Engine } = await import("/scripts/engine.js")
  const store = await new Store(base).open()
  const engine = new Engine(store)
  const found = []
  for (const text of queries) {
    const { pages = [] } = await engine.search(text, {}, () => true)
    const cards = await Promise.all(pages.slice(0, 10).map(([, page]) => store.card(page)))
    found.push(cards.map(([address], at) => [
      address,
      pages[at][0],
      pages[at][2].map(([score, number]) => [number - store.first[pages[at][1]], score]),
    ]))
  }
  return found
}"""

FOLD = """async ([letters, fillers, texts]) => {
  const { Analyser } = await import("/scripts/analysis.js")
  const analyser = new Analyser(letters, fillers)
  return texts.map(text => [analyser.fold(text), analyser.tokens(text)])
}"""

START = """base => {
  window.heard = []
  window.worker = new Worker("/scripts/worker.js", { type: "module" })
  window.worker.addEventListener("message", ({ data }) => window.heard.push(data))
  window.worker.addEventListener("error", ({ message }) => window.heard.push({ type: message }))
  if (base) window.worker.postMessage({ type: "open", base })
}"""

# Playwright's own waiting needs `eval`, which the policy forbids.
HEAR = """async ([kinds, number]) => {
  for (let waited = 0; waited < 2000; waited++) {
    const said = window.heard.find(({ type, id }) => id === number && kinds.includes(type))
    if (said) return said
    await new Promise(done => setTimeout(done, 5))
  }
  throw new Error(`no answer, but ${JSON.stringify(window.heard)}`)
}"""

SAY = "message => window.worker.postMessage(message)"


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under a strict policy, tells what was asked for, and can be cut off."""

    server: Server

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.server.is_down:
            self.close_connection = True
            return
        self.server.asked.append(self.path)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


class Server(http.server.ThreadingHTTPServer):
    """A local server.

    Args:
        folder: What it serves.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
        self.folder = folder
        self.asked: list[str] = []
        self.is_down = False

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def pieces(self) -> list[str]:
        """Return the names of the files of an index that were asked for."""
        return [Path(path).stem for path in self.asked if "/search/" in path]


@dataclass(frozen=True)
class Indexes:
    """The indexes of a playbook, by locale."""

    contract: Contract
    by_locale: Mapping[str, Index]

    def engine(self, locale: str) -> Engine:
        """Return the reference."""
        language = self.contract.locales[locale].search
        return Engine(self.by_locale[locale], Analyser(language))

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Return the files of the indexes as a site has them, by path."""
        return {
            f"{locale}/search/{name}": text
            for locale, index in self.by_locale.items()
            for name, text in files_of(index, self.contract, address_of)
        }


@dataclass
class Asker:
    """Who asks the worker."""

    page: Page
    count: int = field(default=0)

    def ask(self, text: str, **filters: Sequence[str]) -> Any:
        """Ask a query, and return what is told."""
        self.count += 1
        chosen = {name: list(filters.get(name, ())) for name in FACETS}
        query = {"type": "query", "id": self.count, "text": text, "filters": chosen, "limit": 10}
        self.page.evaluate(SAY, query)
        return hear(self.page, self.count)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the counts of each facet for the newest query."""
        self.page.evaluate(SAY, {"type": "facets", "id": self.count})
        said = hear(self.page, self.count, "facets")
        return {
            name: {one["key"]: one["count"] for one in told}
            for name, told in said["counts"].items()
        }


def hear(page: Page, number: int | None, *kinds: str) -> Any:
    """Return what the worker says of a query, or in general."""
    return page.evaluate(
        HEAR, [kinds or ["result", "failed"], *([] if number is None else [number])]
    )


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def address_of(page_id: str) -> str:
    return "" if page_id == "index" else page_id.removesuffix("/index") + "/"


@pytest.fixture(scope="module")
def own() -> Indexes:
    contract = load_contract(ROOT / "playbook.yml")
    playbook = read_playbook(ROOT / "docs", contract, ROOT)
    indexes = {}
    for locale in ("en", "de"):
        made = made_to_find(contract, playbook, locale)
        pages = documents_of(playbook, contract, locale, made)
        indexes[locale] = build_index(pages, contract, locale)
    return Indexes(contract, indexes)


@pytest.fixture
def server(tmp_path: Path, own: Indexes) -> Iterator[Server]:
    (tmp_path / "index.html").write_text("<!doctype html><title>Search</title>", "utf-8")
    (tmp_path / "scripts").symlink_to(SCRIPTS)
    write(tmp_path, own.files)
    with Server(tmp_path) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(server.address)
        yield page


def loaded(page: Page, server: Server) -> None:
    """Start the worker, but do not open an index."""
    page.evaluate(START, None)
    names = {"worker", "engine", "marks", "store", "analysis"}
    while not names <= {Path(path).stem for path in server.asked}:
        page.wait_for_timeout(10)
    page.wait_for_timeout(50)


def publish(server: Server, own: Indexes, index: Index, name: str) -> None:
    """Let the server have another index."""
    files = files_of(index, own.contract, address_of)
    write(server.folder, {f"{name}/search/{path}": text for path, text in files})


def started(page: Page, server: Server, locale: str) -> Asker:
    page.evaluate(START, f"{server.address}/{locale}/")
    assert hear(page, None, "ready")["hasFacets"]
    return Asker(page)


def mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    letter = chance.choice(LETTERS)
    ways = [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    ]
    return chance.choice(ways)


def queries(index: Index) -> list[str]:
    """Return what readers may ask, chosen by chance, in the same way for the same index."""
    chance = random.Random(6)
    documents = [one for page in index.pages for one in page.documents]
    words = [word for word in index.words if len(word) > 1]
    some = chance.sample(words, 80)
    terms = [" ".join(one) for one, _ in index.synonyms]
    return [
        *chance.sample([one.title for one in documents], 80),
        *(" ".join(chance.choice(documents).title.split()[:2]) for _ in range(20)),
        *chance.sample([one.number for one in documents if one.number], 20),
        *(f"FTOP{one.number}" for one in chance.sample(documents, 40) if one.number),
        *dict.fromkeys(terms),
        *(mistyped(word, chance) for word in some),
        *(mistyped(mistyped(word, chance) or "x", chance) for word in some if len(word) > 6),
        *(word[:end] for word in some[:12] for end in range(1, len(word) + 1)),
        *(one + other for one, other in zip(some[:40], some[40:], strict=True)),
        *(f"{one}s{other}" for one, other in zip(some[:20], some[20:40], strict=True)),
        *(f"{one} {other}" for one, other in zip(some[:30], some[30:60], strict=True)),
        *(
            "Durchfuehrung",
            "durchf\u00fchrungen",
            "GROSSE",
            "gr\u00f6\u00dfe",
            "kick off",
            "kick-off meeting",
        ),
        *(
            "",
            " ",
            "-",
            "\U0001f680",
            "\U0001f680 Exchange",
            "x" * 5000,
            "word " * 1000,
            "\x00",
            "\ud83d",
        ),
        *(
            "\u6d4b\u8bd5",
            "\u0e17\u0e14\u0e2a\u0e2d\u0e1a",
            "\u0442\u0435\u0441\u0442",
            "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
            "\U00010330\U00010331\U00010332 a",
            "4047a",
            "a4",
            "x1y2",
        ),
        *("constructor", "__proto__", "toString hasOwnProperty", "(.*)+$", "<img src=x>"),
    ]


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_browser_finds_the_same_pages_with_the_same_scores(
    page: Page, server: Server, own: Indexes, locale: str
) -> None:
    asked = queries(own.by_locale[locale])
    assert len(asked) > 500
    engine = own.engine(locale)
    told = page.evaluate(SEARCH, [f"{server.address}/{locale}/", asked])
    found = [engine.search(Query(text)) for text in asked]
    assert sum(map(bool, found)) > 400
    for text, here, there in zip(asked, told, found, strict=True):
        assert [address for address, _, _ in here] == [
            address_of(one.page.page_id) for one in there
        ], text
        for (_, score, parts), one in zip(here, there, strict=True):
            assert score == pytest.approx(one.score, abs=CLOSE), text
            documents = [one.page.documents[number] for number, _ in parts]
            assert documents == [hit.document for hit in one.hits], text
            assert [score for _, score in parts] == pytest.approx(
                [hit.score for hit in one.hits], abs=CLOSE
            ), text


@pytest.mark.parametrize("locale", ["en", "de"])
def test_words_are_folded_and_split_as_the_index_has_them(
    page: Page, own: Indexes, locale: str
) -> None:
    chance = random.Random(7)
    ranges = [(0x20, 0x7F), (0xA0, 0x250), (0x300, 0x370), (0x370, 0x530), (0x900, 0x1100)]
    ranges += [(0x1E00, 0x2100), (0x3000, 0x3400), (0x4E00, 0x4F00), (0xAC00, 0xAD00)]
    ranges += [(0xFF00, 0xFFF0), (0x10330, 0x10350), (0x20000, 0x20100), (0, 0xD800)]
    signs = ["-", "\u2010", "\u00ad", " ", "ae", "\u00dfe", "\u0308", "\u03a3", "_", "1", "\u200d"]

    def sign() -> str:
        if chance.random() < 0.3:
            return chance.choice(signs)
        code = chance.randrange(*chance.choice(ranges))
        # Browsers know more signs than Python does: compare what both know.
        return chr(code) if unicodedata.category(chr(code)) != "Cn" else " "

    texts = ["".join(sign() for _ in range(chance.randrange(1, 14))) for _ in range(8000)]
    language = own.contract.locales[locale].search
    analyser = Analyser(language)
    index = own.by_locale[locale]
    told = page.evaluate(FOLD, [dict(index.letters), list(index.fillers), texts])
    for text, here in zip(texts, told, strict=True):
        assert here == [analyser.fold(text), analyser.tokens(text)], ascii(text)


def test_nothing_is_fetched_before_it_is_needed_and_nothing_twice(
    page: Page, server: Server
) -> None:
    loaded(page, server)
    assert server.pieces() == []
    asker = started(page, server, "en")
    assert server.pieces() == ["search_index", "meta"]
    asker.ask("kick-off")
    kinds = Counter(piece[0] for piece in server.pieces())
    # Texts of no more pages than are shown, words near those that were asked for.
    assert kinds["c"] <= 10
    assert kinds["w"] <= 6
    assert kinds["e"] == kinds["f"] == 0
    asker.ask("kick-off")
    asker.ask("kik-off")
    asker.ask("kick-off", phases=["initiate"])
    asker.counts()
    pieces = server.pieces()
    assert [piece for piece, count in Counter(pieces).items() if count > 1] == []


def test_a_site_that_was_published_anew_is_searched_anew(
    page: Page, server: Server, own: Indexes
) -> None:
    asker = started(page, server, "en")
    folder = server.folder / "en/search"
    for path in folder.glob("*/*"):
        path.unlink()
    pages = [PageDocuments("new", (Document("process", "Something else altogether"),), "en")]
    publish(server, own, build_index(pages, own.contract, "en"), "en")
    assert asker.ask("altogether") == {"type": "failed", "id": 1, "message": "changed"}
    found = asker.ask("altogether")
    assert [group["url"] for group in found["groups"]] == [f"{server.address}/en/new/"]


def test_a_page_in_place_of_a_piece_means_that_the_site_was_published_anew(
    page: Page, server: Server
) -> None:
    asker = started(page, server, "en")
    for path in (server.folder / "en/search").glob("*/w*.json"):
        path.write_text("<!doctype html><title>Not found</title>", "utf-8")
    assert asker.ask("exchange")["message"] == "changed"


def test_who_is_offline_is_told_so_and_finds_again_afterwards(page: Page, server: Server) -> None:
    asker = started(page, server, "en")
    server.is_down = True
    assert asker.ask("exchange") == {"type": "failed", "id": 1, "message": "offline"}
    server.is_down = False
    assert asker.ask("exchange")["total"] > 0


def test_a_search_that_begins_offline_works_later(page: Page, server: Server) -> None:
    loaded(page, server)
    server.is_down = True
    page.evaluate(SAY, {"type": "open", "base": f"{server.address}/en/"})
    asker = Asker(page)
    assert asker.ask("exchange")["message"] == "offline"
    server.is_down = False
    assert asker.ask("exchange")["total"] > 0


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("exchange", {}),
        ("exchange", {"phases": ["assess"]}),
        ("kick-off meeting", {"roles": ["fasttrack-manager"], "services": ["exchange"]}),
        ("migration", {"requirements": ["mandatory"], "phases": ["assess", "enable"]}),
        ("xyzzy", {"phases": ["assess"]}),
    ],
)
def test_filters_and_counts_are_those_of_the_documents(
    page: Page, server: Server, own: Indexes, text: str, filters: dict[str, list[str]]
) -> None:
    engine = own.engine("en")

    def matching(chosen: Mapping[str, Sequence[str]]) -> list[Document]:
        found = engine.search(Query(text, chosen, limit=100_000))
        return [hit.document for page in found for hit in page.hits]

    asker = started(page, server, "en")
    told = asker.ask(text, **filters)
    expected = engine.search(Query(text, filters, limit=100_000))
    assert told["total"] == len(expected)
    assert [group["url"] for group in told["groups"]] == [
        f"{server.address}/en/{address_of(one.page.page_id)}" for one in expected[:10]
    ]
    counts = asker.counts()
    for name in FACETS:
        others = {key: keys for key, keys in filters.items() if key != name}
        keys = Counter(key for one in matching(others) for key in getattr(one.facets, name))
        chosen = dict.fromkeys(filters.get(name, ()), 0)
        assert counts[name] == {**chosen, **keys}
        order = list(own.contract.vocabulary(name))
        assert list(counts[name]) == sorted(counts[name], key=order.index)


def foreign(own: Indexes) -> Index:
    texts = {
        "zh": (
            "\u8fc1\u79fb\u90ae\u7bb1\u7684\u6280\u672f\u8bc4\u4f30",
            "\u5728\u8fc1\u79fb\u4e4b\u524d\u68c0\u67e5\u6240\u6709\u5171\u4eab\u90ae\u7bb1\u3002",
        ),
        "ja": (
            "\u30e1\u30fc\u30eb\u30dc\u30c3\u30af\u30b9\u306e\u79fb\u884c",
            "\u4f1a\u8b70\u306e\u524d\u306b\u78ba\u8a8d\u3057\u307e\u3059\u3002",
        ),
        "th": (
            "\u0e01\u0e32\u0e23\u0e22\u0e49\u0e32\u0e22\u0e01\u0e25\u0e48\u0e2d\u0e07\u0e08\u0e14\u0e2b\u0e21\u0e32\u0e22",
            "\u0e15\u0e23\u0e27\u0e08\u0e2a\u0e2d\u0e1a",
        ),
        "el": (
            "\u039f\u03b4\u03c5\u03c3\u03c3\u03ad\u03b1\u03c2",
            "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2 \U0001f680",
        ),
    }
    pages = [
        PageDocuments(name, (Document("process", title, text=text, facets=Facets()),), name)
        for name, (title, text) in texts.items()
    ]
    return build_index(pages, own.contract, "en")


@pytest.mark.parametrize(
    ("text", "name", "marked"),
    [
        ("\u90ae\u7bb1", "zh", ["\u90ae\u7bb1", "\u90ae\u7bb1"]),
        ("\u5171\u4eab\u90ae\u7bb1", "zh", ["\u90ae\u7bb1", "\u5171\u4eab\u90ae\u7bb1"]),
        ("\u30dc\u30c3\u30af\u30b9", "ja", ["\u30dc\u30c3\u30af\u30b9"]),
        ("\u4f1a\u8b70", "ja", ["\u4f1a\u8b70"]),
        ("\u0e01\u0e25\u0e48\u0e2d\u0e07", "th", ["\u0e01\u0e25\u0e48\u0e2d\u0e07"]),
        (
            "\u03c3\u03b9\u03c3\u03c5\u03c6\u03bf\u03c3",
            "el",
            ["\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2"],
        ),
    ],
)
def test_texts_in_other_scripts_are_found_by_a_part(
    page: Page, server: Server, own: Indexes, text: str, name: str, marked: list[str]
) -> None:
    publish(server, own, foreign(own), "other")
    found = started(page, server, "other").ask(text)
    first = found["groups"][0]
    assert first["url"] == f"{server.address}/other/{name}/"
    assert first["lang"] == name
    runs = [*first["title"], *first["excerpt"]]
    assert [words for words, is_marked in runs if is_marked] == marked


def said(runs: list[list[Any]]) -> str:
    return "".join(text for text, _ in runs)


def made_of(own: Indexes, *documents: Document, locale: str = "en") -> Index:
    return build_index([PageDocuments("page", documents, locale)], own.contract, locale)


def test_a_task_leads_to_its_row_and_is_listed_before_sections(
    page: Page, server: Server, own: Indexes
) -> None:
    documents = (
        Document("process", "Prepare the meeting", text="What to bring."),
        Document("section", "Agenda of the workshop", "agenda", text="An agenda says who speaks."),
        Document("task", "Send the agenda", "task-4047", facts="Mandatory", number="4047"),
    )
    publish(server, own, made_of(own, *documents), "few")
    asker = started(page, server, "few")
    group = asker.ask("4047")["groups"][0]
    address = f"{server.address}/few/page/"
    assert (group["url"], group["best"]) == (address, f"{address}#task-4047")
    assert group["hits"][0]["title"] == [["4047", True], [" Send the agenda", False]]
    assert group["hits"][0]["facts"] == "Mandatory"
    kinds = [hit["kind"] for hit in asker.ask("agenda")["groups"][0]["hits"]]
    assert kinds == ["task", "section"]
    assert asker.ask("prepare meeting")["groups"][0]["best"] == address


def test_an_excerpt_shows_where_a_long_text_has_most_of_the_words(
    page: Page, server: Server, own: Indexes
) -> None:
    filler = "nothing of interest is told here at all " * 30
    text = f"{filler} Mailboxes move. {filler} Shared mailboxes migrate at night. {filler}"
    publish(server, own, made_of(own, Document("process", "Long", text=text)), "few")
    excerpt = started(page, server, "few").ask("migrate mailbox")["groups"][0]["excerpt"]
    assert "Shared mailboxes migrate at night." in said(excerpt)
    assert said(excerpt).startswith("\u2026 ")
    assert said(excerpt).endswith(" \u2026")
    assert len(said(excerpt)) <= 170
    assert [words for words, is_marked in excerpt if is_marked] == ["mailboxes", "migrate"]
    assert set(said(excerpt).split()) <= {*text.split(), "\u2026"}


def test_what_was_mistyped_is_suggested_as_texts_spell_it(
    page: Page, server: Server, own: Indexes
) -> None:
    documents = Document(
        "process",
        "Die Pr\u00fcfung des Servers",
        text="Auftakt, Gespr\u00e4ch: Auftaktgespr\u00e4che.",
    )
    publish(server, own, made_of(own, documents, locale="de"), "few")
    asker = started(page, server, "few")
    found = asker.ask("Prufnug des Servers")
    assert found["suggestion"] == "Pr\u00fcfung des Servers"
    assert "prufung" in found["words"]
    assert asker.ask("Pruefung")["suggestion"] is None
    found = asker.ask("Gespr\u00e4ch")
    marked = [word for word, is_marked in found["groups"][0]["excerpt"] if is_marked]
    assert marked == ["Gespr\u00e4ch", "Auftaktgespr\u00e4che"]
    assert found["suggestion"] is None


def test_markup_stays_text_and_addresses_stay_on_the_site(
    page: Page, server: Server, own: Indexes
) -> None:
    hostile = Document("process", "<script>alert(1)</script>", text="<img src=x onerror=alert(2)>")
    index = build_index([PageDocuments("javascript:x", (hostile,), "en")], own.contract, "en")
    publish(server, own, index, "few")
    group = started(page, server, "few").ask("alert")["groups"][0]
    assert group["url"] == f"{server.address}/few/javascript:x/"
    assert said(group["title"]) == "<script>alert(1)</script>"


def test_only_the_newest_query_is_answered(page: Page, server: Server) -> None:
    started(page, server, "en")
    query = {"type": "query", "text": "exchange online", "filters": {}, "limit": 10}
    say = "queries => { for (const query of queries) window.worker.postMessage(query) }"
    page.evaluate(say, [{**query, "id": number} for number in (1, 2, 3)])
    assert hear(page, 3)["total"] > 0
    assert {one.get("id") for one in page.evaluate("window.heard")} == {None, 3}
