"""The lock: which text of a page translates which text of its source.

A file of a locale says, one line each, that a text with one hash translates a source text with
another. It is a set: the order of lines tells nothing, a line that is there twice does no harm, and
keys only say where a text stood. So the lines of both sides of a merge are its merge (`merge=union`
in `.gitattributes`), and what is moved or renamed keeps its record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote

NAME = "translations.lock"
HEADER = "# translations 1: page, unit, source~sentences, translation"
_HEADER = re.compile(r"# translations (\d+)(?::.*)?")
_VERSION = "1"
_HASH = r"[0-9a-f]{8,40}"
_LINE = re.compile(rf"(\S+) (\S+) ({_HASH})(?:~([0-9a-f]{{6}}(?:\.[0-9a-f]{{6}})*))? ({_HASH})")
_CONFLICT = re.compile(r"<{7}(?: |$)|={7}$|>{7}(?: |$)|\|{7}(?: |$)")
# What is no sign that people see, and what has a meaning in the file.
_UNSAFE = re.compile(
    r"[^!-$&-~\u00a1-\U0010ffff]|"
    r"[\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff]"
)
_LONGEST = 4_000
_MOST_SENTENCES = 200
_MOST_PROBLEMS = 100


class Record(NamedTuple):
    """A text that translates another.

    Args:
        page_id: The page.
        key: Where it was: the key of the source's unit.
        source: The hash of the source text.
        target: The hash of its translation.
        pieces: The short hashes of the source's sentences or cells, if there are several.
    """

    page_id: str
    key: str
    source: str
    target: str
    pieces: tuple[str, ...] = ()

    @property
    def all_pieces(self) -> tuple[str, ...]:
        """The short hashes of all sentences or cells, also of the only one."""
        return self.pieces or (self.source[:6],)


class LockTrouble(StrEnum):
    """What can be wrong with a line of a lock."""

    BROKEN = "broken"
    CONFLICT = "conflict"
    VERSION = "version"
    NO_HEADER = "no-header"


class LockProblem(NamedTuple):
    """A line that could not be read; all others are.

    Args:
        trouble: What is wrong.
        line: Its number, from 1.
        column: Where in the line, from 1.
        text: The line, shortened.
    """

    trouble: LockTrouble
    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Lock:
    """What is recorded of the translations of a locale.

    Args:
        pages: The records by page; no page is without any.
    """

    pages: Mapping[str, frozenset[Record]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Lock:
        """Return a lock with these records."""
        pages: dict[str, set[Record]] = {}
        for record in records:
            pages.setdefault(record.page_id, set()).add(record)
        return cls({page_id: frozenset(found) for page_id, found in pages.items()})

    @property
    def records(self) -> frozenset[Record]:
        """All records."""
        return frozenset(record for records in self.pages.values() for record in records)

    def of_page(self, page_id: str) -> PageLock:
        """Return what is recorded of a page."""
        return PageLock(sorted(self.pages.get(page_id, ())))

    def with_page(
        self,
        page_id: str,
        recorded: Iterable[Record],
        texts: frozenset[str],
        *,
        is_whole: bool = False,
    ) -> Lock:
        """Return a lock to which units of a page have been recorded.

        Of the page's other records those are kept whose translation is still on the page and has
        not been recorded anew. Other pages stay as they are.

        Args:
            page_id: The page.
            recorded: The new records.
            texts: The hashes of all texts of the translation, as it is now.
            is_whole: Whether these are all units of the page: no other one has the same text.
        """
        new = frozenset(recorded)
        anew = {record.target for record in new}
        places = {(record.target, record.key) for record in new}
        kept = {
            record
            for record in self.pages.get(page_id, ())
            if record.target in texts
            and (record.target, record.key) not in places
            and not (is_whole and record.target in anew)
        }
        pages = {key: records for key, records in self.pages.items() if key != page_id}
        if new or kept:
            pages[page_id] = new | kept
        return Lock(pages)


class PageLock:
    """What is recorded of a page.

    Args:
        records: The page's records.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self._by_target: dict[str, list[Record]] = {}
        self.sources: dict[str, list[Record]] = {}
        for record in records:
            self._by_target.setdefault(record.target, []).append(record)
            self.sources.setdefault(record.source, []).append(record)

    def __bool__(self) -> bool:
        return bool(self._by_target)

    def of(self, target: str) -> Sequence[Record]:
        """Return the records of a translated text."""
        return self._by_target.get(target, ())

    def holds(self, source: str, target: str) -> bool:
        """Tell whether a text is recorded as the translation of another."""
        return any(record.source == source for record in self.of(target))


def read_lock(text: str) -> tuple[Lock, tuple[LockProblem, ...]]:
    """Read a lock. Never raises: what cannot be read is left out and told.

    Args:
        text: The file's content.

    Returns:
        The lock, and what is wrong with the file.
    """
    records: set[Record] = set()
    problems: list[LockProblem] = []
    has_header = False
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        if line.startswith("#"):
            header = _HEADER.fullmatch(line)
            has_header = has_header or header is not None
            if header and header[1] != _VERSION:
                problems.append(_problem(LockTrouble.VERSION, number, line))
        elif record := _record(line):
            records.add(record)
        else:
            problems.append(_problem(_trouble(line), number, line))
    if records and not has_header:
        problems.insert(0, LockProblem(LockTrouble.NO_HEADER, 1, 1, ""))
    return Lock.of(records), tuple(problems[:_MOST_PROBLEMS])


def _record(line: str) -> Record | None:
    match = _LINE.fullmatch(line.rstrip(" \t")) if len(line) <= _LONGEST else None
    if match is None:
        return None
    page_id, key, source, pieces, target = match.groups()
    parts = tuple(pieces.split(".")) if pieces else ()
    return Record(unquote(page_id), unquote(key), source, target, parts)


def _trouble(line: str) -> LockTrouble:
    return LockTrouble.CONFLICT if _CONFLICT.match(line) else LockTrouble.BROKEN


def _problem(trouble: LockTrouble, number: int, line: str) -> LockProblem:
    """Say what is wrong with a line, and from which column on."""
    column = 1
    if trouble is LockTrouble.BROKEN:
        # Up to where the line is like one, it is right.
        good = re.match(rf"(?:\S+ (?:\S+ (?:{_HASH}(?:~[0-9a-f.]*)? ?)?)?)?", line)
        column = (good.end() if good else 0) + 1
    return LockProblem(trouble, number, column, line[:80])


def write_lock(lock: Lock) -> str:
    """Return a lock as text: the same for the same records, one line each, sorted."""
    return "\n".join((HEADER, *sorted(set(_lines(lock.records))), ""))


def _lines(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        few = len(record.pieces) <= _MOST_SENTENCES
        pieces = f"~{'.'.join(record.pieces)}" if record.pieces and few else ""
        yield " ".join(
            (_quoted(record.page_id), _quoted(record.key), record.source + pieces, record.target)
        )


def _quoted(text: str) -> str:
    """Return a text without blanks and signs that nobody sees, and so that it can be read back."""
    quoted = _UNSAFE.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), text
    )
    return f"%23{quoted[1:]}" if quoted.startswith("#") else quoted or "%00"
