"""The parts of a contract that are no words: locales, hosts, metadata, kinds of page, checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from leitfaden.contract.frozen import FrozenMap
from leitfaden.contract.origins import covers, is_foreign
from leitfaden.model.span import Place

ISO_DATE = "%Y-%m-%d"
SEPARATORS = (" / ", "/", ",", ";", " & ")
REQUIREMENTS = ("mandatory", "optional")

Direction: TypeAlias = Literal["ltr", "rtl"]
Level: TypeAlias = Literal["off", "notice", "warning", "error"]
PersonForm: TypeAlias = Literal["name", "alias"]
Trust: TypeAlias = Literal["limited", "full"]


@dataclass(frozen=True, slots=True)
class SearchLanguage:
    """What a search has to know about a language.

    Args:
        stemmer: The Snowball algorithm that finds the stem of a word; None leaves words whole.
        letters: How letters are written where a keyboard lacks them: `{ae: ä}`.
        joints: What can stand between the parts of a compound, such as `s`; without any, words are
            never taken apart.
        synonyms: Words that mean the same to who searches, in groups.
        fillers: Words that say nothing of what a text is about, such as articles.
    """

    stemmer: str | None = None
    letters: Mapping[str, str] = field(default_factory=FrozenMap[str])
    joints: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    fillers: tuple[str, ...] = ()


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
        search: What a search has to know about the language.
        function_words: Words that only a sentence in this language has, in lower case.
    """

    name: str
    dates: str = ISO_DATE
    requirement: Mapping[str, str] = field(default_factory=FrozenMap[str])
    legacy_suffixes: tuple[str, ...] = ()
    separators: tuple[str, ...] = SEPARATORS
    direction: Direction = "ltr"
    language: str | None = None
    search: SearchLanguage = SearchLanguage()
    function_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hosts:
    """What is known about hosts that pages link to.

    Args:
        own: Links there should be links between pages.
        internal: Hosts that readers cannot reach.
        players: Hosts whose videos a page may play in a frame when a reader asks for it.
    """

    own: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    players: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """What is known about addresses that pages link to.

    Args:
        equivalents: Addresses that stand for each other, by locale; `*` stands for the same text
            in all of them.
    """

    equivalents: tuple[Mapping[str, str], ...] = ()

    def between(self, source: str, target: str) -> tuple[tuple[str, str], ...]:
        """Return the addresses of two locales that stand for each other."""
        return tuple(
            (one[source], one[target])
            for one in self.equivalents
            if source in one and target in one
        )


@dataclass(frozen=True, slots=True)
class Metadata:
    """The front matter of pages.

    Args:
        required: Keys that every page must have.
        optional: Keys that a page may have.
        values: The allowed values of a key.
        lists: Keys with several, comma-separated values.
        formats: The date pattern (strptime) of a key; the first one dates the page.
        people: Keys that name a person, and whether by name or by alias.
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenMap[tuple[str, ...]])
    lists: tuple[str, ...] = ()
    formats: Mapping[str, str] = field(default_factory=FrozenMap[str])
    people: Mapping[str, PersonForm] = field(default_factory=FrozenMap[PersonForm])


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page, known by the page's id.

    Args:
        pages: Patterns of page ids; `*` stands for any characters, `/` included.
        view: The template in overrides/views/ that adds to pages of this kind.
        included: Whether these are no pages of their own, but fragments that pages include.
        linked: Whether a table's cell that holds nothing but the name of such a page leads to it.
    """

    pages: tuple[str, ...]
    view: str | None = None
    included: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Citations:
    """How sentences cite what the playbook knows by a number.

    Args:
        task: By locale: the words that stand before the number of a task.
    """

    task: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenMap[tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Changes:
    """What is known about the entries of update summaries.

    Args:
        trivial: By locale: words of entries that matter to few; `*` stands for any letters.
    """

    trivial: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenMap[tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Policy:
    """What browsers may load for a page besides the site's own files: hosts, or parts of them.

    Args:
        enforced: Whether pages tell it; without it, browsers load and run whatever a page holds.
        scripts: Where scripts may be from.
        styles: Where style sheets may be from.
        images: Where images may be from.
        fonts: Where fonts may be from.
        media: Where sounds and videos may be from.
        frames: Which pages may be shown in a page.
        connections: What scripts may ask.
    """

    enforced: bool = True
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    connections: tuple[str, ...] = ()

    def shows_image(self, address: str) -> bool:
        """Tell whether browsers show the image at an address."""
        if not self.enforced or not is_foreign(address):
            return True
        return any(covers(origin, address) for origin in self.images)


@dataclass(frozen=True, slots=True)
class RuleLevel:
    """How much the findings of a rule matter.

    Args:
        rule: The rule's code or name, as written: the contract does not know the rules.
        level: What a finding is; `off` for none.
        place: Where the contract says so.
    """

    rule: str
    level: Level
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class PathLevels:
    """How much the findings of rules matter on some pages.

    Args:
        pattern: What the pages' paths look like, relative to the project; `*` stands for any
            characters, `/` included, and a pattern that ends in `/` for all below a folder.
        levels: The rules, in the order of the file.
    """

    pattern: str
    levels: tuple[RuleLevel, ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """What a playbook has agreed on about checks.

    Args:
        severity: How much the findings of rules matter.
        paths: What holds on some pages instead, in the order of the file: of several patterns that
            match a page and name a rule, the last one counts.
        help: Where rules are explained, with placeholders; see `Contract.help_for`.
        pages: Whether the site has a page for each rule.
    """

    severity: tuple[RuleLevel, ...] = ()
    paths: tuple[PathLevels, ...] = ()
    help: str = ""
    pages: bool = False
