"""Fixes are made together, read again, and kept only if they do what they say."""

from __future__ import annotations

import codecs
import time

import pytest

from leitfaden.checking.engine import check_page
from leitfaden.checking.finding import Found
from leitfaden.checking.registry import all_rules
from leitfaden.checking.rule import Rule
from leitfaden.fixing import Reason, fix_page
from leitfaden.fixing import verify as verifying
from leitfaden.model import Confidence, Severity
from tests.fixing.support import contract, findings, fix, read, renamed, replacing, tree_of, wrong

PAGE = """\
---
title: A page\x20\x20
ms.date: 1/2/2020
---
#  A page

Words and [a link](some.md).

##  Overview

- One
- Two
"""
BLANKS = ("LF210", "LF114")


def codes(found: object) -> list[str]:
    return [one.found.code for one in found]  # type: ignore[attr-defined]


def test_a_page_is_fixed_and_nothing_else_is_touched() -> None:
    fixed = fix(PAGE, only=BLANKS)
    expected = PAGE.replace("#  ", "# ").replace("A page\x20\x20\n", "A page\n")
    assert fixed.after.text == expected
    assert sorted(codes(fixed.applied)) == ["LF114", "LF210", "LF210"]
    assert not fixed.refused


def test_a_second_time_changes_nothing() -> None:
    again = fix(fix(PAGE, only=BLANKS).after.text, only=BLANKS)
    assert not again.changed
    assert not again.applied


def test_only_the_rules_that_were_asked_for_are_fixed() -> None:
    fixed = fix(PAGE, only=["LF210"])
    assert fixed.after.text == PAGE.replace("#  ", "# ")


def test_only_the_findings_that_were_given_are_fixed() -> None:
    page = read(PAGE)
    first, _ = (one for one in check_page(page, contract()).found if one.code == "LF210")
    fixed = fix(page, first)
    assert fixed.after.text.count("#  ") == 1
    assert str(fixed.applied[0].place) == "docs/en/assess-some-process.md:5:2"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [False, True])
def test_line_ends_and_byte_order_mark_stay(end: str, bom: bool) -> None:
    mark = codecs.BOM_UTF8 if bom else b""
    data = mark + PAGE.rstrip("\n").replace("\n", end).encode()
    fixed = fix(data, only=BLANKS)
    wanted = PAGE.rstrip("\n").replace("#  ", "# ").replace("A page\x20\x20\n", "A page\n")
    assert fixed.data == mark + wanted.replace("\n", end).encode()
    assert fixed.old_data == data


def test_a_byte_order_mark_is_dropped_when_a_fix_says_so() -> None:
    fixed = fix("\ufeffText.\n", only=["LF115"])
    assert fixed.data == b"Text.\n"
    assert codes(fixed.applied) == ["LF115"]


def test_a_mark_behind_the_mark_is_not_taken_for_it() -> None:
    fixed = fix("\ufeff\ufeffText.\n", wrong(drop_bom=True))
    assert not fixed.changed
    assert fixed.refused[0].reason is Reason.IMPOSSIBLE


def test_a_new_line_has_the_line_end_of_the_page() -> None:
    text = "One\r\n\r\nTwo\r\n"
    at = text.index("Two")
    fixed = fix(text, wrong((at, at, "x\n")))
    assert fixed.after.text == "One\r\n\r\nx\r\nTwo\r\n"


# -- What is refused -----------------------------------------------------------------------------


def test_a_fix_may_change_the_words_that_it_touches() -> None:
    assert fix(PAGE, replacing(PAGE, "Words", "Other words")).changed


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("Words and", "    Words and", "open paragraph None"),
        ("- Two", "Two", "Two"),
        ("](some", "] (some", "link"),
        ("\n\n- One", "\n- One <!--", "open"),
        ("##  Overview", "Overview", "open heading"),
        (": 1/2/2020\n", ": 1/2/2020\nnew: x\n", "new"),
        ("title: A page", "title: [A page", "title"),
        ("- One\n", "- One\x20\x20\n  ", "hard-break"),
        ("Words", "**Words**", "open strong"),
        ("---\n#", "--\n#", ""),
    ],
)
def test_a_fix_that_arranges_the_text_otherwise_is_refused(old: str, new: str, lost: str) -> None:
    fixed = fix(PAGE, replacing(PAGE, old, new))
    assert not fixed.changed
    assert not fixed.applied
    assert fixed.refused[0].reason in (Reason.CHANGES, Reason.ARISES)


def test_blanks_that_part_words_are_not_lost() -> None:
    at = PAGE.index(" and")
    fixed = fix(PAGE, wrong((at, at + 1, "")))
    assert fixed.refused[0].reason is Reason.CHANGES
    assert fixed.refused[0].detail == "Words"


def test_only_the_wrong_fix_is_refused() -> None:
    page = read(PAGE)
    right = [one for one in check_page(page, contract()).found if one.code == "LF210"]
    bad = replacing(PAGE, "- Two", "Two")
    fixed = fix(page, right[0], bad, right[1])
    assert fixed.after.text == PAGE.replace("#  ", "# ")
    assert codes(fixed.applied) == ["LF210", "LF210"]
    assert codes(fixed.refused) == ["LF000"]


def test_a_finding_that_remains_is_told() -> None:
    page = read(PAGE)
    one = next(one for one in check_page(page, contract()).found if one.code == "LF210")
    span = one.finding.span
    other = wrong((span.start, span.end, "   ")).finding.fix
    idle = Found(one.code, one.finding._replace(fix=other))
    fixed = fix(page, idle)
    assert (fixed.refused[0].reason, fixed.refused[0].detail) == (Reason.REMAINS, "LF210")


def test_a_finding_that_arises_is_told() -> None:
    fixed = fix("# A\n\nText.\n", replacing("# A\n", "# ", "#   "))
    assert (fixed.refused[0].reason, fixed.refused[0].detail) == (Reason.ARISES, "LF210")


def test_an_edit_beyond_the_text_is_refused() -> None:
    fixed = fix("Text.\n", wrong((3, 99, "")))
    assert fixed.refused[0].reason is Reason.IMPOSSIBLE


def test_half_a_character_is_refused() -> None:
    fixed = fix("Text.\n", wrong((0, 4, "\ud800")))
    assert fixed.refused[0].reason is Reason.IMPOSSIBLE


@pytest.mark.parametrize("data", [b"a\xffb  \n", b"a\0b", "a".encode("utf-16")])
def test_a_page_that_is_not_utf8_is_never_changed(data: bytes) -> None:
    page = read(data)
    fixed = fix(page, wrong((0, 1, "x")))
    assert fixed.after is page
    assert fixed.refused[0].reason is Reason.UNREADABLE


def test_unsafe_fixes_are_made_only_when_asked_for() -> None:
    one = wrong((0, 4, "Word"), safe=False)
    assert not fix("Text.\n", one).changed
    assert not fix("Text.\n", one).refused
    assert fix("Text.\n", one, unsafe=True).after.text == "Word.\n"


# -- Rounds --------------------------------------------------------------------------------------


def test_a_fix_that_overlaps_waits_for_the_next_round() -> None:
    text = "# A\n\n##  One\u200b two\n"
    fixed = fix(text, only=["LF210", "LF602"])
    assert fixed.after.text == "# A\n\n## One two\n"


def test_a_fix_that_overlaps_with_a_refused_one_is_made() -> None:
    text = "- One\n- Two\n"
    bad, good = replacing(text, "- Two", "Two"), replacing(text, "Two", "Three")
    fixed = fix(text, bad, good)
    assert fixed.after.text == "- One\n- Three\n"
    assert codes(fixed.refused) == ["LF000"]


# -- Fixes that arrange the text otherwise ---------------------------------------------------------


@pytest.fixture
def reshaping(monkeypatch: pytest.MonkeyPatch) -> str:
    rule = Rule(
        "LF099",
        "reshaping",
        Severity.NOTICE,
        Confidence.CERTAIN,
        {},
        {},
        "",
        reshapes=frozenset([""]),
    )
    rules = {**all_rules(), "LF099": rule}
    monkeypatch.setattr(verifying, "all_rules", lambda: rules)
    return rule.code


CODE = "# A\n\nBefore.\n\n    1. What is **this**?\n    2. And [that](b.md)?\n\n- Behind.\n"


def test_code_may_become_a_list(reshaping: str) -> None:
    at = [CODE.index("    1"), CODE.index("    2")]
    fixed = fix(CODE, wrong(*((n, n + 4, "") for n in at), code=reshaping))
    assert fixed.after.text == CODE.replace("    ", "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Before.\n\n", "Before.\n<!--"),
        ("- Behind", "1. Behind"),
        ("What is ", "What is <"),
    ],
)
def test_no_letter_may_be_lost_and_nothing_around_it_change(
    old: str, new: str, reshaping: str
) -> None:
    fixed = fix(CODE, replacing(CODE, old, new, code=reshaping))
    if fixed.changed:
        # What stands around the touched blocks is there as it was.
        assert fixed.after.text.startswith("# A\n\nBefore.")
        assert "What is" in fixed.after.text or "this" in fixed.after.text
    else:
        assert fixed.refused[0].reason is Reason.CHANGES


def test_items_keep_their_numbers(reshaping: str) -> None:
    text = "1. One\n\n<!-- -->\n\n1. Two\n"
    fixed = fix(text, replacing(text, "<!-- -->\n\n", "", code=reshaping))
    assert fixed.refused[0].reason is Reason.CHANGES


# -- Hostile pages -------------------------------------------------------------------------------


def test_many_fixes_are_made_in_linear_time() -> None:
    count = contract().limits.headings - 1  # besides the title; of a page with more none is read
    text = "# A\n\n" + "##  Heading with words\n\nText.\n\n" * count
    start = time.process_time()
    fixed = fix(text, only=["LF210"])
    assert time.process_time() - start < 20
    assert fixed.after.text == text.replace("##  ", "## ")
    assert len(fixed.applied) == count >= 4_999


def test_a_page_that_is_too_large_to_be_read_stays_as_it_is() -> None:
    count = contract().limits.headings
    text = "# A\n\n" + "##  Heading with words\n\nText.\n\n" * count
    fixed = fix(text, only=["LF210"])
    assert not fixed.changed
    assert fixed.data == text.encode()
    assert not fixed.applied


def test_many_wrong_fixes_end_in_time() -> None:
    text = "# A\n\n" + "- One\n- Two\n\nText.\n\n" * 1_000
    bad = [wrong((at, at + 2, "")) for at in range(len(text)) if text.startswith("- Two", at)]
    page = read(text)
    tree = tree_of(page)
    start = time.process_time()
    fixed = fix_page(page, bad, tree, contract(), again=lambda *_: bad)
    assert time.process_time() - start < 20
    assert not fixed.changed
    assert len(fixed.refused) == len(bad)
    assert findings(fixed.facts, tree, ()) is not None


# -- Beside other pages ----------------------------------------------------------------------------


def test_safe_fixes_are_made_before_those_that_are_to_be_looked_at() -> None:
    text = "Some text.\n"
    unsafe, safe = wrong((0, 4, "Any"), safe=False), wrong((5, 9, "word"))
    fixed = fix(text, unsafe, safe, unsafe=True)
    assert [one.found.finding.fix for one in fixed.applied] == [safe.finding.fix]
    assert fixed.after.text == "Some word.\n"


def test_a_page_that_another_file_is_shown_for_is_judged_by_what_it_has_become() -> None:
    """Trees remember pages by their file: nothing of the old text may be taken for the new one."""
    shown = read("# A\n", "de", "index")
    hidden = renamed(read("# A\n\n[x](gone.md)\n", "de", "index"), "docs/de/index-old.md")
    tree = tree_of(shown)
    first = check_page(hidden, contract())
    found = findings(first.facts, tree, first.found)
    broken = next(one for one in found if one.code == "LF401")
    edit = replacing(hidden.text, "gone.md", "index.md").finding.fix
    one = Found(broken.code, broken.finding._replace(fix=edit))
    fixed = fix_page(hidden, [one], tree, contract())
    assert fixed.after.text == "# A\n\n[x](index.md)\n"
    assert not fixed.refused


def test_what_a_page_leaves_as_it_is_is_not_made_again_for_it() -> None:
    """Else fixing a playbook would take the square of its pages."""
    page = read("---\nauthor: Jane\n---\n\n##  A\n", page_id="one")
    tree = tree_of(page, read("# B\n", page_id="two"))
    after = tree.with_page(
        check_page(read(page.text.replace("##  ", "## "), page_id="one"), contract()).facts
    )
    assert after.near_ids is tree.near_ids
    assert after.usage is tree.usage


def test_a_page_counts_with_the_author_that_it_has_become() -> None:
    page = read("---\nauthor: Jane\n---\n\n# A\n", page_id="one")
    tree = tree_of(page, read("# B\n", page_id="two"))
    other = read(page.text.replace("Jane", "John"), page_id="one")
    after = tree.with_page(check_page(other, contract()).facts)
    assert (tree.usage.times("author", "Jane"), after.usage.times("author", "Jane")) == (1, 0)
    assert after.usage.times("author", "John") == 1
    assert after.near_ids is tree.near_ids
