"""YAML text → a tree in which every node knows its place.

The tree is built from the parser's events without recursion, so that neither depth nor aliases
can harm. Plain values are read as YAML 1.2 does: `no` is a text (and Norwegian), never `false`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml

from leitfaden.contract.position import position_at
from leitfaden.contract.problem import Code, Problems, quoted
from leitfaden.contract.yamlloader import SafeLoader
from leitfaden.model.span import Position

MAX_CHARACTERS = 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 100_000  # with aliases counted as often as they are used

_TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MOST_DIGITS = 18
_NEED_QUOTES = "%@`&*!|>"

Key: TypeAlias = str | int
Path: TypeAlias = tuple[Key, ...]


@dataclass(slots=True)
class Scalar:
    """A single value: as it is written, and as what it is read."""

    start: Position
    end: Position
    text: str
    value: str | int | bool | None


@dataclass(slots=True)
class ListNode:
    """A list of nodes."""

    start: Position
    end: Position
    items: list[Node] = field(default_factory=list)


class Entry(NamedTuple):
    """A key with its value."""

    key: Scalar
    value: Node


@dataclass(slots=True)
class MapNode:
    """A mapping; its keys are always texts, in the order of the file."""

    start: Position
    end: Position
    entries: dict[str, Entry] = field(default_factory=dict)

    def rename(self, old: str, new: str) -> None:
        """Let the entry `old` be called `new`."""
        self.entries[new] = self.entries.pop(old)


Node: TypeAlias = Scalar | ListNode | MapNode


def child(node: Node, key: Key) -> Node | None:
    """Return what stands under a key or an index."""
    if isinstance(node, MapNode) and isinstance(key, str):
        entry = node.entries.get(key)
        return entry.value if entry else None
    if isinstance(node, ListNode) and isinstance(key, int) and key < len(node.items):
        return node.items[key]
    return None


def locate(root: Node, path: Path) -> Node | None:
    """Return the node at the end of a path of keys and indices."""
    node: Node | None = root
    for key in path:
        node = child(node, key) if node else None
    return node


def remove(root: Node, paths: Iterable[Path]) -> None:
    """Take out what stands at the ends of paths, all of which count from the tree as it is."""
    found = [(locate(root, path[:-1]), locate(root, path)) for path in paths if path]
    gone = {id(node) for _, node in found}
    for parent in {id(parent): parent for parent, _ in found}.values():
        if isinstance(parent, MapNode):
            parent.entries = {k: e for k, e in parent.entries.items() if id(e.value) not in gone}
        elif isinstance(parent, ListNode):
            parent.items = [item for item in parent.items if id(item) not in gone]


def plain(node: Node) -> Any:
    """Return a node's content without places: dicts, lists and values."""
    if isinstance(node, MapNode):
        return {key: plain(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return node.value


def compose(text: str, problems: Problems) -> Node:
    """Read YAML.

    Args:
        text: One YAML document, without a byte order mark.
        problems: Takes duplicate keys and what else does not hinder reading on.

    Raises:
        ContractError: The text is no YAML, or more of it than a contract can be.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"The file is larger than {MAX_CHARACTERS // 1024} KiB."
        problems.add(Code.UNREADABLE, None, None, message, "A contract is a short file of words.")
        raise problems.error()
    builder = _Builder(problems)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        _fail_on_syntax(text, error, problems)
    except yaml.reader.ReaderError as error:
        _fail_on_character(text, error, problems)
    except UnicodeEncodeError as error:
        _fail_on_surrogate(text, error, problems)
    return builder.root or MapNode(Position(1, 1), Position(1, 1))


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been seen."""

    node: ListNode | MapNode
    block: bool
    count_before: int
    key: Node | None = None


class _Builder:
    """Puts events together to a tree."""

    def __init__(self, problems: Problems) -> None:
        self.root: Node | None = None
        self._problems = problems
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._weights: dict[int, int] = {}
        self._count = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            message = "The file holds more than one YAML document."
            self._fail(event, message, "Remove the `---` between them.")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._check_tag(event)
        is_plain = event.implicit[0] and event.tag is None
        value = _resolve(event.value) if is_plain else event.value
        self._register(event, Scalar(_start(event), _end(event), event.value, value))

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        if len(self._open) == MAX_DEPTH:
            message = f"Lists and mappings are nested more than {MAX_DEPTH} deep."
            self._fail(event, message, "A contract needs a few levels only.")
        self._check_tag(event)
        is_map = isinstance(event, yaml.MappingStartEvent)
        node = (MapNode if is_map else ListNode)(_start(event), _end(event))
        count = self._count
        self._register(event, node)
        self._open.append(_Open(node, not event.flow_style, count))

    def _end(self, event: yaml.CollectionEndEvent) -> None:
        closed = self._open.pop()
        node = closed.node
        node.end = _end(event)
        if closed.block:  # YAML lets a block reach to the next token, over blank lines and comments
            node.end = max(_last(node).end, node.start)
        self._weights[id(node)] = self._count - closed.count_before

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = quoted(f"*{event.anchor}")
        node = self._anchors.get(event.anchor or "")
        if node is None:
            self._fail(event, f"The alias {name} has no anchor.", "Put the value in quotes.")
        if any(opened.node is node for opened in self._open):
            self._fail(event, f"The alias {name} holds itself.", "Write the entries out.")
        self._weigh(event, self._weights.get(id(node), 1))
        self._attach(node)

    def _register(self, event: yaml.NodeEvent, node: Node) -> None:
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._weigh(event, 1)
        self._attach(node)

    def _weigh(self, event: yaml.Event, weight: int) -> None:
        self._count += weight
        if self._count > MAX_NODES:
            message = f"The file has more than {MAX_NODES} entries, aliases counted."
            self._fail(event, message, "A contract is a short file of words.")

    def _attach(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        opened = self._open[-1]
        if isinstance(opened.node, ListNode):
            opened.node.items.append(node)
        elif opened.key is None:
            opened.key = node
        else:
            key, opened.key = opened.key, None
            self._put(opened.node, key, node)

    def _put(self, parent: MapNode, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar) or not key.text:
            message = "A key must be a text."
            self._problems.add(Code.NOT_ALLOWED, key.start, key.end, message, "Write `key: value`.")
            return
        first = parent.entries.setdefault(key.text, Entry(key, value))
        if first.key is not key:
            message = f"The key {quoted(key.text)} is already in line {first.key.start.line}."
            help = "Merge both entries, or remove one."
            self._problems.add(Code.DUPLICATE_KEY, key.start, key.end, message, help)

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag not in _TEXT_TAGS:
            message = f"The tag {quoted(event.tag)} is not allowed."
            help = "Remove it; put a text that begins with `!` in quotes."
            self._problems.add(Code.NOT_ALLOWED, _start(event), _end(event), message, help)

    def _fail(self, event: yaml.Event, message: str, help: str) -> NoReturn:
        self._problems.add(Code.UNREADABLE, _start(event), _end(event), message, help)
        raise self._problems.error()


def _events(text: str) -> Iterator[yaml.Event]:
    loader: Any = SafeLoader(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


def _resolve(text: str) -> str | int | bool | None:
    if text in _WORDS:
        return _WORDS[text]
    digits = text[1:] if text[0] in "+-" else text
    if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS:
        return int(text)
    return text


def _last(node: ListNode | MapNode) -> Node:
    if isinstance(node, ListNode):
        return node.items[-1] if node.items else node
    return next(reversed(node.entries.values())).value if node.entries else node


def _start(event: yaml.Event) -> Position:
    return _position(event.start_mark)


def _end(event: yaml.Event) -> Position:
    return _position(event.end_mark)


def _position(mark: Any) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def _fail_on_syntax(text: str, error: yaml.MarkedYAMLError, problems: Problems) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    place = _position(mark) if mark else Position(1, 1)
    said = ", ".join(part for part in (error.context, error.problem) if part)
    if error.context_mark and error.context_mark.line + 1 < place.line:
        said = f"{said} (it begins in line {error.context_mark.line + 1})"
    help = _syntax_help(text, place)
    problems.add(Code.UNREADABLE, place, place, f"This is not YAML: {said}.", help)
    raise problems.error()


def _syntax_help(text: str, place: Position) -> str:
    lines = text.splitlines()
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    character = line[place.column - 1 : place.column]
    if character == "\t":
        return "Indent with blanks, not with tabs."
    if character and character in _NEED_QUOTES:
        return f"Put a value that begins with {character} in quotes."
    return "Check indentation, quotes and brackets here."


def _fail_on_character(text: str, error: yaml.reader.ReaderError, problems: Problems) -> NoReturn:
    code = error.character if isinstance(error.character, int) else ord(error.character)
    place = position_at(text, max(text.find(chr(code)), 0))
    message = f"The character U+{code:04X} is not allowed in YAML."
    problems.add(Code.UNREADABLE, place, place, message, "Remove this invisible character.")
    raise problems.error()


def _fail_on_surrogate(text: str, error: UnicodeEncodeError, problems: Problems) -> NoReturn:
    place = position_at(text, error.start)
    message = f"The character U+{ord(text[error.start]):04X} is no text."
    problems.add(Code.UNREADABLE, place, place, message, "Remove this half of a character.")
    raise problems.error()
