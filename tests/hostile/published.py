"""What stands in a site's files, read by the programs that they are made for."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import PurePosixPath
from xml.etree import ElementTree

# What a spreadsheet computes, or takes for the end of what stands before it.
_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_DATA = re.compile(r'<script type="application/(?:ld\+)?json"[^>]*>(.*?)</script>', re.DOTALL)
# What acts when a browser opens it, or when a page loads it.
_ACTIVE = frozenset((".js", ".mjs", ".css", ".svg", ".svgz", ".htm", ".xhtml", ".shtml", ".wasm"))
_CANARY = b"alert(/"


def mistakes(files: Mapping[str, bytes], theirs: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong with the files of a site.

    Args:
        files: What is in them, by their paths.
        theirs: The paths of files that are published as writers have put them there.
    """
    for path, content in files.items():
        ending = PurePosixPath(path).suffix
        if ending in _ACTIVE and _CANARY in content:
            yield f"{path} holds code of a writer"
        if path in theirs:
            continue
        if ending == ".json":
            json.loads(content)
        elif ending == ".xml":
            yield from (f"{path}: {one}" for one in _in_xml(content))
        elif ending == ".csv":
            yield from (f"{path}: {cell!r}" for cell in _computed(content.decode("utf-8-sig")))
        elif ending == ".html":
            yield from (f"{path}: {one}" for one in _in_data(content.decode()))


def _computed(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text, newline=""), strict=True):
        yield from (cell for cell in row if cell.startswith(_COMPUTED))


def _in_xml(content: bytes) -> Iterator[str]:
    """Yield the elements of a feed or a sitemap that are HTML, and addresses that run code."""
    if b"<!" in content.replace(b"<![CDATA[", b"").replace(b"<!--", b""):
        yield "a declaration"
    for element in ElementTree.fromstring(content).iter():
        if "xhtml" in element.tag and not element.tag.endswith("}link"):
            yield element.tag
        for name in ("href", "src"):
            address = element.get(name, "")
            if ":" in address and not address.startswith(("https:", "http:", "urn:", "mailto:")):
                yield address


def _in_data(html: str) -> Iterator[str]:
    """Yield data in a page that are none, or that a script could end within."""
    for text in _DATA.findall(html):
        try:
            json.loads(text)
        except ValueError as error:
            yield f"{error}: {unescape(text)[:80]}"
        if "<" in text or "\u2028" in text:
            yield f"not escaped: {text[:80]}"
