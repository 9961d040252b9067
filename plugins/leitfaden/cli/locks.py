"""Locks as commands write them: whole or not at all, and never over what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from leitfaden.cli.output import WrongUsage

if TYPE_CHECKING:
    from leitfaden.checking.pairs import LockFile
    from leitfaden.cli.project import Project


def refuse_damaged(files: Iterable[LockFile]) -> None:
    """Refuse to write files of which something would be lost.

    Conflict markers do no harm: the lines of both sides count.

    Args:
        files: The files.

    Raises:
        WrongUsage: One cannot be read, or not all of it.
    """
    from leitfaden.model.visible import harmless
    from leitfaden.translating.lock import LockTrouble

    for file in files:
        if file.trouble:
            raise WrongUsage(harmless(f"{file.path} cannot be read: {file.trouble}."))
        for one in file.problems:
            place = harmless(f"{file.path}:{one.line}:{one.column}")
            if one.trouble is LockTrouble.VERSION:
                raise WrongUsage(f"{place}: another version of Leitfaden has written this file.")
            if one.trouble is LockTrouble.BROKEN:
                raise WrongUsage(f"{place}: this line is no record; correct it, or delete it.")


def repaired(files: Iterable[LockFile], words: Mapping[str, str]) -> Iterator[str]:
    """Yield lines that tell which conflict markers are left out of files that are written anew.

    Args:
        files: The files, as they were read.
        words: Those of the catalogue's part `standing`.
    """
    from leitfaden.model.visible import harmless
    from leitfaden.translating.lock import LockTrouble

    for file in files:
        for one in file.problems:
            if one.trouble is LockTrouble.CONFLICT:
                yield words["repaired"].format(path=harmless(file.path), line=one.line)


def replace_lock(file: LockFile, text: str, project: Project) -> None:
    """Write a lock.

    Args:
        file: The lock as it was read.
        text: What it is to hold.
        project: The project.

    Raises:
        WrongUsage: It was not written, and is as it was.
    """
    from leitfaden.fixing import NotWrittenError, told
    from leitfaden.fixing.write import replace

    try:
        replace(file.file, _content(file), text.encode("utf-8"), project.docs)
    except NotWrittenError as error:
        raise _not_written(file, told(error.reason, error.detail)) from error


def _content(file: LockFile) -> bytes | None:
    """Return the bytes of which a lock was read.

    Raises:
        WrongUsage: They are others now.
    """
    from leitfaden.fixing import Refusal, told

    if not file.exists:
        return None
    try:
        data = file.file.read_bytes()
    except OSError as error:
        raise _not_written(file, told(Refusal.FAILED, error.strerror or str(error))) from error
    if data.decode("utf-8", "replace") != file.text:
        raise _not_written(file, told(Refusal.CHANGED))
    return data


def _not_written(file: LockFile, why: str) -> WrongUsage:
    from leitfaden.model.visible import harmless

    return WrongUsage(harmless(f"{file.path} was not written: {why}"))
