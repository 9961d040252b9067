"""Looks through a built site before it is published: `python3 scripts/dev.py inspect [site]`.

Every link leads to a file of the site and to a place in it, nothing is loaded from elsewhere by a
page itself, no page is cut off, and there is nothing but files. Needs nothing but Python.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

_NEEDED = ("index.html", "404.html")
_HERE = "https://site.invalid/"  # the site's top, wherever it may be published

# By element: the attributes whose addresses a browser loads by itself.
_LOADED = {
    "audio": ("src",),
    "embed": ("src",),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_FOLLOWED = {"a": ("href",), "area": ("href",), "form": ("action",)}
_NOT_LOADED = {"alternate", "author", "canonical", "help", "license", "next", "prev", "search"}
_IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]*)", re.IGNORECASE)
# Comments, elements whose content is no HTML, and all other ones.
_TOLD = r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*+"
_TOKEN = re.compile(
    r"<!--.*?-->"
    rf"|<(?P<raw>script|style|textarea)\b(?P<of>{_TOLD})>(?P<inside>.*?)</(?P=raw)"
    rf"|<(?P<tag>[a-z][\w:-]*)(?P<told>{_TOLD})>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_TELLING = re.compile(r"\b(?:id|name|style)\s*=|mermaid", re.IGNORECASE)
# Blocks that make the theme load a program from elsewhere.
_FETCHING = {"mermaid": "diagrams that the theme fetches a program for from unpkg.com"}

_ASKED = {*_LOADED, *_FOLLOWED, "meta", "style"}


class Reference(NamedTuple):
    """An address in a page.

    Args:
        address: The address, as it stands there.
        is_loaded: Whether a browser loads it by itself.
        line: Where it stands.
    """

    address: str
    is_loaded: bool
    line: int


class Seen(NamedTuple):
    """What of a page matters.

    Args:
        references: The addresses in it.
        anchors: The names of its places.
        fetching: What in it makes the theme fetch something.
        is_whole: Whether it has an end.
    """

    references: Sequence[Reference]
    anchors: frozenset[str]
    fetching: frozenset[str]
    is_whole: bool


def problems(site: Path) -> Iterator[str]:
    """Yield what is wrong with a site, one line each.

    Args:
        site: Its folder.
    """
    files: set[str] = set()
    for name, is_file in _entries(site):
        if is_file:
            files.add(name)
        else:
            yield f"{name}: is a link, or nothing that can be published"
    for name in _NEEDED:
        if name not in files:
            yield f"{name}: is missing"
    names = sorted(name for name in files if name.endswith(".html"))
    with ProcessPoolExecutor() as processes:
        pages = dict(
            zip(
                names,
                processes.map(_seen, [site / name for name in names], chunksize=50),
                strict=True,
            )
        )
    base = _base_of(site)
    for name, page in pages.items():
        yield from _of_page(name, page, pages, files, base)
    for name in sorted(files):
        if name.endswith(".css"):
            text = (site / name).read_text("utf-8", "replace")
            for address in _in_style(text):
                yield from _of_reference(name, Reference(address, True, 0), {}, files, base)


def _entries(site: Path) -> Iterator[tuple[str, bool]]:
    """Yield all that a folder holds but folders, and whether it is a plain file."""
    left = [""]
    while left:
        below = left.pop()
        with os.scandir(site / below) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(f"{below}{entry.name}/")
                else:
                    yield f"{below}{entry.name}", entry.is_file(follow_symlinks=False)


def _base_of(site: Path) -> str:
    """Return the address of the site, as its home page says; empty if it says none."""
    home = site / "index.html"
    if not home.is_file():
        return ""
    found = re.search(
        r"<link\b[^>]*\brel=[\"']?canonical\b[^>]*>", home.read_text("utf-8", "replace")
    )
    address = re.search(r"\bhref=[\"']?([^\"'\s>]+)", found[0]) if found else None
    return address[1] if address else ""


def _of_page(
    name: str, page: Seen, pages: Mapping[str, Seen], files: set[str], base: str
) -> Iterator[str]:
    if not page.is_whole:
        yield f"{name}: is cut off, it has no </html>"
    for what in sorted(page.fetching):
        yield f"{name}: has {_FETCHING[what]}"
    for reference in page.references:
        yield from _of_reference(name, reference, pages, files, base)


def _of_reference(
    name: str, reference: Reference, pages: Mapping[str, Seen], files: set[str], base: str
) -> Iterator[str]:
    address = reference.address.strip()
    place = f"{name}:{reference.line}" if reference.line else name
    if not address or address.startswith(("data:", "about:")):
        return
    try:
        inside = _inside(address, name, base)
    except ValueError:
        yield f"{place}: {address} is no address"
        return
    if inside is None:
        if reference.is_loaded:
            yield f"{place}: {address} is loaded from elsewhere"
        return
    path, _, anchor = inside.partition("#")
    file = next((one for one in _files_for(path) if one in files), None)
    if file is None:
        yield f"{place}: {address} leads to nothing"
    elif anchor and file in pages and anchor not in pages[file].anchors:
        yield f"{place}: {address} leads to a place that {file} does not have"


def _inside(address: str, name: str, base: str) -> str | None:
    """Return where an address leads within the site, with its anchor; None if out of it."""
    split = urlsplit(address)
    if split.scheme not in ("", "http", "https"):
        return None
    site = urlsplit(base)
    if split.netloc:
        if not base or split.netloc != site.netloc or not split.path.startswith(site.path):
            return None
        path = split.path[len(site.path) :]
    elif split.path.startswith("/"):
        path = urljoin(_HERE, split.path)[len(_HERE) :].removeprefix(site.path.lstrip("/"))
    else:
        path = urljoin(_HERE + name, split.path or Path(name).name)[len(_HERE) :]
    return f"{unquote(path)}#{unquote(split.fragment)}"


def _files_for(path: str) -> Iterator[str]:
    if path and not path.endswith("/"):
        yield path
        yield f"{path}.html"
        path = f"{path}/"
    yield f"{path}index.html"


def _in_style(text: str) -> Iterator[str]:
    for found in _IN_STYLE.finditer(_COMMENT.sub("", text)):
        address = (found[1] or found[2]).strip()
        if not address.startswith("#"):
            yield address


def _seen(file: Path) -> Seen:
    text = file.read_text("utf-8", "replace")
    lines = [found.end() for found in re.finditer("\n", text)]
    references: list[Reference] = []
    anchors: set[str] = set()
    fetching: set[str] = set()
    for token in _TOKEN.finditer(text):
        tag, told = (token["tag"] or token["raw"] or "").lower(), token["told"] or token["of"] or ""
        if tag not in _ASKED and not _TELLING.search(told):
            continue
        values = {
            one[1].lower(): unescape(one[2] or one[3] or one[4] or "")
            for one in _ATTRIBUTE.finditer(told)
        }
        anchors |= {values[name] for name in ("id", "name") if values.get(name)}
        fetching |= _FETCHING.keys() & values.get("class", "").split()
        line = bisect_right(lines, token.start()) + 1
        references += [Reference(*one, line) for one in _of_element(tag, values)]
        if tag == "style":
            references += [Reference(one, True, line) for one in _in_style(token["inside"])]
    is_whole = text.rstrip().lower().endswith("</html>")
    return Seen(references, frozenset(anchors), frozenset(fetching), is_whole)


def _of_element(tag: str, values: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the addresses in an element, and whether a browser loads them by itself."""
    is_left = tag == "link" and _NOT_LOADED & set(values.get("rel", "").lower().split())
    for name in () if is_left else _LOADED.get(tag, ()):
        yield from ((address, True) for address in _addresses(name, values.get(name, "")))
    for name in _FOLLOWED.get(tag, ()):
        yield values.get(name, ""), False
    if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
        found = _REFRESH.match(values.get("content", ""))
        if found and found[1]:
            yield found[1], True
    yield from ((address, True) for address in _in_style(values.get("style", "")))


def _addresses(attribute: str, value: str) -> Iterator[str]:
    if attribute != "srcset":
        yield value
        return
    for candidate in value.split(", "):
        yield candidate.strip().partition(" ")[0]
