"""The pages that explain the rules: made by the build, and like any other for readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from leitfaden.checking.registry import all_rules
from tests.rendering.markup import as_a_browser, strict
from tests.site.sites import Built, Site

HOME = {"docs/en/index.md": "# Home\n\nRead on.\n", "docs/de/index.md": "# Start\n\nMehr.\n"}
PAGES = ["rules/", *(f"rules/{code}/" for code in all_rules())]
EDITING = "repo_url: https://git.example/x\nedit_uri: edit/main/docs/\n"
# Words that are in any English text, and in no German one.
ENGLISH = re.compile(
    r"\b(?:the|and|of|with|that|which|this|from|not|are|it|its|is|for|by|see|have|has)\b",
    re.IGNORECASE,
)


def with_rule_pages(site: Site, *navigation: str) -> Site:
    site.contract["checks"]["pages"] = True
    return site.navigation("index", *navigation)


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site in three languages, of which rules are explained in two."""
    site = with_rule_pages(Site(tmp_path_factory.mktemp("ruled")), "rules/index")
    site.write({**HOME, "docs/xx/index.md": "# Xello\n\nXo.\n"}).locale("xx", name="Xish")
    site.edit("mkdocs.yml", "docs_dir: docs\n", f"docs_dir: docs\n{EDITING}")
    site.edit("mkdocs.yml", "  features:\n", "  features:\n    - content.action.edit\n")
    return site.build("--strict")


@pytest.fixture(scope="module", params=["", "de/"], ids=["en", "de"])
def root(request: pytest.FixtureRequest) -> str:
    """Where the pages of a language lie."""
    return str(request.param)


def content(built: Built, url: str) -> str:
    """Return the HTML of a page's content without the theme's frame."""
    article = built.page(url).css_first("article")
    assert article is not None
    return re.sub(r"^<article[^>]*>|</article>$", "", str(article.html).strip())


def prose(html: str) -> Iterator[str]:
    """Yield the texts of a page but code, quotations and the names of rules."""
    tree = LexborHTMLParser(html)
    for node in tree.css("code, pre, h1, style, script"):
        node.decompose()
    for node in tree.css("p, li, td, th, h2, h3, h4"):
        yield re.sub(r"LF\d{3} [a-z-]+|„[^“]*“|“[^”]*”", "", node.text())


class TestTheyAreThere:
    def test_without_a_complaint(self, ruled: Built) -> None:
        assert ruled.complaints == []
        assert ruled.exit_code == 0
        assert "LF421" not in ruled.log
        assert "not included in the" not in ruled.log

    def test_one_for_each_rule(self, ruled: Built, root: str) -> None:
        folders = {path.parent.name for path in (ruled.site / root / "rules").glob("*/index.html")}
        assert folders == set(all_rules())
        for rule in all_rules().values():
            heading = ruled.text(f"{root}rules/{rule.code}/", "h1")
            assert heading.startswith(f"{rule.code} {rule.name}")

    def test_the_list_leads_to_all_of_them(self, ruled: Built, root: str) -> None:
        links = ruled.attributes(f"{root}rules/", "article td a", "href")
        assert links == [f"{code}/" for code in all_rules()]
        assert ruled.texts(f"{root}rules/", "article td:first-child") == [
            f"{rule.code} {rule.name}" for rule in all_rules().values()
        ]

    def test_each_in_its_language(self, ruled: Built) -> None:
        assert "Warum" in ruled.texts("de/rules/LF108/", "article h2")[1]
        assert "Why" in ruled.texts("rules/LF108/", "article h2")[1]
        for url in PAGES:
            assert ruled.attributes(f"de/{url}", "html", "lang") == ["de"]
            assert ruled.page(f"de/{url}").css(".lf-fallback, .lf-original") == []

    def test_a_further_language_gets_the_source_and_is_told_so(self, ruled: Built) -> None:
        for url in ("xx/rules/", "xx/rules/LF108/"):
            assert ruled.attributes(url, ".lf-original", "lang") == ["en"]
            assert len(ruled.page(url).css(".lf-fallback")) == 1
        assert ruled.attributes("xx/rules/LF108/", "article p:last-child a", "href") == ["../"]

    def test_they_are_in_the_navigation_where_the_contract_says(self, ruled: Built) -> None:
        links = "nav.md-nav--primary a.md-nav__link"
        assert ruled.attributes("", links, "href")[-1] == "rules/"
        assert ruled.texts("de/", links)[-1] == "Regeln der Prüfung"


class TestTheyAreLikeOtherPages:
    def test_their_html_is_valid(self, ruled: Built, root: str) -> None:
        for url in PAGES:
            html = content(ruled, f"{root}{url}")
            assert strict(html) == as_a_browser(html), url
            anchors = re.findall(r'\bid="([^"]*)"', html)
            assert len(anchors) == len(set(anchors)), url
            levels = [int(level) for level in re.findall(r"<h(\d)", html)]
            assert levels[0] == 1, url
            assert all(after - before <= 1 for before, after in pairwise(levels)), url

    def test_their_links_lead_somewhere(self, ruled: Built, root: str) -> None:
        for url in PAGES:
            for link in ruled.attributes(f"{root}{url}", "article a[href]", "href"):
                address, anchor = urldefrag(urljoin(f"https://x/{root}{url}", link))
                if not address.startswith("https://x/"):
                    continue
                target = unquote(address.removeprefix("https://x/"))
                assert not target.startswith("rules/") or root == "", link
                assert (ruled.site / target / "index.html").is_file(), (url, link)
                if anchor:
                    assert f'id="{unquote(anchor)}"' in ruled.html(target), (url, link)

    def test_the_language_switch_keeps_the_page(self, ruled: Built) -> None:
        for url in PAGES:
            up = "../" * (url.count("/") + 1)
            switch = "a.md-select__link"
            assert ruled.attributes(url, switch, "href")[:2] == ["./", f"{up[3:]}de/{url}"]
            assert ruled.attributes(f"de/{url}", switch, "href")[:2] == [f"{up}{url}", "./"]

    def test_switching_the_language_keeps_the_place(self, ruled: Built) -> None:
        for url in PAGES:
            anchors = [ruled.attributes(f"{root}{url}", "h2, h3", "id") for root in ("", "de/")]
            assert anchors[0] == anchors[1], url

    def test_a_german_page_has_no_english_words(self, ruled: Built) -> None:
        found = {
            f"{url}: {text}"
            for url in PAGES
            for text in prose(content(ruled, f"de/{url}"))
            if ENGLISH.search(text)
        }
        assert found == set()

    def test_titles_and_descriptions(self, ruled: Built) -> None:
        assert ruled.text("rules/LF108/", "title").startswith("LF108 ")
        for root in ("", "de/"):
            url = f"{root}rules/LF108/"
            described = ruled.attributes(url, "meta[name=description]", "content")
            assert described == [ruled.text(url, "article h1 + p")]


class TestTheyAreForWriters:
    def test_search_finds_them_in_the_languages_that_explain_them(self, ruled: Built) -> None:
        for locale, count in (("", len(all_rules())), ("de", len(all_rules())), ("xx", 0)):
            found = ruled.found_by_search(locale)
            assert "" in found
            assert len([one for one in found if one.startswith("rules/LF")]) == count
            assert "rules/" not in found

    def test_there_is_no_file_to_edit(self, ruled: Built) -> None:
        edit = "a[rel=edit], a[href*='/edit/main/']"
        address = "https://git.example/x/edit/main/docs/en/index.md"
        assert set(ruled.attributes("", edit, "href")) == {address}
        for root in ("", "de/"):
            for url in PAGES:
                assert ruled.page(f"{root}{url}").css(edit) == [], url

    def test_what_cannot_be_ignored_is_not_said_to_be(self, ruled: Built) -> None:
        assert "ignore LF108" in ruled.html("rules/LF108/")
        for code in ("LF921", "LF901", "LF910"):
            assert f"ignore {code}" not in ruled.html(f"rules/{code}/")


def test_a_page_that_somebody_wrote_stays(site: Site) -> None:
    site.write({**HOME, "docs/en/rules/index.md": "# House rules\n\n[One](LF108.md)\n"})
    site.write({"docs/de/rules/index.md": "# Hausordnung\n\n[Eine](LF108.md)\n"})
    site.write({"docs/en/rules/LF108.md": "# Our own words\n\nText.\n"})
    built = with_rule_pages(site, "rules/index", "rules/LF108").build("--strict")
    assert built.complaints == []
    assert built.text("rules/", "h1").startswith("House rules")
    assert built.text("de/rules/", "h1").startswith("Hausordnung")
    assert built.text("rules/LF108/", "h1").startswith("Our own words")
    assert built.text("de/rules/LF109/", "h1").startswith("LF109 ")
    assert "rules/" in built.found_by_search("")


def test_links_to_them_are_no_findings(site: Site) -> None:
    site.write({**HOME, "docs/en/page.md": "# Page\n\n[a](rules/LF108.md) [b](rules/index.md)\n"})
    built = with_rule_pages(site, "page").build("--strict")
    assert built.complaints == []
    assert built.attributes("page/", "article p a", "href") == ["../rules/LF108/", "../rules/"]
    assert built.attributes("de/page/", ".lf-original p a", "href") == [
        "../rules/LF108/",
        "../rules/",
    ]


def test_an_anchor_that_they_lack_is_told_once(site: Site) -> None:
    page = "# Page\n\n[a](rules/LF108.md#why) [b](rules/LF108.md#nothing)\n"
    site.write({**HOME, "docs/en/page.md": page})
    built = with_rule_pages(site, "page").build()
    assert len(built.complaints) == 1
    assert "docs/en/page.md:3:44: LF407 The page `rules/LF108` has no anchor" in built.complaints[0]


def test_without_them_the_navigation_names_nothing(site: Site) -> None:
    built = site.write(HOME).navigation("index", "rules/index").build()
    assert not (built.site / "rules").exists()
    assert not (built.site / "de/rules").exists()
    assert len(built.complaints) == 1
    assert "LF904 The navigation names the page `rules/index`" in built.complaints[0]


@pytest.mark.parametrize("wrong", ["{% if %}", "{{ nothing.here }}"])
def test_a_template_of_theirs_that_is_wrong(site: Site, wrong: str) -> None:
    site.write({**HOME, "overrides/pages/rules.md": f"# Rules\n\n{wrong}\n"})
    built = with_rule_pages(site).build()
    assert built.exit_code == 1
    assert "Traceback" not in built.log
    assert len(built.complaints) == 1
    assert "overrides/pages/rules.md:3:1: LF909 The template is wrong: " in built.complaints[0]
