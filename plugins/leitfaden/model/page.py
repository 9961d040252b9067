"""A page as it was read: what it says, where it says it, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from leitfaden.model.span import Place, Position, Span


class Event(NamedTuple):
    """One step of the Markdown parser through a page.

    Args:
        kind: `open`, `close`, `text`, `code`, `html`, `inline-html`, `soft-break`, `hard-break`,
            `rule`, `task-marker` or `footnote-reference`.
        tag: For `open` and `close` the element: `paragraph`, `heading`, `quote`, `code-block`,
            `html-block`, `list`, `item`, `footnote`, `table`, `table-head`, `table-row`,
            `table-cell`, `emphasis`, `strong`, `strikethrough`, `link`, `image`; and what
            Markdown itself does not know: `include`, `video`, `description` (of an image).
        value: The text, or what the element carries (level, target, alignments …).
        start: Offset of its first character in the page's text.
        end: Offset behind its last character.
    """

    kind: str
    tag: str
    value: object
    start: int
    end: int


class DefectKind(StrEnum):
    """What can be wrong with a part of a page that is read all the same."""

    NOT_UTF8 = "not-utf8"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"
    FRONT_MATTER_BROKEN = "front-matter-broken"
    FRONT_MATTER_UNCLOSED = "front-matter-unclosed"
    FRONT_MATTER_NOT_A_MAPPING = "front-matter-not-a-mapping"
    FRONT_MATTER_DUPLICATE_KEY = "front-matter-duplicate-key"
    HEADING_INSIDE_LIST = "heading-inside-list"
    HEADING_INDENTED = "heading-indented"
    LABELS_RUN_TOGETHER = "labels-run-together"
    LABELS_INTERRUPTED = "labels-interrupted"
    LABEL_VALUE_WRAPS = "label-value-wraps"
    LABEL_VALUE_EMPTY = "label-value-empty"
    LABEL_VALUE_NOT_BOLD = "label-value-not-bold"
    LABEL_VALUE_UNBALANCED = "label-value-unbalanced"
    LABEL_VALUE_PADDED = "label-value-padded"
    LABELS_IN_ONE_BOLD = "labels-in-one-bold"
    LABEL_TERM_UNKNOWN = "label-term-unknown"
    TABLE_SHORT_SEPARATOR = "table-short-separator"
    TABLE_EMPTY = "table-empty"
    COLUMN_UNKNOWN = "column-unknown"
    ROW_MERGED = "row-merged"
    ROW_TOO_FEW_CELLS = "row-too-few-cells"
    ROW_TOO_MANY_CELLS = "row-too-many-cells"
    ROW_DOUBLED_PIPE = "row-doubled-pipe"
    TASK_ID_INVALID = "task-id-invalid"
    REQUIREMENT_UNKNOWN = "requirement-unknown"
    ROLE_UNKNOWN = "role-unknown"
    SERVICE_UNKNOWN = "service-unknown"
    DATE_IMPOSSIBLE = "date-impossible"
    DATE_UNREADABLE = "date-unreadable"
    VIDEO_REFUSED = "video-refused"
    VIDEO_MISPLACED = "video-misplaced"
    IMAGE_WITHOUT_SOURCE = "image-without-source"
    IMAGE_ATTRIBUTE_UNKNOWN = "image-attribute-unknown"
    IMAGE_UNCLOSED = "image-unclosed"


class Refusal(StrEnum):
    """Why a page does not show a file that it includes."""

    OUTSIDE = "outside"  # of the docs folder
    NOT_MARKDOWN = "not-markdown"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    CYCLE = "cycle"
    TOO_DEEP = "too-deep"
    TOO_MUCH = "too-much"


BY_MKDOCS = "mkdocs"
"""The `renderer` of a page that asks for MkDocs' own, Python-Markdown."""

_UNREADABLE = frozenset((DefectKind.UNREADABLE, DefectKind.TOO_LARGE, DefectKind.NOT_UTF8))


class Defect(NamedTuple):
    """Something wrong with the object that carries it.

    Args:
        kind: What is wrong.
        span: Where, in the page's text.
        detail: The text or the name that it is about.
    """

    kind: DefectKind
    span: Span
    detail: str = ""


class MetadataEntry(NamedTuple):
    """A key of the front matter with its value, and where both stand."""

    key: str
    key_span: Span
    value: object
    value_span: Span


class FrontMatter(NamedTuple):
    """The front matter of a page.

    Args:
        span: From the opening fence to behind the closing fence's line; empty where there is none.
        entries: In the order of the text; a key that is written twice is there twice.
        defects: What is wrong with it.
    """

    span: Span
    entries: tuple[MetadataEntry, ...] = ()
    defects: tuple[Defect, ...] = ()

    def get(self, key: str) -> object | None:
        """Return the value of `key` (the last one, as YAML has it), or None."""
        found = self.entry(key)
        return None if found is None else found.value

    def text(self, key: str) -> str:
        """Return the value of `key` as stripped text, or an empty string."""
        value = self.get(key)
        return "" if value is None else str(value).strip()

    def entry(self, key: str) -> MetadataEntry | None:
        """Return the last entry of `key`, or None."""
        return next((entry for entry in reversed(self.entries) if entry.key == key), None)


class TermUse(NamedTuple):
    """A piece of text where a term of a vocabulary is expected.

    Args:
        text: As written, without markup.
        span: Where.
        key: The term, or None when no term has that spelling.
        form: `name`, `alias` or `deprecated`; empty when unknown.
        locale: The locale whose spelling it is.
    """

    text: str
    span: Span
    key: str | None = None
    form: str = ""
    locale: str = ""


class Label(NamedTuple):
    """A label line such as `Primary Role: **FastTrack Manager**`.

    Args:
        key: The label's key in the contract.
        locale: The locale whose name of the label was written.
        name_span: The label's name.
        value_span: All of its value.
        values: The value's parts.
        defects: What is wrong with the line.
    """

    key: str
    locale: str
    name_span: Span
    value_span: Span
    values: tuple[TermUse, ...]
    defects: tuple[Defect, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the terms that are known."""
        return tuple(value.key for value in self.values if value.key)


class Assignment(NamedTuple):
    """The labels that belong together: who does a step, in which motions, for which services."""

    labels: tuple[Label, ...]
    span: Span

    def label(self, key: str) -> Label | None:
        """Return the label with that key, or None."""
        return next((label for label in self.labels if label.key == key), None)

    def keys(self, key: str) -> tuple[str, ...]:
        """Return the known terms of the label with that key."""
        label = self.label(key)
        return label.keys if label else ()


class LabelBlock(NamedTuple):
    """A run of label lines in one paragraph: an assignment, or several.

    Args:
        span: From the first label to the end of the last value.
        events: The range of events (first, behind the last) of its paragraph.
        whole: Whether the paragraph holds nothing but labels.
    """

    span: Span
    assignments: tuple[Assignment, ...]
    events: tuple[int, int]
    whole: bool = True

    @property
    def labels(self) -> Iterator[Label]:
        """All labels in their order."""
        return (label for assignment in self.assignments for label in assignment.labels)


class Cell(NamedTuple):
    """A cell of a table.

    Args:
        text: Its plain text.
        span: Its source, blanks at both ends excluded.
        events: The range of events (first, behind the last) of its content; None for a cell that
            Markdown itself does not see, such as a surplus one.
    """

    text: str
    span: Span
    events: tuple[int, int] | None = None


class Row(NamedTuple):
    """A physical row of a table, with all of its cells, surplus ones too."""

    cells: tuple[Cell, ...]
    span: Span
    defects: tuple[Defect, ...] = ()


class Table(NamedTuple):
    """A table as it stands in the source, also one that Markdown refuses.

    Args:
        span: From the header row to the last row.
        header: The cells of the first row.
        rows: The rows below the separator.
        columns: What each column means (a key of the contract's columns), or None.
        events: The range of events (first, behind the last) that render it.
        defects: What is wrong with the table as a whole.
    """

    span: Span
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    columns: tuple[str | None, ...]
    events: tuple[int, int]
    defects: tuple[Defect, ...] = ()


class Task(NamedTuple):
    """A task as one row states it.

    Args:
        id: Its digits.
        id_cell: The cell that holds the id.
        name: The cell that names it.
        requirement: `mandatory`, `optional`, or None when the letter is not known.
        requirement_use: The letter as written.
        roles: Who does it.
        services: What it is for.
        row: The index of its row in the table.
        span: The part of the row that states it.
        defects: What is wrong with the row as far as this task goes.
    """

    id: str
    id_cell: Cell
    name: Cell
    requirement: str | None
    requirement_use: TermUse | None
    roles: tuple[TermUse, ...]
    services: tuple[TermUse, ...]
    row: int
    span: Span
    defects: tuple[Defect, ...] = ()

    @property
    def role_keys(self) -> tuple[str, ...]:
        """The keys of the roles that are known."""
        return tuple(use.key for use in self.roles if use.key)

    @property
    def service_keys(self) -> tuple[str, ...]:
        """The keys of the services that are known."""
        return tuple(use.key for use in self.services if use.key)


class TaskTable(NamedTuple):
    """A table of tasks."""

    table: Table
    tasks: tuple[Task, ...]

    @property
    def span(self) -> Span:
        """Where the table stands."""
        return self.table.span


class Heading(NamedTuple):
    """A heading.

    Args:
        level: 1 to 6, as written.
        text: Its plain text.
        span: The whole line or lines.
        text_span: The text behind the `#`.
        events: The range of events (first, behind the last).
        section: The key of the known section that it opens, or None.
        section_locale: The locale whose name of the section was written.
        explicit_id: An id that the writer gave as `{#id}`.
        defects: What is wrong with it.
    """

    level: int
    text: str
    span: Span
    text_span: Span
    events: tuple[int, int]
    section: str | None = None
    section_locale: str = ""
    explicit_id: str | None = None
    defects: tuple[Defect, ...] = ()


class Step(NamedTuple):
    """A heading under *Approach* with who does it and its tasks."""

    heading: Heading
    span: Span
    assignments: tuple[Assignment, ...]
    task_tables: tuple[TaskTable, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks of the step."""
        return tuple(task for table in self.task_tables for task in table.tasks)


class Section(NamedTuple):
    """A heading with all that stands below it, up to the next heading of its level or higher."""

    heading: Heading
    span: Span
    steps: tuple[Step, ...] = ()

    @property
    def key(self) -> str | None:
        """The key of the known section, or None."""
        return self.heading.section


class Link(NamedTuple):
    """A link or an image.

    Args:
        target: As the parser read it, escapes resolved.
        text: The plain text, or an image's alternative text.
        span: From the opening bracket to the end.
        target_span: The target as written; empty for references and autolinks.
        image: Whether it is an image.
        event: The index of the event that opens it.
        decorative: Whether its writer says that it is an image that tells nothing, as an icon may.
    """

    target: str
    text: str
    span: Span
    target_span: Span
    image: bool
    event: int
    decorative: bool = False


class Include(NamedTuple):
    """A place where a page shows another file: `[!INCLUDE [title](path)]`.

    Args:
        target: The path as the parser read it, escapes resolved.
        span: All of it.
        target_span: The path as written; empty where that cannot be told.
        block: Whether it stands in a line of its own, not in a sentence.
        locale: The locale of the page that the path names; empty if it can name none.
        page_id: The id of that page.
        refusal: Why the path cannot name a page, whatever files there are; None if it can.
    """

    target: str
    span: Span
    target_span: Span
    block: bool
    locale: str
    page_id: str
    refusal: Refusal | None = None


class Video(NamedTuple):
    """A video that a page shows as a card: `[!VIDEO address]`.

    Args:
        url: Its address, which is safe.
        host: The address's host.
        title: What the writer calls it, or empty.
        span: All of it.
    """

    url: str
    host: str
    title: str
    span: Span


class Change(NamedTuple):
    """A row of the update summary.

    Args:
        date: The day, or None when it cannot be read.
        date_text: As written.
        by: Who changed the page.
        what: What was changed.
        notes: What the table says besides.
    """

    date: dt.date | None
    date_text: Cell
    by: Cell | None
    what: Cell | None
    notes: Cell | None
    span: Span
    defects: tuple[Defect, ...] = ()


class UpdateSummary(NamedTuple):
    """The table at a page's foot that says what changed and when."""

    table: Table
    changes: tuple[Change, ...]
    heading: Heading | None

    @property
    def newest(self) -> dt.date | None:
        """The newest day that can be read, or None."""
        return max((change.date for change in self.changes if change.date), default=None)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the playbook.

    Args:
        id: Path below the locale folder, without `.md` and without a legacy suffix.
        locale: The locale of the folder that it lies in.
        path: The file, relative to the project, with `/`.
        kind: The kind of page by the contract.
        text: The whole text as decoded, without BOM, line ends as they are.
        bom: Whether the file began with a byte order mark.
        line_starts: Offset of the first character of each line.
        front_matter: The metadata.
        events: What the Markdown parser saw, known sections hoisted out of lists.
        headings: All headings in their order.
        label_blocks: All label lines, by paragraph.
        sections: The level-2 sections and what is treated like them.
        steps: The steps of *Approach*.
        task_tables: All task tables, of the steps and others.
        tables: All tables, also those that are neither task table nor summary.
        update_summary: The update summary, or None.
        links: All links and images.
        includes: Where it shows other files, in the order of the text.
        videos: The videos that it shows as cards.
        defects: What is wrong with the page as a whole.
        view: The view that shows a page that no file holds; empty for any other.
        subject: What such a page is about: a task's id, a term's key. Of a page about a phase that
            somebody has written: the phase in whose group the navigation lists it.
    """

    id: str
    locale: str
    path: str
    kind: str
    text: str
    bom: bool
    line_starts: tuple[int, ...]
    front_matter: FrontMatter
    events: tuple[Event, ...] = field(repr=False)
    headings: tuple[Heading, ...] = ()
    label_blocks: tuple[LabelBlock, ...] = ()
    sections: tuple[Section, ...] = ()
    steps: tuple[Step, ...] = ()
    task_tables: tuple[TaskTable, ...] = ()
    tables: tuple[Table, ...] = ()
    update_summary: UpdateSummary | None = None
    links: tuple[Link, ...] = ()
    includes: tuple[Include, ...] = ()
    videos: tuple[Video, ...] = ()
    defects: tuple[Defect, ...] = ()
    view: str = ""
    subject: str = ""

    @property
    def size(self) -> int:
        """How long its text is, as a measure of what it takes to show it."""
        return len(self.text)

    @property
    def is_inline(self) -> bool:
        """Whether it is but one paragraph, or nothing, so that a sentence can hold it."""
        events = self.events
        first = events[0] if events else None
        if first is None:
            return True
        if first[:2] != ("open", "paragraph"):
            return False
        return events[-1][1:] == ("paragraph", None, *first[3:])

    @property
    def body(self) -> str:
        """The text behind the front matter."""
        return self.text[self.front_matter.span.end :]

    @property
    def is_readable(self) -> bool:
        """Whether the file could be read as text, as a whole."""
        return not self.defects or all(one.kind not in _UNREADABLE for one in self.defects)

    @property
    def is_by_mkdocs(self) -> bool:
        """Whether MkDocs turns it into HTML: it asks for that, and is not too much for it."""
        if self.front_matter.text("renderer") != BY_MKDOCS:
            return False
        return all(one.kind is not DefectKind.TOO_LARGE for one in self.defects)

    def position(self, offset: int) -> Position:
        """Return line and column of an offset in the text."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def place(self, span: Span) -> Place:
        """Return where in the file the span stands."""
        return Place(self.path, self.position(span.start), self.position(span.end))

    @property
    def title(self) -> str:
        """The page's title in its own language: its first H1, else its metadata, else its id."""
        first = next((heading.text for heading in self.headings if heading.level == 1), "")
        return first or self.front_matter.text("title") or self.id.rpartition("/")[2]

    @property
    def is_searched(self) -> bool:
        """Whether readers may find it; `search: {exclude: true}` keeps it out."""
        said = self.front_matter.get("search")
        return not (isinstance(said, Mapping) and said.get("exclude") is True)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks in the order of the page."""
        return tuple(task for table in self.task_tables for task in table.tasks)

    @property
    def page_labels(self) -> tuple[Label, ...]:
        """The labels that stand before the first section and so hold for the whole page."""
        limit = next((h.span.start for h in self.headings if h.level > 1), len(self.text))
        blocks = (block for block in self.label_blocks if block.span.start < limit)
        return tuple(label for block in blocks for label in block.labels)

    def terms(self, label: str) -> tuple[str, ...]:
        """Return the keys of all terms that the page's labels of that key name, each once."""
        uses = (
            key for block in self.label_blocks for a in block.assignments for key in a.keys(label)
        )
        return tuple(dict.fromkeys(uses))

    @property
    def is_process(self) -> bool:
        """Whether it is a process, as the contract's kind of that name has them."""
        return self.kind == "process"

    @property
    def is_about_phase(self) -> bool:
        """Whether it is about a phase as a whole, by the contract's kind of that name."""
        return self.kind == "phase"

    @property
    def phases(self) -> tuple[str, ...]:
        """The phases that the page names for itself, else the one that it is known to be about."""
        about = (self.subject,) if self.subject and self.kind == "phase" else ()
        return self.terms("phase") or about

    def all_defects(self) -> Iterator[Defect]:
        """Yield the defects of the page and of all that it holds, in no particular order."""
        yield from self.defects
        yield from self.front_matter.defects
        for heading in self.headings:
            yield from heading.defects
        for block in self.label_blocks:
            for label in block.labels:
                yield from label.defects
        for table in self.tables:
            yield from table.defects
            for row in table.rows:
                yield from row.defects
        for task in self.tasks:
            yield from task.defects
        if self.update_summary:
            for change in self.update_summary.changes:
                yield from change.defects

    def metadata(self) -> Mapping[str, object]:
        """Return the front matter as a mapping; of a key that is written twice, the last value."""
        return {entry.key: entry.value for entry in self.front_matter.entries}
