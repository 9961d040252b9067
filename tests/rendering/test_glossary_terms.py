"""Words that the glossary explains, where sentences use them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitfaden.contract.vocabulary import Vocabulary
from tests.rendering.support import Dom, Site, small_contract


@pytest.fixture
def site() -> Site:
    site = Site()
    site.add("# Glossary\n", page_id="glossary")
    site.add("# Glossar\n", "de", "glossary")
    return site


def shown(site: Site, text: str, locale: str = "en", page_id: str = "guide") -> Dom:
    return Dom(site.render(site.add(text, locale, page_id)).html)


def terms(site: Site, text: str, locale: str = "en") -> list[str]:
    return [node.text() for node in shown(site, text, locale).all(".lf-term")]


def test_a_word_leads_to_its_entry_and_says_what_it_means(site: Site) -> None:
    link = shown(site, "Look at active usage today.").one("a.lf-term")
    assert link.text() == "active usage"
    assert link.attributes["href"] == "glossary/#term-active-usage"
    assert link.attributes["title"] == 'People who "really" work.'


def test_words_are_explained_in_the_pages_language(site: Site) -> None:
    link = shown(site, "Die aktive Nutzung steigt.", "de").one("a.lf-term")
    assert link.attributes["title"] == "Wer wirklich arbeitet."


def test_the_longest_name_counts(site: Site) -> None:
    assert terms(site, "active usage") == ["active usage"]
    assert terms(site, "inactive usage") == ["usage"]


def test_a_word_is_explained_once_in_a_section(site: Site) -> None:
    text = "usage, usage\n\nusage\n\n### Deeper\n\nusage\n\n## Next\n\nusage"
    assert terms(site, text) == ["usage", "usage"]


def test_a_name_and_its_alias_are_the_same_word(site: Site) -> None:
    assert terms(site, "active usage (AU)") == ["active usage"]


def test_only_whole_words_count(site: Site) -> None:
    assert terms(site, "usages, misusage, usage_x, usage-based, pre-usage") == []
    assert terms(site, "FRPs and FRP") == ["FRP"]


def test_case_tells_abbreviations_from_words(site: Site) -> None:
    assert terms(site, "au, frp") == []
    assert terms(site, "Usage begins. USAGE") == ["Usage"]


@pytest.mark.parametrize(
    "text",
    [
        "## usage",
        "[usage](https://a.example/)",
        "`usage`",
        "<abbr>usage</abbr>",
        "![usage](x.png)",
        "| A |\n|---|\n| usage |",
    ],
)
def test_words_elsewhere_are_left_alone(site: Site, text: str) -> None:
    assert terms(site, text) == []


def test_words_in_lists_and_alerts_are_explained(site: Site) -> None:
    assert terms(site, "- the usage\n\n> [!NOTE]\n> The kickoff.") == ["usage", "kickoff"]


def test_the_glossary_does_not_explain_itself(site: Site) -> None:
    page = site.add("# Glossary\n\nusage\n", page_id="glossary")
    assert Dom(site.render(page).html).all(".lf-term") == []


def test_without_a_page_for_the_glossary_the_word_tells_its_meaning() -> None:
    term = shown(Site(), "usage").one("abbr.lf-term")
    assert term.attributes["title"] == "How much."


def test_a_playbook_without_a_glossary_has_plain_words() -> None:
    site = Site(replace(small_contract(), glossary=Vocabulary()))
    assert shown(site, "usage").all(".lf-term") == []


def test_a_meaning_never_becomes_markup(site: Site) -> None:
    link = shown(site, "An FRP.").one("a.lf-term")
    assert link.attributes["title"] == "A partner who is <ready>."
