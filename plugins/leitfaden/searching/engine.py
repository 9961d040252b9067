"""Finds what a reader means. `overrides/assets/javascripts/search/engine.js` does the same.

Each word of a query stands for words of the index: for itself, those with its stem, those that
begin with it, those with a typing error less, its parts if it is a compound, what means the same.
How well a document fits is how much of the query it has, by the weight of rare words, and how much
of its title that is. Pages are ranked by their best document, and by what the others add to it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from leitfaden.searching.analysis import LONGEST_WORD, MOST_WORDS, Analyser, pieces_of
from leitfaden.searching.documents import FACETS, Document, PageDocuments
from leitfaden.searching.index import FULL, Entry, Index, in_utf16

_MOST_LIKE = 24  # words that begin or are written alike
_MOST_POSTINGS = 4000  # of all of these
_ENOUGH = 20  # documents that have a compound: who has but its parts is then not asked for
_ALIKE = 0.7  # of the letters of a word
_SHORTEST_ALIKE = 5
_ENTIRE = 0.95  # of a title or of a query, since shares are rounded
_RUNS = re.compile(r"\d+|\D+")


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much. The index hands these over to the engine in the browser.

    Args:
        stem: A word with the same stem.
        prefix: A word that begins so, however long it is.
        prefix_rest: What is added for the part of it that is written.
        inner: The same as `prefix` for a word that another one follows.
        inner_rest: The same as `prefix_rest` for such a word.
        typo: A word with one typing error.
        typos: A word with two.
        typed: The beginning of a word, with one typing error.
        alike: A word that begins as the first letters do of one that is like no other.
        parts: What has the parts of a compound.
        split: What has the parts of a compound that no page has.
        joined: Two words written as one.
        synonym: What means the same.
        unknown: A word that nothing has, as a share of the rarest word.
        power: How much more a document counts that has more of the query.
        title: What is added for a title of which the query names all.
        whole: What is added for a page of which the query is the title, no more and no less.
        page: How much of a page's rank is what all of its documents have together.
        kinds: By kind of document; 1 for others.
        echoes: Kinds of page that gather what others say: `whole` is not for them.
    """

    stem: float = 0.92
    prefix: float = 0.55
    prefix_rest: float = 0.35
    inner: float = 0.3
    inner_rest: float = 0.35
    typo: float = 0.8
    typos: float = 0.6
    typed: float = 0.5
    alike: float = 0.45
    parts: float = 0.6
    split: float = 0.6
    joined: float = 0.95
    synonym: float = 0.85
    unknown: float = 0.5
    power: float = 2.0
    title: float = 0.5
    whole: float = 0.5
    page: float = 0.15
    kinds: Mapping[str, float] = field(
        default_factory=lambda: {
            "task": 0.95,
            "section": 0.85,
            "step": 0.95,
            "entry": 0.8,
            "task-page": 0.5,
            "rule": 0.4,
            "home": 0.7,
        }
    )
    echoes: tuple[str, ...] = ("task-page",)


class Query(NamedTuple):
    """What a reader asks.

    Args:
        text: As typed.
        filters: The keys that a document must have one of, by facet.
        limit: How many pages to return.
    """

    text: str
    filters: Mapping[str, Collection[str]] = {}
    limit: int = 10


class Reason(NamedTuple):
    """Why a document was found.

    Args:
        asked: A word of the query.
        by: The word of the index that it was found by; several words of which it is made.
        how: `exact`, `stem`, `prefix`, `typo`, `parts`, `split`, `joined` or `synonym`.
        value: How well it fits, from 0 to 1.
        weight: How much the word counts among those of the query, from 0 to 1.
    """

    asked: str
    by: str
    how: str
    value: float
    weight: float


class Hit(NamedTuple):
    """A document that was found."""

    document: Document
    score: float
    reasons: tuple[Reason, ...]


class Found(NamedTuple):
    """A page that was found, with the documents on it that fit best, best first.

    Args:
        page: The page.
        score: How well it fits.
        hits: What was found on it; at least one.
    """

    page: PageDocuments
    score: float
    hits: tuple[Hit, ...]


@dataclass(slots=True)
class _Way:
    """A way to understand one or several words of a query.

    Args:
        covers: The words' places in the query.
        subs: What a document must have: for each, words of the index with what they count.
        weight: How much the way counts.
        how: Its name.
    """

    covers: tuple[int, ...]
    subs: list[dict[str, tuple[float, str]]]
    weight: float = 1.0
    how: str = ""


class Engine:
    """Searches one index.

    Args:
        index: The index.
        analyser: Takes queries apart as the index was made.
        weights: What counts how much.
    """

    def __init__(self, index: Index, analyser: Analyser, weights: Weights | None = None) -> None:
        self._index = index
        self._analyser = analyser
        self._weights = weights or Weights()
        self._synonyms: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for one, other in index.synonyms:
            self._synonyms.setdefault(one, []).append(other)

    def search(self, query: Query) -> list[Found]:
        """Return the pages that a query means, best first."""
        tokens = self._tokens(query.text)
        if not tokens:
            return []
        ways = list(self._ways(tokens))
        weights = self._token_weights(tokens, ways)
        matches = _Matches(self._index, tokens, ways, weights)
        return self._ranked(matches, query)

    # Words of the query

    def _tokens(self, text: str) -> list[str]:
        tokens = [token[:LONGEST_WORD] for token in self._analyser.tokens(text)][:MOST_WORDS]
        tokens = list(dict.fromkeys(part for token in tokens for part in self._unmixed(token)))
        words = self._index.words
        if any(token.isdecimal() and token in words for token in tokens):
            tokens = [token for token in tokens if token not in self._index.numbering] or tokens
        return tokens

    def _unmixed(self, token: str) -> list[str]:
        """Return `FTOP4047` as two words, unless some page has it in one."""
        if token in self._index.words or token.isalpha() or token.isdecimal():
            return [token]
        return [run for run in _RUNS.findall(token) if len(run) > 1] or [token]

    # What they stand for

    def _ways(self, tokens: Sequence[str]) -> Iterator[_Way]:
        last = len(tokens) - 1
        for place, token in enumerate(tokens):
            near = self._near(token)
            like = self._beginning(token, place == last)
            of_parts = list(self._of_parts(place, token, near, is_begun=bool(like)))
            typos = {} if near else self._mistyped(token, place == last)
            for word, meaning in typos.items():
                if word not in like or like[word][0] < meaning[0]:
                    like[word] = meaning
            if not (like or near or of_parts):
                like = self._alike_at_first(token)
            yield _Way((place,), [self._likeliest(like) | near])
            yield from of_parts
        yield from self._joined(tokens)
        yield from self._meaning_the_same(tokens)

    def _likeliest(self, found: dict[str, tuple[float, str]]) -> dict[str, tuple[float, str]]:
        """Return the words that are most like one: a browser cannot fetch what all of them say."""
        kept: dict[str, tuple[float, str]] = {}
        postings = 0
        for word in sorted(found, key=lambda word: (-found[word][0], in_utf16(word)))[:_MOST_LIKE]:
            postings += len(self._index.words[word].postings)
            if kept and postings > _MOST_POSTINGS:
                break
            kept[word] = found[word]
        return kept

    def _near(self, token: str) -> dict[str, tuple[float, str]]:
        """Return the word itself, and those with its stem."""
        words = self._index.words
        stem = words[token].stem if token in words else self._stem(token)
        found = dict.fromkeys(self._with_stem(stem), (self._weights.stem, "stem"))
        if token in words:
            found[token] = (1.0, "exact")
        return found

    def _stem(self, token: str) -> str:
        """Return the longest stem of the index that the word may have; empty if there is none."""
        candidates = {token}
        for ending, instead in self._index.rules:
            if token.endswith(ending):
                candidates.add(token[: len(token) - len(ending)] + instead)
        known = (one for one in candidates if len(one) > 2 and any(self._with_stem(one)))
        return max(known, key=lambda one: (len(one), one), default="")

    def _with_stem(self, stem: str) -> Iterator[str]:
        if stem:
            start = stem[:-1] if len(stem) > 3 else stem
            for word, entry in self._starting(start):
                if entry.stem == stem:
                    yield word

    def _beginning(self, token: str, is_last: bool) -> dict[str, tuple[float, str]]:
        """Return the words that begin with what was typed, which the reader may not have ended."""
        if len(token) < (2 if is_last else 4):
            return {}
        weights = self._weights
        base, rest = (
            (weights.prefix, weights.prefix_rest)
            if is_last
            else (weights.inner, weights.inner_rest)
        )
        return {
            word: (base + rest * len(token) / len(word), "prefix")
            for word, _ in self._starting(token)
            if word != token
        }

    def _alike_at_first(self, token: str) -> dict[str, tuple[float, str]]:
        """Return the words that have most of a long word's letters and then end otherwise."""
        start = token[: math.ceil(len(token) * _ALIKE)]
        if len(start) < _SHORTEST_ALIKE:
            return {}
        return {word: (self._weights.alike, "prefix") for word, _ in self._starting(start)}

    def _mistyped(self, token: str, is_last: bool) -> dict[str, tuple[float, str]]:
        """Return the words that differ by a typing error, by two if they are long."""
        length = len(token)
        if length < 4 or not token.isalpha():
            return {}
        most = 1 if length < 8 else 2
        found: dict[str, tuple[float, str]] = {}
        for word in self._alike(token, most):
            distance = edits(token, word, most)
            if distance <= most:
                weight = self._weights.typo if distance == 1 else self._weights.typos
                found[word] = (weight, "typo")
            elif is_last and len(word) > length and _begins_alike(token, word):
                found[word] = (self._weights.typed * length / len(word) + 0.1, "typo")
        return found

    def _alike(self, token: str, most: int) -> Iterator[str]:
        """Yield the words that share the beginning or the end, where an error is not."""
        half = len(token) // 2 if most == 1 else len(token) // 3
        end = token[half + 1 :] if most == 1 else token[len(token) - half :]
        if len(end) < 2:
            end = token[-2:]
        seen = set()
        for word, _ in self._starting(token[:half]):
            seen.add(word)
            yield word
        for word in self._ending(end):
            if word not in seen:
                yield word

    def _of_parts(
        self, place: int, token: str, near: Mapping[str, tuple[float, str]], *, is_begun: bool
    ) -> Iterator[_Way]:
        """Yield the parts of a compound, known or not; of one that may be but begun, if known."""
        entry = self._index.words.get(token)
        parts: tuple[str, ...] = ()
        how, weight = "parts", self._weights.parts
        if entry is not None:
            parts = entry.parts if len(entry.postings) < _ENOUGH else ()
        elif self._index.joints and token.isalpha():
            parts = next((one for word in near if (one := self._index.words[word].parts)), ())
            if not near and not is_begun:
                how, weight = "split", self._weights.split
                parts = pieces_of(token, self._index.joints, lambda text: bool(self._near(text)), 3)
        if parts:
            yield _Way((place,), [self._part(part) for part in parts], weight, how)

    def _part(self, part: str) -> dict[str, tuple[float, str]]:
        """Return what is near a part of a compound, and near single words that mean the same."""
        found: dict[str, tuple[float, str]] = {}
        for other in self._synonyms.get((part,), ()):
            if len(other) == 1:
                for word, (weight, _) in self._near(other[0]).items():
                    found[word] = (weight * self._weights.synonym, "synonym")
        return found | self._near(part)

    def _joined(self, tokens: Sequence[str]) -> Iterator[_Way]:
        for place in range(len(tokens) - 1):
            near = self._near(tokens[place] + tokens[place + 1])
            if near:
                yield _Way((place, place + 1), [near], self._weights.joined, "joined")

    def _meaning_the_same(self, tokens: Sequence[str]) -> Iterator[_Way]:
        longest = max((len(one) for one in self._synonyms), default=0)
        for start in range(len(tokens)):
            for end in range(start + 1, min(start + longest, len(tokens)) + 1):
                for other in self._synonyms.get(tuple(tokens[start:end]), ()):
                    subs = [self._near(word) for word in other]
                    if all(subs):
                        covers = tuple(range(start, end))
                        yield _Way(covers, subs, self._weights.synonym, "synonym")

    # The index's words

    @cached_property
    def _ordered(self) -> list[str]:
        return sorted(self._index.words)

    @cached_property
    def _reversed(self) -> list[str]:
        return sorted(word[::-1] for word in self._index.words)

    def _starting(self, start: str) -> Iterator[tuple[str, Entry]]:
        words = self._index.words
        return ((word, words[word]) for word in _range(self._ordered, start))

    def _ending(self, end: str) -> Iterator[str]:
        return (word[::-1] for word in _range(self._reversed, end[::-1]))

    # Documents

    def _token_weights(self, tokens: Sequence[str], ways: Sequence[_Way]) -> list[float]:
        """Return how much each word of the query counts: the rarer, the more."""
        total = self._index.documents
        rarest = _weight(1, total)
        found: list[float] = [-1.0] * len(tokens)
        for way in ways:
            for sub in way.subs:
                best = max((weight for weight, _ in sub.values()), default=0)
                counts = [
                    self._index.words[word].count
                    for word, (weight, _) in sub.items()
                    if weight >= best * 0.9
                ]
                if counts:
                    value = _weight(max(counts), total)
                    for place in way.covers:
                        if len(way.covers) == 1 and found[place] < 0:
                            found[place] = value
        return [value if value >= 0 else rarest * self._weights.unknown for value in found]

    def _ranked(self, matches: _Matches, query: Query) -> list[Found]:
        weights = self._weights
        index = self._index
        allowed = _allowed(query.filters)
        scored: dict[int, list[tuple[float, int]]] = {}
        together: dict[int, list[float]] = {}
        page, final = 0, len(index.first) - 1
        for number in sorted(matches.values):
            while page < final and index.first[page + 1] <= number:
                page += 1
            document = index.pages[page].documents[number - index.first[page]]
            if not _is_allowed(document, allowed):
                continue
            values = matches.values[number]
            covered = matches.covered(values)
            share = min(1.0, sum(matches.shares[number]))
            score = covered**weights.power * (1 + weights.title * share)
            is_title = number == index.first[page] and min(share, covered) > _ENTIRE
            if is_title and document.kind not in weights.echoes:
                score += weights.whole
            else:
                score *= weights.kinds.get(document.kind, 1.0)
            scored.setdefault(page, []).append((score, number))
            best = together.setdefault(page, [0.0] * len(values))
            for place, value in enumerate(values):
                best[place] = max(best[place], value)
        found = []
        for page, documents in scored.items():
            documents.sort(key=_rank)
            whole = matches.covered(together[page]) ** weights.power
            score = (1 - weights.page) * documents[0][0] + weights.page * whole * (
                weights.kinds.get(index.pages[page].documents[0].kind, 1.0)
            )
            found.append((score, page, documents))
        found.sort(key=_rank)
        return [self._found(matches, *one) for one in found[: query.limit]]

    def _found(
        self, matches: _Matches, score: float, page: int, documents: Sequence[tuple[float, int]]
    ) -> Found:
        first = self._index.first[page]
        here = self._index.pages[page]
        hits = (
            Hit(here.documents[number - first], value, matches.reasons(number))
            for value, number in documents
        )
        return Found(here, score, tuple(hits))


class _Matches:
    """What documents have of a query.

    Args:
        index: The index.
        tokens: The words of the query.
        ways: What they stand for.
        weights: How much each word counts.
    """

    def __init__(
        self, index: Index, tokens: Sequence[str], ways: Sequence[_Way], weights: Sequence[float]
    ) -> None:
        self._tokens = tokens
        self._weights = weights
        self._whole = sum(weights)
        self.values: dict[int, list[float]] = {}
        self.shares: dict[int, list[float]] = {}
        self._reasons: dict[int, dict[int, tuple[str, str]]] = {}
        for way in ways:
            self._add(index, way)

    def covered(self, values: Sequence[float]) -> float:
        """Return how much of the query is there, from 0 to 1."""
        parts = (value * weight for value, weight in zip(values, self._weights, strict=True))
        return sum(parts) / self._whole

    def reasons(self, number: int) -> tuple[Reason, ...]:
        """Return why a document was found."""
        found = self._reasons[number]
        return tuple(
            Reason(
                self._tokens[place],
                *found[place],
                self.values[number][place],
                self._weights[place] / self._whole,
            )
            for place in sorted(found)
        )

    def _add(self, index: Index, way: _Way) -> None:
        for number, fit in _fitting(index, way).items():
            values = self.values.setdefault(number, [0.0] * len(self._tokens))
            shares = self.shares.setdefault(number, [0.0] * len(self._tokens))
            for place in way.covers:
                if fit.value > values[place]:
                    values[place] = fit.value
                    by = "+".join(fit.by)
                    self._reasons.setdefault(number, {})[place] = (by, way.how or fit.how)
                shares[place] = max(shares[place], fit.share / len(way.covers))


class _Fit(NamedTuple):
    """How well a document fits a word of the query.

    Args:
        value: From 0 to 1.
        share: How much of its title that is, from 0 to 1.
        by: The words of the index that it has.
        how: What they are to the word of the query.
    """

    value: float
    share: float
    by: tuple[str, ...]
    how: str

    def with_other(self, other: _Fit) -> _Fit:
        """Return how well a document fits that has both of two parts."""
        both = self.value + other.value, self.share + other.share
        return _Fit(*both, (*self.by, *other.by), other.how)

    def weighted(self, weight: float, parts: int) -> _Fit:
        """Return what the sum of some of the parts counts: less than their share of the whole."""
        value = weight * (self.value / parts) * (len(self.by) / parts)
        return self._replace(value=value, share=weight * min(1.0, self.share))


def _fitting(index: Index, way: _Way) -> dict[int, _Fit]:
    """Return how well documents fit a way, by their numbers."""
    found: dict[int, _Fit] = {}
    for sub in way.subs:
        for number, fit in _best(index, sub).items():
            before = found.get(number)
            found[number] = fit if before is None else before.with_other(fit)
    count = len(way.subs)
    if count == 1 and way.weight == 1.0:
        return found
    return {number: fit.weighted(way.weight, count) for number, fit in found.items()}


def _best(index: Index, words: Mapping[str, tuple[float, str]]) -> dict[int, _Fit]:
    """Return how well documents fit the one of several words that fits them best."""
    found: dict[int, _Fit] = {}
    for word, (weight, how) in words.items():
        for number, said in index.words[word].postings:
            share, strength = divmod(said, FULL + 1)
            value, part = weight * strength / FULL, weight * share / FULL
            known = found.get(number)
            if known is None:
                found[number] = _Fit(value, part, (word,), how)
            elif value > known.value:
                found[number] = _Fit(value, max(part, known.share), (word,), how)
            elif part > known.share:
                found[number] = known._replace(share=part)
    return found


def edits(one: str, other: str, most: int) -> int:
    """Return how many letters differ, are missing, too many or swapped with the next one.

    The optimal string alignment distance, by dynamic programming.

    Args:
        one: A word.
        other: Another one.
        most: From where on the number does not matter: then one more is returned.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            value = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                value = min(value, before[j - 2] + 1)
            row.append(value)
        if min(row) > most:
            return most + 1
        before, above = above, row
    return min(above[-1], most + 1)


def _begins_alike(token: str, word: str) -> bool:
    """Tell whether a word begins with what was typed but for one error."""
    length = len(token)
    return any(edits(token, word[:end], 1) <= 1 for end in (length - 1, length, length + 1))


def _rank(one: tuple[float, int, *tuple[object, ...]]) -> tuple[float, int]:
    """Return the key of the best first; what differs by how sums are rounded keeps its order."""
    return -math.floor(one[0] * 1e9 + 0.5), one[1]


def _weight(count: int, total: int) -> float:
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def _range(ordered: Sequence[str], start: str) -> Iterator[str]:
    for place in range(bisect_left(ordered, start), len(ordered)):
        if not ordered[place].startswith(start):
            return
        yield ordered[place]


def _allowed(filters: Mapping[str, Collection[str]]) -> list[tuple[int, frozenset[str]]]:
    chosen = ((FACETS.index(name), frozenset(keys)) for name, keys in filters.items())
    return [one for one in chosen if one[1]]


def _is_allowed(document: Document, allowed: Iterable[tuple[int, frozenset[str]]]) -> bool:
    return all(not keys.isdisjoint(document.facets[place]) for place, keys in allowed)
