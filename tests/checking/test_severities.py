"""How much findings matter, as the contract has it."""

from __future__ import annotations

import time

import pytest

from leitfaden.checking.registry import find_rule
from leitfaden.checking.severities import severity_of, wrong_severities
from leitfaden.contract import Contract, parse_contract
from leitfaden.model import Severity

START = "source: en\nlocales: {en: {name: English}, de: {name: Deutsch}}\n"
PAGE = "docs/de/l1l2l3-gone.md"


def contract(checks: str) -> Contract:
    return parse_contract(f"{START}{checks}", "playbook.yml")


def level(checks: str, path: str = PAGE) -> Severity | None:
    rule = find_rule("LF210")
    assert rule
    return severity_of(rule, path, contract(checks))


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ("", Severity.NOTICE),
        ("checks: {}", Severity.NOTICE),
        ("checks: {severity: {LF210: error}}", Severity.ERROR),
        ("checks: {severity: {lf210: off}}", None),
        ("checks: {severity: {heading-blanks: 'off'}}", None),
        ("checks: {severity: {heading-blanks: false}}", None),
        ("checks: {severity: {LF921: error}}", Severity.NOTICE),
        ("checks: {paths: {'docs/de/l1l2l3-*': {LF210: warning}}}", Severity.WARNING),
        ("checks: {paths: {'docs/en/*': {LF210: warning}}}", Severity.NOTICE),
        ("checks: {paths: {docs/de/: {LF210: warning}}}", Severity.WARNING),
        ("checks: {paths: {docs/de: {LF210: warning}}}", Severity.NOTICE),
        ("checks: {severity: {LF210: error}, paths: {'*': {LF210: off}}}", None),
        ("checks: {paths: {'*': {LF210: error}, docs/de/: {LF210: off}}}", None),
        ("checks: {paths: {docs/de/: {LF210: off}, '*': {LF210: error}}}", Severity.ERROR),
        ("checks: {paths: {docs/de/: {LF210: off}, '*': {LF921: error}}}", None),
    ],
)
def test_the_last_pattern_that_names_the_rule_counts(
    checks: str, expected: Severity | None
) -> None:
    assert level(checks) == expected


@pytest.mark.parametrize(
    ("checks", "told"),
    [
        (
            "checks: {severity: {heading-blank: off}}",
            ["3:21: LF926 No rule is called `heading-blank`. Did you mean `heading-blanks`?"],
        ),
        (
            "checks: {severity: {LF21O: off}}",
            ["3:21: LF926 No rule is called `LF21O`. Did you mean `LF210`?"],
        ),
        (
            "checks:\n  paths:\n    docs/de/: {nothing-like-it-at-all: off}",
            [
                "5:16: LF926 No rule is called `nothing-like-it-at-all`. "
                "Write the code or the name of a rule, or remove it."
            ],
        ),
        (
            "checks: {severity: {LF210: off, heading-blanks: error}}",
            [
                "3:33: LF926 `heading-blanks` is the rule that already stands here as `LF210`. "
                "Keep one of the two."
            ],
        ),
        ("checks: {severity: {LF210: off}, paths: {a: {LF210: error}}}", []),
    ],
)
def test_rules_that_do_not_exist_are_told_at_their_place(checks: str, told: list[str]) -> None:
    found = [str(one) for one in wrong_severities(contract(checks))]
    assert found == [f"playbook.yml:{one}" for one in told]


def test_they_are_told_in_the_language_of_the_reader() -> None:
    (one,) = wrong_severities(contract("checks: {severity: {LF21O: off}}"), "de")
    assert (one.message, one.help) == ("Keine Regel heißt `LF21O`.", "Meinten Sie `LF210`?")
    assert (one.severity, one.name) == (Severity.ERROR, "rule-unknown")


def test_asking_is_fast() -> None:
    patterns = ", ".join(f"'docs/de/page-{n}-*': {{LF210: off}}" for n in range(50))
    made = contract(f"checks: {{paths: {{{patterns}}}}}")
    rule = find_rule("LF210")
    assert rule
    start = time.process_time()
    for _ in range(100):
        for page in range(100):
            severity_of(rule, f"docs/de/page-{page}-x.md", made)
    assert time.process_time() - start < 1
