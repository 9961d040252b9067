"""JSON for programs; see docs: the format has a version, and grows without breaking."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from leitfaden.checking.run import Report
from leitfaden.model import Diagnostic, Fix, Place
from leitfaden.reporting.style import Style

VERSION = 1


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield one JSON document.

    Lines and columns count from 1, columns and offsets in code points; offsets are those of the
    file's text without a byte order mark.

    Args:
        report: What was found.
        style: How to write it.
    """
    yield "{"
    yield f'"version": {VERSION},'
    yield f'"pages": {report.pages},'
    yield f'"known": {report.known},'
    yield '"diagnostics": ['
    last = len(report.diagnostics) - 1
    for index, one in enumerate(report.diagnostics):
        # A line each: with an indent, Python's encoder takes ten times as long.
        line = json.dumps(_diagnostic(one, style), ensure_ascii=False)
        yield line if index == last else f"{line},"
    yield "]"
    yield "}"


def _diagnostic(one: Diagnostic, style: Style) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity.value,
        "confidence": one.confidence.value,
        "message": one.message,
        "help": one.help,
        "url": style.url(one.code),
        "place": place_of(one.place),
        "more": [place_of(place) for place in one.more],
        "related": [
            {"message": other.message, "place": place_of(other.place)} for other in one.related
        ],
        "fix": _fix(one.fix) if one.fix else None,
    }


def place_of(place: Place) -> dict[str, Any]:
    """Return a place as JSON has it."""
    start, end = place.start, place.end
    return {
        "path": place.path,
        "start": {"line": start.line, "column": start.column} if start else None,
        "end": {"line": end.line, "column": end.column} if end else None,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "safe": fix.safe,
        "drop-bom": fix.drop_bom,
        "edits": [
            {"start": edit.span.start, "end": edit.span.end, "text": edit.text}
            for edit in fix.edits
        ],
    }
