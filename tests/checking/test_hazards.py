"""Fixes of Markdown's traps: they change what they name and nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from leitfaden.checking.finding import Finding
from leitfaden.checking.rule import Rule
from leitfaden.checking.rules import hazards
from leitfaden.checking.subject import Subject
from leitfaden.contract import load_contract
from leitfaden.model import Page
from leitfaden.reading import PageReader
from tests.checking.fixtures import ROOT

READER = PageReader(load_contract(ROOT / "playbook.yml"))


def read(text: str, locale: str = "en") -> Page:
    return READER.read(text.encode(), path="x.md", locale=locale, page_id="assess-x")


def findings(rule: Rule, text: str) -> list[Finding]:
    assert rule.page_check
    return list(rule.page_check(Subject(read(text), READER.contract)))


def fixed(rule: Rule, text: str, *, safe: bool = True) -> str:
    """Apply the fixes of a rule that are safe, or those that are not, and see that they hold."""
    fixes = [one.fix for one in findings(rule, text) if one.fix and one.fix.safe == safe]
    edits = sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span)
    for first, second in pairwise(edits):
        assert first.span.end <= second.span.start
    for edit in reversed(edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert not [one for one in findings(rule, text) if one.fix and one.fix.safe == safe]
    return text


def seen(text: str) -> list[str]:
    """Return what a page opens and says, in its order, blanks and blanks without width aside."""
    parts = [
        event.tag or str(event.value or "") for event in read(text).events if event.kind != "close"
    ]
    return [part for part in (part.replace("\u200b", "").strip() for part in parts) if part]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    1. Who has it?\n    2. And who not?\n", "1. Who has it?\n2. And who not?\n"),
        ("A\r\n\r\n    - Ask for goals\r\n\r\nB\r\n", "A\r\n\r\n- Ask for goals\r\n\r\nB\r\n"),
        ("-     Ask for the goals.\n- Two\n", "-     Ask for the goals.\n- Two\n"),
        ("-     Ask for the goals.\n\nText\n", "- Ask for the goals.\n\nText\n"),
        ("Text\n\n    Here a whole sentence stands.\n", "Text\n\nHere a whole sentence stands.\n"),
    ],
)  # fmt: skip
def test_prose_that_became_code_loses_its_indent(before: str, after: str) -> None:
    assert fixed(hazards.accidental_code, before) == after


@pytest.mark.parametrize(
    "text",
    [
        "    npm install --save leitfaden\n",
        "    Get-Mailbox -Identity all\n",
        "    title: Some text here.\n    other: text\n",
        "    return the value of x;\n",
        "    1. Call run() and wait here\n",
        "    Two words.\n",
        "    1. Who uses it daily?\n\n    2. Who pays for it all?\n",
        "    Here a whole sentence stands.\nwith a line that would run on from it\n",
        ">     Here a whole sentence stands.\n",
        "    Here a whole sentence stands.\n        and code in code\n",
        "\tHere a whole sentence stands.\n",
    ],
)
def test_what_could_be_code_keeps_its_indent(text: str) -> None:
    assert len(findings(hazards.accidental_code, text)) == 1
    assert fixed(hazards.accidental_code, text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A\u200b \u200b\u2060b\ufeffc\u200b\n", "A bc\n"),
        ("One\n\u200b\nTwo\n", "One\nTwo\n"),
        ("One\r\n\u200b \r\n## Two\r\n", "One\r\n## Two\r\n"),
        ("Ends here. \u200b \u200b\nTwo\n", "Ends here.\nTwo\n"),
        ("Breaks here\u200b  \nTwo\n", "Breaks here  \nTwo\n"),
        ("[a](\u200bhttps://example.com)\n", "[a](https://example.com)\n"),
        ("**Bold\u200b** **\u200bbold**\u200b and\n", "**Bold** **bold** and\n"),
        ("    a\n    \u200b\n    b\n", "    a\n    \n    b\n"),
        ("---\ntitle: A\u200bB\n---\nText\n", "---\ntitle: AB\n---\nText\n"),
    ],
)
def test_blanks_without_width_are_deleted(before: str, after: str) -> None:
    assert fixed(hazards.zero_width_blank, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.\u200b One\n2. Two\n", "1. One\n2. Two\n"),
        ("> -\u200b\u2060 One\u200b and two\n", "> - One and two\n"),
        ("#\u200b One\n", "# One\n"),
    ],
)
def test_marks_that_were_hidden_work(before: str, after: str) -> None:
    assert fixed(hazards.marker_hidden, before) == after
    assert not findings(hazards.zero_width_blank, before)


@pytest.mark.parametrize(
    "text",
    [
        "*\u200b*not bold**\n",
        "\u200b# No heading\n",
        "\u200b- No list\n",
        "\u200b    No code\n",
        "-\u200b--\n",
        "!\u200b[a](b)\n",
        "[a]\u200b(b)\n",
        "<\u200bb>\n",
        "&\u200bamp;\n",
        "Breaks not\\\u200b\nTwo\n",
        "**a.\u200b**b\n",
        "a\n\u200b\n    b\n",
        "> a\n> \u200b\n> b\n",
        "\u200b---\ntitle: A\n---\n",
    ],
)
def test_where_they_keep_markdown_from_something_nothing_is_done_unseen(text: str) -> None:
    (finding,) = findings(hazards.zero_width_blank, text)
    assert finding.fix
    assert not finding.fix.safe
    assert fixed(hazards.zero_width_blank, text) == text


def test_a_page_reads_alike_without_them() -> None:
    text = "# \u200bA\n\n- \u200bone\u200b\n- **b\u200b** \u200b\n\nc\u200b\n\u200b\n> d.\u200b\n"
    assert seen(fixed(hazards.zero_width_blank, text)) == seen(text)


def test_line_ends_become_like_most() -> None:
    rule = hazards.line_ends_mixed
    assert fixed(rule, "a\nb\r\nc\n") == "a\nb\nc\n"
    assert fixed(rule, "a\r\nb\nc\r\n") == "a\r\nb\r\nc\r\n"
    assert fixed(rule, "a\nb\rc\n") == "a\nb\nc\n"
    (finding,) = findings(rule, "a\nb\rc\r\nd\n")
    assert dict(finding.values) == {"most": "LF", "other": "CR"}
    assert finding.span.start == 3
    assert not findings(rule, "a\r\nb\r\n")
    assert not findings(rule, "a\nb\n")


def test_the_blank_in_a_name_becomes_a_common_one() -> None:
    text = "Windows\u00a010, Skype\u202ffor\u00a0Business, 10\u00a0%\n"
    assert fixed(hazards.no_break_blank, text) == "Windows 10, Skype for Business, 10\u00a0%\n"


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (hazards.alert_unknown, "> [!IMPROTANT]\n> A\n", "> [!IMPORTANT]\n> A\n"),
        (hazards.alert_unknown, "> [! note ]\n> A\n", "> [!note]\n> A\n"),
        (hazards.tag_vanishes, "A <b1> c\n", "A \\<b1> c\n"),
        (hazards.tag_vanishes, "<div>\n<b1>\n</div>\n", "<div>\n&lt;b1>\n</div>\n"),
        (hazards.bold_not_closed, "**A: ** b\n", "**A:**  b\n"),
        (hazards.bold_not_closed, "** a** b\n", " **a** b\n"),
        (hazards.bold_not_closed, "**A:**b\n", "**A:** b\n"),
        (hazards.alert_swallows, "> [!TIP]\r\n> a\r\nb\r\n", "> [!TIP]\r\n> a\r\n\r\nb\r\n"),
        (hazards.heading_by_accident, "A sentence.\n---\n", "A sentence.\n\n---\n"),
    ],
)
def test_fixes_that_have_to_be_seen(rule: Rule, before: str, after: str) -> None:
    assert fixed(rule, before) == before
    assert fixed(rule, before, safe=False) == after
