"""What a translator gave back → how it is written on the page, with as little changed as can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

import yaml

from leitfaden.contract.yamlloader import SafeLoader
from leitfaden.exchanging.content import (
    OPTIONAL,
    Atom,
    Content,
    Form,
    Mode,
    Tag,
    TagKind,
    Token,
    joined,
)
from leitfaden.model import Edit, Span

_ALWAYS = re.compile(r"[\\`*\[\]~]")
_UNDERLINE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ANGLE = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]{1,32};)")
_BEGINNING = re.compile(r"\A(?:[-+=#>:|]|[0-9]{1,9}(?=[.)]))")
_HASHES_AT_END = re.compile(r"(?<!#)#+$")
_PLAIN_VALUE = re.compile(r"[^\W\d_][^:#\\\"'{}\[\]&*!|>%@`\r\n]*")


def edit_for(old: Content, tokens: Sequence[Token], text: str) -> Edit | None:
    """Return the edit that makes a text say something else; None if it does already.

    Only what differs is replaced: words, blanks and markup before and behind it stay as written.

    Args:
        old: The text as it is.
        tokens: What it is to say.
        text: The page's text.
    """
    if same(old.tokens, tokens):
        return None
    if old.mode is Mode.YAML:
        return Edit(old.span, _value(plain(tokens), old.span.of(text)))
    new = _atoms(tokens)
    limit = min(len(old.atoms), len(new))
    first = sum(1 for _ in takewhile(lambda i: _equal(old.atoms[i], new[i]), range(limit)))
    limit -= first
    last = sum(1 for _ in takewhile(lambda i: _equal(old.atoms[-1 - i], new[-1 - i]), range(limit)))
    start = old.atoms[first].start if first < len(old.atoms) else old.span.end
    end = old.atoms[len(old.atoms) - last].start if last else old.span.end
    written = markdown(new[first : len(new) - last], old.mode, at_start=not first, at_end=not last)
    return Edit(Span(start, end), written)


def same(one: Sequence[Token], other: Sequence[Token]) -> bool:
    """Tell whether two texts say the same with the same markup."""
    return len(one) == len(other) and all(map(_same, one, other))


def _same(one: Token, other: Token) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return (one.form, one.kind, one.meant) == (other.form, other.kind, other.meant)


def plain(tokens: Sequence[Token]) -> str:
    """Return tokens as a text in which tags stand as they are written."""
    return "".join(token if isinstance(token, str) else token.raw for token in tokens)


def tidied(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return tokens with one blank for many, and none at the ends or at the edges of emphasis."""
    spread: list[Token] = []
    for token in tokens:
        if isinstance(token, Tag):
            spread.append(token)
        else:
            spread += token
    moved = _without_blank_edges(spread)
    found: list[Token] = []
    for piece in moved:
        if piece == " " and (not found or found[-1] == " "):
            continue
        found.append(piece)
    while found and found[-1] == " ":
        found.pop()
    return tuple(joined(found))


def _without_blank_edges(pieces: Sequence[Token]) -> list[Token]:
    """Move blanks out of the edges of markup, where Markdown would take the markup for text."""
    found: list[Token] = []
    waiting = False  # whether a blank waits for what does not open or close markup
    for piece in pieces:
        if isinstance(piece, str) and piece in " \t\r\n\v\f":
            if found and _is(found[-1], Form.OPEN):
                at = len(found)
                while at and _is(found[at - 1], Form.OPEN):
                    at -= 1
                found.insert(at, " ")
            else:
                waiting = True
            continue
        if waiting and not _is(piece, Form.CLOSE):
            found.append(" ")
            waiting = False
        found.append(piece)
    return found


def _is(piece: Token, form: Form) -> bool:
    return isinstance(piece, Tag) and piece.form is form and piece.kind in OPTIONAL


def _atoms(tokens: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    for token in tokens:
        if isinstance(token, Tag):
            found.append(token)
        else:
            found += token
    return found


def _equal(old: Atom, new: Token) -> bool:
    if isinstance(new, Tag):
        return old.tag is not None and old.tag.raw == new.raw and _same(old.tag, new)
    return old.tag is None and old.shown == new


def markdown(pieces: Sequence[Token], mode: Mode, *, at_start: bool, at_end: bool) -> str:
    """Return words and tags as Markdown in which the words are nothing but words.

    Args:
        pieces: The words and tags.
        mode: Where they stand.
        at_start: Whether nothing stands before them.
        at_end: Whether nothing stands behind them.
    """
    parts = []
    tokens = tuple(joined(pieces))
    for index, token in enumerate(tokens):
        if isinstance(token, Tag):
            parts.append(token.raw)
            continue
        written = _escaped(token, mode)
        if _begins_line(tokens, index, at_start=at_start):
            written = _BEGINNING.sub(_escaped_beginning, written, count=1)
        if mode is Mode.HEADING and at_end and index == len(tokens) - 1:
            written = _HASHES_AT_END.sub(lambda match: "\\#" * len(match[0]), written)
        parts.append(written)
    return "".join(parts)


def _begins_line(tokens: Sequence[Token], index: int, *, at_start: bool) -> bool:
    if not index:
        return at_start
    before = tokens[index - 1]
    return isinstance(before, Tag) and before.kind is TagKind.BREAK and "\n" in before.raw


def _escaped_beginning(match: re.Match[str]) -> str:
    written = match[0]
    return f"{written}\\" if written.isdecimal() else f"\\{written}"


def _escaped(text: str, mode: Mode) -> str:
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _UNDERLINE.sub(r"\\_", text)
    text = _ANGLE.sub(r"\\<", text)
    text = _ENTITY.sub(r"\\&", text)
    return text.replace("|", "\\|") if mode is Mode.CELL else text


def _value(text: str, old: str) -> str:
    """Return a value of the metadata as the old one was written, if it can be."""
    end = old[len(old.rstrip()) :]
    if old[:1] == '"':
        shown = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{shown}"{end}'
    if old[:1] != "'" and _PLAIN_VALUE.fullmatch(text) and _is_read_as(text):
        return text + end
    return "'" + text.replace("'", "''") + "'" + end


def _is_read_as(text: str) -> bool:
    try:
        return bool(yaml.load(text, Loader=SafeLoader) == text)
    except yaml.YAMLError:
        return False


def portable(tag: Tag, line_end: str) -> Tag:
    """Return a tag of a page for a page of another locale.

    Args:
        tag: The tag.
        line_end: The other page's line end.
    """
    raw = re.sub(r"\r\n|\r|\n", line_end, tag.portable)
    if tag.kind is TagKind.BREAK and line_end in raw:
        raw = raw.partition(line_end)[0] + line_end
    return tag._replace(raw=raw)
