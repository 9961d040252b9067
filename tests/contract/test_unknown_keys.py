from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("lables: {}", "5:1: LF901 Unknown key `lables`. Did you mean `labels`?"),
        ("Roles: {}", "5:1: LF901 Unknown key `Roles`. Did you mean `roles`?"),
        (
            "hosts: {colour: [x]}",
            "5:9: LF901 Unknown key `colour`. Known here: `own`, `internal`, `players`.",
        ),
        (
            "metadata: {requird: [a], values: {a: [x]}}",
            "5:12: LF901 Unknown key `requird`. Did you mean `required`?",
        ),
        (
            "kinds: {home: {page: [index]}}",
            "5:16: LF901 Unknown key `page`. Did you mean `pages`?",
        ),
        (
            "sections: {a: {en: A, de: A, required_in: [guidance]}}",
            "5:30: LF901 Unknown key `required_in`. Did you mean `required-in`?",
        ),
        (
            "roles: {a: {en: A, de: A, vocabulary: roles}}",
            "5:27: LF901 Unknown key `vocabulary`. "
            "Known here: `en`, `de`, `aliases`, `deprecated`, `order`, `covers-all`.",
        ),
        (
            "roles: {a: {en: A, de: A, key: a}}",
            "5:27: LF901 Unknown key `key`. "
            "Known here: `en`, `de`, `aliases`, `deprecated`, `order`, `covers-all`.",
        ),
        (
            "navigation: [{page: a, pages: [b]}]",
            "5:24: LF901 Unknown key `pages` in an entry with `page`. Known here: `page`, `title`.",
        ),
        (
            "citations: {tsk: {en: [task]}}",
            "5:13: LF901 Unknown key `tsk`. Did you mean `task`?",
        ),
        (
            "links: {equivalent: [{en: a, de: b}]}",
            "5:9: LF901 Unknown key `equivalent`. Did you mean `equivalents`?",
        ),
        ("navigation: [{pge: a}]", "5:15: LF901 Unknown key `pge`. Did you mean `page`?"),
    ],
)
def test_an_unknown_key_is_told_once_with_the_nearest(
    told_more: Told, more: str, message: str
) -> None:
    assert told_more(more) == [message]


@pytest.mark.parametrize("wrong", ["ed", "DE", "dee"])
def test_a_misspelled_locale_is_not_also_a_missing_name(told_more: Told, wrong: str) -> None:
    assert told_more(f"roles: {{a: {{en: A, {wrong}: B}}}}") == [
        f"5:20: LF901 Unknown key `{wrong}`. Did you mean `de`?"
    ]


def test_what_stands_below_a_misspelled_key_is_read_as_meant(told_more: Told) -> None:
    more = "phasse: {a: {en: A, de: A}, b: {en: B}}\nnavigation: [{phase: a, pages: [x]}]\n"
    assert told_more(more) == [
        "5:1: LF901 Unknown key `phasse`. Did you mean `phases`?",
        "5:29: LF902 `phases.b` has no name in the locale `de`. Add `de: …`.",
    ]


def test_a_misspelled_key_with_a_value_of_another_form_is_told_once(told_more: Told) -> None:
    assert told_more("host: example.com") == [
        "5:1: LF901 Unknown key `host`. Did you mean `hosts`?"
    ]


def test_a_misspelled_locales_is_told_once(told: Told) -> None:
    text = "source: en\nlocals: {en: {name: English}}\nroles: {a: {en: A}}\n"
    assert told(text) == ["2:1: LF901 Unknown key `locals`. Did you mean `locales`?"]


def test_a_locale_that_nobody_declared_is_told_once_for_all_terms(told_more: Told) -> None:
    more = """\
roles:
  a: {en: A, de: A, fr: A}
  b: {en: B, de: B, fr: B, aliases: {fr: [C]}}
motions:
  c: {en: A, de: A, nl: A}
"""
    assert told_more(more) == [
        "6:21: LF901 The locale `fr` is not declared in `locales` (`en`, `de`). "
        "Declare it there, or remove it here and in 2 more places.",
        "9:21: LF901 The locale `nl` is not declared in `locales` (`en`, `de`). "
        "Declare it there, or remove it here.",
    ]


def test_a_diagnostic_knows_where_the_key_ends(told_more: Told) -> None:
    from leitfaden.contract import ContractError, parse_contract
    from leitfaden.model.span import Place, Position

    with pytest.raises(ContractError) as raised:
        parse_contract("source: en\nlocales: {en: {name: E}}\nlables: {}\n", "a/playbook.yml")
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.place == Place("a/playbook.yml", Position(3, 1), Position(3, 7))
    assert diagnostic.severity == "error"
