"""The garbage collector during a build: pages stay to the end, and looking at them takes long."""

from __future__ import annotations

import gc

_USUAL = gc.get_threshold()
_SELDOM = (20_000, 20, 20)  # a build leaves little that only the collector could find


def spare() -> None:
    """Leave out what is there now, and look more seldom; the pages have been read."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)


def resume() -> None:
    """Look at all again, as ever: the build has ended, or another one begins."""
    gc.set_threshold(*_USUAL)
    gc.unfreeze()
