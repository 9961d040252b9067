"""The texts of the site itself, one file a locale beside the templates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from leitfaden.contract import Contract
from leitfaden.model import Diagnostic, Place, Severity

FOLDER = "locales"


class CatalogueError(Exception):
    """A catalogue that cannot be read or lacks a text.

    Args:
        diagnostics: What is wrong.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


class Catalogue:
    """UI texts by locale.

    Args:
        texts: By locale, then by key such as `fact-box.label`.
        source: The locale whose text is taken where another one lacks it.
    """

    def __init__(self, texts: Mapping[str, Mapping[str, str]], source: str) -> None:
        self._texts = texts
        self._source = source

    @classmethod
    def load(cls, templates: Path, contract: Contract) -> Catalogue:
        """Read the catalogues of all locales of the contract.

        Args:
            templates: The folder that holds `locales/`.
            contract: Says which locales there are.

        Raises:
            CatalogueError: A file is broken, or the source locale has none. A further locale
                without a file, or with fewer texts, shows the source's.
        """
        texts: dict[str, Mapping[str, str]] = {}
        problems: list[Diagnostic] = []
        for locale in contract.locale_keys:
            file = templates / FOLDER / f"{locale}.yml"
            if not file.is_file() and locale != contract.source:
                texts[locale] = {}
                continue
            try:
                texts[locale] = _flat(yaml.safe_load(file.read_text("utf-8")))
            except (OSError, ValueError, yaml.YAMLError) as error:
                reason = " ".join(str(error).split())
                problems.append(
                    Diagnostic(
                        "LF908",
                        Severity.ERROR,
                        Place(f"{templates.name}/{FOLDER}/{file.name}"),
                        f"The catalogue of `{locale}` cannot be read: {reason}",
                        "It is a YAML file of keys and texts.",
                    )
                )
        if problems:
            raise CatalogueError(tuple(problems))
        return cls(texts, contract.source)

    def text(self, key: str, locale: str, /, **values: object) -> str:
        """Return a text, in the source language where the locale has none.

        Args:
            key: Such as `fallback.notice`.
            locale: The reader's locale.
            values: What the text's `{placeholders}` stand for.

        Raises:
            KeyError: Not even the source has the text: a mistake in a template.
        """
        text = self._texts.get(locale, {}).get(key) or self._texts[self._source][key]
        return text.format(**values) if values else text

    def get(self, key: str, locale: str) -> str | None:
        """Return a text of exactly that locale, or None."""
        return self._texts.get(locale, {}).get(key)

    def keys(self, locale: str) -> frozenset[str]:
        """Return the keys that the locale has a text for."""
        return frozenset(self._texts.get(locale, {}))


def _flat(tree: Any, prefix: str = "") -> dict[str, str]:
    if not isinstance(tree, dict):
        raise ValueError("not a mapping of keys to texts")
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            flat[f"{prefix}{key}"] = value
        else:
            raise ValueError(f"`{prefix}{key}` is not a text")
    return flat
