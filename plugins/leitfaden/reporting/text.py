"""The report for people: each finding with its line, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from leitfaden.checking.run import Report
from leitfaden.model import Diagnostic, Fix, Severity
from leitfaden.model.visible import harmless
from leitfaden.reporting.excerpt import around, excerpt
from leitfaden.reporting.style import Style

_BOLD, _DIM, _GREEN, _RED = "1", "2", "32", "31"
_MOST_LINES = 12  # of a fix: more would hide the findings that follow
_MOST_PLACES = 8
_STEP = 50  # characters that are compared at once
_LONGEST = 500  # characters on each side of a change: a line may be as long as the page


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
    if url := style.url(one.code):
        label = f"{words['see']}:"
        yield f"  {style.ansi(label, _BOLD)} {url}"


def _notes(one: Diagnostic, style: Style) -> Iterator[tuple[str, str]]:
    words = style.words()
    if one.more:
        lines = [str(n) for n in dict.fromkeys(p.start.line for p in one.more if p.start)]
        shown = ", ".join(lines[:_MOST_PLACES]) + (", …" if len(lines) > _MOST_PLACES else "")
        key = "line" if len(lines) == 1 else "lines"
        yield words["again"].format(count=len(one.more)), words[key].format(lines=shown)
    for other in one.related:
        yield words["note"], f"{other.place}: {other.message}"
    if one.help:
        yield words["help"], one.help


def _fix(fix: Fix, text: str, style: Style) -> Iterator[str]:
    words = style.words()
    label = words["fix-safe" if fix.safe else "fix-unsafe"]
    yield f"  {style.ansi(f'{label}:', _BOLD)}{'' if fix.edits else ' ' + words['drop-bom']}"
    lines = list(_changed_lines(fix, text))
    for mark, line, at in lines[:_MOST_LINES]:
        colour = _RED if mark == "-" else _GREEN
        yield style.ansi(f"    {mark} {around(line, at, style.width - 6)}", colour)
    if max(len(lines), len(fix.edits)) > _MOST_LINES:
        yield "    …"


def _changed_lines(fix: Fix, text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the first changed lines as they are and as they will be, each with the first change."""
    first = fix.edits[:_MOST_LINES]
    at = 0
    while at < len(first):
        start = _line_start(text, first[at].span.start)
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
        yield from _beside(_lines(text[start:end]), _lines(changed))
        at = last


def _beside(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    changes = [0] * max(len(old), len(new))
    if len(old) == len(new):
        changes = [_first_change(*pair) for pair in zip(old, new, strict=True)]
    for mark, lines in (("-", old), ("+", new)):
        yield from ((mark, line, at) for line, at in zip(lines, changes, strict=False))


def _first_change(old: str, new: str) -> int:
    at = 0
    while at < len(old) and old[at : at + _STEP] == new[at : at + _STEP]:
        at += _STEP
    pairs = enumerate(zip(old[at : at + _STEP], new[at : at + _STEP], strict=False), at)
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _lines(text: str) -> list[str]:
    return [line.rstrip("\r") for line in text.split("\n")]


def _line_start(text: str, at: int) -> int:
    limit = max(at - _LONGEST, 0)
    return text.rfind("\n", limit, at) + 1 or limit


def _line_end(text: str, at: int) -> int:
    limit = min(at + _LONGEST, len(text))
    end = text.find("\n", at, limit)
    return limit if end < 0 else end


def summary(report: Report, style: Style) -> str:
    """Return one line that says how many findings there are.

    Args:
        report: What was found.
        style: How to write it.
    """
    words = style.words()
    counts = Counter(one.severity for one in report.diagnostics)
    pages = style.counted("page", report.pages)
    known = words["known"].format(count=report.known) if report.known else ""
    if not counts:
        return f"{style.ansi(words['clean'].format(pages=pages), _GREEN)} {known}".rstrip()
    parts = [
        style.paint(f"{counts[severity]} {words[_plural(severity, counts[severity])]}", severity)
        for severity in Severity
        if counts[severity]
    ]
    told = words["found"].format(counts=", ".join(parts), pages=pages)
    fixable = sum(1 for one in report.diagnostics if one.fix and one.fix.safe)
    if fixable:
        told += " " + words["fixable"].format(count=fixable)
    return f"{told} {known}".rstrip()


def _plural(severity: Severity, count: int) -> str:
    return severity.value if count == 1 else f"{severity.value}s"
