r"""Tags in files that know none: `<1>…</1>` and `<2/>`; text that looks so gets a `\` in front."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leitfaden.exchanging.content import Form
from leitfaden.exchanging.handoff import Mark, Piece

_TAG = re.compile(r"(?<!\\)(\\*)<(?P<close>/?)(?P<id>t?[1-9][0-9]{0,4})(?P<lone>/?)>")
_BACKSLASHES = re.compile(r"(?<!\\)\\+\Z")


def to_text(pieces: Sequence[Piece]) -> str:
    """Return words and tags as one text.

    Args:
        pieces: The words and tags.
    """
    parts: list[str] = []
    for piece in pieces:
        if isinstance(piece, Mark):
            if parts:
                parts[-1] = _BACKSLASHES.sub(lambda match: match[0] * 2, parts[-1])
            parts.append(_written(piece))
        else:
            parts.append(_TAG.sub(_as_words, piece))
    return "".join(parts)


def _as_words(match: re.Match[str]) -> str:
    return f"{match[1] * 2}\\{match[0][len(match[1]) :]}"


def _written(mark: Mark) -> str:
    if mark.form is Form.OPEN:
        return f"<{mark.id}>"
    return f"</{mark.id}>" if mark.form is Form.CLOSE else f"<{mark.id}/>"


def from_text(text: str) -> tuple[Piece, ...]:
    """Return the words and tags of a text.

    Args:
        text: The text as `to_text` returns it.
    """
    found: list[Piece] = []
    words: list[str] = []
    at = 0
    for match in _TAG.finditer(text):
        count = len(match[1])
        words += text[at : match.start()], "\\" * (count // 2)
        at = match.end()
        if count % 2 or (match["close"] and match["lone"]):
            words.append(match[0][count:])
            continue
        if any(words):
            found.append("".join(words))
        words = []
        found.append(Mark(match["id"], _form(match)))
    words.append(text[at:])
    if any(words):
        found.append("".join(words))
    return tuple(found)


def _form(match: re.Match[str]) -> Form:
    if match["close"]:
        return Form.CLOSE
    return Form.LONE if match["lone"] else Form.OPEN
