"""Rules over pages: what they find, and what of it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from leitfaden.checking.facts import PageFacts, facts_of
from leitfaden.checking.finding import Finding
from leitfaden.checking.registry import all_rules, page_rules, tree_rules
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract
from leitfaden.model import DefectKind, Page, Span

# A page that could not be read as text has nothing else to tell.
_UNREADABLE = frozenset((DefectKind.UNREADABLE, DefectKind.TOO_LARGE, DefectKind.NOT_UTF8))
_UNREADABLE_CODES = frozenset(("LF101", "LF102"))


class Found(NamedTuple):
    """A finding with the rule that made it."""

    code: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Checked:
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
    unreadable = any(defect.kind in _UNREADABLE for defect in page.defects)
    found = [
        Found(rule.code, finding)
        for rule in page_rules()
        if not unreadable or rule.code in _UNREADABLE_CODES
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

    Args:
        found: All findings on one page.
        facts: What is known of the page.
    """
    found = list(found)
    lines: dict[str, list[tuple[int, int]]] = {}
    for code, finding in found:
        lines.setdefault(code, []).append(_lines(finding.span, facts))
    return [one for one in found if not _follows(one, lines, facts)]


def _follows(one: Found, lines: dict[str, list[tuple[int, int]]], facts: PageFacts) -> bool:
    causes = all_rules()[one.code].yields_to
    if causes.isdisjoint(lines):
        return False
    first, last = _lines(one.finding.span, facts)
    whole_page = one.finding.span == Span(0, 0)
    return any(
        whole_page or (start <= last and first <= end)
        for cause in causes & lines.keys()
        for start, end in lines[cause]
    )


def _lines(span: Span, facts: PageFacts) -> tuple[int, int]:
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
