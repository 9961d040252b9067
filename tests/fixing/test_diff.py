"""What fixes change, as others can apply it."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from leitfaden.checking.facts import facts_of
from leitfaden.fixing import FixedPage, text_diff, unified_diff
from leitfaden.fixing.diff import _opcodes
from tests.fixing.support import read, renamed

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def changed(old: str | bytes, new: str | bytes) -> FixedPage:
    before, after = read(old), read(new)
    return FixedPage(before, after, facts_of(after))


def patched(old: str, diff: str) -> str:
    """Apply a diff as `patch` does."""
    lines = [line + "\n" for line in old.split("\n")]
    lines[-1] = lines[-1][:-1]
    source = lines if lines[-1] else lines[:-1]
    made: list[str] = []
    at = 0
    parts = diff.split("\n")[2:-1]
    for index, part in enumerate(parts):
        unended = index + 1 < len(parts) and parts[index + 1].startswith("\\")
        line = part[1:] if unended else part[1:] + "\n"
        if hunk := _HUNK.fullmatch(part):
            start = int(hunk[1]) - (hunk[2] != "0")
            made += source[at:start]
            at = start
        elif part[0] in " -":
            assert source[at] == line
            at += 1
            made += [line] * (part[0] == " ")
        elif part[0] == "+":
            made.append(line)
    return "".join((*made, *source[at:]))


def test_a_diff_shows_the_lines_with_their_surroundings() -> None:
    old = "a\nb\nc\nd\ne\nf\ng\nh\n"
    assert unified_diff(changed(old, old.replace("e", "E"))) == (
        "--- a/docs/en/assess-some-process.md\n"
        "+++ b/docs/en/assess-some-process.md\n"
        "@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n"
    )


def test_without_a_change_there_is_no_diff() -> None:
    assert unified_diff(changed("a\n", "a\n")) == ""


def test_a_missing_line_end_at_the_end_is_told() -> None:
    diff = unified_diff(changed("a", "b"))
    assert diff.endswith(
        "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"
    )


def test_line_ends_are_part_of_the_lines() -> None:
    assert unified_diff(changed("a \r\nb\r\n", "a\r\nb\r\n")).endswith("-a \r\n+a\r\n b\r\n")


def test_a_byte_order_mark_is_part_of_the_first_line() -> None:
    diff = unified_diff(changed("\ufeffa\n", "a\n"))
    assert diff.endswith("@@ -1 +1 @@\n-\ufeffa\n+a\n")


def test_paths_are_shown_as_they_are() -> None:
    page = changed("a\n", "b\n")
    moved = FixedPage(renamed(page.before, "docs/de/x/y.md"), page.after, page.facts)
    assert unified_diff(moved).startswith("--- a/docs/de/x/y.md\n+++ b/docs/de/x/y.md\n")


TEXTS = st.lists(st.sampled_from(["a", "b", "\n", "\r\n", "\u2028", "\r", " "]), max_size=30).map(
    "".join
)


@given(TEXTS, TEXTS)
def test_a_diff_makes_the_new_text_of_the_old_one(old: str, new: str) -> None:
    diff = unified_diff(changed(old, new))
    assert patched(old, diff) == new if diff else old == new


@given(st.lists(st.sampled_from("ab"), max_size=12), st.lists(st.sampled_from("ab"), max_size=12))
def test_steps_cover_both_texts(old: list[str], new: list[str]) -> None:
    steps = _opcodes(old, new)
    assert [x for _, a, b, _, _ in steps for x in old[a:b]] == old
    assert [x for _, _, _, a, b in steps for x in new[a:b]] == new


def test_many_lines_that_repeat_themselves_are_quick() -> None:
    old = "".join(f"{n % 150} \n" for n in range(60_000))
    page = changed(old, old.replace(" \n", "\n"))
    start = time.process_time()
    diff = unified_diff(page)
    assert time.process_time() - start < 2
    assert patched(old, diff) == page.after.text
    longer = changed(old, old.replace(" \n", "\n\n"))
    assert patched(old, unified_diff(longer)) == longer.after.text


def test_the_diff_of_any_file_keeps_its_byte_order_mark() -> None:
    assert text_diff("playbook.yml", "\ufeffa: 1\n", "\ufeffa: 1\nb: 2\n") == (
        "--- a/playbook.yml\n+++ b/playbook.yml\n@@ -1 +1,2 @@\n \ufeffa: 1\n+b: 2\n"
    )
    assert text_diff("playbook.yml", "a: 1\n", "a: 1\n") == ""
