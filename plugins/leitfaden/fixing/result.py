"""What became of a page's findings."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from enum import StrEnum

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found
from leitfaden.model import Page, Place


class Reason(StrEnum):
    """Why a fix was not made."""

    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"
    REMAINS = "remains"
    ARISES = "arises"
    CHANGES = "changes"
    UNSETTLED = "unsettled"


class Refusal(StrEnum):
    """Why a page was not written."""

    CHANGED = "changed"
    OUTSIDE = "outside"
    READ_ONLY = "read-only"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Repair:
    """A finding whose fix was made.

    Args:
        found: The finding.
        place: Where it stood in the text that it was found in: the page as it was, or as the
            fixes before it had left it.
    """

    found: Found
    place: Place


@dataclass(frozen=True, slots=True)
class Refused:
    """A finding whose fix was not made.

    Args:
        found: The finding.
        place: Where it stood in the text that it was found in.
        reason: Why.
        detail: What the reason is about: the code of the finding that would arise, the words that
            would change.
    """

    found: Found
    place: Place
    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FixedPage:
    """A page before and after its fixes.

    Args:
        before: The page as it was.
        after: The page as it is to be, read from the new text; the same page if nothing changed.
        facts: What other pages have to know of it now.
        applied: The findings that are gone, in the order in which their fixes were made.
        refused: The findings whose fixes were not made.
    """

    before: Page
    after: Page
    facts: PageFacts
    applied: tuple[Repair, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def path(self) -> str:
        """The file, relative to the project, with `/`."""
        return self.before.path

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return (self.before.text, self.before.bom) != (self.after.text, self.after.bom)

    @property
    def old_data(self) -> bytes:
        """What the file held when it was read."""
        return encoded(self.before.text, self.before.bom)

    @property
    def data(self) -> bytes:
        """What the file is to hold."""
        return encoded(self.after.text, self.after.bom)


def encoded(text: str, bom: bool) -> bytes:
    """Return the bytes of a page.

    Args:
        text: Its text, line ends as they are to be.
        bom: Whether it begins with a byte order mark.

    Raises:
        UnicodeEncodeError: The text holds half of a surrogate pair.
    """
    data = text.encode("utf-8")
    return codecs.BOM_UTF8 + data if bom else data
