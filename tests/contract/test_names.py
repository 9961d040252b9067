from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]


@pytest.mark.parametrize("term", ["{en: A}", "{en: A, de: }", "{en: A, de: null}"])
def test_a_term_without_a_name_in_a_locale(told_more: Told, term: str) -> None:
    assert told_more(f"roles:\n  sme: {term}\n") == [
        "6:3: LF902 `roles.sme` has no name in the locale `de`. Add `de: …`."
    ]


def test_a_new_locale_gets_the_list_of_what_is_to_be_named(told: Told) -> None:
    text = """\
source: en
locales: {en: {name: English}, fr: {name: Français}}
roles: {a: {en: A}, b: {en: B, fr: B}}
glossary: {c: {en: C, fr: C, definition: {en: Long}}}
navigation: [{title: {en: Help}, pages: [x]}]
"""
    assert told(text) == [
        "3:9: LF902 `roles.a` has no name in the locale `fr`. Add `fr: …`.",
        "4:30: LF902 `glossary.c.definition` has no text in the locale `fr`. Add `fr: …`.",
        "5:15: LF902 `navigation.title` has no text in the locale `fr`. Add `fr: …`.",
    ]


def test_a_name_that_is_wrong_is_not_also_missing(told_more: Told) -> None:
    assert told_more("roles: {a: {en: A, de: [B]}, b: {en: B, de: ' '}}") == [
        "5:24: LF905 `roles.a.de` must be a text, not a list.",
        "5:45: LF905 `roles.b.de` is blank. Write a text, or remove it.",
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            "roles: {a: {en: Foo, de: X}, b: {en: 'foo:', de: Y}}",
            "5:38: LF903 `foo:` already stands for `roles.a`, "
            "so it cannot stand for `roles.b` (locale `en`). Remove it here or in line 5.",
        ),
        (
            "roles: {a: {en: A, de: X}, b: {en: B, de: Y, aliases: {de: [Z, x]}}}",
            "5:64: LF903 `x` already stands for `roles.a`, "
            "so it cannot stand for `roles.b` (locale `de`). Remove it here or in line 5.",
        ),
        (
            "roles:\n  a: {en: A, de: X, deprecated: {de: [Old]}}\n  b: {en: B, de: Old}",
            "7:18: LF903 `Old` already stands for `roles.a`, "
            "so it cannot stand for `roles.b` (locale `de`). Remove it here or in line 6.",
        ),
        (
            "roles: {a: {en: A, de: X, aliases: {en: [B, C, B]}}}",
            "5:48: LF903 `B` stands twice in `roles.a.aliases.en`. Remove one of them.",
        ),
        (
            "requirements: {mandatory: {en: Mandatory, de: O}}",
            "5:47: LF903 `O` already stands for `locales.de.requirement.optional`, "
            "so it cannot stand for `requirements.mandatory` (locale `de`). "
            "Remove it here or in line 4.",
        ),
    ],
)
def test_a_spelling_that_two_terms_claim(told_more: Told, more: str, message: str) -> None:
    assert told_more(more) == [message]


@pytest.mark.parametrize(
    "more",
    [
        "roles: {a: {en: A, de: B}, b: {en: B, de: A}}",  # each locale by itself
        "roles: {a: {en: A, de: A}}\nservices: {a: {en: A, de: A}}",  # each vocabulary by itself
        "roles: {a: {en: A, de: A, aliases: {en: [a, 'A:']}, deprecated: {en: [A]}}}",
    ],
)
def test_the_same_spelling_where_it_does_no_harm(told_more: Told, more: str) -> None:
    assert told_more(more) == []
