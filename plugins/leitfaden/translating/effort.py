"""What the next translator has to do, in words and minutes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from leitfaden.translating.evidence import is_translatable
from leitfaden.translating.standing import UnitStanding, UnitState

WORDS_PER_MINUTE = 5  # about 2,400 words in a working day: what professionals plan with
_TO_TRANSLATE = (UnitState.MISSING, UnitState.UNTRANSLATED)
_TO_LOOK_AT = (UnitState.CONTRADICTING, UnitState.EXTRA)
# Chinese, Japanese and Korean write without blanks: about two signs make a word.
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_SIGNS = 2
_WORD = re.compile(r"\w+(?:[-'\u2019]\w+)*")


def words_in(text: str) -> int:
    """Return how many words a text has.

    Args:
        text: The text.
    """
    rest, signs = _CJK.subn(" ", text)
    return len(_WORD.findall(rest)) + math.ceil(signs / _CJK_SIGNS)


def words_to_translate(unit: UnitStanding) -> int:
    """Return how many words of the source have to be translated, or translated anew.

    Args:
        unit: How a unit stands.
    """
    if unit.state in _TO_TRANSLATE:
        return sum(words_in(one.text) for one in unit.sources if is_translatable(one))
    if unit.state is UnitState.BEHIND:
        return sum(words_in(piece.text) for piece in unit.changed)
    return 0


def minutes_for(units: Iterable[UnitStanding]) -> int:
    """Return how long it takes to bring units up to date: for each a minute at least.

    Args:
        units: How they stand; those with which there is nothing to do count nothing.
    """
    due = 0
    for unit in units:
        if unit.state in (*_TO_TRANSLATE, *_TO_LOOK_AT, UnitState.BEHIND):
            due += max(words_to_translate(unit), WORDS_PER_MINUTE)
    return minutes(due)


def minutes(words: int) -> int:
    """Return how long it takes to translate so many words."""
    return math.ceil(words / WORDS_PER_MINUTE)
