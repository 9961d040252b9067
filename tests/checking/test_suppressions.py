"""What a page's comments suppress. In these tests the words `x1`, `x2` … are the findings."""

from __future__ import annotations

import pickle
import re
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.checking.facts import PageFacts, facts_of
from leitfaden.checking.finding import Found, found
from leitfaden.checking.registry import all_rules
from leitfaden.checking.suppressions import UNUSED, Applied, apply, requests_of
from leitfaden.checking.wording import diagnostic
from leitfaden.contract import load_contract
from leitfaden.model import Page, Span
from leitfaden.reading import PageReader
from tests.checking.fixtures import ROOT

_WORD = re.compile(r"\bx\d")


@cache
def reader() -> PageReader:
    return PageReader(load_contract(ROOT / "playbook.yml"))


def page_of(text: str) -> Page:
    data = text.encode("utf-8", "replace")
    return reader().read(data, path="docs/en/p.md", locale="en", page_id="p")


def applied(text: str, code: str = "LF210") -> tuple[Applied, PageFacts]:
    page = page_of(text)
    facts = facts_of(page)
    words = [Found(code, found(Span(*match.span()))) for match in _WORD.finditer(page.text)]
    return apply(words, facts), facts


def hidden(text: str, code: str = "LF210") -> str:
    """Return the numbers of the words that are suppressed."""
    result, _ = applied(text, code)
    page = page_of(text)
    return "".join(one.finding.span.of(page.text)[1] for one in result.suppressed)


def unused(text: str) -> list[str]:
    """Return what is said about comments that suppress nothing."""
    result, facts = applied(text)
    rule = all_rules()[UNUSED]
    return [
        diagnostic(rule, one.finding, facts).message for one in result.kept if one.code == UNUSED
    ]


def fixed(text: str) -> str:
    """Return the text with the fixes for unused comments."""
    edits = [
        edit
        for one in applied(text)[0].kept
        if one.code == UNUSED and one.finding.fix
        for edit in one.finding.fix.edits
    ]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


ABOVE = "<!-- leitfaden: ignore LF210 why -->\n"
WITHIN = " <!-- leitfaden: ignore LF210 why -->"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param(f"x1\n\n{ABOVE}x2\nx3\n\nx4\n", "23", id="the paragraph below"),
        pytest.param(f"x1\n\n{ABOVE}\n\n\nx2\n\nx3\n", "2", id="over blank lines"),
        pytest.param(f"x1\nx2{WITHIN}\nx3\n\nx4\n", "123", id="the paragraph that it stands in"),
        pytest.param(f"{ABOVE}- x1\n- x2\n  - x3\n\nx4\n", "123", id="a list"),
        pytest.param(f"- x1\n- x2{WITHIN}\n  x3\n- x4\n", "23", id="one item"),
        pytest.param(f"- x1{WITHIN}\n  - x2\n- x3\n", "1", id="an item without those in it"),
        pytest.param(f"- x1\n\n  x2{WITHIN}\n\n- x3\n", "2", id="one paragraph of an item"),
        pytest.param(f"- x1\n  {ABOVE}  x2\n- x3\n", "2", id="the rest of an item"),
        pytest.param(f"- {ABOVE}- x1\n- x2\n", "1", id="an item of its own"),
        pytest.param(f"{ABOVE}> x1\n>\n> x2\n\nx3\n", "12", id="a quote"),
        pytest.param(f"> {ABOVE}> x1\n>\n> x2\n", "1", id="in a quote"),
        pytest.param(f"{ABOVE}## x1\n\nx2\n", "1", id="a heading"),
        pytest.param(f"## x1{WITHIN}\n\nx2\n", "1", id="in a heading"),
        pytest.param(f"{ABOVE}```\nx1\n\nx2\n```\nx3\n", "12", id="code"),
        pytest.param(f"{ABOVE}***\nx1\n", "", id="a rule"),
        pytest.param(f"{ABOVE}<div>\nx1\n</div>\n\nx2\n", "1", id="HTML"),
        pytest.param(f"<div>\n{ABOVE}x1\n</div>\n\nx2\n", "1", id="in HTML"),
        pytest.param(f"<!-- other -->\n{ABOVE}<!-- x1 -->\n\nx2\n", "2", id="other comments"),
        pytest.param(f"{ABOVE.strip()} x1\n\nx2\n", "1", id="a line that begins with it"),
        pytest.param(f"{ABOVE}\n|x1|\n|-|\n|x2|\n\nx3\n", "12", id="a table"),
        pytest.param(f"|x1|\n|-|\n|x2{WITHIN}|\n|x3|\n", "2", id="a row"),
        pytest.param(f"|x1{WITHIN}|\n|-|\n|x2|\n", "1", id="the header"),
        pytest.param(f"|x1|b|\n|-|-|\n|x2|b|{WITHIN}|\n|x3|b|\n", "2", id="behind a row"),
        pytest.param(f"|a|b|\n|-|\n|x1|b{WITHIN}|\n|x2|b|\n", "1", id="a row of a refused table"),
        pytest.param(f"**x1{WITHIN}**\n\nx2\n", "1", id="in bold"),
        pytest.param(f"{ABOVE}{ABOVE}x1\n\nx2\n", "1", id="twice"),
        pytest.param(f"x1\n\n{ABOVE}", "", id="nothing below"),
        pytest.param(f"`{ABOVE.strip()}` x1\n\n    {ABOVE}\nx2\n", "", id="code is no comment"),
        pytest.param(f"\ufeffä\U0001f600 x1{WITHIN}\r\n\r\nx2\r\n", "1", id="any characters"),
        pytest.param(f"x1\n\n{ABOVE}x2", "2", id="no line end"),
        pytest.param(
            "<!-- leitfaden: ignore\nLF210 over\n\nseveral lines -->\nx1\n\nx2\n",
            "1",
            id="over lines",
        ),
        pytest.param("<!-- leitfaden: ignore LF210 why\n\nx1\n", "", id="never closed"),
    ],
)
def test_a_comment_counts_for_the_block_below_or_around_it(text: str, numbers: str) -> None:
    assert hidden(text) == numbers
    assert hidden(text, "LF204") == ""


def test_a_section_that_an_indent_put_into_a_list_is_a_heading_like_others() -> None:
    text = f"- a\n- b\n\n  {ABOVE}    ## Overview\n\nx1\n"
    facts = facts_of(page_of(text))
    heading = [Found("LF210", found(facts.headings[0].span))]
    assert apply(heading, facts) == Applied([], heading)
    assert hidden(text) == ""


@pytest.mark.parametrize(
    ("front_matter", "numbers"),
    [
        ("# leitfaden: ignore LF210 why\na: x1\nb: x2\n", "1"),
        ("a: x1 # leitfaden: ignore LF210 why\nb: x2\n", "1"),
        ("a: x1\n# leitfaden: ignore LF210 why\n# other\n\nb: x2\nc: x3\n", "2"),
        ("a: 'x1 # leitfaden: ignore LF210 why'\nb: x2\n", ""),
        ("a: x1# leitfaden: ignore LF210 why\n", ""),
        ("a: |\n  # leitfaden: ignore LF210 why\n  x1\nb: x2\n", ""),
        ("a:\n  b: 1\n# leitfaden: ignore LF210 why\nc: x1\n", "1"),
        ("a:\n  b: x1 # leitfaden: ignore LF210 why\n  c: x2\nd: x3\n", "12"),
        ("a:\n  # leitfaden: ignore LF210 why\n  b: x1\nd: x2\n", "1"),
        ("a: [x1, # leitfaden: ignore LF210 why\n    x2]\nb: x3\n", "12"),
        ("a: x1\n# leitfaden: ignore LF210 why\n", ""),
        ("# leitfaden: ignore-file LF210 why\na: x1\nb: x2\n", "129"),
        (
            "a: x1\n# leitfaden: ignore-start LF210 why\nb: x2\nc: x3\n"
            "# leitfaden: ignore-end LF210\nd: x4\n",
            "23",
        ),
        ("a: x1 # leitfaden: ignore LF210 why\nb: : x2\n", "1"),
        ("# leitfaden: ignore LF210 why\r\na: x1\r\nb: x2\r\n", "1"),
    ],
)
def test_in_the_front_matter_it_counts_for_an_entry(front_matter: str, numbers: str) -> None:
    assert hidden(f"---\n{front_matter}---\n\nx9\n") == numbers


def test_a_region_ends_where_it_says_for_each_rule_that_it_names() -> None:
    text = (
        "x1\n\n<!-- leitfaden: ignore-start LF210, LF204 why -->\nx2\n\n"
        "<!-- leitfaden: ignore-end LF210 -->\n\nx3\n\n<!-- leitfaden: ignore-end LF204 -->\n\nx4\n"
    )
    assert (hidden(text), hidden(text, "LF204")) == ("2", "23")


def test_what_is_wrong_with_a_comment_makes_it_count_for_nothing() -> None:
    assert hidden("<!-- leitfaden: ignore LF210 -->\nx1\n") == ""
    assert hidden("<!-- leitfaden: ignore-start LF210 why -->\nx1\n") == ""
    assert hidden("<!-- leitfaden: ignore why -->\nx1\n") == ""
    assert hidden("<!-- leitfaden: ignore-file -->\nx1\n") == ""


def test_a_rule_is_named_by_code_or_name_in_any_case() -> None:
    assert hidden("<!-- leitfaden: ignore Heading-Blanks, LF204 why -->\nx1\n") == "1"
    assert hidden("<!-- leitfaden: ignore lf204,lf210: why -->\nx1\n") == "1"


def test_only_the_page_as_a_whole_can_suppress_a_finding_on_it() -> None:
    whole = [Found("LF210", found(Span(0, 0)))]
    around = "<!-- leitfaden: ignore-start LF210 why -->\na\n<!-- leitfaden: ignore-end LF210 -->\n"
    assert apply(whole, facts_of(page_of(around))).suppressed == []
    everywhere = "<!-- leitfaden: ignore-file LF210 why -->\n"
    assert apply(whole, facts_of(page_of(everywhere))) == Applied([], whole)


def test_findings_about_comments_cannot_be_suppressed() -> None:
    text = "<!-- leitfaden: ignore-file LF921, LF210 why -->\n"
    (told,) = unused(text)
    assert told == "This comment suppresses `LF210`, but there is nothing to suppress."


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"a\n\n{ABOVE}\nb\n", "a\n\nb\n"),
        (f"a\n\n{ABOVE}b\n", "a\n\nb\n"),
        (f"{ABOVE}a\n", "a\n"),
        (f"a\n\n{ABOVE}", "a\n\n"),
        (f"a{WITHIN}\nb\n", "a\nb\n"),
        (f"a{WITHIN}  \nb\n", "a  \nb\n"),
        (f"|a{WITHIN}|\n|-|\n", "|a |\n|-|\n"),
        (f"|a{WITHIN} |\n|-|\n", "|a |\n|-|\n"),
        (f"## a{WITHIN}\r\n", "## a\r\n"),
        ("---\n# leitfaden: ignore LF210 why\na: b\n---\n", "---\na: b\n---\n"),
        ("---\na: b  # leitfaden: ignore LF210 why\n---\n", "---\na: b\n---\n"),
        (
            "<!-- leitfaden: ignore LF204, LF210, LF202 why -->\nx1\n",
            "<!-- leitfaden: ignore LF210 why -->\nx1\n",
        ),
        (
            "a\n\n<!-- leitfaden: ignore-start LF210 why -->\n\nb\n\n"
            "<!-- leitfaden: ignore-end LF210 -->\n\nc\n",
            "a\n\nb\n\nc\n",
        ),
    ],
)
def test_a_comment_that_is_left_over_is_told_and_taken_away(text: str, after: str) -> None:
    assert len(unused(text)) == 1
    assert fixed(text) == after
    assert unused(after) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"a\n{ABOVE}b\n", id="two paragraphs"),
        pytest.param(f"- a\n\n{ABOVE}\n- b\n", id="two lists"),
        pytest.param(f"- a\n\n{ABOVE}\n    code\n", id="code behind a list"),
        pytest.param(f"**a**{WITHIN.strip()}b\n", id="two words"),
        pytest.param(f"a{WITHIN}*b*\n", id="a blank that is needed"),
        pytest.param(f"{ABOVE.strip()} a\nb\n", id="a line of HTML"),
        pytest.param(f"a\n     {ABOVE}b\n", id="a line within a paragraph"),
        pytest.param("<!-- leitfaden: ignore LF210, LF2O4 why -->\na\n", id="an unknown rule"),
    ],
)
def test_one_that_keeps_things_apart_is_left_to_people(text: str) -> None:
    assert len(unused(text)) == 1
    assert fixed(text) == text


def test_a_comment_is_told_once_with_all_that_it_names_in_vain() -> None:
    text = "a\n\n<!-- leitfaden: ignore LF204, heading-blanks why -->\n\nb\n"
    assert unused(text) == [
        "This comment suppresses `LF204`, `heading-blanks`, but there is nothing to suppress."
    ]


def test_a_page_that_cannot_be_read_suppresses_nothing_and_nothing_is_unused() -> None:
    data = f"{ABOVE}\xe4".encode("latin-1")
    page = reader().read(data, path="docs/en/p.md", locale="en", page_id="p")
    assert requests_of(page) == ((), ())


def test_facts_with_suppressions_can_be_kept() -> None:
    facts = facts_of(page_of(f"{ABOVE}x1\n"))
    assert facts.suppressions
    assert pickle.loads(pickle.dumps(facts)) == facts


BLOCKS = st.sampled_from(
    ["x1", "x2\nx3", "- x4\n- x5", "> x6", "## x7", "|x8|\n|-|\n|x9|", "```\nx0\n```", "***"]
)


@given(st.lists(BLOCKS, max_size=8, unique=True), st.data())
@settings(max_examples=60, deadline=None)
def test_suppressing_and_no_longer_suppressing_is_a_round_trip(
    blocks: list[str], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(blocks)))
    plain = "\n\n".join(blocks)
    with_comment = "\n\n".join([*blocks[:index], ABOVE.strip(), *blocks[index:]])
    assert hidden(plain) == ""
    covered = "".join(_WORD.findall(blocks[index])) if index < len(blocks) else ""
    assert hidden(with_comment) == covered.replace("x", "")
    result, _ = applied(with_comment)
    kept = [one for one in result.kept if one.code != UNUSED]
    assert len(kept) + len(result.suppressed) == len(_WORD.findall(plain))
    assert bool(unused(with_comment)) == (not covered)
    assert with_comment.replace(f"{ABOVE.strip()}\n\n", "").removesuffix(
        ABOVE.strip()
    ).rstrip() == (plain.rstrip())


MARKUP = [
    "x1",
    "\n",
    "\n\n",
    "- ",
    "> ",
    "# ",
    "**",
    "*",
    "`",
    "    ",
    "<div>",
    "</div>",
    "<b>",
    "~~~\n",
    "1. ",
    "[a](b)",
    "\r\n",
    " ",
    "\t",
]
COMMENTS = [
    "<!--",
    "-->",
    " leitfaden: ",
    "ignore",
    "-start",
    "-end",
    "-file",
    " LF210",
    ",",
    " why ",
]
TABLES = ["|", "|-|\n", "|a|\n|-|\n|b|", WITHIN, ABOVE, "\n\n", ABOVE.strip(), "a"]
BODIES = st.lists(st.sampled_from([*MARKUP, *COMMENTS, *TABLES]), max_size=30).map("".join)
YAML = ["a: ", "b: ", "\n", "  ", "[", "]", "{", "}", "'", '"', "|", "- ", "x1", "#", "&a ", "*a"]
HASH = "# leitfaden: ignore LF210 why"
METADATA = st.lists(st.sampled_from([*YAML, HASH, f" {HASH}\n", f"{HASH}\n"]), max_size=20)


def shown(text: str) -> object:
    """Return what a reader sees of a page, and what its front matter says."""
    page = page_of(text)
    events = [
        (kind, tag, value if kind in ("text", "code") else None)
        for kind, tag, value, _, _ in page.events
        if "html" not in kind and tag != "html-block"
    ]
    joined: list[tuple[str, str, object]] = []
    for kind, tag, value in events:
        if kind == "text":
            value = " ".join(str(value).split())
            if joined and joined[-1][0] == "text":
                value = f"{joined.pop()[2]} {value}".strip()
            if not value:
                continue
        joined.append((kind, tag, value))
    return joined, page.metadata()


@given(METADATA.map("".join), BODIES)
@settings(max_examples=400, deadline=None)
def test_taking_away_what_is_left_over_changes_nothing_else(metadata: str, body: str) -> None:
    text = f"---\n{metadata}\n---\n{body}" if metadata else body
    after = fixed(text)
    assert shown(after) == shown(text)
    assert hidden(after).count("1") <= hidden(text).count("1")


@given(METADATA.map("".join), BODIES)
@settings(max_examples=300, deadline=None)
def test_any_page_is_read(metadata: str, body: str) -> None:
    text = f"---\n{metadata}\n---\n{body}" if metadata else body
    result, facts = applied(text)
    words = len(_WORD.findall(page_of(text).text))
    kept = [one for one in result.kept if one.code != UNUSED]
    assert len(kept) + len(result.suppressed) == words
    assert all(fault.span.end <= len(text) for fault in requests_of(page_of(text)).faults)
    if not facts.suppressions:
        assert result.suppressed == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{ABOVE}x1\n\n" * 20_000, id="blocks"),
        pytest.param(ABOVE * 25_000 + "x1 " * 200_000, id="all above one block"),
        pytest.param(
            "<!-- leitfaden: ignore-start LF210 why -->\nx1\n" * 20_000, id="never closed"
        ),
        pytest.param(
            "<!-- leitfaden: ignore-start LF210 why -->\n" * 12_000
            + "x1\n" * 10_000
            + "<!-- leitfaden: ignore-end LF210 -->\n" * 12_000,
            id="nested",
        ),
        pytest.param(
            "".join(f"<!-- leitfaden: ignore q{i}w why -->\n" for i in range(20_000)), id="?"
        ),
        pytest.param("<!-- leitfaden: ignore " + "LF210," * 200_000 + " why -->\nx1", id="names"),
        pytest.param("<!-- leitfaden:" * 60_000, id="open"),
        pytest.param("<!-- leitfaden:" + " " * 1_000_000 + "-->", id="blanks"),
        pytest.param(
            "---\n" + "# leitfaden: ignore LF210 why\n" * 2_000 + "a: b\n---\n", id="yaml"
        ),
        pytest.param("---\n#leitfaden: \n" + "[" * 60_000 + "\n---\n", id="deep"),
        pytest.param("|x1|\n|-|\n" + f"|a|{WITHIN}|\n" * 20_000, id="cells"),
    ],
)
def test_it_takes_no_longer_than_the_page_is_long(text: str) -> None:
    page = page_of(text)
    words = [Found("LF210", found(Span(*match.span()))) for match in _WORD.finditer(page.text)]
    start = time.process_time()
    apply(words, facts_of(page))
    assert time.process_time() - start < 4
