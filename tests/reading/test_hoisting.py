"""A section of the page that an indent has put inside a list stands where it is meant to stand."""

from __future__ import annotations

import pytest

from leitfaden.model import DefectKind, Event, Page
from leitfaden.reading.markdown import read_events
from tests.reading.pages import read
from tests.reading.soundness import assert_balanced, leaves

_NAMES = {"emphasis": "em", "strong": "b", "paragraph": "p", "item": "li", "code-block": "pre"}


def shape(events: tuple[Event, ...]) -> str:
    """Return events as one short line: `<ul><li>a</li></ul>`."""
    parts = []
    for event in events:
        name = _NAMES.get(event.tag, event.tag)
        if event.tag == "list":
            name = "ul" if event.value is None else f"ol{event.value}"
            name = "list" if event.kind == "close" else name
        if event.tag == "heading":
            name = f"h{event.value['level'][1]}" if isinstance(event.value, dict) else "h"
        if event.kind == "open":
            parts.append(f"<{name}>")
        elif event.kind == "close":
            parts.append(f"</{name}>")
        else:
            parts.append(str(event.value) if event.value is not None else f"<{event.kind}/>")
    return "".join(parts).replace("</list>", "</>")


def hoisted(text: str) -> str:
    """Return the shape of a page, after a look at its soundness."""
    page = read(text)
    assert_balanced(page.events)
    assert leaves(page.events) == leaves(read_events(text))
    return shape(page.events)


def lifted(page: Page) -> list[tuple[str, list[DefectKind]]]:
    """Return all headings with what is wrong with them."""
    return [(h.text, [d.kind for d in h.defects]) for h in page.headings]


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "     ", "\t"])
def test_as_on_the_seed_page(indent: str) -> None:
    text = (
        f"## Approach\n\n- Plan it.  \n{indent}\n{indent}## Refresh Summary\n\n|Date|\n|-|\n|x|\n"
    )
    page = read(text)
    assert lifted(page) == [
        ("Approach", []),
        ("Refresh Summary", [DefectKind.HEADING_INSIDE_LIST]),
    ]
    assert [section.key for section in page.sections] == ["approach", "update-summary"]
    assert shape(page.events).startswith(
        "<h2>Approach</h><ul><li><p>Plan it.</p></li></><h2>Refresh Summary</h><table>"
    )
    assert page.headings[1].text_span.of(text) == "Refresh Summary"
    assert page.headings[1].span.of(text) == "## Refresh Summary"
    assert page.headings[1].defects[0].span == page.headings[1].span


@pytest.mark.parametrize("indent", ["    ", "\t", "        ", "  \t"])
def test_an_indent_that_makes_code(indent: str) -> None:
    text = f"Text.\n\n{indent}## Overview ##\n\nMore.\n"
    page = read(text)
    assert lifted(page) == [("Overview", [DefectKind.HEADING_INDENTED])]
    assert shape(page.events) == "<p>Text.</p><h2>Overview</h><p>More.</p>"
    assert page.headings[0].text_span.of(text) == "Overview"


def test_an_indent_that_makes_code_in_a_list() -> None:
    text = "- a\n\n      ## Overview\n- b\n"
    page = read(text)
    assert lifted(page) == [("Overview", [DefectKind.HEADING_INSIDE_LIST])]
    assert shape(page.events) == (
        "<ul><li><p>a</p></li></><h2>Overview</h><ul><li><p>b</p></li></>"
    )
    assert page.headings[0].text_span.of(text) == "Overview"


def test_the_list_goes_on_behind_the_heading() -> None:
    assert hoisted("- a\n\n  ## Overview\n- b\n") == (
        "<ul><li><p>a</p></li></><h2>Overview</h><ul><li><p>b</p></li></>"
    )


def test_and_its_numbers_too() -> None:
    assert hoisted("3. a\n4. b\n\n   ## Overview\n5. c\n6. d\n\n   ## Approach\n7. e\n") == (
        "<ol3><li><p>a</p></li><li><p>b</p></li></><h2>Overview</h>"
        "<ol5><li><p>c</p></li><li><p>d</p></li></><h2>Approach</h>"
        "<ol7><li><p>e</p></li></>"
    )


def test_lists_in_lists() -> None:
    assert hoisted("1. a\n   - b\n\n     ## Overview\n   - c\n2. d\n") == (
        "<ol1><li>a<ul><li><p>b</p></li></></li></><h2>Overview</h>"
        "<ol1><li><ul><li><p>c</p></li></></li><li>d</li></>"
    )


def test_what_follows_in_the_item_stands_below_the_heading() -> None:
    assert hoisted("- a\n\n  ## Overview\n\n  text\n\n  - b\n\n  more\n- c\n") == (
        "<ul><li><p>a</p></li></><h2>Overview</h><p>text</p><ul><li>b</li></><p>more</p>"
        "<ul><li><p>c</p></li></>"
    )


def test_a_new_list_directly_below_the_heading() -> None:
    assert hoisted("- a\n\n  ## Overview\n\n  1. b\n  2. c\n- d\n") == (
        "<ul><li><p>a</p></li></><h2>Overview</h><ol1><li>b</li><li>c</li></>"
        "<ul><li><p>d</p></li></>"
    )


def test_text_of_a_tight_list_becomes_a_paragraph() -> None:
    assert hoisted("- a\n  ## Overview\n  text *b*\n  more\n- c\n") == (
        "<ul><li>a</li></><h2>Overview</h><p>text <em>b</em><soft-break/>more</p><ul><li>c</li></>"
    )
    assert hoisted("- a\n  ## Overview\n  **b** c\n  - d\n") == (
        "<ul><li>a</li></><h2>Overview</h><p><b>b</b> c</p><ul><li>d</li></>"
    )


def test_labels_in_such_text_are_read() -> None:
    page = read("- a\n  ## Overview\n  Phase: **Assess**\n")
    assert page.phases == ("assess",)
    assert page.label_blocks[0].span.of(page.text) == "Phase: **Assess**"


def test_several_headings_in_one_item() -> None:
    page = read("- a\n\n  ## Overview\n\n  text\n\n  ## Approach\n\n  text\n- b\n")
    assert lifted(page) == [
        ("Overview", [DefectKind.HEADING_INSIDE_LIST]),
        ("Approach", [DefectKind.HEADING_INSIDE_LIST]),
    ]
    assert shape(page.events) == (
        "<ul><li><p>a</p></li></><h2>Overview</h><p>text</p><h2>Approach</h><p>text</p>"
        "<ul><li><p>b</p></li></>"
    )


def test_a_heading_that_begins_its_item() -> None:
    assert hoisted("- ## Overview\n- b\n") == ("<ul><li></li></><h2>Overview</h><ul><li>b</li></>")


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n  ## Anything\n- b\n",
        "> - a\n>\n>   ## Overview\n> - b\n",
        "- > ## Overview\n- b\n",
        "    ## Anything\n",
        "    ## Overview\n    and more\n",
        "    ##Overview\n",
        "    ####### Overview\n",
        "```\n## Overview\n```\n",
        "> Text.\n>\n>     ## Overview\n",
        "- a\n\n  ```\n  ## Overview\n  ```\n",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    page = read(text)
    assert list(page.events) == read_events(text)
    assert not any(heading.defects for heading in page.headings)


@pytest.mark.parametrize(
    ("heading", "locale"),
    [("## Ziele", "de"), ("##  Methode", "de"), ("## Ansatz", "de"), ("## 方法", "ja")],
)
def test_every_language(heading: str, locale: str) -> None:
    page = read(f"- a\n\n  {heading}\n", locale)
    assert [h.section_locale for h in page.headings] == [locale]
    assert page.headings[0].defects


def test_setext_headings_are_lifted_too() -> None:
    assert hoisted("- a\n\n  Overview\n  ---\n- b\n") == (
        "<ul><li><p>a</p></li></><h2>Overview</h><ul><li><p>b</p></li></>"
    )


def test_nesting_without_end() -> None:
    depth = 3_000
    page = read(f"{'- ' * depth}a\n\n{'  ' * depth}## Overview\n\n{'  ' * (depth - 1)}- b\n")
    assert lifted(page) == [("Overview", [DefectKind.HEADING_INSIDE_LIST])]
    assert_balanced(page.events)


@pytest.mark.parametrize("line", ["## " + "# " * 10_000, "## " + " " * 10_000 + "x", "#" * 10_000])
def test_long_lines_of_code(line: str) -> None:
    assert read(f"    {line}\n").headings == ()
