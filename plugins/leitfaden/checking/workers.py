"""Work that is shared among processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Below this many pages, starting a process takes longer than it saves.
WORTH_A_WORKER = 100
_SHARES = 4  # for each process: what takes long must not be left to one of them at the end


def shared(
    work: Callable[[Sequence[T]], list[R]], items: Sequence[T], workers: int
) -> list[R] | None:
    """Return what becomes of items, in their order; None where several processes are of no use.

    Args:
        work: What makes of some items as many results; it has to be known by its name.
        items: The items.
        workers: How many processes there may be.
    """
    workers = min(workers, len(items) // WORTH_A_WORKER)
    if workers < 2 or threading.active_count() > 1:  # a fork would copy other threads' locks
        return None
    import multiprocessing
    from signal import SIG_IGN, SIGINT, signal

    count = workers * _SHARES
    parts = [items[start::count] for start in range(count)]
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    # Ctrl-C reaches the workers, too; only this process is to tell of it.
    with multiprocessing.get_context(method).Pool(workers, signal, (SIGINT, SIG_IGN)) as pool:
        results = pool.map(work, parts, chunksize=1)
    return [results[index % count][index // count] for index in range(len(items))]
