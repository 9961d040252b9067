"""Doing something again whenever a file of the playbook changes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from queue import Empty, Queue

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from leitfaden.cli.output import WrongUsage

_SETTLE = 0.05  # seconds: editors write a file in several steps
_AWAKE = 1.0  # seconds: Windows hears of Ctrl-C only between two waits
_CLEAR = "\x1b[2J\x1b[H"
_CHANGES = frozenset(("created", "modified", "moved", "deleted"))  # not: opened, closed


def watch(
    docs: Path, *, files: Collection[Path], ours: Iterable[Path], action: Callable[[], object]
) -> None:
    """Do something now, and again whenever a file changes, until Ctrl-C.

    Args:
        docs: The folder of the pages; it may come, go, and come again.
        files: Files besides, such as the contract.
        ours: What the action itself writes: files and folders whose changes do not count.
        action: What is done; when it fails, that is told, and the watch goes on.

    Raises:
        WrongUsage: The system cannot watch so much.
    """
    watched = _Watched(docs, files, ours)
    try:
        while True:
            watched.follow()
            _do(action)
            watched.wait()
    except KeyboardInterrupt:
        click.echo(err=True)
    finally:
        watched.stop()


def _do(action: Callable[[], object]) -> None:
    if sys.stdout.isatty():
        click.echo(_CLEAR, nl=False)
    try:
        action()
    except click.ClickException as error:
        error.show()


class _Watched:
    """Files and a folder that are watched.

    Args:
        docs: The folder.
        files: The files.
        ours: Files and folders whose changes do not count.
    """

    def __init__(self, docs: Path, files: Collection[Path], ours: Iterable[Path]) -> None:
        self._docs = docs
        self._ours = tuple(os.path.normpath(path.absolute()) for path in ours)
        self._changes: Queue[str] = Queue()
        self._observer = Observer()
        self._watch: ObservedWatch | None = None
        self._followed: tuple[int, int] | None = None
        self._observer.start()
        names = frozenset(path.name for path in (*files, docs))
        beside = _Changes(self._changes, lambda path: path.name in names)
        for folder in {path.parent for path in (*files, docs)}:
            if folder.is_dir():
                self._schedule(beside, folder)

    def follow(self) -> None:
        """Watch the folder, also when it is another one than before."""
        try:
            status = self._docs.stat()
        except OSError:
            return
        if self._followed == (status.st_dev, status.st_ino):
            return
        if self._watch:
            self._observer.unschedule(self._watch)
        self._followed = status.st_dev, status.st_ino
        self._watch = self._schedule(_Changes(self._changes, self._counts), self._docs, True)

    def wait(self) -> None:
        """Wait until something changes, and until no more does."""
        while not self._is_changed(_AWAKE):
            pass
        while self._is_changed(_SETTLE):
            pass

    def stop(self) -> None:
        """Watch no longer."""
        self._observer.stop()
        self._observer.join()

    def _is_changed(self, seconds: float) -> bool:
        try:
            self._changes.get(timeout=seconds)
        except Empty:
            return False
        return True

    def _counts(self, path: Path) -> bool:
        """Tell whether a change below the folder counts: not of what editors put there."""
        if path.name.startswith(".") or path.name.endswith("~"):
            return False
        return not any(str(path) == own or str(path).startswith(own + os.sep) for own in self._ours)

    def _schedule(
        self, handler: FileSystemEventHandler, folder: Path, recursive: bool = False
    ) -> ObservedWatch:
        try:
            return self._observer.schedule(handler, str(folder), recursive=recursive)
        except OSError as error:  # too many folders, or too many watches already
            raise WrongUsage(f"Cannot watch {folder}: {error.strerror or error}") from error


class _Changes(FileSystemEventHandler):
    """Puts what changes into a queue, as far as it counts."""

    def __init__(self, queue: Queue[str], counts: Callable[[Path], bool]) -> None:
        self._queue = queue
        self._counts = counts

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; a file that is renamed changes in both places."""
        if event.event_type not in _CHANGES or (
            event.is_directory and event.event_type == "modified"
        ):
            return  # what changes in a folder is told by itself
        for path in filter(None, (str(event.src_path), str(event.dest_path))):
            if self._counts(Path(path)):
                self._queue.put(path)
