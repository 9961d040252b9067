"""How a target is written in HTML, and the bare addresses that GFM turns into links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

# Every part begins with a letter or a sign that it may not follow, so that no run of text is
# looked at twice.
_BARE = re.compile(
    r"(?P<url>(?<![A-Za-z])(?:https?|ftp)://[^\s<]+)"
    r"|(?P<www>(?<![^\s*_~(])(?-i:www)\.[^\s<]+)"
    r"|(?P<mail>(?:(?<![A-Za-z0-9.+_-])mailto:)?"
    r"(?<![A-Za-z0-9.+_-])[A-Za-z0-9.+_-]+@(?P<at>[A-Za-z0-9_.-]+))",
    re.IGNORECASE | re.ASCII,
)
_HOST = re.compile(r"[^\W_](?:[^\W_]|[-._])*")
_TRAILING = frozenset("?!.,:*_~'\"")
_REST = re.compile(r"[^\s<]*", re.ASCII)


def encoded(url: str) -> str:
    """Return the target as it stands in an attribute: what a URL cannot hold, percent-encoded."""
    return quote(url.replace("\0", "\ufffd"), safe="/:?#[]@!$&'()*+,;=-._~%")


def may_hold_links(text: str) -> bool:
    """Tell whether it is worth looking for bare addresses in a text."""
    return "://" in text or "www." in text or "@" in text


def bare_links(text: str, before: str = "") -> Iterator[tuple[int, int, str]]:
    """Find the addresses in a text that GFM makes links of.

    The rules are those of the section "Autolinks (extension)" of the GitHub Flavored Markdown
    specification, and where it is silent those of GitHub's own parser.

    Args:
        text: A run of text outside of links and code.
        before: The character that stands before it, if that belongs to the same line.

    Yields:
        Start and end in the text, and the target.
    """
    shift, behind = len(before), 0
    for hit in _BARE.finditer(before + text):
        found = hit[0]
        end = _mail_end(found, hit["at"]) if hit["mail"] else _url_end(found, bool(hit["www"]))
        if not end or hit.start() < shift:
            continue
        start = hit.start() - shift
        if hit["mail"] or not _in_brackets(text, behind, start):
            behind = start + end
            yield start, behind, _target(found[:end], hit)


def whole_address(text: str, start: int) -> int:
    """Return where an address ends that begins at `start`, whatever signs it holds."""
    rest = _REST.match(text, start)
    assert rest is not None
    return start + _trimmed(rest[0])


def _target(address: str, hit: re.Match[str]) -> str:
    if hit["www"]:
        return f"http://{address}"
    if hit["mail"] and not address.lower().startswith("mailto:"):
        return f"mailto:{address}"
    return address


def _in_brackets(text: str, start: int, end: int) -> bool:
    """Tell whether a bracket is open: GitHub makes no link of what may become a link's text."""
    return text.rfind("[", start, end) > text.rfind("]", start, end)


def _url_end(url: str, is_www: bool) -> int:
    """Return where the address ends in what was found; 0 if it has no valid domain."""
    behind_scheme = 0 if is_www else url.index("://") + 3
    end = _trimmed(url)
    host = _HOST.match(url, behind_scheme, end)
    if host is None or any("_" in part for part in host[0].split(".")[-2:]):
        return 0
    return end if end > behind_scheme + (len("www.") if is_www else 0) else 0


def _trimmed(url: str) -> int:
    """Return how long the address is without the punctuation that follows it."""
    end = len(url)
    unpaired = url.count(")") - url.count("(")
    while end:
        last = url[end - 1]
        if last == ")" and unpaired > 0:
            unpaired -= 1
            end -= 1
        elif last == ";":
            end = _before_entity(url, end) or end - 1
        elif last in _TRAILING:
            end -= 1
        else:
            break
    return end


def _before_entity(url: str, end: int) -> int:
    """Return where the entity begins that ends here, such as `&amp;`; 0 if it is none."""
    at = end - 1
    while at and url[at - 1].isascii() and url[at - 1].isalnum():
        at -= 1
    return at - 1 if 0 < at < end - 1 and url[at - 1] == "&" else 0


def _mail_end(found: str, domain: str) -> int:
    bare = domain.rstrip(".")
    dotted = "." in bare and all(bare.split("."))
    return len(found) - len(domain) + len(bare) if dotted and bare[-1].isalpha() else 0
