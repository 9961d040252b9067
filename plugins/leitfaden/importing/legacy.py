"""A folder of an older playbook → what it holds, as bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from leitfaden.reading.files import content_of
from leitfaden.reading.source import MAX_BYTES

PAGE_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_MOST_FILES = 50_000  # of a tree; a larger one is no playbook
_MOST_BYTES = 256 * 1024 * 1024  # of a file that is no page
_PIECE = 1024 * 1024


class Refusal(StrEnum):
    """Why something in a tree is not looked at."""

    LINK_OUT = "link-out"
    LINKED_FOLDER = "linked-folder"
    SPECIAL = "special"
    NAME = "name"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"


class Refused(NamedTuple):
    """Something in a tree that is not looked at.

    Args:
        name: Its path in the tree, with `/`.
        why: Why.
        detail: What the system says.
    """

    name: str
    why: Refusal
    detail: str = ""


@dataclass(frozen=True)
class LegacyTree:
    """An older playbook.

    Args:
        root: Its folder.
        pages: The content of each Markdown file by its path in the folder, with `/`, sorted.
        assets: The hash of the content of each other file, likewise.
        refused: What was not looked at.
    """

    root: Path
    pages: Mapping[str, bytes]
    assets: Mapping[str, str]
    refused: tuple[Refused, ...] = ()


def take_tree(root: Path) -> LegacyTree:
    """Read a tree. Hidden files are left out; links that lead out of it are refused.

    Args:
        root: The folder.
    """
    walk = _Walk(os.path.realpath(root))
    walk.into("")
    pages: dict[str, bytes] = {}
    assets: dict[str, str] = {}
    for name in sorted(walk.names):
        if name.lower().endswith(PAGE_ENDINGS):
            content = content_of(f"{walk.base}/{name}")
            if content.problem:
                walk.refuse(name, Refusal.UNREADABLE, content.problem)
            elif len(content.data) > MAX_BYTES:
                walk.refuse(name, Refusal.TOO_LARGE)
            else:
                pages[name] = content.data
        else:
            walk.take_asset(name, assets)
    return LegacyTree(Path(walk.base), pages, assets, tuple(sorted(walk.refused)))


def digest_of(file: Path) -> str:
    """Return the hash of a file's content.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


class _Walk:
    """What lies below a folder.

    Args:
        base: The folder, without links in its path.
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.names: list[str] = []
        self.refused: list[Refused] = []

    def refuse(self, name: str, why: Refusal, detail: str = "") -> None:
        """Note that something is not looked at."""
        shown = name.encode("utf-8", "replace").decode("utf-8")
        self.refused.append(Refused(shown, why, detail))

    def into(self, below: str) -> None:
        """Go into a folder; `below` is its path with a `/` at its end."""
        folders = [below]
        while folders:
            below = folders.pop()
            for entry in self._entries(below):
                if entry.name.startswith("."):
                    continue
                name = f"{below}{entry.name}"
                if self._is_folder(entry, name):
                    folders.append(f"{name}/")
                elif self._is_file(entry, name):
                    self.names.append(name)
            if len(self.names) > _MOST_FILES:
                self.refuse(below, Refusal.TOO_MANY)
                return

    def take_asset(self, name: str, assets: dict[str, str]) -> None:
        """Hash a file that is no page."""
        file = Path(self.base, name)
        try:
            if file.stat().st_size > _MOST_BYTES:
                self.refuse(name, Refusal.TOO_LARGE)
            else:
                assets[name] = digest_of(file)
        except OSError as error:
            self.refuse(name, Refusal.UNREADABLE, error.strerror or str(error))

    def _entries(self, below: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(f"{self.base}/{below}") as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.refuse(below or ".", Refusal.UNREADABLE, error.strerror or str(error))
            return
        yield from found

    def _is_folder(self, entry: os.DirEntry[str], name: str) -> bool:
        if not entry.is_symlink():
            return entry.is_dir(follow_symlinks=False)
        if Path(entry.path).is_dir():
            self.refuse(name, Refusal.LINKED_FOLDER)
        return False

    def _is_file(self, entry: os.DirEntry[str], name: str) -> bool:
        if entry.is_symlink():
            real = os.path.realpath(entry.path)
            if Path(real).is_dir():
                return False  # refused as a folder already
            if not real.startswith(self.base + os.sep):
                self.refuse(name, Refusal.LINK_OUT)
                return False
        try:
            name.encode("utf-8")
            mode = Path(entry.path).stat().st_mode
        except UnicodeEncodeError:
            self.refuse(name, Refusal.NAME)
            return False
        except OSError as error:
            self.refuse(name, Refusal.UNREADABLE, error.strerror or str(error))
            return False
        if not stat.S_ISREG(mode):
            self.refuse(name, Refusal.SPECIAL)
            return False
        return True
