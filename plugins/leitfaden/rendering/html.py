"""Events → the plain HTML of Markdown's own constructs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, ClassVar, NamedTuple, Protocol, TypeAlias, cast

from leitfaden.contract.targets import is_safe
from leitfaden.model import Event, Include, Link, Span, Video
from leitfaden.reading.markdown import cell_events, closings, plain_text
from leitfaden.rendering.autolinks import Stretched, stretched
from leitfaden.rendering.code import code_block
from leitfaden.rendering.context import Size, no_size
from leitfaden.rendering.footnotes import Footnotes, Note, Numbering
from leitfaden.rendering.output import Output
from leitfaden.rendering.sanitiser import Raw, RawHtml
from leitfaden.rendering.urls import bare_links, encoded, may_hold_links

_ALERT = re.compile(r"\s*\[!(?P<keyword>[^\]\s]{1,40})\][ \t]*")
_INLINE = {"emphasis": "em", "strong": "strong", "strikethrough": "del"}
_BREAKS = ("soft-break", "hard-break")
_END_OF_PARAGRAPH = "</p>\n"
_HOLDS_BLOCKS = ("</li>\n", "</td>", "</th>")
_SPECIAL = re.compile(r"[&<>\0]")
_HEADINGS_AT_THE_TOP = 1  # the title; what stands below a second heading is seldom seen at once
_BLANK_OR_TAG = re.compile(r"[\s<]")
_NESTING = frozenset(("link", "heading", "table-cell"))
_SECTIONS = ("h1", "h2")  # within one of them, a word is explained once
_RAW_OPENS = re.compile(r"<(?:a|code|pre|kbd|samp|h[1-6]|abbr)(?=[\s>])", re.IGNORECASE)
_RAW_CLOSES = re.compile(r"</(?:a|code|pre|kbd|samp|h[1-6]|abbr)(?=[\s>])", re.IGNORECASE)

Frame: TypeAlias = tuple[str, str]  # what stands before and behind a component's content


class Components(Protocol):
    """What the writer asks of the templates."""

    def alert(self, keyword: str) -> Frame | None:
        """Return the frame of an alert, or None when the keyword names none."""

    def table(self) -> Frame:
        """Return the frame of a plain table."""

    def heading_link(self, anchor: str) -> str:
        """Return the link that a heading offers to itself."""

    def done(self) -> str:
        """Return what the box of a task list says of an item when it is checked."""

    def footnotes(self, notes: Sequence[Note]) -> str:
        """Return the list of the footnotes."""

    def description(self) -> Frame:
        """Return the frame of an image's long description."""

    def video(self, video: Video) -> str:
        """Return a video's card."""


class ProseLinks(Protocol):
    """What the writer asks about the words of a page."""

    def begin_section(self) -> None:
        """Explain words anew, as a section begins."""

    def links(self, text: str, terms: bool) -> Iterable[tuple[int, int, Frame]]:
        """Return the links in a text: start, end, and what stands around the words."""

    def page_named(self, name: str) -> str | None:
        """Return the address of the page that a cell means which holds nothing but its name."""


class Inserted(NamedTuple):
    """What is shown of a file that a page includes.

    Args:
        html: The HTML.
        inline: Whether a sentence can hold it.
    """

    html: str
    inline: bool


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
        raw: Cleans the page's raw HTML.
        insert: Returns what is shown of a file that the page includes, told whether blocks can
            stand where a sentence includes it.
        size_of: Returns the width and the height of an image in pixels, where they are known.
        numbering: Numbers the footnotes of all that a page shows.
        instead: What stands for a range of events: by the index of its first event, what writes
            the HTML, and the index behind the last event.
        inserted: What stands before an event, by the event's index; behind all, by their number.
        notes: The page's footnotes, where the events are but a part of it.
        written_ids: The ids of the headings that were written: all but those in a footnote that
            the page does not cite.
        prose: Finds the links that sentences get of themselves.
    """

    text: str
    events: Sequence[Event]
    components: Components
    links: Mapping[int, Link]
    resolve: Callable[[Link], str | None]
    heading_ids: Mapping[int, str]
    raw: RawHtml
    insert: Callable[[Include, bool], Inserted]
    size_of: Callable[[Link], Size | None] = no_size
    numbering: Numbering = field(default_factory=Numbering)
    instead: dict[int, tuple[Callable[[], str], int]] = field(default_factory=dict)
    inserted: dict[int, str] = field(default_factory=dict)
    notes: Footnotes | None = None
    written_ids: set[str] = field(default_factory=set)
    prose: ProseLinks | None = None
    _out: Output = field(init=False)
    _notes: Footnotes = field(init=False)
    _closing: list[int] = field(init=False)
    # For each open element where its content begins, and what closes it.
    _opened: list[tuple[int, str]] = field(default_factory=list)
    # For each open `strong`, how many elements were open when it was, itself included.
    _strong: list[int] = field(default_factory=list)
    _alignments: Sequence[str] = ()
    _column: int = 0
    _cell: str = "td"
    _in_link: int = 0
    _in_heading: int = 0
    _in_cell: int = 0
    _in_raw: int = 0  # how many elements of raw HTML are open that hold no further links
    _is_first_image: bool = True

    def __post_init__(self) -> None:
        self._out = Output(self.raw.mended)
        self._notes = self.notes or Footnotes(self.events, self._note, self.numbering)
        self._closing = closings(self.events)

    def write(self, start: int, end: int) -> str:
        """Return the HTML of the events from `start` up to `end`, which are whole elements."""
        before = len(self._out)
        index = start
        while index < end:
            if self.inserted:
                self._insert(index)
            if index in self.instead:
                write, behind = self.instead[index]
                self._out.add(write())
                index = max(behind, index + 1)
            else:
                index = self._event(index)
        if self.inserted and end == len(self.events):
            self._insert(end)
        return self._out.take(before)

    def _insert(self, index: int) -> None:
        html = self.inserted.get(index)
        if html:
            self._out.add(html)

    def inline(self, source: str, span: Span) -> str:
        """Return the HTML of a piece of Markdown that the page's parse did not see as such.

        Args:
            source: The piece.
            span: Where in the page's text it stands.
        """
        parsed = cell_events(source)
        return self.loose([event._replace(start=span.start, end=span.end) for event in parsed])

    def loose(self, events: Sequence[Event]) -> str:
        """Return the HTML of events that are not the page's own, or not as they stand there."""
        writer = HtmlWriter(
            self.text,
            events,
            self.components,
            {},
            self.resolve,
            {},
            self.raw,
            self.insert,
            self.size_of,
            notes=self._notes,
        )
        writer._is_first_image = False  # it stands in a cell, or nobody knows where
        return writer.write(0, len(events))

    def top_level(self) -> Iterator[int]:
        """Yield the indices of the events that begin a block outside of any other."""
        index = 0
        while index < len(self.events):
            yield index
            index = self._closing[index] + 1

    def footnotes(self) -> str:
        """Return the footnotes that the page cites, in the order of their citation."""
        notes = self.numbering.notes()
        return self.components.footnotes(notes) if notes else ""

    def _note(self, index: int) -> str:
        return self.write(index + 1, self._closing[index])

    def address(self, link: Link) -> str | None:
        """Return where a link leads, or None when it must lead nowhere."""
        target = self.resolve(link)
        target = link.target if target is None else target
        return encoded(target) if is_safe(target) else None

    def image(self, link: Link, title: str = "", css: str = "") -> str:
        """Return an image; only its alternative text where it is not there or must not load.

        Args:
            link: The image, with its alternative text.
            title: What readers see when they point at it.
            css: Its class, or empty.
        """
        src = self.address(link)
        if not src:
            return _escaped(link.text)
        size = self.size_of(link)
        extent = f' width="{size[0]}" height="{size[1]}"' if size else ""
        loading = ' loading="lazy"' if self._is_below_the_top() else ""
        alt = _escaped(link.text).replace('"', "&quot;")
        named = f' class="{css}"' if css else ""
        return (
            f'<img{named} src="{escape(src)}" alt="{alt}"{_titled(title)}{extent}{loading}'
            ' decoding="async">'
        )

    def _is_below_the_top(self) -> bool:
        """Tell whether readers see an image only later: all but a page's first, if it is early."""
        first, self._is_first_image = self._is_first_image, False
        return not first or len(self.written_ids) > _HEADINGS_AT_THE_TOP

    # Each of the following handles one event and returns the index of the next.

    def _event(self, index: int) -> int:
        event = self.events[index]
        kind, tag, value, _, _ = event
        if kind == "close":
            start, behind = self._opened.pop()
            if self._strong and self._strong[-1] > len(self._opened):
                self._strong.pop()
            self._out.settle(start)
            self._out.add(behind)
            if tag in _NESTING:
                self._leave(tag)
        elif kind == "open":
            return self._OPEN[tag](self, index, event)
        elif kind == "text":
            return self._text(index, str(value))
        else:
            self._LEAVES[kind](self, event)
        return index + 1

    def _leave(self, tag: str) -> None:
        self._in_link -= tag == "link"
        self._in_heading -= tag == "heading"
        self._in_cell -= tag == "table-cell"

    def _element(self, before: str, behind: str) -> None:
        self._out.add(before)
        self._opened.append((len(self._out), behind))

    # Leaves.

    def _text(self, index: int, value: str) -> int:
        if self._in_link:
            self._out.add(_escaped(value))
            return index + 1
        if not may_hold_links(value):
            self._words(value)
            return index + 1
        return self._linked(index, value, self._before(index))

    def _words(self, text: str) -> None:
        """Write a text without addresses, with the links that its words lead to."""
        if self.prose is None or self._in_heading or self._in_raw:
            self._out.add(_escaped(text))
            return
        at = 0
        for start, end, (before, behind) in self.prose.links(text, not self._in_cell):
            self._out.add(f"{_escaped(text[at:start])}{before}{_escaped(text[start:end])}{behind}")
            at = end
        self._out.add(_escaped(text[at:]))

    def _before(self, index: int) -> str:
        """Return the character before a text, if that stands in the same run of text."""
        event, former = self.events[index], self.events[index - 1] if index else None
        if former is None or former.kind == "open" or former.kind in _BREAKS:
            return ""
        return self.text[event.start - 1 : event.start]

    def _linked(self, index: int, value: str, before: str) -> int:
        """Write the tail of a text event with its bare addresses as links."""
        while whole := self._written_up_to_stretched(index, value, before):
            if not whole.rest:
                return whole.behind
            index, value, before = whole.behind - 1, whole.rest, whole.address[-1]
        return index + 1

    def _written_up_to_stretched(self, index: int, value: str, before: str) -> Stretched | None:
        """Write a text; stop behind an address that goes on behind the text, and return that."""
        at = 0
        for start, end, target in bare_links(value, before):
            self._words(value[at:start])
            whole = self._stretched(index, value, start) if "mailto:" not in target else None
            if whole is not None:
                scheme = target[: len(target) - (end - start)]
                self._out.add(_anchor(scheme + whole.address, whole.address))
                return whole
            self._out.add(_anchor(target, value[start:end]))
            at = end
        self._words(value[at:])
        return None

    def _stretched(self, index: int, value: str, start: int) -> Stretched | None:
        following = self.events[index + 1] if index + 1 < len(self.events) else None
        if following is None or following.kind not in ("open", "code", "text"):
            return None
        if _BLANK_OR_TAG.search(value, start):
            return None
        head = len(str(self.events[index].value)) - len(value)
        return stretched(self.text, self.events, index, head + start)

    def _code(self, event: Event) -> None:
        self._out.add(f"<code>{_escaped(str(event.value))}</code>")

    def _raw(self, event: Event) -> None:
        html = str(event.value).replace("\0", "\ufffd")
        self._in_raw += _RAW_OPENS.match(html) is not None
        self._in_raw -= self._in_raw > 0 and _RAW_CLOSES.match(html) is not None
        self._out.add_raw(Raw(html, Span(event.start, event.end), False))

    def _soft_break(self, _: Event) -> None:
        self._out.add("\n")

    def _hard_break(self, _: Event) -> None:
        self._out.add("<br>\n")

    def _rule(self, _: Event) -> None:
        self._out.add("<hr>\n")

    def _task_marker(self, event: Event) -> None:
        checked = " checked" if event.value else ""
        self._out.add(
            '<label class="task-list-control">'
            f'<input type="checkbox" disabled{checked} aria-label="{self.components.done()}">'
            '<span class="task-list-indicator"></span></label> '
        )

    def _footnote_reference(self, event: Event) -> None:
        cited = self._notes.cite(str(event.value))
        if cited is None:
            self._out.add(_escaped(f"[^{event.value}]"))
            return
        number, citation = cited
        again = f"-{citation}" if citation > 1 else ""
        shown = f'<a class="footnote-ref" href="#fn-{number}">{number}</a>'
        self._out.add(f'<sup id="fnref-{number}{again}">{number if self._in_link else shown}</sup>')

    # Elements.

    def _paragraph(self, index: int, _: Event) -> int:
        self._in_raw = 0
        self._element("<p>", _END_OF_PARAGRAPH)
        return index + 1

    def _heading(self, index: int, event: Event) -> int:
        value: Any = event.value
        tag = value["level"].lower()
        self._in_heading += 1
        if self.prose is not None and tag in _SECTIONS:
            self.prose.begin_section()
        anchor = self.heading_ids.get(index)
        if anchor is None:
            self._element(f"<{tag}>", f"</{tag}>\n")
        else:
            self.written_ids.add(anchor)
            link = self.components.heading_link(anchor)
            self._element(f'<{tag} id="{escape(anchor)}">', f"{link}</{tag}>\n")
        return index + 1

    def _quote(self, index: int, _: Event) -> int:
        marker = self._alert_marker(index)
        frame = self.components.alert(marker["keyword"]) if marker else None
        if marker is None or frame is None:
            self._element("<blockquote>\n", "</blockquote>\n")
            return index + 1
        self._element(*frame)
        behind = index + 3  # the quote, its paragraph and the text with the marker
        rest = marker.string[marker.end() :]
        if not rest and self.events[behind].kind == "close":
            return behind + 1  # the marker stands in a paragraph of its own
        self._element("<p>", _END_OF_PARAGRAPH)
        if rest:
            return self._linked(index + 2, rest, " ")
        return behind + (self.events[behind].kind in _BREAKS)

    def _alert_marker(self, index: int) -> re.Match[str] | None:
        """Return what looks like an alert's marker at the beginning of a quote."""
        if self.events[index + 1].kind != "open" or self.events[index + 1].tag != "paragraph":
            return None
        first = self.events[index + 2]
        marker = _ALERT.match(str(first.value)) if first.kind == "text" else None
        return marker if marker and self._is_verbatim(first) else None

    def _is_verbatim(self, event: Event) -> bool:
        """Tell whether a text begins as it is written, with nothing escaped."""
        before = self.text[event.start - 1 : event.start]
        return before != "\\" and self.text.startswith(str(event.value)[:1], event.start)

    def _list(self, index: int, event: Event) -> int:
        ordered = event.value is not None
        tag = "ol" if ordered else "ul"
        start = f' start="{event.value}"' if ordered and event.value != 1 else ""
        tasks = ' class="task-list"' if self._is_task(index + 1) else ""
        self._element(f"<{tag}{start}{tasks}>\n", f"</{tag}>\n")
        return index + 1

    def _item(self, index: int, _: Event) -> int:
        tasks = ' class="task-list-item"' if self._is_task(index) else ""
        self._element(f"<li{tasks}>", "</li>\n")
        return index + 1

    def _is_task(self, index: int) -> bool:
        following = self.events[index + 1 : index + 3]
        return any(event.kind == "task-marker" for event in following)

    def _code_block(self, index: int, event: Event) -> int:
        last = self._closing[index]
        code = "".join(str(inner.value) for inner in self.events[index + 1 : last])
        info = event.value["Fenced"] if isinstance(event.value, dict) else ""
        self._out.add(code_block(code.replace("\0", "\ufffd"), info))
        return last + 1

    def _html_block(self, index: int, event: Event) -> int:
        # In one piece, and without an element of its own: `<details>` may be closed by a later one.
        last = self._closing[index]
        inner = self.events[index + 1 : last]
        html = "".join(str(line.value) for line in inner)
        self._out.add_raw(Raw(html.replace("\0", "\ufffd"), Span(event.start, event.end), True))
        return last + 1

    def _footnote(self, index: int, _: Event) -> int:
        return self._closing[index] + 1  # written at the page's end, if the page cites it

    def _table(self, index: int, event: Event) -> int:
        alignments: Any = event.value
        self._alignments = alignments
        before, behind = self.components.table()
        self._element(f"{before}<table>\n", f"</table>\n{behind}")
        return index + 1

    def _table_head(self, index: int, _: Event) -> int:
        self._column, self._cell = 0, "th"
        self._element("<thead>\n<tr>", "</tr>\n</thead>\n")
        return index + 1

    def _table_row(self, index: int, _: Event) -> int:
        self._column, self._cell = 0, "td"
        first = self.events[index - 1].tag == "table-head"
        last = self.events[self._closing[index] + 1].tag == "table"
        self._element(
            "<tbody>\n<tr>" if first else "<tr>", "</tr>\n</tbody>\n" if last else "</tr>\n"
        )
        return index + 1

    def _table_cell(self, index: int, _: Event) -> int:
        alignment = self._alignments[self._column]
        self._column += 1
        scope = ' scope="col"' if self._cell == "th" else ""
        align = "" if alignment == "None" else f' class="lf-align-{alignment.lower()}"'
        before, behind = f"<{self._cell}{scope}{align}>", f"</{self._cell}>"
        self._in_raw = 0
        named = self._named(index) if self._cell == "td" else None
        if named is not None:
            mark = self.inserted.get(self._closing[index], "")
            self._out.add(before + named + mark + behind)
            return self._closing[index] + 1
        self._in_cell += 1
        self._element(before, behind)
        return index + 1

    def _named(self, index: int) -> str | None:
        """Return a cell that holds nothing but the name of a page, as a link to it."""
        events = self.events[index + 1 : self._closing[index]]
        if self.prose is None or not all(_is_name(event) for event in events):
            return None
        return self.named(plain_text(events))

    def named(self, name: str) -> str | None:
        """Return a link to the page of that name, if a cell that holds just this leads there."""
        href = self.prose.page_named(name) if self.prose and name else None
        return None if href is None else _anchor(href, name)

    def cell(self, start: int, end: int) -> str:
        """Return the HTML of the events of a cell."""
        self._in_cell += 1
        html = self.write(start, end)
        self._in_cell -= 1
        return html

    def _emphasis(self, index: int, event: Event) -> int:
        tag = _INLINE[event.tag]
        if tag == "strong" and len(self._opened) in self._strong[-1:]:
            self._element("", "")  # nothing is stronger than strong; GitHub's parser has it so
        else:
            self._element(f"<{tag}>", f"</{tag}>")
        if tag == "strong":
            self._strong.append(len(self._opened))
        return index + 1

    def _link(self, index: int, event: Event) -> int:
        value: Any = event.value
        self._in_link += 1
        href = self._href(index, event) if self._in_link == 1 else None
        if href is None:
            self._element("", "")
        else:
            self._element(f'<a href="{escape(href)}"{_titled(value["title"])}>', "</a>")
        return index + 1

    def _image(self, index: int, event: Event) -> int:
        value: Any = event.value
        link = self._linked_by(index, event)
        alt = plain_text(self.events[index + 1 : self._closing[index]])
        css = "lf-border" if value.get("border") else "lf-icon" if value.get("decorative") else ""
        self._out.add(self.image(link._replace(text=alt), value["title"], css))
        return self._closing[index] + 1

    # What Markdown itself does not know.

    def _include(self, index: int, event: Event) -> int:
        include = cast("Include", event.value)
        closing = self._opened[-1][1] if self._opened else ""
        parted = closing == _END_OF_PARAGRAPH
        inserted = self.insert(include, parted or closing in _HOLDS_BLOCKS)
        if parted and not (include.block or inserted.inline):
            return self._between_sentences(inserted.html, index + 2)
        self._out.add(inserted.html)
        return index + 2

    def _between_sentences(self, html: str, behind: int) -> int:
        """Write blocks in the middle of a paragraph, which ends before them and goes on behind."""
        start, closing = self._opened.pop()
        if start == len(self._out):
            self._out.take(start - 1)  # nothing stands in the paragraph
        else:
            self._out.settle(start)
            self._out.add(closing)
        self._out.add(html)
        if self.events[behind].kind == "close":
            return behind + 1
        self._element("<p>", _END_OF_PARAGRAPH)
        return behind + (self.events[behind].kind in _BREAKS)

    def _video(self, index: int, event: Event) -> int:
        self._out.add(self.components.video(cast("Video", event.value)))
        return index + 2

    def _description(self, index: int, _: Event) -> int:
        self._element(*self.components.description())
        return index + 1

    def _href(self, index: int, event: Event) -> str | None:
        value: Any = event.value
        link = self._linked_by(index, event)
        if value["link_type"] == "Email":
            return encoded(f"mailto:{link.target}")
        return self.address(link)

    def _linked_by(self, index: int, event: Event) -> Link:
        """Return the link that an event opens."""
        link = self.links.get(index)
        if link is None:
            value: Any = event.value
            span = Span(event.start, event.end)
            text = plain_text(self.events[index + 1 : self._closing[index]])
            link = Link(value["dest_url"], text, span, span, event.tag == "image", index)
        return link

    _LEAVES: ClassVar[Mapping[str, Callable[[HtmlWriter, Event], None]]] = {
        "code": _code,
        "inline-html": _raw,
        "soft-break": _soft_break,
        "hard-break": _hard_break,
        "rule": _rule,
        "task-marker": _task_marker,
        "footnote-reference": _footnote_reference,
    }
    _OPEN: ClassVar[Mapping[str, Callable[[HtmlWriter, int, Event], int]]] = {
        "paragraph": _paragraph,
        "heading": _heading,
        "quote": _quote,
        "list": _list,
        "item": _item,
        "code-block": _code_block,
        "html-block": _html_block,
        "footnote": _footnote,
        "table": _table,
        "table-head": _table_head,
        "table-row": _table_row,
        "table-cell": _table_cell,
        "emphasis": _emphasis,
        "strong": _emphasis,
        "strikethrough": _emphasis,
        "link": _link,
        "image": _image,
        "include": _include,
        "video": _video,
        "description": _description,
    }


def _is_name(event: Event) -> bool:
    """Tell whether an event may be part of a name: text, perhaps emphasised."""
    return event.kind == "text" or event.tag in _INLINE


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\0", "\ufffd") if _SPECIAL.search(text) else text


def _titled(title: str) -> str:
    return f' title="{_escaped(title).replace(chr(34), "&quot;")}"' if title else ""


def _anchor(target: str, shown: str) -> str:
    return f'<a href="{escape(encoded(target))}">{_escaped(shown)}</a>'
