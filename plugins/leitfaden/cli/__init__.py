"""The command line: `leitfaden …`."""

from __future__ import annotations

from importlib import import_module

import click

# Each command in its own module, imported when it runs: most of them need what others don't.
_COMMANDS = {
    "check": "leitfaden.cli.check",
    "explain": "leitfaden.cli.explain",
    "export": "leitfaden.cli.export",
    "fix": "leitfaden.cli.fix",
}


class _Commands(click.Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(_COMMANDS[cmd_name]), cmd_name)
        return command


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("leitfaden")
    except PackageNotFoundError:  # run from a source tree that is not installed
        number = "(not installed)"
    click.echo(f"leitfaden {number}")
    context.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
