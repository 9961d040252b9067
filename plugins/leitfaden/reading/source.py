"""Bytes → text, with what is needed to write the same bytes back."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import accumulate, count
from operator import add

from leitfaden.model import Defect, DefectKind, Span
from leitfaden.reading.turning import straight

# Far above any real page (the largest of the corpus has 60 KB), and small enough that nothing
# behind this point can be kept busy for long: whatever such a file holds, it is read in about a
# second (`markdown.py` has further bounds, and so has the contract).
MAX_BYTES = 2_000_000

_LONE_CR = re.compile(r"\r(?!\n)")
_SEPARATOR_ROW = re.compile(r"^ {0,3}(?=[^|\n]*\|)[|:-][|: \t\v\f-]*\r?$", re.MULTILINE)
_TABS = str.maketrans("\t\v\f", "   ")


@dataclass(frozen=True, slots=True)
class Source:
    r"""A decoded file.

    Args:
        text: The text without a byte order mark, line ends as they are.
        plain: The same text, character by character, as the parsers need it: a line end is `\n` or
            `\r\n`, no character is NUL or turns the direction of writing, and a table's separator
            row has no tabs.
        bom: Whether the bytes began with a byte order mark.
        line_starts: Offset of the first character of each line.
        defects: What was wrong with the bytes.
    """

    text: str
    plain: str
    bom: bool
    line_starts: tuple[int, ...]
    defects: tuple[Defect, ...] = ()


def decode(data: bytes) -> Source:
    """Decode a page's bytes. Never raises: what is not UTF-8 becomes a defect.

    Args:
        data: The file's content.
    """
    if len(data) > MAX_BYTES:
        defect = Defect(DefectKind.TOO_LARGE, Span(0, 0), f"more than {MAX_BYTES:,} bytes")
        return Source("", "", False, (0,), (defect,))
    bom = data.startswith(codecs.BOM_UTF8)
    if bom:
        data = data[len(codecs.BOM_UTF8) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _replaced(data, bom, error)
    if "\0" in text:  # UTF-16 without a mark looks like this, and no text has any
        at = text.index("\0")
        return _source(text, bom, Defect(DefectKind.NOT_UTF8, Span(at, at + 1), "byte 0x00"))
    return _source(text, bom)


def _source(text: str, bom: bool, *defects: Defect) -> Source:
    plain = _plain(text)
    lengths = accumulate(map(len, plain.split("\n")))
    starts = (0, *map(add, lengths, count(1)))
    return Source(text, plain, bom, starts[:-1], defects)


def _plain(text: str) -> str:
    if "\r" in text:
        text = _LONE_CR.sub("\n", text)
    if "\t" in text or "\v" in text or "\f" in text:
        # GitHub takes them for blanks, pulldown-cmark does not.
        text = _SEPARATOR_ROW.sub(lambda row: row[0].translate(_TABS), text)
    return straight(text).replace("\0", "\ufffd")  # the latter as CommonMark has it


def _replaced(data: bytes, bom: bool, error: UnicodeDecodeError) -> Source:
    """Read what can be read, so that the rest of the page is still shown and checked."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
        return _source(text, bom, Defect(DefectKind.NOT_UTF8, Span(0, 0), "UTF-16"))
    at = len(data[: error.start].decode("utf-8"))
    wrong = Defect(DefectKind.NOT_UTF8, Span(at, at + 1), f"byte 0x{data[error.start]:02X}")
    return _source(data.decode("utf-8", errors="replace"), bom, wrong)
