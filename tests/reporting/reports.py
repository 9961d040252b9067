"""A small report with a bit of everything, made by hand."""

from __future__ import annotations

from leitfaden.checking.lines import Texts
from leitfaden.checking.run import Report
from leitfaden.model import (
    Confidence,
    Diagnostic,
    Edit,
    Fix,
    Place,
    Position,
    Related,
    Severity,
    Span,
)

TEXTS = {
    "docs/en/a page.md": "# Title\n\n##  Over\u00a0view\u200b\n\n| 4o47 | 名前 |\n",
    "docs/de/a page.md": "# Titel\r\n\r\nText & <mehr>  \r\n",
}


def place(path: str, line: int, column: int, end: int) -> Place:
    return Place(path, Position(line, column), Position(line, end))


HEADING = Diagnostic(
    "LF210",
    Severity.NOTICE,
    place("docs/en/a page.md", 3, 3, 5),
    "Between `##` and the heading “Over view” there is more than one blank.",
    "Leave one blank.",
    name="heading-blanks",
    fix=Fix((Edit(Span(11, 13), " "),)),
    more=(place("docs/en/a page.md", 5, 1, 2), place("docs/en/a page.md", 7, 1, 2)),
)
TASK = Diagnostic(
    "LF301",
    Severity.ERROR,
    place("docs/en/a page.md", 5, 3, 7),
    "“4o47” is no task ID: 100% wrong.",
    "Did you mean `4047`?",
    name="task-id-format",
    related=(Related(place("docs/de/a page.md", 3, 1, 5), "task 4047 is here"),),
    fix=Fix((Edit(Span(27, 31), "4047"),), safe=False),
)
BLANKS = Diagnostic(
    "LF114",
    Severity.WARNING,
    place("docs/de/a page.md", 3, 14, 16),
    "The line ends with blanks.",
    name="metadata-trailing-blanks",
    confidence=Confidence.LIKELY,
    fix=Fix((Edit(Span(24, 26), ""),)),
)
WHOLE = Diagnostic("LF999", Severity.ERROR, Place("docs/de/b.md"), "The file is no page.")

REPORT = Report((HEADING, TASK, BLANKS, WHOLE), 3, Texts(lambda path: TEXTS.get(path, "")))
CLEAN = Report((), 3, Texts(lambda path: ""))
