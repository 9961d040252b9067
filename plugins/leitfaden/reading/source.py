"""Bytes → text, with what is needed to write the same bytes back."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from leitfaden.model import Defect, DefectKind, Span

# Far above any real page (the largest of the corpus has 60 KB), and small enough that no parser
# behind this point can be kept busy for long.
MAX_BYTES = 8_000_000

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded file.

    Args:
        text: The text without a byte order mark, line ends as they are.
        bom: Whether the bytes began with one.
        line_starts: Offset of the first character of each line.
        defects: What was wrong with the bytes.
    """

    text: str
    bom: bool
    line_starts: tuple[int, ...]
    defects: tuple[Defect, ...] = ()


def decode(data: bytes) -> Source:
    """Decode a page's bytes. Never raises: what is not UTF-8 becomes a defect.

    Args:
        data: The file's content.
    """
    if len(data) > MAX_BYTES:
        defect = Defect(DefectKind.TOO_LARGE, Span(0, 0), f"{len(data):,} bytes")
        return Source("", False, (0,), (defect,))
    bom = data.startswith(codecs.BOM_UTF8)
    if bom:
        data = data[len(codecs.BOM_UTF8) :]
    try:
        return _source(data.decode("utf-8"), bom)
    except UnicodeDecodeError as error:
        return _replaced(data, bom, error)


def _source(text: str, bom: bool, *defects: Defect) -> Source:
    starts = (0, *(end.end() for end in _LINE_END.finditer(text)))
    return Source(text, bom, starts, defects)


def _replaced(data: bytes, bom: bool, error: UnicodeDecodeError) -> Source:
    """Read what can be read, so that the rest of the page is still shown and checked."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
        return _source(text, bom, Defect(DefectKind.NOT_UTF8, Span(0, 0), "UTF-16"))
    at = len(data[: error.start].decode("utf-8"))
    wrong = Defect(DefectKind.NOT_UTF8, Span(at, at + 1), f"byte 0x{data[error.start]:02X}")
    return _source(data.decode("utf-8", errors="replace"), bom, wrong)
