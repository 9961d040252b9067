"""Paragraphs, lists, breaks and marks."""

from __future__ import annotations

import pytest

from tests.rendering.canonical import canonical
from tests.rendering.fidelity import github, ours
from tests.rendering.support import dom, render

LIKE_GITHUB = [
    "*a* **b** ***c*** ~~d~~ ~e~ `f` ``g ` h``",
    '**a "**b**" c** **a *b* c** *a **b** c*',
    "a  \nb\\\nc\nd",
    "a\n\n---\n\nb",
    "- a\n  - b\n    - c\n- d",
    "- a\n\n- b\n\n  c",
    "1. a\n2. b",
    "0. a",
    "7. a\n3. b\n\ntext\n\n3) c",
    "1. a\n   ```\n   code\n   ```\n2. b\n   > c",
    "- [ ] a\n- [x] b\n- c",
    "1. [x] a",
    "- a\n- [x] b",
    "- ",
    "> a\n> > b\n>\n> c\n\n> d",
    "> a\n- b",
    "para\n- a\n- b",
    "para\n1. a",
    "Setext\n===\n\nOther\n---",
    "# a #\n## b\n###### c",
    "    code\n\n      more\n",
    "&amp; &copy; &#228; &quot;x&quot; &nope; <",
    "\\* \\# \\<placeholder> \\\\",
    "Windows 7/8.1 (c) -- ... \"q\" 'r'",
    "a\u00a0b c\u200bd",
    "**日本語**です。",
    "a_b_c __d__ _e_",
    "line one\nline two\twith tab",
]


@pytest.mark.parametrize("markdown", LIKE_GITHUB)
def test_text_is_shown_as_on_github(markdown: str) -> None:
    assert ours(render(markdown).html) == github(markdown).without_lines()


def test_text_is_escaped() -> None:
    html = render("a &lt;b&gt; & \"c\" 'd' `<e> & f` \\<script>\n").html
    assert html == (
        "<p>a &lt;b&gt; &amp; \"c\" 'd' <code>&lt;e&gt; &amp; f</code> &lt;script&gt;</p>\n"
    )


@pytest.mark.parametrize(
    "markdown", ["a\0b", "`a\0b`", "```\na\0b\n```", "# a\0b", "<b>a\0b</b>", "| a\0b |\n|---|"]
)
def test_a_null_character_is_replaced(markdown: str) -> None:
    html = render(markdown).html
    assert "\0" not in html
    assert "a\ufffdb" in html


def test_a_list_begins_where_its_writer_began() -> None:
    assert dom("7. a\n8. b\n").one("ol").attributes["start"] == "7"
    assert "start" not in dom("1. a\n").one("ol").attributes


def test_a_task_list_says_what_is_done() -> None:
    page = dom("- [ ] open\n- [x] done *it*\n")
    assert [("checked" in box.attributes) for box in page.all("input")] == [False, True]
    assert all(box.attributes["type"] == "checkbox" for box in page.all("input"))
    assert all("disabled" in box.attributes for box in page.all("input"))
    assert page.texts("li") == ["open", "done it"]
    assert page.values("input", "aria-label") == ["Done", "Done"]


def test_a_loose_task_list_keeps_the_box_beside_its_text() -> None:
    page = dom("- [ ] a\n\n- [x] b\n\n  c\n")
    assert page.texts("li > p") == ["a", "b", "c"]
    assert len(page.all("li > p:first-child input")) == 2


def test_a_known_section_is_lifted_out_of_a_list() -> None:
    page = dom("- a\n- b\n\n    ## Overview\n\ntext\n")
    assert page.texts("li") == ["a", "b"]
    assert page.one("body > h2").attributes["id"] == "overview"


def test_a_page_with_front_matter_shows_only_its_body() -> None:
    assert render("---\ntitle: T\n---\n\ntext\n").html == "<p>text</p>\n"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"---\ntitle: x\n---\n", b"\n\n", b"   "])
def test_an_empty_page(data: bytes) -> None:
    assert render(data).html == ""


def test_bytes_that_are_no_text_are_shown_as_far_as_they_are() -> None:
    assert dom(b"# T\n\na\xffb\n").texts("p") == ["a\ufffdb"]


def test_line_ends_do_not_matter() -> None:
    text = "# T\n\n- a\n  b\n\n```\nc\nd\n```\n\n| a |\n|---|\n| b |\n\n<div>\nx\n</div>\n"
    unix = canonical(render(text).html)
    assert canonical(render(text.replace("\n", "\r\n")).html) == unix
