"""Label lines: `Primary Role: **FastTrack Manager**` and its many spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leitfaden.contract import Contract, Match
from leitfaden.model import Assignment, Defect, DefectKind, Label, LabelBlock, Span, TermUse
from leitfaden.reading.terms import TermReader, trim

_HARD_BREAK = re.compile(r"(?: {2,}|\\|<br ?/?>[ \t]*)\r?$")
_NO_VALUE = frozenset({"", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A label's name in the text: `start` is where its line's mark-up for it begins."""

    match: Match
    name: Span
    start: int
    value_start: int
    inside_bold: bool


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
        names = sorted(
            {
                spelling
                for label in contract.labels.values()
                for locale in contract.locales
                for spelling in (
                    label.name(locale),
                    *label.aliases.get(locale, ()),
                    *label.deprecated.get(locale, ()),
                )
            },
            key=len,
            reverse=True,
        )
        alternatives = "|".join(r"[\s\u00a0]+".join(map(re.escape, n.split())) for n in names)
        self._label = re.compile(
            rf"(?P<bold>\*\*|__)?[ \t\u00a0]*(?<!\w)(?P<name>{alternatives})(?P<closed>\*\*|__)?"
            r"[ \t\u00a0]*[:\uff1a](?P<behind>\*\*|__)?"
            if names
            else r"(?!)",
            re.IGNORECASE,
        )

    def read(
        self, text: str, span: Span, locale: str, events: tuple[int, int]
    ) -> LabelBlock | None:
        """Return the labels of a paragraph, or None when it has none.

        Args:
            text: The page's text.
            span: The paragraph.
            locale: The page's locale.
            events: The paragraph's events, kept on the result.
        """
        found = self._names(text, span, locale)
        labels: list[Label] = []
        for index, name in enumerate(found):
            limit = found[index + 1].start if index + 1 < len(found) else span.end
            label = self._value(text, name, limit, locale)
            if label is None:
                return None if not labels else self._block(text, span, labels, events)
            labels.append(label)
        if not labels:
            return None
        return self._block(text, span, labels, events)

    def _names(self, text: str, span: Span, locale: str) -> list[_Found]:
        found: list[_Found] = []
        for hit in self._label.finditer(text, span.start, span.end):
            line_start = max(text.rfind("\n", 0, hit.start()), text.rfind("\r", 0, hit.start())) + 1
            line_start = max(line_start, span.start)
            at_line_start = not text[line_start : hit.start()].strip(" \t*_\u00a0\u200b")
            after_label = bool(found) and found[-1].name.start >= line_start
            match = self._contract.labels.find(hit["name"], locale)
            if match is None or not (at_line_start or after_label):
                continue
            name = Span(hit.start("name"), hit.end("name"))
            closed = bool(hit["closed"] or hit["behind"])
            inside = bool(hit["bold"]) and not closed
            if after_label and not at_line_start and found[-1].inside_bold and not closed:
                inside = True
            found.append(_Found(match, name, hit.start(), hit.end(), inside))
        return found

    def _value(self, text: str, name: _Found, limit: int, locale: str) -> Label | None:
        span, marks = _extent(text, name, limit)
        label = self._contract.labels[name.match.key]
        vocabulary = self._contract.vocabulary(label.vocabulary)
        inner = trim(text, span)
        empty = inner.of(text) in _NO_VALUE
        values = () if empty else self._terms.read(text, inner, vocabulary, locale)
        bold = DefectKind.LABEL_VALUE_NOT_BOLD not in marks
        if not bold and not empty and not all(value.key for value in values):
            return None  # prose that happens to begin like a label
        defects = [Defect(mark, inner) for mark in marks]
        defects += _value_defects(text, inner, empty, values)
        return Label(name.match.key, name.match.locale, name.name, span, values, tuple(defects))

    def _block(
        self, text: str, span: Span, labels: list[Label], events: tuple[int, int]
    ) -> LabelBlock:
        labels = [
            _with(label, _break_defect(text, label, labels[at + 1]))
            if at + 1 < len(labels)
            else label
            for at, label in enumerate(labels)
        ]
        assignments: list[list[Label]] = [[]]
        for label in labels:
            if any(label.key == other.key for other in assignments[-1]):
                assignments.append([])
            assignments[-1].append(label)
        start = _line_start(text, labels[0].name_span.start, span.start)
        block = Span(start, labels[-1].value_span.end)
        around = text[span.start : block.start] + text[block.end : span.end]
        return LabelBlock(
            block,
            tuple(_assignment(group) for group in assignments),
            events,
            whole=not around.strip(" \t\r\n\\*_\u200b\u00a0"),
        )


def _line_start(text: str, offset: int, limit: int) -> int:
    """Return where the mark-up before a label's name begins: `**` or blanks."""
    while offset > limit and text[offset - 1] in " \t*_\u00a0\u200b":
        offset -= 1
    return offset


def _extent(text: str, name: _Found, limit: int) -> tuple[Span, list[DefectKind]]:
    """Return how far a value reaches, and what is wrong with its marks."""
    start = name.value_start
    while start < limit and text[start] in " \t\u00a0\u200b":
        start += 1
    marks: list[DefectKind] = []
    if name.inside_bold:
        end = text.find("**", start, limit)
        marks.append(DefectKind.LABELS_IN_ONE_BOLD)
        return Span(start, end + 2 if end >= 0 else _line_end(text, start, limit)), marks
    if not text.startswith(("**", "__"), start):
        end = _line_end(text, start, limit)
        return Span(start, end), [DefectKind.LABEL_VALUE_NOT_BOLD]
    close = text.find(text[start : start + 2], start + 2, limit)
    if close < 0:
        return Span(start, _line_end(text, start, limit)), [DefectKind.LABEL_VALUE_UNBALANCED]
    end = close + 2
    if "\n" in text[start:end]:
        marks.append(DefectKind.LABEL_VALUE_WRAPS)
    if text[start + 2] in " \u00a0" or text[close - 1] in " \u00a0":
        marks.append(DefectKind.LABEL_VALUE_PADDED)
    return Span(start, end), marks


def _line_end(text: str, start: int, limit: int) -> int:
    ends = [at for at in (text.find("\n", start, limit), text.find("\r", start, limit)) if at >= 0]
    end = min(ends, default=limit)
    while end > start and text[end - 1] in " \t\\":
        end -= 1
    return end


def _value_defects(
    text: str, inner: Span, empty: bool, values: tuple[TermUse, ...]
) -> list[Defect]:
    defects = []
    value = inner.of(text)
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


def _break_defect(text: str, label: Label, following: Label) -> Defect | None:
    """Return the defect of a label that is followed by another one without a hard break."""
    between = text[label.value_span.end : following.name_span.start]
    line = between.split("\n", 1)[0]
    if "\n" in between and _HARD_BREAK.search(line):
        return None
    at = label.value_span.end
    return Defect(DefectKind.LABELS_RUN_TOGETHER, Span(at, at))


def _with(label: Label, defect: Defect | None) -> Label:
    if defect is None:
        return label
    return Label(
        label.key,
        label.locale,
        label.name_span,
        label.value_span,
        label.values,
        (*label.defects, defect),
    )


def _assignment(labels: list[Label]) -> Assignment:
    span = labels[0].name_span.cover(labels[-1].value_span)
    return Assignment(tuple(labels), span)
