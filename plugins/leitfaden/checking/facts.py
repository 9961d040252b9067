"""What other pages, and rules that look beside them, have to know of a page."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple
from zlib import crc32

from leitfaden.checking.suppressions import Suppression, suppressions_of
from leitfaden.model import (
    Event,
    Include,
    Label,
    Link,
    Page,
    Place,
    Position,
    Span,
    Task,
    TermUse,
)

_UNSEEN = "\u200b\ufeff\u2060"
_SENTENCE = 40  # characters; shorter texts are names, which languages share
_HTML = ("html", "inline-html")
_HTML_ID = re.compile(r"""\sid\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


class TaskFact(NamedTuple):
    """A task as a row states it.

    Args:
        id: Its digits.
        name: Its name, plain text.
        requirement: `mandatory`, `optional` or empty.
        roles: The keys of the known roles.
        services: The keys of the known services.
        whole: Whether every role and service of the row is known.
        span: The row's part that states it.
        name_span: Its name.
        requirement_span: Its requirement; the row's part where it has none.
        roles_span: Its roles, likewise.
        services_span: Its services, likewise.
        role_uses: The roles that are known, as they stand there, each with its place.
        service_uses: The services, likewise.
    """

    id: str
    name: str
    requirement: str
    roles: tuple[str, ...]
    services: tuple[str, ...]
    whole: bool
    span: Span
    name_span: Span
    requirement_span: Span
    roles_span: Span
    services_span: Span
    role_uses: tuple[tuple[str, Span], ...] = ()
    service_uses: tuple[tuple[str, Span], ...] = ()


class LabelFact(NamedTuple):
    """A label line.

    Args:
        key: The label's key in the contract.
        span: Its name and its value.
        uses: The terms that it names, each with its place.
        whole: Whether all that it names is known, and nothing is wrong with the line.
    """

    key: str
    span: Span
    uses: tuple[tuple[str, Span], ...]
    whole: bool


class LinkFact(NamedTuple):
    """A link or an image.

    Args:
        target: As the parser read it, escapes resolved.
        text: The plain text, or an image's alternative text.
        span: All of it.
        target_span: The target as written; empty for references and autolinks.
        image: Whether it is an image.
    """

    target: str
    text: str
    span: Span
    target_span: Span
    image: bool

    @property
    def place(self) -> Span:
        """Where a finding about the target points."""
        return self.target_span if self.target_span.start < self.target_span.end else self.span


class HeadingFact(NamedTuple):
    """A heading.

    Args:
        level: 1 to 6.
        text: Its plain text.
        section: The key of the known section that it opens, or None.
        explicit_id: An id that the writer gave.
        span: Where.
    """

    level: int
    text: str
    section: str | None
    explicit_id: str | None
    span: Span


class MetadataFact(NamedTuple):
    """A value of the front matter, as text."""

    text: str
    span: Span


class PageFacts(NamedTuple):
    """What there is to know of a page without reading it again.

    Args:
        id: The page's id.
        locale: Its locale.
        path: The file, relative to the project.
        kind: The kind of page by the contract.
        title: Its title in its own language.
        line_starts: Offset of the first character of each line.
        metadata: The texts of the front matter by key.
        headings: The headings.
        tasks: The tasks of its tables.
        links: The links and images.
        newest: The newest day of the update summary.
        newest_span: Where that day stands.
        blocks: A hash of each block of prose, to tell how much two pages share.
        readable: Whether the file could be read as text at all.
        suppressions: What its comments ask not to be told.
        html_ids: The ids in its raw HTML.
        dated: The days of the update summary, from top to bottom, and where they stand.
        includes: Where it shows other files.
        size: How long its text is.
        is_inline: Whether it is but one paragraph, so that a sentence can hold it.
        is_searched: Whether readers may find it.
        labels: Its label lines.
    """

    id: str
    locale: str
    path: str
    kind: str
    title: str
    line_starts: tuple[int, ...]
    metadata: dict[str, MetadataFact]
    headings: tuple[HeadingFact, ...]
    tasks: tuple[TaskFact, ...]
    links: tuple[LinkFact, ...]
    newest: dt.date | None
    newest_span: Span
    blocks: tuple[int, ...]
    readable: bool
    suppressions: tuple[Suppression, ...] = ()
    html_ids: tuple[str, ...] = ()
    dated: tuple[tuple[dt.date, Span], ...] = ()
    includes: tuple[Include, ...] = ()
    size: int = 0
    is_inline: bool = False
    is_searched: bool = True
    labels: tuple[LabelFact, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether the file could be read as text at all."""
        return self.readable

    def position(self, offset: int) -> Position:
        """Return line and column of an offset in the text."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def place(self, span: Span) -> Place:
        """Return where in the file the span stands."""
        return Place(self.path, self.position(span.start), self.position(span.end))


def facts_of(
    page: Page,
    texts: Sequence[Event] | None = None,
    suppressions: tuple[Suppression, ...] | None = None,
) -> PageFacts:
    """Return what there is to know of a page.

    Args:
        page: The page.
        texts: The texts among its events, where they are known.
        suppressions: What its comments ask not to be told, where that is known.
    """
    if texts is None:
        texts = [event for event in page.events if event[0] == "text"]
    dated = _dated(page)
    newest, newest_span = max(dated, key=lambda row: row[0], default=(None, Span(0, 0)))
    return PageFacts(
        id=page.id,
        locale=page.locale,
        path=page.path,
        kind=page.kind,
        title=page.title,
        line_starts=page.line_starts,
        metadata={
            entry.key: MetadataFact(
                "" if entry.value is None else str(entry.value).strip(), entry.value_span
            )
            for entry in page.front_matter.entries
        },
        headings=tuple(
            HeadingFact(h.level, h.text, h.section, h.explicit_id, h.span) for h in page.headings
        ),
        tasks=tuple(map(_task, page.tasks)),
        links=tuple(map(_link, page.links)),
        newest=newest,
        newest_span=newest_span,
        blocks=tuple(_blocks(texts)),
        readable=page.is_readable,
        suppressions=suppressions_of(page) if suppressions is None else suppressions,
        html_ids=tuple(_html_ids(page)),
        dated=dated,
        includes=page.includes,
        size=page.size,
        is_inline=page.is_inline,
        is_searched=page.is_searched,
        labels=tuple(_label(label) for block in page.label_blocks for label in block.labels),
    )


def _label(label: Label) -> LabelFact:
    whole = not label.defects and all(use.key for use in label.values)
    return LabelFact(
        label.key, label.name_span.cover(label.value_span), _known(label.values), whole
    )


def _known(uses: Iterable[TermUse]) -> tuple[tuple[str, Span], ...]:
    return tuple((use.key, use.span) for use in uses if use.key)


def _dated(page: Page) -> tuple[tuple[dt.date, Span], ...]:
    changes = page.update_summary.changes if page.update_summary else ()
    return tuple((change.date, change.date_text.span) for change in changes if change.date)


def _task(task: Task) -> TaskFact:
    uses = (*task.roles, *task.services)
    return TaskFact(
        id=task.id,
        name=task.name.text,
        requirement=task.requirement or "",
        roles=tuple(sorted(task.role_keys)),
        services=tuple(sorted(task.service_keys)),
        whole=all(use.key for use in uses),
        span=task.span,
        name_span=task.name.span,
        requirement_span=task.requirement_use.span if task.requirement_use else task.span,
        roles_span=_extent(task.roles) or task.span,
        services_span=_extent(task.services) or task.span,
        role_uses=_known(task.roles),
        service_uses=_known(task.services),
    )


def _extent(uses: tuple[TermUse, ...]) -> Span | None:
    """Return where the terms of a cell stand."""
    if len(uses) == 1:
        return uses[0].span
    return uses[0].span.cover(uses[-1].span) if uses else None


def _link(link: Link) -> LinkFact:
    return LinkFact(link.target, link.text, link.span, link.target_span, link.image)


def _blocks(texts: Iterable[Event]) -> Iterator[int]:
    """Yield a hash of each stretch of prose that is long enough to be a sentence.

    Two that a reader cannot tell apart have the same one.
    """
    for event in texts:
        text = str(event[2])
        if len(text) >= _SENTENCE:
            seen = text if text.isascii() else _as_seen(text)
            yield crc32(seen.encode("utf-8", "surrogatepass"))


def _as_seen(text: str) -> str:
    for char in _UNSEEN:
        if char in text:
            text = text.replace(char, "")
    return text.replace("\u00a0", " ")


def _html_ids(page: Page) -> Iterator[str]:
    """Yield the ids in the raw HTML of the page."""
    if "<" in page.text and "id" in page.text:
        html = [str(value) for kind, _, value, _, _ in page.events if kind in _HTML]
        yield from (unescape(name) for name in _HTML_ID.findall("".join(html)))
