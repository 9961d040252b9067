"""The theme's own words in the reader's language, also in one that the theme does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from leitfaden.contract import Contract
from leitfaden.rendering import Catalogue

Text = Callable[[str], str]
_SOURCE_OF_LAST_RESORT = "en"  # the one language in which the theme has all of its texts


def language_tag(locale: str, contract: Contract) -> str:
    """Return the BCP 47 tag of a locale, as the `lang` attribute wants it."""
    return contract.locales[locale].language or locale.replace("_", "-")


@dataclass(frozen=True)
class Wording:
    """What `partials/language.html` asks.

    Args:
        locale: The reader's locale.
        language: Its BCP 47 tag.
        direction: `ltr` or `rtl`.
        partial: The theme's file of texts that is nearest to it, without `.html`.
        catalogue: Our texts; those below `theme` go before the theme's.
    """

    locale: str
    language: str
    direction: str
    partial: str
    catalogue: Catalogue
    _known: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def told_by(self, nearest: Text, english: Text) -> Text:
        """Return what tells the text for one of the theme's keys, each of which it looks up once.

        Args:
            nearest: Tells the theme's own text in the nearest language that it has, or nothing.
            english: Tells it in English.
        """

        def text(key: str) -> str:
            if key not in self._known:
                found = self.own(key) or nearest(key) or english(key) or self.source(key)
                self._known[key] = str(found)
            return self._known[key]

        return text

    def own(self, key: str) -> str:
        """Return our text for one of the theme's keys, or nothing."""
        if key == "language":
            return self.language
        if key == "direction":
            return self.direction
        return self.catalogue.get(f"theme.{key}", self.locale) or ""

    def source(self, key: str) -> str:
        """Return the source locale's text for a key that the theme does not have, or the key."""
        try:
            return self.catalogue.text(f"theme.{key}", self.locale)
        except KeyError:
            return key


def wording(locale: str, contract: Contract, catalogue: Catalogue, theme: Iterable[str]) -> Wording:
    """Find the words for a locale.

    Args:
        locale: The reader's locale.
        contract: Says which language it is.
        catalogue: Our texts.
        theme: The folders that make up the theme.
    """
    tag = language_tag(locale, contract)
    folders = [Path(folder, "partials", "languages") for folder in theme]
    partial = next(
        (
            name
            for name in _nearest(locale, tag)
            if any((folder / f"{name}.html").is_file() for folder in folders)
        ),
        _SOURCE_OF_LAST_RESORT,
    )
    return Wording(locale, tag, contract.locales[locale].direction, partial, catalogue)


def _nearest(locale: str, tag: str) -> Iterator[str]:
    for name in (tag, locale.replace("_", "-")):
        yield name
        yield name.partition("-")[0]
