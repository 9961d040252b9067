"""Texts and addresses as Markdown has them."""

from __future__ import annotations

import re

# What would end a link's text, or begin something else within a line.
_SPECIAL = re.compile(r"[\\`*_\[\]<>&]")


def plain(text: str) -> str:
    """Return a text as Markdown that shows it as it is, in one line."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def target(address: str) -> str:
    """Return an address as the target of a link."""
    return address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
