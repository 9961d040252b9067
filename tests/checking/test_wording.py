"""Every rule is told and explained in full, in each language."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping

import pytest

from leitfaden.checking.registry import all_rules
from leitfaden.checking.rule import Rule
from leitfaden.checking.wording import LANGUAGES, catalogue, texts_of

HEADINGS = {
    "en": ["What it does", "Why", "Example", "Use instead", "Fix"],
    "de": ["Was die Regel prüft", "Warum", "Beispiel", "Stattdessen", "Korrektur"],
}
PARTS = (
    "general",
    "report",
    "changed",
    "fixing",
    "importing",
    "searching",
    "standing",
    "exchanging",
)
RULES = list(all_rules().values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_explained_under_the_five_headings(rule: Rule, language: str) -> None:
    texts = texts_of(rule, language)
    outside = "".join(texts.explanation.split("```")[::2])
    headings = [line[3:] for line in outside.splitlines() if line.startswith("## ")]
    assert headings == HEADINGS[language]
    assert texts.summary.endswith(".")


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_translation_has_all_texts_with_the_same_placeholders(rule: Rule, language: str) -> None:
    assert rule.code in catalogue(language)
    entry = catalogue(language)[rule.code]
    assert set(entry) <= {"summary", "explanation", "message", "help", "variants", "notes"}
    assert ("message" in entry) == bool(rule.wordings)
    assert set(entry.get("variants", {})) == {key for key in rule.wordings if key}
    assert set(entry.get("notes", {})) == set(rule.notes)
    texts = texts_of(rule, language)
    for variant, wording in rule.wordings.items():
        translated = texts.wordings[variant]
        assert placeholders(translated.message) == placeholders(wording.message)
        assert placeholders(translated.help) == placeholders(wording.help)
        assert bool(translated.help) == bool(wording.help)
    for key, note in rule.notes.items():
        assert placeholders(texts.notes[key]) == placeholders(note)


def test_no_translation_is_left_of_a_rule_that_is_gone() -> None:
    for language in LANGUAGES:
        assert set(catalogue(language)) <= {*all_rules(), *PARTS}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def flat(texts: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield all texts, also of parts within a part, each with its whole name."""
    for key, text in texts.items():
        if isinstance(text, Mapping):
            yield from flat(text, f"{above}{key}.")
        else:
            assert isinstance(text, str), (above, key)
            yield f"{above}{key}", text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_the_words_of_no_rule_are_the_same_in_all_languages(part: str, language: str) -> None:
    english, texts = dict(flat(catalogue("en")[part])), dict(flat(catalogue(language)[part]))
    assert texts.keys() == english.keys()
    for key, text in english.items():
        assert placeholders(texts[key]) == placeholders(text), key


def test_a_placeholder_within_a_part_is_compared_as_well() -> None:
    assert dict(flat({"a": {"b": "{c}"}, "d": "e"})) == {"a.b": "{c}", "d": "e"}
