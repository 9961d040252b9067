"""What files held before, as git knows: one look for all versions in a folder, one for contents."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from leitfaden.reading.history import GIT, PLAIN_LOG, git_environment, is_whole
from leitfaden.reading.source import MAX_BYTES

_SECONDS = 20.0
_MOST_BYTES = 64 * 1024 * 1024
_SHA1_DIGITS = 40
_LINK = b"120000"  # a file's mode
_COMMIT = b"\x01"  # before the day of a commit; no other field begins with it
_LOG = (
    "log",
    "-z",
    f"--format={_COMMIT.decode()}%as",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    *PLAIN_LOG,
)
_OBJECT = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Commit(NamedTuple):
    """A state of a folder.

    Args:
        name: The commit's name.
        day: Its day, as whoever committed it had it.
    """

    name: str
    day: dt.date


class Version(NamedTuple):
    """What a file once held.

    Args:
        day: The day of the commit that wrote it.
        blob: Its content's name.
    """

    day: dt.date
    blob: str


@dataclass(frozen=True)
class Versions:
    """The versions of files.

    Args:
        folder: The folder that they lie in.
        head: The commit that they were read at; empty without one.
        files: By path below the folder, with `/`: the newest version first.
    """

    folder: Path
    head: str = ""
    files: Mapping[str, Sequence[Version]] = field(default_factory=dict)


def head_of(folder: Path) -> str:
    """Return the commit that the folder's repository is at; empty if there is none."""
    return revision_of(folder, "HEAD") or ""


def revision_of(folder: Path, name: str) -> str | None:
    """Return the commit that a branch, a tag or anything else names; None if there is none.

    Args:
        folder: A folder in the repository.
        name: What names it.
    """
    asked = _told(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    told = asked.strip() if asked else b""
    return told.decode("ascii") if _OBJECT.fullmatch(told) else None


def base_of(folder: Path) -> str | None:
    """Return the commit at which the work here has left the default branch, else the last one."""
    head = revision_of(folder, "HEAD")
    if head is None:
        return None
    for name in _default_branches(folder):
        told = _told(folder, "merge-base", "--end-of-options", "HEAD", name)
        if told and _OBJECT.fullmatch(told.strip()):
            return told.strip().decode("ascii")
    return head


def _default_branches(folder: Path) -> Iterator[str]:
    told = _told(folder, "symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
    if told:
        yield told.decode("utf-8", "surrogateescape").strip()
    for name in ("main", "master"):
        yield f"refs/remotes/origin/{name}"
        yield f"refs/heads/{name}"


def files_at(folder: Path, revision: str) -> Mapping[str, str]:
    """Return the names of the contents that files had, by path below the folder, with `/`.

    Args:
        folder: The folder.
        revision: The commit.
    """
    told = _told(folder, "ls-tree", "-r", "-z", "--end-of-options", revision, "--", ".")
    files = {}
    for line in (told or b"").split(b"\0"):
        about, _, name = line.partition(b"\t")
        parts = about.split()
        if len(parts) == 3 and parts[1] == b"blob" and parts[0] != _LINK:
            files[os.fsdecode(name)] = parts[2].decode("ascii")
    return files


def commits_of(folder: Path, most: int) -> tuple[Commit, ...]:
    """Return the states that a folder had on the branch it is on, the newest first.

    None where there is no git or no repository, and none in a shallow clone. What came in by a
    merge counts from the merge on.

    Args:
        folder: The folder.
        most: How many there may be.
    """
    try:
        if not is_whole(folder, _SECONDS):
            return ()
    except (OSError, ValueError, subprocess.SubprocessError):
        return ()
    shape = ("-z", "--first-parent", "--format=%H %cs", "--no-show-signature", "--no-color")
    which = (f"--max-count={most}", "--end-of-options", "HEAD", "--", ".")
    told = _told(folder, "log", *shape, *which)
    found = []
    for line in (told or b"").split(b"\0"):
        name, _, rest = line.strip().partition(b" ")
        day = _day(rest)
        if day and _OBJECT.fullmatch(name):
            found.append(Commit(name.decode("ascii"), day))
    return tuple(found)


def blob_of(data: bytes, like: str) -> str:
    """Return the name that git gives a content, if nothing converts it.

    Args:
        data: The content.
        like: Any name of the repository, which tells how names are made.
    """
    make = hashlib.sha1 if len(like) == _SHA1_DIGITS else hashlib.sha256
    return make(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def merges_by(file: Path) -> str | None:
    """Return how git merges a file, by its attributes: `union`, say; None without a repository.

    Args:
        file: The file, which need not exist.
    """
    told = _told(file.parent, "check-attr", "-z", "merge", "--", file.name)
    return told.split(b"\0")[2].decode("utf-8", "replace") if told else None


def read_versions(folder: Path) -> Versions:
    """Return all versions of the files in a folder that git knows.

    None where there is no git or no repository, and none in a shallow clone. What takes too long or
    is too much is left out: the oldest versions.

    Args:
        folder: The folder.
    """
    try:
        head = head_of(folder)
        if not head or not is_whole(folder, _SECONDS):
            return Versions(folder)
        told = _told(folder, *_LOG) or b""
    except (OSError, ValueError, subprocess.SubprocessError):
        return Versions(folder)
    return Versions(folder, head, _read(told[:_MOST_BYTES].split(b"\0")))


def contents(
    folder: Path, blobs: Iterable[str], most: int = MAX_BYTES
) -> Iterator[tuple[str, bytes]]:
    """Yield what contents' names stand for; what is too large or not there is left out.

    Args:
        folder: A folder in the repository.
        blobs: The names.
        most: How many bytes one may have.
    """
    asked = "".join(f"{blob}\n" for blob in dict.fromkeys(blobs)).encode("ascii")
    if not asked:
        return
    told = _told(folder, "cat-file", "--batch", data=asked) or b""
    at = 0
    while (end := told.find(b"\n", at)) >= 0:
        name, _, rest = told[at:end].partition(b" ")
        kind, _, size = rest.partition(b" ")
        at = end + 1
        if not size.isdigit():
            continue  # git has no such content
        length = int(size)
        if kind == b"blob" and length <= most:
            yield name.decode("ascii"), told[at : at + length]
        at += length + 1


def _told(folder: Path, *command: str, data: bytes = b"") -> bytes | None:
    """Return what git tells; None if it cannot."""
    try:
        asked = subprocess.run(
            [*GIT, *command],
            cwd=folder,
            env=git_environment(),
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return None if asked.returncode else asked.stdout


def _read(fields: Sequence[bytes]) -> dict[str, list[Version]]:
    """Return the versions of each file, from the newest commit on.

    A file that was only moved has the versions that it had under its old name, too.
    """
    found: dict[str, list[Version]] = {}
    # What a file is called today, by its name of back then.
    today: dict[bytes, bytes] = {}
    for day, changes in _commits(fields):
        added: dict[bytes, bytes] = {}
        for name, (_, new) in changes.items():
            if new:
                here = today.get(name, name)
                path = Path(os.fsdecode(here)).as_posix()
                found.setdefault(path, []).append(Version(day, new.decode("ascii")))
                added[new] = here
        for name, (old, new) in changes.items():
            if old and not new and old in added:
                today[name] = added[old]
    return found


_Changes = dict[bytes, tuple[bytes, bytes]]  # by path: what it held before, and then


def _commits(fields: Sequence[bytes]) -> Iterator[tuple[dt.date, _Changes]]:
    day: dt.date | None = None
    changes: _Changes = {}
    rest = iter(fields)
    for one in rest:
        if one.startswith(_COMMIT):
            if day and changes:
                yield day, changes
            day, changes = _day(one.removeprefix(_COMMIT)), {}
            continue
        parts = one.lstrip(b"\n").split(b" ")
        if len(parts) == 5 and parts[0].startswith(b":"):
            old, new = (b"" if set(part) <= {ord("0")} else part for part in parts[2:4])
            if parts[1] == _LINK:
                new = b""  # what a link leads to is no text of a page
            changes[next(rest, b"")] = old, new
    if day and changes:
        yield day, changes


def _day(text: bytes) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip().decode("ascii"))
    except ValueError:
        return None
