"""What the rules about label lines find in the real pages, against what is known of these."""

from __future__ import annotations

import pytest

from tests.checking.corpus import CORPUS, counts
from tests.checking.splices import corpus_pages, fixes_settle

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real pages are not here")


@pytest.mark.parametrize(
    ("code", "en", "de"),
    [
        # Feature decks among the steps of the security workshop: a heading without any label.
        ("LF214", 1, 1),
        # The page on supporting adoption, in German as a translation and as an English copy.
        ("LF215", 1, 2),
        # Specialists such as `EMS SME`, and services with a condition in brackets. What stands
        # behind a bracket that is never closed, once in English and twice in German, is LF220's,
        # and so is a value that a second label's rest runs into. Another one shares its bold marks
        # with a second label, which LF218 tells.
        ("LF216", 3, 6),
        # As counted there.
        ("LF218", 5, 6),
        # "Label value defects" are 9 and 26. In English: one value wraps, seven are a dash, one
        # has an open bracket. In German: one wraps (LF219); seven are a dash, two have an open
        # bracket, one has the label in its bold marks (LF220); two labels share one pair of bold
        # marks, told by LF218 since they run together, too; and 13 values are English, all on
        # the English copy that LF507 tells as a whole.
        ("LF219", 1, 1),
        ("LF220", 8, 10),
        # Long and short names of one role; in German seven times a service's retired name.
        ("LF221", 3, 12),
        # A manager's name in the form of a label.
        ("LF222", 0, 1),
    ],
)
def test_rules_find_what_is_there(code: str, en: int, de: int) -> None:
    found = counts()[code]
    assert (found["en"], found["de"]) == (en, de)


def test_labels_in_another_language_stand_on_a_page_in_another_language() -> None:
    assert "LF217" not in counts()
    foreign = [
        page.path
        for page in corpus_pages()
        for block in page.label_blocks
        for label in block.labels
        for use in label.values
        if use.key and use.locale != page.locale
    ]
    assert len(foreign) == 13
    assert len(set(foreign)) == 1


@pytest.mark.parametrize("code", ["LF216", "LF219", "LF220", "LF221"])
def test_fixes_leave_nothing_and_make_nothing(code: str) -> None:
    assert fixes_settle(code, "LF2") == []


def test_an_unknown_value_shows_when_two_labels_are_parted() -> None:
    assert fixes_settle("LF218", "LF2") == ["docs/de/opp365-standalone-engagement.md"]
