"""Headings: their ids, which links and language switches hang on, and the table of contents."""

from __future__ import annotations

import re

import pytest

from leitfaden.rendering import TocItem
from tests.rendering.support import Dom, Site, dom, render

HEADINGS = "h1, h2, h3, h4, h5, h6"


def ids(markdown: str, locale: str = "en") -> list[str | None]:
    return dom(markdown, locale).values(HEADINGS, "id")


def pair(source: str, translation: str) -> tuple[list[str | None], list[str | None]]:
    """The ids of a page and of its translation."""
    site = Site()
    pages = site.add(source, "en"), site.add(translation, "de")
    english, german = (Dom(site.render(page).html).values(HEADINGS, "id") for page in pages)
    return english, german


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Plan the call", "plan-the-call"),
        ("  A -- b / C!  ", "a-b-c"),
        ("What's new?", "whats-new"),
        ("What’s new?", "whats-new"),
        ("Größe und Übersicht", "größe-und-übersicht"),
        ("O\u0308l", "öl"),
        ("概要と目的", "概要と目的"),
        ("हिन्दी में", "हिन्दी-में"),
        ("İstanbul", "i\u0307stanbul"),
        ("Soft\u00adhyphen zero\u200bwidth", "softhyphen-zerowidth"),
        ("Windows\u00a010", "windows-10"),
        ("⚠️ Careful", "careful"),
        ("`code` and *emphasis*", "code-and-emphasis"),
    ],
)
def test_a_slug_keeps_letters_of_any_script(text: str, anchor: str) -> None:
    assert ids(f"# {text}") == [anchor]


@pytest.mark.parametrize("text", ["", "!?", "\\#", "️⚠", "![](x.png)", "<b></b>"])
def test_an_id_is_never_empty(text: str) -> None:
    assert ids(f"# {text}") == ["section"]


def test_known_sections_have_the_same_id_in_every_language() -> None:
    assert ids("## Overview\n\n## Key Inputs") == ["overview", "key-inputs"]
    assert ids("## Übersicht\n\n## Wichtige Inputs", "de") == ["overview", "key-inputs"]


def test_what_every_step_repeats_is_qualified_by_the_step() -> None:
    page = "## Approach\n### Call\n#### FTOP Tasks\n### Meet\n#### FTOP Tasks"
    assert ids(page) == ["approach", "call", "call-ftop-tasks", "meet", "meet-ftop-tasks"]


def test_repeated_headings_are_qualified_by_their_parent_or_else_numbered() -> None:
    page = "# T\n## A\n### Notes\n## B\n### Notes\n### Notes\n### Notes"
    assert ids(page) == ["t", "a", "notes", "b", "b-notes", "notes-2", "notes-3"]


def test_a_writer_may_give_an_id() -> None:
    page = dom("# One {#first}\n\n## Two {#first}\n")
    assert page.values(HEADINGS, "id") == ["first", "first-2"]
    assert page.texts(HEADINGS) == ["One", "Two"]


def test_a_given_id_cannot_leave_its_attribute() -> None:
    page = dom('# One {#x"onclick="alert(1)}\n')
    heading = page.one("h1")
    assert heading.attributes == {"id": 'x"onclick="alert(1)'}
    assert page.one("h1 a").attributes["href"] == '#x"onclick="alert(1)'
    assert "onclick" not in page.one("h1 a").attributes


@pytest.mark.parametrize(
    "heading",
    [
        "Task 4047",
        "FN 1",
        "Fnref 1 2",
        "Processes",
        "Term FRP",
        "X {#task-4047--2}",
        "X {#__search}",
        "X {#__nav_1}",
        "X {#processes}",
    ],
)
def test_an_id_of_something_else_is_never_a_headings(heading: str) -> None:
    (found,) = ids(f"## {heading}")
    assert found is not None
    assert found.startswith("section-")


@pytest.mark.parametrize("name", ["Task", "FN", "Fnref 1"])
def test_numbers_do_not_run_into_ids_of_something_else(name: str) -> None:
    found = ids(f"# {name}\n" * 4)
    assert len(set(found)) == 4
    assert not [x for x in found if re.fullmatch(r"(task|fn|fnref)-[\d-]+", x or "")]


def test_a_parents_name_does_not_lead_to_an_id_of_something_else() -> None:
    assert "task-4047" not in ids("## Task\n### 4047\n### 4047\n")


def test_only_what_would_clash_is_renamed() -> None:
    assert ids("# Task list\n# Term sheet\n# Processes A") == [
        "task-list",
        "term-sheet",
        "processes-a",
    ]


def test_a_heading_links_to_itself() -> None:
    link = dom("# Größe").one("h1 a")
    assert link.attributes["href"] == "#größe"
    assert link.attributes["title"] == "Link to this section"
    assert dom("# Größe", "de").one("h1 a").attributes["title"] == "Link zu diesem Abschnitt"


def test_a_translation_takes_the_sources_ids() -> None:
    english, german = pair("# Call\n## Plan\n### Ask", "# Anruf\n## Planen\n### Fragen")
    assert english == german == ["call", "plan", "ask"]


def test_where_outlines_differ_ids_hold_by_section() -> None:
    english, german = pair(
        "# T\n## Overview\n### Why\n## Approach\n### Call\n### Meet",
        "# T\n## Übersicht\n### Warum\n## Methode\n### Anrufen",
    )
    assert english == ["t", "overview", "why", "approach", "call", "meet"]
    assert german == ["t", "overview", "why", "approach", "anrufen"]


def test_a_section_with_another_level_is_the_same_section() -> None:
    english, german = pair("# T\n## Overview\n### Why", "# T\n### Übersicht\n### Warum")
    assert english == german == ["t", "overview", "why"]


def test_sections_in_another_order_keep_their_own_ids() -> None:
    english, german = pair(
        "# T\n## Overview\n### Why\n## Approach\n### Call",
        "# T\n## Methode\n### Anrufen\n## Übersicht\n### Warum",
    )
    assert english == ["t", "overview", "why", "approach", "call"]
    assert german == ["t", "approach", "call", "overview", "why"]


@pytest.mark.parametrize(
    "headings",
    [
        ["概要", "概要", "概要", "第1章", "第1章"],
        ["😀", "😀", "👩\u200d💻", "1️⃣", "!!", "#"],
        ["مقدمة", "مقدمة", "שלום עולם", "שלום עולם", "\u202eabc\u202c", "abc"],
        ["a_1", "a", "a", "_1", "__init__", "Section", "section 2"],
        ["Ⅷ", "viii", "ﬁn", "fin", "ß", "SS"],
    ],
)
def test_headings_of_any_script_have_ids_that_differ_and_show_no_numbering(
    headings: list[str],
) -> None:
    found = ids("\n".join(f"## {heading}" for heading in headings))
    assert len(set(found)) == len(headings)
    assert not [name for name in found if not name or re.search(r"[\s_]", name)]


def test_an_id_taken_over_goes_before_one_that_the_page_makes_itself() -> None:
    english, german = pair(
        "# T\n## Overview\n### Why\n## Approach\n### Call",
        "# Call\n### Extra\n## Übersicht\n### Warum\n## Methode\n### Anrufen",
    )
    assert english[-1] == "call"
    assert german == ["call-2", "extra", "overview", "why", "approach", "call"]


def test_a_translation_without_its_source_has_ids_of_its_own() -> None:
    assert ids("# Anruf", "de") == ["anruf"]


def outline(items: tuple[TocItem, ...]) -> list[object]:
    return [[item.title, item.id, item.level, outline(item.children)] for item in items]


def test_the_table_of_contents_is_nested() -> None:
    toc = render("# T\n## Overview\n## Approach\n### *Call* `x`\n#### FTOP Tasks\n### Meet\n").toc
    assert outline(toc) == [
        [
            "T",
            "t",
            1,
            [
                ["Overview", "overview", 2, []],
                [
                    "Approach",
                    "approach",
                    2,
                    [["Call x", "call-x", 3, []], ["Meet", "meet", 3, []]],
                ],
            ],
        ]
    ]


def test_skipped_levels_and_a_deep_beginning_keep_their_order() -> None:
    toc = render("### Deep\n# T\n#### Deeper\n## Two\n").toc
    assert outline(toc) == [
        ["Deep", "deep", 3, []],
        ["T", "t", 1, [["Deeper", "deeper", 4, []], ["Two", "two", 2, []]]],
    ]


def test_a_heading_without_text_is_not_in_the_table_of_contents() -> None:
    assert outline(render("# \n# ![](x.png)\n").toc) == []


def test_all_ids_can_be_linked_to() -> None:
    page = render(
        "# T\n\nx[^1] <a id='here'></a>\n\n"
        "| Task ID | Task Name |\n|-|-|\n| 4047 | Do |\n| 4047 | Do |\n\n[^1]: y\n"
    )
    assert page.anchors == {"t", "here", "task-4047", "task-4047--2", "fn-1", "fnref-1"}


def test_a_heading_that_is_not_shown_cannot_be_linked_to() -> None:
    page = render("# T\n\n[^x]: a\n\n    ## Hidden\n")
    assert page.anchors == {"t"}
    assert [item.id for item in page.toc] == ["t"]
    cited = render("# T[^x]\n\n[^x]: a\n\n    ## Shown\n")
    assert cited.anchors == {"t", "shown", "fn-1", "fnref-1"}
