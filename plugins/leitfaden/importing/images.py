"""Images and other files that pages use: which come along, and under which name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leitfaden.importing.legacy import LegacyTree
from leitfaden.importing.standing import Standing


class FileState(StrEnum):
    """What becomes of a file that pages use."""

    NEW = "new"
    THERE = "there"  # the same file is where it is to be
    SHARED = "shared"  # the source locale, or the tree itself, has the same file
    KEPT = "kept"  # another file is where it would be, and stays


@dataclass(frozen=True, slots=True)
class UsedFile:
    """A file that pages use.

    Args:
        name: Its path in the tree.
        target: The file that pages link to, as a path below the docs folder.
        digest: The hash of its content.
        state: What becomes of it.
        held: The file that is shared, as a path below the docs folder; else the same as `target`.
    """

    name: str
    target: str
    digest: str
    state: FileState
    held: str


class Images:
    """Finds the files that pages use, each once.

    Args:
        tree: The files of the tree.
        standing: The files of the project.
        locale: The locale of the tree.
    """

    def __init__(self, tree: LegacyTree, standing: Standing, locale: str) -> None:
        self._tree = tree
        self._standing = standing
        self._locale = locale
        self._source = standing.contract.source
        self._any_case: dict[str, list[str]] = {}
        for name in tree.assets:
            self._any_case.setdefault(name.casefold(), []).append(name)
        self._by_digest: dict[str, str] = {}
        for name, digest in sorted(standing.assets.items()):
            if name.startswith(f"{self._source}/"):
                self._by_digest.setdefault(digest, name)
        self._first: dict[str, str] = {}
        self.used: dict[str, UsedFile] = {}

    def find(self, name: str) -> str | None:
        """Return the file of the tree at a path, in any case if that is not ambiguous."""
        if name in self._tree.assets:
            return name
        alike = self._any_case.get(name.casefold(), ())
        return alike[0] if len(alike) == 1 else None

    def standing(self, name: str) -> str | None:
        """Return the file that readers of the locale already get at a path, below the docs folder.

        Args:
            name: The path in the tree, which has no such file.
        """
        there = self._standing.assets
        if f"{self._locale}/{name}" in there or f"{self._source}/{name}" in there:
            return f"{self._locale}/{name}"
        return None

    def use(self, name: str) -> UsedFile:
        """Return what becomes of a file of the tree.

        Args:
            name: Its path in the tree.
        """
        digest = self._tree.assets[name]
        first = self._first.setdefault(digest, name)
        if name not in self.used:
            self.used[name] = self._made(first, name, digest)
        return self.used[name]

    def unused(self) -> tuple[str, ...]:
        """Return the files of the tree that no page uses."""
        return tuple(name for name in self._tree.assets if name not in self.used)

    def _made(self, first: str, name: str, digest: str) -> UsedFile:
        own = f"{self._locale}/{first}"
        there = self._standing.assets
        if there.get(own) == digest:
            state = FileState.THERE if first == name else FileState.SHARED
            return UsedFile(name, own, digest, state, own)
        if own in there:
            return UsedFile(name, own, digest, FileState.KEPT, own)
        shared = self._shared(first, digest)
        if shared:
            # Readers of a locale get the source's file where their own folder has none.
            target = f"{self._locale}/{shared.partition('/')[2]}"
            if target not in there or there[target] == digest:
                return UsedFile(name, target, digest, FileState.SHARED, shared)
        state = FileState.NEW if first == name else FileState.SHARED
        return UsedFile(name, own, digest, state, own)

    def _shared(self, name: str, digest: str) -> str | None:
        """Return the file of the source locale with the same content."""
        if self._locale == self._source:
            return None
        same = f"{self._source}/{name}"
        return same if self._standing.assets.get(same) == digest else self._by_digest.get(digest)
