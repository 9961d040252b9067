"""Pages with their translations and what is recorded of them, for tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from leitfaden.model import Page
from leitfaden.rendering import Knowledge, RenderContext
from leitfaden.translating.history import Before, Point
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import Standing, record, standing_of
from leitfaden.translating.units import UnitReader
from tests.rendering.support import Dom, Site


@dataclass
class Translated:
    """A playbook with pages that were translated, and whose originals may have changed since."""

    site: Site = field(default_factory=Site)
    lock: Lock = field(default_factory=Lock)
    befores: dict[tuple[str, str], Before] = field(default_factory=dict)
    trend: tuple[Point, ...] = ()

    def pair(
        self,
        source: str,
        target: str,
        page_id: str = "page",
        *,
        new: str = "",
        changed_on: dt.date | None = None,
    ) -> Page:
        """Add a page and its translation, recorded as such; then give the page a new text.

        Args:
            source: The page.
            target: Its translation.
            page_id: Its id.
            new: The new text.
            changed_on: The day on which git has seen that; None where there is no git.
        """
        page = self.site.add(target, "de", page_id)
        self.site.add(source, "en", page_id)
        self.lock = record(self.lock, self.standing(page))
        if changed_on:
            self._remember(page_id, changed_on)
        if new:
            self.site.add(new, "en", page_id)
        return page

    def _remember(self, page_id: str, day: dt.date) -> None:
        """Let git know what a page says."""
        page = self.site.playbook.page(page_id, "en")
        assert page is not None
        for unit in UnitReader(self.site.contract).read(page).units:
            pieces = tuple(piece.text for piece in unit.pieces)
            self.befores[page_id, unit.hash] = Before(unit.text, pieces, day)

    def standing(self, page: Page) -> Standing:
        """Return how a page stands now."""
        contract, source = self.site.contract, self.site.playbook.source_of(page)
        assert source is not None
        reader = UnitReader(contract)
        units, theirs = reader.read(page, source), reader.read(source)
        return standing_of(theirs, units, self.lock, contract)

    def standings(self, locale: str) -> tuple[Standing, ...]:
        """Return how all pages of a locale stand."""
        playbook = self.site.playbook
        pages = (playbook.page(page_id, locale) for page_id in playbook.ids)
        return tuple(self.standing(page) for page in pages if page and playbook.source_of(page))

    def context(self, locale: str = "de", *, known: bool = True) -> RenderContext:
        """Return the surroundings of a page."""
        playbook = self.site.playbook

        def standing(page: Page) -> Standing | None:
            is_recorded = page.locale == "de" and page.id in self.lock.pages
            return self.standing(page) if known and is_recorded else None

        return RenderContext(
            locale,
            playbook,
            lambda link: None,
            lambda page_id: f"../{page_id}/",
            knowledge=Knowledge(
                standing=standing,
                standings=self.standings,
                before=lambda page_id, text: self.befores.get((page_id, text)),
                trend=lambda _: self.trend,
            ),
            url_in=lambda page_id, of: (
                f"../{of}/{page_id}/" if playbook.page(page_id, of) else None
            ),
        )

    def html(self, page: Page, *, known: bool = True) -> str:
        """Return a translation's HTML."""
        return self.site.renderer.render(page, self.context(known=known)).html

    def dom(self, page: Page) -> Dom:
        """Return the same, to be asked."""
        return Dom(self.html(page))
