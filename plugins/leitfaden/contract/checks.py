"""What a well-formed contract can still get wrong: names, spellings and references."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping

import Stemmer

from leitfaden.contract.draft import Draft, dotted
from leitfaden.contract.file import (
    KEY_PATTERN,
    TERMS,
    ChecksEntry,
    ContractFile,
    LocaleEntry,
    NavGroupEntry,
    NavPageEntry,
    NavShape,
    SearchEntry,
    SectionEntry,
    TermEntry,
)
from leitfaden.contract.keys import is_locale
from leitfaden.contract.problem import Code, listed, quoted
from leitfaden.contract.spellings import check_spellings
from leitfaden.contract.tree import Key, Path

_FILLED = ("code", "language", "root")


def check_meaning(draft: Draft, file: ContractFile) -> None:
    """Report what pydantic cannot see."""
    _check_locales(draft, file)
    _check_metadata(draft, file)
    for name in ("kinds", *TERMS):
        _check_form_of_keys(draft, name, getattr(file, name))
    for name in TERMS:
        vocabulary: Mapping[str, TermEntry] = getattr(file, name)
        _check_names(draft, name, vocabulary)
        check_spellings(draft, file, name, vocabulary)
    _check_definitions(draft, file)
    _check_labels(draft, file)
    _check_sections(draft, file)
    _check_trivial(draft, file.changes.trivial)
    _check_checks(draft, file.checks)
    _check_navigation(draft, file)


def _check_locales(draft: Draft, file: ContractFile) -> None:
    for key in file.locales:
        if not is_locale(key):
            message = f"{quoted(key)} is no key of a locale."
            help = "MkDocs takes `de`, `de-AT`, `de_AT` and `zh-Hant`."
            draft.report_key(Code.NOT_ALLOWED, ("locales", key), message, help)
    _refer(draft, ("source",), file.source, "locales", file.locales)
    if any(locale.requirement for locale in file.locales.values()):
        for key, locale in file.locales.items():
            _check_letters(draft, ("locales", key), locale)
    for key, locale in file.locales.items():
        _check_search(draft, ("locales", key, "search"), locale.search)


def _check_search(draft: Draft, path: Path, search: SearchEntry) -> None:
    known = dict.fromkeys(Stemmer.algorithms())
    if search.stemmer is not None and search.stemmer not in known:
        message = f"{quoted(search.stemmer)} is no stemmer of Snowball."
        help = draft.did_you_mean(search.stemmer, known, f"There are: {listed(known)}.")
        draft.report(Code.NOT_ALLOWED, (*path, "stemmer"), message, help)
    for index, group in enumerate(search.synonyms):
        if len(group) == 1:
            message = f"{quoted(group[0])} stands alone in its group of synonyms."
            help = "Write the words that mean the same beside it."
            draft.report(Code.NOT_ALLOWED, (*path, "synonyms", index), message, help)


def _check_letters(draft: Draft, path: Path, locale: LocaleEntry) -> None:
    """Report a locale without letters while another has some: its tasks would not be read."""
    if locale.requirement is None and not draft.hollow(*path, "requirement"):
        message = f"{dotted(path)} does not say how tasks are marked, as other locales do."
        help = "Add `requirement: {mandatory: …, optional: …}` with its letters."
        draft.report_key(Code.NOT_ALLOWED, path, message, help)


def _check_metadata(draft: Draft, file: ContractFile) -> None:
    metadata = file.metadata
    if draft.hollow("metadata", "required") or draft.hollow("metadata", "optional"):
        return
    known = frozenset((*metadata.required, *metadata.optional))
    named: list[tuple[Path, str]] = [
        *((("metadata", "lists", index), key) for index, key in enumerate(metadata.lists)),
        *((("metadata", "values", key), key) for key in metadata.values),
        *((("metadata", "formats", key), key) for key in metadata.formats),
        *((("metadata", "people", key), key) for key in metadata.people),
    ]
    for path, key in named:
        if key not in known:
            message = f"{quoted(key)} is neither in `metadata.required` nor in `metadata.optional`."
            help = draft.did_you_mean(key, known, "Add it to one of them.")
            draft.report_key(Code.NOT_ALLOWED, path, message, help)


def _check_form_of_keys(draft: Draft, name: str, keys: Iterable[str]) -> None:
    """Hold keys to what can stand in an address and in a style sheet."""
    for key in keys:
        if not re.fullmatch(KEY_PATTERN, key):
            message = f"{quoted(key)} cannot be a key in {dotted((name,))}."
            help = "Use lower-case letters, digits and single hyphens, such as `next-steps`."
            draft.report_key(Code.NOT_ALLOWED, (name, key), message, help)


def _check_names(draft: Draft, name: str, terms: Mapping[str, TermEntry]) -> None:
    for key, term in terms.items():
        _check_every_locale(draft, (name, key), term.names, "name")


def _check_every_locale(draft: Draft, path: Path, texts: Container[str], what: str) -> None:
    if draft.problems.full:
        return
    for locale in draft.locales():
        if locale not in texts and is_locale(locale) and not draft.hollow(*path, locale):
            message = f"{dotted(path)} has no {what} in the locale `{locale}`."
            draft.report_key(Code.MISSING_NAME, path, message, f"Add `{locale}: …`.")


def _check_definitions(draft: Draft, file: ContractFile) -> None:
    for key, entry in file.glossary.items():
        _check_every_locale(draft, ("glossary", key, "definition"), entry.definition, "text")


def _check_labels(draft: Draft, file: ContractFile) -> None:
    for key, label in file.labels.items():
        _check_kinds(draft, file, ("labels", key, "required-in"), label.required_in)


def _check_kinds(draft: Draft, file: ContractFile, path: Path, kinds: tuple[str, ...]) -> None:
    for index, kind in enumerate(kinds):
        _refer(draft, (*path, index), kind, "kinds", file.kinds)


def _check_sections(draft: Draft, file: ContractFile) -> None:
    for key, section in file.sections.items():
        _check_kinds(draft, file, ("sections", key, "required-in"), section.required_in)
        if section.within is not None:
            path = ("sections", key, "within")
            _refer(draft, path, section.within, "sections", file.sections)
    for circle in _circles(file.sections):
        message = f"The section {quoted(circle[0])} would stand within itself ({listed(circle)})."
        path = ("sections", circle[0], "within")
        draft.report(Code.NOT_ALLOWED, path, message, "Name the section that holds it.")


def _circles(sections: Mapping[str, SectionEntry]) -> Iterator[list[str]]:
    done: set[str] = set()
    for key in sections:
        chain: list[str] = []
        above: str | None = key
        while above is not None and above in sections and above not in done:
            chain.append(above)
            done.add(above)
            above = sections[above].within
        if above in chain:
            yield chain[chain.index(above) :]


def _check_trivial(draft: Draft, words: Mapping[str, tuple[str, ...]]) -> None:
    """Report a word that any entry would hold, so that all of them would be trivial."""
    for locale, patterns in words.items():
        for index, pattern in enumerate(patterns):
            if not any(map(str.isalnum, pattern)):
                message = f"{quoted(pattern)} is no word: each change would be trivial."
                path = ("changes", "trivial", locale, index)
                draft.report(Code.NOT_ALLOWED, path, message, "Write letters beside the `*`.")


def _check_checks(draft: Draft, checks: ChecksEntry) -> None:
    for pattern in checks.paths:
        if pattern.startswith(("/", "./", "../")) or "\\" in pattern:
            message = f"No page's path looks like {quoted(pattern)}."
            help = "Paths are relative to the project and written with `/`, as `docs/en/index.md`."
            draft.report_key(Code.NOT_ALLOWED, ("checks", "paths", pattern), message, help)
    if checks.help is not None:
        _check_help(draft, checks.help)


def _check_help(draft: Draft, address: str) -> None:
    path = ("checks", "help")
    if not address.startswith(("https://", "http://")):
        message = f"{dotted(path)} is no address of a web page: {quoted(address)}."
        draft.report(Code.NOT_ALLOWED, path, message, "Let it begin with `https://`.")
    for name in re.findall(r"\{([^{}]*)\}", address):
        if name not in _FILLED:
            message = f"{dotted(path)} has the placeholder {quoted('{' + name + '}')}."
            help = draft.did_you_mean(name, _FILLED, f"Filled in are {listed(_FILLED)}.")
            draft.report(Code.NOT_ALLOWED, path, message, help)


def _check_navigation(draft: Draft, file: ContractFile) -> None:
    first: dict[str, Path] = {}
    for path, entry in nav_shapes(file.navigation, ("navigation",)):
        if isinstance(entry, NavGroupEntry):
            _check_group(draft, file, path, entry)
        if not isinstance(entry, str) and entry.title is not None:
            _check_every_locale(draft, (*path, "title"), entry.title, "text")
        page = entry.page if isinstance(entry, NavPageEntry) else entry
        if not isinstance(page, str):
            continue
        if first.setdefault(page, path) != path:
            message = f"The page {quoted(page)} is already in line {draft.line(first[page])}."
            draft.report(Code.NOT_ALLOWED, path, message, "List it once.")


def _check_group(draft: Draft, file: ContractFile, path: Path, group: NavGroupEntry) -> None:
    if group.phase is not None:
        _refer(draft, (*path, "phase"), group.phase, "phases", file.phases)
    if any(draft.hollow(*path, key) for key in ("phase", "title")):
        return
    if group.phase is not None and group.title is not None:
        message = "A group of pages takes `phase` or `title`, not both."
        draft.report(Code.NOT_ALLOWED, path, message, "Remove one of them.")
    elif group.phase is None and group.title is None:
        message = "A group of pages needs `phase` or `title`."
        help = "Add `title: {…}` with a text for each locale."
        draft.report(Code.NOT_ALLOWED, path, message, help)


def nav_shapes(entries: Iterable[NavShape], path: Path) -> Iterator[tuple[Path, NavShape]]:
    """Yield all entries of a navigation with their paths in the file."""
    for index, entry in enumerate(entries):
        yield (*path, index), entry
        if isinstance(entry, NavGroupEntry):
            yield from nav_shapes(entry.pages, (*path, index, "pages"))


def _refer(draft: Draft, path: Path, key: str, name: Key, known: Mapping[str, object]) -> None:
    """Report a key that names nothing, unless what it named has been reported."""
    if key in known or draft.hollow(name, key):
        return
    message = f"{quoted(key)} is not in `{name}`."
    fallback = f"Known there: {listed(known)}." if known else f"`{name}` is empty."
    help = draft.did_you_mean(key, known, fallback)
    draft.report(Code.NOT_ALLOWED, path, message, help)
