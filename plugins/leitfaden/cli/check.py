"""`leitfaden check`: what is wrong, where, why, and what to do about it."""

from __future__ import annotations

import gc
import shutil
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

import click

from leitfaden.cli import options as common
from leitfaden.cli.output import (
    WrongUsage,
    cannot_write,
    installed_version,
    is_coloured,
    put,
    show,
)
from leitfaden.cli.project import (
    CACHE,
    Project,
    docs_of,
    fail,
    open_project,
    paths_in,
    relative,
    repository_prefix,
    root_of,
    setting_of,
    store_of,
)
from leitfaden.cli.rules import codes_of

if TYPE_CHECKING:
    from leitfaden.checking.run import Report

# The same as where they belong, which takes longer to import than to tell again what is known.
_FORMATS = ("text", "concise", "json", "sarif", "github", "junit", "markdown")
_FOR_PEOPLE = ("text", "concise")
_IN_REPOSITORY = ("sarif", "github")  # formats of which GitHub reads the paths
_BASELINE = ".leitfaden-baseline.json"
_NEVER = "never"
_LEVELS = ("error", "warning", "notice", _NEVER)
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
@common.language
@common.rules
@click.option(
    "--fail-on",
    type=click.Choice(_LEVELS),
    default="warning",
    show_default=True,
    help="From which severity on the exit code is 1.",
)
@common.contract
@common.docs
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
    if not wanted.watch:
        context.exit(_once(wanted))
    if wanted.update_baseline:
        raise WrongUsage("--watch and --update-baseline do not go together.")
    from leitfaden.cli.watch import watch

    watch(
        docs_of(wanted.contract_path, wanted.docs),
        files=(wanted.contract_path.absolute(), _baseline_path(wanted)),
        ours=(root_of(wanted.contract_path) / CACHE, *filter(None, (wanted.output,))),
        action=lambda: _once(wanted),
    )


class _Look(NamedTuple):
    """What a report may look like, and what stands in front of its paths."""

    colour: bool
    width: int
    prefix: str


def _once(wanted: _Wanted) -> int:
    """Check once, write the report, and return the exit code."""
    look = _look(wanted)
    key = _key(wanted, look)
    store = store_of(wanted.contract_path)
    known = store.get("report", key) if key else None
    if _is_kept(known):
        text, code = known
    else:
        from leitfaden.checking.baseline import BaselineError
        from leitfaden.contract import ContractError
        from leitfaden.reading.playbook import no_collector

        try:
            with no_collector():  # which would look at all pages once more as soon as it may
                text, code = _checked(wanted, look)
                if not wanted.watch:
                    gc.freeze()  # the process ends, and whatever is left of the pages with it
        except (ContractError, BaselineError) as error:
            return fail(error)
        if key and key == _key(wanted, look):  # nothing has changed while pages were looked at
            store.put("report", key, (text, code))
    _write(text, wanted)
    return code


def _key(wanted: _Wanted, look: _Look) -> str:
    """Return what stands for all that a report depends on; empty if it is not to be kept."""
    if wanted.no_cache or wanted.update_baseline:
        return ""
    from leitfaden.checking.replay import key_of_report

    docs = docs_of(wanted.contract_path, wanted.docs)
    inputs = [wanted.contract_path]
    if not wanted.no_baseline:
        inputs.append(_baseline_path(wanted))
    asked = repr((replace(wanted, jobs=None, output=None), look, _version(wanted)))
    return key_of_report(docs, inputs, asked)


def _is_kept(known: object) -> TypeGuard[tuple[str, int]]:
    """Tell whether what was kept is a report: others can write into the folder where it is."""
    if not isinstance(known, tuple) or len(known) != 2:
        return False
    text, code = known
    return isinstance(text, str) and code in (0, _FOUND)


def _checked(wanted: _Wanted, look: _Look) -> tuple[str, int]:
    """Return the text of the report, and the exit code."""
    from leitfaden.reporting import Style, render

    project = open_project(wanted.contract_path, wanted.docs, use_cache=not wanted.no_cache)
    if wanted.update_baseline:
        _update_baseline(project, wanted)
    report = _report(project, wanted)
    style = Style(
        language=wanted.language,
        colour=look.colour,
        width=look.width,
        help_url=project.contract.help_for(wanted.language),
        version=_version(wanted),
        prefix=look.prefix,
    )
    text = "".join(f"{line}\n" for line in render(wanted.form, report, style))
    return text, _exit_code(report, wanted.fail_on)


def _report(project: Project, wanted: _Wanted) -> Report:
    from leitfaden.checking.baseline import load_baseline
    from leitfaden.checking.run import CheckOptions
    from leitfaden.checking.run import check as run

    path = _baseline_path(wanted)
    name = relative(path, project)
    baseline = None if wanted.no_baseline else load_baseline(path, name, wanted.language)
    if wanted.baseline_path and not wanted.no_baseline and baseline is None:
        raise WrongUsage(f"There is no baseline {name}; --update-baseline makes one.")
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
        raise WrongUsage("--update-baseline looks at all pages, all rules and the baseline.")
    path = _baseline_path(wanted)
    known = load_baseline(path, relative(path, project), wanted.language)
    with no_collector():
        located = located_in(survey(setting_of(project, wanted.jobs)), None)
    texts = Texts(partial(text_of, project.root))
    try:
        write_baseline(path, updated(known, located, texts.text))
    except OSError as error:
        raise cannot_write(path, error) from error


def _baseline_path(wanted: _Wanted) -> Path:
    return (wanted.baseline_path or root_of(wanted.contract_path) / _BASELINE).absolute()


def _write(text: str, wanted: _Wanted) -> None:
    if wanted.output is None and wanted.form in _FOR_PEOPLE:
        show(text)
    else:
        put(text, wanted.output)


def _look(wanted: _Wanted) -> _Look:
    terminal = wanted.output is None and sys.stdout.isatty()
    root = root_of(wanted.contract_path)
    return _Look(
        colour=wanted.output is None and wanted.form in _FOR_PEOPLE and is_coloured(terminal),
        width=shutil.get_terminal_size().columns if terminal else 100,
        prefix=repository_prefix(root) if wanted.form in _IN_REPOSITORY else "",
    )


def _version(wanted: _Wanted) -> str:
    """Return the program's version for the one format that names it."""
    return installed_version() if wanted.form == "sarif" else ""


def _exit_code(report: Report, fail_on: str) -> int:
    if fail_on == _NEVER:
        return 0
    from leitfaden.model import Severity

    ranks = list(Severity)
    limit = ranks.index(Severity(fail_on))
    return _FOUND if any(ranks.index(d.severity) <= limit for d in report.diagnostics) else 0
