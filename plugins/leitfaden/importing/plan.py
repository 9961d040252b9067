"""All that an import does, decided before anything is written."""

from __future__ import annotations

import datetime as dt
import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from pathlib import Path

from leitfaden.checking.facts import PageFacts, facts_of
from leitfaden.checking.finding import Found
from leitfaden.checking.judge import Judge
from leitfaden.checking.madepages import made_ids
from leitfaden.checking.redirects import Addresses
from leitfaden.checking.registry import all_rules
from leitfaden.checking.severities import severity_of
from leitfaden.checking.survey import Setting, Survey, survey_of
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract, parse_contract
from leitfaden.contract.anchors import heading_ids
from leitfaden.fixing import FixedPage, fix_page, splice
from leitfaden.fixing.result import encoded
from leitfaden.importing.addresses import Redirects, merged, moved_anchors, old_ids, planned
from leitfaden.importing.aside import Candidate, Rivals, SetAside, Sorted, sort_out
from leitfaden.importing.images import FileState, Images, UsedFile
from leitfaden.importing.legacy import LegacyTree, Refused
from leitfaden.importing.links import Left, LinkMover, Moves, Rewritten, Why, ordered
from leitfaden.importing.metadata import renamed_keys, unknown_keys
from leitfaden.importing.names import by_id, named
from leitfaden.importing.navigation import NavigablePage, NavigationPlan, plan_navigation
from leitfaden.importing.standing import Standing
from leitfaden.importing.toc import Target, Toc, TocProblem, check_toc, read_toc
from leitfaden.importing.vocabulary import VocabularyPatch, plan_vocabulary
from leitfaden.model import Edit, Page, Playbook, Severity
from leitfaden.reading import PageReader
from leitfaden.reading.inventory import Inventory, PageFile, redirects_of
from leitfaden.reading.references import references


class PageState(StrEnum):
    """What becomes of a page."""

    NEW = "new"
    THERE = "there"  # the project has it already, as the import would write it
    CHANGED = "changed"  # the project has it otherwise: that one stays


class GuessKind(StrEnum):
    """What was guessed."""

    NAME = "name"  # a page's id that is not the file's name
    KEY = "key"  # a key of the front matter


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that the tree does not say and a person should look at.

    Args:
        kind: What.
        name: The file; of a key the first of those that have it.
        old: What the tree has.
        new: What it became.
        count: How many files.
    """

    kind: GuessKind
    name: str
    old: str
    new: str
    count: int = 1


@dataclass(frozen=True)
class ImportedPage:
    """A file that becomes a page.

    Args:
        name: The file in the tree.
        page_id: The page's id.
        path: The page's file, relative to the project.
        file: The same on disk.
        data: What it is to hold.
        state: What becomes of it.
        paired: Whether the source locale has the page.
        corrected: How many findings were corrected, by code of the rule.
        page: The page as it is to be.
    """

    name: str
    page_id: str
    path: str
    file: Path
    data: bytes
    state: PageState
    paired: bool
    corrected: Mapping[str, int]
    page: Page


@dataclass(frozen=True, slots=True)
class Remaining:
    """How often a rule still finds something on the pages.

    Args:
        code: The rule.
        name: Its name.
        severity: How much it matters.
        count: How many findings.
        pages: On how many pages.
    """

    code: str
    name: str
    severity: Severity
    count: int
    pages: int


@dataclass(frozen=True)
class TocFacts:
    """A toc beside its tree.

    Args:
        path: The file, as findings name it.
        nodes: How many entries it has.
        problems: What is wrong with it.
        unlisted: The files with pages that it does not name.
    """

    path: str
    nodes: int
    problems: tuple[TocProblem, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True)
class ImportPlan:
    """All that an import does.

    Args:
        locale: The locale of the tree.
        root: The folder of the tree.
        standing: The project.
        found: How many files with pages the tree has.
        assets: How many other files.
        refused: What was not looked at.
        pages: The pages that come, by id.
        missing: The ids of the source's pages that the tree lacks.
        aside: The files that do not come.
        rivals: Pages of which a person has to choose.
        foreign: Files in another language that nothing stands for, with the language.
        guesses: What was guessed.
        keys: Keys of the front matter that the contract lacks, with how many pages have them.
        rewritten: The links that were rewritten.
        left: The links that lead nowhere, even after the safe fixes.
        files: The images and other files that pages use.
        unused: The files that no page uses.
        redirects: The old addresses.
        toc: The toc, or None.
        navigation: What becomes of the navigation.
        vocabulary: The words that the contract lacks.
        remaining: What checks still find on these pages, the worst first.
    """

    locale: str
    root: Path
    standing: Standing
    found: int
    assets: int
    refused: tuple[Refused, ...]
    pages: tuple[ImportedPage, ...]
    missing: tuple[str, ...]
    aside: tuple[SetAside, ...]
    rivals: tuple[Rivals, ...]
    foreign: tuple[tuple[str, str], ...]
    guesses: tuple[Guess, ...]
    keys: tuple[tuple[str, int], ...]
    rewritten: tuple[Rewritten, ...]
    left: tuple[Left, ...]
    files: tuple[UsedFile, ...]
    unused: tuple[str, ...]
    redirects: Redirects
    toc: TocFacts | None
    navigation: NavigationPlan
    vocabulary: VocabularyPatch
    remaining: tuple[Remaining, ...]

    @property
    def kept(self) -> tuple[ImportedPage, ...]:
        """The pages of the project that differ from what would be written."""
        return tuple(page for page in self.pages if page.state is PageState.CHANGED)

    @property
    def redirects_path(self) -> str:
        """The file of the old addresses, relative to the project."""
        return self.standing.relative(redirects_of(self.locale))

    @property
    def is_source(self) -> bool:
        """Whether the tree is the source's."""
        return self.locale == self.standing.contract.source

    @property
    def has_source(self) -> bool:
        """Whether the tree is the source's, or the project has pages of the source."""
        return self.is_source or bool(self.standing.page_files(self.standing.contract.source))

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to write."""
        return (
            any(page.state is PageState.NEW for page in self.pages)
            or any(file.state is FileState.NEW for file in self.files)
            or self.redirects.data is not None
            or self.navigation.changed
        )


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be imported, and how.

    Args:
        locale: The locale of the tree.
        toc_path: The toc; None if there is none.
        toc_text: What it holds.
        prefix: The folder in which the old site showed the tree, without `/` at its ends.
        today: The day; later days are in the future.
    """

    locale: str
    toc_path: Path | None = None
    toc_text: str = ""
    prefix: str = ""
    today: dt.date


def plan_import(tree: LegacyTree, standing: Standing, wanted: Wanted) -> ImportPlan:
    """Decide what an import does. Nothing is written.

    Args:
        tree: What is imported.
        standing: The project.
        wanted: How.
    """
    return _Planner(tree, standing, wanted).plan()


class _Planner:
    def __init__(self, tree: LegacyTree, standing: Standing, wanted: Wanted) -> None:
        self._tree = tree
        self._standing = standing
        self._wanted = wanted
        self._locale = wanted.locale
        self._source = standing.contract.source
        self._reader = PageReader(standing.contract)
        self._existing = self._existing_pages()
        self._listed: dict[str, str] = {}

    def plan(self) -> ImportPlan:
        """Return all that is done."""
        toc, facts = self._toc()
        sorted_ = self._sorted(facts is not None)
        images = Images(self._tree, self._standing, self._locale)
        drafts, rewritten, left = self._rewritten(sorted_, images)
        fixed = self._fixed(drafts, self._survey(drafts, self._standing.contract, images))
        redirects = self._redirects(sorted_, fixed)
        pages = tuple(self._imported(sorted_.kept[page_id], fixed[page_id]) for page_id in fixed)
        finals = {page.page_id: page.page for page in pages}
        navigation = self._navigation(toc, sorted_, finals)
        vocabulary = plan_vocabulary(
            navigation.text, self._all(finals), path=self._standing.contract_path.name
        )
        after = parse_contract(navigation.text, self._standing.contract_path.name)
        return ImportPlan(
            locale=self._locale,
            root=self._tree.root,
            standing=self._standing,
            found=len(self._tree.pages),
            assets=len(self._tree.assets),
            refused=self._tree.refused,
            pages=pages,
            missing=self._missing(finals),
            aside=sorted_.aside,
            rivals=sorted_.rivals,
            foreign=sorted_.foreign,
            guesses=self._guesses(sorted_),
            keys=self._keys(sorted_),
            rewritten=tuple(ordered(rewritten)),
            left=tuple(sorted(_lasting(left, pages))),
            files=tuple(images.used[name] for name in sorted(images.used)),
            unused=tuple(name for name in images.unused() if not self._is_toc(name)),
            redirects=redirects,
            toc=facts,
            navigation=navigation,
            vocabulary=vocabulary,
            remaining=_remaining(pages, self._survey(finals, after, images)),
        )

    def _existing_pages(self) -> Mapping[str, dict[str, Page]]:
        found: dict[str, dict[str, Page]] = {}
        for locale in {self._source, self._locale}:
            found[locale] = {
                page_id: self._reader.read(
                    self._standing.pages[file.path],
                    path=file.path,
                    locale=locale,
                    page_id=page_id,
                )
                for page_id, file in sorted(self._standing.page_files(locale).items())
            }
        return found

    def _toc(self) -> tuple[Toc | None, TocFacts | None]:
        path = self._wanted.toc_path
        if path is None:
            return None, None
        shown = path.name
        toc = read_toc(self._wanted.toc_text, shown)
        files = (*self._tree.pages, *self._tree.assets)
        for node in toc:
            if node.target is Target.FILE:
                name = self._in_tree(node.file)
                if name in self._tree.pages:
                    self._listed.setdefault(name, node.href)
        problems = (*toc.problems, *check_toc(toc, lambda file: self._in_tree(file) in files))
        unlisted = tuple(name for name in self._tree.pages if name not in self._listed)
        return toc, TocFacts(shown, len(list(toc)), problems, unlisted)

    def _in_tree(self, file: str) -> str:
        """Return a file that the toc names as a path in the tree."""
        assert self._wanted.toc_path is not None
        folder = os.path.realpath(self._wanted.toc_path.parent)
        path = os.path.normpath(f"{folder}/{file}")
        return os.path.relpath(path, self._tree.root).replace(os.sep, "/")

    def _is_toc(self, name: str) -> bool:
        return posixpath.basename(name).lower() in ("toc.yml", "toc.yaml", "docfx.json")

    def _sorted(self, has_toc: bool) -> Sorted:
        contract = self._standing.contract
        groups: dict[str, list[Candidate]] = {}
        for page_id, files in by_id(named(self._tree.pages, self._locale, contract)).items():
            path = self._path(page_id)
            for file in files:
                data = self._tree.pages[file.name]
                page = self._reader.read(data, path=path, locale=self._locale, page_id=page_id)
                groups.setdefault(page_id, []).append(Candidate(file, data, page, facts_of(page)))
        sources: dict[str, dict[str, PageFacts]] = {self._source: {}}
        if self._locale != self._source:
            theirs = self._existing[self._source]
            sources[self._source] = {page_id: facts_of(page) for page_id, page in theirs.items()}
        tree = Tree(contract, sources, frozenset(), self._wanted.today)
        listed = frozenset(self._listed) if has_toc else None
        return sort_out(groups, self._locale, tree, listed)

    def _path(self, page_id: str) -> str:
        """Return the file of a page, relative to the project."""
        there = self._standing.page_files(self._locale).get(page_id)
        return there.path if there else self._standing.relative(f"{self._locale}/{page_id}.md")

    def _file(self, page_id: str) -> Path:
        there = self._standing.page_files(self._locale).get(page_id)
        return Path(there.file) if there else self._standing.docs / f"{self._locale}/{page_id}.md"

    def _source_page(self, page_id: str) -> Page | None:
        if self._locale == self._source:
            return None
        return self._existing[self._source].get(page_id)

    def _rewritten(
        self, sorted_: Sorted, images: Images
    ) -> tuple[dict[str, Page], list[Rewritten], list[Left]]:
        """Return the pages with their links and their front matter as they are to be."""
        mover = LinkMover(self._moves(sorted_), images)
        drafts: dict[str, Page] = {}
        rewritten: list[Rewritten] = []
        left: list[Left] = []
        for page_id, one in sorted_.kept.items():
            if not one.page.is_readable:
                drafts[page_id] = one.page
                continue
            edits, nowhere = mover.edits(one, references(one.page))
            drafts[page_id], is_made = self._spliced(one, [edit for _, edit, _ in edits])
            left += nowhere
            for found, _, told in edits:
                if is_made:
                    rewritten.append(told)
                else:
                    why = Why.UNWRITTEN
                    left.append(Left(told.name, told.line, told.old, why, found.image))
        return drafts, rewritten, left

    def _spliced(self, one: Candidate, links: list[Edit]) -> tuple[Page, bool]:
        """Return a page with its splices, and whether those of links are among them.

        They are not if the page is then read as something else than was meant.
        """
        keys = [found.edit for found in renamed_keys(one.page, self._standing.contract)]
        page = self._with(one.page, [*keys, *links])
        if _is_as_meant(one.page, page, {unescape(edit.text) for edit in links}):
            return page, True
        return self._with(one.page, keys), False

    def _with(self, page: Page, edits: list[Edit]) -> Page:
        if not edits:
            return page
        data = encoded(splice(page.text, edits), page.bom)
        return self._reader.read(data, path=page.path, locale=page.locale, page_id=page.id)

    def _moves(self, sorted_: Sorted) -> Moves:
        contract = self._standing.contract
        anchors = {}
        for page_id, one in sorted_.kept.items():
            source = self._source_page(page_id)
            anchors[page_id] = moved_anchors(
                old_ids(one.page), heading_ids(one.page, source, contract)
            )
        prefix = self._standing.relative("")
        return Moves(
            locale=self._locale,
            contract=contract,
            kept=sorted_.kept,
            aside=sorted_.aside,
            others=frozenset(self._existing[self._source]),
            files={
                page_id: file.path.removeprefix(prefix)
                for page_id, file in self._standing.page_files(self._locale).items()
            },
            anchors=anchors,
            prefix=self._wanted.prefix,
        )

    def _all(self, pages: Mapping[str, Page]) -> tuple[Page, ...]:
        """Return the pages of the locale and of the source, with those that are imported."""
        return tuple(page for found in self._together(pages).values() for page in found.values())

    def _together(self, pages: Mapping[str, Page]) -> Mapping[str, Mapping[str, Page]]:
        found = {locale: dict(there) for locale, there in self._existing.items()}
        found[self._locale] |= pages
        return {locale: dict(sorted(there.items())) for locale, there in found.items()}

    def _survey(self, pages: Mapping[str, Page], contract: Contract, images: Images) -> Survey:
        """Check the pages beside those of the project, as if they were there already."""
        together = self._together(pages)
        files = tuple(
            PageFile(str(self._standing.root / page.path), page.path, page.locale, page.id)
            for found in together.values()
            for page in found.values()
        )
        prefix = self._standing.relative("")
        names = {page.path.removeprefix(prefix) for page in files}
        names |= {name for name in self._standing.inventory.names if not name.endswith(".md")}
        names |= {file.target for file in images.used.values() if file.state is FileState.NEW}
        playbook = Playbook(self._source, tuple(together), together)
        setting = Setting(
            root=self._standing.root,
            docs=self._standing.docs,
            contract=contract,
            today=self._wanted.today,
        )
        return survey_of(playbook, Inventory(files, frozenset(names)), setting)

    def _fixed(self, drafts: Mapping[str, Page], pages: Survey) -> dict[str, FixedPage]:
        """Make the safe fixes on the imported pages."""
        fixed = {}
        for page_id, page in drafts.items():
            facts = pages.tree.pages[self._locale][page_id]
            fixed[page_id] = fix_page(
                page,
                pages.judge.wanted(facts),
                pages.tree,
                self._standing.contract,
                again=_again,
                reader=self._reader,
            )
        return fixed

    def _imported(self, one: Candidate, fixed: FixedPage) -> ImportedPage:
        page_id = one.named.page_id
        data = fixed.data if one.page.is_readable else one.data
        path = self._path(page_id)
        there = self._standing.pages.get(path)
        state = PageState.NEW
        if there is not None:
            state = PageState.THERE if there == data else PageState.CHANGED
        page = fixed.after
        if state is PageState.CHANGED:
            page = self._existing[self._locale][page_id]
        return ImportedPage(
            name=one.named.name,
            page_id=page_id,
            path=path,
            file=self._file(page_id),
            data=data,
            state=state,
            paired=self._source_page(page_id) is not None,
            corrected=Counter(repair.found.code for repair in fixed.applied),
            page=page,
        )

    def _redirects(self, sorted_: Sorted, fixed: Mapping[str, FixedPage]) -> Redirects:
        contract = self._standing.contract
        anchors = {}
        for page_id, one in fixed.items():
            new = heading_ids(one.after, self._source_page(page_id), contract)
            anchors[page_id] = moved_anchors(old_ids(sorted_.kept[page_id].page), new)
        moved = [(one.named.name, page_id) for page_id, one in sorted_.kept.items()]
        moved += [(one.name, one.page_id) for one in sorted_.aside]
        pages = {locale: set(found) for locale, found in self._standing.inventory.chosen().items()}
        pages.setdefault(self._locale, set()).update(sorted_.kept)
        made = made_ids(contract, (task.id for one in fixed.values() for task in one.after.tasks))
        addresses = Addresses(contract, pages, self._standing.inventory.names, made)
        known, lost = planned(moved, anchors, self._locale, self._wanted.prefix, addresses)
        path = self._standing.relative(redirects_of(self._locale))
        return merged(known, lost, self._standing.redirects, path, self._locale)

    def _navigation(
        self, toc: Toc | None, sorted_: Sorted, finals: Mapping[str, Page]
    ) -> NavigationPlan:
        ids = {one.named.name: page_id for page_id, one in sorted_.kept.items()}
        ids |= {one.name: one.page_id for one in sorted_.aside}
        by_href: dict[str, str] = {}
        for node in toc or ():
            if node.target is Target.FILE:
                page_id = ids.get(self._in_tree(node.file))
                if page_id:
                    by_href.setdefault(node.href, page_id)
        titles: dict[str, dict[str, str]] = {}
        phases: dict[str, tuple[str, ...]] = {}
        for page in self._all(finals):
            titles.setdefault(page.id, {})[page.locale] = page.title
            phases[page.id] = phases.get(page.id) or page.phases
        return plan_navigation(
            self._standing.contract_text,
            toc,
            by_href.get,
            [NavigablePage(one, titles[one], phases[one]) for one in sorted(titles)],
            self._locale,
            path=self._standing.contract_path.name,
        )

    def _missing(self, finals: Mapping[str, Page]) -> tuple[str, ...]:
        if self._locale == self._source:
            return ()
        here = {*finals, *self._existing[self._locale]}
        return tuple(one for one in self._existing[self._source] if one not in here)

    def _guesses(self, sorted_: Sorted) -> tuple[Guess, ...]:
        guesses = [
            Guess(GuessKind.NAME, one.named.name, one.named.bare, page_id)
            for page_id, one in sorted_.kept.items()
            if one.named.is_guess
        ]
        keys: dict[tuple[str, str], list[str]] = {}
        for one in sorted_.kept.values():
            for found in renamed_keys(one.page, self._standing.contract):
                keys.setdefault((found.old, found.new), []).append(one.named.name)
        guesses += [
            Guess(GuessKind.KEY, min(names), old, new, len(names))
            for (old, new), names in sorted(keys.items())
        ]
        return tuple(guesses)

    def _keys(self, sorted_: Sorted) -> tuple[tuple[str, int], ...]:
        contract = self._standing.contract
        counts = Counter(
            key
            for one in sorted_.kept.values()
            for key in set(unknown_keys(one.page, contract, renamed_keys(one.page, contract)))
        )
        return tuple(sorted(counts.items()))


def _is_as_meant(before: Page, after: Page, new: set[str]) -> bool:
    """Tell whether a page with other links still has as many, and no others."""
    if [event[:2] for event in before.events] != [event[:2] for event in after.events]:
        return False
    return all(
        one.target == other.target or other.target in new
        for one, other in zip(before.links, after.links, strict=True)
    )


def _lasting(left: Iterable[Left], pages: Iterable[ImportedPage]) -> Iterator[Left]:
    """Yield the links that lead nowhere and that no fix has corrected."""
    still = {page.name: {one.target for one in references(page.page)} for page in pages}
    return (one for one in left if one.target in still[one.name])


def _again(facts: PageFacts, tree: Tree, own: Sequence[Found]) -> list[Found]:
    return Judge(tree, lambda _: own).wanted(facts)


def _remaining(pages: Iterable[ImportedPage], survey: Survey) -> tuple[Remaining, ...]:
    """Count what is still found on the pages, by rule, the worst first."""
    counts: Counter[tuple[str, Severity]] = Counter()
    on: Counter[tuple[str, Severity]] = Counter()
    for page in pages:
        facts = survey.tree.pages[page.page.locale][page.page_id]
        found: Counter[tuple[str, Severity]] = Counter()
        for one in survey.judge.told(facts):
            severity = severity_of(all_rules()[one.code], facts.path, survey.setting.contract)
            if severity:
                found[one.code, severity] += 1
        counts += found
        on.update(found.keys())
    ranks = list(Severity)
    return tuple(
        Remaining(code, all_rules()[code].name, severity, count, on[code, severity])
        for (code, severity), count in sorted(
            counts.items(), key=lambda entry: (ranks.index(entry[0][1]), -entry[1], entry[0][0])
        )
    )
