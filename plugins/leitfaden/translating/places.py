"""Where on a page a unit is found."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.translating.standing import Standing, UnitStanding
from leitfaden.translating.units import Unit, UnitKind

HEADINGS = frozenset((UnitKind.HEADING, UnitKind.SECTION))
NOT_READ = frozenset((UnitKind.META, UnitKind.CHANGE))  # no text of the page's own course


def anchor_of(unit: Unit) -> str:
    """Return the id of the nearest place that links can lead to; empty for the page's top.

    Args:
        unit: A unit of the source, or of a page that was read with its source.
    """
    for key in (unit.key, unit.parent):
        what, _, rest = key.partition(":")
        name = rest.partition(":")[0]
        if what == "task":
            return f"task-{name}"
        if what in ("section", "step"):
            return name
    return ""


def by_heading(standing: Standing) -> Iterator[tuple[Unit | None, UnitStanding]]:
    """Yield how the units stand, each with the translation's heading that it stands below.

    What the translation lacks stands below the heading that is there before it; a heading itself
    counts as what stands below it. Of metadata, and of what stands before any heading, there is
    none.

    Args:
        standing: The page.
    """
    heading: Unit | None = None
    for unit in standing.units:
        if unit.kind in HEADINGS and unit.targets:
            heading = unit.targets[0]
        yield heading, unit
