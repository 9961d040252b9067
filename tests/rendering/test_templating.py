"""Jinja in fewer steps shows what Jinja shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, pass_context, pass_environment
from jinja2.runtime import Context
from markupsafe import Markup

from leitfaden.rendering.templating import set_up


class _Marked:
    def __html__(self) -> str:
        return "<i>"


class _Called:
    def __call__(self, text: str) -> str:
        return f"({text})"


@pass_context
def _named(context: Context, name: str) -> str:
    return f"{context.get(name)}&"


@pass_environment
def _trims(env: Environment) -> bool:
    return env.trim_blocks


def _stops() -> str:
    raise StopIteration


_PARTS: Mapping[str, str] = {
    "macros.html": "{% macro b(x, y='<') %}"
    "<b>{{ x }}{{ y }}{{ caller() if caller }}</b>{% endmacro %}",
    "part.html": "{{ x }}{% set kept = 2 %}{{ loop.index if loop }}{{ plain }}",
    "frame.html": "{% block a %}<a>{{ x }}</a>{% endblock %}{{ self.a() }}",
}
_TEMPLATES = (
    "{{ '<&>' }}{{ x }}{{ plain }}{{ safe }}{{ number }}{{ none }}{{ marked }}{{ quotes }}",
    "{% from 'macros.html' import b %}{{ b(x) }}{{ b(safe, y=x) }}"
    "{% call b(1) %}{{ x }}{% endcall %}",
    "{% import 'macros.html' as m with context %}{{ m.b(x) ~ x }}{{ (m.b(x) ~ x) | length }}",
    "{% for one in 'a<' %}{% set x = one %}{% include 'part.html' %}{{ named('x') }}{% endfor %}",
    "{% extends 'frame.html' %}"
    "{% block a %}{{ super() }}{{ x | upper }}{{ named('x') }}{% endblock %}",
    "{{ named('x') }}{{ trims() }}{{ called(x) }}{{ stops() }}{{ x.upper() }}{{ range(3) | list }}",
    "{{ entries.x }}{{ entries['keys'] }}{{ entries.keys() | list }}{{ entries.no }}{{ x.no }}",
    "{% autoescape false %}{{ x }}{{ safe }}{% endautoescape %}{{ x | e }}{{ x | safe }}",
    "{% set t %}<u>{{ x }}</u>{% endset %}{{ t }}{{ [t, x] | join('<') }}{{ {'k': x} }}",
)


@pytest.mark.parametrize("template", _TEMPLATES)
@pytest.mark.parametrize("autoescape", [True, False])
def test_templates_show_what_they_show_elsewhere(template: str, autoescape: bool) -> None:
    values: dict[str, Any] = {
        "x": "<x> & 'y'",
        "plain": "plain",
        "safe": Markup("<p>"),
        "number": 1.5,
        "none": None,
        "marked": _Marked(),
        "quotes": '"',
        "entries": {"x": "<", "keys": "own"},
    }
    shown = []
    for quick in (False, True):
        env = Environment(loader=DictLoader({**_PARTS, "t": template}), autoescape=autoescape)
        if quick:
            set_up(env)
        env.globals.update(named=_named, trims=_trims, called=_Called(), stops=_stops)
        shown.append([env.get_template("t").render(values) for _ in range(2)])
    assert shown[0] == shown[1]


def test_a_global_of_one_template_is_known_to_it_alone() -> None:
    env = Environment(loader=DictLoader({"t": "{{ own }}", "u": "{{ own }}"}), autoescape=True)
    set_up(env)
    assert env.get_template("t", globals={"own": "<"}).render() == "&lt;"
    assert env.get_template("u").render() == ""
