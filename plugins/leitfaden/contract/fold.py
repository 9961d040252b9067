"""Spellings that mean the same."""

from __future__ import annotations

import unicodedata

_COLONS = (":", "\N{FULLWIDTH COLON}")


def fold(text: str) -> str:
    """Return what two spellings have in common when they are to be read as the same.

    Composed and decomposed letters, upper and lower case, all kinds and amounts of blanks count
    as equal; invisible format characters (zero-width blanks and joiners, soft hyphens, direction
    marks) and one trailing colon do not count at all.
    """
    if not text.isascii():
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")
        text = unicodedata.normalize("NFD", text)  # Unicode folds case on decomposed text
    text = " ".join(text.split())
    if text.endswith(_COLONS):
        text = text[:-1].rstrip()
    text = text.casefold()
    return text if text.isascii() else unicodedata.normalize("NFC", text)
