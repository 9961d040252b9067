from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from leitfaden.contract import Contract, load_contract, nav_pages
from leitfaden.contract.contract import VOCABULARIES

PLAYBOOK = Path(__file__).parents[2] / "playbook.yml"


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract(PLAYBOOK)


def test_the_source_locale_comes_first(contract: Contract) -> None:
    assert contract.locale_keys[0] == contract.source == "en"
    assert set(contract.locale_keys) == set(contract.locales)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_spelling_is_found_in_its_locale(contract: Contract, name: str) -> None:
    vocabulary = contract.vocabulary(name)
    assert vocabulary
    for key, term in vocabulary.items():
        for locale in contract.locales:
            match = vocabulary.find(f" {term.name(locale).upper()}: ", locale)
            assert match is not None
            assert (match.key, match.locale, match.form) == (key, locale, "name")
            for alias in term.aliases.get(locale, ()):
                assert vocabulary.find(alias, locale) is not None


def test_what_a_writer_meets_first(contract: Contract) -> None:
    assert contract.labels["phase"].vocabulary == "phases"
    assert contract.sections["ftop-tasks"].within == "approach"
    assert contract.sections["overview"].required_in == ("process",)
    assert contract.labels["phase"].required_in == ("process",)
    assert contract.labels["phase"].per == "page"
    assert contract.labels["primary-role"].per == "step"
    assert contract.labels["motions"].required_in == ()
    assert contract.kind_of("assess-conduct-security-workshop") == "process"
    assert contract.kind_of("phases/assess") == "phase"
    assert contract.kind_of("anything/else") == "guidance"
    assert contract.page_id("assess-conduct-security-workshop-de.md", "de") == (
        "assess-conduct-security-workshop"
    )


def test_each_page_of_the_navigation_knows_where_it_is_named(contract: Contract) -> None:
    lines = PLAYBOOK.read_text(encoding="utf-8").splitlines()
    entries = list(nav_pages(contract.navigation))
    assert entries
    for entry in entries:
        start, end = entry.place.start, entry.place.end
        assert start is not None
        assert end is not None
        assert lines[start.line - 1][start.column - 1 : end.column - 1] == entry.page


def test_it_can_be_sent_to_another_process(contract: Contract) -> None:
    assert pickle.loads(pickle.dumps(contract)) == contract
    assert hash(contract) == hash(load_contract(PLAYBOOK))
