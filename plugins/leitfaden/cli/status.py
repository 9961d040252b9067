"""`leitfaden status`: how translations stand, and what the next translator has to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitfaden.checking.store import key_of
from leitfaden.cli import options as common
from leitfaden.cli.output import put, show, style_of
from leitfaden.cli.project import (
    Project,
    fail,
    open_project,
    paths_in,
    relative,
    setting_of,
)
from leitfaden.cli.translated import asked_pairs, locales_of, pairs_for

if TYPE_CHECKING:
    from leitfaden.checking.pairs import PagePair, Pairs
    from leitfaden.checking.trend import Trend
    from leitfaden.contract import Contract
    from leitfaden.reporting.status import LocaleStatus
    from leitfaden.translating.history import Before, Found, Wanted


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--locale", metavar="KEY", help="Only this language; all if not given.")
@common.form
@common.language
@common.contract
@common.docs
@click.pass_context
def status(
    context: click.Context,
    paths: tuple[Path, ...],
    locale: str | None,
    form: str,
    language: str,
    contract_path: Path,
    docs: Path | None,
) -> None:
    """Tell how translations stand: of files, of folders, or by default of the whole playbook.

    The oldest debt comes first. Where git knows what a source said before, it is told, too, and of
    a whole playbook how much was behind at the ends of the last weeks with commits. Exit codes: 0
    whatever is found, 2 for wrong usage or a wrong contract.
    """
    from leitfaden.contract import ContractError
    from leitfaden.reading.playbook import no_collector

    try:
        project = open_project(contract_path, docs)
    except ContractError as error:
        context.exit(fail(error))
    with no_collector():
        found = _status(project, paths, locales_of(locale, project.contract))
        _tell(found, form, language, project.contract, in_full=bool(paths))


def _status(project: Project, paths: Sequence[Path], locales: Sequence[str]) -> list[LocaleStatus]:
    from leitfaden.checking.survey import is_asked
    from leitfaden.reporting.status import LocaleStatus, PageStatus, by_debt

    only = paths_in(project, paths)
    pairs = pairs_for(project, only)
    chosen = asked_pairs(pairs, only, locales)
    history = _History(project, pairs)
    before = history.before(chosen)
    days = history.days()
    trend = _trend(project, pairs) if only is None else {}
    found = []
    for locale in locales:
        pages = []
        for pair in (one for one in chosen if one.locale == locale):
            was = before.get(pair.page_id, {})
            pages.append(PageStatus(pair, _since(pair, was, days), was))
        lacking = [
            one for one in pairs.lacking if one.locale == locale and is_asked(one.source.path, only)
        ]
        surplus = [
            one.path for one in pairs.surplus if one.locale == locale and is_asked(one.path, only)
        ]
        found.append(
            LocaleStatus(
                locale,
                by_debt(pages),
                lacking,
                surplus,
                pairs.locks[locale],
                trend.get(locale, ()),
            )
        )
    return found


def _trend(project: Project, pairs: Pairs) -> Trend:
    from leitfaden.checking.trend import IN_A_HURRY, trend_of

    return trend_of(setting_of(project, None), pairs, IN_A_HURRY)


def _since(
    pair: PagePair, before: Mapping[str, Before | None], days: Mapping[str, dt.date]
) -> dt.date | None:
    """Return since when a source has been another one than was translated."""
    from leitfaden.translating.history import behind_since

    was = (before.get(unit.record.source) for unit in pair.behind if unit.record)
    newest = (pair.source_newest, pair.target_newest)
    return behind_since(pair.open, was, newest, days.get(pair.source.path))


class _History:
    """What git knows, and what of it is kept as long as no commit is added.

    Args:
        project: The project.
        pairs: Its pages.
    """

    def __init__(self, project: Project, pairs: Pairs) -> None:
        from leitfaden.reading.versions import head_of

        self._project = project
        self._pairs = pairs
        self._folder = project.docs / project.contract.source
        self._head = head_of(self._folder) if self._folder.is_dir() else ""
        self._key = key_of(project.contract_key, str(self._folder), self._head)

    def days(self) -> Mapping[str, dt.date]:
        """Return the days on which the source's pages were last changed, by their path."""
        if not self._head:
            return {}
        known = self._project.store.get("days", self._key)
        if isinstance(known, dict):
            return known
        from leitfaden.reading.history import read_history

        history = read_history(self._folder)
        prefix = relative(self._folder, self._project)
        days = {f"{prefix}/{name}": day for name, day in history.days.items()}
        self._project.store.put("days", self._key, days)
        return days

    def before(self, chosen: Iterable[PagePair]) -> Mapping[str, Mapping[str, Before | None]]:
        """Return what sources said when they were translated, by page and by the text's hash."""
        from leitfaden.translating.history import Wanted

        texts: dict[str, set[str]] = {}
        files: dict[str, str] = {}
        for pair in chosen:
            for unit in pair.behind:
                if unit.record:
                    texts.setdefault(pair.page_id, set()).add(unit.record.source)
                    file = Path(pair.source.file).relative_to(self._folder)
                    files[pair.page_id] = file.as_posix()
        if not texts or not self._head:
            return {}
        wanted = [Wanted(files[page], page, frozenset(found)) for page, found in texts.items()]
        found = self._found(wanted)
        by_page: dict[str, dict[str, Before | None]] = {}
        for (page_id, text), one in found.items():
            by_page.setdefault(page_id, {})[text] = one
        return by_page

    def _found(self, wanted: Sequence[Wanted]) -> Found:
        """Look for texts in the versions of pages, unless no page has another one since."""
        store, key = self._project.store, key_of(self._project.contract_key, str(self._folder))
        kept = store.get("before", key)
        head, known = kept if isinstance(kept, tuple) and len(kept) == 2 else ("", {})
        asked = {(one.page_id, text): one.file for one in wanted for text in one.hashes}
        if head == self._head and asked.keys() <= known.keys():
            return {one: known[one].before for one in asked}
        from leitfaden.reading.versions import read_versions
        from leitfaden.translating.history import Sought, find_before

        versions = read_versions(self._folder)
        newest = {file: found[0].blob for file, found in versions.files.items()}
        same = {one: it for one, it in known.items() if newest.get(it.file, "") == it.newest}
        before = {one: it.before for one, it in same.items()}
        found = find_before(wanted, versions, self._project.contract, before)
        new = {
            one: Sought(asked[one], newest.get(asked[one], ""), was) for one, was in found.items()
        }
        store.put("before", key, (self._head, {**same, **new}))
        return found


def _tell(
    found: Sequence[LocaleStatus], form: str, language: str, contract: Contract, *, in_full: bool
) -> None:
    from leitfaden.reporting import status as reporting

    if form == "json":
        put(reporting.document(found))
        return
    style = style_of(form, language, contract)
    if form == "markdown":
        put("".join(f"{line}\n" for line in reporting.markdown(found, style)))
        return
    show("".join(f"{line}\n" for line in reporting.text(found, style, in_full=in_full)))
