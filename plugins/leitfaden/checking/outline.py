"""The headings of a page as its outline."""

from __future__ import annotations

import re

from leitfaden.checking.edits import replaced
from leitfaden.checking.subject import Subject
from leitfaden.model import Fix, Span

_MARKS = re.compile(r" {0,3}(#{1,6})(?=[ \t])")


def with_level(subject: Subject, index: int, level: int) -> Fix | None:
    """Return the fix that gives a heading another level, unless another heading depends on it.

    Args:
        subject: The page.
        index: Which of its headings.
        level: The level that it is to have.
    """
    heading = subject.page.headings[index]
    marks = _MARKS.match(subject.text, heading.span.start, heading.text_span.start + 1)
    if marks is None or len(marks[1]) != heading.level:
        return None  # underlined, or what was read does not stand here as it is
    below = subject.page.headings[index + 1 : index + 2]
    if below and below[0].level > min(level, heading.level):
        return None
    return replaced(Span(marks.start(1), marks.end(1)), "#" * level)
