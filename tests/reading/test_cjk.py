"""Emphasis beside Chinese, Japanese and Korean signs is what its writer means.

What is expected here was compared with `markdown-it-cjk-friendly`, an implementation of the
published amendment by its author.
"""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import Any

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.model import Event
from leitfaden.reading import cjk
from leitfaden.reading.markdown import read_events

TAGS = {"strong": "b", "emphasis": "i", "strikethrough": "s"}


def shown(text: str) -> str:
    """The text with its emphasis as tags."""
    parts: list[str] = []
    for event in read_events(text):
        if event.tag in TAGS:
            parts.append(f"<{'/' * (event.kind == 'close')}{TAGS[event.tag]}>")
        elif event.kind in ("text", "code"):
            parts.append(str(event.value))
    return "".join(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**加粗（说明）**后续", "<b>加粗（说明）</b>后续"),
        ("**重要：**请注意", "<b>重要：</b>请注意"),
        ("这是**「強調」**的", "这是<b>「強調」</b>的"),
        ("太郎は**「こんにちは」**と言った。", "太郎は<b>「こんにちは」</b>と言った。"),
        ("**用語(term)**は", "<b>用語(term)</b>は"),
        ("*終わり。*続き", "<i>終わり。</i>続き"),
        ("***終わり。***続き", "<i><b>終わり。</b></i>続き"),
        ("~~（x）~~あ", "<s>（x）</s>あ"),
        ("**末尾の`コード`**も", "<b>末尾のコード</b>も"),
        ("**[甲](x)**と**[乙](y)**を", "<b>甲</b>と<b>乙</b>を"),
        ("Go**「初心者」**を", "Go<b>「初心者」</b>を"),
        ("税込**¥10,000**で", "税込<b>¥10,000</b>で"),
        ("**한국어(괄호)**를", "<b>한국어(괄호)</b>를"),
        ("**x(y)**𠮷", "<b>x(y)</b>𠮷"),
        ("**「x」\ufe00**y", "<b>「x」\ufe00</b>y"),
        ("漢\U000e0100**(x)**字", "漢\U000e0100<b>(x)</b>字"),
        ("*a*。**b**（*c*）**d**", "<i>a</i>。<b>b</b>（<i>c</i>）<b>d</b>"),
    ],
)
def test_emphasis_begins_and_ends_where_its_writer_means_it(text: str, expected: str) -> None:
    assert shown(text) == expected
    assert shown(f"# {text}") == expected
    assert shown(f"> - {text}") == expected
    assert shown(f"| {text} |\n|---|\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        "** 空白 **後",
        "**　全角空白　**後",
        r"\*\*（x）\*\*後",
        "a **.x**b",
        "a**.x**b",
        "a**😀**b",
        "強_（x）_調",
        "强**「_x_",
    ],
)
def test_what_the_amendment_leaves_alone_is_as_the_parser_has_it(text: str) -> None:
    assert read_events(text) == without_disguise(text)


def without_disguise(text: str) -> list[Event]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("leitfaden.reading.markdown.disguised", lambda body: (body, {}))
        return read_events(text)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("`**（x）**後`", "code", "**（x）**後"),
        ("    **（x）**後\n", "text", "**（x）**後\n"),
        ("``` **（x）**後\n```", "open", {"Fenced": "**（x）**後"}),
        ("<div>**（x）**後\n", "html", "<div>**（x）**後\n"),
        ("a <b title='**（x）**後'>", "inline-html", "<b title='**（x）**後'>"),
        ("[^**（x）**後]\n\n[^**（x）**後]: y", "footnote-reference", "**（x）**後"),
    ],
)
def test_what_shows_stars_shows_the_page_s_own_signs(text: str, kind: str, value: object) -> None:
    assert value in [event.value for event in read_events(text) if event.kind == kind]


def test_a_link_keeps_its_target_and_title() -> None:
    [link] = [e.value for e in read_events('[a](**（x）**後 "**（y）**後")') if e.tag == "link"][:1]
    assert isinstance(link, dict)
    assert (link["dest_url"], link["title"]) == ("**（x）**後", "**（y）**後")


def test_a_reference_with_stars_finds_its_definition() -> None:
    assert "link" in [e.tag for e in read_events("[**（x）**後]\n\n[**（x）**後]: /url")]


def test_a_heading_keeps_the_id_that_it_was_given() -> None:
    heading = read_events("# **用語（x）**は {#id}")[0].value
    assert isinstance(heading, dict)
    assert heading["id"] == "id"


def test_signs_that_could_stand_for_others_stay_themselves_where_a_page_holds_them() -> None:
    letters = "".join(map(chr, range(0xE000, 0xE020)))
    assert shown(f"{letters}**（x）**後") == f"{letters}<b>（x）</b>後"
    assert shown("&#xE000;&#57345;**（x）**後") == "\ue000\ue001<b>（x）</b>後"


def test_where_nothing_is_left_to_stand_for_a_sign_commonmark_decides() -> None:
    punctuation = "".join(map(chr, chain.from_iterable(cjk._PUNCTUATION[3])))
    assert shown(f"{punctuation} **x(y)**は") == f"{punctuation} **x(y)**は"


def test_more_signs_than_there_are_stand_ins_lose_nothing() -> None:
    signs = "".join(map(chr, range(0x4E00, 0x5200)))
    found = shown("\n\n".join(f"**x(y)**{sign}" for sign in signs))
    assert found.count("x(y)") == len(signs)
    assert "".join(sign for sign in found if sign in signs) == signs


def test_the_parser_takes_what_stands_for_punctuation_for_such() -> None:
    for code in chain.from_iterable(chain.from_iterable(cjk._PUNCTUATION.values())):
        assert unicodedata.category(chr(code))[0] == "P", hex(code)
        assert "<em>" not in pyromark.html(f"a*{chr(code)}*b"), hex(code)
    for code in (ranges[0][0] for ranges in cjk._LETTERS.values()):
        assert "<em>" in pyromark.html(f"a*{chr(code)}*b")


def test_what_stands_for_a_sign_is_as_long_as_it() -> None:
    for pools in (cjk._LETTERS, cjk._PUNCTUATION):
        for length, ranges in pools.items():
            assert {len(chr(code).encode()) for code in chain.from_iterable(ranges)} == {length}


PIECES = list("あ漢字（）。「」가ﾊ＋㊗𠮷😀ab().!_*`#>|\\")
PIECES += ["**", "***", "~~", "[x](y)", "<b>", "\\*", "&#xE000;", "&amp;"]
PIECES += ["\u3000", " ", "\n", "\ufe00", "\U000e0100", "\ue000", "|-|\n", "\u2e00", "- ", "\0"]
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=25).map("".join)
few = settings(max_examples=300, deadline=None)


@few
@given(TEXT)
def test_no_sign_that_stands_for_another_is_left(text: str) -> None:
    disguise, meant = cjk.disguised(text)
    assert disguise.translate(meant) == text
    assert len(disguise.encode()) == len(text.encode())
    assert not set(map(chr, meant)) & set(text)
    left = {sign for value in values(read_events(text)) for sign in value if ord(sign) in meant}
    assert not left


def values(events: list[Event]) -> list[str]:
    return [text for event in events for text in strings(event.value)]


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    return [value] if isinstance(value, str) else []


@few
@given(TEXT)
def test_a_page_s_blocks_stay_what_they_are(text: str) -> None:
    blocks = {"paragraph", "heading", "quote", "list", "item", "table", "code-block", "html-block"}
    as_meant = [event for event in read_events(text) if event.tag in blocks]
    assert as_meant == [event for event in without_disguise(text) if event.tag in blocks]


@few
@given(st.text(st.characters(max_codepoint=0x10FF), max_size=40) | st.text("aä*~_()„“–[] \n"))
def test_a_page_without_such_signs_is_parsed_as_it_stands(text: str) -> None:
    assert cjk.disguised(text) == (text, {})


def test_a_giant_of_stars_and_signs_is_read_in_linear_time() -> None:
    assert len(cjk.disguised("**（x）**後" * 200_000)[1]) == 2
