"""Whether files keep their names on other machines."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from leitfaden.engine.doctoring.ailment import Ailment, error, notice, warning
from leitfaden.engine.doctoring.patient import Patient

_LONGEST = 259  # characters of a path that all programs on Windows can open
_ROOM = 60  # of these, for the folder that somebody clones into
_MOST = 5  # that are told of one kind
_COMPOSED, _DECOMPOSED = "\u00e9", "e\u0301"
_RESERVED = frozenset(
    ("aux", "con", "nul", "prn", *(f"{name}{at}" for name in ("com", "lpt") for at in range(1, 10)))
)
_FORBIDDEN = frozenset('<>:"|?*\\')


def look(patient: Patient) -> Iterator[Ailment]:
    """Look at what the disk makes of names, and at the names of all files below docs/."""
    if patient.config is None:
        return
    try:
        with tempfile.TemporaryDirectory(dir=patient.root, prefix=".leitfaden-") as folder:
            yield from of_disk(Path(folder))
    except OSError:
        pass  # the folder of the site is looked at as well, which tells more
    docs = Path(patient.config.docs_dir)
    yield from of_names(_below(docs), os.name == "nt", str(docs))
    yield from _links(docs)


def of_disk(folder: Path) -> Iterator[Ailment]:
    """Yield what a disk does with names.

    Args:
        folder: An empty folder on it.
    """
    if _finds(folder, "case", "CASE"):
        yield notice("blind-to-case")
    if _finds(folder, _COMPOSED, _DECOMPOSED):
        yield notice("one-unicode-form")


def _finds(folder: Path, written: str, asked: str) -> bool:
    """Tell whether a file that is written under one name is found under another."""
    (folder / written).touch()
    return os.path.lexists(folder / asked)


def of_names(names: Iterable[str], is_windows: bool, docs: str) -> Iterator[Ailment]:
    """Yield names that not every machine can keep.

    Args:
        names: Paths below the docs folder, with `/`.
        is_windows: Whether this is such a machine.
        docs: The docs folder.
    """
    known: dict[str, str] = {}
    same: list[Ailment] = []
    impossible: list[Ailment] = []
    long: list[Ailment] = []
    for name in sorted(names):
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        other = known.setdefault(key, name)
        if other != name:
            same.append(error("same-name", one=other, other=name))
        if any(map(_is_impossible, name.split("/"))):
            impossible.append(warning("no-windows-name", name=name))
        length = len(docs if is_windows else "docs") + 1 + len(name)
        if length > (_LONGEST if is_windows else _LONGEST - _ROOM):
            long.append(warning("long-path", name=name, length=length))
    for found in (same, impossible, long):
        yield from found[:_MOST]


def _is_impossible(part: str) -> bool:
    """Tell whether Windows cannot have a file of that name."""
    stem = part.partition(".")[0].lower()
    return stem in _RESERVED or part.endswith((" ", ".")) or not _FORBIDDEN.isdisjoint(part)


def _below(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        base = Path(parent).relative_to(folder)
        for name in names:
            yield (base / name).as_posix().encode("utf-8", "replace").decode()


def _links(docs: Path) -> Iterator[Ailment]:
    """Yield folders that are links: what lies in them, the cache does not look at."""
    for parent, folders, _ in os.walk(docs):
        for name in sorted(folders):
            path = Path(parent, name)
            if path.is_symlink():
                yield notice("linked-folder", folder=path.relative_to(docs.parent).as_posix())
