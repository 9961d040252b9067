"""The process that builds one locale, with others that take pages off it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar

from leitfaden.engine import carried, locale
from leitfaden.engine.carried import Content, Names, Result
from leitfaden.engine.locale import LocaleSite
from leitfaden.engine.processes import (
    Failure,
    Pipe,
    Queue,
    Tokens,
    dumped,
    family,
    leave_if_alone,
    loaded,
)
from leitfaden.engine.records import Records, recorded
from leitfaden.model import Page
from leitfaden.site import i18n

_CARRIED = ("title", "meta", "present_anchor_ids")  # what others may ask of a finished page
_Result = TypeVar("_Result", bound=Result)


@dataclass
class Outcome:
    """What has become of a locale.

    Args:
        records: What was logged.
        failure: What ended the build.
        pages: What others may ask of the finished pages, in their order.
        changed: Pages whose texts other plugins have changed.
    """

    records: Records = field(default_factory=list)
    failure: Failure | None = None
    pages: list[dict[str, Any]] = field(default_factory=list)
    changed: list[Page] = field(default_factory=list)


@dataclass
class Coordinator:
    """Builds one locale.

    Args:
        site: The locale.
        workers: How many processes share its pages; this one alone if it is one.
        tokens: One for each process that may work at the same time.
        there: Files that need not be copied, as another locale does.
    """

    site: LocaleSite
    workers: int
    tokens: Tokens
    there: Collection[str] = ()

    def work(self, results: Pipe, orders: Pipe) -> None:
        """Build the locale when told to, then end it when told to.

        Args:
            results: Takes what has become of it.
            orders: Brings the two orders.
        """
        for step in (self._build, self._end):
            if orders.receive() is None:
                return  # the build has failed elsewhere
            self.tokens.take()
            outcome = Outcome()
            with recorded(outcome.records):
                try:
                    step(outcome)
                except Exception as error:
                    outcome.failure = Failure.of(error)
            self.tokens.give()
            results.send(dumped(outcome))

    def _build(self, outcome: Outcome) -> None:
        site, names = self.site, Names(self.site)
        for content in self._shared(self._contents, names):
            self._noted(content, outcome)
            if not content.is_own:
                carried.take_over(content, site)
        locale.write_files(site, self.there)
        for written in self._shared(self._pages, names):
            self._noted(written, outcome)
        locale.check_anchors(site)
        here = carried.build_of(site.config).current(site.config)
        outcome.changed = here.changed
        outcome.pages = [
            {name: getattr(site.page(at), name) for name in _CARRIED}
            for at in range(len(site.docs))
        ]

    def _noted(self, result: Result, outcome: Outcome) -> None:
        outcome.records += result.records
        if result.failure:
            result.failure.raise_again()

    def _end(self, outcome: Outcome) -> None:
        """Run what plugins do when a locale is built, up to where the next locale begins."""
        config = self.site.config
        for event in config.plugins.events["post_build"]:
            if i18n.is_theirs(event, config) and not i18n.is_further_build(config):
                return
            event(config=config)

    def _contents(self, numbers: Iterator[int]) -> Iterator[Content]:
        for at in numbers:
            yield carried.content_of(self.site, at, locale.read_page)

    def _pages(self, numbers: Iterator[int]) -> Iterator[Result]:
        for at in numbers:
            yield carried.written_of(self.site, at, locale.write_page)

    def _shared(
        self, work: Callable[[Iterator[int]], Iterator[_Result]], names: Names
    ) -> Iterator[_Result]:
        """Yield what becomes of all pages, in their order, up to the first that fails.

        The first page is always done here: the processes are copies, and then have all templates.
        """
        count = len(self.site.docs)
        alone = min(count, 1) if self.workers > 1 else count
        yield from work(iter(range(alone)))
        if alone == count:
            return
        queue, parent = Queue(alone, count), os.getpid()

        def share(results: Pipe, _: Pipe) -> None:
            self.tokens.take()
            done = _until_failure(work(_while_wanted(queue, parent)))
            self.tokens.give()
            results.send(dumped(done, names.name))

        with family() as workers, self.tokens.lent():
            started = [workers.start(share) for _ in range(min(self.workers, count - alone))]
            queue.close()
            found = [loaded(workers.receive(child), names.known) for child in started]
        done: list[_Result] = [one for part in found for one in part]
        yield from sorted(done, key=attrgetter("at"))


def _while_wanted(queue: Queue, parent: int) -> Iterator[int]:
    for at in queue:
        leave_if_alone(parent)
        yield at


def _until_failure(results: Iterator[_Result]) -> Sequence[_Result]:
    done: list[_Result] = []
    for one in results:
        done.append(one)
        if one.failure:
            break
    return done
