"""The whole built site, file by file: each link arrives, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.browser.conftest import found_by_search

# What a browser follows only if somebody clicks, and what it loads with the page.
FOLLOWED = {"a": "href", "area": "href", "form": "action"}
LOADED = {
    **dict.fromkeys(("img", "script", "source", "iframe", "embed", "video", "audio"), "src"),
    "track": "src",
    "object": "data",
    "use": "href",
    "image": "href",
}
LOADING_LINKS = {"stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "icon"}
LOADING_LINKS |= {"dns-prefetch", "manifest"}
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@dataclass(frozen=True)
class File:
    """An HTML file of the site.

    Args:
        path: In the site, with slashes.
        ids: All of the page, as often as they are there.
        followed: Addresses that readers go to.
        loaded: Addresses that browsers fetch.
    """

    path: str
    ids: tuple[str, ...]
    followed: tuple[str, ...]
    loaded: tuple[str, ...]


class Built:
    """A built site.

    Args:
        root: Its folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.names = {
            path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()
        }
        self.pages = {
            name: read(name, (root / name).read_text("utf-8"))
            for name in sorted(self.names)
            if name.endswith(".html")
        }
        self._ids = {name: frozenset(page.ids) for name, page in self.pages.items()}

    @cached_property
    def address(self) -> str:
        """Where the site says that it is."""
        [canonical] = re.findall(
            r'<link rel="canonical" href="([^"]*)"', (self.root / "index.html").read_text("utf-8")
        )
        return str(canonical)

    def is_own(self, address: str) -> bool:
        """Return whether an absolute address is one of this site."""
        return address.startswith(self.address)

    def miss(self, address: str) -> str | None:
        """Return what an absolute address of this site lacks; nothing if it arrives.

        Args:
            address: The address.
        """
        parts = urlsplit(address)
        name = unquote(parts.path.removeprefix(urlsplit(self.address).path))
        if not name or name.endswith("/"):
            name += "index.html"
        if name not in self.names:
            return "no file"
        anchor = unquote(parts.fragment)
        if anchor and name in self._ids and anchor not in self._ids[name]:
            return "no anchor"
        return None


def read(path: str, text: str) -> File:
    """Return what a file says and needs."""
    # What waits in a template is shown later: it counts as well.
    tree = LexborHTMLParser(re.sub(r"<(/?)template\b", r"<\1div", text))
    nodes = tree.css("a, area, form, img, script, source, iframe, embed, video, audio, track")
    nodes += tree.css("object, use, image, link")
    return File(
        path,
        tuple(node.attributes["id"] or "" for node in tree.css("[id]")),
        tuple(address for node in nodes for address in followed(node)),
        tuple(address for node in nodes for address in loaded(node)),
    )


def followed(node: LexborNode) -> Iterator[str]:
    """Yield the addresses of an element to which readers go."""
    name = node.tag or ""
    value = node.attributes.get(FOLLOWED.get(name, ""))
    if name == "link" and not relations(node) & LOADING_LINKS:
        value = node.attributes.get("href")
    if value is not None:
        yield value


def loaded(node: LexborNode) -> Iterator[str]:
    """Yield the addresses of an element that browsers fetch."""
    name = node.tag or ""
    value = node.attributes.get(LOADED.get(name, ""))
    if name == "link" and relations(node) & LOADING_LINKS:
        value = node.attributes.get("href")
    if value:
        yield value
    if poster := node.attributes.get("poster"):
        yield poster
    for candidate in (node.attributes.get("srcset") or "").split(","):
        if candidate.strip():
            yield candidate.split()[0]


def relations(node: LexborNode) -> set[str]:
    return set((node.attributes.get("rel") or "").lower().split())


@pytest.fixture(scope="module")
def built(site: Path) -> Built:
    return Built(site)


def test_no_link_and_no_anchor_leads_nowhere(built: Built) -> None:
    assert len(built.pages) > 100
    lost: dict[str, str] = {}
    known: dict[str, str | None] = {}
    for page in built.pages.values():
        base = urljoin(built.address, page.path)
        for link in {*page.followed, *page.loaded}:
            target = urljoin(base, link)
            if not built.is_own(target):
                continue
            if target not in known:
                known[target] = built.miss(target)
            if known[target]:
                lost[target] = f"{known[target]}, from {page.path}"
    assert lost == {}


def test_no_page_loads_anything_from_another_host(built: Built) -> None:
    foreign = {
        f"{page.path}: {address}"
        for page in built.pages.values()
        for address in page.loaded
        if not address.startswith("data:")
        and not built.is_own(urljoin(urljoin(built.address, page.path), address))
    }
    assert foreign == set()


def test_no_stylesheet_loads_anything_from_another_host(built: Built) -> None:
    sheets = [name for name in built.names if name.endswith(".css")]
    assert sheets
    for name in sheets:
        text = (built.root / name).read_text("utf-8")
        found = re.findall(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""", text)
        assert found == [], name


def test_no_id_stands_twice_on_a_page(built: Built) -> None:
    twice: Mapping[str, set[str]] = {
        page.path: {one for one in page.ids if page.ids.count(one) > 1}
        for page in built.pages.values()
        if len(set(page.ids)) < len(page.ids)
    }
    assert twice == {}


def test_feeds_and_site_map_are_well_formed_and_lead_to_pages(built: Built) -> None:
    found: list[str] = []
    for name in sorted(one for one in built.names if one.endswith(".xml")):
        root = ElementTree.parse(built.root / name).getroot()
        assert root.tag in (f"{ATOM}feed", f"{SITEMAP}urlset"), name
        found += [one.get("href", "") for one in root.iter(f"{ATOM}link")]
        found += [one.text or "" for one in root.iter(f"{SITEMAP}loc")]
    assert len(found) > len(built.pages) / 2
    assert [one for one in found if not built.is_own(one) or built.miss(one)] == []


def test_what_the_search_finds_is_there(built: Built) -> None:
    indexes = [name for name in built.names if name.endswith("search_index.json")]
    assert indexes
    for name in indexes:
        folder = urljoin(built.address, name.removesuffix("search/search_index.json"))
        found = list(found_by_search(built.root / name))
        assert len(found) > 500
        assert [place for place in found if built.miss(urljoin(folder, place))] == [], name
