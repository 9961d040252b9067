"""The processes of a playbook by phase, and what each of them leads to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from leitfaden.contract import Contract, terms_in_order
from leitfaden.model import Inclusion, Link, Page, Playbook, Span
from leitfaden.rendering.about import title
from leitfaden.rendering.views.pagelists import pages_in_order


@dataclass(frozen=True, slots=True)
class Process:
    """A process of the map.

    Args:
        page: Its page, as readers of the locale get it.
        title: In the page's language.
        phases: The phases that it names, in their order; empty if it names none.
        leads_to: The ids of the processes that its page names as what comes next.
    """

    page: Page
    title: str
    phases: tuple[str, ...]
    leads_to: tuple[str, ...]

    @property
    def phase(self) -> str:
        """The phase that it belongs to: the first that it names."""
        return self.phases[0] if self.phases else ""


def processes(
    playbook: Playbook, contract: Contract, locale: str
) -> Mapping[str, tuple[Process, ...]]:
    """Return the processes by the phase that they belong to.

    The phases come in their order, and behind them those that have no place in it; processes
    without any phase come last. Those of a phase come in the order of the navigation.

    Args:
        playbook: All pages.
        contract: The phases, the navigation, and the sections that say what comes next.
        locale: The reader's locale.
    """
    pages = pages_in_order(playbook, contract, locale)
    shown = {page.id: page for page in pages if page.is_process}
    phases = (term.key for term in terms_in_order(contract.phases.values()))
    order = {key: place for place, key in enumerate((*phases, ""))}
    found: dict[str, list[Process]] = {key: [] for key in order}
    for page in shown.values():
        named = tuple(sorted((key for key in page.phases if key in order), key=order.__getitem__))
        to = dict.fromkeys(_following(page, playbook, contract))
        leads_to = tuple(other for other in to if other in shown and other != page.id)
        one = Process(page, title(page, playbook.source_of(page)), named, leads_to)
        found[one.phase].append(one)
    return {key: tuple(of_phase) for key, of_phase in found.items() if of_phase}


def _following(page: Page, playbook: Playbook, contract: Contract) -> Iterator[str]:
    """Yield the ids of the pages that a page leads on to, as its writer linked them."""
    for part, link in _leading_links(page, playbook.inclusions(page), contract):
        path = unquote(urlsplit(link.target).path)
        if path and not link.image and not urlsplit(link.target).netloc:
            folder = posixpath.dirname(f"{part.locale}/{part.id}")
            locale, _, below = posixpath.normpath(posixpath.join(folder, path)).partition("/")
            yield contract.page_id(below, locale)


def _leading_links(
    page: Page, included: Iterable[Inclusion[Page]], contract: Contract
) -> Iterator[tuple[Page, Link]]:
    """Yield the links in the sections of a page that lead on, each with the file it stands in."""
    spans = [
        part.span for part in page.sections if part.key and contract.sections[part.key].leads_on
    ]
    yield from ((page, link) for link in page.links if _is_in(link.span, spans))
    for inclusion in included:
        if _is_in(inclusion.include.span, spans):
            yield from ((part, link) for part in inclusion.parts() for link in part.links)
        elif inclusion.page is not None:
            yield from _leading_links(inclusion.page, inclusion.inner, contract)


def _is_in(inner: Span, spans: Iterable[Span]) -> bool:
    return any(span.start <= inner.start < span.end for span in spans)
