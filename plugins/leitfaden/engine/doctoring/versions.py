"""Whether the programs are those that the site was made for."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from leitfaden.engine.doctoring.ailment import Ailment, error

_PACKAGE = "leitfaden"


def look() -> Iterator[Ailment]:
    """Look at what is installed: before all else, which needs it."""
    try:
        about = metadata.metadata(_PACKAGE)
    except metadata.PackageNotFoundError:
        yield error("not-installed")
        return
    yield from of_python(about["Requires-Python"] or "", platform.python_version())
    yield from of_packages(about.get_all("Requires-Dist") or (), _installed)


def of_python(wanted: str, version: str) -> Iterator[Ailment]:
    """Yield what is wrong with the version of Python.

    Args:
        wanted: The range that the package names.
        version: The one that runs.
    """
    if not SpecifierSet(wanted).contains(version, prereleases=True):
        yield error("python", version=version, wanted=wanted)


def of_packages(wanted: Iterable[str], installed: Callable[[str], str | None]) -> Iterator[Ailment]:
    """Yield what is wrong with the versions of packages.

    Args:
        wanted: What the package requires.
        installed: Returns the version of a package, or None if it is not there.
    """
    for text in wanted:
        one = Requirement(text)
        if one.marker and not one.marker.evaluate({"extra": ""}):
            continue
        version, wanted_range = installed(one.name), str(one.specifier)
        if version is None:
            yield error("missing-package", package=one.name, wanted=wanted_range)
        elif not _fits(version, one.specifier):
            is_next = one.name == "mkdocs" and version.partition(".")[0] not in ("0", "1")
            name = "mkdocs-2" if is_next else "other-version"
            yield error(name, package=one.name, version=version, wanted=wanted_range)


def _fits(version: str, wanted: SpecifierSet) -> bool:
    try:
        return wanted.contains(Version(version), prereleases=True)
    except InvalidVersion:
        return False


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
