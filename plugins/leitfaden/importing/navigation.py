"""A toc, or else the folders of a legacy tree → the `navigation` of `playbook.yml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from leitfaden.contract import (
    Contract,
    ContractError,
    NavEntry,
    NavGroup,
    NavPage,
    fold,
    nav_pages,
    parse_contract,
    terms_in_order,
)
from leitfaden.contract.frozen import FrozenMap
from leitfaden.contract.tree import ListNode, MapNode, Node, Scalar, child
from leitfaden.contract.vocabulary import spellings
from leitfaden.importing.contracttext import ContractText, flow_list, flow_map, scalar
from leitfaden.importing.toc import Toc, TocNode
from leitfaden.model import Place

_KEY = "navigation"
_HOME = "index"
_PHASE_KIND = "phase"  # the kind of page that is about a phase as a whole
_EDGE = " -:/"
_TOP = -1
_NOWHERE = Place("")


class NavigationNote(StrEnum):
    """What a person should know about the navigation that was made."""

    GUESSED = "guessed"  # there was no toc: the order is a guess
    NO_PAGE = "no-page"  # an entry of the toc leads to no page of the playbook
    LISTED_BEFORE = "listed-before"  # an entry leads to a page that is listed already
    NO_NAME = "no-name"  # a group of the toc has no name of its own
    EMPTY_GROUP = "empty-group"  # a group of the toc has no pages, so it is left out
    NAME_LACKING = "name-lacking"  # a name in some locale is lacking: the source's stands there
    NOT_TRANSLATED = "not-translated"  # the toc has the source's names: none are taken from it
    NOT_SPLICED = "not-spliced"  # playbook.yml is written in a way that cannot be added to


@dataclass(frozen=True, slots=True)
class Noted:
    """A note.

    Args:
        note: What it says.
        subject: What it is about: the name of an entry, a page's id; empty for all.
        detail: The link, the locale or the count, depending on the note.
        place: Where the toc says so.
    """

    note: NavigationNote
    subject: str = ""
    detail: str = ""
    place: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NavigablePage:
    """A page that the playbook has once the import is done, from before or now imported.

    Args:
        id: Its id.
        titles: Its first heading (`Page.title`) in each locale that has the page.
        phases: The phases that its labels name (`Page.phases`).
    """

    id: str
    titles: Mapping[str, str]
    phases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavigationPlan:
    """What becomes of the navigation.

    Args:
        text: The whole new text of `playbook.yml`; the old one if nothing changes.
        changed: Whether it differs.
        unlisted: The ids of pages that the navigation does not list, sorted.
        notes: What a person should know.
    """

    text: str
    changed: bool
    unlisted: tuple[str, ...]
    notes: tuple[Noted, ...]


def plan_navigation(
    text: str,
    toc: Toc | None,
    page_id_of: Callable[[str], str | None],
    pages: Sequence[NavigablePage],
    locale: str,
    *,
    path: str = "playbook.yml",
) -> NavigationPlan:
    """Put the pages of a toc into the navigation of a contract.

    Where the contract has no navigation yet, the toc makes it. What it has stays as a person
    arranged it: pages that are missing are added, and names in the locale of the import.

    Args:
        text: The text of `playbook.yml`, with or without a byte order mark.
        toc: The table of contents of the imported tree; None if it has none.
        page_id_of: Returns the id that a link of the toc (`TocNode.href`) has become, or None.
        pages: All pages that the playbook has after the import, in any order.
        locale: The locale of the imported tree.
        path: What findings call the contract.

    Returns:
        The new text, which has been read again as a contract: everything but the entries that
        were added is the same, byte for byte. Applied to its own result it changes nothing.

    Raises:
        ContractError: `text` itself is no contract.
    """
    contract = parse_contract(text, path)
    tree = _Tree(contract, {page.id: page for page in pages}, locale)
    notes: list[Noted] = []
    translated = True
    if toc is not None:
        reader = _FromToc(tree, page_id_of, notes)
        wanted = reader.entries(toc)
        translated = reader.own_words
    elif not contract.navigation:
        wanted = _from_folders(tree, notes)
    else:
        wanted = ()
    new = _spliced(text, contract, wanted, tree, own_names=translated)
    if new is None:
        notes.append(Noted(NavigationNote.NOT_SPLICED))
        new = text
    after = parse_contract(new, path).navigation
    notes += _lacking_names(contract.navigation, after, locale)
    listed = {page.page for page in nav_pages(after)}
    unlisted = tuple(sorted(tree.pages.keys() - listed))
    return NavigationPlan(new, new != text, unlisted, tuple(notes))


def _lacking_names(
    before: Sequence[NavEntry], after: Sequence[NavEntry], locale: str
) -> Iterator[Noted]:
    """Yield the titles that were added for want of a name in some locale."""
    known = set(_all_titles(before))
    for titles in _all_titles(after):
        if titles not in known:
            borrowed = [other for other, text in titles.items() if text == titles[locale]]
            if len(borrowed) > 1:
                lacking = ", ".join(one for one in borrowed if one != locale)
                yield Noted(NavigationNote.NAME_LACKING, titles[locale], lacking)


def _all_titles(entries: Iterable[NavEntry]) -> Iterator[Mapping[str, str]]:
    for entry in entries:
        if entry.title is not None:
            yield entry.title
        if isinstance(entry, NavGroup):
            yield from _all_titles(entry.pages)


@dataclass(frozen=True)
class _Tree:
    """All pages, by what the contract says of them."""

    contract: Contract
    pages: Mapping[str, NavigablePage]
    locale: str

    def title(self, page_id: str, locale: str | None = None) -> str:
        """Return the title of a page in a locale, else in the source's, else in any."""
        page = self.pages.get(page_id)
        if page is None:
            return ""
        wanted = (locale or self.locale, self.contract.source, *page.titles)
        return next((page.titles[one] for one in wanted if page.titles.get(one)), "")

    def named(self, page_id: str, locale: str) -> str:
        """Return the title of a page in just that locale; empty if it is not there."""
        page = self.pages.get(page_id)
        return page.titles.get(locale, "") if page else ""

    def phase_of_page(self, page_id: str) -> str | None:
        """Return the phase that a page is about as a whole."""
        if self.contract.kind_of(page_id) != _PHASE_KIND:
            return None
        page = self.pages.get(page_id)
        phases = set(page.phases) if page else set()
        if len(phases) == 1:
            return phases.pop()
        last = page_id.rpartition("/")[2]
        return next((key for key in self._by_length if last in (key, *_beside(key))), None)

    def phase_of_name(self, name: str) -> str | None:
        """Return the phase that a name stands for, alone or beside the word for phases."""
        for text in (name, *self._without_word(fold(name))):
            match = self.contract.phases.find(text, self.locale)
            if match:
                return match.key
        return None

    def phase_of(self, page_id: str) -> str | None:
        """Return the phase that a page most likely belongs to."""
        if found := self.phase_of_page(page_id):
            return found
        phases = set(self.pages[page_id].phases)
        if len(phases) == 1:
            return phases.pop()
        *folders, last = page_id.split("/")
        return next(
            (key for key in self._by_length if key in folders or last.startswith(f"{key}-")), None
        )

    @cached_property
    def _by_length(self) -> Sequence[str]:
        """The phases, those with the longest keys first: one may begin with another."""
        return sorted(self.contract.phases, key=lambda key: (-len(key), key))

    @cached_property
    def _words(self) -> frozenset[str]:
        """What labels call a phase, in all locales."""
        labels = (one for one in self.contract.labels.values() if one.vocabulary == "phases")
        return frozenset(
            fold(text)
            for label in labels
            for locale in self.contract.locales
            for text, _ in spellings(label, locale)
        )

    def _without_word(self, name: str) -> Iterator[str]:
        for word in self._words:
            if name.startswith(word):
                yield name.removeprefix(word).strip(_EDGE)
            elif name.endswith(word):  # some languages write it in one word
                yield name.removesuffix(word).strip(_EDGE)


def _beside(key: str) -> tuple[str, str]:
    return f"phase-{key}", f"{key}-phase"


class _FromToc:
    """Makes entries of the navigation of a toc's.

    Args:
        tree: The pages.
        page_id_of: Returns the id that a link has become.
        notes: Takes what a person should know.
    """

    def __init__(
        self, tree: _Tree, page_id_of: Callable[[str], str | None], notes: list[Noted]
    ) -> None:
        self._tree = tree
        self._page_id_of = page_id_of
        self._notes = notes
        self._seen: set[str] = set()
        self._phases: set[str] = set()
        self._names = _source_names(tree)
        self.own_words = True

    def entries(self, toc: Toc) -> tuple[NavEntry, ...]:
        """Return the navigation that the toc describes."""
        self.own_words = self._is_translated(toc)
        return self._below(toc.nodes, in_phase=False)

    def _is_translated(self, toc: Toc) -> bool:
        """Tell whether the toc's names are its own: not, if most are those of the source."""
        if self._tree.locale == self._tree.contract.source:
            return True
        pairs = [
            (_plain(node.name), self._names[page_id])
            for node in toc
            if node.name and (page_id := self._page_id(node)) in self._names
        ]
        same = sum(1 for name, theirs in pairs if name in theirs)
        if same * 2 <= len(pairs):
            return True
        self._notes.append(Noted(NavigationNote.NOT_TRANSLATED, "", f"{same}/{len(pairs)}"))
        return False

    def _page_id(self, node: TocNode) -> str:
        page_id = self._page_id_of(node.href) if node.href else None
        return page_id if page_id in self._tree.pages and page_id is not None else ""

    def _below(self, nodes: Iterable[TocNode], *, in_phase: bool) -> tuple[NavEntry, ...]:
        return tuple(entry for node in nodes for entry in self._made(node, in_phase))

    def _made(self, node: TocNode, in_phase: bool) -> tuple[NavEntry, ...]:
        page_id = self._page_id(node)
        own = self._page(node, page_id)
        if not node.items:
            return own
        phase = self._phase(node, page_id, in_phase)
        pages = (*own, *self._below(node.items, in_phase=in_phase or phase is not None))
        if not pages:
            self._note(NavigationNote.EMPTY_GROUP, node)
            return ()
        if phase is not None:
            return (NavGroup(phase, None, pages),)
        if pages == own:
            return own
        name = node.name or self._tree.title(page_id)
        if not name:
            self._note(NavigationNote.NO_NAME, node)
            return pages
        return (NavGroup(None, self._group_title(name, page_id, node), pages),)

    def _page(self, node: TocNode, page_id: str) -> tuple[NavEntry, ...]:
        if not page_id:
            if node.href:
                self._note(NavigationNote.NO_PAGE, node)
            return ()
        if page_id in self._seen:
            self._note(NavigationNote.LISTED_BEFORE, node)
            return ()
        self._seen.add(page_id)
        # A group's name is no name of the page that opens it.
        return (NavPage(page_id, None if node.items else self._page_title(node.name, page_id)),)

    def _phase(self, node: TocNode, page_id: str, in_phase: bool) -> str | None:
        phase = self._tree.phase_of_page(page_id) if page_id else None
        if phase is None and not in_phase:
            phase = self._tree.phase_of_name(node.name)
        if phase is None or phase in self._phases:
            return None
        self._phases.add(phase)
        return phase

    def _page_title(self, name: str, page_id: str) -> Mapping[str, str] | None:
        tree = self._tree
        usual = {_plain(tree.title(page_id)), *self._names.get(page_id, ())}
        if not name or not self.own_words or _plain(name) in usual:
            return None
        return FrozenMap(
            {
                locale: name if locale == tree.locale else tree.named(page_id, locale) or name
                for locale in tree.contract.locale_keys
            }
        )

    def _group_title(self, name: str, page_id: str, node: TocNode) -> Mapping[str, str]:
        tree = self._tree
        is_own = page_id and _plain(name) == _plain(tree.title(page_id))
        titles = {}
        for locale in tree.contract.locale_keys:
            other = tree.named(page_id, locale) if is_own and locale != tree.locale else ""
            titles[locale] = other or name
        return FrozenMap(titles)

    def _note(self, note: NavigationNote, node: TocNode) -> None:
        self._notes.append(Noted(note, node.name, node.href, node.place))


def _source_names(tree: _Tree) -> dict[str, frozenset[str]]:
    """Return what the source calls each page, for the import of a translation."""
    if tree.locale == tree.contract.source:
        return {}
    source = tree.contract.source
    names = {page_id: {tree.named(page_id, source)} for page_id in tree.pages}
    for entry, titles in _openings(tree.contract.navigation):
        names.setdefault(entry.page, set()).update(
            title[source] for title in titles if title is not None
        )
    return {
        page_id: frozenset(_plain(text) for text in texts if text)
        for page_id, texts in names.items()
        if any(texts)
    }


def _openings(
    entries: Iterable[NavEntry], above: Mapping[str, str] | None = None
) -> Iterator[tuple[NavPage, tuple[Mapping[str, str] | None, ...]]]:
    """Yield the pages with their titles, and that of the group that a page opens."""
    for index, entry in enumerate(entries):
        if isinstance(entry, NavGroup):
            yield from _openings(entry.pages, entry.title)
        else:
            yield entry, (entry.title, above if not index else None)


def _plain(text: str) -> str:
    """Return a name without what often differs by chance: case, blanks, hyphens, punctuation."""
    return "".join(char for char in fold(text) if char.isalnum())


# Without a toc


def _from_folders(tree: _Tree, notes: list[Noted]) -> tuple[NavEntry, ...]:
    """Guess a navigation: the start page, the phases, the other pages, the folders."""
    if not tree.pages:
        return ()
    notes.append(Noted(NavigationNote.GUESSED, "", str(len(tree.pages))))
    rest = set(tree.pages)
    entries: list[NavEntry] = [NavPage(page_id) for page_id in (_HOME,) if page_id in rest]
    rest.discard(_HOME)
    by_phase: dict[str, list[str]] = {}
    for page_id in rest:
        if phase := tree.phase_of(page_id):
            by_phase.setdefault(phase, []).append(page_id)
    for term in terms_in_order(tree.contract.phases.values()):
        if term.key in by_phase:
            ids = sorted(
                by_phase[term.key], key=lambda one: (not tree.phase_of_page(one), _by(tree, one))
            )
            entries.append(NavGroup(term.key, None, tuple(map(NavPage, ids))))
            rest.difference_update(ids)
    return (*entries, *_folder(tree, rest, ""))


def _by(tree: _Tree, page_id: str) -> tuple[str, str]:
    return fold(tree.title(page_id)), page_id


def _folder(tree: _Tree, ids: Iterable[str], folder: str) -> tuple[NavEntry, ...]:
    """Return the pages of a folder by title, then the folders in it, each as a group."""
    own: list[str] = []
    below: dict[str, list[str]] = {}
    for page_id in ids:
        inner, more, _ = page_id.removeprefix(folder).partition("/")
        if more:
            below.setdefault(inner, []).append(page_id)
        else:
            own.append(page_id)
    own.sort(key=lambda one: (not one.endswith(f"/{_HOME}"), _by(tree, one)))
    groups = (
        NavGroup(
            None,
            _folder_title(tree, f"{folder}{name}"),
            _folder(tree, below[name], f"{folder}{name}/"),
        )
        for name in sorted(below)
    )
    return (*map(NavPage, own), *groups)


def _folder_title(tree: _Tree, folder: str) -> Mapping[str, str]:
    name = folder.rpartition("/")[2].replace("-", " ").replace("_", " ").strip() or folder
    opening = f"{folder}/{_HOME}"
    return FrozenMap(
        {
            locale: tree.named(opening, locale) or tree.title(opening) or name
            for locale in tree.contract.locale_keys
        }
    )


# Into the contract's text


def _spliced(
    text: str, contract: Contract, wanted: Sequence[NavEntry], tree: _Tree, *, own_names: bool
) -> str | None:
    """Return the text with the entries that it lacks; None if they cannot be put in."""
    added = ContractText(text)
    if not contract.navigation and added.is_empty(_KEY):
        if not wanted:
            return text
        added.add_top(_KEY, [line for entry in wanted for line in _item(_block(entry))])
    else:
        node = child(added.root, _KEY)
        if not isinstance(node, ListNode):
            return None
        _Merge(added, contract, tree, own_names).into(node, contract.navigation, wanted)
    new = added.result()
    return new if _is_sound(new, contract, wanted) else None


def _is_sound(new: str, old: Contract, wanted: Sequence[NavEntry]) -> bool:
    """Tell whether a new text is a contract with all pages, and otherwise the old one."""
    try:
        contract = parse_contract(new, "")
    except ContractError:
        return False
    before = [page.page for page in nav_pages(old.navigation)]
    known = set(before)
    after = [page.page for page in nav_pages(contract.navigation)]
    missing = {page.page for page in nav_pages(wanted)} - set(after)
    kept = [page for page in after if page in known]
    return not missing and kept == before and replace(contract, navigation=old.navigation) == old


class _Merge:
    """Adds to a navigation what it lacks, without a change of what it has.

    Args:
        added: Takes what is added.
        contract: Says what there is.
        tree: The pages.
        own_names: Whether the names that are wanted are in the locale's own language.
    """

    def __init__(
        self, added: ContractText, contract: Contract, tree: _Tree, own_names: bool
    ) -> None:
        self._added = added
        self._tree = tree
        self._own_names = own_names
        self._listed = {page.page for page in nav_pages(contract.navigation)}
        self._groups: list[tuple[NavGroup, MapNode]] = []
        self._pages: dict[str, tuple[NavPage, Node]] = {}
        self._parent: dict[str, int] = {}  # of a page: the index of its group, -1 for none
        self._by_phase: dict[str | None, int] = {}
        self._by_name: dict[str, int] = {}
        self._above: dict[int, int] = {}  # of a group: the index of the group that holds it
        node = child(added.root, _KEY)
        assert isinstance(node, ListNode)
        self._root = (contract.navigation, node)
        self._index(contract.navigation, node, _TOP)

    def _index(self, entries: Sequence[NavEntry], node: Node | None, group: int) -> None:
        items = node.items if isinstance(node, ListNode) else []
        for entry, item in zip(entries, items, strict=True):
            if isinstance(entry, NavPage):
                self._pages[entry.page] = entry, item
                self._parent[entry.page] = group
            elif isinstance(item, MapNode):
                index = len(self._groups)
                self._groups.append((entry, item))
                self._above[index] = group
                if entry.phase is not None:
                    self._by_phase.setdefault(entry.phase, index)
                for title in (entry.title or {}).values():
                    self._by_name.setdefault(fold(title), index)
                self._index(entry.pages, child(item, "pages"), index)

    def into(self, node: ListNode, entries: Sequence[NavEntry], wanted: Iterable[NavEntry]) -> None:
        """Add to a list what it lacks, each entry behind the one that it follows."""
        at = len(entries) - 1
        places = {id(entry): index for index, entry in enumerate(entries)}
        for entry in wanted:
            if isinstance(entry, NavPage):
                if entry.page in self._pages:
                    self._name_page(entry)
                    found: NavEntry = self._pages[entry.page][0]
                else:
                    self._insert(node, entry, at)
                    continue
            else:
                index = self._match(entry)
                if index is None:
                    if pages := self._lacking(entry.pages):
                        self._insert(node, NavGroup(entry.phase, entry.title, pages), at)
                    continue
                if index == _TOP:
                    self.into(self._root[1], self._root[0], entry.pages)
                    continue
                found = self._grown(index, entry)
            at = places.get(id(found), at)

    def _insert(self, node: ListNode, entry: NavEntry, at: int) -> None:
        lines = _block(entry)
        self._added.add_item(node, _flow(entry), lines, after=at)

    def _grown(self, index: int, wanted: NavGroup) -> NavGroup:
        group, node = self._groups[index]
        titles = child(node, "title")
        if group.title and wanted.title and isinstance(titles, MapNode):
            own = wanted.title[self._tree.locale] if self._own_names else ""
            self._name(titles, group.title, own or self._opening_name(group))
        pages = child(node, "pages")
        if isinstance(pages, ListNode):
            self.into(pages, group.pages, wanted.pages)
        return group

    def _opening_name(self, group: NavGroup) -> str:
        """Return the title of the page that opens a group and gives it its name."""
        tree, source = self._tree, self._tree.contract.source
        first = next(iter(group.pages), None)
        if not isinstance(first, NavPage) or group.title is None:
            return ""
        gives = _plain(tree.named(first.page, source)) == _plain(group.title[source])
        return tree.named(first.page, tree.locale) if gives else ""

    def _lacking(self, entries: Iterable[NavEntry]) -> tuple[NavEntry, ...]:
        """Return the entries without what the navigation has already."""
        found: list[NavEntry] = []
        for entry in entries:
            if isinstance(entry, NavPage):
                if entry.page not in self._pages:
                    found.append(entry)
                else:
                    self._name_page(entry)
            elif pages := self._lacking(entry.pages):
                found.append(NavGroup(entry.phase, entry.title, pages))
        return tuple(found)

    def _match(self, wanted: NavGroup) -> int | None:
        """Return which group of the navigation stands for one that is wanted."""
        if wanted.phase in self._by_phase:
            return self._by_phase[wanted.phase]
        homes: Counter[int] = Counter()
        for entry in wanted.pages:
            if isinstance(entry, NavPage):
                if entry.page in self._parent:
                    homes[self._parent[entry.page]] += 1
            elif (home := self._match_below(entry)) is not None:
                homes[home] += 1
        if homes:
            most, times = homes.most_common(1)[0]
            if times * 2 > homes.total():
                return most
        names = (fold(text) for text in (wanted.title or {}).values())
        return min((self._by_name[name] for name in names if name in self._by_name), default=None)

    def _match_below(self, entry: NavGroup) -> int | None:
        found = self._match(entry)
        return self._above[found] if found is not None and found != _TOP else None

    def _name_page(self, wanted: NavPage) -> None:
        """Give a page that is listed its name in the locale of the import."""
        entry, node = self._pages[wanted.page]
        locale = self._tree.locale
        if entry.title is not None:
            name = wanted.title[locale] if wanted.title else self._tree.named(entry.page, locale)
            titles = child(node, "title")
            if isinstance(titles, MapNode):
                self._name(titles, entry.title, name)
        elif wanted.title is not None and locale != self._tree.contract.source:
            titles_text = _titles(wanted.title)
            if isinstance(node, Scalar):
                page = flow_map({"page": scalar(entry.page), "title": titles_text})
                self._added.replace(node, page)
            elif isinstance(node, MapNode):
                self._added.add_entry(node, "title", titles_text)

    def _name(self, node: MapNode, titles: Mapping[str, str], name: str) -> None:
        """Write a name where another locale's stands in for it."""
        locale = self._tree.locale
        borrowed = any(
            titles[locale] == title for other, title in titles.items() if other != locale
        )
        value = child(node, locale)
        if borrowed and name and _plain(name) != _plain(titles[locale]) and value:
            self._added.replace(value, scalar(name))


def _titles(titles: Mapping[str, str]) -> str:
    return flow_map({locale: scalar(text) for locale, text in titles.items()})


def _flow(entry: NavEntry) -> str:
    """Return an entry in one line."""
    if isinstance(entry, NavPage):
        if entry.title is None:
            return scalar(entry.page)
        return flow_map({"page": scalar(entry.page), "title": _titles(entry.title)})
    return flow_map({**_heading(entry), "pages": flow_list([_flow(one) for one in entry.pages])})


def _block(entry: NavEntry) -> list[str]:
    """Return the lines of an entry in block style, without the dash of its list."""
    if isinstance(entry, NavPage):
        return [_flow(entry)]
    heading = [f"{key}: {value}" for key, value in _heading(entry).items()]
    pages = [f"  {line}" for one in entry.pages for line in _item(_block(one))]
    return [*heading, "pages:", *pages]


def _item(lines: Sequence[str]) -> list[str]:
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def _heading(group: NavGroup) -> dict[str, str]:
    if group.phase is not None:
        return {"phase": scalar(group.phase)}
    return {"title": _titles(group.title or {})}
