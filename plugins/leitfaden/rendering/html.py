"""Events → the plain HTML of Markdown's own constructs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Protocol

from leitfaden.model import Event, Link, Span
from leitfaden.reading.markdown import cell_events, closings, plain_text
from leitfaden.rendering.code import code_block
from leitfaden.rendering.urls import bare_links, encoded, is_safe

_ALERT = re.compile(r"\s*\[!(?P<keyword>[^\]\s]{1,40})\][ \t]*")
_INLINE = {"emphasis": "em", "strong": "strong", "strikethrough": "del"}


class Components(Protocol):
    """What the walker asks of the templates."""

    def alert(self, keyword: str, body: str) -> str | None:
        """Return an alert, or None when the keyword names none."""

    def table(self, table: str) -> str:
        """Return a plain table in its frame."""

    def heading_link(self, anchor: str) -> str:
        """Return the link that a heading offers to itself."""

    def footnotes(self, notes: Sequence[tuple[str, int, str]]) -> str:
        """Return the list of the footnotes: label, how often cited, text."""


@dataclass(slots=True)
class _Frame:
    """An element whose inner HTML is collected before it is written."""

    kind: str
    out: list[str]
    value: Any = None


@dataclass(slots=True)
class HtmlWriter:
    """Walks over events and writes HTML. One writer a page.

    Args:
        text: The page's text.
        events: The page's events.
        components: The templates.
        links: The page's links by the index of their event.
        resolve: Turns a link into its address; None leaves it as it is.
        heading_ids: The ids of the headings by the index of their event.
        instead: What stands for a range of events: by the index of its first event, the HTML and
            the index behind its last.
    """

    text: str
    events: Sequence[Event]
    components: Components
    links: Mapping[int, Link]
    resolve: Callable[[Link], str | None]
    heading_ids: Mapping[int, str]
    instead: dict[int, tuple[str, int]] = field(default_factory=dict)
    has_raw_html: bool = False
    _frames: list[_Frame] = field(default_factory=list)
    _notes: dict[str, str] = field(default_factory=dict)
    _cited: dict[str, int] = field(default_factory=dict)
    _lists: list[str] = field(default_factory=list)
    _in_link: int = 0
    _closing: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._closing = closings(self.events)

    def write(self, start: int, end: int) -> str:
        """Return the HTML of the events from `start` up to `end`."""
        self._frames.append(_Frame("range", []))
        index = start
        while index < end:
            replaced = self.instead.get(index)
            if replaced is not None:
                self._emit(replaced[0])
                index = max(replaced[1], index + 1)
                continue
            index = self._event(index)
        return "".join(self._frames.pop().out)

    def inline(self, source: str) -> str:
        """Return the HTML of a piece of Markdown that the page's parse did not see as such."""
        events = cell_events(source)
        writer = HtmlWriter(source, events, self.components, {}, self.resolve, {})
        html = writer.write(0, len(events))
        self.has_raw_html |= writer.has_raw_html
        return html

    def footnotes(self) -> str:
        """Return the footnotes that the page cites, in the order of their citation."""
        notes = [
            (label, count, self._notes[label])
            for label, count in self._cited.items()
            if label in self._notes
        ]
        return self.components.footnotes(notes) if notes else ""

    # Each of the following handles one event and returns the index of the next.

    def _event(self, index: int) -> int:
        event = self.events[index]
        match event.kind:
            case "open":
                return self._open(index, event)
            case "close":
                self._close(event)
            case "text":
                self._text(str(event.value))
            case "code":
                self._emit(f"<code>{escape(str(event.value), quote=False)}</code>")
            case "html" | "inline-html":
                self.has_raw_html = True
                self._emit(str(event.value))
            case "soft-break":
                self._emit("\n")
            case "hard-break":
                self._emit("<br>\n")
            case "rule":
                self._emit("<hr>\n")
            case "task-marker":
                self._task_marker(bool(event.value))
            case "footnote-reference":
                self._footnote_reference(str(event.value))
        return index + 1

    def _emit(self, html: str) -> None:
        self._frames[-1].out.append(html)

    def _text(self, value: str) -> None:
        if self._in_link:
            self._emit(escape(value, quote=False))
            return
        at = 0
        for start, end, target in bare_links(value):
            self._emit(escape(value[at:start], quote=False))
            shown = escape(value[start:end], quote=False)
            self._emit(f'<a href="{escape(encoded(target))}">{shown}</a>')
            at = end
        self._emit(escape(value[at:], quote=False))

    def _open(self, index: int, event: Event) -> int:
        match event.tag:
            case "paragraph":
                self._emit("<p>")
            case "heading":
                self._open_heading(index, event)
            case "quote":
                return self._open_quote(index)
            case "list":
                self._open_list(index, event)
            case "item":
                task = self._is_task(index)
                self._emit('<li class="task-list-item">' if task else "<li>")
            case "code-block":
                return self._code_block(index, event)
            case "table":
                self._frames.append(_Frame("table", [], event.value))
            case "table-head":
                self._frames.append(_Frame("row", [], "th"))
            case "table-row":
                self._frames.append(_Frame("row", [], "td"))
            case "table-cell":
                self._frames.append(_Frame("cell", []))
            case "link":
                self._in_link += 1
                self._frames.append(_Frame("link", [], self._href(index, event)))
            case "image":
                return self._image(index, event)
            case "footnote":
                self._frames.append(_Frame("footnote", [], event.value))
            case tag if tag in _INLINE:
                self._emit(f"<{_INLINE[tag]}>")
        return index + 1

    def _close(self, event: Event) -> None:
        match event.tag:
            case "paragraph":
                self._emit("</p>\n")
            case "heading":
                self._close_heading()
            case "quote":
                self._close_quote()
            case "list":
                self._emit(f"</{self._lists.pop()}>\n")
            case "item":
                self._emit("</li>\n")
            case "table":
                self._close_table()
            case "table-head" | "table-row":
                self._close_row()
            case "table-cell":
                self._close_cell()
            case "link":
                self._close_link()
            case "footnote":
                frame = self._pop("footnote")
                self._notes.setdefault(str(frame.value), "".join(frame.out))
            case tag if tag in _INLINE:
                self._emit(f"</{_INLINE[tag]}>")

    def _pop(self, kind: str) -> _Frame:
        frame = self._frames.pop()
        assert frame.kind == kind, (frame.kind, kind)
        return frame

    def _open_heading(self, index: int, event: Event) -> None:
        value: Any = event.value
        self._frames.append(
            _Frame("heading", [], (int(value["level"][1]), self.heading_ids.get(index)))
        )

    def _close_heading(self) -> None:
        frame = self._pop("heading")
        level, anchor = frame.value
        inner = "".join(frame.out)
        if anchor is None:
            self._emit(f"<h{level}>{inner}</h{level}>\n")
            return
        link = self.components.heading_link(anchor)
        self._emit(f'<h{level} id="{escape(anchor)}">{inner}{link}</h{level}>\n')

    def _open_list(self, index: int, event: Event) -> None:
        ordered = event.value is not None
        tag = "ol" if ordered else "ul"
        self._lists.append(tag)
        start = f' start="{event.value}"' if ordered and event.value != 1 else ""
        tasks = ' class="task-list"' if self._is_task(index + 1) else ""
        self._emit(f"<{tag}{start}{tasks}>\n")

    def _is_task(self, index: int) -> bool:
        following = self.events[index + 1 : index + 3]
        return any(event.kind == "task-marker" for event in following)

    def _task_marker(self, done: bool) -> None:
        checked = " checked" if done else ""
        self._emit(
            '<label class="task-list-control">'
            f'<input type="checkbox" disabled{checked}>'
            '<span class="task-list-indicator"></span></label> '
        )

    def _code_block(self, index: int, event: Event) -> int:
        last = self._closing[index]
        code = "".join(str(inner.value) for inner in self.events[index + 1 : last])
        info = event.value["Fenced"] if isinstance(event.value, dict) else ""
        self._emit(code_block(code, info))
        return last + 1

    def _open_quote(self, index: int) -> int:
        marker = self._alert_marker(index)
        if marker is None:
            self._frames.append(_Frame("quote", []))
            return index + 1
        self._frames.append(_Frame("quote", [], marker["keyword"]))
        rest = marker.string[marker.end() :]
        behind = index + 3  # the quote, its paragraph and the text with the marker
        if rest:
            self._emit("<p>")
            self._text(rest)
        elif self.events[behind].kind == "close":
            behind += 1  # the marker stands in a paragraph of its own
        else:
            self._emit("<p>")
            behind += self.events[behind].kind in ("soft-break", "hard-break")
        return behind

    def _alert_marker(self, index: int) -> re.Match[str] | None:
        """Return the marker at the beginning of a quote, if it is one that the contract knows."""
        if index + 3 >= len(self.events) or self.events[index + 1].tag != "paragraph":
            return None
        first = self.events[index + 2]
        marker = _ALERT.match(str(first.value)) if first.kind == "text" else None
        known = marker and self.components.alert(marker["keyword"], "") is not None
        return marker if known else None

    def _close_quote(self) -> None:
        frame = self._pop("quote")
        inner = "".join(frame.out)
        alert = self.components.alert(frame.value, inner) if frame.value else None
        self._emit(alert or f"<blockquote>\n{inner}</blockquote>\n")

    def _close_table(self) -> None:
        frame = self._pop("table")
        head, *body = frame.out
        rows = f"<tbody>\n{''.join(body)}</tbody>\n" if body else ""
        table = f"<table>\n<thead>\n{head}</thead>\n{rows}</table>\n"
        self._emit(self.components.table(table))

    def _close_row(self) -> None:
        frame = self._pop("row")
        alignments: Sequence[str] = self._frames[-1].value
        cells = []
        for cell, alignment in zip(frame.out, alignments, strict=False):
            align = "" if alignment == "None" else f' class="lf-align-{alignment.lower()}"'
            scope = ' scope="col"' if frame.value == "th" else ""
            cells.append(f"<{frame.value}{scope}{align}>{cell}</{frame.value}>")
        self._emit(f"<tr>{''.join(cells)}</tr>\n")

    def _close_cell(self) -> None:
        frame = self._pop("cell")
        self._emit("".join(frame.out).strip())

    def _link_of(self, index: int, event: Event) -> Link:
        known = self.links.get(index)
        if known is not None:
            return known
        value: Any = event.value
        inner = self.events[index + 1 : self._closing[index]]
        span = Span(event.start, event.end)
        return Link(value["dest_url"], plain_text(inner), span, span, event.tag == "image", index)

    def _address(self, index: int, event: Event) -> str | None:
        """Return where a link leads, or None when it must lead nowhere."""
        value: Any = event.value
        link = self._link_of(index, event)
        if value["link_type"] == "Email":
            return f"mailto:{link.target}"
        target = self.resolve(link)
        target = link.target if target is None else target
        return encoded(target) if is_safe(target) else None

    def _href(self, index: int, event: Event) -> tuple[str | None, str]:
        value: Any = event.value
        return self._address(index, event), value["title"]

    def _close_link(self) -> None:
        frame = self._pop("link")
        self._in_link -= 1
        href, title = frame.value
        inner = "".join(frame.out)
        if href is None:
            self._emit(inner)
            return
        titled = f' title="{escape(title)}"' if title else ""
        self._emit(f'<a href="{escape(href)}"{titled}>{inner}</a>')

    def _image(self, index: int, event: Event) -> int:
        value: Any = event.value
        last = self._closing[index]
        alt = escape(plain_text(self.events[index + 1 : last]))
        src = self._address(index, event)
        if src is None:
            self._emit(alt)
        else:
            title = f' title="{escape(value["title"])}"' if value["title"] else ""
            self._emit(f'<img src="{escape(src)}" alt="{alt}"{title} loading="lazy">')
        return last + 1

    def _footnote_reference(self, label: str) -> None:
        self._cited[label] = self._cited.get(label, 0) + 1
        number = list(self._cited).index(label) + 1
        again = f"-{self._cited[label]}" if self._cited[label] > 1 else ""
        name = escape(label)
        self._emit(
            f'<sup id="fnref-{name}{again}"><a class="footnote-ref" href="#fn-{name}">'
            f"{number}</a></sup>"
        )
