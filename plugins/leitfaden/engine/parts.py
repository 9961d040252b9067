"""A part of a site: some of its files, in a folder that says which ones and what they are part of.

What is said stands in a file of JSON. A part may have come from another machine, so nothing that it
says is believed before it has been looked at, and nothing in it is ever run.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

MANIFEST = ".leitfaden-part.json"
"""What the file at the top of a part is called that tells about it; no site has one."""

_FORMAT = 1
_MOST_BYTES = 1 << 30  # of a manifest: a site of some million files
_BLOCK = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[\w-]{1,99}")  # of a locale
_SHOWN = 3  # names in a message

# What parts of one site have in common, and how it is told that they don't.
INPUTS = {
    "pages": "pages, or other files below the folder of the pages",
    "templates": "templates, or other files of the theme's overrides",
    "contract": "a contract, or a baseline",
    "configuration": "settings in mkdocs.yml, or options of the command",
    "programs": "versions of Python, Leitfaden or what it uses",
    "history": "commits, or fetched less of the repository's history",
}


class PartError(Exception):
    """Parts that no site can be made of: told with what to do."""


@dataclass(frozen=True)
class Share:
    """What one of several builds makes of a site.

    Args:
        locale: The locale.
        number: Which share of the locale's pages, counted from 1.
        count: How many shares there are of them.
    """

    locale: str
    number: int = 1
    count: int = 1

    def __str__(self) -> str:
        return f"{self.locale} {self.number}/{self.count}"


@dataclass(frozen=True)
class Part:
    """What a part says of itself.

    Args:
        share: What it is of the site.
        locales: All locales of the site.
        inputs: What it was built from, as digests by the names in `INPUTS`.
        files: The digests of its files, by their paths in the site.
    """

    share: Share
    locales: tuple[str, ...]
    inputs: Mapping[str, str]
    files: Mapping[str, str]


def write(folder: Path, share: Share, locales: tuple[str, ...], inputs: Mapping[str, str]) -> None:
    """Make a folder of files a part.

    Args:
        folder: The folder.
        share: What it is of the site.
        locales: All locales of the site.
        inputs: What it was built from.
    """
    names = sorted(path for path in files_in(folder) if path != MANIFEST)
    said = {
        "format": _FORMAT,
        "locale": share.locale,
        "shard": share.number,
        "shards": share.count,
        "locales": list(locales),
        "inputs": dict(inputs),
        "files": {name: _digest_of(folder / name) for name in names},
    }
    (folder / MANIFEST).write_text(json.dumps(said, indent=1) + "\n", "ascii")


def read(folder: Path) -> Part:
    """Return what a part says of itself.

    Args:
        folder: The part.

    Raises:
        PartError: It says nothing, or nothing that can be true.
    """
    said = _said(folder)
    if said.get("format") != _FORMAT:
        raise PartError(
            f"{_shown(folder)} was built by another version of Leitfaden, "
            f"with format {said.get('format')!r} where this one has {_FORMAT}. "
            "Build and assemble with the same version."
        )
    try:
        part = _part(said)
    except (KeyError, TypeError, ValueError):
        raise _damaged(folder) from None
    for path in part.files:
        if not _is_inside(path):
            raise PartError(
                f"{_shown(folder)} names the file {path!r}, which a site cannot have: it would "
                "lie outside of the site's folder. Don't use this part; build it again."
            )
    return part


def files_in(folder: Path) -> Iterator[str]:
    """Yield the paths of all files in a folder, with `/`.

    Args:
        folder: The folder.

    Raises:
        PartError: There is something else than files and folders in it, such as a link.
    """
    left = [""]
    while left:
        below = left.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    left.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    yield path
                else:
                    raise PartError(
                        f"{_shown(folder)} holds {path!r}, which is a link or something else "
                        "that is no file. Don't use this part; build it again."
                    )


def copy(source: Path, target: Path, digest: str) -> bool:
    """Copy a file that has to be what was said of it.

    Args:
        source: The file.
        target: Where to; there must be nothing yet.
        digest: What its content has to be.

    Returns:
        False if it is something else; what has been copied then is of no use.
    """
    found = hashlib.sha256()
    with _opened(source) as stream, target.open("xb") as copied:
        while block := stream.read(_BLOCK):
            found.update(block)
            copied.write(block)
    return found.hexdigest() == digest


def some(names: list[str]) -> str:
    """Return names for a message: a few, and how many more there are."""
    shown = ", ".join(repr(name) for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _said(folder: Path) -> Mapping[str, Any]:
    file = folder / MANIFEST
    try:
        with _opened(file) as stream:
            data = stream.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise PartError(_why_nothing(folder)) from None
    if len(data) > _MOST_BYTES:
        raise _damaged(folder)
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        raise _damaged(folder) from None
    if not isinstance(said, dict):
        raise _damaged(folder)
    return said


def _why_nothing(folder: Path) -> str:
    if not folder.is_dir():
        return f"There is no folder {_shown(folder)}."
    try:
        below = sorted(entry for entry in folder.iterdir() if (entry / MANIFEST).exists())
    except OSError:
        below = []
    if below:
        return (
            f"{_shown(folder)} is no part but holds {len(below)}. "
            f"Name each of them, as in {_shown(folder / '*')[1:-1]}."
        )
    return (
        f"{_shown(folder)} is no part of a site, as it has no {MANIFEST}. "
        "Name folders that `leitfaden build --locale` has made. Files whose names begin with a dot "
        "may have been left behind: actions/upload-artifact takes them with "
        "`include-hidden-files: true`."
    )


def _damaged(folder: Path) -> PartError:
    return PartError(
        f"What {_shown(folder)} says of itself in {MANIFEST} is damaged. Build this part again."
    )


def _shown(folder: Path) -> str:
    return repr(str(folder))


def _part(said: Mapping[str, Any]) -> Part:
    """Return what was said, if it has the types and the values that it has to have."""
    share = Share(_name(said["locale"]), _count(said["shard"]), _count(said["shards"]))
    locales = tuple(map(_name, said["locales"]))
    is_possible = share.number <= share.count and share.locale in locales
    if not is_possible or len(set(locales)) < len(locales):
        raise ValueError(share)
    return Part(share, locales, _digests(said["inputs"]), _digests(said["files"]))


def _name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError(value)
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or value < 1:
        raise ValueError(value)
    return value


def _digests(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise TypeError(value)
    for one in value.values():
        if not isinstance(one, str) or not _DIGEST.fullmatch(one):
            raise ValueError(one)
    return value


def _is_inside(path: str) -> bool:
    """Tell whether a path names a file of a site, on this system."""
    if "\0" in path or path == MANIFEST or not {"", ".", ".."}.isdisjoint(path.split("/")):
        return False
    return os.sep == "/" or not set(path) & {os.sep, ":"}


def _opened(file: Path) -> BinaryIO:
    """Open a file that has to be one: neither a link nor something that never ends."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    number = os.open(file, flags | getattr(os, "O_BINARY", 0))
    stream = os.fdopen(number, "rb")
    if not stat.S_ISREG(os.fstat(number).st_mode):
        stream.close()
        raise PartError(f"{_shown(file)} is no file. Don't use this part; build it again.")
    return stream


def _digest_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
