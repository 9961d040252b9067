"""Pages without the white space that only the theme's templates need."""

from __future__ import annotations

import re

from jinja2 import Environment

_INDENT = re.compile(r"\n\s+")
_CONTENT, _CONTENT_END = "<article", "</article>"


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
    return "".join((_INDENT.sub("\n", before), start, content, end, _INDENT.sub("\n", behind)))
