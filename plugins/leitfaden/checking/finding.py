"""What a rule finds, before it is put into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from leitfaden.model import Fix, Place, Span

_NOTHING: Mapping[str, str] = {}  # never written to
_LONGEST = 80  # of a value in a message: a page's text can be any length


class Elsewhere(NamedTuple):
    """Another place that a finding is about.

    Args:
        place: Where.
        key: Which of the rule's `notes` says what is there.
        values: What fills the note's placeholders.
    """

    place: Place
    key: str = ""
    values: Mapping[str, str] = _NOTHING


class Finding(NamedTuple):
    """A rule's finding on one page.

    Args:
        span: Where, in the page's text.
        values: What fills the placeholders of the rule's message and help.
        variant: Which of the rule's wordings tells it; empty for the first.
        guess: What the writer probably meant; said in place of the help.
        related: Other places that it is about.
        fix: What to change.
        alike: What is the same where a translation takes the finding over from its source, if its
            values differ there, as the names of files do.
        cause: What other pages' findings of the rule have in common with it if they have the same
            cause, so that one of them is told; empty for a cause of its own.
    """

    span: Span
    values: Mapping[str, str] = _NOTHING
    variant: str = ""
    guess: str | None = None
    related: tuple[Elsewhere, ...] = ()
    fix: Fix | None = None
    alike: str = ""
    cause: str = ""


class Found(NamedTuple):
    """A finding with the rule that made it.

    Args:
        code: The rule.
        finding: What it found.
    """

    code: str
    finding: Finding


def found(
    span: Span,
    variant: str = "",
    *,
    guess: str | None = None,
    related: Iterable[Elsewhere] = (),
    fix: Fix | None = None,
    alike: str = "",
    cause: str = "",
    **values: object,
) -> Finding:
    """Return a finding.

    Args:
        span: Where, in the page's text; empty at 0 for the page as a whole.
        variant: Which of the rule's wordings tells it.
        guess: What the writer probably meant.
        related: Other places that it is about.
        fix: What to change.
        alike: What is the same where a translation takes it over, if the values differ there.
        cause: What findings on other pages have in common with it if they have the same cause.
        **values: What fills the placeholders; texts from a page are shown in one line.
    """
    shown = {key: shortened(str(value)) for key, value in values.items()}
    return Finding(span, shown, variant, guess, tuple(related), fix, alike, cause)


def shortened(text: str) -> str:
    """Return a text as a message shows it: in one line, not too long, and printable anywhere."""
    line = " ".join(text.split())
    if not line.isascii():  # YAML can write half of a surrogate pair, which no encoding has
        line = line.encode("utf-8", "replace").decode("utf-8")
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
