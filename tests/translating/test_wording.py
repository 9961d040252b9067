"""What both sides differ in is told in the words of the contract."""

from __future__ import annotations

import pytest

from leitfaden.translating.evidence import Contradiction, Topic
from leitfaden.translating.wording import worded
from tests.translating.support import CONTRACT, DE, after, one, standing


def differing(old: str, new: str, key: str) -> Contradiction:
    """Return what contradicts the source after a change of it."""
    (found,) = one(standing(after(old, new), DE), key).contradictions
    return found


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("en", "Optional", "Mandatory"),
        ("de", "Optional", "Erforderlich"),
        ("fr", "Optional", "Mandatory"),
    ],
)
def test_a_requirement_has_its_name(language: str, source: str, target: str) -> None:
    found = differing("workshop | M |", "workshop | O |", "task:4047:name")
    told = worded(found, CONTRACT, language)
    assert (told.source, told.target) == ((source,), (target,))
    assert found.source == ("optional",)


def test_a_label_and_what_it_names_have_their_names() -> None:
    found = differing("Applies To: **Exchange**", "Applies To: **Teams**", "step:hold-the-workshop")
    told = worded(found, CONTRACT, "de")
    assert (told.topic, told.name) == (Topic.LABEL, "Gilt f\u00fcr")
    assert (told.source, told.target) == (("Teams",), ("Exchange",))


def test_what_is_no_name_of_the_contract_stays_as_it_is() -> None:
    found = differing("Invite 12 people", "Invite 40 people", "section:overview:p1")
    assert worded(found, CONTRACT, "de") == found
