"""Where links lead: each to one thing, or nowhere for one cause."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from leitfaden.checking.addresses import is_host
from leitfaden.checking.edits import replaced
from leitfaden.contract.targets import is_safe
from leitfaden.model import Fix, Link, Span

if TYPE_CHECKING:
    from leitfaden.checking.facts import LinkFact, PageFacts
    from leitfaden.checking.tree import Tree

_MAIL = re.compile(r"[^\s@/:?#]+@[^\s@/:?#]+\.[^\s@/:?#.]+")
_WEB_PAGE = (".html", ".htm")
_MOST_GUESSED = 1_000  # a page with more links was not written by anybody
_IN_URLS = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "%": "%25", "#": "%23", "?": "%3F"})


class Reach(StrEnum):
    """What a link leads to, or why it leads nowhere; in doubt the first of these counts."""

    UNSAFE = "unsafe"
    UNREADABLE = "unreadable"  # no valid address
    OWN_SITE = "own-site"  # the absolute address of a page of this playbook
    WEB = "web"
    HERE = "here"  # an anchor of the page itself
    SCHEMELESS = "schemeless"  # an address that lacks its scheme
    ABSOLUTE = "absolute"
    COPY = "copy"  # a second file for a page that another file holds
    FOREIGN = "foreign"  # another language's page, although there is one in the page's own
    PAGE = "page"
    FILE = "file"
    SUFFIX = "suffix"  # the file is there with another suffix
    CASE = "case"  # the file is there in another case
    ELSEWHERE = "elsewhere"  # the page is there, but not in that language
    UNRECOGNISED = "unrecognised"  # neither the name of a page nor of a file
    MISSING = "missing"


class Reached(NamedTuple):
    """A link with what it leads to.

    Args:
        link: The link.
        reach: What it leads to.
        page_id: The page's id; of a file its path below the locale folder.
        locale: The locale whose page it is.
        meant: The path that was probably meant, as the writer would write it.
        anchor: The anchor in the page.
    """

    link: LinkFact
    reach: Reach
    page_id: str = ""
    locale: str = ""
    meant: str | None = None
    anchor: str = ""

    @property
    def guess(self) -> str | None:
        """The target that was probably meant, as the writer would write it."""
        return None if self.meant is None else self.meant + self.link.target[self._path_end :]

    def fix(self, *, safe: bool) -> Fix | None:
        """Return the fix that writes the path that was meant; None where it cannot be told how."""
        span = self.link.target_span
        if not self.meant or not is_verbatim(self.link):
            return None
        return replaced(Span(span.start, span.start + self._path_end), self.meant, safe=safe)

    @property
    def path(self) -> str:
        """The path as it is written, without an anchor."""
        return self.link.target[: self._path_end]

    @property
    def names_file(self) -> bool:
        """Whether the link names a file with its ending."""
        return self.path.endswith(".md")

    @property
    def _path_end(self) -> int:
        target = self.link.target
        ends = (at for mark in "?#" if (at := target.find(mark)) >= 0)
        return len(target) if self.reach is Reach.OWN_SITE else min(ends, default=len(target))


def is_verbatim(link: Link | LinkFact) -> bool:
    """Tell whether a link's target is written as it is read: nothing in it is escaped."""
    span = link.target_span
    return span.start < span.end and span.end - span.start == len(link.target)


class _Parts(NamedTuple):
    safe: bool
    readable: bool
    is_address: bool
    host: str
    path: str
    anchor: str


@lru_cache(maxsize=8192)
def _parts(target: str) -> _Parts:
    """Return what a target consists of; pages link to the same places again and again."""
    try:
        scheme, host, path, _, anchor = urlsplit(target)
    except ValueError:
        return _Parts(is_safe(target), False, False, "", "", "")
    host = host.rpartition("@")[2].partition(":")[0].lower()
    return _Parts(is_safe(target), True, bool(scheme or host), host, unquote(path), unquote(anchor))


def reached(facts: PageFacts, tree: Tree) -> Iterator[Reached]:
    """Yield where each link and image of a page leads.

    Args:
        facts: The page.
        tree: All pages and files.
    """
    own = tree.contract.hosts.own
    for link in facts.links:
        parts = _parts(link.target)
        if not parts.safe:
            yield Reached(link, Reach.UNSAFE)
        elif not parts.readable:
            yield Reached(link, Reach.UNREADABLE)
        elif parts.is_address:
            if parts.host and is_host(parts.host, own):
                yield _own_site(link, parts, facts, tree)
            else:
                yield Reached(link, Reach.WEB)
        elif not parts.path:
            yield Reached(link, Reach.HERE, facts.id, facts.locale, anchor=parts.anchor)
        else:
            yield _local(link, parts, facts, tree)


def _own_site(link: LinkFact, parts: _Parts, facts: PageFacts, tree: Tree) -> Reached:
    """Say which page an address of the site itself shows, if its path tells."""
    below = parts.path.strip("/")
    for ending in (*_WEB_PAGE, ".md"):
        below = below.removesuffix(ending)
    page_id = tree.near_ids.same(tree.contract.page_id(below or "index", facts.locale))
    meant = _path_to(page_id, facts, tree) if page_id else None
    if meant and parts.anchor:
        meant = f"{meant}#{parts.anchor}"
    return Reached(link, Reach.OWN_SITE, page_id or "", facts.locale, meant)


def _path_to(page_id: str, facts: PageFacts, tree: Tree) -> str:
    return _relative(tree.file_of(page_id, facts.locale), facts)


def _relative(uri: str, facts: PageFacts) -> str:
    """Return a path below the docs folder as a page would write it."""
    # From a root, or the folder in which the program runs would be asked for.
    return posixpath.relpath(f"/{uri}", f"/{_folder(facts)}").translate(_IN_URLS)


def _folder(facts: PageFacts) -> str:
    return posixpath.dirname(f"{facts.locale}/{facts.id}")


def _local(link: LinkFact, parts: _Parts, facts: PageFacts, tree: Tree) -> Reached:
    path, anchor = parts.path, parts.anchor
    if path.startswith(("/", "\\")):
        return Reached(link, Reach.ABSOLUTE, path, meant=_near_page(path, facts, tree))
    uri = posixpath.normpath(posixpath.join(_folder(facts), path))
    if link.image or not uri.endswith(".md"):
        known = _file(link, uri, facts, tree)
    else:
        known = _page(link, uri, anchor, facts, tree)
    return known or _broken(link, path, uri, facts, tree)


def _file(link: LinkFact, uri: str, facts: PageFacts, tree: Tree) -> Reached | None:
    folder, _, below = uri.partition("/")
    if uri in tree.files or f"{tree.contract.source}/{below}" in _of_source(folder, tree):
        return Reached(link, Reach.FILE, below, folder)
    actual = tree.any_case.get(uri.casefold())
    if actual is None and folder in tree.contract.locales:  # readers get the source's file
        actual = tree.any_case.get(f"{tree.contract.source}/{below}".casefold())
        actual = actual and f"{folder}/{actual.partition('/')[2]}"
    return Reached(link, Reach.CASE, below, folder, _relative(actual, facts)) if actual else None


def _of_source(folder: str, tree: Tree) -> frozenset[str]:
    """Return the files that stand in for those that a folder lacks."""
    return tree.files if folder in tree.contract.locales else frozenset()


def _page(link: LinkFact, uri: str, anchor: str, facts: PageFacts, tree: Tree) -> Reached | None:
    """Say which page a path names; as on the site, the page counts and not the file's suffix."""
    folder, _, below = uri.partition("/")
    if folder not in tree.contract.locales or not below:
        return Reached(link, Reach.FILE, uri) if uri in tree.files else None
    pages = tree.pages.get(folder, {})
    named = below.removesuffix(".md")
    page_id = named if named in pages else tree.contract.page_id(below, folder)
    if page_id not in pages:
        return _without_page(link, uri, page_id, anchor, facts, tree)
    file = tree.file_of(page_id, folder)
    if uri not in tree.files:
        return Reached(link, Reach.SUFFIX, page_id, folder, _relative(file, facts), anchor)
    if file != uri:
        return Reached(link, Reach.COPY, page_id, folder, _relative(file, facts), anchor)
    if folder != facts.locale and page_id in tree.pages.get(facts.locale, {}):
        meant = _path_to(page_id, facts, tree)
        return Reached(link, Reach.FOREIGN, page_id, folder, meant, anchor)
    return Reached(link, Reach.PAGE, page_id, folder, anchor=anchor)


def _without_page(
    link: LinkFact, uri: str, page_id: str, anchor: str, facts: PageFacts, tree: Tree
) -> Reached | None:
    """Say what readers get for a page that the locale lacks."""
    folder = uri.partition("/")[0]
    source = tree.contract.source
    if folder == facts.locale and page_id in tree.pages.get(source, {}):
        return Reached(link, Reach.PAGE, page_id, source, anchor=anchor)
    if uri in tree.files:  # a page that is made when the site is built
        return Reached(link, Reach.FILE, page_id, folder)
    actual = tree.any_case.get(uri.casefold())
    if actual and actual.endswith(".md"):
        meant = tree.contract.page_id(actual.partition("/")[2], folder)
        return Reached(link, Reach.CASE, meant, folder, _relative(actual, facts), anchor)
    locales = [locale for locale in tree.pages if page_id in tree.pages[locale]]
    if not locales:
        return None
    return Reached(link, Reach.ELSEWHERE, page_id, ", ".join(locales), anchor=anchor)


def _broken(link: LinkFact, path: str, uri: str, facts: PageFacts, tree: Tree) -> Reached:
    """Say why a path leads nowhere."""
    address = _address(link.target)
    if address:
        return Reached(link, Reach.SCHEMELESS, meant=address)
    below = uri.partition("/")[2] if uri.partition("/")[0] in tree.contract.locales else uri
    ending = posixpath.splitext(path)[1]
    if ending in (".md", *_WEB_PAGE):
        stem = posixpath.splitext(below)[0]
        page_id = tree.contract.page_id(stem, facts.locale)
        meant = _near_page(page_id, facts, tree)
        return Reached(link, Reach.MISSING, page_id, meant=meant)
    if ending or link.image:
        near = tree.near_files.nearest(below) if len(facts.links) <= _MOST_GUESSED else None
        return Reached(link, Reach.MISSING, below, meant=near and _relative(near, facts))
    anchor = _parts(link.target).anchor
    page = _page(link, f"{uri}.md", anchor, facts, tree)
    if page and page.reach in (Reach.PAGE, Reach.SUFFIX) and page.locale:
        meant = page.meant or _relative(f"{uri}.md", facts)
        return Reached(link, Reach.SUFFIX, page.page_id, page.locale, meant, anchor)
    return Reached(link, Reach.UNRECOGNISED, below, meant=_near_page(path, facts, tree))


def _near_page(path: str, facts: PageFacts, tree: Tree) -> str | None:
    """Return the path of the page that a wrong path most likely means."""
    if len(facts.links) > _MOST_GUESSED:
        return None
    stem = path.strip("/\\")
    for ending in (".md", *_WEB_PAGE):
        stem = stem.removesuffix(ending)
    near = tree.near_ids.nearest(tree.contract.page_id(stem, facts.locale)) if stem else None
    return _path_to(near, facts, tree) if near else None


def _address(target: str) -> str | None:
    """Return the address outside of the site that a target was meant to be, if it shows."""
    bare = "".join(character for character in target if character.isprintable()).strip()
    if bare[:4].lower() == "www.":
        return f"https://{bare}"
    if _MAIL.fullmatch(bare):
        return f"mailto:{bare}"
    return bare if bare.startswith(("https://", "http://")) else None
