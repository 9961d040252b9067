"""The models of a sound contract file → `Contract`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from leitfaden.contract.bounds import FileKinds, Limits
from leitfaden.contract.contract import Contract, source_first
from leitfaden.contract.draft import Draft
from leitfaden.contract.file import (
    ChecksEntry,
    ContractFile,
    FilesEntry,
    GlossaryItem,
    LabelEntry,
    LocaleEntry,
    NavGroupEntry,
    NavPageEntry,
    NavShape,
    SectionEntry,
    TermEntry,
    TopicEntry,
)
from leitfaden.contract.frozen import FrozenMap
from leitfaden.contract.navigation import NavEntry, NavGroup, NavPage
from leitfaden.contract.settings import (
    Changes,
    Checks,
    Citations,
    Hosts,
    Kind,
    Level,
    Links,
    Locale,
    Metadata,
    PathLevels,
    Policy,
    RuleLevel,
    SearchLanguage,
)
from leitfaden.contract.term import GlossaryEntry, Label, Section, Term
from leitfaden.contract.tree import Path
from leitfaden.contract.vocabulary import Vocabulary

E = TypeVar("E", bound=TermEntry)
T = TypeVar("T", bound=Term)


def build(draft: Draft, file: ContractFile) -> Contract:
    """Return the contract that a file without problems describes."""
    locales = source_first(file.source, file.locales)

    def vocabulary(
        entries: Mapping[str, E], make: Callable[[E, dict[str, Any]], T]
    ) -> Vocabulary[T]:
        terms = (make(entry, _words(key, entry, locales)) for key, entry in entries.items())
        return Vocabulary(terms, locales)

    return Contract(
        source=file.source,
        locales=FrozenMap({key: _locale(entry) for key, entry in file.locales.items()}),
        dates=file.dates,
        hosts=Hosts(**dict(file.hosts)),
        links=Links(file.links.equivalents),
        metadata=Metadata(**dict(file.metadata)),
        kinds=FrozenMap({key: Kind(**dict(entry)) for key, entry in file.kinds.items()}),
        labels=vocabulary(file.labels, _label),
        sections=vocabulary(file.sections, _section),
        columns=vocabulary(file.columns, _term),
        requirements=vocabulary(file.requirements, _term),
        alerts=vocabulary(file.alerts, _term),
        phases=vocabulary(file.phases, _topic),
        motions=vocabulary(file.motions, _topic),
        roles=vocabulary(file.roles, _topic),
        services=vocabulary(file.services, _topic),
        glossary=vocabulary(file.glossary, _glossary_entry),
        citations=Citations(file.citations.task),
        changes=Changes(file.changes.trivial),
        trust=file.trust,
        files=_files(file.files),
        limits=Limits(**dict(file.limits)),
        policy=Policy(**dict(file.policy)),
        checks=_checks(draft, file.checks),
        navigation=_navigation(draft, file.navigation, ("navigation",)),
    )


def _locale(entry: LocaleEntry) -> Locale:
    changed = {
        "requirement": FrozenMap(entry.letters()),
        "search": SearchLanguage(**dict(entry.search)),
    }
    return Locale(**{**dict(entry), **changed})


def _words(key: str, entry: TermEntry, locales: tuple[str, ...]) -> dict[str, Any]:
    return {
        "key": key,
        "names": FrozenMap({locale: entry.names[locale] for locale in locales}),
        "aliases": entry.aliases,
        "deprecated": entry.deprecated,
        "order": entry.order,
    }


def _term(_: TermEntry, words: dict[str, Any]) -> Term:
    return Term(**words)


def _topic(entry: TopicEntry, words: dict[str, Any]) -> Term:
    return Term(**words, covers_all=entry.covers_all)


def _label(entry: LabelEntry, words: dict[str, Any]) -> Label:
    return Label(**words, vocabulary=entry.vocabulary, required_in=entry.required_in, per=entry.per)


def _section(entry: SectionEntry, words: dict[str, Any]) -> Section:
    return Section(
        **words,
        level=entry.level,
        required_in=entry.required_in,
        within=entry.within,
        leads_on=entry.leads_on,
    )


def _glossary_entry(entry: GlossaryItem, words: dict[str, Any]) -> GlossaryEntry:
    return GlossaryEntry(**words, definition=entry.definition)


def _files(entry: FilesEntry) -> FileKinds:
    endings = tuple(ending.lower() for ending in entry.endings)
    return FileKinds(endings, (*entry.also, *(ending.lower() for ending in entry.also)))


def _checks(draft: Draft, entry: ChecksEntry) -> Checks:
    return Checks(
        severity=_levels(draft, entry.severity, ("checks", "severity")),
        paths=tuple(
            PathLevels(pattern, _levels(draft, levels, ("checks", "paths", pattern)))
            for pattern, levels in entry.paths.items()
        ),
        help=entry.help or "",
        pages=entry.pages,
    )


def _levels(draft: Draft, levels: Mapping[str, Level], path: Path) -> tuple[RuleLevel, ...]:
    return tuple(
        RuleLevel(rule, level, draft.key_place((*path, rule))) for rule, level in levels.items()
    )


def _navigation(draft: Draft, entries: Iterable[NavShape], path: Path) -> tuple[NavEntry, ...]:
    return tuple(_nav_entry(draft, entry, (*path, i)) for i, entry in enumerate(entries))


def _nav_entry(draft: Draft, entry: NavShape, path: Path) -> NavEntry:
    if isinstance(entry, NavGroupEntry):
        pages = _navigation(draft, entry.pages, (*path, "pages"))
        return NavGroup(entry.phase, entry.title, pages)
    if isinstance(entry, NavPageEntry):
        return NavPage(entry.page, entry.title, draft.place((*path, "page")))
    return NavPage(entry, None, draft.place(path))
