"""Fenced code, coloured by Pygments, in Material's markup."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from io import StringIO

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
    words = (word.strip("{}.") for word in info.split(maxsplit=2))  # `{ .py }` is the longest way
    language = next(filter(None, words), "")
    coloured = _coloured(code, language)
    name = language.lower() if coloured is not None or _is_name(language) else "text"
    inner = escape(code, quote=False) if coloured is None else coloured
    return (
        f'<div class="language-{escape(name)} highlight"><pre tabindex="0"><span></span>'
        f"<code>{inner}</code></pre></div>\n"
    )


def _coloured(code: str, language: str) -> str | None:
    """Return the code with colours, or None where there are none to be had."""
    lexer = _lexer(language) if language and len(code) <= _LONGEST_COLOURED else None
    if lexer is None:
        return None
    tokens = list(lexer.get_tokens(code))
    # A lexer may add a line end or drop what it does not like: the text goes before the colours.
    if "".join(text for _, text in tokens) != code:
        return None
    out = StringIO()
    _formatter().format(tokens, out)
    return out.getvalue()


def _is_name(language: str) -> bool:
    return bool(language) and all(char.isalnum() or char in "+#-_" for char in language)


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=1)
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)
