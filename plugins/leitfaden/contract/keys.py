"""Keys that mean nothing: found from the top down, and read as the nearest known key."""

from __future__ import annotations

import re

from leitfaden.contract.draft import Draft
from leitfaden.contract.file import (
    LOCALE_PATTERN,
    TERMS,
    ChangesEntry,
    ChecksEntry,
    CitationsEntry,
    ContractFile,
    FilesEntry,
    HostsEntry,
    KindEntry,
    LettersEntry,
    LimitsEntry,
    LinksEntry,
    LocaleEntry,
    MetadataEntry,
    NavGroupEntry,
    NavPageEntry,
    PolicyEntry,
    SearchEntry,
)
from leitfaden.contract.problem import Code, listed, quoted
from leitfaden.contract.tree import Key, ListNode, MapNode, Node, Path, Scalar

_BY_LOCALE = ("aliases", "deprecated", "definition", "title")
_WORDS = (("citations", "task"), ("changes", "trivial"))
_NAVIGATION = tuple(dict.fromkeys((*NavPageEntry.file_keys(), *NavGroupEntry.file_keys())))


def check_keys(draft: Draft) -> None:
    """Report every unknown key once.

    A misspelled key is renamed in the tree, so that what stands below it is read and nothing is
    missing because of it; any other unknown key is taken out.
    """
    _KeyCheck(draft).run()


def is_locale(key: str) -> bool:
    """Tell whether a key has the form of a locale's key."""
    return re.fullmatch(LOCALE_PATTERN, key) is not None


def takes_locales(path: Path) -> bool:
    """Tell whether the mapping at a path has locales as keys."""
    match path:
        case (str(name), str()):
            return name in TERMS or path in _WORDS
        case ("links", "equivalents", int()):
            return True
        case (str(name), *_, str(key)):
            return key in _BY_LOCALE and (name in TERMS or name == "navigation")
    return False


def fixed_keys(path: Path) -> tuple[str, ...] | None:
    """Return the keys, besides locales, of the mapping at a path; None if writers choose them."""
    match path:
        case ():
            return ContractFile.file_keys()
        case ("locales", _):
            return LocaleEntry.file_keys()
        case ("locales", _, "requirement"):
            return LettersEntry.file_keys()
        case ("locales", _, "search"):
            return SearchEntry.file_keys()
        case ("hosts",):
            return HostsEntry.file_keys()
        case ("links",):
            return LinksEntry.file_keys()
        case ("metadata",):
            return MetadataEntry.file_keys()
        case ("kinds", _):
            return KindEntry.file_keys()
        case ("changes",):
            return ChangesEntry.file_keys()
        case ("files",):
            return FilesEntry.file_keys()
        case ("limits",):
            return LimitsEntry.file_keys()
        case ("policy",):
            return PolicyEntry.file_keys()
        case ("checks",):
            return ChecksEntry.file_keys()
        case ("citations",):
            return CitationsEntry.file_keys()
        case (str(name), str()) if name in TERMS:
            return TERMS[name].file_keys()
        case ("navigation", *_, int()):
            return _NAVIGATION
    return () if takes_locales(path) else None


class _KeyCheck:
    """One walk over the tree."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._locales: dict[str, None] = {}
        self._sure = False
        self._strays: dict[str, list[Scalar]] = {}

    def run(self) -> None:
        self._mapping(self._draft.root, ())
        self._locales = dict.fromkeys(self._draft.locales())
        # With no locale, or a misspelled one, nobody can tell which keys of terms are wrong.
        self._sure = bool(self._locales) and all(is_locale(key) for key in self._locales)
        self._below(self._draft.root, ())
        for key, places in self._strays.items():
            self._report_stray(key, places)

    def _below(self, node: Node, path: Path) -> None:
        for key, value in _children(node):
            if isinstance(value, MapNode):
                self._mapping(value, (*path, key))
            self._below(value, (*path, key))

    def _mapping(self, node: MapNode, path: Path) -> None:
        fixed = fixed_keys(path)
        if fixed is None:
            return
        by_locale = takes_locales(path)
        declared = self._locales if by_locale else {}
        for key in [key for key in node.entries if key not in declared and key not in fixed]:
            if not (by_locale and is_locale(key)) or self._sure:
                self._unknown(node, (*path, key), (*declared, *fixed), by_locale)

    def _unknown(self, node: MapNode, path: Path, known: tuple[str, ...], by_locale: bool) -> None:
        key = str(path[-1])
        free = [other for other in known if other not in node.entries]
        guess = self._draft.problems.guess(key, free)
        if guess:
            self._report(path, f"Did you mean `{guess}`?")
            node.rename(key, guess)
            self._draft.add_guess((*path[:-1], guess))
            return
        if by_locale and is_locale(key):
            self._strays.setdefault(key, []).append(node.entries[key].key)
        else:
            self._report(path, f"Known here: {listed(known)}.")
        del node.entries[key]

    def _report(self, path: Path, help: str) -> None:
        message = f"Unknown key {quoted(str(path[-1]))}."
        self._draft.report_key(Code.UNKNOWN_KEY, path, message, help)

    def _report_stray(self, key: str, places: list[Scalar]) -> None:
        """Report a locale that nobody declared once, not at every term that has a name in it."""
        first, *others = places
        more = f" and in {len(others)} more place{'s'[: len(others) - 1]}" if others else ""
        self._draft.problems.add(
            Code.UNKNOWN_KEY,
            first.start,
            first.end,
            f"The locale `{key}` is not declared in `locales` ({listed(self._locales)}).",
            f"Declare it there, or remove it here{more}.",
        )


def _children(node: Node) -> list[tuple[Key, Node]]:
    if isinstance(node, MapNode):
        return [(key, entry.value) for key, entry in node.entries.items()]
    return list(enumerate(node.items)) if isinstance(node, ListNode) else []
