"""How a lock begins: with what evidence supports, and a list of what it does not."""

from __future__ import annotations

from leitfaden.translating.bootstrap import Doubt, bootstrap
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import UnitState, record
from tests.translating.support import DE, EN, after, standing


def doubts(source: str, target: str) -> dict[str, Doubt]:
    return {one.unit.key: one.doubt for one in bootstrap(Lock(), standing(source, target))[1]}


def test_a_page_that_agrees_with_its_source_is_recorded_in_full() -> None:
    lock, rest = bootstrap(Lock(), standing(EN, DE))
    assert rest == ()
    assert set(standing(EN, DE, lock).counts) == {UnitState.CURRENT}


def test_what_is_missing_or_contradicts_is_not_recorded_and_named() -> None:
    row = "| 4099 | Archive it | O | FastTrack Manager | Teams |\n"
    source = after("Invite 12", "Invite 30").replace("| 4048 |", f"{row}| 4048 |")
    assert doubts(source, DE) == {
        "section:overview:p1": Doubt.CONTRADICTING,
        "task:4099:name": Doubt.MISSING,
    }


def test_nothing_of_a_page_that_is_behind_by_its_own_account_is_presumed() -> None:
    row = "| 02/03/2026 | Team | Added the room |\n"
    source = after(row, f"| 05/05/2026 | Team | More |\n{row}")
    found = doubts(source, DE)
    assert found.pop("summary:2026-05-05") is Doubt.MISSING
    assert set(found.values()) == {Doubt.LATE}
    assert bootstrap(Lock(), standing(source, DE))[0] == Lock()


def test_a_text_that_is_much_too_long_is_not_presumed_to_be_translated() -> None:
    longer = " Whoever comes late is told in the evening what he has missed." * 5
    assert doubts(after("Plan it well.", f"Plan it well.{longer}"), DE) == {
        "step:plan-the-workshop:p1": Doubt.LENGTH
    }


def test_what_a_person_has_recorded_stays() -> None:
    german = after("12 Personen", "13 Personen", DE)
    lock = record(Lock(), standing(EN, german), ["section:overview:p1"])
    after_all, _ = bootstrap(lock, standing(EN, german, lock))
    assert lock.records <= after_all.records


def test_one_translation_of_two_texts_is_recorded_for_both_or_for_none() -> None:
    source = "# A\n\n## C\n\nIf it is known, tell {}.\n\n## D\n\n[x](x.md)\n\nIf known, tell {}.\n"
    source = source.replace("{}", "them")
    target = "# B\n\n## E\n\nFalls bekannt, sagen.\n\n## F\n\nFalls bekannt, sagen.\n"
    lock, rest = bootstrap(Lock(), standing(source, target))
    assert standing(source, target, lock).counts[UnitState.BEHIND] == 0
    assert {Doubt.MISSING, Doubt.UNSURE} == {one.doubt for one in rest}


def test_what_is_recorded_of_one_place_says_nothing_of_another_with_the_same_translation() -> None:
    source = "# A\n\n## C\n\nIf it is known, tell them.\n\n## D\n\nIf known, tell them.\n"
    target = "# B\n\n## E\n\nFalls bekannt, sagen.\n\n## F\n\nFalls bekannt, sagen.\n"
    lock = record(Lock(), standing(source, target), ["section:c:p1"])
    found = standing(source, target, lock)
    assert found.counts[UnitState.BEHIND] == 0
    changed = standing(source.replace("it is", "it was"), target, lock)
    assert [unit.key for unit in changed.in_state(UnitState.BEHIND)] == ["section:c:p1"]
