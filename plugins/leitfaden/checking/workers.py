"""Work that is shared among processes."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

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


# Work on what is in memory already begins sooner.
_WORTH_A_COPY = 25


def shared_by_copies(
    work: Callable[[Sequence[T]], list[R]], items: Sequence[T], workers: int
) -> list[R] | None:
    """Return what becomes of items, in their order; None where several processes are of no use.

    The processes are copies of this one: nothing is handed to them, so that items and all that the
    work needs may be large. What one of them does not bring is made here.

    Args:
        work: What makes of some items as many results.
        items: The items.
        workers: How many processes may work at the same time, this one among them.
    """
    count = min(workers, len(items) // _WORTH_A_COPY)
    # A fork would copy other threads' locks; on macOS, also those of threads that nobody sees.
    can_fork = hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1
    if count < 2 or not can_fork:
        return None
    parts = [items[start::count] for start in range(count)]
    copies: list[_Copy[T, R]] = []
    try:
        for part in parts[1:]:
            copies.append(_Copy(work, part))
        results = [work(parts[0])]
        for copy, part in zip(copies, parts[1:], strict=True):
            results.append(copy.results() or work(part))
    finally:
        for copy in copies:
            copy.end()
    return [results[index % count][index // count] for index in range(len(items))]


class _Copy(Generic[T, R]):
    """A copy of this process that works beside it.

    Args:
        work: What it does.
        part: With what.
    """

    def __init__(self, work: Callable[[Sequence[T]], list[R]], part: Sequence[T]) -> None:
        reading, writing = os.pipe()
        self._process = os.fork()
        if not self._process:
            try:
                os.close(reading)
                with os.fdopen(writing, "wb") as stream:
                    pickle.dump(work(part), stream, pickle.HIGHEST_PROTOCOL)
            finally:
                os._exit(0)  # whatever has happened: nothing of this process ends twice
        os.close(writing)
        self._stream = os.fdopen(reading, "rb")

    def results(self) -> list[R] | None:
        """Wait for the results; None if there are none."""
        try:
            found: list[R] = pickle.load(self._stream)  # which our own copy has written
        except Exception:  # it has been ended, or its work has failed: that shows here again
            return None
        return found

    def end(self) -> None:
        """Let the process go, which ends at the latest when it tries to tell its results."""
        self._stream.close()
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)
