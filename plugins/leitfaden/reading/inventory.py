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

    A link that leads out of the docs folder is passed over: what it shows is not the playbook's.

    Args:
        docs: The folder that holds one folder a locale.
        contract: The playbook's contract.
        root: The project's folder, to which the pages' paths are relative.
    """
    names: list[str] = []
    folders: list[str] = []
    base = os.path.realpath(docs)
    for name, is_folder in _walk(base, "", base, frozenset((base,))):
        (folders if is_folder else names).append(name)
    prefix = _shown(os.path.relpath(docs, root) if docs.is_relative_to(root) else str(docs))
    pages = [
        PageFile(
            f"{docs}/{name}", f"{prefix}/{_shown(name)}", locale, contract.page_id(below, locale)
        )
        for name in sorted(names)
        if name.endswith(_PAGE)
        for locale, _, below in (name.partition("/"),)
        if below and locale in contract.locales
    ]
    order = {locale: index for index, locale in enumerate(contract.locale_keys)}
    pages.sort(key=lambda page: order[page.locale])
    wrong = tuple(_folder(f"{prefix}/{_shown(name)}") for name in sorted(folders))
    return Inventory(tuple(pages), frozenset(map(_shown, names)), wrong)


def _walk(folder: str, below: str, base: str, above: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield the files of a folder and of all below it, and folders that are named like a page."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name = f"{below}{entry.name}"
        if entry.is_symlink() and _leads_out(entry.path, base):
            continue
        if not _is_folder(entry):
            yield name, False
            continue
        if name.endswith(_PAGE):
            yield name, True
            continue
        real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
        if real not in above:  # a link to a folder that holds it would go round for ever
            yield from _walk(entry.path, f"{name}/", base, above | {real})


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _leads_out(path: str, base: str) -> bool:
    real = os.path.realpath(path)
    return real != base and not real.startswith(base + os.sep)


def _shown(path: str) -> str:
    """Return a path with `/`, and with `?` for what is no character and could not be printed."""
    return path.replace(os.sep, "/").encode("utf-8", "replace").decode("utf-8")


def _folder(path: str) -> Diagnostic:
    return Diagnostic(
        "LF101",
        Severity.ERROR,
        Place(path),
        "This is a folder with the name of a page.",
        "Rename it, or put the page's file in its place.",
    )
