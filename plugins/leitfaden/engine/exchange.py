"""Two folders that change places in one step, where the system can do that.

With two steps there is a moment without a site between them, and whoever is killed just then leaves
none behind.
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_HERE = -100  # AT_FDCWD: a path is what it is
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders of one disk change places; False if that cannot be done.

    Args:
        one: A folder.
        other: Another one.
    """
    call = _call()
    if call is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        return bool(call(*paths, _EXCHANGE) == 0)
    return bool(call(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0)


@cache
def _call() -> Any:
    """Return the system's function; None where there is none."""
    try:
        library = ctypes.CDLL(None)
        return library.renamex_np if sys.platform == "darwin" else library.renameat2
    except (AttributeError, OSError, TypeError):  # other systems, or an old one
        return None
