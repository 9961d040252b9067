"""The build of a part of a site: some pages of one locale, for a machine among several.

All pages are read and checked, whichever are made: that tells where links lead, who names whom, and
what is wrong. So each part tells all that checks find, and fails as the whole would. What only
turns up while a page is made is told by the part that makes it.

Each page is made by one part, and so is each kind of file beside the pages of a locale. What
belongs to no locale is made by the first part of the source's: files that are copied, templates
that are no pages, the pages at old addresses, the sitemap.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Collection
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from leitfaden.engine import fitness, parts
from leitfaden.engine.coordinator import Coordinator, Portion
from leitfaden.engine.locale import LocaleSite, prepare
from leitfaden.engine.parts import PartError, Share
from leitfaden.engine.processes import Tokens, can_fork
from leitfaden.engine.progress import Meter, Progress
from leitfaden.engine.records import Teller
from leitfaden.engine.staging import staged
from leitfaden.engine.warm import warm_up
from leitfaden.engine.whole import as_mkdocs, cores, named
from leitfaden.site import digests, finish, i18n, redirects, sitemap
from leitfaden.site.plugin import allow_workers, build_of

_log = get_plugin_logger(__name__)


def build_part(config: MkDocsConfig, share: Share, jobs: int | None = None) -> None:
    """Build a part of a site, into the site's folder.

    Args:
        config: MkDocs' configuration, just read.
        share: Which part.
        jobs: How many processes may work at the same time; None for one a core.

    Raises:
        Abort: The site is wrong; it has been told what. What was in the folder is as it was.
        PartError: There can be no such part.
    """
    why = fitness.why_whole(config)
    if why:
        raise PartError(
            f"The site cannot be built in parts: {why}. Build all of it with `leitfaden build`."
        )
    site, settings = config.site_dir, digests.settings_of(config)
    with staged(Path(site)) as staging, named(str(staging), site):
        config.site_dir = str(staging)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            locales = _PartBuild(config, share, jobs or cores()).run()
        finally:
            config.plugins.on_shutdown()
        parts.write(staging, share, locales, digests.of_build(build_of(config), config, settings))


def numbers_of(site: LocaleSite, share: Share) -> list[int]:
    """Return the numbers of the pages that a share of a locale has.

    Pages of a kind and with a view of their own take about the same time to make, so each share
    gets as many of them. Pages with one address stay together: the last one is what readers get.

    Args:
        site: The locale.
        share: Which share.
    """
    build, by_address = build_of(site.config), dict[str, list[int]]()
    for at, file in enumerate(site.docs):
        by_address.setdefault(file.dest_uri, []).append(at)

    def kind(address: str) -> tuple[str, str, str]:
        page = build.page_of(site.docs[by_address[address][0]])
        return (page.view or "", page.kind, address) if page else ("", "", address)

    addresses = sorted(by_address, key=kind)[share.number - 1 :: share.count]
    return sorted(at for address in addresses for at in by_address[address])


class _PartBuild:
    """Builds a part: prepares locales, one after the other, and makes its pages of one."""

    def __init__(self, config: MkDocsConfig, share: Share, jobs: int) -> None:
        self._config = config
        self._share = share
        self._tokens = Tokens(jobs)
        self._workers = jobs if can_fork() else 1
        self._is_first = False
        self._addresses: dict[str, str | None] = {}
        self._meter = Meter()
        self._progress = Progress()

    def run(self) -> tuple[str, ...]:
        """Build the part, and return the locales of the site."""
        start, config = time.monotonic(), self._config
        with as_mkdocs(config), self._progress.beside(logging.getLogger("mkdocs")):
            self._progress.show("Reading and checking all pages")
            self._tokens.take()
            allow_workers(self._workers, config)
            first = prepare(config)
            locales = i18n.built_locales(config)
            if self._share.locale not in locales:
                known = ", ".join(locales)
                raise PartError(
                    f"The site has no locale `{self._share.locale}`, but {known}. Name one of them."
                )
            self._is_first = (self._share.locale, self._share.number) == (first.locale, 1)
            build = build_of(config)
            warm_up(build, config)
            self._teller = Teller(build.messages)
            gc.collect()
            gc.freeze()  # what is there stays, and looking at it would copy it into each process
            self._make(first)
            for locale in self._further(locales):
                with i18n.as_further_build(locale, config):
                    self._make(prepare(config))
            if self._is_first:
                # As when all of the site has been built: static-i18n then still is at the last.
                with i18n.as_further_build(locales[-1], config):
                    redirects.write(build, config, self._addresses)
                    sitemap.write(build, config)
        gc.unfreeze()
        seconds = time.monotonic() - start
        mkdocs_build.log.info(f"Part {self._share} of the site built in {seconds:.2f} seconds")
        return locales

    def _further(self, locales: tuple[str, ...]) -> tuple[str, ...]:
        """Return the locales to prepare behind the first.

        Static-i18n turns one configuration from locale to locale, so none before ours is left out.
        """
        return locales[1:] if self._is_first else locales[1 : locales.index(self._share.locale) + 1]

    def _make(self, site: LocaleSite) -> None:
        """Make what this part has of a locale."""
        addresses, is_ours = site.addresses, site.locale == self._share.locale
        there = self._same(addresses)
        self._addresses |= addresses
        if not is_ours and not self._is_first:
            return
        pages = numbers_of(site, self._share) if is_ours else []
        portion = Portion(pages, self._is_first)

        def show() -> None:
            self._progress.show(f"{self._meter.done:,} of {len(pages):,} pages")

        show()
        is_at_once = not site.has_two_pages_at_once
        workers = self._workers if is_at_once else 1
        made = Coordinator(
            site, workers, self._tokens, there, is_at_once, portion, meter=self._meter, show=show
        ).make()
        self._teller.tell(made.records)
        if made.failure:
            made.failure.raise_again()
        for at, values in made.pages.items():
            vars(site.page(at)).update(values)
        if is_ours:
            kinds = slice(self._share.number - 1, None, self._share.count)
            finish.write(build_of(self._config), self._config, kinds)

    def _same(self, addresses: dict[str, str | None]) -> Collection[str]:
        """Return the files that an earlier locale has copied from the same place."""
        common = addresses.keys() & self._addresses.keys()
        return {one for one in common if addresses[one] and addresses[one] == self._addresses[one]}
