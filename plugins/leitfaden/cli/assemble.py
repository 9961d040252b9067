"""`leitfaden assemble`: a site out of the parts that several machines have built."""

from __future__ import annotations

from pathlib import Path

import click

from leitfaden.engine.assembling import assemble as assemble_site
from leitfaden.engine.parts import PartError
from leitfaden.engine.progress import Progress


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
    progress = Progress(is_shown=not quiet)

    def tell(done: int, of: int) -> None:
        progress.show(f"{done:,} of {of:,} files")

    try:
        count = assemble_site(parts, site, tell)
    except PartError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        where = f": {error.filename!r}" if error.filename else ""
        raise click.ClickException(f"{error.strerror or error}{where}.") from error
    finally:
        progress.end()
    if not quiet:
        click.echo(f"{len(parts)} parts with {count:,} files are now the site in {str(site)!r}.")
