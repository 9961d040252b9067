from __future__ import annotations

from collections.abc import Callable

import pytest

from leitfaden.contract import Contract, Match

Small = Callable[[str], Contract]

WORDS = """\
requirements: {mandatory: {en: Mandatory, de: Erforderlich}, optional: {en: Optional, de: Wahlfrei}}
services:
  exchange: {en: Exchange, de: Exchange, aliases: {en: [Exchange Online]}}
  project: {en: Project, de: Project, deprecated: {de: [Projekt]}}
  all: {en: All Services, de: Alle Dienste, order: 1, covers-all: true}
motions:
  one: {en: Start, de: Anfang}
  two: {en: Anfang, de: Start}
"""


@pytest.fixture
def contract(small: Small) -> Contract:
    return small(WORDS)


@pytest.mark.parametrize(
    ("text", "locale", "match"),
    [
        ("Exchange", "en", Match("exchange", "en", "name")),
        ("exchange:", "de", Match("exchange", "de", "name")),
        ("Exchange Online", "en", Match("exchange", "en", "alias")),
        ("Exchange Online", "de", Match("exchange", "en", "alias")),
        ("Projekt", "de", Match("project", "de", "deprecated")),
        ("Projekt", "en", Match("project", "de", "deprecated")),
        ("Alle\N{NO-BREAK SPACE}Dienste", "de", Match("all", "de", "name")),
        ("Alle Dienste", "fr", Match("all", "de", "name")),
        ("Teams", "en", None),
        ("", "en", None),
    ],
)
def test_what_a_text_stands_for(
    contract: Contract, text: str, locale: str, match: Match | None
) -> None:
    assert contract.services.find(text, locale) == match


def test_the_locale_of_the_page_comes_first(contract: Contract) -> None:
    assert contract.motions.find("Start", "en") == Match("one", "en", "name")
    assert contract.motions.find("Start", "de") == Match("two", "de", "name")
    assert contract.motions.find("Start", "nl") == Match("one", "en", "name")


@pytest.mark.parametrize(
    ("text", "locale", "name"),
    [
        ("Exchnage", "de", "Exchange"),
        ("Exchange Onlin", "en", "Exchange"),
        ("alle dienst", "de", "Alle Dienste"),
        ("Projekt", "de", "Project"),
        ("Kubernetes", "en", None),
        ("x" * 100_000, "en", None),
    ],
)
def test_what_a_text_was_meant_to_be(
    contract: Contract, text: str, locale: str, name: str | None
) -> None:
    assert contract.services.nearest(text, locale) == name


def test_it_is_a_mapping_that_cannot_be_changed(contract: Contract) -> None:
    assert list(contract.services) == ["exchange", "project", "all"]
    assert contract.services["all"].order == 1
    assert contract.services["all"].names == {"en": "All Services", "de": "Alle Dienste"}
    assert contract.vocabulary("services") is contract.services
    with pytest.raises(TypeError):
        contract.services["all"] = contract.services["project"]  # type: ignore[index]


@pytest.mark.parametrize("name", ["service", "source", "__class__"])
def test_only_vocabularies_are_vocabularies(contract: Contract, name: str) -> None:
    with pytest.raises(KeyError):
        contract.vocabulary(name)


@pytest.mark.parametrize(
    ("letter", "locale", "match"),
    [
        ("M", "en", Match("mandatory", "en", "name")),
        ("e", "de", Match("mandatory", "de", "name")),
        ("O", "de", Match("optional", "de", "name")),
        ("M", "de", Match("mandatory", "en", "name")),
        ("E", "en", Match("mandatory", "de", "name")),
        ("erforderlich", "de", Match("mandatory", "de", "name")),
        ("Optional", "de", Match("optional", "en", "name")),
        ("X", "de", None),
        ("", "de", None),
    ],
)
def test_requirements(contract: Contract, letter: str, locale: str, match: Match | None) -> None:
    assert contract.requirement(letter, locale) == match


def test_a_term_can_stand_for_all_others_of_its_vocabulary(contract: Contract) -> None:
    assert [term.key for term in contract.services.values() if term.covers_all] == ["all"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            "services: {a: {en: A, de: A, covers-all: yes please}}",
            "LF905 `services.a.covers-all` is not allowed: Input should be a valid boolean.",
        ),
        ("columns: {a: {en: A, de: A, covers-all: true}}", "LF901 Unknown key `covers-all`."),
    ],
)
def test_only_what_pages_are_about_can_do_so_and_only_by_yes_or_no(
    told_more: Callable[[str], list[str]], more: str, message: str
) -> None:
    (found,) = told_more(more)
    assert message in found
