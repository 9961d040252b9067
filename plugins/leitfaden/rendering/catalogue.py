"""The texts of the site itself, one file a locale beside the templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import yaml

from leitfaden.contract import Contract, nearest
from leitfaden.model import Diagnostic, Place, Position, Severity

FOLDER = "locales"
_STRING = "tag:yaml.org,2002:str"
_THEME = "theme."  # what a locale says instead of the theme need not be in the source


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
        folder = templates / FOLDER
        written = {
            locale: _read(folder / f"{locale}.yml", templates)
            for locale in contract.locale_keys
            if locale == contract.source or (folder / f"{locale}.yml").is_file()
        }
        problems = [problem for texts, found in written.values() for problem in found]
        source, _ = written[contract.source]
        for locale, (texts, _) in written.items() if source else ():  # else all would be unknown
            place = f"{templates.name}/{FOLDER}/{locale}.yml"
            problems += _mistakes(texts, source, place)
        if problems:
            raise CatalogueError(tuple(problems))
        return cls(
            {
                locale: {key: text.text for key, text in written.get(locale, ({}, []))[0].items()}
                for locale in contract.locale_keys
            },
            contract.source,
        )

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


class _Text(NamedTuple):
    """A text with where it is written."""

    text: str
    at: Position


def _read(file: Path, templates: Path) -> tuple[dict[str, _Text], list[Diagnostic]]:
    """Return the texts of a catalogue, and why it could not be read."""
    place = f"{templates.name}/{FOLDER}/{file.name}"
    try:
        node = yaml.compose(file.read_text("utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = Position(mark.line + 1, mark.column + 1) if mark else None
        return {}, [_unreadable(Place(place, at), error.problem or "not YAML")]
    except (OSError, ValueError, yaml.YAMLError) as error:
        return {}, [_unreadable(Place(place), " ".join(str(error).split()))]
    if not isinstance(node, yaml.MappingNode):
        return {}, [_unreadable(Place(place), "not a mapping of keys to texts")]
    texts: dict[str, _Text] = {}
    problems: list[Diagnostic] = []
    for key, value in _flat(node):
        at = Position(value.start_mark.line + 1, value.start_mark.column + 1)
        if isinstance(value, yaml.ScalarNode) and value.tag == _STRING:
            texts[key] = _Text(value.value, at)
        else:
            problems.append(_unreadable(Place(place, at), f"`{key}` is not a text"))
    return texts, problems


def _flat(node: yaml.MappingNode, prefix: str = "") -> Iterator[tuple[str, yaml.Node]]:
    for key, value in node.value:
        name = f"{prefix}{key.value}"
        if isinstance(value, yaml.MappingNode):
            yield from _flat(value, f"{name}.")
        else:
            yield name, value


def _unreadable(place: Place, reason: str) -> Diagnostic:
    return Diagnostic(
        "LF908",
        Severity.ERROR,
        place,
        f"The catalogue of texts cannot be read: {reason}.",
        "It is a YAML file of keys and texts.",
    )


def _mistakes(
    texts: Mapping[str, _Text], source: Mapping[str, _Text], path: str
) -> Iterator[Diagnostic]:
    """Yield the keys that nothing asks for, and the placeholders that nothing fills."""
    for key, (text, at) in texts.items():
        place = Place(path, at)
        try:
            wanted = _placeholders(source[key].text) if key in source else frozenset[str]()
            unknown = _placeholders(text) - wanted
        except ValueError as error:
            message = f"The text `{key}` has braces that do not match: {error}."
            yield Diagnostic("LF908", Severity.ERROR, place, message, "Write `{name}` or `{{`.")
            continue
        if key not in source and not key.startswith(_THEME):
            yield Diagnostic(
                "LF908",
                Severity.ERROR,
                place,
                f"No text is called `{key}`.",
                _did_you_mean(key, source) or "Remove it.",
            )
        elif unknown and key in source:
            name = min(unknown)
            yield Diagnostic(
                "LF908",
                Severity.ERROR,
                place,
                f"The text `{key}` has the placeholder `{{{name}}}`, which nothing fills.",
                _did_you_mean(name, wanted) or "Remove it.",
            )


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = nearest(word, known)
    return f"Did you mean `{close}`?" if close else ""


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
