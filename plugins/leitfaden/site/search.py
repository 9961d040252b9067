"""The search index of each locale, made of the pages as they were read, in place of the theme's.

The theme's own index is left empty: its plugin stays, because the theme asks it whether a site has
a search, but is told to leave out every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MethodType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from leitfaden.checking.findable import made_to_find
from leitfaden.model import Playbook
from leitfaden.reading.playbook import no_collector
from leitfaden.searching.documents import documents_of
from leitfaden.searching.index import build_index
from leitfaden.searching.shards import files_of
from leitfaden.site import i18n
from leitfaden.site.build import Build, LocaleBuild
from leitfaden.site.navigation import page_file

_PLUGIN = "material/search"
_FOLDER = "search"
_MARK = re.compile(r'data-search-\w+="')  # what its plugin takes out of every page


def drop_if_off(config: MkDocsConfig) -> None:
    """Take a search that is off out of the plugins: the theme and static-i18n go by its name."""
    plugin = config.plugins.get(_PLUGIN)
    if plugin is not None and not plugin.config.enabled:
        del config.plugins[_PLUGIN]


def leave_to_us(config: MkDocsConfig) -> None:
    """Keep the theme's plugin from writing its empty index over ours.

    MkDocs asks it to for each locale, and static-i18n once more behind the last one.
    """
    plugin, events = config.plugins.get(_PLUGIN), config.plugins.events["post_build"]
    if plugin is not None:
        events[:] = [event for event in events if getattr(event, "__self__", None) is not plugin]
        # Of the plugin's own, since MkDocs keeps this plugin while it serves, and asks whose it is.
        vars(plugin)["on_post_build"] = MethodType(_write_nothing, plugin)


def spare_pages(config: MkDocsConfig) -> None:
    """Keep the theme's plugin from looking for its marks in pages that have none.

    Args:
        config: MkDocs' configuration, with the plugins' events.
    """
    plugin, events = config.plugins.get(_PLUGIN), config.plugins.events["page_context"]
    for at, event in enumerate(events):
        if plugin is not None and event == plugin.on_page_context:
            events[at] = MethodType(_only_where_marked, plugin)


def _only_where_marked(
    plugin: Any, context: Any, *, page: Page, config: MkDocsConfig, nav: Any
) -> Any:
    """Let the theme's plugin take a page that it indexes, or that has one of its marks."""
    is_left_out = (page.meta.get("search") or {}).get("exclude")
    if is_left_out and not _MARK.search(page.content or ""):
        return None
    return plugin.on_page_context(context, page=page, config=config, nav=nav)


def _write_nothing(plugin: object, config: MkDocsConfig) -> None:
    """Do what the theme's plugin does when a locale is built: nothing."""


def write(here: LocaleBuild, build: Build, config: MkDocsConfig) -> None:
    """Write the index of a locale; none where there is no search.

    Args:
        here: What belongs to the locale.
        build: The build.
        config: MkDocs' configuration.
    """
    if _PLUGIN in config.plugins:
        with no_collector():
            root = i18n.root_of(here.locale, config)
            _write(_files(build, here, root), Path(config.site_dir, root, _FOLDER))


def _write(files: Iterable[tuple[str, str]], folder: Path) -> None:
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _files(build: Build, here: LocaleBuild, root: str) -> Iterator[tuple[str, str]]:
    contract, locale = build.contract, here.locale
    made = made_to_find(contract, build.written, locale)
    found = documents_of(_as_shown(build.written, here), contract, locale, made)
    addresses = {page.page_id: _address(page.page_id, here, root) for page in found}
    pages = [page for page in found if addresses[page.page_id] is not None]
    index = build_index(pages, contract, locale)
    return files_of(index, contract, lambda page_id: addresses[page_id] or "")


def _address(page_id: str, here: LocaleBuild, root: str) -> str | None:
    """Return the address of a page below the locale's root; None if it is not published."""
    file = page_file(page_id, here.files, here.locale)
    if file is None or file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
        return None
    relative = get_relative_url(file.url, root)
    return "" if relative in (".", "./") else relative


def _as_shown(playbook: Playbook, here: LocaleBuild) -> Playbook:
    """Return the playbook with the pages of a locale as other plugins have left them."""
    pages = playbook.pages.get(here.locale, {})
    ours = (page for page in here.changed if page.locale == here.locale)
    changed = {page.id: page for page in ours if page.id in pages}  # what no file holds is `made`
    if not changed:
        return playbook
    return replace(playbook, pages={**playbook.pages, here.locale: {**pages, **changed}})
