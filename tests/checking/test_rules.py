"""Each rule finds what its fixtures say, and nothing in those that are fine."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitfaden.checking.registry import all_rules
from leitfaden.checking.wording import diagnostic
from leitfaden.model import Span
from tests.checking.fixtures import RULES, Case, build_tree, cases, contract_of

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_finds_what_its_fixture_says(case: Case, tmp_path: Path) -> None:
    _, found, _ = build_tree(case.files, contract_of(case, tmp_path))
    rule = all_rules()[case.code]
    for path, (facts, findings) in found.items():
        told = []
        for code, finding in findings:
            if code == case.code:
                one = diagnostic(rule, finding, facts)
                start = facts.position(finding.span.start)
                whole = finding.span == Span(0, 0)
                told.append(("file" if whole else f"{start.line}:{start.column}", one.message))
        told.sort(key=lambda entry: _order(entry[0]))
        expected = case.expected[path]
        assert [place for place, _ in told] == [place for place, _ in expected], told
        for (_, message), (_, wanted) in zip(told, expected, strict=True):
            assert not wanted or message == wanted


def _order(place: str) -> tuple[int, int]:
    line, _, column = place.partition(":")
    return (int(line), int(column)) if column else (0, 0)


def test_bad_fixtures_expect_findings_and_good_ones_none() -> None:
    for case in CASES:
        wanted = any(case.expected.values())
        assert case.name.startswith("bad" if wanted else "good"), str(case)


@pytest.mark.parametrize(
    "code", [c for c, r in all_rules().items() if r.page_check or r.tree_check]
)
def test_every_rule_has_a_pair_of_fixtures(code: str) -> None:
    names = [entry.name for entry in (RULES / code).iterdir()] if (RULES / code).is_dir() else []
    assert any(name.startswith("bad") for name in names)
    assert any(name.startswith("good") for name in names)
