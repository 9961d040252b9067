"""The texts of files that findings name, by line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from leitfaden.model import Position


class Texts:
    r"""The texts of files, each read once, when a report shows something of it.

    Args:
        read: Returns the text of a file as lines are counted in it: without a byte order mark,
            and with `\n` at the end of each line.
    """

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self._texts: dict[str, str] = {}
        self._starts: dict[str, list[int]] = {}
        self._line = ("", 0, "")  # the last one: many findings may be about one that is long

    def text(self, path: str) -> str:
        """Return a file's text; empty if it cannot be read."""
        if path not in self._texts:
            self._texts[path] = self._read(path)
        return self._texts[path]

    def line(self, path: str, number: int) -> str:
        """Return a line, counted from 1, without its end; empty if there is none."""
        if self._line[:2] != (path, number):
            text, starts = self.text(path), self._lines(path)
            inside = 0 < number < len(starts)
            line = text[starts[number - 1] : starts[number]].rstrip("\r\n") if inside else ""
            self._line = (path, number, line)
        return self._line[2]

    def position(self, path: str, offset: int) -> Position:
        """Return line and column of an offset."""
        starts = self._lines(path)
        line = min(bisect_right(starts, offset), max(len(starts) - 1, 1))
        return Position(line, offset - starts[line - 1] + 1)

    def _lines(self, path: str) -> list[int]:
        """Return where each line begins, and where the text ends."""
        if path not in self._starts:
            lines = self.text(path).split("\n")
            self._starts[path] = list(accumulate((len(line) + 1 for line in lines), initial=0))
        return self._starts[path]
