"""Emphasis beside Chinese, Japanese and Korean signs, as a writer means it.

CommonMark tells by blanks and punctuation which `**` opens and which closes: a language that sets
no blanks between its words then shows the stars of `**x（y）**z`. The published amendment for these
languages lets a mark that touches one of their signs open and close alike. The parser cannot be
told so; but it asks only whether the signs on both sides of a mark are punctuation or not. Where
they are not of one kind, one of them is parsed as another sign of the right kind and the same
length, which the page does not hold, and put back into what the parser returns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any
from unicodedata import category, east_asian_width

# The first bytes in UTF-8 of all such signs but a few that are rare and never alone on a page.
_LEADS = bytes({0xE1, *range(0xE3, 0xEE), 0xEF, *range(0xF0, 0xF4)})
_OTHERS = bytes(set(range(0x100)).difference(_LEADS))
_RUN = re.compile(r"\\.|\*+|~+", re.DOTALL)
_NUMBERS = re.compile(r"&#(?:([0-9]{1,7})|[xX]([0-9a-fA-F]{1,6}));")
# Wide symbols elsewhere are emoji.
_SYMBOLS = frozenset({*range(0x2E80, 0x4E00), *range(0xFF00, 0xFFF0), 0x1F200, 0x1F202, 0x1F237})
_JAMO = range(0x1100, 0x1200)  # some of them count as narrow
_QUOTES = frozenset("\u2018\u2019\u201c\u201d")
_FULL_WIDTH = "\ufe01"
# For private use, so that they are letters to the parser; by their length in UTF-8.
_LETTERS = {3: (range(0xE000, 0xF900),), 4: (range(0xF0000, 0xF1000),)}
# Punctuation of scripts that hardly a page holds, none of it with a name in HTML.
_PUNCTUATION = {
    3: (
        range(0x2E00, 0x2E2F),
        range(0x0F04, 0x0F13),
        range(0x1361, 0x1369),
        range(0x1800, 0x180B),
        range(0x17D4, 0x17D7),
        range(0x1B5A, 0x1B61),
        range(0x1C3B, 0x1C40),
        range(0xA9C1, 0xA9CE),
        range(0xAA5C, 0xAA60),
    ),
    4: (range(0x10A50, 0x10A59), range(0x12470, 0x12474), range(0x11047, 0x1104E)),
}


def disguised(body: str) -> tuple[str, Mapping[int, str]]:
    """Return the text as it is to be parsed, and what stands in it for what.

    Args:
        body: The text.
    """
    if body.isascii() or not ("*" in body or "~" in body):
        return body, {}
    if not body.encode().translate(None, _OTHERS):
        return body, {}
    chosen = _chosen(body)
    return _replaced(body, chosen) if chosen else (body, {})


def undisguised(stream: Iterable[Any], meant: Mapping[int, str]) -> Iterator[Any]:
    """Yield what the parser says, with the page's own signs in all of its texts.

    Args:
        stream: The parser's events with their places.
        meant: What stands for what.
    """
    for parsed, place in stream:
        yield _put_back(parsed, meant), place


def _put_back(value: Any, meant: Mapping[int, str]) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else value.translate(meant)
    if isinstance(value, dict):
        return {key: _put_back(inner, meant) for key, inner in value.items()}
    return value


def _chosen(body: str) -> dict[int, bool]:
    """Return by their places the signs to replace, and whether by punctuation."""
    # Of each sign behind a run, and of each that is to be replaced, whether it is punctuation.
    kinds: dict[int, bool] = {}
    chosen: dict[int, bool] = {}
    for run in _RUN.finditer(body):
        start, end = run.span()
        if body[start] == "\\" or not start or end == len(body):
            continue
        before, after = body[start - 1], body[end]
        if before.isspace() or after.isspace():
            continue
        ours, theirs = _is_cjk_before(body, start), _is_cjk(after)
        if not (ours or theirs):
            continue
        left = kinds.get(start - 1, _is_punctuation(before))
        right = _is_punctuation(after)
        # A sign that touches two runs was settled by the first; `_` has rules of its own.
        free_left = ours and start - 1 not in kinds and body[start - 2 : start - 1] != "_"
        free_right = theirs and body[end + 1 : end + 2] != "_"
        if left != right and (free_left or free_right):
            # Punctuation becomes a letter rather than the other way: there are more of those.
            if free_left and (left or not free_right):
                chosen[start - 1] = right
            else:
                right = chosen[end] = left
        kinds[end] = right
    return chosen


def _replaced(body: str, chosen: Mapping[int, bool]) -> tuple[str, Mapping[int, str]]:
    taken = set(map(ord, body))
    if "&#" in body:
        for decimal, hexadecimal in _NUMBERS.findall(body):
            taken.add(int(decimal) if decimal else int(hexadecimal, 16))
    pools = {
        (length, punctuation): filter(
            lambda code: code not in taken, chain.from_iterable(ranges[length])
        )
        for punctuation, ranges in ((False, _LETTERS), (True, _PUNCTUATION))
        for length in ranges
    }
    stand_ins: dict[tuple[str, bool], str] = {}
    meant: dict[int, str] = {}
    parts: list[str] = []
    behind = 0
    for at in sorted(chosen):
        sign, punctuation = body[at], chosen[at]
        stand_in = stand_ins.get((sign, punctuation))
        if stand_in is None:
            code = next(pools[len(sign.encode()), punctuation], None)
            stand_in = sign if code is None else chr(code)
            stand_ins[sign, punctuation] = stand_in
            if code is not None:
                meant[code] = sign
        parts += (body[behind:at], stand_in)
        behind = at + 1
    parts.append(body[behind:])
    return "".join(parts), meant


def _is_punctuation(sign: str) -> bool:
    return category(sign)[0] in "PS"


@lru_cache(maxsize=4096)
def _is_cjk(sign: str) -> bool:
    code = ord(sign)
    if east_asian_width(sign) in "WFH":
        return category(sign) not in ("So", "Sk") or code in _SYMBOLS
    return code in _JAMO


def _is_cjk_before(body: str, end: int) -> bool:
    """Tell whether the sign in front of `end` is, or selects the form of one that is."""
    sign = body[end - 1]
    if "\ufe00" <= sign <= "\ufe0e":
        former = body[end - 2 : end - 1]
        quote = sign == _FULL_WIDTH and former in _QUOTES
        return bool(former) and (quote or _is_cjk(former))
    return _is_cjk(sign) or "\U000e0100" <= sign <= "\U000e01ef"
