"""A contract file while it is being read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TypeAlias

from leitfaden.contract.problem import Code, Problems
from leitfaden.contract.tree import Key, MapNode, Node, Path, Scalar, child, locate
from leitfaden.model.span import Place, Position

_Stable: TypeAlias = tuple[str | Position, ...]


@dataclass
class Draft:
    """The tree of a contract file with what has been found out about it.

    Args:
        root: The tree; what is wrong is taken out or renamed once it has been reported.
        problems: The findings.
    """

    root: MapNode
    problems: Problems
    _holes: set[_Stable] = field(default_factory=set)
    _above_holes: set[_Stable] = field(default_factory=set)
    _guesses: set[_Stable] = field(default_factory=set)

    def locales(self) -> tuple[str, ...]:
        """Return the keys of the locales that the file declares, whatever it says about them."""
        declared = child(self.root, "locales")
        return tuple(declared.entries) if isinstance(declared, MapNode) else ()

    def add_hole(self, path: Path) -> None:
        """Remember that what stands at a path will be taken out, as it has been reported."""
        hole = self._stable(path)
        self._holes.add(hole)
        self._above_holes.update(_prefixes(hole))

    def hollow(self, *path: Key) -> bool:
        """Tell whether something was taken out at a path, below it, or with what held it."""
        stable = self._stable(path)
        return stable in self._above_holes or any(part in self._holes for part in _prefixes(stable))

    def add_guess(self, path: Path) -> None:
        """Remember that a misspelled key is read as the one at the end of a path."""
        self._guesses.add(self._stable(path))

    def guessed(self, path: Path) -> bool:
        """Tell whether the key at the end of a path was misspelled."""
        return self._stable(path) in self._guesses

    def report(self, code: Code, path: Path, message: str, help: str = "") -> None:
        """Note a finding at the value at the end of a path."""
        self._add(code, self._value(path), message, help)

    def report_key(self, code: Code, path: Path, message: str, help: str = "") -> None:
        """Note a finding at the key at the end of a path, if it is one."""
        self._add(code, self._key(path) or self._value(path), message, help)

    def line(self, path: Path) -> int:
        """Return the line of the value at the end of a path."""
        return self._value(path).start.line

    def place(self, path: Path) -> Place:
        """Return where the value at the end of a path stands."""
        node = self._value(path)
        return Place(self.problems.path, node.start, node.end)

    def key_place(self, path: Path) -> Place:
        """Return where the key at the end of a path stands."""
        node = self._key(path) or self._value(path)
        return Place(self.problems.path, node.start, node.end)

    def did_you_mean(self, text: str, known: Collection[str], otherwise: str = "") -> str:
        """Return the help for a text that nothing is known about."""
        guess = self.problems.guess(text, known)
        return f"Did you mean `{guess}`?" if guess else otherwise

    def _add(self, code: Code, node: Node, message: str, help: str) -> None:
        end = node.start if node is self.root else node.end  # nobody wants all the file underlined
        self.problems.add(code, node.start, end, message, help)

    def _value(self, path: Path) -> Node:
        return locate(self.root, path) or self.root

    def _stable(self, path: Path) -> _Stable:
        """Return a path that stays the same when something is taken out of the lists on it."""
        node: Node | None = self.root
        keys: list[str | Position] = []
        for key in path:
            node = child(node, key) if node else None
            if isinstance(key, str):
                keys.append(key)
            elif node:
                keys.append(node.start)
        return tuple(keys)

    def _key(self, path: Path) -> Scalar | None:
        parent = locate(self.root, path[:-1])
        if not path or not isinstance(parent, MapNode):
            return None
        entry = parent.entries.get(str(path[-1]))
        return entry.key if entry else None


def _prefixes(path: _Stable) -> list[_Stable]:
    return [path[:length] for length in range(len(path) + 1)]


def dotted(path: Path) -> str:
    """Return a path as messages name it: the keys, without places in lists."""
    return f"`{'.'.join(key for key in path if isinstance(key, str))}`"


def subject(path: Path) -> str:
    """Return what a message calls the value at a path: its name, or what it is a part of."""
    if not path:
        return "The contract"
    return f"An entry of {dotted(path)}" if isinstance(path[-1], int) else dotted(path)
