"""Links and pictures: where they lead, and where that is written."""

from __future__ import annotations

import pytest

from tests.reading.pages import read


@pytest.mark.parametrize(
    ("source", "text", "target", "written"),
    [
        ("[a](b.md)", "a", "b.md", "b.md"),
        ("[a]( b.md )", "a", "b.md", "b.md"),
        ('[a](b.md "c (d)")', "a", "b.md", "b.md"),
        ("[a](b.md 'c')", "a", "b.md", "b.md"),
        ("[a](<b c.md>)", "a", "b c.md", "b c.md"),
        ("[a](<b\\>c.md> 'd')", "a", "b>c.md", "b\\>c.md"),
        ("[a](b(c)d.md)", "a", "b(c)d.md", "b(c)d.md"),
        ("[a](b\\)c.md)", "a", "b)c.md", "b\\)c.md"),
        ('[a](b\\_c.md "d")', "a", "b_c.md", "b\\_c.md"),
        ("[a](b&amp;c.md 'd')", "a", "b&c.md", "b&amp;c.md"),
        ("[a](b.md#c?d=e%20f)", "a", "b.md#c?d=e%20f", "b.md#c?d=e%20f"),
        ("[a]()", "a", "", ""),
        ("[](b.md)", "", "b.md", "b.md"),
        ("[**a** `b`](c.md)", "a b", "c.md", "c.md"),
        ("[a\\]](b.md)", "a]", "b.md", "b.md"),
        ("[a](\nb.md)", "a", "b.md", "b.md"),
        ("[a (b](c.md)", "a (b", "c.md", "c.md"),
        ("[a](ü\U0001f600.md)", "a", "ü\U0001f600.md", "ü\U0001f600.md"),
        ("[a](\u200bb.md)", "a", "\u200bb.md", "\u200bb.md"),
        ("<https://example.org>", "https://example.org", "https://example.org", ""),
        ("[a][b]\n\n[b]: c.md", "a", "c.md", ""),
        ("[b]\n\n[b]: c.md", "b", "c.md", ""),
    ],
)
def test_links(source: str, text: str, target: str, written: str) -> None:
    page = read(f"Ü. {source}\n")
    [link] = page.links
    assert (link.text, link.target) == (text, target)
    assert link.target_span.of(page.text) == written
    assert link.span.of(page.text) == source.split("\n\n")[0]
    assert not link.image
    assert page.events[link.event].tag == "link"


def test_in_a_quote_the_next_line_begins_with_its_mark() -> None:
    page = read("> [a](\n> b\\_c.md)\n")
    [link] = page.links
    assert link.target_span.of(page.text) == "b\\_c.md"


def test_in_a_table_a_pipe_is_escaped() -> None:
    page = read("|a|\n|-|\n|[b](c\\|d.md)|\n")
    [link] = page.links
    assert link.target_span.of(page.text) == "c\\|d.md"


def test_pictures() -> None:
    page = read('![A *b*](media/c.png "d")\n')
    [link] = page.links
    assert (link.image, link.text, link.target) == (True, "A b", "media/c.png")
    assert link.target_span.of(page.text) == "media/c.png"


def test_a_picture_in_a_link() -> None:
    page = read("[![a](b.png)](c.md)\n")
    assert [(link.image, link.target, link.text) for link in page.links] == [
        (False, "c.md", "a"),
        (True, "b.png", "a"),
    ]


def test_what_stands_in_the_text_of_a_picture_is_neither_link_nor_picture() -> None:
    page = read("![a [b](c.md) ![d](e.png)](f.png) [g](h.md)\n")
    assert [link.target for link in page.links] == ["f.png", "h.md"]
    assert page.links[0].text == "a b d"


def test_links_are_found_everywhere() -> None:
    page = read(
        "# [a](1)\n\n> [b](2)\n\n- [c](3)\n\n|[d](4)|\n|-|\n|[e](5)|\n\n[^f]\n\n[^f]: [g](6)\n"
    )
    assert [link.target for link in page.links] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("text", ["`[a](b)`", "\\[a](b)", "[a] (b)", "<!-- [a](b) -->", "[a](b"])
def test_what_is_no_link(text: str) -> None:
    assert read(f"{text}\n").links == ()
