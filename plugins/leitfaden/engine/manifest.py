"""What a build was made of, kept so that the next one knows at once when nothing has changed.

This is asked before anything that builds is imported, which takes longer than to tell. So nothing
is imported here but what Python itself brings. What there is to compare is listed by `inputs`.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

from leitfaden.engine.sealed import Seal, seal_for

Told: TypeAlias = tuple[str, str]
"""A message: the name of its level, and its text."""

FOLDER = Path(".cache", "leitfaden")
"""Where a project's cache lies, as `leitfaden check` has it."""

_PREFIX = "site-"
_KEPT = 8  # of manifests: folders of sites, options
_VERSION = 1
# What the environment may change in any site: the day, the words of errors, how Python works.
_PREFIXES = ("LEITFADEN_", "MATERIAL_", "MKDOCS_", "PYTHON")
_NAMES = frozenset(("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_TIME", "SOURCE_DATE_EPOCH", "TZ"))
_PACKAGES = (".dist-info", ".egg-info", ".egg-link", ".pth")
_UNLISTED = frozenset(("__pycache__", ".icons"))  # of programs: made of others, or too many
_BLOCK = 1 << 20
_ASK_GIT = (
    *("git", "--no-optional-locks", "-c", "core.fsmonitor=false", "rev-parse"),
    *("--show-prefix", "--is-shallow-repository", "--git-common-dir", "HEAD"),
)


class Unclear(Exception):
    """Something cannot be compared, such as a folder that is a link."""


@dataclass(frozen=True)
class Inputs:
    """What a site is made of.

    Args:
        files: Files that are read, or would be if they were there.
        folders: Folders of which all files count.
        left_out: What does not count in them: the site itself, and the cache.
        programs: Files and folders that belong to programs. They are known by their times.
        variables: Variables of the environment that the configuration names.
        history: The folder of the pages, whose history git is asked for.
    """

    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    history: str = "."


@dataclass(frozen=True)
class Manifest:
    """A good build.

    Args:
        inputs: What it was made of.
        state: How that was, as `state_of` tells.
        site: The folder of the site.
        site_state: How that was left, as `site_state` tells.
        told: The warnings and errors that it told.
    """

    inputs: Inputs
    state: str
    site: str
    site_state: str
    told: tuple[Told, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether a build now would change nothing."""
        try:
            return state_of(self.inputs) == self.state and site_state(self.site) == self.site_state
        except (OSError, Unclear):
            return False


class Known:
    """What is known of builds of a site with the same options.

    Args:
        file: The configuration.
        options: The options of the command.
        seal: Seals what is kept.
    """

    def __init__(self, file: Path, options: Mapping[str, object], seal: Seal) -> None:
        self.file = file
        self.folder = file.parent / FOLDER
        self.seal = seal
        self.told: tuple[Told, ...] = ()
        told = json.dumps([str(file), *sorted(options.items())], default=str)
        self.name = blake2b(told.encode(), digest_size=16).hexdigest()
        self._name = f"{_PREFIX}{self.name}"

    @classmethod
    def of(cls, file: Path, options: Mapping[str, object]) -> Known | None:
        """Return what is known; None where nothing can be kept.

        Args:
            file: The configuration.
            options: The options of the command.
        """
        seal = seal_for(file.parent)
        return cls(file, options, seal) if seal else None

    def is_the_same(self) -> bool:
        """Tell whether a build would change nothing; then `told` is what the last one told."""
        manifest = self.manifest()
        self.told = manifest.told if manifest else ()
        return manifest is not None and manifest.holds

    def manifest(self) -> Manifest | None:
        """Return the manifest of the last good build, if there is one."""
        try:
            data = self.seal.opened((self.folder / self._name).read_bytes(), self._name)
            return None if data is None else _read(json.loads(data))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, manifest: Manifest) -> None:
        """Keep the manifest of a build; what cannot be written is not kept."""
        data = json.dumps({"version": _VERSION, **asdict(manifest)}).encode()
        with suppress(OSError):
            write(self.folder / self._name, self.seal.sealed(data, self._name))
            tidy(self.folder, _PREFIX, _KEPT)


def write(path: Path, data: bytes) -> None:
    """Write a file of the cache, whole or not at all.

    Args:
        path: The file.
        data: What it shall hold.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        new.write_bytes(data)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def tidy(folder: Path, prefix: str, most: int) -> None:
    """Remove the oldest files of the cache that begin with a name, and what a killed build left.

    Args:
        folder: The cache's folder.
        prefix: How their names begin.
        most: How many stay.
    """
    found = sorted(
        (path for path in folder.glob(f"{prefix}*")),
        key=lambda path: path.stat().st_mtime_ns,
        reverse=True,
    )
    for path in found[most:]:
        path.unlink(missing_ok=True)
    for path in folder.glob(f".{prefix}*"):
        if path.stat().st_mtime < time.time() - 3600:
            path.unlink(missing_ok=True)


def _read(data: Mapping[str, Any]) -> Manifest | None:
    if data["version"] != _VERSION:
        return None
    inputs: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in data["inputs"].items()
    }
    told = tuple((str(level), str(text)) for level, text in data["told"])
    return Manifest(Inputs(**inputs), data["state"], data["site"], data["site_state"], told)


def state_of(inputs: Inputs) -> str:
    """Return what stands for all inputs as they are now: a hash.

    Raises:
        Unclear: Something cannot be compared.
        OSError: Something cannot be read.
    """
    day = time.strftime("%Y-%m-%d")  # checks tell of days that are yet to come
    return _hash(chain((day, history_of(inputs.history)), _around(inputs), _read_by(inputs)))


def ground_of(inputs: Inputs, by_name: Sequence[str] = ()) -> str:
    """Return what stands for all that any page may depend on, but pages and their history.

    Args:
        inputs: What the site is made of.
        by_name: How the names of files in the folder of the pages end, of which nothing counts but
            that they are there.

    Raises:
        Unclear: Something cannot be compared.
        OSError: Something cannot be read.
    """
    return _hash(chain(_around(inputs), _read_by(inputs, tuple(by_name))))


def times_of(inputs: Inputs) -> str:
    """Return what changes with each change of a file that is read, even if it is undone again.

    Raises:
        OSError: Something cannot be read.
    """
    paths = (*inputs.files, *inputs.folders)
    return _hash(repr(stamp) for path in paths for stamp in _stamps(path))


def _hash(parts: Iterable[str | bytes]) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


def _around(inputs: Inputs) -> Iterator[str | bytes]:
    """Yield what tells programs and the environment from others."""
    yield from (sys.version, sys.executable, sys.platform)
    yield repr(sorted(_variables(inputs.variables)))
    yield repr(_installed())
    for path in inputs.programs:
        yield path
        yield from map(repr, _stamps(path))


def _read_by(inputs: Inputs, by_name: tuple[str, ...] = ()) -> Iterator[str | bytes]:
    """Yield the names and contents of all files that are read."""
    left_out = frozenset(inputs.left_out)
    for path in inputs.files:
        yield path
        yield _content(path) if os.path.lexists(path) else ""
    for folder in inputs.folders:
        yield folder
        if os.path.lexists(folder):
            pages = folder == inputs.history
            yield from _contents(folder, left_out, by_name if pages else ())


def _variables(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    wanted = _NAMES.union(names)
    for name, value in os.environ.items():
        if name in wanted or name.startswith(_PREFIXES):
            yield name, value


def _installed() -> list[tuple[str, int, int]]:
    """Return what tells which packages are installed: their records, with their times."""
    found = []
    for folder in dict.fromkeys(sys.path):
        if folder.endswith(("site-packages", "dist-packages")) and Path(folder).is_dir():
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.endswith(_PACKAGES):
                        status = entry.stat()
                        found.append((entry.path, status.st_mtime_ns, status.st_size))
    return sorted(found)


def _stamps(path: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield what changes when a file of a program is another one; of a folder, for all in it."""
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except NotADirectoryError:
        yield _stamp(path, Path(path).stat())
        return
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name not in _UNLISTED:
                yield from _stamps(entry.path)
        else:
            yield _stamp(entry.path, entry.stat())


def _stamp(path: str, status: os.stat_result) -> tuple[str, int, int, int]:
    return path, status.st_mtime_ns, status.st_ctime_ns, status.st_size


def _contents(
    folder: str, left_out: frozenset[str], by_name: tuple[str, ...]
) -> Iterator[str | bytes]:
    """Yield the names of all files in a folder, and the contents of those that are not `by_name`.

    Raises:
        Unclear: A folder in it is a link, or something is no file.
    """
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.path in left_out:
            continue
        yield entry.path
        if entry.is_dir():
            if entry.is_symlink():
                raise Unclear(entry.path)
            yield "/"
            yield from _contents(entry.path, left_out, by_name)
        else:
            if entry.is_symlink():
                yield str(Path(entry.path).readlink())
            if not entry.name.endswith(by_name or "\0"):
                yield _content(entry.path)


def _content(path: str) -> bytes:
    """Return what stands for a file's content; nothing for a link to nothing."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return b""
    with os.fdopen(handle, "rb", 0) as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise Unclear(path)
        if status.st_size <= _BLOCK:
            return blake2b(stream.read(), digest_size=16).digest()
        digest = blake2b(digest_size=16)
        while block := stream.read(_BLOCK):
            digest.update(block)
        return digest.digest()


def history_of(folder: str) -> str:
    """Return what changes with the history of a folder: its commit, and what git makes of it."""
    # As in `reading.history`, of which an import would take longer than all else here.
    environment = {key: text for key, text in os.environ.items() if not key.startswith("GIT_")}
    try:
        asked = subprocess.run(
            _ASK_GIT,
            cwd=folder,
            env={**environment, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=20,
            check=False,
        )
    except OSError:
        return ""
    if asked.returncode:
        return f"{asked.returncode}"
    lines = os.fsdecode(asked.stdout).split("\n")
    common = Path(folder, lines[2])
    others = ("config", "info/grafts", "packed-refs", "refs/replace", "shallow")
    return repr([lines, *(list(_stamps(str(common / name))) for name in others)])


def site_state(site: str) -> str:
    """Return what stands for the files of a site as they are now: a hash.

    Whoever touches a file changes a time of it. Hidden files at the top are not the site's; of what
    lies at the top, one time counts less, as it changes when it is moved to where it belongs.

    Args:
        site: Its folder.
    """
    digest = blake2b(digest_size=16)
    for path, *times in _entries(site, "", True):
        digest.update(f"{path}\0{times}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _entries(folder: str, below: str, is_top: bool) -> Iterator[Sequence[object]]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = f"{below}{entry.name}"
        if is_top and entry.name.startswith("."):
            continue
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(status.st_mode):
            yield f"{name}/", 0
            yield from _entries(entry.path, f"{name}/", False)
        else:
            changed = 0 if is_top else status.st_ctime_ns
            yield name, status.st_mode, status.st_size, status.st_mtime_ns, changed, status.st_ino
