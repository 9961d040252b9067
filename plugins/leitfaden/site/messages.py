"""Diagnostics on their way into MkDocs' log."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from mkdocs.plugins import get_plugin_logger

from leitfaden.model import Diagnostic, Severity

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

    def tell_at(self, level: int, diagnostic: Diagnostic) -> None:
        """Log a diagnostic at a level that the user set."""
        if diagnostic not in self._told:
            self._told.add(diagnostic)
            self._log.log(level, "%s", diagnostic)
