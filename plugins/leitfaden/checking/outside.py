"""Findings about files that are no pages, put into words."""

from __future__ import annotations

from collections.abc import Mapping

from leitfaden.checking.finding import Finding, shortened
from leitfaden.checking.registry import all_rules
from leitfaden.checking.wording import help_of, texts_of
from leitfaden.model import Diagnostic, Place, Span


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
    rule = all_rules()[code]
    shown = {key: shortened(str(value)) for key, value in (values or {}).items()}
    finding = Finding(Span(0, 0), shown, variant, guess)
    wording = texts_of(rule, language).wordings[variant]
    return Diagnostic(
        code=code,
        severity=rule.severity,
        place=place,
        message=wording.message.format_map(finding.values),
        help=help_of(wording, finding, language),
        name=rule.name,
        confidence=rule.confidence,
    )
