"""How translations stand, pair by pair, when a page asks; it holds as long as both texts do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from leitfaden.checking.pairs import LockFile, read_lock_file
from leitfaden.checking.survey import Setting, Survey
from leitfaden.contract import Contract
from leitfaden.model import Page, Playbook
from leitfaden.model.parity import Parity
from leitfaden.reading.inventory import Inventory
from leitfaden.site.befores import Befores
from leitfaden.site.parity import Translations
from leitfaden.translating.history import Before, Point
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import Standing, UnitStanding, UnitState, standing_of
from leitfaden.translating.units import UnitReader

_AS_IT_SHOULD = (UnitState.CURRENT, UnitState.UNRECORDED)


@dataclass(frozen=True)
class LivePair:
    """A page with its translation.

    Args:
        standing: How all units stand.
    """

    standing: Standing

    @property
    def is_late(self) -> bool:
        """Whether the translation is behind by its own account: its update summary is older."""
        return self.standing.is_late

    @property
    def counts(self) -> Mapping[UnitState, int]:
        """How many units stand how."""
        return self.standing.counts

    @property
    def open(self) -> tuple[UnitStanding, ...]:
        """The units that are neither current nor merely unrecorded, in their order."""
        return tuple(one for one in self.standing.units if one.state not in _AS_IT_SHOULD)


class _Known(NamedTuple):
    """A pair, and the texts that it was found out from."""

    texts: tuple[str, str]
    pair: LivePair


class LiveStandings:
    """Knows how translations stand: each pair is compared when it is asked for.

    Args:
        contract: The playbook's contract.
        playbook: The pages that were written.
        locks: What is recorded, by locale.
    """

    def __init__(
        self, contract: Contract, playbook: Playbook, locks: Mapping[str, LockFile]
    ) -> None:
        self._contract = contract
        self._playbook = playbook
        self._locks = locks
        self._units = UnitReader(contract)
        self._known: dict[tuple[str, str], _Known] = {}

    def pair(self, page_id: str, locale: str) -> LivePair | None:
        """Return a page with its translation, or None if one of them is not there."""
        page, source = self.page(page_id, locale), self.page(page_id, self._playbook.source)
        if page is None or source is None:
            return None
        key, texts = (page_id, locale), (source.text, page.text)
        known = self._known.get(key)
        if known is None or known.texts != texts:
            lock = self.lock(page_id, locale)
            ours, theirs = self._units.read(source), self._units.read(page, source)
            pair = LivePair(standing_of(ours, theirs, lock, self._contract))
            known = self._known[key] = _Known(texts, pair)
        return known.pair

    def lock(self, page_id: str, locale: str) -> Lock:
        """Return what is recorded of a page."""
        file = self._locks.get(locale)
        return file.of_page(page_id) if file else Lock()

    def is_begun(self, locale: str) -> bool:
        """Tell whether anything is recorded of a locale."""
        file = self._locks.get(locale)
        return file is not None and bool(file.lock.pages)

    def page(self, page_id: str, locale: str) -> Page | None:
        """Return a page, or None if it is not there."""
        return self._playbook.page(page_id, locale)

    def with_page(self, page: Page) -> LiveStandings:
        """Return how all stand if a translation becomes this."""
        pages = self._playbook.pages
        changed = {**pages, page.locale: {**pages.get(page.locale, {}), page.id: page}}
        playbook = Playbook(self._playbook.source, self._playbook.locales, changed)
        return LiveStandings(self._contract, playbook, self._locks)


class _LiveTranslations(Translations):
    """Tells how all stand now, not how they stood when somebody first asked."""

    def standings(self, locale: str) -> tuple[Standing, ...]:
        """Return how all translations of a locale stand, by page id."""
        if locale == self._playbook.source:
            return ()
        return tuple(self._all(locale))


class Translated:
    """What pages are told about translations.

    Args:
        contract: The playbook's contract.
        playbook: The pages that were written.
        locks: What is recorded, by locale.
        survey: Where the pages are from.
    """

    def __init__(
        self,
        contract: Contract,
        playbook: Playbook,
        locks: Mapping[str, LockFile],
        survey: Survey,
    ) -> None:
        standings = LiveStandings(contract, playbook, locks)
        self._translations = _LiveTranslations(playbook, contract, standings)
        self._playbook = playbook
        self._survey = survey
        self.renew()

    def renew(self) -> None:
        """Look again for what sources said before: another text is behind than was."""
        self._befores = Befores(self._survey, self._playbook, self.standings)

    def parity(self, page: Page) -> Parity | None:
        """Return how a page stands; None if its records do not tell."""
        return self._translations.parity(page)

    def standing(self, page: Page) -> Standing | None:
        """Return how a page stands, unit by unit; None if nothing is recorded of it."""
        return self._translations.standing(page)

    def standings(self, locale: str) -> tuple[Standing, ...]:
        """Return how all translations of a locale stand, by page id."""
        return self._translations.standings(locale)

    def before(self, page_id: str, text: str) -> Before | None:
        """Return what a text of a source page was."""
        return self._befores.before(page_id, text)

    def trend(self, locale: str) -> tuple[Point, ...]:
        """Return how the translations of a locale stood earlier, the oldest point first."""
        return self._befores.trend(locale)


def locks_of(setting: Setting, inventory: Inventory) -> Mapping[str, LockFile]:
    """Return what is recorded of all translations."""
    return dict(_locks(setting, inventory))


def _locks(setting: Setting, inventory: Inventory) -> Iterator[tuple[str, LockFile]]:
    for locale in setting.contract.locale_keys:
        if locale != setting.contract.source:
            yield locale, read_lock_file(locale, setting, inventory)
