"""Rules over pages: what they find, and what of it is told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from leitfaden.checking.facts import PageFacts, facts_of
from leitfaden.checking.finding import Found
from leitfaden.checking.registry import all_rules, clues, page_rules_for, tree_rules
from leitfaden.checking.rule import Rule
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract
from leitfaden.model import Page, Span

# A page that could not be read as text has nothing else to tell.
_UNREADABLE_CODES = frozenset(("LF101", "LF102"))
# Only a part of pages: it needs neither metadata nor a title, and what stands around its headings
# is told by the pages that include it. That a translation lacks it is told there, too.
_METADATA = (106, 107, 108, 110, 111, 112, 113, 117, 118, 119, 120)
_SURROUNDINGS = (201, 203, 204, 205, 206, 214, 421, 501, 502, 706)
_NOT_OF_FRAGMENTS = frozenset(f"LF{number}" for number in (*_METADATA, *_SURROUNDINGS))


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
        for rule in _rules_for(subject)
        if rule.page_check
        for finding in rule.page_check(subject)
    ]
    return Checked(facts_of(page, subject.texts, subject.requests.suppressions), tuple(found))


def _rules_for(subject: Subject) -> Iterable[Rule]:
    """Return the rules that may find something on a page."""
    text = subject.text
    traits = [clue for clue in clues() if clue in text]
    rules = page_rules_for(frozenset((*traits, *subject.kinds)))
    if subject.page.is_readable:
        return rules_of_kind(rules, subject.page.kind, subject.contract)
    return [rule for rule in rules if rule.code in _UNREADABLE_CODES]


def rules_of_kind(rules: Sequence[Rule], kind: str, contract: Contract) -> Sequence[Rule]:
    """Return those of the rules that hold for a kind of page: not all of them do for a fragment.

    Args:
        rules: The rules.
        kind: The kind of page.
        contract: Says which kinds are fragments.
    """
    known = contract.kinds.get(kind)
    if known is None or not known.included:
        return rules
    return [rule for rule in rules if rule.code not in _NOT_OF_FRAGMENTS]


def check_beside(facts: PageFacts, tree: Tree) -> Iterator[Found]:
    """Check a page beside all others.

    Args:
        facts: What is known of the page.
        tree: What is known of all pages.
    """
    if facts.readable:
        for rule in rules_of_kind(tree_rules(), facts.kind, tree.contract):
            if rule.tree_check:
                for finding in rule.tree_check(facts, tree):
                    yield Found(rule.code, finding)


def without_consequences(found: Iterable[Found], facts: PageFacts) -> list[Found]:
    """Drop what only follows from something else that is told about the same lines.

    A finding on the page as a whole counts for all of its lines.

    Args:
        found: All findings on one page.
        facts: What is known of the page.
    """
    found = list(found)
    rules = all_rules()
    codes = {one.code for one in found}
    causes = {cause for code in codes for cause in rules[code].yields_to if cause in codes}
    if not causes:
        return found
    lines: dict[str, list[tuple[int, int]]] = {cause: [] for cause in causes}
    for code, finding in found:
        if code in causes:
            lines[code].append(_lines(finding.span, facts))
    ranges = {code: _Ranges(covered) for code, covered in lines.items()}
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
    yields_to = all_rules()[one.code].yields_to
    if yields_to.isdisjoint(ranges):
        return False
    first, last = _lines(one.finding.span, facts)
    return any(ranges[cause].meet(first, last) for cause in yields_to & ranges.keys())


def _lines(span: Span, facts: PageFacts) -> tuple[int, int]:
    if span == (0, 0):
        return 1, len(facts.line_starts)
    return bisect_right(facts.line_starts, span.start), bisect_right(facts.line_starts, span.end)


def without_copies(found: Iterable[Found], source: Iterable[Found]) -> list[Found]:
    """Drop from a translation what its source has wrong in the same way.

    Args:
        found: The findings on the translation.
        source: The findings on the page that it translates.
    """
    rules = all_rules()
    known = {_content(one) for one in source if rules[one.code].copied}
    return [one for one in found if not (rules[one.code].copied and _content(one) in known)]


def _content(one: Found) -> tuple[str, str, str | tuple[tuple[str, str], ...]]:
    finding = one.finding
    return one.code, finding.variant, finding.alike or tuple(sorted(finding.values.items()))
