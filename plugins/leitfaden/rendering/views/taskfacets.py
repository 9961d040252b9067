"""What tasks can be chosen by: the same for the finder and the checklist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from leitfaden.contract import Contract, terms_in_order
from leitfaden.model import Occurrence, TaskRecord
from leitfaden.model.madeids import task_page
from leitfaden.rendering.context import RenderContext

# The vocabulary of each facet; its name is also that of the parameter in an address.
VOCABULARIES = {
    "phase": "phases",
    "role": "roles",
    "service": "services",
    "requirement": "requirements",
}


class Option(NamedTuple):
    """A value of a facet.

    Args:
        key: The term.
        name: In the reader's language.
        covers_all: Whether it fits whatever value is chosen.
    """

    key: str
    name: str
    covers_all: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """Something that tasks can be chosen by, with the values that rows really state."""

    key: str
    options: tuple[Option, ...]


class Said(NamedTuple):
    """What one row says of its task, in keys; the fields are those of `VOCABULARIES`."""

    phase: tuple[str, ...]
    role: tuple[str, ...]
    service: tuple[str, ...]
    requirement: tuple[str, ...]


def said(occurrence: Occurrence) -> Said:
    """Return what a row says, as far as the contract knows the terms."""
    task = occurrence.task
    requirement = (task.requirement,) if task.requirement else ()
    return Said(occurrence.page.phases, task.role_keys, task.service_keys, requirement)


def places(rows: Iterable[Said]) -> str:
    """Return what rows say in one attribute: rows by `|`, fields by `;`, keys by `,`."""
    return "|".join(dict.fromkeys(";".join(map(",".join, row)) for row in rows))


def facets(records: Iterable[TaskRecord], contract: Contract, locale: str) -> tuple[Facet, ...]:
    """Return the facets of which rows state a value, each with its values in the contract's order.

    Args:
        records: The tasks.
        contract: The vocabularies.
        locale: The reader's locale.
    """
    rows = {said(one) for record in records for one in record.occurrences}
    stated = {key: {one for row in rows for one in getattr(row, key)} for key in VOCABULARIES}
    found = (
        Facet(
            key,
            tuple(
                Option(term.key, term.name(locale), term.covers_all)
                for term in terms_in_order(contract.vocabulary(vocabulary).values())
                if term.key in stated[key]
            ),
        )
        for key, vocabulary in VOCABULARIES.items()
    )
    return tuple(facet for facet in found if facet.options)


def task_url(task_id: str, context: RenderContext) -> str:
    """Return the address of the page of a task."""
    return context.url_of(task_page(task_id)) or ""
