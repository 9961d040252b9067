"""Which unit stands for which: what is put in, taken out or moved elsewhere moves nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.translating.align import UNSURE, Alignment, align
from leitfaden.translating.lock import Lock, PageLock
from leitfaden.translating.standing import record, standing_of
from tests.translating.support import CONTRACT, DE, EN, after, both, locked

WORDS = st.lists(st.from_regex(r"[a-z]{2,8}", fullmatch=True), min_size=2, max_size=12)
WORDY = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
TEXTS = st.lists(WORDS.map(" ".join), min_size=2, max_size=8, unique=True)


def aligned(source: str, target: str, lock: Lock | None = None) -> Alignment:
    page_lock = lock.of_page("assess-it") if lock else PageLock(())
    return align(*both(source, target), page_lock)


def keys(alignment: Alignment) -> dict[str, str]:
    return {
        "+".join(u.key for u in pair.sources): "+".join(u.text for u in pair.targets)
        for pair in alignment.pairs
    }


def test_all_units_of_two_pages_of_one_shape_belong_together() -> None:
    found = aligned(EN, DE)
    assert (found.missing, found.extra) == ((), ())
    assert all(pair.confidence > UNSURE for pair in found.pairs)


def test_a_paragraph_that_is_put_in_moves_nothing_else() -> None:
    new = "Ask everybody beforehand what they want to hear about, and write it down."
    longer = after("> [!NOTE]", f"{new}\n\n> [!NOTE]")
    found = aligned(longer, DE)
    assert [unit.text for unit in found.missing] == [new]
    assert found.extra == ()


def test_a_section_that_is_put_in_moves_no_other() -> None:
    longer = after("### Hold the", "### Rehearse It\n\nRehearse it twice.\n\n### Hold the")
    found = aligned(longer, DE)
    assert [unit.text for unit in found.missing] == ["Rehearse It", "Rehearse it twice."]
    assert found.extra == ()


def test_sections_that_changed_places_are_found_by_what_they_say() -> None:
    start, end = EN.index("### Plan"), EN.index("### Hold")
    last = EN.index("## Refresh")
    swapped = EN[:start] + EN[end:last] + EN[start:end] + EN[last:]
    found = aligned(swapped, DE)
    assert (found.missing, found.extra) == ((), ())
    assert keys(found)["step:hold-the-workshop"] == "Den Workshop halten"
    assert [part.is_moved for part in found.parts].count(True) == 1


def test_the_heading_of_any_section_belongs_to_that_of_its_counterpart() -> None:
    found = aligned("# A\n\n## Introduce it\n\nx\n", "# B\n\n## Vorstellen\n\ny\n")
    assert keys(found)["section:introduce-it"] == "Vorstellen"


def test_tasks_belong_together_by_their_id_wherever_they_stand() -> None:
    row = "| 4048 | Book the room | O | FastTrack Engineer | All Services |\n"
    head = EN[EN.index("| Task ID") : EN.index("| 4047")]
    moved = after(row, "").replace("Hold it.\n", f"Hold it.\n\n{head}{row}")
    assert keys(aligned(moved, DE))["task:4048:name"] == "Raum buchen"


def test_what_fits_nothing_stays_alone() -> None:
    found = aligned("# A\n\n[a](b.md)\n", "# B\n\n```\ncode\n```\n")
    assert [unit.text for unit in found.missing] == ["a"]
    assert [unit.text for unit in found.extra] == ["code"]


def test_links_tell_what_belongs_together_in_another_order() -> None:
    found = aligned(
        "# A\n\n- [one](one.md)\n- [two](two.md)\n- [three](three.md)\n",
        "# B\n\n- [drei](three.md)\n- [zwei](two.md)\n- [eins](one.md)\n",
    )
    texts = [(pair.sources[0].text, pair.targets[0].text) for pair in found.pairs[1:]]
    assert texts == [("one", "eins"), ("two", "zwei"), ("three", "drei")]


def test_a_paragraph_that_was_split_still_is_what_was_translated() -> None:
    split = after("03/04/2026. Do not", "03/04/2026.\n\nDo not")
    found = aligned(split, DE, locked())
    key = "section:overview:p1+section:overview:p2"
    assert keys(found)[key].startswith("Laden Sie bis")
    assert (found.missing, found.extra) == ((), ())


def test_a_paragraph_that_the_translation_splits_still_is_the_translation() -> None:
    german = after("ein. Beginnen", "ein.\n\nBeginnen", DE)
    lock = locked()
    found = aligned(EN, german, lock)
    pair = next(pair for pair in found.pairs if len(pair.targets) > 1)
    assert [unit.key for unit in pair.sources] == ["section:overview:p1"]
    assert found.missing == ()


def test_words_that_two_languages_share_tell_which_of_many_items_is_new() -> None:
    found = aligned(
        "# A\n\n- Identity is set.\n- Security is set.\n- Migration is set.\n- Network is set.\n",
        "# B\n\n- Gesetzt: Identität.\n- Gesetzt: Migration.\n- Gesetzt: Netzwerk.\n",
    )
    assert [unit.text for unit in found.missing] == ["Security is set."]
    assert found.extra == ()


def test_a_text_that_a_page_repeats_stands_for_the_same_everywhere() -> None:
    inputs = "Step Inputs (all that has to be there before this step can begin)"
    found = aligned(
        f"# A\n\n## C\n\n{inputs}\n\n- x y\n\n## D\n\n{inputs}\n\n- z a\n- b c\n- d e\n",
        "# B\n\n## E\n\nEingaben\n\n- y x\n\n## F\n\nEingaben\n\n- a z\n- c b\n",
    )
    pairs = [(pair.sources[0].text, pair.targets[0].text) for pair in found.pairs]
    assert pairs.count((inputs, "Eingaben")) == 2


@pytest.mark.parametrize("lock", [Lock(), None])
def test_tasks_do_not_draw_the_text_above_them_to_another_section(lock: Lock | None) -> None:
    items = "- [{}](one.md)\n- [{}](two.md)\n- [{}](three.md)\n- [{}](four.md)\n"
    rows = EN[EN.index("#### FTOP Tasks") : EN.index("### Hold")]
    others = DE[DE.index("#### FTOP-Aufgaben") : DE.index("### Den Workshop halten")]
    source = f"# A\n\n## Processes\n\n{items.format(*'abcd')}\n{rows}"
    target = f"# B\n\n## Prozesse\n\n{items.format(*'efgh')}\n## Neu\n\nNeues.\n\n{others}"
    if lock is None:
        lock = record(Lock(), standing_of(*both(source, target), Lock(), CONTRACT))
    found = aligned(source, target, lock)
    assert "Prozesse" in keys(found).values()
    assert [unit.text for unit in found.extra] == ["Neu", "Neues."]
    assert found.missing == ()


def test_what_is_left_on_both_sides_is_no_more_than_a_guess() -> None:
    found = aligned(
        "# A\n\n- One.\n- Two.\n- Discuss how boxes are moved.\n",
        "# B\n\n- [Eins](one.md).\n- [Gespräch](two.md).\n",
    )
    assert found.extra == ()
    assert len(found.missing) == 1
    assert any(pair.confidence < UNSURE for pair in found.pairs)


def test_a_page_that_lacks_much_does_not_make_its_texts_seem_too_long() -> None:
    known = "".join(f"### {n}\n\nThis is paragraph {n}, on the {n} item.\n\n" for n in "abcdef")
    other = "".join(f"### {n}\n\nDies ist Absatz {n}, zum Punkt {n}.\n\n" for n in "abcdef")
    new = "".join(f"- Something else that nobody has put in other words yet: {n}\n" for n in WORDY)
    found = aligned(
        f"# A\n\n{known}### g\n\nMove the customer to the next phase.\n\n{new}",
        f"# B\n\n{other}### h\n\nVerschieben Sie den Kunden in die nächste Phase.\n",
    )
    assert len(found.missing) == len(WORDY)
    texts = {pair.sources[0].text: pair.targets[0].text for pair in found.pairs}
    assert texts["Move the customer to the next phase."].startswith("Verschieben")


def page(texts: Sequence[str], title: str = "T") -> str:
    return f"# {title}\n\n" + "".join(f"{text}.\n\n" for text in texts)


@given(TEXTS, st.data())
@settings(max_examples=60)
def test_with_a_lock_anything_may_be_put_in_and_nothing_else_moves(
    texts: list[str], data: st.DataObject
) -> None:
    german = [f"{text[::-1]} zzz" for text in texts]
    before = standing_of(*both(page(texts), page(german)), Lock(), CONTRACT)
    lock = record(Lock(), before)
    at = data.draw(st.integers(0, len(texts)))
    longer = [*texts[:at], "123 456 something new", *texts[at:]]
    found = aligned(page(longer), page(german), lock)
    assert [unit.text for unit in found.missing] == ["123 456 something new."]
    assert [pair.targets[0].text for pair in found.pairs[1:]] == [f"{text}." for text in german]


@given(TEXTS, st.randoms())
@settings(max_examples=60)
def test_with_a_lock_any_order_is_found(texts: list[str], dice: object) -> None:
    german = [f"{text[::-1]} zzz" for text in texts]
    lock = record(Lock(), standing_of(*both(page(texts), page(german)), Lock(), CONTRACT))
    found = aligned(page(texts[::-1]), page(german), lock)
    expected = {f"{text}.": f"{other}." for text, other in zip(texts, german, strict=True)}
    pairs = {pair.sources[0].text: pair.targets[0].text for pair in found.pairs[1:]}
    assert pairs == expected


@given(TEXTS, TEXTS)
@settings(max_examples=60)
def test_no_unit_is_lost_and_none_is_used_twice(ours: list[str], theirs: list[str]) -> None:
    source, target = both(page(ours), page(theirs, "Z"))
    found = align(source, target)
    first = [u.key for pair in found.pairs for u in pair.sources] + [u.key for u in found.missing]
    second = [u.key for pair in found.pairs for u in pair.targets] + [u.key for u in found.extra]
    assert sorted(first) == sorted(unit.key for unit in source.units)
    assert sorted(second) == sorted(unit.key for unit in target.units)


def test_long_lists_take_no_longer_than_in_proportion() -> None:
    items = "".join(f"- item {number}\n" for number in range(3_000))
    found = aligned(f"# A\n\n{items}", f"# B\n\n- neu\n{items.replace('item', 'Punkt')}")
    assert len(found.extra) == 1
