"""The HTML of a page while it is being written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from leitfaden.rendering.sanitiser import Own, Piece, Raw


class Output:
    """Collects pieces of HTML, and has the raw ones among them mended element by element.

    Args:
        mend: Makes the content of an element that holds raw HTML harmless and balanced.
    """

    def __init__(self, mend: Callable[[Sequence[Piece]], list[Own]]) -> None:
        self._mend = mend
        self._pieces: list[Piece] = []
        self._raw: list[int] = []  # where the raw pieces are
        self._nests = False
        self.add = self._pieces.append

    def __len__(self) -> int:
        return len(self._pieces)

    def add_raw(self, raw: Raw) -> None:
        """Write HTML of the page's own."""
        self._raw.append(len(self._pieces))
        self._pieces.append(raw)

    def settle(self, start: int) -> None:
        """Mend what was written since the output was `start` long."""
        if not self._raw or self._raw[-1] < start:
            return
        while self._raw and self._raw[-1] >= start:
            self._raw.pop()
        self._nests = True
        # As one piece, so that nested elements are not copied again and again.
        self._pieces[start:] = [self._mend(self._pieces[start:])]

    def take(self, start: int) -> str:
        """Remove and return what was written since the output was `start` long."""
        self.settle(start)
        taken = self._pieces[start:]
        del self._pieces[start:]
        # Without raw HTML there are only strings: no need to look at each.
        return "".join(_flat(taken) if self._nests else cast("list[str]", taken))


def _flat(pieces: Sequence[Piece]) -> Iterable[str]:
    """Return the strings in lists of lists, however deep they are."""
    waiting = [iter(pieces)]
    while waiting:
        for piece in waiting[-1]:
            if isinstance(piece, list):
                waiting.append(iter(piece))
                break
            assert isinstance(piece, str)
            yield piece
        else:
            waiting.pop()
