"""Links and images: where they lead, and where they must not."""

from __future__ import annotations

import pytest

from leitfaden.contract.targets import is_safe
from leitfaden.model import Link
from tests.rendering.support import Dom, Site, dom, render

DANGEROUS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java&#9;script:alert(1)",
    "java&#10;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "&#1;javascript:alert(1)",
    "&#x1b;javascript:alert(1)",
    "&nbsp;javascript:alert(1)",
    "java&shy;script:alert(1)",
    "java\u200bscript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "\u2028javascript:alert(1)",
    "javascript\\:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "livescript:x",
    "mocha:x",
    "file:///etc/passwd",
    "blob:x",
    "filesystem:x",
    "view-source:javascript:x",
    "jar:x",
    "feed:javascript:alert(1)",
]


@pytest.mark.parametrize("target", DANGEROUS)
def test_a_dangerous_address_is_never_a_target(target: str) -> None:
    page = dom(f"a [text](<{target}>) ![image](<{target}>) [again][r]\n\n[r]: <{target}>\n")
    assert all(map(is_safe, filter(None, page.values("[href]", "href"))))
    assert all(map(is_safe, filter(None, page.values("[src]", "src"))))
    assert "text" in page.text
    assert "image" in page.text


@pytest.mark.parametrize("target", DANGEROUS)
def test_raw_html_leads_nowhere_dangerous_either(target: str) -> None:
    page = dom(f'a <a href="{target}">text</a> <img src="{target}">\n')
    assert all(map(is_safe, filter(None, page.values("[href]", "href"))))
    assert all(map(is_safe, filter(None, page.values("[src]", "src"))))
    assert "text" in page.text


@pytest.mark.parametrize("target", ["javascript:alert(1)", "java\tscript:alert(1)", "data:x"])
def test_a_resolved_address_is_looked_at_too(target: str) -> None:
    page = dom("[a](x.md) ![b](x.png) <a href='x.md'>c</a>\n", resolve=lambda link: target)
    assert page.values("[href]", "href") == []
    assert page.values("[src]", "src") == []
    assert page.text == "a b c"


def test_an_angle_bracket_address_of_a_dangerous_scheme_is_text() -> None:
    page = dom("<javascript:alert(1)> <DATA:text/html,x>\n")
    assert page.all("a") == []
    assert page.text == "javascript:alert(1) DATA:text/html,x"


@pytest.mark.parametrize(
    "target", ["x.md", "../a/b.md#c", "#here", "?q=1", "//host/x", "tel:+49", "mailto:a@b.de", ""]
)
def test_harmless_addresses_stay(target: str) -> None:
    assert dom(f"[a]({target})\n").one("a").attributes["href"] == target


def test_links_are_resolved() -> None:
    seen: list[Link] = []

    def resolve(link: Link) -> str | None:
        seen.append(link)
        return {"x.md": "../x/", "pic.png": "../pic.png"}.get(link.target)

    markdown = (
        "[a *b*](x.md) [c](y.md 'title') ![d](pic.png) <a href='x.md'>e</a> <img src=pic.png>"
    )
    page = dom(markdown, resolve=resolve)
    assert page.values("a", "href") == ["../x/", "y.md", "../x/"]
    assert page.values("img", "src") == ["../pic.png", "../pic.png"]
    assert [(link.target, link.text, link.image) for link in seen] == [
        ("x.md", "a b", False),
        ("y.md", "c", False),
        ("pic.png", "d", True),
        ("x.md", "", False),
        ("pic.png", "", True),
    ]
    assert markdown[slice(seen[0].span.start, seen[0].span.end)] == "[a *b*](x.md)"


def test_links_in_cells_that_markdown_does_not_see_are_resolved_with_their_place() -> None:
    seen: list[Link] = []
    site = Site()
    page = site.add("| a | b |\n|-|\n| c | [d](x.md) |\n")
    site.render(page, resolve=lambda link: seen.append(link))
    assert [link.span.of(page.text) for link in seen] == ["[d](x.md)"]


def test_reference_links_and_titles() -> None:
    page = dom('[a][r] [r][] [r] ![i][r]\n\n[r]: x.md "A \\"title\\" & more"\n')
    assert page.values("a", "href") == ["x.md"] * 3
    assert page.values("[title]", "title") == ['A "title" & more'] * 4


def test_angle_bracket_links() -> None:
    page = dom("<https://a.de/?x=1&y=2> <ann+b@c.de>\n")
    assert page.values("a", "href") == ["https://a.de/?x=1&y=2", "mailto:ann+b@c.de"]
    assert page.texts("a") == ["https://a.de/?x=1&y=2", "ann+b@c.de"]


def test_addresses_are_encoded_and_cannot_leave_their_attribute() -> None:
    page = dom('[a](<x y.md"onclick="alert(1)>) ![b](<ü.png\'>)\n')
    assert page.one("a").attributes == {"href": "x%20y.md%22onclick=%22alert(1)"}
    assert page.one("img").attributes["src"] == "%C3%BC.png'"


def test_links_do_not_nest() -> None:
    page = dom("[a <http://b.de> c](x.md)\n\n[^n] [a[^n]](x.md)\n\n[^n]: note\n")
    assert page.all("a a") == []
    assert page.texts("a")[0] == "a http://b.de c"


def test_an_image_has_its_text() -> None:
    page = dom('![A *b* "c" &lt;d>](x.png "T")\n\n![](y.png)\n')
    assert page.all("img")[0].attributes == {
        "src": "x.png",
        "alt": 'A b "c" <d>',
        "title": "T",
        "decoding": "async",
    }
    assert page.all("img")[1].attributes["alt"] in ("", None)
    assert 'alt=""' in render("![](y.png)\n").html


@pytest.mark.parametrize(
    ("markdown", "loading"),
    [
        ("# T\n\n![a](a.png) ![b](b.png)\n", [None, "lazy"]),
        ("![a](a.png)\n\n# T\n\n![b](b.png)\n", [None, "lazy"]),
        ("# T\n\n## Two\n\n![a](a.png)\n", ["lazy"]),
        ("# T\n\n<img src='a.png'>\n", ["lazy"]),
    ],
)
def test_images_load_when_they_are_seen_but_one_at_the_top_at_once(
    markdown: str, loading: list[str | None]
) -> None:
    page = dom(markdown)
    assert page.values("img", "loading") == loading
    assert set(page.values("img", "decoding")) == {"async"}


def test_the_place_of_an_image_is_kept_free() -> None:
    site = Site()
    page = site.add(
        "![a](a.png) <img src='a.png?x&amp;y'> ![b](b.png)\n\n"
        '<img src="a.png" width="10"> <img src=\'b.png\' title=\'> src="a.png"\'>\n'
    )
    rendered = site.render(page, size_of=lambda link: (64, 48) if "a.png" in link.target else None)
    shown = Dom(rendered.html)
    assert shown.values("img", "width") == ["64", "64", None, "10", None]
    assert shown.values("img", "height") == ["48", "48", None, None, None]


def test_an_image_that_is_not_there_leaves_its_text() -> None:
    page = dom("![The map](a.png)\n\n<img src='a.png' alt='A plan'>\n", resolve=lambda _: "")
    assert page.text == "The map A plan"
    assert not page.all("img")


def test_a_linked_image() -> None:
    page = dom("[![alt](x.png)](y.md)\n")
    assert page.one("a > img").attributes["alt"] == "alt"


def test_an_image_that_must_not_load_leaves_its_text() -> None:
    page = dom("![Careful & *so*](javascript:x)\n")
    assert page.all("img") == []
    assert page.text == "Careful & so"
