"""The content of one page: its Markdown, with the components in place of what they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leitfaden.contract import Contract
from leitfaden.contract.anchors import ids_in, is_taken
from leitfaden.model import Page, Span
from leitfaden.rendering.components import PageComponents, Templates
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.facts import Wording
from leitfaden.rendering.html import HtmlWriter
from leitfaden.rendering.labels import FactBoxes
from leitfaden.rendering.pagelinks import PageLinks
from leitfaden.rendering.sanitiser import RawHtml
from leitfaden.rendering.summary import Summary
from leitfaden.rendering.tables import Tables


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


class Content:
    """Writes the content of one page.

    Args:
        page: The page.
        title: What it is called.
        ids: The ids of its headings.
        contract: The playbook's contract.
        templates: The components' templates.
        context: The page's surroundings.
    """

    def __init__(
        self,
        page: Page,
        title: str,
        ids: Sequence[str],
        contract: Contract,
        templates: Templates,
        context: RenderContext,
    ) -> None:
        self._page = page
        self._contract = contract
        self._context = context
        self._components = PageComponents(templates, page.locale)
        self._wording = Wording(contract, page.locale, self._url_of_term, self._url_around)
        self._ids = frozenset(ids)
        self._claimed: set[str] = set()
        self._writer = HtmlWriter(
            page.text,
            page.events,
            self._components,
            {link.event: link for link in page.links},
            context.resolve,
            {h.events[0]: anchor for h, anchor in zip(page.headings, ids, strict=True)},
            RawHtml(context.resolve, self._claim),
        )
        self._links = PageLinks(page)
        self._tables = Tables(
            page, title, contract, self._writer, self._components, self._wording, self._links
        )

    def parts(self) -> Parts:
        """Return the content."""
        writer, page, wording = self._writer, self._page, self._wording
        boxes = FactBoxes(page, writer, self._components, wording)
        for (first, behind), write in (*boxes.all(), *self._tables.all()):
            writer.instead[first] = (write, behind)
        foot = Summary(page, writer, self._components, wording, self._tables).place()
        # In this order: footnotes are numbered as they are cited.
        behind = self._behind_title()
        heading = writer.write(0, behind)
        text = writer.write(behind, len(page.events))
        parts = Parts(heading, text, foot() + writer.footnotes())
        if self._claimed:
            self._claimed &= ids_in(parts.html)  # the sanitiser may drop an element after all
        return parts

    def _behind_title(self) -> int:
        """Return the index behind the events of the H1 that the page begins with, or 0."""
        first = next(iter(self._page.headings), None)
        begins = first is not None and first.level == 1 and first.events[0] == 0
        return first.events[1] if first and begins else 0

    @property
    def anchors(self) -> frozenset[str]:
        """The ids in what was written."""
        headings, notes = self._writer.written_ids, self._writer.footnote_ids()
        return frozenset({*headings, *self._claimed, *self._tables.anchors, *notes})

    def _claim(self, name: str) -> bool:
        """Take an id for raw HTML, unless something else of the page has it."""
        taken = name in self._ids or name in self._claimed or is_taken(name, self._contract)
        if not name or taken or any(map(str.isspace, name)):
            return False
        self._claimed.add(name)
        return True

    def _url_of_term(self, label: str, key: str) -> str | None:
        """Return the page about a term: today, a phase's own page."""
        if label != "phase":
            return None
        about = self._context.playbook.by_phase(key, self._page.locale)
        page = next((p for p in about if p.kind == "phase" and p.id != self._page.id), None)
        return self._context.url_of(page.id) if page else None

    def _url_around(self, span: Span) -> str | None:
        """Return where the link leads that a part of the page stands in."""
        link = self._links.around(span)
        return self._writer.address(link) if link else None
