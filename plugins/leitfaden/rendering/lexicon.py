"""What names lead to: words in sentences, titles in cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from leitfaden.contract import Contract, fold, nav_pages
from leitfaden.model import Event, Page, Playbook
from leitfaden.model.madeids import term_page
from leitfaden.rendering.about import title
from leitfaden.rendering.memory import OncePerLocale
from leitfaden.rendering.words import Words

_DASHES = re.compile(r" ?[-\u2010-\u2015\u2212] ?")
_GLOSSARY = "glossary"  # the view of the page that explains words
_SILENT = frozenset(("heading", "link", "image", "code-block", "html-block"))


class Lexicon:
    """Knows what pages are called and which words mean something.

    Args:
        contract: The playbook's contract.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._words: dict[str, Words] = {}
        self._glossaries = OncePerLocale(self._glossary_of)
        self._phases = OncePerLocale(self._written_phases)
        self._names = OncePerLocale(self._names_of)
        self._cited = OncePerLocale(self._citing)
        self._linked = frozenset(key for key, kind in contract.kinds.items() if kind.linked)

    @property
    def names_pages(self) -> bool:
        """Whether the names of some pages lead to them."""
        return bool(self._linked)

    def words(self, locale: str) -> Words:
        """Return the words of a language that the site knows more about."""
        if locale not in self._words:
            self._words[locale] = Words(self._contract, locale)
        return self._words[locale]

    def glossary(self, playbook: Playbook, locale: str) -> str | None:
        """Return the id of the page that explains the glossary's words, if there is one."""
        return self._glossaries.of(playbook, locale)

    def page_named(self, name: str, playbook: Playbook, locale: str) -> str | None:
        """Return the id of the one page that a cell means which holds nothing but its name."""
        return self._names.of(playbook, locale).get(_folded(name))

    def page_of_term(self, vocabulary: str, key: str, playbook: Playbook) -> str:
        """Return the id of the page about a term: a phase may have one that was written."""
        if vocabulary != "phases":
            return term_page(vocabulary, key)
        written = self._phases.of(playbook, playbook.source)
        return written.get(key) or term_page(vocabulary, key)

    def citing(self, task_id: str, playbook: Playbook, locale: str) -> tuple[Page, ...]:
        """Return the pages that readers of a locale get and whose sentences cite a task."""
        return self._cited.of(playbook, locale).get(task_id, ())

    def _glossary_of(self, playbook: Playbook, locale: str) -> str | None:
        kinds = {key for key, kind in self._contract.kinds.items() if kind.view == _GLOSSARY}
        pages = (page.id for page in playbook.shown_pages(locale) if page.kind in kinds)
        return next(pages, None)

    def _written_phases(self, playbook: Playbook, _: str) -> Mapping[str, str]:
        return {
            phase: page.id
            for page in reversed(tuple(playbook))
            if page.is_about_phase and not page.view
            for phase in page.phases
        }

    def _names_of(self, playbook: Playbook, locale: str) -> Mapping[str, str]:
        titles = {entry.page: entry.title for entry in nav_pages(self._contract.navigation)}
        meant: dict[str, set[str]] = {}
        for page in playbook.shown_pages(locale):
            if page.kind in self._linked and not page.view:
                written = page.front_matter.text("title")
                listed = (titles.get(page.id) or {}).get(locale, "")
                for name in (title(page, playbook.source_of(page)), written, listed):
                    meant.setdefault(_folded(name), set()).add(page.id)
        return {name: min(ids) for name, ids in meant.items() if name and len(ids) == 1}

    def _citing(self, playbook: Playbook, locale: str) -> Mapping[str, tuple[Page, ...]]:
        found: dict[str, dict[str, Page]] = {}
        for page in playbook.shown_pages(locale):
            if page.view:
                continue
            for part in playbook.parts(page) if page.includes else (page,):
                words = self.words(part.locale)
                for text in prose(part):
                    for task_id in words.cited(text):
                        found.setdefault(task_id, {})[page.id] = page
        return {task_id: tuple(pages.values()) for task_id, pages in found.items()}


def prose(page: Page) -> Iterator[str]:
    """Yield the texts of a page that stand neither in headings nor in links nor in code."""
    silent = 0
    for event in page.events:
        if event.kind == "text":
            if not silent:
                yield str(event.value)
        elif event.tag in _SILENT:
            silent += _step(event)


def _step(event: Event) -> int:
    return 1 if event.kind == "open" else -1


def _folded(name: str) -> str:
    return _DASHES.sub("-", fold(name))
