"""One search index a locale, so that readers find pages in their own language only.

static-i18n would gather the entries of all locales in one index. The index of a locale lies below
the locale's own folder instead, with addresses relative to it; `main.html` tells the theme's
script that folder as its base.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

_NAME = "material/search"
_FILE = "search/search_index.json"
_BY_LANGUAGE = ("lang", "separator", "pipeline")


def settings(config: MkDocsConfig) -> dict[str, Any]:
    """Return the settings that the plugin would fill in for one language and then keep."""
    plugin = _plugin(config)
    return {key: plugin.config[key] for key in _BY_LANGUAGE} if plugin else {}


def reset(config: MkDocsConfig, as_given: Mapping[str, Any]) -> None:
    """Let the search plugin choose its settings anew, for the locale that is built next."""
    plugin = _plugin(config)
    if plugin:
        plugin.config.update(as_given)


def index(config: MkDocsConfig, root: str) -> str | None:
    """Return the index of the locale that was just built, as JSON; None without search.

    Args:
        config: MkDocs' configuration.
        root: The locale's folder on the site, such as `de/`.
    """
    plugin = _plugin(config)
    if plugin is None:
        return None
    for entry in plugin.search_index.entries:
        entry["location"] = entry["location"].removeprefix(root)
    return str(plugin.search_index.generate_search_index(None))


def write(indexes: Mapping[str, str], site: Path) -> None:
    """Write the indexes, each into its locale's folder.

    Args:
        indexes: By the locale's folder.
        site: The site's folder.
    """
    for root, content in indexes.items():
        path = site / root / _FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def _plugin(config: MkDocsConfig) -> Any:
    plugin: Any = config.plugins.get(_NAME)
    return plugin if plugin and plugin.config.enabled else None
