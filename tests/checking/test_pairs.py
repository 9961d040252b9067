"""All pages beside their translations: how they stand, kept between runs by what was read."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.checking import pairs as module
from leitfaden.checking import workers
from leitfaden.checking.pairs import LockFile, PagePair, Pairs, pairs_of
from leitfaden.checking.store import Store
from leitfaden.checking.survey import Setting
from leitfaden.contract import load_contract
from leitfaden.reading import read_playbook
from leitfaden.translating.effort import minutes_for, words_in, words_to_translate
from leitfaden.translating.lock import Lock, write_lock
from leitfaden.translating.standing import UnitState, record
from tests.cli.repository import edit, made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path / "project")


def setting(root: Path, store: Store | None = None) -> Setting:
    contract = root / "playbook.yml"
    return Setting(
        root=root,
        docs=root / "docs",
        contract=load_contract(contract),
        contract_key=contract.read_text("utf-8"),
        today=dt.date(2026, 1, 2),
        store=store or Store(None),
    )


def record_all(root: Path) -> None:
    """Record all translations as true."""
    lock = Lock()
    for pair in pairs_of(setting(root)).pairs:
        lock = record(lock, pair.standing)
    (root / "docs" / "de" / "translations.lock").write_text(write_lock(lock), "utf-8")


def settle(root: Path) -> None:
    """Let files look as if they had not been changed for long."""
    for file in root.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))


def moving(pairs: Pairs) -> PagePair:
    pair = pairs.pair("assess-move", "de")
    assert pair
    return pair


def test_each_page_is_there_with_its_translation(root: Path) -> None:
    pairs = pairs_of(setting(root))
    assert [pair.page_id for pair in pairs.pairs] == ["assess-move", "index"]
    assert not pairs.lacking
    assert not pairs.surplus
    assert moving(pairs).counts == moving(pairs).standing.counts
    assert UnitState.UNRECORDED in moving(pairs).counts


def test_pages_that_one_language_lacks_are_told_apart(root: Path) -> None:
    (root / "docs" / "en" / "new.md").write_text("# New page\n\nThree words more.\n", "utf-8")
    (root / "docs" / "de" / "alt.md").write_text("# Alt\n", "utf-8")
    pairs = pairs_of(setting(root))
    assert [(one.source.page_id, one.locale, one.words) for one in pairs.lacking] == [
        ("new", "de", 5)
    ]
    assert [page.path for page in pairs.surplus] == ["docs/de/alt.md"]


def test_what_is_recorded_in_full_is_current(root: Path) -> None:
    record_all(root)
    for pair in pairs_of(setting(root)).pairs:
        assert set(pair.counts) == {UnitState.CURRENT}
        assert pair.open == ()


SENTENCES = (
    "Invite twelve people to the workshop.",
    "Do not start before all of them are there.",
    "The room is booked by the customer.",
    "Look at every box in the house.",
    "Hold the relocation workshop",
    "Send the boxes home",
)


@settings(deadline=None, max_examples=40)
@given(
    sentence=st.sampled_from(SENTENCES),
    word=st.sampled_from(("never", "seven", "later", "green", "house", "2027")),
    at=st.integers(0, 3),
)
def test_editing_one_sentence_puts_exactly_that_unit_behind(
    sentence: str, word: str, at: int
) -> None:
    with TemporaryDirectory() as folder:
        root = made(Path(folder))
        record_all(root)
        words = sentence.split()
        words.insert(at, word)
        edited = " ".join(words)
        edit(root / "docs" / "en" / "assess-move.md", sentence, edited)
        pair = moving(pairs_of(setting(root)))
        (unit,) = pair.open
        assert unit.state is UnitState.BEHIND
        assert [piece.text.rstrip(".") for piece in unit.changed] == [edited.rstrip(".")]


def test_what_was_found_out_is_taken_over_as_long_as_nothing_changes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_all(root)
    edit(root / "docs" / "en" / "assess-move.md", "twelve", "thirteen")
    settle(root)
    store = Store(tmp_path / "cache")
    first = pairs_of(setting(root, store))
    monkeypatch.setattr(module, "content_of", None)  # no file is even read
    monkeypatch.setattr(module, "standing_of", None)
    again = pairs_of(setting(root, store))
    assert [pair.counts for pair in again.pairs] == [pair.counts for pair in first.pairs]
    assert [pair.open for pair in again.pairs] == [pair.open for pair in first.pairs]


def test_where_only_the_lock_changes_no_page_is_read_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "cache")
    pairs_of(setting(root, store))
    record_all(root)
    monkeypatch.setattr(module, "page_of", None)
    assert set(moving(pairs_of(setting(root, store))).counts) == {UnitState.CURRENT}


@pytest.mark.parametrize("locale", ["en", "de"])
def test_a_changed_file_is_seen_whatever_was_kept(root: Path, tmp_path: Path, locale: str) -> None:
    record_all(root)
    settle(root)
    store = Store(tmp_path / "cache")
    pairs_of(setting(root, store))
    old = {"en": "every box", "de": "jede Kiste"}[locale]
    edit(root / "docs" / locale / "assess-move.md", old, "alles")
    changed = moving(pairs_of(setting(root, store)))
    assert changed.counts == moving(pairs_of(setting(root))).counts
    assert set(changed.counts) != {UnitState.CURRENT}


def test_several_processes_find_out_the_same(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_all(root)
    edit(root / "docs" / "en" / "assess-move.md", "every box", "each box")
    monkeypatch.setattr(workers, "WORTH_A_WORKER", 1)
    several = replace(setting(root, Store(tmp_path / "cache")), workers=2)
    first, again = pairs_of(several), pairs_of(several)
    alone = pairs_of(setting(root))
    for pairs in (first, again):
        assert [pair.open for pair in pairs.pairs] == [pair.open for pair in alone.pairs]


def test_pages_that_are_gone_are_forgotten(root: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    pairs_of(setting(root, store))
    (root / "docs" / "de" / "assess-move.md").unlink()
    pairs = pairs_of(setting(root, store))
    assert [pair.page_id for pair in pairs.pairs] == ["index"]
    assert [one.source.page_id for one in pairs.lacking] == ["assess-move"]


def test_pages_that_have_been_read_already_stand_as_those_on_disk(root: Path) -> None:
    record_all(root)
    edit(root / "docs" / "en" / "assess-move.md", "twelve", "thirteen")
    here = setting(root)
    read = read_playbook(root / "docs", here.contract, root)
    assert moving(pairs_of(here, playbook=read)).open == moving(pairs_of(here)).open


def test_only_what_is_asked_for_is_looked_at(root: Path) -> None:
    pairs = pairs_of(setting(root), page_ids=frozenset(("index",)))
    assert [pair.page_id for pair in pairs.pairs] == ["index"]


def test_a_lock_that_lies_elsewhere_is_not_read(root: Path, tmp_path: Path) -> None:
    record_all(root)
    lock = root / "docs" / "de" / "translations.lock"
    lock.rename(tmp_path / "outside")
    lock.symlink_to(tmp_path / "outside")
    pairs = pairs_of(setting(root))
    assert pairs.locks["de"].trouble
    assert UnitState.UNRECORDED in moving(pairs).counts


def test_damaged_lines_of_a_lock_hide_nothing_else(root: Path) -> None:
    record_all(root)
    lock = root / "docs" / "de" / "translations.lock"
    lock.write_text(f"{lock.read_text('utf-8')}<<<<<<< here\nassess-move nonsense\n", "utf-8")
    pairs = pairs_of(setting(root))
    assert len(pairs.locks["de"].problems) == 2
    assert set(moving(pairs).counts) == {UnitState.CURRENT}


_LINES = st.lists(
    st.sampled_from(["a", "a b", "ab", "b", "%61", "", "# translations 2"]).flatmap(
        lambda name: st.sampled_from(["", " k 12345678 12345678", " k", "\r"]).map(name.__add__)
    ),
    max_size=12,
)


@given(lines=_LINES, asked=st.sets(st.sampled_from(["a", "a b", "ab", "b"])))
def test_what_a_lock_says_of_a_few_pages_is_the_same_without_the_rest(
    lines: list[str], asked: set[str]
) -> None:
    whole = LockFile("de", Path("x.lock"), "x.lock", "\n".join(lines), exists=True)
    few = whole.narrowed(asked)
    assert all(few.of_page(page_id) == whole.of_page(page_id) for page_id in asked)


def test_a_unit_is_found_on_both_sides(root: Path) -> None:
    record_all(root)
    edit(root / "docs" / "en" / "assess-move.md", "every box", "each box")
    pair = moving(pairs_of(setting(root)))
    (unit,) = pair.behind
    assert str(pair.place(unit)) == "docs/de/assess-move.md:15:1"
    assert str(pair.source_place(unit)) == "docs/en/assess-move.md:15:1"


def test_only_changed_sentences_are_counted_as_work(root: Path) -> None:
    record_all(root)
    edit(root / "docs" / "en" / "assess-move.md", "Invite twelve", "Please invite twelve")
    (unit,) = moving(pairs_of(setting(root))).behind
    assert words_to_translate(unit) == 7
    assert minutes_for([unit]) == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("It's a well-known thing.", 4), ("\u4f1a\u8b70\u306e\u6e96\u5099", 3), ("| – |", 0)],
)
def test_words_are_counted_as_people_do(text: str, count: int) -> None:
    assert words_in(text) == count


def by_playbook(root: Path, workers: int = 1) -> Pairs:
    found = replace(setting(root), workers=workers)
    return pairs_of(found, playbook=read_playbook(found.docs, found.contract, found.root))


def test_pages_that_have_been_read_stand_as_those_on_disk_however_many_processes_look(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_all(root)
    edit(root / "docs" / "en" / "assess-move.md", "twelve", "thirteen")
    monkeypatch.setattr(workers, "_WORTH_A_COPY", 1)
    on_disk = pairs_of(setting(root))
    for count in (1, 2):
        read = by_playbook(root, count)
        for one, other in zip(read.pairs, on_disk.pairs, strict=True):
            assert (one.standing, one.open, one.counts) == (
                other.standing,
                other.open,
                other.counts,
            )


def test_texts_of_units_with_which_all_is_well_are_let_go_and_no_others(root: Path) -> None:
    record_all(root)
    edit(root / "docs" / "en" / "assess-move.md", "twelve", "thirteen")
    pairs = by_playbook(root)
    before = {pair.page_id: pair.standing for pair in pairs.pairs}
    pairs.let_go()
    for pair in pairs.pairs:
        was, now = before[pair.page_id], pair.standing
        assert now.counts == was.counts == pair.counts
        for unit, other in zip(now.units, was.units, strict=True):
            if other.state in (UnitState.CURRENT, UnitState.UNRECORDED):
                assert [(one.key, one.kind, one.span) for one in unit.targets] == [
                    (one.key, one.kind, one.span) for one in other.targets
                ]
                assert not any(one.text for one in (*unit.sources, *unit.targets))
            else:
                assert unit == other
    assert moving(pairs).in_state(UnitState.BEHIND)
