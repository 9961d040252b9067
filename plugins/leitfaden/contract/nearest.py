"""Did you mean …?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

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
    close = _most_alike(wanted, spelled)
    if close is not None:
        return spelled[close]
    letters = sorted(wanted)
    return next((spelled[entry] for entry in spelled if sorted(entry) == letters), None)


def _most_alike(wanted: str, entries: Iterable[str]) -> str | None:
    """Return what `difflib.get_close_matches` would, but compare closely only what can be best."""
    bounds = []
    letters = Counter(wanted).items()
    for entry in entries:
        length = len(wanted) + len(entry)
        if 2 * min(len(wanted), len(entry)) / length >= _CUTOFF:
            shared = sum([min(times, entry.count(letter)) for letter, times in letters])
            if 2 * shared / length >= _CUTOFF:
                bounds.append((2 * shared / length, entry))
    best: tuple[float, str] = (_CUTOFF, "")
    matcher = SequenceMatcher(None, "", wanted)
    for bound, entry in sorted(bounds, reverse=True):
        if bound < best[0]:
            break
        matcher.set_seq1(entry)
        best = max(best, (matcher.ratio(), entry))
    return best[1] or None
