"""Which files make up a playbook."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.contract.keys import is_locale

_PAGE = ".md"
REDIRECTS = "redirects.yml"
_NO_REDIRECTS = ("redirects.yml", "redirects.yaml")  # unless it is the one above, in its place
_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # MkDocs takes all of them for pages


class StrayKind(StrEnum):
    """What can be wrong with what has a place where pages are and holds none."""

    FOLDER = "folder"
    UNREADABLE_FOLDER = "unreadable-folder"
    LINKED_FOLDER = "linked-folder"
    LINK_OUT = "link-out"
    UNDECLARED_LOCALE = "undeclared-locale"
    NO_LOCALE = "no-locale"
    MISNAMED = "misnamed"
    NO_REDIRECTS = "no-redirects"


class Stray(NamedTuple):
    """Something below the docs folder that cannot be read as a page or as a folder of pages.

    Args:
        path: Where it is, relative to the project, with `/`.
        kind: What is wrong with it.
        detail: What the system says, if it says something; the name of a folder without a locale.
    """

    path: str
    kind: StrayKind
    detail: str = ""


class PageFile(NamedTuple):
    """A file that holds a page.

    Args:
        file: Where it is.
        path: The same relative to the project, with `/`, as findings name it.
        locale: The locale of its folder.
        page_id: The page's id.
    """

    file: str
    path: str
    locale: str
    page_id: str


class LocaleFile(NamedTuple):
    """A file that says something of all pages of a locale.

    Args:
        file: Where it is.
        path: The same relative to the project, with `/`, as findings name it.
        locale: The locale of its folder.
    """

    file: str
    path: str
    locale: str


@dataclass(frozen=True)
class Inventory:
    """The files below a docs folder.

    Args:
        pages: The files that hold pages, by locale in the contract's order, then by name.
        names: All files, also images, relative to the docs folder, with `/`.
        strays: What cannot be read as a page or as a folder of pages.
        redirects: The files that hold redirects, by locale in the contract's order.
    """

    pages: tuple[PageFile, ...]
    names: frozenset[str]
    strays: tuple[Stray, ...] = ()
    redirects: tuple[LocaleFile, ...] = ()

    def chosen(self) -> Mapping[str, Mapping[str, PageFile]]:
        """Return by locale and page id the file that readers get, where two claim the same id."""
        found: dict[str, dict[str, PageFile]] = {}
        for page in self.pages:
            pages = found.setdefault(page.locale, {})
            pages[page.page_id] = preferred(pages.get(page.page_id), page)
        return found

    def published(self) -> tuple[PageFile, ...]:
        """Return the files that readers get, in the order of `pages`."""
        chosen = {page.path for pages in self.chosen().values() for page in pages.values()}
        return tuple(page for page in self.pages if page.path in chosen)

    def dropped(self) -> Iterator[tuple[PageFile, PageFile]]:
        """Yield each file that is not published with the one that is in its place."""
        chosen = self.chosen()
        for page in self.pages:
            kept = chosen[page.locale][page.page_id]
            if kept is not page:
                yield page, kept


def preferred(first: PageFile | None, second: PageFile) -> PageFile:
    """Of two files for one page, take the one whose name says the locale: it was made for it."""
    if first is None or not second.path.endswith(f"/{second.page_id}{_PAGE}"):
        return second
    return first


def take_inventory(docs: Path, contract: Contract, root: Path) -> Inventory:
    """List the files below a docs folder.

    Links to folders, and links that lead out of the docs folder, are not followed: what they show
    is not the playbook's.

    Args:
        docs: The folder that holds one folder a locale.
        contract: The playbook's contract.
        root: The project's folder, to which the pages' paths are relative.
    """
    walk = _Walk(os.path.realpath(docs))
    walk.into("")
    prefix = _shown(os.path.relpath(docs, root) if docs.is_relative_to(root) else str(docs))
    pages = pages_among(walk.names, docs, prefix, contract)
    misplaced = _misplaced(walk.names, contract)
    strays = tuple(
        stray._replace(path=f"{prefix}/{_shown(stray.path)}")
        for stray in sorted({*walk.strays, *misplaced})
        if not _is_hidden(stray.path)
    )
    names = frozenset(walk.names)
    redirects = tuple(
        LocaleFile(f"{docs}/{name}", f"{prefix}/{name}", locale)
        for locale in contract.locale_keys
        for name in (redirects_of(locale),)
        if name in names
    )
    return Inventory(pages, frozenset(map(_shown, names)), strays, redirects)


def pages_among(
    names: Iterable[str], docs: Path, prefix: str, contract: Contract
) -> tuple[PageFile, ...]:
    """Return those files that hold pages, by locale in the contract's order, then by name.

    Args:
        names: Files, relative to the docs folder, with `/`.
        docs: The docs folder.
        prefix: The same as findings name it.
        contract: The playbook's contract.
    """
    pages = []
    for name in sorted(name for name in names if name.endswith(_PAGE)):
        locale, _, below = name.partition("/")
        if below and locale in contract.locales and not _is_hidden(name):
            page_id = contract.page_id(_shown(below), locale)
            path = f"{prefix}/{_shown(name)}"
            pages.append(PageFile(f"{docs}/{name}", path, locale, page_id))
    order = {locale: index for index, locale in enumerate(contract.locale_keys)}
    return tuple(sorted(pages, key=lambda page: order[page.locale]))


def redirects_of(locale: str) -> str:
    """Return the file that holds a locale's redirects, as a path below the docs folder."""
    return f"{locale}/{REDIRECTS}"


def _misplaced(names: Iterable[str], contract: Contract) -> Iterator[Stray]:
    """Yield what nobody will see although it is a page: its folder or its name is wrong."""
    for name in names:
        folder, _, below = name.partition("/")
        if folder in contract.locales and below:
            if name.lower().endswith(_ENDINGS) and not name.endswith(_PAGE):
                yield Stray(name, StrayKind.MISNAMED)
        elif below and is_locale(folder):
            yield Stray(folder, StrayKind.UNDECLARED_LOCALE, folder)
        elif name.lower().endswith(_ENDINGS):
            yield Stray(name, StrayKind.NO_LOCALE)
        if _is_misplaced_redirects(folder, below, contract):
            yield Stray(name, StrayKind.NO_REDIRECTS)


def _is_misplaced_redirects(folder: str, below: str, contract: Contract) -> bool:
    """Tell whether a file seems to hold redirects and has a place where none are read."""
    if not below:
        return folder.lower() in _NO_REDIRECTS
    return folder in contract.locales and below.lower() in _NO_REDIRECTS and below != REDIRECTS


class _Walk:
    """What lies below a folder, by paths relative to it; links to folders are not followed.

    Args:
        base: The folder, without links in its path.
    """

    def __init__(self, base: str) -> None:
        self.names: list[str] = []
        self.strays: list[Stray] = []
        self._base = base

    def into(self, below: str) -> None:
        """Go into a folder; `below` is its path with a `/` at its end."""
        try:
            with os.scandir(f"{self._base}/{below}") as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except FileNotFoundError:
            return  # nothing is there to be read, or no longer
        except OSError as error:
            reason = error.strerror or str(error)
            self.strays.append(Stray(below.rstrip("/"), StrayKind.UNREADABLE_FOLDER, reason))
            return
        for entry in found:
            self._take(entry, f"{below}{entry.name}")

    def _take(self, entry: os.DirEntry[str], name: str) -> None:
        if entry.is_symlink() and (self._leads_out(entry.path) or _is_folder(entry)):
            if _is_folder(entry):
                self.strays.append(Stray(name, StrayKind.LINKED_FOLDER))
            elif name.endswith((_PAGE, f"/{REDIRECTS}")):
                self.strays.append(Stray(name, StrayKind.LINK_OUT))
        elif not _is_folder(entry):
            self.names.append(name)
        else:
            if name.endswith(_PAGE):
                self.strays.append(Stray(name, StrayKind.FOLDER))
            self.into(f"{name}/")

    def _leads_out(self, path: str) -> bool:
        return not os.path.realpath(path).startswith(self._base + os.sep)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _is_hidden(name: str) -> bool:
    """Tell whether a file is not for readers: sites leave out `.git` and what editors put down."""
    return name.startswith(".") or "/." in name


def _shown(path: str) -> str:
    """Return a path with `/`, and with `?` for what is no character and could not be printed."""
    return path.replace(os.sep, "/").encode("utf-8", "replace").decode("utf-8")
