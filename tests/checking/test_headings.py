"""The fixes of the rules about headings."""

from __future__ import annotations

import pytest

from tests.checking.splices import fixed, found_by, read


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("LF203", "# T\n\n### Refresh Summary\n\nText\n", "# T\n\n## Refresh Summary\n\nText\n"),
        (
            "LF203",
            "# T\n\n### Overview ###\r\n\r\nText\r\n",
            "# T\n\n## Overview ###\r\n\r\nText\r\n",
        ),
        ("LF209", "## One:\n\n## Two ;  \n", "## One\n\n## Two  \n"),
        ("LF209", "## **Bold:** ##\n", "## **Bold** ##\n"),
        ("LF209", "Underlined.\n---\n", "Underlined\n---\n"),
        ("LF209", "## \u6709\u6548\uff1a\n", "## \u6709\u6548\n"),
        ("LF210", "##  One\n\n## \tTwo\n", "## One\n\n## Two\n"),
        ("LF211", "# T\n\n##\n\nText\n", "# T\n\n\n\nText\n"),
    ],
)
def test_a_fix_changes_nothing_but_the_defect(code: str, before: str, after: str) -> None:
    assert fixed(code, before) == after
    assert not found_by(code, read(after))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        # Another heading would come to stand below it.
        ("LF203", "# T\n\n### Overview\n\nText\n\n### More\n"),
        ("LF203", "# T\n\n### Overview\n\nText\n\n#### More\n"),
        # Nobody knows which level was meant.
        ("LF203", "# T\n\n### Unknown\n"),
        ("LF209", "## [A link:](page.md)\n"),
        ("LF209", "## Escaped\\.\n"),
        ("LF211", "## ![](image.png)\n"),
    ],
)
def test_where_a_fix_could_do_harm_there_is_none(code: str, text: str) -> None:
    assert found_by(code, read(text))
    assert fixed(code, text) == text


@pytest.mark.parametrize("mark", [".", ":", ";", ",", "\u3002", "\uff1a", "\u061b", "\u0964"])
def test_what_ends_a_sentence_in_any_script_ends_no_heading(mark: str) -> None:
    assert found_by("LF209", read(f"# Word{mark}\n"))


@pytest.mark.parametrize("mark", ["?", "!", "\uff1f", "\uff01", "\u061f", ")", "\u201d", "\u2026"])
def test_what_belongs_to_a_heading_may_end_it(mark: str) -> None:
    assert not found_by("LF209", read(f"# Word{mark}\n"))


def test_a_second_title_names_the_first_one_and_all_others() -> None:
    [finding] = found_by("LF202", read("# A\n\n# B\n\n# C\n\n# D\n"))
    places = [(other.key, other.place.start.line) for other in finding.related if other.place.start]
    assert places == [("title", 1), ("again", 5), ("again", 7)]
