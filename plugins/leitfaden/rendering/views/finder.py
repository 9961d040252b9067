"""All tasks in one table, to be chosen from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leitfaden.contract import Contract
from leitfaden.model import Page, TaskRecord, TermUse
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.views.taskfacets import facets, places, said, task_url


@dataclass(frozen=True, slots=True)
class FinderRow:
    """A task as the finder lists it.

    Args:
        id: Its digits.
        url: Of its page.
        name: What it is called; empty if no row says.
        lang: The locale that the name is in.
        requirements: Keys, in the order in which rows state them.
        phases: Keys.
        roles: Names, in the reader's language where the contract knows them.
        services: Names, likewise.
        places: What each of its rows says, as `taskfacets.places` writes it.
    """

    id: str
    url: str
    name: str
    lang: str
    requirements: tuple[str, ...]
    phases: tuple[str, ...]
    roles: tuple[str, ...]
    services: tuple[str, ...]
    places: str


class Finder:
    """Lists tasks.

    Args:
        contract: The vocabularies.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    def values(self, _: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what the view shows."""
        records = context.playbook.records(context.locale).values()
        return {
            "facets": facets(records, self._contract, context.locale),
            "rows": [self._row(record, context) for record in records],
            "counts": Counter(record.occurrences[0].task.requirement for record in records),
        }

    def _row(self, record: TaskRecord, context: RenderContext) -> FinderRow:
        return FinderRow(
            id=record.id,
            url=task_url(record.id, context),
            name=record.name,
            lang=record.locale,
            requirements=record.requirements,
            phases=record.phases,
            roles=self._names("roles", record.roles, context.locale),
            services=self._names("services", record.services, context.locale),
            places=places(map(said, record.occurrences)),
        )

    def _names(self, vocabulary: str, uses: Iterable[TermUse], locale: str) -> tuple[str, ...]:
        terms = self._contract.vocabulary(vocabulary)
        return tuple(terms[use.key].name(locale) if use.key else use.text for use in uses)
