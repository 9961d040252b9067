"""The update summary: what changed, when, and who did it."""

from __future__ import annotations

import datetime as dt

import pytest

from leitfaden.model import DefectKind
from leitfaden.reading.dates import read_date
from tests.reading.pages import CONTRACT, kinds, read

ENGLISH = "|Date|Who Changed|What Changed|\n|---|---|---|\n"
GERMAN = "|Datum|Geändert durch|Änderung an|\n|---|---|---|\n"


def changes(*dates: str, header: str = ENGLISH, locale: str = "en") -> list[dt.date | None]:
    rows = "".join(f"|{date}|Ada|Everything|\n" for date in dates)
    summary = read(header + rows, locale).update_summary
    assert summary
    return [change.date for change in summary.changes]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("04/30/2020", dt.date(2020, 4, 30)),
        ("4/3/2020", dt.date(2020, 4, 3)),
        ("4/3/20", dt.date(2020, 4, 3)),
        ("04/03/2020", dt.date(2020, 4, 3)),
        ("30.04.2020", dt.date(2020, 4, 30)),
        ("3.4.2020", dt.date(2020, 4, 3)),
        ("3.4.20", dt.date(2020, 4, 3)),
        ("2020-04-30", dt.date(2020, 4, 30)),
        (" 04/30/2020 \u200b", dt.date(2020, 4, 30)),
        ("04/30/ 2020", dt.date(2020, 4, 30)),
        ("30. 4. 2020", dt.date(2020, 4, 30)),
        ("**04/30/2020**", dt.date(2020, 4, 30)),
        ("02/29/2020", dt.date(2020, 2, 29)),
    ],
)
@pytest.mark.parametrize(("header", "locale"), [(ENGLISH, "en"), (GERMAN, "de")])
def test_the_separator_decides_and_never_the_language(
    written: str, date: dt.date, header: str, locale: str
) -> None:
    assert changes(written, header=header, locale=locale) == [date]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("10/018/2019", DefectKind.DATE_IMPOSSIBLE),
        ("30/04/2020", DefectKind.DATE_IMPOSSIBLE),
        ("02/30/2020", DefectKind.DATE_IMPOSSIBLE),
        ("31.04.2020", DefectKind.DATE_IMPOSSIBLE),
        ("2020-13-45", DefectKind.DATE_IMPOSSIBLE),
        ("0/0/0", DefectKind.DATE_IMPOSSIBLE),
        ("1" * 100 + "/1/2020", DefectKind.DATE_IMPOSSIBLE),
        ("April 2020", DefectKind.DATE_UNREADABLE),
        ("", DefectKind.DATE_UNREADABLE),
        ("x" * 10_000, DefectKind.DATE_UNREADABLE),
    ],
)
def test_what_is_no_day(written: str, kind: DefectKind) -> None:
    text = f"{ENGLISH}|{written}|Ada|x|\n|1/1/2020|Bob|y|\n"
    page = read(text)
    summary = page.update_summary
    assert summary
    assert [change.date for change in summary.changes] == [None, dt.date(2020, 1, 1)]
    assert [(d.kind, d.detail) for d in page.all_defects()] == [(kind, written)]
    assert summary.newest == dt.date(2020, 1, 1)


def test_each_change_says_who_what_and_more() -> None:
    text = (
        "## Refresh Summary\n\n|Date|Who Changed|What Changed|Notes|\n|-|-|-|-|\n"
        "|04/30/2020| Ada [L](x) | *All* of it | see b |\n|1/2/20|Bob|Some|\n"
    )
    summary = read(text).update_summary
    assert summary
    assert summary.heading
    assert summary.heading.text == "Refresh Summary"
    first, second = summary.changes
    parts = (first.by, first.what, first.notes)
    assert [part.text for part in parts if part] == ["Ada L", "All of it", "see b"]
    assert first.date_text.span.of(text) == "04/30/2020"
    assert first.span.of(text) == "04/30/2020| Ada [L](x) | *All* of it | see b"
    assert second.notes is None
    assert kinds(first.defects) == []
    assert kinds(second.defects) == [DefectKind.ROW_TOO_FEW_CELLS]


@pytest.mark.parametrize(
    ("row", "kind", "detail"),
    [
        ("|1/2/2020|Ada|x|y|", DefectKind.ROW_TOO_MANY_CELLS, "4 of 3"),
        ("|1/2/2020|Ada|", DefectKind.ROW_TOO_FEW_CELLS, "2 of 3"),
    ],
)
def test_cells_too_many_or_too_few_are_told(row: str, kind: DefectKind, detail: str) -> None:
    page = read(f"{ENGLISH}{row}\n")
    assert [(d.kind, d.detail) for d in page.all_defects()] == [(kind, detail)]
    assert page.update_summary
    assert page.update_summary.newest == dt.date(2020, 1, 2)


def test_the_order_of_the_rows_is_kept_and_the_newest_is_known() -> None:
    page = read(f"{ENGLISH}|1/2/2019|A|x|\n|3/4/2020|B|x|\n|1/1/2020|C|x|\n")
    assert page.update_summary
    assert [c.by.text for c in page.update_summary.changes if c.by] == ["A", "B", "C"]
    assert page.update_summary.newest == dt.date(2020, 3, 4)


def test_it_is_the_last_table_that_begins_with_a_date() -> None:
    one, two = "|1/1/2019|A|x|\n", "|1/1/2020|B|x|\n"
    page = read(f"{ENGLISH}{one}\n## Refresh Summary\n\n{ENGLISH}{two}\n|a|b|\n|-|-|\n|c|d|\n")
    assert page.update_summary
    assert page.update_summary.newest == dt.date(2020, 1, 1)
    assert page.update_summary.table == page.tables[1]


def test_it_may_stand_without_a_heading_of_its_own() -> None:
    page = read(f"## Overview\n\n{ENGLISH}|1/1/2019|A|x|\n")
    assert page.update_summary
    assert page.update_summary.heading is None


@pytest.mark.parametrize(
    ("heading", "locale"),
    [
        ("## Refresh Summary", "en"),
        ("### Refresh Summary", "en"),
        ("##  Zusammenfassung der Aktualisierung", "de"),
        ("Refresh Summary\n---", "en"),
        ("    ## Refresh Summary", "en"),
        ("- item\n\n    ## Refresh Summary", "en"),
    ],
)
def test_headings(heading: str, locale: str) -> None:
    summary = read(f"{heading}\n\n{ENGLISH}|1/1/2019|A|x|\n", locale).update_summary
    assert summary
    assert summary.heading
    assert summary.heading.section == "update-summary"


def test_a_short_separator() -> None:
    page = read("|Date|Who Changed|What Changed|\n|-|\n|1/2/2020|Ada|x|\n")
    assert page.update_summary
    assert page.update_summary.newest == dt.date(2020, 1, 2)
    assert kinds(page.all_defects()) == [DefectKind.TABLE_SHORT_SEPARATOR]


@pytest.mark.parametrize("text", ["", "# T\n", "|Name|Date|\n|-|-|\n|x|1/1/2020|\n"])
def test_a_page_need_not_have_one(text: str) -> None:
    assert read(text).update_summary is None


def test_no_changes_at_all() -> None:
    page = read(ENGLISH)
    assert page.update_summary
    assert page.update_summary.changes == ()
    assert page.update_summary.newest is None


def test_formats_are_tried_in_their_order() -> None:
    assert read_date("1/2/2020", ("%d/%m/%Y", "%m/%d/%Y")) == dt.date(2020, 2, 1)
    assert read_date("1/2/2020", ()) is None
    assert read_date("1/2/2020", CONTRACT.dates) == dt.date(2020, 1, 2)
