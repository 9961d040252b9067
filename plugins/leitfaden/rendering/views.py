"""What the playbook knows besides a page's own text: phases with their processes, the glossary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from leitfaden.contract import Contract, GlossaryEntry, nav_pages
from leitfaden.model import Page, Playbook


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


@dataclass(frozen=True, slots=True)
class GlossaryItem:
    """An entry of the glossary in the reader's language."""

    key: str
    name: str
    aliases: tuple[str, ...]
    definition: str


def view_values(
    page: Page,
    playbook: Playbook,
    contract: Contract,
    locale: str,
    url_of: Callable[[str], str | None],
    describe: Callable[[Page], str],
) -> dict[str, Any]:
    """Return what every view can show.

    Args:
        page: The page that the view belongs to.
        playbook: All pages.
        contract: The phases and the glossary.
        locale: The reader's locale.
        url_of: The address of a page id, relative to `page`.
        describe: One sentence about a page.
    """
    return {
        "page": page,
        "phases": phase_path(page, playbook, contract, locale, url_of, describe),
        "glossary": glossary(contract, locale),
    }


def phase_path(
    page: Page,
    playbook: Playbook,
    contract: Contract,
    locale: str,
    url_of: Callable[[str], str | None],
    describe: Callable[[Page], str],
) -> tuple[PhaseEntry, ...]:
    """Return the phases that have a place in the order, each with its processes."""
    ordered = sorted(
        (term for term in contract.phases.values() if term.order is not None),
        key=lambda term: term.order or 0,
    )
    shown = _shown_pages(playbook, contract, locale)
    return tuple(
        PhaseEntry(
            key=term.key,
            name=term.name(locale),
            number=number,
            url=_phase_url(term.key, shown, url_of),
            current=page.kind == "phase" and term.key in page.phases,
            processes=tuple(
                _process(p, url_of, describe, contract)
                for p in shown
                if p.kind == "process" and term.key in p.phases
            ),
        )
        for number, term in enumerate(ordered, start=1)
    )


def _shown_pages(playbook: Playbook, contract: Contract, locale: str) -> list[Page]:
    """Return the pages that a reader of the locale gets, in the order of the navigation."""
    listed = [entry.page for entry in nav_pages(contract.navigation)]
    ids = dict.fromkeys([*listed, *playbook.ids])
    pages = (playbook.shown(page_id, locale) for page_id in ids)
    return [page for page in pages if page is not None]


def _phase_url(phase: str, shown: list[Page], url_of: Callable[[str], str | None]) -> str | None:
    about = next((p for p in shown if p.kind == "phase" and phase in p.phases), None)
    return url_of(about.id) if about else None


def _process(
    page: Page,
    url_of: Callable[[str], str | None],
    describe: Callable[[Page], str],
    contract: Contract,
) -> ProcessEntry:
    counts = {
        key: len({task.id for task in page.tasks if task.requirement == key})
        for key in contract.requirements
    }
    return ProcessEntry(
        title=page.title,
        url=url_of(page.id) or "",
        lang=page.locale,
        summary=describe(page),
        steps=len(page.steps),
        counts=counts,
    )


def glossary(contract: Contract, locale: str) -> tuple[GlossaryItem, ...]:
    """Return the glossary's entries in the alphabetical order of the locale's names."""
    return tuple(
        sorted(
            (_item(entry, locale) for entry in contract.glossary.values()),
            key=lambda item: item.name.casefold(),
        )
    )


def _item(entry: GlossaryEntry, locale: str) -> GlossaryItem:
    return GlossaryItem(
        entry.key,
        entry.name(locale),
        entry.aliases.get(locale, ()),
        entry.definition[locale],
    )
