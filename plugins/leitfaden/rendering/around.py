"""What stands around a page's own text: the way to it, the next page, and who names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.model import Page, Playbook
from leitfaden.model.madeids import terms_index
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.lexicon import Lexicon
from leitfaden.rendering.memory import OncePerLocale
from leitfaden.rendering.views.pagelists import (
    Chip,
    Chips,
    PageLink,
    page_link,
    page_links,
    pages_in_order,
    phase_numbers,
)

_HOME = "index"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands below a page.

    Args:
        phase: The phase whose processes the page is one of, or None.
        previous: The process before it.
        following: The process after it.
        next_phase: The phase that comes after its last process.
        naming: The pages that link to it.
    """

    phase: Chip | None = None
    previous: PageLink | None = None
    following: PageLink | None = None
    next_phase: Chip | None = None
    naming: tuple[PageLink, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.previous or self.following or self.next_phase or self.naming)


class _Neighbours(NamedTuple):
    phase: str
    previous: Page | None
    following: Page | None


class Around:
    """Finds what stands below pages.

    Args:
        contract: The phases.
        lexicon: Knows their pages.
    """

    def __init__(self, contract: Contract, lexicon: Lexicon) -> None:
        self._contract = contract
        self._chips = Chips(contract, lexicon)
        self._orders = OncePerLocale(self._order)
        phases = list(phase_numbers(contract))
        self._next_phase = dict(pairwise(phases))

    def of(self, page: Page, context: RenderContext) -> Surroundings:
        """Return what stands below a page; nothing for one that a view has made."""
        if page.view or page.id == _HOME:
            return Surroundings()
        naming = context.knowledge.naming(f"{context.locale}/{page.id}")
        named = page_links(naming, context)
        here = self._orders.of(context.playbook, context.locale).get(page.id)
        if here is None:
            return Surroundings(naming=named)
        after = self._next_phase.get(here.phase) if here.following is None else None
        return Surroundings(
            phase=self._chips.of_key(here.phase, "phases", context),
            previous=page_link(here.previous, context) if here.previous else None,
            following=page_link(here.following, context) if here.following else None,
            next_phase=self._chips.of_key(after, "phases", context) if after else None,
            naming=named,
        )

    def _order(self, playbook: Playbook, locale: str) -> Mapping[str, _Neighbours]:
        """Return the neighbours of each process in the first of its phases."""
        by_phase: dict[str, list[Page]] = {}
        for page in pages_in_order(playbook, self._contract, locale):
            if page.is_process:
                for phase in page.phases[:1]:
                    by_phase.setdefault(phase, []).append(page)
        return {
            page_id: neighbours
            for phase, pages in by_phase.items()
            for page_id, neighbours in _neighbours(phase, pages)
        }


def _neighbours(phase: str, pages: Sequence[Page]) -> Iterator[tuple[str, _Neighbours]]:
    around = zip([None, *pages[:-1]], pages, [*pages[1:], None], strict=True)
    for previous, page, following in around:
        yield page.id, _Neighbours(phase, previous, following)


def way_to(page: Page, playbook: Playbook, lexicon: Lexicon, locale: str) -> tuple[str, ...]:
    """Return the ids of the pages that lead to a page, from the home page on.

    Args:
        page: The page.
        playbook: All pages, those that were made among them.
        lexicon: Knows the pages of phases.
        locale: The reader's locale.
    """
    if page.id == _HOME:
        return ()
    phase = next(iter(page.phases), None)
    if page.is_about_phase:
        above = terms_index("phases")
    elif phase:
        above = lexicon.page_of_term("phases", phase, playbook)
    else:
        above = f"{page.id.rpartition('/')[0]}/{_HOME}"
    return tuple(
        one for one in (_HOME, above) if one != page.id and playbook.shown(one, locale) is not None
    )
