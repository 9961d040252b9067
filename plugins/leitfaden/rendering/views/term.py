"""What the pages of terms show: a role, a service, a phase or a motion, and the lists of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from leitfaden.contract import Contract, terms_in_order
from leitfaden.model import Occurrence, Page, Playbook
from leitfaden.model.madeids import FINDER, task_page
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.lexicon import Lexicon
from leitfaden.rendering.memory import OncePerLocale
from leitfaden.rendering.views.pagelists import (
    Chip,
    Chips,
    PageLink,
    page_link,
    page_links,
    pages_in_order,
)
from leitfaden.rendering.views.taskfacets import VOCABULARIES

# The parameter of the finder that chooses a term, by the term's vocabulary.
_PARAMETERS = {vocabulary: parameter for parameter, vocabulary in VOCABULARIES.items()}


@dataclass(frozen=True, slots=True)
class TermTask:
    """A row of a page that states a task.

    Args:
        id: The task's number.
        name: Its name there.
        lang: The locale that the name is written in.
        url: The task's page, or None.
        row_url: The row.
        requirement: Its key, or None.
    """

    id: str
    name: str
    lang: str
    url: str | None
    row_url: str
    requirement: str | None


@dataclass(frozen=True, slots=True)
class TermPage:
    """A page with the tasks that it states for a term: first those that must be done."""

    page: PageLink
    tasks: tuple[TermTask, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TermPhase:
    """The pages of a phase; without a phase, those that name none."""

    phase: Chip | None
    pages: tuple[TermPage, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TermLabel:
    """The pages on which a label names a term."""

    key: str
    name: str
    pages: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class TermAbout:
    """All that the page of a term shows.

    Args:
        vocabulary: The term's vocabulary.
        key: The term.
        name: In the reader's language.
        phases: The tasks.
        counts: How many tasks there are of each requirement.
        total: How many there are in all.
        labels: The pages that name the term in a label.
        covering: Terms that stand for all of the vocabulary, and so for this one, too.
        finder: The list of all tasks with this term chosen, or None.
        finder_of: The same for each requirement of which there are tasks.
    """

    vocabulary: str
    key: str
    name: str
    phases: tuple[TermPhase, ...]
    counts: Mapping[str, int]
    total: int
    labels: tuple[TermLabel, ...]
    covering: tuple[Chip, ...]
    finder: str | None
    finder_of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term in the list of its vocabulary."""

    term: Chip
    tasks: int
    counts: Mapping[str, int]
    pages: int


@dataclass(slots=True)
class _Use:
    """What names a term: rows by page, and pages by label."""

    rows: dict[str, list[Occurrence]] = field(default_factory=dict)
    labels: dict[str, list[Page]] = field(default_factory=dict)

    def pages(self) -> frozenset[str]:
        labelled = (page.id for pages in self.labels.values() for page in pages)
        return frozenset((*self.rows, *labelled))


@dataclass(slots=True)
class _Index:
    """What names each term, and the order of the pages."""

    ranks: Mapping[str, int]
    uses: dict[tuple[str, str], _Use] = field(default_factory=dict)

    def of(self, vocabulary: str, key: str) -> _Use:
        return self.uses.setdefault((vocabulary, key), _Use())


class TermPages:
    """Finds what the pages of terms and the lists of terms show.

    Args:
        contract: The vocabularies.
        lexicon: Knows the pages of terms.
    """

    def __init__(self, contract: Contract, lexicon: Lexicon) -> None:
        self._contract = contract
        self._chips = Chips(contract, lexicon)
        self._indexes = OncePerLocale(self._index)
        phases = terms_in_order(contract.phases.values())
        self._phases = {term.key: at for at, term in enumerate(phases)}

    def values(self, page: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return the term that a generated page is about, or the phase of one that was written."""
        folder, _, key = page.id.rpartition("/")
        if not page.view:
            folder, key = "phases", next(iter(page.phases), "")
        known = key and key in self._contract.vocabulary(folder)
        return {"term": self._about(folder, key, context) if known else None}

    def list_values(self, page: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return all terms of the vocabulary that a page lists."""
        vocabulary = page.id.rpartition("/")[0]
        keys: Iterable[str] = self._contract.vocabulary(vocabulary)
        if vocabulary == "phases":
            keys = self._phases
        return {
            "vocabulary": vocabulary,
            "terms": tuple(self._entry(vocabulary, key, context) for key in keys),
        }

    def _entry(self, vocabulary: str, key: str, context: RenderContext) -> TermEntry:
        use = self._uses(context).of(vocabulary, key)
        rows = [row for rows in use.rows.values() for row in rows]
        chip = self._chips.of_key(key, vocabulary, context)
        tasks = {row.task.id for row in rows}
        return TermEntry(chip, len(tasks), self._counts(rows), len(use.pages()))

    def _about(self, vocabulary: str, key: str, context: RenderContext) -> TermAbout:
        use = self._uses(context).of(vocabulary, key)
        rows = [row for rows in use.rows.values() for row in rows]
        counts = self._counts(rows)
        choice = {_PARAMETERS[vocabulary]: key} if vocabulary in _PARAMETERS else {}
        return TermAbout(
            vocabulary=vocabulary,
            key=key,
            name=self._contract.vocabulary(vocabulary)[key].name(context.locale),
            phases=tuple(self._by_phase(vocabulary, key, use, context)),
            counts=counts,
            total=len({row.task.id for row in rows}),
            labels=self._labels(vocabulary, use, context),
            covering=tuple(self._covering(vocabulary, key, context)),
            finder=_finder(choice, context),
            finder_of={
                requirement: url
                for requirement, count in counts.items()
                if count and (url := _finder({**choice, "requirement": requirement}, context))
            },
        )

    def _covering(self, vocabulary: str, key: str, context: RenderContext) -> Iterator[Chip]:
        index = self._uses(context)
        for term in self._contract.vocabulary(vocabulary).values():
            if term.covers_all and term.key != key and index.of(vocabulary, term.key).rows:
                yield self._chips.of_key(term.key, vocabulary, context)

    def _labels(self, vocabulary: str, use: _Use, context: RenderContext) -> tuple[TermLabel, ...]:
        if vocabulary == "phases":
            return ()  # the tasks stand in their pages, and the phase lists its processes
        return tuple(
            TermLabel(label.key, label.name(context.locale), page_links(pages, context))
            for label in self._contract.labels.values()
            if (pages := use.labels.get(label.key))
        )

    def _by_phase(
        self, vocabulary: str, key: str, use: _Use, context: RenderContext
    ) -> Iterator[TermPhase]:
        groups: dict[str | None, list[list[Occurrence]]] = {}
        ranks = self._uses(context).ranks
        for page_id in sorted(use.rows, key=lambda page_id: ranks.get(page_id, len(ranks))):
            rows = use.rows[page_id]
            named = rows[0].page.phases
            phase = key if vocabulary == "phases" else next(iter(named), None)
            groups.setdefault(phase, []).append(rows)
        for phase in sorted(groups, key=lambda phase: self._phases.get(phase or "", len(ranks))):
            of_phase = [row for rows in groups[phase] for row in rows]
            yield TermPhase(
                self._chips.of_key(phase, "phases", context) if phase else None,
                tuple(self._page(rows, context) for rows in groups[phase]),
                self._counts(of_phase),
            )

    def _page(self, rows: Sequence[Occurrence], context: RenderContext) -> TermPage:
        page = page_link(rows[0].page, context)
        places = {key: at for at, key in enumerate(self._contract.requirements)}
        in_place = sorted(rows, key=lambda row: places.get(row.task.requirement or "", len(places)))
        tasks = (
            TermTask(
                row.task.id,
                row.task.name.text,
                row.page.locale,
                context.url_of(task_page(row.task.id)),
                f"{page.url}#{row.anchor}",
                row.task.requirement,
            )
            for row in in_place
        )
        return TermPage(page, tuple(tasks), self._counts(rows))

    def _counts(self, rows: Iterable[Occurrence]) -> Mapping[str, int]:
        """Return how many tasks there are of each requirement, each counted once."""
        stated = {(row.task.requirement, row.task.id) for row in rows}
        found = Counter(requirement for requirement, _ in stated)
        return {key: found[key] for key in self._contract.requirements}

    def _uses(self, context: RenderContext) -> _Index:
        return self._indexes.of(context.playbook, context.locale)

    def _index(self, playbook: Playbook, locale: str) -> _Index:
        pages = pages_in_order(playbook, self._contract, locale)
        index = _Index({page.id: rank for rank, page in enumerate(pages)})
        for page in pages:
            self._take_labels(page, playbook, index)
        for record in playbook.records(locale).values():
            for row in record.occurrences:
                for term in dict.fromkeys(self._named_by(row)):
                    index.of(*term).rows.setdefault(row.page.id, []).append(row)
        return index

    def _take_labels(self, page: Page, playbook: Playbook, index: _Index) -> None:
        parts = tuple(playbook.parts(page)) if page.includes else (page,)
        for label in self._contract.labels.values():
            keys = dict.fromkeys(key for part in parts for key in part.terms(label.key))
            for key in keys:
                index.of(label.vocabulary, key).labels.setdefault(label.key, []).append(page)

    def _named_by(self, row: Occurrence) -> Iterator[tuple[str, str]]:
        """Yield the terms that a row stands for: its own, and of labels those that hold there."""
        yield from (("roles", key) for key in row.task.role_keys)
        yield from (("services", key) for key in row.task.service_keys)
        yield from (("phases", key) for key in row.page.phases)
        assignments = row.step.assignments if row.step else ()
        of_step = [label for one in assignments for label in one.labels]
        for labels in (of_step, row.page.page_labels):
            motions = [key for one in labels if self._names_motions(one.key) for key in one.keys]
            if motions:
                yield from (("motions", key) for key in motions)
                return

    def _names_motions(self, label: str) -> bool:
        return self._contract.labels[label].vocabulary == "motions"


def _finder(choice: Mapping[str, str], context: RenderContext) -> str | None:
    url = context.url_of(FINDER)
    return f"{url}?{urlencode(choice)}" if url and choice else url
