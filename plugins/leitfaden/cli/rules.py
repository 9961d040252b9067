"""Rules as people name them on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from leitfaden.cli.output import WrongUsage

if TYPE_CHECKING:
    from leitfaden.checking.rule import Rule


def rule_named(text: str) -> Rule:
    """Return the rule with this code or name.

    Raises:
        WrongUsage: There is none; it tells the nearest one.
    """
    from leitfaden.checking.registry import find_rule, guess_of

    rule = find_rule(text)
    if rule is None:
        close = find_rule(guess_of(text) or "")
        guess = f" Did you mean {close.code} ({close.name})?" if close else ""
        raise WrongUsage(f"There is no rule {text!r}.{guess}")
    return rule


def codes_of(rules: Iterable[str]) -> frozenset[str]:
    """Return the codes of rules that were given by code or name.

    Raises:
        WrongUsage: There is no such rule.
    """
    return frozenset(rule_named(text).code for text in rules)
