"""What a writer is shown of a page besides the page: what is wrong, and what is behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.model import Diagnostic, Page, Place, Position
from leitfaden.reporting.style import Style
from leitfaden.reporting.units import UnitWords
from leitfaden.translating.standing import Standing, UnitState

_AS_IT_SHOULD = (UnitState.CURRENT, UnitState.UNRECORDED)
_TRANSLATION = "LF5"  # the family of rules that compare a translation with its source


class Sides(NamedTuple):
    """A translation beside its source.

    Args:
        source: The page that is translated.
        page: The translation.
        standing: How its units stand.
    """

    source: Page
    page: Page
    standing: Standing


class Link(NamedTuple):
    """A place in a file.

    Args:
        text: The place, as findings name it.
        address: What opens it in an editor; empty if nothing does.
    """

    text: str
    address: str


@dataclass(frozen=True)
class Item:
    """Something that is to be done.

    Args:
        kind: How much it matters.
        label: The code of a rule, or the name of a language.
        text: What it is.
        links: Where it is.
    """

    kind: str
    label: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Panel:
    """What is to be done on a page.

    Args:
        findings: What checks find.
        parts: What is not as in the source; of a source page, which translations are not.
    """

    findings: tuple[Item, ...]
    parts: tuple[Item, ...]

    def __bool__(self) -> bool:
        return bool(self.findings or self.parts)


@dataclass(frozen=True)
class PanelWriter:
    """Puts what is to be done into words.

    Args:
        contract: Names the languages.
        language: The language of the words.
        link: Returns the address that opens a place in an editor.
    """

    contract: Contract
    language: str
    link: Callable[[Place], str]

    def panel(self, found: Sequence[Diagnostic], sides: Sequence[Sides], locale: str) -> Panel:
        """Return what is to be done on a page.

        Args:
            found: What checks find on it.
            sides: The page beside its source, or beside its translations.
            locale: The locale of the page's readers.
        """
        own = [one for one in sides if one.page.locale == locale]
        sources = dict(pair for one in own for pair in _sources(one))
        parts = [self._item(one, sources) for one in found if _is_of_translation(one)]
        parts += (item for one in sides if one not in own for item in self._other(one))
        rest = (self._item(one, {}) for one in found if not _is_of_translation(one))
        return Panel(tuple(rest), tuple(parts))

    def _item(self, one: Diagnostic, sources: Mapping[Position, Place]) -> Item:
        places = [one.place, *one.more]
        starts = [place.start for place in places if place.start]
        places += (sources[start] for start in starts if start in sources)
        text = f"{one.message} {one.help}".strip()
        return Item(str(one.severity), one.code, text, tuple(map(self._linked, places)))

    def _other(self, sides: Sides) -> Iterator[Item]:
        """Yield how a translation of a source page stands, unless all is as it should."""
        words = UnitWords(Style(language=self.language))
        told = words.states(sides.standing.counts, but=_AS_IT_SHOULD)
        if told:
            name = self.contract.locales[sides.page.locale].name
            yield Item("behind", name, told, (self._linked(Place(sides.page.path)),))

    def _linked(self, place: Place) -> Link:
        return Link(str(place), self.link(place))


def _is_of_translation(one: Diagnostic) -> bool:
    return one.code.startswith(_TRANSLATION)


def _sources(sides: Sides) -> Iterator[tuple[Position, Place]]:
    """Yield where the units of a translation begin, each with the place of what it translates."""
    for unit in sides.standing.units:
        if unit.targets and unit.sources:
            start = sides.page.position(unit.targets[0].span.start)
            yield start, sides.source.place(unit.sources[0].span)
