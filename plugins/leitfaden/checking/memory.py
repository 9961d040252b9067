"""What rules make of a contract once and need for each page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from leitfaden.contract import Contract

T = TypeVar("T")

_MOST = 64  # pairs of contract and locale; a run has one contract and a few locales


def once_per_locale(make: Callable[[Contract, str], T]) -> Callable[[Contract, str], T]:
    """Let a function of a contract and a locale be called but once for each pair.

    Contracts are told apart by identity: comparing two of them would cost more than it saves.
    """
    made: dict[tuple[int, str], tuple[Contract, T]] = {}

    @wraps(make)
    def remembered(contract: Contract, locale: str) -> T:
        key = (id(contract), locale)
        entry = made.get(key)
        if entry is None:
            if len(made) >= _MOST:
                made.clear()
            entry = made[key] = (contract, make(contract, locale))  # kept, so its id stays taken
        return entry[1]

    return remembered
