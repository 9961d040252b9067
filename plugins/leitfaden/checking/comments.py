"""The comments of a page that speak to checks: what they say and what they stand before.

In the body they are HTML comments, in the front matter YAML comments. They are found among the
parser's events and YAML's tokens, so that code, texts in quotes and the like hold none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from leitfaden.contract.yamlloader import SafeLoader
from leitfaden.model import Event, MetadataEntry, Page, Span

MARK = "eitfaden:"  # without its first letter, which may be a capital
_OPENING, _CLOSING = "<!--", "-->"
_SAID = re.compile(r"\s*leitfaden:\s*([\w-]*)\s*", re.IGNORECASE)
_NAME = re.compile(r"[\w-]+")
_COMMA = re.compile(r"\s*,\s*")
_BLANKS = " \t"
_EMPHASIS, _ENDS = "*_`", ".,;!?)\"'\u201c\u201d"  # what may stand behind a word
_INLINE = frozenset(("emphasis", "strong", "strikethrough", "link", "image"))
_ROWS = frozenset(("table-head", "table-row"))
_MERGES = frozenset(("list", "footnote", "html-block"))  # what goes on behind a comment taken away
_MAX_DEPTH = 20  # deeper front matter is refused when it is read
_MAX_CHARACTERS = 64_000  # and so is longer one


class Name(NamedTuple):
    """A rule's code or name as a comment writes it."""

    text: str
    span: Span


@dataclass(slots=True)
class Comment:
    """A comment that speaks to checks.

    Args:
        span: The comment.
        verb: What it asks for, such as `ignore`; in lower case.
        names: The rules that it names.
        reason: What it says behind them.
        covers: The lines of the block that it stands in or before; None where there is none.
        removal: What to take away so that it is gone and nothing else changes; None where that
            cannot be told.
    """

    span: Span
    verb: str
    names: tuple[Name, ...]
    reason: str
    covers: Span | None = None
    removal: Span | None = None


def comments_of(page: Page) -> list[Comment]:
    """Return the comments of a page that speak to checks, in the order of the text.

    Args:
        page: The page.
    """
    if MARK not in page.text:
        return []
    found = {comment.span.start: comment for comment in _in_body(page)}
    for comment in _in_cells(page):
        # A row knows its cells better than Markdown does, which drops surplus ones.
        found.setdefault(comment.span.start, comment).covers = comment.covers
    return [*_in_front_matter(page), *(found[start] for start in sorted(found))]


def _comment(text: str, span: Span, inner: Span) -> Comment | None:
    """Return what a comment says, or None if it does not speak to checks."""
    said = _SAID.match(text, inner.start, inner.end)
    if said is None:
        return None
    names: list[Name] = []
    at = said.end()
    while name := _NAME.match(text, at, inner.end):
        names.append(Name(name[0], Span(*name.span())))
        comma = _COMMA.match(text, name.end(), inner.end)
        at = comma.end() if comma else name.end()
        if comma is None:
            break
    reason = text[min(at, inner.end) : inner.end].strip(" \t\r\n:;,.-\u2013\u2014")
    return Comment(span, said[1].lower(), tuple(names), reason)


def _html_comments(text: str, start: int, end: int) -> Iterator[tuple[Span, Comment | None]]:
    """Yield the HTML comments within a part of the text, whether they speak to checks or not."""
    at = text.find(_OPENING, start, end)
    while at >= 0:
        inside = at + len(_OPENING)
        closing = text.find(_CLOSING, inside, end)
        span = Span(at, end if closing < 0 else closing + len(_CLOSING))
        inner = Span(min(inside, span.end), span.end if closing < 0 else closing)
        yield span, _comment(text, span, inner)
        at = text.find(_OPENING, span.end, end)


def lines(page: Page, start: int, end: int) -> Span:
    """Return the whole lines of a part of the text, the last one's end included."""
    starts = page.line_starts
    first = bisect_right(starts, start) - 1
    last = bisect_right(starts, max(start, end - 1))
    return Span(starts[first], starts[last] if last < len(starts) else len(page.text) + 1)


# The body


@dataclass(slots=True)
class _Run:
    """Text that stands in a list item or the like without a paragraph of its own."""

    start: int
    end: int
    comments: list[Comment] = field(default_factory=list)


def _in_body(page: Page) -> list[Comment]:
    walk = _Walk(page)
    for event in page.events:
        walk.take(event)
    walk.end_run()
    return walk.found


class _Walk:
    """One walk over a page's events, which gives each comment the block that it is about."""

    def __init__(self, page: Page) -> None:
        self.found: list[Comment] = []
        self._page = page
        self._text = page.text
        self._open: list[Event] = []  # the blocks that hold the current event
        self._before: list[Comment] = []  # those that wait for the next block
        self._run: _Run | None = None
        self._last = ""  # the tag of the block that was closed last

    def take(self, event: Event) -> None:
        kind, tag = event.kind, event.tag
        if tag in _INLINE:
            if kind == "open":
                self._inline(event)
        elif kind == "open":
            self.end_run()
            self._opened(event)
        elif kind == "close":
            self.end_run()
            if self._open:
                self._open.pop()
            self._last = tag
        elif kind == "rule":
            self.end_run()
            self._cover(self._before, event)
            self._before, self._last = [], kind
        elif kind != "html":  # that belongs to a block which has been looked at as a whole
            self._inline(event)

    def end_run(self) -> None:
        """Close the run of text that is open, if one is."""
        if self._run:
            self._cover(self._run.comments, self._run)
            self._run = None

    def _opened(self, event: Event) -> None:
        self._open.append(event)
        if event.tag == "html-block" and self._is_comments(event):
            return
        self._cover(self._before, event)
        self._before = []

    def _is_comments(self, block: Event) -> bool:
        """Take the comments of a block of HTML; tell whether it holds nothing else."""
        comments: list[Comment] = []
        others: list[str] = []
        at = block.start
        count = 0
        for span, comment in _html_comments(self._text, block.start, block.end):
            others.append(self._text[at : span.start])
            at = span.end
            count += 1
            if comment:
                comments.append(comment)
        others.append(self._text[at : block.end])
        self.found += comments
        if "".join(others).strip(" \t\r\n>"):
            self._cover(comments, block)
            return False
        if count == 1 and len(self._open) == 1 and self._last not in _MERGES:
            for comment in comments:
                comment.removal = _lines_to_remove(self._page, comment.span)
        self._before += comments
        return True

    def _inline(self, event: Event) -> None:
        holder = self._open[-1].tag if self._open else ""
        if holder in ("", "item", "quote", "footnote"):
            if self._run is None:
                self._run = _Run(event.start, event.end, self._before)
                self._before = []
            self._run.end = max(self._run.end, event.end)
        if event.kind != "inline-html" or not str(event.value).startswith(_OPENING):
            return
        for _, comment in _html_comments(self._text, event.start, event.end):
            if comment is None:
                continue
            comment.removal = _part_to_remove(self._text, comment.span)
            self.found.append(comment)
            if self._run:
                self._run.comments.append(comment)
            else:
                self._cover([comment], self._block())

    def _block(self) -> Event:
        """Return the innermost block that is open; of a table, the row."""
        rows = self._open[-2:-1]
        return rows[0] if rows and rows[0].tag in _ROWS else self._open[-1]

    def _cover(self, comments: Sequence[Comment], block: Event | _Run) -> None:
        for comment in comments:
            comment.covers = lines(self._page, block.start, block.end)


def _in_cells(page: Page) -> Iterator[Comment]:
    """Yield comments in cells that Markdown does not see: surplus ones, and of refused tables."""
    for table in page.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.events is None and MARK in cell.span.of(page.text):
                    for _, comment in _html_comments(page.text, cell.span.start, cell.span.end):
                        if comment:
                            comment.covers = lines(page, row.span.start, row.span.end)
                            yield comment


def _lines_to_remove(page: Page, span: Span) -> Span | None:
    """Return the lines of a comment that stands alone on them, beside a blank one."""
    text = page.text
    whole = lines(page, span.start, span.end)
    end = min(whole.end, len(text))
    if text[whole.start : span.start].strip(_BLANKS) or text[span.end : end].strip():
        return None
    first = bisect_right(page.line_starts, whole.start) - 1
    above = first == 0 or not text[page.line_starts[first - 1] : whole.start].strip()
    behind = lines(page, end, end)
    below = end == len(text) or not text[behind.start : behind.end].strip()
    if not (above or below):
        return None
    return Span(whole.start, min(behind.end, len(text)) if above and below else end)


def _part_to_remove(text: str, span: Span) -> Span | None:
    """Return a comment within a line with the blanks before it, where none would be missed."""
    start = span.start
    while start and text[start - 1] in _BLANKS:
        start -= 1
    behind = text[span.end : span.end + 1]
    if start == span.start or (behind and behind not in " \t\r\n|"):
        return None
    word = start
    while word and text[word - 1] in _EMPHASIS:
        word -= 1
    # Left alone at a line's end, other marks would become a heading, a list or a table.
    ends_text = word and (text[word - 1].isalnum() or text[word - 1] in _ENDS)
    if not ends_text:
        return None
    return span if behind == "|" else Span(start, span.end)


# The front matter


def _in_front_matter(page: Page) -> Iterator[Comment]:
    whole = page.front_matter.span
    if whole.end > _MAX_CHARACTERS or MARK not in whole.of(page.text):
        return
    entries = sorted(page.front_matter.entries, key=_key_start)
    fence = page.text.rfind("---", 0, whole.end)
    for span, following in _yaml_comments(page.text, whole):
        comment = _comment(page.text, span, Span(span.start + 1, span.end))
        if comment is None:
            continue
        line = lines(page, span.start, span.end)
        before = page.text[line.start : span.start].rstrip(_BLANKS)
        if before:
            comment.removal = Span(line.start + len(before), span.end)
            comment.covers = _entry_lines(page, span.start, entries) or line
        else:
            comment.removal = Span(line.start, min(line.end, len(page.text)))
            if following < fence:
                comment.covers = _entry_lines(page, following, entries)
        yield comment


def _key_start(entry: MetadataEntry) -> int:
    return entry.key_span.start


def _entry_lines(page: Page, at: int, entries: Sequence[MetadataEntry]) -> Span | None:
    """Return the lines of the entry that holds the offset."""
    index = bisect_right(entries, at, key=_key_start) - 1
    if index < 0:
        return None
    entry = entries[index]
    return lines(page, entry.key_span.start, max(entry.key_span.end, entry.value_span.end))


def _yaml_comments(text: str, whole: Span) -> Iterator[tuple[Span, int]]:
    """Yield the comments between the tokens of the front matter, and where each next one is."""
    source = whole.of(text)
    at = depth = 0
    try:
        for token in yaml.scan(source, Loader=SafeLoader):
            start = token.start_mark.index
            for span in _between(source, at, start, whole.start):
                yield span, whole.start + start
            at = max(at, token.end_mark.index)
            depth += isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken))
            depth -= isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken))
            if depth > _MAX_DEPTH:  # the scanner takes ever longer with each further level
                return
    except (yaml.YAMLError, UnicodeError):
        return  # the front matter is broken, which is told by itself


def _between(source: str, start: int, end: int, offset: int) -> Iterator[Span]:
    at = source.find("#", start, end)
    while at >= 0:
        line_end = source.find("\n", at)
        line_end = len(source) if line_end < 0 else line_end
        stop = at + len(source[at:line_end].rstrip())
        yield Span(offset + at, offset + stop)
        at = source.find("#", line_end, end)
