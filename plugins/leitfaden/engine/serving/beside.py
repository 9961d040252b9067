"""What the site has beside its pages, made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig

from leitfaden.engine import locale as steps
from leitfaden.engine.locale import LocaleSite
from leitfaden.publishing import feed, llms
from leitfaden.publishing import sitemap as sitemaps
from leitfaden.site import feeds, i18n, redirects, search, sitemap, taskfiles, twins
from leitfaden.site.build import Build

NOT_FOUND = "404.html"
_TASKS = ("tasks.json", "tasks.csv")
_SEARCH = "search/"

Enter = Callable[[LocaleSite], AbstractContextManager[None]]
"""Lets all that MkDocs and its plugins keep be that of a locale."""


@dataclass
class Beside:
    """The files beside the pages, as long as no page changes.

    Args:
        folder: Where they are made: a folder of its own, so that nothing old is in it.
        sites: The locales that are served.
        build: What they share.
        enter: Turns everything to a locale.
    """

    folder: Path
    sites: Mapping[str, LocaleSite]
    build: Build
    enter: Enter
    _made: set[tuple[str, str]] = field(default_factory=set)

    def file(self, uri: str) -> Path | None:
        """Return the file at a path below the site, made just now if need be; None without one.

        Args:
            uri: A path without `..`, in which pages and copied files have not been found.
        """
        for part, site in self._parts(uri):
            if (part, site.locale) not in self._made:
                self._make(part, site)
                self._made.add((part, site.locale))
        file = self.folder / uri
        return file if file.is_file() else None

    def _parts(self, uri: str) -> Iterator[tuple[str, LocaleSite]]:
        """Yield what may hold a file: the kind of file, and the locales whose it is."""
        first = next(iter(self.sites.values()))
        name = uri.rpartition("/")[2]
        own = self._locale_of(uri, first)
        below = uri.removeprefix(i18n.root_of(own.locale, own.config))
        if below.startswith(_SEARCH):
            yield "search", own
        elif name == llms.NAME or name.endswith(".md"):
            yield "twins", own
        elif below in _TASKS:
            yield "tasks", own
        elif name == feed.NAME:
            yield "feeds", own
        elif name.startswith(sitemaps.NAME.partition(".")[0]):
            yield "sitemap", first
        elif name.endswith(".html") and uri != NOT_FOUND:
            yield "redirects", first
        yield from (("templates", site) for site in self.sites.values())

    def _locale_of(self, uri: str, first: LocaleSite) -> LocaleSite:
        return self.sites.get(uri.partition("/")[0], first)

    def _make(self, part: str, site: LocaleSite) -> None:
        build, config = self.build, site.config
        here = build.locales[site.locale]
        with self.enter(site), _written_to(self.folder, config):
            if part == "search":
                search.write(here, build, config)
            elif part == "twins":
                self._make_folders(site)
                twins.write(here, build, config)
            elif part == "tasks":
                (self.folder / i18n.root_of(site.locale, config)).mkdir(parents=True, exist_ok=True)
                taskfiles.write(here, build, config)
            elif part == "feeds":
                feeds.write(here, build, config)
            elif part == "sitemap":
                sitemap.write(build, config)
            elif part == "templates":
                _write_templates(site)
        if part == "redirects":
            self._write_redirects(site)

    def _make_folders(self, site: LocaleSite) -> None:
        for folder in {Path(file.dest_uri).parent for file in site.docs}:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)

    def _write_redirects(self, first: LocaleSite) -> None:
        """Write the pages at old addresses; they know the anchors of the pages they lead to."""
        for site in self.sites.values():
            with self.enter(site):
                for file in steps.redirected(site):
                    if file.page is not None:
                        _ = file.page.present_anchor_ids  # which makes the page, if need be
        with self.enter(first), _written_to(self.folder, first.config):
            redirects.write(self.build, first.config)


@contextmanager
def _written_to(folder: Path, config: MkDocsConfig) -> Iterator[None]:
    before, config.site_dir = config.site_dir, str(folder)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        config.site_dir = before


def _write_templates(site: LocaleSite) -> None:
    config, files = site.config, site.files
    for template in config.theme.static_templates:
        mkdocs_build._build_theme_template(template, site.env, files, config, site.nav)
    for template in config.extra_templates:
        mkdocs_build._build_extra_template(template, files, config, site.nav)
