"""What follows from something else is not told again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from leitfaden.checking import engine
from leitfaden.checking.engine import without_consequences
from leitfaden.checking.facts import PageFacts, facts_of
from leitfaden.checking.finding import Found, found
from leitfaden.checking.rule import Rule
from leitfaden.contract import load_contract
from leitfaden.model import Confidence, Severity, Span
from leitfaden.reading import PageReader
from tests.checking.fixtures import ROOT

WHOLE_PAGE = Span(0, 0)
FIRST, SECOND = Span(2, 5), Span(8, 12)


def rule(code: str, *yields_to: str) -> Rule:
    return Rule(
        code,
        code.lower(),
        Severity.ERROR,
        Confidence.CERTAIN,
        {},
        {},
        "",
        yields_to=frozenset(yields_to),
    )


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Rule]:
    known = MappingProxyType({"LF1": rule("LF1"), "LF2": rule("LF2", "LF1")})
    monkeypatch.setattr(engine, "all_rules", lambda: known)
    return known


@pytest.fixture(scope="module")
def facts() -> PageFacts:
    reader = PageReader(load_contract(ROOT / "playbook.yml"))
    page = reader.read(b"# First\n\nSecond\n\nThird\n", path="x.md", locale="en", page_id="x")
    return facts_of(page)


def told(facts: PageFacts, *pairs: tuple[str, Span]) -> list[tuple[str, Span]]:
    kept = without_consequences([Found(code, found(span)) for code, span in pairs], facts)
    return [(one.code, one.finding.span) for one in kept]


def test_a_finding_yields_to_its_cause_in_the_same_line(facts: PageFacts) -> None:
    cause = ("LF1", FIRST)
    assert told(facts, ("LF2", Span(0, 1)), cause) == [cause]


def test_a_finding_in_another_line_stays(facts: PageFacts) -> None:
    both = [("LF1", FIRST), ("LF2", SECOND)]
    assert told(facts, *both) == both


def test_a_cause_that_spans_lines_counts_for_all_of_them(facts: PageFacts) -> None:
    causes = [("LF1", Span(0, 14)), ("LF1", Span(3, 4))]
    assert told(facts, *causes, ("LF2", Span(10, 11))) == causes


def test_a_cause_that_is_the_whole_page_counts_for_all_of_its_lines(facts: PageFacts) -> None:
    cause = ("LF1", WHOLE_PAGE)
    assert told(facts, ("LF2", FIRST), ("LF2", SECOND), ("LF2", WHOLE_PAGE), cause) == [cause]


def test_a_finding_on_the_whole_page_yields_to_a_cause_anywhere(facts: PageFacts) -> None:
    cause = ("LF1", SECOND)
    assert told(facts, ("LF2", WHOLE_PAGE), cause) == [cause]
