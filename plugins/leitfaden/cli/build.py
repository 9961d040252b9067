"""`leitfaden build`: the site, in all languages."""

from __future__ import annotations

import logging
import signal
import sys
from types import FrameType
from typing import IO, Any, NoReturn

import click

from leitfaden.cli.output import is_coloured


@click.command()
@click.option(
    "--config-file",
    "-f",
    type=click.File("rb"),
    help="The configuration, if it is not mkdocs.yml; `-` reads it from standard input.",
)
@click.option(
    "--strict/--no-strict",
    "-s",
    default=None,
    help="Whether a warning fails the build, if not as mkdocs.yml says.",
)
@click.option(
    "--site-dir",
    "-d",
    type=click.Path(),
    help="The folder of the site, if it is not the `site_dir` of mkdocs.yml.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1),
    help="How many processes work at the same time; one a core unless said otherwise.",
)
@click.option("--quiet", "-q", "level", flag_value="ERROR", help="Tell only of errors.")
@click.option("--verbose", "-v", "level", flag_value="DEBUG", help="Tell of each step.")
def build(
    config_file: IO[bytes] | None,
    strict: bool | None,
    site_dir: str | None,
    jobs: int | None,
    level: str | None,
) -> None:
    """Build the site: the same files as `mkdocs build` makes, by several processes at once.

    If that fails, the last good site stays as it is.
    """
    from mkdocs import __main__ as mkdocs
    from mkdocs.config import load_config

    from leitfaden.engine.whole import build as build_site

    messages: Any = mkdocs  # of what it has, nothing is typed
    state = messages.State(level=level or "INFO")
    if not is_coloured(sys.stderr.isatty()):
        state.stream.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    messages._enable_warnings()
    signal.signal(signal.SIGTERM, _end)
    # As MkDocs does: what is not given must not be in the way of what the file says.
    build_site(load_config(config_file=config_file, strict=strict, site_dir=site_dir), jobs)


def _end(number: int, _: FrameType | None) -> NoReturn:
    """End in order, so that nothing half-made is left behind."""
    sys.exit(128 + number)
