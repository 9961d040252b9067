"""What commands call the units of pages, and how these stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from leitfaden.checking.finding import shortened
from leitfaden.checking.wording import catalogue
from leitfaden.model.visible import harmless
from leitfaden.reporting.style import Style
from leitfaden.translating.evidence import Contradiction
from leitfaden.translating.standing import UnitStanding, UnitState
from leitfaden.translating.units import Unit, UnitKind

# The order in which states are told: what is most wrong first.
STATES = (
    UnitState.BEHIND,
    UnitState.CONTRADICTING,
    UnitState.MISSING,
    UnitState.UNTRANSLATED,
    UnitState.EXTRA,
    UnitState.UNSURE,
    UnitState.UNRECORDED,
    UnitState.CURRENT,
)
_WHOLE = (UnitState.MISSING, UnitState.EXTRA)
_LONGEST = 70  # characters of a text that names a unit
_LONGEST_SENTENCE = 600  # beyond which nobody reads what has changed


class Told(NamedTuple):
    """A unit as it is told.

    Args:
        unit: How it stands.
        below: How many units below it stand so only because it does.
    """

    unit: UnitStanding
    below: int = 0


def grouped(units: Iterable[UnitStanding]) -> tuple[Told, ...]:
    """Return units so that what is missing or extra as a whole is told once.

    Args:
        units: The units of a page.

    Returns:
        The worst first, tasks first among those that stand alike, else in their order.
    """
    units = tuple(units)
    whole = {(unit.state, unit.key): unit for unit in units if unit.state in _WHOLE}
    below: dict[tuple[UnitState, str], int] = {}
    told = []
    for unit in units:
        top = _top(unit, whole)
        if top is unit or unit.kind is UnitKind.TASK:
            told.append(unit)
        else:
            key = (top.state, top.key)
            below[key] = below.get(key, 0) + 1
    told.sort(key=lambda unit: (STATES.index(unit.state), unit.kind is not UnitKind.TASK))
    return tuple(Told(unit, below.get((unit.state, unit.key), 0)) for unit in told)


def _top(unit: UnitStanding, whole: Mapping[tuple[UnitState, str], UnitStanding]) -> UnitStanding:
    """Return the outermost unit that a unit is a part of and that stands as it does."""
    seen = {unit.key}
    top = unit
    while above := whole.get((unit.state, top.parent)):
        if above.key in seen:
            break
        seen.add(above.key)
        top = above
    return top


class UnitWords:
    """Puts units into words.

    Args:
        style: In which language.
    """

    def __init__(self, style: Style) -> None:
        self.words: Mapping[str, Any] = catalogue(style.language)["standing"]
        self._style = style

    def counted(self, noun: str, count: int) -> str:
        """Return a number of things in words; see `Style.counted`."""
        if noun == "page":
            return self._style.counted(noun, count)
        text: str = self.words[noun if count == 1 else f"{noun}s"]
        return text.format(count=count)

    def states(self, counts: Mapping[UnitState, int], but: Sequence[UnitState] = ()) -> str:
        """Return how many units stand how, the worst first."""
        return ", ".join(
            self.words[f"state-{state}"].format(count=counts[state])
            for state in STATES
            if counts.get(state) and state not in but
        )

    def name(self, unit: Unit) -> str:
        """Return what a unit is called: what it is, and how its text begins."""
        kind = self.words[f"kind-{unit.kind}"]
        if unit.kind is UnitKind.TASK:
            kind = f"{kind} {unit.key.split(':')[1].partition('--')[0]}"
        text = shortened(unit.text)
        text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
        named: str = self.words["named"].format(kind=kind, text=text)
        return harmless(named if text else kind)

    def called(self, unit: UnitStanding) -> str:
        """Return what a unit is called: by the source, if that has it."""
        return self.name((unit.sources or unit.targets)[0])

    def differs(self, one: Contradiction) -> str:
        """Return what source and translation contradict each other in."""
        one = self._style.in_words(one)
        topic = self.words[f"topic-{one.topic}"]
        key = "differs" if one.source or one.target else "differs-so"
        told: str = self.words[key].format(
            topic=f"{topic} {one.name}" if one.name else topic,
            source=self._values(one.source),
            target=self._values(one.target),
        )
        return harmless(told)

    def due(self, words: int, minutes: int) -> str:
        """Return how much is to be translated."""
        told: str = self.words["due"].format(
            words=self.counted("word", words), minutes=self.counted("minute", minutes)
        )
        return told

    def change(self, was: Iterable[str], now: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield a line for each sentence or cell, with the sign that diffs have before it.

        Args:
            was: Those that are no longer there.
            now: Those that are there instead.
        """
        for sign, word, texts in (("-", "was", was), ("+", "is", now)):
            for text in texts:
                line = harmless(" ".join(text.split()))
                if len(line) > _LONGEST_SENTENCE:
                    line = f"{line[:_LONGEST_SENTENCE]}…"
                yield sign, f"{self.words[word]}: {line}"

    def _values(self, values: Sequence[str]) -> str:
        return ", ".join(map(shortened, values)) or str(self.words["nothing"])
