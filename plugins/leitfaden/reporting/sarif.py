"""SARIF 2.1.0, which code scanning on GitHub and many editors read.

The format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

from leitfaden.checking.registry import all_rules
from leitfaden.checking.run import Report
from leitfaden.checking.wording import texts_of
from leitfaden.model import Confidence, Diagnostic, Fix, Place, Severity
from leitfaden.reporting.style import Style

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
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
                "originalUriBaseIds": {"ROOT": {"description": {"text": "The project's folder."}}},
                "results": [
                    _result(one, codes.index(one.code), report) for one in report.diagnostics
                ],
            }
        ],
    }
    yield json.dumps(log, ensure_ascii=False, indent=2)


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


def _result(one: Diagnostic, index: int, report: Report) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": index,
        "level": _LEVELS[one.severity],
        "message": {"text": f"{one.message} {one.help}".strip()},
        "locations": [_location(one.place)],
        "partialFingerprints": {"leitfaden/v1": _fingerprint(one, report)},
    }
    related = [(other.place, other.message) for other in one.related]
    related += [(place, one.message) for place in one.more]
    if related:
        result["relatedLocations"] = [
            {**_location(place), "id": number, "message": {"text": text}}
            for number, (place, text) in enumerate(related, start=1)
        ]
    if one.fix and one.fix.edits:
        result["fixes"] = [_fix(one, one.fix, report)]
    return result


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.path)}
    if place.start:
        physical["region"] = _region(place)
    return {"physicalLocation": physical}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path), "uriBaseId": "ROOT"}


def _region(place: Place) -> dict[str, int]:
    assert place.start
    region = {"startLine": place.start.line, "startColumn": place.start.column}
    if place.end:
        region |= {"endLine": place.end.line, "endColumn": place.end.column}
    return region


def _fix(one: Diagnostic, fix: Fix, report: Report) -> dict[str, Any]:
    path = one.place.path
    replacements = [
        {
            "deletedRegion": _region(
                Place(
                    path,
                    report.texts.position(path, edit.span.start),
                    report.texts.position(path, edit.span.end),
                )
            ),
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    return {
        "description": {"text": one.help or one.message},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }


def _fingerprint(one: Diagnostic, report: Report) -> str:
    """Return what stays the same when other lines of the file change."""
    path, start = one.place.path, one.place.start
    line = " ".join(report.texts.line(path, start.line).split()) if start else ""
    content = "\0".join((one.code, path, one.message, line))
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
