"""What comes back from translators → pages with their words, and why some words are refused."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.exchanging.content import FIXED, OPTIONAL, Content, Form, Mode, Tag, TagKind, Token
from leitfaden.exchanging.handoff import Handed, HandedPage, Handing, Mark, Piece, Side, page_ticket
from leitfaden.exchanging.places import Place, place_of
from leitfaden.exchanging.writing import edit_for, markdown, portable, same, tidied
from leitfaden.fixing.meaning import Token as Said
from leitfaden.fixing.meaning import meaning
from leitfaden.fixing.result import encoded
from leitfaden.fixing.splices import Offsets, are_disjoint, line_end, splice
from leitfaden.model import Edit, Page, Playbook, Span
from leitfaden.reading import PageReader
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import UnitState, record_of, standing_of
from leitfaden.translating.units import UnitKind

_TICKET = re.compile(r"(u[0-9a-f]{8})\.([0-9a-f]{8})\.([0-9a-f]{12})\.([0-9a-f]{12}|none)")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
# Signs that turn the direction of what follows, and those that no text has.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_AGREEING = frozenset(
    (UnitState.CURRENT, UnitState.UNRECORDED, UnitState.UNSURE, UnitState.UNTRANSLATED)
)
_INLINE = frozenset(
    ("emphasis", "strong", "strikethrough", "link", "image", "code", "inline-html", "description")
)
_LONGEST = 20_000  # characters of one text; the longest paragraph of real pages has 2,000
_SHOWN = 60


class Reason(StrEnum):
    """Why what came back is not taken."""

    NO_ID = "no-id"
    TWICE = "twice"
    UNKNOWN = "unknown"
    GONE = "gone"
    SOURCE_CHANGED = "source-changed"
    TARGET_CHANGED = "target-changed"
    NO_PAGE = "no-page"
    NO_PLACE = "no-place"
    UNREADABLE = "unreadable"
    TAG_UNKNOWN = "tag-unknown"
    TAG_TWICE = "tag-twice"
    TAGS_CROSSED = "tags-crossed"
    TAG_LOST = "tag-lost"
    TAG_ADDED = "tag-added"
    NO_WORDS = "no-words"
    LINES = "lines"
    PIPE = "pipe"
    SIGNS = "signs"
    TOO_LONG = "too-long"
    CHANGES = "changes"


class Returned(NamedTuple):
    """A text that came back.

    Args:
        ticket: By what it was handed off.
        pieces: Words and tags of its translation; None where it cannot be read.
        is_done: Whether its translator says that it is finished; None where nothing is said.
        label: How the file calls it, for people.
        line: Its line in the file, or 0.
    """

    ticket: str
    pieces: tuple[Piece, ...] | None
    is_done: bool | None = None
    label: str = ""
    line: int = 0


class Refused(NamedTuple):
    """A text that is not taken.

    Args:
        returned: The text.
        reason: Why.
        detail: What the reason is about.
        path: The file that it belongs to, where that is known.
    """

    returned: Returned
    reason: Reason
    detail: str = ""
    path: str = ""


@dataclass(frozen=True)
class TakenPage:
    """A page with what came back for it.

    Args:
        locale: Its locale.
        before: The page as it is.
        after: The page as it is to be; the same if nothing changes.
        changed: The units that say something else now.
        confirmed: The units that stay as they are and are said to be finished.
    """

    locale: str
    before: Page
    after: Page
    changed: frozenset[str]
    confirmed: frozenset[str]


@dataclass
class Intake:
    """What becomes of all that came back.

    Args:
        pages: The pages for which something is taken.
        refused: What is not.
        unchanged: How many texts came back as they were.
        waiting: How many are not translated yet, by their own account.
        locks: The locks of the locales whose lock changes, as they are to be.
    """

    pages: list[TakenPage] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unchanged: int = 0
    waiting: int = 0
    locks: dict[str, Lock] = field(default_factory=dict)


def take_in(
    returned: Iterable[Returned],
    playbook: Playbook,
    contract: Contract,
    locks: Mapping[str, Lock],
) -> Intake:
    """Return what becomes of texts that came back. Writes nothing.

    Args:
        returned: The texts.
        playbook: The pages as they are: at least those that the texts belong to.
        contract: The playbook's contract.
        locks: What is recorded of each locale.
    """
    return _Taking(playbook, contract, locks).take(returned)


def addressed(
    returned: Iterable[Returned], page_ids: Iterable[str], locales: Iterable[str]
) -> Mapping[str, tuple[str, str]]:
    """Return the pages that texts belong to, each with its locale, by their tickets.

    Args:
        returned: The texts.
        page_ids: The pages of the source.
        locales: The locales of translations.
    """
    tickets = {ticket[1] for one in returned if (ticket := _TICKET.fullmatch(one.ticket))}
    known = {
        page_ticket(loc, page_id): (loc, page_id) for loc, page_id in product(locales, page_ids)
    }
    return {ticket: known[ticket] for ticket in tickets & known.keys()}


class _Wish(NamedTuple):
    """A text that is to say something else.

    Args:
        returned: The text as it came back.
        handed: The text as it is.
        tokens: What it is to say.
        edit: What makes it say that.
        content: The old text, or None for one that is put in.
    """

    returned: Returned
    handed: Handed
    tokens: tuple[Token, ...]
    edit: Edit
    content: Content | None


class _Taking:
    def __init__(self, playbook: Playbook, contract: Contract, locks: Mapping[str, Lock]) -> None:
        self._playbook = playbook
        self._contract = contract
        self._locks = locks
        self._handing = Handing(contract)
        self._reader = PageReader(contract)
        self._intake = Intake()

    def take(self, returned: Iterable[Returned]) -> Intake:
        returned = list(returned)
        source = self._playbook.source
        others = [locale for locale in self._playbook.locales if locale != source]
        known = addressed(returned, self._playbook.pages.get(source, ()), others)
        by_page: dict[tuple[str, str], list[Returned]] = {}
        for one, place in self._each_once(returned):
            if place in known:
                by_page.setdefault(known[place], []).append(one)
            else:
                self._refuse(one, Reason.UNKNOWN)
        for (locale, page_id), texts in by_page.items():
            self._page(locale, page_id, texts)
        return self._intake

    def _each_once(self, returned: Iterable[Returned]) -> Iterator[tuple[Returned, str]]:
        """Yield what has a ticket of its own, with that of its page; two for one text are none."""
        found: dict[str, list[Returned]] = {}
        for one in returned:
            ticket = _TICKET.fullmatch(one.ticket)
            if ticket is None:
                self._refuse(one, Reason.NO_ID, one.ticket[:_SHOWN])
            else:
                found.setdefault(f"{ticket[1]}.{ticket[2]}", []).append(one)
        for address, texts in found.items():
            first = texts[0]
            if any((one.ticket, one.pieces) != (first.ticket, first.pieces) for one in texts):
                for one in texts:
                    self._refuse(one, Reason.TWICE)
            else:
                yield first, address.partition(".")[0]

    def _refuse(self, one: Returned, reason: Reason, detail: str = "", path: str = "") -> None:
        self._intake.refused.append(Refused(one, reason, detail[:_SHOWN], path))

    # Pages.

    def _page(self, locale: str, page_id: str, texts: Sequence[Returned]) -> None:
        source = self._playbook.pages[self._playbook.source][page_id]
        target = self._playbook.page(page_id, locale)
        lock = self._locks.get(locale, Lock())
        handed = self._handing.page(source, target, locale, lock)
        if target is not None and not (target.is_readable and source.is_readable):
            for one in texts:
                self._refuse(one, Reason.UNREADABLE, path=target.path)
            return
        wishes: list[_Wish] = []
        confirmed: set[str] = set()
        find = _Finder(handed)
        for one in texts:
            found = find.handed(one)
            if isinstance(found, Reason):
                self._refuse(one, found, path=handed.path)
                continue
            wish = self._wish(one, found, handed)
            if isinstance(wish, _Wish):
                wishes.append(wish)
            elif wish:
                confirmed.add(found.key)
        if target is None:
            return
        after, made = self._made(target, handed, wishes)
        changed = frozenset(wish.handed.key for wish in made)
        refused = {wish.handed.key for wish in wishes} - changed
        confirmed -= refused | changed
        if changed or confirmed:
            page = TakenPage(locale, target, after, changed, frozenset(confirmed))
            self._intake.pages.append(page)
            self._record(page, source)

    def _record(self, page: TakenPage, source: Page) -> None:
        old = self._intake.locks.get(page.locale, self._locks.get(page.locale, Lock()))
        ours = self._handing.units.read(source)
        theirs = self._handing.units.read(page.after, source)
        standing = standing_of(ours, theirs, old, self._contract)
        keys = page.changed | page.confirmed
        both = (unit for unit in standing.units if unit.sources and unit.targets)
        units = (unit for unit in both if not unit.contradictions)  # of others checks tell
        records = [record_of(page.after.id, unit) for unit in units if unit.key in keys]
        new = old.with_page(page.after.id, records, standing.texts) if records else old
        if new != old:
            self._intake.locks[page.locale] = new

    # One text.

    def _wish(self, one: Returned, handed: Handed, page: HandedPage) -> _Wish | bool:
        """Return what a text is to become; else whether it stays and is said to be finished."""
        if one.pieces is None or (not one.pieces and handed.target is None):
            self._intake.waiting += 1
            return False
        if not one.pieces or one.is_done is False:
            if not _is_as_it_was(one, handed):
                self._intake.waiting += 1
            else:
                self._intake.unchanged += 1
            return False
        end = line_end(page.target.text if page.target else "\n")
        resolved = _Resolver(handed, end).tokens(one.pieces)
        if isinstance(resolved[0], Reason):
            self._refuse(one, resolved[0], str(resolved[1]), page.path)
            return False
        tokens = tidied([token for token in resolved if not isinstance(token, Reason)])
        if handed.target and same(tidied(handed.target.tokens), tokens):
            self._intake.unchanged += 1
            lost = _lost(handed, one.pieces)
            return bool(one.is_done) and handed.standing.state is not UnitState.CURRENT and not lost
        objection = _objection(one.pieces, handed, tokens)
        if objection:
            self._refuse(one, *objection, path=page.path)
            return False
        if page.target is None:
            self._refuse(one, Reason.NO_PAGE, path=page.path)
            return False
        return self._edit(one, handed, page, tokens)

    def _edit(
        self, one: Returned, handed: Handed, page: HandedPage, tokens: tuple[Token, ...]
    ) -> _Wish | bool:
        assert page.target is not None
        if handed.target:
            edit = edit_for(handed.target, tokens, page.target.text)
            if edit is None:
                self._intake.unchanged += 1
                return bool(one.is_done)
            return _Wish(one, handed, tokens, edit, handed.target)
        place = place_of(handed, page)
        if place is None:
            self._refuse(one, Reason.NO_PLACE, path=page.path)
            return False
        return _Wish(one, handed, tokens, _put_in(place, tokens), None)

    # What is written.

    def _made(
        self, page: Page, handed: HandedPage, wishes: Sequence[_Wish]
    ) -> tuple[Page, Sequence[_Wish]]:
        """Return the page with as many wishes as can be made, and which these are."""
        if not wishes:
            return page, ()
        made: list[_Wish] = []
        after = page
        groups = [list(wishes)]
        while groups:  # what harms the page is found by halves, and told by its name
            group = groups.pop()
            tried = self._tried(page, [*made, *group])
            if tried is not None:
                made += group
                after = tried
            elif len(group) == 1:
                self._refuse(group[0].returned, Reason.CHANGES, path=handed.path)
            else:
                half = len(group) // 2
                groups += group[half:], group[:half]
        return after, made

    def _tried(self, page: Page, wishes: Sequence[_Wish]) -> Page | None:
        """Return the page with wishes made, read again; None if it would not say just that."""
        edits = sorted((wish.edit for wish in wishes), key=lambda edit: edit.span)
        if not are_disjoint(edits, len(page.text)):
            return None
        text = splice(page.text, edits)
        try:
            data = encoded(text, page.bom)
        except UnicodeEncodeError:
            return None
        after = self._reader.read(data, path=page.path, locale=page.locale, page_id=page.id)
        if (after.text, after.bom) != (text, page.bom) or not after.is_readable:
            return None
        offsets = Offsets(edits)
        old = [wish.content.span if wish.content else wish.edit.span for wish in wishes]
        new = [_moved(wish, offsets) for wish in wishes]
        put_in = [wish.handed.standing.kind for wish in wishes if not wish.content]
        if not _is_else_the_same(_Outside(page, old), _Outside(after, new), put_in):
            return None
        return after if self._says(after, wishes, new) else None

    def _says(self, page: Page, wishes: Sequence[_Wish], spans: Sequence[Span]) -> bool:
        source = self._playbook.source_of(page)
        contents = self._handing.contents(page)
        side = Side(page, self._handing.units.read(page, source), contents)
        found: dict[int, Content] = {}
        for unit in side.units.units:
            texts = side.texts(unit)
            if not isinstance(texts, str):
                found |= {content.span.start: content for content in texts.values()}
        for wish, span in zip(wishes, spans, strict=True):
            if wish.content is None:
                content = next((c for at, c in found.items() if span.start <= at < span.end), None)
            else:
                content = found.get(span.start)
            if content is None or not same(tidied(content.tokens), wish.tokens):
                return False
        return True


class _Finder:
    """Finds the text that is meant by a ticket, also where its unit has another key now."""

    def __init__(self, page: HandedPage) -> None:
        self._by_address: dict[str, Handed] = {}
        self._by_source: dict[str, list[Handed]] = {}
        for text in page.texts:
            _, address, source, _ = text.ticket.split(".")
            self._by_address[address] = text
            self._by_source.setdefault(source, []).append(text)

    def handed(self, one: Returned) -> Handed | Reason:
        _, address, source, target = one.ticket.split(".")
        found = self._by_address.get(address)
        if found is None or found.ticket.split(".")[2] != source:
            others = self._by_source.get(source, [])
            fitting = [text for text in others if text.ticket.endswith(f".{target}")]
            if len(fitting) != 1:
                return Reason.SOURCE_CHANGED if found else Reason.GONE
            found = fitting[0]
        if not found.ticket.endswith(f".{target}"):
            # It may have been taken in before.
            if found.target and one.pieces and _is_as_it_was(one, found):
                return found
            return Reason.TARGET_CHANGED
        return found


def _is_as_it_was(one: Returned, handed: Handed) -> bool:
    return _plain(one.pieces or ()) == _plain(handed.target_pieces)


def _plain(pieces: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        text = " ".join(piece.split()) if isinstance(piece, str) else piece
        if text:
            found.append(text)
    return found


class _Resolver:
    """Puts markup in the place of the tags of a text that came back."""

    def __init__(self, handed: Handed, end: str) -> None:
        self._tags: dict[Mark, Tag] = {}
        for token in handed.source.tokens:
            if isinstance(token, Tag) and token.number in handed.ids:
                mark = Mark(handed.ids[token.number], token.form)
                self._tags[mark] = portable(token, end)
        for token in handed.target.tokens if handed.target else ():
            if isinstance(token, Tag):
                self._tags[Mark(handed.target_ids[token.number], token.form)] = token

    def tokens(self, pieces: Sequence[Piece]) -> Sequence[Token | Reason]:
        """Return words and markup; or the reason why not, and what it is about."""
        found: list[Token | Reason] = []
        opened: list[str] = []
        used: set[Mark] = set()
        for piece in pieces:
            if isinstance(piece, str):
                found.append(piece)
                continue
            tag = self._tags.get(piece)
            if tag is None:
                return Reason.TAG_UNKNOWN, piece.id
            if piece in used:
                return Reason.TAG_TWICE, piece.id
            used.add(piece)
            if piece.form is Form.OPEN:
                opened.append(piece.id)
            elif piece.form is Form.CLOSE and (not opened or opened.pop() != piece.id):
                return Reason.TAGS_CROSSED, piece.id
            found.append(tag)
        if opened:
            return Reason.TAGS_CROSSED, opened[-1]
        return found or (Reason.NO_WORDS, "")


def _lost(handed: Handed, pieces: Sequence[Piece]) -> str:
    """Return the markup of the source that a translation lacks, if that matters."""
    used = {piece.id for piece in pieces if isinstance(piece, Mark)}
    needed = (tag for tag in handed.source.tags if tag.number in handed.ids)
    return next(
        (t.raw for t in needed if t.kind not in OPTIONAL and handed.ids[t.number] not in used), ""
    )


def _objection(
    pieces: Sequence[Piece], handed: Handed, tokens: Sequence[Token]
) -> tuple[Reason, str] | None:
    """Return what speaks against a text by itself."""
    words = "".join(piece for piece in pieces if isinstance(piece, str))
    old = handed.target.text if handed.target else ""
    known = handed.source.text + old
    if len(words) > _LONGEST:
        return Reason.TOO_LONG, f"{len(words):,}"
    if not words.strip() or (handed.source.is_worded and not any(map(str.isalnum, words))):
        return Reason.NO_WORDS, words.strip()
    strange = _CONTROL.search(words) or next(
        (sign for sign in _TURNING.finditer(words) if sign[0] not in known), None
    )
    if strange:
        return Reason.SIGNS, f"U+{ord(strange[0]):04X}"
    if _BLANK_LINE.search(words.strip()):
        return Reason.LINES, ""
    mode = (handed.target or handed.source).mode
    if mode is not Mode.BLOCK and ("\n" in words.strip() or "\r" in words.strip()):
        return Reason.LINES, ""
    if mode is Mode.CELL and words.count("|") > max(handed.source.text.count("|"), old.count("|")):
        return Reason.PIPE, ""
    typed = next(
        (found for piece in pieces if isinstance(piece, str) and (found := FIXED.search(piece))),
        None,
    )
    if typed:  # an address or a placeholder that no tag stands for
        return Reason.TAG_ADDED, typed[0]
    return _tag_objection(pieces, handed)


def _tag_objection(pieces: Sequence[Piece], handed: Handed) -> tuple[Reason, str] | None:
    used = {piece.id for piece in pieces if isinstance(piece, Mark)}
    own = handed.target.tags if handed.target else ()
    for tag in own:
        if tag.kind is TagKind.COMMENT and handed.target_ids[tag.number] not in used:
            return Reason.TAG_LOST, tag.raw
    before = {handed.target_ids[tag.number] for tag in own if tag.kind not in OPTIONAL}
    optional = {i for i, tag in handed.tags.items() if tag.kind in OPTIONAL}
    if used - optional == before and handed.standing.state in _AGREEING:
        return None  # what the translation has in another way stays so
    lost = _lost(handed, pieces)
    if lost:
        return Reason.TAG_LOST, lost
    named = set(handed.ids.values())
    for name, tag in handed.tags.items():
        is_surplus = name in used and name not in named and tag.kind is not TagKind.COMMENT
        if is_surplus and tag.kind not in OPTIONAL:
            return Reason.TAG_ADDED, tag.raw
    return None


def _put_in(place: Place, tokens: Sequence[Token]) -> Edit:
    written = markdown(tokens, Mode.BLOCK, at_start=True, at_end=True)
    return Edit(Span(place.at, place.at), place.before + written)


def _moved(wish: _Wish, offsets: Offsets) -> Span:
    """Return where a text stands on the new page."""
    span = wish.content.span if wish.content else wish.edit.span
    return Span(offsets.to_begin(span.start), offsets.to_new(span.end))


class _Outside:
    """What a page says besides some of its texts.

    Args:
        page: The page.
        spans: The texts.
    """

    def __init__(self, page: Page, spans: Sequence[Span]) -> None:
        self._zones = sorted(spans)
        self._starts = [zone.start for zone in self._zones]
        self.said: list[object] = []
        self.blocks: list[tuple[object, ...]] = []
        self.all: list[object] = []
        for said in meaning(page):
            is_block = _is_block(said)
            if is_block:
                self.blocks.append(tuple(said.key[:2]))
            elif not self._holds(said):
                self.said.append(said.key)
            else:
                continue
            self.all.append(said.key)

    def _holds(self, said: Said) -> bool:
        at = bisect_right(self._starts, said.end) - 1
        return any(_touch(zone, said) for zone in self._zones[max(at - 1, 0) : at + 1])


def _touch(zone: Span, said: Said) -> bool:
    if said.start == said.end:
        return zone.start <= said.start <= zone.end
    return said.start < zone.end and zone.start < said.end


def _is_block(said: Said) -> bool:
    key = said.key
    return isinstance(key, tuple) and key[0] in ("open", "close") and key[1] not in _INLINE


def _is_else_the_same(old: _Outside, new: _Outside, put_in: Sequence[UnitKind]) -> bool:
    """Tell whether a page says what it said, but for texts that were replaced or put in."""
    if not put_in:
        return old.all == new.all
    more = Counter(new.blocks)
    more.subtract(old.blocks)
    wanted: Counter[tuple[object, ...]] = Counter()
    for kind in put_in:
        tag = "item" if kind is UnitKind.ITEM else "paragraph"
        wanted.update((("open", tag), ("close", tag)))
    return old.said == new.said and {k: n for k, n in more.items() if n} == dict(wanted)
