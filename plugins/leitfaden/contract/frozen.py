"""A mapping that nobody can change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

V = TypeVar("V", covariant=True)


class FrozenMap(Mapping[str, V]):
    """An immutable, hashable mapping that keeps its order and can be sent to other processes.

    (`types.MappingProxyType` can be neither hashed nor pickled.)
    """

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[str, V] | None = None) -> None:
        """Copy `entries`; without them the mapping is empty."""
        self._entries: dict[str, V] = dict(entries or {})

    def __getitem__(self, key: str) -> V:
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __hash__(self) -> int:
        return hash(frozenset(self._entries.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._entries!r})"
