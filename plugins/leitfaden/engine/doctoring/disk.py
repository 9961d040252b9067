"""Whether a site can be written, and takes the place of the last one in a moment."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from leitfaden.engine import staging
from leitfaden.engine.doctoring.ailment import Ailment, error, notice, warning
from leitfaden.engine.doctoring.patient import Patient

_LEAST = 64 * 1024 * 1024  # bytes that any build wants to be free
_MEGABYTE = 1024 * 1024


def look(patient: Patient) -> Iterator[Ailment]:
    """Look at the folder of the site and at that for temporary files."""
    if patient.config is not None:
        site = Path(patient.config.site_dir)
        yield from _place(Path(os.path.realpath(site)))
    yield from _temporary()


def _place(site: Path) -> Iterator[Ailment]:
    above = next(folder for folder in site.parents if folder.is_dir())
    reason = _why_unwritable(above)
    if reason:
        yield error("site-unwritable", folder=above, reason=reason)
        return
    needed = max(2 * _size(site), _LEAST)
    free = shutil.disk_usage(above).free
    if free < needed:
        yield warning("disk-full", folder=above, free=_megabytes(free), needed=_megabytes(needed))
    if site.is_dir():
        names = sorted(entry.name for entry in site.iterdir() if staging.stays(entry))
        if names:
            yield notice("kept-in-site", names=", ".join(f"`{name}`" for name in names))
        elif os.path.ismount(site):
            yield notice("site-mounted", folder=site)
    left = staging.left_behind(site)
    if left:
        names = [folder.name for folder in left]
        name = "left-behind" if staging.can_tidy() else "left-for-ever"
        yield notice(name, names=", ".join(f"`{one}`" for one in names))


def _temporary() -> Iterator[Ailment]:
    try:
        folder = Path(tempfile.gettempdir())
    except OSError as wrong:  # no folder will do, which Python has tried
        name = "temporary-full" if wrong.errno == errno.ENOSPC else "no-temporary"
        yield warning(name, reason=wrong.strerror or wrong)
        return
    free = shutil.disk_usage(folder).free
    if free < _LEAST:
        yield warning("temporary-full", reason=f"{folder}: {_megabytes(free)}")


def _why_unwritable(folder: Path) -> str:
    """Return why nothing can be written into a folder; empty if something can."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".leitfaden-"):
            return ""
    except OSError as wrong:
        return wrong.strerror or str(wrong)


def _size(folder: Path) -> int:
    """Return how many bytes the files below a folder have."""
    sizes = (
        (Path(parent) / name).lstat().st_size
        for parent, _, names in os.walk(folder)
        for name in names
    )
    return sum(sizes)


def _megabytes(count: int) -> str:
    return f"{count / _MEGABYTE:,.0f} MB"
