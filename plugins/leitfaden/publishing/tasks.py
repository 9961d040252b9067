"""All tasks as data: what the finder shows, for programs and for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from leitfaden.contract import Contract
from leitfaden.model import Occurrence, Playbook, TaskRecord, TermUse

VERSION = 1
COLUMNS = ("id", "name", "requirement", "phases", "roles", "services", "address")
_BETWEEN = ", "  # the values of one cell
# What a spreadsheet takes for the beginning of a formula, in any width.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
# The same where a spreadsheet of another country, which knows other separators, begins a cell.
_FORMULA_WITHIN = re.compile(r'([;\t\r\n][ "]*)(?=[=+@\uff1d\uff0b\uff20]|[-\uff0d](?! ))')

Json: TypeAlias = dict[str, Any]
UrlOf: TypeAlias = Callable[[str], str]


def tasks_json(
    playbook: Playbook,
    contract: Contract,
    locale: str,
    task_url: UrlOf,
    page_url: UrlOf,
) -> str:
    """Return all tasks as JSON, with all rows that state them.

    Args:
        playbook: The tasks.
        contract: The vocabularies.
        locale: The language of the names.
        task_url: Returns the address of the page of a task by the task's id.
        page_url: Returns the address of a page by the page's id.
    """

    def row(one: Occurrence) -> Json:
        return {
            "page": one.page.id,
            "address": f"{page_url(one.page.id)}#{one.anchor}",
            "step": one.step.heading.text if one.step else None,
            "requirement": one.task.requirement,
            "phases": list(one.page.phases),
            "roles": _terms(contract.roles, one.task.roles, locale),
            "services": _terms(contract.services, one.task.services, locale),
        }

    def task(record: TaskRecord) -> Json:
        return {
            "id": record.id,
            "name": record.name,
            "language": record.locale,
            "address": task_url(record.id),
            "requirements": list(record.requirements),
            "phases": list(record.phases),
            "roles": _terms(contract.roles, record.roles, locale),
            "services": _terms(contract.services, record.services, locale),
            "contradictions": [trait.value for trait in record.conflicts],
            "version": playbook.version_of(record),
            "rows": [row(one) for one in record.occurrences],
        }

    content = {
        "version": VERSION,
        "language": locale,
        "names": {
            name: {key: term.name(locale) for key, term in contract.vocabulary(name).items()}
            for name in ("requirements", "phases", "roles", "services")
        },
        "tasks": [task(record) for record in playbook.records(locale).values()],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def tasks_csv(
    playbook: Playbook,
    contract: Contract,
    locale: str,
    task_url: UrlOf,
    header: Sequence[str] = COLUMNS,
) -> str:
    """Return all tasks as a table of comma-separated values, one row a task.

    Nothing in it is a formula for a spreadsheet: text that begins like one gets an apostrophe in
    front.

    Args:
        playbook: The tasks.
        contract: The vocabularies.
        locale: The language of the names.
        task_url: Returns the address of the page of a task by the task's id.
        header: What the columns are called, in the order of `COLUMNS`.
    """

    def names(vocabulary: str, keys: Iterable[str]) -> str:
        terms = contract.vocabulary(vocabulary)
        return _BETWEEN.join(terms[key].name(locale) if key in terms else key for key in keys)

    def uses(vocabulary: str, found: Iterable[TermUse]) -> str:
        return names(vocabulary, (use.key or use.text for use in found))

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(map(as_cell, header))
    for record in playbook.records(locale).values():
        row = (
            record.id,
            record.name,
            names("requirements", record.requirements),
            names("phases", record.phases),
            uses("roles", record.roles),
            uses("services", record.services),
            task_url(record.id),
        )
        writer.writerow(map(as_cell, row))
    return stream.getvalue()


def as_cell(text: str) -> str:
    """Return a text so that no spreadsheet computes it."""
    text = _FORMULA_WITHIN.sub(r"\1'", text.replace("\0", ""))
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _terms(
    vocabulary: Mapping[str, Any], uses: Iterable[TermUse], locale: str
) -> list[dict[str, str | None]]:
    """Return terms by key and name; those that the contract does not know as they are written."""
    return [
        {"key": use.key, "name": vocabulary[use.key].name(locale) if use.key else use.text}
        for use in uses
    ]
