"""`leitfaden exchange`: texts for translators, and what comes back from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitfaden.cli import options as common
from leitfaden.cli.locks import refuse_damaged, repaired, replace_lock
from leitfaden.cli.output import WrongUsage, put, show
from leitfaden.cli.project import Project, fail, open_project, paths_in, setting_of
from leitfaden.cli.translated import asked_pairs, locales_of, pairs_for

if TYPE_CHECKING:
    from leitfaden.checking.pairs import LockFile, Pairs
    from leitfaden.contract import Contract
    from leitfaden.exchanging.files import Offer, UnreadableError
    from leitfaden.exchanging.handoff import LeftOut
    from leitfaden.exchanging.intake import Intake, Returned
    from leitfaden.model import Playbook
    from leitfaden.reading.inventory import Inventory

_LEFT = 1
_DAMAGED = "LF518"
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
    from leitfaden.reading.playbook import no_collector

    try:
        project = open_project(contract_path, docs)
    except ContractError as error:
        context.exit(fail(error))
    contract = project.contract
    locales_of(locale, contract)
    words = _words(language)
    with no_collector():
        only = paths_in(project, paths)
        pairs = pairs_for(project, only)
        offers, left_out = _offers(project, pairs, locale, only, everything=everything)
        if offers:
            kind = FORMATS[format_]
            tags = (contract.locales[key].language or key for key in (contract.source, locale))
            ours, theirs = tags
            put(kind.mark + kind.write(Delivery(ours, theirs, offers)), output)
    for line in _damaged(pairs, locale, contract, language):
        click.echo(line, err=True)
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
        intake, locks = _taken_in(returned, project)
        failed = {} if dry_run else _write_pages(project, intake, language)
    show("".join(f"{line}\n" for line in _told(intake, failed, file, words, dry_run)))
    if not dry_run:
        _write_locks(project, intake, failed, locks, language)
    context.exit(_LEFT if intake.refused or failed else 0)


def _words(language: str) -> Mapping[str, Any]:
    from leitfaden.checking.wording import catalogue

    found: Mapping[str, Any] = {
        **catalogue("en")["exchanging"],
        **catalogue(language)["exchanging"],
    }
    return found


def _offers(
    project: Project,
    pairs: Pairs,
    locale: str,
    only: frozenset[str] | None,
    *,
    everything: bool,
) -> tuple[list[Offer], Counter[LeftOut]]:
    """Return the texts to hand off, and how many units cannot be, and why."""
    from leitfaden.checking.survey import is_asked
    from leitfaden.exchanging.files import Offer
    from leitfaden.exchanging.handoff import OPEN_STATES, Handing, chosen

    # What is known of all pages tells which have to be read.
    wanted = {
        pair.page_id
        for pair in asked_pairs(pairs, only, (locale,))
        if everything or OPEN_STATES.intersection(pair.counts)
    }
    wanted |= {
        one.source.page_id
        for one in pairs.lacking
        if one.locale == locale and is_asked(one.source.path, only)
    }
    playbook = _read(project, pairs.inventory, wanted)
    handing = Handing(project.contract)
    lock = pairs.locks[locale].lock
    offers: list[Offer] = []
    left_out: Counter[LeftOut] = Counter()
    for page_id, page in playbook.pages[playbook.source].items():
        handed = handing.page(page, playbook.page(page_id, locale), locale, lock)
        context = handing.contexts(handed)
        offers += (Offer(text, context(text)) for text in chosen(handed, everything=everything))
        left_out.update(
            why for unit, why in handed.left_out if everything or unit.state in OPEN_STATES
        )
    return offers, left_out


def _read(project: Project, inventory: Inventory, page_ids: Set[str]) -> Playbook:
    """Read some pages, of which those that others include are like all others here."""
    from leitfaden.model import Playbook
    from leitfaden.reading.page import PageReader
    from leitfaden.reading.playbook import read_inventory

    files = tuple(file for file in inventory.pages if file.page_id in page_ids)
    read = read_inventory(replace(inventory, pages=files), PageReader(project.contract))
    pages = {key: {**found, **read.fragments.get(key, {})} for key, found in read.pages.items()}
    return Playbook(read.source, read.locales, pages)


def _damaged(pairs: Pairs, locale: str, contract: Contract, language: str) -> Iterator[str]:
    """Yield what cannot be read of a lock, as checks tell it: all else of it counts."""
    from leitfaden.checking.locks import wrong_locks
    from leitfaden.checking.registry import all_rules
    from leitfaden.checking.wording import texts_of
    from leitfaden.model.visible import harmless

    lock = pairs.locks[locale]
    if not lock.trouble and not lock.problems:
        return
    for wrong in wrong_locks({locale: lock}, pairs.inventory, contract):
        code, finding = wrong.found
        if code == _DAMAGED:
            wording = texts_of(all_rules()[code], language).wordings[finding.variant]
            yield harmless(f"{wrong.place}: {wording.message.format_map(finding.values)}")


def _taken_in(
    returned: Sequence[Returned], project: Project
) -> tuple[Intake, Mapping[str, LockFile]]:
    """Return what becomes of texts that came back, and the locks as they are.

    Raises:
        WrongUsage: A lock that is to be written cannot be read, or not all of it.
    """
    from leitfaden.checking.pairs import read_lock_file
    from leitfaden.exchanging.intake import addressed, take_in
    from leitfaden.reading.inventory import take_inventory

    contract = project.contract
    inventory = take_inventory(project.docs, contract, project.root)
    sources = inventory.chosen().get(contract.source, {})
    places = addressed(returned, sources, contract.locale_keys[1:]).values()
    setting = setting_of(project, None)
    locales = sorted({locale for locale, _ in places})
    locks = {locale: read_lock_file(locale, setting, inventory) for locale in locales}
    refuse_damaged(locks.values())
    playbook = _read(project, inventory, {page_id for _, page_id in places})
    recorded = {locale: file.lock for locale, file in locks.items()}
    return take_in(returned, playbook, contract, recorded), locks


def _data(file: Path) -> bytes:
    from leitfaden.exchanging.files import MAX_BYTES

    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise WrongUsage(f"Could not read {str(file)!r}: {reason}.") from error


def _cannot_read(file: Path, error: UnreadableError, words: Mapping[str, Any]) -> WrongUsage:
    from leitfaden.model.visible import harmless

    place = f"{file}:{error.line}" if error.line else str(file)
    said = words["trouble"][error.trouble].format(detail=error.detail)
    return WrongUsage(harmless(f"{place}: {said}"))


def _write_pages(project: Project, intake: Intake, language: str) -> dict[str, str]:
    """Write each page whole or not at all; return which were not, and why."""
    from leitfaden.checking.engine import check_page
    from leitfaden.fixing import FixedPage, NotWrittenError, told, write

    failed: dict[str, str] = {}
    for page in intake.pages:
        facts, _ = check_page(page.after, project.contract)
        fixed = FixedPage(page.before, page.after, facts)
        try:
            write(project.root / page.before.path, fixed, project.docs)
        except NotWrittenError as error:
            failed[page.before.path] = told(error.reason, error.detail, language)
    return failed


def _write_locks(
    project: Project,
    intake: Intake,
    failed: Mapping[str, str],
    locks: Mapping[str, LockFile],
    language: str,
) -> None:
    """Write what is recorded now, but for pages that were not written.

    Raises:
        WrongUsage: It was not written.
    """
    from leitfaden.checking.wording import catalogue
    from leitfaden.translating.lock import Lock, write_lock

    unwritten = {(p.locale, p.before.id) for p in intake.pages if p.before.path in failed}
    words = {**catalogue("en")["standing"], **catalogue(language)["standing"]}
    for locale, lock in intake.locks.items():
        file = locks[locale]
        pages = {
            page_id: file.lock.pages.get(page_id, frozenset())
            if (locale, page_id) in unwritten
            else records
            for page_id, records in lock.pages.items()
        }
        kept = Lock({page_id: records for page_id, records in pages.items() if records})
        if kept != file.lock:
            replace_lock(file, write_lock(kept), project)
            show("".join(f"{line}\n" for line in repaired((file,), words)))


def _told(
    intake: Intake,
    failed: Mapping[str, str],
    file: Path,
    words: Mapping[str, Any],
    dry_run: bool,
) -> Iterator[str]:
    """Yield what was done and what was refused."""
    from leitfaden.model.visible import harmless

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
