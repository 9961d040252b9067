"""All pages of all locales, paired by page id, and what can be looked up in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from leitfaden.model.page import Page, Step, Task


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A task where a page states it.

    Args:
        page: The page.
        step: The step that it belongs to, or None when it stands outside of any.
        task: The task.
    """

    page: Page
    step: Step | None
    task: Task


@dataclass(frozen=True)
class Playbook:
    """The playbook as read.

    Args:
        source: The locale that the others translate.
        locales: All locales, the source first.
        pages: By locale, then by page id, in the order of the ids.
    """

    source: str
    locales: tuple[str, ...]
    pages: Mapping[str, Mapping[str, Page]]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all pages of all locales."""
        return tuple(sorted({page_id for pages in self.pages.values() for page_id in pages}))

    def page(self, page_id: str, locale: str) -> Page | None:
        """Return the page in that locale, or None."""
        return self.pages.get(locale, {}).get(page_id)

    def source_of(self, page: Page) -> Page | None:
        """Return the source page that `page` translates; None for a page of the source locale."""
        return None if page.locale == self.source else self.page(page.id, self.source)

    def shown(self, page_id: str, locale: str) -> Page | None:
        """Return what a reader of that locale gets: the translation, else the source page."""
        return self.page(page_id, locale) or self.page(page_id, self.source)

    def missing(self, locale: str) -> tuple[str, ...]:
        """Return the ids of the source's pages that the locale lacks."""
        here = self.pages.get(locale, {})
        return tuple(page_id for page_id in self.pages.get(self.source, {}) if page_id not in here)

    def __iter__(self) -> Iterator[Page]:
        for pages in self.pages.values():
            yield from pages.values()

    @cached_property
    def _tasks(self) -> Mapping[str, Mapping[str, tuple[Occurrence, ...]]]:
        return {locale: _occurrences(pages.values()) for locale, pages in self.pages.items()}

    def tasks(self, locale: str) -> Mapping[str, tuple[Occurrence, ...]]:
        """Return all tasks of a locale by id, each with all of its occurrences."""
        return self._tasks.get(locale, {})

    @cached_property
    def _by_label(self) -> Mapping[tuple[str, str, str], tuple[Page, ...]]:
        index: dict[tuple[str, str, str], list[Page]] = {}
        for page in self:
            for label in ("phase", "primary-role", "secondary-role", "applies-to", "motions"):
                for key in page.terms(label):
                    index.setdefault((page.locale, label, key), []).append(page)
        return {entry: tuple(pages) for entry, pages in index.items()}

    def by_phase(self, phase: str, locale: str) -> tuple[Page, ...]:
        """Return the pages that name the phase."""
        return self._by_label.get((locale, "phase", phase), ())

    def by_motion(self, motion: str, locale: str) -> tuple[Page, ...]:
        """Return the pages that name the motion."""
        return self._by_label.get((locale, "motions", motion), ())

    def by_role(self, role: str, locale: str) -> tuple[Page, ...]:
        """Return the pages that name the role in a label or in a task."""
        labelled = [
            page
            for label in ("primary-role", "secondary-role")
            for page in self._by_label.get((locale, label, role), ())
        ]
        tasked = [p for p in self._of(locale) if any(role in t.role_keys for t in p.tasks)]
        return _each_once(labelled + tasked)

    def by_service(self, service: str, locale: str) -> tuple[Page, ...]:
        """Return the pages that name the service in a label or in a task."""
        labelled = list(self._by_label.get((locale, "applies-to", service), ()))
        tasked = [p for p in self._of(locale) if any(service in t.service_keys for t in p.tasks)]
        return _each_once(labelled + tasked)

    def _of(self, locale: str) -> tuple[Page, ...]:
        return tuple(self.pages.get(locale, {}).values())


def _occurrences(pages: Iterable[Page]) -> Mapping[str, tuple[Occurrence, ...]]:
    found: dict[str, list[Occurrence]] = {}
    for page in pages:
        steps = {table.span: step for step in page.steps for table in step.task_tables}
        for table in page.task_tables:
            step = steps.get(table.span)
            for task in table.tasks:
                found.setdefault(task.id, []).append(Occurrence(page, step, task))
    return {task_id: tuple(found[task_id]) for task_id in sorted(found, key=_numeric)}


def _numeric(task_id: str) -> tuple[int, str]:
    return (int(task_id), task_id) if task_id.isdecimal() else (0, task_id)


def _each_once(pages: list[Page]) -> tuple[Page, ...]:
    return tuple({page.id: page for page in pages}.values())
