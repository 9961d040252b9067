"""What may stand in a link, and the bare addresses that GFM turns into links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALLOWED = frozenset({"http", "https", "mailto", "tel", "ftp"})
# Browsers ignore these inside and before a scheme: `java\tscript:` runs.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

_BARE = re.compile(
    r"(?:(?<=^)|(?<=[\s*_~(]))(?:(?:https?|ftp)://|www\.)[^\s<]+"
    r"|(?<![\w.+/-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?![-_])",
    re.IGNORECASE | re.ASCII,
)
_ENTITY_AT_END = re.compile(r"&[A-Za-z0-9]+;$")


def is_safe(url: str) -> bool:
    """Tell whether a link's target cannot run code: relative, or of a harmless scheme."""
    scheme = _SCHEME.match(_IGNORED.sub("", url))
    return scheme is None or scheme[1].lower() in _ALLOWED


def encoded(url: str) -> str:
    """Return the target as it stands in an attribute: what a URL cannot hold, percent-encoded."""
    return quote(url, safe="/:?#[]@!$&'()*+,;=-._~%")


def bare_links(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the addresses in a text that GFM makes links of.

    The rules are those of the section "Autolinks (extension)" of the GitHub Flavored Markdown
    specification.

    Args:
        text: A run of text outside of links and code.

    Yields:
        Start and end in the text, and the target.
    """
    if "://" not in text and "www." not in text.lower() and "@" not in text:
        return
    for hit in _BARE.finditer(text):
        found = hit[0]
        if "@" in found and "://" not in found and not found.lower().startswith("www."):
            trimmed = found.rstrip(".")
            yield hit.start(), hit.start() + len(trimmed), f"mailto:{trimmed}"
            continue
        trimmed = _without_trailing(found)
        if _valid_domain(trimmed):
            target = trimmed if "://" in trimmed else f"http://{trimmed}"
            yield hit.start(), hit.start() + len(trimmed), target


def _without_trailing(url: str) -> str:
    while url:
        unpaired = url[-1] == ")" and url.count(")") > url.count("(")
        if unpaired or url[-1] in "?!.,:*_~'\"":
            url = url[:-1]
        elif url[-1] == ";":
            entity = _ENTITY_AT_END.search(url)
            url = url[: entity.start()] if entity else url[:-1]
            if entity is None:
                break
        else:
            break
    return url


def _valid_domain(url: str) -> bool:
    host = re.split(r"[/?#:]", url.partition("://")[2] or url, maxsplit=1)[0]
    segments = host.split(".")
    return len(segments) > 1 and all(segments) and not any("_" in part for part in segments[-2:])
