"""What commands take: time by the clock, time of all processors, memory of all processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}

_PAUSE = 0.05  # seconds between two looks at the memory


class Spent(NamedTuple):
    """What commands took.

    Args:
        wall: Seconds by the clock.
        cpu: Seconds of all processors together.
    """

    wall: float
    cpu: float


@dataclass(frozen=True)
class Command:
    """A command in a folder.

    Args:
        words: The command.
        folder: Where it runs.
        environment: Variables that it gets besides.
    """

    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


class CommandError(Exception):
    """A command has failed, so that there is nothing to compare."""


def spent_by(commands: Iterable[Command]) -> Spent:
    """Run commands, one after the other, and return what they took together.

    Raises:
        CommandError: One has failed.
    """
    before, started = os.times(), time.perf_counter()
    for command in commands:
        _finish(_start(command), command)
    wall, after = time.perf_counter() - started, os.times()
    user = after.children_user - before.children_user
    return Spent(wall, user + after.children_system - before.children_system)


def memory_of(commands: Iterable[Command]) -> int:
    """Run commands, and return the most memory that the processes of one had together, in bytes.

    It is the proportional set size: memory that several processes share counts once. Only Linux
    tells it; elsewhere it is 0.
    """
    most = 0
    for command in commands:
        process = _start(command)
        done = threading.Event()

        def look(pid: int = process.pid, done: threading.Event = done) -> None:
            nonlocal most
            while not done.wait(_PAUSE):
                most = max(most, sum(map(_memory_of, _family(pid))))

        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            _finish(process, command)
        finally:
            done.set()
            watcher.join()
    return most


def spread(values: Iterable[float]) -> str:
    """Return the median of values, and behind it the smallest and the largest."""
    seen = sorted(values)
    return f"{statistics.median(seen):.2f} ({seen[0]:.2f}-{seen[-1]:.2f})"


def load() -> str:
    """Return what tells how busy the machine is."""
    if not hasattr(os, "getloadavg"):
        return f"{os.cpu_count()} cores"
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def _start(command: Command) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command.words,
        cwd=command.folder,
        env={**os.environ, **QUIET, **command.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _finish(process: subprocess.Popen[bytes], command: Command) -> None:
    output, _ = process.communicate()
    if process.returncode:
        told = output.decode("utf-8", "replace")[-3000:]
        words = " ".join(command.words)
        raise CommandError(f"{words} in {command.folder} ended with {process.returncode}:\n{told}")


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that it has started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _memory_of(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    sizes = (line.split()[1] for line in lines if line.startswith("Pss:"))
    return 1024 * next(map(int, sizes), 0)
