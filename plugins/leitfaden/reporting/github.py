"""Annotations in a pull request on GitHub, by its workflow commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from leitfaden.checking.run import Report
from leitfaden.model import Diagnostic, Severity
from leitfaden.model.visible import harmless
from leitfaden.reporting import concise
from leitfaden.reporting.style import Style
from leitfaden.reporting.text import summary

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "notice",
}
_SHOWN = 10  # of each severity in a step; GitHub drops the others without a word


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield workflow commands for as many findings as GitHub shows, and the others for the log.

    Args:
        report: What was found.
        style: How to write it.
    """
    shown: Counter[Severity] = Counter()
    others = []
    for one in report.diagnostics:
        shown[one.severity] += 1
        if shown[one.severity] <= _SHOWN:
            yield _command(one, style)
        else:
            others.append(one)
    if others:
        yield style.words()["not-shown"].format(count=_SHOWN)
        yield from map(_inert, concise.render(replace(report, diagnostics=tuple(others)), style))
    yield _inert(summary(report, style))


def _command(one: Diagnostic, style: Style) -> str:
    properties = {
        "file": harmless(style.prefix + one.place.path),
        "title": f"{one.code} {one.name}".strip(),
    }
    if one.place.start:
        properties["line"] = str(one.place.start.line)
        properties["col"] = str(one.place.start.column)
    if one.place.end and one.place.start:
        properties["endLine"] = str(one.place.end.line)
        # GitHub shows a column only for findings within one line.
        if one.place.end.line == one.place.start.line:
            properties["endColumn"] = str(one.place.end.column)
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    said = filter(None, (one.message, one.help, style.url(one.code)))
    message = "\n".join(map(harmless, said))
    return f"::{_COMMANDS[one.severity]} {written}::{_data(message)}"


def _inert(line: str) -> str:
    """Return a line of the log so that no command is read in it: what it quotes can be anything."""
    return line.replace("::", ":\u200b:").replace("##[", "##\u200b[")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
