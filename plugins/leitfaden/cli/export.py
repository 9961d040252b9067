"""`leitfaden export`: what other tools read."""

from __future__ import annotations

import json
from pathlib import Path

import click

from leitfaden.contract import (
    ContractError,
    contract_schema,
    front_matter_schema,
    load_contract,
)

_FAILED = 2


@click.group()
def export() -> None:
    """Write what other tools read."""


@export.command()
@click.option(
    "--front-matter",
    is_flag=True,
    help="The schema of the metadata at the top of pages, instead of the one of playbook.yml.",
)
@click.option(
    "--contract",
    "contract_path",
    type=click.Path(path_type=Path),
    default="playbook.yml",
    show_default=True,
    help="The contract that says which metadata pages have.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without it, the schema is printed.",
)
@click.pass_context
def schema(
    context: click.Context, front_matter: bool, contract_path: Path, output: Path | None
) -> None:
    """Write a JSON Schema, with which editors complete and check what you write."""
    try:
        made = front_matter_schema(load_contract(contract_path)) if front_matter else None
    except ContractError as error:
        click.echo(error, err=True)
        context.exit(_FAILED)
    _write(json.dumps(made or contract_schema(), indent=2), output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.FileError(str(output), error.strerror) from error
