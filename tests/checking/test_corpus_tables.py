"""What the rules about tables find in the real pages, against what is known of these."""

from __future__ import annotations

import pytest

from leitfaden.model import DefectKind
from tests.checking.corpus import CORPUS, counts
from tests.checking.splices import corpus_pages, fixes_settle, found_by, read, spliced

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real pages are not here")


@pytest.mark.parametrize(
    ("code", "en", "de"),
    [
        # "Table shape" is 4 and 14 there. These rules find 3 and 9 of them:
        # - task 1328 stands in the line of task 3143, in both languages;
        ("LF309", 1, 1),
        # - task 3184 lacks a pipe in both, and the row of 3999 begins with two in German;
        ("LF310", 1, 2),
        # - two tables on each of the two superseded German pages have a short separator row;
        ("LF311", 0, 4),
        # - a row of the list of blocked status codes has an empty cell too many, so that its last
        #   one is not shown; the German folder has it twice, the English copy included.
        ("LF314", 1, 2),
        # The other 1 and 5 are rows of update summaries, which have a rule of their own.
    ],
)
def test_rules_find_what_is_there(code: str, en: int, de: int) -> None:
    found = counts()[code]
    assert (found["en"], found["de"]) == (en, de)


# The 22 tables with an English header in the German folder are update summaries of pages that are
# English as a whole, and the three with English columns of tasks stand on such a page, too.
@pytest.mark.parametrize("code", ["LF312", "LF313", "LF315", "LF317"])
def test_some_mistakes_are_made_nowhere(code: str) -> None:
    assert code not in counts()


def test_what_is_left_of_the_shapes_are_rows_of_update_summaries() -> None:
    shapes = (DefectKind.ROW_TOO_FEW_CELLS, DefectKind.ROW_TOO_MANY_CELLS)
    rows = {"en": 0, "de": 0}
    for page in corpus_pages():
        changes = page.update_summary.changes if page.update_summary else ()
        rows[page.locale] += sum(d.kind in shapes for c in changes for d in c.defects)
    assert rows == {"en": 1, "de": 5}


@pytest.mark.parametrize("code", ["LF309", "LF311"])
def test_fixes_leave_nothing_and_make_nothing(code: str) -> None:
    assert fixes_settle(code, "LF3") == []


def test_pipes_are_repaired() -> None:
    repaired = []
    for page in corpus_pages():
        for finding in found_by("LF310", page):
            assert finding.fix
            text = spliced(page.text, list(finding.fix.edits))
            after = read(text, locale=page.locale, page_id=page.id)
            task = next(task for task in after.tasks if task.id == finding.values["id"])
            assert not task.defects
            assert not found_by("LF310", after)
            repaired.append((page.locale, task.id, finding.fix.safe))
    assert sorted(repaired) == [("de", "3184", False), ("de", "3999", True), ("en", "3184", False)]
