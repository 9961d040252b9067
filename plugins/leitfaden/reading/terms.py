"""Names of roles, services, phases and motions in running text, cells and labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import product
from typing import NamedTuple

from leitfaden.contract import Contract, Match, Term, Vocabulary, fold
from leitfaden.contract.vocabulary import spellings
from leitfaden.model import Span, TermUse
from leitfaden.reading.markdown import tidy
from leitfaden.reading.quick import make_tuple

_EDGE = " \t\r\n*_\u00a0\u200b\ufeff\u2060"
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_LINE_BREAK = "<br ?/?>"  # parts the terms of a cell, which has but one line
# What a reader keeps in mind: pages say the same few things again and again. Longer texts name
# nothing, and no playbook has more different ones.
_LONGEST = 200
_MOST = 10_000
_MOST_TERMS = 1_000  # of a value; what has more is text
_UNKNOWN = (None, "", "")
_VOCABULARIES = ("phases", "motions", "roles", "services")


class Lookup:
    """Looks up what spellings stand for, and remembers it.

    Args:
        find: Returns what a text stands for in a locale.
    """

    def __init__(self, find: Callable[[str, str], Match | None]) -> None:
        self._find = find
        self._found: dict[tuple[str, str], Match | None] = {}

    def find(self, text: str, locale: str) -> Match | None:
        """Return what a text stands for, the page's locale first."""
        if len(text) > _LONGEST:
            return None
        key = (text, locale)
        try:
            return self._found[key]
        except KeyError:
            if len(self._found) >= _MOST:
                self._found.clear()
            found = self._found[key] = self._find(text, locale)
            return found


class _Piece(NamedTuple):
    """A term in a text, by offsets from the text's start, with key, form and locale if known."""

    start: int
    end: int
    text: str
    meaning: tuple[str | None, str, str]

    def use(self, offset: int) -> TermUse:
        start, end, text, meaning = self
        span = make_tuple(Span, (offset + start, offset + end))
        return make_tuple(TermUse, (text, span, *meaning))


class TermReader:
    """Splits a value into the terms that it names.

    Args:
        contract: Where vocabularies and separators come from.
    """

    def __init__(self, contract: Contract) -> None:
        self._separators = {
            locale: _pattern({*spec.separators, *contract.locales[contract.source].separators})
            for locale, spec in contract.locales.items()
        }
        self._lookups = {name: Lookup(contract.vocabulary(name).find) for name in _VOCABULARIES}
        self._openings = {
            name: self._openings_of(contract.vocabulary(name), contract.locales)
            for name in _VOCABULARIES
        }
        self._read: dict[tuple[str, str, str], tuple[_Piece, ...]] = {}

    def read(self, text: str, span: Span, vocabulary: str, locale: str) -> tuple[TermUse, ...]:
        """Return the terms that stand in a part of a text.

        A separator inside a known name does not separate: `Classroom/SDS` is one service.

        Args:
            text: The page's text.
            span: The part of it.
            vocabulary: The name of the vocabulary where they are looked up.
            locale: Whose spelling and separators are expected first.
        """
        part = text[span.start : span.end]
        key = (part, vocabulary, locale)
        pieces = self._read.get(key)
        if pieces is None:
            pieces = tuple(self._pieces(part, vocabulary, locale))
            if len(self._read) >= _MOST:
                self._read.clear()
            if len(part) <= _LONGEST:
                self._read[key] = pieces
        return tuple([piece.use(span.start) for piece in pieces])

    def separates(self, text: str, locale: str) -> bool:
        """Tell whether a text is nothing but a separator and blanks."""
        found = self._separators[locale].search(text)
        return found is not None and not (text[: found.start()] + text[found.end() :]).strip(_EDGE)

    def _openings_of(self, vocabulary: Vocabulary[Term], locales: Iterable[str]) -> set[str]:
        """Return, folded, what stands before the first separator of names that hold one."""
        terms = product(vocabulary.values(), locales)
        names = {name for term, locale in terms for name, _ in spellings(term, locale)}
        parts = (pattern.split(name, 1) for name in names for pattern in self._separators.values())
        return {fold(first) for first, *others in parts if others}

    def _pieces(self, text: str, vocabulary: str, locale: str) -> Iterable[_Piece]:
        text = without_comments(_without_links(text))
        spans = self._split(text, locale)
        if len(spans) > _MOST_TERMS:
            spans = [Span(0, len(text))]
        lookup, openings = self._lookups[vocabulary], self._openings[vocabulary]
        at = 0
        while at < len(spans):
            piece = _piece(text, spans[at], lookup, locale)
            at += 1
            if at < len(spans) and fold(piece.text) in openings:
                piece, at = _longest(text, spans, at - 1, lookup, locale)
            if piece.text:
                yield piece

    def _split(self, text: str, locale: str) -> list[Span]:
        spans: list[Span] = []
        start = 0
        for separator in self._separators[locale].finditer(text):
            spans.append(Span(start, separator.start()))
            start = separator.end()
        spans.append(Span(start, len(text)))
        return spans


def _longest(
    text: str, spans: list[Span], at: int, lookup: Lookup, locale: str
) -> tuple[_Piece, int]:
    """Return the longest known name that begins with a part, and the index behind it."""
    # No name of any real vocabulary holds more than a few separators.
    for last in range(min(len(spans), at + 4) - 1, at, -1):
        joined = _piece(text, spans[at].cover(spans[last]), lookup, locale)
        if joined.meaning[0]:
            return joined, last + 1
    return _piece(text, spans[at], lookup, locale), at + 1


def _piece(text: str, span: Span, lookup: Lookup, locale: str) -> _Piece:
    inner = trim(text, span)
    shown = tidy(inner.of(text))
    found = lookup.find(shown, locale)
    meaning = (found.key, found.form, found.locale) if found else _UNKNOWN
    return _Piece(inner.start, inner.end, shown, meaning)


def _without_links(text: str) -> str:
    """Put blanks in the place of the links' mark-up, so that all offsets stay."""
    if "](" not in text:
        return text
    return _LINK.sub(lambda link: f" {link[1]}".ljust(len(link[0])), text)


def without_comments(text: str) -> str:
    """Put blanks in the place of HTML comments, so that all offsets stay."""
    if "<!--" not in text:
        return text
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4) + 3) > 2:
        parts += text[at:start], " " * (end - start)
        at = end
    return "".join(parts) + text[at:]


def trim(text: str, span: Span) -> Span:
    """Return the span without blanks and emphasis marks at both ends."""
    return stripped(text, span.start, span.end, _EDGE)


def stripped(text: str, start: int, end: int, characters: str) -> Span:
    """Return the part of a text from `start` to `end` without the characters at both ends."""
    part = text[start:end].lstrip(characters)
    start = end - len(part)
    return make_tuple(Span, (start, start + len(part.rstrip(characters))))


def _pattern(separators: Iterable[str]) -> re.Pattern[str]:
    """Match any separator; blanks around a word such as ` und ` may be of any kind and number."""
    alternatives = [_LINE_BREAK]
    for separator in sorted(separators, key=len, reverse=True):
        core = re.escape(separator.strip())
        alternatives.append(rf"(?<=\s){core}(?=\s)" if separator.strip().isalnum() else core)
    return re.compile("|".join(alternatives), re.IGNORECASE)
