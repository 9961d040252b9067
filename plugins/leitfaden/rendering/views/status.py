"""How the translations stand: what is to be done for each, oldest debt first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from leitfaden.contract import Contract
from leitfaden.model import Page
from leitfaden.rendering.about import title
from leitfaden.rendering.context import RenderContext
from leitfaden.translating.places import anchor_of
from leitfaden.translating.standing import Standing, UnitStanding, UnitState
from leitfaden.translating.units import Unit, UnitKind

WORDS_A_MINUTE = 5  # of a translator, with looking things up and reading it once more
_MOST_UNITS = 60  # of a page, with their texts
_MOST_TEXTS = 600  # of all pages
_LONGEST = 1_200  # characters of a text
_TO_DO = (
    UnitState.BEHIND,
    UnitState.MISSING,
    UnitState.CONTRADICTING,
    UnitState.UNTRANSLATED,
    UnitState.EXTRA,
)
_SHARES = (UnitState.CURRENT, *_TO_DO, UnitState.UNSURE, UnitState.UNRECORDED)
_WHOLE = (UnitState.MISSING, UnitState.UNTRANSLATED)  # all of the text is to be translated


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
class Effort:
    """What there is to be done.

    Args:
        words: How many words are to be translated.
        minutes: About how long all of it takes.
    """

    words: int = 0
    minutes: int = 0

    def __add__(self, other: Effort) -> Effort:
        return Effort(self.words + other.words, self.minutes + other.minutes)


@dataclass(frozen=True, slots=True)
class UnitDebt:
    """A unit of which something is to be done.

    Args:
        state: How it stands.
        source: What the original says now; empty if it no longer has it.
        target: What the translation says; empty if it has nothing.
        source_url: Its place in the original, or None.
        target_url: Its place in the translation, or None.
        effort: What is to be done.
        changed: How many sentences of the original are new or changed.
        gone: How many it no longer has.
        topics: What both sides differ in.
    """

    state: str
    source: str
    target: str
    source_url: str | None
    target_url: str | None
    effort: Effort
    changed: int
    gone: int
    topics: tuple[str, ...]


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


class StatusPage:
    """Tells how the translations stand.

    Args:
        contract: The locales.
        most_texts: How many units are shown with their texts.
    """

    def __init__(self, contract: Contract, most_texts: int = _MOST_TEXTS) -> None:
        self._contract = contract
        self._most_texts = most_texts

    def values(self, _: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what the view shows."""
        playbook = context.playbook
        locales = [locale for locale in playbook.locales if locale != playbook.source]
        return {
            "translations": [self._locale(locale, context) for locale in locales],
            "pace": WORDS_A_MINUTE,
            "source": playbook.source,
        }

    def _locale(self, locale: str, context: RenderContext) -> LocaleStatus:
        standings = context.knowledge.standings(locale)
        counts = sum((Counter(one.counts) for one in standings), Counter[UnitState]())
        pages = sorted(
            ((self._since(one, context), one) for one in standings if _is_to_do(one)),
            key=lambda entry: (entry[0] or dt.date.max, -_effort(entry[1]).words),
        )
        room = list(accumulate((len(one.in_state(*_TO_DO)) for _, one in pages), initial=0))
        shown = sum(used < self._most_texts for used in room[: len(pages)])
        untranslated = tuple(self._untranslated(locale, context))
        efforts = [*(_effort(one) for one in standings), *(one.effort for one in untranslated)]
        return LocaleStatus(
            locale=locale,
            name=self._contract.locales[locale].name,
            shares=_shares(counts),
            effort=sum(efforts, Effort()),
            is_recorded=not standings or any(map(_is_recorded, standings)),
            pages=tuple(self._page(one, since, context) for since, one in pages[:shown]),
            others=tuple(self._page(one, since, context, 0) for since, one in pages[shown:]),
            fine=tuple(
                self._page(one, None, context, 0) for one in standings if not _is_to_do(one)
            ),
            untranslated=untranslated,
        )

    def _since(self, standing: Standing, context: RenderContext) -> dt.date | None:
        """Return the first day whose changes of the original a translation does not have."""
        source = context.playbook.page(standing.page_id, context.playbook.source)
        ours = standing.target_newest
        if source is None or source.update_summary is None or ours is None:
            return None
        days = (change.date for change in source.update_summary.changes)
        return min((day for day in days if day and day > ours), default=None)

    def _page(
        self,
        standing: Standing,
        since: dt.date | None,
        context: RenderContext,
        most: int = _MOST_UNITS,
    ) -> PageDebt:
        playbook = context.playbook
        page = playbook.page(standing.page_id, standing.locale)
        url = context.url_in(standing.page_id, standing.locale)
        original = context.url_in(standing.page_id, playbook.source)
        to_do = standing.in_state(*_TO_DO)
        dates = self._contract.locales[context.locale].dates
        return PageDebt(
            title=title(page, playbook.source_of(page)) if page else standing.page_id,
            lang=standing.locale,
            url=url,
            shares=_shares(standing.counts),
            effort=_effort(standing),
            since=(since.isoformat(), since.strftime(dates)) if since else None,
            units=tuple(_unit(one, original, url) for one in to_do[:most]),
            more=max(0, len(to_do) - most),
        )

    def _untranslated(self, locale: str, context: RenderContext) -> Iterator[Untranslated]:
        playbook = context.playbook
        for page_id in playbook.missing(locale):
            page = playbook.page(page_id, playbook.source)
            if page and not page.view and context.knowledge.is_written(page):
                words = len(page.body.split())
                url = context.url_in(page_id, playbook.source)
                yield Untranslated(title(page, None), url, Effort(words, _minutes(words)))


def _is_recorded(standing: Standing) -> bool:
    """Tell whether anything is known of a page but what it shows itself."""
    known = standing.in_state(UnitState.CURRENT, UnitState.BEHIND)
    return any(unit.kind is not UnitKind.SECTION for unit in known)


def _is_to_do(standing: Standing) -> bool:
    return any(standing.counts.get(state) for state in _TO_DO)


def _unit(unit: UnitStanding, source_url: str | None, target_url: str | None) -> UnitDebt:
    before = len(unit.record.all_pieces) if unit.record else 0
    has_parts = before > 1 or sum(len(one.pieces) for one in unit.sources) > 1
    return UnitDebt(
        state=unit.state.value,
        source=_text(unit.sources),
        target=_text(unit.targets),
        source_url=_place(source_url, unit.sources),
        target_url=_place(target_url, unit.targets),
        effort=_effort_of(unit),
        changed=len(unit.changed) if has_parts else 0,
        gone=unit.gone if has_parts else 0,
        topics=tuple(dict.fromkeys(one.topic.value for one in unit.contradictions)),
    )


def _place(url: str | None, units: Sequence[Unit]) -> str | None:
    if url is None or not units:
        return None
    anchor = anchor_of(units[0])
    return f"{url}#{anchor}" if anchor else url


def _text(units: Iterable[Unit]) -> str:
    text = "\n\n".join(unit.text for unit in units)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} \u2026"


def _effort(standing: Standing) -> Effort:
    return sum(map(_effort_of, standing.in_state(*_TO_DO)), Effort())


def _effort_of(unit: UnitStanding) -> Effort:
    """Return what is to be done: of what is behind, only what changed is to be translated."""
    words = 0
    if unit.kind is not UnitKind.CODE:
        if unit.state in _WHOLE:
            words = sum(len(one.text.split()) for one in unit.sources)
        elif unit.state is UnitState.BEHIND:
            words = sum(len(piece.text.split()) for piece in unit.changed)
    return Effort(words, _minutes(words))


def _minutes(words: int) -> int:
    return max(1, -(-words // WORDS_A_MINUTE))


def _shares(counts: Mapping[UnitState, int]) -> tuple[Share, ...]:
    states = [state for state in _SHARES if counts.get(state)]
    total = sum(counts[state] for state in states)
    ends = list(accumulate((100 * counts[state] / total for state in states), initial=0.0))
    return tuple(
        Share(state.value, counts[state], round(start, 2), round(end - start, 2))
        for state, start, end in zip(states, ends, ends[1:], strict=False)
    )
