"""One line a finding: `path:line:column: LF301 message`."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.checking.run import Report
from leitfaden.model.visible import harmless
from leitfaden.reporting.style import Style


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield one line for each finding.

    Args:
        report: What was found.
        style: How to write it.
    """
    for one in report.diagnostics:
        code = style.linked(style.paint(one.code, one.severity), one.code)
        again = f" (×{len(one.more) + 1})" if one.more else ""
        yield f"{harmless(str(one.place))}: {code} {harmless(one.message)}{again}"
