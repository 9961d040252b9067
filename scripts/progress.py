"""What is being done, on a terminal, for whoever waits."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Progress:
    """Shows one line that is replaced by the next; nothing where no person looks.

    Args:
        steps: How many steps there are.
    """

    steps: int
    _done: int = field(default=0, init=False)
    _started: float = field(default_factory=time.monotonic, init=False)

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Show what is done in this block.

        Args:
            text: What that is.
        """
        self._done += 1
        seconds = time.monotonic() - self._started
        self._show(f"[{self._done}/{self.steps}, {seconds:.0f} s] {text} …")
        try:
            yield
        finally:
            self._show("")

    def _show(self, line: str) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
