"""HTML of two renderers, brought into one form in which equal means equal to a reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS = {"body", "p", "ul", "ol", "li", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5"}
BLOCKS |= {"h6", "table", "thead", "tbody", "tr", "th", "td"}
BLOCKS |= {"lf-alert", "lf-changes", "lf-facts", "lf-tasks"}
_EDGES = BLOCKS | {"br"}
# What counts of an element's attributes; all others are looks.
ATTRIBUTES = {
    "a": ("href", "title"),
    "img": ("src", "alt", "title"),
    "ol": ("start",),
    "input": ("type", "checked"),
    "lf-alert": ("title",),
}


@dataclass(frozen=True)
class Node:
    """An element, or a run of text where `tag` is empty."""

    tag: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Node, ...] = ()
    lines: tuple[int, int] = (0, 0)

    @property
    def words(self) -> str:
        """All text below, blanks collapsed."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        yield self.text
        for child in self.children:
            yield from child._texts()
        if self.tag in BLOCKS:
            yield " "

    def __str__(self) -> str:
        return "\n".join(self.outline())

    def outline(self, depth: int = 0) -> Iterator[str]:
        """Yield one line an element: what a diff of two pages shows."""
        shown = (
            repr(self.text) if not self.tag else " ".join((self.tag, *map(str, self.attributes)))
        )
        yield "  " * depth + shown
        for child in self.children:
            yield from child.outline(depth + 1)

    def without_lines(self) -> Node:
        """Return the node without the places in the source."""
        return replace(self, lines=(0, 0), children=tuple(c.without_lines() for c in self.children))


@dataclass
class Run:
    """Children that are being collected; neighbouring texts are joined."""

    nodes: list[Node] = field(default_factory=list)

    def add(self, node: Node) -> None:
        if not node.tag and self.nodes and not self.nodes[-1].tag:
            node = Node("", self.nodes.pop().text + node.text)
        self.nodes.append(node)


def canonical(html: str) -> Node:
    """Return the content of a page."""
    tree = LexborHTMLParser(f"<body>{html}</body>")
    assert tree.body is not None
    return Node("body", children=_tidied(_children(tree.body, False), "body"))


def _children(element: LexborNode, preformatted: bool) -> list[Node]:
    run = Run()
    child = element.child
    while child is not None:
        for node in _nodes(child, preformatted):
            run.add(node)
        child = child.next
    return run.nodes


def _nodes(element: LexborNode, preformatted: bool) -> Iterator[Node]:
    tag = element.tag or ""
    classes = (element.attributes.get("class") or "").split()
    if tag == "-text":
        yield Node("", element.text_content or "")
    elif tag.startswith(("-", "_", "!")) or "headerlink" in classes:
        return
    elif "highlight" in classes or "task-list-control" in classes:
        yield from (n for n in _children(element, preformatted) if n.tag not in ("", "span"))
    elif tag == "pre":
        code = Node("", element.text(deep=True).removesuffix("\n"))
        yield Node("pre", children=(code,), lines=_lines(element))
    else:
        yield _element(element, tag, preformatted)


def _element(element: LexborNode, tag: str, preformatted: bool) -> Node:
    kept = []
    for name in ATTRIBUTES.get(tag, ()):
        value = element.attributes.get(name, "absent")
        if value != "absent":
            kept.append((name, _value(name, value or "")))
    children = _tidied(_children(element, preformatted), tag)
    return Node(tag, "", tuple(kept), children, _lines(element))


def _value(name: str, value: str) -> str:
    if name in ("href", "src"):
        return unquote(value)
    return " ".join(value.split())


def _lines(element: LexborNode) -> tuple[int, int]:
    place = element.attributes.get("data-sourcepos")
    if not place:
        return (0, 0)
    first, _, last = place.partition("-")
    return int(first.split(":")[0]), int(last.split(":")[0])


def _tidied(nodes: list[Node], parent: str) -> tuple[Node, ...]:
    """Collapse blanks as a browser does, and drop those at the borders of blocks."""
    tidy: list[Node] = []
    tags = [parent, *(node.tag for node in nodes), parent]
    for node, before, behind in zip(nodes, tags, tags[2:], strict=False):
        if node.tag:
            tidy.append(node)
            continue
        text = _collapsed(node.text)
        text = text.lstrip(" ") if before in _EDGES else text
        text = text.rstrip(" ") if behind in _EDGES else text
        if text:
            tidy.append(Node("", text))
    return tuple(tidy)


def _collapsed(text: str) -> str:
    out: list[str] = []
    for char in text:
        blank = char in " \t\n\r\f"
        if not blank:
            out.append(char)
        elif not out or out[-1] != " ":
            out.append(" ")
    return "".join(out)
