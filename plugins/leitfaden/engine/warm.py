"""What all processes need, found out before there are several."""

from __future__ import annotations

import re
from contextlib import suppress

from jinja2 import Environment, TemplateError
from mkdocs.config.defaults import MkDocsConfig

from leitfaden.engine.compiled import kept_compiled
from leitfaden.engine.manifest import Known
from leitfaden.site import escaping, lean
from leitfaden.site.build import Build

_FRAMES = ("main.html", "404.html")
_NAMED = re.compile(r"""["']([\w./-]+\.html)["']""")


def warm_up(build: Build, config: MkDocsConfig, known: Known | None = None) -> None:
    """Compile templates, and ask git; what is wrong is told when it is needed.

    Args:
        build: The build, which has read all pages.
        config: MkDocs' configuration.
        known: Where compiled templates are kept; None if they are not.
    """
    parts = build.renderer.templates
    with kept_compiled(parts.environment, lean.Compiled(), known):
        parts.compile_all()
    env = config.theme.get_env()
    lean.keep_no_tag_lines(env)
    escaping.escape_ours(env, config)
    with kept_compiled(env, build.compiled, known):
        _compile(env)
    build.knowledge.trend(build.contract.source)
    build.knowledge.before("", "")


def _compile(env: Environment) -> None:
    """Compile the theme's templates, from the frames of pages on."""
    left, known = list(_FRAMES), set(_FRAMES)
    while left:
        name = left.pop()
        with suppress(TemplateError):  # not all that is named is there
            env.get_template(name)
            source = env.loader.get_source(env, name)[0] if env.loader else ""
            found = set(_NAMED.findall(source)) - known
            known |= found
            left += found
