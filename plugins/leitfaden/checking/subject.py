"""A page under check, with what several rules ask of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

from leitfaden.checking.addresses import WebAddress, web_address
from leitfaden.checking.suppressions import Requests, requests_of
from leitfaden.contract import Contract, Section
from leitfaden.model import Defect, DefectKind, Event, Heading, Label, Link, Page, Span

T = TypeVar("T")


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

    def once(self, make: Callable[[Subject], T]) -> T:
        """Return what `make` makes of the page; it is made when first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[object, Any]:
        return {}

    @property
    def kinds(self) -> Iterable[DefectKind]:
        """The kinds of the page's defects."""
        return self._defects.keys()

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
    def requests(self) -> Requests:
        """What the page's comments ask of checks."""
        return requests_of(self.page)

    @cached_property
    def sections(self) -> Sequence[tuple[int, Heading, Section]]:
        """The headings that open sections of the contract, each with its index.

        The page's title opens none, whatever it says.
        """
        sections = self.contract.sections
        headings = self.page.headings
        title = next((at for at, heading in enumerate(headings) if heading.level == 1), -1)
        return [
            (at, heading, sections[heading.section])
            for at, heading in enumerate(headings)
            if heading.section is not None and at != title
        ]

    @cached_property
    def labels(self) -> Sequence[Label]:
        """All labels, in the order of the text."""
        return [label for block in self.page.label_blocks for label in block.labels]

    @cached_property
    def body(self) -> Span:
        """The text behind the front matter."""
        return Span(self.page.front_matter.span.end, len(self.text))

    @cached_property
    def prose(self) -> Sequence[Event]:
        """The texts that readers see as text: no code, no HTML, no addresses."""
        if not self.code:
            return self.texts
        return [text for text in self.texts if not self.in_code(text[3])]

    @cached_property
    def texts(self) -> Sequence[Event]:
        """All texts, those in blocks of code too."""
        return [event for event in self.page.events if event[0] == "text"]

    @cached_property
    def shown(self) -> str:
        """The texts that readers see as text, one in a line, to tell what does not occur there."""
        return "\n".join([str(event[2]) for event in self.prose])

    @cached_property
    def marked(self) -> Sequence[tuple[Event | None, Event]]:
        """The texts that begin a paragraph with `[!`, each behind the quote that begins with it."""
        if not any(str(text[2]).startswith("[!") for text in self.texts):
            return ()
        events = self.page.events
        found: list[tuple[Event | None, Event]] = []
        for index, event in enumerate(events):
            if event[0] == "text" and str(event[2]).startswith("[!") and index:
                quote = events[max(index - 2, 0)]
                if events[index - 1][:2] == ("open", "paragraph"):
                    found.append((quote if quote[:2] == ("open", "quote") else None, event))
        return found

    @cached_property
    def code(self) -> Sequence[Event]:
        """What opens the blocks of code, in the order of the text."""
        events = self.page.events
        return [event for event in events if event[1] == "code-block" and event[0] == "open"]

    @cached_property
    def web_links(self) -> Sequence[tuple[Link, WebAddress]]:
        """The links and images that lead to an address on the web."""
        addressed = ((link, web_address(link.target)) for link in self.page.links)
        return [(link, address) for link, address in addressed if address]

    def in_code(self, offset: int) -> bool:
        """Tell whether an offset lies in a block of code."""
        at = bisect_right(self.code, offset, key=_start) - 1
        return at >= 0 and offset < self.code[at].end


def _start(event: Event) -> int:
    return event.start
