"""What the components show: the model, put into the words of a language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from leitfaden.contract import Contract
from leitfaden.model import Assignment, Label, Span, TermUse
from leitfaden.reading.markdown import cell_events, plain_text

_NOTHING = Markup()
_MARKUP = re.compile(r"[*_`\[<&\\~]")
_NO_VALUE = "–"


@dataclass(frozen=True, slots=True)
class Value:
    """A term in a fact box or a cell.

    Args:
        text: As the writer wrote it.
        name: The contract's name of the term in the page's language; the text if it is unknown.
        key: The term; None if no term has that spelling, empty if there is no value at all.
        url: Where it leads to, or None.
    """

    text: str
    name: str
    key: str | None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a fact box."""

    key: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class TaskCell:
    """A cell of a task table: what column it belongs to, and what it shows."""

    column: str | None
    html: Markup = _NOTHING
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row of a task table.

    Args:
        anchor: The row's id; empty for a row that states no task.
        task: The task's id; empty for a row that states none.
        url: The page about the task, or None.
        requirement: `mandatory`, `optional` or None.
        cells: In the order of the columns.
        lang: The locale of a row that the page lacks and shows as its original has it, or empty.
    """

    anchor: str
    task: str
    url: str | None
    requirement: str | None
    cells: tuple[TaskCell, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a task table."""

    key: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the update summary."""

    iso: str
    date: str
    by: Markup
    what: Markup
    notes: Markup


class Wording:
    """Puts terms and dates into the language of a page.

    Args:
        contract: Names and formats.
        locale: The page's locale.
        url_of_term: Says where the site tells more about a term: vocabulary, term key → URL.
        url_around: Returns the address of the link that the writer put around a span, or None.
    """

    def __init__(
        self,
        contract: Contract,
        locale: str,
        url_of_term: Callable[[str, str], str | None],
        url_around: Callable[[Span], str | None],
    ) -> None:
        self._contract = contract
        self._locale = locale
        self._url_of_term = url_of_term
        self._url_around = url_around

    def facts(self, assignment: Assignment, text: str) -> tuple[Fact, ...]:
        """Return the lines of a fact box.

        Args:
            assignment: The labels.
            text: The page's text.
        """
        return tuple(self._fact(label, text) for label in assignment.labels)

    def _fact(self, label: Label, text: str) -> Fact:
        spec = self._contract.labels[label.key]
        values = tuple(self.value(use, spec.vocabulary) for use in label.values)
        if not values:
            written = shown(label.value_span.of(text)) or _NO_VALUE
            values = (Value(written, written, ""),)
        return Fact(label.key, spec.name(self._locale), values)

    def value(self, use: TermUse, vocabulary: str) -> Value:
        """Return a term as it is shown."""
        text = shown(use.text)
        url = self._url_around(use.span)
        if use.key is None:
            return Value(text, text, None, url)
        name = self._contract.vocabulary(vocabulary)[use.key].name(self._locale)
        return Value(text, name, use.key, url or self._url_of_term(vocabulary, use.key))

    def values(self, uses: Sequence[TermUse], vocabulary: str) -> tuple[Value, ...]:
        """Return several terms as they are shown."""
        return tuple(self.value(use, vocabulary) for use in uses)

    def date(self, day: dt.date | None, text: str) -> tuple[str, str]:
        """Return a day as ISO and as the page's language writes it; unreadable ones as written."""
        if day is None:
            return "", text
        return day.isoformat(), day.strftime(self._contract.locales[self._locale].dates)


def has_markup(source: str) -> bool:
    """Tell whether a piece of Markdown may be more than plain text."""
    return _MARKUP.search(source) is not None


def shown(source: str) -> str:
    """Return what a reader sees of a piece of Markdown, without markup."""
    if not has_markup(source):
        return source
    return plain_text(cell_events(source.replace("|", r"\|"))) or source
