"""The days on which files were last changed, as git tells: one look for a whole folder."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import IO

_SECONDS = 20.0
_BYTES = 64 * 1024 * 1024
_BLOCK = 64 * 1024
_COMMIT = b"\x01"  # before the day of a commit; the name of no file begins with it
# Settings of a repository or of a person must neither run a program nor change what is told.
GIT = ("git", "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false")
# What `git log` is told for the folder that it runs in, whatever a person has set.
PLAIN_LOG = (
    "--relative",
    "--no-show-signature",
    "--no-ext-diff",
    "--no-textconv",
    "--no-decorate",
    "--no-notes",
    "--no-color",
    "--diff-merges=off",
    "--ignore-submodules=all",
    "--end-of-options",
    "HEAD",
    "--",
    ".",
)
_LOG = (
    "log",
    "-z",
    f"--format={_COMMIT.decode()}%as",
    "--name-status",
    "--find-renames=100%",
    "-l0",
    *PLAIN_LOG,
)


@dataclass(frozen=True, slots=True)
class History:
    """When files were last changed.

    Args:
        folder: The folder that they lie in.
        days: By path below the folder, with `/`.
    """

    folder: Path
    days: Mapping[str, dt.date] = field(default_factory=dict)

    def changed_on(self, file: Path) -> dt.date | None:
        """Return the day of the last commit that changed a file's content, or None."""
        return self.days.get(Path(os.path.relpath(file, self.folder)).as_posix())


def read_history(folder: Path, seconds: float = _SECONDS, most_bytes: int = _BYTES) -> History:
    """Return what git knows of the files in a folder.

    Nothing where there is no git or no repository, and nothing in a shallow clone: there, all files
    seem to have been made by its oldest commit. What takes too long or is too much is left out:
    files that have not changed for long.

    Args:
        folder: The folder.
        seconds: How long git may take.
        most_bytes: How much it may tell.
    """
    try:
        if not is_whole(folder, seconds):
            return History(folder)
        return History(folder, _days(folder, seconds, most_bytes))
    except (OSError, ValueError, subprocess.SubprocessError):
        return History(folder)


def is_whole(folder: Path, seconds: float) -> bool:
    """Tell whether the folder lies in a repository with all of its history."""
    asked = asked_repository(folder, seconds)
    return asked.returncode == 0 and asked.stdout.split() == [b"true", b"false"]


def asked_repository(folder: Path, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """Return git's answer whether a folder lies in a repository, and whether that is shallow.

    Args:
        folder: The folder.
        seconds: How long git may take.

    Raises:
        OSError: Git cannot be started.
        subprocess.SubprocessError: It takes too long.
    """
    return subprocess.run(
        [*GIT, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository"],
        cwd=folder,
        env=git_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=seconds,
        check=False,
    )


def git_environment() -> dict[str, str]:
    """Return the variables for git: none that name another repository, as in a hook."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    # A clone without old objects must not fetch them, and nothing may ask for a password.
    return {**own, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _days(folder: Path, seconds: float, most_bytes: int) -> dict[str, dt.date]:
    process = subprocess.Popen(
        [*GIT, *_LOG],
        cwd=folder,
        env=git_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    timer = Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        assert process.stdout is not None
        return _read(_fields(process.stdout, most_bytes))
    finally:
        timer.cancel()
        process.kill()
        process.communicate()


def _fields(stream: IO[bytes], most_bytes: int) -> Iterator[bytes]:
    """Yield what stands between zero bytes; what is cut off at the end is left out."""
    rest, read = b"", 0
    while block := stream.read(min(_BLOCK, most_bytes - read)):
        read += len(block)
        *fields, rest = (rest + block).split(b"\0")
        yield from fields


def _read(fields: Iterator[bytes]) -> dict[str, dt.date]:
    """Return the day of the newest commit for each file, from the newest commit on.

    A file that was only moved keeps the day that it had under its old name.
    """
    days: dict[str, dt.date] = {}
    # What a file is called today, by its name of back then; None once its day is known.
    today: dict[bytes, bytes | None] = {}
    day: dt.date | None = None
    for one in fields:
        if one.startswith(_COMMIT):
            day = _day(one.removeprefix(_COMMIT))
            continue
        status, then = one.lstrip(b"\n")[:1], next(fields, b"")
        if status == b"R":
            new = next(fields, b"")
            today[then], today[new] = today.get(new, new), None
            continue
        name = today.get(then, then)
        if name and day is not None and status != b"D":
            days[Path(os.fsdecode(name)).as_posix()] = day
        today[then] = None
    return days


def _day(text: bytes) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip().decode("ascii"))
    except ValueError:
        return None
