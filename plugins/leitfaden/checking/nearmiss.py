"""Did you mean …?, for names that are made of words: page ids and files."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from heapq import nsmallest

_WORDS = re.compile(r"[^\W_]+")
_MOST = 8  # of the names that could be meant, so many are looked at closely
_COMMON = 200  # a word that so many names share says nothing
_LONGEST = 200  # comparing takes the product of both lengths
_ALIKE = 0.65  # `bdv`/`bvd` 0.67, `expert`/`experts` 0.92; `success`/`assess` 0.62 are two words
_APART = 0.05  # between the name that is meant and the next one
_ENOUGH = 0.6  # of the words, where one name has all of the other's and more


class NearNames:
    """Finds the name that a wrong one most likely stands for.

    The names are looked up by their words, so that a wrong name is compared with few of them.

    Args:
        names: All names: paths with `/`, without a suffix such as `.md`.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_base: dict[str, list[str]] = {}
        self._by_word: dict[str, list[str]] = {}
        self._by_start: dict[str, list[str]] = {}
        self._found: dict[str, str | None] = {}
        for name in sorted(names):
            base = posixpath.basename(name).casefold()
            self._by_base.setdefault(base, []).append(name)
            self._by_start.setdefault(base[:1], []).append(name)
            for word in dict.fromkeys(_WORDS.findall(base)):
                self._by_word.setdefault(word, []).append(name)

    def same(self, name: str) -> str | None:
        """Return the one with the same last part: the right one, looked for in another folder."""
        return next(iter(self._by_base.get(_base(name), ())), None)

    def nearest(self, name: str) -> str | None:
        """Return the one that is the same in another folder, else the one most like it."""
        base = posixpath.basename(name).casefold()
        if base not in self._found:
            self._found[base] = self.same(base) or self._most_alike(base)
        return self._found[base]

    def only(self, name: str) -> str | None:
        """Return the nearest one if it alone can be meant: no other comes close to it."""
        base = posixpath.basename(name).casefold()
        named = self._by_base.get(base)
        if named:
            return named[0] if len(named) == 1 else None
        rated = sorted(self._rated(base), reverse=True)
        if not rated or not rated[0][0]:
            return None
        return rated[0][1] if len(rated) == 1 or rated[0][0] - rated[1][0] >= _APART else None

    def _most_alike(self, base: str) -> str | None:
        best = max(self._rated(base), key=lambda entry: entry[0], default=(0.0, ""))
        return best[1] if best[0] else None

    def _rated(self, base: str) -> list[tuple[float, str]]:
        if len(base) > _LONGEST:
            return []
        words = _WORDS.findall(base)
        return [
            (_likeness(words, _WORDS.findall(_base(name))), name)
            for name in self._candidates(base, words)
        ]

    def _candidates(self, base: str, words: Iterable[str]) -> list[str]:
        shared = Counter(
            name
            for word in dict.fromkeys(words)
            if len(named := self._by_word.get(word, ())) <= _COMMON
            for name in named
        )
        if shared:
            return [name for name, _ in shared.most_common(_MOST)]
        alike = self._by_start.get(base[:1], ())
        return nsmallest(_MOST, alike, key=lambda name: abs(len(name) - len(base)))


def _base(name: str) -> str:
    return posixpath.basename(name).casefold()


def _likeness(words: list[str], others: list[str]) -> float:
    """Return how alike two names are, by words and letters; 0 if they mean different things."""
    ours = _without(words, others)
    theirs = _without(others, words)
    shared = len(words) - len(ours)
    if ours and theirs:
        letters = SequenceMatcher(None, "-".join(ours), "-".join(theirs)).ratio()
        return (shared + letters) / max(len(words), len(others)) if letters >= _ALIKE else 0.0
    longest = max(len(words), len(others))
    return shared / longest if shared >= longest * _ENOUGH else 0.0


def _without(words: list[str], others: list[str]) -> list[str]:
    """Return the words that the other list does not have, as often as it lacks them."""
    left = Counter(others)
    rest = []
    for word in words:
        if left[word]:
            left[word] -= 1
        else:
            rest.append(word)
    return rest
