"""Bare addresses in the text: GFM's rules for when they are links, and how far they reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rendering.canonical import Node
from tests.rendering.fidelity import github, ours
from tests.rendering.support import dom, render

# Each of these is a link or none exactly as GitHub's own parser has it.
LIKE_GITHUB = [
    "www.a.de and more",
    "Visit www.a.de/x.",
    "(www.a.de/x)",
    "www.a.de/x_(y)",
    "www.a.de/x_(y)))",
    "(see www.a.de/x(y))",
    "www.a.de/?q=1&hl=2",
    "www.a.de/?q=1&hl;",
    "www.a.de/?!.,:*_~'\"",
    "www.a.de/x;",
    "*www.a.de* **http://a.de/x** ~~https://a.de~~",
    '"www.a.de" -www.a.de',
    '"http://a.de" -http://a.de 1http://a.de',
    "xhttp://a.de xwww.a.de",
    "WWW.a.de HTTP://a.de Https://A.de",
    "ftp://a.de/x file://a/b javascript://a.de tel://1",
    "http://localhost http://localhost:8000/x",
    "http:// https://. www.",
    "http://a_b.de http://a_b.c.de www.a.b_c",
    "http://.a.de",
    "http://a.de<br>",
    "http://a.de/x  \nand http://b.de/y\nhttp://c.de",
    "http://ä.de/ü?ö#ß",
    "http://a.de/[b](c) http://a.de/![b](c)",
    "http://a.de/`code`",
    "http://a.de/*x*b http://a.de/_x_/y http://a.de/__x__/ http://a.de/**x**/.",
    "ä http://a.de/_x_/{",
    "[see http://a.de] and [x] http://b.de",
    "[www.a.de](http://b.de) `http://a.de` <http://a.de>",
    "a@b.de, a.b+c_d-e@f-g.co.uk. (x@y.de)",
    "a@b a@b. @b.de a@b.de- a@b.de_ a@b.d3",
    "mailto:a@b.de",
    "a@b.de/x http://a.de/b@c.de",
    "äa@b.de",
    "| www.a.de | a@b.de |\n|-|-|\n|http://a.de|www.b.de/x_y_z|",
    "`x`www.a.de [b](c)www.a.de",
    "- www.a.de\n- [ ] http://b.de",
]


@pytest.mark.parametrize("markdown", LIKE_GITHUB)
def test_what_is_a_link_is_one_on_github(markdown: str) -> None:
    theirs = github(markdown).without_lines()
    mine = ours(render(markdown).html)
    assert list(links(mine)) == list(links(theirs))
    assert theirs.words == mine.words


def links(node: Node) -> Iterator[Node]:
    if node.tag == "a":
        yield node
    for child in node.children:
        yield from links(child)


def test_entities_and_escapes_in_an_address_are_what_they_stand_for() -> None:
    page = dom("http://a.de/?b=1&amp;c=2 and http://a.de/Home\\#/x\n")
    assert page.values("a", "href") == ["http://a.de/?b=1&c=2", "http://a.de/Home#/x"]


def test_an_address_is_escaped_and_encoded() -> None:
    page = dom("http://a.de/\"><script>alert(1)</script>\n\nhttp://a.de/'onmouseover=x\n")
    assert page.all("script") == []
    assert page.values("a", "href") == ["http://a.de/%22%3E", "http://a.de/'onmouseover=x"]
    assert [set(node.attributes) for node in page.all("a")] == [{"href"}] * 2


def test_no_address_is_looked_for_in_an_image_or_a_link() -> None:
    assert dom("![http://a.de](x.png) [http://a.de](y.md)\n").values("a", "href") == ["y.md"]


def test_addresses_behind_an_alerts_marker() -> None:
    page = dom("> [!NOTE] www.a.de and\n> http://b.de/_c_/d\n")
    assert page.values("a", "href") == ["http://www.a.de", "http://b.de/_c_/d"]
