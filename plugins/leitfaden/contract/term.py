"""The words of a playbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from leitfaden.contract.frozen import FrozenMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One meaning with its names.

    Args:
        key: The language-free key, which never appears on a page.
        names: The name in each locale, the source locale's first.
        aliases: Further spellings by locale that are fine.
        deprecated: Spellings by locale that are understood, but reported.
        order: The place among its like, where that is not the place in the file.
        covers_all: Whether it stands for all others of its vocabulary too, as `All Services` does.
    """

    key: str
    names: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenMap)
    deprecated: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenMap)
    order: int | None = None
    covers_all: bool = False

    def name(self, locale: str) -> str:
        """Return the name in a locale of the contract."""
        return self.names[locale]


def terms_in_order(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return terms as readers meet them: those that have a place in the order come first."""
    return tuple(sorted(terms, key=lambda term: (term.order is None, term.order or 0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Term):
    """The name of a label line.

    Args:
        vocabulary: Where the label's values come from: phases, motions, roles or services.
        required_in: The kinds of page that must have it.
        per: What must have it on these pages: each `page`, or each `step` of one.
    """

    vocabulary: str
    required_in: tuple[str, ...] = ()
    per: Literal["page", "step"] = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Term):
    """A known section of a page.

    Args:
        level: The level of its heading.
        required_in: The kinds of page that must have it.
        within: The key of the section that holds it.
        leads_on: Whether its links lead to what comes next.
    """

    level: int = 2
    required_in: tuple[str, ...] = ()
    within: str | None = None
    leads_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryEntry(Term):
    """A word that the glossary explains.

    Args:
        definition: The explanation in each locale.
    """

    definition: Mapping[str, str]
