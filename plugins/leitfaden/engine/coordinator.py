"""The process that builds one locale, with others that take pages off it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar

from leitfaden.engine import carried, locale
from leitfaden.engine.carried import Content, Made, Names, Result
from leitfaden.engine.kept import Entry, Kept
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
from leitfaden.engine.progress import Meter
from leitfaden.engine.records import Records, diagnostic_of, forgotten, recorded
from leitfaden.model import Page
from leitfaden.site import i18n
from leitfaden.site.plugin import build_of

_CARRIED = ("title", "meta", "present_anchor_ids")  # what others may ask of a finished page
_Result = TypeVar("_Result", bound=Result)


@dataclass
class Outcome:
    """What has become of a locale.

    Args:
        records: What was logged.
        failure: What ended the build.
        pages: What others may ask of the finished pages, by their numbers.
        changed: Pages whose texts other plugins have changed.
        kept: What further builds want to know of its pages.
    """

    records: Records = field(default_factory=list)
    failure: Failure | None = None
    pages: dict[int, dict[str, Any]] = field(default_factory=dict)
    changed: list[Page] = field(default_factory=list)
    kept: dict[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True)
class Portion:
    """What is made of a locale if it is not all of it.

    Args:
        pages: The numbers of the pages.
        has_files: Whether all that is no page is made.
    """

    pages: Sequence[int]
    has_files: bool


@dataclass
class Coordinator:
    """Builds one locale.

    Args:
        site: The locale.
        workers: How many processes share its pages; this one alone if it is one.
        tokens: One for each process that may work at the same time.
        there: Files that need not be copied, as another locale does.
        is_at_once: Whether each page can be made without the contents of the others.
        portion: What is made; None for all of the locale.
        kept: The pages of the last site.
        meter: Counts pages that are ready; None where nobody looks.
        show: Is called now and then while this process waits for those that make pages.
    """

    site: LocaleSite
    workers: int
    tokens: Tokens
    there: Collection[str] = ()
    is_at_once: bool = False
    portion: Portion | None = None
    kept: Kept | None = None
    meter: Meter | None = None
    show: Callable[[], None] = lambda: None

    def make(self) -> Outcome:
        """Build the locale in this process, without what plugins do when it is built."""
        return self._done(self._build)

    def work(self, results: Pipe, orders: Pipe) -> None:
        """Build the locale when told to, then end it: when told to, if plugins of others do, too.

        Args:
            results: Takes what has become of it.
            orders: Brings the two orders.
        """
        for step in (self._build, self._end):
            if not (self.is_at_once and step == self._end) and orders.receive() is None:
                return  # the build has failed elsewhere
            self.tokens.take()
            outcome = self._done(step)
            self.tokens.give()
            results.send(dumped(outcome))

    def _done(self, step: Callable[[Outcome], None]) -> Outcome:
        outcome = Outcome()
        with recorded(outcome.records):
            try:
                step(outcome)
            except Exception as error:
                outcome.failure = Failure.of(error)
        return outcome

    def _build(self, outcome: Outcome) -> None:
        if self.is_at_once:
            with forgotten():
                tried = self._built_at_once()
            if tried is not None:
                vars(outcome).update(vars(tried))
                return
            locale.withdraw(self.site)  # MkDocs' own order tells what is wrong in its own order
        self._build_in_two_phases(outcome)

    def _built_at_once(self) -> Outcome | None:
        """Make each page from its content to its file; None if something is wrong."""
        site, outcome = self.site, Outcome()
        here = build_of(site.config).current(site.config)
        told: dict[str, Records] = {"files": [], "missing": [], "theirs": []}
        try:
            with recorded(told["files"]):
                introduced = locale.introduce(site)
                uses = here.anchors[:]
                here.anchors.clear()
                locale.set_up_templates(site)
            # Before any page: for each of them, static-i18n changes what all templates see.
            self._write_files(told["files"])
            made = self._made_or_kept(outcome)
            if any(one.failure for one in made):
                return None
            for one in made:
                uses += one.anchors
                here.changed += () if one.is_own else one.changed
                if one.present is not None:
                    outcome.pages[one.at] = {"present_anchor_ids": one.present}
            self._ask_for_anchors(outcome)
            with recorded(told["missing"]):
                locale.tell_missing(site, uses)
            with recorded(told["theirs"]):
                locale.check_anchors(site)
        except Exception:
            return None
        contents = [introduced.get(one.at) or self._untold(one.records) for one in made]
        later = [self._untold(one.told_later) for one in made]
        order = (*contents, told["missing"], told["files"], *later)
        outcome.records = [record for part in (*order, told["theirs"]) for record in part]
        outcome.changed = here.changed
        return outcome

    def _made_or_kept(self, outcome: Outcome) -> list[Made]:
        """Make all pages but those of the last site that can stay."""
        kept = self.kept.of(self.site) if self.kept and self.portion is None else None
        wanted = frozenset(locale.redirected(self.site))
        reused = kept.reused(self._own, wanted) if kept else {}
        self._count(len(reused))
        left = [at for at in self._own if at not in reused]
        made = [*reused.values(), *self._shared(self._made, Names(self.site), left)]
        made.sort(key=attrgetter("at"))
        outcome.kept = kept.entries(made) if kept else {}
        return made

    def _untold(self, records: Records) -> Records:
        """Return records without what has been told before the locales were built."""
        messages = build_of(self.site.config).messages
        told = ((record, diagnostic_of(record)) for record in records)
        return [record for record, one in told if one is None or not messages.has_told(one)]

    def _build_in_two_phases(self, outcome: Outcome) -> None:
        """Make the contents of all pages, then their files."""
        site, names = self.site, Names(self.site)
        for content in self._shared(self._contents, names, range(len(site.docs))):
            self._noted(content, outcome)
            if not content.is_own:
                carried.take_over(content, site)
        locale.set_up_templates(site)
        self._write_files(outcome.records)
        for written in self._shared(self._pages, names, self._own):
            self._noted(written, outcome)
        locale.check_anchors(site)
        outcome.changed = build_of(site.config).current(site.config).changed
        outcome.pages = {
            at: {name: getattr(site.page(at), name) for name in _CARRIED}
            for at in range(len(site.docs))
        }

    @property
    def _own(self) -> Sequence[int]:
        """The numbers of the pages that are made."""
        return range(len(self.site.docs)) if self.portion is None else self.portion.pages

    def _ask_for_anchors(self, outcome: Outcome) -> None:
        """Note the anchors of pages that old addresses lead to and that others make."""
        if self.portion is None or not self.portion.has_files:
            return
        wanted = frozenset(locale.redirected(self.site))
        for at, file in enumerate(self.site.docs):
            if file in wanted and at not in outcome.pages:
                anchors = self.site.page(at).present_anchor_ids
                outcome.pages[at] = {"present_anchor_ids": anchors}

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

    def _made(self, numbers: Iterator[int]) -> Iterator[Made]:
        wanted = frozenset(locale.redirected(self.site))
        for at in numbers:
            yield carried.made_of(self.site, at, wanted, is_kept=self.kept is not None)
            self._count()

    def _contents(self, numbers: Iterator[int]) -> Iterator[Content]:
        for at in numbers:
            yield carried.content_of(self.site, at, locale.read_page)

    def _pages(self, numbers: Iterator[int]) -> Iterator[Result]:
        for at in numbers:
            yield carried.written_of(self.site, at, locale.write_page)
            self._count()

    def _count(self, pages: int = 1) -> None:
        if self.meter:
            self.meter.count(pages)

    def _shared(
        self,
        work: Callable[[Iterator[int]], Iterator[_Result]],
        names: Names,
        pages: Sequence[int],
    ) -> Iterator[_Result]:
        """Yield what becomes of pages, in their order, up to the first that fails.

        The first page is always done here: the processes are copies, and then have all templates.

        Args:
            work: What is done with pages.
            names: What is not sent between processes.
            pages: The numbers of the pages.
        """
        count = len(pages)
        alone = min(count, 1) if self.workers > 1 else count
        yield from work(iter(pages[:alone]))
        if alone == count:
            return
        queue, parent = Queue(alone, count), os.getpid()

        def share(results: Pipe, _: Pipe) -> None:
            self.tokens.take()
            done = _until_failure(work(pages[at] for at in _while_wanted(queue, parent)))
            self.tokens.give()
            results.send(dumped(done, names.name))

        with family() as workers, self.tokens.lent():
            workers.while_waiting = self.show
            started = [workers.start(share) for _ in range(min(self.workers, count - alone))]
            queue.close()
            found = [loaded(workers.receive(child), names.known) for child in started]
        done: list[_Result] = [one for part in found for one in part]
        yield from sorted(done, key=attrgetter("at"))

    def _write_files(self, records: Records) -> None:
        if self.portion is None or self.portion.has_files:
            with recorded(records):
                locale.write_files(self.site, self.there)


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
