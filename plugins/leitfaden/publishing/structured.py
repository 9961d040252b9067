"""What a page tells search engines about itself, in the words of schema.org."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Item = Mapping[str, Any]

_LONGEST_HEADLINE = 110
# A browser ends the script element at the first `</script`, and looks for it in a comment, too.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Crumb(NamedTuple):
    """A step of the way to a page.

    Args:
        name: What it is called.
        address: Its full address; empty for a step that is no page.
    """

    name: str
    address: str


class About(NamedTuple):
    """A page or a site.

    Args:
        name: What it is called.
        description: What it is about, or empty.
        address: Its full address.
        language: The BCP 47 tag of its language.
    """

    name: str
    description: str
    address: str
    language: str


def website(site: About) -> Item:
    """Return what is told of a site, on its home page."""
    return {"@type": "WebSite", **_about(site, "name")}


def article(page: About, site: About, changed: dt.date | None) -> Item:
    """Return what is told of a page that somebody has written.

    Args:
        page: The page.
        site: The site in the page's language.
        changed: The day on which it was last changed, or None.
    """
    part_of = {"@type": "WebSite", "name": site.name, "url": site.address}
    shown = _about(page._replace(name=_headline(page.name)), "headline")
    day = {"dateModified": changed.isoformat()} if changed else {}
    return {"@type": "TechArticle", **shown, **day, "isPartOf": part_of}


def breadcrumbs(crumbs: Iterable[Crumb]) -> Item:
    """Return the way to a page, the page itself as its last step."""
    steps = [_step(number, crumb) for number, crumb in enumerate(crumbs, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def as_script(items: Iterable[Item]) -> str:
    """Return items as the content of a script element, safe whatever their texts hold."""
    graph = {"@context": "https://schema.org", "@graph": list(items)}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _about(one: About, name: str) -> dict[str, Any]:
    known = {
        name: one.name,
        "description": one.description,
        "url": one.address,
        "inLanguage": one.language,
    }
    return {key: value for key, value in known.items() if value}


def _headline(text: str) -> str:
    if len(text) <= _LONGEST_HEADLINE:
        return text
    return text[: _LONGEST_HEADLINE - 1].rstrip() + "…"


def _step(number: int, crumb: Crumb) -> Item:
    item = {"item": crumb.address} if crumb.address else {}
    return {"@type": "ListItem", "position": number, "name": crumb.name, **item}
