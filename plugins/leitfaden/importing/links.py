"""Links of a legacy tree → links between pages: what is known is rewritten, all else stays."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from leitfaden.checking.addresses import is_host
from leitfaden.checking.links import written_path
from leitfaden.checking.nearmiss import NearNames
from leitfaden.contract import Contract
from leitfaden.contract.targets import is_safe
from leitfaden.importing.aside import Candidate, SetAside
from leitfaden.importing.images import Images
from leitfaden.importing.legacy import PAGE_ENDINGS
from leitfaden.importing.names import without_ending
from leitfaden.model import Edit
from leitfaden.reading.references import Reference

_WEB_PAGE = (".html", ".htm")
_ENDINGS = (*PAGE_ENDINGS, *_WEB_PAGE)
_ROOT = "~/"  # docfx writes so what is relative to the tree
_MOST_GUESSED = 1000  # links of a page; one with more was not written by anybody


class How(StrEnum):
    """How the target of a link was found."""

    NAME = "name"  # an old file name
    ENDING = "ending"  # no ending, or another one
    CASE = "case"  # a name in another case
    OWN_SITE = "own-site"  # the address of the old site itself
    STANDS = "stands"  # a file that was set aside: the page that stands for it
    NEAR = "near"  # a wrong name that only one page can mean: a guess
    FILE = "file"  # an image or another file
    ANCHOR = "anchor"  # the same page, and an anchor that is called otherwise now


class Why(StrEnum):
    """Why a link stays as it is."""

    MISSING = "missing"  # there is no such page or file
    OUTSIDE = "outside"  # it leads out of the tree
    SEVERAL = "several"  # more than one page can be meant
    UNWRITTEN = "unwritten"  # its target is written in a way that is not replaced


class Rewritten(NamedTuple):
    """A link that is rewritten.

    Args:
        name: The file.
        line: The line in it.
        old: The target as it was.
        new: The target as it is.
        how: How it was found.
    """

    name: str
    line: int
    old: str
    new: str
    how: How


class Left(NamedTuple):
    """A link that leads nowhere and stays.

    Args:
        name: The file.
        line: The line in it.
        target: The target.
        why: Why.
        image: Whether it is an image.
    """

    name: str
    line: int
    target: str
    why: Why
    image: bool = False


class _Goal(NamedTuple):
    """What a target leads to: a path below the docs folder, with how that was found."""

    uri: str
    how: How
    page_id: str = ""


@dataclass(frozen=True)
class Moves:
    """Where the pages of a tree have gone to.

    Args:
        locale: The locale of the tree.
        contract: The contract.
        kept: The pages that are imported, by id.
        aside: The files that are not.
        others: The ids of further pages of the project that readers of the locale get.
        files: The files of the pages, below the docs folder, by page id; others are `<id>.md`.
        anchors: By page id, the old anchors that are called otherwise now.
        prefix: The folder in which the old site showed the tree.
    """

    locale: str
    contract: Contract
    kept: Mapping[str, Candidate]
    aside: Iterable[SetAside]
    others: frozenset[str]
    files: Mapping[str, str]
    anchors: Mapping[str, Mapping[str, str]]
    prefix: str = ""


class LinkMover:
    """Rewrites the links of pages.

    Args:
        moves: Where the pages have gone to.
        images: The files that pages use.
    """

    def __init__(self, moves: Moves, images: Images) -> None:
        self._moves = moves
        self._images = images
        self._exact: dict[str, tuple[str, bool]] = {}
        self._bare: dict[str, set[tuple[str, bool]]] = {}
        for page_id, one in moves.kept.items():
            self._add(one.named.name, page_id, False)
        for file in moves.aside:
            self._add(file.name, file.page_id, True)
        self._near = NearNames({*moves.kept, *moves.others})

    def edits(
        self, page: Candidate, found: Iterable[Reference]
    ) -> tuple[list[tuple[Reference, Edit, Rewritten]], list[Left]]:
        """Return the splices of a page's links, and the links that lead nowhere.

        Args:
            page: The page.
            found: What it names.
        """
        edits: list[tuple[Reference, Edit, Rewritten]] = []
        left: list[Left] = []
        found = tuple(found)
        guesses = len(found) <= _MOST_GUESSED
        for one in found:
            line = page.page.position(one.place.start).line
            result = self._result(page, one, guesses)
            if isinstance(result, Why):
                left.append(Left(page.named.name, line, one.target, result, one.image))
            elif result is not None:
                new, how = result
                if one.span is None:
                    why = Why.UNWRITTEN
                    left.append(Left(page.named.name, line, one.target, why, one.image))
                    continue
                text = escape(new) if one.html else new
                told = Rewritten(page.named.name, line, one.target, new, how)
                if text != one.span.of(page.page.text):
                    edits.append((one, Edit(one.span, text), told))
        return edits, left

    def _result(
        self, page: Candidate, one: Reference, guesses: bool
    ) -> tuple[str, How] | Why | None:
        """Return the new target of a link, why it leads nowhere, or None if it just stays."""
        target = one.target.strip()
        if not target or not is_safe(target):
            return None
        try:
            scheme, host, path, _, anchor = urlsplit(self._with_host(target))
        except ValueError:
            return None
        if scheme or host:
            goal = self._own_site(host, path) if scheme in ("http", "https", "") else None
            return self._written(page, goal, target, anchor) if goal else None
        if not path:
            return self._here(page, anchor)
        found = self._local(page, one, unquote(path), guesses)
        if isinstance(found, Why):
            return found
        return self._written(page, found, target, anchor)

    def _with_host(self, target: str) -> str:
        """Return an address of the old site with its scheme, if it lacks that."""
        host = target.partition("/")[0].lower()
        own = self._moves.contract.hosts.own
        named = host.removeprefix("www.")
        return f"https://{target}" if "." in host and is_host(named, own) else target

    def _here(self, page: Candidate, anchor: str) -> tuple[str, How] | None:
        moved = self._moves.anchors.get(page.named.page_id, {}).get(unquote(anchor))
        return (f"#{moved}", How.ANCHOR) if moved else None

    def _own_site(self, host: str, path: str) -> _Goal | None:
        host = host.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
        if not is_host(host, self._moves.contract.hosts.own):
            return None
        below = self._below_prefix(unquote(path).strip("/"))
        found = self._page(below or "index")
        return _Goal(found.uri, How.OWN_SITE, found.page_id) if found else None

    def _below_prefix(self, path: str) -> str:
        prefix = self._moves.prefix
        return path.removeprefix(f"{prefix}/") if prefix else path

    def _local(self, page: Candidate, one: Reference, path: str, guesses: bool) -> _Goal | Why:
        path = path.replace("\\", "/")
        if path.startswith(("/", _ROOT)):
            uri = self._below_prefix(path.removeprefix(_ROOT).strip("/"))
        else:
            uri = posixpath.join(posixpath.dirname(page.named.name), path)
        uri = posixpath.normpath(uri)
        if uri == ".." or uri.startswith("../"):
            return Why.OUTSIDE
        if not one.image:
            found = self._page(uri)
            if found:
                return found
        file = self._images.find(uri)
        if file:
            how = How.FILE if file == uri else How.CASE
            return _Goal(self._images.use(file).target, how)
        there = self._images.standing(uri)
        if there:
            return _Goal(there, How.FILE)
        ending = posixpath.splitext(uri)[1].lower()
        if one.image or (ending and ending not in _ENDINGS) or not guesses:
            return Why.MISSING
        return self._near_miss(uri)

    def _near_miss(self, uri: str) -> _Goal | Why:
        page_id = self._moves.contract.page_id(_stem(uri), self._moves.locale)
        near = self._near.only(page_id)
        if near:
            return _Goal(self._uri(near), How.NEAR, near)
        return Why.SEVERAL if self._near.nearest(page_id) else Why.MISSING

    def _page(self, uri: str) -> _Goal | None:
        """Return the page that a path in the tree names."""
        exact = self._exact.get(uri)
        if exact:
            return self._goal(exact, How.NAME)
        stem = _stem(uri)
        how = How.NAME if uri != stem and uri.endswith(".md") else How.ENDING
        for key, found in ((stem, how), (stem.casefold(), How.CASE)):
            meant = self._bare.get(key, set())
            if len(meant) == 1:
                return self._goal(next(iter(meant)), found)
        page_id = self._moves.contract.page_id(stem, self._moves.locale)
        for one in (page_id, posixpath.normpath(f"{page_id}/index")):  # a folder shows its index
            if one in self._moves.kept or one in self._moves.others:
                return self._goal((one, False), How.ENDING)
        return None

    def _goal(self, found: tuple[str, bool], how: How) -> _Goal:
        page_id, is_aside = found
        return _Goal(self._uri(page_id), How.STANDS if is_aside else how, page_id)

    def _uri(self, page_id: str) -> str:
        return self._moves.files.get(page_id, f"{self._moves.locale}/{page_id}.md")

    def _add(self, name: str, page_id: str, is_aside: bool) -> None:
        entry = (page_id, is_aside)
        self._exact[name] = entry
        stem = without_ending(name)
        for key in {stem, stem.casefold()}:
            self._bare.setdefault(key, set()).add(entry)

    def _written(
        self, page: Candidate, goal: _Goal, target: str, anchor: str
    ) -> tuple[str, How] | None:
        """Return the target as the page is to write it; None if it is the same."""
        folder = posixpath.dirname(f"{self._moves.locale}/{page.named.page_id}")
        new = written_path(goal.uri, folder)
        moved = self._moves.anchors.get(goal.page_id, {}).get(unquote(anchor), anchor)
        query = "" if goal.how is How.OWN_SITE else target.partition("#")[0].partition("?")[2]
        new = f"{new}?{query}" if query and not goal.page_id else new
        new = f"{new}#{moved}" if moved else new
        same = unquote(new) == unquote(target.removeprefix("./"))
        if same:
            return None
        how = goal.how
        if moved != anchor and unquote(target.partition("#")[0]) == unquote(new.partition("#")[0]):
            how = How.ANCHOR
        return new, how


def _stem(uri: str) -> str:
    """Return a path without the ending of a page or of its address."""
    stem, ending = posixpath.splitext(uri)
    return stem if ending.lower() in _ENDINGS else uri


def ordered(links: Iterable[Rewritten]) -> Iterator[Rewritten]:
    """Yield links by file and line."""
    yield from sorted(links, key=lambda one: (one.name, one.line, one.old))
