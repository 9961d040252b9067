"""File names of a legacy tree → page ids."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.importing.legacy import PAGE_ENDINGS

_AWKWARD = re.compile(r"[^\w.~-]+")  # blanks, `%`, `+`, `&`: to be encoded wherever they stand
_HOME = "index"
_FRONT = "readme"  # what GitHub and MkDocs show for a folder


class Named(NamedTuple):
    """A file with the id that it gets.

    Args:
        name: The file's path in the tree, with `/`.
        page_id: The page's id.
        bare: The file's path without ending and suffix: the id, where nothing was guessed.
        suffixed: Whether its name says the locale.
    """

    name: str
    page_id: str
    bare: str
    suffixed: bool

    @property
    def is_guess(self) -> bool:
        """Whether the id is another name than the file has."""
        return self.page_id != self.bare


def named(names: Iterable[str], locale: str, contract: Contract) -> tuple[Named, ...]:
    """Return the id of each file; several may get the same.

    Args:
        names: The files' paths in the tree, with `/`.
        locale: The locale of the tree.
        contract: The suffixes of an older tree.
    """
    names = tuple(names)
    homes = {posixpath.dirname(name) for name in names if _stem_id(name, locale, contract) == _HOME}
    return tuple(_named(name, locale, contract, homes) for name in names)


def _named(name: str, locale: str, contract: Contract, homes: Collection[str]) -> Named:
    stem = without_ending(name)
    bare = contract.page_id(stem, locale)
    page_id = "/".join(map(_clean, bare.split("/")))
    folder, _, last = page_id.rpartition("/")
    if last == _FRONT and posixpath.dirname(name) not in homes:
        page_id = f"{folder}/{_HOME}" if folder else _HOME
    return Named(name, page_id, bare, bare != stem)


def without_ending(name: str) -> str:
    """Return a file's path without the ending of a page."""
    stem, ending = posixpath.splitext(name)
    return stem if ending.lower() in PAGE_ENDINGS and posixpath.basename(stem) else name


def _stem_id(name: str, locale: str, contract: Contract) -> str:
    return posixpath.basename(contract.page_id(without_ending(name), locale)).lower()


def _clean(part: str) -> str:
    """Return a part of a path as it can stand in any address and on any disk."""
    lowered = unicodedata.normalize("NFC", part).lower()
    return _AWKWARD.sub("-", lowered).strip("-.") or "page"


def in_other_locale(page_id: str, locale: str, contract: Contract) -> str | None:
    """Return the id without an ending that says another locale, such as `-en`; None without one.

    Args:
        page_id: The id.
        locale: The locale that is not another one.
        contract: The locales.
    """
    for other, settings in contract.locales.items():
        if other != locale:
            for suffix in (*settings.legacy_suffixes, *(f"{mark}{other}" for mark in "-_.")):
                bare = page_id.removesuffix(suffix)
                if bare != page_id and posixpath.basename(bare):
                    return bare
    return None


def by_id(files: Iterable[Named]) -> Mapping[str, tuple[Named, ...]]:
    """Return the files that claim each id, the one that has most right to it first."""
    groups: dict[str, list[Named]] = {}
    for file in files:
        groups.setdefault(file.page_id, []).append(file)
    return {page_id: tuple(sorted(groups[page_id], key=_right)) for page_id in sorted(groups)}


def _right(file: Named) -> tuple[bool, bool, str]:
    return not file.suffixed, file.is_guess, file.name
