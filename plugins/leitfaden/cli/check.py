"""`leitfaden check`: what is wrong, where, why, and what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitfaden.cli.project import (
    Project,
    fail,
    open_project,
    paths_in,
    relative,
    setting_of,
)
from leitfaden.cli.rules import codes_of
from leitfaden.contract import ContractError
from leitfaden.model import Severity

if TYPE_CHECKING:
    from leitfaden.checking.run import Report
    from leitfaden.reporting import Style

LANGUAGES = ("en", "de")
_FORMATS = ("text", "concise", "json", "sarif", "github", "junit", "markdown")
_NEVER = "never"
_LEVELS = (*(severity.value for severity in Severity), _NEVER)
_FOUND = 1


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """What the command was asked for; see its help."""

    paths: tuple[Path, ...]
    form: str
    output: Path | None
    language: str
    rules: tuple[str, ...]
    fail_on: str
    contract_path: Path
    docs: Path | None
    baseline_path: Path | None
    update_baseline: bool
    no_baseline: bool
    jobs: int | None
    no_cache: bool
    watch: bool


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without it, the report is printed.",
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
    "--rule",
    "-r",
    "rules",
    multiple=True,
    metavar="CODE",
    help="Only this rule, by code or name; can be given several times.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_LEVELS),
    default=Severity.WARNING.value,
    show_default=True,
    help="From which severity on the exit code is 1.",
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
@click.option(
    "--baseline",
    "baseline_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The findings to live with for now; .leitfaden-baseline.json beside the contract.",
)
@click.option(
    "--update-baseline",
    is_flag=True,
    help="Write the baseline: the first time all findings, later never more.",
)
@click.option("--no-baseline", is_flag=True, help="Tell also what the baseline knows.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1),
    help="How many processes read pages; one a core unless said otherwise.",
)
@click.option("--no-cache", is_flag=True, help="Neither use nor keep results of other runs.")
@click.option("--watch", "-w", is_flag=True, help="Check again when a file changes, until Ctrl-C.")
@click.pass_context
def check(context: click.Context, /, **options: object) -> None:
    """Check pages: files, folders, or by default the whole playbook.

    Whatever is asked for, each page is seen beside all others. Exit codes: 0 for no finding of the
    severity of --fail-on or above, 1 for findings, 2 for wrong usage or a wrong contract.
    """
    wanted = _Wanted(**options)  # type: ignore[arg-type]
    if wanted.watch:
        from leitfaden.cli.watch import watch

        watch(wanted.contract_path, wanted.docs, lambda: _once(wanted))
        return
    context.exit(_once(wanted))


def _once(wanted: _Wanted) -> int:
    """Check once, write the report, and return the exit code."""
    from leitfaden.checking.baseline import BaselineError

    try:
        project = open_project(wanted.contract_path, wanted.docs, use_cache=not wanted.no_cache)
        if wanted.update_baseline:
            _update_baseline(project, wanted)
        report = _report(project, wanted)
    except (ContractError, BaselineError) as error:
        return fail(error)
    _write(report, project, wanted)
    return _exit_code(report, wanted.fail_on)


def _report(project: Project, wanted: _Wanted) -> Report:
    from leitfaden.checking.baseline import load_baseline
    from leitfaden.checking.run import CheckOptions
    from leitfaden.checking.run import check as run

    path = _baseline_path(project, wanted)
    name = relative(path, project)
    baseline = None if wanted.no_baseline else load_baseline(path, name, wanted.language)
    options = CheckOptions(
        language=wanted.language,
        only=paths_in(project, wanted.paths),
        codes=codes_of(wanted.rules),
        baseline=baseline,
        baseline_name=name,
    )
    return run(setting_of(project, wanted.jobs), options)


def _update_baseline(project: Project, wanted: _Wanted) -> None:
    from leitfaden.checking.baseline import load_baseline, updated, write_baseline
    from leitfaden.checking.lines import Texts
    from leitfaden.checking.run import located_in, text_of
    from leitfaden.checking.survey import survey
    from leitfaden.reading.playbook import no_collector

    if wanted.paths or wanted.rules or wanted.no_baseline:
        raise click.UsageError("--update-baseline looks at all pages and all rules.")
    path = _baseline_path(project, wanted)
    known = load_baseline(path, relative(path, project), wanted.language)
    with no_collector():
        located = located_in(survey(setting_of(project, wanted.jobs)), None)
    texts = Texts(partial(text_of, project.root))
    try:
        write_baseline(path, updated(known, located, texts.text))
    except OSError as error:
        raise click.FileError(str(path), error.strerror) from error


def _baseline_path(project: Project, wanted: _Wanted) -> Path:
    from leitfaden.checking.baseline import DEFAULT_NAME

    return (wanted.baseline_path or project.root / DEFAULT_NAME).absolute()


def _write(report: Report, project: Project, wanted: _Wanted) -> None:
    from leitfaden.reporting import render

    lines = render(wanted.form, report, _style(project, wanted))
    text = "".join(f"{line}\n" for line in lines)
    if wanted.output is None:
        click.echo(text, nl=False, color=True)
        return
    try:
        wanted.output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.FileError(str(wanted.output), error.strerror) from error


def _style(project: Project, wanted: _Wanted) -> Style:
    from leitfaden.reporting import Style

    terminal = wanted.output is None and sys.stdout.isatty()
    coloured = terminal and not os.environ.get("NO_COLOR")
    return Style(
        language=wanted.language,
        colour=coloured or bool(os.environ.get("FORCE_COLOR")),
        width=shutil.get_terminal_size().columns if terminal else 100,
        help_url=project.contract.help_for(wanted.language),
    )


def _exit_code(report: Report, fail_on: str) -> int:
    if fail_on == _NEVER:
        return 0
    ranks = list(Severity)
    limit = ranks.index(Severity(fail_on))
    return _FOUND if any(ranks.index(d.severity) <= limit for d in report.diagnostics) else 0
