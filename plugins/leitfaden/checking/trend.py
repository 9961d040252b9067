"""How many units of translations were behind and missing at earlier times, as far as git knows.

A point is the state at the end of a week, counted back from the last commit: the same commit has
the same trend on any day. What is known of a pair of texts is kept, so that a new commit costs but
what it has changed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from math import inf
from pathlib import Path
from typing import NamedTuple, TypeAlias

from leitfaden.checking.pairs import MOST_BYTES, LockFile, Pairs
from leitfaden.checking.store import key_of
from leitfaden.checking.survey import Setting
from leitfaden.model import Page
from leitfaden.reading.files import Content, content_of, page_of
from leitfaden.reading.inventory import Inventory, PageFile, pages_among
from leitfaden.reading.page import PageReader
from leitfaden.reading.versions import Commit, blob_of, commits_of, contents, files_at, head_of
from leitfaden.translating.history import Point
from leitfaden.translating.lock import HEADER, NAME, read_lock
from leitfaden.translating.standing import UnitState, standing_of
from leitfaden.translating.units import PageUnits, UnitReader

_WEEKS = 12
_WEEK = 7  # days
_MOST_COMMITS = 5_000  # looked at for the ends of weeks
_AT_ONCE = 100  # pairs whose contents git is asked for

Trend: TypeAlias = Mapping[str, tuple[Point, ...]]  # by locale, the oldest point first
_Counts = tuple[int, int]  # how many units are behind, and how many missing


class Bounds(NamedTuple):
    """What a trend may cost; beyond that, the oldest points are left out.

    Args:
        seconds: How long it may take. What was found out by then is kept for the next time.
        pairs: How many pairs may be looked at besides those that are as they are now. Where only
            this is bound, the same commit always has the same trend.
    """

    seconds: float = inf
    pairs: float = inf


IN_A_HURRY = Bounds(seconds=3.0)
ALWAYS_THE_SAME = Bounds(pairs=600)


def trend_of(setting: Setting, pairs: Pairs, bounds: Bounds) -> Trend:
    """Return how many units were behind and missing at the ends of the last weeks with commits.

    Args:
        setting: Where the project lies; it is read by today's contract.
        pairs: How the translations stand now.
        bounds: What it may cost.
    """
    head = head_of(setting.docs)
    if not head:
        return {}
    key = key_of(setting.contract_key, str(setting.docs), head, str(bounds.pairs))
    known = setting.store.get("trend", key)
    if isinstance(known, dict):
        return known
    look = _Look(setting, pairs, bounds)
    trend = look.trend(ends_of_weeks(commits_of(setting.docs, _MOST_COMMITS)))
    if not look.is_over:
        setting.store.put("trend", key, trend)
    return trend


def ends_of_weeks(commits: Iterable[Commit]) -> list[Commit]:
    """Return the last commit of each of the last weeks that have one, the newest first.

    Args:
        commits: All of them, the newest first; the first one's day is the end of the last week.
    """
    found: list[Commit] = []
    last, week = None, -1
    for commit in commits:
        last = last or commit.day
        ago = (last - commit.day).days // _WEEK
        if ago > week:
            found.append(commit)
            week = ago
        if len(found) == _WEEKS:
            break
    return found


class _Pair(NamedTuple):
    """A page with its translation, as they were.

    Args:
        source: The source's file.
        target: The translation's.
        blobs: The names of their contents.
        lines: What was recorded of the page.
        key: Stands for all of that.
    """

    source: PageFile
    target: PageFile
    blobs: tuple[str, str]
    lines: tuple[str, ...]
    key: bytes


class _Look:
    """One look back.

    Args:
        setting: Where the project lies.
        pairs: How the translations stand now.
        bounds: What it may cost.
    """

    def __init__(self, setting: Setting, pairs: Pairs, bounds: Bounds) -> None:
        self.is_over = False
        self._setting = setting
        self._now = pairs
        self._end = time.monotonic() + bounds.seconds
        self._most = bounds.pairs
        self._locks: dict[str, LockFile] = {}
        self._store_key = key_of(setting.contract_key)
        kept = setting.store.get("trendpairs", self._store_key)
        self._known: dict[bytes, _Counts] = kept if isinstance(kept, dict) else {}
        self._before = frozenset(self._known)
        self._pages = PageReader(setting.contract)
        self._units = UnitReader(setting.contract)

    def trend(self, commits: Sequence[Commit]) -> Trend:
        """Return the trend.

        Args:
            commits: The ends of weeks, the newest first.
        """
        found: dict[str, list[Point]] = {}
        used: set[bytes] = set()
        for number, commit in enumerate(commits):
            self.is_over = time.monotonic() > self._end
            if self.is_over:
                break
            by_locale = self._at(commit)
            every = [pair for pairs in by_locale.values() for pair in pairs]
            new = {pair.key: pair for pair in every if pair.key not in used}
            if not number:
                self._take_over(new)
            else:
                self._most -= len(new)
            if self._most < 0 or not self._count(new.values()):
                break
            used |= new.keys()
            for locale, pairs in by_locale.items():
                counts = [self._known[pair.key] for pair in pairs]
                behind, missing = (sum(one[side] for one in counts) for side in (0, 1))
                found.setdefault(locale, []).append(Point(commit.day, behind, missing))
        # What belongs to no point any more is forgotten, unless the rest has still to be found.
        kept = self._known if self.is_over else {key: self._known[key] for key in used}
        if kept.keys() != self._before:
            self._setting.store.put("trendpairs", self._store_key, kept)
        return {locale: tuple(reversed(points)) for locale, points in found.items()}

    def _at(self, commit: Commit) -> Mapping[str, Sequence[_Pair]]:
        """Return all pages with their translations, by those locales that had a lock."""
        contract, docs = self._setting.contract, self._setting.docs
        blobs = files_at(docs, commit.name)
        pages = pages_among(blobs, docs, "", contract)
        chosen = Inventory(pages, frozenset()).chosen()
        sources = chosen.get(contract.source, {})
        found: dict[str, Sequence[_Pair]] = {}
        for locale in contract.locale_keys[1:]:
            name = blobs.get(f"{locale}/{NAME}")
            lock = self._lock(locale, name) if name else None
            if lock:
                found[locale] = [
                    _pair(sources[page_id], target, blobs, lock, docs)
                    for page_id, target in chosen.get(locale, {}).items()
                    if page_id in sources
                ]
        return found

    def _lock(self, locale: str, blob: str) -> LockFile | None:
        """Return what a lock held; None if git does not tell, or it is too much."""
        if blob not in self._locks:
            data = dict(contents(self._setting.docs, (blob,), MOST_BYTES)).get(blob)
            if data is None:
                return None
            text = data.decode("utf-8", "replace")
            self._locks[blob] = LockFile(locale, Path(), NAME, text, exists=True)
        return self._locks[blob]

    def _take_over(self, wanted: Mapping[bytes, _Pair]) -> None:
        """Take over how pairs stand that are still as they were at the last commit."""
        if wanted.keys() <= self._known.keys():
            return
        there = {(pair.source.page_id, pair.target.locale): pair for pair in wanted.values()}
        for pair in self._now.pairs:
            was = there.get((pair.page_id, pair.locale))
            if was is None or was.key in self._known:
                continue
            lines = self._now.locks[pair.locale].lines(pair.page_id)
            files = zip((pair.source, pair.target), was.blobs, strict=True)
            if lines == was.lines and all(_holds(file, blob) for file, blob in files):
                self._known[was.key] = _counts_of(pair.counts)

    def _count(self, pairs: Iterable[_Pair]) -> bool:
        """Find out how pairs stood; tell whether the time was enough for all of them."""
        unknown = [pair for pair in pairs if pair.key not in self._known]
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            data = dict(contents(self._setting.docs, (blob for one in some for blob in one.blobs)))
            sources: dict[str, tuple[Page, PageUnits]] = {}
            for pair in some:
                if time.monotonic() > self._end:
                    self.is_over = True
                    return False
                self._known[pair.key] = self._standing(pair, data, sources)
        return True

    def _standing(
        self, pair: _Pair, data: Mapping[str, bytes], sources: dict[str, tuple[Page, PageUnits]]
    ) -> _Counts:
        """Find out how a pair stood.

        Args:
            pair: The pair.
            data: The contents by their names.
            sources: The source pages that have been read for other locales.
        """
        ours, theirs = pair.blobs
        if ours not in sources:
            page = self._page(pair.source, data.get(ours, b""))
            sources[ours] = page, self._units.read(page)
        page, units = sources[ours]
        target = self._units.read(self._page(pair.target, data.get(theirs, b"")), page)
        lock = read_lock("\n".join((HEADER, *pair.lines)))[0]
        return _counts_of(standing_of(units, target, lock, self._setting.contract).counts)

    def _page(self, file: PageFile, data: bytes) -> Page:
        return page_of(file, Content(data, None), self._pages)


def _pair(
    source: PageFile, target: PageFile, blobs: Mapping[str, str], lock: LockFile, docs: Path
) -> _Pair:
    names = (file.file.removeprefix(f"{docs}/") for file in (source, target))
    ours, theirs = (blobs[name] for name in names)
    lines = lock.lines(target.page_id)
    digest = blake2b(digest_size=16)
    for part in (source.path, target.path, ours, theirs, *lines):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return _Pair(source, target, (ours, theirs), lines, digest.digest())


def _holds(file: PageFile, blob: str) -> bool:
    """Tell whether a file still holds a content."""
    content = content_of(file.file)
    return not content.problem and blob_of(content.data, blob) == blob


def _counts_of(counts: Mapping[UnitState, int]) -> _Counts:
    return counts.get(UnitState.BEHIND, 0), counts.get(UnitState.MISSING, 0)
