"""What is known of all pages on disk: read, checked alone, and kept between runs."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, TypeAlias
from zlib import crc32

from leitfaden.checking.engine import Checked, check_page
from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found
from leitfaden.checking.judge import Judge
from leitfaden.checking.madepages import made_ids
from leitfaden.checking.pairs import pairs_of
from leitfaden.checking.standings import PairStandings
from leitfaden.checking.store import Store, key_of, packed, unpacked
from leitfaden.checking.tree import Tree, searched_title, stated_ids, stated_tasks
from leitfaden.checking.usage import usage_keys, usage_texts
from leitfaden.contract import Contract
from leitfaden.model import Page, Playbook
from leitfaden.reading.files import Content, content_of, page_of, stamp_of
from leitfaden.reading.inventory import Inventory, PageFile, take_inventory
from leitfaden.reading.page import PageReader
from leitfaden.reading.playbook import no_collector

# Below this many pages, starting a process takes longer than it saves.
_WORTH_A_WORKER = 100
# A file that was changed this shortly before it was read may change again without a new time.
_UNSETTLED = 2_000_000_000  # nanoseconds
_PARTS = 16  # of what is kept of pages; one hexadecimal digit


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where a playbook lies, and how it is read.

    Args:
        root: The project's folder, to which paths are relative.
        docs: The folder that holds one folder a locale.
        contract: The playbook's contract.
        contract_key: What stands for the contract where results are kept.
        today: The day of the check.
        workers: How many processes may read pages at once.
        store: What is kept between runs.
    """

    root: Path
    docs: Path
    contract: Contract
    today: dt.date
    contract_key: str = ""
    workers: int = 1
    store: Store = field(default_factory=lambda: Store(None))


@dataclass(frozen=True)
class Survey:
    """All pages, as far as checks have to know them.

    Args:
        setting: Where they are from.
        inventory: All files.
        pages: Those that hold the pages; of two files for one page the one that is published.
        tree: Their facts.
        judge: Decides which findings count.
        made: The ids of the pages that a site makes besides.
        standings: How the translations stand to their sources.
    """

    setting: Setting
    inventory: Inventory
    pages: tuple[PageFile, ...]
    tree: Tree
    judge: Judge
    made: frozenset[str]
    standings: PairStandings

    def facts(self, page: PageFile) -> PageFacts:
        """Return what is known of a page."""
        return self.tree.pages[page.locale][page.page_id]

    def asked(self, only: frozenset[str] | None) -> list[PageFile]:
        """Return the files at or below some paths; all for None."""
        return [page for page in self.pages if is_asked(page.path, only)]


def is_asked(path: str, only: frozenset[str] | None) -> bool:
    """Tell whether a path is one of those that were asked for, or lies below one."""
    if only is None or path in only:
        return True
    return any(path.startswith(f"{folder.rstrip('/')}/") for folder in only)


def survey(setting: Setting) -> Survey:
    """Read all pages, or take over what is known of them, and check each alone.

    Args:
        setting: Where they are.
    """
    inventory = take_inventory(setting.docs, setting.contract, setting.root)
    published = inventory.published()
    known = _known(published, setting)
    pages = {
        locale: _Pages({page_id: page.path for page_id, page in chosen.items()}, known)
        for locale, chosen in inventory.chosen().items()
    }
    made = made_ids(setting.contract, stated_tasks(pages))
    standings = _standings(setting, inventory)
    tree = _tree(pages, inventory, setting, made, standings)
    judge = Judge(tree, lambda facts: known.found(facts.path))
    return Survey(setting, inventory, published, tree, judge, made, standings)


def survey_of(playbook: Playbook, inventory: Inventory, setting: Setting) -> Survey:
    """Check pages that have been read already, each alone.

    Args:
        playbook: The pages.
        inventory: The files that they are from.
        setting: Where they are.
    """
    files = {
        locale: {**found, **playbook.fragments.get(locale, {})}
        for locale, found in playbook.pages.items()
    }
    checked = {
        page.path: check_page(page, setting.contract)
        for found in files.values()
        for page in found.values()
    }
    pages = {
        locale: {page_id: checked[page.path].facts for page_id, page in found.items()}
        for locale, found in files.items()
    }
    made = made_ids(setting.contract, stated_tasks(pages))
    standings = _standings(setting, inventory, playbook)
    tree = _tree(pages, inventory, setting, made, standings)
    judge = Judge(tree, lambda facts: checked[facts.path].found)
    return Survey(setting, inventory, inventory.published(), tree, judge, made, standings)


def _standings(
    setting: Setting, inventory: Inventory, playbook: Playbook | None = None
) -> PairStandings:
    """Return how translations stand; nothing is read until somebody asks."""
    reader = PageReader(setting.contract)
    chosen = inventory.chosen()

    def page(page_id: str, locale: str) -> Page | None:
        if playbook:
            return playbook.page(page_id, locale)
        file = chosen.get(locale, {}).get(page_id)
        return page_of(file, content_of(file.file), reader) if file else None

    return PairStandings(
        setting.contract, lambda: pairs_of(setting, inventory, playbook=playbook), page
    )


def _tree(
    pages: Mapping[str, Mapping[str, PageFacts]],
    inventory: Inventory,
    setting: Setting,
    made_ids: Iterable[str],
    standings: PairStandings,
) -> Tree:
    """Put pages beside one another, and beside the files that a build will make."""
    contract = setting.contract
    made = (f"{locale}/{page_id}.md" for page_id in made_ids for locale in contract.locales)
    return Tree(contract, pages, inventory.names.union(made), setting.today, standings=standings)


class _Entry(NamedTuple):
    """What is kept of a page.

    Args:
        stamp: Modification time (ns), size and inode of the file when it was read; None if that
            does not tell whether it was changed since.
        digest: The hash of its content.
        facts: Its facts, packed.
        found: The findings of the rules that look at it alone, packed.
        texts: Those values of its metadata that are counted over all pages.
        tasks: The ids of the tasks that it states.
        title: What it is found by; see `searched_title`.
    """

    stamp: tuple[int, int, int] | None
    digest: bytes
    facts: bytes
    found: bytes
    texts: dict[str, str]
    tasks: tuple[str, ...]
    title: str


class _Known:
    """What is known of each page by path, unpacked when it is asked for.

    Args:
        entries: All of it, packed.
        facts: The facts of the pages that were read just now.
        found: The findings on them.
    """

    def __init__(
        self,
        entries: Mapping[str, _Entry],
        facts: dict[str, PageFacts],
        found: Mapping[str, tuple[Found, ...]],
    ) -> None:
        self._entries = entries
        self._facts = facts
        self._found = found

    def facts(self, path: str) -> PageFacts:
        """Return what is known of the page at a path."""
        if path not in self._facts:
            self._facts[path] = unpacked(self._entries[path].facts)
        return self._facts[path]

    def found(self, path: str) -> tuple[Found, ...]:
        """Return what the rules that look at it alone found on the page at a path."""
        if path in self._found:
            return self._found[path]
        found: tuple[Found, ...] = unpacked(self._entries[path].found)
        return found

    def texts(self, path: str) -> Mapping[str, str]:
        """Return those values of the page's metadata that are counted over all pages."""
        return self._entries[path].texts

    def tasks(self, path: str) -> tuple[str, ...]:
        """Return the ids of the tasks that the page states."""
        return self._entries[path].tasks

    def title(self, path: str) -> str:
        """Return what the page is found by."""
        return self._entries[path].title


class _Pages(Mapping[str, PageFacts]):
    """The facts of a locale's pages by page id.

    Args:
        paths: The pages' paths by page id.
        known: What is known of each.
    """

    def __init__(self, paths: Mapping[str, str], known: _Known) -> None:
        self._paths = paths
        self._known = known

    def __getitem__(self, page_id: str) -> PageFacts:
        return self._known.facts(self._paths[page_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, page_id: object) -> bool:
        return page_id in self._paths

    def texts(self) -> list[Mapping[str, str]]:
        """Return those values of each page's metadata that are counted over all pages."""
        return [self._known.texts(path) for path in self._paths.values()]

    def tasks(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the id of each page with the ids of the tasks that it states."""
        return [(page_id, self._known.tasks(path)) for page_id, path in self._paths.items()]

    def titles(self) -> list[tuple[str, str]]:
        """Return the id of each page with what it is found by."""
        return [(page_id, self._known.title(path)) for page_id, path in self._paths.items()]


def _known(pages: Sequence[PageFile], setting: Setting) -> _Known:
    """Find out about all pages; what was kept of a page counts where its file is the same."""
    kept = _Kept(setting)
    before = kept.entries()
    entries: dict[str, _Entry] = {}
    changed: list[tuple[PageFile, Content]] = []
    for page in pages:
        known = before.get(page.path)
        if known and known.stamp and known.stamp == stamp_of(page.file):
            entries[page.path] = known
            continue
        content = content_of(page.file)
        if known and known.digest == _digest(content):
            entries[page.path] = known._replace(stamp=_settled(content))
        else:
            changed.append((page, content))
    facts: dict[str, PageFacts] = {}
    found: dict[str, tuple[Found, ...]] = {}
    for (page, content), made in zip(changed, _checked(changed, setting), strict=True):
        known, checked = made
        entries[page.path] = known._replace(stamp=_settled(content), digest=_digest(content))
        if checked:
            facts[page.path], found[page.path] = checked
    kept.update(entries)
    return _Known(entries, facts, found)


class _Kept:
    """What is kept of all pages, in several parts, so that a change of few writes but little.

    Args:
        setting: Where it is kept.
    """

    def __init__(self, setting: Setting) -> None:
        self._store = setting.store
        self._key = key_of(setting.contract_key)
        self._parts: list[dict[str, _Entry]] = []

    def entries(self) -> Mapping[str, _Entry]:
        """Return what is kept of each page by path."""
        parts = (self._store.get(f"pages{number:x}", self._key) for number in range(_PARTS))
        self._parts = [part if isinstance(part, dict) else {} for part in parts]
        return {path: entry for part in self._parts for path, entry in part.items()}

    def update(self, entries: Mapping[str, _Entry]) -> None:
        """Keep this instead."""
        parts: list[dict[str, _Entry]] = [{} for _ in range(_PARTS)]
        for path, entry in entries.items():
            parts[crc32(path.encode()) % _PARTS][path] = entry
        for number, (part, before) in enumerate(zip(parts, self._parts, strict=True)):
            if part != before:
                self._store.put(f"pages{number:x}", self._key, part)


_Made: TypeAlias = "tuple[_Entry, Checked | None]"  # not unpacked what another process has packed


def _entry(checked: Checked, keys: Sequence[str]) -> _Entry:
    """Return what is kept of a page but for what tells whether it has changed."""
    facts, found = checked
    texts, tasks = usage_texts(facts, keys), stated_ids(facts)
    title = searched_title(facts)
    return _Entry(None, b"", packed(facts), packed(found), texts, tasks, title)


def _digest(content: Content) -> bytes:
    return blake2b(content.data, person=content.problem.encode()[:16], digest_size=16).digest()


def _settled(content: Content) -> tuple[int, int, int] | None:
    """Return a file's stamp if a further change of the file is certain to change it."""
    if content.stamp and time.time_ns() - content.stamp[0] > _UNSETTLED:
        return content.stamp
    return None


def _checked(changed: Sequence[tuple[PageFile, Content]], setting: Setting) -> Iterator[_Made]:
    """Check pages alone, one after the other or in several processes."""
    keys = usage_keys(setting.contract)
    workers = min(setting.workers, len(changed) // _WORTH_A_WORKER)
    if workers < 2 or threading.active_count() > 1:  # a fork would copy other threads' locks
        for checked in _check_all(changed, setting.contract):
            yield _entry(checked, keys), checked
        return
    import multiprocessing
    from signal import SIG_IGN, SIGINT, signal

    parts = [changed[start :: workers * 4] for start in range(workers * 4)]
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    # Ctrl-C reaches the workers, too; only this process is to tell of it.
    with multiprocessing.get_context(method).Pool(workers, signal, (SIGINT, SIG_IGN)) as pool:
        results = pool.starmap(
            _check_part, [(part, setting.contract) for part in parts], chunksize=1
        )
    for index in range(len(changed)):
        yield results[index % len(parts)][index // len(parts)], None


def _check_part(part: Sequence[tuple[PageFile, Content]], contract: Contract) -> list[_Entry]:
    keys = usage_keys(contract)
    with no_collector():
        return [_entry(checked, keys) for checked in _check_all(part, contract)]


def _check_all(pages: Sequence[tuple[PageFile, Content]], contract: Contract) -> Iterator[Checked]:
    reader = PageReader(contract)
    for file, content in pages:
        yield check_page(page_of(file, content, reader), contract)
