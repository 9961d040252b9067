"""XLIFF 2.1: what is handed off as XML, and what comes back of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from leitfaden.exchanging.content import OPTIONAL, Content, Form, Tag, TagKind
from leitfaden.exchanging.files import (
    Delivery,
    Offer,
    Trouble,
    UnreadableError,
    harmless,
    is_current,
)
from leitfaden.exchanging.handoff import Handed, Mark, Piece
from leitfaden.exchanging.intake import Returned

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
_TYPES = {
    TagKind.EMPHASIS: ("fmt", "xlf:i"),
    TagKind.STRONG: ("fmt", "xlf:b"),
    TagKind.STRIKE: ("fmt", ""),
    TagKind.BREAK: ("fmt", "xlf:lb"),
    TagKind.LINK: ("link", ""),
    TagKind.ADDRESS: ("link", ""),
    TagKind.IMAGE: ("image", ""),
}
_FINISHED = frozenset(("translated", "reviewed", "final"))
_DEEPEST = 200
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# These, and what XML allows but some readers take for the end of a line, or do not keep.
_ODD = re.compile(f"{_REFUSED.pattern}|[\r\x7f-\x9f\u2028\u2029]")


def write(delivery: Delivery) -> str:
    """Return an XLIFF file.

    Args:
        delivery: What it holds.
    """
    return "".join(f"{line}\n" for line in _document(delivery))


def _document(delivery: Delivery) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<xliff xmlns="{NAMESPACE}" xmlns:gls="{_GLOSSARY}" version="2.1"'
        f" srcLang={_attribute(delivery.source)} trgLang={_attribute(delivery.target)}>"
    )
    by_page = groupby(delivery.offers, key=lambda offer: offer.text.path)
    for number, (path, offers) in enumerate(by_page, 1):
        yield f'  <file id="f{number}" original={_attribute(path)} xml:space="preserve">'
        for offer in offers:
            yield from _unit(offer)
        yield "  </file>"
    yield "</xliff>"


def _unit(offer: Offer) -> Iterator[str]:
    text = offer.text
    yield f'    <unit id="{text.ticket}" name={_attribute(text.name)}>'
    if offer.context.glossary:
        yield "      <gls:glossary>"
        for ours, theirs in offer.context.glossary:
            term = f"<gls:term>{_shown(ours)}</gls:term>"
            yield (
                f"        <gls:glossEntry>{term}"
                f"<gls:translation>{_shown(theirs)}</gls:translation></gls:glossEntry>"
            )
        yield "      </gls:glossary>"
    yield "      <notes>"
    for category, note in _notes(offer):
        yield f'        <note category="{category}">{_shown(note)}</note>'
    yield "      </notes>"
    data = [*_data(text.source, "d"), *(_data(text.target, "t") if text.target else ())]
    if data:
        yield "      <originalData>"
        yield from (f'        <data id="{name}">{_text(raw)}</data>' for name, raw in data)
        yield "      </originalData>"
    yield f'      <segment state="{_state(text)}">'
    yield f"        <source>{_inline(text.source, text.ids, 'd')}</source>"
    if text.target:
        yield f"        <target>{_inline(text.target, text.target_ids, 't')}</target>"
    yield "      </segment>"
    yield "    </unit>"


def _state(text: Handed) -> str:
    """Return how far a text is: what is final must have all tags that may not be left out."""
    if not is_current(text):
        return "initial"
    own = set(text.target_ids.values())
    lacks = any(
        tag.kind not in OPTIONAL and text.ids[tag.number] not in own
        for tag in text.source.tags
        if tag.number in text.ids
    )
    return "reviewed" if lacks else "final"


def _notes(offer: Offer) -> Iterator[tuple[str, str]]:
    text, context = offer
    yield "page", f"{context.title} ({text.page.id})"
    if context.section:
        yield "section", " > ".join(context.section)
    yield "kind", text.standing.kind.value
    yield "state", text.standing.state.value
    if context.before:
        yield "before", context.before
    if context.after:
        yield "after", context.after


def _data(content: Content, letter: str) -> Iterator[tuple[str, str]]:
    for token in content.tokens:
        if isinstance(token, Tag):
            end = "e" if token.form is Form.CLOSE else ""
            yield f"{letter}{token.number + 1}{end}", token.raw


def _inline(content: Content, ids: Any, letter: str) -> str:
    parts = []
    for token in content.tokens:
        if isinstance(token, str):
            parts.append(_text(token))
        elif token.number in ids:
            parts.append(_tag(token, ids[token.number], f"{letter}{token.number + 1}"))
    return "".join(parts)


def _tag(tag: Tag, name: str, data: str) -> str:
    if tag.form is Form.CLOSE:
        return "</pc>"
    kind, detail = _TYPES.get(tag.kind, ("other", ""))
    delete = "yes" if tag.kind in OPTIONAL else "no"
    rest = f' canCopy="no" canDelete="{delete}" type="{kind}"'
    if detail:
        rest += f' subType="{detail}"'
    if tag.form is Form.LONE:
        return f'<ph id="{name}" dataRef="{data}"{rest}/>'
    return f'<pc id="{name}" dataRefStart="{data}" dataRefEnd="{data}e"{rest}>'


def _text(text: str) -> str:
    """Return a text as XML; signs that XML refuses as elements that stand for them."""
    return _ODD.sub(_as_xml, escape(text))


def _as_xml(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f'<cp hex="{code:04X}"/>' if _REFUSED.fullmatch(match[0]) else f"&#x{code:X};"


def _shown(text: str) -> str:
    return escape(harmless(" ".join(text.split())))


def _attribute(text: str) -> str:
    return quoteattr(harmless(text))


def read(data: bytes) -> list[Returned]:
    """Return what an XLIFF file brings back.

    A document type is refused: with it a file could name others, or make gigabytes of a line.

    Args:
        data: The file's content.

    Raises:
        UnreadableError: It is no XLIFF 2.
    """
    reading = _Reading()
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableError(Trouble.SYNTAX, expat.ErrorString(error.code), error.lineno) from None
    except (LookupError, ValueError, UnicodeError):
        raise UnreadableError(Trouble.ENCODING, "", reading.parser.CurrentLineNumber) from None
    return reading.found


class _Segment:
    def __init__(self, attributes: dict[str, str], *, is_text: bool) -> None:
        self.is_text = is_text
        self.is_finished = attributes.get("state", "") in _FINISHED
        self.order = 0
        self.source: list[Piece] = []
        self.target: list[Piece] | None = None

    @property
    def pieces(self) -> Sequence[Piece] | None:
        if self.target is None and not self.is_text:
            return self.source
        return self.target


class _Reading:
    """One walk over a file."""

    def __init__(self) -> None:
        self.found: list[Returned] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._depth = 0
        self._unit: tuple[str, str, int] = ("", "", 0)
        self._segments: list[_Segment] = []
        self._into: list[Piece] | None = None  # where words go
        self._closing: list[str] = []  # the ids of pairs that are open

    def _doctype(self, *_: object) -> None:
        raise UnreadableError(Trouble.DOCTYPE, "", self.parser.CurrentLineNumber)

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        namespace, _, name = full.rpartition(" ")
        self._depth += 1
        if self._depth == 1 and (namespace, name) != (NAMESPACE, "xliff"):
            raise UnreadableError(Trouble.FORMAT, name, self.parser.CurrentLineNumber)
        if self._depth > _DEEPEST:
            line = self.parser.CurrentLineNumber
            raise UnreadableError(Trouble.SYNTAX, f"> {_DEEPEST} levels", line)
        if namespace != NAMESPACE:
            if self._into is not None:
                self._into.append(Mark(name, Form.LONE))
            return
        if name == "unit":
            line = self.parser.CurrentLineNumber
            self._unit = attributes.get("id", ""), attributes.get("name", ""), line
            self._segments = []
        elif name in ("segment", "ignorable"):
            self._segments.append(_Segment(attributes, is_text=name == "segment"))
        elif name in ("source", "target") and self._segments:
            self._begin(name, attributes)
        elif self._into is not None:
            self._inline(name, attributes, self._into)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        segment = self._segments[-1]
        self._closing = []
        if name == "source":
            self._into = segment.source
            return
        order = attributes.get("order", "")
        segment.order = int(order) if order.isdecimal() and len(order) < 9 else 0
        segment.target = self._into = []

    def _inline(self, name: str, attributes: dict[str, str], into: list[Piece]) -> None:
        tag = attributes.get("id", "")
        if name == "pc":
            into.append(Mark(tag, Form.OPEN))
            self._closing.append(tag)
        elif name == "sc":
            into.append(Mark(tag, Form.OPEN))
        elif name == "ec":
            into.append(Mark(attributes.get("startRef", tag), Form.CLOSE))
        elif name == "ph":
            into.append(Mark(tag, Form.LONE))
        elif name == "cp":
            into.append(_sign(attributes.get("hex", "")))
        elif name not in ("mrk", "sm", "em"):  # which only say something about the text
            into.append(Mark(name, Form.LONE))

    def _end(self, full: str) -> None:
        self._depth -= 1
        namespace, _, name = full.rpartition(" ")
        if namespace != NAMESPACE:
            return
        if name in ("source", "target"):
            self._into = None
        elif name == "pc" and self._into is not None and self._closing:
            self._into.append(Mark(self._closing.pop(), Form.CLOSE))
        elif name == "unit":
            self._close_unit()

    def _close_unit(self) -> None:
        ticket, name, line = self._unit
        parts = [segment.pieces for segment in self._in_order()]
        texts = [segment for segment in self._segments if segment.is_text]
        pieces: tuple[Piece, ...] | None = None
        if texts and all(part is not None for part in parts):
            pieces = _joined(piece for part in parts if part for piece in part)
        is_done = bool(texts) and all(segment.is_finished for segment in texts)
        self.found.append(Returned(ticket, pieces, is_done or None, name, line))
        self._segments = []

    def _in_order(self) -> list[_Segment]:
        """Return the parts of a unit in the order of the translation."""
        places = [(one.order or at, at) for at, one in enumerate(self._segments, 1)]
        return [self._segments[at - 1] for _, at in sorted(places)]

    def _text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)


def _sign(digits: str) -> str:
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _joined(pieces: Iterator[Piece]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    words: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            words.append(piece)
            continue
        if words:
            found.append("".join(words))
        words = []
        found.append(piece)
    if words:
        found.append("".join(words))
    return tuple(found)
