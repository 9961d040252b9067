"""Whatever bytes a file holds, the page shows what can be read of them."""

from __future__ import annotations

import codecs

import pytest

from leitfaden.model import DefectKind, Position, Span
from leitfaden.reading.source import MAX_BYTES, decode
from tests.reading.pages import kinds, read

PAGE = "---\ntitle: Übersicht\n---\n# Titel\n\nPhase: **Analyse**  \nGilt für: **Exchange**\n"


def test_text_is_kept_as_it_stands() -> None:
    source = decode(b"a\r\nb\nc\rd")
    assert source.text == "a\r\nb\nc\rd"
    assert not source.bom
    assert source.defects == ()


def test_a_byte_order_mark_is_no_text_and_is_remembered() -> None:
    page = read(codecs.BOM_UTF8 + PAGE.encode(), "de")
    assert page.bom
    assert page.text == PAGE
    assert page.front_matter.text("title") == "Übersicht"
    assert page.position(page.headings[0].span.start) == Position(4, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_same_page_is_read_with_every_line_end(end: str) -> None:
    text = PAGE.replace("\n", end)
    page = read(text, "de")
    assert page.text == text
    assert page.front_matter.text("title") == "Übersicht"
    assert page.body.startswith("# Titel")
    assert page.title == "Titel"
    assert page.phases == ("assess",)
    assert page.terms("applies-to") == ("exchange",)
    assert list(page.all_defects()) == []
    assert page.position(page.label_blocks[0].span.end) == Position(7, 23)
    assert page.label_blocks[0].span.of(text) == text[text.index("Phase") :].rstrip()


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", (0,)),
        ("a", (0,)),
        ("\n", (0, 1)),
        ("a\r\nb\n", (0, 3, 5)),
        ("a\rb\r\r\nc", (0, 2, 4, 6)),
        ("a\u2028b\x0bc\x85d", (0,)),
    ],
)
def test_lines_begin_where_editors_begin_them(text: str, starts: tuple[int, ...]) -> None:
    assert decode(text.encode()).line_starts == starts


def test_a_file_in_another_encoding_is_read_around_what_is_wrong() -> None:
    page = read("# Übersicht\n\nPhase: **Analyse**\n".encode("latin-1"), "de")
    assert [(d.kind, d.span, d.detail) for d in page.defects] == [
        (DefectKind.NOT_UTF8, Span(2, 3), "byte 0xDC")
    ]
    assert page.text.startswith("# \ufffdbersicht")
    assert page.phases == ("assess",)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told(encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    page = read(mark + PAGE.encode(encoding), "de")
    assert page.text == PAGE
    assert [(d.kind, d.detail) for d in page.defects] == [(DefectKind.NOT_UTF8, "UTF-16")]


def test_utf_16_without_a_mark_is_told() -> None:
    page = read("# Title\n".encode("utf-16-le"))
    assert [(d.kind, d.span) for d in page.defects] == [(DefectKind.NOT_UTF8, Span(1, 2))]


def test_half_a_character_at_the_end_is_told() -> None:
    page = read("# Ü".encode()[:-1])
    assert kinds(page.defects) == [DefectKind.NOT_UTF8]


def test_nul_is_shown_as_a_replacement_and_counts_as_one_character() -> None:
    page = read("# a\0b\n\nPhase: **Assess**\n")
    assert page.text == "# a\0b\n\nPhase: **Assess**\n"
    assert page.title == "a\ufffdb"
    assert kinds(page.defects) == [DefectKind.NOT_UTF8]
    assert page.label_blocks[0].span.of(page.text) == "Phase: **Assess**"


def test_an_empty_file_is_an_empty_page() -> None:
    page = read(b"")
    assert page.text == ""
    assert page.title == "assess-it"
    assert (page.headings, page.tables, page.links, page.steps) == ((), (), (), ())
    assert page.position(0) == Position(1, 1)
    assert list(page.all_defects()) == []


def test_a_giant_is_not_read() -> None:
    assert decode(b"a" * MAX_BYTES).text
    page = read(b"a" * (MAX_BYTES + 1))
    assert page.text == ""
    assert kinds(page.defects) == [DefectKind.TOO_LARGE]
