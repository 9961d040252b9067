"""Templates compiled once, and pages without the white space that only the theme's need."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

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
    return "".join((without_indents_in(before), start, content, end, without_indents_in(behind)))


def without_indents_in(frame: str) -> str:
    """Return a part of a page's frame without its indents."""
    return _INDENT.sub("\n", frame)
