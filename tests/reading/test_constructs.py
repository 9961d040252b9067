"""What docfx adds to Markdown, among the events of a page, each with its place."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.contract import Contract, load_contract
from leitfaden.model import DefectKind, Page, Refusal
from leitfaden.reading import PageReader
from tests.reading.pages import ROOT
from tests.reading.soundness import assert_sound
from tests.reading.test_properties import PIECES, quick


@cache
def contract() -> Contract:
    return load_contract(ROOT / "playbook.yml")


@cache
def reader() -> PageReader:
    return PageReader(contract())


def read(text: str, locale: str = "en", page_id: str = "folder/page") -> Page:
    path = f"docs/{locale}/{page_id}.md"
    return reader().read(text.encode("utf-8", "replace"), path=path, locale=locale, page_id=page_id)


def outline(page: Page) -> str:
    """The elements as nested brackets, texts in quotation marks."""
    parts = []
    for event in page.events:
        if event.kind == "open":
            parts.append(f"{event.tag}(")
        elif event.kind == "close":
            parts.append(")")
        elif event.kind == "text":
            parts.append(f"'{event.value}'")
        else:
            parts.append(event.kind)
    return " ".join(parts).replace("( ", "(").replace(" )", ")")


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("a [!INCLUDE [t](x.md)] b", "paragraph('a ' include() ' b')"),
        ("[!INCLUDE [t](x.md)]", "include()"),
        ("[!include[t](x.md)]  ", "include()"),
        ("[!Include+ [t](x.md)]", "include()"),
        ('[!INCLUDE [t](<x.md> "y")]', "include()"),
        ("a\n[!INCLUDE [t](x.md)]\nb", "paragraph('a') include() paragraph('b')"),
        ("[!INCLUDE [t](x.md)]\n[!INCLUDE [t](y.md)]", "include() include()"),
        ("> [!INCLUDE [t](x.md)]", "quote(include())"),
        ("- [!INCLUDE [t](x.md)]\n- a", "list(item(include()) item('a'))"),
        ("- [!INCLUDE [t](x.md)]\n  b", "list(item(include() 'b'))"),
        ("- a\n  [!INCLUDE [t](x.md)]\n  - b", "list(item('a' include() list(item('b'))))"),
        ("**[!INCLUDE [t](x.md)]**", "paragraph(strong(include()))"),
        ("# [!INCLUDE [t](x.md)]", "heading(include())"),
        ("[!INCLUDE [t](x.md)] [!INCLUDE [t](y.md)]", "paragraph(include() ' ' include())"),
        ("[!VIDEO https://a.b/c]", "video()"),
        ("> [!VIDEO https://a.b/c]", "video()"),
        ("> [!VIDEO https://a.b/c]\n> d", "video() quote(paragraph('d'))"),
        ("> d\n> [!VIDEO https://a.b/c]", "quote(paragraph('d') video())"),
        ("a\n[!video https://a.b/_c_ t]\nd", "paragraph('a') video() paragraph('d')"),
        (':::image source="a" alt-text="b":::', "paragraph(image('b'))"),
        ('a :::image type="icon" source="a"::: b', "paragraph('a ' image() ' b')"),
        (':::image source="a_b_" alt-text="*c*":::', "paragraph(image('*c*'))"),
        (':::image source="a" lightbox="b":::', "paragraph(link(image()))"),
        ('    :::image source="a":::', "code-block(':::image source=\"a\":::')"),
        (
            '[!VIDEO https://a.b/c]\n```\n:::image source="a":::\n```',
            "video() code-block(':::image source=\"a\":::\n')",
        ),
        ('<div>\n:::image source="a":::\n</div>', "html-block(html html html)"),
        (
            ':::image type="complex" source="a":::\n   b\n:::image-end:::\nc',
            "paragraph(image()) description(paragraph('b')) paragraph('c')",
        ),
        (
            ':::image type="complex" source="a":::\n\n- b\n\n:::image-end:::\n',
            "paragraph(image()) description(list(item('b')))",
        ),
        (
            ':::image type="complex" source="a":::\n\n- b\n:::image-end:::\n',
            "paragraph(image()) description(list(item('b')))",
        ),
        (
            '- :::image type="complex" source="a":::\n  b\n  :::image-end:::\n  c',
            "list(item(paragraph(image()) description('b') 'c'))",
        ),
        (
            "> [!NOTE]\n> a\n>\n> [!TIP]\n> b",
            "quote(paragraph('[!NOTE]' soft-break 'a')) quote(paragraph('[!TIP]' soft-break 'b'))",
        ),
        ("> [!NOTE] a\n> [!tip] b", "quote(paragraph('[!NOTE] a')) quote(paragraph('[!tip] b'))"),
        ("> a\n>\n> [!TIP]", "quote(paragraph('a')) quote(paragraph('[!TIP]'))"),
        (
            "> [!NOTE]\n> - a\n>\n> [!TIP]\n> b",
            "quote(paragraph('[!NOTE]') list(item('a'))) quote(paragraph('[!TIP]' soft-break 'b'))",
        ),
    ],
)
def test_a_construct_becomes_one_element(markdown: str, shown: str) -> None:
    page = read(markdown)
    assert outline(page) == shown
    assert page.defects == ()
    assert_sound(page, contract())


@pytest.mark.parametrize(
    "markdown",
    [
        r"\[!INCLUDE [t](x.md)]",
        "`[!INCLUDE [t](x.md)]`",
        "    [!INCLUDE [t](x.md)]",
        "```\n[!INCLUDE [t](x.md)]\n```",
        "[!INCLUDE t](x.md)",
        "[!INCLUDES [t](x.md)]",
        "[!INCLUDE [t](x.md)",
        "[!INCLUDE [t][x]]\n\n[x]: x.md",
        "[!INCLUDE <https://a.b>]",
        "[!VIDEO]",
        r"\[!VIDEO https://a.b/c]",
        "`:::image source='a':::`",
        r"\:::image source=\"a\":::",
        ":::imagery source='a':::",
        ":::",
        "> [!NOTE]\n> a\n[!TIP] b",
        "> [!NOTE]\n> a [!TIP] b",
        "> [!NOTE]\n> a\n> [!UNKNOWN]\n> b",
        "> [!NOTE]\n> - a\n>   [!TIP]\n",
        "> [!NOTE]\n> > [!TIP]\n> > a",
    ],
)
def test_anything_else_stays_as_it_is(markdown: str) -> None:
    page = read(markdown)
    kinds = {event.tag for event in page.events}
    assert not kinds & {"include", "video", "description", "image"}
    assert sum(event[:2] == ("open", "quote") for event in page.events) == markdown.count(
        "> > ["
    ) + markdown.startswith(">")
    assert not page.includes
    assert not page.videos
    assert page.defects == ()


@pytest.mark.parametrize(
    ("target", "named"),
    [
        ("x.md", ("en", "folder/x", None)),
        ("./sub/x.md", ("en", "folder/sub/x", None)),
        ("../x.md", ("en", "x", None)),
        ("~/x.md", ("en", "x", None)),
        ("~/../de/x.md", ("de", "x", None)),
        ("../../de/x-de.md", ("de", "x", None)),
        ("a%20b.md", ("en", "folder/a b", None)),
        ("../../x.md", ("", "", Refusal.OUTSIDE)),
        ("../../../en/x.md", ("", "", Refusal.OUTSIDE)),
        ("../../fr/x.md", ("", "", Refusal.OUTSIDE)),
        ("/en/x.md", ("", "", Refusal.OUTSIDE)),
        (r"..\x.md", ("", "", Refusal.OUTSIDE)),
        ("C:/x.md", ("", "", Refusal.OUTSIDE)),
        ("file:///etc/x.md", ("", "", Refusal.OUTSIDE)),
        ("https://a.b/x.md", ("", "", Refusal.OUTSIDE)),
        ("%2e%2e/%2e%2e/x.md", ("", "", Refusal.OUTSIDE)),
        ("x%00.md", ("", "", Refusal.OUTSIDE)),
        ("x.png", ("", "", Refusal.NOT_MARKDOWN)),
        ("x", ("", "", Refusal.NOT_MARKDOWN)),
        ("", ("", "", Refusal.NOT_MARKDOWN)),
    ],
)
def test_a_path_names_a_page_below_the_locales_or_none(
    target: str, named: tuple[str, str, Refusal | None]
) -> None:
    (include,) = read(f"[!INCLUDE [t](<{target}>)]").includes
    assert (include.locale, include.page_id, include.refusal) == named


def test_includes_know_where_they_stand() -> None:
    page = read("---\ntitle: ä\n---\nÄ [!INCLUDE [t](x.md)]\r\n\r\n[!INCLUDE [日本](<y.md>)]\r\n")
    assert [include.span.of(page.text) for include in page.includes] == [
        "[!INCLUDE [t](x.md)]",
        "[!INCLUDE [日本](<y.md>)]",
    ]
    assert [include.target_span.of(page.text) for include in page.includes] == ["x.md", "y.md"]
    assert [include.block for include in page.includes] == [False, True]
    assert page.links == ()


@pytest.mark.parametrize(
    ("written", "url", "title"),
    [
        ("https://a.b/c", "https://a.b/c", ""),
        ("https://a.b/c?d=e&amp;f=g", "https://a.b/c?d=e&f=g", ""),
        ("<https://a.b/c>", "https://a.b/c", ""),
        ("https://a.b/c How it works", "https://a.b/c", "How it works"),
        ('https://a.b/c title="How it works"', "https://a.b/c", "How it works"),
        ("HTTPS://A.B/c", "HTTPS://A.B/c", ""),
    ],
)
def test_videos_say_where_they_lead(written: str, url: str, title: str) -> None:
    (video,) = read(f"> [!VIDEO {written}]").videos
    assert (video.url, video.title, video.host) == (url, title, "a.b")


@pytest.mark.parametrize(
    "url",
    [
        "http://a.b/c",
        "//a.b/c",
        "c.mp4",
        "javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://a@b.c/",
        "https://a.b:x/",
        "https://a b",
        "https:a.b",
        'https://a"b/',
    ],
)
def test_no_other_address_is_a_video(url: str) -> None:
    page = read(f"[!VIDEO {url}]")
    assert page.videos == () or page.videos[0].url == url.split()[0] == "https://a"
    if not page.videos:
        assert {defect.kind for defect in page.defects} == {DefectKind.VIDEO_REFUSED}
        assert outline(page).startswith("paragraph('[!VIDEO")


def test_images_are_links_of_the_page_like_any_other() -> None:
    page = read(':::image source=" a.png " alt-text="b &amp; c" lightbox="d.png":::')
    assert [(link.target, link.text, link.image) for link in page.links] == [
        ("d.png", "b & c", False),
        ("a.png", "b & c", True),
    ]
    assert [link.target_span.of(page.text) for link in page.links] == ["d.png", "a.png"]


MARKS = [
    *("[!INCLUDE [a](b.md)]", "[!include[", "[!VIDEO https://a.b/_c_]", "[!VIDEO ", "[!NOTE]"),
    *("> [!TIP]\n", ':::image source="a" alt-text="b":::', ":::image ", 'source="', '"', ":::"),
    *(':::image type="complex" source="a":::\n', ":::image-end:::\n", "> ", "- ", "\n", "\n\n"),
]


@quick
@given(
    st.lists(st.sampled_from([*PIECES, *MARKS, *MARKS]), max_size=40).map("".join),
    st.sampled_from(["en", "de"]),
)
def test_anything_with_constructs(text: str, locale: str) -> None:
    page = read(text, locale)
    assert_sound(page, contract())
    assert [include.span.start for include in page.includes] == sorted(
        include.span.start for include in page.includes
    )


@quick
@given(st.lists(st.sampled_from([*PIECES, *MARKS, *MARKS]), max_size=20).map("".join))
def test_a_page_that_is_passed_over_holds_no_construct(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("leitfaden.reading.page.may_hold_constructs", lambda *_: True)
        looked_at = read(text)
    assert read(text) == looked_at


HOSTILE = {
    "includes": "[!INCLUDE [a](b.md)]\n" * 5_000,
    "begun includes": "[!INCLUDE [" * 20_000,
    "videos": "> [!VIDEO https://a.b/c]\n>\n" * 3_000,
    "begun videos": "[!VIDEO " * 50_000,
    "a long address": "[!VIDEO https://" + "a" * 1_000_000,
    "many alerts": "> [!NOTE]\n> a\n>\n" * 5_000,
    "nested alerts": "> " * 3_000 + "[!NOTE]\n" + "> " * 3_000 + "[!TIP]",
    "images": ':::image source="a" alt-text="b"::: ' * 5_000,
    "begun images": ":::image " * 50_000,
    "images with open values": ':::image source="a' * 20_000,
    "a long value": ':::image source="' + "a" * 1_000_000,
    "descriptions": ':::image type="complex" source="a":::\n' * 5_000 + ":::image-end:::\n" * 5_000,
    "descriptions without an end": ':::image type="complex" source="a":::\n\n' * 5_000,
    "ends": ":::image-end:::\n" * 20_000,
    "colons": ":" * 500_000,
    "backslashes": "\\" * 200_000 + "[!NOTE]" + "\\[!" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile(text: str) -> None:
    page = read(text)
    assert page.text == text
    assert_sound(page, contract())
