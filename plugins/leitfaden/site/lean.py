"""Templates compiled once, and pages without the white space that only the theme's need."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.theme import Theme

_INDENT = re.compile(r"\n\s+")
_CONTENT, _CONTENT_END = "<article", "</article>"


class Compiled(BytecodeCache):
    """The theme's templates as they have been compiled, for the further locales of a build.

    MkDocs makes an environment of its own for each. They are set up the same, and what is compiled
    is known by its text, so it is the same as well.
    """

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def add(self, known: Mapping[str, bytes]) -> None:
        """Add what has been compiled before."""
        self.known |= known

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is known."""
        known = self.known.get(bucket.key)
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self.known[bucket.key] = bucket.bytecode_to_string()


def keep_compiled(env: Environment, compiled: Compiled) -> None:
    """Keep what is compiled, unless the environment has a place for that already."""
    if env.bytecode_cache is None:
        env.bytecode_cache = compiled


class ThemeFiles:
    """The names of the theme's files, looked for by the first locale of a build alone.

    MkDocs asks each locale's environment for them, and Material has more than ten thousand icons.
    """

    def __init__(self) -> None:
        self._names: list[str] | None = None

    def keep(self, theme: Theme) -> None:
        """Let the environments that a theme makes know the names.

        Args:
            theme: The theme, before MkDocs asks for its files.
        """

        def get_env() -> Environment:
            env = type(theme).get_env(theme)
            vars(env)["list_templates"] = partial(self._listed, env)
            return env

        vars(theme)["get_env"] = get_env

    def _listed(
        self,
        env: Environment,
        filter_func: Callable[[str], bool] | None = None,
    ) -> list[str]:
        """Return what Jinja does, but nothing of folders that MkDocs never publishes."""
        if self._names is None:
            names = Environment.list_templates(env)
            self._names = [name for name in names if not name.startswith(".")]
        return [name for name in self._names if filter_func is None or filter_func(name)]


def keep_no_tag_lines(env: Environment) -> None:
    """Let a line that holds nothing but a template's tag leave nothing in a page."""
    env.trim_blocks = True
    env.lstrip_blocks = True


def without_indents(html: str) -> str:
    """Return a page without the indents of its frame; its content, which may be code, stays."""
    before, start, rest = html.partition(_CONTENT)
    content, end, behind = rest.rpartition(_CONTENT_END)
    if not start or not end:
        return html
    return "".join((unindented(before), start, content, end, unindented(behind)))


def unindented(html: str) -> str:
    """Return a part of a page's frame without indents and without lines that hold nothing."""
    return _INDENT.sub("\n", html)
