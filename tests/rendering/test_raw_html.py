"""HTML in the Markdown: what stays, what goes, and how far it reaches."""

from __future__ import annotations

import re

import pytest

from tests.rendering.support import Dom, dom, render

HARMFUL = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<a href=x onclick=alert(1)>x</a>",
    "<b style='position:fixed;inset:0'>x</b>",
    "<style>*{display:none}</style>",
    "<iframe src=//evil></iframe>",
    "<object data=x></object><embed src=x>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<meta http-equiv=refresh content='0;url=//evil'>",
    "<link rel=stylesheet href=//evil>",
    "<base href=//evil>",
    "<form action=//evil><input name=x><button>go</button></form>",
    "<input type=password>",
    "<textarea></textarea><select><option>x</select>",
    "<video src=x autoplay></video><audio src=x></audio>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<details ontoggle=alert(1) open>x</details>",
    "<div class='md-overlay mermaid' data-md-component=dialog hidden>x</div>",
    "<isindex action=j&Tab;a&Tab;vas&Tab;cript:alert(1) type=image>",
    "<a href='x' target=_blank ping=//evil>x</a>",
    "<img srcset='//evil x'>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<x onclick=alert(1)>x</x>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php echo '<img src=x onerror=alert(1)>' ?>",
    "<!DOCTYPE html><html onload=x><body onload=x>",
]
ALLOWED = {"href", "src", "alt", "title", "loading", "decoding", "open", "id"}


@pytest.mark.parametrize("html", HARMFUL)
@pytest.mark.parametrize("around", ["{}\n", "text {} text\n", "- {}\n", "> {}\n", "# {}\n"])
def test_nothing_harmful_is_left(html: str, around: str) -> None:
    page = dom(around.format(html))
    elements = {node.tag for node in page.body.css("*")} - {"body"}
    assert elements <= {"p", "h1", "ul", "li", "blockquote", "a", "b", "img", "div", "details"}
    for node in page.body.css("*"):
        if "headerlink" not in (node.attributes.get("class") or ""):
            assert set(node.attributes) <= ALLOWED


@pytest.mark.parametrize(
    "html",
    [
        "a<br>b",
        "H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd> <mark>m</mark> <abbr title='t'>a</abbr>",
        "<ruby>字<rt>ji</rt></ruby>",
        "<span lang='fr' dir='ltr'>x</span>",
    ],
)
def test_harmless_html_in_a_line_stays(html: str) -> None:
    expected = Dom(f"<p>{html}</p>").body.html
    assert Dom(render(html).html.strip()).body.html == expected


def test_details_stay_with_markdown_inside() -> None:
    page = dom("<details open>\n<summary>More</summary>\n\n**a**\n\n- b\n\n</details>\n\nend\n")
    assert "open" in page.one("details").attributes
    assert page.texts("details > summary") == ["More"]
    assert page.texts("details > p > strong") == ["a"]
    assert page.texts("details li") == ["b"]
    assert page.texts("body > p") == ["end"]


def test_a_raw_table_stays() -> None:
    page = dom("<table>\n<tr><td colspan=2>\n\n*a*\n\n</td></tr>\n</table>\n")
    assert page.one("td").attributes == {"colspan": "2"}
    assert page.texts("td em") == ["a"]


def test_a_raw_image_is_lazy() -> None:
    image = dom("<img src=x.png alt=A width=10>\n").one("img")
    assert image.attributes == {
        "src": "x.png",
        "alt": "A",
        "width": "10",
        "loading": "lazy",
        "decoding": "async",
    }


@pytest.mark.parametrize(
    "image",
    ["<img alt='A &lt; B'>", "<img src='' alt='A &lt; B'>", "<img src=data:x alt='A &lt; B'>"],
)
def test_a_raw_image_without_an_address_leaves_its_text(image: str) -> None:
    for page in (dom(f"a {image} b\n"), dom(f"a\n\n{image}\n\nb\n")):
        assert not page.all("img")
        assert page.text == "a A < B b"


@pytest.mark.parametrize(
    "tag", ["script", "style", "title", "textarea", "iframe", "xmp", "noscript"]
)
def test_tags_that_swallow_what_follows_are_text(tag: str) -> None:
    page = dom(f"Use the <{tag}> tag *well*.\n\nAnd on.\n")
    assert page.text == f"Use the <{tag}> tag well. And on."
    assert page.texts("em") == ["well"]


@pytest.mark.parametrize(
    "swallower",
    [
        "<select>",
        '<div title="',
        "<template>",
        "<svg>",
        "<math>",
        "<title>",
        "<plaintext>",
    ],
)
def test_html_that_would_swallow_the_page_is_text(swallower: str) -> None:
    page = dom(f"# A\n\n{swallower}\n\n*b* [c](d.md)\n\n## E\n")
    if page.text != "A b c E":
        assert swallower.strip() in page.text
    assert page.texts("em") == ["b"]
    assert page.values("h1, h2", "id") == ["a", "e"]


def test_one_swallower_does_not_make_all_html_text() -> None:
    page = dom("<div>\n\na\n\n</div>\n\n<template>\n\nb\n\n<details>\n\nc\n\n</details>\n")
    assert page.texts("div p") == ["a"]
    assert page.texts("details p") == ["c"]
    assert page.text == "a <template> b c"


@pytest.mark.parametrize(
    ("markdown", "selector"),
    [
        ("> [!NOTE]\n> </div></div></section>\n>\n> a\n", "[role=note] p"),
        ("- a </li></ul></div>\n- b\n", "ul li"),
        ("| a |\n|---|\n| x</td></tr></table></div> |\n| b |\n", "tbody tr"),
        ("> a </blockquote>\n>\n> b\n", "blockquote p"),
        ("# a </h1></div>\n", "h1 a"),
        ("*a </em></p> b*\n", "p em"),
        ("x[^1]\n\n[^1]: a</li></ol></div>\n\n    b\n", "ol li p"),
    ],
)
def test_closing_tags_do_not_reach_into_ours(markdown: str, selector: str) -> None:
    clean = re.sub(r"</\w+>", "", markdown)
    assert len(dom(markdown).all(selector)) == len(dom(clean).all(selector)) > 0
    assert dom(markdown).text == dom(clean).text


TASKS = """\
| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
| 4047 | {} | M | FM | Exchange |
"""


@pytest.mark.parametrize("html", ["</td></tr></table></div>", "<b>", "<div>", "<table><tr><td>"])
def test_a_task_tables_row_stays_whole(html: str) -> None:
    page = dom(TASKS.format(f"Do {html} it") + "\nafter\n")
    assert len(page.one("tr[id=task-4047]").css("tr[id] > th, tr[id] > td")) == 5
    assert page.texts("body > p") == ["after"]


@pytest.mark.parametrize(
    "html", ["<b>", "<div>", "<a href=x>", "<details>", "<table>", "<p>", "<li>"]
)
def test_an_open_tag_ends_with_its_paragraph(html: str) -> None:
    page = dom(f"one {html} two\n\nthree\n\n> four {html}\n\n- five {html}\n- six\n")
    assert page.texts("body > p")[-1] == "three"
    assert [node.parent.tag for node in page.all("blockquote, ul") if node.parent] == ["body"] * 2
    assert page.texts("ul > li")[-1] == "six"


def test_components_keep_their_attributes_beside_raw_html() -> None:
    plain, beside = render(TASKS.format("Do it")).html, render(TASKS.format("Do it") + "\n<br>\n")
    assert beside.html.startswith(plain)


def test_a_raw_id_can_be_linked_to() -> None:
    page = render("<a id='old'></a>\n\n<div id='block'>\n\nx\n\n</div>\n")
    assert Dom(page.html).ids == ["old", "block"]
    assert page.anchors == {"old", "block"}


@pytest.mark.parametrize(
    "name",
    ["overview", "task-4047", "__search", "fn-1", "fnref-1", "processes", "a b", "", "x"],
)
def test_a_raw_id_never_clashes(name: str) -> None:
    page = dom(
        f"<a id='x'></a> <b id='{name}'>x</b> <i id='later'></i>\n\n"
        f"## Overview\n\n## Later\n\n{TASKS.format('x')}\n[^1]\n\n[^1]: y\n"
    )
    assert "id" not in page.one("b").attributes
    assert "id" not in page.all("i")[0].attributes
    assert len(page.ids) == len(set(page.ids))


def test_marks_of_the_sanitiser_cannot_be_forged() -> None:
    forged = '<section data-own="0"></section><lf-own data-own="1"></lf-own>'
    page = dom(f"# Once\n\n{forged}\n\ntwice\n\n{forged}\n\n<p>thrice {forged}</p>\n\nend\n")
    assert [page.text.count(word) for word in ("Once", "twice", "thrice", "end")] == [1, 1, 1, 1]
    for mark in ("section", "lf-own", "a"):
        alone = dom(f'<{mark} data-own="1"></{mark}>\n\nx <{mark} data-own="0"></{mark}>\n')
        assert alone.text.count("x") == 1


def test_deep_nesting_is_shown_as_text() -> None:
    page = dom("<div>" * 5_000 + "\n\nafter\n")
    assert page.all("div") == []
    assert page.texts("p")[-1] == "after"


def test_comments_are_not_shown() -> None:
    assert render("a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf\n").html == "<p>a  c</p>\n\n<p>f</p>\n"


def test_a_link_inside_a_raw_link_ends_it() -> None:
    page = dom("<a href='x.md'>one http://a.de two [three](y.md)</a>\n")
    assert page.all("a a") == []
    assert page.values("a", "href") == ["x.md", "http://a.de", "y.md"]
    assert page.text == "one http://a.de two three"


def test_what_a_raw_link_holds_besides_links_is_linked() -> None:
    page = dom("<a href='x.md'>![alt](y.png) **b**</a>\n")
    assert page.one("a").attributes["href"] == "x.md"
    assert page.all("a img")
    assert page.all("a strong")
