"""Fenced code, coloured by Pygments, in Material's markup."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# Colouring costs time by the character, some lexers more than linearly.
_LONGEST_COLOURED = 50_000


def code_block(code: str, info: str) -> str:
    """Return a block of code as HTML.

    Args:
        code: Its text.
        info: What stands behind the opening fence; the first word names the language.
    """
    language = info.split(maxsplit=1)[0].strip("{}.") if info.strip() else ""
    lexer = _lexer(language) if language and len(code) <= _LONGEST_COLOURED else None
    if lexer is None:
        inner = escape(code, quote=False)
        name = (
            language if language and all(c.isalnum() or c in "+#-_" for c in language) else "text"
        )
    else:
        inner = highlight(code, lexer, _formatter())
        name = language.lower()
    return (
        f'<div class="language-{escape(name)} highlight"><pre tabindex="0"><span></span>'
        f"<code>{inner}</code></pre></div>\n"
    )


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=1)
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)
