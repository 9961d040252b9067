"""The text of a unit: for people, in its normal form, and what needs no translator in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any, NamedTuple

from leitfaden.contract import Contract
from leitfaden.model import Event, Include, Span, Video
from leitfaden.reading.markdown import tidy
from leitfaden.translating.anchors import Anchor, AnchorKind, code_tokens
from leitfaden.translating.canon import CLOSE, OPEN, Targets, plain_form

_EMPHASIS = frozenset(("b", "strong", "i", "em", "u", "span", "small", "font", "mark"))
_KNOWN_TAGS = _EMPHASIS | frozenset(
    ("a", "img", "br", "hr", "sub", "sup", "kbd", "code", "p", "div", "ul", "ol", "li", "s", "del")
)
_TAG = re.compile(r"</?([A-Za-z][\w-]*+)[^<>]*+>")
_ATTRIBUTE = re.compile(r"""\s(href|src|alt|title)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class Inline(NamedTuple):
    """What stands in a paragraph, a heading or a cell.

    Args:
        text: For people: without markup, blanks collapsed.
        normal: The form that is the same however the same is written.
        anchors: Links, images, code and placeholders in it.
        prose: The text without code and without what is no word, to look for further anchors.
        is_image: Whether it is nothing but images.
    """

    text: str
    normal: str
    anchors: tuple[Anchor, ...] = ()
    prose: str = ""
    is_image: bool = False


class InlineReader:
    """Reads inline text; make it once for a contract.

    Args:
        contract: The playbook's contract.
    """

    def __init__(self, contract: Contract) -> None:
        self.targets = Targets(contract)

    def reader(self, events: Sequence[Event], folder: str, locale: str) -> PageInlines:
        """Return a reader for one page.

        Args:
            events: The page's events.
            folder: The page's folder, below that of its locale.
            locale: Its locale.
        """
        return PageInlines(self.targets, events, folder, locale)


class PageInlines:
    """Reads the inline text of one page.

    Args:
        targets: Says what link targets mean.
        events: The page's events.
        folder: The page's folder, below that of its locale.
        locale: Its locale.
    """

    def __init__(self, targets: Targets, events: Sequence[Event], folder: str, locale: str) -> None:
        self._targets = targets
        self._events = events
        self._folder = folder
        self._locale = locale

    def plain(self, text: str) -> Inline:
        """Return a text that holds no markup."""
        form = self._targets.in_text(plain_form(text))
        return Inline(text, tidy(form), (), form)

    def code(self, text: str) -> Inline:
        """Return a block of code; its numbers may be those of lines, in an example's output."""
        return Inline(text, text, tuple(code_tokens(text, self._targets.locales)))

    def html(self, html: str, shown: str) -> Inline:
        """Return a block of HTML.

        Args:
            html: The HTML without comments.
            shown: What readers see of it.
        """
        anchors: list[Anchor] = []
        for tag in _TAG.finditer(html):
            anchors += self._in_tag(tag)
        return Inline(shown, tidy(plain_form(html)), tuple(anchors), plain_form(shown))

    def read(self, first: int, last: int, without: Span | None = None) -> Inline:
        """Return what stands in a range of events.

        Args:
            first: The first event.
            last: The index behind the last one.
            without: A part of the text that is left out.
        """
        events = self._events
        if last == first + 1 and events[first].kind == "text" and without is None:
            text = tidy(str(events[first].value))
            if "://" not in text:
                return self.plain(text)
        found = _Found(self._targets, self._folder, self._locale)
        for index in range(first, last):
            event = events[index]
            if without and without.start <= event.start < without.end:
                continue
            found.take(event, self._in_tag)
        return found.inline()

    def _in_tag(self, tag: re.Match[str]) -> list[Anchor]:
        """Return what a tag names; one that HTML does not know is a placeholder."""
        name = tag[1].lower()
        if name not in _KNOWN_TAGS and "=" not in tag[0] and not tag[0].startswith("</"):
            return [Anchor(AnchorKind.PLACEHOLDER, "<>", tag[0])]
        anchors = []
        for attribute in _ATTRIBUTE.finditer(tag[0]):
            value = unescape(attribute[2] if attribute[2] is not None else attribute[3])
            if attribute[1].lower() in ("href", "src"):
                kind = AnchorKind.LINK if attribute[1].lower() == "href" else AnchorKind.IMAGE
                target = self._targets.canonical(value, self._folder, self._locale)
                anchors.append(Anchor(kind, target, value))
        return anchors


class _Found:
    """Gathers what inline events say."""

    def __init__(self, targets: Targets, folder: str, locale: str) -> None:
        self._targets = targets
        self._place = folder, locale
        self.text: list[str] = []
        self.normal: list[str] = []
        self.prose: list[str] = []
        self.anchors: list[Anchor] = []
        self._open: list[tuple[str, str, int]] = []  # tag, target, where its text begins
        self._depths = {"link": 0, "image": 0}
        self._has_words = False

    def inline(self) -> Inline:
        """Return all of it."""
        anchors = tuple(self.anchors)
        only_images = not self._has_words and any(a.kind is AnchorKind.IMAGE for a in anchors)
        normal = " ".join("".join(self.normal).split())
        return Inline(tidy("".join(self.text)), normal, anchors, "".join(self.prose), only_images)

    def take(self, event: Event, in_tag: Any) -> None:
        """Take one event."""
        kind, tag, value, _, _ = event
        if kind == "text":
            self._say(str(value))
        elif kind == "soft-break" or kind == "hard-break":
            self._blank()
        elif kind == "open":
            self._opened(tag, value)
        elif kind == "close":
            self._closed(tag)
        elif kind == "code":
            self._code(str(value))
        elif kind == "inline-html":
            self._html(str(value), in_tag)
        elif kind == "task-marker":
            self.normal.append("[x] " if value else "[ ] ")
        elif kind == "footnote-reference":
            self.normal.append(f"[^{value}]")
        elif isinstance(value, Include | Video):
            self._construct(value)

    def _say(self, text: str) -> None:
        form = plain_form(text)
        self.text.append(text)
        self.normal.append(self._targets.in_text(form))
        self.prose.append(form)
        if not self._has_words and not self._depths["image"]:
            self._has_words = bool(form.strip())
        if "://" in form and not self._depths["link"]:
            self._addresses(form)

    def _addresses(self, form: str) -> None:
        """Take the addresses that stand in a text as such, which GitHub makes links of."""
        canonical = self._targets.in_text(form)
        for part in canonical.split(OPEN)[1:]:
            target = part.partition(CLOSE)[0]
            self.anchors.append(Anchor(AnchorKind.LINK, target, target))
        self.prose[-1] = re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", " ", canonical)

    def _blank(self) -> None:
        self.text.append(" ")
        self.normal.append(" ")
        self.prose.append(" ")

    def _opened(self, tag: str, value: Any) -> None:
        if tag == "link" or tag == "image":
            self._depths[tag] += 1
            self._open.append((tag, str(value["dest_url"]), len(self.normal)))
        elif tag == "strikethrough":
            self.normal.append("~~")

    def _closed(self, tag: str) -> None:
        if tag == "strikethrough":
            self.normal.append("~~")
        elif (tag == "link" or tag == "image") and self._open:
            opened, target, at = self._open.pop()
            self._depths[opened] -= 1
            canonical = self._targets.canonical(target, *self._place)
            kind = AnchorKind.LINK if opened == "link" else AnchorKind.IMAGE
            if canonical or kind is AnchorKind.IMAGE:
                self.anchors.append(Anchor(kind, canonical, target))
            marked = f"{OPEN}{canonical}{CLOSE}"
            said = "".join(self.normal[at:])
            # An address that is its own text, however it is written.
            if said == marked or said.strip() in (target, target.partition(":")[2]):
                del self.normal[at:]
            if kind is AnchorKind.IMAGE:
                marked = f"!{marked}"
            self.normal.append(marked)

    def _code(self, code: str) -> None:
        self.text.append(code)
        self.normal.append(f"`{code}`")
        self.prose.append(" ")
        self._has_words = True
        self.anchors += code_tokens(code, self._targets.locales)

    def _html(self, html: str, in_tag: Any) -> None:
        if html.startswith("<!--"):
            return
        tag = _TAG.match(html)
        name = tag[1].lower() if tag else ""
        if name == "br":
            self._blank()
        elif name not in _EMPHASIS:
            self.normal.append(tidy(plain_form(html)))
            if tag:
                self.anchors += in_tag(tag)

    def _construct(self, value: Include | Video) -> None:
        if isinstance(value, Video):
            self._say(value.title)
            target = self._targets.canonical(value.url, *self._place)
            self.anchors.append(Anchor(AnchorKind.LINK, target, value.url))
        else:
            target = f"include:{value.page_id}"
            self.anchors.append(Anchor(AnchorKind.LINK, target, value.target))
        self._has_words = True
        self.normal.append(f"{OPEN}{target}{CLOSE}")


def without_comments(html: str) -> str:
    """Return HTML without its comments."""
    return _COMMENT.sub(" ", html) if "<!--" in html else html
