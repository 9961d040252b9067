"""A task: what rows say of it, where they stand, and what cites it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leitfaden.contract import Contract
from leitfaden.model import Occurrence, Page, Playbook, TaskRecord, Trait
from leitfaden.model.madeids import FINDER, task_page
from leitfaden.model.task import folded
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.lexicon import Lexicon
from leitfaden.rendering.memory import OncePerLocale
from leitfaden.rendering.views.pagelists import Chip, Chips, PageLink, page_link, page_links


@dataclass(frozen=True, slots=True)
class StatedAt:
    """A row that states a task.

    Args:
        page: Its page.
        url: The row itself.
        step: What the step around it is called, in the page's language; empty outside of any.
        phases: The phases of the page.
    """

    page: PageLink
    url: str
    step: str
    phases: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What some pages say of a task where others say something else.

    Args:
        said: The name, or names of terms in the reader's language.
        lang: The locale that it is written in.
        places: The rows that say so.
    """

    said: str
    lang: str
    places: tuple[StatedAt, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that pages of one language contradict each other in."""

    trait: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class OtherName:
    """The task's name in another language.

    Args:
        locale: That language.
        language: Its name in itself.
        name: The task's name.
        lang: The locale that the name is written in.
        url: The task's page in that language, or None.
    """

    locale: str
    language: str
    name: str
    lang: str
    url: str | None


@dataclass(frozen=True, slots=True)
class OtherTask:
    """The task before or after this one."""

    id: str
    name: str
    lang: str
    url: str


@dataclass(frozen=True, slots=True)
class TaskAbout:
    """All that the page of a task shows.

    Args:
        id: Its number.
        name: Its name; empty if no row gives one.
        lang: The locale that the name is written in.
        language: The name of that language in itself.
        requirement: Its key, or None.
        roles: Who does it.
        services: What it is for.
        phases: When.
        owner: The row on the page that it belongs to: the first process that states it.
        places: All rows that state it.
        conflicts: What they contradict each other in.
        cited: The pages whose sentences cite it.
        previous: The task with the next smaller number.
        following: The task with the next greater number.
        finder: Where all tasks are listed, or None.
    """

    id: str
    name: str
    lang: str
    language: str
    requirement: str | None
    roles: tuple[Chip, ...]
    services: tuple[Chip, ...]
    phases: tuple[Chip, ...]
    owner: StatedAt
    places: tuple[StatedAt, ...]
    conflicts: tuple[Conflict, ...]
    cited: tuple[PageLink, ...]
    previous: OtherTask | None
    following: OtherTask | None
    finder: str | None


class TaskPages:
    """Finds what the pages of tasks show.

    Args:
        contract: The vocabularies.
        lexicon: Knows which pages cite a task, and the pages of terms.
    """

    def __init__(self, contract: Contract, lexicon: Lexicon) -> None:
        self._contract = contract
        self._lexicon = lexicon
        self._chips = Chips(contract, lexicon)
        self._numbers = OncePerLocale(_neighbours)

    def values(self, page: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return the task of a page: None, but its other names, if the locale has no such task."""
        record = context.playbook.records(context.locale).get(page.subject)
        return {
            "task": self._about(record, context) if record else None,
            "others": tuple(self._others(page.subject, record, context)),
        }

    def _about(self, record: TaskRecord, context: RenderContext) -> TaskAbout:
        chips = self._chips
        places = tuple(self._stated_at(one, context) for one in record.occurrences)
        before, behind = self._numbers.of(context.playbook, context.locale)[record.id]
        return TaskAbout(
            id=record.id,
            name=record.name,
            lang=record.locale,
            language=self._contract.locales[record.locale].name,
            requirement=record.requirement,
            roles=tuple(chips.of_use(use, "roles", context) for use in record.roles),
            services=tuple(chips.of_use(use, "services", context) for use in record.services),
            phases=tuple(chips.of_key(key, "phases", context) for key in record.phases),
            owner=places[_owner(record)],
            places=places,
            conflicts=tuple(
                self._conflict(trait, record, places, context) for trait in record.conflicts
            ),
            cited=page_links(self._citing(record, context), context),
            previous=_other(before, context),
            following=_other(behind, context),
            finder=context.url_of(FINDER),
        )

    def _stated_at(self, one: Occurrence, context: RenderContext) -> StatedAt:
        page = page_link(one.page, context)
        step = one.step.heading.text if one.step else ""
        phases = (self._chips.of_key(key, "phases", context) for key in one.page.phases)
        return StatedAt(page, f"{page.url}#{one.anchor}", step, tuple(phases))

    def _conflict(
        self,
        trait: Trait,
        record: TaskRecord,
        places: Sequence[StatedAt],
        context: RenderContext,
    ) -> Conflict:
        """Return who says what; a row that is silent contradicts nobody."""
        groups: dict[tuple[str, str], list[tuple[str, StatedAt]]] = {}
        for one, place in zip(record.occurrences, places, strict=True):
            said = self._said(trait, one, context.locale)
            if said:
                key = one.page.locale, folded(said)
                groups.setdefault(key, []).append((said, place))
        statements = (
            Statement(group[0][0], locale, tuple(place for _, place in group))
            for (locale, _), group in groups.items()
        )
        return Conflict(trait.value, tuple(statements))

    def _said(self, trait: Trait, one: Occurrence, locale: str) -> str:
        task, contract = one.task, self._contract
        match trait:
            case Trait.NAME:
                return task.name.text
            case Trait.REQUIREMENT:
                known = contract.requirements.get(task.requirement or "")
                return known.name(locale) if known else ""
            case Trait.ROLES | Trait.SERVICES:
                uses = task.roles if trait is Trait.ROLES else task.services
                terms = contract.vocabulary(trait.value)
                names = {terms[use.key].name(locale) if use.key else use.text for use in uses}
                return ", ".join(sorted(names))

    def _others(
        self, task_id: str, record: TaskRecord | None, context: RenderContext
    ) -> Iterator[OtherName]:
        """Yield the names in languages that have one of their own."""
        for locale in context.playbook.locales:
            other = context.playbook.records(locale).get(task_id)
            if locale == context.locale or other is None or not other.name:
                continue
            if record and other.locale == record.locale:
                continue
            language = self._contract.locales[locale].name
            url = context.url_in(task_page(task_id), locale)
            yield OtherName(locale, language, other.name, other.locale, url)

    def _citing(self, record: TaskRecord, context: RenderContext) -> Sequence[Page]:
        """Return the pages that cite a task in a sentence, or link to its page."""
        cited = self._lexicon.citing(record.id, context.playbook, context.locale)
        naming = context.knowledge.naming(f"{context.locale}/{task_page(record.id)}")
        return tuple({page.id: page for page in (*cited, *naming)}.values())


def _owner(record: TaskRecord) -> int:
    places = enumerate(record.occurrences)
    return next((at for at, one in places if one.page.is_process), 0)


def _neighbours(
    playbook: Playbook, locale: str
) -> Mapping[str, tuple[TaskRecord | None, TaskRecord | None]]:
    records = list(playbook.records(locale).values())
    around = zip([None, *records[:-1]], [*records[1:], None], strict=True)
    return dict(zip((record.id for record in records), around, strict=True))


def _other(record: TaskRecord | None, context: RenderContext) -> OtherTask | None:
    url = context.url_of(task_page(record.id)) if record else None
    return OtherTask(record.id, record.name, record.locale, url) if record and url else None
