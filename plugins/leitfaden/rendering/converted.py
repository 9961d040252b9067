"""HTML that another converter has made of a page, with nothing left in it that acts.

Our own pages need none of this: there, only what a writer wrote as HTML can hold such things, and
`sanitiser.py` sees to that. Here nobody can tell any more what is the converter's.
"""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

from leitfaden.contract.markup import (
    CONVERTED_ATTRIBUTES,
    CONVERTED_TAGS,
    SHAPES,
    is_of_frame,
    is_of_theme,
)
from leitfaden.contract.targets import is_safe
from leitfaden.rendering.sanitiser import VOID, is_too_deep, kept_line

# Elements that hold none, or that the next of their kind ends.
_ENDED = frozenset({"dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr"})
_CHILDLESS = VOID | SHAPES | _ENDED
_NUMBERED = re.compile(r"__tabbed_[\d_]+")
_CLASS = re.compile(r"[\w:.-]+")
_ROLE = re.compile(r"doc-[a-z]+")
_REL = re.compile(r"(?:no\w+| )+")
_ALIGNED = re.compile(r'(<t[dh]) style="text-align: (left|center|right);?"(?=>)')
_UNTYPED = re.compile(r'<input(?![^>]* type="(?:checkbox|radio)")[^>]*>')
_UNSEEN = re.compile(r'<img(?![^>]* src=")((?: [\w-]+="[^"]*")*)>')
_TRIES = 8
_ALTERNATIVE = re.compile(r' alt="([^"]*)"')


def harmless(html: str) -> str:
    """Return HTML in which nothing acts: no code, no frames, nothing of the page around it.

    Args:
        html: The content of a page.
    """
    if is_too_deep((html,), _CHILDLESS):
        return _as_text(html)
    clean = _cleaned(_ALIGNED.sub(r'\1 class="lf-align-\2"', html))
    # What is taken out may leave what browsers read otherwise: `<p><select><p>`.
    for _ in range(_TRIES):
        again = _cleaned(clean)
        if again == clean:
            return clean
        clean = again
    return _as_text(html)


def _as_text(html: str) -> str:
    return f"<pre>{escape(html, quote=False)}</pre>"


def _cleaned(html: str) -> str:
    clean = _UNSEEN.sub(_text_of_image, _UNTYPED.sub("", _CLEANER.clean(html)))
    return kept_line(clean)


def text_in(html: str) -> str:
    """Return the plain text of a title that another converter has made."""
    return unescape(nh3.clean(html, tags=set()))


def own_id(name: str) -> str:
    """Return an id that no script of the page takes for one of its own."""
    return f"section-{name}" if is_of_theme(name) else name


def _attribute(tag: str, name: str, value: str) -> str | None:
    match name:
        case "class":
            return " ".join(_classes(value)) or None
        case "id":
            return own_id(value) or None
        case "href" if value.startswith("#"):
            return f"#{own_id(value[1:])}"
        case "href" | "src":
            return value if value and is_safe(value) else None
        case "for" | "name":
            return value if _NUMBERED.fullmatch(value) else None
        case "role":
            return value if _ROLE.fullmatch(value) else None
        case "target":
            return value if value == "_blank" else None
        case "rel":
            return value if _REL.fullmatch(value) else None
    return value


def _classes(value: str) -> list[str]:
    return [one for one in value.split() if _CLASS.fullmatch(one) and not is_of_frame(one)]


def _text_of_image(image: re.Match[str]) -> str:
    text = _ALTERNATIVE.search(image[1])
    return text[1].replace("<", "&lt;").replace(">", "&gt;") if text else ""


_CLEANER = nh3.Cleaner(
    tags=CONVERTED_TAGS,
    attributes=CONVERTED_ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel", "ftp"},
    link_rel=None,
)
