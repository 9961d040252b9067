"""`leitfaden translated`: records which texts of translations are true to their sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from leitfaden.cli import options as common
from leitfaden.cli.locks import refuse_damaged, repaired, replace_lock
from leitfaden.cli.output import WrongUsage, show
from leitfaden.cli.project import Project, fail, open_project, paths_in, setting_of

if TYPE_CHECKING:
    from leitfaden.checking.pairs import PagePair, Pairs
    from leitfaden.contract import Contract
    from leitfaden.reporting.units import UnitWords
    from leitfaden.translating.lock import Lock
    from leitfaden.translating.standing import Standing, UnitStanding

_LEFT = 1
_MOST_LINES = 5  # of a page, of what was not recorded


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="KEY",
    help="Only this unit, or what is below it, by its key; can be given several times.",
)
@click.option("--bootstrap", is_flag=True, help="Record what evidence supports, to begin with.")
@click.option("--locale", metavar="KEY", help="Only this language; all if not given.")
@click.option("--dry-run", is_flag=True, help="Tell what would be recorded, and record nothing.")
@common.language
@common.contract
@common.docs
@click.pass_context
def translated(
    context: click.Context,
    paths: tuple[Path, ...],
    units: tuple[str, ...],
    bootstrap: bool,
    locale: str | None,
    dry_run: bool,
    language: str,
    contract_path: Path,
    docs: Path | None,
) -> None:
    """Record that translations are true to their sources: of files, or of folders.

    Both the page of the source and its translation can be named. What is recorded stands in
    `translations.lock` in the folder of each language. Exit codes: 0 when everything was recorded,
    1 when something could not be, 2 for wrong usage or a wrong contract.
    """
    from leitfaden.contract import ContractError

    if not paths and not units and not bootstrap:
        raise WrongUsage(
            "Name the pages whose translation is true: a file or a folder. "
            "--bootstrap records what evidence supports."
        )
    if units and bootstrap:
        raise WrongUsage("--unit and --bootstrap do not go together.")
    try:
        project = open_project(contract_path, docs)
    except ContractError as error:
        context.exit(fail(error))
    from leitfaden.reading.playbook import no_collector

    locales = locales_of(locale, project.contract)
    with no_collector():
        only = paths_in(project, paths)
        pairs = pairs_for(project, only)
        chosen = asked_pairs(pairs, only, locales)
        if not chosen and paths:
            raise WrongUsage("None of these pages has a translation.")
        refuse_damaged(pairs.locks[locale] for locale in locales)
        done = [_recorded(pair, pairs, units, bootstrap) for pair in chosen]
        if units:
            _refuse_unknown(units, chosen)
        told = _Told(language, project.contract, bool(paths), dry_run)
        context.exit(told.all(done, _write(done, pairs, project, dry_run), pairs))


def locales_of(given: str | None, contract: Contract) -> tuple[str, ...]:
    """Return the locales of translations that are asked for.

    Args:
        given: The one that was named; None for all.
        contract: The contract.

    Raises:
        WrongUsage: There is none of that name, it is the source, or there is but the source.
    """
    others = contract.locale_keys[1:]
    if not others:
        raise WrongUsage("The contract has one language only: there are no translations.")
    if given is None:
        return others
    if given == contract.source:
        raise WrongUsage(f"{given} is the source, which the others translate.")
    if given not in others:
        from leitfaden.contract import nearest

        close = nearest(given, others)
        guess = f"Did you mean {close}?" if close else f"There are: {', '.join(others)}."
        raise WrongUsage(f"There is no locale {given!r}. {guess}")
    return (given,)


def pairs_for(project: Project, only: frozenset[str] | None) -> Pairs:
    """Return the pages of a project beside their translations.

    Args:
        project: The project.
        only: The files and folders that are asked for; None for all.
    """
    from leitfaden.checking.pairs import pairs_of
    from leitfaden.checking.survey import is_asked
    from leitfaden.reading.inventory import take_inventory

    inventory = take_inventory(project.docs, project.contract, project.root)
    asked = frozenset(page.page_id for page in inventory.pages if is_asked(page.path, only))
    setting = setting_of(project, None)
    return pairs_of(setting, inventory, page_ids=None if only is None else asked)


def asked_pairs(
    pairs: Pairs, only: frozenset[str] | None, locales: Sequence[str]
) -> list[PagePair]:
    """Return the pages that are asked for, by the source's file or the translation's."""
    from leitfaden.checking.survey import is_asked

    return [
        pair
        for pair in pairs.pairs
        if pair.locale in locales
        and (is_asked(pair.source.path, only) or is_asked(pair.target.path, only))
    ]


class _Recorded(NamedTuple):
    """What was recorded of a page.

    Args:
        pair: The page.
        lock: What is recorded of it now.
        new: How many units of these are new.
        left: What was not recorded, each with why.
    """

    pair: PagePair
    lock: Lock
    new: int
    left: tuple[tuple[UnitStanding, str], ...]


def _recorded(pair: PagePair, pairs: Pairs, keys: Sequence[str], is_beginning: bool) -> _Recorded:
    """Record the units of a page, and ask once more how it stands."""
    from leitfaden.translating.bootstrap import bootstrap
    from leitfaden.translating.standing import record

    before = pairs.locks[pair.locale].of_page(pair.page_id)
    if is_beginning:
        after, doubts = bootstrap(before, pair.standing)
        left = tuple((one.unit, f"doubt-{one.doubt}") for one in doubts)
    else:
        # To say so of what contradicts the source would be an error right away.
        wrong = frozenset(unit.key for unit in pair.standing.units if unit.contradictions)
        after = record(before, pair.standing, frozenset(keys) if keys else None, wrong)
        left = tuple(_left(pair.standing_by(after), keys))
    return _Recorded(pair, after, len(after.records - before.records), left)


def _left(standing: Standing, keys: Sequence[str]) -> Iterator[tuple[UnitStanding, str]]:
    """Yield what is not current although it was to be recorded, each with how it stands."""
    from leitfaden.translating.standing import UnitState

    for unit in standing.units:
        if keys and unit.key not in keys and unit.parent not in keys:
            continue
        if unit.state is not UnitState.CURRENT:
            yield unit, f"is-{unit.state}"


def _refuse_unknown(keys: Iterable[str], chosen: Sequence[PagePair]) -> None:
    """Refuse keys that no page has.

    Raises:
        WrongUsage: There is one; it tells the nearest that there is.
    """
    known = {key for pair in chosen for one in pair.standing.units for key in (one.key, one.parent)}
    known.discard("")  # the parent of what is part of nothing
    for key in keys:
        if key not in known:
            from leitfaden.contract import nearest

            close = nearest(key, sorted(known))
            guess = f" Did you mean {close!r}?" if close else ""
            raise WrongUsage(f"No page has a unit {key!r}.{guess}")


@dataclass(frozen=True)
class _Written:
    """The files in which something is recorded anew, and whether Git is yet to merge each."""

    files: Mapping[str, bool]


def _write(done: Iterable[_Recorded], pairs: Pairs, project: Project, is_trial: bool) -> _Written:
    """Write the locks that have changed.

    Raises:
        WrongUsage: One cannot be written.
    """
    from leitfaden.reading.versions import merges_by
    from leitfaden.translating.lock import Lock, write_lock

    pages: dict[str, dict[str, Lock]] = {}
    for one in done:
        pages.setdefault(one.pair.locale, {})[one.pair.page_id] = one.lock
    files: dict[str, bool] = {}
    for locale, locks in pages.items():
        file = pairs.locks[locale]
        changed = {page_id: lock.pages.get(page_id, frozenset()) for page_id, lock in locks.items()}
        all_pages = {**file.lock.pages, **changed}
        text = write_lock(Lock({page_id: found for page_id, found in all_pages.items() if found}))
        if text == file.text or not (file.exists or any(all_pages.values())):
            continue
        files[file.path] = not file.exists and merges_by(file.file) in (None, "unspecified")
        if not is_trial:
            replace_lock(file, text, project)
    return _Written(files)


class _Told:
    """Tells what was recorded.

    Args:
        language: In which language.
        contract: Its names are told, not its keys.
        in_full: Whether all is told of each page.
        is_trial: Whether nothing was written.
    """

    def __init__(self, language: str, contract: Contract, in_full: bool, is_trial: bool) -> None:
        from leitfaden.reporting import Style
        from leitfaden.reporting.units import UnitWords
        from leitfaden.translating.wording import worded

        in_words = partial(worded, contract=contract, language=language)
        self._units: UnitWords = UnitWords(Style(language=language, in_words=in_words))
        self._words = self._units.words
        self._in_full = in_full
        self._is_trial = is_trial

    def all(self, done: Sequence[_Recorded], written: _Written, pairs: Pairs) -> int:
        """Tell all of it, and return the exit code."""
        files = (file for file in pairs.locks.values() if file.path in written.files)
        lines = list(repaired(files, self._words))
        for one in done:
            if one.new or one.left:
                lines += self._page(one)
        lines += self._end(done, written)
        show("".join(f"{line}\n" for line in lines))
        return _LEFT if any(one.left for one in done) else 0

    def _page(self, one: _Recorded) -> Iterator[str]:
        from leitfaden.model.visible import harmless

        path = harmless(one.pair.target.path)
        units = self._units.counted("unit", one.new)
        if not one.left:
            yield self._words["recorded-page"].format(path=path, units=units)
            return
        reasons = self._reasons([one])
        yield self._words["recorded-page-but"].format(
            path=path, units=units, left=len(one.left), reasons=reasons
        )
        told = [(unit, why) for unit, why in one.left if why != "doubt-late"]
        most = len(told) if self._in_full else _MOST_LINES
        for unit, why in told[:most]:
            place = harmless(str(one.pair.place(unit)))
            differs = [self._units.differs(found) for found in unit.contradictions]
            about = "; ".join((self._words[why], *differs))
            yield f"  {place}: {self._units.called(unit)} [{harmless(unit.key)}]: {about}"
        if len(told) > most:
            yield f"  {self._words['more'].format(count=len(told) - most)}"

    def _reasons(self, done: Iterable[_Recorded]) -> str:
        counts = Counter(why for one in done for _, why in one.left)
        return ", ".join(self._reason(why, count) for why, count in counts.most_common())

    def _reason(self, why: str, count: int) -> str:
        state = why.removeprefix("is-")
        if state != why:
            told: str = self._words[f"state-{state}"].format(count=count)
            return told
        return f"{count} × {self._words[why]}"

    def _end(self, done: Sequence[_Recorded], written: _Written) -> Iterator[str]:
        from leitfaden.translating.lock import NAME

        pages = sum(bool(one.new) for one in done)
        count = sum(one.new for one in done)
        if written.files and count:
            key = "to-record" if self._is_trial else "recorded"
            yield self._words[key].format(
                units=self._units.counted("unit", count),
                pages=self._units.counted("page", pages),
                files=", ".join(written.files),
            )
        else:
            yield self._words["nothing-recorded"].format(
                pages=self._units.counted("page", len(done))
            )
        left = sum(len(one.left) for one in done)
        if left:
            yield self._words["left"].format(
                units=self._units.counted("unit", left), reasons=self._reasons(done)
            )
        if any(written.files.values()):
            yield self._words["attributes"].format(line=f"{NAME} merge=union")
