"""The process map: all processes by phase, and what leads to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from leitfaden.contract import Contract
from leitfaden.model import Page
from leitfaden.model.madeids import MAP
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.memory import OncePerLocale
from leitfaden.rendering.views.drawing import NARROW, WIDE, Band, Drawing, draw
from leitfaden.rendering.views.pagelists import phase_numbers
from leitfaden.rendering.views.processes import Process, processes

_MOST = 200  # processes in one drawing; what is larger only words can tell

_ByPhase: TypeAlias = Mapping[str, tuple[Process, ...]]
_Drawings: TypeAlias = tuple[Drawing, Drawing]  # the wide and the narrow one


@dataclass(frozen=True, slots=True)
class MapNode:
    """A process on the map.

    Args:
        id: Its page's id.
        title: In the language of its page.
        url: Relative to the page that shows the map.
        lang: The locale of its page; differs from the reader's where a translation is missing.
        outside: Whether it belongs to another phase than the one that is shown.
        leads_to: What comes next, in the order of the text.
    """

    id: str
    title: str
    url: str
    lang: str
    outside: bool = False
    leads_to: tuple[MapNode, ...] = ()


@dataclass(frozen=True, slots=True)
class MapPhase:
    """A phase on the map.

    Args:
        key: Its key; empty for what belongs to no phase.
        name: In the reader's language; empty likewise.
        number: Its place in the order, from 1 on; 0 if it has none.
        nodes: Its processes.
    """

    key: str
    name: str
    number: int
    nodes: tuple[MapNode, ...]


@dataclass(frozen=True, slots=True)
class ProcessMap:
    """A map, as drawings and as what words can tell.

    Args:
        phases: In their order.
        wide: The drawing where there is room; None if it would be too large to be read.
        narrow: The one for narrow screens.
        url: The map of all processes, or None on that itself.
    """

    phases: tuple[MapPhase, ...]
    wide: Drawing | None
    narrow: Drawing | None
    url: str | None = None

    @property
    def nodes(self) -> Mapping[str, MapNode]:
        """All processes by their pages' ids."""
        return {node.id: node for phase in self.phases for node in phase.nodes}

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of the phases by their keys."""
        return {phase.key: phase.number for phase in self.phases}


class ProcessMaps:
    """Draws the map of all processes, and that of each phase.

    Args:
        contract: The phases, and what says what comes next.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._numbers = phase_numbers(contract)
        self._processes = OncePerLocale(
            lambda playbook, locale: processes(playbook, contract, locale)
        )
        self._drawn = OncePerLocale[dict[str, _Drawings | None]](lambda playbook, locale: {})

    def values(self, _: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what the view of the whole map shows."""
        return {"chart": self._shown(self._by_phase(context), "", context)}

    def of_phase(self, page: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what a phase's own page shows of the map: its processes and those around."""
        key = page.subject or next(iter(page.phases), "")
        if not key:
            return {"chart": ProcessMap((), None, None)}  # it does not say which phase it is
        return {"chart": self._shown(_around(key, self._by_phase(context)), key, context)}

    def _by_phase(self, context: RenderContext) -> _ByPhase:
        return self._processes.of(context.playbook, context.locale)

    def _shown(self, by_phase: _ByPhase, phase: str, context: RenderContext) -> ProcessMap:
        nodes = {
            one.page.id: MapNode(
                one.page.id,
                one.title,
                context.url_of(one.page.id) or "",
                one.page.locale,
                bool(phase) and phase not in one.phases,
            )
            for of_phase in by_phase.values()
            for one in of_phase
        }
        phases = tuple(
            MapPhase(
                key,
                self._contract.phases[key].name(context.locale) if key else "",
                self._numbers.get(key, 0),
                tuple(_leading(one, phase, nodes) for one in of_phase),
            )
            for key, of_phase in by_phase.items()
        )
        wide, narrow = self._drawings(phases, phase, context) or (None, None)
        return ProcessMap(phases, wide, narrow, context.url_of(MAP) if phase else None)

    def _drawings(
        self, phases: Sequence[MapPhase], phase: str, context: RenderContext
    ) -> _Drawings | None:
        """Return the drawings, which are the same on all pages of a locale."""
        known = self._drawn.of(context.playbook, context.locale)
        if phase not in known:
            count = sum(len(one.nodes) for one in phases)
            known[phase] = _drawings(phases) if 0 < count <= _MOST else None
        return known[phase]


def _leading(one: Process, phase: str, nodes: Mapping[str, MapNode]) -> MapNode:
    """Return a process with what it leads to; between others than the phase's own is no arrow."""
    node = nodes[one.page.id]
    to = [nodes[other] for other in one.leads_to if other in nodes]
    shown = tuple(other for other in to if not phase or not node.outside or not other.outside)
    return MapNode(node.id, node.title, node.url, node.lang, node.outside, shown)


def _around(phase: str, by_phase: _ByPhase) -> _ByPhase:
    """Return the processes of a phase, those that they lead to, and those that lead to them."""
    every = [one for of_phase in by_phase.values() for one in of_phase]
    own = {one.page.id for one in every if phase and phase in one.phases}
    reached = {other for one in every if one.page.id in own for other in one.leads_to}
    kept = {
        one.page.id
        for one in every
        if one.page.id in own or one.page.id in reached or not own.isdisjoint(one.leads_to)
    }
    if len(kept) > _MOST:
        kept = own
    found = {
        key: tuple(one for one in of_phase if one.page.id in kept)
        for key, of_phase in by_phase.items()
    }
    return {key: of_phase for key, of_phase in found.items() if of_phase}


def _drawings(phases: Sequence[MapPhase]) -> _Drawings:
    bands = [Band(one.key, one.name, {n.id: n.title for n in one.nodes}) for one in phases]
    arrows = list(_arrows(phases))
    return draw(bands, arrows, WIDE), draw(bands, arrows, NARROW)


def _arrows(phases: Iterable[MapPhase]) -> Iterator[tuple[str, str]]:
    for phase in phases:
        for node in phase.nodes:
            yield from ((node.id, other.id) for other in node.leads_to)
