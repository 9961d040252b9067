"""How translations stand to their sources, as rules ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from leitfaden.contract import Contract
from leitfaden.model import Page
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import Standing, UnitStanding, UnitState, standing_of
from leitfaden.translating.units import PageUnits, UnitReader

if TYPE_CHECKING:
    from leitfaden.checking.pairs import Pairs

_AS_IT_SHOULD = (UnitState.CURRENT, UnitState.UNRECORDED)


class Paired(Protocol):
    """A page with its translation."""

    @property
    def is_late(self) -> bool:
        """Whether the translation is behind by its own account: its update summary is older."""

    @property
    def counts(self) -> Mapping[UnitState, int]:
        """How many units stand how."""

    @property
    def open(self) -> tuple[UnitStanding, ...]:
        """The units that are neither current nor merely unrecorded, in their order."""

    @property
    def standing(self) -> Standing:
        """How all units stand; takes longer than what is only `open`."""


class Standings(Protocol):
    """Knows how all translations stand."""

    def pair(self, page_id: str, locale: str) -> Paired | None:
        """Return a page with its translation, or None if one of them is not there."""

    def lock(self, page_id: str, locale: str) -> Lock:
        """Return what is recorded of a page."""

    def is_begun(self, locale: str) -> bool:
        """Tell whether anything is recorded of a locale."""

    def page(self, page_id: str, locale: str) -> Page | None:
        """Return a page, or None if it is not there."""

    def with_page(self, page: Page) -> Standings:
        """Return how all stand if a translation becomes this."""


class PairStandings:
    """How the translations of a project stand, found out when first asked for.

    Args:
        contract: The playbook's contract.
        make: Returns all pairs.
        page: Returns the page with an id in a locale, or None.
    """

    def __init__(
        self,
        contract: Contract,
        make: Callable[[], Pairs],
        page: Callable[[str, str], Page | None],
    ) -> None:
        self._contract = contract
        self._make = make
        self._page = page

    @cached_property
    def pairs(self) -> Pairs:
        """All pairs."""
        return self._make()

    def pair(self, page_id: str, locale: str) -> Paired | None:
        """Return a page with its translation, or None if one of them is not there."""
        return self.pairs.pair(page_id, locale)

    def lock(self, page_id: str, locale: str) -> Lock:
        """Return what is recorded of a page."""
        file = self.pairs.locks.get(locale)
        return file.of_page(page_id) if file else Lock()

    def page(self, page_id: str, locale: str) -> Page | None:
        """Return a page, or None if it is not there."""
        return self._page(page_id, locale)

    def is_begun(self, locale: str) -> bool:
        """Tell whether anything is recorded of a locale."""
        file = self.pairs.locks.get(locale)
        return file is not None and bool(file.lock.pages)

    def with_page(self, page: Page) -> Standings:
        """Return how all stand if a translation becomes this."""
        return _WithPage(self, page, self._pages)

    @cached_property
    def _pages(self) -> _Pages:
        return _Pages(self._contract, self._page)


class ReadStandings:
    """How translations stand that have been read already.

    Args:
        contract: The playbook's contract.
        pages: By locale, then by page id.
        locks: What is recorded, by locale.
    """

    def __init__(
        self,
        contract: Contract,
        pages: Mapping[str, Mapping[str, Page]],
        locks: Mapping[str, Lock],
    ) -> None:
        self._pages = _Pages(contract, lambda page_id, locale: pages[locale].get(page_id))
        self._targets = pages
        self._locks = locks
        self._known: dict[tuple[str, str], Paired | None] = {}

    def pair(self, page_id: str, locale: str) -> Paired | None:
        """Return a page with its translation, or None if one of them is not there."""
        key = page_id, locale
        if key not in self._known:
            page = self._targets[locale].get(page_id)
            lock = self.lock(page_id, locale)
            self._known[key] = self._pages.pair(page, lock) if page else None
        return self._known[key]

    def lock(self, page_id: str, locale: str) -> Lock:
        """Return what is recorded of a page."""
        return self._locks.get(locale, Lock())

    def page(self, page_id: str, locale: str) -> Page | None:
        """Return a page, or None if it is not there."""
        return self._targets[locale].get(page_id)

    def is_begun(self, locale: str) -> bool:
        """Tell whether anything is recorded of a locale."""
        return bool(self._locks.get(locale, Lock()).pages)

    def with_page(self, page: Page) -> Standings:
        """Return how all stand if a translation becomes this."""
        return _WithPage(self, page, self._pages)


class _Pair:
    """A page with its translation, both as they were read."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.is_late = standing.is_late
        self.counts = standing.counts
        self.open = tuple(unit for unit in standing.units if unit.state not in _AS_IT_SHOULD)


class _Pages:
    """Compares pages that have been read with their sources.

    Args:
        contract: The playbook's contract.
        page: Returns the page with an id in a locale, or None.
    """

    def __init__(self, contract: Contract, page: Callable[[str, str], Page | None]) -> None:
        self._contract = contract
        self._page = page
        self._sources: dict[str, tuple[Page, PageUnits] | None] = {}

    def pair(self, page: Page, lock: Lock) -> Paired | None:
        """Return a translation with its source; None if it has none.

        Args:
            page: The translation.
            lock: What is recorded of it.
        """
        source = self._source(page.id)
        if source is None:
            return None
        units = self._reader.read(page, source[0])
        return _Pair(standing_of(source[1], units, lock, self._contract))

    def _source(self, page_id: str) -> tuple[Page, PageUnits] | None:
        if page_id not in self._sources:
            page = self._page(page_id, self._contract.source)
            self._sources[page_id] = (page, self._reader.read(page)) if page else None
        return self._sources[page_id]

    @cached_property
    def _reader(self) -> UnitReader:
        return UnitReader(self._contract)


class _WithPage:
    """How all translations stand if one becomes another page.

    Args:
        before: How they stood.
        page: What the page has become.
        pages: Compares it.
    """

    def __init__(self, before: Standings, page: Page, pages: _Pages) -> None:
        self._before = before
        self._page = page
        self._pages = pages

    def pair(self, page_id: str, locale: str) -> Paired | None:
        """Return a page with its translation, or None if one of them is not there."""
        if (page_id, locale) == (self._page.id, self._page.locale):
            return self._changed
        return self._before.pair(page_id, locale)

    def lock(self, page_id: str, locale: str) -> Lock:
        """Return what is recorded of a page."""
        return self._before.lock(page_id, locale)

    def page(self, page_id: str, locale: str) -> Page | None:
        """Return a page, or None if it is not there."""
        if (page_id, locale) == (self._page.id, self._page.locale):
            return self._page
        return self._before.page(page_id, locale)

    def is_begun(self, locale: str) -> bool:
        """Tell whether anything is recorded of a locale."""
        return self._before.is_begun(locale)

    def with_page(self, page: Page) -> Standings:
        """Return how all stand if a translation becomes this."""
        return _WithPage(self, page, self._pages)

    @cached_property
    def _changed(self) -> Paired | None:
        return self._pages.pair(self._page, self.lock(self._page.id, self._page.locale))
