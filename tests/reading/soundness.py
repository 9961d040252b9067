"""What holds for every page, whatever stands in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from leitfaden.contract import Contract
from leitfaden.model import Event, FrontMatter, Heading, Label, Link, Page, Span, Table, Task
from leitfaden.reading.markdown import tidy

# Where one of these stands, what is shown is not what is written.
_MARKUP = frozenset("\\&[]()<>!*_`~^{}#=-\0")
_LEAVES = frozenset(("text", "code", "html", "inline-html", "soft-break", "hard-break"))


def assert_sound(page: Page, contract: Contract) -> None:
    """Assert that all that a page says about its text is true of the text."""
    assert_places(page)
    assert_front_matter(page.text, page.front_matter)
    assert_balanced(page.events)
    for heading in page.headings:
        assert_heading(page, heading)
    for block in page.label_blocks:
        assert tags(page.events, block.events) == ("paragraph", "paragraph")
        for label in block.labels:
            assert block.span.start <= label.name_span.start
            assert label.value_span.end <= block.span.end
            assert_label(page.text, label, contract)
    for table in page.tables:
        assert_table(page, table)
    for task in page.tasks:
        assert_task(page.text, task)
    for link in page.links:
        assert_link(page, link)
    assert_order(page)


def spans(thing: object) -> Iterator[Span]:
    """Yield all spans that a thing and its parts hold."""
    waiting = [thing]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Span):
            yield part
        elif isinstance(part, tuple):
            waiting += () if isinstance(part, Event) else part
        else:
            names = getattr(part, "__dataclass_fields__", ())
            waiting += [getattr(part, name) for name in names]


def assert_places(page: Page) -> None:
    length = len(page.text)
    assert page.line_starts[0] == 0
    assert all(a < b for a, b in pairwise(page.line_starts))
    for offset in {offset for span in spans(page) for offset in (span.start, span.end)}:
        assert 0 <= offset <= length
        position = page.position(offset)
        assert 1 <= position.line <= len(page.line_starts)
        assert page.line_starts[position.line - 1] + position.column - 1 == offset
        before = page.text[page.line_starts[position.line - 1] : offset]
        assert "\n" not in before
        assert "\r" not in before.removesuffix("\r")


def assert_front_matter(text: str, matter: FrontMatter) -> None:
    assert matter.span.start == 0
    for entry in matter.entries:
        assert entry.key_span.end <= entry.value_span.end <= matter.span.end
        written = entry.key_span.of(text)
        plain = written[:1] not in ('"', "'", "!", "&", "|", ">", "?") and "\n" not in written
        if plain and "\r" not in written and "\0" not in written:
            assert written == entry.key


def assert_balanced(events: Sequence[Event]) -> None:
    opened: list[str] = []
    for event in events:
        if event.kind == "open":
            opened.append(event.tag)
        elif event.kind == "close":
            assert opened.pop() == event.tag
        else:
            assert event.tag == ""
        assert 0 <= event.start <= event.end
        if event.tag == "item" and event.kind == "open":
            assert opened[-2:-1] == ["list"]
    assert opened == []


def leaves(events: Sequence[Event]) -> list[tuple[str, str]]:
    """Return what a reader sees of events, in its order."""
    return [(event.kind, str(event.value)) for event in events if event.kind in _LEAVES]


def tags(events: Sequence[Event], inside: tuple[int, int]) -> tuple[str, str]:
    """Return the tags of the first and the last event of a range that is an element."""
    first, last = events[inside[0]], events[inside[1] - 1]
    assert (first.kind, last.kind) == ("open", "close")
    assert_balanced(events[slice(*inside)])
    return first.tag, last.tag


def assert_says(text: str, span: Span, shown: str) -> None:
    """Assert that a span holds what is shown, where no markup makes a difference."""
    source = span.of(text)
    if _MARKUP.isdisjoint(source):
        assert tidy(source) == shown


def assert_heading(page: Page, heading: Heading) -> None:
    assert tags(page.events, heading.events) == ("heading", "heading")
    assert 1 <= heading.level <= 6
    assert heading.span.start <= heading.text_span.start
    assert heading.text_span.end <= heading.span.end
    assert_says(page.text, heading.text_span, heading.text)
    if heading.explicit_id:
        assert f"{{#{heading.explicit_id}}}" in heading.span.of(page.text)


def assert_label(text: str, label: Label, contract: Contract) -> None:
    found = contract.labels.find(label.name_span.of(text), label.locale)
    assert found
    assert (found.key, found.locale) == (label.key, label.locale)
    assert label.name_span.end < label.value_span.start or label.value_span.of(text) == ""
    for use in label.values:
        assert label.value_span.start <= use.span.start
        assert use.span.end <= label.value_span.end
        assert use.text
        if "](" not in label.value_span.of(text):
            assert tidy(use.span.of(text)).replace("\0", "\ufffd") == use.text


def assert_table(page: Page, table: Table) -> None:
    assert tags(page.events, table.events)[0] in ("table", "paragraph")
    assert len(table.columns) == len(table.header) > 0
    for row in (table.header, *(row.cells for row in table.rows)):
        for cell in row:
            assert table.span.start <= cell.span.start
            assert cell.span.end <= table.span.end
            assert_says(page.text, cell.span, cell.text)
            if cell.events:
                first, last = cell.events
                assert page.events[first - 1].tag == page.events[last].tag == "table-cell"
                assert_balanced(page.events[first:last])
        for cell, following in pairwise(row):
            assert cell.span.end < following.span.start


def assert_task(text: str, task: Task) -> None:
    assert task.id.isascii()
    assert task.id.isdecimal()
    if _MARKUP.isdisjoint(task.id_cell.span.of(text)):
        assert task.id == tidy(task.id_cell.span.of(text))
    assert task.span.start <= task.id_cell.span.start
    for use in (*task.roles, *task.services):
        assert task.span.start <= use.span.start
        assert use.span.end <= task.span.end
    assert (task.requirement is None) == (
        task.requirement_use is None or task.requirement_use.key is None
    )


def assert_link(page: Page, link: Link) -> None:
    opened = page.events[link.event]
    assert opened.kind == "open"
    assert opened.tag == ("image" if link.image else "link")
    assert link.span.start <= link.target_span.start
    assert link.target_span.end <= link.span.end
    written = link.target_span.of(page.text)
    if written and not set(written) & set("\\&\0"):
        assert written == link.target


def assert_order(page: Page) -> None:
    """Assert that all lists of the page's parts are in the order of the text."""
    for parts in (page.headings, page.label_blocks, page.tables, page.sections, page.steps):
        starts = [part.span.start for part in parts]
        assert starts == sorted(starts)
    events = [event.start for event in page.events if event.kind not in ("open", "close")]
    assert events == sorted(events)
    headings = {heading.span for heading in page.headings}
    assert {section.heading.span for section in page.sections} <= headings
    steps = {step.span for step in page.steps}
    assert {step.span for section in page.sections for step in section.steps} <= steps
