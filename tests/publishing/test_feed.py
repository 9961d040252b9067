"""Feeds of changes: well-formed whatever pages say, and the same for the same changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.publishing.feed import Category, Feed, FeedEntry, atom, entry_id

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ENTRY = FeedEntry(
    id="tag:example.com,2020-04-30:en/page/1",
    title="A page: said more",
    url="https://example.com/page/#next-steps",
    day=dt.date(2020, 4, 30),
    summary="Said more",
    lang="en",
)
FEED = Feed(
    title="What changed",
    url="https://example.com/feed.xml",
    page_url="https://example.com/changes/",
    lang="en",
    author="A playbook",
    entries=(ENTRY,),
)
TEXT = st.text(max_size=40)


def parsed(feed: Feed) -> ElementTree.Element:
    return ElementTree.fromstring(atom(feed).encode())


def texts(element: ElementTree.Element, name: str) -> Sequence[str | None]:
    return [found.text for found in element.iter(f"{ATOM}{name}")]


def test_a_feed_has_all_that_atom_asks_for() -> None:
    feed = parsed(FEED)
    assert feed.tag == f"{ATOM}feed"
    assert feed.attrib[LANG] == "en"
    assert texts(feed, "id") == ["https://example.com/feed.xml", ENTRY.id]
    assert texts(feed, "title") == ["What changed", "A page: said more"]
    assert texts(feed, "updated") == ["2020-04-30T00:00:00Z"] * 2
    assert texts(feed, "name") == ["A playbook"]
    assert texts(feed, "summary") == ["Said more"]


def test_a_feed_leads_to_itself_and_to_the_page_that_shows_the_same() -> None:
    links = [(link.get("rel"), link.get("href")) for link in parsed(FEED).iter(f"{ATOM}link")]
    assert links == [
        ("self", "https://example.com/feed.xml"),
        ("alternate", "https://example.com/changes/"),
        ("alternate", "https://example.com/page/#next-steps"),
    ]


def test_a_feed_was_updated_when_its_newest_entry_was() -> None:
    older = replace(ENTRY, day=dt.date(2019, 1, 1))
    assert texts(parsed(replace(FEED, entries=(ENTRY, older))), "updated") == [
        "2020-04-30T00:00:00Z",
        "2020-04-30T00:00:00Z",
        "2019-01-01T00:00:00Z",
    ]


def test_an_entry_in_another_language_says_so() -> None:
    entries = (ENTRY, replace(ENTRY, lang="de"))
    found = list(parsed(replace(FEED, entries=entries)).iter(f"{ATOM}entry"))
    assert [entry.get(LANG) for entry in found] == [None, "de"]


def test_an_entry_says_what_it_is_about() -> None:
    about = (Category("assess", "Assess & plan"),)
    [category] = parsed(replace(FEED, entries=(replace(ENTRY, categories=about),))).iter(
        f"{ATOM}category"
    )
    assert category.attrib == {"term": "assess", "label": "Assess & plan"}


@pytest.mark.parametrize(
    "text",
    ["]]>", "<script>alert(1)</script>", "&amp;", "\"'", "<!--", "=1+1", "\u202eabc", "a\fb"],
)
def test_hostile_text_stays_text(text: str) -> None:
    entry = replace(ENTRY, title=text, summary=text, categories=(Category(text, text),))
    feed = parsed(replace(FEED, title=text, author=text, entries=(entry,)))
    shown = " ".join(text.split()).replace("a b", "ab" if "\f" in text else "a b")
    assert texts(feed, "summary") == [shown]
    assert texts(feed, "title") == [shown] * 2


@given(TEXT, TEXT, TEXT)
def test_any_text_makes_a_well_formed_feed(title: str, summary: str, author: str) -> None:
    about = (Category(author, title),)
    entry = replace(ENTRY, title=title, summary=summary, url=title, categories=about)
    feed = parsed(replace(FEED, title=title, author=author, entries=(entry,)))
    assert len(list(feed.iter(f"{ATOM}entry"))) == 1
    assert "\r" not in atom(FEED)


def test_an_id_depends_on_the_place_and_not_on_the_words() -> None:
    day = dt.date(2020, 4, 30)
    found = entry_id("https://Example.com:8080/", day, "en", "a/page", 2)
    assert found == "tag:example.com,2020-04-30:en/a/page/2"


def test_two_sites_of_one_host_have_other_ids() -> None:
    day = dt.date(2020, 4, 30)
    found = entry_id("https://example.com/one/", day, "en", "page", 1)
    assert found == "tag:example.com,2020-04-30:one/en/page/1"


def test_an_id_can_be_written_anywhere() -> None:
    found = entry_id("https://bücher.example/", dt.date(2020, 4, 30), "de", "Über uns", 1)
    assert found == "tag:xn--bcher-kva.example,2020-04-30:de/%C3%9Cber%20uns/1"
