"""Footnotes."""

from __future__ import annotations

from tests.rendering.support import Dom, dom


def notes(page: Dom) -> list[str]:
    return [text.rstrip("↩ ") for text in page.texts("li[id^=fn-]")]


def test_notes_are_numbered_in_the_order_of_their_citation() -> None:
    page = dom("a[^x] b[^y] c[^x]\n\n[^y]: Second.\n[^x]: First.\n")
    assert page.texts("sup") == ["1", "2", "1"]
    assert notes(page) == ["First.", "Second."]
    assert page.values("sup a", "href") == ["#fn-1", "#fn-2", "#fn-1"]


def test_each_citation_can_be_returned_to() -> None:
    page = dom("a[^x] b[^x] c[^x]\n\n[^x]: Note.\n")
    assert page.values("sup", "id") == ["fnref-1", "fnref-1-2", "fnref-1-3"]
    back = page.all("li[id=fn-1] a")
    assert [node.attributes["href"] for node in back] == ["#fnref-1", "#fnref-1-2", "#fnref-1-3"]
    assert [node.attributes["aria-label"] for node in back] == [
        f"Back to the text, place {number}" for number in (1, 2, 3)
    ]


def test_a_note_that_nobody_cites_is_not_shown() -> None:
    page = dom("a\n\n[^x]: Note.\n")
    assert page.text == "a"
    assert page.ids == []


def test_a_note_cited_by_a_note_that_nobody_cites_is_not_shown() -> None:
    assert dom("a\n\n[^x]: Note[^y].\n\n[^y]: Other.\n").ids == []


def test_notes_may_cite_notes() -> None:
    page = dom("a[^x]\n\n[^y]: Inner.\n\n[^x]: Outer[^y], itself[^x].\n\n")
    assert notes(page) == ["Outer2, itself1.", "Inner."]
    assert page.ids == ["fnref-1", "fn-1", "fnref-2", "fnref-1-2", "fn-2"]
    assert len(page.all("li[id=fn-1] a[aria-label]")) == 2


def test_a_citation_without_a_note_is_text() -> None:
    page = dom("a[^x]\n")
    assert page.text == "a[^x]"


def test_of_two_notes_of_a_label_the_first_counts() -> None:
    assert notes(dom("a[^x]\n\n[^x]: One.\n\n[^x]: Two.\n")) == ["One."]


def test_labels_of_any_kind_make_ids_that_are_valid() -> None:
    page = dom('a[^1-2] b[^ä"<] c[^x]\n\n[^1-2]: A\n\n[^ä"<]: B\n\n[^x]: C\n')
    assert page.ids == ["fnref-1", "fnref-2", "fnref-3", "fn-1", "fn-2", "fn-3"]


def test_notes_hold_any_blocks() -> None:
    page = dom("a[^x]\n\n[^x]: One.\n\n    - two\n\n    > [!NOTE]\n    > three\n")
    assert page.texts("li[id=fn-1] li") == ["two"]
    assert page.texts("li[id=fn-1] [role=note]") == ["Note three"]


def test_notes_in_every_kind_of_text_are_numbered_as_read() -> None:
    page = dom(
        "# T[^h]\n\nPhase: **Assess**\nx[^l]\n\n"
        "| Task ID | Task Name |\n|---|---|\n| 1001 | y[^t] |\n\n"
        "## Refresh Summary\n\n| Date | What Changed |\n|---|---|\n| 10/22/2019 | z[^s] |\n\n"
        "last[^z]\n\n[^h]: H\n\n[^l]: L\n\n[^t]: T\n\n[^s]: S\n\n[^z]: Z\n"
    )
    assert notes(page) == ["H", "L", "T", "Z", "S"]  # the summary goes to the foot
    assert page.texts("sup") == ["1", "2", "3", "4", "5"]


def test_a_heading_with_a_note_has_the_id_of_its_words() -> None:
    assert dom("# Title[^x]\n\n[^x]: Note.\n").all("h1")[0].attributes["id"] == "title"
