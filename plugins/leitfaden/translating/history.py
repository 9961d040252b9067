"""What a source said when it was translated, as far as git has it. Nothing ever depends on it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from math import inf
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.reading.page import PageReader
from leitfaden.reading.versions import Versions, contents
from leitfaden.translating.canon import plain_form, sentences
from leitfaden.translating.standing import UnitStanding, UnitState
from leitfaden.translating.units import Unit, UnitKind, UnitReader

_MOST_VERSIONS = 60  # of a page
_AT_ONCE = 6  # versions of a page that git is asked for
_SECONDS = 4.0  # for all pages
_LARGE = 65_536  # bytes; a version counts once for as many, and once for the rest
_BEHIND = (UnitState.BEHIND, UnitState.MISSING)
_IN_CELLS = (UnitKind.ROW, UnitKind.HEADER, UnitKind.CHANGE)


class Wanted(NamedTuple):
    """Texts of a source page that are no longer there.

    Args:
        file: Where the page lies, below the folder of the versions, with `/`.
        page_id: The page's id.
        hashes: The texts' hashes, as they are recorded.
    """

    file: str
    page_id: str
    hashes: frozenset[str]


class Before(NamedTuple):
    """A text as it was when it was translated.

    Args:
        text: For people, without markup.
        pieces: Its sentences or cells, as units have them.
        changed_on: The day of the commit that changed it; None if it is not committed yet.
    """

    text: str
    pieces: tuple[str, ...]
    changed_on: dt.date | None


class Sought(NamedTuple):
    """What came of the search for a text; it holds as long as the page has no newer version.

    Args:
        file: Where the page lies, below the folder of the versions, with `/`.
        newest: The content's name of the newest version that was looked at; empty without one.
        before: What was found, or None.
    """

    file: str
    newest: str
    before: Before | None


Key = tuple[str, str]  # a page's id, and the hash of a text
Found = MutableMapping[Key, Before | None]  # None: looked for, and not found


def find_before(
    wanted: Iterable[Wanted],
    versions: Versions,
    contract: Contract,
    known: Mapping[Key, Before | None],
    seconds: float = _SECONDS,
    most: float = inf,
) -> Found:
    """Look up what texts of sources were; what is not found in time is left out.

    Args:
        wanted: The texts.
        versions: What git knows of the files.
        contract: The playbook's contract.
        known: What has been found before.
        seconds: How long it may take; without an end, the same is found every time.
        most: How many versions of pages may be read in all.
    """
    search = _Search(versions, contract, time.monotonic() + seconds, most)
    found: Found = {}
    for one in wanted:
        keys = {(one.page_id, text) for text in one.hashes}
        found.update((key, known[key]) for key in keys if key in known)
        rest = {text for _, text in keys - found.keys()}
        if rest:
            found.update(search.of_page(one, rest))
    return found


class _Search:
    """Looks for texts in the versions of pages.

    Args:
        versions: What git knows of the files.
        contract: The playbook's contract.
        end: When the time is over.
        most: How many versions may be read.
    """

    def __init__(self, versions: Versions, contract: Contract, end: float, most: float) -> None:
        self._versions = versions
        self._locale = contract.source
        self._pages = PageReader(contract)
        self._units = UnitReader(contract)
        self._end = end
        self._most = most

    def of_page(self, wanted: Wanted, hashes: Collection[str]) -> Found:
        """Return the newest version of each text, from the newest version of the page on."""
        versions = self._versions.files.get(wanted.file, ())[:_MOST_VERSIONS]
        rest = set(hashes)
        found: Found = {}
        for start in range(0, len(versions), _AT_ONCE):
            if not rest:
                break
            part = versions[start : start + _AT_ONCE]
            if self._is_over or len(part) > self._most:
                return found
            data = dict(contents(self._versions.folder, (version.blob for version in part)))
            self._most -= sum(1 + len(data.get(one.blob, b"")) // _LARGE for one in part)
            for index, version in enumerate(part, start):
                units = self._read(wanted, data.get(version.blob, b""))
                changed_on = versions[index - 1].day if index else None
                for unit in units:
                    if unit.hash in rest:
                        rest.discard(unit.hash)
                        pieces = tuple(piece.text for piece in unit.pieces)
                        found[wanted.page_id, unit.hash] = Before(unit.text, pieces, changed_on)
        if not self._is_over:
            found.update(((wanted.page_id, text), None) for text in rest)
        return found

    @property
    def _is_over(self) -> bool:
        return time.monotonic() > self._end

    def _read(self, wanted: Wanted, data: bytes) -> tuple[Unit, ...]:
        page = self._pages.read(data, path=wanted.file, locale=self._locale, page_id=wanted.page_id)
        return self._units.read(page).units


def behind_since(
    units: Iterable[UnitStanding],
    before: Iterable[Before | None],
    newest: tuple[dt.date | None, dt.date | None],
    changed_on: dt.date | None,
) -> dt.date | None:
    """Return since when a source has been another one than was translated; None if nobody knows.

    The first day counts of those on which a text changed that is behind, as git knows, and of the
    changes that the translation's own update summary does not have.

    Args:
        units: The units that are not as they should be.
        before: What those that are behind were.
        newest: The newest days of both update summaries, the source's first.
        changed_on: The day on which the source's file was last changed, as git knows: taken where
            nothing else is known.
    """
    units = tuple(units)
    if not any(unit.state in _BEHIND for unit in units):
        return None
    theirs, ours = newest
    days = [one.changed_on for one in before if one and one.changed_on]
    if ours and theirs and ours < theirs:
        told = (_day_of(unit) for unit in units if unit.state is UnitState.MISSING)
        days.append(min((day for day in told if day and day > ours), default=theirs))
    return min(days, default=changed_on)


def _day_of(unit: UnitStanding) -> dt.date | None:
    """Return the day of a row of the update summary; None for any other unit."""
    if unit.kind is not UnitKind.CHANGE:
        return None
    try:
        return dt.date.fromisoformat(unit.key.partition("--")[0].partition(":")[2])
    except ValueError:
        return None


class Point(NamedTuple):
    """How the translations into a language stood at an earlier time.

    Args:
        day: The day of the commit.
        behind: How many units were behind.
        missing: How many were missing.
    """

    day: dt.date
    behind: int
    missing: int


def is_told(trend: Sequence[Point]) -> bool:
    """Tell whether a trend is one: with a single point, or with nothing in any, it is none."""
    return len(trend) > 1 and any(point.behind or point.missing for point in trend)


class Passage(NamedTuple):
    """A part of a text: a sentence, a cell or a line.

    Args:
        text: It.
        is_changed: Whether the other text does not have it.
    """

    text: str
    is_changed: bool


class Compared(NamedTuple):
    """Two texts beside each other.

    Args:
        was: The one that was translated.
        now: The one that is there instead.
        joint: What stands between two passages.
    """

    was: tuple[Passage, ...]
    now: tuple[Passage, ...]
    joint: str = " "

    @property
    def tells(self) -> bool:
        """Whether anything differs that one sees."""
        return any(passage.is_changed for passage in (*self.was, *self.now))


def compared(before: Before, units: Sequence[Unit]) -> Compared:
    """Return a text as it was and as it is, with what has changed.

    Args:
        before: What was translated.
        units: What the source has instead.
    """
    pieces = [piece.text for unit in units for piece in unit.pieces]
    kind = units[0].kind if units else UnitKind.PARAGRAPH
    if kind in _IN_CELLS:
        return Compared(*_passages(before.pieces, pieces), " | ")
    text = "\n".join(unit.text for unit in units)
    if kind is UnitKind.CODE:
        return Compared(*_passages(before.text.split("\n"), text.split("\n")), "\n")
    seen = Compared(*_passages(_sentences(before.text), _sentences(text)))
    if seen.tells:
        return seen
    # What has changed is not seen, such as where a link leads: the units' own form may tell it.
    unseen = Compared(*_passages(before.pieces, pieces))
    return unseen if unseen.tells else seen


def _passages(
    was: Iterable[str], now: Iterable[str]
) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    first, second = tuple(was), tuple(now)
    there = {plain_form(text) for text in second}
    before = {plain_form(text) for text in first}
    return (
        tuple(Passage(text, plain_form(text) not in there) for text in first),
        tuple(Passage(text, plain_form(text) not in before) for text in second),
    )


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text with all that stands between them, such as closing quotes."""
    parts = sentences(text)
    start = 0
    for number, part in enumerate(parts, 1):
        at = text.index(part, start) + len(part)
        end = text.index(parts[number], at) if number < len(parts) else len(text)
        yield text[start:end].strip()
        start = end
