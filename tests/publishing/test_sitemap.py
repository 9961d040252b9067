"""What search engines find in the sitemap."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.publishing import sitemap
from leitfaden.publishing.sitemap import Listed, PageInLanguages, sitemaps

SITE = "https://playbook.example/"
SCHEMA = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def bilingual(path: str = "assess/", changed: dt.date | None = None) -> PageInLanguages:
    languages = {
        "en": Listed(f"{SITE}{path}", changed),
        "de": Listed(f"{SITE}de/{path}"),
    }
    return PageInLanguages(languages, "en")


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # what we wrote ourselves


def alternates(entry: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["hreflang"]: link.attrib["href"] for link in entry.iter(LINK)}


def test_every_language_of_a_page_is_listed_and_names_all_languages_itself_included() -> None:
    (text,) = sitemaps([bilingual()], SITE).values()
    english, german = parsed(text)
    assert english.findtext(f"{SCHEMA}loc") == f"{SITE}assess/"
    assert german.findtext(f"{SCHEMA}loc") == f"{SITE}de/assess/"
    same = {"en": f"{SITE}assess/", "de": f"{SITE}de/assess/", "x-default": f"{SITE}assess/"}
    assert alternates(english) == alternates(german) == same


def test_a_page_in_one_language_has_no_alternates() -> None:
    (text,) = sitemaps([PageInLanguages({"en": Listed(SITE)}, "en")], SITE).values()
    assert alternates(parsed(text)[0]) == {}


def test_there_is_no_default_where_the_source_language_has_no_such_page() -> None:
    languages = {"de": Listed(f"{SITE}de/a/"), "fr": Listed(f"{SITE}fr/a/")}
    (text,) = sitemaps([PageInLanguages(languages)], SITE).values()
    assert list(alternates(parsed(text)[0])) == ["de", "fr"]


def test_the_day_of_the_last_change_is_told_where_it_is_known() -> None:
    (text,) = sitemaps([bilingual(changed=dt.date(2026, 2, 3))], SITE).values()
    english, german = parsed(text)
    assert english.findtext(f"{SCHEMA}lastmod") == "2026-02-03"
    assert german.find(f"{SCHEMA}lastmod") is None


def test_a_site_without_pages_has_a_sitemap_without_entries() -> None:
    (text,) = sitemaps([], SITE).values()
    assert list(parsed(text)) == []


def test_more_pages_than_a_file_may_hold_make_an_index_of_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", 3)
    files = sitemaps([bilingual(f"{number}/") for number in range(4)], SITE)
    index = parsed(files.pop("sitemap.xml"))
    named = [place.findtext(f"{SCHEMA}loc") for place in index]
    assert named == [f"{SITE}{name}" for name in files]
    assert [len(parsed(text)) for text in files.values()] == [3, 3, 2]


def test_no_file_is_larger_than_the_protocol_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_BYTES", 2000)
    files = sitemaps([bilingual(f"{number}/") for number in range(9)], SITE)
    assert all(len(text.encode()) <= 2000 for text in files.values())
    listed = [text for name, text in files.items() if name != "sitemap.xml"]
    assert sum(len(parsed(text)) for text in listed) == 18


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_whatever_an_address_holds_the_file_stays_valid(path: str) -> None:
    (text,) = sitemaps([bilingual(path)], SITE).values()
    english, german = parsed(text)
    assert english.findtext(f"{SCHEMA}loc") == f"{SITE}{path}"
    assert alternates(german)["de"] == f"{SITE}de/{path}"
