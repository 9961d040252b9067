"""What a playbook has agreed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from leitfaden.contract.bounds import FileKinds, Limits
from leitfaden.contract.fold import fold
from leitfaden.contract.frozen import FrozenMap
from leitfaden.contract.navigation import NavEntry
from leitfaden.contract.settings import (
    REQUIREMENTS,
    Changes,
    Checks,
    Citations,
    Hosts,
    Kind,
    Links,
    Locale,
    Metadata,
    Policy,
    Trust,
)
from leitfaden.contract.term import GlossaryEntry, Label, Section, Term, terms_in_order
from leitfaden.contract.vocabulary import Match, Vocabulary

VOCABULARIES = (
    "labels",
    "sections",
    "columns",
    "requirements",
    "alerts",
    "phases",
    "motions",
    "roles",
    "services",
    "glossary",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The languages, the words and the shape of the pages of a playbook.

    Made by `load_contract` and `parse_contract`, which see to it that all of it fits together:
    every term has a name in every locale, and every key that is referred to exists.

    Args:
        source: The key of the locale that all others translate.
        locales: The locales in the order of the file.
        dates: How pages write dates (strptime), in the order of trying.
        hosts: Hosts that pages link to.
        links: Addresses that differ between languages.
        metadata: The front matter of pages.
        kinds: The kinds of page; the first with a matching pattern counts.
        labels: The names of label lines.
        sections: The known sections in the order of a page.
        columns: The columns of tables.
        requirements: The names of the requirements of a task.
        alerts: The words that begin an alert.
        phases: The phases.
        motions: The motions.
        roles: The roles.
        services: The services.
        glossary: Words that are explained.
        citations: How sentences cite tasks.
        changes: Which changes of pages matter to few.
        trust: Whether writers' HTML may do all that a browser lets it.
        files: Which files of the docs folder are published.
        limits: How much a playbook may hold.
        policy: What browsers may load for a page besides the site's own files.
        checks: How much it matters what checks find.
        navigation: The pages in the order of the navigation.
    """

    source: str
    locales: Mapping[str, Locale]
    dates: tuple[str, ...]
    hosts: Hosts
    metadata: Metadata
    kinds: Mapping[str, Kind]
    labels: Vocabulary[Label] = field(default_factory=Vocabulary)
    sections: Vocabulary[Section] = field(default_factory=Vocabulary)
    columns: Vocabulary[Term] = field(default_factory=Vocabulary)
    requirements: Vocabulary[Term] = field(default_factory=Vocabulary)
    alerts: Vocabulary[Term] = field(default_factory=Vocabulary)
    phases: Vocabulary[Term] = field(default_factory=Vocabulary)
    motions: Vocabulary[Term] = field(default_factory=Vocabulary)
    roles: Vocabulary[Term] = field(default_factory=Vocabulary)
    services: Vocabulary[Term] = field(default_factory=Vocabulary)
    glossary: Vocabulary[GlossaryEntry] = field(default_factory=Vocabulary)
    citations: Citations = field(default_factory=Citations)
    changes: Changes = field(default_factory=Changes)
    links: Links = field(default_factory=Links)
    trust: Trust = "limited"
    files: FileKinds = field(default_factory=FileKinds)
    limits: Limits = field(default_factory=Limits)
    policy: Policy = field(default_factory=Policy)
    checks: Checks = field(default_factory=Checks)
    navigation: tuple[NavEntry, ...] = ()

    @property
    def locale_keys(self) -> tuple[str, ...]:
        """The locales' keys, the source locale first."""
        return source_first(self.source, self.locales)

    @property
    def trusts_writers(self) -> bool:
        """Whether writers' HTML stays as it is, and can run code in a reader's browser."""
        return self.trust == "full"

    @property
    def ordered_phases(self) -> tuple[Term, ...]:
        """The phases that have a place in the order, the first one first."""
        ordered = (term for term in self.phases.values() if term.order is not None)
        return terms_in_order(ordered)

    def vocabulary(self, name: str) -> Vocabulary[Term]:
        """Return a vocabulary by the name that the file gives it.

        Raises:
            KeyError: There is no vocabulary of this name.
        """
        if name not in VOCABULARIES:
            raise KeyError(name)
        found: Vocabulary[Term] = getattr(self, name)
        return found

    def kind_of(self, page_id: str) -> str:
        """Return the first kind with a pattern that matches; the last kind if none does."""
        for kind, spec in self.kinds.items():
            if any(fnmatchcase(page_id, pattern) for pattern in spec.pages):
                return kind
        return tuple(self.kinds)[-1]

    def is_fragment(self, page_id: str) -> bool:
        """Tell whether a page id is that of a fragment: no page, but a part of others."""
        return self.kinds[self.kind_of(page_id)].included

    def alert(self, word: str, locale: str) -> str | None:
        """Return the alert that a word begins, in the spelling of any locale or as its key."""
        found = self.alerts.find(word, locale)
        key = found.key if found else word.lower()
        return key if key in self.alerts else None

    def page_id(self, path_below_locale: str, locale: str) -> str:
        """Return the id of a page.

        Args:
            path_below_locale: The file's path below the locale's folder, with `/`.
            locale: The locale, whose suffix of an older tree is taken off: `index-de.md` → `index`.
        """
        page_id = path_below_locale.removesuffix(".md")
        suffixes = self.locales[locale].legacy_suffixes if locale in self.locales else ()
        for suffix in sorted(suffixes, key=len, reverse=True):
            bare = page_id.removesuffix(suffix)
            if bare != page_id and bare.rpartition("/")[2]:
                return bare
        return page_id

    def requirement(self, letter: str, locale: str) -> Match | None:
        """Return what a requirement, written as a letter or spelled out, stands for.

        Returns:
            `mandatory` or `optional` with the locale that writes it so: the page's own locale if
            it does, else the source locale, else another; None for anything else.
        """
        return next(
            (
                match
                for candidate in dict.fromkeys((locale, *self.locale_keys))
                if (match := self._requirement_in(letter, candidate))
            ),
            None,
        )

    def help_for(self, language: str) -> str:
        """Return the address that explains a rule, with `{code}` for its code; empty if none does.

        Of the placeholders, `{language}` becomes the language, and `{root}` the folder of the site
        that holds its pages: none for the source locale, such as `de/` for others.

        Args:
            language: The language of the explanation.
        """
        root = "" if language == self.source else f"{language}/"
        return self.checks.help.replace("{language}", language).replace("{root}", root)

    def _requirement_in(self, letter: str, locale: str) -> Match | None:
        folded = fold(letter)
        letters = self.locales[locale].requirement if locale in self.locales else FrozenMap[str]()
        for key, text in letters.items():
            if fold(text) == folded:
                return Match(key, locale, "name")
        match = self.requirements.find_in(letter, locale)
        return match if match and match.key in REQUIREMENTS else None


def source_first(source: str, locales: Iterable[str]) -> tuple[str, ...]:
    """Return the locales' keys with the source locale's as the first."""
    return (source, *(key for key in locales if key != source))
