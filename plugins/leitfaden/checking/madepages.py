"""The pages that a site makes besides those that were written: their ids, and what they show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from leitfaden.checking.registry import all_rules
from leitfaden.contract import Contract
from leitfaden.model import Playbook
from leitfaden.model.madeids import (
    CHANGES,
    CHECKLIST,
    FINDER,
    MAP,
    RULES_INDEX,
    STATUS,
    WHOLE_PRINT,
    print_page,
    rule_page,
    task_page,
    term_page,
    terms_index,
)

# The view of one term's page, by the vocabulary that the term is in; the vocabulary is the folder.
_VIEWS_OF_TERMS = {"phases": "phase", "roles": "role", "services": "service", "motions": "motion"}


class MadePage(NamedTuple):
    """A page that shows what the playbook knows, and that no file holds.

    Args:
        page_id: Its id.
        view: The view that shows it.
        subject: What it is about: a task's id or a term's key; empty for a list of all.
        vocabulary: The vocabulary of the term, or of all the terms that are listed.
    """

    page_id: str
    view: str
    subject: str = ""
    vocabulary: str = ""


def made_pages(contract: Contract, playbook: Playbook) -> Iterator[MadePage]:
    """Yield the pages that show what a playbook knows; those of rules are not among them.

    A playbook without tasks has no pages about tasks, one without phases no map, and one in but one
    language nothing to tell about translations.

    Args:
        contract: The vocabularies.
        playbook: The pages that were written.
    """
    tasks = {task_id for locale in playbook.locales for task_id in playbook.records(locale)}
    if tasks:
        yield MadePage(FINDER, "finder")
        yield MadePage(CHECKLIST, "checklist")
        yield from (MadePage(task_page(task_id), "task", task_id) for task_id in sorted(tasks))
    yield from _terms(contract, _phases_with_page(playbook))
    if any(page.update_summary for page in playbook):
        yield MadePage(CHANGES, "changes")
    if any(page.phases for page in playbook):
        yield MadePage(MAP, "map")
    if playbook.ids and len(playbook.locales) > 1:
        yield MadePage(STATUS, "status")
    if playbook.ids:
        yield MadePage(WHOLE_PRINT, "print")
    for phase in contract.ordered_phases:
        yield MadePage(print_page(phase.key), "print", phase.key, "phases")


def made_ids(contract: Contract, tasks: Iterable[str]) -> frozenset[str]:
    """Return the ids of all pages that a site may make, those of rules included.

    Args:
        contract: The vocabularies, and whether rules have pages.
        tasks: The ids of the tasks that pages state.
    """
    rules = (RULES_INDEX, *map(rule_page, all_rules())) if contract.checks.pages else ()
    terms = (page.page_id for page in _terms(contract, ()))
    prints = (print_page(phase.key) for phase in contract.ordered_phases)
    lists = (FINDER, CHECKLIST, MAP, CHANGES, WHOLE_PRINT)
    status = (STATUS,) if len(contract.locales) > 1 else ()
    return frozenset((*rules, *map(task_page, tasks), *terms, *prints, *lists, *status))


def _terms(contract: Contract, with_page: Collection[str]) -> Iterator[MadePage]:
    """Yield the pages of all terms, but those of phases that somebody has written."""
    for vocabulary, view in _VIEWS_OF_TERMS.items():
        terms = contract.vocabulary(vocabulary)
        if terms:
            yield MadePage(terms_index(vocabulary), "terms", "", vocabulary)
        for key in terms:
            if vocabulary != "phases" or key not in with_page:
                yield MadePage(term_page(vocabulary, key), view, key, vocabulary)


def _phases_with_page(playbook: Playbook) -> frozenset[str]:
    return frozenset(phase for page in playbook if page.is_about_phase for phase in page.phases)
