"""A page's units: what they are called, and what makes them another text."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.translating.facts import FactKind
from leitfaden.translating.units import UnitKind, units_of
from tests.reading.pages import read
from tests.translating.support import CONTRACT, DE, EN, after, both, unit_of, units

WORDS = st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=2, max_size=30)


def hashes(text: str) -> set[str]:
    return set(units(text).hashes)


def test_each_unit_is_called_by_what_it_is_and_not_by_its_line() -> None:
    assert [unit.key for unit in units(EN).units] == [
        "meta:title",
        "meta:description",
        "title",
        "section:overview",
        "section:overview:p1",
        "section:overview:q1",
        "section:overview:i1",
        "section:overview:i2",
        "section:overview:t1:header",
        "section:overview:t1:row:is-mail-moved",
        "section:overview:t1:row:are-files-moved",
        "section:overview:t1:row:is-chat-moved",
        "section:approach",
        "step:plan-the-workshop",
        "step:plan-the-workshop:p1",
        "section:plan-the-workshop-ftop-tasks",
        "task:4047:name",
        "task:4048:name",
        "step:hold-the-workshop",
        "step:hold-the-workshop:p1",
        "section:update-summary",
        "summary:2026-02-03",
    ]


def test_sections_and_tasks_are_called_the_same_in_every_language() -> None:
    ours, theirs = (
        [unit.key for unit in page.units if ":row:" not in unit.key] for page in both(EN, DE)
    )
    assert ours == theirs


def test_units_know_what_they_are_a_part_of() -> None:
    page = units(EN)
    parents = {unit.key: unit.parent for unit in page.units}
    assert parents["task:4047:name"] == "step:plan-the-workshop"
    assert parents["section:overview:p1"] == "section:overview"
    assert parents["section:overview:t1:row:is-mail-moved"] == "section:overview:t1"
    assert parents["section:overview"] == parents["meta:title"] == ""


def test_nested_items_and_their_paragraphs_have_keys_of_their_own() -> None:
    page = units("# A\n\n- one\n\n  more\n\n  - two\n- three\n\n> four\n>\n> - five\n")
    assert [(unit.key, unit.kind.value, unit.parent, unit.text) for unit in page.units[1:]] == [
        ("intro:i1", "item", "intro", "one"),
        ("intro:i1:p2", "item", "intro:i1", "more"),
        ("intro:i2", "item", "intro:i1", "two"),
        ("intro:i3", "item", "intro", "three"),
        ("intro:q1", "quote", "intro", "four"),
        ("intro:i4", "item", "intro:q1", "five"),
    ]


def test_units_hold_the_text_for_people_and_its_place() -> None:
    page = read(EN)
    unit = unit_of(units_of(page, CONTRACT), "section:overview:i1")
    assert unit.text == "Read the guide."
    assert unit.span.of(page.text) == "Read [the guide](resources-guide.md)."


def test_what_is_said_without_words_is_a_fact_and_no_unit() -> None:
    facts = {(fact.kind, fact.owner, fact.name): fact.values for fact in units(EN).facts}
    assert facts[FactKind.LABEL, "intro", "phase"] == ("assess",)
    assert facts[FactKind.LABEL, "step:plan-the-workshop", "applies-to"] == ("teams",)
    assert facts[FactKind.REQUIREMENT, "task:4047:name", ""] == ("mandatory",)
    assert facts[FactKind.SERVICES, "task:4047:name", ""] == ("exchange", "teams")


def test_text_beside_labels_in_one_paragraph_is_a_unit() -> None:
    page = units("# A\n\nPhase: **Assess**\nand so on\n")
    assert [unit.text for unit in page.units] == ["A", "and so on"]


def test_comments_are_no_units() -> None:
    page = units("# A\n\n<!-- leitfaden: ignore LF204 why -->\n\nText <!-- no --> here.\n")
    assert [unit.text for unit in page.units] == ["A", "Text here."]


def test_sentences_and_cells_are_told_apart() -> None:
    page = units(EN)
    assert [piece.text for piece in unit_of(page, "section:overview:p1").pieces] == [
        "Invite 12 people by 03/04/2026.",
        "Do not start before all of them are there.",
    ]
    row = unit_of(page, "section:overview:t1:row:are-files-moved")
    assert [piece.text for piece in row.pieces] == ["Are files moved?", "Yes", "No"]


SAME = {
    "lines broken elsewhere": ("one two three", "one\ntwo   three"),
    "emphasis": ("one two three", "one **two** *three*"),
    "another mark of emphasis": ("__one__ two", "**one** two"),
    "a table aligned": ("|a|b|\n|-|-|\n|c|d|", "| a   | b |\n|:---:|--:|\n| c | d |"),
    "rows in another order": ("|a|\n|-|\n|c|\n|d|", "|a|\n|-|\n|d|\n|c|"),
    "a link by reference": ("[a](b.md)", "[a][b]\n\n[b]: b.md"),
    "a link with angles": ("[a](b.md)", "[a](<b.md>)"),
    "a path with a dot": ("[a](b.md)", "[a](./b.md)"),
    "a path over the locale": ("[a](b.md)", "[a](../en/b.md)"),
    "an address in angles": ("see https://a.example/b now", "see <https://a.example/b> now"),
    "an address as its own text": (
        "https://a.example/b",
        "[https://a.example/b](https://a.example/b)",
    ),
    "a slash at an address's end": ("[a](https://b.example/c/)", "[a](https://b.example/c)"),
    "a safe scheme": ("[a](http://b.example)", "[a](https://b.example)"),
    "quotation marks": ('say "a"', "say \u201ca\u201d"),
    "an apostrophe": ("don't", "don\u2019t"),
    "a dash": ("a - b", "a \u2013 b"),
    "a long dash": ("a \u2014 b", "a\u2014b"),
    "a blank that does not break": ("10 GB", "10\u00a0GB"),
    "a thin blank": ("10 GB", "10\u202fGB"),
    "an ellipsis": ("wait...", "wait\u2026"),
    "a soft hyphen": ("migration", "migra\u00adtion"),
    "letters and their marks": ("caf\u00e9", "cafe\u0301"),
    "list markers": ("- a\n- b", "* a\n* b"),
    "numbers with brackets": ("1. a\n2. b", "1) a\n1) b"),
    "the case of an alert": ("> [!NOTE]\n> a", "> [!note]\n> a"),
    "an alert's word in another language": ("> [!NOTE]\n> a", "> [!HINWEIS]\n> a"),
    "an alert's word in a line of its own": ("> [!NOTE]\n> a", "> [!NOTE]\n>\n> a"),
    "an escape": ("a_b", "a\\_b"),
    "an entity": ("a & b", "a &amp; b"),
    "a comment": ("a b", "a <!-- c --> b"),
    "a heading's other form": ("## A", "A\n-"),
    "a hard break": ("a  \nb", "a\nb"),
}


@pytest.mark.parametrize("texts", SAME.values(), ids=SAME)
def test_how_a_text_is_written_makes_no_other_text(texts: tuple[str, str]) -> None:
    first, second = (f"# T\n\n{text}\n" for text in texts)
    assert hashes(first) == hashes(second)


OTHER = {
    "a number": ("10 people", "11 people"),
    "a sign": ("5 degrees", "-5 degrees"),
    "a name": ("ask Exchange", "ask Teams"),
    "a negation": ("it is done", "it is not done"),
    "a link's target": ("[a](b.md)", "[a](c.md)"),
    "a link's anchor": ("[a](b.md#c)", "[a](b.md#d)"),
    "a query": ("[a](https://b.example/?c=1)", "[a](https://b.example/?c=2)"),
    "a link at all": ("[a](b.md)", "a"),
    "a letter": ("house", "mouse"),
    "a capital letter": ("polish", "Polish"),
    "the order of words": ("man bites dog", "dog bites man"),
    "a comma": ("let us eat, people", "let us eat people"),
    "what is struck out": ("a b", "a ~~b~~"),
    "an image": ("![a](b.png)", "![a](c.png)"),
    "its description": ("![a](b.png)", "![c](b.png)"),
    "code": ("`a`", "`b`"),
    "a blank in code": ("`a-b`", "`a - b`"),
    "a check mark": ("- [ ] a", "- [x] a"),
    "an alert's kind": ("> [!NOTE]\n> a", "> [!WARNING]\n> a"),
    "cells that change places": ("|a|b|\n|-|-|\n|c|d|", "|a|b|\n|-|-|\n|d|c|"),
    "an escaped pipe": ("|a|\n|-|\n|c \\| d|", "|a|\n|-|\n|c d|"),
    "a footnote": ("a[^1]\n\n[^1]: b", "a\n\n[^1]: b"),
}


@pytest.mark.parametrize("texts", OTHER.values(), ids=OTHER)
def test_what_a_text_says_makes_another_text(texts: tuple[str, str]) -> None:
    first, second = (f"# T\n\n{text}\n" for text in texts)
    assert hashes(first) != hashes(second)


def test_a_section_is_the_same_under_any_of_its_names() -> None:
    assert hashes("## Refresh Summary\n") == set(
        units("## \u66f4\u65b0\u306e\u6982\u8981\n").hashes
    )


@given(WORDS, st.randoms(use_true_random=False))
def test_any_paragraph_is_the_same_however_its_lines_break(
    words: list[str], dice: random.Random
) -> None:
    gaps = ["".join(dice.choice((" ", "  ", "\n"))) for _ in words]
    broken = "".join(map("".join, zip(words, gaps, strict=True))).rstrip()
    marked = " ".join(f"**{word}**" if dice.random() < 0.3 else word for word in words)
    assert hashes(" ".join(words)) == hashes(broken) == hashes(marked)


@given(WORDS, st.data())
def test_any_change_of_one_letter_makes_another_text(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    at = data.draw(st.integers(0, len(text) - 1).filter(lambda index: text[index] != " "))
    letter = data.draw(st.sampled_from("abcxyz").filter(lambda one: one != text[at]))
    assert hashes(text) != hashes(text[:at] + letter + text[at + 1 :])


@given(
    st.lists(st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), min_size=3, max_size=3)),
    st.randoms(),
)
def test_rows_are_the_same_in_any_order(rows: list[list[str]], dice: random.Random) -> None:
    def table(order: list[list[str]]) -> str:
        return "|a|b|c|\n|-|-|-|\n" + "".join(f"|{'|'.join(row)}|\n" for row in order)

    shuffled = list(rows)
    dice.shuffle(shuffled)
    ours, theirs = (sorted(u.hash for u in units(table(order)).units) for order in (rows, shuffled))
    assert ours == theirs


@given(st.integers(0, 5))
def test_a_paragraph_that_is_put_in_changes_no_other_text(place: int) -> None:
    starts = [match.end() for match in re.finditer(r"\n\n(?=[A-Z#>|-])", EN)]
    at = starts[place]
    assert hashes(EN) <= hashes(f"{EN[:at]}Something else entirely.\n\n{EN[at:]}")


@given(st.text(max_size=400), st.sampled_from(["en", "de"]))
def test_any_text_has_units_with_places_and_keys_of_their_own(text: str, locale: str) -> None:
    page = read(text.encode("utf-8", "replace"), locale)
    found = units_of(page, CONTRACT).units
    assert len({unit.key for unit in found}) == len(found)
    assert all(0 <= unit.span.start <= unit.span.end <= len(page.text) for unit in found)


@given(
    st.lists(
        st.sampled_from(
            [
                *("# A\n", "## Overview\n", "#### FTOP Tasks\n", "- x\n", "  - y\n", "> q\n", "\n"),
                *("|a|b|\n", "|-|-|\n", "| 4047 | x |\n", "text\n", "```\n", "    code\n"),
                *("Phase: **Assess**\n", "<div>\n", "<!-- c -->\n", "[^1]: n\n", "![a](b)\n"),
                *("[!INCLUDE [x](y.md)]\n", "> [!VIDEO https://a.example]\n", "> [!NOTE]\n"),
            ]
        ),
        max_size=30,
    )
)
def test_pages_that_nobody_would_write_have_units_too(lines: list[str]) -> None:
    page = read("".join(lines))
    found = units_of(page, CONTRACT)
    assert len({unit.key for unit in found.units}) == len(found.units)
    assert all(unit.hash and unit.pieces for unit in found.units)


def test_code_by_accident_is_text() -> None:
    found = units("# A\n\n    1. Is it there?\n").units[1]
    assert (found.kind, found.text) == (UnitKind.PARAGRAPH, "1. Is it there?")


def test_a_task_that_stands_twice_is_two_units() -> None:
    table = "|Task ID|Task Name|M|Role|Services|\n|-|-|-|-|-|\n|4047|A|M|FE|Teams|\n"
    found = units(f"# A\n\n{table}\n# B\n\n{table}")
    assert [u.key for u in found.units if u.kind is UnitKind.TASK] == [
        "task:4047:name",
        "task:4047--2:name",
    ]


def test_what_is_left_out_of_a_page_leaves_all_other_texts() -> None:
    assert hashes(after("- Ask the FastTrack Manager.\n", "")) < hashes(EN)


HOSTILE = {
    "one long word": "a" * 300_000,
    "one long word with a sign": f"{'a' * 300_000}@",
    "an open tag": f"x <{'a' * 300_000}",
    "many open tags": "<a " * 60_000,
    "braces": "{" * 200_000,
    "digits": "1" * 200_000,
    "groups of digits": "1.234." * 50_000,
    "sentence ends": ".)" * 100_000,
    "blanks": f"a{' ' * 200_000}b",
    "names": "AaA" * 80_000,
    "options": f"`{'-' * 100_000}a {'a_' * 50_000}`",
    "paths": f"`{'a/' * 100_000}`",
    "addresses": "https://a.example/ " * 5_000,
    "images in images": f"{'![' * 4_000}x{'](y)' * 4_000}",
    "terms": "Microsoft 365 " * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_no_longer_than_in_proportion(text: str) -> None:
    assert units(f"# A\n\n{text}\n").units
    assert units(f"# A\n\n| x |\n|-|\n| {text} |\n").units


def test_sentences_are_told_without_the_marks_that_their_form_needs() -> None:
    unit = next(
        unit
        for unit in units("# A\n\nRead [the guide](guide.md) first. Then begin.\n").units
        if unit.kind is UnitKind.PARAGRAPH
    )
    assert [piece.text for piece in unit.pieces] == [
        "Read the guide (guide) first.",
        "Then begin.",
    ]
