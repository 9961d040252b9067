"""Which values the metadata of all pages have, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from leitfaden.checking.facts import PageFacts
from leitfaden.contract import Contract

_MANY = 20  # pages with a key, before anything about it is usual or rare


def usage_keys(contract: Contract) -> tuple[str, ...]:
    """Return the keys of the metadata that name people or whose values come from a list."""
    return tuple(dict.fromkeys((*contract.metadata.people, *contract.metadata.values)))


def usage_texts(facts: PageFacts, keys: Iterable[str]) -> dict[str, str]:
    """Return the values that a page has for some keys of its metadata."""
    values = ((key, facts.metadata.get(key)) for key in keys)
    return {key: fact.text for key, fact in values if fact is not None}


@dataclass(frozen=True)
class Usage:
    """The values of some keys over all pages.

    Args:
        pages: The values that each page has, by key.
        keys: The keys.
    """

    pages: tuple[Mapping[str, str], ...]
    keys: tuple[str, ...]
    _pairs: dict[tuple[str, str], Mapping[str, Counter[str]]] = field(default_factory=dict)

    def times(self, key: str, value: str) -> int:
        """Return on how many pages the key has the value."""
        return self._counted[key][value]

    def usual(self, key: str) -> str | None:
        """Return the value that at least half of many pages have."""
        return self._usual[key]

    def is_rare(self, key: str, value: str) -> bool:
        """Tell whether of many pages no more than one in twenty has the value."""
        return self.times(key, value) * _MANY <= self._totals[key]

    def frequent(self, key: str, least: int) -> Iterable[str]:
        """Return the most frequent values that at least so many pages have."""
        return (value for value, times in self._frequent[key] if times >= least)

    def beside(self, key: str, other: str, value: str) -> str | None:
        """Return what most pages have as `key` whose `other` key has the value."""
        counted = self._beside(key, other).get(value, Counter())
        likely, times = next(iter(counted.most_common(1)), ("", 0))
        return likely if times * 2 > counted.total() else None

    @cached_property
    def _counted(self) -> Mapping[str, Counter[str]]:
        counted: dict[str, Counter[str]] = {key: Counter() for key in self.keys}
        for page in self.pages:
            for key in self.keys:
                if text := page.get(key):
                    counted[key][text] += 1
        return counted

    @cached_property
    def _totals(self) -> Mapping[str, int]:
        return {key: counted.total() for key, counted in self._counted.items()}

    @cached_property
    def _frequent(self) -> Mapping[str, list[tuple[str, int]]]:
        return {key: counted.most_common(_MANY) for key, counted in self._counted.items()}

    @cached_property
    def _usual(self) -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        for key, total in self._totals.items():
            value, times = next(iter(self._frequent[key]), ("", 0))
            found[key] = value if total >= _MANY and times * 2 >= total else None
        return found

    def _beside(self, key: str, other: str) -> Mapping[str, Counter[str]]:
        if (key, other) not in self._pairs:
            self._pairs[key, other] = self._paired(key, other)
        return self._pairs[key, other]

    def _paired(self, key: str, other: str) -> Mapping[str, Counter[str]]:
        found: dict[str, Counter[str]] = {}
        for page in self.pages:
            text, beside = page.get(key), page.get(other)
            # A page that has the same under both keys is the one that is asked about.
            if text and beside is not None and text != beside:
                found.setdefault(beside, Counter())[text] += 1
        return found
