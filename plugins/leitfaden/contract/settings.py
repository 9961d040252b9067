"""The parts of a contract that are no words: locales, hosts, metadata, kinds of page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from leitfaden.contract.frozen import FrozenMap

ISO_DATE = "%Y-%m-%d"
SEPARATORS = (" / ", "/", ",", ";", " & ")
REQUIREMENTS = ("mandatory", "optional")

Direction: TypeAlias = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Locale:
    """A language (and region) in which pages are written.

    Args:
        name: The language's name in the language itself.
        dates: How the site writes a date (strftime).
        requirement: The letters for `mandatory` and `optional` tasks.
        legacy_suffixes: File-name endings of an older tree that mean this locale.
        separators: What separates the values of a label or a cell.
        direction: The direction of writing.
        language: The BCP 47 tag, where it is another than the locale's key.
    """

    name: str
    dates: str = ISO_DATE
    requirement: Mapping[str, str] = field(default_factory=FrozenMap[str])
    legacy_suffixes: tuple[str, ...] = ()
    separators: tuple[str, ...] = SEPARATORS
    direction: Direction = "ltr"
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Hosts:
    """What is known about hosts that pages link to.

    Args:
        own: Links there should be links between pages.
        internal: Hosts that readers cannot reach.
    """

    own: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """The front matter of pages.

    Args:
        required: Keys that every page must have.
        optional: Keys that a page may have.
        values: The allowed values of a key.
        lists: Keys with several, comma-separated values.
        formats: The date pattern (strptime) of a key.
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenMap[tuple[str, ...]])
    lists: tuple[str, ...] = ()
    formats: Mapping[str, str] = field(default_factory=FrozenMap[str])


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page, known by the page's id.

    Args:
        pages: Patterns of page ids; `*` stands for any characters, `/` included.
        view: The template in overrides/views/ that adds to pages of this kind.
    """

    pages: tuple[str, ...]
    view: str | None = None
