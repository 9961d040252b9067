"""Names of files: which can harm, and which not every machine can have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Nearly all names are plain, and need no further look.
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\- ]*[A-Za-z0-9_]|[A-Za-z0-9_]")
_MOST_BYTES = 240  # of a name; no file system takes more than 255
_PORTABLE_BYTES = 150
_PORTABLE_PATH = 180  # characters; Windows takes 260 with all folders around it
_NOT_ON_WINDOWS = frozenset('<>:"|?*')
_DEVICES = frozenset(
    (
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
    )
)
_JOINERS = "\u200c\u200d"  # some scripts need them
_UNSEEN = frozenset(("Cf", "Zl", "Zp"))


def harm_in(name: str) -> str:
    """Return why a name can do harm, as the variant of a finding; empty if it cannot.

    Args:
        name: The name of a file or folder, without what holds it.
    """
    if _PLAIN.fullmatch(name) and len(name) <= _MOST_BYTES:
        return ""
    try:
        size = len(name.encode())
    except UnicodeEncodeError:  # bytes that are no UTF-8 come as halves of surrogate pairs
        return "encoding"
    if "\\" in name:
        return "backslash"
    for at, char in enumerate(name):
        kind = unicodedata.category(char)
        if kind == "Cc":
            return "control"
        if kind in _UNSEEN and not (char in _JOINERS and _joins(name, at)):
            return "invisible"
    return "long" if size > _MOST_BYTES else ""


def _joins(name: str, at: int) -> bool:
    """Tell whether a joiner stands between signs of a script that may need it."""
    before, behind = name[max(at - 1, 0) : at], name[at + 1 : at + 2]
    return bool(before and behind) and not before.isascii() and not behind.isascii()


def hurdle_in(name: str) -> str:
    """Return why not every machine can have a file of this name; empty if all can.

    Args:
        name: The name of a file or folder, without what holds it.
    """
    stem = name.partition(".")[0].strip().lower()
    if stem in _DEVICES:
        return "reserved"
    if _PLAIN.fullmatch(name):
        return "long" if len(name) > _PORTABLE_BYTES else ""
    if not _NOT_ON_WINDOWS.isdisjoint(name):
        return "character"
    if name[-1:] in ". " or name[:1] == " ":
        return "edge"
    return "long" if len(name.encode("utf-8", "replace")) > _PORTABLE_BYTES else ""


def hurdles(names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the paths that not every machine can have, each with why, and with its double.

    Args:
        names: Paths below a folder, with `/`, in order.
    """
    folders: set[str] = set()
    seen: dict[str, str] = {}
    for name in names:
        above, _, last = name.rpartition("/")
        at = 0
        while above and at >= 0 and above not in folders:
            at = above.find("/", at + 1)
            folder = above if at < 0 else above[:at]
            if folder not in folders:
                folders.add(folder)
                why = hurdle_in(folder.rpartition("/")[2])
                if why:
                    yield folder, why, ""
        why = hurdle_in(last)
        if why or len(name) > _PORTABLE_PATH:
            yield name, why or "long", ""
        double = seen.setdefault(_folded(name), name)
        if double is not name:
            yield name, "double", double


def _folded(name: str) -> str:
    """Return what stands for all names that some file systems take for the same."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
