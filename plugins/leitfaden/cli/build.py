"""`leitfaden build`: the site, in all languages."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

import click

from leitfaden.cli.output import is_coloured
from leitfaden.cli.share import build_share, share_of
from leitfaden.engine.manifest import Known

_CONFIGURATIONS = ("mkdocs.yml", "mkdocs.yaml")
_COLOURS = {"WARNING": "yellow", "ERROR": "red", "CRITICAL": "red"}  # as MkDocs has them


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
@click.option("--locale", help="Build a part of the site only: this locale's, for `assemble`.")
@click.option(
    "--shard",
    metavar="I/N",
    help="Of the locale's pages only every n-th: 1/4 is the first of four parts.",
)
@click.option("--no-cache", is_flag=True, help="Neither use nor keep results of other builds.")
@click.option("--quiet", "-q", "level", flag_value="ERROR", help="Tell only of errors.")
@click.option("--verbose", "-v", "level", flag_value="DEBUG", help="Tell of each step.")
def build(
    config_file: IO[bytes] | None,
    strict: bool | None,
    site_dir: str | None,
    jobs: int | None,
    locale: str | None,
    shard: str | None,
    no_cache: bool,
    level: str | None,
) -> None:
    """Build the site: the same files as `mkdocs build` makes, by several processes at once.

    If that fails, the last good site stays as it is. If nothing has changed since the last build,
    it stays as well, and what was told then is told again.
    """
    share = share_of(locale, shard)
    options = {"strict": strict, "site-dir": site_dir, "level": level, "folder": Path.cwd()}
    file = None if no_cache or share else _file_of(config_file)
    known = Known.of(file, options) if file else None
    if known and known.is_the_same():
        _tell_again(known.told, level)
        return

    from mkdocs.config import load_config

    from leitfaden.engine.messages import print_warnings, printed
    from leitfaden.engine.whole import build as build_site

    with printed(level or "INFO", coloured=is_coloured(sys.stderr.isatty())):
        print_warnings()
        signal.signal(signal.SIGTERM, _end)
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, _too_long)  # when the contract's time is up
        # As MkDocs does: what is not given must not be in the way of what the file says.
        read = partial(load_config, config_file=config_file, strict=strict, site_dir=site_dir)
        if share:
            build_share(read(), share, jobs)
            return
        if known is None:
            build_site(read(), jobs)
            return

        from leitfaden.engine.inputs import building

        with building(known, read) as (config, look, kept):
            build_site(config, jobs, look, kept)


def _file_of(given: IO[bytes] | None) -> Path | None:
    """Return the configuration's file, as MkDocs finds it; None if it is none."""
    names = (given.name,) if given else _CONFIGURATIONS
    return next((Path(name).absolute() for name in names if Path(name).is_file()), None)


def _tell_again(told: Iterable[tuple[str, str]], level: str | None) -> None:
    """Tell what the last build told, in the form in which MkDocs tells it."""
    same = ("INFO", "Nothing has changed since the last build: the site is as it was.")
    least = logging.getLevelName(level or "INFO")
    for name, text in (*told, same):
        if logging.getLevelName(name) >= least:
            head = f"{name:<8}-  "
            coloured = is_coloured(sys.stderr.isatty()) and name in _COLOURS
            click.echo((click.style(head, _COLOURS[name]) if coloured else head) + text, err=True)


def _too_long(_: int, __: FrameType | None) -> NoReturn:
    """End in order, and tell why."""
    click.echo("ERROR   -  The build took longer than `limits.minutes` in the contract.", err=True)
    sys.exit(1)


def _end(number: int, _: FrameType | None) -> NoReturn:
    """End in order, so that nothing half-made is left behind."""
    sys.exit(128 + number)
