"""SARIF 2.1.0, which code scanning on GitHub and many editors read.

The format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

from leitfaden.checking.lines import Texts
from leitfaden.checking.registry import all_rules
from leitfaden.checking.run import Report
from leitfaden.checking.wording import texts_of
from leitfaden.model import Confidence, Diagnostic, Fix, Place, Severity
from leitfaden.reporting.style import Style

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_MOST_PLACES = 100  # of one result: GitHub shows no more
_PRECISIONS = {
    Confidence.CERTAIN: "very-high",
    Confidence.LIKELY: "high",
    Confidence.POSSIBLE: "medium",
}


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield one SARIF log with one run.

    Args:
        report: What was found.
        style: How to write it.
    """
    codes = sorted({one.code for one in report.diagnostics})
    driver: dict[str, Any] = {
        "name": "leitfaden",
        "rules": [_rule(code, style) for code in codes],
        "language": style.language,
    }
    if style.version:
        driver["version"] = style.version
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    "ROOT": {"description": {"text": "The repository's folder."}}
                },
                "results": list(_results(report, codes, style)),
            }
        ],
    }
    yield json.dumps(log, ensure_ascii=False)  # with an indent it takes ten times as long


def _rule(code: str, style: Style) -> dict[str, Any]:
    rule = all_rules().get(code)
    described: dict[str, Any] = {"id": code}
    if rule:
        texts = texts_of(rule, style.language)
        described |= {
            "name": rule.name,
            "shortDescription": {"text": texts.summary},
            "help": {"text": texts.explanation, "markdown": texts.explanation},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            "properties": {"precision": _PRECISIONS[rule.confidence]},
        }
    if url := style.url(code):
        described["helpUri"] = url
    return described


def _results(report: Report, codes: Sequence[str], style: Style) -> Iterator[dict[str, Any]]:
    ranks = {code: rank for rank, code in enumerate(codes)}
    contents = _Contents(report)
    for one in report.diagnostics:
        yield _result(one, ranks[one.code], contents, style)


def _result(one: Diagnostic, index: int, contents: _Contents, style: Style) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": index,
        "level": _LEVELS[one.severity],
        "message": {"text": f"{one.message} {one.help}".strip()},
        "locations": [_location(one.place, style)],
        "partialFingerprints": {"leitfaden/v1": contents.fingerprint(one)},
    }
    related = [(other.place, other.message) for other in one.related]
    related += [(place, one.message) for place in one.more]
    if related:
        result["relatedLocations"] = [
            {**_location(place, style), "id": number, "message": {"text": text}}
            for number, (place, text) in enumerate(related[:_MOST_PLACES], start=1)
        ]
    if one.fix and one.fix.edits:
        result["fixes"] = [_fix(one, one.fix, contents.report.texts, style)]
    return result


def _location(place: Place, style: Style) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.path, style)}
    if place.start:
        physical["region"] = _region(place)
    return {"physicalLocation": physical}


def _artifact(path: str, style: Style) -> dict[str, str]:
    return {"uri": quote(style.prefix + path), "uriBaseId": "ROOT"}


def _region(place: Place) -> dict[str, int]:
    assert place.start
    region = {"startLine": place.start.line, "startColumn": place.start.column}
    if place.end:
        region |= {"endLine": place.end.line, "endColumn": place.end.column}
    return region


def _fix(one: Diagnostic, fix: Fix, texts: Texts, style: Style) -> dict[str, Any]:
    path = one.place.path
    replacements = [
        {
            "deletedRegion": _region(
                Place(
                    path,
                    texts.position(path, edit.span.start),
                    texts.position(path, edit.span.end),
                )
            ),
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    return {
        "description": {"text": one.help or one.message},
        "artifactChanges": [
            {"artifactLocation": _artifact(path, style), "replacements": replacements}
        ],
    }


class _Contents:
    """What findings are about, so that the same one is known again in another run.

    Args:
        report: The findings.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self._line = ("", 0, b"")  # the last one: many findings may be about one that is long

    def fingerprint(self, one: Diagnostic) -> str:
        """Return what stays the same when other lines of the file change."""
        path, start = one.place.path, one.place.start
        content = "\0".join((one.code, path, one.message))
        digest = blake2b(_bytes(content), digest_size=16)
        digest.update(self._line_at(path, start.line) if start else b"")
        return digest.hexdigest()

    def _line_at(self, path: str, number: int) -> bytes:
        if self._line[:2] != (path, number):
            words = self.report.texts.line(path, number).split()
            line = blake2b(_bytes(" ".join(words)), digest_size=16).digest()
            self._line = (path, number, line)
        return self._line[2]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
