"""What a page says without words of a language: it must be the same in every translation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from leitfaden.model import Include, LabelBlock, Span, Table, Task, TermUse, Video


class FactKind(StrEnum):
    """What a fact is about."""

    LABEL = "label"
    REQUIREMENT = "requirement"
    ROLES = "roles"
    SERVICES = "services"
    COLUMNS = "columns"
    INCLUDE = "include"
    VIDEO = "video"


class Fact(NamedTuple):
    """Something that a page says in terms of the contract.

    Args:
        kind: What it is about.
        owner: The key of the unit or part that it belongs to.
        name: What of it: a label's key; empty where the kind says all.
        values: The keys that it names, in any order.
        span: Where it stands.
        is_known: Whether all that stands there is known, so that it can be compared.
    """

    kind: FactKind
    owner: str
    name: str
    values: tuple[str, ...]
    span: Span
    is_known: bool = True


def label_facts(block: LabelBlock, owner: str) -> Iterator[Fact]:
    """Yield what label lines say.

    Args:
        block: The lines.
        owner: The key of the part that they stand in.
    """
    for label in block.labels:
        values, is_known = _keys(label.values)
        span = label.name_span.cover(label.value_span)
        yield Fact(FactKind.LABEL, owner, label.key, values, span, is_known)


def task_facts(task: Task, owner: str) -> Iterator[Fact]:
    """Yield what a task's row says besides its name.

    Args:
        task: The task.
        owner: The key of its unit.
    """
    requirement = task.requirement_use
    if task.requirement and requirement:
        yield Fact(FactKind.REQUIREMENT, owner, "", (task.requirement,), requirement.span)
    for kind, uses in ((FactKind.ROLES, task.roles), (FactKind.SERVICES, task.services)):
        if uses:
            values, is_known = _keys(uses)
            span = uses[0].span.cover(uses[-1].span)
            yield Fact(kind, owner, "", values, span, is_known)


def table_fact(table: Table, owner: str) -> Fact:
    """Return which columns a table has.

    Args:
        table: The table.
        owner: The key of the table.
    """
    span = table.header[0].span.cover(table.header[-1].span) if table.header else table.span
    columns = tuple(column or "" for column in table.columns)
    return Fact(FactKind.COLUMNS, owner, "", columns, span)


def shown_fact(shown: Include | Video, owner: str) -> Fact:
    """Return what a page shows in a place: another file, or a video.

    Args:
        shown: It.
        owner: The key of the part that it stands in.
    """
    if isinstance(shown, Video):
        return Fact(FactKind.VIDEO, owner, "", (shown.url,), shown.span, is_known=False)
    return Fact(FactKind.INCLUDE, owner, "", (shown.page_id,), shown.span, bool(shown.page_id))


def _keys(uses: Iterable[TermUse]) -> tuple[tuple[str, ...], bool]:
    found = [use.key for use in uses]
    return tuple(sorted({key for key in found if key})), None not in found
