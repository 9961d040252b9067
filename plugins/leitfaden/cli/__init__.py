"""The command line: `leitfaden …`."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import click

from leitfaden.cli.export import export


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    try:
        number = version("leitfaden")
    except PackageNotFoundError:  # run from a source tree that is not installed
        number = "(not installed)"
    click.echo(f"leitfaden {number}")
    context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Turn a tree of playbook pages into a checked, searchable site in every language."""


main.add_command(export)
