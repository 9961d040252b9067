"""What a page says to its readers: its words, how they are arranged, and where each one stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from leitfaden.model import Event, Link, Page, Span, TermUse

_WORD = re.compile(r"\S+")
# In code each blank is seen. The number or the sign of what is meant as a list's item counts
# apart, as one of how the text is arranged: it is no text where the item is one.
_CODE = re.compile(
    r"(?P<item>^[ \t]*(?:[0-9]{1,9}[.)]|[-*+])(?=[ \t]))|\n|[^\S\n]+|\S+", re.MULTILINE
)
_COMMENT = re.compile(r"^[ \t]*#[^\r\n]*", re.MULTILINE)
_ITEM = re.compile(r"[0-9]{1,9}[.)]|[-*+]")
_INVISIBLE = re.compile("[\u200b\ufeff\u2060]")
# How far behind a word the next one is looked for in a source that is written otherwise than it is
# shown (`&amp;` for `&`): far enough for any entity, near enough to stay linear.
_WINDOW = 200


class Token(NamedTuple):
    """A piece of what a page says.

    Args:
        key: What it is: a string is what a reader reads, a tuple tells how that is arranged.
        start: Where its source begins.
        end: Where its source ends.
    """

    key: str | tuple[object, ...]
    start: int
    end: int


def meaning(page: Page) -> list[Token]:
    """Return what a page says: metadata, content, and what labels and tasks were read as.

    Args:
        page: The page.
    """
    return [*_metadata(page), *_content(page), *_model(page)]


def top_blocks(page: Page) -> list[Span]:
    """Return where the blocks stand that lie in no other one; the front matter is one of them."""
    blocks = [page.front_matter.span] if page.front_matter.span.end else []
    depth = 0
    for event in page.events:
        if event.kind == "open":
            if not depth:
                blocks.append(Span(event.start, event.end))
            depth += 1
        elif event.kind == "close":
            depth -= 1
        elif not depth:
            blocks.append(Span(event.start, event.end))
    return blocks


def item_numbers(page: Page) -> dict[int, int]:
    """Return the numbers of the items of ordered lists by where their marks stand."""
    numbers: dict[int, int] = {}
    lists: list[int | None] = []
    for kind, tag, value, start, _ in page.events:
        if tag == "list":
            if kind == "open":
                lists.append(value if isinstance(value, int) else None)
            else:
                lists.pop()
        elif tag == "item" and kind == "open":
            number = lists[-1] if lists else None
            if number is not None:
                numbers[start] = number
                lists[-1] = number + 1
    return numbers


def _metadata(page: Page) -> Iterator[Token]:
    matter = page.front_matter
    if not matter.entries:
        yield from _words(matter.span.of(page.text), matter.span.start, page.text)
        return
    tokens = [*_comments(page)]
    for entry in matter.entries:
        key, value = entry.key_span, entry.value_span
        tokens.append(Token(("metadata",), key.start, key.end))
        tokens.append(Token(entry.key, key.start, key.end))
        tokens.append(Token(_value(entry.value), value.start, value.end))
    tokens += (Token((d.kind,), d.span.start, d.span.end) for d in matter.defects)
    yield from sorted(tokens, key=lambda token: token.start)


def _comments(page: Page) -> Iterator[Token]:
    span = page.front_matter.span
    for line in _COMMENT.finditer(page.text, span.start, span.end):
        yield from _words(line[0], line.start(), page.text)


def _value(value: object) -> str:
    if isinstance(value, str):
        return _INVISIBLE.sub("", value).replace("\u00a0", " ")
    return f"{type(value).__name__} {value!r}"


def _model(page: Page) -> Iterator[Token]:
    for block in page.label_blocks:
        for label in block.labels:
            span = label.name_span
            yield Token(("label", label.key), span.start, span.end)
            yield from map(_use, label.values)
    for task in page.tasks:
        span = task.id_cell.span
        yield Token(("task",), span.start, span.end)
        requirement = (task.requirement_use,) if task.requirement_use else ()
        yield Token(task.id, span.start, span.end)
        yield from map(_use, (*requirement, *task.roles, *task.services))


def _use(use: TermUse) -> Token:
    return Token(use.key or use.text, use.span.start, use.span.end)


def _content(page: Page) -> Iterator[Token]:
    return _Content(page).tokens()


class _Content:
    """One walk over a page's events."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._links: dict[int, Link] = {link.event: link for link in page.links}
        self._opened: list[tuple[int, bool]] = []  # the index of the event; whether it is told
        self._in_code = False
        self._at_line_start = False
        self._last = 0  # where the last leaf ended

    def tokens(self) -> Iterator[Token]:
        for index, event in enumerate(self._page.events):
            if event.kind == "open":
                yield from self._open(index, event)
            elif event.kind == "close":
                yield from self._close(event)
            else:
                yield from self._leaf(event)
                self._last = event.end
                self._at_line_start = event.kind in ("soft-break", "hard-break")

    def _open(self, index: int, event: Event) -> Iterator[Token]:
        told = not (event.tag == "paragraph" and self._begins_item(index))
        self._opened.append((index, told))
        self._in_code = event.tag == "code-block"
        self._at_line_start = event.tag in ("paragraph", "item")
        self._last = event.start
        if told:
            yield Token(("open", event.tag, _form(event)), event.start, event.start)

    def _begins_item(self, index: int) -> bool:
        """Tell whether a paragraph begins an item: blank lines around items say nothing else."""
        before = self._page.events[index - 1] if index else None
        return before is not None and (before.kind, before.tag) == ("open", "item")

    def _close(self, event: Event) -> Iterator[Token]:
        if not self._opened:
            return
        self._in_code = False
        index, told = self._opened.pop()
        opening = self._page.events[index]
        if event.tag in ("link", "image"):
            yield from self._target(index, opening)
        elif event.tag == "heading":
            value: Any = opening.value
            if value["id"]:
                yield Token(value["id"], self._last, event.end)
        if told:
            yield Token(("close", event.tag), event.end, event.end)

    def _target(self, index: int, opening: Event) -> Iterator[Token]:
        value: Any = opening.value
        if value["link_type"] in ("Autolink", "Email"):
            return  # its text is its target
        link = self._links.get(index)
        inline = link is not None and link.target_span.start < link.target_span.end
        span = link.target_span if link and inline else Span(self._last, opening.end)
        for shown, part in (
            (value["dest_url"], span),
            (value["title"], Span(span.end, opening.end)),
        ):
            if shown:
                yield Token(_INVISIBLE.sub("", shown), part.start, part.end)

    def _leaf(self, event: Event) -> Iterator[Token]:
        kind = event.kind
        text = self._page.text
        if kind == "text" and self._in_code:
            yield from _code(str(event.value), event.start, text, event.end)
        elif kind == "text":
            words = _words(str(event.value), event.start, text, event.end)
            yield from _with_item(words) if self._at_line_start else words
        elif kind == "html":  # a line or a part of one: the block around them is told
            yield from _code(str(event.value), event.start, text, event.end)
        elif kind in ("code", "inline-html"):
            yield Token(("open", kind), event.start, event.start)
            # Of the blanks within a line of code, browsers show but one.
            parted = _words if kind == "code" else _code
            yield from parted(str(event.value), event.start, text, event.end)
            yield Token(("close", kind), event.end, event.end)
        elif kind != "soft-break":
            yield Token((kind, event.value), event.start, event.end)


def _form(event: Event) -> object:
    """Return what an element says by itself besides its content."""
    value: Any = event.value
    if event.tag == "heading":
        return value["level"]
    if event.tag in ("link", "image"):
        return None  # its target follows its text
    if event.tag == "include":
        return value.target
    if event.tag == "video":
        return value.url, value.title
    return repr(value)


def _words(
    value: str, start: int, text: str, end: int | None = None, pattern: re.Pattern[str] = _WORD
) -> Iterator[Token]:
    """Yield the words of a text that is shown, each with where it stands in the source."""
    end = start + len(value) if end is None else end
    as_written = text.startswith(value, start) and end - start == len(value)
    at = start
    for found in pattern.finditer(value):
        word = found[0]
        if as_written:
            first, last = start + found.start(), start + found.end()
        else:
            first = text.find(word, at, min(at + len(word) + _WINDOW, end))
            first, last = (at, end) if first < 0 else (first, first + len(word))
            at = last if last < end else at
        shown = word if word.isascii() else _INVISIBLE.sub("", word)
        if not shown:
            continue
        if found.lastgroup:
            yield Token((found.lastgroup, shown.strip()), first, last)
        else:
            yield Token(shown.replace("\u00a0", " "), first, last)


def _with_item(words: Iterator[Token]) -> Iterator[Token]:
    """Yield the words of a line; what could begin an item counts apart, as in code."""
    for word in words:
        is_item = isinstance(word.key, str) and _ITEM.fullmatch(word.key)
        yield Token(("item", word.key), word.start, word.end) if is_item else word
        break
    yield from words


def _code(value: str, start: int, text: str, end: int) -> Iterator[Token]:
    return _words(value.replace("\r\n", "\n"), start, text, end, _CODE)
