"""Markdown → events with places, by pulldown-cmark (through pyromark)."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, count, islice, pairwise, repeat
from operator import add
from typing import Any, NamedTuple

import pyromark

from leitfaden.model import Event
from leitfaden.reading.cjk import disguised, undisguised
from leitfaden.reading.pipes import lacking_pipes, may_lack_pipes, pipe_places, with_pipes

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
# What no page can be meant to hold and would keep a machine busy; the greatest page of the corpus
# has 2,800 events, 430 cells in a table and lists in lists in lists.
MAX_EVENTS = 100_000
# The parser fills short rows up to the header's width: a wide header above many short rows takes
# gigabytes.
MAX_CELLS = 200_000
# The parser looks for all open lists and quotes in every line: lines times depth takes it minutes.
MAX_LOOKS = 100_000_000
_DEEP = 200
DEEPEST = 5_000  # of lists and quotes; browsers take seconds for some times as many
# Python-Markdown, which has the pages with `renderer: mkdocs`, calls itself for each list or quote
# in another, looks from each bracket to the end of its block, and is slower at tables.
_DEEP_FOR_PYTHON = 50
_BRACKETS_FOR_PYTHON = 1_000  # half a second in one block at 2,000
_CELLS_FOR_PYTHON = 40_000
_AT_ONCE = 1_000  # cells
_TRIES = 3

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
_Plain = tuple[str, str, object, int, int]  # an event before it is one
_LEVEL = r"[ \t]*+(?:>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])|\[\^[^\]\n]{1,99}\]:)"
_LEVELS = re.compile(f"(?:{_LEVEL}){{{_DEEP},}}+")
_LEVELS_FOR_PYTHON = re.compile(f"^(?:{_LEVEL}){{{_DEEP_FOR_PYTHON}}}", re.MULTILINE)
_INDENT_FOR_PYTHON = re.compile(
    rf"^(?: {{4}}|\t){{{_DEEP_FOR_PYTHON}}}[ \t]*+(?:[-+*]|[0-9]{{1,9}}[.)])[ \t]", re.MULTILINE
)
_BLOCK_END = re.compile(r"\n[ \t]*+\n")
# Makes all bytes of UTF-8 that begin no character one and the same.
_CONTINUED = b"\x80"
_CONTINUATIONS = bytes(0x80) + _CONTINUED * 0x40 + bytes(0x40)
# Not seen, not meant: they come with text that was pasted from a browser.
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff\u2060"))


class ParserError(Exception):
    """The Markdown parser gave up."""


class TooMuch(ParserError):
    """There is more than a page can be meant to hold."""


class Parsed(NamedTuple):
    """What the parser saw.

    Args:
        events: The events.
        pairs: For each event that opens something the index of the one that closes it.
        opened: By tag, where the events stand that open such a thing.
    """

    events: list[Event]
    pairs: Mapping[int, int]
    opened: Mapping[str, Sequence[int]]

    def all(self, *tags: str) -> list[int]:
        """Return where any of the tags is opened, in the order of the events."""
        return sorted(chain.from_iterable([self.opened.get(tag, ()) for tag in tags]))


def parse(text: str, start: int = 0) -> Parsed:
    """Parse the Markdown in `text` from `start` on.

    Args:
        text: The page's text.
        start: Offset where the Markdown begins; the events' offsets count from the text's start.

    Raises:
        TooMuch: There is more than a page can be meant to hold.
        ParserError: The parser gave up, which is known of no page.
    """
    try:
        body = text[start:]
        parsed = _events(body, start)
        if may_lack_pipes(body, len(parsed.opened.get("table", ()))):
            return _with_tables(body, start, parsed)
        return parsed
    except BaseException as error:
        # What a panic in Rust raises derives from BaseException and can only be named.
        if type(error).__name__ != "PanicException":
            raise
        raise ParserError(str(error)) from None


def read_events(text: str, start: int = 0) -> list[Event]:
    """Return the events of the Markdown in `text` from `start` on.

    Args:
        text: The page's text.
        start: Offset where the Markdown begins.

    Raises:
        ParserError: The parser gave up.
    """
    return parse(text, start).events


def refuse_giants(text: str, line_starts: Sequence[int]) -> None:
    """Refuse what would keep the parser busy for long, or take all of the memory.

    Args:
        text: The page's text.
        line_starts: Offset of the first character of each line.

    Raises:
        TooMuch: A table could have too many cells, or something is nested too deeply.
    """
    if text.count("|") * len(line_starts) > MAX_CELLS:
        widest = max(line.count("|") for line in text.split("\n"))
        if widest * len(line_starts) > MAX_CELLS:
            raise TooMuch(f"a table that could have more than {MAX_CELLS:,} cells")
    if len(text) * len(line_starts) <= MAX_LOOKS:
        return  # as is nearly every page, without a look at its lines
    depth = max(_depths(text, line_starts), default=0)
    if depth * len(line_starts) > MAX_LOOKS:
        raise TooMuch(f"lists or quotes nested deeper than {_DEEP} levels")


def refuse_depth(parsed: Parsed) -> None:
    """Refuse lists and quotes so deep in one another that browsers take long to lay them out.

    Args:
        parsed: What the parser saw.

    Raises:
        TooMuch: They are.
    """
    opened = parsed.all("quote", "item")
    ends: list[int] = []
    for at in opened if len(opened) > DEEPEST else ():
        while ends and ends[-1] < at:
            ends.pop()
        ends.append(parsed.pairs[at])
        if len(ends) > DEEPEST:
            raise TooMuch(f"lists or quotes nested deeper than {DEEPEST:,} levels")


def refuse_for_python(text: str) -> None:
    """Refuse what Python-Markdown would take minutes for, or have no stack left for.

    Args:
        text: The page's text.

    Raises:
        TooMuch: It holds too many brackets in a block, or cells, or is nested too deeply.
    """
    if _LEVELS_FOR_PYTHON.search(text) or _INDENT_FOR_PYTHON.search(text):
        why = f"lists or quotes nested deeper than {_DEEP_FOR_PYTHON} levels"
        raise TooMuch(f"{why}, with `renderer: mkdocs`")
    many = text.count("[") > _BRACKETS_FOR_PYTHON or text.count("|") > _CELLS_FOR_PYTHON
    for block in _BLOCK_END.split(text) if many else ():
        if block.count("[") > _BRACKETS_FOR_PYTHON:
            most = f"{_BRACKETS_FOR_PYTHON:,}"
            raise TooMuch(f"more than {most} brackets in one block, with `renderer: mkdocs`")
        lines = block.split("\n")
        if max(line.count("|") for line in lines) * len(lines) > _CELLS_FOR_PYTHON:
            most = f"{_CELLS_FOR_PYTHON:,}"
            raise TooMuch(
                f"a table that could have more than {most} cells, with `renderer: mkdocs`"
            )


def _depths(text: str, line_starts: Sequence[int]) -> Iterator[int]:
    """Yield, of each line that might open many lists or quotes, how many at most."""
    for start, end in pairwise((*line_starts, len(text))):
        if end - start > _DEEP and (levels := _LEVELS.match(text, start, end)):
            yield levels.end() - start


def _events(body: str, start: int, pipes: Sequence[int] = ()) -> Parsed:
    # A page has hundreds of events, and this loop is most of what reading costs: every event is
    # looked at once, a close is made together with its open, and what is found on the way is kept.
    given, added = with_pipes(body, pipes) if pipes else (body, [])
    surplus = _surplus(given, added)
    low, high, shift = -1, surplus[1], start  # from where to where offsets differ, and by how much
    events: list[_Plain] = []
    pairs: dict[int, int] = {}
    opened: dict[str, list[int]] = defaultdict(list)
    waiting: list[tuple[int, _Plain]] = []
    parsed: Any
    value: Any
    disguise, meant = disguised(given)
    stream: Iterator[Any] = pyromark.events_with_range(disguise, options=_OPTIONS, merge_text=True)
    if meant:
        stream = undisguised(stream, meant)
    for parsed, place in islice(stream, MAX_EVENTS):
        if parsed.__class__ is dict:
            name, value = parsed.popitem()
        else:
            name, value = parsed, None
        if name == "End":
            at, close = waiting.pop()
            if close[1] == "heading":
                _take_id(body, start, events, at)
            pairs[at] = len(events)
            events.append(close)
            continue
        begin, end = place["start"], place["end"]
        if not low < begin <= high:
            at = bisect_left(surplus, begin)
            low, high, shift = surplus[at - 1], surplus[at], start + 1 - at
        begin += shift
        end += shift if end <= high else start + 1 - bisect_left(surplus, end)
        if name == "Start":
            if value.__class__ is dict:
                tag, value = value.popitem()
            else:
                tag, value = value, None
            tag = _TAGS[tag]
            at = len(events)
            opened[tag].append(at)
            waiting.append((at, ("close", tag, None, begin, end)))
            events.append(("open", tag, value, begin, end))
        else:
            events.append((_LEAVES[name], "", value, begin, end))
    if next(stream, None):
        raise TooMuch(f"more than {MAX_EVENTS:,} pieces of text and markup")
    # A named tuple's own constructor takes twice as long.
    return Parsed(list(map(tuple.__new__, repeat(Event), events)), pairs, opened)


def _with_tables(body: str, start: int, parsed: Parsed) -> Parsed:
    """Return what the parser sees with the pipes that a table may do without on GitHub."""
    lacking = lacking_pipes(body, start, parsed.events)
    for _ in range(_TRIES):
        if not lacking:
            break
        found = _events(body, start, pipe_places(body, lacking))
        tables = {found.events[index].start - start for index in found.opened["table"]}
        seen = [table for table in lacking if table.header in tables]
        if len(seen) == len(lacking):
            return found
        lacking = seen  # the others are none: their pipes would be seen as text
    return parsed


def _surplus(body: str, added: Sequence[int]) -> list[int]:
    """Return the offsets of those bytes that begin no character of the page, between two bounds.

    The parser counts bytes: as many of these as stand before an offset are too many.

    Args:
        body: What is parsed.
        added: At which of its bytes stands what the page does not hold.
    """
    if body.isascii():
        return [-1, *added, sys.maxsize]
    # To split and add up takes half as long as a regular expression.
    pieces = body.encode().translate(_CONTINUATIONS).split(_CONTINUED)
    lengths = accumulate(map(len, pieces[:-1]))
    surplus = map(add, lengths, count())
    return [-1, *(sorted((*surplus, *added)) if added else surplus), sys.maxsize]


def _take_id(body: str, start: int, events: list[_Plain], opening: int) -> None:
    """Take the id that a writer gave a heading, `{#id}`, out of its text.

    pulldown-cmark can do so too, but then takes any other braces at a heading's end with it.
    """
    kind, tag, value, begin, end = events[-1]
    if kind != "text" or not str(value).endswith("}"):
        return
    shown, mark, name = str(value)[:-1].rpartition("{#")
    written = body[begin - start : end - start]
    given = f"{mark}{name}}}"
    escaped = written.removesuffix(given).endswith("\\")
    if not mark or not name or any(char in " \t{}" for char in name):
        return
    if escaped or not written.endswith(given):
        return
    rest = written.removesuffix(given).rstrip(" \t")
    events.pop()
    if rest:
        events.append((kind, tag, shown.rstrip(" \t"), begin, begin + len(rest)))
    heading: Any
    kind, tag, heading, begin, end = events[opening]
    events[opening] = (kind, tag, {**heading, "id": name}, begin, end)


def as_text(text: str, start: int = 0) -> Parsed:
    """Return a single paragraph that shows the text from `start` on as it stands."""
    end = len(text)
    events = [
        Event("open", "paragraph", None, start, end),
        Event("text", "", text[start:], start, end),
        Event("close", "paragraph", None, start, end),
    ]
    return Parsed(events, {0: 2}, {"paragraph": (0,)})


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


def paired(events: list[Event]) -> Parsed:
    """Return events with what opens and closes what."""
    pairs: dict[int, int] = {}
    opened: dict[str, list[int]] = defaultdict(list)
    waiting: list[int] = []
    for index, event in enumerate(events):
        if event.kind == "open":
            opened[event.tag].append(index)
            waiting.append(index)
        elif event.kind == "close" and waiting:
            pairs[waiting.pop()] = index
    return Parsed(events, pairs, opened)


def cell_events(source: str) -> list[Event]:
    """Parse a piece of Markdown as the content of a table cell: inline only, no lists, no code.

    Args:
        source: What stands between two pipes.
    """
    try:
        [events] = _cells_of([source])
    except ParserError:
        return as_text(" ".join(source.split())).events[1:-1]
    return events


def cell_texts(sources: Sequence[str]) -> list[str]:
    """Return what a reader sees of cells that the parser did not see as such.

    Args:
        sources: What stands between two pipes, for each of them.
    """
    texts: list[str] = []
    for at in range(0, len(sources), _AT_ONCE):
        some = sources[at : at + _AT_ONCE]
        try:
            texts += map(plain_text, _cells_of(some))
        except ParserError:
            texts += [plain_text(cell_events(source)) for source in some]
    return texts


def _cells_of(sources: Sequence[str]) -> list[list[Event]]:
    """Parse each source as the first cell of a row, all rows in one go.

    Raises:
        ParserError: The parser gave up.
    """
    rows = "".join(f"|{' '.join(source.split())}|\n" for source in sources)
    events, pairs, opened = parse(f"|-|\n|-|\n{rows}")
    found = [events[row + 2 : pairs[row + 1]] for row in opened["table-row"]]
    if len(found) != len(sources):
        raise ParserError("not all rows are rows")
    return found


def plain_text(events: Sequence[Event]) -> str:
    """Return what a reader sees of the events, without markup, blanks collapsed."""
    if len(events) == 1 and events[0][0] == "text":  # as in nearly all cells and headings
        return tidy(str(events[0][2]))
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
    # Nearly every text is so; no invisible character is printable, and of all blanks only a space.
    if text.isprintable() and "  " not in text:
        return text.strip()
    if not text.isascii():
        text = text.translate(_WITHOUT_INVISIBLE)
    return " ".join(text.split())
