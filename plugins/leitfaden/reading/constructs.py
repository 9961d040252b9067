"""What docfx adds to Markdown, put into the parser's events.

The parser knows neither includes nor videos nor images with attributes, and takes all alerts of one
quote for one. Where a page holds such a construct, its events are rewritten here, each with its
place in the text: what it is made of becomes one element, and a construct in a line of its own is
taken out of the paragraph around it. Anything that is written otherwise stays the text that it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any, NamedTuple, TypeAlias

from leitfaden.contract import Contract
from leitfaden.model import Defect, DefectKind, Event, Include, Span, Video
from leitfaden.reading.directives import (
    ALERT,
    IMAGE_END,
    INCLUDE,
    VIDEO,
    WrittenImage,
    begins_image,
    image_at,
    named_by,
    video_host,
    video_title,
)
from leitfaden.reading.links import target_span
from leitfaden.reading.markdown import Parsed, paired

_MARK = re.compile(r"\[!|:::")
_OWN = re.compile(r"\[!(?:include|video)", re.IGNORECASE)
_MOST_LOOKS = 100  # at alerts, before a page is taken for one that holds constructs
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAKS = ("soft-break", "hard-break")
_SPANS = frozenset(("emphasis", "strong", "strikethrough", "link", "image"))
_VERBATIM = ("code-block", "html-block")  # what shows its text as it is written
_LINES = ("paragraph", "item")  # what holds lines of text; an item of a tight list does

_Cursor: TypeAlias = tuple[int, int]  # an event, and where the rest of it begins


class Constructs(NamedTuple):
    """A page's events with all that docfx adds to Markdown.

    Args:
        parsed: The events.
        includes: Where the page shows other files.
        videos: The videos.
        defects: What looks like a construct and is none.
    """

    parsed: Parsed
    includes: tuple[Include, ...] = ()
    videos: tuple[Video, ...] = ()
    defects: tuple[Defect, ...] = ()


def may_hold_constructs(text: str, start: int) -> bool:
    """Tell whether a page may hold a construct of docfx; most pages hold but alerts, if any.

    Args:
        text: The page's text.
        start: Where its Markdown begins.
    """
    if text.find(":::", start) >= 0:
        return True
    at = text.find("[!", start)
    for _ in range(_MOST_LOOKS):
        if at < 0:
            return False
        line = text.rfind("\n", 0, at) + 1
        if line <= start or _OWN.match(text, at):
            return True
        before = text[text.rfind("\n", 0, line - 1) + 1 : line]
        if before.strip() and ">" in text[line:at]:
            return True  # an alert that may not be the first of its quote
        at = text.find("[!", at + 2)
    return at >= 0


def with_constructs(
    text: str, parsed: Parsed, contract: Contract, locale: str, page_id: str
) -> Constructs:
    """Return a page's events with the constructs of docfx among them.

    Args:
        text: The page's text.
        parsed: What the parser saw of it.
        contract: The words that begin an alert, and the locales.
        locale: The page's locale.
        page_id: The page's id.
    """
    writer = _Rewriter(text, parsed, contract, locale, page_id)
    writer.rewrite()
    found = tuple(writer.includes), tuple(writer.videos), tuple(writer.defects)
    return Constructs(paired(writer.out) if writer.changed else parsed, *found)


def source_text(text: str, start: int, end: int) -> str:
    """Return what readers see of a part of a text that holds no markup but escapes."""
    return unescape(_ESCAPED.sub(r"\1", text[start:end]))


class _Open(NamedTuple):
    """An element that is open: by its index among the new events, and among the old ones.

    Args:
        new: Where it stands in what was written.
        old: Where it stood; below 0 for one that only the new events have.
    """

    new: int
    old: int


class _Pending(NamedTuple):
    """An image that waits for the end of its description.

    Args:
        new: What stands where the description begins, among the new events.
        span: The image.
        around: The elements that are open around it.
    """

    new: int
    span: Span
    around: tuple[_Open, ...]


class _Rewriter:
    """Writes the events anew, in one pass."""

    def __init__(
        self, text: str, parsed: Parsed, contract: Contract, locale: str, page_id: str
    ) -> None:
        self.out: list[Event] = []
        self.includes: list[Include] = []
        self.videos: list[Video] = []
        self.defects: list[Defect] = []
        self.changed = False
        self._text = text
        self._events, self._pairs, _ = parsed
        self._contract = contract
        self._locale = locale
        self._page_id = page_id
        self._open: list[_Open] = []
        self._dropped: set[int] = set()  # closing events whose element is closed already
        self._pending: list[_Pending] = []
        self._line = -1  # an event that begins a line, whatever stands before it
        self._seen = -1  # up to where the text has been looked at

    def rewrite(self) -> None:
        """Write all events."""
        cursor = 0, -1
        while cursor[0] < len(self._events):
            cursor = self._take(*cursor)
        for image in self._pending:
            self.defects.append(Defect(DefectKind.IMAGE_UNCLOSED, image.span, "image-end"))
        waiting = {image.new for image in self._pending}
        if waiting:
            self.out = [event for at, event in enumerate(self.out) if at not in waiting]

    def _take(self, index: int, at: int) -> _Cursor:
        event = self._events[index]
        if event.kind == "open":
            self._open.append(_Open(len(self.out), index))
            self.out.append(event)
        elif event.kind == "close":
            self._close(index)
        elif event.kind == "text":
            return self._read_text(index, max(at, event.start))
        else:
            self.out.append(event)
        return index + 1, -1

    def _close(self, index: int) -> None:
        if index in self._dropped:
            return
        opened = self._open.pop()
        _, tag, _, start, end = self.out[opened.new]
        if tag == "quote" and opened.old < 0 and opened.new == len(self.out) - 1:
            self.out.pop()  # only the video stood in it that was taken out
            return
        self.out.append(Event("close", tag, None, start, end))

    # Text.

    def _read_text(self, index: int, at: int) -> _Cursor:
        event, begin = self._events[index], at
        at = event.end if self._parent() in _VERBATIM else max(at, self._seen)
        while mark := _MARK.search(self._text, at, event.end):
            start = mark.start()
            behind = None if self._is_escaped(start) else self._construct(index, begin, start)
            if behind:
                self.changed = True
                return behind
            at = mark.end()
        self._write_text(index, begin, event.end)
        return index + 1, -1

    def _is_escaped(self, at: int) -> bool:
        before = at
        while before and self._text[before - 1] == "\\":
            before -= 1
        return (at - before) % 2 == 1

    def _write_text(self, index: int, start: int, end: int) -> None:
        event = self._events[index]
        if (start, end) == (event.start, event.end):
            self.out.append(event)
        elif start < end:
            shown = self._text[start:end]
            aligned = self._text[event.start : event.end] == event.value
            value = shown if aligned else source_text(self._text, start, end)
            self.out.append(Event("text", "", value, start, end))

    def _construct(self, index: int, begin: int, start: int) -> _Cursor | None:
        """Write the construct that begins at `start` with the text before it, if one begins."""
        if self._text.startswith(":::", start):
            return self._image_end(index, begin, start) or self._image(index, begin, start)
        for read in (self._alert, self._include, self._video):
            behind = read(index, begin, start)
            if behind:
                return behind
        return None

    # Places.

    def _parent(self, above: int = 1) -> str:
        """Return the tag of an open element, counted from the innermost one."""
        return self.out[self._open[-above].new].tag if len(self._open) >= above else ""

    def _begins_line(self, index: int, begin: int, start: int) -> bool:
        """Tell whether a place is the beginning of a line of its paragraph."""
        if self._text[begin:start].strip() or self._parent() not in _LINES:
            return False
        if index == self._line and begin == self._events[index].start:
            return True
        return self.out[-1].kind in _BREAKS or len(self.out) - 1 == self._open[-1].new

    def _ends_line(self, index: int, end: int) -> bool:
        """Tell whether nothing follows in the line of the event at `index`."""
        event = self._events[index]
        if self._text[end : event.end].strip():
            return False
        following = self._events[index + 1] if index + 1 < len(self._events) else None
        if following is None or following.kind in ("close", *_BREAKS):
            return True
        # In an item of a tight list, other blocks may follow.
        return following.kind == "open" and following.tag not in _SPANS

    def _event_at(self, index: int, offset: int) -> int | None:
        """Return the text event that an offset ends in, if only whole elements lie before it."""
        while index < len(self._events):
            event = self._events[index]
            if event.kind == "close":
                return None
            if event.end >= offset:
                return index if event.kind == "text" else None
            index = self._pairs[index] + 1 if event.kind == "open" else index + 1
        return None

    def _out_of_paragraph(self, write: Callable[[], None], index: int) -> _Cursor:
        """Write a block where a line of a paragraph stands: before it and behind it, the rest.

        Args:
            write: Writes the block.
            index: The event that ends the line.
        """
        if self.out[-1].kind in _BREAKS:
            self.out.pop()
        self._line = index + 1
        goes_on = self._line < len(self._events) and self._events[self._line].kind in _BREAKS
        self._line += goes_on
        if self._parent() != "paragraph":
            write()
            return self._line, -1
        old, paragraph = self._open[-1].old, self.out[self._open[-1].new]
        self._end_paragraph()
        write()
        if goes_on:
            self._open.append(_Open(len(self.out), old))
            self.out.append(paragraph._replace(start=self._events[self._line].start))
        else:
            self._dropped.add(self._pairs[old])
        return self._line, -1

    def _end_paragraph(self) -> None:
        """Close the open paragraph, or take it back if nothing stands in it."""
        opened = self._open.pop()
        if len(self.out) - 1 == opened.new:
            self.out.pop()
        else:
            self._end(opened)

    def _end(self, opened: _Open) -> None:
        """Close an element where the text has come to."""
        event, end = self.out[opened.new], self.out[-1].end
        self.out[opened.new] = event._replace(end=end)
        self.out.append(Event("close", event.tag, None, event.start, end))

    # Alerts.

    def _alert(self, index: int, begin: int, start: int) -> _Cursor | None:
        """Begin a further quote where a further alert begins in one."""
        if self._parent() != "paragraph" or self._parent(2) != "quote":
            return None
        marker = ALERT.match(self._text, start, self._events[index].end)
        if marker is None or not self._contract.alert(marker[1], self._locale):
            return None
        if not self._begins_line(index, begin, start):
            return None
        quote, paragraph = self._open[-2:]
        line = self._text.rfind("\n", 0, start) + 1
        if quote.new + 2 == len(self.out) or ">" not in self._text[line:start]:
            return None  # it is the quote's first, or a line that only happens to belong to it
        again, first = self.out[quote.new], self.out[paragraph.new]
        if self.out[-1].kind in _BREAKS:
            self.out.pop()
        self._end_paragraph()
        self._open.pop()
        self._end(quote)
        for event, old in ((again._replace(start=line), quote.old), (first, paragraph.old)):
            self._open.append(_Open(len(self.out), old))
            self.out.append(event)
        self.out[-1] = first._replace(start=start)
        self._seen = marker.end()  # it is no construct, but the text that begins the new quote
        return index, start

    # Includes.

    def _include(self, index: int, begin: int, start: int) -> _Cursor | None:
        event = self._events[index]
        mark = INCLUDE.match(self._text, start)
        link = self._events[index + 1] if index + 1 < len(self._events) else None
        if mark is None or mark.end() != event.end or link is None:
            return None
        value: Any = link.value
        if link[:2] != ("open", "link") or value["link_type"] != "Inline":
            return None
        last = self._pairs[index + 1]
        behind = self._events[last + 1] if last + 1 < len(self._events) else None
        if behind is None or behind.kind != "text" or not self._text.startswith("]", link.end):
            return None
        at_line = self._begins_line(index, begin, start)
        is_block = at_line and self._ends_line(last + 1, link.end + 1)
        title = self._events[index + 2 : last]
        target = value["dest_url"]
        written = target_span(self._text, title[-1].end if title else link.start, link.end, target)
        named = named_by(target, self._locale, self._page_id, self._contract)
        include = Include(target, Span(start, link.end + 1), written, is_block, *named)
        if not is_block:
            self._write_text(index, begin, start)
            self._write_include(include)
            return last + 1, link.end + 1
        return self._out_of_paragraph(lambda: self._write_include(include), last + 1)

    def _write_include(self, include: Include) -> None:
        self.includes.append(include)
        self._write_leaf("include", include, include.span)

    def _write_leaf(self, tag: str, value: object, span: Span) -> None:
        self.out.append(Event("open", tag, value, *span))
        self.out.append(Event("close", tag, None, *span))

    # Videos.

    def _video(self, index: int, begin: int, start: int) -> _Cursor | None:
        mark = VIDEO.match(self._text, start)
        if mark is None:
            return None
        last = self._event_at(index, mark.end())
        if last is None:
            return None
        span = Span(*mark.span())
        url = mark["angled"] or (mark["url"] or "").replace("&amp;", "&")
        host = video_host(url)
        if host is None:
            self.defects.append(Defect(DefectKind.VIDEO_REFUSED, span, url))
            return None
        if not self._begins_line(index, begin, start) or not self._ends_line(last, mark.end()):
            self.defects.append(Defect(DefectKind.VIDEO_MISPLACED, span, url))
            return None
        video = Video(url, host, video_title(mark["title"]), span)
        self.videos.append(video)
        quote = self._open[-2] if self._parent(2) == "quote" else None
        begins_quote = quote is not None and quote.new + 2 == len(self.out)

        def write() -> None:
            if quote is None or not begins_quote:
                self._write_leaf("video", video, span)
                return
            # docfx writes a video as a quote, which is no quote for its readers.
            around = self.out.pop()
            self._open.pop()
            self._write_leaf("video", video, span)
            end = max(around.end, span.end)
            self._open.append(_Open(len(self.out), -1))
            self.out.append(around._replace(start=span.end, end=end))

        return self._out_of_paragraph(write, last)

    # Images.

    def _image(self, index: int, begin: int, start: int) -> _Cursor | None:
        written = image_at(self._text, start)
        if written is None:
            if begins_image(self._text, start):
                span = Span(start, self._events[index].end)
                self.defects.append(Defect(DefectKind.IMAGE_UNCLOSED, span, "image"))
            return None
        last = self._event_at(index, written.end)
        span = Span(start, written.end)
        if last is None:
            return None
        if not written.value("source"):
            self.defects.append(Defect(DefectKind.IMAGE_WITHOUT_SOURCE, span))
            return None
        if written.unknown:
            defect = Defect(DefectKind.IMAGE_ATTRIBUTE_UNKNOWN, span, written.unknown)
            self.defects.append(defect)
        at_line = self._begins_line(index, begin, start) and self._ends_line(last, written.end)
        if written.is_complex and at_line:
            return self._out_of_paragraph(lambda: self._write_pending(written, span), last)
        if written.is_complex:
            self.defects.append(Defect(DefectKind.IMAGE_UNCLOSED, span, "line"))
        self._write_text(index, begin, start)
        self._write_image(written, span)
        return last, written.end

    def _write_image(self, image: WrittenImage, span: Span) -> None:
        around = next((name for name in ("link", "lightbox") if image.value(name)), "")
        if any(self.out[opened.new].tag == "link" for opened in self._open):
            around = ""  # a link in a link is none
        if around:
            self.out.append(Event("open", "link", _target(image, around), *span))
        value = _target(image, "source")
        value |= {"decorative": image.is_icon, "border": image.has_border}
        self.out.append(Event("open", "image", value, *span))
        alt = unescape(image.value("alt-text"))
        if alt:
            self.out.append(Event("text", "", alt, *image.place("alt-text")))
        self.out.append(Event("close", "image", None, *span))
        if around:
            self.out.append(Event("close", "link", None, *span))

    def _write_pending(self, image: WrittenImage, span: Span) -> None:
        """Write an image whose description follows."""
        self.out.append(Event("open", "paragraph", None, *span))
        self._write_image(image, span)
        self.out.append(Event("close", "paragraph", None, *span))
        self._pending.append(_Pending(len(self.out), span, tuple(self._open)))
        self.out.append(Event("open", "description", None, span.end, span.end))

    def _image_end(self, index: int, begin: int, start: int) -> _Cursor | None:
        """Close a description where its mark stands."""
        mark = IMAGE_END.match(self._text, start, self._events[index].end)
        if mark is None or not self._pending:
            return None
        around = self._pending[-1].around
        depth = len(around)
        if tuple(self._open[:depth]) != around or not self._begins_line(index, begin, start):
            return None
        if not self._ends_line(index, mark.end()):
            return None
        inner = self._open[depth:]
        if len(inner) > 1:
            return self._image_end_inside(index, start, inner)
        return self._out_of_paragraph(lambda: self._write_description(start), index)

    def _image_end_inside(self, index: int, start: int, inner: Sequence[_Open]) -> _Cursor | None:
        """Close a description whose mark belongs to its last list or quote, as its text may."""
        behind = index + 1 + len(inner)
        if any(event.kind != "close" for event in self._events[index + 1 : behind]):
            return None
        if self.out[-1].kind in _BREAKS:
            self.out.pop()
        for opened in reversed(inner):
            self._open.pop()
            self._end(opened)
        self._write_description(start)
        return behind, -1

    def _write_description(self, end: int) -> None:
        image = self._pending.pop()
        span = Span(image.span.end, max(end, image.span.end))
        self.out[image.new] = Event("open", "description", None, *span)
        self.out.append(Event("close", "description", None, *span))


def _target(image: WrittenImage, name: str) -> dict[str, Any]:
    """Return what the parser would say of a link or an image in Markdown's own form."""
    written = image.place(name)
    return {"link_type": "Inline", "dest_url": image.value(name), "title": "", "written": written}
