"""The links of a page, found by their place."""

from __future__ import annotations

from bisect import bisect_right

from leitfaden.model import Link, Page, Span


class PageLinks:
    """Finds the link that a part of a page stands in.

    Args:
        page: The page.
    """

    def __init__(self, page: Page) -> None:
        self._links = sorted(
            (link for link in page.links if not link.image), key=lambda link: link.span.start
        )
        self._starts = [link.span.start for link in self._links]

    def around(self, span: Span) -> Link | None:
        """Return the link around a part of the page, or None."""
        at = bisect_right(self._starts, span.start) - 1
        link = self._links[at] if at >= 0 else None
        return link if link is not None and span.end <= link.span.end else None
