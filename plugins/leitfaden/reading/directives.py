"""Constructs that docfx adds to Markdown, as they are written: includes, videos, images."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from leitfaden.contract import Contract
from leitfaden.contract.targets import scheme_of
from leitfaden.model import Refusal, Span
from leitfaden.reading.terms import stripped

ALERT = re.compile(r"\[!([^\[\]\s]{1,40})\]")
INCLUDE = re.compile(r"\[!include[+-]?[ \t]*(?=\[)", re.IGNORECASE)
# Without brackets in them, so that what is no video is told at once.
VIDEO = re.compile(
    r"\[!video[ \t]+(?:<(?P<angled>[^<>\[\]\s]*)>|(?P<url>[^\[\]\s]+))"
    r"(?:[ \t]+(?P<title>[^\[\]\n]*))?\]",
    re.IGNORECASE,
)
IMAGE_END = re.compile(r":::[ \t]*image-end[ \t]*:::", re.IGNORECASE)
_IMAGE = re.compile(r":::[ \t]*image(?![\w-])", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r'[ \t]*(?P<name>[a-z][a-z0-9-]*)(?:[ \t]*=[ \t]*"(?P<value>[^"\r\n]{0,2000})")?',
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[ \t]*:::")
_TITLE = re.compile(r"""(?:title[ \t]*=[ \t]*)?(["']?)(.*)\1""", re.DOTALL)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)
_KNOWN = frozenset(("type", "source", "alt-text", "lightbox", "border", "link", "loc-scope"))
_MOST_ATTRIBUTES = 12
_BLANKS = " \t"
_PAGE = ".md"
_TREE = "~/"  # what docfx calls the root of all files


class WrittenImage(NamedTuple):
    """An image as a directive states it.

    Args:
        end: Offset behind its last colon.
        attributes: The values by the attribute's name in lower case, without blanks around them,
            and where each is written.
        unknown: The first attribute that means nothing, or empty.
    """

    end: int
    attributes: dict[str, tuple[str, Span]]
    unknown: str

    @property
    def is_icon(self) -> bool:
        """Whether it only decorates the text beside it."""
        return self.value("type").lower() == "icon"

    @property
    def is_complex(self) -> bool:
        """Whether a long description follows it."""
        return self.value("type").lower() == "complex"

    @property
    def has_border(self) -> bool:
        """Whether it has a line around it, as it has unless its writer says otherwise."""
        border = self.value("border").lower()
        return border == "true" if self.is_icon else border != "false"

    def value(self, name: str) -> str:
        """Return the value of an attribute, or an empty text."""
        return self.attributes[name][0] if name in self.attributes else ""

    def place(self, name: str) -> Span:
        """Return where the value of an attribute is written."""
        return self.attributes[name][1]


def image_at(text: str, start: int) -> WrittenImage | None:
    """Read the image that begins at an offset, if one does and its last colons are in its line.

    Args:
        text: The page's text.
        start: Where its first colon stands.
    """
    opening = _IMAGE.match(text, start)
    if opening is None:
        return None
    at = opening.end()
    attributes: dict[str, tuple[str, Span]] = {}
    unknown = ""
    for _ in range(_MOST_ATTRIBUTES):
        attribute = _ATTRIBUTE.match(text, at)
        if attribute is None:
            break
        at = attribute.end()
        name = attribute["name"].lower()
        unknown = unknown or (name if name not in _KNOWN or name in attributes else "")
        if attribute["value"] is not None:
            place = stripped(text, *attribute.span("value"), _BLANKS)
            attributes.setdefault(name, (place.of(text), place))
    closing = _CLOSING.match(text, at)
    return WrittenImage(closing.end(), attributes, unknown) if closing else None


def begins_image(text: str, start: int) -> bool:
    """Tell whether an image is begun at an offset, whether or not it is sound."""
    return _IMAGE.match(text, start) is not None


def video_host(url: str) -> str | None:
    """Return the host of a video's address; None if the address is not one of the secure web."""
    if scheme_of(url) != "https" or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 # raises for what is no port
    except ValueError:
        return None
    host = parts.hostname or ""
    return host if _HOST.fullmatch(host) and "@" not in parts.netloc else None


def video_title(written: str | None) -> str:
    """Return a video's title as readers see it: `title="…"` or just the words."""
    match = _TITLE.fullmatch((written or "").strip())
    return unescape(match[2]).strip() if match else ""


def named_by(
    target: str, locale: str, page_id: str, contract: Contract
) -> tuple[str, str, Refusal | None]:
    """Return the page that the path of an include names, whether or not there is one.

    Args:
        target: The path: relative to the page that holds it, or to the locale's folder after `~/`.
        locale: The locale of that page.
        page_id: Its page id.
        contract: The locales, and the names of files.

    Returns:
        Locale and page id, and why the path can name no page at all.
    """
    path = unquote(target)
    if scheme_of(path) or path.startswith(("/", "\\")) or "\\" in path or "\0" in path:
        return "", "", Refusal.OUTSIDE
    below = path.removeprefix(_TREE)
    folder = locale if below != path else posixpath.dirname(f"{locale}/{page_id}")
    uri = posixpath.normpath(posixpath.join(folder, below))
    locale_of, _, name = uri.partition("/")
    if locale_of not in contract.locales or not name:
        return "", "", Refusal.OUTSIDE
    if not name.endswith(_PAGE):
        return "", "", Refusal.NOT_MARKDOWN
    return locale_of, contract.page_id(name, locale_of), None
