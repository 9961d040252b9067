"""Known sections that an indent has put inside a list or a code block, brought back out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from leitfaden.model import DefectKind, Event
from leitfaden.reading.markdown import closing, plain_text

_HEADING_LINE = re.compile(r"[ \t]*(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*\r?\n?")


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
    hoister = _Hoister(is_section)
    index = 0
    while index < len(events):
        index = hoister.take(events, index)
    return hoister.out, hoister.lifted


class _Hoister:
    def __init__(self, is_section: Callable[[str], bool]) -> None:
        self.out: list[Event] = []
        self.lifted: dict[int, DefectKind] = {}
        self._is_section = is_section
        self._open: list[Event] = []  # lists and items that are open in `out`
        self._suspended: list[Event] = []  # those that were closed before a lifted heading
        self._other = 0  # depth of quotes and footnotes, out of which nothing is lifted

    def take(self, events: Sequence[Event], index: int) -> int:
        """Handle the event at `index` and return the index of the next one."""
        event = events[index]
        if event.kind == "open":
            return self._opened(events, index)
        if event.kind == "close":
            self._closed(event)
        else:
            self.out.append(event)
        return index + 1

    def _opened(self, events: Sequence[Event], index: int) -> int:
        event = events[index]
        if event.tag in ("quote", "footnote"):
            self._other += 1
        elif event.tag == "code-block" and event.value == "Indented":
            return self._code(events, index)
        elif event.tag == "heading" and self._open and not self._other:
            last = closing(events, index)
            if self._is_section(plain_text(events[index:last])):
                self._suspend(event)
        elif event.tag in ("list", "item") and not self._other:
            if self._suspended and event.tag == "item":
                self._resume(event)
            self._open.append(event)
        self.out.append(event)
        return index + 1

    def _closed(self, event: Event) -> None:
        if event.tag in ("quote", "footnote"):
            self._other -= 1
        elif event.tag in ("list", "item") and not self._other:
            if not self._open:
                self._suspended.pop()  # was closed before the lifted heading
                return
            self._open.pop()
        self.out.append(event)

    def _suspend(self, heading: Event) -> None:
        at = heading.start
        self.lifted[at] = DefectKind.HEADING_INSIDE_LIST
        self.out += [Event("close", opened.tag, None, at, at) for opened in reversed(self._open)]
        self._suspended += self._open
        self._open = []

    def _resume(self, item: Event) -> None:
        at = item.start
        self.out += [Event("open", opened.tag, opened.value, at, at) for opened in self._suspended]
        self._open += self._suspended
        self._suspended = []

    def _code(self, events: Sequence[Event], index: int) -> int:
        last = closing(events, index)
        heading = self._heading_in(events[index : last + 1])
        if heading and not self._other:
            if self._open:
                self._suspend(heading[0])
            else:
                self.lifted[heading[0].start] = DefectKind.HEADING_INDENTED
            self.out += heading
        else:
            self.out += events[index : last + 1]
        return last + 1

    def _heading_in(self, code: Sequence[Event]) -> list[Event]:
        """Return the heading's events if the code block is but one line, a known heading."""
        source = "".join(str(event.value) for event in code[1:-1])
        line = _HEADING_LINE.fullmatch(source)
        if line is None or not self._is_section(line[2]):
            return []
        start, end = code[1].start, code[-2].end
        value = {"level": f"H{len(line[1])}", "id": None, "classes": (), "attrs": ()}
        text_start = min(start + line.start(2), end)
        return [
            Event("open", "heading", value, start, end),
            Event("text", "", line[2], text_start, min(start + line.end(2), end)),
            Event("close", "heading", None, start, end),
        ]
