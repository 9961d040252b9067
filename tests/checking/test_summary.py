"""Update summaries: what the fixes make of them."""

from __future__ import annotations

import pytest

from leitfaden.checking.days import likely_day, written_day
from leitfaden.model import Edit
from leitfaden.reading.dates import read_date
from tests.checking.fixtures import Case, build_tree, cases
from tests.checking.splices import contract, found_by, read, spliced


def fixed(code: str, text: str) -> str:
    fixes = [finding.fix for finding in found_by(code, read(text)) if finding.fix]
    assert fixes
    edits: list[Edit] = [edit for fix in fixes for edit in fix.edits]
    return spliced(text, sorted(edits, key=lambda edit: edit.span))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "|Date|Who Changed|What Changed|Notes|\n|-|-|-|-|\n|09/05/2026|A|B||\n",
            "|Date|Who Changed|What Changed|\n|-|-|-|\n|09/05/2026|A|B|\n",
        ),
        (
            "| Date | Who Changed | What Changed | Notes |\n| :- | - | - | -: |\n"
            "| 09/05/2026 | A | B \\| C |   |\n| 09/04/2026 | A | B |\n",
            "| Date | Who Changed | What Changed |\n| :- | - | - |\n"
            "| 09/05/2026 | A | B \\| C |\n| 09/04/2026 | A | B |\n",
        ),
        (
            "Date|Who Changed|What Changed|Notes\r\n-|-|-|-\r\n09/05/2026|A|B|\r\n",
            "Date|Who Changed|What Changed\r\n-|-|-\r\n09/05/2026|A|B|\r\n",
        ),
        (
            "|Date|Who Changed|What Changed|\n|-|-|-|\n|09/05/2026|A|B||\n",
            "|Date|Who Changed|What Changed|\n|-|-|-|\n|09/05/2026|A|B|\n",
        ),
        (
            "> |Date|Who Changed|What Changed|Notes|\n> |-|-|-|-|\n> |09/05/2026|A|B| |\n",
            "> |Date|Who Changed|What Changed|\n> |-|-|-|\n> |09/05/2026|A|B|\n",
        ),
    ],
)
def test_an_empty_column_goes_with_its_heading(before: str, after: str) -> None:
    told = fixed("LF705", before)
    assert told == after
    assert found_by("LF705", read(told)) == []
    page = read(told)
    assert page.update_summary is not None
    assert [len(row.cells) for row in page.update_summary.table.rows] == [3] * after.count("09/0")


@pytest.mark.parametrize(
    "text",
    [
        # A filled column behind it; a row of hyphens that is too short, which has a fix of its own.
        "|Date|Who Changed|What Changed|Notes|More|\n|-|-|-|-|-|\n|09/05/2026|A|B||C|\n",
        "|Date|Who Changed|What Changed|Notes|\n|-|-|-|\n|09/05/2026|A|B|\n",
    ],
)
def test_an_empty_column_is_not_removed_where_something_else_has_to_be_done(text: str) -> None:
    assert [finding.fix for finding in found_by("LF705", read(text))] == [None]


def test_a_date_with_markup_is_left_to_the_writer() -> None:
    text = "|Date|Who Changed|What Changed|\n|-|-|-|\n|**9/5/2026**|A|B|\n"
    assert [finding.fix for finding in found_by("LF702", read(text))] == [None]


@pytest.mark.parametrize("case", [case for case in cases() if case.code.startswith("LF7")], ids=str)
def test_no_fix_leaves_what_it_was_for(case: Case) -> None:
    for path, (_, found) in build_tree(case.files, contract())[1].items():
        fixes = [finding.fix for code, finding in found if code == case.code and finding.fix]
        edits: list[Edit] = [edit for fix in fixes for edit in fix.edits]
        text = spliced(case.files[path].decode(), sorted(edits, key=lambda edit: edit.span))
        [(_, after)] = build_tree({path: text.encode()}, contract())[1].values()
        assert not any(code == case.code and finding.fix for code, finding in after)


@pytest.mark.parametrize(
    ("text", "pattern", "wanted"),
    [
        ("10/018/2019", "%m/%d/%Y", "10/18/2019"),
        ("25/09/2019", "%m/%d/%Y", "09/25/2019"),
        ("31.09.2019", "%d.%m.%Y", None),
        ("09.25.2019", "%d.%m.%Y", "25.09.2019"),
        ("2019-25-09", "%Y-%m-%d", "2019-09-25"),
        ("25/09/2019", "%d.%m.%Y", None),
        ("00/00/0000", "%m/%d/%Y", None),
        ("soon", "%m/%d/%Y", None),
        ("", "%m/%d/%Y", None),
    ],
)
def test_the_day_that_was_probably_meant(text: str, pattern: str, wanted: str | None) -> None:
    assert likely_day(text, pattern) == wanted


@pytest.mark.parametrize("text", ["01/31/0026", "12/01/2026"])
def test_a_day_is_written_as_it_is_read(text: str) -> None:
    day = read_date(text, ("%m/%d/%Y",))
    assert day is not None
    assert written_day(day, "%m/%d/%Y") == text
