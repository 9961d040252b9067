"""Files → bytes → pages, whatever a file turns out to be."""

from __future__ import annotations

import dataclasses
import os
import stat
from pathlib import Path
from typing import NamedTuple

from leitfaden.model import Defect, DefectKind, Page, Span
from leitfaden.reading.inventory import PageFile
from leitfaden.reading.page import PageReader
from leitfaden.reading.source import MAX_BYTES


class Content(NamedTuple):
    """What a file holds.

    Args:
        data: Its bytes; of a giant only as many as tell that it is one.
        stamp: Modification time (nanoseconds), size and inode; None if it cannot be asked.
        problem: Why it cannot be read, or empty.
    """

    data: bytes
    stamp: tuple[int, int, int] | None
    problem: str = ""


def stamp_of(file: str) -> tuple[int, int, int] | None:
    """Return what changes when a file is written: time, size and inode; None without access."""
    try:
        return _stamp(os.stat(file))  # noqa: PTH116 # a `Path` for each file takes longer
    except (OSError, ValueError):
        return None


def content_of(file: str) -> Content:
    """Read a file. Never raises, and never waits for a device or a pipe, which might not end."""
    path, stamp = Path(file), None
    try:
        status = path.stat()
        stamp = _stamp(status)
        if not stat.S_ISREG(status.st_mode):
            return Content(b"", stamp, "it is no regular file")
        with path.open("rb") as stream:
            return Content(stream.read(MAX_BYTES + 1), stamp)
    except (OSError, ValueError) as error:
        return Content(b"", stamp, getattr(error, "strerror", None) or str(error))


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_mtime_ns, status.st_size, status.st_ino


def page_of(file: PageFile, content: Content, reader: PageReader) -> Page:
    """Return the page that a file holds; one that cannot be read has a defect that says why.

    Args:
        file: The file.
        content: What it holds.
        reader: Reads pages by the contract.
    """
    page = reader.read(content.data, path=file.path, locale=file.locale, page_id=file.page_id)
    if not content.problem:
        return page
    defect = Defect(DefectKind.UNREADABLE, Span(0, 0), content.problem)
    return dataclasses.replace(page, defects=(defect,))
