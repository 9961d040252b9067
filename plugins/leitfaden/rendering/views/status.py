"""How the translations stand: what is to be done for each, oldest debt first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

from leitfaden.contract import Contract
from leitfaden.model import Page, Playbook
from leitfaden.rendering.about import title
from leitfaden.rendering.context import Knowledge, RenderContext
from leitfaden.translating.effort import (
    TO_DO,
    WORDS_PER_MINUTE,
    Effort,
    effort_for,
    effort_for_page,
    total,
)
from leitfaden.translating.evidence import Contradiction
from leitfaden.translating.history import Passage, Point, behind_since, compared, is_told
from leitfaden.translating.places import anchor_of
from leitfaden.translating.standing import Standing, UnitStanding, UnitState
from leitfaden.translating.units import Unit, UnitKind, UnitReader
from leitfaden.translating.wording import worded

_MOST_UNITS = 60  # of a page, with their texts
_MOST_TEXTS = 600  # of all pages
_LONGEST = 1_200  # characters of a text
_MOST_VALUES = 5  # in which both sides differ
_SHARES = (UnitState.CURRENT, *TO_DO, UnitState.UNSURE, UnitState.UNRECORDED)
_CUT = "\u2026"


@dataclass(frozen=True, slots=True)
class Share:
    """How many units stand in one way, and what part of a bar they are.

    Args:
        state: The way.
        count: How many.
        start: Where their part of the bar begins, in hundredths of it.
        width: How wide it is.
    """

    state: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text, with what has changed of it.

    Args:
        passages: Its sentences, cells or lines; as one where nothing is known of changes.
        joint: What stands between two of them.
    """

    passages: tuple[Passage, ...]
    joint: str = " "


@dataclass(frozen=True, slots=True)
class Difference:
    """What both sides differ in.

    Args:
        topic: Which kind it is of.
        name: The label that it is about; empty for anything else.
        source: What only the original says.
        target: What only the translation says.
    """

    topic: str
    name: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class UnitDebt:
    """A unit of which something is to be done.

    Args:
        state: How it stands.
        before: What the original said when it was translated; None where nobody knows.
        source: What it says now; None if it no longer has it.
        target: What the translation says; None if it has nothing.
        source_url: Its place in the original, or None.
        target_url: Its place in the translation, or None.
        effort: What is to be done.
        changed: How many sentences of the original are new or changed.
        gone: How many it no longer has.
        differences: What both sides differ in.
        is_unseen: Whether what has changed is nothing that one sees, such as where a link leads.
    """

    state: str
    before: Text | None
    source: Text | None
    target: Text | None
    source_url: str | None
    target_url: str | None
    effort: Effort
    changed: int
    gone: int
    differences: tuple[Difference, ...]
    is_unseen: bool


@dataclass(frozen=True, slots=True)
class PageDebt:
    """How a translated page stands.

    Args:
        title: What it is called, in its own language.
        lang: Its locale.
        url: Of the translation, or None.
        shares: How many units stand how.
        effort: What is to be done.
        since: The day from which on it is behind, and the same for readers; None if nobody knows.
        units: What is to be done, in the order of the original.
        more: How many further units are left out.
    """

    title: str
    lang: str
    url: str | None
    shares: tuple[Share, ...]
    effort: Effort
    since: tuple[str, str] | None
    units: tuple[UnitDebt, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A page without a translation."""

    title: str
    url: str | None
    effort: Effort


@dataclass(frozen=True, slots=True)
class Bar:
    """An earlier point, as a bar of two parts.

    Args:
        day: Its day, and the same for readers.
        behind: How many units were behind.
        missing: How many were missing.
        start: Where the bar begins, in hundredths of the width of all.
        width: How wide it is.
        heights: How high both parts are, in hundredths of the highest bar.
    """

    day: tuple[str, str]
    behind: int
    missing: int
    start: float
    width: float
    heights: tuple[float, float]


@dataclass(frozen=True, slots=True)
class LocaleStatus:
    """How the translations of a locale stand.

    Args:
        locale: The locale.
        name: What it is called in itself.
        shares: How many units stand how.
        effort: All that is to be done.
        is_recorded: Whether anything is recorded of its translations.
        pages: The pages with something to do, oldest debt first.
        others: Further ones, whose texts are left out.
        fine: The pages with nothing to do.
        untranslated: The pages that are not translated at all.
        trend: How it stood earlier, the oldest point first; nothing where nobody knows.
    """

    locale: str
    name: str
    shares: tuple[Share, ...]
    effort: Effort
    is_recorded: bool
    pages: tuple[PageDebt, ...]
    others: tuple[PageDebt, ...]
    fine: tuple[PageDebt, ...]
    untranslated: tuple[Untranslated, ...]
    trend: tuple[Bar, ...] = ()


class StatusPage:
    """Tells how the translations stand.

    Args:
        contract: The locales.
        most_texts: How many units are shown with their texts.
    """

    def __init__(self, contract: Contract, most_texts: int = _MOST_TEXTS) -> None:
        self._contract = contract
        self._most_texts = most_texts
        self._known: _Known | None = None

    def values(self, _: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what the view shows."""
        playbook = context.playbook
        locales = [locale for locale in playbook.locales if locale != playbook.source]
        return {
            "translations": [self._locale(locale, context) for locale in locales],
            "pace": WORDS_PER_MINUTE,
            "states": [state.value for state in TO_DO],
            "source": playbook.source,
        }

    def _locale(self, locale: str, context: RenderContext) -> LocaleStatus:
        debt = self._known_of(context).debts[locale]
        shown = sum(used < self._most_texts for used in debt.room[: len(debt.to_do)])
        untranslated = tuple(self._untranslated(locale, context))
        return LocaleStatus(
            locale=locale,
            name=self._contract.locales[locale].name,
            shares=_shares(debt.counts),
            effort=total((*debt.efforts.values(), *(one.effort for one in untranslated))),
            is_recorded=debt.is_recorded,
            pages=tuple(self._page(one, debt, context) for one in debt.to_do[:shown]),
            others=tuple(self._page(one, debt, context, 0) for one in debt.to_do[shown:]),
            fine=tuple(self._page(one, debt, context, 0) for one in debt.fine),
            untranslated=untranslated,
            trend=tuple(self._bars(context.knowledge.trend(locale), context.locale)),
        )

    def _known_of(self, context: RenderContext) -> _Known:
        """Return what is the same for all readers."""
        known = self._known
        if known is None or not known.is_of(context):
            known = _Known(context.playbook, context.knowledge, _all_debts(context), {})
            self._known = known
        return known

    def _page(
        self,
        standing: Standing,
        debt: _Debt,
        context: RenderContext,
        most: int = _MOST_UNITS,
    ) -> PageDebt:
        playbook = context.playbook
        page = playbook.page(standing.page_id, standing.locale)
        to_do = debt.units[standing.page_id]
        since = debt.since.get(standing.page_id)
        target_url = context.url_in(standing.page_id, standing.locale)
        urls = context.url_in(standing.page_id, playbook.source) if to_do else None, target_url
        return PageDebt(
            title=title(page, playbook.source_of(page)) if page else standing.page_id,
            lang=standing.locale,
            url=target_url,
            shares=_shares(standing.counts),
            effort=debt.efforts[standing.page_id],
            since=self._day(since, context.locale) if since else None,
            units=tuple(self._unit(one, standing, urls, context) for one in to_do[:most]),
            more=max(0, len(to_do) - most),
        )

    def _unit(
        self,
        unit: UnitStanding,
        standing: Standing,
        urls: tuple[str | None, str | None],
        context: RenderContext,
    ) -> UnitDebt:
        count = len(unit.record.all_pieces) if unit.record else 0
        has_parts = count > 1 or sum(len(one.pieces) for one in unit.sources) > 1
        source_url, target_url = urls
        before, source, is_unseen = _texts(unit, standing.page_id, context)
        return UnitDebt(
            state=unit.state.value,
            before=before,
            source=source,
            target=_text(unit.targets),
            source_url=_place(source_url, unit.sources),
            target_url=_place(target_url, unit.targets),
            effort=self._known_of(context).effort(unit),
            changed=len(unit.changed) if has_parts else 0,
            gone=unit.gone if has_parts else 0,
            differences=tuple(
                _difference(worded(one, self._contract, context.locale))
                for one in unit.contradictions
            ),
            is_unseen=is_unseen,
        )

    def _day(self, day: dt.date, locale: str) -> tuple[str, str]:
        return day.isoformat(), day.strftime(self._contract.locales[locale].dates)

    def _bars(self, trend: Sequence[Point], locale: str) -> Iterator[Bar]:
        """Yield the bars of a trend, if it is one."""
        if not is_told(trend):
            return
        highest = max(point.behind + point.missing for point in trend)
        width = 100 / len(trend)
        for index, point in enumerate(trend):
            heights = (round(100 * count / highest, 2) for count in (point.behind, point.missing))
            behind, missing = heights
            yield Bar(
                self._day(point.day, locale),
                point.behind,
                point.missing,
                round(index * width, 2),
                round(width * 0.8, 2),
                (behind, missing),
            )

    def _untranslated(self, locale: str, context: RenderContext) -> Iterator[Untranslated]:
        playbook = context.playbook
        efforts = self._known_of(context).untranslated
        for page_id in playbook.missing(locale):
            page = playbook.page(page_id, playbook.source)
            if page and not page.view and context.knowledge.is_written(page):
                if page_id not in efforts:
                    efforts[page_id] = effort_for_page(self._units.read(page).units)
                url = context.url_in(page_id, playbook.source)
                yield Untranslated(title(page, None), url, efforts[page_id])

    @cached_property
    def _units(self) -> UnitReader:
        return UnitReader(self._contract)


@dataclass(frozen=True, slots=True)
class _Debt:
    """What is to be done in a locale, whoever reads of it.

    Args:
        counts: How many units stand how.
        to_do: The pages with something to do, oldest debt first.
        fine: The others.
        room: How many units the pages before each of `to_do` have.
        units: Those of which something is to be done, by page id.
        efforts: What that takes.
        since: The day from which on a page is behind, where it is known.
        is_recorded: Whether anything is recorded of the translations.
    """

    counts: Counter[UnitState]
    to_do: tuple[Standing, ...]
    fine: tuple[Standing, ...]
    room: tuple[int, ...]
    units: Mapping[str, tuple[UnitStanding, ...]]
    efforts: Mapping[str, Effort]
    since: Mapping[str, dt.date]
    is_recorded: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What has been found out for readers of another locale.

    Args:
        playbook: The pages.
        knowledge: What is known of them.
        debts: What is to be done, by locale.
        untranslated: What it takes to translate a page, by page id; is filled when it is asked for.
        units: The same of a unit, each by the number of the object, which is kept beside it.
    """

    playbook: Playbook
    knowledge: Knowledge
    debts: Mapping[str, _Debt]
    untranslated: dict[str, Effort]
    units: dict[int, tuple[UnitStanding, Effort]] = field(default_factory=dict)

    def effort(self, unit: UnitStanding) -> Effort:
        """Return what is to be done of a unit."""
        if id(unit) not in self.units:
            self.units[id(unit)] = unit, effort_for((unit,))
        return self.units[id(unit)][1]

    def is_of(self, context: RenderContext) -> bool:
        """Tell whether it holds for readers of these surroundings."""
        return self.playbook is context.playbook and self.knowledge is context.knowledge


def _all_debts(context: RenderContext) -> dict[str, _Debt]:
    playbook = context.playbook
    return {
        locale: _debt(context.knowledge.standings(locale), context)
        for locale in playbook.locales
        if locale != playbook.source
    }


def _debt(standings: Sequence[Standing], context: RenderContext) -> _Debt:
    units = {one.page_id: one.in_state(*TO_DO) for one in standings}
    efforts = {page_id: effort_for(found) for page_id, found in units.items()}
    days = {one.page_id: _since(one, context) for one in standings if units[one.page_id]}
    to_do = sorted(
        (one for one in standings if units[one.page_id]),
        key=lambda one: (days[one.page_id] or dt.date.max, -efforts[one.page_id].words),
    )
    return _Debt(
        counts=sum((Counter(one.counts) for one in standings), Counter[UnitState]()),
        to_do=tuple(to_do),
        fine=tuple(one for one in standings if not units[one.page_id]),
        room=tuple(accumulate((len(units[one.page_id]) for one in to_do), initial=0)),
        units=units,
        efforts=efforts,
        since={page_id: day for page_id, day in days.items() if day},
        is_recorded=not standings or any(map(_is_recorded, standings)),
    )


def _since(standing: Standing, context: RenderContext) -> dt.date | None:
    """Return since when a translation has been behind, if anybody knows."""
    source = context.playbook.page(standing.page_id, context.playbook.source)
    known = context.knowledge
    before = (
        known.before(standing.page_id, unit.record.source)
        for unit in standing.in_state(UnitState.BEHIND)
        if unit.record
    )
    newest = (standing.source_newest, standing.target_newest)
    changed_on = known.changed_on(source) if source else None
    return behind_since(standing.units, before, newest, changed_on)


def _is_recorded(standing: Standing) -> bool:
    """Tell whether anything is known of a page but what it shows itself."""
    known = standing.in_state(UnitState.CURRENT, UnitState.BEHIND)
    return any(unit.kind is not UnitKind.SECTION for unit in known)


def _place(url: str | None, units: Sequence[Unit]) -> str | None:
    if url is None or not units:
        return None
    anchor = anchor_of(units[0])
    return f"{url}#{anchor}" if anchor else url


def _texts(
    unit: UnitStanding, page_id: str, context: RenderContext
) -> tuple[Text | None, Text | None, bool]:
    """Return what the original was and is, and whether one does not see what has changed."""
    record = unit.record if unit.state is UnitState.BEHIND else None
    before = context.knowledge.before(page_id, record.source) if record else None
    if before is None:
        return None, _text(unit.sources), False
    found = compared(before, unit.sources)
    was, now = (_shortened(Text(side, found.joint)) for side in (found.was, found.now))
    return was, now, not found.tells


def _text(units: Iterable[Unit]) -> Text | None:
    text = "\n\n".join(unit.text for unit in units)
    return _shortened(Text((Passage(text, is_changed=False),))) if text else None


def _shortened(text: Text) -> Text:
    """Return a text that is not too long: of what has not changed but how it begins, or nothing."""
    room = _LONGEST - sum(len(one.text) for one in text.passages if one.is_changed)
    kept: list[Passage] = []
    for one in text.passages:
        size = _LONGEST if one.is_changed else max(0, room)
        room -= 0 if one.is_changed else len(one.text)
        shown = one.text if len(one.text) <= size else f"{one.text[:size].rsplit(' ', 1)[0]} {_CUT}"
        if shown.strip() != _CUT or not (kept and kept[-1].text.endswith(_CUT)):
            kept.append(Passage(shown, one.is_changed))
    return Text(tuple(kept), text.joint)


def _difference(one: Contradiction) -> Difference:
    return Difference(one.topic.value, one.name, _values(one.source), _values(one.target))


def _values(values: Sequence[str]) -> str:
    """Return values as one text, which is not too long."""
    more = [_CUT] if len(values) > _MOST_VALUES else []
    return ", ".join((*values[:_MOST_VALUES], *more))[:_LONGEST]


def _shares(counts: Mapping[UnitState, int]) -> tuple[Share, ...]:
    states = [state for state in _SHARES if counts.get(state)]
    total = sum(counts[state] for state in states)
    ends = list(accumulate((100 * counts[state] / total for state in states), initial=0.0))
    return tuple(
        Share(state.value, counts[state], round(start, 2), round(end - start, 2))
        for state, start, end in zip(states, ends, ends[1:], strict=False)
    )
