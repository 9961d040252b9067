"""What pages show of other files, and what of it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from leitfaden.model.page import Include, Refusal

MAX_DEPTH = 8  # files in files
MAX_PARTS = 250  # files that a page shows, counted as often as it shows them
MAX_SIZE = 1_000_000  # characters that they hold


class Includer(Protocol):
    """A page, as far as what it includes goes."""

    @property
    def id(self) -> str:
        """Its page id."""

    @property
    def locale(self) -> str:
        """Its locale."""

    @property
    def size(self) -> int:
        """How long its text is."""

    @property
    def includes(self) -> Sequence[Include]:
        """Where it shows other files."""

    @property
    def is_readable(self) -> bool:
        """Whether its file could be read as text."""


P = TypeVar("P", bound=Includer)


@dataclass(frozen=True, slots=True, eq=False)  # a file that is included twice makes two of them
class Inclusion(Generic[P]):
    """A place where a page shows another file, and what is shown there.

    Args:
        include: The place.
        page: The file as a page of its own; None where nothing can be shown.
        refusal: Why nothing can be shown.
        inner: What the file includes itself.
    """

    include: Include
    page: P | None
    refusal: Refusal | None
    inner: tuple[Inclusion[P], ...] = ()

    def parts(self) -> Iterator[P]:
        """Yield the file and all that it includes, in the order in which readers see them."""
        if self.page is not None:
            yield self.page
        for inclusion in self.inner:
            yield from inclusion.parts()


def inclusions(page: P, find: Callable[[Include], P | None]) -> tuple[Inclusion[P], ...]:
    """Return what a page includes, and what these files include themselves.

    Whatever files include each other, this comes to an end soon: a file that would show itself, too
    many files in files, and more than a page can be meant to hold are refused.

    Args:
        page: The page.
        find: Returns the page that an include names, if there is one.
    """
    return _Walk(find).of(page, ()) if page.includes else ()


class _Walk(Generic[P]):
    def __init__(self, find: Callable[[Include], P | None]) -> None:
        self._find = find
        self._parts = 0
        self._size = 0

    def of(self, page: P, around: tuple[tuple[str, str], ...]) -> tuple[Inclusion[P], ...]:
        around = (*around, (page.locale, page.id))
        return tuple([self._one(include, around) for include in page.includes])

    def _one(self, include: Include, around: tuple[tuple[str, str], ...]) -> Inclusion[P]:
        found = None if include.refusal else self._find(include)
        refusal = include.refusal or self._refusal(found, around)
        if refusal or found is None:
            return Inclusion(include, None, refusal or Refusal.MISSING)
        self._parts += 1
        self._size += found.size
        return Inclusion(include, found, None, self.of(found, around) if found.includes else ())

    def _refusal(self, found: P | None, around: tuple[tuple[str, str], ...]) -> Refusal | None:
        if found is None:
            return Refusal.MISSING
        if not found.is_readable:
            return Refusal.UNREADABLE
        if (found.locale, found.id) in around:
            return Refusal.CYCLE
        if len(around) > MAX_DEPTH:
            return Refusal.TOO_DEEP
        if self._parts >= MAX_PARTS or self._size + found.size > MAX_SIZE:
            return Refusal.TOO_MUCH
        return None
