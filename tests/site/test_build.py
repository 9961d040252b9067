"""A site in two languages: what readers of each of them get."""

from __future__ import annotations

import re

import pytest

from tests.site.sites import Built


def test_it_builds_in_strict_mode_without_a_complaint(bilingual: Built) -> None:
    assert bilingual.complaints == []
    assert bilingual.exit_code == 0


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("", "Leitfaden"),
        ("de/", "Leitfaden"),
        ("assess-it/", "Assess It & <More> – Leitfaden"),
        ("de/assess-it/", "Es analysieren – Leitfaden"),
        ("unlisted/", "Not in the navigation – Leitfaden"),
        ("de/unlisted/", "Nicht in der Navigation – Leitfaden"),
    ],
)
def test_titles(bilingual: Built, url: str, title: str) -> None:
    assert bilingual.text(url, "title") == title


def test_the_heading_is_the_title_not_the_metadata(bilingual: Built) -> None:
    assert bilingual.text("", "article h1").startswith("Welcome home")
    assert "Ignored by the title" not in bilingual.html("")
    assert "Ignored by the title" not in bilingual.html("de/")


NAVIGATION = ".md-nav--primary > .md-nav__list > .md-nav__item"


def test_navigation_in_both_languages(bilingual: Built) -> None:
    groups = f"{NAVIGATION} > label .md-ellipsis"
    assert bilingual.texts("", groups)[-2:] == ["Assess", "Help & more"]
    assert bilingual.texts("de/", groups)[-2:] == ["Analyse", "Hilfe & mehr"]
    pages = f"{NAVIGATION} .md-nav__item a.md-nav__link"
    assert bilingual.texts("de/", pages) == ["Assess phase", "Es analysieren", "Alt"]
    assert bilingual.attributes("de/", pages, "href") == [
        "phases/assess/",
        "assess-it/",
        "classic/",
    ]


def test_pages_are_in_the_readers_language(bilingual: Built) -> None:
    assert bilingual.attributes("", "html", "lang") == ["en"]
    assert bilingual.attributes("de/", "html", "lang") == ["de"]
    assert bilingual.attributes("de/phases/assess/", "html", "lang") == ["de"]
    assert bilingual.attributes("de/", "body", "dir") == ["ltr"]
    assert bilingual.attributes("de/", ".md-search__input", "placeholder") == ["Suche"]


def test_head(bilingual: Built) -> None:
    assert bilingual.attributes("", "meta[name=description]", "content") == ["What this is about."]
    assert bilingual.attributes("", "link[rel=canonical]", "href") == ["https://leitfaden.example/"]
    for url in ("", "de/", "classic/"):
        assert bilingual.page(url).css("meta[name=author], meta[name=generator]") == []
        assert bilingual.page(url).css("link[rel=alternate]") == []
        assert "Jane Doe" not in bilingual.html(url)


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("", ["./", "de/"]),
        ("de/", ["../", "./"]),
        ("assess-it/", ["./", "../de/assess-it/"]),
        ("de/assess-it/", ["../../assess-it/", "./"]),
        ("de/phases/assess/", ["../../../phases/assess/", "./"]),
        ("phases/assess/", ["./", "../../de/phases/assess/"]),
    ],
)
def test_the_language_switch_keeps_the_page(bilingual: Built, url: str, links: list[str]) -> None:
    assert bilingual.attributes(url, "a.md-select__link", "href") == links
    current = bilingual.page(url).css_first("a.md-select__link[aria-current]")
    assert current is not None
    assert current.attributes["lang"] == ("de" if url.startswith("de") else "en")


def test_a_missing_translation_shows_the_source_and_says_so(bilingual: Built) -> None:
    url = "de/phases/assess/"
    assert bilingual.text(url, ".lf-fallback .admonition-title") == "Noch nicht übersetzt"
    assert "Deutsch" in bilingual.text(url, ".lf-fallback")
    assert bilingual.attributes(url, ".lf-original", "lang") == ["en"]
    assert bilingual.text(url, ".lf-original h1").startswith("Assess phase")
    assert bilingual.attributes(url, ".lf-original > p a[href*='..']", "href") == ["../../"]
    canonical = bilingual.attributes(url, "link[rel=canonical]", "href")
    assert canonical == ["https://leitfaden.example/phases/assess/"]
    assert bilingual.page("phases/assess/").css(".lf-fallback") == []


def test_a_missing_translation_is_one_notice(bilingual: Built) -> None:
    notices = [line for line in bilingual.lines("INFO") if "LF501" in line]
    assert len(notices) == 2
    assert "docs/en/phases/assess.md: LF501 " in notices[1]


def test_a_suffix_of_an_older_tree_does_not_show(bilingual: Built) -> None:
    assert bilingual.text("de/assess-it/", "article h1").startswith("Es analysieren")
    assert not (bilingual.site / "de" / "assess-it-de").exists()
    assert bilingual.page("de/assess-it/").css(".lf-fallback") == []


def test_links_lead_to_the_readers_pages(bilingual: Built) -> None:
    links = "article p a"
    assert bilingual.attributes("", links, "href") == [
        "assess-it/#next-steps",
        "phases/assess/",
        "unlisted/",
    ]
    assert bilingual.attributes("de/", links, "href") == [
        "assess-it/#next-steps",
        "phases/assess/",
    ]


def test_images_are_there(bilingual: Built) -> None:
    shown = {url: bilingual.attributes(url, "article img", "src") for url in ("", "de/")}
    assert shown == {
        "": ["assets/map.svg", "media/own.svg"],
        "de/": ["../assets/map.svg", "media/own.svg"],
    }
    for url, images in shown.items():
        for image in images:
            assert (bilingual.site / url / str(image)).is_file()
    assert "<a/>" in (bilingual.site / "de/media/own.svg").read_text()


def test_anchors_are_the_same_in_every_language(bilingual: Built) -> None:
    anchors = [
        bilingual.attributes(url, "article h2:not(#named-in)", "id")
        for url in ("assess-it/", "de/assess-it/")
    ]
    assert anchors == [["overview", "next-steps"]] * 2
    toc = "nav.md-nav--secondary .md-nav__link"
    assert bilingual.attributes("de/assess-it/", toc, "href")[:2] == ["#overview", "#next-steps"]


def test_a_page_can_be_left_to_python_markdown(bilingual: Built) -> None:
    for url in ("classic/", "de/classic/"):
        assert (
            bilingual.text(url, ".note:not(.lf-fallback) .admonition-title") == "By Python-Markdown"
        )
        assert bilingual.attributes(url, ".admonition.note a", "href") == ["../"]
    assert bilingual.text("classic/", "title") == "Classic page – Leitfaden"


def test_search_finds_pages_of_the_readers_language_only(bilingual: Built) -> None:
    english, german = bilingual.found_by_search(""), bilingual.found_by_search("de")
    assert english["assess-it/"] == "Assess It & <More>"
    assert german["assess-it/"] == "Es analysieren"
    assert not [address for address in english if address.startswith("de/")]
    assert not set(german.values()) & {"Welcome home", "Not in the navigation"}
    assert "phases/assess/" not in german  # the words of what is shown there are English


def test_pages_point_the_search_to_the_index_of_their_language(bilingual: Built) -> None:
    for url, base in (
        ("", "."),
        ("assess-it/", ".."),
        ("de/", "./"),
        ("de/phases/assess/", "../../"),
    ):
        assert bilingual.attributes(url, ".md-search", "data-root") == [base], url


def test_404_speaks_all_languages_and_works_at_any_depth(bilingual: Built) -> None:
    assert bilingual.texts("404.html", "article h1, article h2") == [
        "Page not found",
        "Seite nicht gefunden",
    ]
    assert bilingual.attributes("404.html", "article section", "lang") == ["en", "de"]
    assert bilingual.attributes("404.html", "article li:last-child a", "href") == ["/", "/de/"]
    addresses = re.findall(r'(?:href|src)="([^"]+)"', bilingual.html("404.html"))
    assert [x for x in addresses if not x.startswith(("/", "#", "https:"))] == []


def test_no_page_asks_another_host_for_anything(bilingual: Built) -> None:
    for file in bilingual.site.rglob("*.html"):
        html = file.read_text("utf-8")
        assert re.findall(r'<(?:script|img|iframe)[^>]*src="(?:https?:)?//[^"]*', html) == []
        sheets = re.findall(r'<link[^>]*rel="(?:stylesheet|preconnect|icon)"[^>]*', html)
        assert [sheet for sheet in sheets if "//" in sheet] == []


def test_nothing_but_the_site_is_published(bilingual: Built) -> None:
    published = {file for file in bilingual.site.rglob("*") if file.is_file()}
    texts = {file.name for file in published if file.suffix in (".md", ".txt")}
    assert texts == {"index.html.md", "llms.txt"}
    others = {file.suffix for file in published if file.name not in texts}
    assert others <= {".html", ".css", ".js", ".json", ".svg", ".png", ".map", ".xml", ".gz"}
    assert (bilingual.site / "assets/stylesheets/leitfaden.css").is_file()
    assert (bilingual.site / "assets/javascripts/leitfaden.js").is_file()
