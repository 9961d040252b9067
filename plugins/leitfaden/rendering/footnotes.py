"""Footnotes: who is cited, in which order, how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

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
class Numbering:
    """The footnotes of a page and of what it includes, in the order of their first citation."""

    _citations: list[int] = field(default_factory=list)
    _writers: list[Callable[[], str]] = field(default_factory=list)

    def add(self, write: Callable[[], str]) -> int:
        """Return the number of a further note; `write` returns what it says."""
        self._citations.append(0)
        self._writers.append(write)
        return len(self._writers)

    def cite(self, number: int) -> int:
        """Count a citation of a note: return how often it is cited by now."""
        self._citations[number - 1] += 1
        return self._citations[number - 1]

    def notes(self) -> list[Note]:
        """Return all notes; one that is cited in another one comes, too."""
        texts: list[str] = []
        while len(texts) < len(self._writers):
            texts.append(self._writers[len(texts)]())
        return [
            Note(number, citations, text)
            for number, (citations, text) in enumerate(zip(self._citations, texts, strict=True), 1)
        ]

    def ids(self) -> Iterator[str]:
        """Yield the ids of the notes and of their citations."""
        for number, citations in enumerate(self._citations, start=1):
            yield f"fn-{number}"
            yield f"fnref-{number}"
            yield from (f"fnref-{number}-{again}" for again in range(2, citations + 1))


@dataclass(slots=True)
class Footnotes:
    """The footnotes of one file.

    Args:
        events: The file's events.
        write: Returns what the note says that an event opens.
        numbering: Numbers the notes of all that a page shows.
    """

    events: Sequence[Event]
    write: Callable[[int], str]
    numbering: Numbering
    _definitions: dict[str, int] | None = None  # looked for when the first note is cited
    _numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, label: str) -> tuple[int, int] | None:
        """Count a citation: return the note's number and how often it is cited by now.

        Returns None for a note that the file does not hold.
        """
        if self._definitions is None:
            self._definitions = _definitions(self.events)
        key = _folded(label)
        if key not in self._definitions:
            return None
        if key not in self._numbers:
            write = partial(self.write, self._definitions[key])
            self._numbers[key] = self.numbering.add(write)
        number = self._numbers[key]
        return number, self.numbering.cite(number)


def _definitions(events: Sequence[Event]) -> dict[str, int]:
    """Return by its label the event that opens a note; of two notes of a label, the first."""
    found: dict[str, int] = {}
    for index, event in enumerate(events):
        if event.tag == "footnote" and event.kind == "open":
            found.setdefault(_folded(str(event.value)), index)
    return found


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
