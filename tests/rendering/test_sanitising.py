"""No HTML, however it is written, does more in a reader's browser than show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from leitfaden.contract import parse_contract
from leitfaden.contract.markup import ATTRIBUTES, SHOWN_AS_TEXT, TAGS
from leitfaden.model import Span
from leitfaden.model.rawhtml import tags
from leitfaden.rendering.converted import harmless, own_id, text_in
from leitfaden.rendering.sanitiser import Raw, RawHtml
from tests.rendering.soup import SOUP, faults
from tests.rendering.support import CONTRACT, Dom, Site, dom, render, small_contract

OF_WRITERS = frozenset().union(*ATTRIBUTES.values())
OF_RENDERER = frozenset({"class", "scope", "loading", "decoding", "tabindex", "role"})
OF_CONVERTERS = frozenset(
    [
        "class",
        "role",
        "aria-hidden",
        "target",
        "rel",
        "hreflang",
        "download",
        "loading",
        "type",
        "checked",
        "disabled",
        "name",
        "for",
        "viewbox",
        "d",
        "data-tabs",
        "data-linenos",
    ]
)


@given(SOUP)
@settings(deadline=None, max_examples=150)
def test_nothing_acts_in_a_page_of_soup(soup: str) -> None:
    html = render(f"# Title\n\n{soup}\n\nEnd\n").html
    allowed = OF_WRITERS | OF_RENDERER | {"aria-label"}
    told = list(faults(html, TAGS | {"label", "input"}, allowed))
    assert not told, html


@given(SOUP)
@settings(deadline=None, max_examples=150)
def test_nothing_acts_in_what_another_converter_made_and_twice_is_as_once(soup: str) -> None:
    html = harmless(soup)
    elements = TAGS | {"svg", "path", "g", "input", "label", "section"}
    assert not list(faults(html, elements, OF_WRITERS | OF_CONVERTERS)), html
    assert harmless(html) == html


@given(SOUP)
@settings(deadline=None, max_examples=100)
def test_raw_html_that_is_cleaned_twice_is_as_once(soup: str) -> None:
    once = _cleaned(soup)
    assert _cleaned(once) == once


def _cleaned(html: str) -> str:
    ids: set[str] = set()

    def claim(name: str) -> bool:
        taken = name in ids or name.startswith("__")
        ids.add(name)
        return not taken

    raw = RawHtml(lambda link: None, claim)
    return "".join(map(str, raw.mended([Raw(html, Span(0, 0), False)])))


@given(SOUP)
@settings(deadline=None, max_examples=100)
def test_a_title_of_soup_is_text(soup: str) -> None:
    assert Dom(f"<p>{harmless(soup)}</p>").body is not None
    assert "\0" not in text_in(soup)


CONVERTED = [
    '<div class="admonition note"><p class="admonition-title">Note</p><p>Text.</p></div>',
    '<details class="tip" open=""><summary>More</summary><p>Text.</p></details>',
    '<div class="highlight"><pre><span></span><code><a id="__codelineno-0-1" '
    'href="#__codelineno-0-1"></a><span class="n">x</span></code></pre></div>',
    '<li class="task-list-item"><label class="task-list-control"><input type="checkbox" '
    'disabled="" checked=""><span class="task-list-indicator"></span></label> x</li>',
    '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1" role="doc-noteref">1</a></sup>',
    '<div class="tabbed-set tabbed-alternate" data-tabs="1:1"><input checked="checked" '
    'id="__tabbed_1_1" name="__tabbed_1" type="radio"><div class="tabbed-labels">'
    '<label for="__tabbed_1_1">A</label></div></div>',
    '<span class="twemoji"><svg viewBox="0 0 24 24"><path d="M0 0"></path></svg></span>',
    '<a class="md-button md-button--primary" href="x/" target="_blank">Go</a>',
    '<figure><img alt="a" src="a.png" width="300"><figcaption>b</figcaption></figure>',
    '<div class="grid cards"><ul><li>x</li></ul></div>',
    '<span class="keys"><kbd class="key-control">Ctrl</kbd></span>',
    '<table><thead><tr><th class="lf-align-right">x</th></tr></thead></table>',
    '<abbr title="HyperText">HTML</abbr> <mark>m</mark> <dl><dt>a</dt><dd>b</dd></dl>',
]


@pytest.mark.parametrize("html", CONVERTED)
def test_what_the_themes_features_need_stays_as_it_is(html: str) -> None:
    assert harmless(html) == html


def test_the_alignment_of_cells_stays_without_a_style() -> None:
    html = harmless('<table><tr><td style="text-align: center;">x</td></tr></table>')
    assert '<td class="lf-align-center">' in html
    assert "style" not in html


def test_an_id_of_the_themes_gets_another_name_and_links_follow() -> None:
    html = harmless('<h2 id="__config">x</h2><a href="#__config">y</a>')
    assert html == '<h2 id="section-__config">x</h2><a href="#section-__config">y</a>'
    assert own_id("__config") == "section-__config"
    assert own_id("config") == "config"


def test_a_long_list_without_ends_stays_a_list() -> None:
    assert harmless("<ul>" + "<li>x" * 1_000 + "</ul>").count("<li>") == 1_000


def test_what_nests_too_deep_is_shown_as_it_is_written() -> None:
    assert harmless("<div>" * 5_000) == f"<pre>{'&lt;div&gt;' * 5_000}</pre>"


def test_boxes_to_type_in_are_none_of_a_pages() -> None:
    assert harmless('a<input><input type="password"><input type=text name=q>b') == "ab"


def test_text_in_titles_is_read_once() -> None:
    assert text_in("A &lt;b&gt; <i>c</i> &amp;amp;") == "A <b> c &amp;"


@pytest.mark.parametrize("tag", sorted(SHOWN_AS_TEXT))
def test_no_element_is_both_shown_and_text(tag: str) -> None:
    assert tag not in TAGS


def test_trusted_writers_may_have_code() -> None:
    text = "trust: full\n" + CONTRACT.read_text("utf-8")
    contract = parse_contract(text, "playbook.yml")
    assert contract.trusts_writers
    assert not small_contract().trusts_writers
    site = Site(contract)
    script = '<script>go("a.md")</script>\n'
    link = '<a id="x" class="y" href="{}?b&amp;c" onclick=\'go()\'>z</a>'
    page = site.add(f"{script}\n{link.format('a.md')} <b style='color:red'>b</b>.\n")
    shown = site.render(page, resolve=lambda link: link.target.replace("a.md", "../a/"))
    expected = f"{script}<p>{link.format('../a/')} <b style='color:red'>b</b>.</p>\n"
    assert shown.html == expected
    assert shown.anchors == {"x"}


def test_the_default_is_no_trust() -> None:
    assert replace(small_contract(), trust="limited") == small_contract()
    assert not dom("<a onclick=x>b</a>").all("[onclick]")


HOSTILE = ["<a " * 50_000, "<a b='" * 30_000, "<!--" * 50_000, "</" * 50_000, "<x = " * 50_000]


@pytest.mark.parametrize("html", HOSTILE, ids=[one[:6] for one in HOSTILE])
def test_tags_without_end_are_read_in_one_go(html: str) -> None:
    assert len(list(tags(html))) <= 1
