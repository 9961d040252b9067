"""`leitfaden impact`: what an edit of the source does to its translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitfaden.cli import options as common
from leitfaden.cli.output import put, show, style_of
from leitfaden.cli.project import fail, open_project, setting_of

if TYPE_CHECKING:
    from leitfaden.checking.pairs import PagePair, Pairs
    from leitfaden.cli.before import Before
    from leitfaden.contract import Contract
    from leitfaden.reading.inventory import PageFile
    from leitfaden.reporting.impact import Impact, PageImpact
    from leitfaden.translating.impact import Sides


@click.command()
@click.argument("base", required=False)
@click.option("--locale", metavar="KEY", help="Only this language; all if not given.")
@common.form
@common.language
@common.contract
@common.docs
@click.pass_context
def impact(
    context: click.Context,
    base: str | None,
    locale: str | None,
    form: str,
    language: str,
    contract_path: Path,
    docs: Path | None,
) -> None:
    """Tell what the edits since BASE, a commit or a branch, do to the translations.

    Without BASE, it is where the work here has left the default branch; else the last commit.
    Writers of the source are never held up by it. Exit codes: 0 whatever is found, 2 for wrong
    usage or a wrong contract.
    """
    from leitfaden.cli.before import before
    from leitfaden.cli.translated import locales_of
    from leitfaden.contract import ContractError
    from leitfaden.reading.playbook import no_collector

    try:
        project = open_project(contract_path, docs)
    except ContractError as error:
        context.exit(fail(error))
    locales = locales_of(locale, project.contract)
    was = before(project, base)
    with no_collector():
        _tell(_impact(was, locales), form, language, project.contract)


def _impact(base: Before, locales: tuple[str, ...]) -> Impact:
    from leitfaden.checking.pairs import pairs_of
    from leitfaden.reporting.impact import Impact

    project = base.project
    pairs = pairs_of(setting_of(project, None))
    sources = base.pages.get(project.contract.source, {})
    changed = [pair for pair in _changed(pairs, base, sources) if pair.locale in locales]
    pages = tuple(_effects(changed, base, pairs))
    new = (one for one in pairs.lacking if one.source.page_id not in sources)
    gone = (one for one in pairs.surplus if one.page_id in sources)
    return Impact(
        base.revision,
        tuple(page for page in pages if page.effect.affected),
        tuple(one for one in new if one.locale in locales),
        tuple(one.path for one in gone if one.locale in locales),
        sum(page.effect.done for page in pages),
    )


def _changed(pairs: Pairs, base: Before, sources: Mapping[str, PageFile]) -> Iterator[PagePair]:
    """Yield the translations of the pages whose source is another one."""
    same: dict[str, bool] = {}
    for pair in pairs.pairs:
        before = sources.get(pair.page_id)
        if before is None:
            continue
        if pair.page_id not in same:
            same[pair.page_id] = base.holds(before, pair.source)
        if not same[pair.page_id]:
            yield pair


def _effects(changed: list[PagePair], base: Before, pairs: Pairs) -> Iterator[PageImpact]:
    """Yield what the edits do to each translation that was there before."""
    from leitfaden.reporting.impact import PageImpact
    from leitfaden.translating.impact import Sides, effect_of

    contract = base.project.contract
    before = dict(_sides(changed, base))
    for pair in changed:
        was = before.get((pair.page_id, pair.locale))
        if was:
            lock = pairs.locks[pair.locale].of_page(pair.page_id)
            yield PageImpact(pair, effect_of(was, Sides(*pair.units), lock, contract))


def _sides(changed: list[PagePair], base: Before) -> Iterator[tuple[tuple[str, str], Sides]]:
    """Yield both pages of translations as they were."""
    from leitfaden.reading.page import PageReader
    from leitfaden.reading.versions import contents
    from leitfaden.translating.impact import Sides
    from leitfaden.translating.units import UnitReader

    contract = base.project.contract
    both: dict[tuple[str, str], tuple[PageFile, PageFile]] = {}
    for pair in changed:
        source = base.pages[contract.source][pair.page_id]
        target = base.pages.get(pair.locale, {}).get(pair.page_id)
        if target:
            both[pair.page_id, pair.locale] = source, target
    blobs = [base.blob(file) for files in both.values() for file in files]
    data = dict(contents(base.project.docs, blobs))
    pages, units = PageReader(contract), UnitReader(contract)
    for key, files in both.items():
        if all(base.blob(file) in data for file in files):
            source_page, target_page = (
                pages.read(
                    data[base.blob(file)], path=file.path, locale=file.locale, page_id=file.page_id
                )
                for file in files
            )
            yield key, Sides(units.read(source_page), units.read(target_page, source_page))


def _tell(found: Impact, form: str, language: str, contract: Contract) -> None:
    from leitfaden.reporting import impact as reporting

    if form == "json":
        put(reporting.document(found))
        return
    style = style_of(form, language, contract)
    if form == "markdown":
        put("".join(f"{line}\n" for line in reporting.markdown(found, style)))
        return
    show("".join(f"{line}\n" for line in reporting.text(found, style)))
