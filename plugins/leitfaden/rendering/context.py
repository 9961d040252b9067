"""What a page's HTML depends on besides the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leitfaden.model import Link, Playbook


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What a page's HTML depends on besides the page.

    Args:
        locale: The reader's locale; differs from the page's where a translation is missing.
        playbook: All pages.
        resolve: Returns a link's address relative to the page, or None to leave it as it is.
        url_of: Returns the address of a page id, relative to the page, in the reader's locale;
            None where there is no such page.
    """

    locale: str
    playbook: Playbook
    resolve: Callable[[Link], str | None]
    url_of: Callable[[str], str | None]
