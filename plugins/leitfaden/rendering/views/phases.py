"""The path of the phases, each with its processes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from leitfaden.contract import Contract
from leitfaden.model import Page
from leitfaden.rendering.about import description, title
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.views.pagelists import all_in_order


@dataclass(frozen=True, slots=True)
class ProcessEntry:
    """A process of a phase, as a list shows it.

    Args:
        title: In the language of the page that is shown.
        url: Relative to the page that shows the list.
        lang: The page's locale; differs from the reader's where a translation is missing.
        summary: One sentence.
        steps: How many steps it has.
        counts: How many tasks of each requirement.
    """

    title: str
    url: str
    lang: str
    summary: str
    steps: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PhaseEntry:
    """A phase of the path, with its own page and its processes."""

    key: str
    name: str
    number: int
    url: str | None
    current: bool
    processes: tuple[ProcessEntry, ...]

    def count(self, requirement: str) -> int:
        """Return how many tasks of a requirement the phase's processes state."""
        return sum(process.counts.get(requirement, 0) for process in self.processes)


class PhasePath:
    """Finds the phases' processes; counts each page's tasks only once.

    Args:
        contract: The phases.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._known: dict[tuple[str, str], tuple[Page, ProcessEntry]] = {}

    def phases(self, page: Page, context: RenderContext) -> tuple[PhaseEntry, ...]:
        """Return the phases that have a place in the order, each with its processes."""
        by_phase: dict[str, list[Page]] = {}
        for other in all_in_order(context.playbook, self._contract, context.locale):
            for phase in other.phases:
                by_phase.setdefault(phase, []).append(other)
        return tuple(
            PhaseEntry(
                key=term.key,
                name=term.name(context.locale),
                number=number,
                url=_url(by_phase.get(term.key, ()), context),
                current=page.is_about_phase and term.key in page.phases,
                processes=tuple(
                    self._process(other, context)
                    for other in by_phase.get(term.key, ())
                    if other.is_process
                ),
            )
            for number, term in enumerate(self._contract.ordered_phases, start=1)
        )

    def _process(self, page: Page, context: RenderContext) -> ProcessEntry:
        url = context.url_of(page.id) or ""
        known = self._known.get((page.locale, page.id))
        if known is None or known[0] is not page:
            known = page, self._entry(page, context.playbook.source_of(page))
            self._known[page.locale, page.id] = known
        return replace(known[1], url=url)

    def _entry(self, page: Page, source: Page | None) -> ProcessEntry:
        ids = {key: set[str]() for key in self._contract.requirements}
        for task in page.tasks:
            if task.requirement in ids:
                ids[task.requirement].add(task.id)
        return ProcessEntry(
            title=title(page, source),
            url="",
            lang=page.locale,
            summary=description(page, source),
            steps=len(page.steps),
            counts={key: len(found) for key, found in ids.items()},
        )


def _url(pages: Iterable[Page], context: RenderContext) -> str | None:
    """Return the address of the first page that is about a phase as a whole."""
    about = next((page for page in pages if page.is_about_phase), None)
    return context.url_of(about.id) if about else None
