"""Old addresses beside the pages: which redirects hold, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from leitfaden.checking.finding import Found, found
from leitfaden.checking.nearmiss import NearNames
from leitfaden.checking.rules.links import lacks_anchor, near_anchor
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract
from leitfaden.model import Place, Redirect, Span
from leitfaden.reading.inventory import redirects_of
from leitfaden.reading.redirects import FaultKind, RedirectFault, RedirectFile

BROKEN, UNKNOWN_PAGE, HIDES, REPEATED, NO_ANCHOR, UNCLEAR, NOT_WRITTEN = (
    f"LF44{digit}" for digit in range(7)
)
_NONE = Span(0, 0)
_CODES = {
    FaultKind.UNREADABLE: (BROKEN, ""),
    FaultKind.TOO_LARGE: (BROKEN, "large"),
    FaultKind.NO_MAPPING: (BROKEN, "mapping"),
    FaultKind.ENTRY: (BROKEN, "entry"),
    FaultKind.KEY: (BROKEN, "key"),
    FaultKind.ANCHORS: (BROKEN, "anchors"),
    FaultKind.ANCHOR: (BROKEN, "anchor"),
    FaultKind.TWICE: (REPEATED, "file"),
    FaultKind.ABSOLUTE: (UNCLEAR, "absolute"),
    FaultKind.SCHEME: (UNCLEAR, "scheme"),
    FaultKind.QUERY: (UNCLEAR, "query"),
    FaultKind.PARTS: (UNCLEAR, ""),
    FaultKind.CHARACTER: (UNCLEAR, "character"),
    FaultKind.LONG: (UNCLEAR, "long"),
}
_INDEXES = ("index", "README")  # MkDocs makes the page of a folder of both
_MOST_GUESSED = 100  # anchors: beyond, nobody has written the file by hand


class Wrong(NamedTuple):
    """A finding with its place in a file of redirects."""

    place: Place
    found: Found


@dataclass(frozen=True)
class Addresses:
    """What stands at which address of the site, as far as it can be told before it is built.

    Args:
        contract: The playbook's contract.
        pages: By locale, the ids of the pages that were written.
        files: All files below the docs folder, relative to it, with `/`.
        made: The ids of the pages that a site makes besides.
    """

    contract: Contract
    pages: Mapping[str, Collection[str]]
    files: Collection[str]
    made: Collection[str] = ()

    def has_page(self, page_id: str, locale: str) -> bool:
        """Tell whether readers of a locale get a page: translated, as its source, or generated."""
        return any(
            page_id in ids for ids in (self._of(locale), self._of(self.contract.source), self.made)
        )

    def page_at(self, address: str) -> tuple[str, str] | None:
        """Return the id and the locale of the page that readers get at an address."""
        return self._pages.get(address)

    def file_at(self, address: str) -> str | None:
        """Return the file that an old address would have to take the place of."""
        folders = accumulate(address.split("/"), lambda above, name: f"{above}/{name}")
        wanted = (*folders, f"{address}.html", f"{address}/index.html")
        return next((self._files[name] for name in wanted if name in self._files), None)

    @cached_property
    def near(self) -> NearNames:
        """The ids of all pages, to find the one that was meant."""
        return NearNames({page_id for ids in (*self.pages.values(), self.made) for page_id in ids})

    def _of(self, locale: str) -> Collection[str]:
        return self.pages.get(locale, ())

    @cached_property
    def _pages(self) -> Mapping[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        for locale in self.contract.locale_keys:
            root = self._root(locale)
            for page_id in {*self._of(locale), *self._of(self.contract.source), *self.made}:
                folder, _, name = f"{root}{page_id}".rpartition("/")
                found[f"{root}{page_id}"] = (page_id, locale)
                if name in _INDEXES:
                    found[folder] = (page_id, locale)
        return found

    @cached_property
    def _files(self) -> Mapping[str, str]:
        ours = {redirects_of(locale) for locale in self.contract.locale_keys}
        return {
            self._address(name): name
            for name in self.files
            if not name.endswith(".md") and name not in ours
        }

    def _address(self, name: str) -> str:
        folder, _, below = name.partition("/")
        return f"{self._root(folder)}{below}" if folder in self.contract.locales else name

    def _root(self, locale: str) -> str:
        return "" if locale == self.contract.source else f"{locale}/"


def accepted(
    files: Iterable[RedirectFile], addresses: Addresses
) -> tuple[tuple[Redirect, ...], tuple[Wrong, ...]]:
    """Return the redirects that a site can have, and what is wrong with the others.

    Args:
        files: What the files of redirects say, the source locale's first: of two redirects for one
            address, the first holds.
        addresses: What stands at which address.
    """
    kept: dict[str, Redirect] = {}
    wrong: list[Wrong] = []
    for file in files:
        wrong += map(_fault, file.faults)
        for redirect in file.redirects:
            mistake = _mistake(redirect, addresses, kept)
            if mistake is None:
                kept[redirect.address] = redirect
            else:
                wrong.append(mistake)
    return tuple(kept.values()), tuple(wrong)


def wrong_anchors(redirects: Iterable[Redirect], tree: Tree) -> Iterator[Wrong]:
    """Yield the anchors that old ones are said to be today and that the page does not have.

    Args:
        redirects: The redirects that hold.
        tree: All pages.
    """
    guessed = 0
    for redirect in redirects:
        page_id, locale = redirect.page_id, redirect.locale
        page = tree.page(page_id, locale) or tree.page(page_id, tree.contract.source)
        if page is None:
            continue  # it is generated: only a build knows its anchors
        for moved in redirect.anchors:
            if lacks_anchor(page, moved.new, tree):
                guessed += 1
                is_few = guessed <= _MOST_GUESSED
                guess = near_anchor(moved.new, tree.anchors(page)) if is_few else None
                one = found(_NONE, guess=guess, anchor=moved.new, old=moved.old, page=page_id)
                yield Wrong(moved.place, Found(NO_ANCHOR, one))


def _fault(fault: RedirectFault) -> Wrong:
    code, variant = _CODES[fault.kind]
    return Wrong(
        fault.place, Found(code, found(_NONE, variant, guess=fault.guess, text=fault.text))
    )


def _mistake(
    redirect: Redirect, addresses: Addresses, kept: Mapping[str, Redirect]
) -> Wrong | None:
    address, page_id, locale = redirect.address, redirect.page_id, redirect.locale
    if not addresses.has_page(page_id, locale):
        guess = addresses.near.nearest(page_id)
        known = guess if guess and addresses.has_page(guess, locale) else None
        one = found(_NONE, guess=known, page=page_id, address=address)
        return Wrong(redirect.page_place, Found(UNKNOWN_PAGE, one))
    there = addresses.page_at(address)
    if there and there != (page_id, locale):
        one = found(_NONE, address=address, page=there[0], locale=there[1])
        return Wrong(redirect.place, Found(HIDES, one))
    file = addresses.file_at(address)
    if file:
        return Wrong(redirect.place, Found(HIDES, found(_NONE, "file", address=address, file=file)))
    first = kept.get(address)
    if first:
        line = first.place.start.line if first.place.start else 1
        one = found(_NONE, address=address, other=f"{first.place.path}:{line}", page=first.page_id)
        return Wrong(redirect.place, Found(REPEATED, one))
    return None
