"""What the tests of this room share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from leitfaden.contract import Contract, load_contract, parse_contract
from leitfaden.model import Link, Page, Playbook
from leitfaden.reading import PageReader
from leitfaden.rendering import Catalogue, RenderContext, Rendered, Renderer

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "overrides"
# Their components are tags of a fixed name, so that the real templates can be restyled.
PLAIN = Path(__file__).with_name("templates")
CONTRACT = Path(__file__).with_name("playbook.yml")


@cache
def small_contract() -> Contract:
    return parse_contract(CONTRACT.read_text("utf-8"), CONTRACT.name)


@cache
def real_contract() -> Contract:
    return load_contract(ROOT / "playbook.yml")


def without_views(contract: Contract) -> Contract:
    """The contract with pages that show nothing but their own content."""
    kinds = {key: replace(kind, view=None) for key, kind in contract.kinds.items()}
    return replace(contract, kinds=kinds)


def renderer_of(contract: Contract, templates: Path = TEMPLATES) -> Renderer:
    return Renderer(contract, templates, Catalogue.load(TEMPLATES, contract))


@dataclass
class Site:
    """A playbook in the making: pages by locale and id, as Markdown."""

    contract: Contract = field(default_factory=small_contract)
    pages: dict[str, dict[str, Page]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._reader = PageReader(self.contract)
        self.renderer = renderer_of(self.contract)

    def add(self, text: str | bytes, locale: str = "en", page_id: str = "page") -> Page:
        data = text if isinstance(text, bytes) else text.encode()
        page = self._reader.read(
            data, path=f"docs/{locale}/{page_id}.md", locale=locale, page_id=page_id
        )
        self.pages.setdefault(locale, {})[page_id] = page
        return page

    @property
    def playbook(self) -> Playbook:
        shown: dict[bool, dict[str, dict[str, Page]]] = {False: {}, True: {}}
        for locale, pages in self.pages.items():
            for page_id, page in pages.items():
                among = shown[self.contract.is_fragment(page_id)]
                among.setdefault(locale, {})[page_id] = page
        contract = self.contract
        return Playbook(contract.source, contract.locale_keys, shown[False], shown[True])

    def render(
        self,
        page: Page,
        locale: str | None = None,
        resolve: Callable[[Link], str | None] = lambda link: None,
        url_of: Callable[[str], str | None] = lambda page_id: f"{page_id}/",
        size_of: Callable[[Link], tuple[int, int] | None] = lambda link: None,
    ) -> Rendered:
        context = RenderContext(locale or page.locale, self.playbook, resolve, url_of, size_of)
        return self.renderer.render(page, context)


@cache
def _site() -> Site:
    return Site()


def render(
    markdown: str | bytes,
    locale: str = "en",
    page_id: str = "page",
    resolve: Callable[[Link], str | None] = lambda link: None,
) -> Rendered:
    """Render a page that stands for itself."""
    site = _site()
    site.pages.clear()
    return site.render(site.add(markdown, locale, page_id), resolve=resolve)


class Dom:
    """The content of a page, asked by CSS selectors."""

    def __init__(self, html: str) -> None:
        body = LexborHTMLParser(f"<body>{html}</body>").body
        assert body is not None
        self.body = body

    def all(self, selector: str) -> list[LexborNode]:
        return self.body.css(selector)

    def one(self, selector: str) -> LexborNode:
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} of {selector} in {self.body.html}"
        return found[0]

    def texts(self, selector: str) -> list[str]:
        return [words(node) for node in self.all(selector)]

    def values(self, selector: str, attribute: str) -> list[str | None]:
        return [node.attributes.get(attribute) for node in self.all(selector)]

    @property
    def text(self) -> str:
        return words(self.body)

    @property
    def ids(self) -> list[str]:
        return [node.attributes["id"] or "" for node in self.all("[id]")]


def words(node: LexborNode) -> str:
    """The text of an element without its link to itself, blanks collapsed."""
    return " ".join(node.text(deep=True).replace("¶", " ").split())


def dom(
    markdown: str | bytes,
    locale: str = "en",
    page_id: str = "page",
    resolve: Callable[[Link], str | None] = lambda link: None,
) -> Dom:
    """Render a page that stands for itself and parse the result."""
    return Dom(render(markdown, locale, page_id, resolve).html)
