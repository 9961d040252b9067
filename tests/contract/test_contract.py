from __future__ import annotations

from collections.abc import Callable

import pytest

from leitfaden.contract import Contract, Hosts, Locale, Metadata, parse_contract

Small = Callable[[str], Contract]


def test_little_is_needed() -> None:
    contract = parse_contract("source: en\nlocales: {en: {name: English}}\n", "playbook.yml")
    assert contract.locales == {"en": Locale(name="English")}
    assert contract.dates == ("%Y-%m-%d",)
    assert contract.hosts == Hosts()
    assert contract.metadata == Metadata()
    assert contract.kind_of("index") == "guidance"
    assert contract.navigation == ()
    assert not contract.labels
    assert contract.requirement("M", "en") is None


def test_a_third_locale_is_a_matter_of_data(small: Small) -> None:
    contract = parse_contract(
        """\
source: de
locales:
  en: {name: English, requirement: {mandatory: M, optional: O}}
  ar: {name: العربية, direction: rtl, requirement: {mandatory: إ, optional: خ}}
  de:
    name: Deutsch
    dates: "%d.%m.%Y"
    requirement: {mandatory: E, optional: O}
    legacy-suffixes: [-de]
    separators: [" und "]
    language: de-DE
roles: {lead: {en: Lead, ar: قائد, de: Leitung}}
""",
        "playbook.yml",
    )
    assert list(contract.locales) == ["en", "ar", "de"]
    assert contract.locale_keys == ("de", "en", "ar")
    assert contract.locales["ar"].direction == "rtl"
    assert contract.locales["de"] == Locale(
        name="Deutsch",
        dates="%d.%m.%Y",
        requirement={"mandatory": "E", "optional": "O"},
        legacy_suffixes=("-de",),
        separators=(" und ",),
        language="de-DE",
    )
    assert contract.roles["lead"].name("ar") == "قائد"
    assert list(contract.roles["lead"].names) == ["de", "en", "ar"]
    match = contract.requirement("إ", "en")
    assert match is not None
    assert (match.key, match.locale) == ("mandatory", "ar")


@pytest.mark.parametrize(
    ("page_id", "kind"),
    [
        ("index", "home"),
        ("assess-x", "process"),
        ("assess-x/y", "process"),
        ("Assess-x", "other"),
        ("a/index", "other"),
    ],
)
def test_kinds_of_pages(small: Small, page_id: str, kind: str) -> None:
    kinds = (
        "{home: {pages: [index], view: home}, process: {pages: ['assess-*']}, other: {pages: [x]}}"
    )
    contract = small(f"kinds: {kinds}")
    assert contract.kind_of(page_id) == kind
    assert contract.kinds["home"].view == "home"


def test_a_kind_can_be_that_of_what_pages_include(small: Small) -> None:
    contract = small("kinds: {part: {pages: ['parts/*'], included: true}, page: {pages: ['*']}}")
    assert contract.is_fragment("parts/x")
    assert not contract.is_fragment("x")


def test_hosts_can_play_videos(small: Small) -> None:
    assert small("hosts: {players: [a.example]}").hosts.players == ("a.example",)
    assert small("").hosts.players == ()


def test_an_alert_is_known_by_any_spelling(small: Small) -> None:
    contract = small("alerts: {note: {en: Note, de: Hinweis}}")
    assert contract.alert("NOTE", "de") == contract.alert("hinweis", "en") == "note"
    assert contract.alert("nope", "en") is None


@pytest.mark.parametrize(
    ("path", "locale", "page_id"),
    [
        ("index.md", "en", "index"),
        ("phases/assess.md", "de", "phases/assess"),
        ("phases/assess-de.md", "de", "phases/assess"),
        ("assess-ger-de.md", "de", "assess-ger"),
        ("assess-old-de.md", "de", "assess"),
        ("assess-de.md", "en", "assess-de"),
        ("-de.md", "de", "-de"),
        ("phases/-de.md", "de", "phases/-de"),
        ("assess-de", "de", "assess"),
        ("assess-de.md", "fr", "assess-de"),
    ],
)
def test_the_id_of_a_page(path: str, locale: str, page_id: str) -> None:
    contract = parse_contract(
        "source: en\nlocales:\n  en: {name: E}\n"
        "  de: {name: D, legacy-suffixes: [-de, -ger, -old-de]}\n",
        "playbook.yml",
    )
    assert contract.page_id(path, locale) == page_id


def test_a_section_leads_on_only_if_the_contract_says_so(small: Small) -> None:
    contract = small("sections: {a: {en: A, de: A, leads-on: true}, b: {en: B, de: B}}\n")
    assert {key: section.leads_on for key, section in contract.sections.items()} == {
        "a": True,
        "b": False,
    }


def test_a_contract_says_how_sentences_cite_tasks(small: Small) -> None:
    assert small("").citations.task == {}
    cited = small("citations: {task: {en: [task, tasks]}}").citations.task
    assert cited == {"en": ("task", "tasks")}


def test_addresses_that_stand_for_each_other_are_known_by_locale(small: Small) -> None:
    assert small("").links.between("en", "de") == ()
    links = small("links: {equivalents: [{en: a.example/*, de: a.example/d/*}, {en: b}]}").links
    assert links.between("en", "de") == (("a.example/*", "a.example/d/*"),)


def test_a_locale_says_which_words_only_its_sentences_have(small: Small) -> None:
    assert small("").locales["en"].function_words == ()


def test_a_kind_says_whether_the_names_of_its_pages_are_links(small: Small) -> None:
    contract = small("kinds: {status: {pages: ['s-*'], linked: true}, page: {pages: ['*']}}")
    assert [kind.linked for kind in contract.kinds.values()] == [True, False]
