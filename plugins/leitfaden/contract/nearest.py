"""Did you mean …?"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_CUTOFF = 0.7  # `lables`/`labels` 0.83, `pge`/`page` 0.86; `colour`/`columns` 0.62 is another word
_LONGEST = 100  # comparing takes the product of both lengths; nobody misspells a longer key


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Return the entry of `known` that `text` most likely stands for, if there is one.

    Case does not count, and swapped letters always match (`ed` for `de`).
    """
    wanted = text.casefold()
    if not wanted or len(wanted) > _LONGEST:
        return None
    spelled = {entry.casefold(): entry for entry in known if len(entry) <= _LONGEST}
    close = get_close_matches(wanted, spelled, n=1, cutoff=_CUTOFF)
    if close:
        return spelled[close[0]]
    letters = sorted(wanted)
    return next((spelled[entry] for entry in spelled if sorted(entry) == letters), None)
