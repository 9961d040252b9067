"""Old addresses that lead to pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from leitfaden.model.span import Place

_NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class MovedAnchor:
    """An anchor of an old page, and what it is called today.

    Args:
        old: The old anchor, without `#` and not percent-encoded.
        new: The anchor on the page that the redirect leads to, in the same form.
        place: Where the new one is written; no part of what the anchor is.
    """

    old: str
    new: str
    place: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address with the page that it leads to.

    Args:
        address: The path below the site's root, without `.html` and not percent-encoded.
        page_id: The page.
        locale: The locale in which readers get the page.
        anchors: Old anchors that are called otherwise today.
        place: Where the address is written; no part of what the redirect is, and so the next one.
        page_place: Where the page is named.
    """

    address: str
    page_id: str
    locale: str
    anchors: tuple[MovedAnchor, ...] = ()
    place: Place = field(default=_NOWHERE, compare=False)
    page_place: Place = field(default=_NOWHERE, compare=False)
