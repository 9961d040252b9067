"""The words of a language that a site knows more about: task numbers, and what a glossary explains.

A text is looked at word by word; only a word that begins something is looked at further, and never
farther than the longest of what can follow. So the time grows with the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from leitfaden.contract import Contract

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"[0-9]+")
_ID = "[0-9]{1,12}+"
_GAP = r"\s{0,3}"


class Found(NamedTuple):
    """A part of a text that says something the site knows more about.

    Args:
        start: Where it begins in the text.
        end: Where it ends.
        task: The number of the task that it cites, or empty.
        term: The key of the glossary's entry that it names, or empty.
    """

    start: int
    end: int
    task: str = ""
    term: str = ""


class Words:
    """Finds citations of tasks and the glossary's words in texts of one language.

    Args:
        contract: The words.
        locale: The language.
    """

    def __init__(self, contract: Contract, locale: str) -> None:
        settings = contract.locales[locale]
        cited = contract.citations.task.get(locale, ())
        self._citations = {
            first: _citation(words, settings.separators)
            for first, words in _by_first_word(map(_in_any_case, cited)).items()
        }
        self._keys = {
            spelling: entry.key
            for entry in contract.glossary.values()
            for name in (entry.name(locale), *entry.aliases.get(locale, ()))
            for spelling in _at_any_place(name)
        }
        self._terms = {
            first: re.compile(rf"(?:{_any_of(words)})(?!-?\w)")
            for first, words in _by_first_word([self._keys]).items()
        }
        self._firsts = frozenset((*self._citations, *self._terms))
        self._beginnings = {first: re.compile(rf"{first}(?!\w)") for first in self._firsts}

    def find(self, text: str) -> Iterable[Found]:
        """Return what a text says that the site knows more about, from its beginning to its end."""
        words = _WORD.findall(text)
        if self._firsts.isdisjoint(words):
            return ()  # as in most texts: without a further look
        return self._found(text, self._firsts.intersection(words))

    def _found(self, text: str, words: Iterable[str]) -> Iterator[Found]:
        behind = 0
        places = (place for word in words for place in self._beginnings[word].finditer(text))
        for place in sorted(places, key=re.Match.start):
            start = place.start()
            if start >= behind and not _goes_on(text, start):
                for found in self._at(text, start, place[0]):
                    yield found
                    behind = found.end

    def cited(self, text: str) -> Iterator[str]:
        """Yield the numbers of the tasks that a text cites."""
        if self._citations:
            yield from (found.task for found in self.find(text) if found.task)

    def _at(self, text: str, start: int, word: str) -> Iterator[Found]:
        """Yield what begins with a word: several tasks, or one term."""
        citation = self._citations.get(word)
        cites = citation.match(text, start) if citation else None
        if cites:
            numbers = list(_NUMBER.finditer(text, *cites.span("ids")))
            for number in numbers:
                begins = start if len(numbers) == 1 else number.start()
                yield Found(begins, number.end(), task=number[0])
            return
        named = self._terms[word].match(text, start) if word in self._terms else None
        if named and not _is_joined(text, start):
            yield Found(start, named.end(), term=self._keys[" ".join(named[0].split())])


def _citation(words: Iterable[str], separators: Iterable[str]) -> re.Pattern[str]:
    """Return what finds one of the words with the numbers behind it."""
    bare = {separator.strip() for separator in separators} - {""}
    between = rf"{_GAP}(?:{_any_of(bare)})" if bare else r"(?!)"
    more = rf"(?:{between}(?:{between})?{_GAP}{_ID})*"
    return re.compile(
        rf"(?:{_any_of(words)})[:.]?\s{{1,3}}#?(?P<ids>{_ID}{more})(?!\w)", re.IGNORECASE
    )


def _by_first_word(groups: Iterable[Iterable[str]]) -> Mapping[str, list[str]]:
    """Group spellings by the word that they begin with; one that begins with none is left out."""
    found: dict[str, list[str]] = {}
    for spelling in chain.from_iterable(groups):
        first = _WORD.match(spelling)
        if first:
            found.setdefault(first[0], []).append(spelling)
    return found


def _any_of(spellings: Iterable[str]) -> str:
    """Return a pattern of spellings: the longest first, with any blanks between their words."""
    ordered = sorted(spellings, key=len, reverse=True)
    return "|".join(r"\s{1,3}".join(map(re.escape, spelling.split())) for spelling in ordered)


def _at_any_place(name: str) -> tuple[str, ...]:
    """Return a name as it stands in a sentence and at its beginning; abbreviations stay."""
    name = " ".join(name.split())
    return tuple(dict.fromkeys((name, name[:1].upper() + name[1:])))


def _in_any_case(word: str) -> tuple[str, ...]:
    """Return a word as sentences and headings write it."""
    return tuple(dict.fromkeys((*_at_any_place(word), word.lower(), word.upper())))


def _goes_on(text: str, start: int) -> bool:
    """Tell whether a place is within a word."""
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_")


def _is_joined(text: str, start: int) -> bool:
    """Tell whether a word is but the end of a longer one, as in `Pilot-Kick-off`."""
    return start > 1 and text[start - 1] == "-" and text[start - 2].isalnum()
