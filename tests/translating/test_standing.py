"""How each unit of a translation stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from leitfaden.contract.frozen import FrozenMap
from leitfaden.translating.evidence import Topic
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import UnitState, record
from tests.translating.support import CONTRACT, DE, EN, after, locked, one, standing, told


def test_without_a_lock_nothing_is_known_and_nothing_speaks_against_it() -> None:
    found = standing(EN, DE)
    assert told(found) == {}
    assert found.counts[UnitState.UNRECORDED] == len(found.units) - 4  # the known sections
    assert not found.is_late


def test_what_is_recorded_is_current() -> None:
    found = standing(EN, DE, locked())
    assert set(found.counts) == {UnitState.CURRENT}


def test_a_text_whose_source_changed_is_behind_and_says_in_which_sentences() -> None:
    found = standing(after("Do not start", "Do start"), DE, locked())
    assert told(found) == {"section:overview:p1": UnitState.BEHIND}
    unit = one(found, "section:overview:p1")
    assert [piece.text for piece in unit.changed] == ["Do start before all of them are there."]
    assert unit.gone == 1
    assert unit.record is not None


def test_a_sentence_that_is_gone_is_counted() -> None:
    source = after(" Do not start before all of them are there.", "")
    unit = one(standing(source, DE, locked()), "section:overview:p1")
    assert (unit.state, unit.changed, unit.gone) == (UnitState.BEHIND, (), 1)


def test_a_cell_that_changed_is_told_and_no_other() -> None:
    source = after("| Are files moved? | Yes | No |", "| Are files moved? | Yes | Yes |")
    found = standing(source, DE, locked())
    key = "section:overview:t1:row:are-files-moved"
    assert told(found) == {key: UnitState.BEHIND}


def test_cells_that_repeat_are_not_taken_for_each_other() -> None:
    def table(*cells: str) -> str:
        rows = "".join(f"| {cell} |\n" for cell in cells)
        return f"# A\n\n| x |\n|-|\n{rows}"

    source, target = table("Yes", "No", "Yes"), table("Ja", "Nein", "Ja")
    lock = locked(source, target)
    found = standing(table("Yes", "No", "No"), target, lock)
    assert found.counts[UnitState.BEHIND] + found.counts[UnitState.MISSING] == 1
    assert set(standing(source, target, lock).counts) == {UnitState.CURRENT}


@pytest.mark.parametrize(
    "cell", ["a \\| b", "[a](b.md)", "{Wizard} a", "`a|b`".replace("|", "\\|"), "<x> a", "O / O"]
)
def test_any_cell_is_current_until_it_changes(cell: str) -> None:
    source, target = (f"# A\n\n| x | y |\n|-|-|\n| {cell} | {word} |\n" for word in ("it", "es"))
    lock = locked(source, target)
    assert set(standing(source, target, lock).counts) == {UnitState.CURRENT}
    changed = standing(source.replace("| it |", "| that |"), target, lock)
    assert list(told(changed).values()) == [UnitState.BEHIND]


def test_metadata_stand_as_all_else_does() -> None:
    found = standing(after("How to conduct it.", "How to lead it."), DE, locked())
    assert told(found) == {"meta:description": UnitState.BEHIND}


def test_what_the_source_got_is_missing() -> None:
    row = "| 4099 | Archive it | O | FastTrack Manager | Teams |\n"
    source = after("| 4048 | Book", f"{row}| 4048 | Book")
    for lock in (Lock(), locked()):
        assert told(standing(source, DE, lock)) == {"task:4099:name": UnitState.MISSING}


def test_what_the_source_lost_is_extra() -> None:
    source = after("- Ask the FastTrack Manager.\n", "")
    found = standing(source, DE, locked())
    assert told(found) == {"section:overview:i2": UnitState.EXTRA}
    assert one(found, "section:overview:i2").targets[0].text == "Fragen Sie den FastTrack Manager."


def test_a_task_with_another_id_is_told_as_such() -> None:
    found = standing(after("| 4047 |", "| 4074 |"), DE, locked())
    (contradiction,) = one(found, "task:4074:name").contradictions
    assert (contradiction.topic, contradiction.target) == (Topic.TASK, ("4047",))
    assert told(found) == {"task:4074:name": UnitState.CONTRADICTING}


def test_a_claim_that_contradicts_the_evidence_names_the_unit() -> None:
    german = after("12 Personen", "13 Personen", DE)
    found = standing(EN, german, locked(EN, german))
    assert told(found) == {"section:overview:p1": UnitState.CONTRADICTING}


def test_prose_in_the_words_of_the_source_is_untranslated() -> None:
    english = "Do not start before all of them are there, whoever asks for it."
    found = standing(f"# A\n\n{english}\n", f"# B\n\n{english}\n")
    assert told(found) == {"intro:p1": UnitState.UNTRANSLATED}


@pytest.mark.parametrize(
    "text",
    [
        "| Refresh Summary | Zusammenfassung der Aktualisierung |\n|-|-|\n"
        "| Refresh Summary | Zusammenfassung der Aktualisierung |",
        "Teams",
        "FastTrack Manager, FastTrack Engineer, Exchange and SharePoint",
        "12 / 34",
    ],
)
def test_names_and_numbers_need_no_translation(text: str) -> None:
    assert told(standing(f"# A\n\n{text}\n", f"# B\n\n{text}\n")) == {}


def test_a_short_text_is_untranslated_if_it_has_words_of_the_sources_language() -> None:
    words = {"en": ("the", "of"), "de": ("der",)}
    locales = {
        key: replace(spec, function_words=words.get(key, ()))
        for key, spec in CONTRACT.locales.items()
    }
    contract = replace(CONTRACT, locales=FrozenMap(locales))
    text = "End of the call"
    found = standing(f"# A\n\n{text}\n", f"# B\n\n{text}\n", contract=contract)
    assert told(found) == {"intro:p1": UnitState.UNTRANSLATED}
    assert told(standing(f"# A\n\n{text}\n", f"# B\n\n{text}\n")) == {}


def test_a_person_may_say_that_a_text_is_the_same_in_both_languages() -> None:
    english = "Do not start before all of them are there, whoever asks for it."
    source, target = f"# A\n\n{english}\n", f"# B\n\n{english}\n"
    lock = locked(source, target)
    before = standing(source, target, lock)
    assert told(before) == {"intro:p1": UnitState.UNTRANSLATED}  # a whole page does not say so
    lock = record(lock, before, ["intro:p1"])
    assert set(standing(source, target, lock).counts) == {UnitState.CURRENT}


def test_a_page_with_an_older_summary_is_behind_by_its_own_account() -> None:
    row = "| 02/03/2026 | Team | Added the room |\n"
    found = standing(after(row, f"| 05/05/2026 | Team | More |\n{row}"), DE, locked())
    assert found.is_late
    assert (found.source_newest, found.target_newest) == (dt.date(2026, 5, 5), dt.date(2026, 2, 3))
    assert told(found) == {"summary:2026-05-05": UnitState.MISSING}


def test_a_translation_may_tell_its_own_history() -> None:
    row = "| 02/03/2026 | Team | Raum ergänzt |\n"
    german = after(row, f"{row}| 06.06.2026 | Team | Übersetzt |\n", DE)
    assert told(standing(EN, german, locked())) == {}


def test_cosmetic_changes_of_a_page_change_nothing() -> None:
    source = (
        EN.replace("- ", "* ")
        .replace(" | ", "  |  ")
        .replace("Plan it well.", "**Plan** it\nwell.")
        .replace("[!NOTE]", "[!note]")
        .replace("resources-guide.md", "./resources-guide.md")
    )
    assert set(standing(source, DE, locked()).counts) == {UnitState.CURRENT}


def test_a_row_in_another_place_is_current() -> None:
    row = "| Is mail moved? | Yes | Yes |\n"
    source = after(row, "").replace(
        "| Is chat moved? | No | No |\n", f"| Is chat moved? | No | No |\n{row}"
    )
    assert set(standing(source, DE, locked()).counts) == {UnitState.CURRENT}


def test_a_renamed_section_takes_its_texts_along() -> None:
    source = after("### Hold the Workshop", "### Lead the Workshop")
    assert told(standing(source, DE, locked())) == {"step:lead-the-workshop": UnitState.BEHIND}


def test_single_units_can_be_recorded() -> None:
    source = after("Plan it well.", "Plan it very well.").replace("Hold it.", "Hold that.")
    lock = locked()
    before = standing(source, DE, lock)
    assert len(told(before)) == 2
    lock = record(lock, before, ["step:plan-the-workshop:p1"])
    assert told(standing(source, DE, lock)) == {"step:hold-the-workshop:p1": UnitState.BEHIND}


def test_a_section_can_be_recorded_by_its_key() -> None:
    source = after("Hold it.", "Hold that.")
    lock = locked()
    lock = record(lock, standing(source, DE, lock), ["step:hold-the-workshop"])
    assert told(standing(source, DE, lock)) == {}


def test_recording_twice_changes_nothing() -> None:
    lock = locked()
    assert record(lock, standing(EN, DE, lock)) == lock


def test_units_are_told_in_the_order_of_the_source() -> None:
    keys = [unit.key for unit in standing(EN, DE).units]
    assert keys.index("section:overview:p1") < keys.index("task:4047:name")
    assert keys[0] == "meta:title"
