"""HTML in a page's text, tag by tag, with the places where it is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from leitfaden.model.page import Page
from leitfaden.model.span import Span

# As browsers read them (HTML, section "Tokenization"): a quote counts only at a value's beginning,
# and a tag goes on until `>` wherever that is. What was read is never read in another way.
_ATTRIBUTE = r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"?+|'[^']*+'?+|[^\s>]*+))?+"""
_TAG = re.compile(rf"<(/?)([A-Za-z][^\s/>]*+)((?:[\s/]*+{_ATTRIBUTE})*+)[\s/]*+(>?)")
_ATTRIBUTES = re.compile(rf"[\s/]*+{_ATTRIBUTE}")
_TAG_NAME, _TAG_ATTRIBUTES, _TAG_END = 2, 3, 6
_COMMENT = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?](?!--)[^>]*+>?|</(?![A-Za-z])[^>]*+>?", re.DOTALL
)
_INLINE, _BLOCK, _LINE = "inline-html", ("open", "html-block"), "html"


class Attribute(NamedTuple):
    """An attribute of a tag.

    Args:
        name: Its name, in lower case.
        value: Its value as a browser gets it; empty if it has none.
        start: Where it is written.
        end: Behind that.
        value_start: Where its value is written, without quotes.
        value_end: Behind that.
    """

    name: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int


class Tag(NamedTuple):
    """A tag.

    Args:
        name: The element's name, in lower case.
        is_closing: Whether it closes an element.
        attributes: The attributes of one that opens it.
        start: Where it is written.
        end: Behind that.
        is_whole: Whether it has an end at all; browsers show nothing of one that has none.
    """

    name: str
    is_closing: bool
    attributes: tuple[Attribute, ...]
    start: int
    end: int
    is_whole: bool


def tags(html: str) -> Iterator[Tag]:
    """Yield the tags in HTML; those in comments are none.

    Args:
        html: HTML of any kind.
    """
    if "<!" in html or "<?" in html or "</" in html:
        html = _COMMENT.sub(lambda comment: " " * len(comment[0]), html)
    for tag in _TAG.finditer(html):
        closing, named = tag[1] == "/", tag[_TAG_ATTRIBUTES]
        attributes = tuple(_attributes(html, tag)) if named and not closing else ()
        whole = bool(tag[_TAG_END])
        yield Tag(tag[_TAG_NAME].lower(), closing, attributes, tag.start(), tag.end(), whole)


def _attributes(html: str, tag: re.Match[str]) -> Iterator[Attribute]:
    """Yield the attributes of a tag; of two of one name, browsers take the first."""
    seen: set[str] = set()
    for one in _ATTRIBUTES.finditer(html, *tag.span(_TAG_ATTRIBUTES)):
        name = one[1].lower()
        start, end = one.span(2) if one[2] is not None else (one.end(), one.end())
        if one[2] and one[2][0] in "\"'":
            closed = end - start > 1 and html[end - 1] == html[start]
            start, end = start + 1, end - closed
        if name not in seen:
            seen.add(name)
            yield Attribute(name, unescape(html[start:end]), one.start(1), one.end(), start, end)


class PageTag(NamedTuple):
    """A tag that a page holds.

    Args:
        tag: The tag.
        piece: The HTML around it.
    """

    tag: Tag
    piece: RawPiece

    def span(self, start: int, end: int) -> Span:
        """Return where in the page's text a part of the HTML around the tag stands."""
        return self.piece.span(start, end)


class RawPiece:
    """HTML of a page in one piece: a tag in a line, or all lines of a block.

    Args:
        html: The HTML, without what marks the quote or list that it stands in.
        starts: Where in it each of its lines begins.
        places: Where these begin in the page's text.
        is_block: Whether it stands between paragraphs.
    """

    def __init__(self, html: str, starts: list[int], places: list[int], is_block: bool) -> None:
        self.html = html
        self.is_block = is_block
        self._starts = starts
        self._places = places

    def span(self, start: int, end: int) -> Span:
        """Return where in the page's text a part of the HTML stands."""
        last = self._place(end - 1) + 1 if end > start else self._place(start)
        return Span(self._place(start), last)

    def _place(self, offset: int) -> int:
        line = bisect_right(self._starts, offset) - 1
        return self._places[line] + offset - self._starts[line]


def tags_of(page: Page) -> Iterator[PageTag]:
    """Yield the tags in a page's own HTML, in their order.

    Args:
        page: The page.
    """
    if "<" in page.text:
        for piece in _pieces(page):
            for tag in tags(piece.html):
                yield PageTag(tag, piece)


def _pieces(page: Page) -> Iterator[RawPiece]:
    lines: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    size = 0
    for kind, tag, value, start, _ in page.events:
        if kind == _INLINE:
            yield RawPiece(str(value), [0], [start], False)
        elif kind == _LINE:
            starts.append(size)
            places.append(start)
            lines.append(str(value))
            size += len(lines[-1])
        elif (kind, tag) == ("close", "html-block"):
            if lines:
                yield RawPiece("".join(lines), starts, places, True)
            lines, starts, places, size = [], [], [], 0
