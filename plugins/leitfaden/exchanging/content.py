"""What a translator sees of a text on a page: words, and tags in the place of its markup."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from html import unescape
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from leitfaden.contract import Contract
from leitfaden.model import Event, Include, Page, Span, Video
from leitfaden.reading.directives import ALERT
from leitfaden.translating.anchors import code_tokens
from leitfaden.translating.canon import Targets

_SPANS = frozenset(("emphasis", "strong", "strikethrough", "link", "image"))
_WHOLE = frozenset(("include", "video", "description"))
_VERBATIM = ("code-block", "html-block")  # what shows its text as it is written
_LEAVES = frozenset(
    ("text", "code", "inline-html", "soft-break", "hard-break", "footnote-reference", "task-marker")
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_BLANK = " \t\r\n\v\f"
_BLANKS = re.compile(f"[{_BLANK}]+")
# What stands in a text as such and is not to be translated.
FIXED = re.compile(
    r"(?P<address>https?://[^\s<>\"]*[^\s<>\".,;:!?)'*_])"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,80}){1,9})"
    r"|(?P<braces>\$?\{\{?[ ]?[\w.:-]{1,40}[ ]?\}?\})"
    r"|(?P<angles><[^\W\d_][^<>\n]{0,120}>)"
)
_TASK = "task-marker"
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class TagKind(StrEnum):
    """What markup a tag stands for."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKE = "strikethrough"
    LINK = "link"
    IMAGE = "image"
    CODE = "code"
    BREAK = "break"
    HTML = "html"
    COMMENT = "comment"
    NOTE = "footnote"
    SHOWN = "include"
    ADDRESS = "address"
    PLACEHOLDER = "placeholder"


# What a translation may do without: it says nothing by itself.
OPTIONAL = frozenset((TagKind.EMPHASIS, TagKind.STRONG, TagKind.STRIKE, TagKind.BREAK))
# Tags of one kind that stand for each other in the order of the text, whatever is written in them.
_ALIKE = OPTIONAL | {TagKind.COMMENT}
_KINDS = {
    "emphasis": TagKind.EMPHASIS,
    "strong": TagKind.STRONG,
    "strikethrough": TagKind.STRIKE,
    "link": TagKind.LINK,
    "image": TagKind.IMAGE,
}


class Form(StrEnum):
    """Which end of a piece of markup a tag is."""

    OPEN = "open"
    CLOSE = "close"
    LONE = "lone"


class Tag(NamedTuple):
    """A piece of markup.

    Args:
        form: Which end.
        kind: What markup.
        meant: What it means, however it is written: a link's canonical target.
        raw: How it is written.
        number: Which one of its text, from 0; both ends of a pair have the same.
        portable: How it is written on a page of another locale.
    """

    form: Form
    kind: TagKind
    meant: str
    raw: str
    number: int
    portable: str


class Atom(NamedTuple):
    """The smallest piece that is kept or replaced.

    Args:
        shown: What readers see; empty for a tag.
        tag: The tag, or None.
        start: Where it begins in the page's text.
        end: Where it ends.
    """

    shown: str
    tag: Tag | None
    start: int
    end: int


Token: TypeAlias = "str | Tag"


class Mode(StrEnum):
    """How a text is written."""

    BLOCK = "block"
    HEADING = "heading"
    CELL = "cell"
    YAML = "yaml"


@dataclass(frozen=True)
class Content:
    """A text that is handed off.

    Args:
        span: Where it stands: only this part of the page is ever replaced.
        mode: How it is written.
        atoms: All of it, without a gap; of metadata, what its value says.
    """

    span: Span
    mode: Mode
    atoms: tuple[Atom, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words and tags in their order."""
        return tuple(joined(atom.tag or atom.shown for atom in self.atoms))

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The tags that begin something."""
        return tuple(a.tag for a in self.atoms if a.tag and a.tag.form is not Form.CLOSE)

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(atom.shown for atom in self.atoms)

    @property
    def is_worded(self) -> bool:
        """Whether there is anything to translate."""
        return any(map(str.isalpha, self.text))

    @cached_property
    def signature(self) -> str:
        """What tells this text with its markup from others; blanks and line breaks do not."""
        return "\x1f".join(
            token
            if isinstance(token, str)
            else f"\x1e{token.form}:{token.kind}:{token.meant}:{token.number}"
            for token in self.tokens
        )


def joined(pieces: Iterable[Token]) -> Iterator[Token]:
    """Yield tokens with neighbouring texts as one; empty ones are left out."""
    text: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            text.append(piece)
            continue
        if any(text):
            yield "".join(text)
        text = []
        yield piece
    if any(text):
        yield "".join(text)


class ContentReader:
    """Reads the texts of one page.

    Args:
        page: The page.
        contract: The playbook's contract.
        targets: Says what link targets mean; make it once for a contract.
    """

    def __init__(self, page: Page, contract: Contract, targets: Targets) -> None:
        self._page = page
        self._text = page.text
        self._targets = targets
        self._locales = frozenset(contract.locales)
        self._folder = page.id.rpartition("/")[0]

    @cached_property
    def _order(self) -> Sequence[tuple[int, int]]:
        """Where inline events begin, each with its index."""
        events = enumerate(self._page.events)
        return sorted((e.start, i) for i, e in events if e.kind != "close" and _is_inline(e))

    def within(self, span: Span, mode: Mode, *, is_alert: bool = False) -> Content | None:
        """Return the text that stands in a part of the page; None if it is not all of one piece.

        Args:
            span: The part.
            mode: How it is written.
            is_alert: Whether it may begin with the word of an alert, which is no part of its text.
        """
        order = self._order
        at = bisect_left(order, (span.start, -1))
        if at == len(order) or order[at][0] >= span.end:
            return None
        events = self._page.events
        first = last = order[at][1]
        if first and events[first - 1].tag in _VERBATIM:
            return None
        while last < len(events) and _is_inline(events[last]) and events[last].start < span.end:
            last += 1
        return self.between(first, last, mode, is_alert=is_alert)

    def between(
        self, first: int, last: int, mode: Mode, *, is_alert: bool = False
    ) -> Content | None:
        """Return the text of a range of events; None if their places leave doubts."""
        walk = _Walk(self._text, self._meant)
        if not walk.run(self._page.events[first:last]):
            return None
        atoms = _trimmed(_fixed(_collapsed(walk.atoms), self._meant))
        if is_alert:
            atoms = _without_word(atoms)
        if not atoms or any(one.end != two.start for one, two in pairwise(atoms)):
            return None
        return Content(Span(atoms[0].start, atoms[-1].end), mode, tuple(atoms))

    def value(self, key: str) -> Content | None:
        """Return the text of a key of the metadata."""
        entry = self._page.front_matter.entry(key)
        if entry is None or not isinstance(entry.value, str):
            return None
        said = " ".join(entry.value.split())
        atoms = [Atom(char, None, at, at + 1) for at, char in enumerate(said)]
        fixed = _fixed(atoms, self._meant)
        return Content(entry.value_span, Mode.YAML, tuple(fixed)) if fixed else None

    def _meant(self, kind: TagKind, value: str) -> str:
        if kind in (TagKind.LINK, TagKind.IMAGE, TagKind.ADDRESS):
            if "@" in value and "://" not in value:
                return value.lower().removeprefix("mailto:")
            return self._targets.canonical(value, self._folder, self._page.locale)
        if kind is TagKind.CODE:
            return " ".join(sorted(anchor.value for anchor in code_tokens(value, self._locales)))
        return "" if kind in _ALIKE else value


_Meant: TypeAlias = "Callable[[TagKind, str], str]"


def _is_inline(event: Event) -> bool:
    if event.kind in ("open", "close"):
        return event.tag in _SPANS or event.tag in _WHOLE
    return event.kind in _LEAVES or isinstance(event.value, Include | Video)


class _Walk:
    """One walk over the events of a text."""

    def __init__(self, text: str, meant: _Meant) -> None:
        self.atoms: list[Atom] = []
        self._text = text
        self._meant = meant
        self._number = 0
        self._open: list[tuple[Event, Tag]] = []
        self._at = -1  # up to where the text has been taken

    def run(self, events: Sequence[Event]) -> bool:
        """Take all events; tell whether each has a place behind the one before."""
        at = 0
        while at < len(events):
            event = events[at]
            if event.kind == "open" and _is_whole(event):
                at = _behind(events, at)
                if not self._whole(event):
                    return False
                continue
            if not self._take(event, events[at + 1] if at + 1 < len(events) else None):
                return False
            at += 1
        return not self._open

    def _take(self, event: Event, following: Event | None) -> bool:
        if event.kind == "open":
            return self._begin(event, following)
        if event.kind == "close":
            return self._end(event)
        if self._at < 0:
            # What escapes the first sign of a text is no part of its event.
            is_escaped = event.kind == "text" and self._text[event.start - 1 : event.start] == "\\"
            self._at = event.start - is_escaped
        if event.kind == "text":
            return self._words(event)
        if not self._gap(event.start):
            return False
        end = event.end
        if event.kind == "soft-break":
            # A quote's further lines begin with its mark; with what ends the line it is a blank.
            self._add(" ", None, self._next(event, following))
        elif event.kind == "task-marker":
            self._add("", self._tag(Form.LONE, TagKind.SHOWN, _TASK, event), end)
        elif event.kind == "hard-break":
            end = self._next(event, following)
            self._add("", self._tag(Form.LONE, TagKind.BREAK, "", event, end=end), end)
        else:
            kind, value = _leaf(event)
            self._add("", self._tag(Form.LONE, kind, self._meant(kind, value), event), end)
        return True

    def _next(self, event: Event, following: Event | None) -> int:
        """Return where what follows a line break begins, without what escapes its first sign."""
        if following is None or following.kind == "close":
            return event.end
        start = max(following.start, event.end)
        if following.kind == "text" and self._text[start - 1] == "\\" and start > event.end:
            start -= 1
        return start

    def _begin(self, event: Event, following: Event | None) -> bool:
        if following is None or following.kind == "close":
            return False
        if self._at < 0:
            self._at = event.start
        if not self._gap(event.start):
            return False
        start = following.start
        if following.kind == "text" and start - 1 > event.start and self._text[start - 1] == "\\":
            start -= 1
        if start <= event.start:
            return False
        kind = _KINDS[event.tag]
        value: Any = event.value
        written = str(value["dest_url"]) if kind in (TagKind.LINK, TagKind.IMAGE) else ""
        tag = self._tag(Form.OPEN, kind, self._meant(kind, written), event, end=start)
        if kind in (TagKind.LINK, TagKind.IMAGE):
            tag = tag._replace(portable="![" if kind is TagKind.IMAGE else "[")
        self._open.append((event, tag))
        self._add("", tag, start)
        return True

    def _end(self, event: Event) -> bool:
        if not self._open or event.end <= self._at:
            return False
        opened, tag = self._open.pop()
        raw = self._text[self._at : event.end]
        portable = raw
        value: Any = opened.value
        if tag.kind in (TagKind.LINK, TagKind.IMAGE) and value["link_type"] != "Inline":
            portable = _inline_end(str(value["dest_url"]), str(value["title"]))
        tag = tag._replace(form=Form.CLOSE, raw=raw, portable=portable)
        self._add("", tag, event.end)
        return True

    def _whole(self, event: Event) -> bool:
        """Take an element that is one piece, whatever stands in it."""
        if self._at < 0:
            self._at = event.start
        if not self._gap(event.start):
            return False
        kind, value = _whole_leaf(event)
        self._add("", self._tag(Form.LONE, kind, self._meant(kind, value), event), event.end)
        return True

    def _words(self, event: Event) -> bool:
        shown = str(event.value)
        start = event.start
        if self._at < start:
            start = self._at  # what escapes its first sign
        elif self._at > start:
            return False
        raw = self._text[start : event.end]
        at = start
        for value, length in _pieces(shown, raw):
            self.atoms.append(Atom(value, None, at, at + length))
            at += length
        self._at = event.end
        return True

    def _gap(self, start: int) -> bool:
        """Take blanks that no event covers; tell whether there was nothing else."""
        if self._at < start:
            if self._text[self._at : start].strip(_BLANK):
                return False
            self._add(" ", None, start)
        return self._at == start

    def _tag(
        self, form: Form, kind: TagKind, meant: str, event: Event, *, end: int | None = None
    ) -> Tag:
        raw = self._text[max(event.start, self._at) : event.end if end is None else end]
        number = self._number
        self._number += 1
        return Tag(form, kind, meant, raw, number, raw)

    def _add(self, shown: str, tag: Tag | None, end: int) -> None:
        self.atoms.append(Atom(shown, tag, self._at, end))
        self._at = end


def _is_whole(event: Event) -> bool:
    if event.tag in _WHOLE:
        return True
    value: Any = event.value
    return event.tag in ("link", "image") and (
        "written" in value or value["link_type"] in ("Autolink", "Email")
    )


def _whole_leaf(event: Event) -> tuple[TagKind, str]:
    value: Any = event.value
    if isinstance(value, Include):
        return TagKind.SHOWN, value.page_id or value.target
    if isinstance(value, Video):
        return TagKind.SHOWN, value.url
    if isinstance(value, dict):
        kind = TagKind.IMAGE if event.tag == "image" else TagKind.ADDRESS
        return kind, str(value["dest_url"])
    return TagKind.SHOWN, str(value or "")


def _behind(events: Sequence[Event], at: int) -> int:
    depth = 0
    for index in range(at, len(events)):
        depth += {"open": 1, "close": -1}.get(events[index].kind, 0)
        if depth == 0:
            return index + 1
    return len(events)


def _leaf(event: Event) -> tuple[TagKind, str]:
    value = event.value
    if event.kind == "code":
        return TagKind.CODE, str(value)
    if event.kind == "footnote-reference":
        return TagKind.NOTE, str(value)
    if isinstance(value, Include | Video):
        return TagKind.SHOWN, value.page_id if isinstance(value, Include) else value.url
    html = str(value)
    if html.startswith("<!--"):
        return TagKind.COMMENT, ""
    return (TagKind.BREAK, "") if _BREAK.fullmatch(html) else (TagKind.HTML, html)


def _inline_end(target: str, title: str) -> str:
    """Return the end of a link as it is written in Markdown's own form."""
    if not target or any(char in target for char in " ()<>"):
        target = f"<{target.replace('<', '%3C').replace('>', '%3E')}>"
    shown = title.replace("\\", "\\\\").replace('"', '\\"')
    return f']({target} "{shown}")' if title else f"]({target})"


def _pieces(shown: str, raw: str) -> Iterator[tuple[str, int]]:
    """Yield what readers see of a text, each with how many characters it takes to write it."""
    if shown == raw:
        yield from ((char, 1) for char in shown)
        return
    found: list[tuple[str, int]] = []
    seen = at = 0
    while seen < len(shown):
        value, length = _piece(shown, seen, raw, at)
        if not length:
            yield shown, len(raw)
            return
        found.append((value, length))
        seen += len(value)
        at += length
    if at == len(raw):
        yield from found
    else:
        yield shown, len(raw)


def _piece(shown: str, seen: int, raw: str, at: int) -> tuple[str, int]:
    sign = raw[at : at + 1]
    if sign == "\\" and raw[at + 1 : at + 2] == shown[seen] and shown[seen] in _PUNCTUATION:
        return shown[seen], 2
    entity = _ENTITY.match(raw, at) if sign == "&" else None
    if entity:
        value = unescape(entity[0])
        if value and shown.startswith(value, seen) and value != entity[0]:
            return value, len(entity[0])
    return (shown[seen], 1) if sign == shown[seen] else ("", 0)


def _collapsed(atoms: Sequence[Atom]) -> list[Atom]:
    """Return atoms with each run of blanks as one."""
    found: list[Atom] = []
    for atom in atoms:
        is_blank = not atom.tag and not atom.shown.strip(_BLANK)
        if is_blank and found and found[-1].shown == " ":
            found[-1] = found[-1]._replace(end=atom.end)
        else:
            found.append(atom._replace(shown=" ") if is_blank else atom)
    return found


def _fixed(atoms: Sequence[Atom], meant: _Meant) -> list[Atom]:
    """Return atoms with a tag for each address and placeholder that stands in the text as such."""
    text = "".join(atom.shown if len(atom.shown) == 1 else "\n" for atom in atoms)
    if not any(sign in text for sign in ("://", "@", "{", "<")):
        return list(atoms)
    number = max((a.tag.number for a in atoms if a.tag), default=-1) + 1
    found: list[Atom] = []
    at = 0
    for match in FIXED.finditer(text):
        found += atoms[at : match.start()]
        written = match[0]
        is_address = match.lastgroup in ("address", "mail")
        kind = TagKind.ADDRESS if is_address else TagKind.PLACEHOLDER
        first, last = atoms[match.start()], atoms[match.end() - 1]
        tag = Tag(Form.LONE, kind, meant(kind, written), written, number, written)
        found.append(Atom("", tag, first.start, last.end))
        number += 1
        at = match.end()
    return [*found, *atoms[at:]]


def _trimmed(atoms: Sequence[Atom]) -> list[Atom]:
    """Return atoms without blanks at both ends, and without the mark of a task before them."""
    found = list(atoms)
    while found and _is_around(found[0]):
        del found[0]
    while found and _is_around(found[-1]):
        del found[-1]
    return found


def _without_word(atoms: Sequence[Atom]) -> list[Atom]:
    text = "".join(atom.shown if len(atom.shown) == 1 else "\n" for atom in atoms)
    word = ALERT.match(text)
    return _trimmed(atoms[word.end() :]) if word else list(atoms)


def _is_around(atom: Atom) -> bool:
    tag = atom.tag
    if tag is None:
        return atom.shown == " "
    return tag.kind is TagKind.BREAK or (tag.kind is TagKind.SHOWN and tag.meant == _TASK)
