"""What other pages can show of a page, or depend on: all that it says, but its prose.

As long as the face of a page stays the same, an edit of it is seen on no page but those that show
its text: the page itself, in each locale whose readers get it; pages that include it; of a source
page its translations, whose marks and states compare texts; and the views that show texts of all
pages (`SHOWS_TEXTS`). What stands beside the pages, such as the search index, is another matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, TypeAlias

from leitfaden.contract import Contract
from leitfaden.contract.anchors import heading_ids
from leitfaden.model import Inclusion, Label, Page, Playbook, Span, Table, Task, TermUse
from leitfaden.rendering import about
from leitfaden.rendering.lexicon import prose
from leitfaden.rendering.words import Words

SHOWS_TEXTS = frozenset(("changes", "print", "status"))
"""The views that show more of other pages than their faces."""

_Plain: TypeAlias = Any  # what JSON can hold


class Faces:
    """Tells the faces of pages.

    Args:
        contract: The playbook's contract.
        playbook: All pages, those that were made among them or not.
    """

    def __init__(self, contract: Contract, playbook: Playbook) -> None:
        self._contract = contract
        self._playbook = playbook
        self._words: dict[str, Words] = {}

    def of(self, page: Page) -> str:
        """Return the face of a page, or of a file that pages include: a hash.

        Args:
            page: One of the playbook's pages.
        """
        return digest_of(
            self._about(page),
            _order(page),
            [_heading(one) for one in page.headings],
            [[_labels(one.labels) for one in block.assignments] for block in page.label_blocks],
            _labels(page.page_labels),
            [
                [one.heading.text, [_labels(a.labels) for a in one.assignments]]
                for one in page.steps
            ],
            [[_table(one.table), [_task(task) for task in one.tasks]] for one in page.task_tables],
            _summary(page),
            [[one.target, one.text, one.image, one.decorative] for one in page.links],
            [[*one[:1], one.block, one.locale, one.page_id, one.refusal] for one in page.includes],
            [_inclusion(one) for one in self._playbook.inclusions(page)],
            [[one.url, one.title] for one in page.videos],
            sorted([one.kind, one.detail] for one in page.all_defects()),
            sorted(self._cited(page)),
        )

    def _about(self, page: Page) -> _Plain:
        source = self._playbook.source_of(page)
        return [
            [page.id, page.locale, page.path, page.kind, page.view, page.subject, page.bom],
            [[entry.key, repr(entry.value)] for entry in page.front_matter.entries],
            [page.is_readable, page.is_inline],
            [about.title(page, source), about.description(page, source)],
            heading_ids(page, source, self._contract),
        ]

    def _cited(self, page: Page) -> frozenset[str]:
        """Return the tasks that sentences of a page cite: their pages list it."""
        if page.locale not in self._words:
            self._words[page.locale] = Words(self._contract, page.locale)
        words = self._words[page.locale]
        return frozenset(task for text in prose(page) for task in words.cited(text))


def digest_of(*parts: _Plain) -> str:
    """Return a hash that stands for values as JSON can hold them."""
    text = json.dumps(parts, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _order(page: Page) -> _Plain:
    """Return what stands before, behind and in what: the order of all places, not how far apart."""
    spans = list(_spans(page))
    ranks = {place: at for at, place in enumerate(sorted({at for span in spans for at in span}))}
    return [[ranks[start], ranks[end]] for start, end in spans]


def _spans(page: Page) -> Iterator[Span]:
    yield from (one.span for one in page.headings)
    yield from (one.span for one in page.sections)
    yield from (one.span for one in page.steps)
    yield from (one.span for one in page.label_blocks)
    for table in page.task_tables:
        yield table.span
        yield from (task.span for task in table.tasks)
    yield from (one.span for one in page.links)
    yield from (one.span for one in page.includes)
    if page.update_summary:
        yield page.update_summary.table.span
        yield from (one.span for one in page.update_summary.changes)


def _heading(heading: Any) -> _Plain:
    return [
        heading.level,
        heading.text,
        heading.section,
        heading.section_locale,
        heading.explicit_id,
    ]


def _labels(labels: Iterable[Label]) -> _Plain:
    return [[one.key, one.locale, _uses(one.values)] for one in labels]


def _uses(uses: Iterable[TermUse]) -> _Plain:
    return [[use.text, use.key, use.form, use.locale] for use in uses]


def _table(table: Table) -> _Plain:
    return [[cell.text for cell in table.header], table.columns]


def _task(task: Task) -> _Plain:
    return [
        [task.id, task.name.text, task.requirement, task.row],
        _uses((task.requirement_use,) if task.requirement_use else ()),
        _uses(task.roles),
        _uses(task.services),
    ]


def _summary(page: Page) -> _Plain:
    """Return the update summary: lists of changes and feeds repeat it."""
    if page.update_summary is None:
        return None
    return [
        [
            one.date.isoformat() if one.date else None,
            *(cell and cell.text for cell in (one.date_text, one.by, one.what, one.notes)),
        ]
        for one in page.update_summary.changes
    ]


def _inclusion(inclusion: Inclusion[Page]) -> _Plain:
    """Return what is shown in a place, which may depend on how long the included files are."""
    part = inclusion.page
    return [
        part and [part.locale, part.id],
        inclusion.refusal,
        [_inclusion(one) for one in inclusion.inner],
    ]
