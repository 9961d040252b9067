"""`leitfaden explain`: what a rule checks, why, and how to do better."""

from __future__ import annotations

import click

from leitfaden.cli.check import LANGUAGES
from leitfaden.cli.rules import rule_named


@click.command()
@click.argument("rules", nargs=-1, metavar="[RULE]...")
@click.option(
    "--language",
    "-l",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    envvar="LEITFADEN_LANGUAGE",
    help="The language of the explanation.",
)
def explain(rules: tuple[str, ...], language: str) -> None:
    """Explain rules by code or name; without one, list all."""
    from leitfaden.checking.registry import all_rules
    from leitfaden.checking.wording import texts_of

    if not rules:
        for rule in all_rules().values():
            click.echo(f"{rule.code}  {rule.name:<32} {texts_of(rule, language).summary}")
        return
    for index, text in enumerate(rules):
        rule = rule_named(text)
        texts = texts_of(rule, language)
        click.echo("\n" * bool(index) + f"# {rule.code} {rule.name}\n\n{texts.summary}\n")
        click.echo(texts.explanation)
