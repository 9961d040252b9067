"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

CONTRACT = Path("playbook.yml")
LANGUAGES = ("en", "de")  # as `checking.wording` has them, which takes long to import


def _found(_: click.Context, __: click.Parameter, given: Path | None) -> Path:
    """Return the contract that is given, or the next one on the way up from here."""
    if given is not None:
        return given
    above = (Path(*[".."] * depth, CONTRACT) for depth in range(len(Path.cwd().parts)))
    return next((path for path in above if path.is_file()), CONTRACT)


contract = click.option(
    "--contract",
    "contract_path",
    type=click.Path(path_type=Path),
    callback=_found,
    help="The contract of the playbook; else playbook.yml, here or in a folder above.",
)

docs = click.option(
    "--docs",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the pages, if it is not docs/ beside the contract.",
)

language = click.option(
    "--language",
    "-l",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    envvar="LEITFADEN_LANGUAGE",
    help="The language of the texts.",
)

rules = click.option(
    "--rule",
    "-r",
    "rules",
    multiple=True,
    metavar="CODE",
    help="Only this rule, by code or name; can be given several times.",
)
