"""What the next translator has to do, in words and minutes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from leitfaden.translating.canon import CLOSE, OPEN, PIECE_DIGITS, digest, sentences
from leitfaden.translating.evidence import is_translatable
from leitfaden.translating.standing import UnitStanding, UnitState
from leitfaden.translating.units import Unit, UnitKind

WORDS_PER_MINUTE = 5  # about 2,400 words in a working day: what professionals plan with
_TO_TRANSLATE = (UnitState.MISSING, UnitState.UNTRANSLATED)
# The states in which there is something to do, what is most wrong first.
TO_DO = (
    UnitState.BEHIND,
    UnitState.MISSING,
    UnitState.CONTRADICTING,
    UnitState.UNTRANSLATED,
    UnitState.EXTRA,
)
# Chinese, Japanese and Korean write without blanks: about two signs make a word.
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_SIGNS = 2
_WORD = re.compile(r"\w+(?:[-'\u2019]\w+)*")
_TARGET = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")  # of a link, in the normal form of a sentence


class Effort(NamedTuple):
    """What there is to be done.

    Args:
        words: How many words are to be translated, or translated anew.
        minutes: About how long all of it takes.
    """

    words: int = 0
    minutes: int = 0


def total(efforts: Iterable[Effort]) -> Effort:
    """Return what there is to be done in all."""
    every = tuple(efforts)
    return Effort(sum(one.words for one in every), sum(one.minutes for one in every))


def effort_for(units: Iterable[UnitStanding]) -> Effort:
    """Return what it takes to bring units of a page up to date.

    Args:
        units: How they stand; those with which there is nothing to do count nothing.
    """
    every = tuple(units)
    words = [words_to_translate(unit) for unit in every]
    return Effort(sum(words), _minutes(zip(every, words, strict=True)))


def effort_for_page(units: Iterable[Unit]) -> Effort:
    """Return what it takes to translate a page that is not translated at all.

    Args:
        units: Its units.
    """
    words = words_of(units)
    return Effort(words, minutes(words))


@lru_cache(maxsize=8192)  # each locale translates the same
def words_in(text: str) -> int:
    """Return how many words a text has.

    Args:
        text: The text.
    """
    rest, signs = _CJK.subn(" ", text)
    return len(_WORD.findall(rest)) + math.ceil(signs / _CJK_SIGNS)


def words_of(units: Iterable[Unit]) -> int:
    """Return how many words of units are a translator's: neither names of the contract nor code.

    Args:
        units: The units.
    """
    return sum(words_in(one.text) for one in units if _is_prose(one))


def words_to_translate(unit: UnitStanding) -> int:
    """Return how many words of the source have to be translated, or translated anew.

    Args:
        unit: How a unit stands.
    """
    if unit.state in _TO_TRANSLATE:
        return words_of(unit.sources)
    if unit.state is UnitState.BEHIND and unit.kind is not UnitKind.CODE:
        return sum(map(words_in, _changed(unit)))
    return 0


def minutes_for(units: Iterable[UnitStanding]) -> int:
    """Return how long it takes to bring units up to date: for each a minute at least.

    Args:
        units: How they stand; those with which there is nothing to do count nothing.
    """
    return _minutes((unit, words_to_translate(unit)) for unit in units)


def minutes(words: int) -> int:
    """Return how long it takes to translate so many words."""
    return math.ceil(words / WORDS_PER_MINUTE)


def _minutes(units: Iterable[tuple[UnitStanding, int]]) -> int:
    """Return how long units take, each with its words to translate."""
    return minutes(
        sum(max(words, WORDS_PER_MINUTE) for unit, words in units if unit.state in TO_DO)
    )


def _changed(unit: UnitStanding) -> Iterator[str]:
    """Yield the sentences or cells to translate anew; where a link leads is no part of them."""
    normal: dict[str, str] = {}
    if any("(" in piece.text for piece in unit.changed):
        parts = (part for source in unit.sources for part in sentences(source.normal))
        normal = {digest(part, PIECE_DIGITS): _TARGET.sub(" ", part) for part in parts}
    for piece in unit.changed:
        yield normal.get(piece.hash, piece.text)


def _is_prose(unit: Unit) -> bool:
    return is_translatable(unit) and unit.kind is not UnitKind.CODE
