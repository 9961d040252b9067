"""Markdown → events with places, by pulldown-cmark (through pyromark)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

import pyromark

from leitfaden.model import Event

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)

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
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff\u2060"))


def read_events(text: str, start: int = 0) -> list[Event]:
    """Parse the Markdown in `text` from `start` on.

    Args:
        text: The page's text.
        start: Offset where the Markdown begins; the events' offsets count from the text's start.
    """
    body = text[start:]
    to_offset = _offsets(body, start)
    parsed = pyromark.events_with_range(body, options=_OPTIONS, merge_text=True)
    return [
        _event(event, to_offset(place["start"]), to_offset(place["end"])) for event, place in parsed
    ]


def _offsets(body: str, start: int) -> Callable[[int], int]:
    """Return what turns an offset in the UTF-8 bytes of `body` into one in the page's text."""
    if body.isascii():
        return lambda byte: byte + start
    continuations = [match.start() for match in _CONTINUATION.finditer(body.encode())]
    return lambda byte: byte - bisect_left(continuations, byte) + start


def _event(event: object, start: int, end: int) -> Event:
    if isinstance(event, str):
        return Event(_LEAVES[event], "", None, start, end)
    assert isinstance(event, dict)
    ((name, value),) = event.items()
    if name == "Start":
        return _tagged("open", value, start, end)
    if name == "End":
        return _tagged("close", value, start, end)
    return Event(_LEAVES[name], "", value, start, end)


def _tagged(kind: str, tag: object, start: int, end: int) -> Event:
    if isinstance(tag, str):
        return Event(kind, _TAGS[tag], None, start, end)
    assert isinstance(tag, dict)
    ((name, value),) = tag.items()
    return Event(kind, _TAGS[name], value, start, end)


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
    events = read_events(f"|-|\n|-|\n|{row}|")
    opened = [i for i, e in enumerate(events) if e.kind == "open" and e.tag == "table-cell"]
    if len(opened) < 2:
        return []
    return events[opened[1] + 1 : closing(events, opened[1])]


def plain_text(events: Iterable[Event]) -> str:
    """Return what a reader sees of the events, without markup, blanks collapsed."""
    parts: list[str] = []
    for event in events:
        if event.kind in ("text", "code"):
            parts.append(str(event.value))
        elif event.kind in ("soft-break", "hard-break"):
            parts.append(" ")
    return tidy("".join(parts))


def tidy(text: str) -> str:
    """Return the text without invisible characters and superfluous blanks."""
    return " ".join(text.translate(_INVISIBLE).split())
