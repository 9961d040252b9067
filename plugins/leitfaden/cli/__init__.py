"""The command line: `leitfaden …`."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

# Each command in its own module, imported when it runs: most of them need what others don't.
_COMMANDS = {
    "assemble": "leitfaden.cli.assemble",
    "build": "leitfaden.cli.build",
    "changed": "leitfaden.cli.changed",
    "check": "leitfaden.cli.check",
    "doctor": "leitfaden.cli.doctor",
    "exchange": "leitfaden.cli.exchange",
    "explain": "leitfaden.cli.explain",
    "export": "leitfaden.cli.export",
    "fix": "leitfaden.cli.fix",
    "impact": "leitfaden.cli.impact",
    "import": "leitfaden.cli.import_",
    "search": "leitfaden.cli.search",
    "serve": "leitfaden.cli.serve",
    "status": "leitfaden.cli.status",
    "translated": "leitfaden.cli.translated",
}
_INTERRUPTED = 130  # as shells count: 128 and the number of the signal


class _Commands(click.Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), module.rpartition(".")[2])
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; Ctrl-C is no finding, which click's own exit code would say."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(_INTERRUPTED)


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from leitfaden.cli.output import installed_version

    click.echo(f"leitfaden {installed_version() or '(not installed)'}")
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
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A character that a terminal's encoding lacks must not be the end of a report.
        sys.stdout.reconfigure(errors="replace")
    try:
        Path.cwd()
    except OSError as error:
        from leitfaden.cli.output import WrongUsage

        raise WrongUsage("The folder that this is run in is gone.") from error
