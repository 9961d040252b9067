"""The folder that a site is built in, and its way to where the site belongs.

A build that fails, or is ended, leaves the last good site as it is. Two builds at once each make a
whole site; that of the one that ends last stays.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mkdocs.exceptions import BuildError

from leitfaden.engine.exchange import exchanged
from leitfaden.engine.parts import MANIFEST
from leitfaden.model.visible import harmless

try:
    import fcntl
except ImportError:  # not on Windows, where what a killed build leaves behind is never removed
    fcntl = None  # type: ignore[assignment]

# What only the disk can be the reason of.
_NO_ROOM = frozenset(
    getattr(errno, name) for name in ("EDQUOT", "EFBIG", "ENOSPC", "EROFS") if hasattr(errno, name)
)
_PATIENCE = 100  # times that another build may be quicker


@contextmanager
def staged(site: Path) -> Iterator[Path]:
    """Put what is built in this block in the place of a site, unless the block fails.

    Hidden files at the top of the old site stay, as `mkdocs build` leaves them.

    Args:
        site: The site's folder.

    Yields:
        The folder to build in, which is empty.

    Raises:
        BuildError: There is no place for a site.
    """
    target = Path(os.path.realpath(site))
    staging = target.with_name(f"{_name(target, 'staging')}{os.getpid()}")
    with _told(site):
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        lock = _locked(staging)
    try:
        with _told(site, staging):
            yield staging
        with _told(site):
            if target.is_dir():
                shutil.copymode(target, staging)
            if not _swapped(staging, target):
                _moved(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if lock is not None:
            os.close(lock)


@contextmanager
def _told(site: Path, staging: Path | None = None) -> Iterator[None]:
    """Tell in one line why a site cannot be written.

    Args:
        site: The site's folder.
        staging: The folder in which others write it, who may fail for reasons of their own.
    """
    try:
        yield
    except OSError as error:
        if staging and error.errno not in _NO_ROOM:
            raise
        file = error.filename2 or error.filename
        where = f": {file}".replace(str(staging), str(site)) if file else ""
        reason = harmless(f"{error.strerror or error}{where}")  # a part brings its files' names
        raise BuildError(f"The site cannot be written to {site}. {reason}") from error


def _name(target: Path, role: str) -> str:
    return f".{target.name}-{role}-"


def _locked(folder: Path) -> int | None:
    """Lock a folder for as long as this process and its copies live; None if another has."""
    if fcntl is None:
        return None
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


def can_tidy() -> bool:
    """Tell whether what a killed build leaves behind can be told from what another one needs."""
    return fcntl is not None


def left_behind(site: Path) -> list[Path]:
    """Return what killed builds have left beside a site, and the next one will remove.

    Args:
        site: The site's folder.
    """
    found = []
    for role in ("previous", "staging"):
        for folder in sorted(site.parent.glob(f"{_name(site, role)}*")):
            lock = _locked(folder) if can_tidy() else None
            if lock is not None:
                os.close(lock)
            if lock is not None or not can_tidy():
                found.append(folder)
    return found


def _tidy(target: Path) -> None:
    """Undo what a build left behind that was killed."""
    for previous in target.parent.glob(f"{_name(target, 'previous')}*"):
        if not os.path.lexists(target):
            with suppress(OSError):  # another build may be doing the same
                previous.rename(target)
    for role in ("previous", "staging"):
        for folder in target.parent.glob(f"{_name(target, role)}*"):
            lock = _locked(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def _swapped(staging: Path, target: Path) -> bool:
    """Put the new site in the old one's place; False if only its files can be moved there."""
    if target.is_dir() and any(map(stays, target.iterdir())):
        return False
    if target.is_dir() and exchanged(staging, target):
        return True
    for number in range(_PATIENCE):
        previous = target.with_name(f"{_name(target, 'previous')}{os.getpid()}-{number}")
        try:
            target.rename(previous)
        except FileNotFoundError:
            pass
        except OSError:  # a mounted folder
            return False
        try:
            staging.rename(target)
        except OSError:
            if not os.path.lexists(target):
                with suppress(FileNotFoundError):
                    previous.rename(target)
                raise
            continue  # another build was quicker
        finally:
            if os.path.lexists(target):
                shutil.rmtree(previous, ignore_errors=True)
        return True
    return False


def stays(entry: Path) -> bool:
    """Tell whether something at the top of an old site stays when a new one takes its place."""
    return entry.name.startswith(".") and entry.name != MANIFEST


def _moved(staging: Path, target: Path) -> None:
    """Put the new site's files in the place of the old one's."""
    target.mkdir(exist_ok=True)
    for entry in tuple(target.iterdir()):
        if stays(entry):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    for entry in tuple(staging.iterdir()):
        shutil.move(entry, target / entry.name)
