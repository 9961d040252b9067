"""What needs no translator: numbers, dates, addresses, code, placeholders and names in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.contract.vocabulary import spellings
from leitfaden.reading.dates import read_date

_VOCABULARIES = ("services", "roles", "glossary")
_DATE = re.compile(r"(?<![\w./-])\d{1,4}([./-])\d{1,2}\1\d{2,4}(?![\w/-])")
_NUMBER = re.compile(
    r"(?<!\d)\d{1,3}(?:[.,' ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,2}(?!\d))?"
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?")
_UNIT = re.compile(r"[ ]?([%\u20ac$\u00a3\u00b0]|[KMGTkmgt]B\b)")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,80}@[\w-]+(?:\.[\w-]+)+")
_BRACES = re.compile(r"\$?\{\{?[ ]?([\w.:-]{1,40})[ ]?\}?\}")
_ANGLES = re.compile(r"<([^\W\d_][^<>\n]{0,120})>")
_LITERAL = re.compile(r"[\d_.:-]")  # what no word has that is to be translated
# Chinese, Japanese and Korean signs part a name from the words around it, as blanks do elsewhere.
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]+|[^\W{_CJK}]+")
_WIDE = re.compile("[\uff10-\uff19\uff05]")
_DIGITS = re.compile(r"\d+")
_BETWEEN = frozenset(":.;,!?|")  # what stands in no name
_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z][a-z0-9]*+[A-Z][A-Za-z0-9]*+|[A-Z]++[0-9][A-Za-z0-9]*+)(?![a-z])"
)
_MOST_WORDS = 6


class AnchorKind(StrEnum):
    """What an anchor is."""

    NUMBER = "number"
    PART = "part"  # digits of a word, such as `M365`: they can only explain a number
    DATE = "date"
    MAIL = "mail"
    LINK = "link"
    IMAGE = "image"
    CODE = "code"
    PLACEHOLDER = "placeholder"
    TERM = "term"
    NAME = "name"  # what is written like one: `FTOP`, `PowerShell`


class Anchor(NamedTuple):
    """Something in a unit that is the same in every language.

    Args:
        kind: What it is.
        value: The form that all languages share.
        written: As it stands on the page.
    """

    kind: AnchorKind
    value: str
    written: str


class AnchorReader:
    """Finds anchors in texts.

    Args:
        contract: The forms of dates, and the names.
    """

    def __init__(self, contract: Contract) -> None:
        self._dates = contract.dates
        self._terms = {locale: _index(contract, locale) for locale in contract.locales}

    def read(self, text: str, locale: str) -> Iterator[Anchor]:
        """Yield the anchors in a plain text.

        Args:
            text: The text, without typography.
            locale: Its language.
        """
        if not text.isascii() and _WIDE.search(text):
            text = unicodedata.normalize("NFKC", text)
        if "@" in text:
            for match in _MAIL.finditer(text):
                yield Anchor(AnchorKind.MAIL, match[0].lower(), match[0])
            text = _MAIL.sub(_blank, text)
        if "{" in text:
            for match in _BRACES.finditer(text):
                is_literal = match[0][:2] != "{" + match[1][:1] or _LITERAL.search(match[1])
                value = f"{{{match[1]}}}" if is_literal else "{}"
                yield Anchor(AnchorKind.PLACEHOLDER, value, match[0])
        if "<" in text:
            for match in _ANGLES.finditer(text):
                yield Anchor(AnchorKind.PLACEHOLDER, "<>", match[0])
        spans: list[tuple[int, int]] = []
        for key, start, end in self._named(text, locale):
            written = text[start:end]
            yield Anchor(AnchorKind.TERM, key, written)
            for digits in _DIGITS.findall(written):
                yield Anchor(AnchorKind.PART, digits, written)
            spans.append((start, end))
        for start, end in reversed(spans):
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        yield from self._written(text)

    def _written(self, text: str) -> Iterator[Anchor]:
        """Yield what shows by its letters and digits alone."""
        for name in _NAME.findall(text):
            yield Anchor(AnchorKind.NAME, name, name)
        if not _DIGITS.search(text):
            return
        for match in _DATE.finditer(text):
            day = read_date(match[0], self._dates)
            if day:
                yield Anchor(AnchorKind.DATE, day.isoformat(), match[0])
                text = _blanked(text, match)
        for match in _NUMBER.finditer(text):
            yield _number(match, text)

    def _named(self, text: str, locale: str) -> Iterator[tuple[str, int, int]]:
        """Yield the terms that a text names, of several at one place the longest."""
        index = self._terms.get(locale)
        if not index:
            return
        written = _WORD.findall(text)
        if index.keys().isdisjoint(written):
            return  # as most texts: this is quicker than to look word by word
        words = list(_WORD.finditer(text))
        behind = 0
        for at, word in enumerate(written):
            names = index.get(word) if at >= behind else None
            found = _longest(text, words, at, names) if names else None
            if found:
                key, last = found
                yield key, words[at].start(), words[last].end()
                behind = last + 1


_Index = dict[str, dict[tuple[str, ...], str]]  # by the first word: all words, and the term


def _longest(
    text: str, words: list[re.Match[str]], at: int, names: dict[tuple[str, ...], str]
) -> tuple[str, int] | None:
    here = tuple(word[0] for word in words[at : at + _MOST_WORDS])
    for length in range(len(here), 0, -1):
        key = names.get(here[:length])
        if key:
            last = at + length - 1
            between = text[words[at].end() : words[last].start()]
            if length == 1 or _BETWEEN.isdisjoint(between):
                return key, last
    return None


def _index(contract: Contract, locale: str) -> _Index:
    """Return the names of a locale, and what they stand for; one thing has one key only."""
    index: _Index = {}
    same: dict[str, str] = {}
    for name in _VOCABULARIES:
        for term in contract.vocabulary(name).values():
            everywhere = {text for key in contract.locales for text, _ in spellings(term, key)}
            own = f"{name}:{term.key}"
            key = next((same[text] for text in sorted(everywhere) if text in same), own)
            same.update((text, key) for text in everywhere)
            for text, form in spellings(term, locale):
                words = tuple(_WORD.findall(text))
                # A retired name of one word may be any word: German `Projekt` for `Project`.
                if words and (form != "deprecated" or len(words) > 1):
                    index.setdefault(words[0], {}).setdefault(words, key)
    return index


def _number(match: re.Match[str], text: str) -> Anchor:
    start, end = match.span()
    written = match[0]
    before = text[start - 1 : start]
    behind = text[end : end + 1]
    if _is_of_a_word(before) or _is_of_a_word(behind):
        unit = _UNIT.match(text, end)
        if not unit or _is_of_a_word(before):
            return Anchor(AnchorKind.PART, _value(written), written)
    unit = _UNIT.match(text, end)
    return Anchor(AnchorKind.NUMBER, _value(written), written + (unit[0] if unit else ""))


def _is_of_a_word(char: str) -> bool:
    """Tell whether a sign makes a word of the digits beside it: scripts without case do not."""
    return char == "_" or char.lower() != char.upper()


def _value(written: str) -> str:
    """Return a number's value: what separates groups of three digits is no part of it."""
    if _GROUPED.fullmatch(written):
        tail = re.search(r"[.,]\d{1,2}$", written)
        head = written[: tail.start()] if tail else written
        whole = "".join(filter(str.isdecimal, head))
        return f"{whole}.{tail[0][1:]}" if tail else whole
    return written.replace(",", ".").replace("'", "").replace(" ", "")


_CODE_TOKEN = re.compile(
    r"(?<![\w-])--?[A-Za-z][\w-]*+"  # an option
    r"|\$\{?\w++\}?"
    r"|(?<![\w.-])[\w.-]*+(?:[\\/][\w.-]++)++"  # a path
    r"|(?<![\w.-])[\w-]++(?:\.[\w-]++)*+"  # a word, or a name if a sign or a digit is in it
)
_SIGNS = re.compile(r"[_.$\\/\d]|^-")


def code_tokens(code: str, locales: Iterable[str]) -> Iterator[Anchor]:
    """Yield what of code can be no words that are to be translated: options, paths, names.

    Args:
        code: The code.
        locales: The locales' keys, which stand in paths.
    """
    for match in _CODE_TOKEN.finditer(code):
        written = match[0]
        if not _SIGNS.search(written) or not any(map(str.isalpha, written)):
            continue
        value = written
        if "/" in written:
            value = "/".join(part for part in written.split("/") if part not in locales)
        yield Anchor(AnchorKind.CODE, value, written)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _blanked(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + _blank(match) + text[match.end() :]
