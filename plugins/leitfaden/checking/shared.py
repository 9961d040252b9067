"""Findings of several pages that have one cause: they are told once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from leitfaden.checking.baseline import Located
from leitfaden.checking.finding import Elsewhere
from leitfaden.checking.registry import all_rules

_MOST_PLACES: Final = 20  # that a finding names
_LOCALE: Final = "locale"


def without_repetitions(located: Iterable[Located]) -> list[Located]:
    """Return findings, of those with the same cause the first, which names the others' places.

    Args:
        located: All that are to be told, in their order.
    """
    kept: list[Located] = []
    first: dict[tuple[str, str], int] = {}
    for one in located:
        cause = one.found.finding.cause
        if not cause or one.place is not None:
            kept.append(one)
            continue
        index = first.setdefault((one.found.code, cause), len(kept))
        if index == len(kept):
            kept.append(one)
        else:
            kept[index] = _joined(kept[index], one)
    return kept


def _joined(first: Located, other: Located) -> Located:
    finding, again = first.found.finding, other.found.finding
    is_of_locale = _LOCALE in all_rules()[other.found.code].notes
    key = _LOCALE if is_of_locale else ""
    values = {_LOCALE: other.facts.locale}
    here = Elsewhere(other.facts.place(again.span), key, values)
    places = (here,) if is_of_locale else (here, *again.related)
    related = (*finding.related, *places)[:_MOST_PLACES]
    return first._replace(found=first.found._replace(finding=finding._replace(related=related)))
