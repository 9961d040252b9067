"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")

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

_FORM_NAMES = ("text", "json", "markdown")


def form(command: Callable[P, R]) -> Callable[P, R]:
    """Let a command write for people, for programs, or as Markdown: `--format json` or `--json`."""
    named = click.option(
        "--format",
        "-f",
        "form",
        type=click.Choice(_FORM_NAMES),
        default="text",
        show_default=True,
        help="How it is written.",
    )
    short = [
        click.option(f"--{name}", "form", flag_value=name, help=f"The same as `--format {name}`.")
        for name in ("json", "markdown")
    ]
    for option in (*reversed(short), named):
        command = option(command)
    return command
