"""What is handed to translators: texts with all that they need to know about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, TypeAlias

from leitfaden.contract import Contract
from leitfaden.exchanging.content import Content, ContentReader, Form, Mode, Tag
from leitfaden.model import Cell, Page, Span
from leitfaden.translating.anchors import AnchorKind
from leitfaden.translating.canon import Targets, digest
from leitfaden.translating.evidence import Equivalents, is_translatable
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import Standing, UnitStanding, UnitState, standing_of
from leitfaden.translating.units import PageUnits, Unit, UnitKind, UnitReader

OPEN_STATES = frozenset(
    (UnitState.BEHIND, UnitState.MISSING, UnitState.UNTRANSLATED, UnitState.CONTRADICTING)
)
_NEIGHBOUR = 160  # characters that are shown of what stands before and behind
_TEXTS = frozenset(
    (UnitKind.PARAGRAPH, UnitKind.ITEM, UnitKind.QUOTE, UnitKind.ALERT, UnitKind.IMAGE)
)
_TABLES = frozenset((UnitKind.ROW, UnitKind.HEADER, UnitKind.CHANGE))
_ADDRESS_DIGITS = 8


class Mark(NamedTuple):
    """A tag as translators get it.

    Args:
        id: Its name, the same in a text and its translation.
        form: Which end of a piece of markup it is.
    """

    id: str
    form: Form


Piece: TypeAlias = "str | Mark"


class LeftOut(StrEnum):
    """Why a text is not handed off."""

    VERBATIM = "verbatim"  # code and HTML
    MERGED = "merged"  # several texts translate one, or one several
    SHAPE = "shape"  # rows with other cells
    UNCLEAR = "unclear"  # where it stands leaves doubts


@dataclass(frozen=True)
class Handed:
    """A text that is handed off.

    Args:
        locale: The translation's locale.
        page: The source page.
        path: The file of the translation; the source's where there is none.
        standing: How its unit stands.
        cell: Which cell of a row it is, from 0.
        source: The text.
        target: Its translation so far, or None.
        ids: The name of each tag of the source, by its number.
        target_ids: The name of each tag of the translation.
    """

    locale: str
    page: Page
    path: str
    standing: UnitStanding
    cell: int
    source: Content
    target: Content | None
    ids: Mapping[int, str]
    target_ids: Mapping[int, str]

    @property
    def key(self) -> str:
        """The key of its unit."""
        return self.standing.key

    @property
    def name(self) -> str:
        """What tells it from all others of its page."""
        return f"{self.key}:c{self.cell + 1}" if self.standing.kind in _TABLES else self.key

    @cached_property
    def ticket(self) -> str:
        """By what it is known when it comes back: where it stands, what it and its target say."""
        target = digest(self.target.signature) if self.target else ""
        return ".".join(
            (
                page_ticket(self.locale, self.page.id),
                digest(f"{self.key}\0{self.cell}", _ADDRESS_DIGITS),
                digest(self.source.signature),
                target or "none",
            )
        )

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text as translators get it."""
        return marked(self.source, self.ids)

    @property
    def target_pieces(self) -> tuple[Piece, ...]:
        """The translation so far as translators get it; nothing where there is none."""
        return marked(self.target, self.target_ids) if self.target else ()

    @property
    def tags(self) -> Mapping[str, Tag]:
        """The tags that may stand in the translation, by name; those of the old one first."""
        found = {self.ids[tag.number]: tag for tag in self.source.tags if tag.number in self.ids}
        if self.target:
            found |= {self.target_ids[tag.number]: tag for tag in self.target.tags}
        return found


class Context(NamedTuple):
    """What a translator has to know of a text.

    Args:
        title: The page's title.
        section: The names of the headings around it, from the outer to the inner.
        before: What stands before it.
        after: What stands behind it.
        glossary: Names in it, each with the one in the translation's language.
    """

    title: str
    section: tuple[str, ...]
    before: str
    after: str
    glossary: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HandedPage:
    """The texts of a page.

    Args:
        page: The source page.
        target: Its translation, or None.
        path: The file of the translation; the source's where there is none.
        standing: How the translation stands; None where there is none.
        texts: The texts that can be handed off.
        left_out: The units that cannot, each with why.
    """

    page: Page
    target: Page | None
    path: str
    standing: Standing
    texts: tuple[Handed, ...]
    left_out: tuple[tuple[UnitStanding, LeftOut], ...]


def page_ticket(locale: str, page_id: str) -> str:
    """Return by what a page of a locale is known when it comes back."""
    return f"u{digest(f'{locale}/{page_id}', _ADDRESS_DIGITS)}"


class Handing:
    """Finds what can be handed off; make it once for a contract.

    Args:
        contract: The playbook's contract.
    """

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.units = UnitReader(contract)
        self._targets = Targets(contract)

    def page(self, page: Page, target: Page | None, locale: str, lock: Lock) -> HandedPage:
        """Return the texts of a page, whatever their state.

        Args:
            page: The source page.
            target: Its translation, or None.
            locale: The translation's locale.
            lock: What is recorded of the locale.
        """
        source_units = self.units.read(page)
        source = Side(page, source_units, self.contents(page))
        other: Side | None = None
        if target is None:
            nothing = PageUnits(page.id, locale, "", ())
            standing = standing_of(source_units, nothing, lock, self.contract)
        else:
            target_units = self.units.read(target, page)
            other = Side(target, target_units, self.contents(target))
            standing = standing_of(source_units, target_units, lock, self.contract)
        texts: list[Handed] = []
        left_out: list[tuple[UnitStanding, LeftOut]] = []
        equivalents = Equivalents(self.contract.links.between(page.locale, locale))
        path = target.path if target else page.path
        for unit in standing.units:
            if not unit.sources or not is_translatable(unit.sources[0]):
                continue
            found = _texts_of(unit, source, other)
            if isinstance(found, LeftOut):
                left_out.append((unit, found))
                continue
            for cell, text, translation in found:
                ids = _ids(text)
                own = _matched(text, ids, translation, equivalents) if translation else {}
                texts.append(Handed(locale, page, path, unit, cell, text, translation, ids, own))
        return HandedPage(page, target, path, standing, tuple(texts), tuple(left_out))

    def contents(self, page: Page) -> ContentReader:
        """Return what reads the texts of a page."""
        return ContentReader(page, self.contract, self._targets)

    def contexts(self, handed: HandedPage) -> Callable[[Handed], Context]:
        """Return what tells the context of the texts of a page."""
        return _Contexts(handed, self.contract).of


def chosen(handed: HandedPage, *, everything: bool) -> Iterator[Handed]:
    """Yield the texts of a page that are to be handed off: what is open, or all of them."""
    for text in handed.texts:
        if everything or text.standing.state in OPEN_STATES:
            yield text


class Side:
    """A page with its units, and where their texts stand.

    Args:
        page: The page.
        units: Its units.
        contents: Reads its texts.
    """

    def __init__(self, page: Page, units: PageUnits, contents: ContentReader) -> None:
        self.page = page
        self.units = units
        self._contents = contents

    @cached_property
    def _cells(self) -> Mapping[int, Sequence[Cell | None]]:
        """The cells of rows, by where the rows begin."""
        found: dict[int, Sequence[Cell | None]] = {}
        for table in self.page.tables:
            if table.header:
                found[table.header[0].span.start] = table.header
            found |= {row.span.start: row.cells for row in table.rows}
        summary = self.page.update_summary
        for change in summary.changes if summary else ():
            found[change.span.start] = (change.what, change.notes)
        return found

    @cached_property
    def _names(self) -> Mapping[Span, Cell]:
        return {task.name.span: task.name for task in self.page.tasks}

    def texts(self, unit: Unit) -> Mapping[int, Content] | LeftOut:
        """Return the texts of a unit by their number: a row has one for each cell."""
        if unit.kind in (UnitKind.CODE, UnitKind.HTML):
            return LeftOut.VERBATIM
        content: Content | None = None
        if unit.kind is UnitKind.META:
            content = self._contents.value(unit.key.partition(":")[2])
        elif unit.kind is UnitKind.HEADING:
            content = self._contents.within(unit.span, Mode.HEADING)
        elif unit.kind is UnitKind.TASK:
            name = next((c for s, c in self._names.items() if s.start == unit.span.start), None)
            content = self._cell(name) if name else None
        elif unit.kind in _TABLES:
            return self._row(self._cells.get(unit.span.start, ()))
        elif unit.kind in _TEXTS:
            span = self._without_labels(unit.span)
            is_alert = unit.kind in (UnitKind.ALERT, UnitKind.QUOTE)
            content = self._contents.within(span, Mode.BLOCK, is_alert=is_alert) if span else None
        if content is None:
            return LeftOut.UNCLEAR
        return {0: content} if content.is_worded else {}

    def _row(self, cells: Sequence[Cell | None]) -> Mapping[int, Content] | LeftOut:
        found = {}
        for index, cell in enumerate(cells):
            if cell is None or not cell.text:
                continue
            content = self._cell(cell)
            if content is None:
                return LeftOut.UNCLEAR
            if content.is_worded:
                found[index] = content
        return found

    def _cell(self, cell: Cell) -> Content | None:
        return self._contents.between(*cell.events, Mode.CELL) if cell.events else None

    def _without_labels(self, span: Span) -> Span | None:
        """Return what a paragraph holds besides label lines; None where they part it in two."""
        for block in self.page.label_blocks:
            if span.start <= block.span.start and block.span.end <= span.end:
                before = self.page.text[span.start : block.span.start].strip()
                behind = self.page.text[block.span.end : span.end].strip()
                if before and behind:
                    return None
                if before:
                    span = Span(span.start, block.span.start)
                else:
                    span = Span(block.span.end, span.end)
        return span


def _texts_of(
    unit: UnitStanding, source: Side, target: Side | None
) -> list[tuple[int, Content, Content | None]] | LeftOut:
    if len(unit.sources) > 1 or len(unit.targets) > 1:
        return LeftOut.MERGED
    ours = source.texts(unit.sources[0])
    if isinstance(ours, LeftOut):
        return ours
    if not unit.targets or target is None:
        return [(cell, content, None) for cell, content in ours.items()]
    theirs = target.texts(unit.targets[0])
    if isinstance(theirs, LeftOut):
        return theirs
    if not ours.keys() <= theirs.keys():
        return LeftOut.SHAPE
    return [(cell, content, theirs[cell]) for cell, content in ours.items()]


def _ids(content: Content) -> dict[int, str]:
    """Return names for the tags of a text; comments are none of a translator's business."""
    numbers = (tag.number for tag in content.tags if tag.kind != "comment")
    return {number: str(index) for index, number in enumerate(numbers, 1)}


def _matched(
    source: Content, ids: Mapping[int, str], target: Content, equivalents: Equivalents
) -> dict[int, str]:
    """Return names for the tags of a translation: those of the source's tags that they are."""
    free = [tag for tag in source.tags if tag.number in ids]
    found: dict[int, str] = {}
    surplus = 0
    for tag in target.tags:
        same = next((one for one in free if _is_same(one, tag, equivalents)), None)
        if same is None:
            surplus += 1
            found[tag.number] = f"t{surplus}"
        else:
            free.remove(same)
            found[tag.number] = ids[same.number]
    return found


def _is_same(one: Tag, other: Tag, equivalents: Equivalents) -> bool:
    if (one.form, one.kind) != (other.form, other.kind):
        return False
    if one.meant == other.meant:
        return True
    if one.kind in ("link", "image", "address"):
        return equivalents.differing({one.meant: ""}, {other.meant: ""}) == ((), ())
    return False


def marked(content: Content, ids: Mapping[int, str]) -> tuple[Piece, ...]:
    """Return a text as translators get it.

    Args:
        content: The text.
        ids: The names of its tags by their number; the others are left out.
    """
    found: list[Piece] = []
    for token in content.tokens:
        if isinstance(token, str):
            if found and isinstance(found[-1], str):
                found[-1] += token
            else:
                found.append(token)
        elif token.number in ids:
            found.append(Mark(ids[token.number], token.form))
    return tuple(found)


class _Contexts:
    def __init__(self, handed: HandedPage, contract: Contract) -> None:
        self._handed = handed
        self._contract = contract
        units = [unit.sources[0] for unit in handed.standing.units if unit.sources]
        self._units = {unit.key: unit for unit in units}
        self._around = {
            unit.key: (before, after)
            for before, unit, after in zip(
                [None, *units[:-1]], units, [*units[1:], None], strict=True
            )
        }

    def of(self, text: Handed) -> Context:
        unit = text.standing.sources[0]
        before, after = self._around[unit.key]
        return Context(
            text.page.title,
            tuple(self._section(unit)),
            before.text[-_NEIGHBOUR:] if before else "",
            after.text[:_NEIGHBOUR] if after else "",
            tuple(self._glossary(unit, text)),
        )

    def _section(self, unit: Unit) -> list[str]:
        names: list[str] = []
        key = unit.parent
        while key in self._units and len(names) < 10:
            names.insert(0, self._units[key].text)
            key = self._units[key].parent
        return names

    def _glossary(self, unit: Unit, text: Handed) -> Iterator[tuple[str, str]]:
        keys = (a.value for a in unit.anchors if a.kind is AnchorKind.TERM)
        for key in dict.fromkeys(keys):
            vocabulary, _, name = key.partition(":")
            term = self._contract.vocabulary(vocabulary).get(name)
            if term:
                yield term.name(text.page.locale), term.name(text.locale)
