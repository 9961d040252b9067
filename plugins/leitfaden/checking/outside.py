"""Findings about files that are no pages, put into words."""

from __future__ import annotations

from collections.abc import Mapping

from leitfaden.checking.finding import Finding, Found, shortened
from leitfaden.checking.registry import all_rules
from leitfaden.checking.wording import help_of, texts_of
from leitfaden.model import Diagnostic, Place, Severity, Span


def outside(
    code: str,
    place: Place,
    variant: str = "",
    *,
    language: str = "en",
    guess: str | None = None,
    values: Mapping[str, object] | None = None,
) -> Diagnostic:
    """Return a rule's finding at a place outside of the pages.

    Args:
        code: The rule.
        place: Where.
        variant: Which of the rule's wordings tells it.
        language: The language of the texts.
        guess: What the writer probably meant.
        values: What fills the placeholders.
    """
    shown = {key: shortened(str(value)) for key, value in (values or {}).items()}
    return told_outside(Found(code, Finding(Span(0, 0), shown, variant, guess)), place, language)


def told_outside(
    one: Found, place: Place, language: str = "en", severity: Severity | None = None
) -> Diagnostic:
    """Put a finding at a place outside of the pages into words.

    Args:
        one: The finding.
        place: Where.
        language: The language of the texts.
        severity: How much it matters, if not what the rule says.
    """
    rule, finding = all_rules()[one.code], one.finding
    wording = texts_of(rule, language).wordings[finding.variant]
    return Diagnostic(
        code=one.code,
        severity=severity or rule.severity,
        place=place,
        message=wording.message.format_map(finding.values),
        help=help_of(wording, finding, language),
        name=rule.name,
        confidence=rule.confidence,
    )
