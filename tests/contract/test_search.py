"""What a locale says about its language for the search."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator

from leitfaden.contract import Contract, contract_schema, parse_contract
from leitfaden.contract.settings import SearchLanguage

HEAD = "source: en\nlocales:\n  en:\n    name: English\n    dates: '%m/%d/%Y'\n"
GERMAN = """\
    search:
      stemmer: german
      letters: {ae: ä, ue: ü}
      joints: [s, es]
      synonyms:
        - [Kickoff, Auftakt, opening meeting]
        - [Workshop, Sitzung]
"""

Told = Callable[[str], list[str]]


def parsed(text: str) -> Contract:
    return parse_contract(text, "playbook.yml")


def test_without_it_words_are_left_whole() -> None:
    search = parsed(HEAD).locales["en"].search
    assert search == SearchLanguage()
    assert (search.stemmer, search.joints, search.synonyms) == (None, (), ())


def test_it_is_read_as_written() -> None:
    search = parsed(HEAD + GERMAN).locales["en"].search
    assert (search.stemmer, search.joints) == ("german", ("s", "es"))
    assert dict(search.letters) == {"ae": "ä", "ue": "ü"}
    assert search.synonyms == (("Kickoff", "Auftakt", "opening meeting"), ("Workshop", "Sitzung"))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "stemmer: german",
            "stemmer: germn",
            "7:16: LF905 `germn` is no stemmer of Snowball. Did you mean `german`?",
        ),
        (
            "[Workshop, Sitzung]",
            "[Workshop]",
            "12:11: LF905 `Workshop` stands alone in its group of synonyms. Write the words that "
            "mean the same beside it.",
        ),
        ("stemmer:", "stemer:", "7:7: LF901 Unknown key `stemer`. Did you mean `stemmer`?"),
    ],
)
def test_what_is_wrong_is_told(told: Told, old: str, new: str, line: str) -> None:
    assert line in told(HEAD + GERMAN.replace(old, new))


def test_who_knows_no_stemmer_gets_the_list(told: Told) -> None:
    (line,) = told(HEAD + GERMAN.replace("stemmer: german", "stemmer: qqqqqqq"))
    assert "There are: " in line
    assert "`english`" in line


@pytest.mark.parametrize(
    ("search", "fits"),
    [
        ({}, True),
        ({"stemmer": "german", "letters": {"ae": "\u00e4"}, "joints": ["s"]}, True),
        ({"synonyms": [["a word", "another"]]}, True),
        ({"stemmer": 7}, False),
        ({"synonyms": ["word"]}, False),
        ({"letters": ["ae"]}, False),
        ({"stem": "german"}, False),
    ],
)
def test_editors_know_it(search: dict[str, object], fits: bool) -> None:
    locale = {"name": "English", "dates": "%d.%m.%Y", "search": search}
    contract = {"source": "en", "locales": {"en": locale}}
    assert Draft202012Validator(contract_schema()).is_valid(contract) == fits
