"""The formats by name."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from leitfaden.checking.run import Report
from leitfaden.reporting.style import Style

FORMATS = ("text", "concise", "json", "sarif", "github", "junit", "markdown")


class Format(Protocol):
    """A module of this room: what makes a format of a report."""

    def render(self, report: Report, style: Style) -> Iterator[str]:
        """Yield the report's lines, without their ends."""


def render(name: str, report: Report, style: Style) -> Iterator[str]:
    """Yield the lines of a report in a format.

    Args:
        name: One of `FORMATS`.
        report: What was found.
        style: How to write it.

    Raises:
        KeyError: There is no such format.
    """
    if name not in FORMATS:
        raise KeyError(name)
    module = cast(Format, import_module(f"leitfaden.reporting.{name}"))  # only the one in need
    return module.render(report, style)
