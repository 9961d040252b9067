"""Which files are not imported, and which page stands for each: copies, and older generations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from zlib import crc32

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.rules.translation import is_copy, written_language
from leitfaden.checking.tree import Tree
from leitfaden.contract import fold
from leitfaden.importing.names import Named, in_other_locale
from leitfaden.model import Page

_WORDS = re.compile(r"\w+")
_RUN = 3  # words: so many in a row are hardly the same by chance
_FEWEST = 40  # runs; below, two pages are alike because there is so little of them
_COMMON = 20  # a run that so many pages have is a phrase of the playbook and tells nothing
_MOST_RUNS = 20_000  # of a page
_OVERLAP = 0.6  # of the runs of the shorter page; real pages about other things share up to 0.47
_SHORTEST = 80  # characters of a page that is more than a heading


class AsideReason(StrEnum):
    """Why a file is not imported."""

    IDENTICAL = "identical"  # byte for byte
    DUPLICATE = "duplicate"  # the same text, written with other blanks or metadata
    FOREIGN = "foreign"  # in another language
    SUPERSEDED = "superseded"  # an older generation of another page
    CLASH = "clash"  # another file has the same id, and more right to it


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that is not imported.

    Args:
        name: The file in the tree.
        reason: Why.
        page_id: The page that stands for it.
        locale: The locale whose page that is.
        stands: The file of the tree that holds this page; empty for a page of the project.
        detail: What tells: the language, or how much of the text is the same, in percent.
        tasks: The ids of the tasks that both have.
    """

    name: str
    reason: AsideReason
    page_id: str
    locale: str
    stands: str = ""
    detail: str = ""
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two pages that both come although they say much the same.

    Args:
        name: The file of the one that the navigation or the source locale lacks.
        other: The file of the other one.
        percent: How much of the shorter one's text stands on both.
        listed: Which of both the toc lists.
        paired: Which of both have a source page.
        tasks: The ids of the tasks that both have.
    """

    name: str
    other: str
    percent: int
    listed: tuple[bool, bool]
    paired: tuple[bool, bool]
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A file that may be imported.

    Args:
        named: The file and its id.
        data: Its content.
        page: What it says.
        facts: What other pages have to know of it.
    """

    named: Named
    data: bytes
    page: Page
    facts: PageFacts


@dataclass(frozen=True)
class Sorted:
    """The files of a tree.

    Args:
        kept: Those that are imported, by page id.
        aside: Those that are not.
        rivals: Those of which a person has to decide.
        foreign: Those in another language that no page stands for, with that language.
    """

    kept: Mapping[str, Candidate]
    aside: tuple[SetAside, ...]
    rivals: tuple[Rivals, ...]
    foreign: tuple[tuple[str, str], ...] = ()


def sort_out(
    groups: Mapping[str, Sequence[Candidate]],
    locale: str,
    sources: Tree,
    listed: Collection[str] | None,
) -> Sorted:
    """Part the files that are imported from those that are not.

    Args:
        groups: The files by page id, the one that has most right to the id first.
        locale: The locale of the tree.
        sources: The pages of the source locale.
        listed: The files that the toc names; None if there is no toc.
    """
    sorter = _Sorter(locale, sources, listed)
    for page_id, candidates in groups.items():
        sorter.take(page_id, candidates)
    sorter.take_foreign()
    sorter.take_duplicates()
    sorter.take_superseded()
    aside = tuple(sorted(map(sorter.final, sorter.aside), key=lambda one: one.name))
    return Sorted(sorter.kept, aside, tuple(sorter.rivals), tuple(sorter.foreign))


class _Sorter:
    def __init__(self, locale: str, sources: Tree, listed: Collection[str] | None) -> None:
        self.kept: dict[str, Candidate] = {}
        self.aside: list[SetAside] = []
        self.rivals: list[Rivals] = []
        self.foreign: list[tuple[str, str]] = []
        self._locale = locale
        self._sources = sources
        self._listed = listed
        self._by_name: dict[str, Candidate] = {}

    def final(self, one: SetAside) -> SetAside:
        """Return the file with the page that is imported for it in the end."""
        by_name = {other.name: other for other in self.aside}
        seen = {one.name}
        while one.stands in by_name and one.stands not in seen:
            seen.add(one.stands)
            other = by_name[one.stands]
            one = replace(one, page_id=other.page_id, locale=other.locale, stands=other.stands)
        return one

    def take(self, page_id: str, candidates: Sequence[Candidate]) -> None:
        """Keep the file that has most right to an id."""
        first, *others = candidates
        self.kept[page_id] = first
        for other in others:
            reason, detail = _same(other, first), ""
            if reason is None:
                language = self._language(other, page_id)
                detail = self._name(language)
                reason = AsideReason.FOREIGN if language else AsideReason.CLASH
            self._put_aside(other, reason, first, detail)

    def take_foreign(self) -> None:
        """Set aside what is in another language and stands in the tree or the project as it is."""
        for page_id, one in tuple(self.kept.items()):
            bare = in_other_locale(page_id, self._locale, self._sources.contract)
            language = self._language(one, bare or page_id)
            if language is None:
                continue
            twin = self.kept.get(bare) if bare else None
            if twin:
                self._put_aside(one, AsideReason.FOREIGN, twin, self._name(language))
            elif self._is_copy(one, bare or page_id):
                self._put_aside(one, AsideReason.FOREIGN, None, self._name(language), bare)
            else:
                self.foreign.append((one.named.name, self._name(language)))
                continue
            del self.kept[page_id]

    def take_duplicates(self) -> None:
        """Set aside what the tree has twice, under different names."""
        first: dict[str, Candidate] = {}
        for one in sorted(self.kept.values(), key=self._rank):
            text = _plain(one.page)
            if len(text) < _SHORTEST:
                continue
            other = first.setdefault(text, one)
            if other is not one:
                reason = _same(one, other) or AsideReason.DUPLICATE
                self._put_aside(one, reason, other)
                del self.kept[one.named.page_id]

    def take_superseded(self) -> None:
        """Set aside older generations; where that is not certain, keep both and tell."""
        doubtful = [one for one in self.kept.values() if not self._is_sure(one)]
        if not doubtful:
            return
        runs = _Runs(self.kept.values())
        seen: set[frozenset[str]] = set()
        for one in doubtful:
            found = sorted(runs.like(one), key=lambda entry: (-entry[0], entry[1]))
            standing = [
                (share, name)
                for share, name in found
                if self._stands(runs.of[name]) and _is_alike(one, runs.of[name])
            ]
            if self._is_lost(one) and standing:
                share, name = standing[0]
                self._put_aside(one, AsideReason.SUPERSEDED, runs.of[name], f"{share:.0%}")
                del self.kept[one.named.page_id]
                continue
            for share, name in found:
                pair = frozenset((one.named.name, name))
                other = runs.of[name]
                if pair not in seen and _is_alike(one, other) and not self._is_lost(other):
                    seen.add(pair)
                    self.rivals.append(self._rivals(one, other, share))

    def _rivals(self, one: Candidate, other: Candidate, share: float) -> Rivals:
        return Rivals(
            one.named.name,
            other.named.name,
            round(share * 100),
            (self._is_listed(one), self._is_listed(other)),
            (self._is_paired(one), self._is_paired(other)),
            _shared_tasks(one, other),
        )

    def _put_aside(
        self,
        one: Candidate,
        reason: AsideReason,
        other: Candidate | None,
        detail: str = "",
        page_id: str | None = None,
    ) -> None:
        if other:
            tasks = _shared_tasks(one, other)
            named = other.named
            stands = named.page_id, self._locale, named.name
        else:
            tasks = ()
            stands = page_id or one.named.page_id, self._sources.contract.source, ""
        self.aside.append(SetAside(one.named.name, reason, *stands, detail.strip("%"), tasks))

    def _language(self, one: Candidate, page_id: str) -> str | None:
        """Return the locale in whose language a file is written, if that is not the tree's."""
        return written_language(one.facts._replace(id=page_id), self._sources)

    def _is_copy(self, one: Candidate, page_id: str) -> bool:
        """Tell whether a file has the text of a source page, so that nothing is lost with it."""
        source = self._sources.page(page_id, self._sources.contract.source)
        return source is not None and is_copy(one.facts, source)

    def _name(self, language: str | None) -> str:
        return self._sources.contract.locales[language].name if language else ""

    def _is_listed(self, one: Candidate) -> bool:
        return self._listed is not None and one.named.name in self._listed

    def _is_paired(self, one: Candidate) -> bool:
        source = self._sources.contract.source
        return self._locale != source and self._sources.page(one.named.page_id, source) is not None

    def _is_sure(self, one: Candidate) -> bool:
        """Tell whether nothing speaks against a page: it is listed, and it has a source page."""
        is_paired = self._is_paired(one) or not self._has_sources
        return is_paired and (self._listed is None or self._is_listed(one))

    def _is_lost(self, one: Candidate) -> bool:
        """Tell whether neither the toc nor the source locale has a page, and both could."""
        both = self._listed is not None and self._has_sources
        return both and not self._is_listed(one) and not self._is_paired(one)

    def _stands(self, one: Candidate) -> bool:
        return self._is_listed(one) or self._is_paired(one)

    @property
    def _has_sources(self) -> bool:
        source = self._sources.contract.source
        return self._locale != source and bool(self._sources.pages.get(source))

    def _rank(self, one: Candidate) -> tuple[bool, bool, int, str]:
        name = one.named.name
        return not self._is_listed(one), not self._is_paired(one), len(name), name


def _same(one: Candidate, other: Candidate) -> AsideReason | None:
    if one.data == other.data:
        return AsideReason.IDENTICAL
    return AsideReason.DUPLICATE if _plain(one.page) == _plain(other.page) else None


def _plain(page: Page) -> str:
    """Return what a page says behind its metadata, however its blanks are written."""
    return " ".join(page.body.split())


def _is_alike(one: Candidate, other: Candidate) -> bool:
    """Tell whether two pages are about the same, and not only made of the same sentences."""
    tasks = min(*({task.id for task in page.facts.tasks} for page in (one, other)), key=len)
    if tasks and len(_shared_tasks(one, other)) * 2 >= len(tasks):
        return True
    ours, theirs = (
        {fold(heading.text) for heading in page.facts.headings} for page in (one, other)
    )
    if fold(one.facts.title) == fold(other.facts.title):
        return True
    return len(ours & theirs) * 2 >= min(len(ours), len(theirs)) > 2


def _shared_tasks(one: Candidate, other: Candidate) -> tuple[str, ...]:
    ours, theirs = ({task.id for task in page.facts.tasks} for page in (one, other))
    return tuple(sorted(ours & theirs))


class _Runs:
    """The runs of words of pages, to find those that say the same.

    Args:
        pages: The pages.
    """

    def __init__(self, pages: Iterable[Candidate]) -> None:
        self.of = {one.named.name: one for one in pages}
        self._runs = {name: frozenset(_runs(one.page)) for name, one in sorted(self.of.items())}
        self._having: dict[int, list[str]] = {}
        for name, runs in self._runs.items():
            for run in runs:
                self._having.setdefault(run, []).append(name)

    def like(self, one: Candidate) -> Iterator[tuple[float, str]]:
        """Yield the pages that say much the same as one, with how much."""
        name = one.named.name
        ours = self._runs[name]
        shared: Counter[str] = Counter()
        for run in ours:
            having = self._having[run]
            if len(having) <= _COMMON:
                shared.update(having)
        for other, count in shared.items():
            least = min(len(ours), len(self._runs[other]))
            if other != name and least >= _FEWEST and count >= least * _OVERLAP:
                yield count / least, other


def _runs(page: Page) -> Iterator[int]:
    words = _WORDS.findall(page.body.lower())[:_MOST_RUNS]
    for at in range(len(words) - _RUN + 1):
        yield crc32(" ".join(words[at : at + _RUN]).encode("utf-8", "surrogatepass"))
