"""Why something was not fixed or not written, in the language of whoever reads it."""

from __future__ import annotations

from leitfaden.checking.wording import catalogue
from leitfaden.fixing.result import Reason, Refusal


def told(reason: Reason | Refusal, detail: str = "", language: str = "en") -> str:
    """Return a reason as a sentence; in English where the language has none.

    Args:
        reason: The reason.
        detail: What it is about.
        language: The key of a language.
    """
    texts = {**catalogue("en")["fixing"], **catalogue(language).get("fixing", {})}
    sentence: str = texts[reason].format(detail=detail)
    return sentence
