"""All rules, by code and by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from leitfaden.checking import rules as room
from leitfaden.checking.rule import Rule
from leitfaden.contract import nearest
from leitfaden.model import DefectKind

_DIGITS = str.maketrans("OoIlSB", "001158")  # letters that are taken for digits of a code


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return all rules by code: every `Rule` that a module of `rules/` defines.

    Raises:
        ValueError: Two rules share a code or a name.
    """
    found: dict[str, Rule] = {}
    names: set[str] = set()
    for module in sorted(module.name for module in iter_modules(room.__path__)):
        for rule in vars(import_module(f"{room.__name__}.{module}")).values():
            if isinstance(rule, Rule):
                if rule.code in found or rule.name in names:
                    raise ValueError(f"{rule.code} ({rule.name}) is defined twice")
                found[rule.code] = rule
                names.add(rule.name)
    return MappingProxyType(dict(sorted(found.items())))


@cache
def page_rules() -> tuple[Rule, ...]:
    """Return the rules that look at one page alone."""
    return tuple(rule for rule in all_rules().values() if rule.page_check)


@cache
def clues() -> tuple[str, ...]:
    """Return the texts that rules need to find anything."""
    needs = {need for rule in page_rules() for need in rule.needs}
    return tuple(sorted(need for need in needs if not isinstance(need, DefectKind)))


@lru_cache(maxsize=1_000)
def page_rules_for(traits: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules that may find something on a page that has this of what rules need."""
    rules = page_rules()
    return tuple(rule for rule in rules if not (rule.needs and rule.needs.isdisjoint(traits)))


@cache
def tree_rules() -> tuple[Rule, ...]:
    """Return the rules that look at one page beside all others."""
    return tuple(rule for rule in all_rules().values() if rule.tree_check)


def find_rule(text: str) -> Rule | None:
    """Return the rule with this code or name, in any case; None if there is none."""
    return _by_spelling().get(text.strip().casefold())


def nearest_rule(text: str) -> Rule | None:
    """Return the rule whose code or name is most like a misspelled one."""
    close = nearest(text.strip(), _by_spelling())
    return _by_spelling()[close] if close else None


@lru_cache(maxsize=256)
def guess_of(text: str) -> str | None:
    """Return what the writer of a code or a name that is no rule's probably meant.

    Args:
        text: What was written: for something like a code a code is meant, else a name.
    """
    rule = find_rule(text[:2] + text[2:].translate(_DIGITS)) or nearest_rule(text)
    if rule is None:
        return None
    return rule.code if text[:2].casefold() == rule.code[:2].casefold() else rule.name


@cache
def _by_spelling() -> Mapping[str, Rule]:
    rules = all_rules().values()
    return {spelling.casefold(): rule for rule in rules for spelling in (rule.code, rule.name)}
