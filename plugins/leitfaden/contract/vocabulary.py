"""Terms, found by what is written on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from leitfaden.contract.fold import fold
from leitfaden.contract.frozen import FrozenMap
from leitfaden.contract.nearest import nearest
from leitfaden.contract.term import Term

T = TypeVar("T", bound=Term, covariant=True)

Form: TypeAlias = Literal["name", "alias", "deprecated"]


@dataclass(frozen=True, slots=True)
class Match:
    """What a spelling stands for.

    Args:
        key: The term's key.
        locale: The locale that the spelling belongs to.
        form: Whether it is the name, an alias, or a spelling that is no longer right.
    """

    key: str
    locale: str
    form: Form


def spellings(term: Term, locale: str) -> Iterator[tuple[str, Form]]:
    """Yield how a term can be written in a locale, its name first."""
    if locale in term.names:
        yield term.names[locale], "name"
    yield from ((text, "alias") for text in term.aliases.get(locale, ()))
    yield from ((text, "deprecated") for text in term.deprecated.get(locale, ()))


class Vocabulary(FrozenMap[T]):
    """An immutable mapping of keys to terms, in the order of the file.

    Args:
        terms: The terms; no two of them share a folded spelling within a locale.
        locales: The locales' keys, the source locale first.
    """

    __slots__ = ("_index", "_locales", "_spellings")

    def __init__(self, terms: Iterable[T] = (), locales: Iterable[str] = ()) -> None:
        super().__init__({term.key: term for term in terms})
        self._locales = tuple(locales)
        self._index = {locale: self._matches(locale) for locale in self._locales}
        self._spellings = frozenset(text for index in self._index.values() for text in index)

    def has(self, folded: str) -> bool:
        """Tell whether a text stands for something in any locale.

        Args:
            folded: The text as `fold` leaves it.
        """
        return folded in self._spellings

    def find(self, text: str, locale: str) -> Match | None:
        """Return what a text stands for.

        Case, blanks and one trailing colon do not count. The page's locale comes first, then the
        source locale, then the others.
        """
        folded = fold(text)
        for candidate in (locale, *self._locales):
            match = self._index.get(candidate, {}).get(folded)
            if match:
                return match
        return None

    def find_in(self, text: str, locale: str) -> Match | None:
        """Return what a text stands for in one locale, without a look at the others."""
        return self._index.get(locale, {}).get(fold(text))

    def nearest(self, text: str, locale: str) -> str | None:
        """Return the name in `locale` of the term that a misspelled text most likely means."""
        matches = self._index.get(locale, {})
        good = [spelling for spelling, match in matches.items() if match.form != "deprecated"]
        close = nearest(fold(text), good)
        return self[matches[close].key].name(locale) if close else None

    def _matches(self, locale: str) -> dict[str, Match]:
        matches: dict[str, Match] = {}
        for term in self.values():
            for text, form in spellings(term, locale):
                matches.setdefault(fold(text), Match(term.key, locale, form))
        return matches
