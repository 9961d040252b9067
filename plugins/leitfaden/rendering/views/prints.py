"""All pages of a playbook or of a phase as one, to be printed or kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from leitfaden.contract import Contract, terms_in_order
from leitfaden.model import Page
from leitfaden.model.madeids import WHOLE_PRINT, print_page
from leitfaden.rendering.about import title
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.sheets import MOST_CHARACTERS, Sheet, Sheets
from leitfaden.rendering.trust import changed_on
from leitfaden.rendering.views.pagelists import pages_in_order

MOST_PAGES = 300


# As the sanitiser and the templates write tags: `<` stands for itself nowhere else.
# Only those that may change: headings, and what has attributes.
_TAG = re.compile(
    r'<(/?)(h[0-9](?![a-z0-9-])|[a-z][a-z0-9-]*+(?!>))((?:[^<>"]++|"[^"]*+")*+)>', re.IGNORECASE
)
_ATTRIBUTE = re.compile(r'\s([a-z][\w:.-]*)="([^"]*)"', re.IGNORECASE)
_ONE_ID = ("id", "for")
_IDS = ("headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
_ADDRESSES = ("href", "src")
_CHANGED = re.compile(rf'\s(?:{"|".join((*_ONE_ID, *_IDS, *_ADDRESSES))}|loading)="')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
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
class _Numbered:
    """A page that is rendered, but still has its own ids and addresses.

    Args:
        sheet: The page at its own place.
        number: Its number in the table of contents.
        url: Its address on the site, relative to the print.
    """

    sheet: Sheet
    number: int
    url: str

    @property
    def anchor(self) -> str:
        return f"p{self.number}"

    def place(self, anchor: str) -> str:
        """Return where an anchor of the page lies in the print; its beginning if it has no such."""
        has_it = anchor in self.sheet.rendered.anchors
        return f"{self.anchor}--{anchor}" if has_it else self.anchor


class Prints:
    """Puts pages together.

    Args:
        contract: The phases, the navigation, and how dates are written.
        sheets: Has the pages as they were rendered.
        most_pages: How many pages a print may hold.
        most_characters: How long its HTML may be.
    """

    def __init__(
        self,
        contract: Contract,
        sheets: Sheets,
        most_pages: int = MOST_PAGES,
        most_characters: int = MOST_CHARACTERS,
    ) -> None:
        self._contract = contract
        self._sheets = sheets
        self._most_pages = most_pages
        self._most_characters = most_characters

    def values(self, page: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what the view shows."""
        pages = tuple(self._pages(page.subject, context))
        day = max(
            (day for one in pages if (day := changed_on(one, context.knowledge))), default=None
        )
        sheets = self._numbered(pages, context)
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

    def _numbered(self, pages: Sequence[Page], context: RenderContext) -> list[_Numbered] | None:
        """Return the pages as they were rendered; None if they are too much."""
        if len(pages) > self._most_pages:
            return None
        room, found = self._most_characters, []
        for number, page in enumerate(pages, start=1):
            sheet = self._sheets.of(page, context)
            room -= len(sheet.rendered.html)
            if room < 0:
                return None
            found.append(_Numbered(sheet, number, context.url_of(page.id) or ""))
        return found

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


def _printed(sheets: Sequence[_Numbered], context: RenderContext) -> Iterator[PrintedPage]:
    by_url = {one.url: one for one in sheets}
    addresses: dict[tuple[str, str], str] = {}
    for one in sheets:
        html = _Rewriter(one, by_url, context, addresses).rewritten()
        title, lang = one.sheet.rendered.title, one.sheet.page.locale
        yield PrintedPage(one.number, one.anchor, title, lang, one.url, Markup(html))


@dataclass(frozen=True, slots=True)
class _Rewriter:
    """Makes the HTML of a page a part of a print.

    Its ids are told apart from those of other pages, its headings stand below the print's own, and
    links to what the print holds lead there; all other addresses become relative to the print.
    Images are loaded at once: they must be there when it is printed.

    Args:
        one: The page.
        by_url: All pages of the print by their address on the site.
        context: The surroundings of the print.
        addresses: What addresses have become, by the place that they are relative to.
    """

    one: _Numbered
    by_url: Mapping[str, _Numbered] = field(repr=False)
    context: RenderContext = field(repr=False)
    addresses: dict[tuple[str, str], str] = field(repr=False)

    def rewritten(self) -> str:
        return _TAG.sub(self._tag, self.one.sheet.rendered.html)

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
        anchor = self.one.anchor
        if name in _ONE_ID and value:
            return f' {name}="{anchor}--{value}"'
        if name in _IDS:
            return f' {name}="{" ".join(f"{anchor}--{one}" for one in value.split())}"'
        if name in _ADDRESSES:
            return self._address(name, value) or attribute[0]
        return "" if name == "loading" else attribute[0]

    def _address(self, name: str, value: str) -> str | None:
        """Return the attribute that names an address; None if it stays as it is.

        A link into the print has the number of the page that it leads to.
        """
        written, mark, anchor = unescape(value).partition("#")
        url = self._relative(written)
        there = self.by_url.get(url) if url else self.one
        if name == "href" and there is not None:
            number = "" if there is self.one else f' data-lf-number="{there.number}"'
            return f' href="#{escape(there.place(anchor))}"{number}'
        return f' {name}="{escape(f"{url}{mark}{anchor}")}"' if url != written else None

    def _relative(self, url: str) -> str:
        """Return an address of the page relative to the print; one of elsewhere as it is."""
        place = self.one.sheet.place
        if not url or place == self.context.place or _ELSEWHERE.match(url):
            return url
        while url.startswith("../") and place.endswith("/"):  # up to what many pages share
            place, url = place[: place.rfind("/", 0, -1) + 1], url[3:]
        if (place, url) not in self.addresses:
            path, mark, query = url.partition("?")
            below_root = urljoin(place, path) or "./"
            self.addresses[place, url] = f"{self.context.relative(below_root)}{mark}{query}"
        return self.addresses[place, url]
