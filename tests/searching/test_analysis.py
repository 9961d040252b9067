"""Words are compared as readers expect it: whatever the keyboard, the case and the ending."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leitfaden.contract.settings import SearchLanguage
from leitfaden.searching.analysis import Analyser, pieces_of, stem_rules

GERMAN = Analyser(
    SearchLanguage(
        "german", {"ae": "ä", "oe": "ö", "ue": "ü"}, ("s", "es", "n", "en", "e", "er"), ()
    )
)
ENGLISH = Analyser(SearchLanguage("english"))
PLAIN = Analyser(SearchLanguage())
LANGUAGES = st.sampled_from([GERMAN, ENGLISH, PLAIN])


@given(st.text(), LANGUAGES)
def test_folding_what_is_folded_changes_nothing(text: str, analyser: Analyser) -> None:
    assume("ee" not in PLAIN.fold(text))  # `aee` is read as an umlaut and an `e`, which is `ae`
    folded = analyser.fold(text)
    assume(folded == folded.lower())  # a few signs stand for capitals
    assert analyser.fold(folded) == folded


@given(st.text(), LANGUAGES)
def test_every_word_of_a_text_is_found_by_its_own_search(text: str, analyser: Analyser) -> None:
    words = analyser.words(text)
    assert set(analyser.tokens(text)) <= set(words)
    for word in words:
        assert analyser.tokens(word), word
        assert set(analyser.tokens(word)) <= set(analyser.words(word))


@given(st.text(st.sampled_from("aouäöüßsnmAÖ- ")))
def test_umlauts_agree_in_all_spellings(text: str) -> None:
    spelled = {"ä": ("ae", "a"), "ö": ("oe", "o"), "ü": ("ue", "u"), "Ö": ("Oe", "O")}
    for which in (0, 1):
        written = "".join(spelled[sign][which] if sign in spelled else sign for sign in text)
        assert GERMAN.words(written.replace("ß", "ss")) == GERMAN.words(text)


@given(st.text())
def test_what_is_composed_of_signs_is_the_same_as_the_whole_sign(text: str) -> None:
    assert PLAIN.words(unicodedata.normalize("NFD", text)) == PLAIN.words(
        unicodedata.normalize("NFC", text)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Durchfuehrung", "Durchführung"),
        ("DURCHFÜHRUNG", "durchfuhrung"),
        ("Grosse", "Größe"),
        ("Groesse", "Größe"),
        ("GRÖSSE", "größe"),
        ("U\u0308bergabe", "Übergabe"),
        ("Schluss", "Schluß"),
        ("Café", "cafe"),
        ("Work\u00adshop", "Workshop"),
        ("FastTrack\u200b", "FastTrack"),
        ("ﬁle", "file"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert GERMAN.tokens(one) == GERMAN.tokens(other)
    assert GERMAN.words(one) == GERMAN.words(other)


def test_without_these_letters_a_language_keeps_two_letters_apart() -> None:
    assert ENGLISH.tokens("blue value") == ["blue", "value"]
    assert GERMAN.tokens("blue") == GERMAN.tokens("blü")


def test_a_word_with_hyphens_is_its_parts_and_the_whole() -> None:
    assert ENGLISH.words("Kick-off") == ["kick", "off", "kickoff"]
    assert ENGLISH.words("end\u2011to\u2010end") == ["end", "to", "end", "endtoend"]
    assert ENGLISH.tokens("Kick-off") == ["kick", "off"]


def test_numbers_and_names_stay_whole() -> None:
    assert ENGLISH.tokens("FTOP4047, Microsoft 365 & (GM FTA) v2") == [
        "ftop4047", "microsoft", "365", "gm", "fta", "v2",
    ]  # fmt: skip
    assert ENGLISH.tokens("a 7 C++ of_it") == ["7", "of", "it"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("计划研讨会", ["计划", "划研", "研讨", "讨会"]),
        ("計", ["計"]),
        ("FastTrack计划", ["fasttrack", "计划"]),
        ("การประชุม", ["กา", "าร", "รป", "ปร", "ระ", "ะช", "ชุ", "ุม"]),
        ("ワークショップ", ["ワー", "ーク", "クシ", "ショ", "ョッ", "ップ"]),
    ],
)
def test_what_has_no_blanks_is_found_by_two_signs_at_a_time(text: str, words: list[str]) -> None:
    assert PLAIN.words(text) == PLAIN.tokens(text)
    assert PLAIN.words(text) == words


@pytest.mark.parametrize(
    ("analyser", "words"),
    [
        (ENGLISH, ("workshop", "workshops")),
        (ENGLISH, ("enable", "enabling", "enabled")),
        (GERMAN, ("Aktivierung", "Aktivierungen")),
        (GERMAN, ("Häuser", "Hauses", "haus", "Haeuser")),
    ],
)
def test_endings_of_one_word_have_one_stem(analyser: Analyser, words: tuple[str, ...]) -> None:
    assert len({analyser.stem(one) for text in words for one in analyser.words(text)}) == 1


def test_a_language_without_a_stemmer_leaves_words_whole() -> None:
    assert PLAIN.stem("workshops") == "workshops"


KNOWN = {"kunden", "kunde", "erfolg", "workshop", "sicherheit", "planen", "plan", "bereitstellung"}
JOINTS = ("s", "es", "n", "en", "e", "er")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("kundenerfolgsworkshop", ("kunden", "erfolg", "workshop")),
        ("sicherheitsworkshop", ("sicherheit", "workshop")),
        ("workshopplan", ("workshop", "plan")),
        ("workshop", ()),
        ("workshopxyz", ()),
        ("planplan365", ()),
        ("", ()),
    ],
)
def test_a_compound_is_made_of_the_fewest_known_words(word: str, parts: tuple[str, ...]) -> None:
    assert pieces_of(word, JOINTS, KNOWN.__contains__) == parts


@given(
    st.lists(st.sampled_from(sorted(KNOWN)), min_size=2, max_size=4),
    st.lists(st.sampled_from(("", *JOINTS)), min_size=4, max_size=4),
)
def test_whatever_is_put_together_comes_apart(words: list[str], joints: list[str]) -> None:
    compound = "".join(word + joint for word, joint in zip(words, joints, strict=False))
    compound = compound.removesuffix(joints[len(words) - 1])
    parts = pieces_of(compound, JOINTS, KNOWN.__contains__)
    assert parts
    assert set(parts) <= KNOWN
    assert "".join(parts) == compound or len("".join(parts)) < len(compound)


def test_stems_of_unknown_words_are_learnt_from_known_ones() -> None:
    rules = stem_rules([("workshops", "workshop"), ("plans", "plan"), ("ran", "run"), ("a", "a")])
    assert rules == [("s", "")]


def test_the_longest_text_takes_no_longer_than_in_proportion() -> None:
    assert len(GERMAN.words("ä-" * 500_000)) <= 1
    assert GERMAN.tokens("a" * 1_000_000) == ["a" * 1_000_000]
    assert pieces_of("plan" * 250_000, JOINTS, KNOWN.__contains__) == ()
