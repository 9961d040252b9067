"""Data in a folder that others can write into, sealed so that only our own is believed.

What a cache holds becomes a site that nobody looks at again, and a pull request may bring a cache
of its own. So all of it carries a hash that only who has the user's own key can make. That key lies
outside of the project, or comes from the environment: machines that are to share a cache share it.
Whatever has no seal, a broken one or another one's counts as if it were not there.
"""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

VARIABLE = "LEITFADEN_CACHE_KEY"

_SIZE = 32  # bytes of a key, and of a seal
_OTHERS = 0o077  # what others may do with a file


class Seal:
    """Seals data.

    Args:
        key: The key.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sealed(self, data: bytes, purpose: str) -> bytes:
        """Return data with a seal in front.

        Args:
            data: The data.
            purpose: What it is; a seal is good for nothing else.
        """
        return self._seal(data, purpose) + data

    def opened(self, data: bytes, purpose: str) -> bytes | None:
        """Return sealed data; None if it is not as it was when it was sealed."""
        seal, inner = data[:_SIZE], data[_SIZE:]
        return inner if hmac.compare_digest(seal, self._seal(inner, purpose)) else None

    def _seal(self, data: bytes, purpose: str) -> bytes:
        person = blake2b(purpose.encode(), digest_size=16).digest()
        return blake2b(data, key=self._key, digest_size=_SIZE, person=person).digest()


def seal_for(project: Path) -> Seal | None:
    """Return what seals the cache of a project; None where no key can be kept.

    Args:
        project: Its folder. A key that lies in it could come from anybody.
    """
    given = os.environ.get(VARIABLE)
    if given:
        return Seal(blake2b(given.encode("utf-8", "surrogateescape"), digest_size=_SIZE).digest())
    try:
        file = _folder() / "leitfaden" / "key"
        inside = Path(os.path.realpath(file)).is_relative_to(os.path.realpath(project))
        key = None if inside else _key(file)
    except (OSError, RuntimeError, ValueError):
        return None
    return Seal(key) if key else None


def _folder() -> Path:
    given = Path(os.environ.get("XDG_CACHE_HOME") or "")
    return given if given.is_absolute() else Path.home() / ".cache"


def _key(file: Path) -> bytes | None:
    """Return the key in a file, which is made if it is not there; None if others can get at it."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(file)
    with file.open("rb") as stream:
        status = os.fstat(stream.fileno())
        key = stream.read(_SIZE + 1)
    is_own = os.name != "posix" or (status.st_uid == os.geteuid() and not status.st_mode & _OTHERS)
    return key if is_own and len(key) == _SIZE else None


def _make(file: Path) -> None:
    """Write a new key; of several processes that do so, the first has its way."""
    new = file.with_name(f"{file.name}-{os.getpid()}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(os.urandom(_SIZE))
    try:
        with suppress(FileExistsError):
            os.link(new, file)
    finally:
        new.unlink()
