"""Known sections that an indent has put inside a list or a code block, brought back out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from leitfaden.model import DefectKind, Event
from leitfaden.reading.markdown import Parsed, closings, plain_text

_MARKS = re.compile(r"(#{1,6})[ \t]+")
_CLOSING_MARKS = re.compile(r"[ \t]#+\Z")
_SPANS = frozenset(("emphasis", "strong", "strikethrough", "link", "image"))


def hoist(
    events: Sequence[Event], is_section: Callable[[str], bool]
) -> tuple[list[Event], dict[int, DefectKind]]:
    """Lift headings of known sections out of list items and indented code.

    CommonMark puts a heading that is indented behind a list item into that item. A section of the
    page's schema is never meant to stand there: the list is closed before it, and opened again
    where further items follow.

    Args:
        events: The page's events.
        is_section: Tells whether a heading's text names a section of the schema.

    Returns:
        The events in their new order, and for each heading that was lifted, by the offset of its
        start, why.
    """
    hoister = _Hoister(events, is_section)
    index = 0
    while index < len(events):
        index = hoister.take(index)
    return hoister.out, hoister.lifted


def may_need_hoisting(parsed: Parsed) -> bool:
    """Tell whether there is a heading in a list, or indented code; most pages have neither.

    Args:
        parsed: The page's events.
    """
    events, pairs, opened = parsed
    if any(events[index].value == "Indented" for index in opened.get("code-block", ())):
        return True
    headings, behind = opened.get("heading", ()), -1
    for index in opened.get("list", ()):
        if index > behind:  # what is in a list has been looked at with it
            behind = pairs[index]
            following = bisect_left(headings, index)
            if following < len(headings) and headings[following] < behind:
                return True
    return False


class _Level:
    """A list or an item that is open, and for a list how many items it has had."""

    __slots__ = ("event", "items")

    def __init__(self, event: Event) -> None:
        self.event = event
        self.items = 0

    def again(self, at: int, goes_on: bool) -> Event:
        """Return the event that opens it again; the numbers go on, or repeat the last one."""
        value = self.event.value
        if self.event.tag == "list" and isinstance(value, int):
            value += self.items if goes_on else self.items - 1
        return Event("open", self.event.tag, value, at, at)


class _Hoister:
    def __init__(self, events: Sequence[Event], is_section: Callable[[str], bool]) -> None:
        self.out: list[Event] = []
        self.lifted: dict[int, DefectKind] = {}
        self._events = events
        self._pairs = closings(events)
        self._is_section = is_section
        self._open: list[_Level] = []  # lists and items that are open in `out`
        self._suspended: list[_Level] = []  # those that were closed before a lifted heading
        self._inside = 0  # depth of other elements; out of quotes and footnotes nothing is lifted
        self._paragraph: int | None = None  # one of ours that is open, by its index in `out`

    def take(self, index: int) -> int:
        """Handle the event at `index` and return the index of the next one."""
        event = self._events[index]
        if self._suspended:
            self._wrap(event)
        if event.kind == "open":
            return self._opened(event, index)
        if event.kind == "close":
            self._closed(event)
        else:
            self.out.append(event)
        return index + 1

    def _opened(self, event: Event, index: int) -> int:
        tag = event.tag
        if tag == "list" or tag == "item":
            if not self._inside:
                self._level(event)
        elif not self._inside and tag == "heading":
            self._heading(event, index)
        elif not self._inside and tag == "code-block" and event.value == "Indented":
            return self._code(index)
        if tag not in ("list", "item"):
            self._inside += 1
        self.out.append(event)
        return index + 1

    def _level(self, event: Event) -> None:
        if event.tag == "item":
            if self._suspended and not self._open:
                self._resume(event.start)
            self._open[-1].items += 1
        self._open.append(_Level(event))

    def _closed(self, event: Event) -> None:
        if event.tag not in ("list", "item"):
            self._inside -= 1
        elif not self._inside:
            if not self._open:
                self._suspended.pop()  # was closed before the lifted heading
                return
            self._open.pop()
        self.out.append(event)

    def _heading(self, event: Event, index: int) -> None:
        if not (self._open or self._suspended):
            return
        if self._is_section(plain_text(self._events[index : self._pairs[index]])):
            self._suspend(event.start)

    def _suspend(self, at: int) -> None:
        self.lifted[at] = DefectKind.HEADING_INSIDE_LIST
        tags = (level.event.tag for level in reversed(self._open))
        self.out += [Event("close", tag, None, at, at) for tag in tags]
        self._suspended += self._open
        self._open = []

    def _resume(self, at: int) -> None:
        last = len(self._suspended) - 1
        self.out += [level.again(at, n == last) for n, level in enumerate(self._suspended)]
        self._open = self._suspended
        self._suspended = []

    def _wrap(self, event: Event) -> None:
        """Put text of a list without paragraphs, left alone behind a lifted heading, into one."""
        if self._inside:
            return
        leaf = event.kind not in ("open", "close", "rule")
        inline = not self._open and (leaf or (event.kind == "open" and event.tag in _SPANS))
        if inline and self._paragraph is None:
            self._paragraph = len(self.out)
            self.out.append(Event("open", "paragraph", None, event.start, event.end))
        elif not inline and self._paragraph is not None:
            start, end = self.out[self._paragraph].start, self.out[-1].end
            self.out[self._paragraph] = Event("open", "paragraph", None, start, end)
            self.out.append(Event("close", "paragraph", None, start, end))
            self._paragraph = None

    def _code(self, index: int) -> int:
        last = self._pairs[index]
        code = self._events[index : last + 1]
        heading = self._heading_in(code)
        if heading and (self._open or self._suspended):
            self._suspend(heading[0].start)
        elif heading:
            self.lifted[heading[0].start] = DefectKind.HEADING_INDENTED
        self.out += heading or code
        return last + 1

    def _heading_in(self, code: Sequence[Event]) -> list[Event]:
        """Return the heading's events if the code block is but one line, a known heading."""
        source = "".join(str(event.value) for event in code[1:-1])
        line = source.strip(" \t\r\n")
        marks = _MARKS.match(line)
        if marks is None or "\n" in line:
            return []
        text = _CLOSING_MARKS.sub("", line[marks.end() :]).rstrip(" \t")
        if not self._is_section(text):
            return []
        start, end = code[1].start, code[-2].end
        value = {"level": f"H{len(marks[1])}", "id": None, "classes": (), "attrs": ()}
        begin = start + source.index(line) + marks.end()
        return [
            Event("open", "heading", value, start, end),
            Event("text", "", text, begin, min(begin + len(text), end)),
            Event("close", "heading", None, start, end),
        ]
