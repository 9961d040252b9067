"""What readers can find: pages, their parts, tasks, terms and words of the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from leitfaden.contract import Contract
from leitfaden.contract.term import Term
from leitfaden.contract.vocabulary import spellings
from leitfaden.model import Assignment, Heading, Inclusion, Occurrence, Page, Playbook, TaskRecord
from leitfaden.model.madeids import task_page, term_page
from leitfaden.rendering.outline import Outline, Part, outline_of

FACETS = ("phases", "roles", "services", "requirements")
TASK, STEP, SECTION, ENTRY = "task", "step", "section", "entry"
_TASK_PAGE = "task-page"
_LISTS = ("glossary",)  # kinds of page that say nothing but what their entries say
_BETWEEN = " · "
_INLINE = frozenset(("emphasis", "strong", "strikethrough", "link", "image", "description"))


class Facets(NamedTuple):
    """By what readers narrow their search: keys of terms."""

    phases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()


class Document(NamedTuple):
    """Something that readers can find.

    Args:
        kind: The page's kind for a page as a whole, else `task`, `step`, `section` or `entry`.
        title: What it is called.
        anchor: Where it is on its page; empty for the page as a whole.
        names: What else it is called.
        facts: Who does it, for what: words of the contract, in the reader's language.
        text: What it says.
        facets: By what it can be narrowed down.
        number: The id of a task.
    """

    kind: str
    title: str
    anchor: str = ""
    names: tuple[str, ...] = ()
    facts: str = ""
    text: str = ""
    facets: Facets = Facets()
    number: str = ""


class PageDocuments(NamedTuple):
    """A page that readers can find, with all that they can find on it.

    Args:
        page_id: The page.
        documents: The page as a whole, then its parts in their order.
        locale: The language of its texts.
        trail: Where it belongs to, in words.
    """

    page_id: str
    documents: tuple[Document, ...]
    locale: str
    trail: str = ""


class Made(NamedTuple):
    """A page that no file holds, and that is about one thing.

    Args:
        page_id: Its id.
        view: What it shows: `task`, `rule`, or the vocabulary's own view.
        subject: The task's id, or the term's key.
        title: What it is called, where nothing else knows.
        text: What it says, where nothing else knows.
    """

    page_id: str
    view: str
    subject: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Passage:
    """The text below a heading, up to the next one."""

    heading: Heading | None
    anchor: str
    pieces: list[str]

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


_Occurrences: TypeAlias = Mapping[str, list[Occurrence]]


def documents_of(
    playbook: Playbook, contract: Contract, locale: str, made: Iterable[Made]
) -> list[PageDocuments]:
    """Return what readers of a locale can find in their own language.

    Pages that are not translated are not among them, and neither are those that exclude themselves
    with `search: {exclude: true}`.

    Args:
        playbook: The pages; those that no file holds are left out, see `made`.
        contract: The names of things.
        locale: The readers' locale.
        made: The pages that no file holds.
    """
    stated = _stated(playbook, locale)
    pages = playbook.pages.get(locale, {}).values()
    written = [
        _Reader(page, playbook, contract, stated.get(page.id, [])).read()
        for page in pages
        if not page.view and page.is_searched
    ]
    records = playbook.records(locale)
    others = [found for one in made if (found := _made(one, contract, locale, records)) is not None]
    return written + others


def _stated(playbook: Playbook, locale: str) -> _Occurrences:
    """Return where the pages of a locale itself state tasks, by page."""
    found: dict[str, list[Occurrence]] = {}
    for record in playbook.records(locale).values():
        for one in record.occurrences:
            if one.page.locale == locale:
                found.setdefault(one.page.id, []).append(one)
    return found


class _Reader:
    """Reads the documents of one page.

    Args:
        page: The page.
        playbook: All pages, for what it includes.
        contract: The names of things.
        stated: The tasks that it states.
    """

    def __init__(
        self, page: Page, playbook: Playbook, contract: Contract, stated: Sequence[Occurrence]
    ) -> None:
        self._page = page
        self._contract = contract
        self._locale = page.locale
        self._stated = stated
        self._outline = outline_of(page, playbook, contract)
        self._steps = {step.heading.span: step for step in page.steps}

    def read(self) -> PageDocuments:
        page = self._page
        lead, *passages = self._passages()
        phases = page.phases
        trail = _BETWEEN.join(self._names("phases", phases))
        parts = [self._part(passage, phases) for passage in self._merged(lead, passages)]
        tasks = [self._task(one) for one in self._stated]
        entries = self._entries() if self._contract.kinds[page.kind].view in _LISTS else []
        whole = self._whole(lead, phases, [*parts, *tasks])
        return PageDocuments(page.id, (whole, *parts, *tasks, *entries), page.locale, trail)

    def _whole(
        self, lead: _Passage, phases: tuple[str, ...], parts: Sequence[Document]
    ) -> Document:
        page = self._page
        about = page.front_matter.text("description")
        return Document(
            page.kind,
            page.title,
            names=self._other_names(phases),
            facts=_BETWEEN.join(self._names("phases", phases)),
            text=_joined(about, lead.text),
            facets=Facets(
                phases,
                *(
                    tuple(dict.fromkeys(key for one in parts for key in getattr(one.facets, name)))
                    for name in FACETS[1:]
                ),
            ),
        )

    def _other_names(self, phases: tuple[str, ...]) -> tuple[str, ...]:
        """Return what else a page is called: one about a phase is called as the phase is."""
        if not self._page.is_about_phase:
            return ()
        terms = self._contract.phases
        return tuple(text for key in phases for text, _ in spellings(terms[key], self._locale))

    def _merged(self, lead: _Passage, passages: Sequence[_Passage]) -> Iterator[_Passage]:
        """Yield the passages that count: a known part of a section belongs to what is above."""
        above = lead
        for passage in passages:
            heading = passage.heading
            if heading is None or heading.level == 1:
                lead.pieces.extend((" ", *passage.pieces))
            elif heading.section and self._contract.sections[heading.section].within:
                above.pieces.extend((" ", *passage.pieces))
            else:
                above = passage
                yield passage

    def _part(self, passage: _Passage, phases: tuple[str, ...]) -> Document:
        heading = passage.heading
        assert heading is not None  # what has none is the page's lead
        step = self._steps.get(heading.span)
        terms = self._terms(step.assignments) if step else {}
        named = {name: terms.get(name, ()) for name in ("roles", "services")}
        facts = [", ".join(self._names(name, keys)) for name, keys in named.items() if keys]
        return Document(
            STEP if step else SECTION,
            heading.text,
            passage.anchor,
            facts=_BETWEEN.join(facts),
            text=passage.text,
            facets=Facets(phases, named["roles"], named["services"]) if step else Facets(phases),
        )

    def _terms(self, assignments: Iterable[Assignment]) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for assignment in assignments:
            for label in assignment.labels:
                name = self._contract.labels[label.key].vocabulary
                found.setdefault(name, {}).update(dict.fromkeys(label.keys))
        return {name: tuple(keys) for name, keys in found.items()}

    def _task(self, one: Occurrence) -> Document:
        task = one.task
        requirements = (task.requirement,) if task.requirement else ()
        facets = Facets(self._page.phases, task.role_keys, task.service_keys, requirements)
        named = (facets.requirements, facets.roles, facets.services)
        facts = [
            ", ".join(self._names(name, keys))
            for name, keys in zip(("requirements", "roles", "services"), named, strict=True)
            if keys
        ]
        return Document(
            TASK,
            task.name.text,
            one.anchor,
            facts=_BETWEEN.join(facts),
            facets=facets,
            number=task.id,
        )

    def _entries(self) -> list[Document]:
        return [
            Document(
                ENTRY,
                entry.name(self._locale),
                f"term-{key}",
                names=tuple(text for text, _ in spellings(entry, self._locale))[1:],
                text=entry.definition[self._locale],
            )
            for key, entry in self._contract.glossary.items()
        ]

    def _names(self, vocabulary: str, keys: Iterable[str]) -> list[str]:
        terms = self._contract.vocabulary(vocabulary)
        return [terms[key].name(self._locale) for key in keys]

    def _passages(self) -> list[_Passage]:
        walk = _Walk(self._outline)
        walk.through(self._page, None, self._outline.inclusions)
        return walk.passages


class _Walk:
    """Gathers the texts of a page and of what it includes, heading by heading."""

    def __init__(self, outline: Outline) -> None:
        self._ids = outline.ids
        self.passages = [_Passage(None, "", [])]

    def through(self, page: Page, part: Part, inner: Sequence[Inclusion[Page]]) -> None:
        ids = self._ids[part]
        headings = {one.events[0]: (one, ids[at]) for at, one in enumerate(page.headings)}
        skipped = _told_elsewhere(page)
        waiting = sorted(((one.include.span.start, one) for one in inner), key=itemgetter(0))
        pieces = self.passages[-1].pieces
        events = page.events
        at = 0
        while at < len(events):
            kind, tag, value, start, _ = events[at]
            while waiting and waiting[0][0] <= start:
                self._include(waiting.pop(0)[1])
                pieces = self.passages[-1].pieces
            if at in headings:
                heading, anchor = headings[at]
                self.passages.append(_Passage(heading, anchor, []))
                pieces = self.passages[-1].pieces
                at = heading.events[1]
                continue
            if at in skipped:
                at = skipped[at]
                continue
            if kind == "text":
                text = str(value)
                if not (text.startswith("[!") and text.endswith("]")):
                    pieces.append(text)
            elif kind == "code":
                pieces.append(str(value))
            elif kind in ("soft-break", "hard-break") or (kind == "close" and tag not in _INLINE):
                pieces.append(" ")
            at += 1
        for _, inclusion in waiting:
            self._include(inclusion)

    def _include(self, inclusion: Inclusion[Page]) -> None:
        if inclusion.page is not None:
            self.through(inclusion.page, inclusion, inclusion.inner)


def _told_elsewhere(page: Page) -> dict[int, int]:
    """Return the ranges of events that documents of their own, or facts, tell already."""
    ranges = [block.events for block in page.label_blocks if block.whole]
    ranges += [table.table.events for table in page.task_tables]
    if page.update_summary:  # it names what was changed, not what is said here
        ranges.append(page.update_summary.table.events)
    return dict(ranges)


def _made(
    one: Made, contract: Contract, locale: str, records: Mapping[str, TaskRecord]
) -> PageDocuments | None:
    if one.title:
        document = Document(one.view, one.title, text=one.text)
        return PageDocuments(one.page_id, (document,), locale)
    vocabulary = one.page_id.partition("/")[0]
    if one.page_id == task_page(one.subject):
        record = records.get(one.subject)
        return _made_task(one, record, contract, locale) if record else None
    if one.page_id != term_page(vocabulary, one.subject):
        return None
    term: Term = contract.vocabulary(vocabulary)[one.subject]
    name, *others = (text for text, _ in spellings(term, locale))
    facets = Facets(**{vocabulary: (one.subject,)}) if vocabulary in FACETS else Facets()
    document = Document(one.view, name, names=tuple(others), facets=facets)
    return PageDocuments(one.page_id, (document,), locale)


def _made_task(one: Made, record: TaskRecord, contract: Contract, locale: str) -> PageDocuments:
    phases = contract.phases
    document = Document(_TASK_PAGE, record.name, number=record.id)
    trail = _BETWEEN.join(phases[key].name(locale) for key in record.phases)
    return PageDocuments(one.page_id, (document,), record.locale, trail)


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))
