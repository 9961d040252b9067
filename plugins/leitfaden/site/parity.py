"""How the translations stand, as their locks tell: found out once a build, when a page asks."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from leitfaden.contract import Contract
from leitfaden.contract.anchors import heading_ids
from leitfaden.model import Page, Playbook
from leitfaden.model.parity import Parity, Stale, State
from leitfaden.reading.inventory import Inventory
from leitfaden.translating.lock import NAME, Lock, read_lock
from leitfaden.translating.places import NOT_READ, by_heading
from leitfaden.translating.standing import Standing, UnitState, standing_of
from leitfaden.translating.units import PageUnits, UnitReader

_BEHIND = frozenset((UnitState.BEHIND, UnitState.MISSING))
_UP_TO_DATE = frozenset((UnitState.CURRENT, UnitState.EXTRA))


def read_locks(docs: Path, inventory: Inventory, contract: Contract) -> dict[str, Lock]:
    """Return the locks by locale. What cannot be read of them is left out; checks tell of it.

    Args:
        docs: The docs folder.
        inventory: The files in it; links out of it are not among them.
        contract: The locales.
    """
    found: dict[str, Lock] = {}
    for locale in contract.locale_keys:
        name = lock_of(locale)
        if locale != contract.source and name in inventory.names:
            try:
                text = (docs / name).read_text("utf-8", errors="replace")
            except OSError:
                continue  # it went away, or nobody may read it
            found[locale] = read_lock(text)[0]
    return found


def lock_of(locale: str) -> str:
    """Return the file that holds a locale's lock, as a path below the docs folder."""
    return f"{locale}/{NAME}"


class Translations:
    """Tells how the translations of a playbook stand.

    Args:
        playbook: The pages that were written.
        contract: The playbook's contract.
        locks: What is recorded of translations, by locale.
    """

    def __init__(self, playbook: Playbook, contract: Contract, locks: Mapping[str, Lock]) -> None:
        self._playbook = playbook
        self._contract = contract
        self._locks = locks
        self._reader = UnitReader(contract)
        self._sources: dict[str, tuple[Page, PageUnits]] = {}
        self._found: dict[tuple[str, str], tuple[Page, Standing]] = {}

    def standing(self, page: Page) -> Standing | None:
        """Return how a page stands, unit by unit; None if nothing is recorded of it."""
        lock = self._locks.get(page.locale)
        if lock is None or page.id not in lock.pages or page.view:
            return None
        _ = self._by_locale  # one will ask for the others, too
        return self._standing(page)

    def parity(self, page: Page) -> Parity | None:
        """Return how a page stands; None if its records do not tell."""
        standing = self.standing(page)
        source = self._playbook.source_of(page)
        if standing is None or source is None:
            return None
        states = {unit.state for unit in standing.units if unit.kind not in NOT_READ}
        if _BEHIND.intersection(states):
            return Parity(State.BEHIND, tuple(self._parts(page, source, standing)))
        if _UP_TO_DATE.issuperset(states) and not standing.is_late:
            return Parity(State.CURRENT)
        return None

    def standings(self, locale: str) -> tuple[Standing, ...]:
        """Return how all translations of a locale stand, by page id."""
        return self._by_locale.get(locale, ())

    @cached_property
    def _by_locale(self) -> Mapping[str, tuple[Standing, ...]]:
        with _without_collecting():
            return {
                locale: tuple(self._standings(locale))
                for locale in self._playbook.locales
                if locale != self._playbook.source
            }

    def _standings(self, locale: str) -> Iterator[Standing]:
        for page_id in self._playbook.ids:
            page = self._playbook.page(page_id, locale)
            standing = self._standing(page) if page else None
            if standing:
                yield standing

    def _standing(self, page: Page) -> Standing | None:
        """Return how a page stands; a text that another plugin has changed is looked at anew."""
        known = self._found.get((page.locale, page.id))
        if known and known[0] is page:
            return known[1]
        source = self._playbook.source_of(page)
        if source is None:
            return None
        units = self._reader.read(page, source)
        lock = self._locks.get(page.locale, Lock())
        standing = standing_of(self._units_of(source), units, lock, self._contract)
        self._found[page.locale, page.id] = page, standing
        return standing

    def _units_of(self, source: Page) -> PageUnits:
        known = self._sources.get(source.id)
        if known is None or known[0] is not source:
            known = self._sources[source.id] = source, self._reader.read(source)
        return known[1]

    def _parts(self, page: Page, source: Page, standing: Standing) -> Iterator[Stale]:
        """Yield the headings below which a translation is behind."""
        ids = heading_ids(page, source, self._contract)
        headings = {heading.span.start: at for at, heading in enumerate(page.headings)}
        told: set[int] = set()
        for unit, one in by_heading(standing):
            at = headings.get(unit.span.start) if unit else None
            is_behind = one.state in _BEHIND and one.kind not in NOT_READ
            if is_behind and at is not None and at not in told:
                told.add(at)
                yield Stale(page.headings[at].text, ids[at])


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let nobody look for garbage while many small things are made that all stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
