"""What HTML a page may hold that its writer wrote, whoever that is."""

from __future__ import annotations

import re
from collections.abc import Mapping


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EVERYWHERE = "*"
# Named here and not taken from the sanitiser, whose own list may grow with any version.
TAGS = _names(
    "a abbr acronym article aside b bdi bdo blockquote br caption center cite code col colgroup"
    " data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header"
    " hgroup hr i img ins kbd li mark nav ol p pre q rp rt rtc ruby s samp small span strike"
    " strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    _EVERYWHERE: _names("id title lang dir aria-label"),
    "a": _names("href"),
    "img": _names("src alt width height"),
    "li": _names("value"),
    "ol": _names("start reversed type"),
    "td": _names("colspan rowspan headers"),
    "th": _names("colspan rowspan headers scope"),
    "time": _names("datetime"),
    "details": _names("open"),
}
# Tags that take all that follows for text of theirs: GFM shows them as text, and so do we. The
# list is that of the section "Disallowed Raw HTML" of its specification, and `noscript`.
SHOWN_AS_TEXT = _names("iframe noembed noframes noscript plaintext script style textarea title xmp")
# Elements that run code, load something, send something away, or change what is around them.
ACTING = _names(
    "applet base bgsound embed form frame frameset iframe link math meta object portal script"
    " style svg template"
)
_ADDRESSES = _names(
    "action background cite classid code codebase data dynsrc formaction href icon longdesc lowsrc"
    " manifest ping poster profile src srcdoc srcset usemap xlink:href"
)

# Pages that MkDocs renders may have what Python-Markdown and its extensions write, too.
SHAPES = _names("path g circle ellipse line polygon polyline rect")
CONVERTED_TAGS = TAGS | SHAPES | _names("svg input label section")
_DRAWN = _names(
    "cx cy d fill fill-rule height opacity points r rx ry stroke stroke-linecap stroke-linejoin"
    " stroke-width transform viewBox width x x1 x2 y y1 y2"
)
_MORE: Mapping[str, frozenset[str]] = {
    _EVERYWHERE: _names("class role aria-hidden data-linenos data-tabs markdown"),
    "a": _names("target rel hreflang download"),
    "img": _names("loading"),
    "input": _names("type checked disabled name"),
    "label": _names("for"),
    "svg": _DRAWN | _names("xmlns"),  # which is no attribute for who reads HTML
    **dict.fromkeys(SHAPES, _DRAWN),
}
CONVERTED_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    tag: ATTRIBUTES.get(tag, frozenset()) | _MORE.get(tag, frozenset())
    for tag in (*ATTRIBUTES, *_MORE)
}
# The theme's own ids begin like this, and its script looks them up; some extensions number theirs.
_THEMES = re.compile(r"__(?!(?:codelineno|span|tabbed|fn|fnref)[-_][\w:-]*\Z)")
# Classes of the frame around the content, and those by which scripts find what they act on.
_FRAMES = re.compile(
    r"(?:md-(?!button|tag)|mdx-|lf-(?!align-)|js-|mermaid\Z|no-js\Z)", re.IGNORECASE
)


def is_allowed(tag: str, attribute: str, converted: bool = False) -> bool:
    """Tell whether an element that a page may hold keeps an attribute.

    Args:
        tag: The element's name, in lower case.
        attribute: The attribute's, likewise.
        converted: Whether MkDocs renders the page.
    """
    known = CONVERTED_ATTRIBUTES if converted else ATTRIBUTES
    named = known.get(tag, frozenset())
    return attribute in known[_EVERYWHERE] or attribute in map(str.lower, named)


def is_event(attribute: str) -> bool:
    """Tell whether an attribute holds code that a browser runs."""
    return attribute.startswith("on") and len(attribute) > len("on")


def is_address(attribute: str) -> bool:
    """Tell whether an attribute, of whatever element, can hold an address."""
    return attribute in _ADDRESSES


def is_of_theme(name: str) -> bool:
    """Tell whether an id is one by which the theme's script finds an element of its own."""
    return _THEMES.match(name) is not None


def is_of_frame(name: str) -> bool:
    """Tell whether a class is one of what stands around the content, or one that scripts act on."""
    return _FRAMES.match(name) is not None
