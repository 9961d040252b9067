from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.contract import fold

TEXTS = st.text(st.characters() | st.sampled_from(" \t:\N{NO-BREAK SPACE}\N{SOFT HYPHEN}aÄß"))


@pytest.mark.parametrize(
    "written",
    [
        "Primäre Rolle",
        "primäre rolle",
        "  Primäre   Rolle ",
        "Primäre Rolle:",
        "Primäre Rolle :",
        "Primäre Rolle\N{FULLWIDTH COLON}",
        "Primäre\N{NO-BREAK SPACE}Rolle",
        "Primäre\N{NARROW NO-BREAK SPACE}Rolle",
        "Primäre\t\n\N{IDEOGRAPHIC SPACE}Rolle",
        "Pri\N{SOFT HYPHEN}märe Rolle\N{ZERO WIDTH SPACE}",
        "\N{ZERO WIDTH NO-BREAK SPACE}Primäre Rolle\N{LEFT-TO-RIGHT MARK}:",
        unicodedata.normalize("NFD", "Primäre Rolle"),
    ],
)
def test_the_same_word(written: str) -> None:
    assert fold(written) == "primäre rolle"


@pytest.mark.parametrize(
    "written", ["Primäre-Rolle", "PrimäreRolle", "Primare Rolle", "Primäre Rolle::"]
)
def test_another_word(written: str) -> None:
    assert fold(written) != "primäre rolle"


def test_compatible_is_not_the_same() -> None:
    assert fold("①") != fold("1")


@given(TEXTS)
@settings(deadline=None)
def test_folding_again_changes_nothing_but_a_further_colon(text: str) -> None:
    once = fold(text)
    if not once.endswith((":", "\N{FULLWIDTH COLON}")):
        assert fold(once) == once


@given(TEXTS)
@settings(deadline=None)
def test_writing_does_not_count(text: str) -> None:
    assert fold(f" {text} ") == fold(text)
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
    assert fold(text.replace(" ", "\N{NO-BREAK SPACE}")) == fold(text)


@given(TEXTS)
@settings(deadline=None)
def test_nothing_invisible_is_left(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert not any(unicodedata.category(char) == "Cf" for char in folded)
