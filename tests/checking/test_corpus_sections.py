"""What the rules about sections find in the real pages, against what is known of these."""

from __future__ import annotations

import pytest

from tests.checking.corpus import CORPUS, counts
from tests.checking.splices import fixes_settle

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real pages are not here")


@pytest.mark.parametrize(
    ("code", "en", "de"),
    [
        # Update summaries as H3: most process pages have them as H2, nearly all others as H3,
        # below whatever section comes last. They are 50 and 71, of which ten in each language
        # stand right below the title and are told as skipped levels. And one in each as H1.
        ("LF206", 41, 62),
        # The page on enabling services has Key Inputs and Key Outputs twice, in German also Next
        # Steps; an approach page has two headings Approach, one right after the other.
        ("LF207", 3, 4),
        # The update summary behind a list on the page about change management.
        ("LF208", 1, 1),
        # Another name that the contract knows, no misspelled one: Ansatz for Methode 8 times,
        # Zielsetzungen for Ziele 4 times, and other names of the update summary 4 times.
        ("LF213", 0, 16),
        # Two items of a list that an export made headings, in German only.
        ("LF223", 0, 2),
    ],
)
def test_rules_find_what_is_there(code: str, en: int, de: int) -> None:
    found = counts()[code]
    assert (found["en"], found["de"]) == (en, de)


def test_all_process_pages_have_their_sections_in_order_and_in_their_language() -> None:
    # Names in another language stand on pages only that LF507 tells as a whole.
    assert not {"LF204", "LF205", "LF212"} & counts().keys()


@pytest.mark.parametrize("code", ["LF206", "LF208", "LF213"])
def test_fixes_leave_nothing_and_make_nothing(code: str) -> None:
    assert fixes_settle(code, "LF2") == []
