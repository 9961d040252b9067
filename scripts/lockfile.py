"""Parts of a lock: an environment gets what it needs, and no more, with the lock's own hashes.

Needs nothing but Python, as `scripts/dev.py` does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

_PROJECT = "leitfaden (pyproject.toml{})"
_ENTRY = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)
_HEAD = re.compile(r"([\w.-]+)==([\w.!+-]+)")
_VIA = re.compile(r"^ +# +(?:via )?(\S.*)$", re.MULTILINE)


class Entry(NamedTuple):
    """A version of a package in a lock.

    Args:
        name: The package.
        version: Its version.
        wanted_by: Who asks for it: packages, or the project itself.
        text: The lines of the lock.
    """

    name: str
    version: str
    wanted_by: frozenset[str]
    text: str


def entries_of(lock: str) -> list[Entry]:
    """Return all entries of a lock as uv writes it.

    Args:
        lock: The lock's text.

    Raises:
        ValueError: It is none.
    """
    entries = []
    for text in _ENTRY.split(lock)[1:]:
        head = _HEAD.match(text)
        if not head or "--hash=sha256:" not in text:
            raise ValueError(f"this is no entry of a lock: {text.splitlines()[0]}")
        wanted_by = frozenset(_VIA.findall(text)) - {"via"}
        entries.append(Entry(head[1], head[2], wanted_by, text))
    return entries


def needed(
    entries: Iterable[Entry], group: str | None = None, also: Collection[str] = ()
) -> list[Entry]:
    """Return what one part of the project needs: what it asks for, and what that asks for.

    Args:
        entries: All entries of a lock.
        group: The part: a dependency group; None for what the project needs when it runs.
        also: Packages that are needed besides.
    """
    entries = list(entries)
    found: set[str] = set()
    more = {*also, _PROJECT.format(f":{group}" if group else "")}
    while more:
        found |= more
        more = {one.name for one in entries if one.wanted_by & more} - found
    return [one for one in entries if one.name in found]
