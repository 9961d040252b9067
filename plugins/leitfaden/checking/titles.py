"""The titles of pages, compared as a search compares them: which page does a title find first?

A search takes the page first whose title has all words of the query and no more. So titles with the
same words, in whatever order, find the same page; see `leitfaden.searching.engine`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leitfaden.contract.settings import SearchLanguage
from leitfaden.searching.analysis import MOST_WORDS, Analyser


class Titles:
    """The titles of a locale's pages.

    Args:
        titles: The pages' ids with their titles.
        language: What a search knows about the locale's language.
    """

    def __init__(self, titles: Iterable[tuple[str, str]], language: SearchLanguage) -> None:
        self._analyser = Analyser(language)
        self._pages: dict[frozenset[str], list[str]] = {}
        for page_id, title in sorted(titles):
            words = frozenset(self._analyser.tokens(title))
            if words:
                self._pages.setdefault(words, []).append(page_id)

    def found_by(self, title: str) -> Sequence[str]:
        """Return the pages whose titles have the words of one, and no others.

        Args:
            title: The title of one of the pages. Of a long one, a search takes the beginning: if
                that is all of another title, this one alone is found.

        Returns:
            The ids in the order of a search; empty if the title has no word.
        """
        words = self._analyser.tokens(title)
        beginning = self._pages.get(frozenset(words[:MOST_WORDS]), ())
        return beginning or self._pages.get(frozenset(words), ())
