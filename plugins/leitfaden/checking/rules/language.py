"""Words: names that are no longer right."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from leitfaden.checking.edits import replaced
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.memory import once_per_locale
from leitfaden.checking.rule import page_rule
from leitfaden.checking.subject import Subject
from leitfaden.contract import Contract
from leitfaden.model import Event, Severity, Span


@page_rule(
    "LF801",
    "term-retired",
    "“{term}” is a retired or misspelled name of “{name}”.",
    "Write “{name}”.",
    severity=Severity.WARNING,
    repeats=True,
    fixable="unsafe",
)
def term_retired(subject: Subject) -> Iterator[Finding]:
    """Report names that are retired or misspelled.

    ## What it does
    Looks in paragraphs, headings, cells and links' texts for the spellings that the contract lists
    under `glossary` as `deprecated` in the page's language. Where two of them overlap, the longest
    counts. Case counts as the contract writes it; the first letter may be a capital. Code and
    addresses are left alone, and so are the roles and services of labels and task tables, which
    have rules of their own.

    ## Why
    Products are renamed. Readers who know the new name don't find the page, and those who search
    for the old one in the product don't find that.

    ## Example
    ```markdown
    Deploy Office 365 ProPlus first.
    ```

    ## Use instead
    ```markdown
    Deploy Microsoft 365 Apps first.
    ```

    ## Fix
    Unsafe: the right name is put in. Read the sentence again: articles and endings may change.
    """
    retired = _retired(subject.contract, subject.locale)
    if retired is None or not any(clue in subject.text for clue in retired.clues):
        return
    text = subject.text
    shown = subject.prose
    starts = [event.start for event in shown]
    told = _told_elsewhere(subject)
    for match in retired.pattern.finditer(text, subject.body.start):
        span = Span(match.start(), match.end())
        if not _is_shown(span, shown, starts) or not _is_word(text, span) or _is_told(span, told):
            continue
        spelling = " ".join(match[0].split())
        name = retired.names.get(spelling) or retired.names[spelling[0].swapcase() + spelling[1:]]
        yield found(span, fix=replaced(span, name, safe=False), term=spelling, name=name)


@dataclass(frozen=True, slots=True)
class _Retired:
    """The retired spellings of a locale.

    Args:
        names: What to write instead, by spelling.
        pattern: Matches any of them, the longest first.
        clues: Texts of which a page that holds one of them holds at least one.
    """

    names: Mapping[str, str]
    pattern: re.Pattern[str]
    clues: Sequence[str]


@once_per_locale
def _retired(contract: Contract, locale: str) -> _Retired | None:
    names = {
        spelling: term.names[locale]
        for term in contract.glossary.values()
        if locale in term.names
        for spelling in term.deprecated.get(locale, ())
    }
    if not names:
        return None
    # A name whose right spelling differs by case alone is matched letter by letter.
    patterns = [
        _pattern(spelling, strict=spelling.casefold() == name.casefold())
        for spelling, name in sorted(names.items(), key=lambda entry: (-len(entry[0]), entry[0]))
    ]
    return _Retired(names, re.compile("|".join(patterns)), _clues(names))


_GAP = r"(?:[ \t\u00a0\u202f]+|[ \t]*\r?\n[ \t>]*)"


def _pattern(spelling: str, *, strict: bool) -> str:
    words = [re.escape(word) for word in spelling.split()]
    first = spelling[0]
    if not strict and first.lower() != first.upper() and len(first.swapcase()) == 1:
        words[0] = f"[{first}{first.swapcase()}]{re.escape(spelling.split()[0][1:])}"
    return _GAP.join(words)


def _clues(spellings: Mapping[str, str]) -> list[str]:
    """Return as few texts as are needed for one of them to stand in each spelling."""
    clues: list[str] = []
    # The first letter of all may be a capital or not.
    for rest in sorted((spelling[1:] or spelling for spelling in spellings), key=len):
        if not any(clue in rest for clue in clues):
            clues.append(max(rest.split(), key=len))
    return clues


def _is_shown(span: Span, shown: Sequence[Event], starts: Sequence[int]) -> bool:
    """Tell whether both ends of a part of the text stand in what readers see as text."""
    return all(
        (at := bisect_right(starts, offset) - 1) >= 0 and offset < shown[at].end
        for offset in (span.start, span.end - 1)
    )


_BESIDE = frozenset("/.@\\:=_-%#?")  # what a name in an address can stand beside
_PART_OF_ADDRESS = re.compile(r"://|@|\\|^www\.|\.\w", re.IGNORECASE)


def _is_word(text: str, span: Span) -> bool:
    """Tell whether a spelling stands for itself: neither in a longer word nor in an address."""
    before, behind = text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1]
    if _joins(before) or _joins(behind):
        return False
    beside = _BESIDE.intersection((before, behind))
    return not (beside and _PART_OF_ADDRESS.search(_around(text, span)))


def _joins(char: str) -> bool:
    """Tell whether a character beside a word is a part of it.

    Wide letters are those of scripts that write no blanks, so nothing can be said of them.
    """
    return char.isalnum() and unicodedata.east_asian_width(char) not in "WF"


_FURTHEST = 200  # characters that an address can reach beyond a name


def _around(text: str, span: Span) -> str:
    """Return what stands around a spelling without a blank between."""
    before = text[max(span.start - _FURTHEST, 0) : span.start].split()
    behind = text[span.end : span.end + _FURTHEST].split()
    left = before[-1] if before and not text[span.start - 1].isspace() else ""
    right = behind[0] if behind and not text[span.end].isspace() else ""
    return f"{left}{span.of(text)}{right}"


def _told_elsewhere(subject: Subject) -> list[Span]:
    """Return the values of labels and task rows that have rules of their own for this."""
    page = subject.page
    uses = [
        *(use for block in page.label_blocks for label in block.labels for use in label.values),
        *(use for task in page.tasks for use in (*task.roles, *task.services)),
    ]
    return sorted(use.span for use in uses if use.form == "deprecated")


def _is_told(span: Span, told: Sequence[Span]) -> bool:
    at = bisect_right(told, span.start, key=_start) - 1
    return at >= 0 and span.start < told[at].end


def _start(span: Span) -> int:
    return span.start
