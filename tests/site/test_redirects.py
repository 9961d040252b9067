"""Old addresses: on any static host they lead to the pages that are meant."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.site.sites import BILINGUAL, Built, Site

ENGLISH = """\
old/Über uns: assess-it
assess-it: assess-it
legacy-home.html: index
assess-it-en:
  page: assess-it
  anchors: {Übersicht: overview, "a\\"<b>'": next-steps, gone: no-such-anchor}
classic-old: classic
"""
GERMAN = """\
assess-it-de:
  page: assess-it
  anchors: {Übersicht: overview}
nur-englisch: only-english
"""
PAGES: dict[str, str | bytes] = {
    **BILINGUAL,
    "docs/en/only-english.md": '# Only "English" & \\<more>\n\n## Overview\n\nText.\n',
    "docs/en/redirects.yml": ENGLISH,
    "docs/de/redirects.yml": GERMAN,
}


def target(built: Built, address: str) -> str:
    """Return where an old address leads, as a path below the site's root."""
    link = built.attributes(address, "main a", "href")[0]
    assert link is not None
    assert built.attributes(address, "head > script", "data-target") == [link]
    assert f'<noscript><meta http-equiv="refresh" content="0; url={link}"></noscript>' in (
        built.html(address)
    )
    return urljoin(f"/{address}", link).removeprefix("/")


def data(built: Built, address: str, name: str) -> object:
    value = built.attributes(address, "head > script", f"data-{name}")[0]
    assert value is not None
    return json.loads(value)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Site(tmp_path_factory.mktemp("moved")).of_few_words().write(PAGES).build()


def test_both_spellings_of_an_old_address_lead_to_the_page_of_its_language(moved: Built) -> None:
    for spelling in ("assess-it-de.html", "assess-it-de/index.html"):
        assert target(moved, spelling) == "de/assess-it/"
    assert target(moved, "assess-it-en.html") == "assess-it/"
    assert target(moved, "legacy-home/index.html") == ""


def test_an_address_may_have_folders_blanks_capitals_and_letters_of_any_script(
    moved: Built,
) -> None:
    assert target(moved, "old/Über uns.html") == "assess-it/"
    assert target(moved, "old/Über uns/index.html") == "assess-it/"


def test_a_page_may_have_had_its_own_address_and_stays(moved: Built) -> None:
    assert target(moved, "assess-it.html") == "assess-it/"
    assert moved.text("assess-it/", "title") == "Assess It & <More> – Leitfaden"


def test_a_page_without_translation_is_found_at_the_address_of_the_reader_s_language(
    moved: Built,
) -> None:
    address = "nur-englisch.html"
    assert target(moved, address) == "de/only-english/"
    assert moved.attributes(address, "html", "lang") == ["de"]
    assert moved.attributes(address, "main a", "lang") == ["en"]
    assert moved.text(address, "main a") == 'Only "English" & <more>'
    canonical = moved.attributes(address, "link[rel=canonical]", "href")
    assert canonical == ["https://leitfaden.example/only-english/"]


def test_the_page_speaks_the_language_that_it_leads_to(moved: Built) -> None:
    assert moved.text("assess-it-de.html", "h1") == "Diese Seite ist umgezogen"
    assert moved.text("assess-it-de.html", "main a") == "Es analysieren"
    assert moved.text("assess-it-de.html", "title") == "Es analysieren"
    assert moved.text("assess-it-en.html", "h1") == "This page has moved"
    canonical = moved.attributes("assess-it-de.html", "link[rel=canonical]", "href")
    assert canonical == ["https://leitfaden.example/de/assess-it/"]


def test_anchors_are_only_those_that_the_built_page_has(moved: Built) -> None:
    assert data(moved, "assess-it-en.html", "moved") == {
        "Übersicht": "overview",
        "a\"<b>'": "next-steps",
    }
    anchors = data(moved, "assess-it-en.html", "anchors")
    assert isinstance(anchors, list)
    assert {"overview", "next-steps"} <= {*anchors}
    ids = set(re.findall(r'id="([^"]+)"', moved.html("assess-it/")))
    assert set(anchors) <= set(map(html.unescape, ids))
    assert data(moved, "classic-old.html", "anchors") == ["classic-page"]  # by Python-Markdown


def test_an_anchor_that_the_page_lacks_is_told_once(moved: Built) -> None:
    told = [line for line in moved.log.splitlines() if "LF444" in line]
    assert len(told) == 1
    assert "docs/en/redirects.yml:6:" in told[0]
    assert moved.complaints == []


def test_redirects_are_for_no_search_no_sitemap_and_no_inline_script(moved: Built) -> None:
    page = moved.html("assess-it-de.html")
    assert '<meta name="robots" content="noindex">' in page
    assert re.findall(r"<script(?![^>]* src=)", page) == []
    assert "assess-it-de" not in (moved.site / "sitemap.xml").read_text("utf-8")
    assert "assess-it-de" not in moved.searched("")
    assert "assess-it-de" not in moved.html("")
    script = moved.attributes("old/Über uns/index.html", "script", "src")
    assert script == ["../../assets/javascripts/redirect.js"]
    assert (moved.site / "assets/javascripts/redirect.js").is_file()


def test_the_files_of_redirects_are_not_published(moved: Built) -> None:
    assert list(moved.site.rglob("redirects.yml")) == []


def test_without_folders_for_addresses_it_works_as_well(site: Site) -> None:
    site.write(PAGES).edit("mkdocs.yml", "use_directory_urls: true", "use_directory_urls: false")
    built = site.build()
    assert built.complaints == []
    assert target(built, "assess-it-de.html") == "de/assess-it.html"
    assert target(built, "assess-it-de/index.html") == "de/assess-it.html"
    assert target(built, "assess-it/index.html") == "assess-it.html"
    assert built.text("assess-it.html", "title") == "Assess It & <More> – Leitfaden"
    assert target(built, "legacy-home.html") == "index.html"


def test_what_the_site_has_is_never_overwritten(site: Site) -> None:
    site.contract["trust"] = "full"  # else no such file is on the site
    site.write(
        {
            **BILINGUAL,
            "docs/en/page.html": "<p>Mine</p>",
            "docs/en/redirects.yml": """\
unlisted: assess-it
404: index
page: index
de/gone: index
""",
        }
    )
    built = site.build("--strict")
    assert built.exit_code != 0
    told = [line.partition("LF44")[2][:1] for line in built.lines("ERROR") if "LF44" in line]
    assert told == ["2", "2", "2"]
    assert "404.html" in built.log
    assert (built.site / "page.html").read_text() == "<p>Mine</p>"
    assert built.text("unlisted/", "h1").startswith("Not in the navigation")
    assert built.page("404.html").css_first("section.lf-not-found") is not None
    assert target(built, "de/gone.html") == ""
    assert not (built.site / "unlisted.html").exists()


def test_mistakes_are_told_once_with_their_places(site: Site) -> None:
    site.write(
        {
            **BILINGUAL,
            "docs/en/redirects.yml": "a: asess-it\n../b: index\nc: index\n",
            "docs/de/redirects.yml": "c: index\nd: [\n",
        }
    )
    built = site.build()
    told = [line for line in built.lines("ERROR") if "LF44" in line]
    assert len(told) == 3
    assert "docs/en/redirects.yml:1:4: LF441" in built.log
    assert "Did you mean `assess-it`?" in built.log
    assert "docs/en/redirects.yml:2:1: LF445" in built.log
    assert "docs/de/redirects.yml:3:1: LF440" in built.log
    assert not (built.site.parent / "b.html").exists()
    assert target(built, "c.html") == ""


def test_a_page_that_mkdocs_leaves_out_is_none_to_lead_to(site: Site) -> None:
    site.write({**BILINGUAL, "docs/en/redirects.yml": "old: unlisted\n"})
    site.edit("mkdocs.yml", "docs_dir: docs\n", "docs_dir: docs\nexclude_docs: unlisted.md\n")
    built = site.build()
    assert "docs/en/redirects.yml:1:6: LF441" in built.log
    assert not (built.site / "old.html").exists()


def test_names_that_the_system_refuses_are_told(site: Site) -> None:
    site.write({**BILINGUAL, "docs/en/redirects.yml": "one.html/two: index\none: index\n"})
    built = site.build()
    assert "LF446" in built.log
    assert target(built, "one/index.html") == ""


def test_a_broken_template_ends_the_build_with_its_place(site: Site) -> None:
    site.write({**BILINGUAL, "docs/en/redirects.yml": "old: index\n"})
    site.edit("overrides/redirect.html", "<title>{{ title }}", "<title>{{ titel }}")
    built = site.build()
    assert built.exit_code != 0
    assert "overrides/redirect.html:12" in built.log
    assert "LF909" in built.log


def test_a_link_out_of_the_docs_folder_is_not_read(site: Site, tmp_path: Path) -> None:
    site.write({**BILINGUAL, "secret.yml": "secret-name: index\n"})
    (site.root / "docs/en/redirects.yml").symlink_to(site.root / "secret.yml")
    built = site.build()
    assert len([line for line in built.lines("ERROR") if "LF914" in line]) == 1
    assert list(built.site.rglob("secret-name*")) == []
    assert list(built.site.rglob("redirects.yml")) == []


def test_a_build_over_an_older_one_renews_its_redirects(site: Site) -> None:
    site.write({**BILINGUAL, "docs/en/redirects.yml": "old: index\n"})
    site.build()
    site.write({"docs/en/redirects.yml": "old: assess-it\n"})
    built = site.build("--dirty")
    assert [line for line in built.complaints if "LF4" in line] == []
    assert target(built, "old.html") == "assess-it/"
