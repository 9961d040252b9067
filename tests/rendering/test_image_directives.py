"""Images that are written as `:::image …:::`."""

from __future__ import annotations

import pytest

from tests.rendering.support import Dom, dom


def test_an_image_is_shown_as_markdowns_own() -> None:
    written = dom(':::image type="content" source="a_b_.png" alt-text="A *b*" border="false":::\n')
    own = dom("![A \\*b\\*](a_b_.png)\n")
    assert written.body.html == own.body.html


def test_its_address_is_resolved_like_any_other() -> None:
    page = dom(
        ':::image source="a.png" alt-text="b" lightbox="c.png":::\n',
        resolve=lambda link: f"../{link.target}",
    )
    assert page.values("a > img", "src") == ["../a.png"]
    assert page.values("p > a", "href") == ["../c.png"]


def test_an_image_that_is_not_there_leaves_its_text() -> None:
    page = dom(':::image source="a.png" alt-text="b":::\n', resolve=lambda link: "")
    assert page.text == "b"
    assert page.all("img") == []


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ("", "lf-border"),
        ('border="true"', "lf-border"),
        ('border="false"', None),
        ('type="icon"', "lf-icon"),
        ('type="icon" border="true"', "lf-border"),
    ],
)
def test_a_line_goes_around_it_unless_its_writer_says_otherwise(
    attributes: str, name: str | None
) -> None:
    assert dom(f':::image source="a.png" {attributes}:::\n').values("img", "class") == [name]


def test_an_icon_stands_in_its_sentence_and_may_have_no_text() -> None:
    page = dom('Choose :::image type="icon" source="a.png"::: or :::image source="b.png":::.\n')
    assert page.texts("p") == ["Choose or ."]
    assert page.values("p > img", "alt") == ["", ""]


def test_a_long_description_is_there_for_everybody() -> None:
    page = dom(
        'a\n\n:::image type="complex" source="a.png" alt-text="b":::\n   Long *text*.\n\n'
        "   - c\n   - d\n:::image-end:::\n\ne\n"
    )
    assert page.texts("details > summary") == ["What the image shows"]
    assert page.texts("details p em") == ["text"]
    assert page.texts("details li") == ["c", "d"]
    assert page.text == "a What the image shows Long text. c d e"


def test_a_description_without_an_end_is_shown_as_text() -> None:
    page = dom(':::image type="complex" source="a.png" alt-text="b":::\n\nText.\n')
    assert page.text == "Text."
    assert len(page.all("img")) == 1
    assert page.all("details") == []


def test_an_image_in_a_link_has_no_link_of_its_own() -> None:
    page = dom('[:::image source="a.png" alt-text="b" lightbox="c.png":::](d.md)\n')
    assert page.values("a", "href") == ["d.md"]


@pytest.mark.parametrize(
    "markdown",
    [
        ':::image alt-text="a":::',
        ':::image source="a.png"',
        ":::image source='a.png':::",
        ':::image source="a.png:::',
    ],
)
def test_what_is_not_whole_is_shown_as_text(markdown: str) -> None:
    assert dom(markdown).text == markdown


def test_no_attribute_breaks_out_of_the_image() -> None:
    page = Dom(
        dom(
            ':::image source="a.png" alt-text="\'><script>x</script>&quot; onload=y":::\n'
        ).body.html
        or ""
    )
    (image,) = page.all("img")
    assert set(image.attributes) == {"class", "src", "alt", "decoding"}
    assert page.all("script") == []


def test_an_address_that_could_run_code_is_left_out() -> None:
    page = dom(':::image source="javascript:x" alt-text="b" link="javascript:y":::\n')
    assert page.all("img, a") == []
    assert page.text == "b"
