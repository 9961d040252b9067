"""The order in which pages are offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from leitfaden.model.span import Place

_NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class NavPage:
    """A page in the navigation.

    Args:
        page: The page's id.
        title: Its name in the navigation by locale; None for the page's own title.
        place: Where the contract names it.
    """

    page: str
    title: Mapping[str, str] | None = None
    place: Place = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A heading in the navigation with pages below it: a phase, or a title of its own.

    Args:
        phase: The key of the phase that gives the heading.
        title: The heading by locale, where it is no phase.
        pages: What stands below it.
    """

    phase: str | None
    title: Mapping[str, str] | None
    pages: tuple[NavEntry, ...]


NavEntry: TypeAlias = NavPage | NavGroup


def phases_of_pages(entries: Iterable[NavEntry], around: str | None = None) -> Mapping[str, str]:
    """Return the phases in whose groups pages stand, by page id: of several the innermost.

    Args:
        entries: A navigation, or a part of one.
        around: The phase of the group around that part.
    """
    found: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry, NavGroup):
            found = {**phases_of_pages(entry.pages, entry.phase or around), **found}
        elif around is not None:
            found.setdefault(entry.page, around)
    return found


def nav_pages(entries: Iterable[NavEntry]) -> Iterator[NavPage]:
    """Yield all pages of a navigation, in the order of reading."""
    for entry in entries:
        if isinstance(entry, NavPage):
            yield entry
        else:
            yield from nav_pages(entry.pages)
