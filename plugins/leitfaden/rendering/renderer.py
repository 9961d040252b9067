"""Page → HTML, from the one parse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from leitfaden.contract import Contract
from leitfaden.model import (
    Cell,
    Event,
    Heading,
    LabelBlock,
    Link,
    Page,
    Playbook,
    Step,
    Task,
    TaskTable,
)
from leitfaden.reading.markdown import closing, plain_text
from leitfaden.rendering.catalogue import Catalogue
from leitfaden.rendering.components import PageComponents, Templates
from leitfaden.rendering.facts import Column, Entry, TaskCell, TaskRow, Value, Wording
from leitfaden.rendering.html import HtmlWriter
from leitfaden.rendering.sanitiser import sanitised
from leitfaden.rendering.slugs import heading_ids
from leitfaden.rendering.views import view_values

_DESCRIPTION_LENGTH = 160


@dataclass(frozen=True, slots=True)
class TocItem:
    """A heading in the table of contents."""

    title: str
    id: str
    level: int
    children: tuple[TocItem, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What a page's HTML depends on besides the page.

    Args:
        locale: The reader's locale; differs from the page's where a translation is missing.
        playbook: All pages.
        resolve: Returns a link's address relative to the page, or None to leave it as it is.
        url_of: Returns the address of a page id, relative to the page, in the reader's locale;
            None where there is no such page.
    """

    locale: str
    playbook: Playbook
    resolve: Callable[[Link], str | None]
    url_of: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as HTML.

    Args:
        html: The content.
        title: The title in the page's language, plain text.
        description: One sentence in the page's language, or empty.
        toc: The headings, nested.
        anchors: All ids that can be linked to.
    """

    html: str
    title: str
    description: str
    toc: tuple[TocItem, ...]
    anchors: frozenset[str]


class Renderer:
    """Renders pages. One for the whole playbook.

    Args:
        contract: The playbook's contract.
        templates: The folder that holds the components' and views' templates.
        catalogue: The UI texts.
    """

    def __init__(self, contract: Contract, templates: Path, catalogue: Catalogue) -> None:
        self.contract = contract
        self.templates = Templates(templates, contract, catalogue)

    def render(self, page: Page, context: RenderContext) -> Rendered:
        """Render a page.

        Args:
            page: The page.
            context: Its surroundings.
        """
        source = context.playbook.source_of(page)
        ids = heading_ids(page, source, self.contract)
        rendering = _Rendering(self, page, context, ids)
        return Rendered(
            html=self._composed(page, rendering.html(), context),
            title=page.title,
            description=description(page, source),
            toc=_toc(page.headings, ids, self.contract),
            anchors=frozenset([*ids, *rendering.task_anchors]),
        )

    def _composed(self, page: Page, content: str, context: RenderContext) -> str:
        """Return the content inside the view of the page's kind, if it has one."""
        kind = self.contract.kinds.get(page.kind)
        if kind is None or kind.view is None:
            return content
        playbook = context.playbook
        values = view_values(
            page,
            playbook,
            self.contract,
            context.locale,
            context.url_of,
            lambda other: description(other, playbook.source_of(other)),
        )
        template = f"views/{kind.view}.html"
        return self.templates.render(
            template, context.locale, {**values, "content": Markup(content)}
        )


class _Rendering:
    """The rendering of one page."""

    def __init__(
        self, renderer: Renderer, page: Page, context: RenderContext, ids: tuple[str, ...]
    ) -> None:
        self._contract = renderer.contract
        self._page = page
        self._context = context
        self._components = PageComponents(renderer.templates, page.locale)
        self._wording = Wording(renderer.contract, page.locale, self._url_of_term)
        self.task_anchors: list[str] = []
        self._writer = HtmlWriter(
            page.text,
            page.events,
            self._components,
            {link.event: link for link in page.links},
            context.resolve,
            {h.events[0]: anchor for h, anchor in zip(page.headings, ids, strict=True)},
        )

    def html(self) -> str:
        instead = self._writer.instead
        for first, replacement in self._fact_boxes():
            instead[first] = replacement
        for tasks in self._page.task_tables:
            first, last = tasks.table.events
            instead[first] = (self._task_table(tasks), last)
        foot = self._take_summary()
        main = self._writer.write(0, len(self._page.events))
        html = main + foot + self._writer.footnotes()
        return sanitised(html) if self._writer.has_raw_html else html

    def _url_of_term(self, label: str, key: str) -> str | None:
        """Return the page about a term: today, a phase's own page."""
        if label != "phase":
            return None
        about = self._context.playbook.by_phase(key, self._page.locale)
        page = next((p for p in about if p.kind == "phase" and p.id != self._page.id), None)
        return self._context.url_of(page.id) if page else None

    def _fact_boxes(self) -> Iterator[tuple[int, tuple[str, int]]]:
        """Yield what stands for the label lines; neighbouring paragraphs share a box."""
        for group in _neighbours(self._page.label_blocks):
            first, last = group[0].events[0], group[-1].events[1]
            facts = [
                self._wording.facts(assignment)
                for block in group
                for assignment in block.assignments
            ]
            shown = [f for f in facts if f]
            whole_page = group[0].span.start < self._first_section()
            box = self._components.fact_box(shown, whole_page) if shown else ""
            before, behind = self._prose_around(group)
            yield first, (before + box + behind, last)

    def _first_section(self) -> int:
        starts = (h.span.start for h in self._page.headings if h.level > 1)
        return next(starts, len(self._page.text))

    def _prose_around(self, group: list[LabelBlock]) -> tuple[str, str]:
        """Return the prose that shares a paragraph with labels, as paragraphs of its own."""
        head, tail = group[0], group[-1]
        before = behind = ""
        if not head.whole:
            before = self._prose(head.events, lambda event: event.end <= head.span.start)
        if not tail.whole:
            behind = self._prose(tail.events, lambda event: event.start >= tail.span.end)
        return before, behind

    def _prose(self, events: tuple[int, int], belongs: Callable[[Event], bool]) -> str:
        inner = range(events[0] + 1, events[1] - 1)
        indices = [i for i in inner if belongs(self._page.events[i])]
        while indices and self._page.events[indices[0]].kind in ("soft-break", "hard-break"):
            indices.pop(0)
        while indices and self._page.events[indices[-1]].kind in ("soft-break", "hard-break"):
            indices.pop()
        if not indices:
            return ""
        html = self._writer.write(indices[0], indices[-1] + 1).strip()
        return f"<p>{html}</p>\n" if html else ""

    def _task_table(self, tasks: TaskTable) -> str:
        table = tasks.table
        columns = [
            Column(key, self._contract.columns[key].name(self._page.locale) if key else cell.text)
            for key, cell in zip(table.columns, table.header, strict=True)
        ]
        rows: list[TaskRow] = []
        for index, row in enumerate(table.rows):
            stated = [task for task in tasks.tasks if task.row == index]
            rows += [self._task_row(task, columns, row.cells) for task in stated]
            if not stated:
                rows.append(self._bare_row(row.cells, len(columns)))
        step = self._step_of(tasks)
        counts = {
            key: sum(task.requirement == key for task in tasks.tasks)
            for key in self._contract.requirements
        }
        return self._components.task_table(
            columns, rows, step.heading.text if step else self._page.title, counts
        )

    def _step_of(self, tasks: TaskTable) -> Step | None:
        return next((step for step in self._page.steps if tasks in step.task_tables), None)

    def _task_row(self, task: Task, columns: list[Column], cells: tuple[Cell, ...]) -> TaskRow:
        anchor = f"task-{task.id}"
        earlier = sum(taken.partition("--")[0] == anchor for taken in self.task_anchors)
        anchor = f"{anchor}--{earlier + 1}" if earlier else anchor
        self.task_anchors.append(anchor)
        shown = tuple(
            self._task_cell(task, column, cells[index] if index < len(cells) else None)
            for index, column in enumerate(columns)
        )
        return TaskRow(anchor, task.id, task.requirement, shown)

    def _task_cell(self, task: Task, column: Column, cell: Cell | None) -> TaskCell:
        match column.key:
            case "task-id":
                return TaskCell("task-id", self._cell_html(task.id_cell))
            case "task-name":
                return TaskCell("task-name", self._cell_html(task.name))
            case "requirement":
                use = task.requirement_use
                text = use.text if use else ""
                name = (
                    self._contract.requirements[task.requirement].name(self._page.locale)
                    if task.requirement
                    else ""
                )
                return TaskCell("requirement", Markup.escape(text), self._spelled(text, name))
            case "role":
                return TaskCell("role", Markup(), self._wording.values(task.roles, "roles"))
            case "services":
                uses = self._wording.values(task.services, "services")
                return TaskCell("services", Markup(), uses)
            case _:
                return TaskCell(column.key, self._cell_html(cell) if cell else Markup())

    def _spelled(self, text: str, name: str) -> tuple[Value, ...]:
        return (Value(text, name, None),) if name else ()

    def _bare_row(self, cells: tuple[Cell, ...], width: int) -> TaskRow:
        """Return a row that states no task, just as it was written."""
        shown = [TaskCell(None, self._cell_html(cell)) for cell in cells[:width]]
        shown += [TaskCell(None)] * (width - len(shown))
        return TaskRow("", "", None, tuple(shown))

    def _cell_html(self, cell: Cell) -> Markup:
        if cell.events is not None:
            return Markup(self._writer.write(*cell.events).strip())
        return Markup(self._writer.inline(cell.span.of(self._page.text)))

    def _take_summary(self) -> str:
        """Return the update summary for the page's foot, and leave it out where it stood."""
        summary = self._page.update_summary
        if summary is None or not self._at_top_level(summary.table.events[0]):
            return ""
        entries = []
        for change in summary.changes:
            iso, date = self._wording.date(change.date, change.date_text.text)
            by, what, notes = (
                self._cell_html(cell) if cell else Markup()
                for cell in (change.by, change.what, change.notes)
            )
            entries.append(Entry(iso, date, by, what, notes))
        first, last = summary.table.events
        heading = body = ""
        if summary.heading and self._at_top_level(summary.heading.events[0]):
            start, behind = summary.heading.events
            heading = self._writer.write(start, behind)
            body = self._writer.write(behind, first)
            first = start
        html = self._components.update_summary(heading, body, entries)
        self._writer.instead[first] = ("", last)
        if not heading:
            self._writer.instead[first] = (html, last)
            return ""
        return html

    def _at_top_level(self, index: int) -> bool:
        depth = 0
        for event in self._page.events[:index]:
            depth += (event.kind == "open") - (event.kind == "close")
        return depth == 0


def _neighbours(blocks: tuple[LabelBlock, ...]) -> Iterator[list[LabelBlock]]:
    """Group label paragraphs that follow each other directly."""
    group: list[LabelBlock] = []
    for block in blocks:
        joined = group and block.events[0] == group[-1].events[1]
        if joined and group[-1].whole and block.whole:
            group.append(block)
            continue
        if group:
            yield group
        group = [block]
    if group:
        yield group


def description(page: Page, source: Page | None) -> str:
    """Return what the page is about, in its own language.

    The metadata's description counts only where it says something of its own: not a repeated
    title, and on a translation not the source's text. Else it is the first sentence of prose.

    Args:
        page: The page.
        source: The page that it translates, or None.
    """
    written = page.front_matter.text("description")
    copied = source is not None and written == source.front_matter.text("description")
    if written and not copied and written != page.front_matter.text("title"):
        return written
    return _shortened(_first_prose(page))


def _first_prose(page: Page) -> str:
    labels = {block.events[0] for block in page.label_blocks}
    quotes = 0
    for index, event in enumerate(page.events):
        if event.tag in ("quote", "list"):
            quotes += (event.kind == "open") - (event.kind == "close")
        if event.kind == "open" and event.tag == "paragraph" and not quotes:
            text = plain_text(page.events[index : closing(page.events, index)])
            if index not in labels and text and not text.startswith("|"):
                return text
    return ""


def _shortened(text: str) -> str:
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return text[:_DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


def _toc(
    headings: tuple[Heading, ...], ids: tuple[str, ...], contract: Contract
) -> tuple[TocItem, ...]:
    """Nest the headings; those that every step repeats would only be noise and stay out."""
    shown = [
        (heading, anchor)
        for heading, anchor in zip(headings, ids, strict=True)
        if not (heading.section and contract.sections[heading.section].within)
    ]
    items, _ = _nested(shown, 0, 0)
    return tuple(items)


def _nested(headings: list[tuple[Heading, str]], at: int, above: int) -> tuple[list[TocItem], int]:
    items: list[TocItem] = []
    while at < len(headings) and headings[at][0].level > above:
        heading, anchor = headings[at]
        children, at = _nested(headings, at + 1, heading.level)
        items.append(TocItem(heading.text, anchor, heading.level, tuple(children)))
    return items, at
