"""Whether a report that was made before can be told again: nothing that it rests on has changed."""

from __future__ import annotations

import datetime as dt
import os
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from leitfaden.checking.store import key_of

# A file that was changed this shortly before may change again without a new time.
UNSETTLED = 2_000_000_000  # nanoseconds


def key_of_report(docs: Path, inputs: Iterable[Path], asked: str) -> str:
    """Return a short name that stands for all that a report depends on.

    Besides what is given these are the program, the day, and the folder that it is run in.

    Args:
        docs: The folder that holds one folder a locale.
        inputs: The files besides that are read: the contract, the baseline.
        asked: What the report is asked to tell, and how.

    Returns:
        The name; empty if something cannot be told for certain.
    """
    state = state_of(str(docs))
    try:
        contents = [content for path in inputs for content in _content(path)]
    except OSError:
        return ""
    if state is None:
        return ""
    day = dt.date.today().isoformat()
    return key_of(asked, day, str(Path.cwd()), str(docs.resolve()), state, *contents)


def _content(path: Path) -> tuple[str, bytes]:
    """Return what tells whether there is a file, and its content.

    Raises:
        OSError: It cannot be read.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return f"no {path}", b""
    if not stat.S_ISREG(mode):  # a pipe, say, which might never end
        raise OSError(f"{path} is no regular file")
    return str(path), path.read_bytes()


def state_of(folder: str) -> str | None:
    """Return a text that is another one as soon as a file is written, added, renamed or removed.

    Args:
        folder: The folder.

    Returns:
        The text; None if that cannot be told for certain: a file has been changed just now, cannot
        be looked at, or is a link, which stands for a file somewhere else.
    """
    latest = time.time_ns() - UNSETTLED
    seen = []
    try:
        for entry in _entries(folder):
            status = entry.stat(follow_symlinks=False)
            mode, changed = status.st_mode, max(status.st_mtime_ns, status.st_ctime_ns)
            if stat.S_ISDIR(mode):
                seen.append(f"{entry.path}\0{mode}")
            elif stat.S_ISREG(mode) and changed < latest:
                times = f"{status.st_mtime_ns}\0{status.st_ctime_ns}"
                seen.append(f"{entry.path}\0{mode}\0{times}\0{status.st_size}\0{status.st_ino}")
            else:
                return None
    except OSError:
        return None
    return "\n".join(sorted(seen))


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                yield entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
