"""Rules over pages: what they find, and what of it is told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from leitfaden.checking.facts import PageFacts, facts_of
from leitfaden.checking.finding import Found as Found
from leitfaden.checking.registry import all_rules, page_rules, tree_rules
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract
from leitfaden.model import Page, Span

# A page that could not be read as text has nothing else to tell.
_UNREADABLE_CODES = frozenset(("LF101", "LF102"))


class Checked(NamedTuple):
    """What a page's own text tells, whatever else is in the playbook.

    Args:
        facts: What other pages have to know of it.
        found: What the rules that look at one page alone found, in no particular order.
    """

    facts: PageFacts
    found: tuple[Found, ...]


def check_page(page: Page, contract: Contract) -> Checked:
    """Check a page alone.

    Args:
        page: The page.
        contract: The playbook's contract.
    """
    subject = Subject(page, contract)
    found = [
        Found(rule.code, finding)
        for rule in page_rules()
        if page.is_readable or rule.code in _UNREADABLE_CODES
        for finding in rule.page_check(subject)  # type: ignore[misc]
    ]
    return Checked(facts_of(page), tuple(found))


def check_beside(facts: PageFacts, tree: Tree) -> Iterator[Found]:
    """Check a page beside all others.

    Args:
        facts: What is known of the page.
        tree: What is known of all pages.
    """
    if facts.readable:
        for rule in tree_rules():
            for finding in rule.tree_check(facts, tree):  # type: ignore[misc]
                yield Found(rule.code, finding)


def without_consequences(found: Iterable[Found], facts: PageFacts) -> list[Found]:
    """Drop what only follows from something else that is told about the same lines.

    A finding on the page as a whole counts for all of its lines.

    Args:
        found: All findings on one page.
        facts: What is known of the page.
    """
    found = list(found)
    lines: dict[str, list[tuple[int, int]]] = {}
    for code, finding in found:
        lines.setdefault(code, []).append(_lines(finding.span, facts))
    causes = {code for one in lines for code in all_rules()[one].yields_to if code in lines}
    if not causes:
        return found
    ranges = {code: _Ranges(lines[code]) for code in causes}
    return [one for one in found if not _follows(one, ranges, facts)]


class _Ranges:
    """Lines, from where to where, that a rule's findings cover.

    Args:
        ranges: The first and the last line of each finding.
    """

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._firsts = [first for first, _ in ordered]
        self._furthest = list(accumulate((last for _, last in ordered), max))

    def meet(self, first: int, last: int) -> bool:
        """Tell whether a finding covers one of these lines."""
        at = bisect_right(self._firsts, last) - 1
        return at >= 0 and self._furthest[at] >= first


def _follows(one: Found, ranges: Mapping[str, _Ranges], facts: PageFacts) -> bool:
    causes = all_rules()[one.code].yields_to & ranges.keys()
    return bool(causes) and any(
        ranges[cause].meet(*_lines(one.finding.span, facts)) for cause in causes
    )


def _lines(span: Span, facts: PageFacts) -> tuple[int, int]:
    if span == Span(0, 0):
        return 1, len(facts.line_starts)
    return facts.position(span.start).line, facts.position(span.end).line


def without_copies(found: Iterable[Found], source: Iterable[Found]) -> list[Found]:
    """Drop from a translation what its source has wrong in the same way.

    Args:
        found: The findings on the translation.
        source: The findings on the page that it translates.
    """
    known = {_content(one) for one in source}
    return [one for one in found if not (all_rules()[one.code].copied and _content(one) in known)]


def _content(one: Found) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return one.code, one.finding.variant, tuple(sorted(one.finding.values.items()))
