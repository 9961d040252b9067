"""`leitfaden assemble`: a site out of the parts that several machines have built."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from leitfaden.engine.assembling import assemble as assemble_site
from leitfaden.engine.parts import PartError

_QUIET_SECONDS = 1.0  # before progress is shown
_STEP = 0.1


@click.command()
@click.argument(
    "parts", nargs=-1, required=True, metavar="PART...", type=click.Path(path_type=Path)
)
@click.option(
    "--site-dir",
    "-d",
    "site",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The folder of the site.",
)
@click.option("--quiet", "-q", is_flag=True, help="Tell only of errors.")
def assemble(parts: tuple[Path, ...], site: Path, quiet: bool) -> None:
    """Put together a site of which `leitfaden build --locale` has built the parts.

    Each PART is a folder. All parts have to be there, built from the same commit, and just as they
    were built; else nothing changes. The site is the one that `leitfaden build` would have made.
    """
    progress = None if quiet or not sys.stderr.isatty() else _Progress()
    try:
        count = assemble_site(parts, site, progress)
    except PartError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        where = f": {error.filename!r}" if error.filename else ""
        raise click.ClickException(f"{error.strerror or error}{where}.") from error
    finally:
        if progress:
            progress.end()
    if not quiet:
        click.echo(f"{len(parts)} parts with {count:,} files are now the site in {str(site)!r}.")


class _Progress:
    """How far it is, on a terminal, if it takes long enough for anybody to wonder."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _QUIET_SECONDS
        self._shown = False

    def __call__(self, done: int, count: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _STEP
            self._shown = True
            click.echo(f"\rCopying files: {done:,} of {count:,}", nl=False, err=True)

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
