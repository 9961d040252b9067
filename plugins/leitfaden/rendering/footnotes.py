"""Footnotes: who is cited, in which order, how often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from leitfaden.model import Event


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote at the end of a page.

    Args:
        number: What the text shows for it, and what its ids are made of.
        citations: How often the text cites it.
        html: What it says.
    """

    number: int
    citations: int
    html: str


@dataclass(slots=True)
class Footnotes:
    """The footnotes of one page, numbered in the order of their first citation.

    Args:
        events: The page's events.
    """

    events: Sequence[Event]
    _definitions: dict[str, int] | None = None  # looked for when the first note is cited
    _numbers: dict[str, int] = field(default_factory=dict)
    _citations: list[int] = field(default_factory=list)
    _cited: list[int] = field(default_factory=list)

    def cite(self, label: str) -> tuple[int, int] | None:
        """Count a citation: return the note's number and how often it is cited by now.

        Returns None for a note that the page does not hold.
        """
        if self._definitions is None:
            self._definitions = _definitions(self.events)
        key = _folded(label)
        if key not in self._definitions:
            return None
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        if number > len(self._cited):
            self._cited.append(self._definitions[key])
            self._citations.append(0)
        self._citations[number - 1] += 1
        return number, self._citations[number - 1]

    def cited(self) -> Iterator[tuple[int, int]]:
        """Yield number and defining event of each note; one that is cited meanwhile comes too."""
        at = 0
        while at < len(self._cited):
            yield at + 1, self._cited[at]
            at += 1

    def ids(self) -> Iterator[str]:
        """Yield the ids of the notes and of their citations."""
        for number, citations in enumerate(self._citations, start=1):
            yield f"fn-{number}"
            yield f"fnref-{number}"
            yield from (f"fnref-{number}-{again}" for again in range(2, citations + 1))

    def citations(self, number: int) -> int:
        """Return how often a note is cited."""
        return self._citations[number - 1]


def _definitions(events: Sequence[Event]) -> dict[str, int]:
    """Return by its label the event that opens a note; of two notes of a label, the first."""
    found: dict[str, int] = {}
    for index, event in enumerate(events):
        if event.tag == "footnote" and event.kind == "open":
            found.setdefault(_folded(str(event.value)), index)
    return found


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
