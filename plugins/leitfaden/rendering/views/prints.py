"""All pages of a playbook or of a phase as one, to be printed or kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape, unescape
from typing import Any, Protocol, TypeAlias

from markupsafe import Markup

from leitfaden.contract import Contract, terms_in_order
from leitfaden.model import Link, Page
from leitfaden.model.madeids import WHOLE_PRINT, print_page
from leitfaden.rendering.about import title
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.trust import changed_on
from leitfaden.rendering.views.pagelists import pages_in_order

MOST_PAGES = 300
MOST_CHARACTERS = 5_000_000  # of HTML


class Rendered(Protocol):
    """A page as HTML."""

    @property
    def html(self) -> str:
        """The content."""

    @property
    def title(self) -> str:
        """The title in the page's language, plain text."""

    @property
    def anchors(self) -> frozenset[str]:
        """All ids that can be linked to."""


Render: TypeAlias = Callable[[Page, RenderContext], Rendered]

# As the sanitiser and the templates write tags: `<` stands for itself nowhere else.
# Only those that may change: headings, and what has attributes.
_TAG = re.compile(
    r'<(/?)(h[0-9](?![a-z0-9-])|[a-z][a-z0-9-]*+(?!>))((?:[^<>"]++|"[^"]*+")*+)>', re.IGNORECASE
)
_ATTRIBUTE = re.compile(r'\s([a-z][\w:.-]*)="([^"]*)"', re.IGNORECASE)
_ONE_ID = ("id", "for")
_IDS = ("headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
_CHANGED = re.compile(rf'\s(?:{"|".join((*_ONE_ID, *_IDS))}|href|loading)="')
_LOWEST = 6


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of a print.

    Args:
        number: Its number in the table of contents.
        anchor: Its id in the print.
        title: In its own language.
        lang: Its locale; differs from the reader's where a translation is missing.
        url: Its address on the site, relative to the print.
        html: Its content.
    """

    number: int
    anchor: str
    title: str
    lang: str
    url: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Part:
    """Another print, or a page of one.

    Args:
        url: Relative to the print.
        name: What it is called; empty for that of the whole playbook.
        lang: The locale of its name.
    """

    url: str
    name: str
    lang: str


@dataclass(frozen=True, slots=True)
class Print:
    """What a print shows.

    Args:
        pages: Its pages; none if it would be too large.
        newest: The day of the newest change, as the reader's language writes it, or empty.
        is_too_large: Whether it would be too large for one page.
        parts: What there is instead.
        others: The other prints.
    """

    pages: tuple[PrintedPage, ...]
    newest: str = ""
    is_too_large: bool = False
    parts: tuple[Part, ...] = ()
    others: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page that is rendered, but still has its own ids and addresses."""

    page: Page
    number: int
    url: str
    rendered: Rendered

    @property
    def anchor(self) -> str:
        return f"p{self.number}"

    def place(self, anchor: str) -> str:
        """Return where an anchor of the page lies in the print; its beginning if it has no such."""
        return f"{self.anchor}--{anchor}" if anchor in self.rendered.anchors else self.anchor


class Prints:
    """Puts pages together.

    Args:
        contract: The phases, the navigation, and how dates are written.
        render: Renders a page.
        most_pages: How many pages a print may hold.
        most_characters: How long its HTML may be.
    """

    def __init__(
        self,
        contract: Contract,
        render: Render,
        most_pages: int = MOST_PAGES,
        most_characters: int = MOST_CHARACTERS,
    ) -> None:
        self._contract = contract
        self._render = render
        self._most_pages = most_pages
        self._most_characters = most_characters

    def values(self, page: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what the view shows."""
        pages = tuple(self._pages(page.subject, context))
        day = max(
            (day for one in pages if (day := changed_on(one, context.knowledge))), default=None
        )
        sheets = self._sheets(pages, context)
        shown = Print(
            pages=tuple(_printed(sheets or (), context)),
            newest=day.strftime(self._contract.locales[context.locale].dates) if day else "",
            is_too_large=sheets is None,
            parts=tuple(self._parts(page.subject, pages, context)) if sheets is None else (),
            others=tuple(self._others(page.subject, context)) if sheets is not None else (),
        )
        return {"print": shown}

    def _pages(self, phase: str, context: RenderContext) -> Iterator[Page]:
        """Yield the pages that somebody has written: all, or those of a phase."""
        for page in pages_in_order(context.playbook, self._contract, context.locale):
            if context.knowledge.is_written(page) and (not phase or phase in page.phases):
                yield page

    def _sheets(self, pages: Sequence[Page], context: RenderContext) -> list[_Sheet] | None:
        """Return the pages rendered, each with its own ids; None if they are too much."""
        if len(pages) > self._most_pages:
            return None
        room, sheets = self._most_characters, []
        for number, page in enumerate(pages, start=1):
            rendered = self._render(page, _inside(context.of(page)))
            room -= len(rendered.html)
            if room < 0:
                return None
            sheets.append(_Sheet(page, number, context.url_of(page.id) or "", rendered))
        return sheets

    def _parts(self, phase: str, pages: Iterable[Page], context: RenderContext) -> Iterator[Part]:
        """Yield the prints of the phases; instead of a phase's own print, its pages."""
        if not phase:
            yield from self._prints(context)
            return
        for page in pages:
            name = title(page, context.playbook.source_of(page))
            yield Part(context.url_of(page.id) or "", name, page.locale)

    def _others(self, phase: str, context: RenderContext) -> Iterator[Part]:
        """Yield the prints of the phases and that of all, but not the one that is shown."""
        whole = context.url_of(WHOLE_PRINT)
        if phase and whole is not None:
            yield Part(whole, "", context.locale)
        yield from self._prints(context, phase)

    def _prints(self, context: RenderContext, but: str = "") -> Iterator[Part]:
        for phase in terms_in_order(self._contract.phases.values()):
            url = context.url_of(print_page(phase.key)) if phase.key != but else None
            if url is not None:
                yield Part(url, phase.name(context.locale), context.locale)


def _inside(context: RenderContext) -> RenderContext:
    """Return the surroundings of a page inside a print: anchors are led to their places later."""

    def resolve(link: Link) -> str | None:
        target, mark, anchor = link.target.partition("#")
        if not target:
            return None
        address = context.resolve(link._replace(target=target))
        return f"{address}{mark}{anchor}" if address else address

    def around(part: Page) -> RenderContext:
        return _inside(context.of(part))

    return replace(context, resolve=resolve, around=around)


def _printed(sheets: Sequence[_Sheet], context: RenderContext) -> Iterator[PrintedPage]:
    by_url = {sheet.url: sheet for sheet in sheets}
    for sheet in sheets:
        html = _Rewriter(sheet, by_url).rewritten()
        rendered, lang = sheet.rendered, sheet.page.locale
        yield PrintedPage(sheet.number, sheet.anchor, rendered.title, lang, sheet.url, Markup(html))


@dataclass(frozen=True, slots=True)
class _Rewriter:
    """Makes the HTML of a page a part of a print.

    Its ids are told apart from those of other pages, its headings stand below the print's own, and
    links to what the print holds lead there. Images are loaded at once: they must be there when it
    is printed.

    Args:
        sheet: The page.
        by_url: All pages of the print by their address on the site.
    """

    sheet: _Sheet
    by_url: Mapping[str, _Sheet] = field(repr=False)

    def rewritten(self) -> str:
        return _TAG.sub(self._tag, self.sheet.rendered.html)

    def _tag(self, tag: re.Match[str]) -> str:
        slash, name, attributes = tag[1], tag[2], tag[3]
        has_changes = _CHANGED.search(attributes)
        if len(name) == 2 and name[0] in "hH" and name[1].isdecimal():
            name = f"h{min(int(name[1]) + 1, _LOWEST)}"
        elif not has_changes:
            return tag[0]
        if not has_changes:
            return f"<{slash}{name}{attributes}>"
        return f"<{slash}{name}{_ATTRIBUTE.sub(self._attribute, attributes)}>"

    def _attribute(self, attribute: re.Match[str]) -> str:
        name, value = attribute[1], attribute[2]
        anchor = self.sheet.anchor
        if name in _ONE_ID and value:
            return f' {name}="{anchor}--{value}"'
        if name in _IDS:
            return f' {name}="{" ".join(f"{anchor}--{one}" for one in value.split())}"'
        if name == "href":
            return self._link(value) or attribute[0]
        return "" if name == "loading" else attribute[0]

    def _link(self, value: str) -> str | None:
        """Return the address of a link into the print, with the number of the page."""
        url, _, anchor = unescape(value).partition("#")
        there = self.by_url.get(url) if url else self.sheet
        if there is None:
            return None
        number = "" if there is self.sheet else f' data-lf-number="{there.number}"'
        return f' href="#{escape(there.place(anchor))}"{number}'
