"""What keeps a project from being built well, each with its cure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from leitfaden.engine.doctoring import versions
from leitfaden.engine.doctoring.ailment import Ailment
from leitfaden.engine.doctoring.wording import title, told
from leitfaden.model.trouble import Examined

_FATAL = frozenset(("missing-package", "mkdocs-2"))


def examine(file: Path, language: str) -> tuple[Examined, ...]:
    """Look at all that a build needs; at nothing but the versions if it cannot run with them.

    Args:
        file: The project's configuration, mkdocs.yml.
        language: The language of the texts.
    """
    found = tuple(versions.look())
    first = _examined("versions", found, language)
    if any(one.name in _FATAL for one in found):
        return (first,)

    from leitfaden.engine.doctoring import cache, disk, history, names, outlook, plugins, setup
    from leitfaden.engine.doctoring.patient import patient_of

    patient = patient_of(file)
    return (
        first,
        _examined("setup", setup.look(patient), language),
        _examined("plugins", plugins.look(patient), language),
        _examined("history", history.look(patient), language),
        _examined("names", names.look(patient), language),
        _examined("disk", disk.look(patient), language),
        _examined("cache", cache.look(patient), language),
        _examined("outlook", outlook.look(patient), language),
    )


def _examined(name: str, found: Iterable[Ailment], language: str) -> Examined:
    return Examined(name, title(name, language), tuple(told(one, language) for one in found))
