"""An import put onto the disk: all of it or nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypedDict

from leitfaden.importing.images import FileState
from leitfaden.importing.legacy import digest_of
from leitfaden.importing.plan import ImportPlan, PageState
from leitfaden.reading.inventory import redirects_of

STAGE = ".leitfaden-import"
_JOURNAL, _LOCK = "journal.json", "lock"
_NEW, _OLD = "new", "old"


class NotImportedError(Exception):
    """Nothing was written.

    Args:
        reason: Why, as a key of the texts.
        detail: The file, or what the system says.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class _Write:
    """A file to be written.

    Args:
        target: The file.
        before: What it holds now; None if it is not there.
        data: What it is to hold; None if it is copied.
        source: The file that it is copied from.
        digest: The hash of what is copied.
    """

    target: Path
    before: bytes | None
    data: bytes | None
    source: Path | None = None
    digest: str = ""


class _Entry(TypedDict):
    """What the journal says of a file."""

    target: str
    before: bool
    folders: list[str]


def write_import(plan: ImportPlan) -> int:
    """Write what an import does, and return how many files were written.

    Everything is written beside the pages first and then moved to its place; a journal tells what
    was moved, so that whatever interrupts this is undone, at the latest by the next import.

    Args:
        plan: What the import does.

    Raises:
        NotImportedError: A file was changed meanwhile, lies outside of the project, or the system
            failed. Nothing is left of the import.
    """
    writes = tuple(_writes(plan))
    if not writes:
        return 0
    root = plan.standing.root
    _check_places(writes, root, plan.standing.docs)
    try:
        with _stage(root, plan.standing.docs) as stage:
            for index, one in enumerate(writes):
                _prepare(one, stage / _NEW / str(index))
            _commit(writes, stage)
    except OSError as error:
        detail = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise NotImportedError("failed", detail) from error
    return len(writes)


def recover(root: Path, docs: Path) -> bool:
    """Undo what an interrupted import has left, and tell whether there was anything.

    Args:
        root: The project's folder.
        docs: The folder of the pages; nothing outside of both is touched, whatever is asked for.

    Raises:
        NotImportedError: Another import runs, or the system failed.
    """
    stage = root / STAGE
    if not stage.is_dir() or stage.is_symlink():
        return False
    try:
        with _locked(stage):
            _undo(stage, (root, docs))
            shutil.rmtree(stage)
    except OSError as error:
        raise NotImportedError("failed", str(error)) from error
    return True


def _writes(plan: ImportPlan) -> Iterator[_Write]:
    standing = plan.standing
    for page in plan.pages:
        if page.state is PageState.NEW:
            yield _Write(page.file, None, page.data)
    for file in plan.files:
        if file.state is FileState.NEW:
            target = standing.docs / file.target
            yield _Write(target, None, None, plan.root / file.name, file.digest)
    if plan.redirects.data is not None:
        target = standing.docs / redirects_of(plan.locale)
        yield _Write(target, standing.redirects, plan.redirects.data)
    if plan.navigation.changed:
        before = standing.contract_text.encode()
        yield _Write(standing.contract_path, before, plan.navigation.text.encode())


def _check_places(writes: tuple[_Write, ...], root: Path, docs: Path) -> None:
    """Refuse to write where links lead out of the project."""
    for one in writes:
        if not _is_within(one.target, (root, docs)):
            raise NotImportedError("outside", str(one.target))


def _is_within(target: Path, folders: tuple[Path, ...]) -> bool:
    real = Path(os.path.realpath(target))
    return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)


@contextmanager
def _stage(root: Path, docs: Path) -> Iterator[Path]:
    """Make the folder in which everything is prepared; it is gone afterwards, come what may."""
    recover(root, docs)
    stage = root / STAGE
    stage.mkdir()
    try:
        with _locked(stage):
            try:
                (stage / _NEW).mkdir()
                (stage / _OLD).mkdir()
                yield stage
            except BaseException:
                _undo(stage, (root, docs))
                raise
            finally:
                shutil.rmtree(stage, ignore_errors=True)
    except KeyboardInterrupt:
        shutil.rmtree(stage, ignore_errors=True)  # it may have come before the lock was held
        raise


@contextmanager
def _locked(stage: Path) -> Iterator[None]:
    """Keep other imports out as long as this one runs."""
    with (stage / _LOCK).open("w") as stream:
        if not _lock(stream):
            raise NotImportedError("running", str(stage))
        yield


def _lock(stream: IO[Any]) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows lets nobody remove a file that is open
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _prepare(one: _Write, file: Path) -> None:
    """Write a file where nobody looks for it."""
    if one.data is not None:
        with file.open("wb") as stream:
            stream.write(one.data)
            stream.flush()
            os.fsync(stream.fileno())
        return
    assert one.source is not None
    shutil.copyfile(one.source, file)
    if digest_of(file) != one.digest:
        raise NotImportedError("meanwhile", str(one.source))


def _commit(writes: tuple[_Write, ...], stage: Path) -> None:
    journal = [
        _Entry(
            target=str(one.target),
            before=one.before is not None,
            folders=[str(folder) for folder in _new_folders(one.target)],
        )
        for one in writes
    ]
    for index, one in enumerate(writes):
        _check_unchanged(one)
        if one.before is not None:
            shutil.copy2(one.target, stage / _OLD / str(index))
    _note(stage, journal)
    for index, one in enumerate(writes):
        _move(one, stage / _NEW / str(index))
    (stage / _JOURNAL).unlink()  # from here on it is done


def _note(stage: Path, journal: object) -> None:
    """Write the journal: as soon as it is there, whatever it names may have been moved."""
    draft = stage / f"{_JOURNAL}.tmp"
    with draft.open("w", encoding="utf-8") as stream:
        json.dump(journal, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(stage / _JOURNAL)


def _move(one: _Write, file: Path) -> None:
    one.target.parent.mkdir(parents=True, exist_ok=True)
    if one.before is None:
        # A file that somebody has made meanwhile is not replaced.
        _check_unchanged(one)
    else:
        shutil.copymode(one.target, file)
    file.replace(one.target)


def _check_unchanged(one: _Write) -> None:
    now = one.target.read_bytes() if os.path.lexists(one.target) else None
    if now != one.before:
        raise NotImportedError("meanwhile", str(one.target))


def _new_folders(target: Path) -> Iterator[Path]:
    """Yield the folders that are made for a file, the innermost first."""
    for folder in target.parents:
        if folder.exists():
            return
        yield folder


def _undo(stage: Path, within: tuple[Path, ...]) -> None:
    """Take back what the journal says, as far as it was done."""
    journal = stage / _JOURNAL
    if not journal.is_file():
        return
    for index, entry in reversed(list(enumerate(_read(journal)))):
        target, new, old = (
            Path(entry["target"]),
            stage / _NEW / str(index),
            stage / _OLD / str(index),
        )
        if not _is_within(target, within):
            continue  # no import has written that
        if not new.exists():  # it was moved
            if not entry["before"]:
                target.unlink(missing_ok=True)
            elif old.exists():
                old.replace(target)
        for folder in map(Path, entry["folders"]):
            if _is_within(folder, within):
                with suppress(OSError):
                    folder.rmdir()
    journal.unlink()


def _read(journal: Path) -> list[_Entry]:
    entries: list[_Entry] = json.loads(journal.read_text("utf-8"))
    return entries
