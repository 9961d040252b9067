"""Bytes → `Page`: the one place where a page is parsed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from leitfaden.contract import Contract, Limits, Match, phases_of_pages
from leitfaden.model import (
    Defect,
    DefectKind,
    Event,
    FrontMatter,
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
from leitfaden.model.page import BY_MKDOCS
from leitfaden.reading.constructs import Constructs, may_hold_constructs, with_constructs
from leitfaden.reading.frontmatter import read_front_matter
from leitfaden.reading.hoisting import hoist, may_need_hoisting
from leitfaden.reading.labels import LabelReader, has_colon
from leitfaden.reading.links import target_span
from leitfaden.reading.markdown import (
    Parsed,
    ParserError,
    TooMuch,
    as_text,
    paired,
    parse,
    plain_text,
    refuse_depth,
    refuse_for_python,
    refuse_giants,
)
from leitfaden.reading.quick import make_span
from leitfaden.reading.source import Source, decode
from leitfaden.reading.summary import read_summary
from leitfaden.reading.tables import TableReader, trimmed
from leitfaden.reading.tasks import TaskReader
from leitfaden.reading.terms import Lookup, TermReader
from leitfaden.reading.turning import TURNING_REFERENCE, without_references

_PHASE = "phase"  # the kind of page that is about a phase as a whole
MAX_LABELS = 10_000  # real pages have less than a hundred


class PageReader:
    """Reads pages by one contract; make it once and use it for all of them.

    Args:
        contract: The playbook's contract.
    """

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        terms = TermReader(contract)
        self.sections = Lookup(contract.sections.find)
        self.labels = LabelReader(contract, terms)
        self.tables = TableReader(contract)
        self.tasks = TaskReader(contract, terms)
        self.phases = phases_of_pages(contract.navigation)

    def read(self, data: bytes, *, path: str, locale: str, page_id: str) -> Page:
        """Read a page. Never raises for what a page may hold: defects stay on the page.

        Args:
            data: The file's content.
            path: The file, relative to the project.
            locale: The locale of its folder.
            page_id: Its page id.
        """
        source = decode(data)
        front_matter = read_front_matter(source.plain)
        parsed, defects = _parsed(source, front_matter, self.contract.limits)
        body = _Body(self, source.plain, parsed, locale, page_id)
        sections = _sections(body.headings, self.contract, len(source.text))
        steps = _steps(sections, body)
        kind = self.contract.kind_of(page_id)
        return Page(
            id=page_id,
            locale=locale,
            path=path,
            kind=kind,
            text=source.text,
            bom=source.bom,
            line_starts=source.line_starts,
            front_matter=front_matter,
            events=tuple(body.events),
            headings=tuple(body.headings),
            label_blocks=tuple(body.label_blocks),
            sections=_with_steps(sections, steps),
            steps=steps,
            task_tables=tuple(body.task_tables),
            tables=tuple(body.tables),
            update_summary=read_summary(body.tables, body.headings, self.contract.dates),
            links=tuple(body.links),
            includes=body.constructs.includes,
            videos=body.constructs.videos,
            defects=(*source.defects, *defects, *body.constructs.defects, *body.defects),
            subject=self.phases.get(page_id, "") if kind == _PHASE else "",
        )


def _parsed(
    source: Source, front_matter: FrontMatter, limits: Limits
) -> tuple[Parsed, list[Defect]]:
    """Return what the parser saw of a page, and what kept it from parsing it."""
    text, start = source.plain, front_matter.span.end
    try:
        _refuse_beyond(limits, source)
        refuse_giants(text, source.line_starts)
        if front_matter.text("renderer") == BY_MKDOCS:
            refuse_for_python(text)
        parsed = parse(text, start)
        refuse_depth(parsed)
        if len(parsed.opened.get("heading", ())) > limits.headings:
            raise TooMuch(f"more than {limits.headings:,} headings")
        if "&#" in text and TURNING_REFERENCE.search(text):
            parsed = parsed._replace(events=[*map(without_references, parsed.events)])
        return parsed, []
    except TooMuch as error:
        # Whatever it may hold is not looked for: that could take as long.
        defect = Defect(DefectKind.TOO_LARGE, Span(start, start), str(error))
        return as_text(text, start)._replace(opened={}), [defect]
    except ParserError as error:
        why = f"the Markdown parser gave up: {error}"
        return as_text(text, start), [Defect(DefectKind.UNREADABLE, Span(0, 0), why)]


def _refuse_beyond(limits: Limits, source: Source) -> None:
    """Refuse what the contract does.

    Raises:
        TooMuch: The page has too many lines or definitions, or one of its lines is too long.
    """
    text, starts = source.plain, source.line_starts
    if len(starts) > limits.lines:
        raise TooMuch(f"more than {limits.lines:,} lines")
    if len(text) > limits.line and max(map(len, text.split("\n"))) > limits.line:
        raise TooMuch(f"a line of more than {limits.line:,} characters")
    if text.count("]:") > limits.definitions:
        raise TooMuch(f"more than {limits.definitions:,} definitions")


class _Body:
    """What one walk over a page's events finds."""

    def __init__(
        self, reader: PageReader, text: str, parsed: Parsed, locale: str, page_id: str
    ) -> None:
        self._reader = reader
        self._locale = locale
        self.text = text
        self._lifted: dict[int, DefectKind] = {}
        if may_need_hoisting(parsed):
            events, self._lifted = hoist(
                parsed.events, lambda name: self._section(name) is not None
            )
            parsed = paired(events)
        self.constructs = Constructs(parsed)
        if parsed.opened and may_hold_constructs(text, parsed.events[0].start):
            self.constructs = with_constructs(text, parsed, reader.contract, locale, page_id)
            parsed = self.constructs.parsed
        self.events, self._pairs, _ = parsed
        self.headings: list[Heading] = []
        self.label_blocks: list[LabelBlock] = []
        self.tables: list[Table] = []
        self.task_tables: list[TaskTable] = []
        self.links: list[Link] = []
        self.defects: list[Defect] = []
        self._labels_left = MAX_LABELS
        self._walk(parsed)

    def _section(self, name: str) -> Match | None:
        return self._reader.sections.find(name, self._locale)

    def _walk(self, parsed: Parsed) -> None:
        self.headings += map(self._heading, parsed.all("heading"))
        tables = self._reader.tables
        for index in parsed.all("paragraph", "table"):
            if self.events[index].tag == "paragraph":
                self._paragraph(index)
            else:
                self._table(tables.read(self.text, self.events, self._pairs, index, self._locale))
        image_ends = 0
        for index in parsed.all("link", "image"):
            if index >= image_ends:
                self.links.append(self._link(index))
                if self.events[index].tag == "image":
                    # What it holds is but text: nothing in it links or is shown.
                    image_ends = self._pairs[index]

    def _heading(self, index: int) -> Heading:
        last = self._pairs[index]
        value: Any
        _, _, value, start, end = self.events[index]
        inner = self.events[index + 1 : last]
        text = plain_text(inner)
        found = self._section(text)
        span = trimmed(self.text, start, end)
        lifted = self._lifted.get(start) if self._lifted else None
        return Heading(
            int(value["level"][1]),
            text,
            span,
            self._text_span(inner, span),
            (index, last + 1),
            found.key if found else None,
            found.locale if found else "",
            value["id"],
            (Defect(lifted, span, text),) if lifted else (),
        )

    def _text_span(self, inner: Sequence[Event], span: Span) -> Span:
        if not inner:
            return Span(span.end, span.end)
        # The marker of a task stands before a heading that begins behind it.
        at, end = span
        start = max(inner[0].start, at)
        text_span = trimmed(self.text, start, max(inner[-1].end, start))
        if text_span.end <= end:
            return text_span
        return Span(min(text_span.start, end), end)

    def _paragraph(self, index: int) -> None:
        _, _, _, start, end = self.events[index]
        colon, pipe = has_colon(self.text, start, end), self.text.startswith("|", start)
        if not colon and not pipe:
            return  # as half of them: neither labels nor a table
        span = make_span(start, end)
        events = (index, self._pairs[index] + 1)
        block = self._labels(span, events) if colon else None
        if block:
            self.label_blocks.append(block)
        elif pipe:
            table = self._reader.tables.read_refused(self.text, span, events, self._locale)
            if table:
                self._table(table)

    def _labels(self, span: Span, events: tuple[int, int]) -> LabelBlock | None:
        if self._labels_left <= 0:
            return None
        block = self._reader.labels.read(self.text, span, self._locale, events, self._labels_left)
        if block:
            self._labels_left -= sum(len(group.labels) for group in block.assignments)
            if self._labels_left <= 0:
                end = Span(block.span.end, block.span.end)
                many = f"{MAX_LABELS:,} labels or more, of which further ones are not read"
                self.defects.append(Defect(DefectKind.TOO_LARGE, end, many))
        return block

    def _table(self, table: Table) -> None:
        tasks = self._reader.tasks.read(self.text, table, self._locale)
        if tasks:
            self.task_tables.append(tasks)
            table = tasks.table
        self.tables.append(table)

    def _link(self, index: int) -> Link:
        value: Any
        _, tag, value, start, end = self.events[index]
        inner = self.events[index + 1 : self._pairs[index]]
        target = value["dest_url"]
        if "written" in value:  # not in Markdown's own form
            target_at = value["written"]
        elif value["link_type"] == "Inline":
            behind_text = inner[-1].end if inner else start
            target_at = target_span(self.text, behind_text, end, target)
        else:
            target_at = make_span(end, end)
        span = make_span(start, end)
        decorative = value.get("decorative", False)
        return Link(target, plain_text(inner), span, target_at, tag == "image", index, decorative)


def _sections(headings: Sequence[Heading], contract: Contract, length: int) -> list[Section]:
    """Return the level-2 headings, and known sections that were written at another level."""
    sections: list[Section] = []
    end = length
    for heading in reversed(headings):
        start = heading.span.start
        if _opens_section(heading, contract):
            sections.append(Section(heading, Span(start, end)))
            end = start
        elif heading.level == 1:
            end = start
    return sections[::-1]


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
    openers = {section.span.start for section in sections}
    steps: list[Step] = []
    end = len(body.text)
    for heading in reversed(body.headings):
        start = heading.span.start
        if start <= approach.span.start:
            break
        if heading.level == level and heading.section is None:
            step = _step(heading, Span(start, end), body)
            if start < approach.span.end or step.assignments:
                steps.append(step)
        if heading.level <= level or start in openers:
            end = start
    return tuple(steps[::-1])


def _step(heading: Heading, span: Span, body: _Body) -> Step:
    blocks = _within(body.label_blocks, span)
    assignments = tuple(a for block in blocks for a in block.assignments)
    return Step(heading, span, assignments, tuple(_within(body.task_tables, span)))


def _with_steps(sections: Sequence[Section], steps: Sequence[Step]) -> tuple[Section, ...]:
    if not steps:
        return tuple(sections)
    return tuple(
        Section(s.heading, s.span, tuple(_within(steps, Span(s.span.start + 1, s.span.end))))
        for s in sections
    )


class _Placed(Protocol):
    @property
    def span(self) -> Span:
        """Where it stands."""


_P = TypeVar("_P", bound=_Placed)


def _within(items: Sequence[_P], span: Span) -> Sequence[_P]:
    """Return those that begin within the span, of items in the order of the text."""
    first = bisect_left(items, span.start, key=_start)
    return items[first : bisect_left(items, span.end, key=_start)]


def _start(item: _Placed) -> int:
    return item.span.start
