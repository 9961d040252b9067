"""What is wrong around the pages, in the language of whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from leitfaden.contract.yamlloader import SafeLoader
from leitfaden.engine.doctoring.ailment import Ailment
from leitfaden.model.trouble import Trouble

_PARTS = ("what", "why", "cure")
_GIVEN = frozenset(("message", "cure", "why", "reason"))
"""Values that are sentences of others, which may have a translation of their own."""


@cache
def texts(language: str) -> Mapping[str, Any]:
    """Return the texts of a language.

    Args:
        language: Its key.
    """
    file = Path(__file__).with_name("texts") / f"{language}.yml"
    found: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=SafeLoader)
    return found


def title(name: str, language: str) -> str:
    """Return what something is called that is looked at."""
    text: str = texts(language)["titles"][name]
    return text


def told(ailment: Ailment, language: str) -> Trouble:
    """Put into words what is wrong.

    Args:
        ailment: What is wrong.
        language: The language.
    """
    wording: Mapping[str, str] = texts(language)["ailments"][ailment.name]
    values = {
        key: translated(value, language) if key in _GIVEN else value
        for key, value in ailment.values.items()
    }
    what, why, cure = (wording.get(part, "").format_map(values) for part in _PARTS)
    return Trouble(ailment.name, ailment.severity, what, why, cure)


def translated(sentence: str, language: str) -> str:
    """Return a sentence that is told in English elsewhere; as it is where nobody has translated it.

    Args:
        sentence: The sentence.
        language: The language.
    """
    sentences: Mapping[str, str] = texts(language).get("sentences", {})
    for english, theirs in sentences.items():
        match = _pattern(english).fullmatch(sentence)
        if match:
            return theirs.format_map(match.groupdict())
    return sentence


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Return what finds a text, with whatever stands in its places."""
    parts = (
        re.escape(literal) + (f"(?P<{name}>.+?)" if name else "")
        for literal, name, _, _ in Formatter().parse(text)
    )
    return re.compile("".join(parts), re.DOTALL)
