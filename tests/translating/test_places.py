"""Where on a page a unit is found."""

from __future__ import annotations

import pytest

from leitfaden.model import Span
from leitfaden.translating.places import anchor_of
from leitfaden.translating.units import Unit, UnitKind


@pytest.mark.parametrize(
    ("key", "parent", "anchor"),
    [
        ("section:overview", "", "overview"),
        ("section:overview:p2", "section:overview", "overview"),
        ("step:call-them:i3:p2", "step:call-them:i3", "call-them"),
        ("task:4047:name", "step:call-them", "task-4047"),
        ("task:4047--2:name", "step:call-them", "task-4047--2"),
        ("summary:2020-05-01", "section:update-summary", "update-summary"),
        ("intro:p1", "intro", ""),
        ("title", "", ""),
        ("meta:description", "", ""),
    ],
)
def test_a_unit_is_found_at_the_nearest_place_that_links_can_lead_to(
    key: str, parent: str, anchor: str
) -> None:
    unit = Unit(key, UnitKind.PARAGRAPH, "", Span(0, 0), parent, "", (), (), "")
    assert anchor_of(unit) == anchor
