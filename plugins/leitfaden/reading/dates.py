"""Dates as writers write them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from leitfaden.model import Defect, DefectKind, Span
from leitfaden.reading.markdown import tidy

_LOOKS_LIKE_A_DATE = re.compile(r"\d+\s*[./-]\s*\d+\s*[./-]\s*\d+")
_LONGEST = 40


def read_date(text: str, formats: tuple[str, ...]) -> dt.date | None:
    """Return the day that the text names, or None.

    Args:
        text: What stands in the cell or value.
        formats: `strptime` formats in the order in which they are tried.
    """
    cleaned = "".join(tidy(text).split())
    return _day(cleaned, formats) if len(cleaned) <= _LONGEST else None


@lru_cache(maxsize=10_000)  # a playbook changes on few days, and strptime is slow
def _day(text: str, formats: tuple[str, ...]) -> dt.date | None:
    for form in formats:
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def date_defect(text: str, span: Span) -> Defect:
    """Return why a text could not be read as a date: no such day, or no date at all."""
    kind = (
        DefectKind.DATE_IMPOSSIBLE
        if _LOOKS_LIKE_A_DATE.fullmatch(tidy(text))
        else DefectKind.DATE_UNREADABLE
    )
    return Defect(kind, span, tidy(text))
