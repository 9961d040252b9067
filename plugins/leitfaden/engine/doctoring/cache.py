"""Whether what builds keep for the next ones can be kept."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from leitfaden.engine.doctoring.ailment import Ailment, warning
from leitfaden.engine.doctoring.patient import Patient
from leitfaden.engine.manifest import FOLDER
from leitfaden.engine.sealed import VARIABLE, seal_for


def look(patient: Patient) -> Iterator[Ailment]:
    """Look at the cache's folder, and at the key that its files are sealed with."""
    if seal_for(patient.root) is None:
        yield warning("no-cache-key", variable=VARIABLE)
    folder = patient.root / FOLDER
    above = next(one for one in (folder, *folder.parents) if os.path.lexists(one))
    try:
        with tempfile.TemporaryDirectory(dir=above, prefix=".leitfaden-"):
            pass
    except OSError as wrong:
        yield warning("no-cache", folder=_shown(above, patient), reason=wrong.strerror or wrong)


def _shown(folder: Path, patient: Patient) -> str:
    inside = folder.is_relative_to(patient.root) and folder != patient.root
    return folder.relative_to(patient.root).as_posix() if inside else str(folder)
