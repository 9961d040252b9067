"""Terms in a translation: made those of the source, and those that the source has given up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.parity import View, view_of
from leitfaden.checking.tree import Tree
from leitfaden.model import Edit, Fix, Span
from leitfaden.translating.anchors import AnchorKind
from leitfaden.translating.standing import UnitStanding, UnitState
from leitfaden.translating.units import Unit

_NAMES = (AnchorKind.TERM, AnchorKind.NAME)
_FEWEST_PLACES = 2  # of a name that was given up; in one place, that is told already


def reworded(
    uses: Sequence[tuple[str, Span]], wanted: Collection[str], names: Mapping[str, str]
) -> Fix | None:
    """Return the fix that lets a text name other terms; those that are right stay as written.

    Args:
        uses: The terms that it names, each with its place.
        wanted: Those that it is to name.
        names: What each of these is called.

    Returns:
        The fix; None if there is nothing that it could take the place of.
    """
    written = {key for key, _ in uses}
    added = [key for key in wanted if key not in written]
    edits: list[Edit] = []
    kept: Span | None = None  # the last term that stays, or is replaced
    gone: list[Span] = []
    for key, span in uses:
        if key in wanted:
            kept = span
        elif added:
            edits.append(Edit(span, names[added.pop(0)]))
            kept = span
        elif kept:
            edits.append(Edit(Span(kept.end, span.end), ""))
            kept = Span(span.end, span.end)
        else:
            gone.append(span)
    if kept is None:
        return None
    if gone:
        first = next(span for key, span in uses if key in wanted)
        edits.append(Edit(Span(gone[0].start, first.start), ""))
    if added:
        text = "".join(f", {names[key]}" for key in added)
        edits.append(Edit(Span(kept.end, kept.end), text))
    edits.sort(key=lambda edit: edit.span)
    return Fix(tuple(edits)) if edits else None


class Leftover(NamedTuple):
    """A name that the source has given up, and that lives on in a translation.

    Args:
        name: As it is written there.
        instead: What the source seems to say now; empty if that is not clear.
        spans: Where it stands on the page: texts that have it.
        places: In how many places it stands, over all languages.
    """

    name: str
    instead: str
    spans: tuple[Span, ...]
    places: int


class Leftovers:
    """The names that the source has given up, over all locales; made once for a tree.

    Args:
        tree: All pages.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.by_path: dict[str, list[Leftover]] = {}
        views = list(self._views())
        instead = _candidates(unit for _, unit in views)
        if instead:
            self._without_those_that_live(instead, {view.source.id for view, _ in views})
        for value in sorted(instead):
            for facts, one in self._leftover(value, instead[value]):
                self.by_path.setdefault(facts.path, []).append(one)

    def _views(self) -> Iterator[tuple[View, UnitStanding]]:
        """Yield all units that are behind, by locale and page."""
        source = self._tree.contract.source
        for locale in self._tree.contract.locale_keys:
            if locale != source:
                for page_id in sorted(self._tree.pages.get(locale, ())):
                    facts = self._tree.pages[locale][page_id]
                    view = view_of(facts, self._tree)
                    if view:
                        for unit in view.in_state(UnitState.BEHIND):
                            yield view, unit

    def _without_those_that_live(self, names: dict[str, set[str]], first: Collection[str]) -> None:
        """Drop the names that the source still has, on whatever page."""
        source = self._tree.pages.get(self._tree.contract.source, {})
        for page_id in (*first, *(one for one in source if one not in first)):
            if not names:
                return
            for unit in self._source_units(page_id):
                for value in _values(unit):
                    names.pop(value, None)

    def _source_units(self, page_id: str) -> Iterator[Unit]:
        for locale in self._tree.contract.locale_keys:
            facts = self._tree.page(page_id, locale)
            pair = self._tree.pair(facts) if facts else None
            if pair:
                for unit in pair.standing.units:
                    yield from unit.sources
                return

    def _leftover(self, value: str, instead: set[str]) -> Iterator[tuple[PageFacts, Leftover]]:
        """Yield the pages that have a name, if it is none that only a language has."""
        found: list[tuple[PageFacts, str, list[Span]]] = []
        for locale in self._tree.contract.locale_keys:
            for page_id in sorted(self._tree.pages.get(locale, ())):
                facts = self._tree.pages[locale][page_id]
                pair = self._tree.pair(facts)
                places: list[tuple[Span, str]] = []
                for unit in pair.standing.units if pair else ():
                    written = [(target.span, _values(target).get(value)) for target in unit.targets]
                    named = [(span, name) for span, name in written if name]
                    if named and unit.state is UnitState.CURRENT:
                        return  # it was translated so: a name that only this language has
                    places += named
                if places:
                    found.append((facts, places[0][1], [span for span, _ in places]))
        count = sum(len(spans) for _, _, spans in found)
        if count >= _FEWEST_PLACES:
            new = next(iter(instead)) if len(instead) == 1 else ""
            for facts, name, spans in found:
                yield facts, Leftover(name, new, tuple(spans), count)


def renamed(one: Leftover, text: str) -> Fix | None:
    """Return the fix that calls something by its new name, everywhere on a page.

    It is one to be looked at: a sentence may have to change with the name.

    Args:
        one: The name.
        text: The page's text.

    Returns:
        The fix; None if the new name is not clear, or the old one is not found as such: in
        addresses and parts of words it stays.
    """
    if not one.instead:
        return None
    words = r"\s+".join(map(re.escape, one.name.split()))
    name = re.compile(rf"(?<![\w/.#=@-]){words}(?![\w/@=])")
    edits = {
        Edit(Span(*match.span()), one.instead)
        for span in one.spans
        for match in name.finditer(text, span.start, span.end)
    }
    return Fix(tuple(sorted(edits, key=lambda edit: edit.span)), safe=False) if edits else None


def _candidates(units: Iterable[UnitStanding]) -> dict[str, set[str]]:
    """Return the names that translations have where the source no longer does.

    Args:
        units: The units that are behind.

    Returns:
        By name, what is written instead in all of these places: what only the source has there.
    """
    found: dict[str, set[str]] = {}
    for unit in units:
        ours: dict[str, str] = {}
        for one in unit.sources:
            ours |= _values(one)
        theirs: dict[str, str] = {}
        for one in unit.targets:
            theirs |= _values(one)
        new = {written for value, written in ours.items() if value not in theirs}
        for value in theirs:
            if value not in ours:
                found[value] = found[value] & new if value in found else set(new)
    return found


def _values(unit: Unit) -> dict[str, str]:
    return {anchor.value: anchor.written for anchor in unit.anchors if anchor.kind in _NAMES}
