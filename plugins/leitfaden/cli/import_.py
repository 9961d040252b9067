"""`leitfaden import`: an older tree of pages becomes part of the playbook."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from leitfaden.cli import options as common
from leitfaden.cli.output import WrongUsage, cannot_write, put, show
from leitfaden.cli.project import docs_of, fail

if TYPE_CHECKING:
    from leitfaden.contract import Contract
    from leitfaden.importing.plan import ImportPlan
    from leitfaden.reporting import Style

_TOCS = ("toc.yml", "toc.yaml")
_LEFT = 1


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """What the command was asked for; see its help."""

    tree: Path
    locale: str
    toc: Path | None
    address: str
    dry_run: bool
    report: Path | None
    language: str
    contract_path: Path
    docs: Path | None


@click.command("import")
@click.argument("tree", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--locale", required=True, help="The locale of the tree, such as de.")
@click.option(
    "--toc",
    type=click.Path(path_type=Path),
    help="The table of contents; else toc.yml in PATH, if there is one.",
)
@click.option(
    "--address",
    default="",
    metavar="PREFIX",
    help="The folder in which the old site showed the tree, such as partner/de.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing but the report.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help="A folder for the report and the patch of words, or a file (.md or .json); "
    "without it, the report is printed.",
)
@common.language
@common.contract
@common.docs
@click.pass_context
def import_(context: click.Context, /, **options: Any) -> None:
    """Import an older tree of pages into docs/<locale>/.

    Pages of the project are never overwritten, all is written or nothing, and a second time
    changes nothing. Exit codes: 0 when everything came, 1 when a page stays as it was changed or a
    file could not be taken (with --dry-run: when there is something to import), 2 for wrong usage
    or a wrong contract.
    """
    wanted = _Wanted(**options)
    from leitfaden.contract import ContractError

    try:
        context.exit(_run(wanted))
    except ContractError as error:
        context.exit(fail(error))


def _run(wanted: _Wanted) -> int:
    from leitfaden.contract import parse_contract
    from leitfaden.importing.write import recover, write_import

    contract_path = Path(os.path.normpath(wanted.contract_path.absolute()))
    docs = docs_of(wanted.contract_path, wanted.docs)
    with _told(wanted):
        if recover(contract_path.parent, docs):
            click.echo(_words(wanted)["recovered"], err=True)
    text = _contract_text(contract_path)
    contract = parse_contract(text, contract_path.name)
    _check(wanted, contract, docs)
    plan = _plan(wanted, contract_path, text, contract, docs)
    if not wanted.dry_run and plan.is_needed:
        with _told(wanted), _interruptible():
            write_import(plan)
    _report(wanted, plan)
    if wanted.dry_run:
        return _LEFT if plan.is_needed else 0
    return _LEFT if plan.kept or plan.refused or plan.redirects.problem else 0


def _plan(
    wanted: _Wanted, contract_path: Path, text: str, contract: Contract, docs: Path
) -> ImportPlan:
    from leitfaden.importing.legacy import take_tree
    from leitfaden.importing.plan import Wanted, plan_import
    from leitfaden.importing.standing import take_standing
    from leitfaden.reading.playbook import no_collector

    toc = wanted.toc or _toc_in(wanted.tree)
    with no_collector():
        tree = take_tree(wanted.tree)
        if not tree.pages:
            raise WrongUsage(
                f"There is no Markdown file in {_shown(wanted.tree)}; name the folder that holds "
                "the pages."
            )
        return plan_import(
            tree,
            take_standing(contract_path, text, contract, docs, wanted.locale),
            Wanted(
                locale=wanted.locale,
                toc_path=toc,
                toc_text=_toc_text(toc) if toc else "",
                prefix=wanted.address.strip("/"),
                today=dt.date.today(),
            ),
        )


def _check(wanted: _Wanted, contract: Contract, docs: Path) -> None:
    """Refuse what cannot be imported.

    Raises:
        WrongUsage: It cannot; it tells what to do.
    """
    from leitfaden.contract import nearest
    from leitfaden.reading.redirects import address_fault

    if wanted.locale not in contract.locales:
        guess = nearest(wanted.locale, contract.locales)
        known = f"did you mean {guess!r}?" if guess else f"known: {', '.join(contract.locales)}."
        raise WrongUsage(f"The contract has no locale {wanted.locale!r}; {known}")
    tree = wanted.tree
    if not tree.exists():
        raise WrongUsage(f"There is no folder {_shown(tree)}; name the one that holds the pages.")
    if not tree.is_dir():
        raise WrongUsage(f"{_shown(tree)} is no folder; name the one that holds the pages.")
    real, pages = Path(os.path.realpath(tree)), Path(os.path.realpath(docs))
    if real.is_relative_to(pages):
        raise WrongUsage(f"{_shown(tree)} lies in the docs folder: its pages are there already.")
    if pages.is_relative_to(real):
        raise WrongUsage(
            f"{_shown(tree)} holds the docs folder itself; move the old pages elsewhere first."
        )
    if wanted.toc and not wanted.toc.is_file():
        raise WrongUsage(f"There is no file {_shown(wanted.toc)}; leave --toc out if none exists.")
    prefix = wanted.address.strip("/")
    if prefix and address_fault(prefix):
        raise WrongUsage(f"{prefix!r} is no folder of a site; write it such as partner/de.")


def _contract_text(path: Path) -> str:
    """Return the contract's text as it is written, line ends and byte order mark included."""
    from leitfaden.contract import load_contract

    load_contract(path)  # which says what is wrong with it
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"Could not read {_shown(path)}: {error}.") from error


def _toc_in(tree: Path) -> Path | None:
    return next((tree / name for name in _TOCS if (tree / name).is_file()), None)


def _toc_text(path: Path) -> str:
    from leitfaden.reading.files import content_of
    from leitfaden.reading.source import decode

    content = content_of(str(path))
    if content.problem:
        raise WrongUsage(f"Could not read {_shown(path)}: {content.problem}.")
    return decode(content.data).text


def _report(wanted: _Wanted, plan: ImportPlan) -> None:
    from leitfaden.reporting import Style
    from leitfaden.reporting.importing import Asked, document, markdown, needs

    contract = plan.standing.contract
    style = Style(language=wanted.language, help_url=contract.help_for(wanted.language))
    report = wanted.report
    if report is None:
        show(markdown(plan, style, Asked(wanted.dry_run)))
    elif report.suffix == ".json":
        put(document(plan), report)
    elif report.suffix == ".md":
        put(markdown(plan, style, Asked(wanted.dry_run)), report)
    else:
        _report_folder(report, wanted, plan, style)
    words = _words(wanted)
    key = "done-dry" if wanted.dry_run else "done"
    if not plan.is_needed:
        key = "done-nothing"
    done = words[key].format(
        pages=sum(page.state == "new" for page in plan.pages),
        aside=len(plan.aside),
        person=needs(plan, style),
    )
    click.echo(done, err=True)
    if report:
        click.echo(words["report-in"].format(path=_shown(report)), err=True)


def _report_folder(folder: Path, wanted: _Wanted, plan: ImportPlan, style: Style) -> None:
    """Write the report in both forms, and the patch of words beside it."""
    from leitfaden.reporting.importing import Asked, document, markdown

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    base = folder / f"import-{plan.locale}"
    patch = base.with_suffix(".patch") if plan.vocabulary.diff else None
    put(
        markdown(plan, style, Asked(wanted.dry_run, _shown(patch) if patch else "")),
        base.with_suffix(".md"),
    )
    put(document(plan), base.with_suffix(".json"))
    if patch:
        put(plan.vocabulary.diff, patch)
    else:
        with suppress(OSError):
            base.with_suffix(".patch").unlink()


@contextmanager
def _told(wanted: _Wanted) -> Iterator[None]:
    """Tell in one sentence why nothing was written."""
    from leitfaden.importing.write import NotImportedError

    try:
        yield
    except NotImportedError as error:
        from leitfaden.model.visible import harmless

        said = _words(wanted)[error.reason].format(detail=error.detail)
        raise WrongUsage(harmless(said)) from error


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let a request to end be what Ctrl-C is, so that everything is undone."""

    def interrupt(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _words(wanted: _Wanted) -> Mapping[str, str]:
    from leitfaden.checking.wording import catalogue

    words: Mapping[str, str] = catalogue(wanted.language)["importing"]
    return words


def _shown(path: Path) -> str:
    from leitfaden.model.visible import harmless

    return harmless(str(path))
