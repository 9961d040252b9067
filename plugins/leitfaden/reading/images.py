"""How large images are, from the beginning of their files."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

import imagesize

from leitfaden.reading.files import stamp_of

_HEAD = 256 * 1024  # bytes; a photograph has its size behind its metadata
_PICTURES = (b"\x89PNG", b"GIF8", b"\xff\xd8", b"RIFF", b"BM")
_AVIF = (b"ftypavif", b"ftypavis")
_LARGEST = 65_535  # pixels; browsers show nothing larger, and a wrong size would keep space free
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.0+)?(?:px)?\s*")


def image_size(path: Path, within: Path) -> tuple[int, int] | None:
    """Return the width and the height of an image in pixels; None where they cannot be told.

    Never raises. A file that is read once is not read again until it changes.

    Args:
        path: The file.
        within: The folder that it has to lie in; a link out of it is not followed.
    """
    try:
        real = path.resolve()
        if not real.is_relative_to(within.resolve()) or not real.is_file():
            return None
    except (OSError, RuntimeError, ValueError):
        return None
    stamp = stamp_of(str(real))
    return _size(real, stamp) if stamp else None


@lru_cache(maxsize=4096)
def _size(path: Path, _: tuple[int, int, int]) -> tuple[int, int] | None:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return None
    return size_in(head)


def size_in(head: bytes) -> tuple[int, int] | None:
    """Return the width and the height of the image that begins with these bytes, in pixels.

    Of drawings only a size that the file states counts, not a share of the page or a view box:
    these are as large as the place that they are given.
    """
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return _size_of_drawing(head)
    is_avif = head[4:12] in _AVIF
    if not head.startswith(_PICTURES) and not is_avif:
        return None  # no browser shows it, and reading a hostile one can take long
    # How an AVIF is turned can be hidden in pieces without number.
    width, height = imagesize.get(io.BytesIO(head), exif_rotation=not is_avif)
    return _plausible(int(width), int(height))


def _plausible(width: int, height: int) -> tuple[int, int] | None:
    fits = 0 < width <= _LARGEST and 0 < height <= _LARGEST
    return (width, height) if fits else None


class _RootReachedError(Exception):
    """Ends the reading of a drawing at its first element."""


def _size_of_drawing(head: bytes) -> tuple[int, int] | None:
    """Return the size that an SVG's first element states; no entity is ever declared or read."""
    root: list[tuple[str, dict[str, str]]] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        root.append((name, attributes))
        raise _RootReachedError

    def refuse(*_: object) -> None:
        raise _RootReachedError

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EntityDeclHandler = refuse
    with suppress(_RootReachedError, expat.ExpatError, ValueError, LookupError):
        parser.Parse(head, False)
    if not root or root[0][0].rpartition(":")[2] != "svg":
        return None
    width, height = (_PIXELS.fullmatch(root[0][1].get(key, "")) for key in ("width", "height"))
    return _plausible(int(width[1]), int(height[1])) if width and height else None
