"""What `mkdocs.yml` must say for the site to come out right; each mistake has a cure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.model import Diagnostic, Place, Severity
from leitfaden.site import i18n

_CODE = "LF910"


def mistakes(config: MkDocsConfig) -> Iterator[Diagnostic]:
    """Yield what is wrong with the configuration as far as it can be told without the contract."""
    for message, cure in (*i18n.mistakes(config), *_theme(config), *_navigation(config)):
        yield mistake(config, message, cure)


def mistake(config: MkDocsConfig, message: str, cure: str) -> Diagnostic:
    """Return a mistake in mkdocs.yml."""
    place = Place(Path(config.config_file_path or "mkdocs.yml").name)
    return Diagnostic(_CODE, Severity.ERROR, place, message, cure)


def _theme(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    if config.theme.name != "material":
        yield f"The theme is `{config.theme.name}`.", "Set `theme.name: material`."
        return
    if not config.theme.custom_dir:
        message = "`theme.custom_dir` is missing; the templates of the pages lie there."
        yield message, "Set `custom_dir: overrides` below `theme`."
    for feature in config.theme.get("features") or ():
        if str(feature).startswith("navigation.instant"):
            message = f"The theme's feature `{feature}` does not work with several locales."
            yield message, "Remove it from `theme.features`."


def _navigation(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    if config.nav is not None:
        message = "`nav` has no effect: the contract's `navigation` orders the pages."
        yield message, "Remove `nav` from mkdocs.yml."
