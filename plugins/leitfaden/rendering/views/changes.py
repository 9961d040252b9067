"""What changed on all pages, newest first, and what of it concerns a phase, a role, a service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from leitfaden.contract import Contract, Term
from leitfaden.model import Page, Span
from leitfaden.reading.changes import VOCABULARIES, PageChange, changes_of
from leitfaden.rendering.about import title
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.lexicon import Lexicon

_MOST = 200  # entries on the page; older ones stand on their own pages
_MOST_OF_TERM = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an entry's text.

    Args:
        text: What it says.
        url: Where it leads to, or None.
        today: What the place is called today, where the text names an old address.
        old_url: The old address.
    """

    text: str
    url: str | None = None
    today: str = ""
    old_url: str | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A change of a page.

    Args:
        iso: The day, for machines.
        date: The day, as the reader's language writes it.
        title: What the page is called.
        url: Of the page; None if it is not on the site.
        lang: The page's locale.
        pieces: What was changed; empty if the page does not say.
        by: The role that changed it; empty for anybody else: persons are not named.
    """

    iso: str
    date: str
    title: str
    url: str | None
    lang: str
    pieces: tuple[Piece, ...]
    by: str


@dataclass(frozen=True, slots=True)
class LogDay:
    """What changed on one day, page by page."""

    iso: str
    date: str
    pages: tuple[tuple[LogEntry, ...], ...]


@dataclass(frozen=True, slots=True)
class LogMonth:
    """What changed in one month; what matters to few is kept apart."""

    iso: str
    month: int
    year: int
    days: tuple[LogDay, ...]
    trivial: tuple[LogEntry, ...]


@dataclass(frozen=True, slots=True)
class TermLog:
    """The newest changes of the pages that name a term.

    Args:
        key: The term.
        name: In the reader's language.
        url: Of the term's own page.
        feed: The address of its feed, or None.
        count: How many changes there are.
        entries: The newest of those that matter.
    """

    key: str
    name: str
    url: str | None
    feed: str | None
    count: int
    entries: tuple[LogEntry, ...]


class ChangeLog:
    """Lists what changed.

    Args:
        contract: The vocabularies.
        lexicon: Knows the pages of terms.
    """

    def __init__(self, contract: Contract, lexicon: Lexicon) -> None:
        self._contract = contract
        self._lexicon = lexicon

    def values(self, _: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what the view shows."""
        changes = context.knowledge.changes(context.locale)
        shown = changes[:_MOST]
        months = groupby(shown, key=lambda one: (one.day.year, one.day.month))
        return {
            "months": [
                self._month(year, month, tuple(of_month), context)
                for (year, month), of_month in months
            ],
            "older": len(changes) - len(shown),
            "topics": {name: tuple(self._terms(name, changes, context)) for name in VOCABULARIES},
        }

    def _month(
        self, year: int, month: int, changes: Sequence[PageChange], context: RenderContext
    ) -> LogMonth:
        matters = [one for one in changes if not one.trivial]
        return LogMonth(
            iso=f"{year:04}-{month:02}",
            month=month,
            year=year,
            days=tuple(
                self._day(tuple(of_day), context)
                for _, of_day in groupby(matters, key=lambda one: one.day)
            ),
            trivial=tuple(self._entry(one, context) for one in changes if one.trivial),
        )

    def _day(self, changes: Sequence[PageChange], context: RenderContext) -> LogDay:
        pages = tuple(
            tuple(self._entry(one, context) for one in of_page)
            for _, of_page in groupby(changes, key=lambda one: one.page.id)
        )
        return LogDay(pages[0][0].iso, pages[0][0].date, pages)

    def _terms(
        self, vocabulary: str, changes: Sequence[PageChange], context: RenderContext
    ) -> Iterator[TermLog]:
        for term in self._contract.vocabulary(vocabulary).values():
            found = changes_of(
                (vocabulary, term.key), changes, context.playbook, self._contract, context.locale
            )
            if found:
                yield self._term(vocabulary, term, found, context)

    def _term(
        self, vocabulary: str, term: Term, found: Sequence[PageChange], context: RenderContext
    ) -> TermLog:
        page_id = self._lexicon.page_of_term(vocabulary, term.key, context.playbook)
        feed = context.knowledge.feed_of(context.locale, page_id)
        newest = [one for one in found if not one.trivial][:_MOST_OF_TERM]
        return TermLog(
            key=term.key,
            name=term.name(context.locale),
            url=context.url_of(page_id),
            feed=context.relative(feed) if feed else None,
            count=len(found),
            entries=tuple(self._entry(one, context) for one in newest),
        )

    def _entry(self, one: PageChange, context: RenderContext) -> LogEntry:
        page = one.page
        match = self._contract.roles.find(one.row.by.text, page.locale) if one.row.by else None
        return LogEntry(
            iso=one.day.isoformat(),
            date=one.day.strftime(self._contract.locales[context.locale].dates),
            title=title(page, context.playbook.source_of(page)),
            url=context.url_of(page.id),
            lang=page.locale,
            pieces=tuple(_pieces(one, context)),
            by=self._contract.roles[match.key].name(context.locale) if match else "",
        )


class _Target(NamedTuple):
    """Where a part of an entry's text leads."""

    start: int
    end: int
    url: str
    today: str = ""
    old_url: str | None = None


def _pieces(one: PageChange, context: RenderContext) -> Iterator[Piece]:
    """Yield an entry's text in parts: what leads somewhere, and what is between."""
    at = 0
    found = [*_written_links(one, context), *_places(one, context)]
    for target in sorted(found, key=lambda target: target.start):  # what is written comes first
        if target.start < at:
            continue
        if target.start > at:
            yield Piece(one.text[at : target.start])
        text = one.text[target.start : target.end]
        yield Piece(text, target.url, target.today, target.old_url)
        at = target.end
    if at < len(one.text):
        yield Piece(one.text[at:])


def _written_links(one: PageChange, context: RenderContext) -> Iterator[_Target]:
    """Yield where the links lead that the writer put into the row, as far as pages go."""
    at, around = 0, context.of(one.page)
    for link in one.page.links:
        if link.image or not _holds(one.row.span, link.span) or not link.text:
            continue
        start = one.text.find(link.text, at)
        url = around.resolve(link)
        if start >= 0 and url:
            at = start + len(link.text)
            yield _Target(start, at, url)


def _places(one: PageChange, context: RenderContext) -> Iterator[_Target]:
    for place in one.named:
        url = context.url_of(place.page_id)
        if url is None:
            continue
        anchor = f"#{quote(place.anchor)}" if place.anchor else ""
        if not place.moved_from:
            yield _Target(place.start, place.end, f"{url}{anchor}")
            continue
        page = context.playbook.shown(place.page_id, context.locale)
        name = title(page, context.playbook.source_of(page)) if page else place.page_id
        old = context.relative(quote(f"{place.moved_from}.html"))
        yield _Target(place.start, place.end, f"{url}{anchor}", name, old)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
