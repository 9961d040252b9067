"""The report for people: each finding with its line, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from leitfaden.checking.run import Report
from leitfaden.model import Diagnostic, Fix, Severity
from leitfaden.reporting.excerpt import excerpt, harmless, visible
from leitfaden.reporting.style import Style

_BOLD, _DIM, _GREEN, _RED = "1", "2", "32", "31"
_MOST_LINES = 12  # of a fix: more would hide the findings that follow
_MOST_PLACES = 8


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield each finding with the line that it is about, and a summary.

    Args:
        report: What was found.
        style: How to write it.
    """
    for one in report.diagnostics:
        yield from _finding(one, report, style)
        yield ""
    yield summary(report, style)


def _finding(one: Diagnostic, report: Report, style: Style) -> Iterator[str]:
    words = style.words()
    head = style.paint(f"{words[one.severity.value]}[{one.code}]", one.severity)
    name = f" {style.ansi(f'({one.name})', _DIM)}" if one.name else ""
    yield f"{head}: {style.ansi(harmless(one.message), _BOLD)}{name}"
    yield f"  {style.ansi('-->', _DIM)} {harmless(str(one.place))}"
    if one.place.start:
        yield from excerpt(one, report.texts.line(one.place.path, one.place.start.line), style)
    for label, said in _notes(one, style):
        yield f"  {style.ansi(f'{label}:', _BOLD)} {harmless(said)}"
    if one.fix:
        yield from _fix(one.fix, report.texts.text(one.place.path), style)


def _notes(one: Diagnostic, style: Style) -> Iterator[tuple[str, str]]:
    words = style.words()
    if one.more:
        lines = [str(place.start.line) for place in one.more if place.start]
        shown = ", ".join(lines[:_MOST_PLACES]) + (", …" if len(lines) > _MOST_PLACES else "")
        yield words["again"].format(count=len(one.more)), words["lines"].format(lines=shown)
    for other in one.related:
        yield words["note"], f"{other.message} ({other.place})"
    if one.help:
        yield words["help"], one.help


def _fix(fix: Fix, text: str, style: Style) -> Iterator[str]:
    words = style.words()
    label = words["fix-safe" if fix.safe else "fix-unsafe"]
    yield f"  {style.ansi(f'{label}:', _BOLD)}{'' if fix.edits else ' ' + words['drop-bom']}"
    lines = list(_changed_lines(fix, text))
    for mark, line in lines[:_MOST_LINES]:
        colour = _RED if mark == "-" else _GREEN
        yield style.ansi(f"    {mark} {visible(line, style.width - 6)}", colour)
    if len(lines) > _MOST_LINES:
        yield f"    … ({len(lines) - _MOST_LINES})"


def _changed_lines(fix: Fix, text: str) -> Iterator[tuple[str, str]]:
    """Yield the first changed lines as they are and as they will be."""
    first = fix.edits[:_MOST_LINES]
    at = 0
    while at < len(first):
        start = text.rfind("\n", 0, first[at].span.start) + 1
        end = _line_end(text, first[at].span.end)
        last = at + 1
        while last < len(first) and first[last].span.start <= end:
            end = _line_end(text, max(end, first[last].span.end))
            last += 1
        changed, behind = "", start
        for edit in first[at:last]:
            changed += text[behind : edit.span.start] + edit.text
            behind = edit.span.end
        changed += text[behind:end]
        yield from (("-", line.rstrip("\r")) for line in text[start:end].split("\n"))
        yield from (("+", line.rstrip("\r")) for line in changed.split("\n"))
        at = last


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def summary(report: Report, style: Style) -> str:
    """Return one line that says how many findings there are.

    Args:
        report: What was found.
        style: How to write it.
    """
    words = style.words()
    counts = Counter(one.severity for one in report.diagnostics)
    if not counts:
        return style.ansi(words["clean"].format(pages=report.pages), _GREEN)
    parts = [
        style.paint(f"{counts[severity]} {words[_plural(severity, counts[severity])]}", severity)
        for severity in Severity
        if counts[severity]
    ]
    told = words["found"].format(counts=", ".join(parts), pages=report.pages)
    fixable = sum(1 for one in report.diagnostics if one.fix and one.fix.safe)
    if fixable:
        told += " " + words["fixable"].format(count=fixable)
    return told


def _plural(severity: Severity, count: int) -> str:
    return severity.value if count == 1 else f"{severity.value}s"
