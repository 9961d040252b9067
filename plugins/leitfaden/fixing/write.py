"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from leitfaden.fixing.result import FixedPage, Refusal

_NEW_MODE = 0o644


class NotWrittenError(Exception):
    """A file was left as it is.

    Args:
        reason: Why.
        detail: What the system says.
    """

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


def write(file: Path, fixed: FixedPage, docs: Path) -> bool:
    """Write a page whose fixes change it, and tell whether it was written.

    Args:
        file: The page's file.
        fixed: The page before and after its fixes.
        docs: The folder that holds all pages.

    Raises:
        NotWrittenError: As `replace` says.
    """
    if not fixed.changed:
        return False
    replace(file, fixed.old_data, fixed.data, docs)
    return True


def replace(file: Path, old: bytes | None, new: bytes, docs: Path) -> None:
    """Write a file of the docs folder.

    Whoever reads it meanwhile sees the old content or the new one, never a part. Of a link, the
    file that it leads to is written, if that lies in the docs folder.

    Args:
        file: The file.
        old: What it held when it was read; None if there was none.
        new: What it is to hold.
        docs: The folder that holds all pages.

    Raises:
        NotWrittenError: The file was changed since it was read, does not lie in the docs folder,
            may not be written, or the system failed.
    """
    target = Path(os.path.realpath(file))  # Path.resolve would raise for a link to itself
    if not target.is_relative_to(os.path.realpath(docs)):
        raise NotWrittenError(Refusal.OUTSIDE, str(target))
    try:
        _replace(target, old, new)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise NotWrittenError(Refusal.FAILED, reason) from error


def _replace(target: Path, old: bytes | None, new: bytes) -> None:
    mode = _NEW_MODE if old is None else _mode(target)
    handle, name = tempfile.mkstemp(
        prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent
    )
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(new)
            stream.flush()
            os.fsync(stream.fileno())
        made.chmod(mode)
        if _content(target) != old:
            raise NotWrittenError(Refusal.CHANGED)
        made.replace(target)
    except BaseException:
        with suppress(OSError):
            made.unlink()
        raise
    _settle(target.parent)


def _mode(target: Path) -> int:
    """Return who may do what with a file."""
    status = target.stat()
    if not stat.S_ISREG(status.st_mode) or not os.access(target, os.W_OK):
        # A folder that may be written would let a file be replaced that may not.
        raise NotWrittenError(Refusal.READ_ONLY)
    return stat.S_IMODE(status.st_mode)


def _content(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


def _settle(folder: Path) -> None:
    """Make the new name of a file last, where the system can be asked for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
