"""Headings: their form and their levels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitfaden.checking.edits import replaced
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.rule import page_rule
from leitfaden.checking.subject import Subject
from leitfaden.model import Severity, Span

_WIDE_MARKS = re.compile(r" {0,3}#{1,6}([ \t\u00a0]{2,})(?=\S)")


@page_rule(
    "LF210",
    "heading-blanks",
    "Between `{marks}` and the heading “{heading}” there is more than one blank.",
    "Leave one blank.",
    severity=Severity.NOTICE,
    repeats=True,
    fixable="safe",
)
def heading_blanks(subject: Subject) -> Iterator[Finding]:
    """Report more than one blank between the `#` of a heading and its text.

    ## What it does
    Looks at the blanks behind the `#` marks of each heading.

    ## Why
    They are not shown, so nobody sees them; but searching the sources for `## Overview` misses the
    heading, and each tool that tidies pages changes the line again.

    ## Example
    ```markdown
    ##  Overview
    ```

    ## Use instead
    ```markdown
    ## Overview
    ```

    ## Fix
    Safe: all but one blank are removed.
    """
    for heading in subject.page.headings:
        marks = _WIDE_MARKS.match(subject.text, heading.span.start, heading.text_span.start + 1)
        if marks:
            span = Span(marks.start(1), marks.end(1))
            shown = "#" * heading.level
            yield found(span, marks=shown, heading=heading.text, fix=replaced(span, " "))
