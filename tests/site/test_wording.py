"""The theme's words, each looked up once for a locale."""

from __future__ import annotations

from pathlib import Path

from leitfaden.contract import load_contract
from leitfaden.rendering import Catalogue
from leitfaden.site.wording import wording

PROJECT = Path(__file__).parents[2]


def test_a_word_is_asked_for_once_in_the_nearest_language_first() -> None:
    contract = load_contract(PROJECT / "playbook.yml")
    catalogue = Catalogue.load(PROJECT / "overrides", contract)
    asked: list[str] = []

    def german(key: str) -> str:
        asked.append(key)
        return {"toc": "Inhalt"}.get(key, "")

    words = wording("de", contract, catalogue, ())
    text = words.told_by(german, lambda key: f"English {key}")
    assert text("language") == "de"  # our own goes first
    assert text("toc") == "Inhalt"
    assert text("clipboard.copied.never") == "English clipboard.copied.never"
    text("toc")
    words.told_by(german, german)("toc")  # on the next page
    assert asked == ["toc", "clipboard.copied.never"]
