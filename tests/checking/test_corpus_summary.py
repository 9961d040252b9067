"""What the rules about update summaries find in the real pages, against what is known of them."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.checking.corpus import CORPUS, corpus_tree, counts

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real pages are not here")


@pytest.mark.parametrize(
    ("code", "en", "de"),
    [
        # "Update summary: order, format, impossible or future date, extra column" are 11 and 35,
        # one for each page and thing: in English 4 + 0 + 1 + 1 + 5. In German 3 + 4 + 1 + 2 + 25,
        # where the format is a day before the month, on four pages (five rows, one each in LF702),
        # and the columns include one page whose only row has an empty fourth cell below three
        # headings.
        ("LF701", 4, 3),
        ("LF703", 1, 1),
        ("LF704", 1, 2),
        ("LF705", 5, 25),
        # "`ms.date` differs from the newest summary row", days in the future left aside: on one
        # page in each language the date is that of the newest row that is not in the future.
        ("LF706", 64, 69),
    ],
)
def test_rules_find_what_is_there(code: str, en: int, de: int) -> None:
    assert counts()[code] == {"en": en, "de": de}


def test_dates_in_another_form_stand_on_german_pages_only() -> None:
    forms = Counter(
        (facts.locale, finding.variant)
        for facts, found in corpus_tree()[1].values()
        for code, finding in found
        if code == "LF702"
    )
    # Months and days of one digit were not counted before.
    assert forms == {("en", ""): 64, ("de", ""): 82, ("de", "other"): 5}


def test_sound_summaries_are_not_told() -> None:
    assert counts().keys().isdisjoint(("LF707", "LF709"))
