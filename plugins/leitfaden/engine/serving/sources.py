"""The files that a site is made of, and what it means to the site that one changes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path

from leitfaden.engine.serving.texts import digest_of

_INHERITED = re.compile(r"^INHERIT:\s*['\"]?([^'\"#\n]+)", re.MULTILINE)
_MOST_BYTES = 4_000_000  # of a file whose content is compared


class Kind(Enum):
    """What a file is to a site."""

    PAGE = auto()
    READ = auto()  # with the pages, and no file of the site depends on its being there
    COPIED = auto()
    CHECKED = auto()  # only by checks
    OTHER = auto()


@dataclass
class Sources:
    """The files that a site is made of.

    Args:
        root: The project's folder.
        folders: The folders of which all counts.
        files: Single files that count; they need not be there.
        pages: Those that hold pages, or what pages include.
        copied: Those that are copied.
        read: Those that are read with the pages.
        checked: Those that only checks read.
    """

    root: Path
    folders: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    pages: frozenset[str] = frozenset()
    copied: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    checked: frozenset[str] = frozenset()
    _digests: dict[str, bytes | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._digests = {path: _digest(path) for path in self._others()}

    def behind(self, before: Sources) -> Sources:
        """Return these, as far as they were known before a site was made of them.

        What has been written meanwhile may not have been read, and counts as changed.

        Args:
            before: What was known then.
        """
        self._digests = {path: before._digests.get(path) for path in self._digests}
        return self

    def with_others(self, paths: Iterable[Path]) -> Sources:
        """Return these and others: files, or folders of which all counts."""
        new = [path for path in paths if path not in self.folders and path not in self.files]
        if not new:
            return self
        folders = (*self.folders, *(path for path in new if path.is_dir()))
        files = (*self.files, *(path for path in new if not path.is_dir()))
        more = replace(self, folders=folders, files=files)
        more._digests |= self._digests
        return more

    def stale(self) -> list[Path]:
        """Return the single files that are not what they were when they were last looked at."""
        names = (*map(str, self.files), *self.read)
        return [Path(name) for name in names if _digest(name) != self._digests.get(name)]

    def is_page(self, path: Path) -> bool:
        """Tell whether a file holds a page."""
        return str(path) in self.pages

    def name_of(self, path: Path) -> str:
        """Return a file as findings name it: relative to the project."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else ""

    def take(self, path: Path) -> Kind | None:
        """Return what it means that a file may have changed; None if it has not.

        Args:
            path: The file, or a folder.
        """
        name = str(path)
        if name in self.pages:
            return Kind.PAGE if path.is_file() else Kind.OTHER
        if name in self.copied:
            return (Kind.COPIED if path.is_file() else Kind.OTHER) if self._differs(name) else None
        if not self._counts(path):
            return None
        if path.is_dir():
            if path in self.files:
                return Kind.OTHER
            found = any(self._counts(one) for one in path.rglob("*") if one.is_file())
            return Kind.OTHER if found else None  # it has come with all that is in it
        if not path.exists() and name not in self._digests:
            return Kind.OTHER if self._has_below(name) else None
        if not self._differs(name):
            return None
        if name in self.read:
            return Kind.READ
        return Kind.CHECKED if name in self.checked else Kind.OTHER

    def _differs(self, name: str) -> bool:
        """Tell whether a file is not what it was, and remember what it is."""
        digest = _digest(name)
        if name in self._digests and self._digests[name] == digest and digest is not None:
            return False
        if name in self._digests and digest is None and self._digests[name] is None:
            return False
        self._digests[name] = digest
        return True

    def _counts(self, path: Path) -> bool:
        """Tell whether a file counts: not what editors put beside it."""
        if path in self.files or str(path) in self.read or str(path) in self.checked:
            return True
        folder = next((one for one in self.folders if path.is_relative_to(one)), None)
        if folder is None:
            return False
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
        return not hidden and not path.name.endswith(("~", "#", ".pyc"))

    def _has_below(self, name: str) -> bool:
        start = f"{name}{os.sep}"
        known: Iterable[str] = (*self.pages, *self.copied, *self._digests)
        return any(one.startswith(start) for one in known)

    def _others(self) -> Iterator[str]:
        yield from map(str, self.files)
        yield from self.read
        yield from self.checked
        for folder in self.folders:
            for parent, _, names in os.walk(folder):
                for name in names:
                    path = f"{parent}{os.sep}{name}"
                    if path not in self.pages and path not in self.copied:
                        yield path


def _digest(name: str) -> bytes | None:
    """Return what stands for a file's content; None if there is none."""
    try:
        path = Path(name)
        status = path.stat()
        if status.st_size > _MOST_BYTES:
            return str(status.st_mtime_ns).encode()
        return digest_of(path.read_bytes())
    except (OSError, ValueError):
        return None


def inherited(file: Path) -> Iterator[Path]:
    """Yield the configurations that a configuration is based on, as far as its text tells.

    Args:
        file: The configuration.
    """
    for _ in range(9):
        try:
            found = _INHERITED.search(file.read_text("utf-8"))
        except (OSError, UnicodeError):
            return
        if not found:
            return
        file = file.parent / found[1].strip()
        yield file


def files_of(modules: Iterable[object]) -> tuple[Path, ...]:
    """Return the files that modules are from."""
    names = (getattr(module, "__file__", None) for module in modules)
    return tuple(Path(name) for name in names if name)
