"""A site out of its parts: the same files as one build of all of it would have made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from leitfaden.engine import parts
from leitfaden.engine.parts import INPUTS, MANIFEST, Part, PartError, Share, some
from leitfaden.engine.staging import staged

_Parts = Mapping[Path, Part]
_TOLD = 10  # missing parts that are named


def assemble(
    folders: Sequence[Path], site: Path, tell: Callable[[int, int], None] | None = None
) -> int:
    """Put the parts of a site together.

    Args:
        folders: The parts.
        site: The site's folder; an older site in it is replaced, unless something is wrong.
        tell: Is told how many of how many files have been copied.

    Returns:
        How many files the site has.

    Raises:
        PartError: The parts are no whole site; the last good one is as it was.
    """
    _look_at_folders(folders, site)
    found = {folder: parts.read(folder) for folder in folders}
    _compare(found)
    _count(found)
    owners = _owners(found)
    for folder, part in found.items():
        _look_for_files(folder, part)
    with staged(site) as staging:
        for number, (path, folder) in enumerate(owners.items(), 1):
            _copy(path, folder, staging, found[folder].files[path])
            if tell:
                tell(number, len(owners))
    return len(owners)


def _look_at_folders(folders: Sequence[Path], site: Path) -> None:
    """Look whether a site may be put where it should be: what is there is removed."""
    if not folders:
        raise PartError("There are no parts. Name the folders that hold them.")
    target, seen = Path(os.path.realpath(site)), dict[Path, Path]()
    for folder in folders:
        real = Path(os.path.realpath(folder))
        if real in seen:
            raise PartError(f"{str(folder)!r} is named twice. Name each part once.")
        seen[real] = folder
        if real.is_relative_to(target) or target.is_relative_to(real):
            raise PartError(
                f"The part {str(folder)!r} and the site {str(site)!r} must not lie in each other. "
                "Choose another folder for the site with --site-dir."
            )


def _compare(found: _Parts) -> None:
    """Look whether all parts are of the same site."""
    (first, one), *others = found.items()
    for folder, part in others:
        keys = [key for key in INPUTS if part.inputs.get(key) != one.inputs.get(key)]
        if keys or part.inputs != one.inputs or part.locales != one.locales:
            what = "; ".join(INPUTS[key] for key in keys) or "something"
            raise PartError(
                f"{str(folder)!r} is no part of the same site as {str(first)!r}: it was built from "
                f"other {what}. Build all parts from the same commit, with the same versions, as "
                "requirements.lock has them, and the same options."
            )


def _count(found: _Parts) -> None:
    """Look whether each share is there, once."""
    by_share: dict[Share, Path] = {}
    counts: dict[str, tuple[int, Path]] = {}
    for folder, part in found.items():
        share = part.share
        count, other = counts.setdefault(share.locale, (share.count, folder))
        if count != share.count:
            raise PartError(
                f"{str(other)!r} is one of {count} parts of the locale {share.locale!r}, "
                f"{str(folder)!r} one of {share.count}. Build all parts of a locale with the same "
                "number of shards."
            )
        if share in by_share:
            raise PartError(
                f"{str(by_share[share])!r} and {str(folder)!r} are the same part, {share}. "
                "Name one of them."
            )
        by_share[share] = folder
    # A part that says of itself that it is one of a billion must not make a list of a billion.
    missing = list(islice(_missing(found, counts, by_share), _TOLD + 1))
    if missing:
        shown = "\n".join(f"  leitfaden build {options}" for options in missing[:_TOLD])
        more = "\n  and more" if len(missing) > _TOLD else ""
        raise PartError(f"Parts of the site are missing. Build them, too:\n{shown}{more}")


def _missing(
    found: _Parts, counts: Mapping[str, tuple[int, Path]], by_share: Mapping[Share, Path]
) -> Iterator[str]:
    """Yield the options with which the missing parts are built."""
    locales = next(iter(found.values())).locales
    for locale in locales:
        count, _ = counts.get(locale, (0, None))
        if not count:
            yield f"--locale {locale}"
        for number in range(1, count + 1):
            if Share(locale, number, count) not in by_share:
                yield f"--locale {locale} --shard {number}/{count}"


def _owners(found: _Parts) -> dict[str, Path]:
    """Return by which part each file comes, in the order in which they are copied."""
    owners: dict[str, Path] = {}
    for folder, part in found.items():
        for path in part.files:
            other = owners.setdefault(path, folder)
            if other is not folder:
                raise PartError(
                    f"{str(other)!r} and {str(folder)!r} both have the file {path!r}. Two pages or "
                    "files of the site have the same address; `leitfaden build` would show the "
                    "last one. Rename one of them."
                )
    above = {path[:at] for path in owners for at, sign in enumerate(path) if sign == "/"}
    for path in sorted(owners.keys() & above):
        raise PartError(
            f"{str(owners[path])!r} has the file {path!r}, and another part a folder of that name. "
            "Don't use these parts; build them again."
        )
    return owners


def _look_for_files(folder: Path, part: Part) -> None:
    """Look whether a part has all of its files, and no others."""
    there = {*parts.files_in(folder)} - {MANIFEST}
    missing, others = sorted(part.files.keys() - there), sorted(there - part.files.keys())
    if missing:
        raise PartError(
            f"Files of {str(folder)!r} are missing: {some(missing)}. "
            "Copy all of the part, also files whose names begin with a dot, or build it again."
        )
    if others:
        raise PartError(
            f"{str(folder)!r} has files that it did not have when it was built: {some(others)}. "
            "Put each part into a folder of its own, and change nothing there."
        )


def _copy(path: str, folder: Path, staging: Path, digest: str) -> None:
    target = staging / path
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        as_it_was = parts.copy(folder / path, target, digest)
    except FileExistsError:  # where case does not count
        raise PartError(
            f"The file {path!r} of {str(folder)!r} has the name of another one on this system. "
            "Assemble the site on Linux."
        ) from None
    if not as_it_was:
        raise PartError(
            f"The file {path!r} of {str(folder)!r} is not what it was when it was built. "
            "Build this part again."
        )
