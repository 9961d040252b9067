"""Markdown → events with places, by pulldown-cmark (through pyromark)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
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
# A page has hundreds of events, and a named tuple's own constructor takes twice as long.
_event = partial(tuple.__new__, Event)
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
    continuations = _continuations(body)
    events: list[Event] = []
    opened: list[int] = []
    for parsed, place in pyromark.events_with_range(body, options=options, merge_text=True):
        name, value = (parsed, None) if isinstance(parsed, str) else _only(parsed)
        if name == "End":
            at = opened.pop()
            _, tag, _, begin, end = events[at]
            if tag == "heading":
                _take_id(body, start, events, at)
            events.append(_event(("close", tag, None, begin, end)))
            continue
        begin, end = place["start"], place["end"]
        begin += start - bisect_left(continuations, begin)
        end += start - bisect_left(continuations, end)
        if name == "Start":
            tag, value = (value, None) if isinstance(value, str) else _only(value)
            opened.append(len(events))
            events.append(_event(("open", _TAGS[tag], value, begin, end)))
        else:
            events.append(_event((_LEAVES[name], "", value, begin, end)))
    return events


def _only(parsed: Any) -> tuple[str, Any]:
    """Return the name of an event or a tag and what it carries: `{'Text': 'a'}`."""
    [(name, value)] = parsed.items()
    return name, value


def _continuations(body: str) -> list[int]:
    """Return the offsets of those bytes of UTF-8 that begin no character.

    The parser counts bytes: as many of these as stand before an offset are too many.
    """
    if body.isascii():
        return []
    return [match.start() for match in _CONTINUATION.finditer(body.encode())]


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
