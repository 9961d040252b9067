"""SVG drawings: what in them could run, load or follow something when a browser opens them.

A drawing that a page shows as an image is inert, but it can also be opened at its own address,
which is the site's: then all that it holds is at work.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from leitfaden.model import Position

_SVG = "http://www.w3.org/2000/svg"
_HTML = "http://www.w3.org/1999/xhtml"
_XML = "http://www.w3.org/XML/1998/namespace"
_BETWEEN = " "  # a namespace and a name; no namespace may hold a blank and be one
_DEEPEST = 500  # elements within elements; browsers give up, too
# Whatever may hold or load another document, or listens to what happens.
_FOREIGN = frozenset(("foreignobject", "iframe", "embed", "object", "audio", "video", "canvas"))
_SCRIPTS = frozenset(("script", "handler", "listener"))
_CHANGES = frozenset(("animate", "set", "animatetransform", "animatemotion", "animatecolor"))
_ADDRESSES = frozenset(("href", "src", "action", "formaction", "data", "poster"))
_LINKS = frozenset(("http:", "https:", "mailto:", "tel:"))
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif)[;,]")
_IN_STYLES = re.compile(r"data:(?:image/(?:png|jpe?g|gif|webp|avif)|font/|application/(?:x-)?font)")
_NO_LETTERS = dict.fromkeys((*range(0x21), 0x7F, 0xA0, 0xAD, 0x200B, 0xFEFF))
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|([^\r\n\f]))")
_URL = re.compile(r"(?:url|src)\(\s*['\"]?\s*([^'\")]{0,80})")
_WORSE = re.compile(r"@import|javascript:|expression\(|-moz-binding|behavior:|image-set\(\s*['\"]")
_NAMESPACE = re.compile(
    r"@namespace\s{1,9}(?:\w{1,20}\s{1,9})?(?:url\(\s{0,9})?['\"]?http://www\.w3\.org/[\w/]{1,40}['\"]?\)?;"
)


class Danger(NamedTuple):
    """What is dangerous in a drawing.

    Args:
        variant: What it is, as the variant of a finding.
        at: Where.
        detail: What is written there.
    """

    variant: str
    at: Position
    detail: str = ""


class _Found(Exception):
    """Ends the reading of a drawing at the first thing that is dangerous."""


def danger_in(data: bytes) -> Danger | None:
    """Return the first thing in a drawing that is not just drawn; None for an inert one.

    Never raises, takes time in proportion to the drawing, and neither declares nor reads entities.

    Args:
        data: What the file holds.
    """
    return _Reader().read(data)


@lru_cache(maxsize=4096)
def danger_of(file: str, _: tuple[int, int, int]) -> Danger | None:
    """Return the same for a file, and read it but once until it changes.

    Args:
        file: The file.
        _: Its stamp.

    Raises:
        OSError: It cannot be read.
    """
    with open(file, "rb") as stream:  # noqa: PTH123
        return danger_in(stream.read())


class _Reader:
    """One walk over a drawing."""

    def __init__(self) -> None:
        self._parser = parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ProcessingInstructionHandler = self._instruction
        parser.EntityDeclHandler = self._entity
        self._depth = 0
        self._style: list[str] | None = None
        self._danger: Danger | None = None

    def read(self, data: bytes) -> Danger | None:
        """Return the first danger."""
        with suppress(_Found):
            try:
                self._parser.Parse(data, True)
            except expat.ExpatError as error:
                self._tell("broken", expat.ErrorString(error.code), Position(error.lineno, 1))
            except (ValueError, LookupError):  # an encoding that is unknown
                self._tell("broken", "unknown encoding")
        return self._danger

    def _tell(self, variant: str, detail: str = "", at: Position | None = None) -> None:
        here = Position(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        self._danger = Danger(variant, at or here, detail)
        raise _Found

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(_BETWEEN)
        element = tag.lower()
        self._depth += 1
        if space == _HTML or element in _FOREIGN:
            self._tell("foreign", tag)
        if self._depth == 1 and (space not in (_SVG, "") or element != "svg"):
            self._tell("broken", f"<{tag}>")
        if self._depth > _DEEPEST:
            self._tell("broken", f"{_DEEPEST} elements within each other")
        if element in _SCRIPTS:
            self._tell("script", tag)
        for written, value in attributes.items():
            self._attribute(element, written, value)
        if element == "style":
            self._style = []

    def _attribute(self, element: str, written: str, value: str) -> None:
        space, _, key = written.rpartition(_BETWEEN)
        name = key.lower()
        if name.startswith("on") and not space:
            self._tell("handler", key)
        if name == "base" and space == _XML:
            self._tell("external", value)
        if name == "attributename" and element in _CHANGES:
            changed = value.rpartition(":")[2].strip().lower()
            if changed in _ADDRESSES or changed.startswith("on"):
                self._tell("animation", value)
        address = value.translate(_NO_LETTERS).lower()
        if "javascript:" in address or "vbscript:" in address:
            self._tell("scheme", value)
        if name in _ADDRESSES:
            self._address(element, value, address)
        if name == "style" or "(" in value:
            self._styles(value)

    def _address(self, element: str, value: str, address: str) -> None:
        if not address or address.startswith("#") or _PICTURE.match(address):
            return
        if element != "a":
            self._tell("external", value)
        scheme = _SCHEME.match(address)
        if scheme and scheme[0] not in _LINKS:
            self._tell("scheme", value)

    def _styles(self, text: str) -> None:
        if "\\" in text:
            text = _ESCAPE.sub(_unescaped, text)
        plain = text.lower()
        if "@namespace" in plain:
            plain = _NAMESPACE.sub("", plain)
        self._loads(plain)
        if "/*" in plain:  # which a string may hold, too: then what seems a comment is none
            self._loads(_COMMENT.sub("", plain))

    def _loads(self, plain: str) -> None:
        worse = _WORSE.search(plain)
        if worse:
            self._tell("style", worse[0])
        for url in _URL.finditer(plain):
            target = url[1].translate(_NO_LETTERS)
            if target and not target.startswith("#") and not _IN_STYLES.match(target):
                self._tell("external", url[1])

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._style is not None and name.rpartition(_BETWEEN)[2].lower() == "style":
            written, self._style = "".join(self._style), None
            self._styles(written)

    def _instruction(self, target: str, data: str) -> None:
        if target.lower() == "xml-stylesheet":
            self._tell("style", target)

    def _entity(self, name: str, *_: object) -> None:
        self._tell("entity", name)


def _unescaped(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
