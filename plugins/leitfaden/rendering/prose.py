"""Links that sentences get of themselves: to the tasks that they cite, to words of the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.model import Page
from leitfaden.model.madeids import task_page
from leitfaden.rendering.components import PageComponents
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.html import Frame
from leitfaden.rendering.lexicon import Lexicon
from leitfaden.rendering.words import Found


class ProseLink(NamedTuple):
    """A link in a text.

    Args:
        start: Where its words begin in the text.
        end: Where they end.
        frame: What stands before and behind them.
    """

    start: int
    end: int
    frame: Frame


class Prose:
    """Finds the links in the sentences of one page, or of a file that it includes.

    Args:
        page: The page or the file.
        shown_on: The page that shows it.
        lexicon: Knows the words.
        contract: Explains them.
        components: The templates.
        context: The page's surroundings.
        explained: The terms that the section has explained up to here; shared by all that a page
            shows.
    """

    def __init__(
        self,
        page: Page,
        shown_on: Page,
        lexicon: Lexicon,
        contract: Contract,
        components: PageComponents,
        context: RenderContext,
        explained: set[str],
    ) -> None:
        self._page = page
        self._shown_on = shown_on
        self._lexicon = lexicon
        self._contract = contract
        self._components = components
        self._context = context
        self._explained = explained
        self._words = lexicon.words(page.locale)
        self._tasks: dict[str, Frame | None] = {}

    def begin_section(self) -> None:
        """Explain words anew, as a section begins."""
        self._explained.clear()

    def links(self, text: str, terms: bool) -> Iterable[ProseLink]:
        """Return the links in a text.

        Args:
            text: A text outside of links, headings and code.
            terms: Whether words are explained there, too.
        """
        found = self._words.find(text)
        return self._framed(found, terms) if found else ()

    def _framed(self, parts: Iterable[Found], terms: bool) -> Iterator[ProseLink]:
        for found in parts:
            frame = self._frame(found, terms)
            if frame is not None:
                yield ProseLink(found.start, found.end, frame)

    def page_named(self, name: str) -> str | None:
        """Return the address of the page that a cell means which holds nothing but its name."""
        if not self._lexicon.names_pages:
            return None
        playbook = self._context.playbook
        page_id = self._lexicon.page_named(name, playbook, self._page.locale)
        if page_id is None or page_id == self._shown_on.id:
            return None
        return self._context.url_of(page_id)

    def _frame(self, found: Found, terms: bool) -> Frame | None:
        if found.term:
            return self._term(found.term) if terms else None
        if found.task not in self._tasks:
            self._tasks[found.task] = self._task(found.task)
        return self._tasks[found.task]

    def _task(self, task_id: str) -> Frame | None:
        record = self._context.playbook.records(self._context.locale).get(task_id)
        url = self._context.url_of(task_page(task_id)) if record else None
        if record is None or url is None:
            return None
        named = record.name and record.locale == self._page.locale
        title = f' title="{escape(record.name)}"' if named else ""
        return f'<a href="{escape(url)}"{title}>', "</a>"

    def _term(self, key: str) -> Frame | None:
        """Return the frame of a word that is explained; None if the section has explained it."""
        if key in self._explained:
            return None
        playbook, locale = self._context.playbook, self._page.locale
        glossary = self._lexicon.glossary(playbook, self._context.locale)
        if glossary == self._shown_on.id:
            return None
        self._explained.add(key)
        url = self._context.url_of(glossary) if glossary else None
        entry = self._contract.glossary[key]
        return self._components.term(key, url, entry.definition[locale])
