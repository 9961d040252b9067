"""The text of `playbook.yml`, added to in place: everything else stays byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from leitfaden.contract.problem import Problems
from leitfaden.contract.tree import ListNode, MapNode, Node, Scalar, compose
from leitfaden.fixing import splice
from leitfaden.fixing.splices import line_end
from leitfaden.model import Edit, Position, Span

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML has them
_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()&+'-]*[\w)])?|[\w-]*[^\W\d_][\w/-]*\w")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")  # an anchor, a tag
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def scalar(text: str) -> str:
    """Return a text as YAML writes it, alone or within brackets: in one line, quoted if need be."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    if _PLAIN.fullmatch(line) and line.casefold() not in _WORDS and not line.startswith("-"):
        return line
    return json.dumps(line, ensure_ascii=False)


def flow_map(entries: Mapping[str, str]) -> str:
    """Return a mapping in braces; its values are YAML already."""
    return f"{{{', '.join(f'{scalar(key)}: {value}' for key, value in entries.items())}}}"


def flow_list(items: Sequence[str]) -> str:
    """Return a list in brackets; its items are YAML already."""
    return f"[{', '.join(items)}]"


class ContractText:
    """Collects what is to be added to a contract's text.

    What is added is YAML in one line, or for lists in block style in several. Whoever adds has to
    read the result again: YAML can be written in ways that nobody can add to.

    Args:
        text: The text of a contract that can be read.

    Raises:
        ContractError: It cannot.
    """

    def __init__(self, text: str) -> None:
        self._bom = _BOM if text.startswith(_BOM) else ""
        self._text = text.removeprefix(_BOM)
        root = compose(self._text, Problems(""))
        self.root = root if isinstance(root, MapNode) else MapNode(Position(1, 1), Position(1, 1))
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(self._text))]
        self._end = line_end(self._text)
        self._added: dict[int, list[tuple[int, str]]] = {}
        self._replaced: list[Edit] = []

    def result(self) -> str:
        """Return the text with all that was added."""
        edits = list(self._replaced)
        for offset, texts in self._added.items():
            # Where several levels end in one line, what belongs to the innermost comes first.
            ordered = sorted(texts, key=lambda entry: -entry[0])
            edits.append(Edit(Span(offset, offset), "".join(text for _, text in ordered)))
        return self._bom + splice(self._text, edits)

    def replace(self, node: Node, text: str) -> None:
        """Put a text in the place of a single value."""
        self._replaced.append(Edit(Span(self._offset(node.start), self._offset(node.end)), text))

    def add_item(
        self, node: ListNode, flow: str, block: Sequence[str] = (), after: int = -1
    ) -> None:
        """Add an item to a list.

        Args:
            node: The list.
            flow: The item in one line.
            block: The item in several lines, for a list in block style.
            after: The index of the item that it follows, -1 for the last one.
        """
        if self._is_flow(node):
            if node.items:
                self._add(self._offset(node.items[after].end), 0, f", {flow}")
            else:
                self._add_first(node, flow)
            return
        indent = node.start.column - 1
        first, *others = block or (flow,)
        lines = [f"- {first}", *(f"  {line}" for line in others)]
        self._add_lines(node.items[after], indent, lines)

    def add_entry(self, node: MapNode, key: str, value: str) -> None:
        """Add an entry to a mapping.

        Args:
            node: The mapping.
            key: Its key.
            value: Its value, YAML in one line.
        """
        entry = f"{scalar(key)}: {value}"
        last = next(reversed(node.entries.values()), None)
        if self._is_flow(node):
            if last is None:
                self._add_first(node, entry)
            else:
                self._add(self._offset(last.value.end), 0, f", {entry}")
        elif last is not None:
            column = min(entry.key.start.column for entry in node.entries.values())
            self._add_lines(last.value, column - 1, [entry])

    def add_top(self, key: str, lines: Sequence[str]) -> None:
        """Give lines to a key at the top that is missing or holds nothing.

        Args:
            key: The key.
            lines: What stands below it, in block style.
        """
        block = [f"  {line}" for line in lines]
        found = self.root.entries.get(key)
        if found is None:
            behind = len(self._text)
            gap = "" if not self._text or self._text.endswith(("\n", "\r")) else self._end
            gap += self._end if self._text.strip() else ""
            self._add(behind, 0, gap + self._end.join([f"{key}:", *block]) + self._end)
            return
        start, end = self._offset(found.key.end), self._offset(found.value.end)
        colon = self._text.find(":", start) + 1
        if end > colon:
            self._replaced.append(Edit(Span(colon, end), ""))
        self._add(self._line_end(max(end, colon)), 0, self._end + self._end.join(block))

    def is_empty(self, key: str) -> bool:
        """Tell whether a key at the top is missing, or holds nothing that could get lost."""
        found = self.root.entries.get(key)
        if found is None:
            return True
        value = found.value
        if isinstance(value, Scalar):
            return value.value is None
        held = value.items if isinstance(value, ListNode) else value.entries
        written = self._text[self._offset(value.start) : self._offset(value.end)]
        return not held and "#" not in written

    def _add(self, offset: int, depth: int, text: str) -> None:
        self._added.setdefault(offset, []).append((depth, text))

    def _add_first(self, node: ListNode | MapNode, text: str) -> None:
        """Add to brackets that hold nothing, or only what was added just now."""
        offset = self._begin(node) + 1
        self._add(offset, 0, f", {text}" if offset in self._added else text)

    def _add_lines(self, before: Node, indent: int, lines: Sequence[str]) -> None:
        end = before.end
        if end.column == 1 and end.line > before.start.line:  # a text of several lines
            end = Position(end.line - 1, 1)
        text = "".join(f"{self._end}{' ' * indent}{line}" for line in lines)
        self._add(self._line_end(self._offset(end)), indent, text)

    def _is_flow(self, node: ListNode | MapNode) -> bool:
        return self._text[self._begin(node) : self._begin(node) + 1] in ("[", "{")

    def _begin(self, node: Node) -> int:
        properties = _PROPERTIES.match(self._text, self._offset(node.start))
        return properties.end() if properties else self._offset(node.start)

    def _offset(self, position: Position) -> int:
        return min(self._starts[position.line - 1] + position.column - 1, len(self._text))

    def _line_end(self, offset: int) -> int:
        found = _LINE_END.search(self._text, offset)
        return found.start() if found else len(self._text)
