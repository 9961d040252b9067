"""What commands print, write and refuse."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from leitfaden.contract import Contract
    from leitfaden.reporting import Style

FAILED = 2  # the exit code for wrong usage, and for a contract or a baseline that cannot be used


class WrongUsage(click.ClickException):
    """What was asked for cannot be done: told in one line."""

    exit_code = FAILED


def show(text: str) -> None:
    """Print a text for people, in whatever encoding their terminal has."""
    _print(text)


def put(text: str, file: Path | None = None) -> None:
    r"""Write a text for programs: in UTF-8, with `\n` as it is.

    Args:
        text: The text; half of a surrogate pair is written as JSON does.
        file: The file; if None, the text is printed.

    Raises:
        WrongUsage: The file cannot be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    if file is None:
        _print(data)
        return
    try:
        file.write_bytes(data)
    except (OSError, ValueError) as error:
        raise cannot_write(file, error) from error


def cannot_write(file: Path, error: OSError | ValueError) -> WrongUsage:
    """Return what tells that a file cannot be written."""
    reason = getattr(error, "strerror", None) or error
    return WrongUsage(f"Could not write {str(file)!r}: {reason}.")


def is_coloured(terminal: bool) -> bool:
    """Tell whether there are colours, by what tools have agreed on (https://no-color.org).

    Args:
        terminal: Whether a terminal shows the text.
    """
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    return forced != "0" if forced else terminal and os.environ.get("TERM") != "dumb"


def style_of(form: str, language: str, contract: Contract | None = None) -> Style:
    """Return how a report looks: as wide as the terminal, with colours where it can show them.

    Args:
        form: How it is written; only `text` has colours.
        language: Its language.
        contract: The playbook's contract, for reports that name units of pages.
    """
    from leitfaden.reporting import Style

    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else 100
    style = Style(language=language, colour=form == "text" and is_coloured(terminal), width=width)
    if contract is None:
        return style
    from leitfaden.translating.wording import worded

    return replace(style, in_words=partial(worded, contract=contract, language=language))


def installed_version() -> str:
    """Return the program's version; empty in a source tree that is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("leitfaden")
    except PackageNotFoundError:
        return ""


def _print(text: str | bytes) -> None:
    try:
        click.echo(text, nl=False, color=True)
    except BrokenPipeError:  # whoever reads has seen enough, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
