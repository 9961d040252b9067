"""A whole check: which files, what they hold, what rules find, what of it is told."""

from __future__ import annotations

import datetime as dt
import gc
import multiprocessing
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from leitfaden.checking.engine import check_page
from leitfaden.checking.facts import PageFacts
from leitfaden.checking.judge import Judge
from leitfaden.checking.lines import Texts
from leitfaden.checking.store import Store, key_of, packed, unpacked
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract
from leitfaden.model import Diagnostic
from leitfaden.reading.files import Content, content_of, page_of, stamp_of
from leitfaden.reading.inventory import Inventory, PageFile, take_inventory
from leitfaden.reading.page import PageReader
from leitfaden.reading.source import decode

# Below this many pages, starting a process takes longer than it saves.
_WORTH_A_WORKER = 100
# A file that was changed this shortly before it was read may change again without a new time.
_UNSETTLED = 2_000_000_000  # nanoseconds


@dataclass(frozen=True, kw_only=True)
class CheckOptions:
    """What to check, and how.

    Args:
        today: The day of the check.
        contract_key: What stands for the contract where results are kept.
        language: The language of the messages.
        only: Paths, as findings name them, of which alone findings are told; None for all.
        workers: How many processes may read pages at once.
        store: What is kept between runs.
    """

    today: dt.date
    contract_key: str = ""
    language: str = "en"
    only: frozenset[str] | None = None
    workers: int = 1
    store: Store = field(default_factory=lambda: Store(None))


@dataclass(frozen=True)
class Report:
    """What a check has found.

    Args:
        diagnostics: The findings, by file and place.
        pages: How many pages were looked at.
        texts: The texts of the files that findings name.
    """

    diagnostics: tuple[Diagnostic, ...]
    pages: int
    texts: Texts


class _Entry(NamedTuple):
    """What is kept of a page.

    Args:
        stamp: Modification time (ns), size and inode of the file when it was read; None if that
            does not tell whether it was changed since.
        digest: The hash of its content.
        facts: Its facts, packed.
        found: The findings of the rules that look at it alone, packed.
    """

    stamp: tuple[int, int, int] | None
    digest: bytes
    facts: bytes
    found: bytes


class _Lazy(Mapping[str, PageFacts]):
    """Facts by page id, unpacked when they are asked for."""

    def __init__(self, entries: Mapping[str, _Entry]) -> None:
        self._entries = entries
        self._facts: dict[str, PageFacts] = {}

    def __getitem__(self, page_id: str) -> PageFacts:
        if page_id not in self._facts:
            self._facts[page_id] = unpacked(self._entries[page_id].facts)
        return self._facts[page_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, page_id: object) -> bool:
        return page_id in self._entries


def check(root: Path, docs: Path, contract: Contract, options: CheckOptions) -> Report:
    """Check the pages of a docs folder.

    Args:
        root: The project's folder, to which paths are relative.
        docs: The folder that holds one folder a locale.
        contract: The playbook's contract.
        options: What to check, and how.
    """
    with no_collector():
        inventory = take_inventory(docs, contract, root)
        entries = _entries(inventory.pages, contract, options)
        pages = {
            locale: _Lazy({page_id: entries[page.path] for page_id, page in chosen.items()})
            for locale, chosen in inventory.chosen().items()
        }
        tree = Tree(contract, pages, inventory.names, options.today)
        judge = Judge(tree, lambda facts: unpacked(entries[facts.path].found))
        diagnostics = [*_of_tree(inventory, contract, options.only)]
        asked = [page for page in inventory.pages if _is_asked(page.path, options.only)]
        for page in asked:
            facts = pages[page.locale][page.page_id]
            if facts.path != page.path:  # two files for one page: this one is not published
                facts = unpacked(entries[page.path].facts)
            diagnostics += judge.diagnostics(facts, options.language)
    return Report(tuple(diagnostics), len(asked), Texts(partial(_text, root)))


def _is_asked(path: str, only: frozenset[str] | None) -> bool:
    if only is None or path in only:
        return True
    return any(path.startswith(f"{folder.rstrip('/')}/") for folder in only)


def _of_tree(
    inventory: Inventory, contract: Contract, only: frozenset[str] | None
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the tree as a whole rather than with a page."""
    ids = {page.page_id for page in inventory.pages}
    told = (*inventory.diagnostics, *inventory.two_files(), *contract.dangling(ids))
    yield from (one for one in told if _is_asked(one.place.path, only))


def _entries(
    pages: Sequence[PageFile], contract: Contract, options: CheckOptions
) -> dict[str, _Entry]:
    """Return what is known of each page by path, from before where its file is the same."""
    key = key_of(options.contract_key)
    before: Mapping[str, _Entry] = options.store.get("pages", key) or {}
    entries: dict[str, _Entry] = {}
    changed: list[tuple[PageFile, Content]] = []
    for page in pages:
        known = before.get(page.path)
        if known and known.stamp == stamp_of(page.file):
            entries[page.path] = known
            continue
        content = content_of(page.file)
        if known and known.digest == _digest(content):
            entries[page.path] = known._replace(stamp=_settled(content))
        else:
            changed.append((page, content))
    for (page, content), made in zip(changed, _checked(changed, contract, options), strict=True):
        entries[page.path] = _Entry(_settled(content), _digest(content), *made)
    if entries != before:
        options.store.put("pages", key, entries)
    return entries


def _digest(content: Content) -> bytes:
    return blake2b(content.data, person=content.problem.encode()[:16], digest_size=16).digest()


def _settled(content: Content) -> tuple[int, int, int] | None:
    """Return a file's stamp if a further change of the file is certain to change it."""
    if content.stamp and time.time_ns() - content.stamp[0] > _UNSETTLED:
        return content.stamp
    return None


def _checked(
    changed: Sequence[tuple[PageFile, Content]], contract: Contract, options: CheckOptions
) -> Iterable[tuple[bytes, bytes]]:
    """Check pages alone and return the facts and the findings of each, packed."""
    workers = min(options.workers, len(changed) // _WORTH_A_WORKER)
    if workers < 2 or threading.active_count() > 1:  # a fork would copy other threads' locks
        yield from _check_all(changed, contract)
        return
    parts = [changed[start :: workers * 4] for start in range(workers * 4)]
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with multiprocessing.get_context(method).Pool(workers) as pool:
        results = pool.starmap(_check_part, [(part, contract) for part in parts], chunksize=1)
    for index in range(len(changed)):
        yield results[index % len(parts)][index // len(parts)]


def _check_part(
    part: Sequence[tuple[PageFile, Content]], contract: Contract
) -> list[tuple[bytes, bytes]]:
    with no_collector():
        return list(_check_all(part, contract))


def _check_all(
    pages: Sequence[tuple[PageFile, Content]], contract: Contract
) -> Iterator[tuple[bytes, bytes]]:
    reader = PageReader(contract)
    for file, content in pages:
        facts, found = check_page(page_of(file, content, reader), contract)
        yield packed(facts), packed(found)


def _text(root: Path, path: str) -> str:
    return decode(content_of(str(root / path)).data).plain


@contextmanager
def no_collector() -> Iterator[None]:
    """Let the garbage collector rest: pages hold no cycles, and it takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
