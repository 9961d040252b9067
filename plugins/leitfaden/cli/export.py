"""`leitfaden export`: what other tools read."""

from __future__ import annotations

import json
from pathlib import Path

import click

from leitfaden.cli import options
from leitfaden.cli.output import FAILED, put
from leitfaden.contract import (
    ContractError,
    contract_schema,
    front_matter_schema,
    load_contract,
)


@click.group()
def export() -> None:
    """Write what other tools read."""


@export.command()
@click.option(
    "--front-matter",
    is_flag=True,
    help="The schema of the metadata at the top of pages, instead of the one of playbook.yml.",
)
@options.contract
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
        context.exit(FAILED)
    put(json.dumps(made or contract_schema(), indent=2) + "\n", output)
