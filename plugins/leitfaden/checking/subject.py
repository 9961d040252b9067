"""A page under check, with what several rules ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from leitfaden.contract import Contract
from leitfaden.model import Defect, DefectKind, Event, Page, Span


class Subject:
    """A page under check.

    Args:
        page: The page.
        contract: The playbook's contract.
    """

    def __init__(self, page: Page, contract: Contract) -> None:
        self.page = page
        self.contract = contract
        self.text = page.text
        self.locale = page.locale
        self.is_source = page.locale == contract.source

    @cached_property
    def _defects(self) -> dict[DefectKind, list[Defect]]:
        by_kind: dict[DefectKind, list[Defect]] = {}
        for defect in self.page.all_defects():
            by_kind.setdefault(defect.kind, []).append(defect)
        return by_kind

    def defects(self, *kinds: DefectKind) -> Iterator[Defect]:
        """Yield the page's defects of these kinds."""
        for kind in kinds:
            yield from self._defects.get(kind, ())

    def lines(self, span: Span) -> Iterator[Span]:
        """Yield the lines of a part of the text, without their ends."""
        start = span.start
        while start < span.end:
            end = self.text.find("\n", start, span.end)
            end = span.end if end < 0 else end
            yield Span(start, end - (end > start and self.text[end - 1] == "\r"))
            start = end + 1

    @cached_property
    def body(self) -> Span:
        """The text behind the front matter."""
        return Span(self.page.front_matter.span.end, len(self.text))

    @cached_property
    def prose(self) -> Sequence[Event]:
        """The texts that readers see as text: no code, no HTML, no addresses."""
        return [
            event for event in self.page.events if event.kind == "text" and not self._in_code(event)
        ]

    @cached_property
    def _code(self) -> list[Span]:
        return [
            Span(event.start, event.end)
            for event in self.page.events
            if event.kind == "open" and event.tag == "code-block"
        ]

    def _in_code(self, event: Event) -> bool:
        return any(span.start <= event.start < span.end for span in self._code)
