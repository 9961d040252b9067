"""Whether git can tell when pages have changed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from leitfaden.engine.doctoring.ailment import Ailment, notice, warning
from leitfaden.engine.doctoring.patient import Patient
from leitfaden.reading.history import GIT, asked_repository

_SECONDS = 20.0
_NOT_OURS = b"dubious ownership"  # as git says it where `safe.directory` does not name a folder


def look(patient: Patient) -> Iterator[Ailment]:
    """Look at the repository that holds the pages."""
    if patient.config is None:
        return
    folder = Path(patient.config.docs_dir)
    if not shutil.which(GIT[0]):
        yield warning("no-git")
        return
    try:
        asked = asked_repository(folder, _SECONDS)
    except (OSError, subprocess.SubprocessError) as wrong:
        yield warning("git-fails", reason=" ".join(str(wrong).split()))
        return
    if _NOT_OURS in asked.stderr:
        yield warning("not-our-repository", folder=_repository(folder))
    elif asked.returncode:
        yield notice("no-repository")
    elif asked.stdout.split()[-1:] == [b"true"]:
        yield warning("shallow-clone")


def _repository(folder: Path) -> Path:
    above = (folder, *folder.parents)
    return next((one for one in above if (one / ".git").exists()), folder)
