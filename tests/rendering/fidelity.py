"""What GitHub's own parser makes of a page, and how ours is meant to differ from it.

Both sides are compared in the canonical form, ours rendered with the templates beside this file,
so that the real ones can be restyled. Whatever is not declared here is expected to be equal:

- label paragraphs become fact boxes, and neighbouring ones share a box; prose in them stays;
- task tables become our tables, also those that GFM refuses (their separator row is too short);
- the update summary goes to the foot of the page, its table becomes a list;
- quotes that begin with a marker such as `[!NOTE]` become alerts;
- words of the glossary, cited tasks and cells that name a page become links, and what is known of
  a page stands below its title and at its foot: the plain templates leave all of that out;
- a known section's heading is lifted out of the list item that an indent has put it into;
- an escaped sign in a bare address is the sign: GitHub links to `/Home%5C#/x` for `/Home\\#/x`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cmarkgfm import markdown_to_html_with_extensions
from cmarkgfm.cmark import Options

from leitfaden.contract import Contract
from leitfaden.model import DefectKind, LabelBlock, Page
from tests.rendering.canonical import Node, canonical

EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist"]
OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_SOURCEPOS
_MARKER = re.compile(r"\[!(\w+)\] ?")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LIFTED = (DefectKind.HEADING_INSIDE_LIST, DefectKind.HEADING_INDENTED)


def github(markdown: str) -> Node:
    """Return what GitHub shows."""
    return canonical(markdown_to_html_with_extensions(markdown, OPTIONS, EXTENSIONS))


def ours(html: str) -> Node:
    """Return what we show, the components reduced to their names."""
    return _reduced(canonical(html))


def _reduced(node: Node) -> Node:
    if node.tag in ("lf-facts", "lf-tasks", "lf-changes"):
        return Node(node.tag)
    return replace(node, children=tuple(map(_reduced, node.children)))


@dataclass(frozen=True)
class Expected:
    """Turns what GitHub shows into what we are to show.

    Args:
        page: Says where the constructs are that we show otherwise.
        contract: The alerts.
    """

    page: Page
    contract: Contract

    def body(self) -> Node:
        """Return the page's content with the declared differences."""
        body = github(self.page.body)
        for heading in self.page.headings:
            if any(defect.kind in _LIFTED for defect in heading.defects):
                body = _with(body, _lifted(body.children, self._line(heading.span.start)))
        body = self._with_alerts(_unescaped(body))
        body = self._with_components(body)
        return _joined(self._with_summary_last(body)).without_lines()

    def _line(self, offset: int) -> int:
        """Return the line in the body, counted from 1."""
        above = self.page.position(self.page.front_matter.span.end).line - 1
        return self.page.position(offset).line - above

    def _with_alerts(self, node: Node) -> Node:
        children = tuple(map(self._with_alerts, node.children))
        first = children[0] if children else None
        text = first.children[0] if first and first.tag == "p" and first.children else None
        marker = _MARKER.match(text.text) if text and node.tag == "blockquote" else None
        found = marker and self.contract.alerts.find(marker[1], self.page.locale)
        if not (found and first and text and marker):
            return _with(node, children)
        rest = text.text[marker.end() :]
        inline = (Node("", rest), *first.children[1:]) if rest else first.children[1:]
        if inline and inline[0].tag == "br":
            inline = inline[1:]
        paragraph = (_with(first, inline),) if inline else ()
        return Node("lf-alert", "", (("title", found.key),), (*paragraph, *children[1:]))

    def _with_components(self, body: Node) -> Node:
        by_line: dict[int, tuple[str, LabelBlock | None]] = {}
        for block in self.page.label_blocks:
            paragraph = self.page.events[block.events[0]]
            by_line[self._line(paragraph.start)] = ("lf-facts", block)
        for tasks in self.page.task_tables:
            by_line[self._line(tasks.span.start)] = ("lf-tasks", None)
        summary = self.page.update_summary
        if summary:
            by_line[self._line(summary.table.span.start)] = ("lf-changes", None)
        return _replaced(body, by_line)

    def _with_summary_last(self, body: Node) -> Node:
        summary = self.page.update_summary
        if summary is None or summary.heading is None:
            return body
        line = self._line(summary.heading.span.start)
        start = next((i for i, n in enumerate(body.children) if n.lines[0] == line), None)
        end = next((i for i, n in enumerate(body.children) if n.tag == "lf-changes"), None)
        if start is None or end is None:
            return body  # it stands inside of something, and stays there
        moved = body.children[start : end + 1]
        return _with(body, (*body.children[:start], *body.children[end + 1 :], *moved))


def _with(node: Node, children: Iterable[Node]) -> Node:
    return replace(node, children=tuple(children))


def _unescaped(node: Node) -> Node:
    children = tuple(map(_unescaped, node.children))
    address = dict(node.attributes).get("href")
    if node.tag == "a" and "\\" in node.words and node.words == address:
        children = (Node("", _ESCAPE.sub(r"\1", address)),)
        return replace(node, attributes=(("href", children[0].text),), children=children)
    return _with(node, children)


def _replaced(node: Node, by_line: dict[int, tuple[str, LabelBlock | None]]) -> Node:
    children: list[Node] = []
    for child in node.children:
        if child.tag not in ("p", "table") or child.lines[0] not in by_line:
            children.append(_replaced(child, by_line))
            continue
        tag, block = by_line[child.lines[0]]
        if block is not None and not block.whole:
            children += _prose_before(child, block)
        children.append(Node(tag, lines=child.lines))
    return _with(node, children)


def _prose_before(paragraph: Node, block: LabelBlock) -> Iterator[Node]:
    """Yield the paragraph up to its first label; behind the last one the corpus says nothing."""
    label = next(iter(block.labels))
    name = label.values[0].text
    before: list[Node] = []
    for child in paragraph.children:
        if child.words == name:
            break
        before.append(child)
    assert not before[-1].tag, "the label's name is a text"
    yield _with(paragraph, before[:-1])


def _joined(node: Node) -> Node:
    """Return the node with neighbouring fact boxes as one."""
    children: list[Node] = []
    for child in map(_joined, node.children):
        if not (child.tag == "lf-facts" and children and children[-1].tag == "lf-facts"):
            children.append(child)
    return _with(node, children)


def _lifted(nodes: Sequence[Node], line: int) -> Iterator[Node]:
    """Yield the nodes, with all that begins with the heading on that line outside of lists."""
    for node in nodes:
        if node.tag not in ("ul", "ol") or not node.lines[0] < line <= node.lines[1]:
            yield node
            continue
        for at, item in enumerate(node.children):
            if item.lines[0] < line <= item.lines[1]:
                inner = list(_lifted(item.children, line))
                cut = next(i for i, n in enumerate(inner) if n.lines[0] == line)
                yield _with(node, (*node.children[:at], _with(item, inner[:cut])))
                yield from inner[cut:]
                if node.children[at + 1 :]:
                    yield _with(node, node.children[at + 1 :])
