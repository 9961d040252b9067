"""Which files change, told a moment after it is quiet."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from queue import Empty, SimpleQueue

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

SETTLE = 0.01  # seconds: editors write a file in several steps
_MOST = 0.5  # seconds: whoever writes without end is not waited for
_CHANGES = frozenset(("created", "modified", "moved", "deleted"))  # not: opened, closed


class Watcher:
    """Watches files and folders."""

    def __init__(self) -> None:
        self._changes: SimpleQueue[str] = SimpleQueue()
        self._observer: BaseObserver = Observer()
        self._observer.daemon = True
        self._watched: dict[tuple[str, bool], ObservedWatch] = {}
        self._nodes: dict[tuple[str, bool], tuple[int, int] | None] = {}
        self._files: frozenset[str] = frozenset()
        self._folders: tuple[str, ...] = ()
        self._observer.start()

    def follow(self, folders: Iterable[Path], files: Iterable[Path]) -> list[str]:
        """Watch these, and nothing else.

        Args:
            folders: Folders, with all that is in them.
            files: Single files; they need not be there.

        Returns:
            What the system refuses to watch, each with the reason.
        """
        self._folders = tuple(f"{folder.absolute()}{os.sep}" for folder in folders)
        self._files = frozenset(str(file.absolute()) for file in files)
        wanted = {(folder.rstrip(os.sep), True) for folder in self._folders}
        beside = {str(Path(name).parent) for name in (*self._files, *self._stems())}
        wanted |= {(folder, False) for folder in beside}
        # A folder that was removed and made again is another one, though its name is the same.
        for key in tuple(self._watched):
            if key not in wanted or not self._is_alive(key):
                self._observer.unschedule(self._watched.pop(key))
        refused: list[str] = []
        for key in sorted(wanted - self._watched.keys()):
            if Path(key[0]).is_dir():
                reason = self._watch(key)
                if reason:
                    refused.append(f"{key[0]}: {reason}")
        return refused

    def changes(self, seconds: float) -> set[Path]:
        """Return what has changed, as soon as it is quiet again; nothing if nothing changes.

        Args:
            seconds: How long to wait for a change.
        """
        found = self._next(seconds)
        if not found:
            return set()
        paths, end = {found}, time.monotonic() + _MOST
        while time.monotonic() < end and (found := self._next(SETTLE)):
            paths.add(found)
        return {Path(path) for path in paths}

    def wake(self, path: Path) -> None:
        """Take a file for changed."""
        self._changes.put(str(path))

    def stop(self) -> None:
        """Watch no longer."""
        self._observer.stop()

    def note(self, path: str) -> None:
        """Note a change, if it counts."""
        if path in self._files or path.startswith(self._folders) or path in self._stems():
            self._changes.put(path)

    def _stems(self) -> tuple[str, ...]:
        return tuple(folder.rstrip(os.sep) for folder in self._folders)

    def _next(self, seconds: float) -> str:
        try:
            return self._changes.get(timeout=seconds)
        except Empty:
            return ""

    def _watch(self, key: tuple[str, bool]) -> str:
        folder, recursive = key
        try:
            self._watched[key] = self._observer.schedule(
                _Handler(self), folder, recursive=recursive
            )
        except OSError as error:  # too many folders, or too many watches already
            return error.strerror or str(error)
        self._nodes[key] = _node(folder)
        return ""

    def _is_alive(self, key: tuple[str, bool]) -> bool:
        return self._nodes.get(key) == _node(key[0])


def _node(folder: str) -> tuple[int, int] | None:
    try:
        status = Path(folder).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


class _Handler(FileSystemEventHandler):
    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; a file that is renamed changes in both places."""
        if event.event_type not in _CHANGES or (
            event.is_directory and event.event_type == "modified"
        ):
            return  # what changes in a folder is told by itself
        for path in filter(None, (str(event.src_path), str(event.dest_path))):
            self._watcher.note(path)
