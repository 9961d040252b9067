"""What a source was when it was translated: found in git, and shown beside what it is now."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from leitfaden.contract import load_contract
from leitfaden.reading.versions import read_versions
from leitfaden.translating.history import (
    Before,
    Compared,
    Found,
    Point,
    Wanted,
    behind_since,
    compared,
    find_before,
    is_told,
)
from leitfaden.translating.standing import UnitState
from tests.cli.repository import ENGLISH, commit, edit, repository
from tests.translating.support import DE, EN, after, locked, standing, units

PAGE = "assess-move.md"
OLD = "Look at every box in the house."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = repository(tmp_path / "project")
    for number in range(8):
        edit(english(root), "every box" if not number else f"box {number - 1}", f"box {number}")
        commit(root, f"2026-02-{number + 1:02}")
    return root


def english(root: Path) -> Path:
    return root / "docs" / "en" / PAGE


def search(root: Path, text: str = OLD, **bounds: float) -> Found:
    """Look for a text of the page."""
    contract = load_contract(root / "playbook.yml")
    (digest,) = {unit.hash for unit in units(ENGLISH).units if unit.text == text} or {"0" * 12}
    wanted = Wanted(PAGE, "assess-move", frozenset((digest,)))
    return find_before([wanted], read_versions(root / "docs" / "en"), contract, {}, **bounds)


def test_the_newest_version_with_the_text_is_found(root: Path) -> None:
    (before,) = search(root).values()
    assert before == Before(OLD, (OLD,), dt.date(2026, 2, 1))


def test_a_text_that_never_was_is_known_not_to_be_there(root: Path) -> None:
    assert list(search(root, "Nowhere.").values()) == [None]


def test_of_what_costs_too_much_nothing_is_said(root: Path) -> None:
    assert search(root, most=8) == {}  # there are nine
    assert search(root, seconds=-1) == {}
    assert len(search(root, most=9)) == 1


def test_a_link_in_place_of_the_page_is_no_text(root: Path) -> None:
    english(root).unlink()
    english(root).symlink_to("index.md")
    commit(root, "2026-03-01")
    assert len(read_versions(root / "docs" / "en").files[PAGE]) == 9


def beside(old: str, new: str, text: str) -> Compared:
    """Compare a text of a page with what a change has made of it."""
    (was,) = (unit for unit in units(EN).units if unit.text == text)
    source = units(after(old, new))
    (now,) = (unit for unit in source.units if unit.key == was.key)
    return compared(Before(was.text, tuple(piece.text for piece in was.pieces), None), (now,))


def shown(passages: object) -> list[tuple[str, bool]]:
    assert isinstance(passages, tuple)
    return [tuple(one) for one in passages]


def test_a_sentence_that_changed_is_marked_on_both_sides() -> None:
    text = "Invite 12 people by 03/04/2026. Do not start before all of them are there."
    found = beside("all of them are", "most of them are", text)
    first = ("Invite 12 people by 03/04/2026.", False)
    assert shown(found.was) == [first, ("Do not start before all of them are there.", True)]
    assert shown(found.now) == [first, ("Do not start before most of them are there.", True)]


def test_of_a_row_the_cell_is_marked() -> None:
    found = beside(
        "| Are files moved? | Yes | No |",
        "| Are files moved? | No | No |",
        "Are files moved? | Yes | No",
    )
    assert found.joint == " | "
    assert shown(found.was) == [("Are files moved?", False), ("Yes", True), ("No", False)]


def test_where_only_a_target_changed_that_is_shown() -> None:
    source = EN.replace("- Read [", "- First. Read [")
    (was,) = (unit for unit in units(source).units if unit.text == "First. Read the guide.")
    (now,) = (
        unit
        for unit in units(source.replace("resources-guide", "resources-other")).units
        if unit.key == was.key
    )
    found = compared(Before(was.text, tuple(piece.text for piece in was.pieces), None), (now,))
    assert shown(found.now) == [("First.", False), ("Read the guide (resources-other).", True)]


def test_nothing_of_a_text_is_lost_between_sentences() -> None:
    text = 'He said "Go." Then (at last.) all went.'
    (now,) = (unit for unit in units(f"# T\n\n{text}\n").units if unit.text == text)
    found = compared(Before("He said nothing.", (), None), (now,)).now
    assert " ".join(one.text for one in found) == text


def test_where_nothing_at_all_is_seen_to_differ_the_text_stays_as_it_is() -> None:
    text = 'He said "Go."'
    (now,) = (unit for unit in units(f"# T\n\n{text}\n").units if unit.text == text)
    found = compared(Before(text, (text,), None), (now,))
    assert not found.tells
    assert shown(found.now) == [(text, False)]


def test_a_text_without_any_units_is_all_gone() -> None:
    found = compared(Before("One. Two.", ("One.", "Two."), None), ())
    assert shown(found.was) == [("One.", True), ("Two.", True)]
    assert found.now == ()


SUMMARY = "| 02/03/2026 | Team | Added the room |\n"


def since(source: str, before: dt.date | None = None, file: dt.date | None = None) -> object:
    found = standing(source, DE, locked())
    was = [Before("", (), before)] if before else []
    return behind_since(found.units, was, (found.source_newest, found.target_newest), file)


def test_the_first_change_that_the_summary_lacks_tells_since_when() -> None:
    rows = "| 05/05/2026 | Team | More |\n| 04/04/2026 | Team | Less |\n"
    source = after(SUMMARY, rows + SUMMARY)
    assert since(source) == dt.date(2026, 4, 4)
    assert since(source, before=dt.date(2026, 4, 1)) == dt.date(2026, 4, 1)
    assert since(source, before=dt.date(2026, 4, 9)) == dt.date(2026, 4, 4)


def test_a_file_tells_only_where_nothing_else_does() -> None:
    source = after("Plan it well.", "Plan it.")
    assert since(source, file=dt.date(2026, 7, 7)) == dt.date(2026, 7, 7)
    assert since(source) is None


def test_what_only_contradicts_is_not_behind_since_a_day() -> None:
    source = after("workshop | M |", "workshop | O |")
    states = {unit.state for unit in standing(source, DE, locked()).units}
    assert UnitState.CONTRADICTING in states
    assert since(source, file=dt.date(2026, 7, 7)) is None


def test_a_trend_has_two_points_and_something_in_one() -> None:
    nothing, something = Point(dt.date(2026, 1, 2), 0, 0), Point(dt.date(2026, 1, 9), 0, 1)
    assert is_told((nothing, something))
    assert not is_told((nothing, nothing))
    assert not is_told((something,))
