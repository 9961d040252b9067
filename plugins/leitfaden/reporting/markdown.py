"""A summary in Markdown, for a job's page or a comment in a pull request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from leitfaden.checking.run import Report
from leitfaden.model import Diagnostic, Severity
from leitfaden.model.visible import harmless
from leitfaden.reporting.style import Style
from leitfaden.reporting.text import summary

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")
_LONGEST = 60_000  # characters: GitHub refuses a comment of more than 65,536


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield a heading, how often each rule found something, and the findings by page.

    Args:
        report: What was found.
        style: How to write it.
    """
    left = _LONGEST
    for line in _lines(report, style):
        left -= len(line) + 1
        if left < 0:
            yield ""
            yield style.words()["shortened"]
            return
        yield line


def _lines(report: Report, style: Style) -> Iterator[str]:
    yield f"## {style.words()['title']}"
    yield ""
    yield summary(report, style)
    if not report.diagnostics:
        return
    yield ""
    yield from _by_rule(report.diagnostics, style)
    for path, group in groupby(report.diagnostics, key=lambda one: one.place.path):
        yield from _page(path, list(group), style)


def _by_rule(diagnostics: Sequence[Diagnostic], style: Style) -> Iterator[str]:
    words = style.words()
    counts = Counter((list(Severity).index(d.severity), d.code, d.name) for d in diagnostics)
    yield f"| {words['rule']} | {words['severity']} | {words['count']} |"
    yield "| --- | --- | ---: |"
    for (rank, code, name), count in sorted(counts.items()):
        severity = words[list(Severity)[rank].value]
        yield f"| {_rule(code, name, style)} | {severity} | {count} |"


def _page(path: str, found: Sequence[Diagnostic], style: Style) -> Iterator[str]:
    yield ""
    yield f"### {_escaped(path)}"
    yield ""
    for one in found:
        place = f"{one.place.start.line}:{one.place.start.column} " if one.place.start else ""
        help = f" {_escaped(one.help)}" if one.help else ""
        severity = style.words()[one.severity.value]
        yield f"- {place}**{severity}** {_rule(one.code, '', style)}: {_escaped(one.message)}{help}"


def _rule(code: str, name: str, style: Style) -> str:
    url = style.url(code)
    shown = f"[{code}]({url})" if url else code
    return f"{shown} {name}".strip()


def _escaped(text: str) -> str:
    """Return a text so that Markdown shows it as it is, what stands in backticks as code."""
    parts = harmless(" ".join(text.split())).split("`")
    if len(parts) % 2 == 0:
        return _SPECIAL.sub(r"\\\1", "`".join(parts))
    for index in range(0, len(parts), 2):
        parts[index] = _SPECIAL.sub(r"\\\1", parts[index])
    return "`".join(parts)
