"""`leitfaden doctor`: what keeps a project from being built well, and what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from leitfaden.cli import options as common
from leitfaden.cli.output import WrongUsage, is_coloured, put, show

_CONFIGURATIONS = ("mkdocs.yml", "mkdocs.yaml")
_FOUND = 1


@click.command()
@click.option(
    "--config-file",
    "config_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The configuration, if it is not mkdocs.yml, here or in a folder above.",
)
@common.form
@common.language
@click.pass_context
def doctor(context: click.Context, config_file: Path | None, form: str, language: str) -> None:
    """Tell what keeps a project from being built well, and what to do about it.

    It looks at versions, mkdocs.yml, other plugins, git, names of files, the disk, the cache, and
    what would run on the successors of MkDocs. Nothing is built, and pages are not checked. Exit
    codes: 0 if nothing is an error, 1 if something is, 2 for wrong usage.
    """
    file = _file_of(config_file)
    # MkDocs' own, and those of its theme, are no news here.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")

    from leitfaden.engine.doctor import examine
    from leitfaden.model import Severity
    from leitfaden.reporting import Style
    from leitfaden.reporting.doctor import document, markdown, text

    examined = examine(file, language)
    if form == "json":
        put(document(examined))
    else:
        terminal = sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if terminal else 100
        style = Style(language=language, colour=is_coloured(terminal), width=width)
        lines = markdown(examined, style) if form == "markdown" else text(examined, style)
        told = "".join(f"{line}\n" for line in lines)
        put(told) if form == "markdown" else show(told)
    troubles = (trouble for one in examined for trouble in one.troubles)
    context.exit(_FOUND if any(one.severity is Severity.ERROR for one in troubles) else 0)


def _file_of(given: Path | None) -> Path:
    """Return the configuration that is given, or the next one on the way up from here.

    Raises:
        WrongUsage: There is none.
    """
    if given is not None:
        if not given.is_file():
            raise WrongUsage(f"There is no file {str(given)!r}.")
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        for name in _CONFIGURATIONS:
            if (folder / name).is_file():
                return folder / name
    raise WrongUsage("There is no mkdocs.yml, neither here nor in a folder above.")
