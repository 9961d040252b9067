"""How far a work is: one line on a terminal, if it takes long enough for anybody to wonder."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import mmap

_QUIET_SECONDS = 1.0  # before anything is shown
_STEP = 0.1  # seconds between two looks
_CLEAR = "\r\x1b[K"
_SLOTS = 4096  # numbers of processes are counted up, so those of a build are all different
_BYTES = 8


class Progress:
    """The line.

    Args:
        is_shown: Whether there is one, if there is a terminal.
        quiet: Seconds before anything is shown.
    """

    def __init__(self, *, is_shown: bool = True, quiet: float = _QUIET_SECONDS) -> None:
        dumb = os.environ.get("TERM") == "dumb"
        self._is_on = is_shown and sys.stderr.isatty() and not dumb
        self._next = time.monotonic() + quiet
        self._text = ""
        self._is_there = False

    def show(self, text: str) -> None:
        """Show a text in place of the last one; not at once, and not too often.

        Args:
            text: How far the work is.
        """
        self._text = text
        if self._is_on and time.monotonic() >= self._next:
            self._next = time.monotonic() + _STEP
            self._is_there = True
            print(f"{_CLEAR}{text}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Take the line away."""
        self._text = ""
        self._clear()

    @contextmanager
    def beside(self, log: logging.Logger) -> Iterator[None]:
        """Let what is logged in this block stand above the line.

        Args:
            log: What logs.
        """
        before, behind = log.handlers[:], _Behind(self)
        for handler in before:
            handler.addFilter(self._clear)
        log.addHandler(behind)
        try:
            yield
        finally:
            log.removeHandler(behind)
            for handler in before:
                handler.removeFilter(self._clear)
            self.end()

    def again(self) -> None:
        """Show the line again below what has been written."""
        if self._text:
            self.show(self._text)

    def _clear(self, _: logging.LogRecord | None = None) -> bool:
        if self._is_there:
            self._is_there = False
            print(_CLEAR, end="", file=sys.stderr, flush=True)
        return True


class _Behind(logging.Handler):
    """Comes behind the handlers that write."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        """Show the line again."""
        self._progress.again()


class Meter:
    """Counts what this process and its copies have done, each in a place of its own."""

    def __init__(self) -> None:
        self._memory = memoryview(mmap(-1, _SLOTS * _BYTES)).cast("Q")

    def count(self, more: int = 1) -> None:
        """Count something that has been done, or several."""
        self._memory[os.getpid() % _SLOTS] += more

    @property
    def done(self) -> int:
        """How many all of them have counted."""
        return sum(self._memory)
