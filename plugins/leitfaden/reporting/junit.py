"""JUnit XML: a test suite a page, a failed test a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from leitfaden.checking.run import Report
from leitfaden.model import Diagnostic
from leitfaden.reporting.style import Style
from leitfaden.reporting.text import summary

# What XML 1.0 has no way to write.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield one XML document.

    Args:
        report: What was found.
        style: How to write it.
    """
    count = str(len(report.diagnostics))
    tests = count if report.diagnostics else "1"
    root = Element("testsuites", name="leitfaden check", tests=tests, failures=count, errors="0")
    if not report.diagnostics:  # servers take a file without any test for a failure
        suite = SubElement(root, "testsuite", name="leitfaden check", tests="1", failures="0")
        SubElement(suite, "testcase", name=summary(report, style), classname="leitfaden check")
    for path, group in groupby(report.diagnostics, key=lambda one: one.place.path):
        found = list(group)
        number = str(len(found))
        suite = SubElement(
            root, "testsuite", name=_text(path), tests=number, failures=number, errors="0"
        )
        for one in found:
            _case(suite, one, style)
    indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield tostring(root, encoding="unicode")


def _case(suite: Element, one: Diagnostic, style: Style) -> None:
    name = f"{one.code} {one.name}".strip()
    attributes = {"name": f"{name} {_text(str(one.place))}", "classname": _text(one.place.path)}
    if one.place.start:
        attributes |= {"file": _text(one.place.path), "line": str(one.place.start.line)}
    case = SubElement(suite, "testcase", attributes)
    failure = SubElement(case, "failure", type=one.severity.value, message=_text(one.message))
    lines = (f"{one.place}", one.message, one.help, style.url(one.code))
    failure.text = _text("\n".join(filter(None, lines)))


def _text(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
