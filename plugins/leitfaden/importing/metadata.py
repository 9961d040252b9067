"""Front matter of another shape → the keys of the contract, as far as it can be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from leitfaden.contract import Contract, fold, nearest
from leitfaden.model import Edit, Page

_JOINERS = str.maketrans("", "", " -_.")


class Renamed(NamedTuple):
    """A key of the front matter that is given another name.

    Args:
        old: The key as written.
        new: The key that was probably meant.
        edit: The splice.
    """

    old: str
    new: str
    edit: Edit


def renamed_keys(page: Page, contract: Contract) -> tuple[Renamed, ...]:
    """Return the keys that the contract lacks and that stand for one that the page lacks.

    Args:
        page: The page.
        contract: The keys.
    """
    if page.front_matter.defects:
        return ()
    metadata = contract.metadata
    written = [entry.key for entry in page.front_matter.entries]
    known = (*metadata.required, *metadata.optional)
    missing = [key for key in metadata.required if key not in written]
    meant: dict[str, list[Renamed]] = {}
    for entry in page.front_matter.entries:
        key = entry.key
        guess = None if key in known else _meant(key, missing)
        if guess and entry.key_span.of(page.text) == key:
            meant.setdefault(guess, []).append(Renamed(key, guess, Edit(entry.key_span, guess)))
    return tuple(found[0] for found in meant.values() if len(found) == 1)


def unknown_keys(page: Page, contract: Contract, renamed: Sequence[Renamed]) -> Iterator[str]:
    """Yield the keys that the contract lacks and that stay as they are."""
    metadata = contract.metadata
    known = {*metadata.required, *metadata.optional, *(one.old for one in renamed)}
    for entry in page.front_matter.entries:
        if entry.key not in known:
            yield entry.key


def _meant(key: str, missing: Sequence[str]) -> str | None:
    """Return the one missing key that is spelled the same or, of all that are missing, alike."""
    same = [one for one in missing if _bare(one) == _bare(key)]
    if not same:
        same = [one for one in missing if _bare(one.rpartition(".")[2]) == _bare(key)]
    if same:
        return same[0] if len(same) == 1 else None
    return nearest(key, missing)


def _bare(key: str) -> str:
    return fold(key).translate(_JOINERS)
