"""What an edit does to the translations: as text, in Markdown, in JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from leitfaden.checking.pairs import Lacking, PagePair
from leitfaden.model.visible import harmless
from leitfaden.reporting.json import place_of
from leitfaden.reporting.status import contradiction_facts, plain, unit_facts
from leitfaden.reporting.style import Style
from leitfaden.reporting.units import UnitWords, grouped
from leitfaden.translating.effort import minutes, minutes_for, words_to_translate
from leitfaden.translating.impact import Affected, Effect
from leitfaden.translating.standing import UnitState
from leitfaden.translating.units import UnitKind

VERSION = 1
_BOLD, _PATH = "1", "36"
_SHORT = 8  # digits of a commit that people are shown


@dataclass(frozen=True)
class PageImpact:
    """What an edit does to one translation of a page.

    Args:
        pair: The page.
        effect: What it does.
    """

    pair: PagePair
    effect: Effect


@dataclass(frozen=True)
class Impact:
    """What an edit does to all translations.

    Args:
        base: The commit that the pages are compared with.
        pages: The translations that it puts behind.
        new: Pages of the source that are new and that a locale lacks.
        gone: The paths of translations whose source is gone.
        done: How many units were edited and translated at once.
    """

    base: str
    pages: tuple[PageImpact, ...]
    new: tuple[Lacking, ...] = ()
    gone: tuple[str, ...] = ()
    done: int = 0

    @cached_property
    def affected(self) -> tuple[tuple[PagePair, Affected], ...]:
        """All units that it puts behind."""
        return tuple((page.pair, one) for page in self.pages for one in page.effect.affected)

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages that it puts something behind in."""
        return tuple(dict.fromkeys(pair.locale for pair, _ in self.affected))

    def places(self, *, mechanical: bool | None = None, tasks: bool = False) -> int:
        """Count what is put behind: the same unit once, in however many languages.

        Args:
            mechanical: Only what needs no translator, or what does; None for both.
            tasks: Only tasks.
        """
        by_person = {
            (pair.page_id, one.unit.key) for pair, one in self.affected if not one.is_mechanical
        }
        places = {
            (pair.page_id, one.unit.key)
            for pair, one in self.affected
            if not tasks or one.unit.kind is UnitKind.TASK
        }
        if mechanical is None:
            return len(places)
        return len(places - by_person if mechanical else places & by_person)

    @property
    def words(self) -> int:
        """How many words are to be translated, over all languages; without new pages."""
        return sum(words_to_translate(one.unit) for _, one in self.affected)

    @property
    def minutes(self) -> int:
        """How long that takes."""
        return minutes_for(one.unit for _, one in self.affected if not one.is_mechanical)


def text(impact: Impact, style: Style) -> Iterator[str]:
    """Yield what an edit does, for people.

    Args:
        impact: What it does.
        style: How to write it.
    """
    units = UnitWords(style)
    first, *rest = summary(impact, units)
    yield style.ansi(first, _BOLD)
    yield from rest
    for page in impact.pages:
        yield ""
        yield style.ansi(harmless(page.pair.target.path), _PATH)
        for one, below in _told(page):
            name = units.called(one.unit)
            within = f" ({units.counted('within', below)})" if below else ""
            place = style.ansi(harmless(str(page.pair.place(one.unit))), _PATH)
            yield f"  {units.words[f'is-{one.unit.state}']}: {name}{within}  {place}"
            for sign, line in _lines(one, units):
                yield f"      {sign} {line}".rstrip()


def _told(page: PageImpact) -> Iterator[tuple[Affected, int]]:
    """Yield units so that what is missing or extra as a whole is told once, with its number."""
    affected = {one.unit: one for one in page.effect.affected}
    for told in grouped(affected):
        yield affected[told.unit], told.below


def _lines(one: Affected, units: UnitWords) -> Iterator[tuple[str, str]]:
    """Yield what of a unit is another one, with the sign that diffs have before it."""
    yield from ((" ", units.differs(found)) for found in one.contradictions)
    if one.unit.state is UnitState.BEHIND:
        yield from units.change(one.was, (piece.text for piece in one.unit.changed))


def summary(impact: Impact, units: UnitWords) -> Iterator[str]:
    """Yield what is to be said of an edit as a whole."""
    words = units.words
    base = impact.base[:_SHORT]
    count = impact.places()
    if not count:
        yield words["impact-none"].format(base=base)
    else:
        yield words["impact"].format(
            base=base,
            units=_units(impact, units),
            languages=units.counted("language", len(impact.locales)),
            locales=", ".join(impact.locales),
        )
        yield from _shares(impact, units)
    if impact.new:
        due = sum(one.words for one in impact.new)
        pages = units.counted("page", len({one.source.path for one in impact.new}))
        yield words["impact-new"].format(pages=pages, due=units.due(due, minutes(due)))
    if impact.gone:
        pages = units.counted("page", len(impact.gone))
        yield words["impact-gone"].format(pages=pages)
    if impact.done:
        yield units.counted("impact-done", impact.done)


def _units(impact: Impact, units: UnitWords) -> str:
    """Return how many units there are: tasks, if all are."""
    count, tasks = impact.places(), impact.places(tasks=True)
    if tasks == count:
        return units.counted("task", count)
    told = units.counted("unit", count)
    if not tasks:
        return told
    among = units.words["impact-tasks"].format(tasks=units.counted("task", tasks))
    return f"{told} ({among})"


def _shares(impact: Impact, units: UnitWords) -> Iterator[str]:
    by_machine, by_person = impact.places(mechanical=True), impact.places(mechanical=False)
    if by_machine:
        topics = dict.fromkeys(
            units.words[f"topic-{found.topic}"]
            for _, one in impact.affected
            if one.is_mechanical
            for found in one.contradictions
        )
        told = units.counted("impact-mechanical", by_machine)
        yield f"{told} ({', '.join(topics)})." if topics else f"{told}."
    if by_person:
        told = units.counted("impact-person", by_person)
        yield f"{told}: {units.due(impact.words, impact.minutes)}."


def markdown(impact: Impact, style: Style) -> Iterator[str]:
    """Yield what an edit does, as Markdown: for a comment below a pull request.

    Args:
        impact: What it does.
        style: In which language.
    """
    units = UnitWords(style)
    yield f"## {units.words['title']}"
    yield ""
    yield from (f"{line}  " for line in summary(impact, units))
    for page in impact.pages:
        yield from ("", f"### {plain(page.pair.target.path)}", "")
        for one, below in _told(page):
            within = f" ({units.counted('within', below)})" if below else ""
            state = units.words[f"is-{one.unit.state}"]
            yield f"- {state}: {plain(units.called(one.unit))}{within}"
            yield from (f"  - {plain(line)}" for _, line in _lines(one, units))


def document(impact: Impact) -> str:
    """Return what an edit does, for programs.

    Args:
        impact: What it does.
    """
    told = {
        "version": VERSION,
        "base": impact.base,
        "locales": list(impact.locales),
        "units": impact.places(),
        "tasks": impact.places(tasks=True),
        "mechanical": impact.places(mechanical=True),
        "personal": impact.places(mechanical=False),
        "words": impact.words,
        "minutes": impact.minutes,
        "done": impact.done,
        "new": [
            {"page": one.source.page_id, "locale": one.locale, "words": one.words}
            for one in impact.new
        ],
        "gone": list(impact.gone),
        "pages": [_page(page) for page in impact.pages],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _page(page: PageImpact) -> dict[str, Any]:
    pair = page.pair
    return {
        "page": pair.page_id,
        "locale": pair.locale,
        "source": pair.source.path,
        "translation": pair.target.path,
        "units": [_affected(one, pair) for one in page.effect.affected],
    }


def _affected(one: Affected, pair: PagePair) -> dict[str, Any]:
    return {
        **unit_facts(one.unit),
        "contradictions": [contradiction_facts(found) for found in one.contradictions],
        "mechanical": one.is_mechanical,
        "before": list(one.was),
        "place": place_of(pair.place(one.unit)),
    }
