"""All pages beside one another, as far as rules have to know them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from leitfaden.checking.facts import PageFacts, TaskFact
from leitfaden.contract import Contract


@dataclass(frozen=True)
class Tree:
    """What is known of all pages.

    Args:
        contract: The playbook's contract.
        pages: By locale, then by page id.
        files: All files below the docs folder, relative to it, with `/`.
        today: The day of the check; later days are in the future.
    """

    contract: Contract
    pages: Mapping[str, Mapping[str, PageFacts]]
    files: frozenset[str]
    today: dt.date

    def page(self, page_id: str, locale: str) -> PageFacts | None:
        """Return the page in that locale, or None."""
        return self.pages.get(locale, {}).get(page_id)

    def source_of(self, facts: PageFacts) -> PageFacts | None:
        """Return the source page of a translation; None for a page of the source locale."""
        if facts.locale == self.contract.source:
            return None
        return self.page(facts.id, self.contract.source)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all pages of all locales."""
        return tuple(sorted({page_id for pages in self.pages.values() for page_id in pages}))

    def tasks(self, locale: str) -> Mapping[str, tuple[tuple[PageFacts, TaskFact], ...]]:
        """Return the tasks of a locale by id, each with the pages that state it, by path."""
        return self._tasks.get(locale, {})

    @cached_property
    def _tasks(self) -> Mapping[str, Mapping[str, tuple[tuple[PageFacts, TaskFact], ...]]]:
        return {locale: _by_id(pages.values()) for locale, pages in self.pages.items()}

    def __iter__(self) -> Iterator[PageFacts]:
        for pages in self.pages.values():
            yield from pages.values()


def _by_id(
    pages: Iterable[PageFacts],
) -> Mapping[str, tuple[tuple[PageFacts, TaskFact], ...]]:
    found: dict[str, list[tuple[PageFacts, TaskFact]]] = {}
    for facts in sorted(pages, key=lambda page: page.path):
        for task in facts.tasks:
            found.setdefault(task.id, []).append((facts, task))
    return {task_id: tuple(stated) for task_id, stated in found.items()}
