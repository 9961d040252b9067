"""What stands beside the pages for machines, in a built site."""

from __future__ import annotations

import gzip
import json
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from tests.site.sites import BILINGUAL, Built, Site

HOST = "https://leitfaden.example/"
SCHEMA = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def listed(built: Built) -> dict[str, dict[str, str]]:
    """Return what the sitemap lists: the alternates of each address."""
    root = ElementTree.parse(built.site / "sitemap.xml").getroot()
    return {
        entry.findtext(f"{SCHEMA}loc", "").removeprefix(HOST): {
            link.attrib["hreflang"]: link.attrib["href"].removeprefix(HOST)
            for link in entry.iter(LINK)
        }
        for entry in root
    }


def told(built: Built, url: str) -> list[dict[str, Any]]:
    """Return the items of a page's structured data."""
    script = built.page(url).css_first('script[type="application/ld+json"]')
    return [] if script is None else json.loads(script.text())["@graph"]


def test_the_sitemap_lists_each_page_in_the_languages_that_it_has_been_written_in(
    bilingual: Built,
) -> None:
    pages = listed(bilingual)
    both = {"en": "assess-it/", "de": "de/assess-it/", "x-default": "assess-it/"}
    assert pages["assess-it/"] == pages["de/assess-it/"] == both
    assert pages["phases/assess/"] == {}
    assert "de/phases/assess/" not in pages  # shows the English page


def test_the_sitemap_leaves_out_what_search_engines_shall_not_offer(bilingual: Built) -> None:
    pages = listed(bilingual)
    assert (bilingual.site / "print/index.html").is_file()
    assert not [url for url in pages if "print/" in url]
    for url in ("print/", "de/print/", "404.html"):
        assert bilingual.attributes(url, "meta[name=robots]", "content") == ["noindex"]
    for url in pages:
        assert bilingual.attributes(url, "meta[name=robots]", "content") == []
        assert bilingual.attributes(url, "link[rel=canonical]", "href") == [urljoin(HOST, url)]


def test_the_packed_sitemap_is_the_same_text(bilingual: Built) -> None:
    packed = (bilingual.site / "sitemap.xml.gz").read_bytes()
    assert gzip.decompress(packed) == (bilingual.site / "sitemap.xml").read_bytes()
    assert packed[4:8] == bytes(4)  # no time in it, which would differ each time


def test_the_sitemap_tells_when_a_page_was_last_changed(site: Site) -> None:
    summary = "\n## Update Summary\n\n| Date | Update |\n|---|---|\n| 02/03/2026 | New |\n"
    built = site.write({"docs/en/index.md": f"# Home\n\nText.\n{summary}"}).build()
    assert built.exit_code == 0, built.log
    assert "<lastmod>2026-02-03</lastmod>" in (built.site / "sitemap.xml").read_text()


def test_a_site_that_does_not_know_its_address_has_no_sitemap_and_tells_nothing_of_itself(
    site: Site,
) -> None:
    built = site.write(BILINGUAL).build("--strict", env={"SITE_URL": ""})
    assert built.exit_code == 0, built.log
    assert not list(built.site.glob("sitemap*"))
    assert told(built, "assess-it/") == []
    assert "(assess-it/index.html.md)" in (built.site / "llms.txt").read_text()
    assert "(assess-it/index.html.md)" in (built.site / "de/llms.txt").read_text()


def test_each_language_has_a_list_of_its_own_pages_for_language_models(bilingual: Built) -> None:
    english = (bilingual.site / "llms.txt").read_text()
    german = (bilingual.site / "de/llms.txt").read_text()
    assert english.startswith("# Leitfaden\n\n> ")
    assert f"- [Welcome home]({HOST}index.html.md): What this is about." in english
    assert "## Assess\n" in english
    assert "## Analyse\n" in german
    assert f"({HOST}de/assess-it/index.html.md)" in german
    assert "phases/assess" not in german  # not translated


def test_a_page_leads_to_its_markdown(bilingual: Built) -> None:
    for url in ("", "de/assess-it/", "phases/assess/"):
        (href,) = bilingual.attributes(url, 'link[type="text/markdown"]', "href")
        assert (bilingual.site / url / str(href)).is_file()
    text = (bilingual.site / "de/assess-it/index.html.md").read_text()
    assert text.startswith("# Es analysieren\n")
    assert "Zur [Startseite](../)." in text
    assert "Jane Doe" not in (bilingual.site / "index.html.md").read_text()


def test_only_what_was_written_in_the_language_has_markdown(bilingual: Built) -> None:
    for url in ("de/phases/assess/", "print/", "classic/"):
        assert bilingual.attributes(url, 'link[type="text/markdown"]', "href") == []
        assert not (bilingual.site / url / "index.html.md").exists()


def test_pages_tell_what_they_are_and_where_they_stand(bilingual: Built) -> None:
    (home,) = told(bilingual, "de/")
    assert (home["@type"], home["url"]) == ("WebSite", f"{HOST}de/")
    article, trail = told(bilingual, "assess-it/")
    assert article["headline"] == "Assess It & <More>"
    assert article["inLanguage"] == "en"
    assert "author" not in article
    last = trail["itemListElement"][-1]
    assert (last["name"], last["item"]) == ("Assess It & <More>", f"{HOST}assess-it/")
    assert told(bilingual, "de/phases/assess/") == []  # the original tells it


def test_a_shared_page_shows_what_it_is(bilingual: Built) -> None:
    page = bilingual.page("de/assess-it/")
    shared = {
        str(node.attributes["property"]): node.attributes["content"]
        for node in page.css("meta[property]")
    }
    assert shared == {
        "og:type": "article",
        "og:site_name": "Leitfaden",
        "og:title": "Es analysieren",
        "og:description": "Ein Netzwerk.",
        "og:url": f"{HOST}de/assess-it/",
        "og:locale": "de",
        "og:locale:alternate": "en",
    }
    untranslated = bilingual.attributes("phases/assess/", "[property='og:locale:alternate']", "x")
    assert untranslated == []


def test_a_language_is_offered_only_where_the_page_has_been_written_in_it(
    bilingual: Built,
) -> None:
    offered = bilingual.attributes("assess-it/", "template[data-lf-offer]", "data-lf-offer")
    assert offered == ["de"]
    assert bilingual.attributes("phases/assess/", "template[data-lf-offer]", "data-lf-offer") == []
    # Who wants it in English, and was led to the German address of a page without translation:
    fallback = bilingual.attributes("de/phases/assess/", "[data-lf-offer]", "data-lf-offer")
    assert fallback == ["en"]


def test_a_language_without_words_to_offer_itself_in_is_not_offered(site: Site) -> None:
    site.locale("fr")
    site.write({f"docs/{locale}/index.md": "# Home\n" for locale in ("en", "fr")})
    built = site.build()
    assert built.exit_code == 0, built.log
    assert built.attributes("", "template[data-lf-offer]", "data-lf-offer") == []


def test_texts_of_pages_cannot_break_out_of_what_machines_read(site: Site) -> None:
    evil = "</script><script>alert(1)</script><!-- ]]> \" ' "
    text = f"---\ntitle: x\n---\n# {evil.replace('<', chr(92) + '<')}\n\nText.\n"
    built = site.write({"docs/en/index.md": "# Home\n", "docs/en/evil.md": text}).build()
    assert built.exit_code == 0, built.log
    (article, _) = told(built, "evil/")
    assert "alert(1)" in article["headline"]
    assert built.attributes("evil/", "head script[type='application/ld+json']", "type") == [
        "application/ld+json"
    ]
    assert not [node for node in built.page("evil/").css("script") if node.text() == "alert(1)"]
    assert listed(built)


@pytest.mark.parametrize("name", ["sitemap.xml", "sitemap.xml.gz", "llms.txt", "de/llms.txt"])
def test_the_same_pages_make_the_same_bytes(site: Site, name: str) -> None:
    site.write(BILINGUAL)
    first = (site.build().site / name).read_bytes()
    assert (site.build().site / name).read_bytes() == first
