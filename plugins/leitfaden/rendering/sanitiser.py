"""Raw HTML of a page, reduced to what cannot do harm."""

from __future__ import annotations

import nh3

# What Markdown's constructs, Material's markup and the components need, and no more.
_ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir", "role", "hidden"},
    "a": {"href", "rel", "target", "aria-label"},
    "abbr": {"data-key"},
    "div": {"tabindex", "aria-label", "aria-labelledby"},
    "section": {"aria-label", "aria-labelledby", "tabindex"},
    "dl": {"aria-label"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "disabled", "checked"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "pre": {"tabindex"},
    "span": {"data-key", "aria-hidden", "aria-label"},
    "td": {"colspan", "rowspan", "headers", "data-column"},
    "th": {"colspan", "rowspan", "headers", "scope", "data-column"},
    "time": {"datetime"},
    "tr": {"data-requirement"},
    "details": {"open"},
}
_TAGS = nh3.ALLOWED_TAGS | {"input", "label", "section", "nav", "figure", "figcaption", "summary"}
_SCHEMES = {"http", "https", "mailto", "tel", "ftp"}


def sanitised(html: str) -> str:
    """Return HTML without what could run, fetch or restyle: scripts, handlers, frames, styles.

    Args:
        html: A page's content.
    """
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
