"""A task as readers meet it: gathered from all rows that state it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from leitfaden.model.page import Page, Step, Task, TermUse

_DIGITS = 12  # of a digest: enough to tell the versions of one task apart


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A task where a page states it.

    Args:
        page: The page, which may show the task from a file that it includes.
        step: The step that it belongs to, or None when it stands outside of any.
        task: The task.
        number: How often the page has stated the task up to here.
    """

    page: Page
    step: Step | None
    task: Task
    number: int = 1

    @property
    def anchor(self) -> str:
        """The id of its row on the page."""
        anchor = f"task-{self.task.id}"
        return anchor if self.number == 1 else f"{anchor}--{self.number}"


class Trait(StrEnum):
    """What rows say of a task, and may contradict each other in."""

    NAME = "name"
    REQUIREMENT = "requirement"
    ROLES = "roles"
    SERVICES = "services"


@dataclass(frozen=True)
class TaskRecord:
    """A task with all rows that state it, for the readers of one locale.

    Args:
        id: Its digits.
        occurrences: Where it is stated: at least once; a page that lacks a translation stands for
            itself.
        reader: The readers' locale, in which the task is named if any row is written in it.
    """

    id: str
    occurrences: tuple[Occurrence, ...]
    reader: str = ""

    @cached_property
    def _named(self) -> Occurrence:
        named = [one for one in self.occurrences if one.task.name.text] or self.occurrences
        return next((one for one in named if one.page.locale == self.reader), named[0])

    @property
    def name(self) -> str:
        """What it is called, in the language of `locale`; empty if no row says."""
        return self._named.task.name.text

    @property
    def locale(self) -> str:
        """The locale of the page that its name is taken from."""
        return self._named.page.locale

    @property
    def requirement(self) -> str | None:
        """The key of its requirement, as the first row has it that says one."""
        return next(iter(self.requirements), None)

    @cached_property
    def requirements(self) -> tuple[str, ...]:
        """The keys of all requirements that rows state, each once."""
        found = (one.task.requirement for one in self.occurrences)
        return tuple(dict.fromkeys(key for key in found if key))

    @cached_property
    def roles(self) -> tuple[TermUse, ...]:
        """Who does it, each once: known terms by key, others as they are written."""
        return _each_once(use for one in self.occurrences for use in one.task.roles)

    @cached_property
    def services(self) -> tuple[TermUse, ...]:
        """What it is for, each once."""
        return _each_once(use for one in self.occurrences for use in one.task.services)

    @cached_property
    def phases(self) -> tuple[str, ...]:
        """The keys of the phases of its pages, each once."""
        return tuple(dict.fromkeys(p for one in self.occurrences for p in one.page.phases))

    @cached_property
    def conflicts(self) -> tuple[Trait, ...]:
        """In what rows of one language contradict each other."""
        rows: dict[Trait, dict[str, set[object]]] = {trait: {} for trait in Trait}
        for one in self.occurrences:
            for trait, value in _traits(one.task).items():
                if value:
                    rows[trait].setdefault(one.page.locale, set()).add(value)
        return tuple(
            trait
            for trait, by_locale in rows.items()
            if any(len(values) > 1 for values in by_locale.values())
        )

    @cached_property
    def digest(self) -> str:
        """What tells one version of the task from another: a hash of all that its rows say."""
        said = sorted(
            repr(sorted((trait.value, str(value)) for trait, value in _traits(one.task).items()))
            for one in self.occurrences
        )
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:_DIGITS]


def _traits(task: Task) -> dict[Trait, object]:
    return {
        Trait.NAME: folded(task.name.text),
        Trait.REQUIREMENT: task.requirement or "",
        Trait.ROLES: _said(task.roles),
        Trait.SERVICES: _said(task.services),
    }


def _said(uses: Iterable[TermUse]) -> tuple[str, ...]:
    return tuple(sorted({use.key or folded(use.text) for use in uses}))


def _each_once(uses: Iterable[TermUse]) -> tuple[TermUse, ...]:
    found: dict[str, TermUse] = {}
    for use in uses:
        found.setdefault(use.key or f"\0{folded(use.text)}", use)
    return tuple(found.values())


def folded(text: str) -> str:
    """Return a text without what makes no other text of it: blanks, case, forms of letters."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
