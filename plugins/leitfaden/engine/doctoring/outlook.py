"""What of a project runs on the two programs that follow MkDocs 1.x.

ProperDocs 1.6.7, a fork, runs plugins and themes of MkDocs: a site of ours was the same, byte for
byte. Zensical 0.1 reads mkdocs.yml but runs no plugin of others; which ones it has of its own, it
lists at zensical.org/docs/compatibility/mkdocs/plugins, read there in November 2026.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.engine.doctoring.ailment import Ailment, notice
from leitfaden.engine.doctoring.patient import Patient

_OF_ZENSICAL = frozenset(
    (
        "api-autonav",
        "autoapi",
        "autorefs",
        "awesome-nav",
        "blog",
        "callouts",
        "exclude",
        "gh-admonitions",
        "glightbox",
        "literate-nav",
        "llmstxt",
        "macros",
        "markdown-exec",
        "meta",
        "mike",
        "minify",
        "mkdocs-audio",
        "mkdocs-video",
        "mkdocstrings",
        "offline",
        "redirects",
        "rss",
        "search",
        "section-index",
        "social",
        "table-reader",
        "tags",
    )
)
_OURS = "leitfaden"


def look(patient: Patient) -> Iterator[Ailment]:
    """Look at what would not run."""
    config = patient.config
    if config is None:
        return
    if _OURS in config.plugins:
        yield notice("properdocs-command")
    plugins = [name for name in config.plugins if _name(name) not in _OF_ZENSICAL]
    plugins = [name for name in plugins if name not in config.hooks]
    if plugins:
        yield notice("zensical-plugins", names=_listed(plugins))
    if config.hooks:
        yield notice("zensical-hooks", names=_listed(map(str, config.hooks)))
    if _OURS in config.plugins and any(_templates(config)):
        yield notice("zensical-templates", folder=Path(str(config.theme.custom_dir)).name)


def _name(plugin: str) -> str:
    """Return a plugin's name without the theme that it comes with."""
    return plugin.rpartition("/")[2]


def _templates(config: MkDocsConfig) -> Iterator[Path]:
    """Yield templates that ask for what our plugin gives them."""
    if config.theme.custom_dir:
        for file in sorted(Path(str(config.theme.custom_dir)).rglob("*.html")):
            if _OURS in file.read_text("utf-8", "replace"):
                yield file


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
