"""Tables that GitHub sees and the parser does not: they only lack pipes in front.

GitHub takes a line of text for a table's header if a separator row with as many cells follows. The
parser asks for a pipe in front where the table has but one column, or follows other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# No more than a line of such signs: the first look is at all lines of the page.
_LIKE_SEPARATOR = re.compile(r"\n[ \t>]*[-|:][-|: \t\r]*(?=\n|\Z)")
_CELL = r"[ \t]*:?-+:?[ \t]*"
_SEPARATOR = re.compile(rf"\|?{_CELL}(?:\|{_CELL})*\|?[ \t]*")
_PIPE = re.compile(r"\\.|\|", re.DOTALL)
_BREAKS = ("soft-break", "hard-break")
_INLINE = ("emphasis", "strong", "strikethrough", "link", "image", "")

_Plain = tuple[str, str, object, int, int]


def may_lack_pipes(body: str, tables: int) -> bool:
    """Tell whether there are more separator rows than tables.

    Args:
        body: The Markdown.
        tables: How many tables the parser has seen.
    """
    found = _LIKE_SEPARATOR.findall(body)
    return len(found) > tables and sum("|" in line or ":" in line for line in found) > tables


class Lacking(NamedTuple):
    """What may be a table.

    Args:
        header: Where its header begins.
        separator: Where its separator row begins.
    """

    header: int
    separator: int


def lacking_pipes(body: str, start: int, events: Sequence[_Plain]) -> list[Lacking]:
    """Return what may be a table but for its pipes.

    Args:
        body: The Markdown.
        start: Where it begins, as the events count.
        events: What the parser has seen.
    """
    found: list[Lacking] = []
    for first, behind in _lines(events):
        header, separator = events[first], events[behind + 1]
        row, below = str(separator[2]), separator[3] - start
        if not _is_separator(row, separator, events, behind + 2) or body[below - 1] == "\\":
            continue
        at = header[3] - start
        at -= body[at - 1 : at] == "\\"
        if found and at <= found[-1].separator:
            continue  # a row of the table before
        line = body[at : events[behind][3] - start]
        if _quotes(body, at) == _quotes(body, below) and _width(line) == _width(row):
            found.append(Lacking(at, below))
    return found


def pipe_places(body: str, tables: Sequence[Lacking]) -> list[int]:
    """Return where pipes have to be added."""
    return [place for table in tables for place in table if body[place] != "|"]


def with_pipes(body: str, places: Sequence[int]) -> tuple[str, list[int]]:
    """Return the text with pipes, and at which of its bytes they are.

    Args:
        body: The Markdown.
        places: Where pipes are missing.
    """
    parts: list[str] = []
    added: list[int] = []
    behind = length = 0
    for place in places:
        part = body[behind:place]
        length += len(part.encode())
        added.append(length)
        parts += (part, "|")
        length += 1
        behind = place
    return "".join((*parts, body[behind:])), added


def _lines(events: Sequence[_Plain]) -> Iterator[tuple[int, int]]:
    """Yield of each line of text that another one follows its first event, and the break."""
    first = 0
    for at, event in enumerate(events):
        kind = event[0]
        if kind in _BREAKS:
            if at > first and at + 1 < len(events):
                yield first, at
            first = at + 1
        elif kind in ("open", "close") and event[1] not in _INLINE:
            first = at + 1


def _is_separator(row: str, event: _Plain, events: Sequence[_Plain], behind: int) -> bool:
    alone = behind == len(events) or events[behind][0] in ("open", "close", *_BREAKS)
    plain = event[0] == "text" and ("|" in row or ":" in row)
    return alone and plain and _SEPARATOR.fullmatch(row) is not None


def _quotes(body: str, at: int) -> int:
    """Return how many quotes a line is in."""
    return body.count(">", body.rfind("\n", 0, at) + 1, at)


def _width(line: str) -> int:
    """Return how many cells a row has."""
    line = line.strip()
    pipes = [hit.start() for hit in _PIPE.finditer(line) if hit[0] == "|"]
    outer = bool(pipes) and pipes[0] == 0
    last = len(pipes) > outer and pipes[-1] == len(line) - 1
    return len(pipes) + 1 - outer - last
