"""Doing something again whenever a file of the playbook changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_SETTLE = 0.05  # seconds: editors write a file in several steps
_CLEAR = "\x1b[2J\x1b[H"
_CHANGES = frozenset(("created", "modified", "moved", "deleted"))  # not: opened, closed


class _Changes(FileSystemEventHandler):
    """Puts the paths of what changes into a queue."""

    def __init__(self, queue: Queue[str], is_ours: Callable[[str], bool]) -> None:
        self._queue = queue
        self._is_ours = is_ours

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change of a file of the playbook."""
        path = str(event.dest_path or event.src_path)
        if event.event_type in _CHANGES and self._is_ours(path):
            self._queue.put(path)


def watch(contract: Path, docs: Path | None, action: Callable[[], object]) -> None:
    """Do something now, and again whenever a page or the contract changes, until Ctrl-C.

    Args:
        contract: The contract file.
        docs: The folder of the pages, if it is not `docs` beside the contract.
        action: What is done.
    """
    root = contract.absolute().parent
    folder = (docs or root / "docs").absolute()
    contract_path = str(contract.absolute())
    changes: Queue[str] = Queue()
    observer = Observer()
    pages = _Changes(changes, lambda path: True)
    observer.schedule(pages, str(folder), recursive=True)
    beside = _Changes(changes, lambda path: path == contract_path)
    observer.schedule(beside, str(root))
    observer.start()
    try:
        _do(action)
        while True:
            changes.get()
            _let_settle(changes)
            _do(action)
    except KeyboardInterrupt:
        click.echo()
    finally:
        observer.stop()
        observer.join()


def _do(action: Callable[[], object]) -> None:
    if sys.stdout.isatty():
        click.echo(_CLEAR, nl=False)
    action()
    sys.stdout.flush()


def _let_settle(changes: Queue[str]) -> None:
    while True:
        try:
            changes.get(timeout=_SETTLE)
        except Empty:
            return
