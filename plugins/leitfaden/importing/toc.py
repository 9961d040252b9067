"""The table of contents of a docfx tree, `toc.yml`: nested names and links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote

from leitfaden.checking.finding import shortened
from leitfaden.contract import ContractError
from leitfaden.contract.problem import Problems
from leitfaden.contract.targets import scheme_of
from leitfaden.contract.tree import Entry, ListNode, MapNode, Node, Scalar, compose
from leitfaden.model import Place, Position

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML has them
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_NOWHERE = Place("")
_KNOWN = frozenset(
    (
        *("name", "href", "items", "topichref", "tocname", "tochref", "homepage", "expanded"),
        *("displayname", "uid", "topicuid", "homepageuid", "metadata", "order", "type", "id"),
    )
)


class Fault(StrEnum):
    """What can be wrong in a `toc.yml`."""

    UNREADABLE = "unreadable"
    NO_LIST = "no-list"
    NO_ENTRY = "no-entry"
    NO_TEXT = "no-text"
    NO_NAME = "no-name"
    UNKNOWN_KEY = "unknown-key"
    BLANKS = "blanks"
    MISSING = "missing"
    OUTSIDE = "outside"
    EXTERNAL = "external"
    DUPLICATE = "duplicate"

    @property
    def is_slight(self) -> bool:
        """Whether nothing is lost by it."""
        return self in (Fault.UNKNOWN_KEY, Fault.BLANKS, Fault.EXTERNAL)


class TocProblem(NamedTuple):
    """Something that is wrong in a `toc.yml`.

    Args:
        fault: What is wrong.
        place: Where.
        subject: The key, the link or the name that it is about, in one line; or why the file
            cannot be read.
        line: The line of the other entry, where the fault is that there are two.
    """

    fault: Fault
    place: Place
    subject: str = ""
    line: int = 0


class Target(StrEnum):
    """Where the link of an entry leads."""

    NONE = "none"
    FILE = "file"
    OUTSIDE = "outside"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class TocNode:
    """An entry.

    Args:
        name: The name that readers see, in one line; empty if there is none.
        href: The link, without blanks at its ends; empty if there is none.
        items: The entries below it.
        place: Where the link stands, else the name.
    """

    name: str
    href: str = ""
    items: tuple[TocNode, ...] = ()
    place: Place = field(default=_NOWHERE, compare=False, repr=False)

    @property
    def target(self) -> Target:
        """Where the link leads, as far as its text tells."""
        if not self.href:
            return Target.NONE
        if scheme_of(self.href) or self.href.startswith("//"):
            return Target.EXTERNAL
        return Target.FILE if self.file else Target.OUTSIDE

    @property
    def file(self) -> str:
        """The file that the link names, relative to the folder of the toc, with `/`.

        Empty where it names none, or one outside of that folder. A link to a folder or to another
        toc is returned as it is written.
        """
        path = unquote(self.href.partition("#")[0].partition("?")[0]).replace("\\", "/")
        path = path.removeprefix("~/")
        if not path or path.startswith("/") or scheme_of(self.href) or "\0" in path:
            return ""
        inner = posixpath.normpath(path)
        return "" if inner == ".." or inner.startswith("../") else inner


@dataclass(frozen=True, slots=True)
class Toc:
    """A table of contents.

    Args:
        nodes: The entries at the top.
        problems: What is wrong with it, in the order of the text.
    """

    nodes: tuple[TocNode, ...] = ()
    problems: tuple[TocProblem, ...] = ()

    def __iter__(self) -> Iterator[TocNode]:
        """Yield all entries, each before those below it."""
        return walk(self.nodes)

    @property
    def count(self) -> int:
        """How many entries there are, on all levels."""
        return sum(1 for _ in self)


def walk(nodes: Iterable[TocNode]) -> Iterator[TocNode]:
    """Yield entries, each before those below it."""
    for node in nodes:
        yield node
        yield from walk(node.items)


def read_toc(text: str, path: str) -> Toc:
    """Read a `toc.yml`: a list of entries, or a mapping with the list under `items`.

    Of an entry `name`, `href` and `items` are read; where it has no `href`, or one to another toc,
    `topicHref` and then `homepage` stand for it, as in docfx. Upper and lower case of the keys
    does not count.

    Args:
        text: YAML.
        path: What findings call the file.

    Returns:
        The entries that could be read, with all that is wrong. Never raises.
    """
    problems = Problems(path)
    try:
        root = compose(text.removeprefix(_BOM), problems)
        unreadable = False
    except ContractError:
        unreadable, root = True, None
    told = [
        TocProblem(Fault.UNREADABLE, one.place, " ".join((one.message, one.help)).strip())
        for one in problems.error().diagnostics
    ]
    if unreadable or root is None:
        return Toc((), tuple(told))
    reader = _Reader(path, _LINE_END.split(text.removeprefix(_BOM)))
    nodes = reader.top(root)
    return Toc(nodes, tuple(sorted((*told, *reader.problems), key=_order)))


def check_toc(toc: Toc, exists: Callable[[str], bool]) -> tuple[TocProblem, ...]:
    """Return what is wrong with the links of a toc, in the order of the text.

    Args:
        toc: The table of contents.
        exists: Tells whether there is a file, relative to the folder of the toc.
    """
    problems: list[TocProblem] = []
    first: dict[str, TocNode] = {}
    for node in toc:
        href = shortened(node.href)
        match node.target:
            case Target.EXTERNAL:
                problems.append(TocProblem(Fault.EXTERNAL, node.place, href))
            case Target.OUTSIDE:
                problems.append(TocProblem(Fault.OUTSIDE, node.place, href))
            case Target.FILE if not exists(node.file):
                problems.append(TocProblem(Fault.MISSING, node.place, href))
            case Target.FILE if (other := first.setdefault(node.file, node)) is not node:
                line = other.place.start.line if other.place.start else 0
                problems.append(TocProblem(Fault.DUPLICATE, node.place, href, line))
    return tuple(problems)


class _Reader:
    """Turns a tree of YAML into entries; its depth and size are bounded already."""

    def __init__(self, path: str, lines: Sequence[str]) -> None:
        self.problems: list[TocProblem] = []
        self._path = path
        self._lines = lines
        self._done: dict[int, tuple[TocNode, ...]] = {}

    def top(self, root: Node) -> tuple[TocNode, ...]:
        if isinstance(root, MapNode):
            items = _lowered(root).get("items")
            if items is None and not root.entries:
                return ()
            if items is not None:
                return self._list(items.value)
        return self._list(root)

    def _list(self, node: Node) -> tuple[TocNode, ...]:
        if isinstance(node, Scalar) and node.value is None:
            return ()
        if not isinstance(node, ListNode):
            self._report(Fault.NO_LIST, node)
            return ()
        if id(node) not in self._done:  # an alias is told of once
            found = (self._node(item) for item in node.items)
            self._done[id(node)] = tuple(one for one in found if one is not None)
        return self._done[id(node)]

    def _node(self, node: Node) -> TocNode | None:
        if not isinstance(node, MapNode):
            self._report(Fault.NO_ENTRY, node)
            return None
        entries = _lowered(node)
        self._check_keys(entries)
        name = " ".join(self._text(entries, "name", "tocname").split())
        links = [self._href(entries, key) for key in ("href", "topichref", "homepage")]
        href = next((link for link in links if link and not _is_toc(link)), "") or links[0]
        below = entries.get("items")
        items = self._list(below.value) if below else ()
        if not name:
            self._report(Fault.NO_NAME, node)
        linked = next((e for key in ("href", "topichref", "name") if (e := entries.get(key))), None)
        return TocNode(name, href, items, self._place(linked.value if linked else node))

    def _check_keys(self, entries: dict[str, Entry]) -> None:
        for entry in entries.values():
            if entry.key.text.casefold() not in _KNOWN:
                self._report(Fault.UNKNOWN_KEY, entry.key, entry.key.text)

    def _href(self, entries: dict[str, Entry], key: str) -> str:
        href = self._text(entries, key)
        if href and (href != href.strip() or self._before_blanks(entries[key].value)):
            self._report(Fault.BLANKS, entries[key].value, href)
        return href.strip()

    def _before_blanks(self, node: Node) -> bool:
        """Tell whether nothing but blanks follows in the line: YAML drops them, docfx may not."""
        line = self._lines[node.end.line - 1] if node.end.line <= len(self._lines) else ""
        rest = line[node.end.column - 1 :]
        return bool(rest) and not rest.strip()

    def _text(self, entries: dict[str, Entry], *keys: str) -> str:
        for key in keys:
            entry = entries.get(key)
            if entry is None:
                continue
            if isinstance(entry.value, Scalar):
                return entry.value.text if entry.value.value is not None else ""
            self._report(Fault.NO_TEXT, entry.value, entry.key.text)
        return ""

    def _place(self, node: Node) -> Place:
        return Place(self._path, node.start, node.end)

    def _report(self, fault: Fault, node: Node, subject: str = "") -> None:
        place = Place(self._path, node.start, node.end if isinstance(node, Scalar) else node.start)
        self.problems.append(TocProblem(fault, place, shortened(subject)))


def _lowered(node: MapNode) -> dict[str, Entry]:
    return {key.casefold(): entry for key, entry in reversed(node.entries.items())}


def _is_toc(href: str) -> bool:
    file = href.partition("#")[0].partition("?")[0].casefold()
    return file.endswith(("/", "toc.yml", "toc.json", "toc.md"))


def _order(problem: TocProblem) -> tuple[Position, str, str]:
    return problem.place.start or Position(0, 0), problem.fault, problem.subject
