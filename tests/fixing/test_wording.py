"""Every reason is told in each language."""

from __future__ import annotations

import pytest

from leitfaden.checking.wording import LANGUAGES, catalogue
from leitfaden.fixing import Reason, Refusal, told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_all_sentences_and_no_other(language: str) -> None:
    assert set(catalogue(language)["fixing"]) == {*Reason, *Refusal}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", [*Reason, *Refusal])
def test_a_sentence_says_what_it_is_about(reason: Reason | Refusal, language: str) -> None:
    said = told(reason, "<detail>", language)
    assert said.endswith(".")
    assert ("<detail>" in said) == ("{detail}" in catalogue("en")["fixing"][reason])


def test_a_language_without_sentences_gets_english_ones() -> None:
    assert told(Reason.REMAINS, "LF210", "xx") == told(Reason.REMAINS, "LF210", "en")
