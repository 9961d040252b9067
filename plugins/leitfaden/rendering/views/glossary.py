"""The glossary in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from leitfaden.contract import Contract, GlossaryEntry


@dataclass(frozen=True, slots=True)
class GlossaryItem:
    """An entry of the glossary in the reader's language."""

    key: str
    name: str
    aliases: tuple[str, ...]
    definition: str


def glossary(contract: Contract, locale: str) -> tuple[GlossaryItem, ...]:
    """Return the glossary's entries in the alphabetical order of the locale's names."""
    return tuple(
        sorted(
            (_item(entry, locale) for entry in contract.glossary.values()),
            key=lambda item: item.name.casefold(),
        )
    )


def _item(entry: GlossaryEntry, locale: str) -> GlossaryItem:
    return GlossaryItem(
        entry.key,
        entry.name(locale),
        entry.aliases.get(locale, ()),
        entry.definition[locale],
    )
