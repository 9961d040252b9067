"""Our pages against those of GitHub's own parser, on all pages of the corpus."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from leitfaden.model import Page, Playbook, Span, TermUse
from leitfaden.reading import PageReader
from leitfaden.rendering import RenderContext, Renderer
from tests.rendering.fidelity import Expected, ours
from tests.rendering.support import (
    PLAIN,
    ROOT,
    Dom,
    real_contract,
    renderer_of,
    without_views,
)

CORPUS = ROOT.parent / "shared" / "corpus"
FOLDERS = {"en": CORPUS / "english-playbook", "de": CORPUS / "german-playbook"}
FILES = [
    pytest.param(locale, file, id=f"{locale}-{file.stem}")
    for locale, folder in FOLDERS.items()
    for file in sorted(folder.glob("*.md"))
]

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus lies beside the repository, not in it"
)


@cache
def renderer() -> Renderer:
    return renderer_of(without_views(real_contract()), PLAIN)


@cache
def reader() -> PageReader:
    return PageReader(real_contract())


def read(locale: str, file: Path) -> Page:
    page_id = real_contract().page_id(file.name, locale)
    return reader().read(file.read_bytes(), path=file.name, locale=locale, page_id=page_id)


def html_of(page: Page) -> str:
    playbook = Playbook("en", ("en", "de"), {page.locale: {page.id: page}})
    context = RenderContext(page.locale, playbook, lambda link: None, lambda page_id: None)
    return renderer().render(page, context).html


def test_the_corpus_is_complete() -> None:
    assert len(FILES) == 160


@pytest.mark.parametrize(("locale", "file"), FILES)
def test_a_page_shows_what_github_shows(locale: str, file: Path) -> None:
    page = read(locale, file)
    theirs = Expected(page, real_contract()).body()
    shown = ours(html_of(page))
    difference = difflib.unified_diff(
        list(theirs.outline()), list(shown.outline()), "GitHub", "ours", n=2, lineterm=""
    )
    assert theirs == shown, "\n".join(difference)


WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\s*\d+[.)]")
MARKER = re.compile(r"\s*\[!\w+\]")


def said_otherwise(page: Page) -> Iterator[Span]:
    """Yield what a page holds and shows in other words, or not at all, as GitHub does."""
    yield page.front_matter.span
    for link in page.links:
        yield link.target_span
    for block in page.label_blocks:
        for label in block.labels:
            yield label.name_span
            yield from between(label.values)
    for tasks in page.task_tables:
        yield from (cell.span for cell in tasks.table.header)
        for task in tasks.tasks:
            yield from (*between(task.roles), *between(task.services))
    if page.update_summary:
        yield from (cell.span for cell in page.update_summary.table.header)
        yield from (change.date_text.span for change in page.update_summary.changes)
    for table in page.tables:
        for row in table.rows:
            yield from (cell.span for cell in row.cells[len(table.header) :])
    for event in page.events:
        hit = None
        if event.kind == "open" and event.tag == "item":
            hit = NUMBER.match(page.text, event.start)
        elif event.kind == "text":
            hit = MARKER.match(page.text, event.start)
        if hit:
            yield Span(*hit.span())


def between(uses: Sequence[TermUse]) -> Iterator[Span]:
    """Yield the separators of a list of terms."""
    for use, following in pairwise(uses):
        yield Span(use.span.end, following.span.start)


@pytest.mark.parametrize(("locale", "file"), FILES)
def test_no_word_is_lost(locale: str, file: Path) -> None:
    page = read(locale, file)
    text = list(page.text)
    for span in said_otherwise(page):
        text[span.start : span.end] = " " * (span.end - span.start)
    shown = Dom(html_of(page))
    attributes = [*shown.values("img", "alt"), *shown.values("[title]", "title")]
    words = Counter(WORD.findall(shown.body.text(deep=True, separator=" ")))
    words.update(WORD.findall(" ".join(filter(None, attributes))))
    assert not Counter(WORD.findall(unescape("".join(text)))) - words
