"""Anchors of a page: of its headings the same in every locale, never numbered by accident."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from itertools import count
from typing import Protocol

from leitfaden.contract.contract import Contract

_UNNAMED = "section"
# What the components and the views call their own elements, and the theme its controls.
_TAKEN = re.compile(
    r"task-\d+(--\d+)?|fn-\d+|fnref-\d+(-\d+)?|processes|phase-tasks|named-in|changes--.*|__.*"
)
# As templates and the sanitiser write tags: `<` stands for itself nowhere else.
# The first one of a tag. What was read is never read in another way: that takes a quarter of it.
_ID = re.compile(
    r'<[a-z][\w-]*+(?:\s++(?!id="[^"])[\w:-]++(?:="[^"]*+")?+)*+\s++id="([^"]+)"', re.IGNORECASE
)
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"


class Titled(Protocol):
    """What a heading's anchor is made of."""

    @property
    def level(self) -> int:
        """1 to 6."""

    @property
    def text(self) -> str:
        """Its plain text."""

    @property
    def section(self) -> str | None:
        """The key of the known section that it opens."""

    @property
    def explicit_id(self) -> str | None:
        """An id that the writer gave."""


class Outlined(Protocol):
    """A page, as far as its outline goes."""

    @property
    def headings(self) -> Sequence[Titled]:
        """Its headings in their order."""


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Return a text as an anchor: letters, marks and digits of any script, joined by hyphens."""
    lower = unicodedata.normalize("NFC", text.lower())
    words = "".join(char if _belongs(char) else _between(char) for char in lower).split()
    return "-".join(word for word in words if any(map(str.isalnum, word)))


def _belongs(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def _between(char: str) -> str:
    """Return what stands for a character that is no letter: a gap, but not inside a word."""
    return "" if char in _APOSTROPHES or unicodedata.category(char) == "Cf" else " "


def ids_in(html: str) -> frozenset[str]:
    """Return the ids in the HTML of a template or of a page, which only that knows in full."""
    return frozenset(map(unescape, _ID.findall(html)))


def is_taken(name: str, contract: Contract) -> bool:
    """Tell whether an id belongs to something other than a heading, on this or any page.

    Args:
        name: The id.
        contract: The glossary, whose entries have ids of their own.
    """
    if _TAKEN.fullmatch(name):
        return True
    return name.startswith("term-") and name.removeprefix("term-") in contract.glossary


def heading_ids(page: Outlined, source: Outlined | None, contract: Contract) -> tuple[str, ...]:
    """Return the ids of a page's headings, in their order.

    A translated heading takes the id of the source's heading at the same place, so that a link
    and a switch of language keep the reader's place. Where the outlines differ, this holds
    section by section; a section that differs in itself gets ids of its own.

    Args:
        page: The page.
        source: The page that it translates, or None.
        contract: The sections.
    """
    if source is None:
        return _own_ids(page.headings, contract)
    theirs = _own_ids(source.headings, contract)
    if first_difference(page.headings, source.headings) is None:
        return theirs
    return _own_ids(page.headings, contract, _by_section(page, source, theirs, contract))


def included_ids(ids: Sequence[str], taken: set[str], contract: Contract) -> tuple[str, ...]:
    """Return the ids of a file's headings on a page that includes it.

    Args:
        ids: The ids that they have in their own file.
        taken: The ids that the page has already; those of the file are added.
        contract: Says which ids are never a heading's.
    """
    names = _Taken(taken, contract)
    return tuple(names.add(name, "") for name in ids)


def first_difference(ours: Sequence[Titled], theirs: Sequence[Titled]) -> int | None:
    """Return the index of the first heading whose like is not at the same place in both outlines.

    Args:
        ours: The headings of a page.
        theirs: Those of its source.

    Returns:
        The index; the length of the shorter outline where the other one goes on; None where the
        outlines agree.
    """
    pairs = enumerate(zip(ours, theirs, strict=False))
    end = None if len(ours) == len(theirs) else min(len(ours), len(theirs))
    return next((index for index, pair in pairs if not _alike(*pair)), end)


def _alike(one: Titled, other: Titled) -> bool:
    """Tell whether two headings can be the same one: of a known section its level tells nothing."""
    if one.section and other.section:
        return one.section == other.section
    return one.level == other.level


def _own_ids(
    headings: Sequence[Titled], contract: Contract, given: Sequence[str | None] = ()
) -> tuple[str, ...]:
    """Make ids for the headings that are not `given` one."""
    taken = _Taken({name for name in given if name}, contract)
    ids: list[str] = []
    parents: list[tuple[int, str]] = []
    for index, heading in enumerate(headings):
        while parents and parents[-1][0] >= heading.level:
            parents.pop()
        parent = parents[-1][1] if parents and parents[-1][0] > 1 else ""
        known = given[index] if given else None
        ids.append(known or taken.add(_name(heading, parent, contract), parent))
        parents.append((heading.level, ids[-1]))
    return tuple(ids)


def _name(heading: Titled, parent: str, contract: Contract) -> str:
    if heading.explicit_id is not None or heading.section is None:
        return heading.explicit_id or slug(heading.text) or _UNNAMED
    repeated = contract.sections[heading.section].within and parent
    return f"{parent}-{heading.section}" if repeated else heading.section


class _Taken:
    """The ids that are in use on a page.

    Args:
        names: Those that are from the beginning.
        contract: Says which ids are never a heading's.
    """

    def __init__(self, names: set[str], contract: Contract) -> None:
        self._names = names
        self._contract = contract
        self._counts: dict[str, int] = {}  # where to go on counting: headings may be many

    def add(self, name: str, parent: str) -> str:
        """Return the name, qualified by its parent or else numbered if it is in use."""
        if is_taken(name, self._contract):
            name = f"{_UNNAMED}-{name}"
        qualified = f"{parent}-{name}" if parent else name
        unique = next(filter(self._is_free, (name, qualified)), None) or self._numbered(name)
        self._names.add(unique)
        return unique

    def _is_free(self, name: str) -> bool:
        return name not in self._names and not is_taken(name, self._contract)

    def _numbered(self, name: str) -> str:
        if is_taken(f"{name}-2", self._contract):
            name = f"{_UNNAMED}-{name}"
        numbers = count(self._counts.get(name, 2))
        number = next(n for n in numbers if self._is_free(f"{name}-{n}"))
        self._counts[name] = number + 1
        return f"{name}-{number}"


def _by_section(
    page: Outlined, source: Outlined, theirs: Sequence[str], contract: Contract
) -> list[str | None]:
    """Return the ids that headings take over from the source's, section by section."""
    ids: list[str | None] = [None] * len(page.headings)
    source_parts = _parts(source.headings, contract)
    for key, here in _parts(page.headings, contract).items():
        there = source_parts.get(key, [])
        ours, others = [page.headings[i] for i in here], [source.headings[i] for i in there]
        if first_difference(ours, others) is None:
            for index, other in zip(here, there, strict=True):
                ids[index] = theirs[other]
    return ids


def _parts(headings: Sequence[Titled], contract: Contract) -> dict[str, list[int]]:
    """Group the headings by the known section that they stand in."""
    parts: dict[str, list[int]] = {}
    key = ""
    for index, heading in enumerate(headings):
        if heading.section and not contract.sections[heading.section].within:
            key = heading.section
        parts.setdefault(key, []).append(index)
    return parts
