"""The places that a sentence about a page names: tasks, steps, sections, pages, old addresses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from leitfaden.contract import Contract, fold
from leitfaden.contract.anchors import heading_ids
from leitfaden.contract.vocabulary import spellings
from leitfaden.model import Page, Playbook, Redirect
from leitfaden.model.madeids import task_page

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[\w#/](?:[.#]{0,99}+[\w%/-])++")  # bounded: a page can be all dots
_ENDINGS = (".md", ".html")


class Named(NamedTuple):
    """A place that a text names.

    Args:
        start: Where in the text its name begins.
        end: Where it ends.
        page_id: The page.
        anchor: The place on the page; empty for the page as a whole.
        moved_from: The old address below the site's root, if the text names that one.
        is_content: Whether it is a task or a step.
    """

    start: int
    end: int
    page_id: str
    anchor: str = ""
    moved_from: str = ""
    is_content: bool = False


class _Word(NamedTuple):
    folded: str
    start: int
    end: int


class _Name(NamedTuple):
    """What a place is called, and the place."""

    words: tuple[str, ...]
    written: str
    close: str
    place: Named


class Places:
    """Finds what texts name, for the readers of one locale.

    Args:
        playbook: All pages.
        contract: Says how sections are called, and how sentences cite tasks.
        locale: The reader's locale.
        redirects: The old addresses of pages.
    """

    def __init__(
        self, playbook: Playbook, contract: Contract, locale: str, redirects: Sequence[Redirect]
    ) -> None:
        self._playbook = playbook
        self._contract = contract
        self._moved = {one.address: one for one in redirects if one.locale == locale}
        self._records = playbook.records(locale)
        self._pages = playbook.shown_pages(locale)

    def of(self, page: Page) -> PagePlaces:
        """Return what finds the places that the texts of a page name."""
        return PagePlaces(page, self._index(self._headings(page)), self)

    @cached_property
    def titles(self) -> _Index:
        """The titles of pages that were written; a single word would be found in any sentence."""
        names = (_name(page.title, Named(0, 0, page.id)) for page in self._pages if not page.view)
        return self._index(name for name in names if len(name.words) > 1)

    def tasks(self, page: Page, text: str) -> Iterator[Named]:
        """Yield the tasks of a page that a text names, and others that it cites as such."""
        cited = self._contract.citations.task.get(page.locale, ())
        first = any_of(cited).search(text.casefold()) if cited else None
        for match in _WORD.finditer(text):
            record = self._records.get(match[0]) if match[0].isdecimal() else None
            if record is None:
                continue
            here = next((one for one in record.occurrences if one.page is page), None)
            if here is not None:
                yield Named(*match.span(), page.id, here.anchor, is_content=True)
            elif first and first.start() < match.start():
                yield Named(*match.span(), task_page(record.id), is_content=True)

    def old_addresses(self, text: str) -> Iterator[Named]:
        """Yield the pages whose old addresses a text names."""
        for match in _ADDRESS.finditer(text) if self._moved else ():
            if match[0].isalnum():
                continue  # a mere word: an old page may have been called `overview`
            address, _, anchor = match[0].partition("#")
            for ending in _ENDINGS:
                address = address.removesuffix(ending)
            moved = self._moved.get(address.strip("/"))
            if moved:
                new = next((one.new for one in moved.anchors if one.old == anchor), anchor)
                yield Named(*match.span(), moved.page_id, new, moved.address)

    def _headings(self, page: Page) -> Iterator[_Name]:
        steps = {step.heading.span for step in page.steps}
        ids = heading_ids(page, self._playbook.source_of(page), self._contract)
        for heading, anchor in zip(page.headings, ids, strict=True):
            section = self._contract.sections[heading.section] if heading.section else None
            if heading.level == 1 or (section and section.within):
                continue  # the page itself, or what each step has
            place = Named(0, 0, page.id, anchor, is_content=heading.span in steps)
            names = {heading.text}
            if section:
                names |= {name for name, _ in spellings(section, page.locale)}
            yield from (_name(name, place) for name in sorted(names))

    def _index(self, names: Iterable[_Name]) -> _Index:
        index: dict[str, list[_Name]] = defaultdict(list)
        for name in names:
            if name.words:
                index[name.words[0]].append(name)
        return _Index(index)


class _Index:
    """Names by their first words."""

    def __init__(self, names: dict[str, list[_Name]]) -> None:
        self._names = names

    def at(self, words: Sequence[_Word], first: int, text: str) -> Iterator[Named]:
        """Yield the places whose names begin with a word of a text."""
        for name in self._names.get(words[first].folded, ()):
            here = words[first : first + len(name.words)]
            if tuple(word.folded for word in here) != name.words:
                continue
            start, end = here[0].start, here[-1].end
            # A name of one word, such as `Approach`, counts only as it is written.
            if len(name.words) > 1 or text[start:end] == name.written:
                # What closes the name, as a quotation mark may, belongs to it.
                end += len(name.close) * text.startswith(name.close, end)
                yield name.place._replace(start=start, end=end)


class PagePlaces(NamedTuple):
    """Finds what the texts of one page name.

    Args:
        page: The page.
        headings: Its steps and sections.
        places: All that is not of the page alone.
    """

    page: Page
    headings: _Index
    places: Places

    def in_text(self, text: str) -> Iterator[Named]:
        """Yield the places that a text names, in its order; of names at one place the longest."""
        found = [*self.places.old_addresses(text), *self.places.tasks(self.page, text)]
        words = _words(text)
        for index in range(len(words)):
            found += self.headings.at(words, index, text)
            found += self.places.titles.at(words, index, text)
        behind = 0
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            is_itself = one.page_id == self.page.id and not one.anchor and not one.moved_from
            if one.start >= behind and not is_itself:
                yield one
                behind = one.end


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of some words, in lower case; `*` in them stands for any letters."""
    found = "|".join(
        r"\w*".join(map(re.escape, re.split(r"\*+", fold(pattern)))) for pattern in patterns
    )
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)" if found else r"(?!)")


def _words(text: str) -> list[_Word]:
    return [_Word(match[0].casefold(), *match.span()) for match in _WORD.finditer(text)]


def _name(text: str, place: Named) -> _Name:
    words = _words(text)
    end = words[-1].end if words else 0
    written = text[words[0].start : end] if words else ""
    return _Name(tuple(word.folded for word in words), written, text[end:].strip(), place)
