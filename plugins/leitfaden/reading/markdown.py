"""Markdown → events with places, by pulldown-cmark (through pyromark)."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import pyromark

from leitfaden.model import Event

_WITHOUT_TABLES = (
    pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
_OPTIONS = _WITHOUT_TABLES | pyromark.Options.ENABLE_TABLES
# The parser fills short rows up to the header's width: a wide header above many short rows takes
# gigabytes. The largest table of the corpus has 430 cells.
MAX_CELLS = 1_000_000

_TAGS = {
    "Paragraph": "paragraph",
    "Heading": "heading",
    "BlockQuote": "quote",
    "CodeBlock": "code-block",
    "HtmlBlock": "html-block",
    "List": "list",
    "Item": "item",
    "FootnoteDefinition": "footnote",
    "Table": "table",
    "TableHead": "table-head",
    "TableRow": "table-row",
    "TableCell": "table-cell",
    "Emphasis": "emphasis",
    "Strong": "strong",
    "Strikethrough": "strikethrough",
    "Link": "link",
    "Image": "image",
}
_LEAVES = {
    "Text": "text",
    "Code": "code",
    "Html": "html",
    "InlineHtml": "inline-html",
    "FootnoteReference": "footnote-reference",
    "TaskListMarker": "task-marker",
    "SoftBreak": "soft-break",
    "HardBreak": "hard-break",
    "Rule": "rule",
}
_CONTINUATION = re.compile(rb"[\x80-\xbf]")
# Not seen, not meant: they come with text that was pasted from a browser.
_INVISIBLE = re.compile("[\u200b\ufeff\u2060]")


class ParserError(Exception):
    """The Markdown parser gave up."""


def read_events(text: str, start: int = 0, *, tables: bool = True) -> list[Event]:
    """Parse the Markdown in `text` from `start` on.

    Args:
        text: The page's text.
        start: Offset where the Markdown begins; the events' offsets count from the text's start.
        tables: Whether there are tables.

    Raises:
        ParserError: The parser gave up, which is known of no page.
    """
    try:
        return _events(text[start:], start, _OPTIONS if tables else _WITHOUT_TABLES)
    except BaseException as error:
        # What a panic in Rust raises derives from BaseException and can only be named.
        if type(error).__name__ != "PanicException":
            raise
        raise ParserError(str(error)) from None


def has_giant_table(text: str) -> bool:
    """Tell whether a table could have more cells than a page can be meant to have."""
    lines = text.count("\n") + 1
    if text.count("|") * lines <= MAX_CELLS:
        return False
    return max(line.count("|") for line in text.split("\n")) * lines > MAX_CELLS


def _events(body: str, start: int, options: pyromark.Options) -> list[Event]:
    # A page has hundreds of events, so this loop is most of what reading costs: every event is
    # looked at once, and a close is made together with its open.
    offsets = _Offsets(body, start)
    low, high, shift = offsets.around(0)
    new = tuple.__new__  # a named tuple's own constructor takes twice as long
    events: list[Event] = []
    opened: list[Event] = []
    heading = 0
    parsed: Any
    for parsed, place in pyromark.events_with_range(body, options=options, merge_text=True):
        name, value = (parsed, None) if parsed.__class__ is str else parsed.popitem()
        if name == "End":
            close = opened.pop()
            if close[1] == "heading":  # headings hold no headings
                _take_id(body, start, events, heading)
            events.append(close)
            continue
        begin, end = place["start"], place["end"]
        if not low <= begin <= end <= high:
            begin = offsets.of(begin)
            low, high, shift = offsets.around(end)
            end += shift
        else:
            begin += shift
            end += shift
        if name == "Start":
            tag, value = (value, None) if value.__class__ is str else value.popitem()
            tag = _TAGS[tag]
            if tag == "heading":
                heading = len(events)
            opened.append(new(Event, ("close", tag, None, begin, end)))
            events.append(new(Event, ("open", tag, value, begin, end)))
        else:
            events.append(new(Event, (_LEAVES[name], "", value, begin, end)))
    return events


class _Offsets:
    """Turns the parser's offsets, which count bytes, into offsets of characters.

    Args:
        body: What is parsed.
        start: Where it begins in the page's text.
    """

    def __init__(self, body: str, start: int) -> None:
        self._start = start
        # Bytes of UTF-8 that begin no character: those before an offset are too many.
        self._surplus: Sequence[int] = (
            ()
            if body.isascii()
            else [match.start() for match in _CONTINUATION.finditer(body.encode())]
        )

    def of(self, offset: int) -> int:
        """Return the character's offset in the page's text."""
        return offset + self._start - bisect_left(self._surplus, offset)

    def around(self, offset: int) -> tuple[int, int, int]:
        """Return from where to where offsets differ by as much, and by how much they do."""
        index = bisect_left(self._surplus, offset)
        low = self._surplus[index - 1] + 1 if index else 0
        high = self._surplus[index] if index < len(self._surplus) else sys.maxsize
        return low, high, self._start - index


def _take_id(body: str, start: int, events: list[Event], opening: int) -> None:
    """Take the id that a writer gave a heading, `{#id}`, out of its text.

    pulldown-cmark can do so too, but then takes any other braces at a heading's end with it.
    """
    last = events[-1]
    if last.kind != "text" or not str(last.value).endswith("}"):
        return
    shown, mark, name = str(last.value)[:-1].rpartition("{#")
    written = body[last.start - start : last.end - start]
    given = f"{mark}{name}}}"
    escaped = written.removesuffix(given).endswith("\\")
    if not mark or not name or any(char in " \t{}" for char in name):
        return
    if escaped or not written.endswith(given):
        return
    rest = written.removesuffix(given).rstrip(" \t")
    events.pop()
    if rest:
        events.append(last._replace(value=shown.rstrip(" \t"), end=last.start + len(rest)))
    heading = events[opening]
    value: Any = heading.value
    events[opening] = heading._replace(value={**value, "id": name})


def as_text(text: str, start: int = 0) -> list[Event]:
    """Return the events of a single paragraph that shows the text from `start` on as it stands."""
    end = len(text)
    return [
        Event("open", "paragraph", None, start, end),
        Event("text", "", text[start:], start, end),
        Event("close", "paragraph", None, start, end),
    ]


def closing(events: Sequence[Event], index: int) -> int:
    """Return the index of the event that closes the one opened at `index`."""
    depth = 0
    for at in range(index, len(events)):
        kind = events[at].kind
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth == 0:
                return at
    return len(events) - 1


def closings(events: Sequence[Event]) -> list[int]:
    """Return for each event that opens something the index of the one that closes it."""
    pairs = list(range(len(events)))
    opened: list[int] = []
    for index, event in enumerate(events):
        if event.kind == "open":
            opened.append(index)
        elif event.kind == "close" and opened:
            pairs[opened.pop()] = index
    return pairs


def cell_events(source: str) -> list[Event]:
    """Parse a piece of Markdown as the content of a table cell: inline only, no lists, no code.

    Args:
        source: What stands between two pipes.
    """
    row = " ".join(source.split())
    try:
        events = read_events(f"|-|\n|-|\n|{row}|")
    except ParserError:
        return as_text(row)[1:-1]
    opened = [i for i, e in enumerate(events) if e.kind == "open" and e.tag == "table-cell"]
    if len(opened) < 2:
        return []
    return events[opened[1] + 1 : closing(events, opened[1])]


def plain_text(events: Sequence[Event]) -> str:
    """Return what a reader sees of the events, without markup, blanks collapsed."""
    if len(events) == 1 and events[0].kind == "text":
        return tidy(str(events[0].value))
    parts: list[str] = []
    for kind, _, value, _, _ in events:
        if kind == "text" or kind == "code":
            parts.append(str(value))
        elif kind == "soft-break" or kind == "hard-break":
            parts.append(" ")
        elif kind == "inline-html" and str(value)[:3].lower() == "<br":
            parts.append(" ")  # the only way to break a line in a cell
    return tidy("".join(parts))


def tidy(text: str) -> str:
    """Return the text without invisible characters and superfluous blanks."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())
