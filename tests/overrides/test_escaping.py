"""What templates and scripts show of others' texts is text, unless it is said to be HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from mkdocs.config.base import load_config

from leitfaden.site import sidebar
from leitfaden.site.escaping import Ours, escape_ours

ROOT = Path(__file__).parents[2]
OVERRIDES = ROOT / "overrides"
TEMPLATES = sorted(OVERRIDES.rglob("*.html"))
SCRIPTS = sorted((OVERRIDES / "assets" / "javascripts").rglob("*.js"))

# Each of them would take a text for HTML or code.
SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc"
    r"|parseFromString|setHTML|\beval\(|new Function|setTimeout\(\s*[\"'`]|javascript:"
)
EVIL = "\"'><img src=x onerror=alert(1)></script>{{7*7}}\u2028"


def environment() -> Environment:
    config = load_config(str(ROOT / "mkdocs.yml"))
    env = config.theme.get_env()
    escape_ours(env, config)
    sidebar.offer_theme(env, config)
    return env


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_scripts_write_no_html(file: Path) -> None:
    assert not SINKS.findall(file.read_text("utf-8"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_templates_switch_no_escaping_off(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.findall(r"\|\s*safe\b|autoescape|Markup", text)
    assert not re.findall(r"\s(?!url=)[\w-]+=\{\{", re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL))
    assert not re.findall(r"\son\w+\s*=", re.sub(r"\{[%{#].*?[%}#]\}", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_script_in_a_template_holds_no_text_of_others(file: Path) -> None:
    for script in re.findall(r"<script\b([^>]*)>(.*?)</script>", file.read_text("utf-8"), re.S):
        is_data = "application/" in script[0]
        assert not script[1].strip() or (is_data and re.search(r"tojson|structured", script[1]))


def test_our_templates_escape_what_they_show_and_the_themes_do_as_ever(tmp_path: Path) -> None:
    (tmp_path / "partials").mkdir()
    ours = "{{ text }}<a title=\"{{ text }}\">{% include 'theirs.html' %}"
    (tmp_path / "partials" / "ours.html").write_text(ours, "utf-8")
    theirs = tmp_path / "theme"
    theirs.mkdir()
    (theirs / "theirs.html").write_text("{{ text }}", "utf-8")
    env = Environment(loader=FileSystemLoader([tmp_path, theirs]), autoescape=Ours(tmp_path))
    shown = env.get_template("partials/ours.html").render(text=EVIL)
    assert shown.count("<") == len("a") + EVIL.count("<")
    assert "&lt;img" in shown
    assert "49" not in shown


def test_which_templates_are_ours() -> None:
    env = environment()
    assert isinstance(env.autoescape, Ours)
    assert env.autoescape("main.html")
    assert env.autoescape("partials/nav.html")
    assert not env.autoescape("base.html")
    assert not env.autoescape("theme/partials/nav.html")
    assert not env.autoescape(None)
    assert not Ours(None)("main.html")


def test_templates_of_the_theme_that_print_a_value_are_given_html() -> None:
    """`site/metadata.py` and `site/pages.py` see to titles, MkDocs encodes addresses itself."""
    assert set(_printed(environment(), "base.html", set())) == {
        *("page.title", "page.meta.title", "page.previous_page.title", "page.next_page.title"),
        *("page.meta.description", "page.meta.author"),  # nothing of the author reaches the theme
        *("page.content", "page.canonical_url", "page.edit_url"),
    }


def _printed(env: Environment, name: str, seen: set[str]) -> Iterator[str]:
    """Yield what templates print of a page without escaping it."""
    if name in seen or env.loader is None:
        return
    seen.add(name)
    source = env.loader.get_source(env, name)[0]
    yield from re.findall(r"\{\{-?\s*(page\.[\w.]+)\s*-?\}\}", source)
    for other in re.findall(r"""(?:include|extends|import)\s+"([\w./-]+\.html)\"""", source):
        yield from _printed(env, other, seen)
