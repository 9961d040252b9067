"""The tasks of an engagement in the order of its phases and processes, to be ticked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leitfaden.contract import Contract, nav_pages, terms_in_order
from leitfaden.model import Occurrence, Page, TaskRecord
from leitfaden.rendering.about import title
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.views.taskfacets import facets, places, said, task_url


@dataclass(frozen=True, slots=True)
class ChecklistTask:
    """A task where a page states it.

    Args:
        id: Its digits.
        url: Of its page.
        name: What it is called; empty if no row says.
        lang: The locale that the name is in.
        requirements: Keys, as the page's rows state them.
        version: Tells its version from others; the same in all locales.
        places: What the page's rows say of it, as `taskfacets.places` writes it.
    """

    id: str
    url: str
    name: str
    lang: str
    requirements: tuple[str, ...]
    version: str
    places: str


@dataclass(frozen=True, slots=True)
class ChecklistProcess:
    """A page that states tasks, with these."""

    title: str
    url: str
    lang: str
    tasks: tuple[ChecklistTask, ...]


@dataclass(frozen=True, slots=True)
class ChecklistPhase:
    """A phase with the pages that state its tasks; no key for pages without a phase."""

    key: str
    processes: tuple[ChecklistProcess, ...]


class Checklist:
    """Arranges tasks by phase and process. A task stands wherever a page states it.

    Args:
        contract: The phases, and the order of the pages.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        listed = (entry.page for entry in nav_pages(contract.navigation))
        self._order = {page_id: number for number, page_id in enumerate(listed)}

    def values(self, _: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what the view shows."""
        records = context.playbook.records(context.locale)
        return {
            "facets": facets(records.values(), self._contract, context.locale),
            "stages": tuple(self._phases(records, context)),
        }

    def _phases(
        self, records: Mapping[str, TaskRecord], context: RenderContext
    ) -> Iterator[ChecklistPhase]:
        by_page: dict[str, dict[str, list[Occurrence]]] = {}
        for record in records.values():
            for one in record.occurrences:
                by_page.setdefault(one.page.id, {}).setdefault(record.id, []).append(one)
        processes: dict[str, list[ChecklistProcess]] = {}
        for page_id in sorted(by_page, key=self._place):
            page, process = self._process(by_page[page_id], records, context)
            for phase in page.phases or ("",):
                processes.setdefault(phase, []).append(process)
        keys = [term.key for term in terms_in_order(self._contract.phases.values())]
        for key in (*keys, ""):
            if key in processes:
                yield ChecklistPhase(key, tuple(processes[key]))

    def _place(self, page_id: str) -> tuple[int, str]:
        """Return where a page stands: in the order of the navigation, then all others by id."""
        return self._order.get(page_id, len(self._order)), page_id

    def _process(
        self,
        stated: Mapping[str, list[Occurrence]],
        records: Mapping[str, TaskRecord],
        context: RenderContext,
    ) -> tuple[Page, ChecklistProcess]:
        page = next(iter(stated.values()))[0].page
        in_order_of_page = sorted(stated.items(), key=lambda entry: _position(entry[1][0]))
        tasks = (_task(records[task_id], rows, context) for task_id, rows in in_order_of_page)
        return page, ChecklistProcess(
            title=title(page, context.playbook.source_of(page)),
            url=context.url_of(page.id) or "",
            lang=page.locale,
            tasks=tuple(tasks),
        )


def _position(one: Occurrence) -> tuple[int, int]:
    """Return where a page states a task: by its step, as the row may be in an included file."""
    row = one.task.span.start
    return one.step.span.start if one.step else row, row


def _task(record: TaskRecord, rows: list[Occurrence], context: RenderContext) -> ChecklistTask:
    found = (one.task.requirement for one in rows)
    return ChecklistTask(
        id=record.id,
        url=task_url(record.id, context),
        name=record.name,
        lang=record.locale,
        requirements=tuple(dict.fromkeys(key for key in found if key)),
        version=context.playbook.version_of(record),
        places=places(map(said, rows)),
    )
