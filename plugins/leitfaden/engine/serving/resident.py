"""A site that is prepared and stays in memory: any page of it can be made at any time."""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from leitfaden.engine import locale as steps
from leitfaden.engine.faces import Faces
from leitfaden.engine.locale import LocaleSite
from leitfaden.engine.serving.beside import NOT_FOUND, Beside
from leitfaden.engine.serving.looks import Looks
from leitfaden.engine.serving.panel import Sides
from leitfaden.engine.serving.sources import Kind
from leitfaden.engine.serving.standings import Translated, locks_of
from leitfaden.engine.serving.texts import KeepingReader, Kept, renew
from leitfaden.model import Page
from leitfaden.reading.changes import ChangeReader, PageChange
from leitfaden.reading.files import content_of
from leitfaden.rendering import Renderer
from leitfaden.site import generated, i18n, pages, sources, waiting
from leitfaden.site.build import Build, LocaleBuild
from leitfaden.site.navigation import own_titles
from leitfaden.site.plugin import build_of, plugin_of


class Unknown(Exception):
    """A locale that is asked for and is none of the contract's."""


@dataclass(frozen=True)
class Address:
    """Which page stands at an address.

    Args:
        locale: The locale of its reader.
        at: Its number.
    """

    locale: str
    at: int


@dataclass
class Resident:
    """A site in memory.

    Args:
        config: MkDocs' configuration, as it was read.
        folder: Where files are made: a folder of the server's own.
        sites: The locales that are served, the source first.
        locales: All locales, the source first.
    """

    config: MkDocsConfig
    folder: Path
    sites: Mapping[str, LocaleSite]
    locales: tuple[str, ...]
    lock: RLock = field(default_factory=RLock)
    revision: int = 0
    _pages: dict[str, Address] = field(default_factory=dict)
    _copied: dict[str, str] = field(default_factory=dict)
    _kept: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for site in self.sites.values():
            for at, file in enumerate(site.docs):
                self._pages[file.dest_uri] = Address(site.locale, at)
            for uri, source in site.addresses.items():
                if source is not None:
                    self._copied[uri] = source
        self._roots = _roots(self.config)
        self._forget()

    @property
    def build(self) -> Build:
        """What all locales share."""
        return build_of(self.config)

    # What is at an address.

    def page(self, uri: str) -> bytes | None:
        """Return the page at a path below the site, as it would be built; None if there is none."""
        with self.lock:
            found = self._pages.get(uri)
            if found is None:
                return None
            site = self.sites[found.locale]
            path = Path(site.docs[found.at].abs_dest_path)
            if uri not in self._kept:
                path.unlink(missing_ok=True)
                self._make(site, found.at)
                self._kept.add(uri)
            return path.read_bytes() if path.is_file() else None  # an empty one is not built

    def is_page(self, uri: str) -> bool:
        """Tell whether a page stands at a path below the site."""
        return uri in self._pages

    def copied(self, uri: str) -> Path | None:
        """Return the file that is copied to a path below the site; None if there is none."""
        source = self._copied.get(uri)
        if source is None:
            return None
        real = os.path.realpath(source)  # it may have become a link since
        if not any(real.startswith(root) for root in self._roots):
            return None
        return Path(real)

    def beside(self, uri: str) -> bytes | None:
        """Return what the site has at a path beside its pages; None if there is nothing."""
        with self.lock:
            file = self._beside.file(uri)
            return file.read_bytes() if file is not None else None

    def not_found(self) -> bytes | None:
        """Return the page that tells that there is none, if the site has one."""
        return self.beside(NOT_FOUND)

    def page_files(self) -> frozenset[str]:
        """Return the files that hold pages, or what pages include."""
        build = self.build
        pages = (*build.written, *_fragments(build))
        return frozenset(str(build.root / page.path) for page in pages)

    def copied_files(self) -> frozenset[str]:
        """Return the files that are copied."""
        return frozenset(self._copied.values())

    def locale_at(self, uri: str) -> str:
        """Return the locale of the readers of a path below the site."""
        found = self._pages.get(uri)
        if found is not None:
            return found.locale
        folder = uri.partition("/")[0]
        return folder if folder in self.build.contract.locales else self.build.contract.source

    def path_of(self, uri: str) -> str | None:
        """Return the file of the page that stands at a path, relative to the project."""
        found = self._pages.get(uri)
        page = self.build.page_of(self.sites[found.locale].docs[found.at]) if found else None
        return page.path if page else None

    def sides_at(self, uri: str) -> list[Sides]:
        """Return the page at a path beside its source, or beside its translations."""
        found = self._pages.get(uri)
        page = self.build.page_of(self.sites[found.locale].docs[found.at]) if found else None
        if page is None:
            return []
        with self.lock:
            build = self.build
            source = build.written.page(page.id, build.contract.source)
            locales = [one for one in build.contract.locale_keys if one != build.contract.source]
            if page.locale in locales:
                locales = [page.locale]
            pages = [build.written.page(page.id, locale) for locale in locales]
            return [
                Sides(source, one, standing)
                for one in pages
                if source and one and (standing := build.knowledge.standing(one))
            ]

    @property
    def looks(self) -> Looks:
        """The server's own pages, as the site's languages have them."""
        build = self.build
        return Looks(Path(str(self.config.theme.custom_dir)), build.contract, build.catalogue)

    def unserved(self, uri: str) -> str | None:
        """Return the locale of a path that is not served; None if it is."""
        source, folder = self.locales[0], uri.partition("/")[0]
        locale = folder if folder in self.locales and folder != source else source
        return None if locale in self.sites else locale

    def homes(self) -> list[tuple[str, str]]:
        """Return the names of the languages that are served, and the paths of their homes."""
        about = self.build.contract.locales
        return [(about[one].name, i18n.root_of(one, self.config)) for one in self.sites]

    def close(self) -> None:
        """Let go of what is on disk."""
        shutil.rmtree(self.folder, ignore_errors=True)

    # What changes.

    def take(self, changes: Iterable[tuple[Path, Kind]]) -> bool:
        """Take over changes of files; False if everything has to be made anew.

        Raises:
            Abort: Something is wrong; it has been told what.
        """
        is_more = False
        for path, kind in changes:
            if kind is Kind.PAGE:
                is_more |= not self._take_page(path)
            elif kind is Kind.READ:
                is_more = True
            elif kind is Kind.COPIED:
                self.forget_made()
        return self.read_anew() if is_more else True

    def _take_page(self, path: Path) -> bool:
        """Take over a page, if no other page can show the change."""
        page = self._page_at.get(str(path))
        if page is None:
            return False  # it is included by pages
        content = content_of(str(path))
        if content.problem or not page.is_readable:
            return False
        read = self.build.reader.read(
            content.data, path=page.path, locale=page.locale, page_id=page.id
        )
        if read is page:
            return True
        if not self.has_text_of(page, read):
            return False
        self.take_text(page, read)
        return True

    def forget_made(self) -> None:
        """Forget what has been made, since something else than a page has changed."""
        build = self.build
        with self.lock:
            build.knowledge = replace(build.knowledge)  # by which views know that all is new
            self._forget()

    def has_text_of(self, page: Page, read: Page) -> bool:
        """Tell whether only the text of a page has changed: others show nothing else of it.

        Args:
            page: A page of the site.
            read: The same as it is now.
        """
        is_plain = sources.is_ours(page) and not page.view and page.id not in self._included
        if not is_plain or not sources.is_ours(read) or read.kind != page.kind:
            return False
        return self._faces.of(page) == self._faces.of(read)

    def take_text(self, page: Page, read: Page) -> None:
        """Show another text of a page.

        Args:
            page: A page of the site.
            read: The same as it is now.
        """
        build = self.build
        with self.lock:
            renew(page, read, (build.written, build.playbook))
            reader = build.reader
            if isinstance(reader, KeepingReader):
                reader.renewed(page)
            for site in self.sites.values():
                self._introduce_anew(page, site)
            self._translated.renew()
            self._changes.clear()
            build.knowledge = replace(build.knowledge)  # by which views know that all is new
            self._forget()

    def _introduce_anew(self, page: Page, site: LocaleSite) -> None:
        """Let MkDocs know a page anew, in a locale whose readers get it."""
        build = self.build
        file = site.files.src_uris.get(sources.uri_of(page))
        if file is None or file.page is None or build.page_of(file) is not page:
            return
        sources.hand_over(Files([file]), build.pages, build.places, site.config, build.root)
        with self.entered(site):
            pages.introduce(file.page, build, site.config)
        steps.forget_page(site, self._pages[file.dest_uri].at)
        here = build.locales[site.locale]
        here.sheets.clear()
        here.anchors.clear()
        here.changed.clear()

    def _forget(self) -> None:
        self._kept.clear()
        self.revision += 1
        beside = self.folder / "beside"
        shutil.rmtree(beside, ignore_errors=True)
        folder = beside / str(self.revision)
        self._beside = Beside(folder, self.sites, self.build, self.entered)

    def prepare_build(self) -> None:
        """Set up what is asked of all pages, behind each reading of all."""
        build = self.build
        assert build.survey is not None
        setting = build.survey.setting
        locks = locks_of(setting, build.survey.inventory)
        self._translated = told = Translated(build.contract, build.written, locks, build.survey)
        self._changes: dict[str, tuple[PageChange, ...]] = {}
        build.knowledge = replace(
            build.knowledge,
            changes=self._changes_of,
            parity=told.parity,
            standing=told.standing,
            standings=told.standings,
            before=told.before,
            trend=told.trend,
        )
        self._faces = Faces(build.contract, build.playbook)
        written = (*build.written, *_fragments(build))
        self._included = {include.page_id for page in written for include in page.includes}
        self._page_at = {str(build.root / page.path): page for page in build.written}

    def _changes_of(self, locale: str) -> tuple[PageChange, ...]:
        if locale not in self._changes:
            build = self.build
            reader = ChangeReader(build.playbook, build.contract, locale, build.redirects)
            self._changes[locale] = reader.changes()
        return self._changes[locale]

    def read_anew(self) -> bool:
        """Read all pages again where none has come or gone; tell whether that was so.

        The files and the navigation stay, with new titles. If not, nothing has changed here.

        Raises:
            Abort: Something is wrong; it has been told what, and nothing has changed here.
        """
        before, first = self.build, next(iter(self.sites.values()))
        build = copy.copy(before)
        templates = Path(str(first.config.theme.custom_dir))
        build.renderer = Renderer(build.contract, templates, build.catalogue)
        build.renderer.templates = before.renderer.templates  # which are the same
        build.locales = {}
        vars(build).pop("redirects_to", None)
        build.read(first.config)  # meanwhile, pages are made as they were
        assert build.survey is not None
        assert before.survey is not None
        same_files = build.survey.inventory.names == before.survey.inventory.names
        if not same_files or build.pages.keys() != before.pages.keys():
            return False
        if any(
            sources.is_ours(page) != sources.is_ours(build.pages[uri])
            for uri, page in before.pages.items()
        ):
            return False
        with self.lock:
            plugin = plugin_of(self.config)
            plugin.take_build(build)
            self.prepare_build()
            for site in self.sites.values():
                with self.entered(site):
                    self._begin_anew(site)
            self._forget()
        return True

    def _begin_anew(self, site: LocaleSite) -> None:
        build = self.build
        here = LocaleBuild(site.locale, own_titles(build.contract, site.locale))
        here.files, here.env = site.files, site.env
        build.locales[site.locale] = here
        sources.hand_over(site.files, build.pages, build.places, site.config, build.root)
        generated.mark(site.files, build.generated)
        steps.introduce(site)
        here.anchors.clear()

    # How.

    def _make(self, site: LocaleSite, at: int) -> None:
        with self.entered(site):
            page = site.page(at)
            if isinstance(page, waiting.WaitingPage):
                steps.read_page(site, at)
            try:
                steps.write_page(site, at)
            finally:
                steps.forget_page(site, at)
        here = self.build.locales[site.locale]
        here.anchors.clear()
        here.changed.clear()

    @contextmanager
    def entered(self, site: LocaleSite) -> Iterator[None]:
        """Let all that MkDocs and its plugins keep be that of a locale."""
        with self.lock:
            if site.locale == self.build.contract.source:
                yield
                return
            with i18n.as_further_build(site.locale, site.config):
                yield


def prepared(
    config: MkDocsConfig,
    folder: Path,
    kept: Kept,
    only: Collection[str],
    progress: Callable[[int, int], None],
) -> Resident:
    """Prepare a site.

    Args:
        config: MkDocs' configuration, just read, whose `on_startup` has been run; its `site_dir`
            lies in the folder.
        folder: Where files are made.
        kept: What is kept of the last time; it learns what is new.
        only: The locales that are wanted; all if it is empty.
        progress: Is told how many of how many locales are ready.

    Raises:
        Abort: Something is wrong; it has been told what.
        Unknown: The contract has no such locale.
    """
    config.plugins.events["pre_build"].insert(0, partial(_begin, kept))
    sites: dict[str, LocaleSite] = {}
    source = i18n.source_of(config)
    if not only or source in only:
        sites[source] = _settled(steps.prepare(config))
    else:
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
    locales = i18n.built_locales(config)
    for locale in only:
        if locale not in locales:
            raise Unknown(f"There is no locale `{locale}`. There are: {', '.join(locales)}.")
    wanted = [locale for locale in locales if not only or locale in only]
    for at, locale in enumerate(wanted):
        progress(at, len(wanted))
        if locale != source:
            with i18n.as_further_build(locale, config):
                sites[locale] = _settled(steps.prepare(config))
    resident = Resident(config, folder, sites, locales)
    resident.prepare_build()
    for site in sites.values():
        with resident.entered(site):
            steps.introduce(site)
            steps.set_up_templates(site)
    build = resident.build
    for here in build.locales.values():
        here.anchors.clear()
    progress(len(wanted), len(wanted))
    return resident


def _begin(kept: Kept, config: MkDocsConfig) -> None:
    """Let a build go on with what is kept, before it reads; checks are made elsewhere."""
    if not i18n.is_further_build(config):
        build = build_of(config)
        kept.hand_to(build)
        build.is_checked_aside = True


def _settled(site: LocaleSite) -> LocaleSite:
    """Return a locale with a configuration that stays as it is when others are prepared."""
    config = copy.copy(site.config)
    theme: Any = copy.copy(config.theme)
    vars(theme).update({name: copy.copy(value) for name, value in vars(theme).items()})
    config.theme = theme
    config.extra = copy.copy(config.extra)
    site.config = config
    return site


def _fragments(build: Build) -> Iterator[Page]:
    for found in build.written.fragments.values():
        yield from found.values()


def _roots(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the folders that copied files lie in."""
    folders = (config.docs_dir, *config.theme.dirs)
    return tuple(os.path.realpath(folder) + os.sep for folder in folders)
