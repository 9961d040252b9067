"""What contradicts the source without any lock, and what a translator may write otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitfaden.contract.settings import Links
from leitfaden.translating.evidence import Topic
from leitfaden.translating.standing import UnitState
from tests.translating.support import CONTRACT, DE, EN, after, one, standing, told


def topics(source: str, target: str) -> list[Topic]:
    found = standing(f"# A\n\n{source}\n", f"# B\n\n{target}\n")
    return [c.topic for unit in found.units for c in unit.contradictions]


FINE = {
    "a thousand": ("1,000 seats", "1.000 Plätze"),
    "a thousand with a blank": ("10,000 seats", "10\u202f000 Plätze"),
    "a million": ("1,234,567 mails", "1.234.567 Mails"),
    "a fraction": ("2.5 hours", "2,5 Stunden"),
    "a thousand with a fraction": ("1,234.50 dollars", "1.234,50 Dollar"),
    "thousands as a letter": ("above 10k seats", "mehr als 10.000 Plätze"),
    "a year in short": ("in FY20", "im GJ 2020"),
    "a day": ("by 12/31/2019", "bis 31.12.2019"),
    "a day with a word": ("by 12/31/2019", "bis 31. Dezember 2019"),
    "a day of any year": ("on 12/31", "am 31.12."),
    "a small number as a word": ("for 3 days", "drei Tage lang"),
    "a number as a word": ("three days", "3 Tage"),
    "a share": ("10 percent", "10 %"),
    "digits in a name": ("Windows 10", "Windows-10-Geräte"),
    "a renamed product": ("Microsoft 365 Apps", "Office ProPlus 365"),
    "a local address": (
        "[a](https://docs.example/en-us/a)",
        "[b](https://docs.example/de-de/a)",
    ),
    "a local address with a slash": (
        "[a](https://docs.example/a)",
        "[b](https://docs.example/de-de/a/)",
    ),
    "a page's file with a suffix": ("[a](b.md)", "[a](b-de.md)"),
    "an anchor in words": ("[a](https://a.example/b#over)", "[a](https://a.example/b#ueber)"),
    "an image of the locale": ("![a](media/b.png)", "![c](media/b-de.png)"),
    "a placeholder in words": ("{Wizard} Set up", "{Assistent} Einrichten"),
    "what is to be put in": ("run `x-y <name>`", "`x-y <Name>` ausführen"),
    "a pronoun": ("Ask Exchange. Exchange knows.", "Fragen Sie dort nach, es weiß Bescheid."),
    "an address as text": (
        "see https://a.example/b",
        "siehe [https://a.example/b/](https://a.example/b)",
    ),
    "sentences that are one": ("Do it. Then stop.", "Tun Sie es, dann hören Sie auf."),
}


@pytest.mark.parametrize("texts", FINE.values(), ids=FINE)
def test_a_translator_may_write_it_in_the_readers_way(texts: tuple[str, str]) -> None:
    assert topics(*texts) == []


JAPANESE = {
    "a number": ("for 30 days", "30\u65e5\u9593", []),
    "another number": ("for 30 days", "40\u65e5\u9593", [Topic.NUMBER]),
    "wide digits": ("for 30 days", "\uff13\uff10\u65e5\u9593", []),
    "a day": ("by 12/31/2019", "2019\u5e7412\u670831\u65e5\u307e\u3067", []),
    "another day": (
        "by 12/31/2019",
        "2019\u5e7412\u670830\u65e5\u307e\u3067",
        [Topic.DATE],
    ),
    "a name": ("Ask Exchange", "Exchange\u306b\u805e\u304f", []),
    "another name": ("Ask Exchange", "SharePoint\u306b\u805e\u304f", [Topic.TERM]),
}


@pytest.mark.parametrize(("source", "target", "expected"), JAPANESE.values(), ids=JAPANESE)
def test_what_needs_no_translator_is_found_between_signs_without_blanks(
    source: str, target: str, expected: list[Topic]
) -> None:
    found = standing(f"# A\n\n{source}\n", f"# B\n\n{target}\n", locale="ja")
    assert [c.topic for unit in found.units for c in unit.contradictions] == expected


WRONG = {
    "a number": ("for 30 days", "40 Tage lang", Topic.NUMBER),
    "a number left out": ("for 30 days", "einige Tage lang", Topic.NUMBER),
    "another small number": ("for 3 days", "4 Tage lang", Topic.NUMBER),
    "a thousand": ("1,000 seats", "10.000 Plätze", Topic.NUMBER),
    "a day": ("by 12/31/2019", "bis 30.12.2019", Topic.DATE),
    "an address": ("[a](https://a.example/b)", "[a](https://a.example/c)", Topic.LINK),
    "a page": ("[a](b.md)", "[a](c.md)", Topic.LINK),
    "another task": ("[a](b.md#task-4047)", "[a](b.md#task-4048)", Topic.LINK),
    "a link left out": ("read [a](b.md)", "lesen Sie a", Topic.LINK),
    "a link too many": ("read a", "lesen Sie [a](b.md)", Topic.LINK),
    "an image": ("![a](b.png)", "![a](c.png)", Topic.IMAGE),
    "a mail address": ("ask a@b.example", "fragen Sie c@b.example", Topic.MAIL),
    "an option": ("run `x --all`", "`x --none` ausführen", Topic.CODE),
    "a placeholder": ("say {user_name}", "sagen Sie {user_id}", Topic.PLACEHOLDER),
    "a placeholder left out": ("say <name>", "sagen Sie es", Topic.PLACEHOLDER),
    "a name": ("Exchange: move mail", "SharePoint: Mails umziehen", Topic.TERM),
}


@pytest.mark.parametrize(("source", "target", "topic"), WRONG.values(), ids=WRONG)
def test_what_needs_no_translator_must_be_the_same(source: str, target: str, topic: Topic) -> None:
    assert topics(source, target) == [topic]


FACTS = {
    "requirement": ("the workshop | M |", "the workshop | O |", "task:4047:name"),
    "roles": ("| M | FastTrack Manager |", "| M | FastTrack Engineer |", "task:4047:name"),
    "services": ("| Teams / Exchange |", "| Teams |", "task:4047:name"),
    "label": (
        "Applies To: **Teams**",
        "Applies To: **Exchange / Teams**",
        "step:plan-the-workshop",
    ),
}


@pytest.mark.parametrize("topic", FACTS)
def test_a_fact_that_differs_is_told_at_its_task_or_section(topic: str) -> None:
    old, new, key = FACTS[topic]
    found = standing(after(old, new), DE)
    assert told(found) == {key: UnitState.CONTRADICTING}
    (contradiction,) = one(found, key).contradictions
    assert contradiction.topic == topic


def test_a_contradiction_says_what_and_where_on_both_sides() -> None:
    source = after("the workshop | M |", "the workshop | O |")
    (found,) = one(standing(source, DE), "task:4047:name").contradictions
    assert (found.source, found.target) == (("optional",), ("mandatory",))
    assert found.source_span.of(source) == "O"
    assert found.target_span.of(DE) == "E"


def test_a_label_that_is_left_out_is_told() -> None:
    found = standing(EN, after("Primäre Rolle: **FastTrack Engineer**\\\n", "", DE))
    (contradiction,) = one(found, "step:hold-the-workshop").contradictions
    assert (contradiction.topic, contradiction.name) == (Topic.LABEL, "primary-role")


def test_a_name_that_nobody_knows_is_compared_with_nothing() -> None:
    assert told(standing(EN, after("| FastTrack-Entwickler |", "| Ingenieur |", DE))) == {}


def test_a_table_with_another_number_of_columns_is_told() -> None:
    table = "| a | b |\n|-|-|\n| 1 | 2 |\n"
    wider = "| a | b | c |\n|-|-|-|\n| 1 | 2 | 3 |\n"
    assert Topic.COLUMNS in topics(table, wider)


def test_a_table_with_rows_in_another_order_is_the_same() -> None:
    german = DE.replace("| Ziehen E-Mails um? | Ja | Ja |\n", "").replace(
        "| Ziehen Chats um? | Nein | Nein |\n",
        "| Ziehen Chats um? | Nein | Nein |\n| Ziehen E-Mails um? | Ja | Ja |\n",
    )
    assert told(standing(EN, german)) == {}


def test_the_contract_says_which_addresses_stand_for_each_other() -> None:
    source, target = "# A\n\n[a](https://a.example/x/1)\n", "# B\n\n[a](https://b.example/1)\n"
    assert told(standing(source, target))
    pairs = ({"en": "a.example/x/*", "de": "b.example/*"},)
    contract = replace(CONTRACT, links=Links(pairs))
    assert told(standing(source, target, contract=contract)) == {}
    assert told(standing(source, target.replace("/1", "/2"), contract=contract))
