"""What is wrong with the locks of translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple
from urllib.parse import unquote

from leitfaden.checking.finding import Found, found
from leitfaden.checking.pairs import LockFile
from leitfaden.contract import Contract
from leitfaden.model import Place, Position, Span
from leitfaden.reading.inventory import Inventory
from leitfaden.translating.lock import LockTrouble

_ALL = Span(0, 0)
_VARIANTS = {LockTrouble.BROKEN: ""}
_MOST = 20  # of a kind in one file


class WrongLock(NamedTuple):
    """Something that is wrong with a lock.

    Args:
        place: Where.
        found: What.
    """

    place: Place
    found: Found


def wrong_locks(
    locks: Mapping[str, LockFile], inventory: Inventory, contract: Contract
) -> Iterator[WrongLock]:
    """Yield what is wrong with all locks.

    Args:
        locks: By locale.
        inventory: All files.
        contract: The playbook's contract.
    """
    chosen = inventory.chosen()
    sources = chosen.get(contract.source, {})
    for locale, file in locks.items():
        translated = chosen.get(locale, {}).keys() & sources.keys()
        if file.trouble:
            one = found(_ALL, "unreadable", text=file.trouble)
            yield WrongLock(Place(file.path), Found("LF518", one))
        elif file.exists:
            yield from _broken_lines(file)
            yield from _orphans(file, sources.keys() | chosen.get(locale, {}).keys())
        elif translated:
            yield WrongLock(Place(file.path), Found("LF520", found(_ALL, count=len(translated))))


def _broken_lines(file: LockFile) -> Iterator[WrongLock]:
    for problem in file.problems[:_MOST]:
        variant = _VARIANTS.get(problem.trouble, problem.trouble.value)
        at = Position(problem.line, problem.column)
        one = found(_ALL, variant, text=problem.text)
        yield WrongLock(Place(file.path, at, at), Found("LF518", one))


def _orphans(file: LockFile, page_ids: Set[str]) -> Iterator[WrongLock]:
    """Yield the first line about each page that neither the locale nor the source has."""
    gone = file.lock.pages.keys() - page_ids
    if not gone:
        return
    told = 0
    for number, line in enumerate(file.text.split("\n"), 1):
        page_id = unquote(line.removeprefix("\ufeff").partition(" ")[0])
        if page_id in gone and told < _MOST:
            gone -= {page_id}
            told += 1
            at = Position(number, 1)
            one = found(_ALL, page=page_id)
            yield WrongLock(Place(file.path, at, at), Found("LF519", one))
