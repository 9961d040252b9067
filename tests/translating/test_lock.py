"""The lock: what is written is read again, what is broken is told, and merges lose nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.translating.lock import (
    HEADER,
    Lock,
    LockTrouble,
    Record,
    read_lock,
    write_lock,
)

HASHES = st.integers(0, 40).map(lambda number: f"{number * 7919:012x}")
PIECES = st.one_of(
    st.just(()), st.lists(st.integers(0, 99).map(lambda n: f"{n:06x}"), min_size=2, max_size=4)
).map(tuple)
RECORDS = st.builds(
    Record,
    st.sampled_from(["index", "phases/assess", "with blank", "#odd", "\u00e4/\u6f22", "a%20b"]),
    st.sampled_from(["title", "section:overview:p1", "task:4047:name", "a b", "\u200b", "%", "#"]),
    HASHES,
    HASHES,
    PIECES,
)
LOCKS = st.frozensets(RECORDS, max_size=25).map(Lock.of)


@given(LOCKS)
def test_what_is_written_is_read_again(lock: Lock) -> None:
    text = write_lock(lock)
    assert read_lock(text) == (lock, ())
    assert write_lock(read_lock(text)[0]) == text


@given(LOCKS, st.randoms())
def test_the_order_of_lines_and_their_number_tell_nothing(lock: Lock, dice: object) -> None:
    header, *lines = write_lock(lock).splitlines()
    mixed = sorted(lines + lines[:3], key=lambda line: line[::-1])
    assert read_lock("\n".join((header, *mixed)))[0] == lock


@given(st.text(max_size=300))
def test_any_text_is_read_and_what_is_no_line_is_told(text: str) -> None:
    lock, problems = read_lock(text)
    lines = [line for line in text.removeprefix("\ufeff").split("\n") if line.strip()]
    said = {problem.line for problem in problems if problem.trouble is not LockTrouble.NO_HEADER}
    assert len(said) + len(lock.records) <= len(lines)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


@given(LOCKS, st.text(max_size=30), st.integers(0, 400))
def test_a_line_that_is_spoilt_spoils_no_other(lock: Lock, put: str, at: int) -> None:
    text = write_lock(lock)
    at = min(at, len(text))
    spoilt = text[:at] + put.replace("\n", "").replace("\r", "") + text[at:]
    assert len(lock.records - read_lock(spoilt)[0].records) <= 1


LINE = "index title 00000000000a~00000b.00000c 00000000000d"


@pytest.mark.parametrize(
    ("line", "trouble", "column"),
    [
        ("<<<<<<< HEAD", LockTrouble.CONFLICT, 1),
        ("=======", LockTrouble.CONFLICT, 1),
        (">>>>>>> theirs", LockTrouble.CONFLICT, 1),
        ("||||||| base", LockTrouble.CONFLICT, 1),
        ("index title", LockTrouble.BROKEN, 7),
        ("index title nohash 00000000000d", LockTrouble.BROKEN, 13),
        ("index title 00000000000a oops", LockTrouble.BROKEN, 26),
        ("# translations 2: something new", LockTrouble.VERSION, 1),
    ],
)
def test_a_wrong_line_is_told_with_its_place_and_all_others_are_read(
    line: str, trouble: LockTrouble, column: int
) -> None:
    lock, problems = read_lock(f"{HEADER}\n{line}\n{LINE}\n")
    assert [(one.trouble, one.line, one.column) for one in problems] == [(trouble, 2, column)]
    assert len(lock.records) == 1


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    lock, problems = read_lock(f"\ufeff{HEADER}\r\n{LINE}\r\n")
    assert len(lock.records) == 1
    assert problems == ()


def test_a_file_without_its_header_is_told() -> None:
    _, (problem,) = read_lock(f"{LINE}\n")
    assert problem.trouble is LockTrouble.NO_HEADER


def test_two_megabytes_of_anything_are_read_at_once() -> None:
    for text in ("a " * 1_000_000, "<" * 2_000_000, "x\n" * 1_000_000):
        assert read_lock(text)[0].records == frozenset()


def test_a_page_that_is_recorded_forgets_what_is_gone_and_leaves_other_pages() -> None:
    def of(page_id: str, source: str, target: str) -> Record:
        return Record(page_id, "p1", source * 12, target * 12)

    kept, gone, other = of("a", "1", "2"), of("a", "3", "4"), of("b", "3", "4")
    anew = of("a", "5", "6")
    lock = Lock.of((kept, gone, other, of("a", "7", "6")))
    after = lock.with_page("a", [anew], frozenset(("2" * 12, "6" * 12)))
    assert after.records == {kept, other, anew}


def merged(base: str, ours: str, theirs: str, folder: Path) -> str:
    """Merge as git does with `merge=union`."""
    for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
        (folder / name).write_text(text, "utf-8", newline="\n")
    command = ["git", "merge-file", "--union", "-p", "ours", "base", "theirs"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.decode()


@given(LOCKS, st.frozensets(RECORDS, max_size=6), st.frozensets(RECORDS, max_size=6), st.data())
@settings(max_examples=60)
def test_a_merge_has_what_either_side_recorded(
    tmp_path_factory: pytest.TempPathFactory,
    base: Lock,
    ours: frozenset[Record],
    theirs: frozenset[Record],
    data: st.DataObject,
) -> None:
    known = sorted(base.records)
    gone = data.draw(st.frozensets(st.sampled_from(known)) if known else st.just(frozenset()))
    one, other = Lock.of(base.records - gone | ours), Lock.of(base.records | theirs)
    folder = tmp_path_factory.mktemp("merge")
    text = merged(write_lock(base), write_lock(one), write_lock(other), folder)
    found, problems = read_lock(text)
    assert problems == ()
    assert found.records >= ((ours | theirs) - base.records) | (base.records - gone)
    assert found.records <= one.records | other.records


def test_the_repository_merges_locks_by_their_lines() -> None:
    attributes = Path(__file__).parents[2] / ".gitattributes"
    assert "docs/*/translations.lock merge=union" in attributes.read_text("utf-8").splitlines()


def test_recording_one_unit_keeps_what_is_recorded_of_the_same_words_elsewhere() -> None:
    title = Record("page", "title", "aaaaaaaa", "cccccccc")
    step = Record("page", "step:hold-it", "bbbbbbbb", "cccccccc")
    lock = Lock.of([title, step])
    assert lock.with_page("page", [title], frozenset({"cccccccc"})) == lock
    changed = title._replace(source="dddddddd")
    after = lock.with_page("page", [changed], frozenset({"cccccccc"}))
    assert after == Lock.of([changed, step])
