"""What is wrong, where, and what to do about it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from leitfaden.model.span import Place, Span
from leitfaden.model.visible import harmless


class Severity(StrEnum):
    """How much a finding matters: an error is wrong, a warning misleads, a notice waits."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Confidence(StrEnum):
    """How sure a rule is: certain by the text alone, likely, or possible and worth a look."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Edit(NamedTuple):
    """A splice: the text that takes the place of a part of a page's text.

    Args:
        span: The part; empty where something is only put in.
        text: What stands there afterwards.
    """

    span: Span
    text: str


class Fix(NamedTuple):
    """What to change so that a finding is gone.

    Args:
        edits: The splices, in the order of the text and without overlap.
        safe: Whether it can be applied unseen: it changes nothing but what the finding names.
        drop_bom: Whether the byte order mark, which is no part of the text, is to go.
    """

    edits: tuple[Edit, ...]
    safe: bool = True
    drop_bom: bool = False


class Related(NamedTuple):
    """Another place that a finding is about.

    Args:
        place: Where.
        message: What is there.
    """

    place: Place
    message: str


class Diagnostic(NamedTuple):
    """A finding that a person can act on.

    Args:
        code: The stable code, such as `LF901`.
        severity: How much it matters.
        place: Where it is.
        message: What is wrong, one sentence that names the thing.
        help: What to do about it, one sentence.
        name: The rule's name, such as `task-id-format`; empty where no rule stands behind it.
        confidence: How sure it is.
        related: Other places that it is about.
        fix: What to change, if that is known.
        more: Where the same thing is wrong again on the same page.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    help: str = ""
    name: str = ""
    confidence: Confidence = Confidence.CERTAIN
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    more: tuple[Place, ...] = ()

    def __str__(self) -> str:
        text = f"{self.place}: {self.code} {self.message}"
        return harmless(f"{text} {self.help}" if self.help else text)
