"""Feeds of what changed, and what a site tells about pages that lack a translation."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.site.sites import Built, Site

ATOM = "{http://www.w3.org/2005/Atom}"
PROCESS = """\
# Conduct the kickoff

Phase: **Initiate**

## Approach

### Meet the customer

Primary Role: **FastTrack Manager**

#### FTOP Tasks

| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
| 1001 | Meet | M | FastTrack Manager | Exchange |

## Refresh Summary

| Date | Who Changed | What Changed |
|---|---|---|
| 05/01/2020 | Jane Doe | Moved to "Meet the customer" & <b> ]]> |
| 04/03/2020 | Jane Doe | Typo |
"""
PAGES: dict[str, str | bytes] = {
    "docs/en/index.md": "# Home\n",
    "docs/de/index.md": "# Start\n\nPrimäre Rolle: **FastTrack Manager**\n",
    "docs/en/initiate-kickoff.md": PROCESS,
    "docs/en/classic.md": "---\nrenderer: mkdocs\n---\n\n# Classic words\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site of which one page is not translated, in a repository."""
    site = Site(tmp_path_factory.mktemp("feeds")).write(PAGES)
    site.navigation("index", "initiate-kickoff", "classic", "changes")
    site.save()
    _commit(site.root)
    return site.build()


def _commit(folder: Path) -> None:
    day = "2020-02-03T12:00:00+0000"
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_DATE": day,
        "GIT_COMMITTER_DATE": day,
    }
    identity = ("-c", "user.name=Writer", "-c", "user.email=writer@example.com")
    for command in (["init", "-q"], ["add", "docs"], [*identity, "commit", "-q", "-m", "Pages"]):
        subprocess.run(["git", *command], cwd=folder, env=env, check=True, timeout=60)


def feed(built: Built, uri: str) -> ElementTree.Element:
    return ElementTree.fromstring(built.html(uri).encode())


def links(element: ElementTree.Element) -> list[str | None]:
    return [link.get("href") for link in element.iter(f"{ATOM}link")]


def test_each_locale_has_a_feed(built: Built) -> None:
    assert built.exit_code == 0, built.log
    base = "https://leitfaden.example"
    assert links(feed(built, "feed.xml")) == [
        f"{base}/feed.xml",
        f"{base}/changes/",
        f"{base}/initiate-kickoff/#meet-the-customer",
        f"{base}/initiate-kickoff/",
    ]
    assert links(feed(built, "de/feed.xml"))[:3] == [
        f"{base}/de/feed.xml",
        f"{base}/de/changes/",
        f"{base}/de/initiate-kickoff/#meet-the-customer",
    ]


def test_it_is_the_same_however_many_locales_there_are(built: Built, tmp_path: Path) -> None:
    site = Site(tmp_path).write(PAGES).locale("fr").locale("nl")
    site.navigation("index", "initiate-kickoff", "classic", "changes").save()
    many = site.build()
    assert links(feed(many, "de/feed.xml")) == links(feed(built, "de/feed.xml"))


def test_a_feed_says_what_changed_in_which_language(built: Built) -> None:
    german = feed(built, "de/feed.xml")
    summaries = [one.text for one in german.iter(f"{ATOM}summary")]
    assert summaries == ['Moved to "Meet the customer" & ]]>', "Typo"]
    languages = [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in german.iter()]
    assert [one for one in languages if one] == ["de", "en", "en"]
    assert "Jane Doe" not in built.html("de/feed.xml")


def test_each_role_and_each_service_that_pages_name_has_a_feed(built: Built) -> None:
    for uri in ("roles/fasttrack-manager/feed.xml", "de/services/exchange/feed.xml"):
        assert len(list(feed(built, uri).iter(f"{ATOM}entry"))) == 2
    assert not (built.site / "roles/sme/feed.xml").exists()


def test_pages_name_their_feeds(built: Built) -> None:
    head = 'link[rel="alternate feed"]'
    assert built.attributes("", head, "href") == ["feed.xml"]
    assert built.attributes("de/roles/fasttrack-manager/", head, "href") == [
        "feed.xml",
        "../../feed.xml",
    ]
    assert built.attributes("de/changes/", ".lf-feed a", "href") == ["../feed.xml"]


def test_entries_keep_their_ids(built: Built) -> None:
    ids = [one.text for one in feed(built, "feed.xml").iter(f"{ATOM}id")]
    assert ids[1:] == [
        "tag:leitfaden.example,2020-05-01:en/initiate-kickoff/1",
        "tag:leitfaden.example,2020-04-03:en/initiate-kickoff/1",
    ]


def test_the_page_of_changes_leads_to_the_place_that_changed(built: Built) -> None:
    found = built.attributes("changes/", ".lf-log__month .lf-log__what a", "href")
    assert found == ["../initiate-kickoff/#meet-the-customer"]


def test_a_page_without_update_summary_shows_the_day_of_its_last_commit(built: Built) -> None:
    assert built.text("de/", ".lf-trust time") == "03.02.2020"
    assert built.text("classic/", ".lf-trust time") == "02/03/2020"
    assert built.text("initiate-kickoff/", ".lf-trust time") == "05/01/2020"
    assert built.text("tasks/1001/", ".lf-trust time") == "05/01/2020"


def test_a_page_without_translation_says_so_in_the_readers_language(built: Built) -> None:
    url = "de/initiate-kickoff/"
    assert "Noch nicht übersetzt" in built.text(url, ".lf-fallback")
    assert built.attributes(url, ".lf-original", "lang") == ["en"]
    assert built.attributes(url, ".lf-original .lf-trust", "lang") == ["de"]
    assert built.attributes(url, 'link[rel="canonical"]', "href") == [
        "https://leitfaden.example/initiate-kickoff/"
    ]


def test_navigation_says_the_language_of_a_page_without_translation(built: Built) -> None:
    for url in ("de/", "de/initiate-kickoff/"):
        page = built.page(url)
        named = {
            " ".join(link.text().split()): link.attributes.get("lang")
            for link in page.css(".md-nav--primary a.md-nav__link")
        }
        assert named["Start"] is None
        assert named["Conduct the kickoff"] == "en"
    contents = built.attributes("de/initiate-kickoff/", '[data-md-component="toc"]', "lang")
    assert set(contents) == {"en"}
    assert "en" not in built.attributes("initiate-kickoff/", ".md-nav__link", "lang")


def test_search_finds_only_pages_in_the_readers_language(built: Built) -> None:
    assert not [url for url in built.found_by_search("de/") if url.startswith("initiate-kickoff")]
    assert not [url for url in built.found_by_search("de/") if url.startswith("classic")]
    assert "initiate-kickoff/" in built.found_by_search("")
    assert "Last changed" not in built.searched("")


def test_a_site_that_does_not_know_its_address_has_no_feeds(site: Site) -> None:
    site.write({"docs/en/index.md": PROCESS, "docs/de/index.md": PROCESS})
    site.edit(
        "mkdocs.yml", 'site_url: !ENV [SITE_URL, "https://leitfaden.example/"]', "site_url: ''"
    )
    built = site.build("--strict")
    assert built.exit_code == 0, built.log
    assert [line for line in built.log.splitlines() if "LF916" in line] == [
        "INFO    -  leitfaden: mkdocs.yml: LF916 The site does not know its own address, so it has "
        "no feeds of changes and no sitemap. Set `site_url`."
    ]
    assert not list(built.site.rglob("feed.xml"))
    assert built.attributes("", 'link[rel="alternate feed"]', "href") == []
    assert built.attributes("changes/", ".lf-feed", "class") == []


def test_the_same_pages_make_the_same_feeds(site: Site) -> None:
    site.write({"docs/en/index.md": PROCESS}).save()
    first = site.build().html("feed.xml")
    assert site.build().html("feed.xml") == first
