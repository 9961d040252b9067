"""How the translations of a playbook stand: as text, in Markdown, in JSON for programs."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from leitfaden.checking.pairs import Lacking, LockFile, PagePair
from leitfaden.model import Place
from leitfaden.model.visible import harmless
from leitfaden.reporting.json import place_of
from leitfaden.reporting.style import Style
from leitfaden.reporting.units import STATES, Told, UnitWords, grouped
from leitfaden.translating.effort import (
    WORDS_PER_MINUTE,
    minutes,
    minutes_for,
    words_to_translate,
)
from leitfaden.translating.evidence import Contradiction
from leitfaden.translating.history import Before, Point, compared, is_told
from leitfaden.translating.standing import UnitStanding, UnitState

VERSION = 1
_BOLD, _DIM, _PATH = "1", "2", "36"
_FINE = (UnitState.CURRENT, UnitState.UNRECORDED)
_MOST_UNITS = 12  # of a page, unless it was asked for


@dataclass(frozen=True)
class PageStatus:
    """How a translated page stands.

    Args:
        pair: The page.
        since: Since when the source has been another one, as far as that is known.
        before: What the source said when it was translated, by its hash, where git knows.
    """

    pair: PagePair
    since: dt.date | None
    before: Mapping[str, Before | None]

    @property
    def is_due(self) -> bool:
        """Whether there is anything to look at."""
        return self.pair.is_late or any(state not in _FINE for state in self.pair.counts)

    @property
    def words(self) -> int:
        """How many words are to be translated."""
        return sum(map(words_to_translate, self.pair.open))

    @property
    def minutes(self) -> int:
        """How long that takes."""
        return minutes_for(self.pair.open)

    def was(self, unit: UnitStanding) -> Before | None:
        """Return what a unit's source was when it was translated, if git knows."""
        return self.before.get(unit.record.source) if unit.record else None


class LocaleStatus(NamedTuple):
    """How the translations into a language stand.

    Args:
        locale: The language.
        pages: Its pages, those with the oldest debt first.
        lacking: The pages that it lacks.
        surplus: The paths of the pages that only it has.
        lock: What is recorded.
        trend: How they stood at earlier times, as far as git knows, the oldest first.
    """

    locale: str
    pages: Sequence[PageStatus]
    lacking: Sequence[Lacking]
    surplus: Sequence[str]
    lock: LockFile
    trend: Sequence[Point] = ()

    @property
    def counts(self) -> Counter[UnitState]:
        """How many units stand how."""
        counts: Counter[UnitState] = Counter()
        for page in self.pages:
            counts.update(page.pair.counts)
        return counts

    @property
    def words(self) -> int:
        """How many words are to be translated."""
        return sum(page.words for page in self.pages) + sum(one.words for one in self.lacking)

    @property
    def minutes(self) -> int:
        """How long that takes."""
        lacking = sum(minutes(one.words) for one in self.lacking)
        return sum(page.minutes for page in self.pages) + lacking


def by_debt(pages: Iterable[PageStatus]) -> list[PageStatus]:
    """Return pages so that the oldest debt comes first, then what has none or is not known."""

    def rank(page: PageStatus) -> tuple[bool, bool, dt.date, int, str]:
        since = page.since or dt.date.max
        return not page.is_due, page.since is None, since, -page.words, page.pair.target.path

    return sorted(pages, key=rank)


def text(status: Sequence[LocaleStatus], style: Style, *, in_full: bool) -> Iterator[str]:
    """Yield how translations stand, for people.

    Args:
        status: How they stand.
        style: How to write it.
        in_full: Whether all units are told, not only the first of each page.
    """
    told = _Text(style, in_full)
    for number, locale in enumerate(status):
        if number:
            yield ""
        yield from told.locale(locale)


class _Text:
    def __init__(self, style: Style, in_full: bool) -> None:
        self._style = style
        self._units = UnitWords(style)
        self._words = self._units.words
        self._in_full = in_full

    def locale(self, status: LocaleStatus) -> Iterator[str]:
        """Yield how the pages of a language stand."""
        yield from (self._style.ansi(line, _BOLD) for line in summary(status, self._units))
        for page in status.pages:
            if page.is_due or (self._in_full and _is_half_recorded(page.pair)):
                yield ""
                yield from self._page(page)
        if status.lacking or status.surplus:
            yield ""
        for one in status.lacking:
            due = self._units.due(one.words, minutes(one.words))
            yield f"{self._path(one.source.path)}  {self._words['lacking']}; {due}"
        for path in status.surplus:
            yield f"{self._path(path)}  {self._words['surplus']}"

    def _page(self, page: PageStatus) -> Iterator[str]:
        yield f"{self._path(page.pair.target.path)}  {about(page, self._units)}"
        told = grouped(page.pair.open)
        if self._in_full and _is_half_recorded(page.pair):
            told += grouped(page.pair.standing.in_state(UnitState.UNRECORDED))
        most = len(told) if self._in_full else _MOST_UNITS
        for one in told[:most]:
            yield from self._unit(one, page)
        if len(told) > most:
            more = self._words["more"].format(count=len(told) - most)
            yield f"  {self._style.ansi(more, _DIM)}"

    def _unit(self, one: Told, page: PageStatus) -> Iterator[str]:
        unit = one.unit
        state = self._words[f"is-{unit.state}"]
        place = self._path(str(page.pair.place(unit)))
        below = f" ({self._units.counted('within', one.below)})" if one.below else ""
        key = f" [{harmless(unit.key)}]" if self._in_full else ""
        yield f"  {state}: {self._units.called(unit)}{key}{below}  {place}"
        for found in unit.contradictions:
            yield f"      {self._units.differs(found)}"
        if unit.state is UnitState.BEHIND:
            was, now = changes(unit, page)
            for sign, line in self._units.change(was, now):
                yield f"      {sign} {line}"
            if unit.gone and not was:
                yield f"      - {self._units.counted('gone', unit.gone)}"

    def _path(self, path: str) -> str:
        return self._style.ansi(harmless(path), _PATH)


def _is_half_recorded(pair: PagePair) -> bool:
    """Tell whether of a page that somebody has recorded something is not recorded."""
    return bool(pair.counts.get(UnitState.UNRECORDED) and pair.counts.get(UnitState.CURRENT))


def summary(status: LocaleStatus, units: UnitWords) -> Iterator[str]:
    """Yield what is to be said of a language as a whole."""
    words = units.words
    count = len(status.pages)
    yield words["locale"].format(
        locale=status.locale,
        translated=count,
        pages=units.counted("page", count + len(status.lacking)),
    )
    counts = status.counts
    if counts:
        yield units.states(counts)
    if status.lock.trouble:
        path, reason = harmless(status.lock.path), harmless(status.lock.trouble)
        yield words["lock-trouble"].format(path=path, reason=reason)
    elif not status.lock.text:
        yield words["no-lock"]
    if status.words or status.minutes:
        rate = words["rate"].format(count=WORDS_PER_MINUTE)
        yield f"{units.due(status.words, status.minutes)} ({rate})"
    elif not any(page.is_due for page in status.pages):
        yield words["all-good"]
    if is_told(status.trend):
        yield words["trend"].format(
            points=", ".join(
                words["trend-point"].format(
                    day=one.day.isoformat(), behind=one.behind, missing=one.missing
                )
                for one in status.trend
            )
        )


def about(page: PageStatus, units: UnitWords) -> str:
    """Return what is to be said of a page as a whole."""
    words = units.words
    parts = [units.states(page.pair.counts, but=_FINE)]
    if page.since:
        parts.append(words["since"].format(day=page.since.isoformat()))
    if page.pair.is_late:
        parts.append(words["late"])
    if page.minutes:
        parts.append(units.due(page.words, page.minutes))
    return "; ".join(filter(None, parts))


def changes(unit: UnitStanding, page: PageStatus) -> tuple[list[str], list[str]]:
    """Return the sentences or cells that were translated, and those that are there instead.

    Args:
        unit: A unit that is behind.
        page: Its page.
    """
    before = page.was(unit)
    if before is None:
        return [], [piece.text for piece in unit.changed]
    was, now, _ = compared(before, unit.sources)
    return [one.text for one in was if one.is_changed], [one.text for one in now if one.is_changed]


def markdown(status: Sequence[LocaleStatus], style: Style) -> Iterator[str]:
    """Yield how translations stand, as Markdown: a table a language, then what is behind.

    Args:
        status: How they stand.
        style: In which language.
    """
    units = UnitWords(style)
    words = units.words
    yield f"# {words['title']}"
    for locale in status:
        lines = list(summary(locale, units))
        yield from ("", f"## {lines[0]}", "")
        yield from (f"{line}  " for line in lines[1:])
        due = [page for page in locale.pages if page.is_due]
        if due or locale.lacking:
            columns = (words[f"column-{name}"] for name in ("page", "since", "state", "minutes"))
            yield from ("", f"| {' | '.join(columns)} |", "| --- | --- | --- | ---: |")
        for page in due:
            since = page.since.isoformat() if page.since else ""
            state = units.states(page.pair.counts, but=_FINE) or words["late"]
            yield f"| {plain(page.pair.target.path)} | {since} | {state} | {page.minutes} |"
        for one in locale.lacking:
            path = plain(one.source.path)
            yield f"| {path} |  | {words['lacking']} | {minutes(one.words)} |"
        for page in due:
            yield from _behind(page, units)


def _behind(page: PageStatus, units: UnitWords) -> Iterator[str]:
    """Yield the units of a page that are behind or contradict the source."""
    told = [one.unit for one in grouped(page.pair.open)]
    shown = [u for u in told if u.state in (UnitState.BEHIND, UnitState.CONTRADICTING)]
    if shown:
        yield from ("", f"### {plain(page.pair.target.path)}", "")
    for unit in shown:
        state = units.words[f"is-{unit.state}"]
        yield f"- {state}: {plain(units.called(unit))}"
        yield from (f"  - {plain(units.differs(found))}" for found in unit.contradictions)
        if unit.state is UnitState.BEHIND:
            was, now = changes(unit, page)
            yield from (f"  - {plain(line)}" for _, line in units.change(was, now))


def plain(text: str) -> str:
    """Return a text so that Markdown shows it as it is."""
    marked = "".join(f"\\{char}" if char in "\\`*_[]<>|#" else char for char in harmless(text))
    return marked.replace("&", "&amp;")


def document(status: Sequence[LocaleStatus]) -> str:
    """Return how translations stand, for programs.

    Args:
        status: How they stand.
    """
    told = {
        "version": VERSION,
        "words-per-minute": WORDS_PER_MINUTE,
        "locales": [_locale(one) for one in status],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _locale(status: LocaleStatus) -> dict[str, Any]:
    return {
        "locale": status.locale,
        "recorded": bool(status.lock.text),
        "counts": _counts(status.counts),
        "words": status.words,
        "minutes": status.minutes,
        "pages": [_page(page) for page in status.pages],
        "lacking": [
            {
                "page": one.source.page_id,
                "source": one.source.path,
                "units": one.units,
                "words": one.words,
                "minutes": minutes(one.words),
            }
            for one in status.lacking
        ],
        "surplus": list(status.surplus),
        "trend": [
            {"day": point.day.isoformat(), "behind": point.behind, "missing": point.missing}
            for point in status.trend
        ],
    }


def _page(page: PageStatus) -> dict[str, Any]:
    pair = page.pair
    return {
        "page": pair.page_id,
        "source": pair.source.path,
        "translation": pair.target.path,
        "since": page.since.isoformat() if page.since else None,
        "late": pair.is_late,
        "counts": _counts(pair.counts),
        "words": page.words,
        "minutes": page.minutes,
        "units": [_unit(unit, page) for unit in pair.open],
    }


def _unit(unit: UnitStanding, page: PageStatus) -> dict[str, Any]:
    was = page.was(unit)
    return {
        **unit_facts(unit),
        "source": _place(page.pair.source_place(unit)),
        "translation": _place(page.pair.place(unit)) if unit.targets else None,
        "before": list(was.pieces) if was else None,
        "changed-on": was.changed_on.isoformat() if was and was.changed_on else None,
    }


def unit_facts(unit: UnitStanding) -> dict[str, Any]:
    """Return what is known of a unit but for where it stands, as JSON has it."""
    return {
        "unit": unit.key,
        "part-of": unit.parent,
        "kind": unit.kind.value,
        "state": unit.state.value,
        "text": " ".join(one.text for one in unit.sources),
        "translated": " ".join(one.text for one in unit.targets),
        "confidence": round(unit.confidence, 3),
        "words": words_to_translate(unit),
        "changed": [piece.text for piece in unit.changed],
        "gone": unit.gone,
        "contradictions": [contradiction_facts(one) for one in unit.contradictions],
    }


def contradiction_facts(one: Contradiction) -> dict[str, Any]:
    """Return what source and translation contradict each other in, as JSON has it."""
    return {
        "topic": one.topic.value,
        "name": one.name,
        "source": list(one.source),
        "translation": list(one.target),
    }


def _counts(counts: Mapping[UnitState, int]) -> dict[str, int]:
    return {state.value: counts.get(state, 0) for state in STATES}


def _place(place: Place | None) -> dict[str, Any] | None:
    return place_of(place) if place else None
