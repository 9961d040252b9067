"""How the translations stand, as their locks tell: found out once a build, when a page asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from leitfaden.checking.standings import Standings
from leitfaden.contract import Contract
from leitfaden.contract.anchors import heading_ids
from leitfaden.model import Page, Playbook
from leitfaden.model.parity import Parity, Stale, State
from leitfaden.translating.lock import NAME
from leitfaden.translating.places import NOT_READ, by_heading
from leitfaden.translating.standing import Standing, UnitState

_BEHIND = frozenset((UnitState.BEHIND, UnitState.MISSING))
_UP_TO_DATE = frozenset((UnitState.CURRENT, UnitState.EXTRA))


def lock_of(locale: str) -> str:
    """Return the file that holds a locale's lock, as a path below the docs folder."""
    return f"{locale}/{NAME}"


class Translations:
    """Tells how the translations of a playbook stand.

    Args:
        playbook: The pages that were written.
        contract: The playbook's contract.
        standings: How they stand, as checks have found out.
    """

    def __init__(self, playbook: Playbook, contract: Contract, standings: Standings) -> None:
        self._playbook = playbook
        self._contract = contract
        self._standings = standings
        self._changed: dict[tuple[str, str], tuple[Page, Standing | None]] = {}

    def standing(self, page: Page) -> Standing | None:
        """Return how a page stands, unit by unit; None if nothing is recorded of it."""
        if page.view or not self._standings.lock(page.id, page.locale).of_page(page.id):
            return None
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
        return {
            locale: tuple(self._all(locale))
            for locale in self._playbook.locales
            if locale != self._playbook.source
        }

    def _all(self, locale: str) -> Iterator[Standing]:
        for page_id in self._playbook.ids:
            page = self._playbook.page(page_id, locale)
            standing = self._standing(page) if page else None
            if standing:
                yield standing

    def _standing(self, page: Page) -> Standing | None:
        """Return how a page stands; a text that another plugin has changed is looked at anew."""
        if page is self._playbook.page(page.id, page.locale):
            pair = self._standings.pair(page.id, page.locale)
            return pair.standing if pair else None
        key = page.locale, page.id
        if key not in self._changed or self._changed[key][0] is not page:
            pair = self._standings.with_page(page).pair(page.id, page.locale)
            self._changed[key] = page, pair.standing if pair else None
        return self._changed[key][1]

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
