"""Days as findings name them and fixes write them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from leitfaden.reading.dates import read_date

EXAMPLE = dt.date(2026, 1, 31)  # shows the order, and that numbers have two digits

_THREE_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,4})\2(\d{1,4})")


@lru_cache(maxsize=10_000)  # a playbook changes on few days
def written_day(day: dt.date, pattern: str) -> str:
    """Return a day in the form of a pattern, with four digits for the year on every system."""
    return day.strftime(pattern.replace("%Y", f"{day.year:04}"))


def likely_day(text: str, pattern: str) -> str | None:
    """Return the day that was meant by one that does not exist: a zero too many, or two swapped."""
    match = _THREE_NUMBERS.fullmatch("".join(text.split()))
    if match is None:
        return None
    first, second, third = (_short(match[group]) for group in (1, 3, 4))
    for parts in ((first, second, third), (second, first, third), (first, third, second)):
        day = read_date(match[2].join(parts), (pattern,))
        if day:
            return written_day(day, pattern)
    return None


def _short(number: str) -> str:
    return number if len(number) == 4 else (number.lstrip("0") or "0")
