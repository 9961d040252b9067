"""What is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leitfaden.model.span import Place


class Severity(StrEnum):
    """How much a finding matters: an error is wrong, a warning misleads, a notice waits."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding that a person can act on.

    Args:
        code: The stable code, such as `LF901`.
        severity: How much it matters.
        place: Where it is.
        message: What is wrong, one sentence that names the thing.
        help: What to do about it, one sentence.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    help: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.code} {self.message}"
        return f"{text} {self.help}" if self.help else text
