"""`leitfaden fix`: what can be corrected without asking, and on request what is to be looked at."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitfaden.cli.check import LANGUAGES
from leitfaden.cli.project import fail, open_project, paths_in, setting_of
from leitfaden.cli.rules import codes_of
from leitfaden.contract import ContractError

if TYPE_CHECKING:
    from leitfaden.fixing import FixedPage

_FOUND = 1


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--unsafe", is_flag=True, help="Make also the fixes that you then have to look at.")
@click.option("--diff", is_flag=True, help="Show what would be changed, and change nothing.")
@click.option(
    "--rule",
    "-r",
    "rules",
    multiple=True,
    metavar="CODE",
    help="Only this rule, by code or name; can be given several times.",
)
@click.option(
    "--language",
    "-l",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    envvar="LEITFADEN_LANGUAGE",
    help="The language of the messages.",
)
@click.option(
    "--contract",
    "contract_path",
    type=click.Path(path_type=Path),
    default="playbook.yml",
    show_default=True,
    help="The contract of the playbook.",
)
@click.option(
    "--docs",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the pages, if it is not docs/ beside the contract.",
)
@click.pass_context
def fix(
    context: click.Context,
    paths: tuple[Path, ...],
    unsafe: bool,
    diff: bool,
    rules: tuple[str, ...],
    language: str,
    contract_path: Path,
    docs: Path | None,
) -> None:
    """Correct pages: files, folders, or by default the whole playbook.

    Each corrected page is read again before it is written, and not written if anything changed
    but what was to be corrected. Exit codes: 0 when everything was done (with --diff: nothing to
    do), 1 when something could not be (with --diff: is to do), 2 for wrong usage or a wrong
    contract.
    """
    from leitfaden.fixing.run import FixOptions, fixed_pages

    try:
        project = open_project(contract_path, docs)
    except ContractError as error:
        context.exit(fail(error))
    options = FixOptions(unsafe=unsafe, only=paths_in(project, paths), codes=codes_of(rules))
    told = _Told(language)
    for file, fixed in fixed_pages(setting_of(project, None), options):
        if diff:
            told.diff(fixed)
        else:
            told.write(file, fixed, project.docs)
    context.exit(told.end(diff))


class _Told:
    """What is told of fixed pages, and counted for the end."""

    def __init__(self, language: str) -> None:
        from leitfaden.fixing.wording import sentences

        self._language = language
        self._words = sentences(language)
        self._made: Counter[str] = Counter()
        self._pages = 0
        self._left = 0

    def diff(self, fixed: FixedPage) -> None:
        """Show what would be changed."""
        from leitfaden.fixing import unified_diff

        self._count(fixed)
        click.echo(unified_diff(fixed), nl=False)

    def write(self, file: Path, fixed: FixedPage, docs: Path) -> None:
        """Write a page, and tell what was done."""
        from leitfaden.fixing import NotWrittenError, told, write

        if fixed.changed:
            try:
                write(file, fixed, docs)
            except NotWrittenError as error:
                self._left += len(fixed.applied)
                reason = told(error.reason, error.detail, self._language)
                click.echo(f"{fixed.path}: {reason}", err=True)
                return
        self._count(fixed)

    def _count(self, fixed: FixedPage) -> None:
        from leitfaden.fixing import told

        self._pages += fixed.changed
        self._made.update(repair.found.code for repair in fixed.applied)
        self._left += len(fixed.refused)
        for one in fixed.refused:
            reason = told(one.reason, one.detail, self._language)
            click.echo(f"{one.place}: {one.found.code} {reason}", err=True)

    def end(self, diff: bool) -> int:
        """Tell how much was done, and return the exit code."""
        from leitfaden.checking.registry import all_rules

        if not diff:
            for code, count in sorted(self._made.items()):
                click.echo(f"{count:6} {code} {all_rules()[code].name}")
        key = "would" if diff else "done"
        count = self._made.total()
        click.echo(self._words[key].format(count=count, pages=self._pages), err=diff)
        return _FOUND if self._left or (diff and count) else 0
