"""The table of contents of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leitfaden.contract import Contract
from leitfaden.model import Heading


@dataclass(frozen=True, slots=True)
class TocItem:
    """A heading in the table of contents."""

    title: str
    id: str
    level: int
    children: tuple[TocItem, ...] = ()


def toc(headings: Sequence[tuple[Heading, str]], contract: Contract) -> tuple[TocItem, ...]:
    """Nest the headings; those that every step repeats would only be noise and stay out.

    Args:
        headings: The headings that the page shows, each with its id.
        contract: The sections.
    """
    shown = [
        (heading, anchor)
        for heading, anchor in headings
        if heading.text and not (heading.section and contract.sections[heading.section].within)
    ]
    items, _ = _nested(shown, 0, 0)
    return tuple(items)


def _nested(
    headings: Sequence[tuple[Heading, str]], at: int, above: int
) -> tuple[list[TocItem], int]:
    """Return the headings below level `above` from `at` on, and where the next ones begin."""
    items: list[TocItem] = []
    while at < len(headings) and headings[at][0].level > above:
        heading, anchor = headings[at]
        children, at = _nested(headings, at + 1, heading.level)  # six levels deep at most
        items.append(TocItem(heading.text, anchor, heading.level, tuple(children)))
    return items, at
