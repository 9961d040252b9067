"""`leitfaden fix`: what can be corrected without asking, and on request what is to be looked at."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitfaden.cli import options as common
from leitfaden.cli.output import put, show
from leitfaden.cli.project import fail, open_project, paths_in, setting_of
from leitfaden.cli.rules import codes_of

if TYPE_CHECKING:
    from leitfaden.fixing import FixedPage, Reason, Refusal

_FOUND = 1


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--unsafe", is_flag=True, help="Make also the fixes that you then have to look at.")
@click.option("--diff", is_flag=True, help="Show what would be changed, and change nothing.")
@common.rules
@common.language
@common.contract
@common.docs
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
    from leitfaden.contract import ContractError
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
        self._language = language
        self._made: Counter[str] = Counter()
        self._pages = 0
        self._left = 0

    def diff(self, fixed: FixedPage) -> None:
        """Show what would be changed."""
        from leitfaden.fixing import unified_diff

        self._count(fixed)
        put(unified_diff(fixed))

    def write(self, file: Path, fixed: FixedPage, docs: Path) -> None:
        """Write a page, and tell what was done."""
        from leitfaden.fixing import NotWrittenError, write

        try:
            write(file, fixed, docs)
        except NotWrittenError as error:
            self._left += len(fixed.applied)
            self._refuse(f"{fixed.path}:", error.reason, error.detail)
            return
        self._count(fixed)

    def end(self, diff: bool) -> int:
        """Tell how much was done, and return the exit code."""
        from leitfaden.checking.registry import all_rules
        from leitfaden.reporting import Style

        count = self._made.total()
        style = Style(language=self._language)
        key = "to-correct" if diff else "corrected"
        done = style.words()[key if count or self._left else "nothing-to-correct"].format(
            findings=style.counted("finding", count), pages=style.counted("page", self._pages)
        )
        if diff:
            click.echo(done, err=True)  # standard output holds nothing but the diff
        else:
            made = sorted(self._made.items())
            lines = [f"{n:6} {code} {all_rules()[code].name}" for code, n in made]
            show("".join(f"{line}\n" for line in (*lines, done)))
        return _FOUND if self._left or (diff and count) else 0

    def _count(self, fixed: FixedPage) -> None:
        self._pages += fixed.changed
        self._made.update(repair.found.code for repair in fixed.applied)
        self._left += len(fixed.refused)
        for one in fixed.refused:
            self._refuse(f"{one.place}: {one.found.code}", one.reason, one.detail)

    def _refuse(self, what: str, reason: Reason | Refusal, detail: str) -> None:
        from leitfaden.fixing import told
        from leitfaden.model.visible import harmless

        said = told(reason, detail, self._language)
        click.echo(harmless(f"{what} {said}"), err=True)
