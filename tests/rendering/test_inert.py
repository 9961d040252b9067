"""Signs that other dialects and template engines give a meaning are text, as on GitHub."""

from __future__ import annotations

import pytest

from tests.rendering.support import dom, render

INERT = [
    "{: .x }",
    "{: #id .c key=value }",
    "{#id .c}",
    "{.c}",
    "{ width=300 }",
    "{Wizard}",
    "{{ x }}",
    "{{ page.title }}",
    "{% raw %}",
    "{% include 'x' %}",
    "{# c #}",
    "${y}",
    "$$z$$",
    "==b==",
    "++a++",
    "^c^",
    ":smile:",
    "[TOC]",
    '--8<-- "x"',
]


@pytest.mark.parametrize("signs", INERT)
def test_they_are_shown_as_written_wherever_they_stand(signs: str) -> None:
    assert dom(f"a {signs}\n").texts("p") == [f"a {signs}"]
    assert dom(f"a\n{signs}\n").texts("p") == [f"a {signs}"]
    assert dom(f"- a {signs}\n").texts("li") == [f"a {signs}"]
    assert dom(f"> a {signs}\n").texts("blockquote") == [f"a {signs}"]
    assert dom(f"`a`{signs}\n").texts("p") == [f"a{signs}"]
    assert dom(f"**a**{signs}\n").texts("p") == [f"a{signs}"]
    cells = dom(f"| a {signs} | b |\n|---|---|\n| {signs} | {signs}{signs} |\n")
    assert cells.texts("th") == [f"a {signs}", "b"]
    assert cells.texts("td") == [signs, signs + signs]


@pytest.mark.parametrize("signs", INERT)
def test_a_heading_shows_them_too(signs: str) -> None:
    page = dom(f"## A {signs}\n")
    assert page.texts("h2") == [f"A {signs}"]
    assert not page.all("[class=c], [class=x], [key]")


@pytest.mark.parametrize("markdown", ["[a](b.md){: .c target=_blank }\n", "![a](b.png){: .c }\n"])
def test_an_attribute_list_gives_links_and_images_nothing(markdown: str) -> None:
    page = dom(markdown)
    assert page.text.endswith(markdown[markdown.index("{") :].strip())
    assert not page.all(".c, [target]")


@pytest.mark.parametrize("marker", ["!!! note", "??? tip", '=== "Tab"'])
def test_blocks_of_another_dialect_lose_nothing(marker: str) -> None:
    page = dom(f"{marker}\n\n    inner\n")
    assert page.texts("p") == [marker]
    assert page.texts("pre") == ["inner"]


@pytest.mark.parametrize(
    "info",
    ['py title="x.py"', 'py linenums="1" hl_lines="2 3"', "py {1,3-4}", "py:x.py", "{.py .n}"],
)
def test_what_a_fence_says_besides_the_language_changes_no_code(info: str) -> None:
    page = dom(f"```{info}\nif a:\n    b\n```\n")
    assert page.one("div.highlight > pre > code").text(deep=True) == "if a:\n    b\n"
    assert "x.py" not in page.text
    assert "&quot;" not in render(f"```{info}\nx\n```\n").html
