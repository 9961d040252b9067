"""Pages as they stand at their own places, for prints, which show them once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import is_not
from typing import Protocol, TypeAlias

from leitfaden.model import Page, Playbook
from leitfaden.rendering.context import Knowledge, RenderContext

MOST_CHARACTERS = 5_000_000
"""Of HTML; what is longer is neither printed nor kept."""


class Rendered(Protocol):
    """A page as HTML."""

    @property
    def html(self) -> str:
        """The content."""

    @property
    def title(self) -> str:
        """The title in the page's language, plain text."""

    @property
    def anchors(self) -> frozenset[str]:
        """All ids that can be linked to."""


Render: TypeAlias = Callable[[Page, RenderContext], Rendered]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it stands at its own place.

    Args:
        page: The page.
        place: The page's address below the site's root; its own addresses are relative to it.
        rendered: The page as HTML.
    """

    page: Page
    place: str
    rendered: Rendered


class Sheets:
    """Keeps pages of the locale that is being rendered, as far as a print could hold them.

    Args:
        render: Renders a page that is not kept.
    """

    def __init__(self, render: Render) -> None:
        self._render = render
        self._around: tuple[Playbook, Knowledge, str] | None = None
        self._kept: dict[str, Sheet] = {}
        self._room = MOST_CHARACTERS

    def keep(self, page: Page, context: RenderContext, rendered: Rendered) -> None:
        """Keep a page that has been rendered, unless that is too much.

        Args:
            page: The page.
            context: Its surroundings at its own place.
            rendered: The page as HTML.
        """
        self._begin(context)
        if page.id not in self._kept and context.knowledge.is_written(page):
            self._room -= len(rendered.html)
            if self._room >= 0:
                self._kept[page.id] = Sheet(page, context.place, rendered)

    def of(self, page: Page, context: RenderContext) -> Sheet:
        """Return a page; it is rendered if that has not been done.

        Args:
            page: The page.
            context: The surroundings of the page that shows it.
        """
        self._begin(context)
        kept = self._kept.get(page.id)
        if kept is not None and kept.page is page:
            return kept
        at_home = context.at_home(page)
        return Sheet(page, at_home.place, self._render(page, at_home))

    def _begin(self, context: RenderContext) -> None:
        """Forget the pages of another locale, or of what is no longer so."""
        around = context.playbook, context.knowledge, context.locale
        if self._around is None or any(map(is_not, around, self._around)):
            self._around = around
            self._kept, self._room = {}, MOST_CHARACTERS
