"""`leitfaden export`: what other tools read."""

from __future__ import annotations

import json
from math import ceil
from pathlib import Path

import click

from leitfaden.cli import options
from leitfaden.cli.output import FAILED, put
from leitfaden.cli.project import fail, open_project
from leitfaden.contract import (
    ContractError,
    contract_schema,
    front_matter_schema,
    load_contract,
)

_PAGES = 1000  # that a machine makes while another one is still starting
_MOST = 256  # jobs that GitHub makes of one matrix


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


@export.command()
@click.option(
    "--pages",
    type=click.IntRange(1),
    default=_PAGES,
    show_default=True,
    help="How many pages a part may have.",
)
@options.contract
@options.docs
@click.pass_context
def parts(context: click.Context, pages: int, contract_path: Path, docs: Path | None) -> None:
    """Write into which parts the site can be divided, as JSON in one line.

    Each locale that the contract declares has as many parts as its pages need, but there are never
    more than 256. `locale` and `shard` are for `leitfaden build`, `name` is good for a folder.
    """
    from leitfaden.reading.inventory import take_inventory

    try:
        project = open_project(contract_path, docs)
    except ContractError as error:
        context.exit(fail(error))
    contract = project.contract
    found = take_inventory(project.docs, contract, project.root).pages
    # Each locale has all pages: what is not translated shows the original.
    count = ceil(len({page.page_id for page in found}) / pages)
    count = max(1, min(count, _MOST // len(contract.locale_keys)))
    told = [
        {
            "locale": locale,
            "shard": f"{number}/{count}",
            "name": f"{locale}-{number}-of-{count}",
        }
        for locale in contract.locale_keys
        for number in range(1, count + 1)
    ]
    put(json.dumps(told) + "\n")
