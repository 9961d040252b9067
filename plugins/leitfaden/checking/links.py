"""Where links lead: each to one thing, or nowhere for one cause."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sized
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from leitfaden.checking.addresses import is_host
from leitfaden.checking.edits import replaced
from leitfaden.contract.targets import is_safe
from leitfaden.model import Fix, Link, Span

if TYPE_CHECKING:
    from leitfaden.checking.facts import LinkFact, PageFacts
    from leitfaden.checking.places import Places

_MAIL = re.compile(r"[^\s@/:?#]+@[^\s@/:?#]+\.[^\s@/:?#.]+")
_WEB_PAGE = (".html", ".htm")
_INDEX = "index.md"
_ROOTS = ("/", "\\")
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
    FOLDER = "folder"  # the page of a folder, of which only the folder is named
    WEB_PAGE = "web-page"  # the page is there, but not as the `.html` of an older site
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
        uri: What readers are led to, as a path below the docs folder: of a page its id in a
            locale, whatever its file is called, of another file its path. Empty if it is nothing.
    """

    link: LinkFact
    reach: Reach
    page_id: str = ""
    locale: str = ""
    meant: str | None = None
    anchor: str = ""
    uri: str = ""

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


class Linking(Protocol):
    """A page, as far as it has to be known to tell where its links lead."""

    @property
    def id(self) -> str:
        """The page's id."""

    @property
    def locale(self) -> str:
        """Its locale."""

    @property
    def links(self) -> Sized:
        """Its links."""


def reached(facts: PageFacts, places: Places) -> Iterator[Reached]:
    """Yield where each link and image of a page leads.

    Args:
        facts: The page.
        places: All pages and files.
    """
    for link in facts.links:
        yield reach_of(link, facts, places)


def reach_of(link: LinkFact, page: Linking, places: Places, *, rooted: bool = False) -> Reached:
    """Return where a link or an image leads. What a check tells of it is what the site does.

    Args:
        link: The link.
        page: The page that it stands on.
        places: All pages and files.
        rooted: Whether a path that begins with `/` is one below the docs folder.
    """
    parts = _parts(link.target)
    if not parts.safe:
        return Reached(link, Reach.UNSAFE)
    if not parts.readable:
        return Reached(link, Reach.UNREADABLE)
    if parts.is_address:
        if parts.host and is_host(parts.host, places.contract.hosts.own):
            return _own_site(link, parts, page, places)
        return Reached(link, Reach.WEB)
    if not parts.path:
        return Reached(link, Reach.HERE, page.id, page.locale, anchor=parts.anchor)
    if not parts.path.startswith(_ROOTS):
        folder = posixpath.join(_folder(page), parts.path)
        return _local(link, parts.path, posixpath.normpath(folder), page, places)
    if not rooted:
        meant = _near_page(parts.path, page, places)
        return Reached(link, Reach.ABSOLUTE, parts.path, meant=meant)
    return _rooted(link, parts.path.lstrip("/\\"), page, places)


def _rooted(link: LinkFact, path: str, page: Linking, places: Places) -> Reached:
    """Say where a path below the docs folder leads, with the locale's folder or without."""
    plain = _local(link, path, posixpath.normpath(path), page, places)
    if plain.uri or path.partition("/")[0] in places.contract.locales:
        return plain
    below = _local(link, path, posixpath.normpath(f"{page.locale}/{path}"), page, places)
    return below if below.uri else plain


def _own_site(link: LinkFact, parts: _Parts, page: Linking, places: Places) -> Reached:
    """Say which page an address of the site itself shows, if its path tells."""
    below = parts.path.strip("/")
    for ending in (*_WEB_PAGE, ".md"):
        below = below.removesuffix(ending)
    page_id = places.near_ids.same(places.contract.page_id(below or "index", page.locale))
    meant = _path_to(page_id, page, places) if page_id else None
    if meant and parts.anchor:
        meant = f"{meant}#{parts.anchor}"
    return Reached(link, Reach.OWN_SITE, page_id or "", page.locale, meant)


def _path_to(page_id: str, page: Linking, places: Places) -> str:
    return _relative(places.file_of(page_id, page.locale), page)


def _relative(uri: str, page: Linking) -> str:
    """Return a path below the docs folder as a page would write it."""
    return written_path(uri, _folder(page))


def written_path(uri: str, folder: str) -> str:
    """Return a path as a page in a folder would write it.

    Args:
        uri: The path, without percent-encoding.
        folder: The page's folder, relative to the same place as the path.
    """
    # From a root, or the folder in which the program runs would be asked for.
    return posixpath.relpath(f"/{uri}", f"/{folder}").translate(_IN_URLS)


def _folder(page: Linking) -> str:
    return posixpath.dirname(f"{page.locale}/{page.id}")


def _local(link: LinkFact, path: str, uri: str, page: Linking, places: Places) -> Reached:
    if link.image or not uri.endswith(".md"):
        known = _file(link, uri, page, places)
    else:
        known = _page(link, uri, page, places)
    return known or _broken(link, path, uri, page, places)


def _file(link: LinkFact, uri: str, page: Linking, places: Places) -> Reached | None:
    folder, _, below = uri.partition("/")
    source = places.contract.source
    if uri in places.files or f"{source}/{below}" in _of_source(folder, places):
        return Reached(link, Reach.FILE, below, folder, uri=uri)
    actual = places.any_case.get(uri.casefold())
    if actual is None and folder in places.contract.locales:  # readers get the source's file
        actual = places.any_case.get(f"{source}/{below}".casefold())
        actual = actual and f"{folder}/{actual.partition('/')[2]}"
    if actual is None:
        return None
    return Reached(link, Reach.CASE, below, folder, _relative(actual, page), uri=actual)


def _of_source(folder: str, places: Places) -> frozenset[str]:
    """Return the files that stand in for those that a folder lacks."""
    return places.files if folder in places.contract.locales else frozenset()


def _page(link: LinkFact, uri: str, page: Linking, places: Places) -> Reached | None:
    """Say which page a path names; as on the site, the page counts and not the file's suffix."""
    folder, _, below = uri.partition("/")
    if folder not in places.contract.locales or not below:
        return Reached(link, Reach.FILE, uri, uri=uri) if uri in places.files else None
    pages = places.pages.get(folder, ())
    named = below.removesuffix(".md")
    page_id = named if named in pages else places.contract.page_id(below, folder)
    if page_id not in pages:
        return _without_page(link, uri, page_id, page, places)
    file = places.file_of(page_id, folder)
    if uri not in places.files:
        reach, meant = Reach.SUFFIX, _relative(file, page)
    elif file != uri:
        reach, meant = Reach.COPY, _relative(file, page)
    elif folder != page.locale and page_id in places.pages.get(page.locale, ()):
        reach, meant = Reach.FOREIGN, _path_to(page_id, page, places)
    else:
        reach, meant = Reach.PAGE, None
    anchor = _parts(link.target).anchor
    return Reached(link, reach, page_id, folder, meant, anchor, f"{folder}/{page_id}.md")


def _without_page(
    link: LinkFact, uri: str, page_id: str, page: Linking, places: Places
) -> Reached | None:
    """Say what readers get for a page that the locale lacks."""
    folder, anchor = uri.partition("/")[0], _parts(link.target).anchor
    source = places.contract.source
    named = f"{folder}/{page_id}.md"
    if folder == page.locale and page_id in places.pages.get(source, ()):
        return Reached(link, Reach.PAGE, page_id, source, anchor=anchor, uri=named)
    if uri in places.files:  # a page that is made when the site is built
        return Reached(link, Reach.FILE, page_id, folder, uri=named)
    actual = places.any_case.get(uri.casefold())
    if actual and actual.endswith(".md"):
        meant = places.contract.page_id(actual.partition("/")[2], folder)
        path = _relative(actual, page)
        return Reached(link, Reach.CASE, meant, folder, path, anchor, f"{folder}/{meant}.md")
    locales = [locale for locale in places.pages if page_id in places.pages[locale]]
    if not locales:
        return None
    return Reached(link, Reach.ELSEWHERE, page_id, ", ".join(locales), anchor=anchor)


def _broken(link: LinkFact, path: str, uri: str, page: Linking, places: Places) -> Reached:
    """Say why a path leads nowhere, or to which page, although there is no such file."""
    address = _address(link.target)
    if address:
        return Reached(link, Reach.SCHEMELESS, meant=address)
    below = uri.partition("/")[2] if uri.partition("/")[0] in places.contract.locales else uri
    ending = posixpath.splitext(path)[1]
    if ending in (".md", *_WEB_PAGE) and not link.image:
        stem = posixpath.splitext(uri)[0]
        old = _loose(link, f"{stem}.md", Reach.WEB_PAGE, page, places) if ending != ".md" else None
        page_id = places.contract.page_id(posixpath.splitext(below)[0], page.locale)
        meant = _near_page(page_id, page, places)
        return old or Reached(link, Reach.MISSING, page_id, meant=meant)
    if ending or link.image:
        near = places.near_files.nearest(below) if len(page.links) <= _MOST_GUESSED else None
        return Reached(link, Reach.MISSING, below, meant=near and _relative(near, page))
    return (
        _loose(link, f"{uri}.md", Reach.SUFFIX, page, places)
        or _loose(link, f"{uri}/{_INDEX}", Reach.FOLDER, page, places)
        or Reached(link, Reach.UNRECOGNISED, below, meant=_near_page(path, page, places))
    )


def _loose(link: LinkFact, uri: str, reach: Reach, page: Linking, places: Places) -> Reached | None:
    """Say which page a link means that does not name its file, if the page is there."""
    found = _page(link, uri, page, places)
    if found is None or not found.uri:
        return None
    return found._replace(reach=reach, meant=found.meant or _relative(uri, page))


def _near_page(path: str, page: Linking, places: Places) -> str | None:
    """Return the path of the page that a wrong path most likely means."""
    if len(page.links) > _MOST_GUESSED:
        return None
    stem = path.strip("/\\")
    for ending in (".md", *_WEB_PAGE):
        stem = stem.removesuffix(ending)
    near = places.near_ids.nearest(places.contract.page_id(stem, page.locale)) if stem else None
    return _path_to(near, page, places) if near else None


def _address(target: str) -> str | None:
    """Return the address outside of the site that a target was meant to be, if it shows."""
    bare = "".join(character for character in target if character.isprintable()).strip()
    if bare[:4].lower() == "www.":
        return f"https://{bare}"
    if _MAIL.fullmatch(bare):
        return f"mailto:{bare}"
    return bare if bare.startswith(("https://", "http://")) else None
