"""Whether a page with fixes made says what it said before, but for what the fixes name."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, zip_longest
from typing import TypeAlias

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found, shortened
from leitfaden.checking.registry import all_rules
from leitfaden.checking.tree import Tree
from leitfaden.fixing.meaning import Token, item_numbers, meaning, top_blocks
from leitfaden.fixing.result import Reason
from leitfaden.fixing.splices import Offsets, narrowed
from leitfaden.model import Edit, Page

_BLANK = frozenset(" \t\n\r\v\f\u00a0\u200b\ufeff\u2060")

Parts: TypeAlias = "list[tuple[int, int]]"
Objection: TypeAlias = "tuple[Reason, str]"


@dataclass
class State:
    """A page with all that is known of it.

    Args:
        page: The page.
        facts: What other pages have to know of it.
        found: All findings, consequences included.
        tree: All pages, with this one as it is.
    """

    page: Page
    facts: PageFacts
    found: Sequence[Found]
    tree: Tree = field(repr=False)

    @cached_property
    def meaning(self) -> list[Token]:
        """What the page says."""
        return meaning(self.page)


def objection(
    before: State, after: State, fixed: Sequence[Found], edits: Sequence[Edit]
) -> Objection | None:
    """Return what speaks against fixes, or None if they do what they name and nothing else.

    Args:
        before: The page without them.
        after: The page with them.
        fixed: The findings that they are for.
        edits: What was done, in the order of the text and without overlap.
    """
    text = before.page.text
    offsets = Offsets([narrowed(edit, text) for edit in edits])
    reshaped = _reshaped(before.page, after.page, fixed, offsets)
    return _findings(before, after, fixed, offsets, reshaped) or _said(
        before, after, edits, offsets, reshaped
    )


def _reshapes(one: Found) -> bool:
    rule = all_rules().get(one.code)
    return rule is not None and one.finding.variant in rule.reshapes


def _reshaped(before: Page, after: Page, fixed: Sequence[Found], offsets: Offsets) -> Parts:
    """Return the parts of the old text whose arrangement the fixes are to change.

    They are the outermost blocks that a fix touches, before it and behind it.
    """
    touched = sorted(
        (edit.span.start, edit.span.end)
        for one in fixed
        if one.finding.fix and _reshapes(one)
        for edit in one.finding.fix.edits
    )
    if not touched:
        return []
    blocks = [(span.start, span.end) for span in top_blocks(before)]
    blocks += [(offsets.to_old(span.start), offsets.to_old(span.end)) for span in top_blocks(after)]
    parts = _merged(blocks, touching=False)
    starts = [start for start, _ in parts]
    chosen: Parts = list(touched)
    for start, end in touched:
        first = max(bisect_right(starts, start) - 2, 0)  # one may end where another begins
        for part in parts[first : bisect_right(starts, end)]:
            if part[0] <= end and start <= part[1]:
                chosen.append(part)
    return _merged(chosen, touching=True)


def _merged(parts: Iterable[tuple[int, int]], *, touching: bool) -> Parts:
    merged: Parts = []
    for start, end in sorted(parts):
        if merged and (start < merged[-1][1] or (touching and start == merged[-1][1])):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _touches(parts: Parts, starts: Sequence[int], first: int, last: int) -> bool:
    """Tell whether one of the disjoint parts reaches from `first` to `last` or next to it."""
    at = bisect_right(starts, last) - 1
    return at >= 0 and parts[at][1] >= first


# -- Findings ------------------------------------------------------------------------------------


def _findings(
    before: State, after: State, fixed: Sequence[Found], offsets: Offsets, reshaped: Parts
) -> Objection | None:
    old, new = Counter(map(_content, before.found)), Counter(map(_content, after.found))
    gone = Counter(map(_content, fixed))
    gone &= old  # a finding that two fixes are for is gone but once
    arisen = new - old
    vanished = {
        (one.code, one.finding.span.start)
        for one in before.found
        if _content(one) in old and old[_content(one)] > new[_content(one)] + gone[_content(one)]
    }
    codes = {one.code for one in fixed}
    watched = _watched(fixed)
    for content in gone:
        if new[content] > old[content] - gone[content]:
            return Reason.REMAINS, content[0]
    counted = Counter(one.code for one in after.found)
    counted.subtract(one.code for one in before.found)
    starts = [start for start, _ in reshaped]
    for one in after.found:
        if not arisen[_content(one)] or one.code not in watched:
            continue
        at = offsets.to_old(one.finding.span.start)
        if (one.code, at) in vanished and counted[one.code] <= 0:
            continue  # the same finding, said with other values
        if one.code not in codes and _touches(reshaped, starts, at, at):
            continue  # it was there before, in what had been hidden
        return (Reason.REMAINS if one.code in codes else Reason.ARISES), one.code
    return None


def _watched(fixed: Sequence[Found]) -> Container[str]:
    """Return the rules that may find nothing new.

    A fix that somebody looks at may part a page from others: they are fixed one by one. If it also
    arranges the text otherwise, whatever that brings to light is for the same person.
    """
    rules = all_rules()
    unsafe = [one for one in fixed if one.finding.fix and not one.finding.fix.safe]
    if any(map(_reshapes, unsafe)):
        return frozenset()
    if unsafe:
        return {code for code, rule in rules.items() if rule.page_check}
    codes = {one.code for one in fixed}
    return {code for code, rule in rules.items() if not rule.compares or code in codes}


def _content(one: Found) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return one.code, one.finding.variant, tuple(sorted(one.finding.values.items()))


# -- What readers read ---------------------------------------------------------------------------


def _said(
    before: State, after: State, edits: Sequence[Edit], offsets: Offsets, reshaped: Parts
) -> Objection | None:
    old_zones, new_zones = _zones(before.page.text, edits, offsets)
    moved = [(offsets.to_begin(start), offsets.to_new(end)) for start, end in reshaped]
    one = _Side(before.meaning, old_zones, reshaped, unclear=False)
    other = _Side(after.meaning, new_zones, moved, unclear=True)
    for old, new in zip_longest(one.outside, other.outside):
        if old is None or new is None or old.key != new.key:
            return Reason.CHANGES, _shown(old or new)
    if not reshaped:
        return None
    lost = _lost(one.letters, other.letters)
    if lost:
        return Reason.CHANGES, lost
    return _renumbered(before.page, after.page, offsets)


def _zones(text: str, edits: Sequence[Edit], offsets: Offsets) -> tuple[Parts, Parts]:
    """Return the parts in which words may change: those of edits of more than blanks."""
    old: Parts = []
    new: Parts = []
    for edit, before, after in zip(edits, offsets.old, offsets.new, strict=True):
        if not _BLANK.issuperset(edit.text) or not _BLANK.issuperset(edit.span.of(text)):
            old.append(before)
            new.append(after)
    return old, new


class _Side:
    """What a page says, parted in what may not change and what may change its arrangement.

    Args:
        tokens: What it says.
        zones: Where words may change.
        reshaped: Where the arrangement may change.
        unclear: Whether to count words of which nobody can tell what part of them was replaced.
    """

    def __init__(
        self, tokens: Sequence[Token], zones: Parts, reshaped: Parts, *, unclear: bool
    ) -> None:
        self._unclear = unclear
        self._zones = zones
        self._zone_starts = [start for start, _ in zones]
        self._parts = reshaped
        self._part_starts = [start for start, _ in reshaped]
        self._tokens = tokens

    @property
    def outside(self) -> Iterator[Token]:
        """Everything that is to stay, in its order."""
        return (
            token
            for token in self._tokens
            if not self._is_reshaped(token) and not self._may_change(token)
        )

    @property
    def letters(self) -> str:
        """The letters and digits that are to stay, but may be arranged otherwise."""
        return "".join(filter(str.isalnum, chain.from_iterable(map(self._kept, self._tokens))))

    def _kept(self, token: Token) -> str:
        """Return what is to stay of a word whose arrangement may change."""
        key = token.key
        if not isinstance(key, str) or not self._is_reshaped(token):
            return ""
        if not self._may_change(token):
            return key
        if token.end - token.start != len(key):
            return key if self._unclear else ""  # it is written otherwise than it is shown
        return "".join(char for at, char in enumerate(key, token.start) if not self._is_zone(at))

    def _is_zone(self, offset: int) -> bool:
        at = bisect_right(self._zone_starts, offset) - 1
        return at >= 0 and offset < self._zones[at][1]

    def _may_change(self, token: Token) -> bool:
        if not self._zones or not isinstance(token.key, str):
            return False
        return _touches(self._zones, self._zone_starts, token.start, token.end)

    def _is_reshaped(self, token: Token) -> bool:
        if not self._parts:
            return False
        at = bisect_right(self._part_starts, token.start) - 1
        return at >= 0 and token.end <= self._parts[at][1]


def _shown(token: Token | None) -> str:
    if token is None:
        return ""
    return shortened(token.key if isinstance(token.key, str) else " ".join(map(str, token.key)))


def _lost(old: str, new: str) -> str:
    """Return the letters that are no longer there, from the first one on; empty if all are."""
    at = 0
    for index, letter in enumerate(old):
        at = new.find(letter, at) + 1
        if not at:
            return shortened(old[index : index + 40])
    return ""


def _renumbered(before: Page, after: Page, offsets: Offsets) -> Objection | None:
    numbers = item_numbers(after)
    for start, number in item_numbers(before).items():
        if numbers.get(offsets.to_new(start), number) != number:
            return Reason.CHANGES, str(number)
    return None
