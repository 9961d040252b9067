"""Whether readers can trust a text: its last change, its owner, its translation's state."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leitfaden.contract import Contract
from leitfaden.model import Page, Playbook
from leitfaden.model.parity import Stale, State
from leitfaden.rendering.context import Knowledge, RenderContext
from leitfaden.rendering.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Day:
    """A day, as machines and as the reader's language write it."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class Owner:
    """The role that answers for a page, in the reader's language."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Trust:
    """What tells a reader whether a text can be trusted.

    Args:
        changed: When it was last changed, or None if nobody knows.
        owners: The roles that answer for it; never persons.
        state: How it stands to the page that it translates.
        parts: The parts that are behind it.
        original_changed: When the original was last changed, where that matters.
        original_url: The original's address, where that matters.
        original_lang: The original's locale.
    """

    changed: Day | None = None
    owners: tuple[Owner, ...] = ()
    state: State = State.ORIGINAL
    parts: tuple[Stale, ...] = ()
    original_changed: Day | None = None
    original_url: str | None = None
    original_lang: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to show."""
        told = (State.CURRENT, State.BEHIND, State.MAY_BE_BEHIND)
        return bool(self.changed or self.owners or self.state in told)


class TrustTeller:
    """Tells of pages whether they can be trusted.

    Args:
        contract: The roles, and the labels that name them.
        lexicon: Knows the pages of roles.
    """

    def __init__(self, contract: Contract, lexicon: Lexicon) -> None:
        self._contract = contract
        self._lexicon = lexicon
        # The first label that names roles: those whose task a page is before all others.
        labels = (label.key for label in contract.labels.values() if label.vocabulary == "roles")
        self._label = next(labels, "")

    def of(self, page: Page, context: RenderContext) -> Trust:
        """Return what is to be told of a page, or of a task by the pages that state it.

        Args:
            page: A page that was written, or the page of a task; of others nothing is told.
            context: Its surroundings.
        """
        if not page.view:
            return self._of_pages((page,), context)
        if page.view == "task":
            record = context.playbook.records(context.locale).get(page.subject)
            pages = dict.fromkeys(one.page.id for one in record.occurrences) if record else {}
            shown = (context.playbook.shown(page_id, context.locale) for page_id in pages)
            return self._of_pages(tuple(one for one in shown if one), context)
        return Trust()

    def _of_pages(self, pages: Sequence[Page], context: RenderContext) -> Trust:
        if not pages:
            return Trust()
        days = (changed_on(page, context.knowledge) for page in pages)
        newest = max((day for day in days if day), default=None)
        stands = [self._standing(page, context) for page in pages]
        # Of several pages, one that is behind says more than one that is not.
        first = min(stands, key=lambda one: _WORST_FIRST.index(one.state))
        return Trust(
            changed=self._day(newest, context.locale),
            owners=tuple(self._owner(key, context) for key in self._roles(pages[0], context)),
            state=first.state,
            parts=first.parts if len(pages) == 1 else (),
            original_changed=first.original_changed,
            original_url=first.original_url,
            original_lang=first.original_lang,
        )

    def _standing(self, page: Page, context: RenderContext) -> Trust:
        """Return how a page stands to the one that it translates."""
        source = context.playbook.source_of(page)
        if page.locale != context.locale:
            return Trust(state=State.NOT_TRANSLATED)
        if source is None:
            is_source = page.locale == context.playbook.source
            return Trust(state=State.ORIGINAL if is_source else State.UNKNOWN)
        parity = context.knowledge.parity(page)
        later = None if parity else _changed_since(page, source, context)
        state = parity.state if parity else State.MAY_BE_BEHIND if later else State.UNKNOWN
        return Trust(
            state=state,
            parts=parity.parts if parity else (),
            original_changed=self._day(later, context.locale),
            original_url=context.url_in(source.id, source.locale),
            original_lang=source.locale,
        )

    def _day(self, day: dt.date | None, locale: str) -> Day | None:
        if day is None:
            return None
        return Day(day.isoformat(), day.strftime(self._contract.locales[locale].dates))

    def _owner(self, key: str, context: RenderContext) -> Owner:
        page_id = self._lexicon.page_of_term("roles", key, context.playbook)
        return Owner(self._contract.roles[key].name(context.locale), context.url_of(page_id))

    def _roles(self, page: Page, context: RenderContext) -> Sequence[str]:
        """Return the roles that a page names for itself, else the one that most steps name."""
        for label in page.page_labels:
            if label.key == self._label and label.keys:
                return tuple(dict.fromkeys(label.keys))
        named = Counter(_named_in_steps(page, context.playbook, self._label))
        return [key for key, _ in named.most_common(1)]


_WORST_FIRST = (
    State.BEHIND,
    State.MAY_BE_BEHIND,
    State.NOT_TRANSLATED,
    State.UNKNOWN,
    State.CURRENT,
    State.ORIGINAL,
)


def changed_on(page: Page, knowledge: Knowledge) -> dt.date | None:
    """Return the day on which a page was last changed: as it says, else as its history tells."""
    return _said_on(page) or knowledge.changed_on(page)


def _said_on(page: Page) -> dt.date | None:
    return page.update_summary.newest if page.update_summary else None


def _changed_since(page: Page, source: Page, context: RenderContext) -> dt.date | None:
    """Return the day on which the original changed after its translation, if it has.

    What a page says is compared with what its original says; what the history of one tells, only
    with that of the other.
    """
    ours, theirs = _said_on(page), _said_on(source)
    if not (ours and theirs):
        ours, theirs = context.knowledge.changed_on(page), context.knowledge.changed_on(source)
    return theirs if ours and theirs and theirs > ours else None


def _named_in_steps(page: Page, playbook: Playbook, label: str) -> Iterator[str]:
    """Yield the roles of each step, each once a step."""
    for part in playbook.parts(page):
        for step in part.steps:
            keys = (key for one in step.assignments for key in one.keys(label))
            yield from dict.fromkeys(keys)
