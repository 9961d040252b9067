"""What search engines read in a page's structured data."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from leitfaden.publishing.structured import (
    About,
    Crumb,
    article,
    as_script,
    breadcrumbs,
    website,
)

SITE = About("Playbook", "For partners.", "https://a.example/", "en")
PAGE = About("Assess it", "Who does what.", "https://a.example/assess/", "en")


def test_an_article_says_what_it_is_about_in_which_language_and_when_it_changed() -> None:
    assert article(PAGE, SITE, dt.date(2026, 2, 3)) == {
        "@type": "TechArticle",
        "headline": "Assess it",
        "description": "Who does what.",
        "url": "https://a.example/assess/",
        "inLanguage": "en",
        "dateModified": "2026-02-03",
        "isPartOf": {"@type": "WebSite", "name": "Playbook", "url": "https://a.example/"},
    }


def test_what_is_not_known_is_not_told() -> None:
    told = article(PAGE._replace(description=""), SITE, None)
    assert "description" not in told
    assert "dateModified" not in told
    assert "author" not in told


def test_a_headline_is_no_longer_than_search_engines_take() -> None:
    headline = article(PAGE._replace(name="word " * 50), SITE, None)["headline"]
    assert len(headline) <= 110
    assert headline.endswith("…")


def test_the_steps_of_a_trail_are_numbered_and_one_without_a_page_has_no_address() -> None:
    crumbs = (Crumb("Start", "https://a.example/"), Crumb("Assess", ""))
    assert breadcrumbs(crumbs)["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Start", "item": "https://a.example/"},
        {"@type": "ListItem", "position": 2, "name": "Assess"},
    ]


@given(st.text() | st.sampled_from(["</script><script>", "<!-- <script>", "]]>", "\u2028", "&lt;"]))
def test_no_text_ends_the_script_that_it_stands_in(text: str) -> None:
    script = as_script([website(SITE._replace(name=text))])
    assert not set(script) & set("<>&\u2028\u2029")
    (item,) = json.loads(script)["@graph"]
    assert item.get("name", "") == text
