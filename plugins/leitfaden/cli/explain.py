"""`leitfaden explain`: what a rule checks, why, and how to do better."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from leitfaden.cli import options
from leitfaden.cli.output import show
from leitfaden.cli.rules import rule_named

if TYPE_CHECKING:
    from leitfaden.checking.rule import Rule


@click.command()
@click.argument("rules", nargs=-1, metavar="[RULE]...")
@options.language
def explain(rules: tuple[str, ...], language: str) -> None:
    """Explain rules by code or name; without one, list all."""
    asked = {rule.code: rule for rule in map(rule_named, rules)}
    if asked:
        show("\n\n".join(_explained(rule, language) for rule in asked.values()))
    else:
        show("".join(f"{line}\n" for line in _listed(language)))


def _listed(language: str) -> Iterator[str]:
    from leitfaden.checking.registry import all_rules
    from leitfaden.checking.wording import texts_of

    rules = all_rules().values()
    longest = max(len(rule.name) for rule in rules)
    for rule in rules:
        yield f"{rule.code}  {rule.name:<{longest}}  {texts_of(rule, language).summary}"


def _explained(rule: Rule, language: str) -> str:
    from leitfaden.checking.wording import texts_of
    from leitfaden.reporting import Style

    texts = texts_of(rule, language)
    words = Style(language=language).words()
    about = f"{words['severity']}: {words[rule.severity]}; {words['confidence']}: "
    about += words[rule.confidence]
    return f"# {rule.code} {rule.name}\n\n{texts.summary}\n\n{about}\n\n{texts.explanation}\n"
