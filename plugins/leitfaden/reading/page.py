"""Bytes → `Page`: the one place where a page is parsed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leitfaden.contract import Contract
from leitfaden.model import (
    Defect,
    DefectKind,
    Event,
    Heading,
    LabelBlock,
    Link,
    Page,
    Section,
    Span,
    Step,
    Table,
    TaskTable,
)
from leitfaden.reading.frontmatter import read_front_matter
from leitfaden.reading.hoisting import hoist
from leitfaden.reading.labels import LabelReader
from leitfaden.reading.markdown import closing, plain_text, read_events
from leitfaden.reading.source import decode
from leitfaden.reading.summary import read_summary
from leitfaden.reading.tables import TableReader, trimmed
from leitfaden.reading.tasks import TaskReader
from leitfaden.reading.terms import TermReader


class PageReader:
    """Reads pages by one contract; make it once and use it for all of them.

    Args:
        contract: The playbook's contract.
    """

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        terms = TermReader(contract)
        self._labels = LabelReader(contract, terms)
        self._tables = TableReader(contract)
        self._tasks = TaskReader(contract, terms)

    def read(self, data: bytes, *, path: str, locale: str, page_id: str) -> Page:
        """Read a page. Never raises for what a page may hold: defects stay on the page.

        Args:
            data: The file's content.
            path: The file, relative to the project.
            locale: The locale of its folder.
            page_id: Its page id.
        """
        source = decode(data)
        front_matter = read_front_matter(source.text)
        parsed = read_events(source.text, front_matter.span.end)
        events, lifted = hoist(parsed, lambda text: self._section(text, locale) is not None)
        body = _Body(self, source.text, events, locale, lifted)
        sections = _sections(body.headings, self.contract, len(source.text))
        steps = _steps(sections, body)
        return Page(
            id=page_id,
            locale=locale,
            path=path,
            kind=self.contract.kind_of(page_id),
            text=source.text,
            bom=source.bom,
            line_starts=source.line_starts,
            front_matter=front_matter,
            events=tuple(events),
            headings=tuple(body.headings),
            label_blocks=tuple(body.label_blocks),
            sections=_with_steps(sections, steps),
            steps=steps,
            task_tables=tuple(body.task_tables),
            tables=tuple(body.tables),
            update_summary=read_summary(body.tables, body.headings, self.contract.dates),
            links=tuple(body.links),
            defects=source.defects,
        )

    def _section(self, text: str, locale: str) -> Any:
        return self.contract.sections.find(text, locale)


class _Body:
    """What one walk over a page's events finds."""

    def __init__(
        self,
        reader: PageReader,
        text: str,
        events: Sequence[Event],
        locale: str,
        lifted: dict[int, DefectKind],
    ) -> None:
        self._reader = reader
        self.text = text
        self._events = events
        self._locale = locale
        self._lifted = lifted
        self.headings: list[Heading] = []
        self.label_blocks: list[LabelBlock] = []
        self.tables: list[Table] = []
        self.task_tables: list[TaskTable] = []
        self.links: list[Link] = []
        self._walk()

    def _walk(self) -> None:
        for index, event in enumerate(self._events):
            if event.kind != "open":
                continue
            if event.tag == "heading":
                self.headings.append(self._heading(index))
            elif event.tag == "paragraph":
                self._paragraph(index)
            elif event.tag == "table":
                table, _ = self._reader._tables.read(self.text, self._events, index, self._locale)
                self._table(table)
            elif event.tag in ("link", "image"):
                self.links.append(self._link(index))

    def _heading(self, index: int) -> Heading:
        event, last = self._events[index], closing(self._events, index)
        inner = self._events[index + 1 : last]
        text = plain_text(inner)
        value: Any = event.value
        found = self._reader._section(text, self._locale)
        end = event.start
        text_span = Span(inner[0].start, inner[-1].end) if inner else Span(end, end)
        lifted = self._lifted.get(event.start)
        span = trimmed(self.text, Span(event.start, event.end))
        return Heading(
            level=int(value["level"][1]),
            text=text,
            span=span,
            text_span=text_span,
            events=(index, last + 1),
            section=found.key if found else None,
            section_locale=found.locale if found else "",
            explicit_id=value["id"],
            defects=(Defect(lifted, span, text),) if lifted else (),
        )

    def _paragraph(self, index: int) -> None:
        event = self._events[index]
        span = Span(event.start, event.end)
        events = (index, closing(self._events, index) + 1)
        reader = self._reader
        block = reader._labels.read(self.text, span, self._locale, events)
        if block:
            self.label_blocks.append(block)
            return
        table = reader._tables.read_refused(self.text, span, events, self._locale)
        if table:
            self._table(table)

    def _table(self, table: Table) -> None:
        tasks = self._reader._tasks.read(self.text, table, self._locale)
        if tasks:
            self.task_tables.append(tasks)
            table = tasks.table
        self.tables.append(table)

    def _link(self, index: int) -> Link:
        event, last = self._events[index], closing(self._events, index)
        value: Any = event.value
        inner = self._events[index + 1 : last]
        after = inner[-1].end if inner else event.start
        return Link(
            target=value["dest_url"],
            text=plain_text(inner),
            span=Span(event.start, event.end),
            target_span=self._target(value, Span(after, event.end)),
            image=event.tag == "image",
            event=index,
        )

    def _target(self, value: Any, behind_text: Span) -> Span:
        """Return where an inline link's target is written; empty for the other kinds."""
        end = Span(behind_text.end, behind_text.end)
        if value["link_type"] != "Inline":
            return end
        opening = self.text.find("(", behind_text.start, behind_text.end)
        if opening < 0:
            return end
        start = trimmed(self.text, Span(opening + 1, behind_text.end)).start
        if self.text.startswith("<", start):
            start += 1
        # Escapes make the written target longer than the read one; then all up to the end counts.
        written = self.text[start : start + len(value["dest_url"])]
        if written == value["dest_url"]:
            return Span(start, start + len(written))
        return trimmed(self.text, Span(start, max(start, behind_text.end - 1)))


def _sections(headings: Sequence[Heading], contract: Contract, length: int) -> list[Section]:
    """Return the level-2 headings, and known sections that were written at another level."""
    opening = [h for h in headings if _opens_section(h, contract)]
    sections = []
    for index, heading in enumerate(opening):
        later = opening[index + 1 :]
        ends = [h.span.start for h in later[:1]]
        ends += [h.span.start for h in headings if h.level == 1 and h.span.start > heading.span.end]
        sections.append(Section(heading, Span(heading.span.start, min(ends, default=length))))
    return sections


def _opens_section(heading: Heading, contract: Contract) -> bool:
    if heading.section is not None:
        return contract.sections[heading.section].level == 2
    return heading.level == 2


def _steps(sections: Sequence[Section], body: _Body) -> tuple[Step, ...]:
    """Return the steps of the page.

    A step is a heading one level below *Approach*. Real pages have lost some behind a later
    section: there a heading is a step when label lines say who does it.
    """
    approach = next((s for s in sections if s.key == "approach"), None)
    if approach is None:
        return ()
    level = approach.heading.level + 1
    starts = [s.heading for s in sections]
    candidates = [
        h
        for h in body.headings
        if h.level == level and h.section is None and h.span.start > approach.span.start
    ]
    steps = []
    for heading in candidates:
        step = _step(heading, starts, body)
        if heading.span.start < approach.span.end or step.assignments:
            steps.append(step)
    return tuple(steps)


def _step(heading: Heading, sections: Sequence[Heading], body: _Body) -> Step:
    later = [h for h in body.headings if h.span.start > heading.span.start]
    ends = [h.span.start for h in later if h.level <= heading.level or h in sections]
    span = Span(heading.span.start, min(ends, default=len(body.text)))
    blocks = [b for b in body.label_blocks if span.start <= b.span.start < span.end]
    tables = [t for t in body.task_tables if span.start <= t.span.start < span.end]
    assignments = tuple(a for block in blocks for a in block.assignments)
    return Step(heading, span, assignments, tuple(tables))


def _with_steps(sections: Sequence[Section], steps: Sequence[Step]) -> tuple[Section, ...]:
    return tuple(
        Section(s.heading, s.span, tuple(t for t in steps if _inside(t, s))) for s in sections
    )


def _inside(step: Step, section: Section) -> bool:
    return section.span.start < step.span.start < section.span.end
