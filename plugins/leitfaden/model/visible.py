"""Characters that control a terminal or hide something, made visible."""

from __future__ import annotations

import unicodedata

_BLANKS = {
    "\t": "→",
    "\u00a0": "⍽",
    "\u200b": "⟨U+200B⟩",
    "\ufeff": "⟨U+FEFF⟩",
    "\u2060": "⟨U+2060⟩",
}
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def harmless(text: str) -> str:
    """Return a text in one line, so that nothing in it controls the terminal or hides something."""
    if text.isprintable():
        return text
    return "".join(char if char == "\u00a0" else visible(char) for char in text)


def visible(char: str) -> str:
    """Return what shows a character, or its code point where nothing does."""
    if char in _BLANKS:
        return _BLANKS[char]
    return f"⟨U+{ord(char):04X}⟩" if unicodedata.category(char) in _UNSEEN else char
