"""A strict reader of HTML: what a browser would have to guess is an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from selectolax.lexbor import LexborHTMLParser, LexborNode

VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})


class Unbalanced(AssertionError):
    """HTML in which a tag is not closed, or closed in the wrong place."""


@dataclass
class Element:
    """An element with its attributes and what it holds: elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def text(self) -> str:
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)

    def all(self) -> list[Element]:
        """All elements, this one first."""
        found, waiting = [], [self]
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting += [c for c in reversed(element.children) if isinstance(c, Element)]
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise Unbalanced(f"<{tag}> has an attribute twice: {names}")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag != tag:
            raise Unbalanced(f"</{tag}> closes <{self._open[-1].tag}>")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        children = self._open[-1].children
        if children and isinstance(children[-1], str):
            data = f"{children.pop()}{data}"
        children.append(data)

    def handle_comment(self, data: str) -> None:
        raise Unbalanced(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        raise Unbalanced(f"a declaration: {data}")

    def finish(self) -> Element:
        self.close()
        if len(self._open) != 1:
            raise Unbalanced(f"open at the end: {[element.tag for element in self._open]}")
        return self.root


def strict(html: str) -> Element:
    """Return the content of a page.

    Raises:
        Unbalanced: The tags do not match each other.
    """
    reader = _Reader()
    reader.feed(html)
    return reader.finish()


def as_a_browser(html: str) -> Element:
    """Return the content of a page as a browser repairs it."""
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}</body>").body
    assert body is not None
    return _element(body)


def _element(node: LexborNode) -> Element:
    attributes = {name: value or "" for name, value in node.attributes.items()}
    element = Element(node.tag or "", attributes)
    child = node.child
    while child is not None:
        if child.tag == "-text":
            element.children.append(child.text_content or "")
        else:
            element.children.append(_element(child))
        child = child.next
    return element
