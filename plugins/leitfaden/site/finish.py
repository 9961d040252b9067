"""What is written beside the pages of a locale, when these are there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.site import feeds, search, taskfiles, twins
from leitfaden.site.build import Build, LocaleBuild

_Write: TypeAlias = Callable[[LocaleBuild, Build, MkDocsConfig], None]

_KINDS: tuple[_Write, ...] = (feeds.write, twins.write, taskfiles.write, search.write)
_ALL = slice(None)


def write(build: Build, config: MkDocsConfig, share: slice = _ALL) -> None:
    """Write the files beside the pages of the locale that is being built.

    Not later: static-i18n changes what it knows of a locale's files while it builds the others.

    Args:
        build: The build.
        config: MkDocs' configuration.
        share: Which of the kinds of files, where several builds share them.
    """
    here = build.current(config)
    for write_kind in _KINDS[share]:
        write_kind(here, build, config)
