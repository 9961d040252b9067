"""What is taken out of pages, and what never is."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.theme import Theme

from leitfaden.site.lean import Compiled, ThemeFiles, without_indents
from tests.site.sites import Built

FRAME = "<body>\n    <nav>\n      a\n    </nav>\n  {}\n  <footer>\n\n    b\n  </footer>\n</body>"


def test_the_frame_of_a_page_loses_its_indents() -> None:
    page = FRAME.format("<article>x</article>")
    assert without_indents(page) == (
        "<body>\n<nav>\na\n</nav>\n<article>x</article>\n<footer>\nb\n</footer>\n</body>"
    )


def test_the_content_of_a_page_stays_as_it_is() -> None:
    code = "<pre><span>if</span>\n    <span>x</span></pre>"
    content = f"<article>{code}\n  <article>y</article>\n </article>"
    assert content in without_indents(FRAME.format(content))


def test_what_is_no_page_stays_as_it_is() -> None:
    assert without_indents("<p>\n  a\n</p>") == "<p>\n  a\n</p>"


def test_a_built_page_has_hardly_a_line_without_text(bilingual: Built) -> None:
    lines = bilingual.html("assess-it/").splitlines()
    assert sum(not line.strip() for line in lines) < len(lines) / 20


def test_a_template_is_compiled_for_the_first_locale_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = Compiled()

    def rendered(text: str) -> str:
        env = Environment(loader=DictLoader({"page": text}), bytecode_cache=known, autoescape=False)
        return env.get_template("page").render(x=1)

    assert rendered("{{ x }}") == "1"
    with monkeypatch.context() as patched:
        patched.delattr(Environment, "compile")
        assert rendered("{{ x }}") == "1"
    assert rendered("{{ x + 1 }}") == "2"  # another text is another template


def test_the_files_of_the_theme_are_looked_for_once_for_all_locales(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def published(name: str) -> bool:
        return not name.startswith(".") and not name.endswith(".html")

    theme, files = Theme("material"), ThemeFiles()
    found = theme.get_env().list_templates(filter_func=published)
    files.keep(theme)
    assert theme.get_env().list_templates(filter_func=published) == found
    assert "assets/images/favicon.png" in found
    monkeypatch.delattr(Environment, "list_templates")
    files.keep(theme)
    assert theme.get_env().list_templates(filter_func=published) == found
