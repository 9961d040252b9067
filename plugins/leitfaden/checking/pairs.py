"""All pages with their translations, and how these stand: kept between runs.

What takes time is to read both pages, to find their units, and to compare them. All of it is kept
by what was read: a pair is looked at again if one of its files, or what the lock says of it, is
another one. Where only the lock is, not even the units have to be found again.
"""

from __future__ import annotations

import datetime as dt
import os
import stat
import time
import zlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import unquote
from zlib import crc32

from leitfaden.checking.store import Store, key_of, packed, unpacked
from leitfaden.checking.workers import shared, shared_by_copies
from leitfaden.model import Place, Position, Span
from leitfaden.reading.files import Content, content_of, page_of, stamp_of
from leitfaden.reading.inventory import Inventory, PageFile, take_inventory
from leitfaden.reading.page import PageReader
from leitfaden.reading.playbook import no_collector
from leitfaden.reading.source import decode
from leitfaden.translating.effort import words_of
from leitfaden.translating.lock import HEADER, NAME, Lock, LockProblem, read_lock
from leitfaden.translating.standing import Standing, UnitStanding, UnitState, standing_of
from leitfaden.translating.units import PageUnits, Part, Unit, UnitReader

if TYPE_CHECKING:
    from leitfaden.checking.survey import Setting
    from leitfaden.model import Page, Playbook

# A file that was changed this shortly before it was read may change again without a new time.
_UNSETTLED = 2_000_000_000  # nanoseconds
_PARTS = 16  # of what is kept of pairs; one hexadecimal digit
MOST_BYTES = 64 * 1024 * 1024  # of a lock, and of what is kept of a pair
_AS_IT_SHOULD = (UnitState.CURRENT, UnitState.UNRECORDED)
_NO_FILE = "it is no regular file"

_Stamp: TypeAlias = "tuple[int, int, int] | None"


@dataclass(frozen=True)
class LockFile:
    """The lock of a locale, as it lies on disk.

    Args:
        locale: The locale.
        file: Where it is, or would be.
        path: The same relative to the project, with `/`, as findings name it.
        text: Its content; empty if there is none.
        exists: Whether there is one.
        trouble: Why it cannot be read, or empty.
    """

    locale: str
    file: Path
    path: str
    text: str
    exists: bool
    trouble: str = ""

    @cached_property
    def lock(self) -> Lock:
        """What is recorded."""
        return self._read[0]

    @property
    def problems(self) -> tuple[LockProblem, ...]:
        """The lines that cannot be read."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[Lock, tuple[LockProblem, ...]]:
        return read_lock(self.text)

    def lines(self, page_id: str) -> tuple[str, ...]:
        """Return the lines about a page, sorted: what its standing depends on."""
        return tuple(sorted(self._by_page.get(page_id, ())))

    def of_page(self, page_id: str) -> Lock:
        """Return what is recorded of a page; the rest of the file is not even read."""
        lines = self.lines(page_id)
        return read_lock("\n".join((HEADER, *lines)))[0] if lines else Lock()

    def narrowed(self, page_ids: Collection[str]) -> LockFile:
        """Return the same with no lines but those of a few pages: quicker than to part all of it.

        Args:
            page_ids: The pages.
        """
        if "%" in self.text:  # names may be written in several ways
            return self
        text = "\n" + self.text.removeprefix("\ufeff")
        lines = [HEADER]
        for page_id in page_ids:
            at = -1
            while (at := text.find(f"\n{page_id} ", at + 1)) >= 0:
                end = text.find("\n", at + 1)
                lines.append(text[at + 1 : end if end >= 0 else None])
        return replace(self, text="\n".join(lines))

    @cached_property
    def _by_page(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for line in self.text.removeprefix("\ufeff").split("\n"):
            name = line.partition(" ")[0]
            found.setdefault(unquote(name) if "%" in name else name, set()).add(line.rstrip("\r"))
        return found


class PagePair:
    """A page with its translation. What takes time to find out is found out when it is asked for.

    Args:
        source: The source's file.
        target: The translation's.
        known: What is known of them.
        desk: Finds out the rest.
    """

    def __init__(self, source: PageFile, target: PageFile, known: _Entry, desk: _Desk) -> None:
        self.source = source
        self.target = target
        self._known = known
        self._desk = desk

    @property
    def page_id(self) -> str:
        """The page."""
        return self.target.page_id

    @property
    def locale(self) -> str:
        """The locale of the translation."""
        return self.target.locale

    @cached_property
    def counts(self) -> Mapping[UnitState, int]:
        """How many units stand how; states in which none is are not named."""
        return {UnitState(state): count for state, count in self._known.counts.items()}

    @property
    def source_newest(self) -> dt.date | None:
        """The newest day of the source's update summary."""
        return self._known.newest[0]

    @property
    def target_newest(self) -> dt.date | None:
        """The newest day of the translation's."""
        return self._known.newest[1]

    @property
    def is_late(self) -> bool:
        """Whether the translation is behind by its own account: its update summary is older."""
        ours, theirs = self._known.newest
        return ours is not None and theirs is not None and theirs < ours

    @cached_property
    def open(self) -> tuple[UnitStanding, ...]:
        """The units that are neither current nor merely unrecorded, in their order."""
        if not self._known.open:
            return tuple(one for one in self.standing.units if one.state not in _AS_IT_SHOULD)
        units: tuple[UnitStanding, ...] = unpacked(self._known.open)
        return units

    def in_state(self, *states: UnitState) -> tuple[UnitStanding, ...]:
        """Return the units that stand so; not for those that are current or unrecorded."""
        assert not set(states).intersection(_AS_IT_SHOULD)
        if not any(state in self.counts for state in states):
            return ()
        return tuple(unit for unit in self.open if unit.state in states)

    @property
    def behind(self) -> tuple[UnitStanding, ...]:
        """The units whose source has changed since they were translated."""
        return self.in_state(UnitState.BEHIND)

    def place(self, unit: UnitStanding) -> Place:
        """Return where a unit stands: in the translation; what that lacks, in the source."""
        if unit.targets:
            return self._desk.place(self.target, unit.targets[0].span)
        return self._desk.place(self.source, unit.sources[0].span)

    def source_place(self, unit: UnitStanding) -> Place | None:
        """Return where the source has a unit; None for what only the translation has."""
        return self._desk.place(self.source, unit.sources[0].span) if unit.sources else None

    @cached_property
    def standing(self) -> Standing:
        """How all units stand; takes longer than what is only `open`."""
        return self._desk.standing_now(self.source, self.target)

    def let_go(self, bare: dict[int, tuple[Unit, Unit]]) -> None:
        """Forget the texts of units with which all is well, if they are in memory at all.

        Args:
            bare: Units that have lost theirs, behind themselves; takes further ones.
        """
        vars(self).pop("open", None)
        known = vars(self).get("standing") or self._desk.known_standing(self.target)
        if known is not None:
            standing = replace(
                known, units=tuple(_bare(one, bare) for one in known.units), texts=frozenset()
            )
            vars(self)["standing"] = standing
            self._desk.take(self.target, standing)

    @property
    def units(self) -> tuple[PageUnits, PageUnits]:
        """The units of the source, and those of the translation."""
        return self._desk.both_units(self.source, self.target)

    def standing_by(self, lock: Lock) -> Standing:
        """Return how all units would stand if something else were recorded.

        Args:
            lock: What would be recorded of the page.
        """
        return self._desk.standing(self.source, self.target, lock)


class Lacking(NamedTuple):
    """A page of the source without a translation.

    Args:
        source: Its file.
        locale: The locale that lacks it.
        units: How many units it has.
        words: How many words these have.
        newest: The newest day of its update summary.
    """

    source: PageFile
    locale: str
    units: int
    words: int
    newest: dt.date | None


@dataclass(frozen=True)
class Pairs:
    """The pages of a project beside their translations.

    Args:
        inventory: All files.
        pairs: Each page with a translation, by locale, then by page id.
        lacking: The pages that a locale lacks, in the same order.
        surplus: The pages that only a translation has.
        locks: By locale; the source has none.
    """

    inventory: Inventory
    pairs: tuple[PagePair, ...]
    lacking: tuple[Lacking, ...]
    surplus: tuple[PageFile, ...]
    locks: Mapping[str, LockFile]

    def pair(self, page_id: str, locale: str) -> PagePair | None:
        """Return a page with its translation, or None if one of them is not there."""
        return self._by_page.get((page_id, locale))

    def let_go(self) -> None:
        """Forget the texts of units with which all is well: a site shows none of them."""
        bare: dict[int, tuple[Unit, Unit]] = {}
        for pair in self.pairs:
            pair.let_go(bare)

    @cached_property
    def _by_page(self) -> Mapping[tuple[str, str], PagePair]:
        return {(pair.page_id, pair.locale): pair for pair in self.pairs}


def pairs_of(
    setting: Setting,
    inventory: Inventory | None = None,
    *,
    page_ids: frozenset[str] | None = None,
    playbook: Playbook | None = None,
) -> Pairs:
    """Return how all translations of a project stand.

    Args:
        setting: Where the project lies.
        inventory: Its files, if they are known.
        page_ids: Only these pages; None for all.
        playbook: The pages, if they have been read already.
    """
    inventory = inventory or take_inventory(setting.docs, setting.contract, setting.root)
    source, *others = setting.contract.locale_keys
    locks = {locale: read_lock_file(locale, setting, inventory) for locale in others}
    chosen = inventory.chosen()
    sources = chosen.get(source, {})
    wanted = sorted(page_id for page_id in sources if page_ids is None or page_id in page_ids)
    if page_ids is None:
        desk = _Desk(setting, locks, playbook, None)
    else:
        narrow = {locale: file.narrowed(wanted) for locale, file in locks.items()}
        desk = _Desk(setting, narrow, playbook, wanted)
    if playbook is not None:
        desk.look_at(
            (sources[page_id], [found[page_id] for found in translated if page_id in found])
            for translated in ([chosen.get(locale, {}) for locale in others],)
            for page_id in wanted
        )
    else:
        desk.prepare(
            (sources[page_id], targets[page_id])
            for targets in (chosen.get(locale, {}) for locale in others)
            for page_id in wanted
            if page_id in targets
        )
    pairs: list[PagePair] = []
    lacking: list[Lacking] = []
    surplus: list[PageFile] = []
    for locale in others:
        targets = chosen.get(locale, {})
        for page_id in wanted:
            if page_id in targets:
                pairs.append(desk.pair(sources[page_id], targets[page_id]))
            else:
                lacking.append(desk.lacking(sources[page_id], locale))
        surplus += (
            page
            for page_id, page in sorted(targets.items())
            if page_id not in sources and (page_ids is None or page_id in page_ids)
        )
    desk.keep()
    return Pairs(inventory, tuple(pairs), tuple(lacking), tuple(surplus), locks)


def read_lock_file(locale: str, setting: Setting, inventory: Inventory) -> LockFile:
    """Return the lock of a locale; a link that leads out of the docs folder is not followed.

    Args:
        locale: The locale.
        setting: Where the project lies.
        inventory: Its files.
    """
    file = setting.docs / locale / NAME
    inside = file.is_relative_to(setting.root)
    path = (file.relative_to(setting.root) if inside else file).as_posix()
    if f"{locale}/{NAME}" not in inventory.names:
        trouble = ""
        if os.path.lexists(file):
            is_link = file.is_symlink()
            trouble = "it leads out of the folder of the pages" if is_link else _NO_FILE
        return LockFile(locale, file, path, "", exists=False, trouble=trouble)
    text, trouble = _text_of(file)
    return LockFile(locale, file, path, text, exists=True, trouble=trouble)


def _text_of(file: Path) -> tuple[str, str]:
    """Return a lock's text, and why it cannot be read."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe, say, which might never end
            return "", _NO_FILE
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        return "", getattr(error, "strerror", None) or str(error)
    if len(data) > MOST_BYTES:
        return "", f"it has more than {MOST_BYTES:,} bytes"
    return data.decode("utf-8", "replace"), ""


class _Entry(NamedTuple):
    """What is kept of a pair.

    Args:
        stamps: Those of both files when they were read; None if that does not tell whether one was
            changed since.
        digests: The hashes of both contents.
        lock: The hash of what the lock says of the page.
        counts: How many units stand how.
        newest: The newest days of both update summaries.
        open: The units that are neither current nor unrecorded, packed.
    """

    stamps: tuple[_Stamp, _Stamp]
    digests: tuple[bytes, bytes]
    lock: bytes
    counts: dict[str, int]
    newest: tuple[dt.date | None, dt.date | None]
    open: bytes


class _Alone(NamedTuple):
    """What is kept of a page without a translation; see `_Entry` and `Lacking`."""

    stamp: _Stamp
    digest: bytes
    units: int
    words: int
    newest: dt.date | None


class _Units(NamedTuple):
    """The units of a pair, as they are kept.

    Args:
        digests: The hashes of both contents.
        data: Both sides' parts, packed and compressed.
        newest: The newest days of both update summaries.
    """

    digests: tuple[bytes, bytes]
    data: bytes
    newest: tuple[dt.date | None, dt.date | None]


class _File(NamedTuple):
    """A file as it is now.

    Args:
        content: What it holds.
        digest: The hash of that.
        stamp: Its stamp, if a further change of the file is certain to change it.
    """

    content: Content
    digest: bytes
    stamp: _Stamp


class _Kept:
    """Results of one kind in the store, in several parts, each loaded when it is asked for.

    Args:
        setting: Where they are kept.
        kind: Their name in the store.
    """

    def __init__(self, setting: Setting, kind: str) -> None:
        self._store = setting.store
        self._kind = kind
        self._key = key_of(setting.contract_key)
        self._parts: dict[int, dict[str, object]] = {}
        self._changed: set[int] = set()

    def get(self, page_id: str, name: str) -> object:
        """Return what is kept of a page under a name, or None."""
        return self._part(_number(page_id)).get(name)

    def put(self, page_id: str, name: str, value: object) -> None:
        """Keep something else."""
        number = _number(page_id)
        part = self._part(number)
        if part.get(name) != value:
            part[name] = value
            self._changed.add(number)

    def drop(self, but: Iterable[str]) -> None:
        """Forget all but these names: their files are gone. Looks at what was loaded only."""
        names = frozenset(but)
        for number, part in self._parts.items():
            gone = part.keys() - names
            if gone:
                self._parts[number] = {k: v for k, v in part.items() if k not in gone}
                self._changed.add(number)

    def write(self) -> None:
        """Keep what has changed for the next run."""
        for number in sorted(self._changed):
            self._store.put(f"{self._kind}{number:x}", self._key, self._parts[number])
        self._changed.clear()

    def _part(self, number: int) -> dict[str, object]:
        if number not in self._parts:
            part = self._store.get(f"{self._kind}{number:x}", self._key)
            self._parts[number] = part if isinstance(part, dict) else {}
        return self._parts[number]


def _number(page_id: str) -> int:
    return crc32(page_id.encode("utf-8", "surrogatepass")) % _PARTS


class _Desk:
    """Where pairs are looked at.

    Args:
        setting: Where the project lies.
        locks: The locks by locale.
        playbook: The pages, if they have been read already.
        only: The ids of the pages that are asked for; None for all.
    """

    def __init__(
        self,
        setting: Setting,
        locks: Mapping[str, LockFile],
        playbook: Playbook | None,
        only: Iterable[str] | None,
    ) -> None:
        self._setting = setting
        self._locks = locks
        self._playbook = playbook
        self._is_all = only is None
        self._entries = _Kept(setting, "pairs")
        self._units = _Kept(setting, "units")
        self._stamps: dict[str, _Stamp] = {}
        self._files: dict[str, _File] = {}
        self._names: set[str] = set()
        self._starts: dict[str, tuple[int, ...]] = {}
        self._standings: dict[str, Standing] = {}
        self._sources: dict[str, PageUnits] = {}  # while all pairs are looked at

    def prepare(self, both: Iterable[tuple[PageFile, PageFile]]) -> None:
        """Look at all pairs of which nothing is known, in several processes if that is faster."""
        new = [files for files in both if not self._entries.get(files[1].page_id, files[1].path)]
        alone = replace(self._setting, store=Store(None))
        made = shared(partial(_looked_at, alone, self._locks), new, self._setting.workers)
        for (_, target), (entry, units) in zip(new, made or (), strict=False):
            self._entries.put(target.page_id, target.path, entry)
            self._units.put(target.page_id, target.path, units)

    def look_at(self, pages: Iterable[tuple[PageFile, Sequence[PageFile]]]) -> None:
        """Find out how translations of pages that have been read stand, in several processes.

        Args:
            pages: Each file of the source, with its translations.
        """
        some = [page for page in pages if page[1]]
        found = shared_by_copies(self._looked_at, some, self._setting.workers) or ()
        for (_, targets), standings in zip(some, found, strict=False):
            for target, standing in zip(targets, standings, strict=True):
                self._standings[target.path] = standing

    def _looked_at(
        self, pages: Sequence[tuple[PageFile, Sequence[PageFile]]]
    ) -> list[tuple[Standing, ...]]:
        return [
            tuple(self.standing(source, target, self.lock_of(target)) for target in targets)
            for source, targets in pages
        ]

    def kept(self, target: PageFile) -> tuple[object, object]:
        """Return what is to be kept of a pair that was looked at."""
        name = (target.page_id, target.path)
        return self._entries.get(*name), self._units.get(*name)

    def pair(self, source: PageFile, target: PageFile) -> PagePair:
        """Return a page with its translation."""
        self._names.add(target.path)
        known = self._entries.get(target.page_id, target.path)
        before = known if isinstance(known, _Entry) else None
        entry = self._entry(source, target, before)
        self._entries.put(target.page_id, target.path, entry)
        return PagePair(source, target, entry, self)

    def lacking(self, source: PageFile, locale: str) -> Lacking:
        """Return a page that has no translation."""
        name = f"{locale} {source.path}"
        self._names.add(name)
        known = self._entries.get(source.page_id, name)
        alone = self._alone(source, known if isinstance(known, _Alone) else None)
        self._entries.put(source.page_id, name, alone)
        return Lacking(source, locale, alone.units, alone.words, alone.newest)

    def keep(self) -> None:
        """Keep what was found out for the next run."""
        if self._is_all:
            self._entries.drop(self._names)
            self._units.drop(self._names)
        self._entries.write()
        self._units.write()
        self._files.clear()
        self._sources.clear()

    def lock_of(self, target: PageFile) -> Lock:
        """Return what is recorded of a page."""
        return self._locks[target.locale].of_page(target.page_id)

    def standing_now(self, source: PageFile, target: PageFile) -> Standing:
        """Return how a translation stands by what is recorded."""
        known = self._standings.get(target.path)
        return known or self.standing(source, target, self.lock_of(target))

    def known_standing(self, target: PageFile) -> Standing | None:
        """Return how a translation stands if that is in memory."""
        return self._standings.get(target.path)

    def take(self, target: PageFile, standing: Standing) -> None:
        """Keep in memory how a translation stands."""
        self._standings[target.path] = standing

    def standing(self, source: PageFile, target: PageFile, lock: Lock) -> Standing:
        """Return how a translation stands if this is what is recorded."""
        ours, theirs = self.both_units(source, target)
        return standing_of(ours, theirs, lock, self._setting.contract)

    def place(self, file: PageFile, span: Span) -> Place:
        """Return where in a file a span stands."""
        starts = self._starts.get(file.path)
        if starts is None:
            data = self._file(file).content.data
            starts = self._starts[file.path] = decode(data).line_starts
        return Place(file.path, _position(starts, span.start), _position(starts, span.end))

    def _entry(self, source: PageFile, target: PageFile, before: _Entry | None) -> _Entry:
        lock = _digest_of_lines(self._locks[target.locale].lines(target.page_id))
        is_same = before is not None and before.lock == lock
        if before and is_same and None not in before.stamps:
            stamps = (self._stamp(source), self._stamp(target))
            if before.stamps == stamps:
                return before
        ours, theirs = self._file(source), self._file(target)
        stamps, digests = (ours.stamp, theirs.stamp), (ours.digest, theirs.digest)
        if before and is_same and before.digests == digests:
            return before._replace(stamps=stamps) if any(stamps) else before
        standing = self.standing_now(source, target)
        if self._playbook is not None:  # all of it is in memory anyhow
            self._standings[target.path] = standing
        counts = {state.value: count for state, count in standing.counts.items()}
        is_open = tuple(unit for unit in standing.units if unit.state not in _AS_IT_SHOULD)
        newest = (standing.source_newest, standing.target_newest)
        is_kept = self._setting.store.is_kept or self._playbook is None
        return _Entry(stamps, digests, lock, counts, newest, packed(is_open) if is_kept else b"")

    def _alone(self, source: PageFile, before: _Alone | None) -> _Alone:
        if before and before.stamp and before.stamp == self._stamp(source):
            return before
        file = self._file(source)
        if before and before.digest == file.digest:
            return before._replace(stamp=file.stamp)
        units = self._reader.read(self._page(source))
        words = words_of(units.units)
        return _Alone(file.stamp, file.digest, len(units.units), words, units.newest)

    def both_units(self, source: PageFile, target: PageFile) -> tuple[PageUnits, PageUnits]:
        """Return the units of both pages, from what was kept where they are the same."""
        digests = (self._file(source).digest, self._file(target).digest)
        known = self._units.get(target.page_id, target.path)
        if isinstance(known, _Units) and known.digests == digests:
            sides = _unpacked_parts(known.data)
            if sides:
                ours, theirs = (
                    PageUnits(file.page_id, file.locale, file.path, parts, newest)
                    for file, parts, newest in zip(
                        (source, target), sides, known.newest, strict=True
                    )
                )
                return ours, theirs
        page = self._page(source)
        second = self._reader.read(self._page(target), page)
        if self._playbook is not None:
            if source.path not in self._sources:
                self._sources[source.path] = self._reader.read(page)
            return self._sources[source.path], second  # their standing is what stays in memory
        first = self._reader.read(page)
        # Before anybody asks them for more than that, which they would remember.
        data = zlib.compress(packed((first.parts, second.parts)), 1)
        newest = (first.newest, second.newest)
        self._units.put(target.page_id, target.path, _Units(digests, data, newest))
        return first, second

    def _stamp(self, file: PageFile) -> _Stamp:
        if file.path not in self._stamps:
            self._stamps[file.path] = stamp_of(file.file)
        return self._stamps[file.path]

    def _file(self, file: PageFile) -> _File:
        if file.path not in self._files:
            read = self._read(file)
            if read:
                text = read.text.encode("utf-8", "surrogatepass")
                content = Content(text, None)
            else:
                content = content_of(file.file)
            digest = blake2b(
                content.data, person=content.problem.encode()[:16], digest_size=16
            ).digest()
            self._files[file.path] = _File(content, digest, _settled(content))
        return self._files[file.path]

    def _page(self, file: PageFile) -> Page:
        return self._read(file) or page_of(file, self._file(file).content, self._page_reader)

    def _read(self, file: PageFile) -> Page | None:
        """Return a page if it has been read already."""
        playbook = self._playbook
        if playbook is None:
            return None
        page = playbook.page(file.page_id, file.locale)
        page = page or playbook.fragments.get(file.locale, {}).get(file.page_id)
        return page if page and page.path == file.path else None

    @cached_property
    def _reader(self) -> UnitReader:
        return UnitReader(self._setting.contract)

    @cached_property
    def _page_reader(self) -> PageReader:
        return PageReader(self._setting.contract)


def _bare(standing: UnitStanding, known: dict[int, tuple[Unit, Unit]]) -> UnitStanding:
    """Return how a unit stands, without texts if all is well with it."""
    if standing.state not in _AS_IT_SHOULD:
        return standing

    def bare(unit: Unit) -> Unit:
        if id(unit) not in known:
            without = unit._replace(text="", pieces=(), anchors=(), normal="")
            known[id(unit)] = unit, without  # the unit itself, so that its number stays its own
        return known[id(unit)][1]

    return standing._replace(
        sources=tuple(map(bare, standing.sources)), targets=tuple(map(bare, standing.targets))
    )


def _looked_at(
    setting: Setting, locks: Mapping[str, LockFile], both: Sequence[tuple[PageFile, PageFile]]
) -> list[tuple[object, object]]:
    """Look at pairs in a process of its own; return what is to be kept of each."""
    desk = _Desk(setting, locks, None, None)
    with no_collector():
        for source, target in both:
            desk.pair(source, target)
    return [desk.kept(target) for _, target in both]


def _unpacked_parts(data: bytes) -> tuple[tuple[Part, ...], tuple[Part, ...]] | None:
    """Return both sides' parts; None if they are damaged, and then they are made again."""
    try:
        inflated = zlib.decompressobj()
        ours, theirs = unpacked(inflated.decompress(data, MOST_BYTES))
    except Exception:  # damaged data can raise anything
        return None
    return ours, theirs


def _position(starts: Sequence[int], offset: int) -> Position:
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)


def _settled(content: Content) -> _Stamp:
    """Return a file's stamp if a further change of the file is certain to change it."""
    if content.stamp and time.time_ns() - content.stamp[0] > _UNSETTLED:
        return content.stamp
    return None


def _digest_of_lines(lines: Iterable[str]) -> bytes:
    text = "\n".join(lines).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=16).digest() if text else b""
