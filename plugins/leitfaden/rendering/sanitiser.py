"""Raw HTML of a page, reduced to what cannot do harm and kept from reaching into ours.

Only what a writer wrote as HTML passes through the sanitiser; what the renderer and the templates
write never does. Where both stand side by side, marks stand for ours while theirs is cleaned, and
raw HTML that swallows a mark is shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TypeAlias, Union

import nh3

from leitfaden.contract.markup import ATTRIBUTES, SHOWN_AS_TEXT, TAGS
from leitfaden.contract.targets import is_safe
from leitfaden.model import Link, Span
from leitfaden.model.rawhtml import tags
from leitfaden.rendering.context import Size, no_size
from leitfaden.rendering.urls import encoded


@dataclass(frozen=True, slots=True)
class Raw:
    """HTML as the writer wrote it.

    Args:
        html: Tags, and the text between them.
        span: Where it stands in the page's text.
        block: Whether it stands between paragraphs, not within one.
    """

    html: str
    span: Span
    block: bool


# Our own HTML; a list holds pieces that are joined only in the end.
Own: TypeAlias = Union[str, "list[Own]"]
Piece: TypeAlias = Union[str, "list[Own]", Raw]
_Part: TypeAlias = Union["list[Own]", Raw]

# As the sanitiser writes them.
_IMAGE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_SCHEMES = {"http", "https", "mailto", "tel", "ftp"}

_DISALLOWED = re.compile(
    rf"<(?=/?(?:{'|'.join(sorted(SHOWN_AS_TEXT))})(?:[\s/>]|$))", re.IGNORECASE
)

# What stands for ours has to end what ours would end: a paragraph, or a link.
_BLOCK_MARK, _LINK_MARK, _INLINE_MARK = _MARKS = ("section", "a", "lf-own")
_MARK = re.compile(rf'<({"|".join(_MARKS)}) data-own="(\d+)"></\1>')
_BLOCK = re.compile(r"<(?:p|h[1-6r]|ul|ol|li|div|blockquote|pre|table|dl|section)\b")

# Browsers' rules for misplaced tags cost time by the square of the depth.
_DEEPEST = 256
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
VOID = frozenset({"br", "hr", "img", "wbr", "col", "input"})
_TRIES = 3
_PRE = re.compile(r'<pre(?: [a-z-]+="[^"]*")*>(?=\n)')


def _cleaner(attribute_filter: Callable[[str, str, str], str | None] | None = None) -> nh3.Cleaner:
    marks = {tag: {"data-own", *ATTRIBUTES.get(tag, ())} for tag in _MARKS}
    return nh3.Cleaner(
        tags={*TAGS, *_MARKS},
        attributes={**ATTRIBUTES, **marks},
        attribute_filter=attribute_filter,
        set_tag_attribute_values={"img": {"loading": "lazy", "decoding": "async"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )


_TRIAL = _cleaner()


def kept_line(html: str) -> str:
    """Return HTML as the sanitiser wrote it with what browsers leave out: a `pre`'s first newline.

    Args:
        html: The HTML.
    """
    return _PRE.sub("\\g<0>\n", html) if "<pre" in html else html


def _settled(html: str) -> str | None:
    """Return clean HTML that browsers read just as it is written; None if it never is that.

    What was taken out may leave what they read otherwise, as in `<p><select><p>`. Where they open
    an element once more, as `<a>` behind a heading in it, it must not have its id twice.
    """
    for number in range(_TRIES):
        again = kept_line(_TRIAL.clean(html))
        if again == html:
            return html if number == 0 or _has_each_id_once(html) else None
        html = again
    return None


def _has_each_id_once(html: str) -> bool:
    ids = [one.value for tag in tags(html) for one in tag.attributes if one.name == "id"]
    return len(ids) == len(set(ids))


@dataclass(slots=True)
class RawHtml:
    """Makes the raw HTML of one page harmless.

    Args:
        resolve: Turns a link into its address; None leaves it as it is.
        claim: Takes an id of the page; false if it is taken.
        size_of: Returns the width and the height of an image in pixels, where they are known.
        is_trusted: Whether it stays as it is, but for where its addresses lead.
    """

    resolve: Callable[[Link], str | None]
    claim: Callable[[str], bool]
    size_of: Callable[[Link], Size | None] = no_size
    is_trusted: bool = False
    _sizes: dict[str, Size] = field(init=False, default_factory=dict)
    _cleaner: nh3.Cleaner | None = field(init=False, default=None)  # most pages need none
    _span: Span = field(init=False, default=Span(0, 0))

    def mended(self, pieces: Sequence[Piece]) -> list[Own]:
        """Return the content of an element, harmless and balanced in itself.

        Args:
            pieces: Own HTML of whole elements, and raw HTML of any kind.
        """
        if self.is_trusted:
            return [self._as_written(one) if isinstance(one, Raw) else one for one in pieces]
        parts = _parts(pieces)
        for _ in range(_TRIES):
            swallower = _swallower(parts)
            if swallower is None:
                return self._woven(parts)
            parts[swallower] = _shown(parts[swallower])
        return [_shown(part) for part in parts]

    def _as_written(self, raw: Raw) -> str:
        """Return raw HTML as it is, with the addresses that the page has where it is published."""
        parts: list[str] = []
        at = 0
        for tag in tags(raw.html):
            for name, value, _, _, start, end in tag.attributes:
                if name == "id":
                    self.claim(value)
                elif name in ("href", "src"):
                    link = Link(value.strip(), "", raw.span, raw.span, tag.name == "img", -1)
                    target = self.resolve(link)
                    if target is not None and target != link.target:
                        parts += (raw.html[at:start], escape(encoded(target)))
                        at = end
        return "".join((*parts, raw.html[at:]))

    def _woven(self, parts: Sequence[_Part]) -> list[Own]:
        """Clean the raw parts in one go, and put ours where their marks are."""
        raw = [part for part in parts if isinstance(part, Raw)]
        if raw:
            self._span = raw[0].span.cover(raw[-1].span)
        self._cleaner = self._cleaner or _cleaner(self._attribute)
        clean = _settled(kept_line(self._cleaner.clean(_marked(parts))))
        if clean is None:
            return [_shown(part) for part in parts]
        if "<img" in clean:
            clean = _IMAGE.sub(self._image, clean)
        theirs, *marked = _MARK.split(clean)
        woven: list[Own] = [theirs]
        for number, behind in zip(marked[1::3], marked[2::3], strict=True):
            woven += [_shown(parts[int(number)]), behind]
        return woven

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return value if self.claim(value) else None
        if name not in ("href", "src"):
            return value
        link = Link(value.strip(), "", self._span, self._span, tag == "img", -1)
        target = self.resolve(link)
        target = link.target if target is None else target
        if not is_safe(target) or (link.image and not target):
            return None
        size = self.size_of(link) if link.image else None
        address = encoded(target)
        if size:
            self._sizes[address] = size
        return address

    def _image(self, image: re.Match[str]) -> str:
        """Return an image with its size, unless the writer gave it one.

        Where it is not there or must not load, only its alternative text is left.
        """
        attributes: dict[str, str] = dict(_ATTRIBUTE.findall(image[1]))
        if not attributes.get("src"):
            return attributes.get("alt", "").replace("<", "&lt;").replace(">", "&gt;")
        size = self._sizes.get(unescape(attributes.get("src", "")))
        if size is None or "width" in attributes or "height" in attributes:
            return image[0]
        return f'<img{image[1]} width="{size[0]}" height="{size[1]}">'


def _parts(pieces: Sequence[Piece]) -> list[_Part]:
    """Put neighbouring pieces of our own together."""
    parts: list[_Part] = []
    for piece in pieces:
        if isinstance(piece, Raw):
            parts.append(piece)
        elif parts and isinstance(parts[-1], list):
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return parts


def _marked(parts: Sequence[_Part]) -> str:
    return "".join(
        _DISALLOWED.sub("&lt;", part.html) if isinstance(part, Raw) else _mark(number, part)
        for number, part in enumerate(parts)
    )


def _mark(number: int, part: list[Own]) -> str:
    tags = [piece for piece in part if isinstance(piece, str) and piece.startswith("<")]
    if any(map(_BLOCK.match, tags)):
        tag = _BLOCK_MARK
    else:
        tag = _LINK_MARK if any(piece.startswith("<a ") for piece in tags) else _INLINE_MARK
    return f'<{tag} data-own="{number}"></{tag}>'


def _swallower(parts: Sequence[_Part]) -> int | None:
    """Return the index of the raw part that would take our own HTML into itself, if one does."""
    raw = [number for number, part in enumerate(parts) if isinstance(part, Raw)]
    if not raw:
        return None
    if is_too_deep(part.html for part in parts if isinstance(part, Raw)):
        return raw[0]
    own = [number for number, part in enumerate(parts) if not isinstance(part, Raw)]
    clean = _settled(kept_line(_TRIAL.clean(_marked(parts))))
    if clean is None:
        return raw[0]
    found = sorted(int(mark[2]) for mark in _MARK.finditer(clean))
    if found == own:
        return None
    missing = min(set(own).difference(found), default=len(parts))
    return max((number for number in raw if number < missing), default=raw[0])


def is_too_deep(pieces: Iterable[str], void: frozenset[str] = VOID) -> bool:
    """Tell whether elements may nest so deep that it takes too long to clean them.

    Args:
        pieces: HTML, piece by piece.
        void: Elements that hold no others.
    """
    depth = 0
    for html in pieces:
        for closing, name in _TAG.findall(html):
            if name.lower() not in void:
                depth = max(depth - 1, 0) if closing else depth + 1
                if depth > _DEEPEST:
                    return True
    return False


def _shown(part: _Part) -> list[Own]:
    """Return our own HTML as it is, and raw HTML as text."""
    if not isinstance(part, Raw):
        return part
    text = escape(part.html, quote=False)
    return [f"<p>{text.strip()}</p>\n" if part.block else text]
