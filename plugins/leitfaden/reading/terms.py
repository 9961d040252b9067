"""Names of roles, services, phases and motions in running text, cells and labels."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leitfaden.contract import Contract, Term, Vocabulary
from leitfaden.model import Span, TermUse
from leitfaden.reading.markdown import tidy

_EDGE = " \t\r\n*_\u00a0\u200b\ufeff\u2060"


class TermReader:
    """Splits a value into the terms that it names.

    Args:
        contract: Where vocabularies and separators come from.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._separators = {
            locale: _pattern({*spec.separators, *contract.locales[contract.source].separators})
            for locale, spec in contract.locales.items()
        }

    def read(
        self, text: str, span: Span, vocabulary: Vocabulary[Term], locale: str
    ) -> tuple[TermUse, ...]:
        """Return the terms that stand in a part of a text.

        A separator inside a known name does not separate: `Classroom/SDS` is one service.

        Args:
            text: The page's text.
            span: The part of it.
            vocabulary: Where the names are looked up.
            locale: Whose spelling and separators are expected first.
        """
        pieces = self._pieces(text, span, locale)
        uses: list[TermUse] = []
        at = 0
        while at < len(pieces):
            taken = self._longest(text, pieces, at, vocabulary, locale)
            uses.append(taken[0])
            at = taken[1]
        return tuple(use for use in uses if use.text)

    def one(self, text: str, span: Span, vocabulary: Vocabulary[Term], locale: str) -> TermUse:
        """Return what a part of a text says, taken as a single term."""
        trimmed = trim(text, span)
        shown = tidy(trimmed.of(text))
        found = vocabulary.find(shown, locale)
        if found is None:
            return TermUse(shown, trimmed)
        return TermUse(shown, trimmed, found.key, found.form, found.locale)

    def _pieces(self, text: str, span: Span, locale: str) -> list[Span]:
        pieces: list[Span] = []
        start = span.start
        for separator in self._separators[locale].finditer(text, span.start, span.end):
            pieces.append(Span(start, separator.start()))
            start = separator.end()
        pieces.append(Span(start, span.end))
        return pieces

    def _longest(
        self, text: str, pieces: list[Span], at: int, vocabulary: Vocabulary[Term], locale: str
    ) -> tuple[TermUse, int]:
        """Return the longest known name that begins at piece `at`, and the piece behind it."""
        # No name of any real vocabulary holds more than a few separators.
        for last in range(min(len(pieces), at + 4) - 1, at, -1):
            joined = self.one(text, pieces[at].cover(pieces[last]), vocabulary, locale)
            if joined.key:
                return joined, last + 1
        return self.one(text, pieces[at], vocabulary, locale), at + 1


def trim(text: str, span: Span) -> Span:
    """Return the span without blanks and emphasis marks at both ends."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def _pattern(separators: Iterable[str]) -> re.Pattern[str]:
    """Match any separator; blanks around a word such as ` und ` may be of any kind and number."""
    alternatives = []
    for separator in sorted(separators, key=len, reverse=True):
        core = re.escape(separator.strip())
        alternatives.append(rf"(?<=\s){core}(?=\s)" if separator.strip().isalnum() else core)
    return re.compile("|".join(alternatives) or r"(?!)", re.IGNORECASE)
