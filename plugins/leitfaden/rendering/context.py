"""What a page's HTML depends on besides the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from leitfaden.model import Link, Page, Playbook
from leitfaden.model.parity import Parity
from leitfaden.reading.changes import PageChange
from leitfaden.translating.history import Before, Point
from leitfaden.translating.standing import Standing

Size: TypeAlias = tuple[int, int]  # width and height in pixels


def no_size(_: Link) -> None:
    """Know the size of no image."""


def no_day(_: Page) -> None:
    """Know of no day."""


def nowhere(_: str, __: str) -> None:
    """Know of no page in another language."""


def has_no_view(page: Page) -> bool:
    """Take a page for written unless it is but a view."""
    return not page.view


def no_pages(_: str) -> tuple[()]:
    """Know of no pages."""
    return ()


def no_changes(_: str) -> tuple[()]:
    """Know of no changes."""
    return ()


def no_feed(_: str, __: str) -> None:
    """Know of no feed."""


def no_parity(_: Page) -> None:
    """Know of no translation data."""


def no_standing(_: Page) -> None:
    """Know not how a page stands to its original."""


def no_standings(_: str) -> tuple[()]:
    """Know of no translations."""
    return ()


def no_before(_: str, __: str) -> None:
    """Know not what a source said before."""


def no_trend(_: str) -> tuple[()]:
    """Know not how translations stood before."""
    return ()


def from_the_root(address: str) -> str:
    """Return an address below the site's root, as for a page that lies there."""
    return address


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of pages that neither they nor the contract say.

    Args:
        changed_on: Returns the day on which a page's file was last changed, as its history tells;
            None where there is no history.
        naming: Returns the pages that readers of a locale get and that link to a page id; the
            locale stands in front, as in `de/index`.
        changes: Returns what changed for the readers of a locale, newest first.
        feed_of: Returns the address below the site's root of the feed of a locale that goes with a
            page id: that of all changes, or of a term's; None where there is none.
        parity: Returns how a translation stands; None where there are no translation data.
        standing: Returns the same unit by unit.
        standings: Returns how all translations of a locale stand, also those without data.
        is_written: Tells whether somebody has written a page: it is not made by the site.
        before: Returns what a text of a source page was, by the page's id and the hash that is
            recorded of it; None where nobody knows.
        trend: Returns how the translations of a locale stood earlier, the oldest point first.
    """

    changed_on: Callable[[Page], dt.date | None] = no_day
    naming: Callable[[str], tuple[Page, ...]] = no_pages
    changes: Callable[[str], tuple[PageChange, ...]] = no_changes
    feed_of: Callable[[str, str], str | None] = no_feed
    parity: Callable[[Page], Parity | None] = no_parity
    standing: Callable[[Page], Standing | None] = no_standing
    standings: Callable[[str], tuple[Standing, ...]] = no_standings
    is_written: Callable[[Page], bool] = has_no_view
    before: Callable[[str, str], Before | None] = no_before
    trend: Callable[[str], tuple[Point, ...]] = no_trend


NOTHING = Knowledge()


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What a page's HTML depends on besides the page.

    Args:
        locale: The reader's locale; differs from the page's where a translation is missing.
        playbook: All pages.
        resolve: Returns a link's address relative to the page, None to leave it as it is, or an
            empty one for an image that is not there.
        url_of: Returns the address of a page id, relative to the page, in the reader's locale;
            None where there is no such page.
        size_of: Returns the width and the height of an image in pixels, where they are known.
        around: Returns the surroundings of a file that the page includes: its links and images are
            looked for from its own folder, their addresses are relative to the page.
        knowledge: What is known of pages besides.
        url_in: Returns the address of a page id in another locale, relative to the page; None
            where there is no such page.
        relative: Returns an address below the site's root, relative to the page.
        place: The page's own address below the site's root.
        home: Returns the surroundings of another page at its own place.
    """

    locale: str
    playbook: Playbook
    resolve: Callable[[Link], str | None]
    url_of: Callable[[str], str | None]
    size_of: Callable[[Link], Size | None] = no_size
    around: Callable[[Page], RenderContext] | None = None
    knowledge: Knowledge = NOTHING
    url_in: Callable[[str, str], str | None] = nowhere
    relative: Callable[[str], str] = from_the_root
    place: str = ""
    home: Callable[[Page], RenderContext] | None = None

    def of(self, part: Page) -> RenderContext:
        """Return the surroundings of a file that the page includes."""
        return self.around(part) if self.around else self

    def at_home(self, page: Page) -> RenderContext:
        """Return the surroundings of another page at its own place."""
        return self.home(page) if self.home else self.of(page)
