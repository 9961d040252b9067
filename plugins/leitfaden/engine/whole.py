"""The build of a whole site."""

from __future__ import annotations

import gc
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from mkdocs import utils
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.plugins import get_plugin_logger

from leitfaden.engine import fitness
from leitfaden.engine.coordinator import Coordinator, Outcome
from leitfaden.engine.kept import Kept
from leitfaden.engine.locale import LocaleSite, prepare
from leitfaden.engine.processes import Child, Failure, Family, Tokens, family, loaded
from leitfaden.engine.progress import Meter, Progress
from leitfaden.engine.records import Records, Teller, recorded
from leitfaden.engine.staging import staged
from leitfaden.engine.warm import warm_up
from leitfaden.site import i18n
from leitfaden.site.plugin import allow_workers, build_of

_log = get_plugin_logger(__name__)


def build(
    config: MkDocsConfig,
    jobs: int | None = None,
    look: Callable[[Path], None] = lambda built: None,
    kept: Kept | None = None,
) -> None:
    """Build a site, in all locales.

    Args:
        config: MkDocs' configuration, just read.
        jobs: How many processes may work at the same time; None for one a core.
        look: Is shown the folder that a good site has been built in, before it is put in place.
        kept: The pages of the last site.

    Raises:
        Abort: The site is wrong; it has been told what. The last good one is as it was.
    """
    site = config.site_dir
    with staged(Path(site)) as staging, named(str(staging), site):
        config.site_dir = str(staging)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            why = fitness.why_alone(config)
            if why is None:
                _WholeBuild(config, jobs or cores(), kept).run()
            else:
                _log.info(f"Building with one process: {why}.")
                mkdocs_build.build(config)
        finally:
            config.plugins.on_shutdown()
        look(staging)


def cores() -> int:
    """Return how many processes can work at the same time."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux knows which cores a process may use
        return os.cpu_count() or 1


@contextmanager
def named(staging: str, site: str) -> Iterator[None]:
    """Name the site's folder in messages, not the one that it is built in."""

    def name(record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = record.msg.replace(staging, site)
        return True

    handlers = logging.getLogger("mkdocs").handlers[:]
    for handler in handlers:
        handler.addFilter(name)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(name)


@dataclass
class _Locale:
    """A locale that is being built by another process.

    Args:
        site: What was prepared of it; None if that failed.
        told: What was logged meanwhile.
        failure: What ended it.
        child: The process.
        waits: Whether the locales before it have to be ready when it begins.
    """

    site: LocaleSite | None
    told: Records
    failure: Failure | None = None
    child: Child | None = None
    waits: bool = False


class _WholeBuild:
    """Builds all locales at once and tells of it as if it had been one after the other.

    Each locale is prepared here, since static-i18n turns the one configuration and the plugins
    from locale to locale; then a copy of this process builds it. When all are prepared, the build
    of the first goes on here as MkDocs' would, and static-i18n asks for the others.
    """

    def __init__(self, config: MkDocsConfig, jobs: int, kept: Kept | None = None) -> None:
        self._config = config
        self._jobs = jobs
        self._locales: dict[str, _Locale] = {}
        self._addresses: dict[str, str | None] = {}
        self._processes = Family()
        self._is_at_once = fitness.are_all_known(config)
        self._kept = kept
        self._meter = Meter()
        self._progress = Progress()

    def run(self) -> None:
        """Build the site."""
        start = time.monotonic()
        with (
            as_mkdocs(self._config),
            self._progress.beside(logging.getLogger("mkdocs")),
            i18n.built_by(self._further),
            family() as self._processes,
        ):
            self._processes.while_waiting = self._show
            self._progress.show("Reading and checking all pages")
            self._tokens = Tokens(self._jobs)
            self._tokens.take()
            allow_workers(self._jobs, self._config)
            site = prepare(self._config)
            known = self._kept.known if self._kept else None
            warm_up(build_of(self._config), self._config, known)
            if self._kept:
                self._kept.begin(build_of(self._config))
            self._teller = Teller(build_of(self._config).messages)
            locales = i18n.built_locales(self._config)
            self._workers = 1 if len(locales) % self._jobs == 0 else self._jobs
            self._last = locales[-1]
            gc.collect()
            gc.freeze()  # what is there stays, and looking at it would copy it into each process
            self._launch(site, [])
            for locale in locales:
                if locale != site.locale and not self._prepare(locale):
                    break
            self._tokens.give()
            self._finish(site.locale)
            self._end()
        gc.unfreeze()
        mkdocs_build.log.info(f"Documentation built in {time.monotonic() - start:.2f} seconds")

    def _show(self) -> None:
        """Show how many pages of the prepared languages are ready."""
        sites = [one.site for one in self._locales.values() if one.site]
        total = sum(len(site.docs) for site in sites)
        self._progress.show(f"{self._meter.done:,} of {total:,} pages")

    def _prepare(self, locale: str) -> bool:
        """Prepare a further locale and begin to build it; False if that fails."""
        records: Records = []
        with i18n.as_further_build(locale, self._config):
            with recorded(records):
                try:
                    site = prepare(self._config)
                except Exception as error:
                    failure = Failure.of(error)
                    self._locales[locale] = _Locale(None, records, failure)
                    return False
            self._launch(site, records)
        return True

    def _launch(self, site: LocaleSite, records: Records) -> None:
        """Start the process that builds a locale."""
        addresses, is_at_once = site.addresses, self._is_at_once
        common = addresses.keys() & self._addresses.keys()
        same = {one for one in common if addresses[one] and addresses[one] == self._addresses[one]}
        waits = bool(self._locales) and (site.writes_for_all or same != common)
        self._addresses |= addresses
        # The pages of the last are shared: else it would go on alone when the others are ready.
        workers = self._jobs if site.locale == self._last else self._workers
        if site.has_two_pages_at_once:
            workers, is_at_once = 1, False
        there = () if waits else same
        kept = self._kept
        one = Coordinator(
            site, workers, self._tokens, there, is_at_once, kept=kept, meter=self._meter
        )
        child = self._processes.start(one.work)
        self._locales[site.locale] = _Locale(site, records, None, child, waits)
        if not waits:
            child.order(b"")

    def _further(self, config: MkDocsConfig, dirty: bool = False) -> None:
        """Finish the build of a further locale, in place of MkDocs' own `build`."""
        with as_mkdocs(config):
            self._finish(i18n.current_locale(config))

    def _finish(self, locale: str) -> None:
        """Wait for a locale, tell what was logged, and let its process end it."""
        one = self._locales[locale]
        self._teller.tell(one.told)
        if one.failure:
            one.failure.raise_again()
        assert one.site is not None
        assert one.child is not None
        if one.waits:
            one.child.order(b"")
        self._take_over(self._told(one.child), one.site)
        one.child.order(b"")
        self._told(one.child)

    def _told(self, child: Child) -> Outcome:
        outcome = cast(Outcome, loaded(self._processes.receive(child)))
        self._teller.tell(outcome.records)
        if outcome.failure:
            outcome.failure.raise_again()
        return outcome

    def _take_over(self, outcome: Outcome, site: LocaleSite) -> None:
        for at, values in outcome.pages.items():
            vars(site.page(at)).update(values)
        build_of(self._config).locales[site.locale].changed[:] = outcome.changed
        if self._kept:
            self._kept.note(site.locale, outcome.kept)

    def _end(self) -> None:
        """Run what is left when the first locale is built: first of all, the further ones."""
        events = self._config.plugins.events["post_build"]
        first = next(at for at, one in enumerate(events) if i18n.is_theirs(one, self._config))
        for event in events[first:]:
            event(config=self._config)


@contextmanager
def as_mkdocs(config: MkDocsConfig) -> Iterator[None]:
    """Treat errors, and warnings in a strict build, as MkDocs' own `build` does."""
    logger, counter = logging.getLogger("mkdocs"), utils.CountHandler()
    counter.setLevel(logging.WARNING)
    if config.strict:
        logger.addHandler(counter)
    try:
        yield
        if counts := counter.get_counts():
            told = ", ".join(f"{count} {name.lower()}s" for name, count in counts)
            raise Abort(f"Aborted with {told} in strict mode!")
    except Exception as error:
        config.plugins.on_build_error(error=error)
        if isinstance(error, BuildError):
            mkdocs_build.log.error(str(error))
            raise Abort("Aborted with a BuildError!") from error
        raise
    finally:
        logger.removeHandler(counter)
