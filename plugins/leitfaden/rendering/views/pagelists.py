"""What lists of pages and terms show, whichever view they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leitfaden.contract import Contract, nav_pages
from leitfaden.model import Page, Playbook, TermUse
from leitfaden.rendering.about import title
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page in a list.

    Args:
        id: The page's id.
        title: In the language of the page that is shown.
        url: Relative to the page that shows the list.
        lang: The page's locale; differs from the reader's where a translation is missing.
    """

    id: str
    title: str
    url: str
    lang: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A term that leads to its page.

    Args:
        key: The term; None if no term has that spelling.
        name: In the reader's language; as it is written if it is unknown.
        url: Its page, or None.
        number: Of a phase: its number in the order of the phases; 0 for all others.
    """

    key: str | None
    name: str
    url: str | None
    number: int = 0


def page_link(page: Page, context: RenderContext) -> PageLink:
    """Return a page as a list shows it."""
    name = title(page, context.playbook.source_of(page))
    return PageLink(page.id, name, context.url_of(page.id) or "", page.locale)


def page_links(pages: Iterable[Page], context: RenderContext) -> tuple[PageLink, ...]:
    """Return pages that a reader can go to as a list shows them."""
    found = (page_link(page, context) for page in pages)
    return tuple(one for one in found if one.url)


class Chips:
    """Makes terms into chips.

    Args:
        contract: The vocabularies.
        lexicon: Knows the terms' pages.
    """

    def __init__(self, contract: Contract, lexicon: Lexicon) -> None:
        self._contract = contract
        self._lexicon = lexicon
        self._numbers = phase_numbers(contract)

    def of_use(self, use: TermUse, vocabulary: str, context: RenderContext) -> Chip:
        """Return a term as a row or a label names it."""
        if use.key is None:
            return Chip(None, use.text, None)
        return self.of_key(use.key, vocabulary, context)

    def of_key(self, key: str, vocabulary: str, context: RenderContext) -> Chip:
        """Return a known term."""
        name = self._contract.vocabulary(vocabulary)[key].name(context.locale)
        page_id = self._lexicon.page_of_term(vocabulary, key, context.playbook)
        number = self._numbers.get(key, 0) if vocabulary == "phases" else 0
        return Chip(key, name, context.url_of(page_id), number)


def phase_numbers(contract: Contract) -> Mapping[str, int]:
    """Return the phases that have a place in the order, each with its number."""
    return {term.key: number for number, term in enumerate(contract.ordered_phases, start=1)}


def pages_in_order(playbook: Playbook, contract: Contract, locale: str) -> Sequence[Page]:
    """Return the pages that readers of a locale get, without those that only a view shows.

    They are in the order of the navigation; those that it does not list come last, by id.
    """
    return [page for page in all_in_order(playbook, contract, locale) if not page.view]


def all_in_order(playbook: Playbook, contract: Contract, locale: str) -> Sequence[Page]:
    """Return all pages that readers of a locale get, in the same order."""
    listed = (entry.page for entry in nav_pages(contract.navigation))
    pages = (playbook.shown(page_id, locale) for page_id in dict.fromkeys([*listed, *playbook.ids]))
    return [page for page in pages if page is not None]
