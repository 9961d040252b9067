"""What a page answers about itself."""

from __future__ import annotations

import dataclasses

import pytest

from leitfaden.model import DefectKind, Page, Span, UpdateSummary
from tests.reading.pages import kinds, read

BROKEN = b"""\
---
title: a
title: b
---
# \xff

- a

  ## Overview

Phase: **Nothing**

| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services | More |
|-|-|-|-|-|-|
| 4047 | Do it | M | Nobody | Teams | |
| none | Do it | M | FM | Teams | |

|Date|Who Changed|
|-|
|40/40/2020|x|
"""


def test_all_defects_are_found_from_the_page() -> None:
    assert set(kinds(read(BROKEN).all_defects())) == {
        DefectKind.NOT_UTF8,
        DefectKind.FRONT_MATTER_DUPLICATE_KEY,
        DefectKind.HEADING_INSIDE_LIST,
        DefectKind.LABEL_TERM_UNKNOWN,
        DefectKind.COLUMN_UNKNOWN,
        DefectKind.ROLE_UNKNOWN,
        DefectKind.TASK_ID_INVALID,
        DefectKind.TABLE_SHORT_SEPARATOR,
        DefectKind.DATE_IMPOSSIBLE,
    }


def test_each_defect_is_told_once() -> None:
    defects = list(read(BROKEN).all_defects())
    assert len(set(defects)) == len(defects) == 9


def test_metadata_is_a_mapping() -> None:
    assert read(BROKEN).metadata() == {"title": "b"}


def test_a_page_cannot_be_changed() -> None:
    page = read("# T\n")
    with pytest.raises(dataclasses.FrozenInstanceError):
        page.id = "other"  # type: ignore[misc]
    assert isinstance(page, Page)


def test_the_body_is_what_stands_behind_the_front_matter() -> None:
    assert read("---\na: b\n---\n# T\n").body == "# T\n"
    assert read("# T\n").body == "# T\n"


def test_the_newest_change_may_be_unknown() -> None:
    table = read("|Date|Who Changed|\n|-|-|\n|soon|x|\n").tables[0]
    assert UpdateSummary(table, (), None).newest is None
    assert table.span == Span(0, 33)
