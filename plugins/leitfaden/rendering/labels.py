"""Fact boxes: what stands for the label lines of a page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from leitfaden.model import Event, LabelBlock, Page, Span
from leitfaden.reading.constructs import source_text
from leitfaden.rendering.components import PageComponents
from leitfaden.rendering.facts import Wording
from leitfaden.rendering.html import HtmlWriter

_BREAKS = ("soft-break", "hard-break")
_MARKUP = " \t*_\u00a0\u200b"


class FactBoxes:
    """Writes the fact boxes of one page.

    Args:
        page: The page.
        writer: Writes the prose that shares a paragraph with labels.
        components: The templates.
        wording: Puts the labels into words.
        begins_page: Whether what stands before its first section stands before any of the page.
    """

    def __init__(
        self,
        page: Page,
        writer: HtmlWriter,
        components: PageComponents,
        wording: Wording,
        begins_page: bool,
    ) -> None:
        self._page = page
        self._writer = writer
        self._components = components
        self._wording = wording
        sections = (h.span.start for h in page.headings if h.level > 1)
        self._first_section = next(sections, len(page.text)) if begins_page else 0

    def all(self) -> Iterator[tuple[tuple[int, int], Callable[[], str]]]:
        """Yield for each range of label paragraphs what writes its HTML."""
        for group in _neighbours(self._page.label_blocks):
            events = group[0].events[0], group[-1].events[1]
            yield events, partial(self._html, group)

    def _html(self, group: Sequence[LabelBlock]) -> str:
        """Return the box of neighbouring label paragraphs, and the prose in them around it."""
        facts = (
            self._wording.facts(assignment, self._page.text)
            for block in group
            for assignment in block.assignments
        )
        whole_page = group[0].span.start < self._first_section
        box = self._components.fact_box(tuple(facts), whole_page)
        before, behind = ("", "") if group[0].whole else self._prose(group[0])
        return before + box + behind

    def _prose(self, block: LabelBlock) -> tuple[str, str]:
        """Return what a paragraph says besides its labels: before them, and after the first."""
        lines = [_line_of(label.name_span, label.value_span, self._page) for label in block.labels]
        first, last = block.events
        events = _without(self._page.events[first + 1 : last - 1], lines, self._page.text)
        before = [event for event in events if event.end <= lines[0].start]
        return self._paragraph(before), self._paragraph(events[len(before) :])

    def _paragraph(self, events: Sequence[Event]) -> str:
        inner = _trimmed(events)
        return f"<p>{self._writer.loose(inner).strip()}</p>\n" if inner else ""


def _neighbours(blocks: Sequence[LabelBlock]) -> Iterator[list[LabelBlock]]:
    """Group label paragraphs that follow each other directly and hold nothing else."""
    group: list[LabelBlock] = []
    for block in blocks:
        joined = group and block.events[0] == group[-1].events[1]
        if joined and group[-1].whole and block.whole:
            group.append(block)
            continue
        if group:
            yield group
        group = [block]
    if group:
        yield group


def _line_of(name: Span, value: Span, page: Page) -> Span:
    """Return the part of the text that a label takes up, the marks before its name included."""
    start = name.start
    while start > page.front_matter.span.end and page.text[start - 1] in _MARKUP:
        start -= 1
    return Span(start, max(value.end, name.end))


def _without(events: Sequence[Event], parts: Sequence[Span], text: str) -> list[Event]:
    """Return the events of a paragraph without those parts of its text.

    An element that reaches into one of the parts loses its tags, but not what it says outside.
    """
    ends = [part.end for part in parts]
    starts = [part.start for part in parts]
    kept: list[Event] = []
    for event in events:
        touched = parts[bisect_right(ends, event.start) : bisect_left(starts, event.end)]
        if not touched:
            kept.append(event)
        elif event.kind == "text":
            kept += _outside(event, touched, text)
    return kept


def _outside(event: Event, parts: Sequence[Span], text: str) -> Iterator[Event]:
    """Yield what is left of a text event beside those parts of it."""
    aligned = text[event.start : event.end] == event.value
    starts = [event.start, *(part.end for part in parts)]
    ends = [*(part.start for part in parts), event.end]
    for start, end in zip(starts, ends, strict=True):
        if start < end:
            left = text[start:end]
            value = left if aligned else source_text(text, start, end)
            yield Event("text", "", value, start, end)


def _trimmed(events: Sequence[Event]) -> list[Event]:
    """Return the events without what only held the labels together: breaks and separators."""
    kept: list[Event] = []
    for event in events:
        doubled = event.kind in _BREAKS and (not kept or kept[-1].kind in _BREAKS)
        if not doubled and (kept or _says_something(event)):
            kept.append(event)
    while kept and not _says_something(kept[-1]):
        kept.pop()
    return kept


def _says_something(event: Event) -> bool:
    if event.kind == "text":
        return any(map(str.isalnum, str(event.value)))
    return event.kind not in _BREAKS
