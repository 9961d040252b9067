"""`leitfaden exchange`: texts for translators, and what comes back from them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitfaden.cli import options as common
from leitfaden.cli.output import WrongUsage, cannot_write, put, show
from leitfaden.cli.project import Project, fail, open_project, paths_in, relative

if TYPE_CHECKING:
    from leitfaden.exchanging.files import Offer, UnreadableError
    from leitfaden.exchanging.handoff import LeftOut
    from leitfaden.exchanging.intake import Intake, TakenPage
    from leitfaden.model import Playbook
    from leitfaden.translating.lock import Lock

_LEFT = 1
_FORMATS = ("xliff", "po", "csv")  # as `exchanging.formats` has them, which takes long to import


@click.group()
def exchange() -> None:
    """Hand texts to translators, and take in what comes back."""


@exchange.command("export")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--locale", required=True, metavar="KEY", help="The language to translate into.")
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(_FORMATS),
    default="xliff",
    show_default=True,
    help="The format of the file.",
)
@click.option("--all", "everything", is_flag=True, help="Also what is translated already.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without it, it is printed.",
)
@common.language
@common.contract
@common.docs
@click.pass_context
def export_(
    context: click.Context,
    paths: tuple[Path, ...],
    locale: str,
    format_: str,
    everything: bool,
    output: Path | None,
    language: str,
    contract_path: Path,
    docs: Path | None,
) -> None:
    """Write what has to be translated: what is behind, missing, untranslated or contradicting.

    Each text has its context, the names in it, and its translation so far. Exit codes: 0 when
    there is something, 1 when there is nothing to translate, 2 for wrong usage or a wrong contract.
    """
    from leitfaden.contract import ContractError
    from leitfaden.exchanging.files import Delivery
    from leitfaden.exchanging.formats import FORMATS
    from leitfaden.reading import read_playbook
    from leitfaden.reading.playbook import no_collector

    try:
        project = open_project(contract_path, docs)
    except ContractError as error:
        context.exit(fail(error))
    _refuse_locale(locale, project)
    words = _words(language)
    contract = project.contract
    with no_collector():
        playbook = read_playbook(project.docs, contract, project.root)
        only = paths_in(project, paths)
        offers, left_out = _offers(project, playbook, locale, only, everything=everything)
        if offers:
            kind = FORMATS[format_]
            tags = (contract.locales[key].language or key for key in (contract.source, locale))
            ours, theirs = tags
            put(kind.mark + kind.write(Delivery(ours, theirs, offers)), output)
    pages = len({offer.text.page.id for offer in offers})
    click.echo(words["exported"].format(texts=len(offers), pages=pages), err=True)
    for why, count in sorted(left_out.items()):
        click.echo(f"{count:6} {words['left-out'][why]}", err=True)
    context.exit(0 if offers else _LEFT)


@exchange.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and change nothing.")
@common.language
@common.contract
@common.docs
@click.pass_context
def import_(
    context: click.Context,
    file: Path,
    dry_run: bool,
    language: str,
    contract_path: Path,
    docs: Path | None,
) -> None:
    """Take in a file that came back: XLIFF, PO or CSV.

    Only texts that still fit are taken, and nothing but their words is changed; each page is read
    again before it is written. What was taken is recorded as translated. Exit codes: 0 when all of
    it was taken, 1 when something was refused, 2 for a file that cannot be read, wrong usage or a
    wrong contract.
    """
    from leitfaden.contract import ContractError
    from leitfaden.exchanging.files import UnreadableError
    from leitfaden.exchanging.formats import read_file
    from leitfaden.exchanging.intake import take_in
    from leitfaden.reading import read_playbook
    from leitfaden.reading.playbook import no_collector

    try:
        project = open_project(contract_path, docs)
    except ContractError as error:
        context.exit(fail(error))
    words = _words(language)
    with no_collector():
        try:
            returned = read_file(_data(file), file.name)
        except UnreadableError as error:
            raise _cannot_read(file, error, words) from error
        playbook = read_playbook(project.docs, project.contract, project.root)
        locks = {locale: _lock(project, locale) for locale in playbook.locales[1:]}
        intake = take_in(returned, playbook, project.contract, locks)
        failed = {} if dry_run else _written(project, intake)
    show("".join(f"{line}\n" for line in _told(intake, failed, file, words, dry_run)))
    context.exit(_LEFT if intake.refused or failed else 0)


def _refuse_locale(locale: str, project: Project) -> None:
    from leitfaden.cli.translated import locales_of

    locales_of(locale, project.contract)


def _words(language: str) -> Mapping[str, Any]:
    from leitfaden.checking.wording import catalogue

    found: Mapping[str, Any] = {
        **catalogue("en")["exchanging"],
        **catalogue(language)["exchanging"],
    }
    return found


def _offers(
    project: Project,
    playbook: Playbook,
    locale: str,
    only: frozenset[str] | None,
    *,
    everything: bool,
) -> tuple[list[Offer], Counter[LeftOut]]:
    """Return the texts to hand off, and how many units cannot be, and why."""
    from leitfaden.checking.survey import is_asked
    from leitfaden.exchanging.files import Offer
    from leitfaden.exchanging.handoff import OPEN_STATES, Handing, chosen

    handing = Handing(playbook, project.contract)
    lock = _lock(project, locale)
    offers: list[Offer] = []
    left_out: Counter[LeftOut] = Counter()
    for page_id, page in playbook.pages[playbook.source].items():
        target = playbook.page(page_id, locale)
        paths = (page.path, *((target.path,) if target else ()))
        if not any(is_asked(path, only) for path in paths):
            continue
        handed = handing.page(page, target, locale, lock)
        context = handing.contexts(handed)
        offers += (Offer(text, context(text)) for text in chosen(handed, everything=everything))
        left_out.update(
            why for unit, why in handed.left_out if everything or unit.state in OPEN_STATES
        )
    return offers, left_out


def _lock_path(project: Project, locale: str) -> Path:
    from leitfaden.translating.lock import NAME

    return project.docs / locale / NAME


def _lock(project: Project, locale: str) -> Lock:
    """Return what is recorded of a locale.

    Raises:
        WrongUsage: The file cannot be read, or not all of it, so that something would be lost.
    """
    from leitfaden.translating.lock import Lock, read_lock

    path = _lock_path(project, locale)
    if not path.exists():
        return Lock()
    shown = relative(path, project)
    try:
        lock, problems = read_lock(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WrongUsage(f"{shown} cannot be read: {error}.") from error
    if problems:
        first = problems[0]
        raise WrongUsage(f"{shown}:{first.line}:{first.column}: {first.trouble}; correct it first.")
    return lock


def _data(file: Path) -> bytes:
    from leitfaden.exchanging.files import MAX_BYTES

    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise WrongUsage(f"Could not read {str(file)!r}: {reason}.") from error


def _cannot_read(file: Path, error: UnreadableError, words: Mapping[str, Any]) -> WrongUsage:
    from leitfaden.reporting.excerpt import harmless

    place = f"{file}:{error.line}" if error.line else str(file)
    said = words["trouble"][error.trouble].format(detail=error.detail)
    return WrongUsage(harmless(f"{place}: {said}"))


def _written(project: Project, intake: Intake) -> dict[str, str]:
    """Write pages and locks; return which pages could not be written, and why."""
    from leitfaden.translating.lock import Lock, write_lock

    failed: dict[str, str] = {}
    unwritten: set[tuple[str, str]] = set()
    for page in intake.pages:
        why = _write_page(project, page)
        if why:
            failed[page.before.path] = why
            unwritten.add((page.locale, page.before.id))
    for locale, lock in intake.locks.items():
        old = _lock(project, locale).pages
        pages = {
            page_id: old.get(page_id, frozenset()) if (locale, page_id) in unwritten else records
            for page_id, records in lock.pages.items()
        }
        kept = Lock({page_id: records for page_id, records in pages.items() if records})
        path = _lock_path(project, locale)
        _write_lock(path, write_lock(kept).encode(), project)
    return failed


def _write_lock(path: Path, data: bytes, project: Project) -> None:
    """Write a lock whole or not at all.

    Raises:
        WrongUsage: It cannot be written, or leads out of the folder of the pages.
    """
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(project.docs)):
        raise WrongUsage(f"{relative(path, project)} leads out of the folder of the pages.")
    made = target.with_name(f".{target.name}.tmp")
    try:
        made.write_bytes(data)
        made.replace(target)
    except OSError as error:
        raise cannot_write(path, error) from error


def _write_page(project: Project, page: TakenPage) -> str:
    """Write a page whole or not at all; return why it was not, or nothing."""
    from leitfaden.checking.engine import check_page
    from leitfaden.fixing import FixedPage, NotWrittenError, write

    if page.after.text == page.before.text:
        return ""
    facts, _ = check_page(page.after, project.contract)
    try:
        write(
            project.root / page.before.path, FixedPage(page.before, page.after, facts), project.docs
        )
    except NotWrittenError as error:
        return str(error)
    return ""


def _told(
    intake: Intake,
    failed: Mapping[str, str],
    file: Path,
    words: Mapping[str, Any],
    dry_run: bool,
) -> Iterator[str]:
    """Yield what was done and what was refused."""
    from leitfaden.reporting.excerpt import harmless

    for refused in intake.refused:
        one = refused.returned
        said = words["refused"][refused.reason].format(detail=refused.detail)
        place = f"{file}:{one.line}" if one.line else str(file)
        yield harmless(f"{place}: {one.label or one.ticket}: {said}")
    for path, why in failed.items():
        yield harmless(words["not-written"].format(path=path, why=why))
    pages = [page for page in intake.pages if page.before.path not in failed]
    for page in pages:
        if page.changed:
            key = "would-change" if dry_run else "changed"
            yield harmless(words[key].format(path=page.before.path, units=len(page.changed)))
    yield words["end"].format(
        taken=sum(len(page.changed) for page in pages),
        confirmed=sum(len(page.confirmed) for page in pages),
        unchanged=intake.unchanged,
        waiting=intake.waiting,
        refused=len(intake.refused),
    )
