"""What changed in a playbook: the rows of all update summaries, newest first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from leitfaden.contract import Contract, fold
from leitfaden.model import Change, Page, Playbook, Redirect
from leitfaden.reading.named import Named, Places, any_of

VOCABULARIES = ("phases", "roles", "services")  # whose terms have changes of their own


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
    term: tuple[str, str],
    changes: Iterable[PageChange],
    playbook: Playbook,
    contract: Contract,
    locale: str,
) -> list[PageChange]:
    """Return the changes of the pages that name a term.

    Args:
        term: Its vocabulary and its key.
        changes: All changes for the readers of the locale.
        playbook: All pages.
        contract: Says which labels name such terms.
        locale: The reader's locale.
    """
    vocabulary, key = term
    labels = [label.key for label in contract.labels.values() if label.vocabulary == vocabulary]
    ids = {page.id for page in playbook.naming(vocabulary, labels, key, locale)}
    return [one for one in changes if one.page.id in ids]
