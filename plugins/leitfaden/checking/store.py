"""What was found out before, kept between runs.

A cache lies in a folder that others can write into (a pull request may bring its own), so nothing
is loaded that could do more than be data: of classes only our own frozen ones are accepted.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from hashlib import blake2b
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

_OURS = tuple(f"leitfaden.{room}." for room in ("model", "contract", "checking", "translating"))
_OTHERS = {("datetime", "date")}
_ROOMS = (
    "model",
    "contract",
    "reading",
    "searching",
    "translating",
    "checking",
    "reporting",
    "cli",
)
_FOREIGN = ("pyromark", "frontmatter", "yaml", "pydantic", "Stemmer")  # what reads pages and words
_KEPT = 8  # files of each kind: contracts change, branches are switched


class _Unpickler(pickle.Unpickler):
    """Loads data: no function can be named, and no class but those that only hold values."""

    def find_class(self, module: str, name: str) -> Any:
        return _accepted(module, name)


@cache
def _accepted(module: str, name: str) -> type:
    """Return the class of that name, if it is one that only holds values.

    Raises:
        pickle.UnpicklingError: It is none.
    """
    named = (module, name) in _OTHERS
    # A dotted name would lead through our modules to whatever they have imported.
    if named or (module.startswith(_OURS) and name.isidentifier()):
        found: object = getattr(import_module(module), name, None)
        if isinstance(found, type) and (named or _only_holds_values(found, module)):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is not accepted")


def _only_holds_values(found: type, module: str) -> bool:
    # Importing all of the contract takes longer than to tell again what is known.
    from leitfaden.contract.frozen import FrozenMap

    holds_values = is_dataclass(found) or issubclass(found, (tuple, Enum, FrozenMap))
    return holds_values and found.__module__ == module


class _Pickler(pickle.Pickler):
    """Writes named tuples, of which nearly all consists, in two thirds of the time."""

    def reducer_override(self, value: Any) -> Any:
        """Return what makes a named tuple; leave everything else to what is usual."""
        return (value.__class__, tuple(value)) if isinstance(value, tuple) else NotImplemented


def packed(value: object) -> bytes:
    """Return a value as bytes."""
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


def unpacked(data: bytes) -> Any:
    """Return the value that bytes stand for.

    Raises:
        pickle.UnpicklingError: They hold something else than data of ours.
        Exception: They are damaged; what is raised then is not documented.
    """
    return _Unpickler(io.BytesIO(data)).load()


@cache
def stamp() -> str:
    """Return what changes whenever the program itself does: results of another one are void."""
    package = Path(__file__).parents[1]
    digest = blake2b(sys.version.encode(), digest_size=16)
    for name in _FOREIGN:
        found = PathFinder.find_spec(name)
        if found and found.origin:
            # Whoever installs another version puts other files into the package's folder.
            digest.update(f"{_changed(Path(found.origin).parent.stat())}\n".encode())
    for room in _ROOMS:
        for entry in _files(f"{package}/{room}"):
            digest.update(f"{entry.path}\0{_changed(entry.stat())}\n".encode())
    return digest.hexdigest()


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.name.endswith((".py", ".yml")):
            yield entry
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry.path)


def _changed(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size}"


def key_of(*parts: bytes | str) -> str:
    """Return a short name that stands for these inputs and for the program as it is."""
    digest = blake2b(stamp().encode(), digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


class Store:
    """A folder of results by key; without a folder, nothing is kept.

    Args:
        folder: The folder, which is made when it is needed.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept."""
        return self._folder is not None

    def get(self, kind: str, key: str) -> Any:
        """Return what was kept under a key; None if nothing was, or if it is damaged."""
        if self._folder is None:
            return None
        try:
            return unpacked((self._folder / f"{kind}-{key}").read_bytes())
        except Exception:  # damaged data can raise anything; then it is made again
            return None

    def put(self, kind: str, key: str, value: object) -> None:
        """Keep a value; what cannot be written is not kept."""
        if self._folder is None:
            return
        with suppress(OSError):
            self._write(self._folder / f"{kind}-{key}", packed(value))
            self._tidy(kind)

    def _write(self, path: Path, data: bytes) -> None:
        assert self._folder is not None
        import tempfile  # takes longer to import than what is kept to be read

        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _tidy(self, kind: str) -> None:
        assert self._folder is not None
        files = sorted(
            self._folder.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime_ns, reverse=True
        )
        for file in files[_KEPT:]:
            file.unlink(missing_ok=True)
