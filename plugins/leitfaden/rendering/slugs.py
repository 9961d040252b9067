"""Anchors of headings: the same in every locale, never empty, never numbered by accident."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from leitfaden.contract import Contract
from leitfaden.model import Heading, Page


def slug(text: str) -> str:
    """Return a text as an anchor: letters and digits of any script, joined by hyphens."""
    folded = unicodedata.normalize("NFC", text).casefold()
    words = "".join(char if char.isalnum() else " " for char in folded).split()
    return "-".join(words)


def heading_ids(page: Page, source: Page | None, contract: Contract) -> tuple[str, ...]:
    """Return the ids of a page's headings, in their order.

    A translated heading takes the id of the source's heading at the same place, so that a link
    and a switch of language keep the reader's place. Where the outlines differ, this holds
    section by section; a section that differs in itself gets ids of its own.

    Args:
        page: The page.
        source: The page that it translates, or None.
        contract: The sections.
    """
    own = _own_ids(page.headings, contract)
    if source is None:
        return own
    theirs = _own_ids(source.headings, contract)
    if _levels(page.headings) == _levels(source.headings):
        return theirs
    return _by_section(page, source, own, theirs, contract)


def _levels(headings: Sequence[Heading]) -> list[int]:
    return [heading.level for heading in headings]


def _own_ids(headings: Sequence[Heading], contract: Contract) -> tuple[str, ...]:
    ids: list[str] = []
    parents: list[tuple[int, str]] = []
    for heading in headings:
        while parents and parents[-1][0] >= heading.level:
            parents.pop()
        parent = parents[-1][1] if parents and parents[-1][0] > 1 else ""
        name = heading.explicit_id or _name(heading, parent, contract)
        unique = _unique(name, parent, ids)
        ids.append(unique)
        parents.append((heading.level, unique))
    return tuple(ids)


def _name(heading: Heading, parent: str, contract: Contract) -> str:
    if heading.section is None:
        return slug(heading.text) or "section"
    if contract.sections[heading.section].within and parent:
        return f"{parent}-{heading.section}"
    return heading.section


def _unique(name: str, parent: str, taken: Sequence[str]) -> str:
    if name not in taken:
        return name
    if parent and f"{parent}-{name}" not in taken:
        return f"{parent}-{name}"
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def _by_section(
    page: Page, source: Page, own: Sequence[str], theirs: Sequence[str], contract: Contract
) -> tuple[str, ...]:
    ids = list(own)
    source_parts = _parts(source.headings, contract)
    for key, here in _parts(page.headings, contract).items():
        there = source_parts.get(key, [])
        same = _levels([page.headings[i] for i in here]) == _levels(
            [source.headings[i] for i in there]
        )
        if same:
            for index, other in zip(here, there, strict=True):
                ids[index] = theirs[other]
    # An id taken over may meet one that another heading of this page made for itself.
    unique: list[str] = []
    for name in ids:
        unique.append(_unique(name, "", unique))
    return tuple(unique)


def _parts(headings: Sequence[Heading], contract: Contract) -> dict[str, list[int]]:
    """Group the headings by the known section that they stand in."""
    parts: dict[str, list[int]] = {}
    key = ""
    for index, heading in enumerate(headings):
        if heading.section and not contract.sections[heading.section].within:
            key = heading.section
        parts.setdefault(key, []).append(index)
    return parts
