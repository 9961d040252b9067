"""In which language a page speaks, by the words that the contract knows in several."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.checking.subject import Subject
from leitfaden.contract import Term, Vocabulary

_ENOUGH = 2  # words: a single one may have been forgotten


def speaks_foreign(subject: Subject) -> bool:
    """Tell whether a page is written in another language than its folder's.

    Then its words are not wrong one by one: the page is in the wrong place, or not translated yet.
    Words that both languages share tell nothing.

    Args:
        subject: The page.
    """
    foreign = 0
    for own in _words(subject):
        if own:
            return False
        foreign += 1
    return foreign >= _ENOUGH


def _words(subject: Subject) -> Iterator[bool]:
    """Yield for each telling word of the page whether it is one of the page's own language."""
    contract, page = subject.contract, subject.page
    for heading in page.headings:
        if heading.section is not None:
            yield from _telling(contract.sections, heading.text, subject)
    for block in page.label_blocks:
        for label in block.labels:
            yield from _telling(contract.labels, label.name_span.of(page.text), subject)
    for table in page.tables:
        for cell, column in zip(table.header, table.columns, strict=False):
            if column is not None:
                yield from _telling(contract.columns, cell.text, subject)


def _telling(vocabulary: Vocabulary[Term], text: str, subject: Subject) -> Iterator[bool]:
    own = vocabulary.find_in(text, subject.locale) is not None
    others = (locale for locale in subject.contract.locales if locale != subject.locale)
    if own != any(vocabulary.find_in(text, locale) for locale in others):
        yield own
