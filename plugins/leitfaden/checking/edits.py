"""The fixes that rules propose."""

from __future__ import annotations

from leitfaden.model import Edit, Fix, Span


def replaced(span: Span, text: str, *, safe: bool = True) -> Fix:
    """Return the fix that puts a text in the place of a part of the page.

    Args:
        span: The part.
        text: What stands there afterwards.
        safe: Whether it changes nothing but what the finding names.
    """
    return Fix((Edit(span, text),), safe)


def deleted(span: Span, *, safe: bool = True) -> Fix:
    """Return the fix that takes a part of the page away."""
    return replaced(span, "", safe=safe)


def inserted(at: int, text: str, *, safe: bool = True) -> Fix:
    """Return the fix that puts a text in at an offset."""
    return replaced(Span(at, at), text, safe=safe)
