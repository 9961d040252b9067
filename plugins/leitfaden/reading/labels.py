"""Label lines: `Primary Role: **FastTrack Manager**` and its many spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from leitfaden.contract import Contract, Match
from leitfaden.model import Assignment, Defect, DefectKind, Label, LabelBlock, Span, TermUse
from leitfaden.reading.quick import make_span
from leitfaden.reading.terms import Lookup, TermReader, trim, without_comments

_WIDE_COLON = "\uff1a"
_BLANKS = " \t\u00a0\u200b\ufeff\u2060"
_BOLD = re.compile(r"\*\*|__")
_MARKS = ("**", "__")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_HARD_BREAKS = ("<br>", "<br/>", "<br />")
_AROUND = f"{_BLANKS}\r\n\\*_"
_NO_VALUE = frozenset(("", "-", "–", "—"))


class _Name(NamedTuple):
    """A label's name in the text.

    Args:
        match: Which label.
        span: The name itself.
        start: Where its line's mark-up for it begins.
        behind: Where its value may begin.
        mark: The bold mark that is open behind the colon and holds the value too, or nothing.
    """

    match: Match
    span: Span
    start: int
    behind: int
    mark: str


class LabelReader:
    """Reads the label lines of paragraphs.

    Labels are read line by line from the source, never from the rendered paragraph: exports of
    real playbooks have lost every hard break.

    Args:
        contract: The labels, their names and vocabularies.
        terms: Reads the values.
    """

    def __init__(self, contract: Contract, terms: TermReader) -> None:
        self._contract = contract
        self._terms = terms
        self._lookup = Lookup(contract.labels.find)
        name = _alternatives(_spellings(contract))
        blanks = f"[{_BLANKS}]*"
        behind = rf"(?P<closed>\*\*|__)?{blanks}[:{_WIDE_COLON}]"
        # In a quote each further line begins with a mark of its own.
        self._first = re.compile(rf"[{_BLANKS}*_>]*(?P<name>{name}){behind}", re.IGNORECASE)
        self._further = re.compile(rf"(?<!\w)(?P<name>{name}){behind}", re.IGNORECASE)

    def read(
        self, text: str, span: Span, locale: str, events: tuple[int, int], most: int
    ) -> LabelBlock | None:
        """Return the labels of a paragraph, or None when it has none.

        Args:
            text: The page's text.
            span: The paragraph; one without a colon has none.
            locale: The page's locale.
            events: The paragraph's events, kept on the result.
            most: How many labels are looked for.
        """
        names = list(islice(self._names(text, span, locale), most))
        if not names:
            return None
        labels: list[Label] = []
        for index, name in enumerate(names):
            limit = names[index + 1].start if index + 1 < len(names) else span.end
            label = self._label(text, name, limit, locale)
            if label is None:
                break
            if labels and _is_prose(text[labels[-1].value_span.end : name.start]):
                # Whoever renders the block would lose the prose: what follows it is prose too.
                labels[-1] = _interrupted(labels[-1], label)
                break
            labels.append(label)
        return _block(text, span, labels, events) if labels else None

    def _names(self, text: str, span: Span, locale: str) -> Iterator[_Name]:
        at = span.start
        while at < span.end:
            end = text.find("\n", at, span.end)
            end = span.end if end < 0 else end
            hit = self._first.match(text, at, span.end)
            name = self._name(text, hit, at, "", locale) if hit else None
            if name:
                yield name
                yield from self._others(text, name, end, locale)
            at = end + 1

    def _others(self, text: str, first: _Name, end: int, locale: str) -> Iterator[_Name]:
        """Yield the further labels of a line whose hard breaks are lost."""
        if not has_colon(text, first.behind, end):
            return
        comment = text.find("<!--", first.behind, end)
        end = comment if comment >= 0 else end
        before = first
        for hit in self._further.finditer(text, first.behind, max(first.behind, end)):
            name = self._name(text, hit, before.behind, before.mark, locale)
            if name:
                yield name
                before = name

    def _name(
        self, text: str, hit: re.Match[str], since: int, mark: str, locale: str
    ) -> _Name | None:
        """Return the name that was hit.

        Args:
            text: The page's text.
            hit: The name up to its colon.
            since: Where the text before the name begins: its line, or the value of another label.
            mark: The bold mark that is open there, or nothing.
            locale: The page's locale.
        """
        match = self._lookup.find(hit["name"], locale)
        if match is None:
            return None
        span = make_span(*hit.span("name"))
        start = since + len(text[since : span.start].rstrip(_BLANKS))
        for found in _BOLD.finditer(text, since, span.start):
            if found[0] == mark:
                mark = ""
            elif not mark:
                mark = found[0]
                start = found.start() if found.end() == start else start
        behind = hit.end()
        if mark and hit["closed"]:
            mark = ""
        elif mark and text.startswith(mark, _behind_blanks(text, behind)):
            behind = _behind_blanks(text, behind) + len(mark)
            mark = ""
        return _Name(match, span, start, behind, mark)

    def _label(self, text: str, name: _Name, limit: int, locale: str) -> Label | None:
        span, kinds = self._extent(text, name, limit, locale)
        vocabulary = self._contract.labels[name.match.key].vocabulary
        inner = trim(text, span)
        value = without_comments(inner.of(text))
        empty = value.strip() in _NO_VALUE
        values = () if empty else self._terms.read(text, inner, vocabulary, locale)
        bold = DefectKind.LABEL_VALUE_NOT_BOLD not in kinds
        if not bold and not empty and not all(use.key for use in values):
            return None  # prose that happens to begin like a label
        defects = [Defect(kind, inner) for kind in kinds]
        defects += _value_defects(value, inner, empty, values)
        return Label(name.match.key, name.match.locale, name.span, span, values, tuple(defects))

    def _extent(
        self, text: str, name: _Name, limit: int, locale: str
    ) -> tuple[Span, list[DefectKind]]:
        """Return how far a value reaches, and what is wrong with its marks."""
        start = min(_behind_blanks(text, name.behind), limit)
        if name.mark:
            close = text.find(name.mark, start, limit)
            end = _line_end(text, start, limit) if close < 0 else close + len(name.mark)
            return Span(start, end), [DefectKind.LABELS_IN_ONE_BOLD]
        mark = text[start : start + 2]
        if mark not in _MARKS or start + 2 > limit:
            end = _line_end(text, start, limit)
            # Blanks behind the colon of a label without a value are its line's hard break.
            value = Span(start, end) if end > start else Span(name.behind, name.behind)
            return value, [DefectKind.LABEL_VALUE_NOT_BOLD]
        close = text.find(mark, start + 2, limit)
        if close < 0:
            return Span(start, _line_end(text, start, limit)), [DefectKind.LABEL_VALUE_UNBALANCED]
        kinds = []
        if "\n" in text[start:close]:
            kinds.append(DefectKind.LABEL_VALUE_WRAPS)
        if text[start + 2] in _BLANKS or text[close - 1] in _BLANKS:
            kinds.append(DefectKind.LABEL_VALUE_PADDED)
        return make_span(start, self._last_bold(text, mark, close + 2, limit, locale)), kinds

    def _last_bold(self, text: str, mark: str, end: int, limit: int, locale: str) -> int:
        """Return where a value ends whose parts are bold one by one: `**Exchange**, **Teams**`."""
        if text.find(mark, end, limit) < 0:
            return end  # as nearly always
        limit = _line_end(text, end, limit)
        while True:
            start = text.find(mark, end, limit)
            close = text.find(mark, start + 2, limit) if start >= 0 else -1
            if close < 0 or not self._terms.separates(text[end:start], locale):
                return end
            end = close + 2


def has_colon(text: str, start: int, end: int) -> bool:
    """Tell whether a part of a text can hold a label."""
    return text.find(":", start, end) >= 0 or text.find(_WIDE_COLON, start, end) >= 0


def _spellings(contract: Contract) -> set[str]:
    """Return all names of labels, composed and decomposed: files from a Mac may hold the latter."""
    names = {
        spelling
        for label in contract.labels.values()
        for locale in contract.locales
        for spelling in (
            label.name(locale),
            *label.aliases.get(locale, ()),
            *label.deprecated.get(locale, ()),
        )
    }
    return {unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD")}


def _alternatives(names: Iterable[str]) -> str:
    """Match any of the names, the longest first, whatever blanks part their words."""
    longest_first = [n.split() for n in sorted(names, key=lambda name: (-len(name), name))]
    initials = "".join(sorted({re.escape(words[0][0]) for words in longest_first if words}))
    if not initials:
        return r"(?!)"
    # Almost no character begins a name: that is found out before any name is tried.
    spellings = "|".join(r"\s+".join(map(re.escape, words)) for words in longest_first)
    return f"(?=[{initials}])(?:{spellings})"


def _behind_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def _line_end(text: str, start: int, limit: int) -> int:
    end = text.find("\n", start, limit)
    line = without_comments(text[start : limit if end < 0 else end])
    return start + len(line.rstrip(" \t\r\n\\"))


def _value_defects(
    value: str, inner: Span, empty: bool, values: tuple[TermUse, ...]
) -> list[Defect]:
    defects = []
    if empty:
        defects.append(Defect(DefectKind.LABEL_VALUE_EMPTY, inner, value))
    if value.count("(") != value.count(")"):
        defects.append(Defect(DefectKind.LABEL_VALUE_UNBALANCED, inner, value))
    defects += [
        Defect(DefectKind.LABEL_TERM_UNKNOWN, use.span, use.text)
        for use in values
        if use.key is None
    ]
    return defects


def _block(text: str, span: Span, labels: list[Label], events: tuple[int, int]) -> LabelBlock:
    groups: list[list[Label]] = [[]]
    for index, label in enumerate(labels):
        following = labels[index + 1] if index + 1 < len(labels) else None
        if following and not _has_hard_break(text, label, following):
            at = label.value_span.end
            together = Defect(DefectKind.LABELS_RUN_TOGETHER, Span(at, at))
            label = label._replace(defects=(*label.defects, together))
        if any(label.key == other.key for other in groups[-1]):
            groups.append([])
        groups[-1].append(label)
    before = text[span.start : labels[0].name_span.start]
    start = span.start + len(before.rstrip(f"{_BLANKS}*_"))
    block = Span(start, labels[-1].value_span.end)
    around = text[span.start : block.start] + text[block.end : span.end]
    return LabelBlock(
        block,
        tuple(_assignment(group) for group in groups),
        events,
        whole=not _without_breaks(around).strip(_AROUND),
    )


def _is_prose(text: str) -> bool:
    return any(map(str.isalnum, _without_breaks(text)))


def _without_breaks(text: str) -> str:
    return _BREAK.sub("", without_comments(text)) if "<" in text else text


def _interrupted(label: Label, following: Label) -> Label:
    between = Span(label.value_span.end, following.name_span.start)
    defect = Defect(DefectKind.LABELS_INTERRUPTED, between)
    return label._replace(defects=(*label.defects, defect))


def _has_hard_break(text: str, label: Label, following: Label) -> bool:
    """Tell whether the line of a label ends so that the next label stands below it."""
    end = text.find("\n", label.value_span.end, following.name_span.start)
    if end < 0:
        return False
    line = text[label.value_span.end : end].rstrip("\r")
    return line.endswith(("  ", "\\")) or line.rstrip().lower().endswith(_HARD_BREAKS)


def _assignment(labels: list[Label]) -> Assignment:
    span = labels[0].name_span.cover(labels[-1].value_span)
    return Assignment(tuple(labels), span)
