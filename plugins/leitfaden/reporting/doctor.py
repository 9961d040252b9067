"""What keeps a project from being built well: as text, in Markdown, in JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from leitfaden.model import Severity
from leitfaden.model.trouble import Examined, Trouble
from leitfaden.model.visible import harmless
from leitfaden.reporting.style import Style

VERSION = 1
_FINE = "ok"
_BOLD, _GREEN = "1", "32"
_INDENT = "  "


def text(examined: Sequence[Examined], style: Style) -> Iterator[str]:
    """Yield the lines of a text for people.

    Args:
        examined: What has been looked at.
        style: How it is written.
    """
    words = style.words()
    for one in examined:
        if not one.troubles:
            yield f"{style.ansi(_FINE, _GREEN)}: {one.title}"
        for trouble in one.troubles:
            level = style.paint(words[trouble.severity], trouble.severity)
            yield f"{level}[{trouble.name}]: {style.ansi(harmless(trouble.what), _BOLD)}"
            if trouble.why:
                yield from _filled(trouble.why, "", style)
            yield from _filled(trouble.cure, f"{words['help']}: ", style)
    yield ""
    yield summary(examined, style)


def _filled(told: str, label: str, style: Style) -> Iterator[str]:
    """Yield the lines of a paragraph; those that are an example stay as they are."""
    first, *rest = told.split("\n")
    yield from textwrap.wrap(
        f"{label}{harmless(first)}",
        max(style.width, 40),
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in rest:
        yield f"{_INDENT}{_INDENT}{harmless(line)}".rstrip()


def summary(examined: Sequence[Examined], style: Style) -> str:
    """Return how much is wrong, in one sentence."""
    counts = Counter(trouble.severity for one in examined for trouble in one.troubles)
    words = style.words()
    if not counts:
        return words["doctor-fine"]
    told = (
        f"{counts[severity]} {words[severity if counts[severity] == 1 else f'{severity}s']}"
        for severity in Severity
        if counts[severity]
    )
    return words["doctor-found"].format(counts=", ".join(told))


def markdown(examined: Sequence[Examined], style: Style) -> Iterator[str]:
    """Yield the lines of a text in Markdown.

    Args:
        examined: What has been looked at.
        style: How it is written.
    """
    words = style.words()
    for one in examined:
        yield f"## {one.title}"
        yield ""
        if not one.troubles:
            yield _FINE
        for trouble in one.troubles:
            lines = " ".join(filter(None, (trouble.what, trouble.why)))
            cure = trouble.cure.split("\n")[0]
            yield f"- **{words[trouble.severity]}** {harmless(lines)} *{words['help']}:* {cure}"
        yield ""
    yield summary(examined, style)


def document(examined: Sequence[Examined]) -> str:
    """Return a document for programs.

    Args:
        examined: What has been looked at.
    """
    told = {
        "version": VERSION,
        "examined": [
            {
                "name": one.name,
                "title": one.title,
                "level": worst(one.troubles),
                "troubles": [_entry(trouble) for trouble in one.troubles],
            }
            for one in examined
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def worst(troubles: Sequence[Trouble]) -> str:
    """Return the highest severity of what is wrong; `ok` if nothing is."""
    there = {trouble.severity for trouble in troubles}
    return next((severity.value for severity in Severity if severity in there), _FINE)


def _entry(trouble: Trouble) -> dict[str, str]:
    return {
        "name": trouble.name,
        "level": trouble.severity.value,
        "what": trouble.what,
        "why": trouble.why,
        "cure": trouble.cure,
    }
