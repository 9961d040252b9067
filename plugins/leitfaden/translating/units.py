"""A page as an ordered tree of units: the smallest things that can be translated and go stale."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.contract.anchors import heading_ids, slug
from leitfaden.model import (
    Cell,
    Event,
    Heading,
    Include,
    LabelBlock,
    Page,
    Span,
    Table,
    Task,
    Video,
)
from leitfaden.reading.directives import ALERT
from leitfaden.reading.markdown import tidy
from leitfaden.translating.anchors import Anchor, AnchorReader
from leitfaden.translating.canon import PIECE_DIGITS, digest, for_people, sentences
from leitfaden.translating.facts import Fact, label_facts, shown_fact, table_fact, task_facts
from leitfaden.translating.inline import Inline, InlineReader, without_comments

_META = ("title", "description")
_TOP = "top"  # what stands before any heading
_TITLE = "title"  # the page's own heading
_INTRO = "intro"  # what stands below the page's own title
_LONGEST_SLUG = 40
_TAG = re.compile(r"<[^<>]*>")


class UnitKind(StrEnum):
    """What a unit is."""

    META = "meta"
    HEADING = "heading"
    SECTION = "section"  # the heading of a known section, whose name the contract has
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    ALERT = "alert"
    TASK = "task"
    HEADER = "header"  # of a table whose columns the contract doesn't know
    ROW = "row"
    CHANGE = "change"  # a row of the update summary
    CODE = "code"
    IMAGE = "image"
    HTML = "html"


class Piece(NamedTuple):
    """A sentence of a unit, or a cell of a row.

    Args:
        text: For people.
        hash: Of its normal form, shorter than that of a unit.
    """

    text: str
    hash: str


class Unit(NamedTuple):
    """The smallest thing that can be translated and go stale on its own.

    Args:
        key: What it is on its page, the same in every locale; never a line number.
        kind: What it is.
        text: For people, without markup.
        span: Where it stands in the page's text.
        parent: The key of what it is a part of; empty for the page itself.
        hash: Of its normal form.
        pieces: Its sentences or cells.
        anchors: What needs no translator.
        normal: Its normal form.
    """

    key: str
    kind: UnitKind
    text: str
    span: Span
    parent: str
    hash: str
    pieces: tuple[Piece, ...]
    anchors: tuple[Anchor, ...]
    normal: str


@dataclass(frozen=True)
class Part:
    """A heading with what stands directly below it, up to the next one that is no part of it.

    Args:
        key: The key of its heading; `top` for what stands before any heading.
        section: The known section that it opens, or None.
        level: The heading's level; 0 for the metadata and what stands before any heading.
        units: Its units in their order, the heading first.
        facts: What is said there without words.
    """

    key: str
    section: str | None
    level: int
    units: tuple[Unit, ...]
    facts: tuple[Fact, ...]

    @cached_property
    def tasks(self) -> frozenset[str]:
        """The ids of its tasks."""
        return frozenset(
            unit.key.split(":")[1] for unit in self.units if unit.kind is UnitKind.TASK
        )

    @property
    def heading(self) -> Unit | None:
        """Its heading, or None where there is none, or one that says nothing."""
        first = self.units[0] if self.level and self.units else None
        return first if first and first.key in (self.key, _TITLE) else None

    @cached_property
    def kinds(self) -> Counter[UnitKind]:
        """How many units of each kind stand below the heading."""
        return Counter(unit.kind for unit in self.units[1:])

    @cached_property
    def marks(self) -> frozenset[tuple[str, str]]:
        """What needs no translator in all of it, but for its own history."""
        return frozenset(
            (anchor.kind.value, anchor.value)
            for unit in self.units
            if unit.kind is not UnitKind.CHANGE
            for anchor in unit.anchors
        )


@dataclass(frozen=True)
class PageUnits:
    """The units of a page.

    Args:
        page_id: The page's id.
        locale: Its locale.
        path: Its file.
        parts: Its headings with what stands below them.
        newest: The newest day of its update summary, or None.
    """

    page_id: str
    locale: str
    path: str
    parts: tuple[Part, ...]
    newest: dt.date | None = None

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """All units in the order of the page."""
        return tuple(unit for part in self.parts for unit in part.units)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All facts in the order of the page."""
        return tuple(fact for part in self.parts for fact in part.facts)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often the page has each text, by its hash."""
        return Counter(unit.hash for unit in self.units)

    @cached_property
    def hashes(self) -> frozenset[str]:
        """The hashes of all units."""
        return frozenset(unit.hash for unit in self.units)


def joined_hash(units: Sequence[Unit]) -> str:
    """Return the hash of one unit, or of what several would be if they were one."""
    if len(units) == 1:
        return units[0].hash
    return digest(" ".join(unit.normal for unit in units))


class UnitReader:
    """Finds the units of pages; make it once and use it for all pages of a contract.

    Args:
        contract: The playbook's contract.
    """

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.inline = InlineReader(contract)
        self.anchors = AnchorReader(contract)

    def read(self, page: Page, source: Page | None = None) -> PageUnits:
        """Return the units of a page.

        Args:
            page: The page.
            source: The page that it translates, which gives its headings their keys.
        """
        walk = _Walk(self, page, source)
        walk.run()
        newest = page.update_summary.newest if page.update_summary else None
        return PageUnits(page.id, page.locale, page.path, tuple(walk.parts), newest)


def units_of(page: Page, contract: Contract, source: Page | None = None) -> PageUnits:
    """Return the units of one page; for many, make one `UnitReader`.

    Args:
        page: The page.
        contract: The playbook's contract.
        source: The page that it translates.
    """
    return UnitReader(contract).read(page, source)


class _Walk:
    """One walk over a page's events."""

    def __init__(self, reader: UnitReader, page: Page, source: Page | None) -> None:
        self.parts: list[Part] = []
        self._reader = reader
        self._contract = reader.contract
        self._page = page
        self._events = page.events
        self._folder = page.id.rpartition("/")[0]
        self._read_inline = reader.inline.reader(page.events, self._folder, page.locale)
        self._ids = heading_ids(page, source, reader.contract)
        self._headings = {h.events[0]: (h, i) for i, h in enumerate(page.headings)}
        self._blocks = {block.events[0]: block for block in page.label_blocks}
        self._tables = {table.events[0]: table for table in page.tables}
        self._tasks = {tasks.table.span: tasks for tasks in page.task_tables}
        self._steps = {step.heading.span for step in page.steps}
        self._taken: Counter[str] = Counter()
        self._head: tuple[str, str | None, int] = (_TOP, None, 0)
        self._units: list[Unit] = []
        self._facts: list[Fact] = []
        self._counts: Counter[str] = Counter()
        self._around: list[str] = []  # keys of what is open around a unit
        self._titled = False
        self._alert = "", ""  # the key of a quote whose alert still waits for its text, and which

    def run(self) -> None:
        """Find all units."""
        self._meta()
        at = 0
        count = len(self._events)
        while at < count:
            at = self._take(at)
        self._close_part()

    def _meta(self) -> None:
        front_matter = self._page.front_matter
        for key in _META:
            entry = front_matter.entry(key)
            text = tidy(str(entry.value)) if entry and isinstance(entry.value, str) else ""
            if entry and text:
                plain = self._read_inline.plain(text)
                self._add(f"meta:{key}", UnitKind.META, plain, entry.value_span)

    # Blocks.

    def _take(self, at: int) -> int:
        event = self._events[at]
        if event.kind != "open":
            if event.kind == "close":
                self._leave(event.tag)
            elif isinstance(event.value, Include | Video):
                self._facts.append(shown_fact(event.value, self._head[0]))
            return at + 1
        tag = event.tag
        if tag == "paragraph":
            return self._paragraph(at)
        if tag == "heading":
            return self._heading(at)
        if tag == "table" and at in self._tables:
            return self._table(self._tables[at])
        if tag == "item":
            self._around.append(self._numbered("i"))
            return self._item_text(at + 1)
        if tag == "quote":
            self._around.append(self._numbered("q"))
        elif tag == "footnote":
            self._around.append(self._numbered("n"))
        elif tag == "code-block":
            return self._code(at)
        elif tag == "html-block":
            return self._html(at)
        return at + 1

    def _leave(self, tag: str) -> None:
        if tag in ("item", "quote", "footnote") and self._around:
            self._around.pop()

    def _numbered(self, letter: str) -> str:
        self._counts[letter] += 1
        return f"{self._head[0]}:{letter}{self._counts[letter]}"

    def _heading(self, at: int) -> int:
        heading, index = self._headings[at]
        last = heading.events[1]
        inline = self._read_inline.read(at + 1, last - 1)
        section = heading.section
        known = self._contract.sections[section] if section else None
        if not (known and known.within):
            self._open_part(heading, index)
        key = self._heading_key(heading, index)
        if section:
            inline = Inline(inline.text, f"section {section}")
            kind = UnitKind.SECTION
        else:
            kind = UnitKind.HEADING
        if inline.normal:
            self._add(key, kind, inline, heading.span)
        return last

    def _heading_key(self, heading: Heading, index: int) -> str:
        if heading.level == 1 and self._head[0] == _INTRO:
            return _TITLE
        is_step = heading.span in self._steps
        return f"{'step' if is_step else 'section'}:{self._ids[index]}"

    def _open_part(self, heading: Heading, index: int) -> None:
        self._close_part()
        key = _INTRO
        if heading.level > 1 or self._titled:
            is_step = heading.span in self._steps
            key = f"{'step' if is_step else 'section'}:{self._ids[index]}"
        self._titled = True
        self._head = (key, heading.section, heading.level)
        self._counts = Counter()

    def _close_part(self) -> None:
        if self._units or self._facts or self._head[2]:
            key, section, level = self._head
            self.parts.append(Part(key, section, level, tuple(self._units), tuple(self._facts)))
        self._units, self._facts = [], []

    def _paragraph(self, at: int) -> int:
        last = self._behind(at)
        if at in self._tables:  # one that Markdown refuses
            return self._table(self._tables[at])
        block = self._blocks.get(at)
        if block:
            self._labels(block)
            if block.whole:
                return last
            inline = self._read_inline.read(at + 1, last - 1, without=block.span)
        else:
            inline = self._read_inline.read(at + 1, last - 1)
        self._text_unit(inline, self._events[at], "p")
        return last

    def _item_text(self, at: int) -> int:
        """Take the text that stands in a tight list's item without a paragraph around it."""
        last = at
        while last < len(self._events) and _is_inline(self._events[last]):
            last = self._behind(last) if self._events[last].kind == "open" else last + 1
        if last > at:
            inline = self._read_inline.read(at, last)
            first, end = self._events[at], self._events[last - 1]
            self._text_unit(inline, first._replace(end=max(end.end, first.start)), "p")
        return last

    def _text_unit(self, inline: Inline, event: Event, letter: str) -> None:
        if not inline.normal:
            return
        span = Span(event.start, max(event.start, event.end))
        kind = UnitKind.PARAGRAPH
        key = ""
        if self._around:
            around = self._around[-1]
            letter_around = around.rpartition(":")[2][0]
            kind = UnitKind.ITEM if letter_around == "i" else UnitKind.PARAGRAPH
            if letter_around == "q":
                inline, kind = self._quoted(inline, around)
            elif self._alert[0] in self._around:
                inline = self._alerted(inline)
            used = self._counts[around]
            self._counts[around] += 1
            key = around if not used else f"{around}:p{used + 1}"
        elif inline.is_image:
            kind = UnitKind.IMAGE
        if not inline.normal:
            return
        self._add(key or self._numbered(letter), kind, inline, span)

    def _quoted(self, inline: Inline, around: str) -> tuple[Inline, UnitKind]:
        marker = ALERT.match(inline.text)
        alert = self._contract.alert(marker[1], self._page.locale) if marker else None
        if marker and alert:
            self._alert = around, alert
            rest = inline.text[marker.end() :].strip()
            normal = ALERT.sub("", inline.normal, count=1).strip()
            prose = ALERT.sub("", inline.prose, count=1)
            inline = Inline(rest, normal, inline.anchors, prose)
        if self._alert[0] == around:
            return self._alerted(inline), UnitKind.ALERT
        return inline, UnitKind.QUOTE

    def _alerted(self, inline: Inline) -> Inline:
        """Return the first text of an alert, which has its word before it."""
        if not inline.normal:
            return inline  # the word stands in a line of its own
        alert, self._alert = self._alert[1], ("", "")
        return inline._replace(normal=f"[!{alert}] {inline.normal}")

    def _code(self, at: int) -> int:
        last = self._behind(at)
        event = self._events[at]
        code = "".join(str(one.value) for one in self._events[at + 1 : last - 1])
        lines = "\n".join(line.rstrip() for line in code.strip("\n").split("\n"))
        if lines.strip():
            span = Span(event.start, event.end)
            if event.value == "Indented":  # playbooks mean none by it: it is text gone astray
                text = self._read_inline.plain(tidy(lines))
                self._add(self._numbered("c"), UnitKind.PARAGRAPH, text, span)
            else:
                inline = self._read_inline.code(lines)
                self._add(self._numbered("c"), UnitKind.CODE, inline, span)
        return last

    def _html(self, at: int) -> int:
        last = self._behind(at)
        event = self._events[at]
        html = "".join(str(one.value) for one in self._events[at + 1 : last - 1])
        shown = without_comments(html)
        if shown.strip():
            inline = self._read_inline.html(shown, tidy(_TAG.sub(" ", shown)))
            self._add(self._numbered("h"), UnitKind.HTML, inline, Span(event.start, event.end))
        return last

    # Labels and tables.

    def _labels(self, block: LabelBlock) -> None:
        self._facts += label_facts(block, self._head[0])

    def _table(self, table: Table) -> int:
        tasks = self._tasks.get(table.span)
        summary = self._page.update_summary
        if tasks:
            for task in tasks.tasks:
                self._task(task)
            self._facts.append(table_fact(table, self._head[0]))
        elif summary and summary.table.span == table.span:
            for change in summary.changes:
                day = change.date.isoformat() if change.date else slug(change.date_text.text)
                cells = [cell for cell in (change.what, change.notes) if cell and cell.text]
                if cells:
                    self._row(f"summary:{day}", UnitKind.CHANGE, cells, change.span)
        else:
            self._rows(table)
        return table.events[1]

    def _task(self, task: Task) -> None:
        key = self._unique(f"task:{task.id}:name")
        inline = self._cell(task.name)
        self._add(key, UnitKind.TASK, inline, task.name.span, is_unique=True)
        self._facts += task_facts(task, key)

    def _rows(self, table: Table) -> None:
        around = self._numbered("t")
        self._facts.append(table_fact(table, around))
        self._around.append(around)
        if not all(table.columns) and any(cell.text for cell in table.header):
            span = table.header[0].span.cover(table.header[-1].span)
            self._row(f"{around}:header", UnitKind.HEADER, table.header, span)
        for row in table.rows:
            first = next((cell.text for cell in row.cells if cell.text), "")
            if first:
                name = slug(first)[:_LONGEST_SLUG].strip("-") or digest(first, PIECE_DIGITS)
                self._row(f"{around}:row:{name}", UnitKind.ROW, row.cells, row.span)
        self._around.pop()

    def _row(self, key: str, kind: UnitKind, cells: Sequence[Cell], span: Span) -> None:
        parts = [self._cell(cell) for cell in cells]
        inline = Inline(
            " | ".join(part.text for part in parts),
            " | ".join(part.normal for part in parts),
            tuple(anchor for part in parts for anchor in part.anchors),
            " | ".join(part.prose for part in parts),
        )
        pieces = tuple(Piece(part.text, digest(part.normal, PIECE_DIGITS)) for part in parts)
        self._add(key, kind, inline, span, pieces)

    def _cell(self, cell: Cell) -> Inline:
        if cell.events is None:
            return self._read_inline.plain(cell.text)
        return self._read_inline.read(*cell.events)

    # Units.

    def _add(
        self,
        key: str,
        kind: UnitKind,
        inline: Inline,
        span: Span,
        pieces: tuple[Piece, ...] = (),
        *,
        is_unique: bool = False,
    ) -> None:
        text, normal, anchors, prose, _ = inline
        if not is_unique:
            key = self._unique(key)
        full = digest(normal)
        if not pieces:
            parts = sentences(normal)
            if len(parts) > 1 and kind is not UnitKind.CODE:
                pieces = tuple(
                    Piece(for_people(part), digest(part, PIECE_DIGITS)) for part in parts
                )
            else:
                pieces = (Piece(text, full[:PIECE_DIGITS]),)
        found = (*anchors, *self._reader.anchors.read(prose, self._page.locale))
        parent = self._around[-1] if self._around else self._head[0]
        written = span.of(self._page.text)
        span = Span(span.start, span.start + max(len(written.rstrip()), 0))
        if parent == key and len(self._around) > 1:
            parent = self._around[-2]
        elif parent == key:
            parent = self._head[0]
        if kind in (UnitKind.META, UnitKind.HEADING, UnitKind.SECTION):
            parent = "" if key == self._head[0] or not self._head[2] else self._head[0]
        self._units.append(Unit(key, kind, text, span, parent, full, pieces, found, normal))

    def _unique(self, key: str) -> str:
        self._taken[key] += 1
        count = self._taken[key]
        if count == 1:
            return key
        if key.startswith("task:"):
            head, _, tail = key.rpartition(":")
            return f"{head}--{count}:{tail}"
        return f"{key}--{count}"

    def _behind(self, at: int) -> int:
        """Return the index behind the event that closes what is opened at one."""
        depth = 0
        events = self._events
        for index in range(at, len(events)):
            kind = events[index].kind
            if kind == "open":
                depth += 1
            elif kind == "close":
                depth -= 1
                if depth == 0:
                    return index + 1
        return len(events)


_INLINE_TAGS = frozenset(
    ("emphasis", "strong", "strikethrough", "link", "image", "include", "video", "description")
)


def _is_inline(event: Event) -> bool:
    if event.kind == "open":
        return event.tag in _INLINE_TAGS
    return event.kind not in ("close", "html", "rule")
