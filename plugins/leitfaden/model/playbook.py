"""All pages of all locales, paired by page id, and what can be looked up in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from leitfaden.model.inclusion import Inclusion, inclusions
from leitfaden.model.page import Include, Page, Step, Task, TaskTable
from leitfaden.model.task import Occurrence, TaskRecord


@dataclass(frozen=True)
class Playbook:
    """The playbook as read.

    Args:
        source: The locale that the others translate.
        locales: All locales, the source first.
        pages: By locale, then by page id, in the order of the ids.
        fragments: The same for what pages include, and what is no page by itself.
    """

    source: str
    locales: tuple[str, ...]
    pages: Mapping[str, Mapping[str, Page]]
    fragments: Mapping[str, Mapping[str, Page]] = field(default_factory=dict)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all pages of all locales."""
        return tuple(sorted({page_id for pages in self.pages.values() for page_id in pages}))

    def page(self, page_id: str, locale: str) -> Page | None:
        """Return the page in that locale, or None."""
        return self.pages.get(locale, {}).get(page_id)

    def source_of(self, page: Page) -> Page | None:
        """Return the source page that `page` translates; None for a page of the source locale."""
        return None if page.locale == self.source else self._part(page.id, self.source)

    def included(self, include: Include) -> Page | None:
        """Return what is shown in a place: the locale's file, else the source's, or None."""
        page_id = include.page_id
        return self._part(page_id, include.locale) or self._part(page_id, self.source)

    def inclusions(self, page: Page) -> tuple[Inclusion[Page], ...]:
        """Return what a page includes, and what these files include themselves."""
        return inclusions(page, self.included)

    def parts(self, page: Page) -> Iterator[Page]:
        """Yield a page and all that it includes, in the order in which readers see them."""
        yield page
        for inclusion in self.inclusions(page):
            yield from inclusion.parts()

    def _part(self, page_id: str, locale: str) -> Page | None:
        return self.page(page_id, locale) or self.fragments.get(locale, {}).get(page_id)

    def shown(self, page_id: str, locale: str) -> Page | None:
        """Return what a reader of that locale gets: the translation, else the source page."""
        return self.page(page_id, locale) or self.page(page_id, self.source)

    @cached_property
    def _shown(self) -> Mapping[str, tuple[Page, ...]]:
        return {
            locale: tuple(
                page for page_id in self.ids if (page := self.shown(page_id, locale)) is not None
            )
            for locale in self.locales
        }

    def shown_pages(self, locale: str) -> tuple[Page, ...]:
        """Return all pages that readers of a locale get, by id."""
        return self._shown.get(locale, ())

    @cached_property
    def _records(self) -> Mapping[str, Mapping[str, TaskRecord]]:
        return {
            locale: {
                task_id: TaskRecord(task_id, occurrences, locale)
                for task_id, occurrences in self._occurrences(pages).items()
            }
            for locale, pages in self._shown.items()
        }

    def records(self, locale: str) -> Mapping[str, TaskRecord]:
        """Return all tasks that readers of a locale meet, by id: first the smaller numbers."""
        return self._records.get(locale, {})

    def version_of(self, record: TaskRecord) -> str:
        """Return what tells the version of a task from others, whatever locale it is shown in."""
        return self.records(self.source).get(record.id, record).digest

    def missing(self, locale: str) -> tuple[str, ...]:
        """Return the ids of the source's pages that the locale lacks."""
        here = self.pages.get(locale, {})
        return tuple(page_id for page_id in self.pages.get(self.source, {}) if page_id not in here)

    def __iter__(self) -> Iterator[Page]:
        for pages in self.pages.values():
            yield from pages.values()

    def naming(
        self, vocabulary: str, labels: Iterable[str], key: str, locale: str
    ) -> tuple[Page, ...]:
        """Return the pages that readers of a locale get and that name a term.

        Args:
            vocabulary: The term's vocabulary; tasks name `roles` and `services`.
            labels: The keys of the labels whose values come from it.
            key: The term.
            locale: The reader's locale.
        """
        labelled = (
            page for label in labels for page in self._by_label.get((locale, label, key), ())
        )
        return _each_once([*labelled, *self._by_task.get((locale, vocabulary, key), ())])

    @cached_property
    def _by_label(self) -> Mapping[tuple[str, str, str], tuple[Page, ...]]:
        """The pages whose labels name a term, by locale, label and key."""
        index: dict[tuple[str, str, str], list[Page]] = {}
        for locale in self.locales:
            for page in self.shown_pages(locale):
                for label, key in dict.fromkeys(self._labelled(page)):
                    index.setdefault((locale, label, key), []).append(page)
        return {entry: tuple(pages) for entry, pages in index.items()}

    @cached_property
    def _by_task(self) -> Mapping[tuple[str, str, str], tuple[Page, ...]]:
        """The pages whose tasks name a role or a service, by locale, vocabulary and key."""
        index: dict[tuple[str, str, str], list[Page]] = {}
        for locale in self.locales:
            for page in self.shown_pages(locale):
                tasks = tuple(self._stated(page))
                named = {("roles", key) for task in tasks for key in task.role_keys}
                named |= {("services", key) for task in tasks for key in task.service_keys}
                for vocabulary, key in named:
                    index.setdefault((locale, vocabulary, key), []).append(page)
        return {entry: tuple(pages) for entry, pages in index.items()}

    def _labelled(self, page: Page) -> Iterator[tuple[str, str]]:
        """Yield the labels that readers of a page see, each with the keys of its terms."""
        for part in self.parts(page) if page.includes else (page,):
            for block in part.label_blocks:
                yield from ((label.key, key) for label in block.labels for key in label.keys)

    def _stated(self, page: Page) -> Iterable[Task]:
        """Return the tasks that readers of a page see."""
        if not page.includes:
            return page.tasks
        return [task for part in self.parts(page) for task in part.tasks]

    def occurrences_on(self, page: Page) -> Mapping[str, tuple[Occurrence, ...]]:
        """Return where a page states tasks, by their ids."""
        return self._occurrences((page,))

    def _occurrences(self, pages: Iterable[Page]) -> Mapping[str, tuple[Occurrence, ...]]:
        found: dict[str, list[Occurrence]] = {}
        for page in pages:
            stated: Counter[str] = Counter()
            for step, task in _stated_in(page, None, self.inclusions(page)):
                stated[task.id] += 1
                number = stated[task.id]
                found.setdefault(task.id, []).append(Occurrence(page, step, task, number))
        return {task_id: tuple(found[task_id]) for task_id in sorted(found, key=_numeric)}


def _stated_in(
    page: Page, around: Step | None, included: Iterable[Inclusion[Page]]
) -> Iterator[tuple[Step | None, Task]]:
    """Yield the tasks that readers see in a page, or in a part of one, each with its step.

    Args:
        page: The page or the file that a page includes.
        around: The step of the page that includes it.
        included: What it includes itself.
    """
    own = {table.span: step for step in page.steps for table in step.task_tables}
    shown: list[tuple[int, TaskTable | Inclusion[Page]]] = [
        *((table.span.start, table) for table in page.task_tables),
        *((inclusion.include.span.start, inclusion) for inclusion in included),
    ]
    for start, part in sorted(shown, key=itemgetter(0)):
        if isinstance(part, TaskTable):
            yield from ((own.get(part.span, around), task) for task in part.tasks)
        elif part.page is not None:
            step = next((s for s in page.steps if s.span.start <= start < s.span.end), around)
            yield from _stated_in(part.page, step, part.inner)


def _numeric(task_id: str) -> tuple[int, str]:
    return (int(task_id), task_id) if task_id.isdecimal() else (0, task_id)


def _each_once(pages: list[Page]) -> tuple[Page, ...]:
    return tuple({page.id: page for page in pages}.values())
