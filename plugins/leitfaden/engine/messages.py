"""Messages on standard error, as MkDocs' own commands print them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mkdocs import __main__ as mkdocs

_COMMANDS: Any = mkdocs  # of what it has, nothing is typed
_PLAIN = logging.Formatter("%(levelname)-8s-  %(message)s")


@contextmanager
def printed(level: str = "INFO", *, coloured: bool = False) -> Iterator[None]:
    """Print what is logged.

    Args:
        level: The least level that is printed.
        coloured: Whether levels have colours, as MkDocs gives them.
    """
    state = _COMMANDS.State(level=level)  # prints for as long as it is there
    if not coloured:
        state.stream.setFormatter(_PLAIN)
    yield
    del state


def print_warnings() -> None:
    """Print Python's warnings as messages, as `mkdocs build` does."""
    _COMMANDS._enable_warnings()
