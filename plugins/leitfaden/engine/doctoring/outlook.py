"""What of a project runs on the two programs that follow MkDocs 1.x.

ProperDocs 1.6.7, a fork, runs plugins and themes of MkDocs: a site of ours was the same, byte for
byte. Zensical 0.1.2 reads mkdocs.yml, but runs no plugin of others: it has some of its own, by the
same names, and passes over the rest without a word; it knows no hooks, and its templates no Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.engine.doctoring.ailment import Ailment, notice
from leitfaden.engine.doctoring.patient import Patient

# What Zensical 0.1.2 knows, and `section-index`, which it does by itself.
_OF_ZENSICAL = frozenset(
    (
        "api-autonav",
        "autorefs",
        "awesome-nav",
        "blog",
        "callouts",
        "exclude",
        "gh-admonitions",
        "glightbox",
        "include-markdown",
        "literate-nav",
        "llmstxt",
        "macros",
        "markdown-exec",
        "markdownextradata",
        "meta",
        "meta-descriptions",
        "mike",
        "minify",
        "mkdocs-audio",
        "mkdocs-autoapi",
        "mkdocs-nav-weight",
        "mkdocs-video",
        "mkdocstrings",
        "offline",
        "optimize",
        "privacy",
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
