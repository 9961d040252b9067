"""Where a text that a translation lacks belongs, if that is certain."""

from __future__ import annotations

import re
from typing import NamedTuple

from leitfaden.exchanging.handoff import Handed, HandedPage
from leitfaden.fixing.splices import line_end
from leitfaden.model import Page
from leitfaden.translating.standing import UnitStanding
from leitfaden.translating.units import Unit, UnitKind

_BULLET = re.compile(r"[ \t]*[-*+][ \t]+")
_PARAGRAPH = re.compile(r".*:p\d+")
_HEADINGS = frozenset((UnitKind.HEADING, UnitKind.SECTION))


class Place(NamedTuple):
    """Where a text is put in.

    Args:
        at: The offset in the translation's text.
        before: What parts it from what stands there.
    """

    at: int
    before: str


def place_of(text: Handed, page: HandedPage) -> Place | None:
    """Return where a missing text belongs; None where more than one place would do.

    What stands before it and what stands behind it have to be there, one right behind the other.

    Args:
        text: The text.
        page: Its page, which has a translation.
    """
    target = page.target
    units = [unit for unit in page.standing.units if unit.sources]
    at = units.index(text.standing)
    if not at or target is None:
        return None
    before = units[at - 1]
    behind = units[at + 1] if at + 1 < len(units) else None
    if not _are_neighbours(before, behind, page):
        return None
    unit, above = text.standing.sources[0], before.sources[0]
    end = line_end(target.text)
    found = before.targets[0]
    if text.target is None and unit.kind is UnitKind.PARAGRAPH and _PARAGRAPH.fullmatch(unit.key):
        is_below = above.kind in _HEADINGS and above.key == unit.parent
        is_beside = above.parent == unit.parent and _PARAGRAPH.fullmatch(above.key) is not None
        if (is_below or is_beside) and not _between(text.page, above, unit).strip():
            return Place(found.span.end, end * 2) if _ends_line(target, found) else None
    if unit.kind is UnitKind.ITEM and above.kind is UnitKind.ITEM:
        marks = _mark(text.page, above), _mark(text.page, unit)
        own = _mark(target, found)
        is_next = _between(text.page, above, unit).strip() in ("-", "*", "+")
        if marks[0] and marks[0] == marks[1] and own and is_next and _ends_line(target, found):
            return Place(found.span.end, end + own)
    return None


def _are_neighbours(before: UnitStanding, behind: UnitStanding | None, page: HandedPage) -> bool:
    """Tell whether the translation has both units, and nothing between them."""
    if len(before.targets) != 1 or before.is_moved:
        return False
    every = [unit.targets[0] for unit in page.standing.units if unit.targets]
    every.sort(key=lambda unit: unit.span.start)
    at = every.index(before.targets[0])
    following = every[at + 1] if at + 1 < len(every) else None
    if behind is None:
        return following is None
    return bool(behind.targets) and not behind.is_moved and behind.targets[0] is following


def _between(page: Page, first: Unit, second: Unit) -> str:
    return page.text[first.span.end : second.span.start]


def _ends_line(page: Page, unit: Unit) -> bool:
    """Tell whether nothing stands behind a unit in its line."""
    rest = page.text[unit.span.end :].split("\n", 1)[0]
    return not rest.strip()


def _mark(page: Page, unit: Unit) -> str:
    """Return the bullet of an item with what stands before it; empty for any other."""
    line = page.text.rfind("\n", 0, unit.span.start) + 1
    mark = page.text[line : unit.span.start]
    return mark if _BULLET.fullmatch(mark) else ""
