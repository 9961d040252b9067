"""The formats in which texts are handed off and come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from leitfaden.exchanging import po, table, xliff
from leitfaden.exchanging.files import MAX_BYTES, Delivery, Trouble, UnreadableError
from leitfaden.exchanging.intake import Returned


class Format(NamedTuple):
    """A format.

    Args:
        endings: The endings of its files' names; the first is what we write.
        write: Makes a file's text.
        read: Reads a file's content; raises `UnreadableError`.
        mark: What a file's bytes begin with, for programs that need it to know the encoding.
    """

    endings: tuple[str, ...]
    write: Callable[[Delivery], str]
    read: Callable[[bytes], list[Returned]]
    mark: str = ""


FORMATS: Mapping[str, Format] = {
    "xliff": Format((".xlf", ".xliff"), xliff.write, xliff.read),
    "po": Format((".po",), po.write, po.read),
    "csv": Format((".csv",), table.write, table.read, "\ufeff"),
}


def read_file(data: bytes, name: str) -> list[Returned]:
    """Return what a file brings back.

    Args:
        data: Its content.
        name: Its name; what has another ending is known by how it begins.

    Raises:
        UnreadableError: It cannot be read, is too large, or holds nothing.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(Trouble.TOO_LARGE, f"{MAX_BYTES:,}")
    if not data.strip():
        raise UnreadableError(Trouble.NOTHING)
    found = _format(data, name).read(data)
    if not found:
        raise UnreadableError(Trouble.NOTHING)
    return found


def _format(data: bytes, name: str) -> Format:
    ending = f".{name.rpartition('.')[2].lower()}"
    for known in FORMATS.values():
        if ending in known.endings:
            return known
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return FORMATS["xliff"]
    return FORMATS["po" if b"\nmsgid" in data[:100_000] else "csv"]
