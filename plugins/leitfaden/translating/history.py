"""What a source said when it was translated, as far as git has it. Nothing ever depends on it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.reading.page import PageReader
from leitfaden.reading.versions import Versions, contents
from leitfaden.translating.units import Unit, UnitReader

_MOST_VERSIONS = 60  # of a page
_AT_ONCE = 6  # versions of a page that git is asked for
_SECONDS = 4.0  # for all pages


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
        pieces: Its sentences or cells.
        changed_on: The day of the commit that changed it; None if it is not committed yet.
    """

    pieces: tuple[str, ...]
    changed_on: dt.date | None


Key = tuple[str, str]  # a page's id, and the hash of a text
Found = MutableMapping[Key, Before | None]  # None: looked for, and not found


def find_before(
    wanted: Iterable[Wanted],
    versions: Versions,
    contract: Contract,
    known: Mapping[Key, Before | None],
    seconds: float = _SECONDS,
) -> Found:
    """Look up what texts of sources were; what is not found in time is left out.

    Args:
        wanted: The texts.
        versions: What git knows of the files.
        contract: The playbook's contract.
        known: What has been found before.
        seconds: How long it may take.
    """
    end = time.monotonic() + seconds
    search = _Search(versions, contract)
    found: Found = {}
    for one in wanted:
        keys = {(one.page_id, text) for text in one.hashes}
        found.update((key, known[key]) for key in keys if key in known)
        rest = {text for _, text in keys - found.keys()}
        if rest and time.monotonic() < end:
            found.update(search.of_page(one, rest, end))
    return found


class _Search:
    def __init__(self, versions: Versions, contract: Contract) -> None:
        self._versions = versions
        self._locale = contract.source
        self._pages = PageReader(contract)
        self._units = UnitReader(contract)

    def of_page(self, wanted: Wanted, hashes: Collection[str], end: float) -> Found:
        """Return the newest version of each text, from the newest version of the page on."""
        versions = self._versions.files.get(wanted.file, ())[:_MOST_VERSIONS]
        rest = set(hashes)
        found: Found = {}
        for start in range(0, len(versions), _AT_ONCE):
            if not rest or time.monotonic() > end:
                break
            part = versions[start : start + _AT_ONCE]
            data = dict(contents(self._versions.folder, (version.blob for version in part)))
            for index, version in enumerate(part, start):
                units = self._read(wanted, data.get(version.blob, b""))
                changed_on = versions[index - 1].day if index else None
                for unit in units:
                    if unit.hash in rest:
                        rest.discard(unit.hash)
                        pieces = tuple(piece.text for piece in unit.pieces)
                        found[wanted.page_id, unit.hash] = Before(pieces, changed_on)
        if time.monotonic() <= end:
            found.update(((wanted.page_id, text), None) for text in rest)
        return found

    def _read(self, wanted: Wanted, data: bytes) -> tuple[Unit, ...]:
        page = self._pages.read(data, path=wanted.file, locale=self._locale, page_id=wanted.page_id)
        return self._units.read(page).units
