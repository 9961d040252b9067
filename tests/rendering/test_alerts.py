"""Quotes that begin with a marker such as `[!NOTE]`."""

from __future__ import annotations

import pytest

from tests.rendering.support import Dom, dom, words


def alerts(page: Dom) -> list[tuple[str, str]]:
    """Title and content of each alert."""
    found = []
    for node in page.all("[role=note]"):
        title, _, content = words(node).partition(" ")
        found.append((title, content))
    return found


@pytest.mark.parametrize(
    ("keyword", "title"),
    [
        ("NOTE", "Note"),
        ("TIP", "Tip"),
        ("IMPORTANT", "Important"),
        ("WARNING", "Warning"),
        ("CAUTION", "Caution"),
        ("note", "Note"),
        ("WarNing", "Warning"),
        ("HINWEIS", "Note"),
        ("Achtung", "Caution"),
    ],
)
def test_all_keywords_in_any_case_and_language(keyword: str, title: str) -> None:
    page = dom(f"> [!{keyword}]\n> Read *this*.\n")
    assert alerts(page) == [(title, "Read this.")]
    assert page.texts("[role=note] em") == ["this"]
    assert page.all("blockquote") == []


def test_the_title_is_in_the_pages_language() -> None:
    assert alerts(dom("> [!NOTE]\n> x\n", "de")) == [("Hinweis", "x")]


@pytest.mark.parametrize(
    "markdown",
    [
        "> [!NOTE] Text\n",
        "> [!NOTE]Text\n",
        "> [!NOTE]   \n> Text\n",
        "> [!NOTE]\\\n> Text\n",
        ">[!NOTE]\n>Text\n",
        "> [!NOTE]\nText\n",
        "> [!NOTE]\n>\n> Text\n",
        ">\n> [!NOTE]\n> Text\n",
        "> [!NOTE]\r\n> Text\r\n",
    ],
)
def test_the_text_may_begin_anywhere(markdown: str) -> None:
    assert alerts(dom(markdown)) == [("Note", "Text")]


def test_several_in_a_row_stay_apart() -> None:
    page = dom("> [!NOTE]\n> a\n\n> [!TIP]\n> b\n\n> c\n\n> [!NOTE]\n> d\n")
    assert alerts(page) == [("Note", "a"), ("Tip", "b"), ("Note", "d")]
    assert page.texts("blockquote") == ["c"]


def test_alerts_nest() -> None:
    page = dom("> [!NOTE]\n> a\n>\n> > [!TIP]\n> > b\n>\n> > c\n>\n> d\n")
    assert page.texts("[role=note] > [role=note]") == ["Tip b"]
    assert page.texts("[role=note] > blockquote") == ["c"]
    assert page.text == "Note a Tip b c d"


def test_an_alert_holds_any_blocks() -> None:
    page = dom("> [!NOTE]\n> - a\n>   - b\n>\n> ```py\n> x\n> ```\n>\n> | c |\n> |---|\n> | d |\n")
    assert page.texts("[role=note] li li") == ["b"]
    assert page.texts("[role=note] pre") == ["x"]
    assert page.texts("[role=note] td") == ["d"]


def test_an_alert_inside_a_list_item() -> None:
    page = dom("- a\n  > [!NOTE]\n  > b\n- c\n")
    assert page.texts("li [role=note]") == ["Note b"]


def test_an_alert_without_text() -> None:
    assert alerts(dom("> [!NOTE]\n\ntext\n")) == [("Note", "")]


@pytest.mark.parametrize(
    "markdown",
    [
        "> [!UNKNOWN]\n> x\n",
        "> [! NOTE]\n> x\n",
        "> [!NOTE\n> x\n",
        "> x [!NOTE]\n",
        "> **[!NOTE]**\n> x\n",
        "> `[!NOTE]`\n> x\n",
        "> \\[!NOTE]\n> x\n",
        "> &#91;!NOTE]\n> x\n",
        "> [!NOTE](x.md)\n> x\n",
        "> - [!NOTE]\n>   x\n",
        "> # [!NOTE]\n",
        ">\n",
        "> ---\n",
    ],
)
def test_anything_else_stays_a_quote(markdown: str) -> None:
    page = dom(markdown)
    assert alerts(page) == []
    assert len(page.all("blockquote")) == 1
    written = markdown.replace("[!NOTE](x.md)", "!NOTE").replace("&#91;", "[")
    assert [w for w in page.text.split() if w not in "¶"] == [
        w for w in written.translate(str.maketrans("", "", ">*`\\")).split() if w not in "#--- -"
    ]


def test_a_marker_outside_of_a_quote_is_text() -> None:
    assert dom("[!NOTE]\nx\n").text == "[!NOTE] x"


@pytest.mark.parametrize(
    "markdown",
    [
        "> [!NOTE]\n> a\n>\n> [!TIP]\n> b\n",
        "> [!NOTE]\n> a\n> [!TIP]\n> b\n",
        "> [!NOTE] a\n> [!tip] b\n",
        "> [!NOTE]\r\n> a\r\n> [!TIP]\r\n> b\r\n",
        "> [!HINWEIS]\n> a  \n> [!TIPP]\n> b\n",
    ],
)
def test_each_marker_in_a_quote_begins_an_alert(markdown: str) -> None:
    assert alerts(dom(markdown)) == [("Note", "a"), ("Tip", "b")]


def test_what_stands_before_the_first_marker_stays_a_quote() -> None:
    page = dom("> a\n>\n> [!NOTE]\n> b\n> - c\n>\n> [!TIP]\n")
    assert page.texts("blockquote") == ["a"]
    assert alerts(page) == [("Note", "b c"), ("Tip", "")]


def test_an_unknown_marker_in_an_alert_is_its_text() -> None:
    assert alerts(dom("> [!NOTE]\n> a\n> [!OTHER]\n> b\n")) == [("Note", "a [!OTHER] b")]


def test_a_marker_without_the_quotes_sign_begins_nothing() -> None:
    assert alerts(dom("> [!NOTE]\n> a\n[!TIP] b\n")) == [("Note", "a [!TIP] b")]
