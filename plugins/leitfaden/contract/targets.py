"""What a page may link to."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALLOWED = frozenset({"http", "https", "mailto", "tel", "ftp"})
# Browsers ignore these inside and before a scheme: `java\tscript:` runs.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def scheme_of(target: str) -> str:
    """Return the scheme that a browser reads in a target, in lower case; empty if it is none."""
    scheme = _SCHEME.match(_IGNORED.sub("", target))
    return scheme[1].lower() if scheme else ""


def is_safe(target: str) -> bool:
    """Tell whether a link's target cannot run code: relative, or of a harmless scheme."""
    scheme = scheme_of(target)
    return not scheme or scheme in _ALLOWED
