"""What changed in a playbook: the rows of all update summaries, newest first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from leitfaden.contract import Contract, fold
from leitfaden.model import Change, Page, Playbook, Redirect
from leitfaden.reading.named import Named, Places, any_of

# The pages that name a term, by the term's vocabulary.
PAGES_OF: Mapping[str, Callable[[Playbook, str, str], Iterable[Page]]] = {
    "phases": Playbook.by_phase,
    "roles": Playbook.by_role,
    "services": Playbook.by_service,
}


class PageChange(NamedTuple):
    """A row of an update summary, among those of all pages.

    Args:
        page: The page that changed, as readers of the locale get it.
        row: What its update summary says.
        day: When.
        number: Which one of the page's changes of that day it is, from 1; the oldest is the last
            row, so that a further one does not count the others anew.
        text: What was changed, plain; empty if the row does not say.
        named: The places that the text names, in its order.
        trivial: Whether it matters to few.
    """

    page: Page
    row: Change
    day: dt.date
    number: int
    text: str
    named: tuple[Named, ...]
    trivial: bool


class ChangeReader:
    """Reads what changed, for the readers of one locale.

    Args:
        playbook: All pages.
        contract: Says what is trivial, how sections are called, and how sentences cite tasks.
        locale: The reader's locale.
        redirects: The old addresses of pages.
    """

    def __init__(
        self,
        playbook: Playbook,
        contract: Contract,
        locale: str,
        redirects: Sequence[Redirect] = (),
    ) -> None:
        self._pages = playbook.shown_pages(locale)
        self._places = Places(playbook, contract, locale, redirects)
        self._trivial = {
            key: any_of(contract.changes.trivial.get(key, ())) for key in contract.locale_keys
        }

    def changes(self) -> tuple[PageChange, ...]:
        """Return all changes whose day can be read: newest first, those of a day page by page."""
        found = (one for page in self._pages if page.update_summary for one in self._of(page))
        return tuple(sorted(found, key=lambda one: one.day, reverse=True))

    def _of(self, page: Page) -> Iterator[PageChange]:
        rows = page.update_summary.changes if page.update_summary else ()
        left = Counter(row.date for row in rows)
        places = self._places.of(page)
        for row in rows:
            if row.date is None:
                continue
            cells = (cell.text for cell in (row.what, row.notes) if cell is not None)
            text = " – ".join(filter(None, cells))
            named = tuple(places.in_text(text))
            # What is done to a task or a step matters, in whatever words.
            matters = any(one.is_content for one in named)
            trivial = not matters and bool(self._trivial[page.locale].search(fold(text)))
            yield PageChange(page, row, row.date, left[row.date], text, named, trivial)
            left[row.date] -= 1


def changes_of(
    vocabulary: str, key: str, changes: Iterable[PageChange], playbook: Playbook, locale: str
) -> list[PageChange]:
    """Return the changes of the pages that name a term.

    Args:
        vocabulary: The term's vocabulary, one of `PAGES_OF`.
        key: The term.
        changes: All changes for the readers of the locale.
        playbook: All pages.
        locale: The reader's locale.
    """
    ids = {page.id for page in PAGES_OF[vocabulary](playbook, key, locale)}
    return [one for one in changes if one.page.id in ids]
