"""Diagnostics on their way into MkDocs' log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

from mkdocs.plugins import get_plugin_logger

from leitfaden.checking.run import Report
from leitfaden.model import Diagnostic, Severity

FailOn: TypeAlias = Literal["error", "warning", "never"]
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "never")

_LEVELS = {
    Severity.ERROR: logging.ERROR,
    Severity.WARNING: logging.WARNING,
    Severity.NOTICE: logging.INFO,
}


class Messages:
    """Tells each diagnostic once, although each locale is built on its own."""

    def __init__(self) -> None:
        self._log = get_plugin_logger(__name__)
        self._told: set[Diagnostic] = set()

    def tell(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Log diagnostics, each at the level of its severity."""
        for diagnostic in diagnostics:
            self.tell_at(_LEVELS[diagnostic.severity], diagnostic)

    def tell_report(
        self, report: Report, fail_on: FailOn, level_of: Callable[[Diagnostic], int | None]
    ) -> None:
        """Log what checks found: what fails a strict build as a warning or error, the rest below.

        Args:
            report: What they found.
            fail_on: From which severity on it fails.
            level_of: Returns the level that MkDocs' own settings have for a finding, if they have
                one; a negative one means that the build needs nothing to be told.
        """
        for diagnostic in report.diagnostics:
            level = level_of(diagnostic)
            if level is None:
                level = _LEVELS[diagnostic.severity]
                if fail_on == "error" and level < logging.ERROR:
                    level = min(level, logging.INFO)
            if level >= 0:
                quiet = fail_on == "never"
                self.tell_at(min(level, logging.INFO) if quiet else level, diagnostic)

    def tell_at(self, level: int, diagnostic: Diagnostic) -> None:
        """Log a diagnostic at a level that the user set."""
        if diagnostic not in self._told:
            self._told.add(diagnostic)
            self._log.log(level, "%s", diagnostic)

    def remember(self, diagnostic: Diagnostic) -> None:
        """Take a diagnostic for told: another process has told it."""
        self._told.add(diagnostic)

    def has_told(self, diagnostic: Diagnostic) -> bool:
        """Tell whether a diagnostic has been told."""
        return diagnostic in self._told

    @contextmanager
    def telling_all(self) -> Iterator[None]:
        """Tell in this block also what has been told already; whoever listens tells it once."""
        told, self._told = self._told, set()
        try:
            yield
        finally:
            self._told = told
