"""The UI texts: complete in every locale of the contract, and all of them used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leitfaden.contract import load_contract
from leitfaden.rendering import Catalogue

ROOT = Path(__file__).parents[2]
OVERRIDES = ROOT / "overrides"
CONTRACT = load_contract(ROOT / "playbook.yml")
CATALOGUE = Catalogue.load(OVERRIDES, CONTRACT)


@pytest.mark.parametrize("locale", CONTRACT.locale_keys)
def test_every_locale_has_every_text(locale: str) -> None:
    assert CATALOGUE.keys(locale) == CATALOGUE.keys(CONTRACT.source)


@pytest.mark.parametrize("locale", CONTRACT.locale_keys)
def test_texts_have_the_same_placeholders_in_every_locale(locale: str) -> None:
    for key in CATALOGUE.keys(CONTRACT.source):
        here = set(re.findall(r"\{(\w+)\}", CATALOGUE.text(key, locale)))
        there = set(re.findall(r"\{(\w+)\}", CATALOGUE.text(key, CONTRACT.source)))
        assert here == there, key


def test_every_text_that_a_template_asks_for_exists() -> None:
    asked = {
        found
        for template in OVERRIDES.rglob("*.html")
        for found in re.findall(r"""ui\(\s*['"]([\w.-]+)['"](\s*~)?""", template.read_text("utf-8"))
    }
    keys = CATALOGUE.keys(CONTRACT.source)
    assert asked
    assert {key for key, joined in asked if not joined} <= keys
    for beginning in (key for key, joined in asked if joined):
        assert any(key.startswith(beginning) for key in keys), beginning


def test_a_locale_without_a_text_shows_the_source_language(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales" / "en.yml").write_text("fallback: {title: Not translated}", "utf-8")
    catalogue = Catalogue.load(tmp_path, CONTRACT)
    assert catalogue.text("fallback.title", "de") == "Not translated"
