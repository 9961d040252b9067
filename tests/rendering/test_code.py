"""Blocks of code."""

from __future__ import annotations

import pytest

from tests.rendering.support import Dom, dom, render


def code(markdown: str) -> str:
    return dom(markdown).one("pre code").text(deep=True)


def test_code_is_coloured() -> None:
    page = dom("```python\nx = 'a'  # b\n```\n")
    assert page.texts("pre code .s1") == ["'a'"]
    assert page.texts("pre code .c1") == ["# b"]
    assert page.one("pre").attributes["tabindex"] == "0"


@pytest.mark.parametrize(
    "info", ["", "nonsense", "python x=1", "{.python}", "PYTHON", 'a"b<c', "c++", "x" * 500, "?"]
)
def test_the_text_is_the_same_whatever_the_language(info: str) -> None:
    source = "if a < b & c:\n\tprint('<script>alert(1)</script>')\n\n\n  # end\n"
    page = dom(f"~~~ {info}\n{source}~~~\n")
    assert page.one("pre code").text(deep=True) == source
    assert page.all("script") == []


@pytest.mark.parametrize("info", ["html", "javascript", "php", "console", "text", "diff", "xyz"])
def test_nothing_in_code_is_markup(info: str) -> None:
    html = render(f"```{info}\n</code></pre><script>alert(1)</script>&amp;\n```\n").html
    assert Dom(html).all("script") == []
    assert Dom(html).one("pre code").text(deep=True).startswith("</code></pre><script>")


def test_a_language_cannot_leave_its_attribute() -> None:
    page = dom('```a"onclick="alert(1)\nx\n```\n')
    assert all("onclick" not in node.attributes for node in page.all("*"))


@pytest.mark.parametrize(
    ("info", "name"),
    [
        ("python", "python"),
        ("Python", "python"),
        ("c++", "c++"),
        ("", "text"),
        ("mermaid", "mermaid"),
        ("{.python}", "python"),
        ("{ .python .annotate }", "python"),
        ("{ }", "text"),
        ('"><b>', "text"),
    ],
)
def test_the_language_is_named(info: str, name: str) -> None:
    assert f"language-{name} " in render(f"~~~{info}\nx\n~~~\n").html


def test_indented_code_and_code_in_lists_and_quotes() -> None:
    assert code("    a < b\n\n      c\n") == "a < b\n\n  c\n"
    assert code("- x\n\n  ```\n  a\n    b\n  ```\n") == "a\n  b\n"
    assert code("> ```\n> a\n>\n> b\n> ```\n") == "a\n\nb\n"


def test_no_code_is_code_too() -> None:
    assert code("```python\n```\n").strip() == ""


def test_a_long_block_is_shown_without_colours() -> None:
    source = "x = 1\n" * 20_000
    page = dom(f"```python\n{source}```\n")
    assert page.one("pre code").text(deep=True) == source
    assert page.all("pre code span") == []


def test_a_lexer_that_changes_the_text_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    from pygments.lexers.special import TextLexer

    from leitfaden.rendering import code as module

    class Loses(TextLexer):
        def get_tokens(self, text: str, unfiltered: bool = False):  # type: ignore[no-untyped-def]
            yield from list(super().get_tokens(text, unfiltered))[1:]

    monkeypatch.setattr(module, "_lexer", lambda language: Loses())
    assert code("```x\na\n```\n") == "a\n"
