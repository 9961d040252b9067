"""Retired names, in any language's writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitfaden.checking.memory import once_per_locale
from leitfaden.checking.rules import language
from leitfaden.checking.subject import Subject
from leitfaden.contract import Contract, load_contract
from leitfaden.reading import PageReader
from tests.checking.fixtures import ROOT

CONTRACT = load_contract(ROOT / "playbook.yml")


def told(text: str, contract: Contract = CONTRACT, locale: str = "en") -> list[str]:
    page = PageReader(contract).read(text.encode(), path="x.md", locale=locale, page_id="x")
    assert language.term_retired.page_check
    found = language.term_retired.page_check(Subject(page, contract))
    return [finding.span.of(page.text) for finding in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Office 365 ProPlus", ["Office 365 ProPlus"]),
        ("office ProPlus", ["office ProPlus"]),
        ("> Office\n> ProPlus", ["Office\n> ProPlus"]),
        ("Office\u00a0365 ProPlus-Geräte", ["Office\u00a0365 ProPlus"]),
        ("**ProPlus**, _ProPlus_ and (ProPlus)", ["ProPlus"] * 3),
        ("ProPlus/Windows 10", ["ProPlus"]),
        ("使用ProPlus部署", ["ProPlus"]),
        ("MyProPlus ProPlus2 ProPlusé", []),
        ("www.example.com/ProPlus ProPlus.pdf a@ProPlus.com C:\\\\ProPlus my_ProPlus", []),
        ("`ProPlus` <b title='ProPlus'>x</b> [x](ProPlus)", []),
        ("ProPlus " * 3, ["ProPlus"] * 3),
        ("ProPlus" + " a" * 200 + " ProPlus", ["ProPlus"] * 2),
    ],
)
def test_names_are_found_as_words(text: str, names: list[str]) -> None:
    assert told(text) == names


def test_a_contract_without_retired_names_has_nothing_to_tell(tmp_path: Path) -> None:
    path = tmp_path / "playbook.yml"
    path.write_text("source: en\nlocales: {en: {name: English}}\n", "utf-8")
    assert told("Office ProPlus", load_contract(path)) == []


def test_case_counts_where_a_name_differs_by_nothing_else() -> None:
    assert told("InTune, Intune, intune and inTune") == ["InTune"]


def test_what_is_made_of_a_contract_is_made_once_for_each_locale(tmp_path: Path) -> None:
    calls = []

    @once_per_locale
    def name(contract: Contract, locale: str) -> str:
        calls.append(locale)
        return contract.locales[locale].name

    path = tmp_path / "playbook.yml"
    path.write_text("source: en\nlocales: {en: {name: Inglés}}\n", "utf-8")
    other = load_contract(path)
    assert [name(CONTRACT, key) for key in ("en", "de", "en")] == ["English", "Deutsch", "English"]
    assert name(other, "en") == "Inglés"
    assert calls == ["en", "de", "en"]
    for _ in range(100):
        name(load_contract(path), "en")
    assert name(CONTRACT, "de") == "Deutsch"
