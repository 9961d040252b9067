"""Which files make up a playbook."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.model import Diagnostic, Place, Severity

_PAGE = ".md"
_FOLDER = (
    "This is a folder with the name of a page.",
    "Rename it, or put the page's file in its place.",
)
_LINKS = {
    True: (
        "The folder is a link to another one; nothing in it is published.",
        "Put the folder itself there, or remove the link.",
    ),
    False: (
        "The file is a link out of the docs folder, or one to nothing; it is not published.",
        "Copy what it should show into the docs folder.",
    ),
}


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


@dataclass(frozen=True)
class Inventory:
    """The files below a docs folder.

    Args:
        pages: The files that hold pages, by locale in the contract's order, then by name.
        names: All files, also images, relative to the docs folder, with `/`.
        diagnostics: What cannot be a page and has the name of one.
    """

    pages: tuple[PageFile, ...]
    names: frozenset[str]
    diagnostics: tuple[Diagnostic, ...] = field(default=())

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

    def two_files(self) -> Iterator[Diagnostic]:
        """Yield a finding for each file that another one keeps from being published."""
        for dropped, kept in self.dropped():
            yield Diagnostic(
                "LF915",
                Severity.ERROR,
                Place(dropped.path),
                f"Two files make the page `{kept.page_id}` in locale `{kept.locale}`: "
                f"this one and {kept.path}, which is published.",
                "Delete or rename one of them.",
            )

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
    pages = []
    for name in sorted(name for name in walk.names if name.endswith(_PAGE)):
        locale, _, below = name.partition("/")
        if below and locale in contract.locales and not _is_hidden(name):
            page_id = contract.page_id(_shown(below), locale)
            path = f"{prefix}/{_shown(name)}"
            pages.append(PageFile(f"{docs}/{name}", path, locale, page_id))
    order = {locale: index for index, locale in enumerate(contract.locale_keys)}
    pages.sort(key=lambda page: order[page.locale])
    wrong = tuple(
        Diagnostic(code, Severity.ERROR, Place(f"{prefix}/{_shown(name)}"), *texts)
        for name, code, texts in sorted(walk.wrong)
        if not _is_hidden(name)
    )
    return Inventory(tuple(pages), frozenset(map(_shown, walk.names)), wrong)


class _Walk:
    """What lies below a folder, by paths relative to it; links to folders are not followed.

    Args:
        base: The folder, without links in its path.
    """

    def __init__(self, base: str) -> None:
        self.names: list[str] = []
        self.wrong: list[tuple[str, str, tuple[str, str]]] = []
        self._base = base

    def into(self, below: str) -> None:
        """Go into a folder; `below` is its path with a `/` at its end."""
        try:
            with os.scandir(f"{self._base}/{below}") as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except FileNotFoundError:
            return  # nothing is there to be read, or no longer
        except OSError as error:
            reason = f"The folder cannot be read: {error.strerror}."
            self.wrong.append((below.rstrip("/"), "LF101", (reason, "See to its permissions.")))
            return
        for entry in found:
            self._take(entry, f"{below}{entry.name}")

    def _take(self, entry: os.DirEntry[str], name: str) -> None:
        if entry.is_symlink() and (self._leads_out(entry.path) or _is_folder(entry)):
            if _is_folder(entry) or name.endswith(_PAGE):
                self.wrong.append((name, "LF914", _LINKS[_is_folder(entry)]))
        elif not _is_folder(entry):
            self.names.append(name)
        else:
            if name.endswith(_PAGE):
                self.wrong.append((name, "LF101", _FOLDER))
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
