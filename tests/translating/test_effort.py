"""What there is to do for the next translator, in words and minutes."""

from __future__ import annotations

import pytest

from leitfaden.translating.effort import Effort, effort_for, effort_for_page, total, words_in
from leitfaden.translating.standing import UnitStanding
from leitfaden.translating.units import units_of
from tests.reading.pages import read
from tests.translating.support import CONTRACT, DE, after, locked, standing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Two well-known words don't lie.", 5),
        ("\u4f1a\u8b70\u5ba4\u306e\u4e88\u7d04", 3),
        ("Teams \u4f1a\u8b70", 2),
    ],
)
def test_words_are_counted_as_one_reads_them(text: str, words: int) -> None:
    assert words_in(text) == words


def changed(old: str, new: str) -> list[UnitStanding]:
    """Return how the units stand whose source was changed."""
    return [unit for unit in standing(after(old, new), DE, locked()).units if unit.record]


def test_of_what_is_behind_only_the_new_sentence_is_to_be_translated() -> None:
    units = changed("Do not start before all of them are there.", "Start at once.")
    assert effort_for(units) == Effort(words=3, minutes=1)


def test_where_a_link_leads_is_no_word_to_translate() -> None:
    source = after(
        "Read [the guide](resources-guide.md).", "Go. Read [it](resources-guide.md) (now)."
    )
    target = after("Lesen Sie [", "Los. Lesen Sie [", DE)
    lock = locked(source, target)
    new = after("(resources-guide.md)", "(https://learn.microsoft.com/a/long/way)", source)
    units = [unit for unit in standing(new, target, lock).units if unit.record]
    assert effort_for(units) == Effort(words=3, minutes=1)


def test_of_a_new_page_neither_names_of_sections_nor_code_are_a_translators() -> None:
    page = read("# Two words\n\n## Overview\n\nThree more words.\n\n```\nfour words of code\n```\n")
    assert effort_for_page(units_of(page, CONTRACT).units) == Effort(words=5, minutes=1)


def test_nothing_takes_no_time() -> None:
    assert total(()) == effort_for(()) == Effort()
    assert total((Effort(3, 1), Effort(7, 2))) == Effort(10, 3)
