"""A folder of pages → `Playbook`: every locale's pages, paired by page id."""

from __future__ import annotations

import dataclasses
import difflib
import gc
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leitfaden.contract import Contract
from leitfaden.model import Defect, DefectKind, Diagnostic, Page, Place, Playbook, Severity, Span
from leitfaden.reading.page import PageReader
from leitfaden.reading.source import MAX_BYTES

_UNREADABLE = {
    DefectKind.UNREADABLE: (
        "LF101",
        "The file cannot be read: {detail}.",
        "Check its permissions, or remove it.",
    ),
    DefectKind.TOO_LARGE: (
        "LF101",
        "The file is too large to be a page ({detail}).",
        "Split it, or move it out of the docs folder.",
    ),
    DefectKind.NOT_UTF8: (
        "LF102",
        "The file is not UTF-8 ({detail}).",
        "Save it as UTF-8.",
    ),
    DefectKind.FRONT_MATTER_BROKEN: (
        "LF103",
        "The front matter is not YAML: {detail}.",
        "Quote a value that holds a colon, and write one `key: value` a line.",
    ),
    DefectKind.FRONT_MATTER_UNCLOSED: (
        "LF104",
        "The front matter is not closed.",
        "Write a line `---` behind its last key.",
    ),
    DefectKind.FRONT_MATTER_NOT_A_MAPPING: (
        "LF105",
        "The front matter holds no keys.",
        "Write one `key: value` a line.",
    ),
}


def read_page(data: bytes, *, path: str, locale: str, page_id: str, contract: Contract) -> Page:
    """Read a single page; for many, make one `PageReader`.

    Args:
        data: The file's content.
        path: The file, relative to the project.
        locale: The locale of its folder.
        page_id: Its page id.
        contract: The playbook's contract.
    """
    return PageReader(contract).read(data, path=path, locale=locale, page_id=page_id)


def read_playbook(docs: Path, contract: Contract, root: Path) -> Playbook:
    """Read all pages of all locales of the contract.

    A link that leads out of the docs folder is not read: whatever it shows is not the playbook's.

    Args:
        docs: The folder that holds one folder a locale.
        contract: The playbook's contract.
        root: The project's folder, to which the pages' paths are relative.
    """
    reader = PageReader(contract)
    pages: dict[str, dict[str, Page]] = {}
    diagnostics: list[Diagnostic] = []
    with _no_collector():
        for locale in contract.locale_keys:
            pages[locale], dropped = _read_locale(docs, locale, reader, root)
            diagnostics += dropped
    return Playbook(contract.source, contract.locale_keys, pages, tuple(diagnostics))


@contextmanager
def _no_collector() -> Iterator[None]:
    """Let the garbage collector rest: pages hold no cycles, and it takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read_locale(
    docs: Path, locale: str, reader: PageReader, root: Path
) -> tuple[dict[str, Page], list[Diagnostic]]:
    found: dict[str, Page] = {}
    diagnostics: list[Diagnostic] = []
    for file in _files(docs, locale):
        if file.is_dir():
            diagnostics.append(_folder(file, root))
            continue
        page = _read_file(file, docs / locale, locale, reader, root)
        other = found.get(page.id)
        if other is None:
            found[page.id] = page
            continue
        kept, dropped = _chosen(other, page)
        found[page.id] = kept
        diagnostics.append(_two_files(kept, dropped))
    return dict(sorted(found.items())), diagnostics


def _files(docs: Path, locale: str) -> Iterator[Path]:
    folder = docs / locale
    if not _leads_out(folder, docs):
        for file in sorted(folder.rglob("*.md")):
            if not _leads_out(file, docs):
                yield file


def _leads_out(path: Path, docs: Path) -> bool:
    if not path.is_symlink():
        return False
    # Path.resolve would raise for a link to itself, which is to be told as unreadable.
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(docs))


def _read_file(file: Path, folder: Path, locale: str, reader: PageReader, root: Path) -> Page:
    page_id = reader.contract.page_id(_name(file.relative_to(folder)), locale)
    path = _path(file, root)
    try:
        data = _content(file)
    except OSError as error:
        return _unreadable(path, locale, page_id, reader, error.strerror or str(error))
    return reader.read(data, path=path, locale=locale, page_id=page_id)


def _path(file: Path, root: Path) -> str:
    return _name(file.relative_to(root) if file.is_relative_to(root) else file)


def _name(path: Path) -> str:
    """Return a path with `/`, and with `?` for what is no character and could not be printed."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def _content(file: Path) -> bytes:
    """Return what a file holds, of a giant only as much as tells that it is one.

    Raises:
        OSError: It cannot be read, or is a device or a pipe, which might never end.
    """
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError("it is no regular file")
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _unreadable(path: str, locale: str, page_id: str, reader: PageReader, reason: str) -> Page:
    empty = reader.read(b"", path=path, locale=locale, page_id=page_id)
    defect = Defect(DefectKind.UNREADABLE, Span(0, 0), reason)
    return dataclasses.replace(empty, defects=(defect,))


def _chosen(first: Page, second: Page) -> tuple[Page, Page]:
    """Of two files for one page, take the one whose name says the locale: it was made for it."""
    stem = second.path.rpartition("/")[2].removesuffix(".md")
    if stem != second.id.rpartition("/")[2]:
        return second, first
    return first, second


def _folder(folder: Path, root: Path) -> Diagnostic:
    return Diagnostic(
        "LF101",
        Severity.ERROR,
        Place(_path(folder, root)),
        "This is a folder with the name of a page.",
        "Rename it, or put the page's file in its place.",
    )


def _two_files(kept: Page, dropped: Page) -> Diagnostic:
    return Diagnostic(
        "LF906",
        Severity.ERROR,
        Place(dropped.path),
        f"Two files make the page `{kept.id}` in locale `{kept.locale}`: "
        f"this one and {kept.path}, which is published.",
        "Delete or rename one of them.",
    )


def diagnostics_of(page: Page) -> list[Diagnostic]:
    """Return the diagnostics for what kept a page from being read whole.

    Args:
        page: The page.
    """
    diagnostics = []
    for defect in (*page.defects, *page.front_matter.defects):
        if defect.kind not in _UNREADABLE:
            continue
        code, message, cure = _UNREADABLE[defect.kind]
        place = Place(page.path) if not page.text else page.place(defect.span)
        diagnostics.append(
            Diagnostic(code, Severity.ERROR, place, message.format(detail=defect.detail), cure)
        )
    return diagnostics


def nearest_id(page_id: str, playbook: Playbook) -> str | None:
    """Return the page id that is most like the given one, if any is like it."""
    return next(iter(difflib.get_close_matches(page_id, playbook.ids, n=1, cutoff=0.8)), None)
