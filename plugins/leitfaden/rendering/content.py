"""The content of one page: its Markdown, with the components in place of what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from leitfaden.contract.anchors import ids_in, is_taken
from leitfaden.model import Include, Inclusion, Page, Row, Span
from leitfaden.model.madeids import task_page
from leitfaden.rendering.components import PageComponents, Templates
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.facts import Wording
from leitfaden.rendering.footnotes import Numbering
from leitfaden.rendering.html import HtmlWriter, Inserted
from leitfaden.rendering.labels import FactBoxes
from leitfaden.rendering.lexicon import Lexicon
from leitfaden.rendering.marks import MarkMaker
from leitfaden.rendering.outline import Outline, outline_of
from leitfaden.rendering.pagelinks import PageLinks
from leitfaden.rendering.prose import Prose
from leitfaden.rendering.sanitiser import RawHtml
from leitfaden.rendering.summary import Summary
from leitfaden.rendering.tables import Tables, TaskAnchors


@dataclass(frozen=True, slots=True)
class Parts:
    """The content of a page, as a view can place it.

    Args:
        heading: The H1 that the page begins with, or empty.
        text: What stands below it.
        foot: The update summary and the footnotes.
    """

    heading: str
    text: str
    foot: str

    @property
    def html(self) -> str:
        """All of it, one after the other."""
        return self.heading + self.text + self.foot


class Shared:
    """What a page shares with all that it includes while it is written.

    Args:
        page: The page.
        outline: The headings that it shows.
        lexicon: What names lead to.
    """

    def __init__(self, page: Page, outline: Outline, lexicon: Lexicon) -> None:
        self.page = page
        self.outline = outline
        self.lexicon = lexicon
        self.explained: set[str] = set()
        self.urls: dict[str, str | None] = {}  # rows name the same terms again and again
        self.ids = frozenset(anchor for _, anchor in outline.headings)
        self.written_ids: set[str] = set()
        self.claimed: set[str] = set()
        self.numbering = Numbering()
        self.tasks = TaskAnchors()

    def for_original(self, source: Page, outline: Outline) -> Shared:
        """Return what rows of the original share with the page that shows them.

        Args:
            source: The original.
            outline: Its headings.
        """
        other = Shared(source, outline, self.lexicon)
        other.ids |= self.ids
        other.claimed, other.numbering, other.tasks = self.claimed, self.numbering, self.tasks
        return other


class Place(NamedTuple):
    """Where on a page a file is shown; the page itself is shown at its beginning.

    Args:
        title: What the heading around it says; the caption of a table outside of any step.
        part: The file; None for the page itself.
        begins_page: Whether no section of the page has begun.
    """

    title: str
    part: Inclusion[Page] | None = None
    begins_page: bool = True


class Content:
    """Writes the content of one page, or of a file that it includes.

    Args:
        page: The page or the file.
        place: Where it is shown.
        shared: What is shared with the page around it.
        templates: The components' templates.
        context: The surroundings of the page or the file.
    """

    def __init__(
        self,
        page: Page,
        place: Place,
        shared: Shared,
        templates: Templates,
        context: RenderContext,
    ) -> None:
        contract = templates.contract
        self._page = page
        self._place = place
        self._shared = shared
        self._templates = templates
        self._contract = contract
        self._context = context
        self._components = PageComponents(templates, page.locale)
        self._wording = Wording(contract, page.locale, self._url_of_term, self._url_around)
        inner = place.part.inner if place.part else shared.outline.inclusions
        self._included = {inclusion.include.span: inclusion for inclusion in inner}
        ids = shared.outline.ids[place.part]
        self._writer = HtmlWriter(
            page.text,
            page.events,
            self._components,
            {link.event: link for link in page.links},
            context.resolve,
            {h.events[0]: anchor for h, anchor in zip(page.headings, ids, strict=True)},
            RawHtml(context.resolve, self._claim, context.size_of, contract.trusts_writers),
            self._insert,
            context.size_of,
            shared.numbering,
            written_ids=shared.written_ids,
            prose=Prose(
                page,
                shared.page,
                shared.lexicon,
                contract,
                self._components,
                context,
                shared.explained,
            ),
        )
        self._links = PageLinks(page)
        self._tables = Tables(
            page,
            place.title,
            contract,
            self._writer,
            self._components,
            self._wording,
            self._links,
            shared.tasks,
            self._url_of_task,
        )

    @classmethod
    def of_page(
        cls,
        page: Page,
        title: str,
        outline: Outline,
        templates: Templates,
        context: RenderContext,
        lexicon: Lexicon,
    ) -> Content:
        """Return what writes the content of a page.

        Args:
            page: The page.
            title: What it is called.
            outline: The headings that it shows.
            templates: The components' templates.
            context: The page's surroundings.
            lexicon: What names lead to.
        """
        return cls(page, Place(title), Shared(page, outline, lexicon), templates, context)

    def parts(self) -> Parts:
        """Return the content."""
        writer, page = self._writer, self._page
        self._put_components()
        summary = Summary(page, writer, self._components, self._wording, self._tables)
        foot = summary.place()
        # In this order: footnotes are numbered as they are cited.
        behind = self._behind_title()
        heading = writer.write(0, behind)
        text = writer.write(behind, len(page.events))
        parts = Parts(heading, text, foot() + writer.footnotes())
        if self._shared.claimed:
            self._shared.claimed &= ids_in(parts.html)  # the sanitiser may drop an element
        return parts

    def _put_components(self) -> None:
        """Put the components in place of what they show."""
        boxes = FactBoxes(
            self._page, self._writer, self._components, self._wording, self._place.begins_page
        )
        for (first, behind), write in (*boxes.all(), *self._tables.all()):
            self._writer.instead[first] = (write, behind)
        self._put_marks()

    def _put_marks(self) -> None:
        """Put what is told about the page and its original where it belongs."""
        page, context = self._page, self._context
        standing = context.knowledge.standing(page)
        source = context.playbook.source_of(page)
        if standing is None or source is None:
            return
        url = context.url_in(page.id, source.locale)
        original = self._content_of(source)
        maker = MarkMaker(page, source, standing, url, self._components, original._cells)
        marks = maker.marks()
        self._writer.inserted |= marks.inserted
        self._tables.marks, self._tables.original = marks, original._tables

    def _content_of(self, source: Page) -> Content:
        """Return what writes rows of the page that this one translates."""
        outline = outline_of(source, self._context.playbook, self._contract)
        shared = self._shared.for_original(source, outline)
        context = self._context.of(source)
        return Content(source, Place(self._place.title), shared, self._templates, context)

    def _cells(self, row: Row) -> list[Markup]:
        return [self._tables.cell(cell) for cell in row.cells]

    def _insert(self, include: Include, blocks: bool) -> Inserted:
        """Return what is shown of a file that the page includes.

        Args:
            include: Where it does so.
            blocks: Whether blocks can stand there, if it is in a sentence.
        """
        inclusion = self._included.get(include.span)
        part = inclusion.page if inclusion else None
        fits = part is not None and (include.block or blocks or part.is_inline)
        if inclusion is None or part is None or not fits:
            html = self._components.not_included(include, inline=not include.block)
            return Inserted(html, not include.block)
        content = Content(
            part,
            self._place_of(inclusion),
            self._shared,
            self._templates,
            self._context.of(part),
        )
        inline = part.is_inline and not include.block
        html = content._sentence() if inline else content._blocks()
        if part.locale != self._page.locale:
            html = self._components.included(html, part.locale, inline)
        return Inserted(html.strip() if inline else html, inline)

    def _place_of(self, inclusion: Inclusion[Page]) -> Place:
        start = inclusion.include.span.start
        steps = (step for step in self._page.steps if step.span.start <= start < step.span.end)
        title = next((step.heading.text for step in steps), self._place.title)
        sections = (h.span.start for h in self._page.headings if h.level > 1)
        begins_page = self._place.begins_page and start < next(sections, start + 1)
        return Place(title, inclusion, begins_page)

    def _blocks(self) -> str:
        """Return a file as blocks."""
        self._put_components()
        return self._writer.write(0, len(self._page.events))

    def _sentence(self) -> str:
        """Return a file that is but one paragraph as a part of a sentence."""
        return self._writer.write(1, len(self._page.events) - 1)

    def _behind_title(self) -> int:
        """Return the index behind the events of the H1 that the page begins with, or 0."""
        first = next(iter(self._page.headings), None)
        begins = first is not None and first.level == 1 and first.events[0] == 0
        return first.events[1] if first and begins else 0

    @property
    def anchors(self) -> frozenset[str]:
        """The ids in what was written."""
        shared = self._shared
        tasks, notes = shared.tasks.names, shared.numbering.ids()
        return frozenset({*shared.written_ids, *shared.claimed, *tasks, *notes})

    def _claim(self, name: str) -> bool:
        """Take an id for raw HTML, unless something else of the page has it."""
        shared = self._shared
        taken = name in shared.ids or name in shared.claimed or is_taken(name, self._contract)
        if not name or taken or any(map(str.isspace, name)):
            return False
        shared.claimed.add(name)
        return True

    def _url_of_term(self, vocabulary: str, key: str) -> str | None:
        """Return the address of the page about a term, unless it is this one."""
        page_id = self._shared.lexicon.page_of_term(vocabulary, key, self._context.playbook)
        return self._url_of(page_id) if page_id != self._shared.page.id else None

    def _url_of_task(self, task_id: str) -> str | None:
        return self._url_of(task_page(task_id))

    def _url_of(self, page_id: str) -> str | None:
        urls = self._shared.urls
        if page_id not in urls:
            urls[page_id] = self._context.url_of(page_id)
        return urls[page_id]

    def _url_around(self, span: Span) -> str | None:
        """Return where the link leads that a part of the page stands in."""
        link = self._links.around(span)
        return self._writer.address(link) if link else None
