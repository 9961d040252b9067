from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("more", "messages"),
    [
        (
            "roles: [a]",
            ["5:8: LF905 `roles` must be a mapping, not a list. Write it as `{key: value}`."],
        ),
        (
            "changes: {trivial: {en: [typo, '*']}}",
            [
                "5:32: LF905 `*` is no word: each change would be trivial. "
                "Write letters beside the `*`."
            ],
        ),
        (
            "changes: {trivial: {en: typo}}",
            [
                "5:25: LF905 `changes.trivial.en` must be a list, not the text `typo`. "
                "Put it in brackets: [typo]."
            ],
        ),
        (
            "roles: {a: Foo}",
            [
                "5:12: LF905 `roles.a` must be a mapping, not the text `Foo`. "
                "Write it as `{key: value}`."
            ],
        ),
        (
            "roles: {a: }",
            [
                "5:12: LF905 `roles.a` must be a mapping, but has no value. "
                "Write one, or remove the key."
            ],
        ),
        (
            "roles: {a: {en: 365, de: true}}",
            [
                '5:17: LF905 `roles.a.en` must be a text, not `365`. Put it in quotes: "365".',
                '5:26: LF905 `roles.a.de` must be a text, not `true`. Put it in quotes: "true".',
            ],
        ),
        (
            "roles: {a: {en: A, de: A, aliases: {en: FM}}}",
            [
                "5:41: LF905 `roles.a.aliases.en` must be a list, not the text `FM`. "
                "Put it in brackets: [FM]."
            ],
        ),
        (
            "roles: {a: {en: A, de: A, order: first}}",
            ["5:34: LF905 `roles.a.order` must be a whole number, not the text `first`."],
        ),
        (
            "sections: {a: {en: A, de: A, level: 9}, b: {en: B, de: B, level: true}}",
            [
                "5:37: LF905 `sections.a.level` must be a whole number from 1 to 6, not 9.",
                "5:66: LF905 `sections.b.level` must be a whole number, not `true`.",
            ],
        ),
        (
            "sections: {a: {en: A, de: A, leads-on: often}}",
            ["5:40: LF905 `sections.a.leads-on` is not allowed: Input should be a valid boolean."],
        ),
        (
            "labels: {a: {en: A, de: A, vocabulary: role}, b: {en: B, de: B}}",
            [
                "5:40: LF905 `labels.a.vocabulary` must be `phases`, `motions`, `roles` "
                "or `services`, "
                "not the text `role`. Did you mean `roles`?",
                "5:47: LF905 The key `labels.b.vocabulary` is missing. Add it.",
            ],
        ),
        (
            "glossary: {a: {en: A, de: A}}",
            ["5:12: LF905 The key `glossary.a.definition` is missing. Add it."],
        ),
        ("kinds: {}", ["5:8: LF905 `kinds` is empty. Add at least one entry."]),
        (
            "kinds: {a: {pages: []}}",
            ["5:20: LF905 `kinds.a.pages` is empty. Add at least one entry."],
        ),
        (
            "kinds: {a: {pages: [7]}}",
            [
                "5:21: LF905 An entry of `kinds.a.pages` must be a text, not `7`. "
                'Put it in quotes: "7".'
            ],
        ),
        *(
            (
                f'dates: ["{pattern}"]',
                [
                    f"5:9: LF905 An entry of `dates` is no date pattern: `{pattern}`. "
                    "Write one with day, month and year, such as `%d.%m.%Y`."
                ],
            )
            for pattern in (
                "%d.%m.",
                "dd.mm.yyyy",
                "%d.%m.%Y%",
                "%d.%d.%m.%Y",
                "%d.%m.%Y %q",
                "%-d.%m.%Y",
            )
        ),
        (
            "roles: {Team Lead: {en: A, de: A}, ../a: {en: B, de: B}}",
            [
                "5:9: LF905 `Team Lead` cannot be a key in `roles`. "
                "Use lower-case letters, digits and single hyphens, such as `next-steps`.",
                "5:36: LF905 `../a` cannot be a key in `roles`. "
                "Use lower-case letters, digits and single hyphens, such as `next-steps`.",
            ],
        ),
    ],
)
def test_a_value_of_the_wrong_kind(told_more: Told, more: str, messages: list[str]) -> None:
    assert told_more(more) == messages


@pytest.mark.parametrize(
    ("locale", "message"),
    [
        ("{}", "4:3: LF905 The key `locales.de.name` is missing. Add it."),
        ("{nmae: Deutsch}", "4:8: LF901 Unknown key `nmae`. Did you mean `name`?"),
        (
            "{name: Deutsch, direction: up}",
            "4:34: LF905 `locales.de.direction` must be `ltr` or `rtl`, not the text `up`.",
        ),
        (
            "{name: Deutsch, direction: RTL}",
            "4:34: LF905 `locales.de.direction` must be `ltr` or `rtl`, not the text `RTL`. "
            "Did you mean `rtl`?",
        ),
        (
            "{name: Deutsch, separators: ['']}",
            "4:36: LF905 An entry of `locales.de.separators` is blank. Write a text, or remove it.",
        ),
        (
            "{name: Deutsch, requirement: {mandatory: E}}",
            "4:23: LF905 The key `locales.de.requirement.optional` is missing. Add it.",
        ),
        (
            "{name: Deutsch, dates: d.m.y}",
            "4:30: LF905 `locales.de.dates` is no date pattern: `d.m.y`. "
            "Write one with day, month and year, such as `%d.%m.%Y`.",
        ),
        (
            "[Deutsch]",
            "4:7: LF905 `locales.de` must be a mapping, not a list. Write it as `{key: value}`.",
        ),
    ],
)
def test_a_locale_described_wrongly_is_told_once(told: Told, locale: str, message: str) -> None:
    text = "source: de\nlocales:\n  en: {name: English}\n"
    assert told(f"{text}  de: {locale}\nroles: {{a: {{en: A, de: A}}}}\n") == [message]


@pytest.mark.parametrize("key", ["deu", "german", "de_at", "DE", "de-"])
def test_a_locale_that_mkdocs_would_not_take(told: Told, key: str) -> None:
    text = f"source: en\nlocales: {{en: {{name: English}}, {key}: {{name: Deutsch}}}}\n"
    assert told(f"{text}roles: {{a: {{en: A, de: A}}}}\n") == [
        f"2:32: LF905 `{key}` is no key of a locale. "
        "MkDocs takes `de`, `de-AT`, `de_AT` and `zh-Hant`."
    ]


@pytest.mark.parametrize("key", ["de", "de-AT", "de_AT", "zh-Hant", "zh-Hant-TW", "no"])
def test_a_locale_that_mkdocs_takes(told: Told, key: str) -> None:
    text = f"source: en\nlocales: {{en: {{name: English}}, {key}: {{name: X}}}}\n"
    assert told(f"{text}roles: {{a: {{en: A, {key}: No}}}}\n") == []


def test_a_locale_without_letters_where_another_has_some(told: Told) -> None:
    text = "source: en\nlocales:\n  en: {name: E, requirement: {mandatory: M, optional: O}}\n"
    assert told(f"{text}  fr: {{name: F}}\n") == [
        "4:3: LF905 `locales.fr` does not say how tasks are marked, as other locales do. "
        "Add `requirement: {mandatory: …, optional: …}` with its letters."
    ]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "",
            [
                "1:1: LF905 The key `locales` is missing. Add it.",
                "1:1: LF905 The key `source` is missing. Add it.",
            ],
        ),
        ("source: en", ["1:1: LF905 The key `locales` is missing. Add it."]),
        (
            "source: en\nlocales: {}",
            ["2:10: LF905 `locales` is empty. Add at least one entry."],
        ),
        (
            "source: fr\nlocales: {en: {name: E}}",
            ["1:9: LF905 `fr` is not in `locales`. Known there: `en`."],
        ),
        (
            "source: en-UK\nlocales: {en-GB: {name: E}, en-US: {name: E}, de: {name: D}}",
            ["1:9: LF905 `en-UK` is not in `locales`. Did you mean `en-US`?"],
        ),
        (
            "- en",
            [
                "1:1: LF905 The contract must be a mapping with `source` and `locales`. "
                "Write `source: en` first."
            ],
        ),
    ],
)
def test_a_contract_without_its_beginning(told: Told, text: str, messages: list[str]) -> None:
    assert told(text) == messages


def test_a_list_that_is_commented_out_counts_as_not_given(told_more: Told) -> None:
    assert told_more("roles:\n#  a: {en: A, de: A}\nnavigation:\n") == []
