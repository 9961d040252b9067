"""How much a finding matters in this playbook: what the rule says, unless the contract does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache

from leitfaden.checking.outside import outside
from leitfaden.checking.registry import find_rule, guess_of
from leitfaden.checking.rule import Rule
from leitfaden.contract import Checks, Contract, Level, RuleLevel
from leitfaden.model import Diagnostic, Severity

UNKNOWN_RULE = "LF926"


def severity_of(rule: Rule, path: str, contract: Contract) -> Severity | None:
    """Return how much a finding matters, or None if it is not to be told.

    Of the patterns of paths in the contract that match and name the rule the last one counts, else
    what the contract says of the rule on all pages, else what the rule itself says.

    Args:
        rule: The rule.
        path: The page, relative to the project, with `/`.
        contract: The playbook's contract.
    """
    checks = contract.checks
    if not checks.severity and not checks.paths:
        return rule.severity
    level = _levels_on(path, checks).get(rule.code)
    if level is None:
        return rule.severity
    return None if level == "off" else Severity(level)


@lru_cache(maxsize=4096)
def _levels_on(path: str, checks: Checks) -> Mapping[str, Level]:
    """Return what the contract says of rules on one page, by code."""
    levels = dict(_by_code(checks.severity))
    for entry in checks.paths:
        pattern = f"{entry.pattern}*" if entry.pattern.endswith("/") else entry.pattern
        if fnmatchcase(path, pattern):
            levels |= _by_code(entry.levels)
    return levels


def _by_code(levels: Iterable[RuleLevel]) -> Mapping[str, Level]:
    known = ((find_rule(entry.rule), entry.level) for entry in levels)
    return {rule.code: level for rule, level in known if rule}


def wrong_severities(contract: Contract, language: str = "en") -> Iterator[Diagnostic]:
    """Yield what is wrong with the rules that the contract names: unknown ones, one named twice.

    Args:
        contract: The playbook's contract.
        language: The language of the messages.
    """
    checks = contract.checks
    for levels in (checks.severity, *(entry.levels for entry in checks.paths)):
        first: dict[str, RuleLevel] = {}
        for entry in levels:
            rule = find_rule(entry.rule)
            if rule is None:
                guess = guess_of(entry.rule)
                values = {"rule": entry.rule}
                yield outside(
                    UNKNOWN_RULE, entry.place, language=language, guess=guess, values=values
                )
            elif first.setdefault(rule.code, entry) is not entry:
                values = {"rule": entry.rule, "other": first[rule.code].rule}
                yield outside(UNKNOWN_RULE, entry.place, "twice", language=language, values=values)
