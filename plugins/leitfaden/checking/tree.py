"""All pages beside one another, as far as rules have to know them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Protocol, TypeVar, runtime_checkable

from leitfaden.checking.facts import PageFacts, TaskFact
from leitfaden.checking.links import Reached, reached
from leitfaden.checking.nearmiss import NearNames
from leitfaden.checking.places import Places
from leitfaden.checking.standings import Paired, Standings
from leitfaden.checking.titles import Titles
from leitfaden.checking.usage import Usage, usage_keys, usage_texts
from leitfaden.contract import nav_pages
from leitfaden.contract.anchors import heading_ids, included_ids
from leitfaden.model import Include, Inclusion, Page, inclusions

T = TypeVar("T")


@dataclass(frozen=True)
class Tree(Places):
    """What is known of all pages.

    Args:
        contract: The playbook's contract.
        pages: By locale, then by page id.
        files: All files below the docs folder, relative to it, with `/`.
        today: The day of the check; later days are in the future.
        standings: How translations stand to their sources, where that is known.
    """

    pages: Mapping[str, Mapping[str, PageFacts]]
    today: dt.date
    standings: Standings | None = field(default=None, kw_only=True, compare=False, repr=False)

    def page(self, page_id: str, locale: str) -> PageFacts | None:
        """Return the page in that locale, or None."""
        return self.pages.get(locale, {}).get(page_id)

    def source_of(self, facts: PageFacts) -> PageFacts | None:
        """Return the source page of a translation; None for a page of the source locale."""
        if facts.locale == self.contract.source:
            return None
        return self.page(facts.id, self.contract.source)

    def pair(self, facts: PageFacts) -> Paired | None:
        """Return how a translation stands to its source; None for a page that translates none."""
        if self.standings is None or self.source_of(facts) is None:
            return None
        return self.standings.pair(facts.id, facts.locale)

    def stated(self, task_id: str, locale: str) -> tuple[tuple[PageFacts, TaskFact], ...]:
        """Return the rows of a locale that state a task, each with its page, by path."""
        page_ids = self._stating.get(locale, {}).get(task_id, ())
        pages = sorted((self.pages[locale][one] for one in page_ids), key=lambda page: page.path)
        return tuple((page, task) for page in pages for task in page.tasks if task.id == task_id)

    @cached_property
    def _stating(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        return {locale: _by_task(pages) for locale, pages in self.pages.items()}

    def links(self, facts: PageFacts) -> tuple[Reached, ...]:
        """Return where the links and images of a page lead."""
        known = self._links.get(facts.path)
        if known is None or known[0] is not facts:  # a page may have been read again
            known = self._links[facts.path] = (facts, tuple(reached(facts, self)))
        return known[1]

    @cached_property
    def _links(self) -> dict[str, tuple[PageFacts, tuple[Reached, ...]]]:
        return {}

    def anchors(self, facts: PageFacts) -> frozenset[str]:
        """Return what can be linked to on a page: its headings, its tasks, ids in its HTML."""
        known = self._anchors.get(facts.path)
        if known is None or known[0] is not facts:
            known = self._anchors[facts.path] = (facts, frozenset(self._anchors_of(facts)))
        return known[1]

    def _anchors_of(self, facts: PageFacts) -> Iterator[str]:
        headings = set(heading_ids(facts, self.source_of(facts), self.contract))
        parts = [facts]
        for inclusion in self.inclusions(facts):
            for part in inclusion.parts():
                known = heading_ids(part, self.source_of(part), self.contract)
                included_ids(known, headings, self.contract)
                parts.append(part)
        yield from headings
        for part in parts:
            yield from (f"task-{task.id}" for task in part.tasks)
            yield from part.html_ids

    def included(self, include: Include) -> PageFacts | None:
        """Return what is shown in a place: the locale's file, else the source's, or None."""
        page_id = include.page_id
        return self.page(page_id, include.locale) or self.page(page_id, self.contract.source)

    def inclusions(self, facts: PageFacts) -> tuple[Inclusion[PageFacts], ...]:
        """Return what a page includes, and what these files include themselves."""
        return inclusions(facts, self.included) if facts.includes else ()

    @cached_property
    def _anchors(self) -> dict[str, tuple[PageFacts, frozenset[str]]]:
        return {}

    @cached_property
    def listed(self) -> frozenset[str]:
        """The ids of the pages that the navigation lists."""
        return frozenset(entry.page for entry in nav_pages(self.contract.navigation))

    def once(self, make: Callable[[Tree], T]) -> T:
        """Return what `make` makes of the tree; it is made when first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[object, Any]:
        return {}

    def titles(self, locale: str) -> Titles:
        """Return the titles of a locale's pages as a search compares them."""
        known = self._titles.get(locale)
        if known is None:
            language = self.contract.locales[locale].search
            known = self._titles[locale] = Titles(_titled(self.pages[locale]), language)
        return known

    @cached_property
    def _titles(self) -> dict[str, Titles]:
        return {}

    @cached_property
    def usage(self) -> Usage:
        """The values of the metadata that name people or come from a list."""
        keys = usage_keys(self.contract)
        return Usage(tuple(chain.from_iterable(_texts(p, keys) for p in self.pages.values())), keys)

    def __iter__(self) -> Iterator[PageFacts]:
        for pages in self.pages.values():
            yield from pages.values()

    def with_page(self, facts: PageFacts, page: Page | None = None) -> Tree:
        """Return the tree with what a page has become.

        A page that the tree shows another file for is left out of it, but not what the tree
        remembers of that page: the new tree remembers nothing that hangs on one.

        Args:
            facts: What is known of the page now.
            page: The page itself, from which it shows how it stands to its source.
        """
        pages = self.pages.get(facts.locale, {})
        known = pages.get(facts.id)
        standings = self.standings
        if page and standings and facts.locale != self.contract.source:
            standings = standings.with_page(page)
        if known == facts and standings is self.standings:
            return self
        replaced = self.pages
        if known is not None and known.path == facts.path:
            replaced = {**replaced, facts.locale: _WithOne(pages, facts)}
        return _Changed(
            self.contract, replaced, self.files, self.today, self, facts, standings=standings
        )


@dataclass(frozen=True)
class _Changed(Tree):
    """A tree in which one page has become another; what it leaves as it is need not be made again.

    Args:
        before: The tree as it was.
        changed: What is known of the page now.
    """

    before: Tree
    changed: PageFacts

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return self.before.ids

    @cached_property
    def any_case(self) -> Mapping[str, str]:
        return self.before.any_case

    @cached_property
    def near_ids(self) -> NearNames:
        return self.before.near_ids

    @cached_property
    def near_files(self) -> NearNames:
        return self.before.near_files

    @cached_property
    def listed(self) -> frozenset[str]:
        return self.before.listed

    @cached_property
    def usage(self) -> Usage:
        known, keys = self._known, self.before.usage.keys
        if known is None or usage_texts(known, keys) == usage_texts(self.changed, keys):
            return self.before.usage
        return super().usage

    @cached_property
    def _stating(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        known, stating = self._known, self.before._stating
        if known is None or stated_ids(known) == stated_ids(self.changed):
            return stating
        locale = self.changed.locale
        return {**stating, locale: _by_task(self.pages[locale])}

    def titles(self, locale: str) -> Titles:
        """Return the titles of a locale's pages; those of before if the page is found as before."""
        known = self._known
        if known is None or searched_title(known) == searched_title(self.changed):
            return self.before.titles(locale)
        return super().titles(locale)

    @property
    def _known(self) -> PageFacts | None:
        """The page as it was; None if the tree is without it."""
        known = self.before.page(self.changed.id, self.changed.locale)
        return known if known is not None and known.path == self.changed.path else None


class _WithOne(Mapping[str, PageFacts]):
    """Facts by page id with one page's replaced; the others are not even looked at.

    Args:
        pages: The pages.
        facts: What is known of the page now.
    """

    def __init__(self, pages: Mapping[str, PageFacts], facts: PageFacts) -> None:
        self._pages = pages
        self._facts = facts

    def __getitem__(self, page_id: str) -> PageFacts:
        return self._facts if page_id == self._facts.id else self._pages[page_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)

    def __contains__(self, page_id: object) -> bool:
        return page_id in self._pages


@runtime_checkable
class Indexed(Protocol):
    """Pages of which something can be told without all that is known of them."""

    def texts(self) -> Iterable[Mapping[str, str]]:
        """Return what `usage_texts` does for each page."""

    def tasks(self) -> Iterable[tuple[str, Sequence[str]]]:
        """Return the id of each page with the ids of the tasks that it states."""

    def titles(self) -> Iterable[tuple[str, str]]:
        """Return the id of each page with what it is found by."""


def _texts(pages: Mapping[str, PageFacts], keys: Sequence[str]) -> Iterable[Mapping[str, str]]:
    if isinstance(pages, Indexed):
        return pages.texts()
    return [usage_texts(facts, keys) for facts in pages.values()]


def stated_tasks(pages: Mapping[str, Mapping[str, PageFacts]]) -> set[str]:
    """Return the ids of all tasks that pages of any locale state."""
    return {task_id for found in pages.values() for _, ids in _stating(found) for task_id in ids}


def _by_task(pages: Mapping[str, PageFacts]) -> Mapping[str, Sequence[str]]:
    """Return by the id of a task those of the pages that state it."""
    found: dict[str, list[str]] = {}
    for page_id, task_ids in _stating(pages):
        for task_id in task_ids:
            found.setdefault(task_id, []).append(page_id)
    return found


def _stating(pages: Mapping[str, PageFacts]) -> Iterable[tuple[str, Sequence[str]]]:
    if isinstance(pages, Indexed):
        return pages.tasks()
    return [(page_id, stated_ids(facts)) for page_id, facts in pages.items()]


def _titled(pages: Mapping[str, PageFacts]) -> Iterable[tuple[str, str]]:
    if isinstance(pages, Indexed):
        return pages.titles()
    return [(page_id, searched_title(facts)) for page_id, facts in pages.items()]


def searched_title(facts: PageFacts) -> str:
    """Return the title by which a page is found; empty if it keeps itself out of the search."""
    return facts.title if facts.is_searched else ""


def stated_ids(facts: PageFacts) -> tuple[str, ...]:
    """Return the ids of the tasks that a page states, each once."""
    return tuple(dict.fromkeys(task.id for task in facts.tasks))
