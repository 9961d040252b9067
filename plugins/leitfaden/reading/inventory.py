"""Which files make up a playbook."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.contract.bounds import IMAGES, UNITS, ending_of
from leitfaden.contract.keys import is_locale
from leitfaden.model import Position
from leitfaden.reading.filenames import harm_in, hurdles

_INDEX = re.compile(r"(?<![^/])(?:index|README)/\Z")  # which stands at its folder's address
_PAGE = ".md"
# What the site writes for machines, at its root and in the folder of each language.
_MADE = frozenset(("tasks.csv", "tasks.json", "llms.txt", "sitemap.xml.gz"))
_MADE_FOLDER = "search/"
REDIRECTS = "redirects.yml"
_NO_REDIRECTS = ("redirects.yml", "redirects.yaml")  # unless it is the one above, in its place
_DRAWING = "svg"
# What a browser runs, or may run, at the address of the site.
_ACTIVE = frozenset(
    (
        *("htm", "html", "js", "mhtml", "mjs", "shtml", "svgz", "swf", "wasm"),
        *("xht", "xhtml", "xml", "xsl"),
    )
)
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
    IRREGULAR = "irregular"
    UNREADABLE = "unreadable"
    ENDING = "ending"
    NAME = "name"
    HURDLE = "hurdle"
    MADE = "made"  # stands where the site itself writes a file
    LARGE = "large"
    DRAWING = "drawing"


class Stray(NamedTuple):
    """Something below the docs folder that cannot be read as a page or as a folder of pages.

    Args:
        path: Where it is, relative to the project, with `/`.
        kind: What is wrong with it.
        detail: What the system says, if it says something; the name of a folder without a locale.
        variant: What exactly is wrong with it, where there are several things.
        at: Where in the file; None for the file as a whole.
    """

    path: str
    kind: StrayKind
    detail: str = ""
    variant: str = ""
    at: Position | None = None

    @property
    def is_endless(self) -> bool:
        """Whether it can keep a program busy for long that goes into all folders, as MkDocs does.

        Links to folders may lead around in circles, or to all of a machine's files.
        """
        return self.kind is StrayKind.LINKED_FOLDER or self.variant in ("many", "site")


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
        refused: What no site publishes, by its path relative to the docs folder, with `/`; of a
            folder, nothing in it.
    """

    pages: tuple[PageFile, ...]
    names: frozenset[str]
    strays: tuple[Stray, ...] = ()
    redirects: tuple[LocaleFile, ...] = ()
    refused: Mapping[str, Stray] = field(default_factory=dict)

    def refusal(self, name: str) -> Stray | None:
        """Return why a file is not published, whatever else holds for it; None if nothing does.

        Args:
            name: The file, relative to the docs folder, with `/`.
        """
        at = len(name)
        while self.refused and at > 0:
            if name[:at] in self.refused:
                return self.refused[name[:at]]
            at = name.rfind("/", 0, at)
        return None

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

    def overlaid(self, source: str) -> Iterator[tuple[PageFile, PageFile]]:
        """Yield each file whose page has the address of another one, with the file of that.

        Args:
            source: The locale whose pages stand at the site's root.
        """
        chosen = self.chosen()
        shown = [(locale, page) for locale, pages in chosen.items() for page in pages.values()]
        roots = tuple(f"{locale}/" for locale in chosen if locale != source)
        originals = chosen.get(source, {})
        if any(page_id.startswith(roots) for page_id in originals):  # then also untranslated ones
            shown += [
                (locale, page)
                for locale, pages in chosen.items()
                for page_id, page in originals.items()
                if page_id not in pages
            ]
        first: dict[str, PageFile] = {}
        for locale, page in sorted(shown, key=_depth):
            root = "" if locale == source else f"{locale}/"
            kept = first.setdefault(root + _INDEX.sub("", f"{page.page_id}/"), page)
            if kept is not page:
                yield page, kept


def _depth(shown: tuple[str, PageFile]) -> tuple[int, str]:
    return shown[1].page_id.count("/"), shown[1].path


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
    walk = _Walk(os.path.realpath(docs), contract)
    walk.all()
    prefix = _shown(os.path.relpath(docs, root) if docs.is_relative_to(root) else str(docs))
    pages = pages_among(walk.names, docs, prefix, contract)
    misplaced = _misplaced(walk.names, contract)
    refused = {name: _told(stray, prefix) for name, stray in walk.refused.items()}
    wrong = {*walk.strays, *misplaced, *_hurdles(walk.names)}
    strays = tuple(
        _told(stray, prefix) for stray in sorted(wrong, key=_order) if not _is_hidden(stray.path)
    )
    names = frozenset(walk.names)
    redirects = tuple(
        LocaleFile(f"{docs}/{name}", f"{prefix}/{name}", locale)
        for locale in contract.locale_keys
        for name in (redirects_of(locale),)
        if name in names
    )
    return Inventory(pages, frozenset(map(_shown, names)), strays, redirects, refused)


def _told(stray: Stray, prefix: str) -> Stray:
    """Return what is wrong with a file that is known by its path below the docs folder."""
    path = f"{prefix}/{_shown(stray.path)}" if stray.path else prefix
    return stray._replace(path=path, detail=_shown(stray.detail))


def _order(stray: Stray) -> tuple[str, str, str]:
    return stray.path, stray.kind, stray.variant


def _hurdles(names: Iterable[str]) -> Iterator[Stray]:
    """Yield the files that not every machine can have."""
    for name, why, double in hurdles(name for name in names if not _is_hidden(name)):
        yield Stray(name, StrayKind.HURDLE, double, why)


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
        contract: Says which files are taken, and how many and how large.
    """

    def __init__(self, base: str, contract: Contract) -> None:
        self.names: list[str] = []
        self.strays: list[Stray] = []
        self.refused: dict[str, Stray] = {}
        self._base = base
        self._contract = contract
        self._limits = contract.limits
        self._trusts = contract.trusts_writers
        self._files = self._bytes = 0

    def all(self) -> None:
        """Go into all folders, and tell if there are too many files, or too much in them."""
        try:
            self._into("", 0)
        except _TooMany:
            most = f"{self._limits.files:,}"
            self.strays.append(Stray("", StrayKind.LARGE, most, "many"))
        if self._bytes > self._limits.site:
            self.strays.append(Stray("", StrayKind.LARGE, _size(self._limits.site), "site"))

    def _into(self, below: str, depth: int) -> None:
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
            self._take(entry, f"{below}{entry.name}", depth)

    def _take(self, entry: os.DirEntry[str], name: str, depth: int) -> None:
        harm = harm_in(entry.name)
        if harm:
            self._refuse(Stray(name, StrayKind.NAME, variant=harm))
        elif entry.is_symlink() and (_is_folder(entry) or self._leads_out(entry.path)):
            kind = StrayKind.LINKED_FOLDER if _is_folder(entry) else StrayKind.LINK_OUT
            self._refuse(Stray(name, kind))
        elif not _is_folder(entry):
            self._take_file(entry, name)
        else:
            if name.endswith(_PAGE):
                self.strays.append(Stray(name, StrayKind.FOLDER))
            if depth >= self._limits.depth:
                self._refuse(Stray(name, StrayKind.LARGE, f"{self._limits.depth:,}", "deep"))
            else:
                self._into(f"{name}/", depth + 1)

    def _take_file(self, entry: os.DirEntry[str], name: str) -> None:
        self._files += 1
        if self._files > self._limits.files:
            raise _TooMany
        problem = self._problem(entry, name)
        if problem:
            self._refuse(problem)
        else:
            self.names.append(name)

    def _problem(self, entry: os.DirEntry[str], name: str) -> Stray | None:
        """Return why a file is not published as it is; None for pages, which tell it themselves."""
        is_page = entry.name.endswith(_PAGE)
        try:
            status = entry.stat()
        except FileNotFoundError:  # a link to nothing
            return None if is_page else Stray(name, StrayKind.LINK_OUT)
        except OSError as error:  # one to itself, or somebody else's
            kind = StrayKind.LINK_OUT if entry.is_symlink() else StrayKind.UNREADABLE
            return None if is_page else Stray(name, kind, error.strerror or str(error))
        if not _is_hidden(name):
            self._bytes += status.st_size
        if is_page or entry.name.lower().endswith(_ENDINGS):
            return None
        if not stat.S_ISREG(status.st_mode):
            return Stray(name, StrayKind.IRREGULAR)
        ending = ending_of(entry.name)
        if not (self._contract.files.allows(entry.name) or self._trusts):
            variant = "active" if ending in _ACTIVE else "" if ending else "none"
            return Stray(name, StrayKind.ENDING, ending, variant)
        folder, _, below = name.partition("/")
        place = below if folder in self._contract.locales else name
        if place in _MADE or place.startswith(_MADE_FOLDER):
            return Stray(name, StrayKind.MADE)
        most = self._limits.image if ending in IMAGES else self._limits.file
        if status.st_size > most:
            return Stray(name, StrayKind.LARGE, _size(most), "")
        return self._danger(entry, name, status) if ending == _DRAWING else None

    def _danger(self, entry: os.DirEntry[str], name: str, status: os.stat_result) -> Stray | None:
        """Return what could happen when somebody opens a drawing."""
        if self._trusts:
            return None
        from leitfaden.reading.drawings import danger_of

        try:
            danger = danger_of(entry.path, (status.st_mtime_ns, status.st_size, status.st_ino))
        except OSError as error:
            return Stray(name, StrayKind.UNREADABLE, error.strerror or str(error))
        if danger is None:
            return None
        return Stray(name, StrayKind.DRAWING, danger.detail, danger.variant, danger.at)

    def _refuse(self, stray: Stray) -> None:
        self.refused[stray.path] = stray
        self.strays.append(stray)

    def _leads_out(self, path: str) -> bool:
        return not os.path.realpath(path).startswith(self._base + os.sep)


class _TooMany(Exception):
    """Ends the walk: there are more files than a playbook can be meant to have."""


def _size(count: int) -> str:
    """Return a number of bytes as the contract writes it."""
    unit = next(name for name, size in reversed(UNITS.items()) if count >= size)
    return f"{count / UNITS[unit]:,g} {unit}"


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
