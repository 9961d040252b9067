"""Why something was not fixed or not written, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from leitfaden.fixing.result import Reason, Refusal


def told(reason: Reason | Refusal, detail: str = "", language: str = "en") -> str:
    """Return a reason as a sentence; in English where the language has none.

    Args:
        reason: The reason.
        detail: What it is about.
        language: The key of a language.
    """
    texts = {**sentences("en"), **sentences(language)}
    return texts[reason].format(detail=detail)


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Return the sentences of a language by reason."""
    file = files("leitfaden.fixing").joinpath("texts", f"{language}.yml")
    texts: dict[str, str] = yaml.safe_load(file.read_text("utf-8")) if file.is_file() else {}
    return texts
