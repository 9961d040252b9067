"""The update summary: a dated list at the foot of the page."""

from __future__ import annotations

import pytest

from tests.rendering import support
from tests.rendering.support import Dom

TABLE = """\
| Date | Who Changed | What Changed | Notes |
|---|---|---|---|
| 04/30/2020 | Ann | New *links* [here](x.md) | careful |
| 10/22/2019 | | First version | |
"""
SUMMARY = f"## Refresh Summary\n\nAll changes:\n\n{TABLE}"


def dom(markdown: str, locale: str = "en") -> Dom:
    """Render a page without the line below its title, which has the newest day, too."""
    page = support.dom(markdown, locale)
    for line in page.all(".lf-trust"):
        line.decompose()
    return page


def order(page: Dom) -> list[str]:
    """The texts of the page's outermost elements."""
    return [" ".join(node.text().replace("¶", "").split()) for node in page.all("body > *")]


def entries(page: Dom) -> list[str]:
    items = [node for node in page.all("ol > li") if node.css("time, span")]
    return [" ".join(node.text().split()) for node in items]


def test_it_goes_to_the_foot_with_its_heading_and_what_stands_between() -> None:
    page = dom(f"# T\n\nbefore\n\n{SUMMARY}\nafter\n\n[Home](x.md)\n")
    texts = order(page)
    assert texts[:4] == ["T", "before", "after", "Home"]
    assert texts[4].startswith("Refresh Summary All changes:")
    assert len(texts) == 5
    assert page.one("h2").attributes["id"] == "update-summary"
    assert page.all("table") == []


def test_dates_are_written_as_the_language_does_and_machine_readable() -> None:
    english, german = dom(SUMMARY), dom(SUMMARY, "de")
    assert english.texts("time") == ["04/30/2020", "10/22/2019"]
    assert german.texts("time") == ["30.04.2020", "22.10.2019"]
    assert english.values("time", "datetime") == ["2020-04-30", "2019-10-22"]


def test_the_order_is_the_writers() -> None:
    rows = "| 10/22/2019 | A | one |\n| 04/30/2020 | B | two |\n| 22.10.2018 | C | three |\n"
    page = dom(
        f"## Refresh Summary\n\n| Date | Who Changed | What Changed |\n|---|---|---|\n{rows}"
    )
    assert page.values("time", "datetime") == ["2019-10-22", "2020-04-30", "2018-10-22"]


def test_cells_are_markdown_and_notes_are_kept() -> None:
    page = dom(SUMMARY)
    first, second = entries(page)
    assert "New links here" in first
    assert "careful" in first
    assert "Ann" in first
    assert "First version" in second
    assert page.texts("li em") == ["links"]
    assert page.values("li a", "href") == ["x.md"]


@pytest.mark.parametrize("date", ["10/018/2019", "02/30/2020", "soon", "<b>&", "13/13/2019"])
def test_a_day_that_is_none_is_shown_as_written(date: str) -> None:
    page = dom(f"## Refresh Summary\n\n| Date | What Changed |\n|---|---|\n| {date} | x |\n")
    assert page.all("time") == []
    assert entries(page)[0].startswith(date.replace("<b>", ""))


def test_columns_and_cells_too_many_are_kept() -> None:
    page = dom(
        "## Refresh Summary\n\n| Date | Who Changed | What Changed | Ticket |\n|---|---|---|---|\n"
        "| 10/22/2019 | Ann | One | T-1 | surplus |\n| 10/22/2019 | Ann |\n"
    )
    first, second = entries(page)
    assert "T-1" in first
    assert "surplus" in first
    assert "Ann" in second


def test_without_a_heading_it_becomes_a_list_where_it_stands() -> None:
    page = dom(f"# T\n\nbefore\n\n{TABLE}\nafter\n")
    assert [text.split()[0] for text in order(page)] == ["T", "before", "04/30/2020", "after"]
    assert len(entries(page)) == 2


def test_below_another_heading_it_becomes_a_list_where_it_stands() -> None:
    page = dom(f"# T\n\n## Other\n\n{TABLE}\n## Overview\n")
    assert [text.split()[0] for text in order(page)] == ["T", "Other", "04/30/2020", "Overview"]


@pytest.mark.parametrize(
    ("first", "mark", "container"), [("- ", "  ", "ul"), ("> ", "> ", "blockquote")]
)
def test_inside_something_it_stays_there(first: str, mark: str, container: str) -> None:
    inner = "".join(f"{mark}{line}\n" for line in TABLE.splitlines())
    page = dom(f"# T\n\n{first}x\n{mark.rstrip()}\n{inner}\nafter\n")
    assert order(page)[-1] == "after"
    within = page.one(f"body > {container}")
    assert [day.attributes["datetime"] for day in within.css("time")] == [
        "2020-04-30",
        "2019-10-22",
    ]


def test_a_heading_that_an_indent_put_into_a_list_is_lifted() -> None:
    page = dom(f"## Overview\n\n- a\n\n    ## Refresh Summary\n\n{TABLE}\n## Key Inputs\n")
    assert [text.split()[0] for text in order(page)] == ["Overview", "a", "Key", "Refresh"]


def test_with_a_short_separator_it_is_still_one() -> None:
    page = dom(SUMMARY.replace("|---|---|---|---|", "|---|---|"))
    assert len(entries(page)) == 2
    assert page.texts("li em") == ["links"]


def test_of_two_only_the_last_goes_to_the_foot() -> None:
    page = dom(f"{SUMMARY}\n## Overview\n\n{SUMMARY}\n## Key Inputs\n")
    assert [text.split()[0] for text in order(page)][-2:] == ["Key", "Refresh"]
    assert len(page.all("table")) == 1


def test_what_stands_below_its_heading_may_be_any_block() -> None:
    page = dom(
        "## Refresh Summary\n\n> [!NOTE]\n> a\n\nPhase: **Assess**\n\n- b[^1]\n\n"
        f"{TABLE}\nlast[^2]\n\n[^1]: one\n\n[^2]: two\n"
    )
    assert page.texts("[role=note]") == ["Note a"]
    assert page.texts("dd") == ["Assess"]
    assert order(page)[0] == "last1"
    assert page.values("h2", "id") == ["update-summary"]


def test_raw_html_around_it_changes_nothing() -> None:
    page = dom(f"<div>\n\n{SUMMARY}\n</div>\n\nafter\n")
    assert page.values("h2", "id") == ["update-summary"]
    assert len(entries(page)) == 2
    assert "after" in page.text
