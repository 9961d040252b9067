"""What is made once for all of the processes that run tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_SECONDS = 300


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that one of the processes fills and that none of them changes.

    Args:
        factory: Knows where temporary files of this run are.
        name: Of the folder.
        make: Fills it.
    """
    base = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent  # of all processes
    folder, is_made = base / name, base / f"{name}-is-made"
    try:
        folder.mkdir()
    except FileExistsError:
        _wait_for(is_made)
        return folder
    make(folder)
    is_made.touch()
    return folder


def _wait_for(file: Path) -> None:
    end = time.monotonic() + _SECONDS
    while not file.exists():
        assert time.monotonic() < end, f"no process has made {file}"
        time.sleep(0.05)
