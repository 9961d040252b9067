"""Words: names that are no longer right."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

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
    yields_to=("LF507",),
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
    have rules of their own. The update summary is, too: on its day the name was right.

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
    if retired is None:
        return
    text = subject.text
    spans = list(islice(retired.spans(text, subject.body.start), _MOST_IN_PAGE))
    if not spans:
        return
    shown = subject.prose
    starts = [event.start for event in shown]
    left_alone = _left_alone(subject)
    for span in spans:
        if _lies_in(span, left_alone):
            continue
        if not _is_shown(span, shown, starts) or not _is_word(text, span):
            continue
        spelling = " ".join(_QUOTE_MARK.sub(" ", span.of(text)).split())
        name = retired.names.get(spelling) or retired.names[spelling[0].swapcase() + spelling[1:]]
        yield found(span, fix=replaced(span, name, safe=False), term=spelling, name=name)


@dataclass(frozen=True, slots=True)
class _Retired:
    """The retired spellings of a locale.

    Args:
        names: What to write instead, by spelling.
        pattern: Matches any of them, the longest first.
        clues: Texts of which each spelling holds at least one.
        reach: How far from a clue a spelling can begin or end.
    """

    names: Mapping[str, str]
    pattern: re.Pattern[str]
    clues: Sequence[str]
    reach: int

    def spans(self, text: str, start: int) -> Iterator[Span]:
        """Yield where a spelling stands, in the order of the text, from an offset on.

        A look around the clues takes a hundredth of the time of one at the whole text.
        """
        clues: list[int] = []
        for clue in self.clues:
            clues += _all(clue, text, start)
        clues.sort()
        for first, last in _stretches(clues, 2 * self.reach):
            begin = max(first - self.reach, start)
            for match in self.pattern.finditer(text, begin, last + self.reach):
                yield Span(match.start(), match.end())


def _stretches(offsets: Iterable[int], widest: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of offsets that follow each other closely."""
    first = last = -1
    for offset in offsets:
        if first >= 0 and offset - last > widest:
            yield first, last
            first = -1
        first, last = (first if first >= 0 else offset), offset
    if first >= 0:
        yield first, last


def _all(clue: str, text: str, start: int) -> Iterator[int]:
    at = text.find(clue, start)
    while at >= 0:
        yield at
        at = text.find(clue, at + len(clue))


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
    firsts = re.escape("".join(sorted({char for name in names for char in _cases(name[0])})))
    reach = 2 * max(map(len, names)) + _MOST_BLANKS
    return _Retired(
        names, re.compile(f"(?=[{firsts}])(?:{'|'.join(patterns)})"), _clues(names), reach
    )


_MOST_IN_PAGE = 100_000  # no real page comes near
_MOST_BLANKS = 40  # at the end of a line and the beginning of the next
_GAP = r"(?:[ \t\u00a0\u202f]+|[ \t]*\r?\n[ \t>]*)"
_QUOTE_MARK = re.compile(r"(?<=\n)[ \t>]+")


def _pattern(spelling: str, *, strict: bool) -> str:
    words = [re.escape(word) for word in spelling.split()]
    first = spelling[0]
    if not strict and first.lower() != first.upper() and len(first.swapcase()) == 1:
        words[0] = f"[{first}{first.swapcase()}]{re.escape(spelling.split()[0][1:])}"
    return _GAP.join(words)


def _cases(char: str) -> tuple[str, str]:
    """Return a character with its other case."""
    return char, char.swapcase()


def _clues(spellings: Iterable[str]) -> list[str]:
    """Return texts of which each spelling holds one: its last word, which is the rarest as a rule.

    A word that holds another one needs none of its own. The first letter of a spelling may be a
    capital or not, so it is no part of a clue.
    """
    clues: list[str] = []
    words = {(spelling[1:].split() or [spelling])[-1] for spelling in spellings}
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not any(clue in word for clue in clues):
            clues.append(word)
    return clues


def _is_shown(span: Span, shown: Sequence[Event], starts: Sequence[int]) -> bool:
    """Tell whether both ends of a part of the text stand in what readers see as text."""
    return all(
        (at := bisect_right(starts, offset) - 1) >= 0 and offset < shown[at].end
        for offset in (span.start, span.end - 1)
    )


_BESIDE = frozenset("/.@\\:=_-%#?")  # what a name in an address can stand beside
_ADDRESSES = ("://", "@", "\\", "www.")
_FILE_OR_KEY = re.compile(r"\.\w|[^\W_]_[^\W_]")


def _is_word(text: str, span: Span) -> bool:
    """Tell whether a spelling stands for itself: neither in a longer word nor in an address."""
    before, behind = text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1]
    if _joins(before) or _joins(behind):
        return False
    if before not in _BESIDE and behind not in _BESIDE:
        return True
    around = _around(text, span)
    return not (any(sign in around for sign in _ADDRESSES) or _FILE_OR_KEY.search(around))


def _joins(char: str) -> bool:
    """Tell whether a character beside a word is a part of it.

    Wide letters are those of scripts that write no blanks, so nothing can be said of them.
    """
    return char.isalnum() and unicodedata.east_asian_width(char) not in "WF"


_FURTHEST = 60  # characters that an address can reach beyond a name


def _around(text: str, span: Span) -> str:
    """Return what stands around a spelling without a blank between."""
    before = text[max(span.start - _FURTHEST, 0) : span.start].split()
    behind = text[span.end : span.end + _FURTHEST].split()
    left = before[-1] if before and not text[span.start - 1].isspace() else ""
    right = behind[0] if behind and not text[span.end].isspace() else ""
    return f"{left}{span.of(text)}{right}"


def _left_alone(subject: Subject) -> list[Span]:
    """Return the update summary, and values of labels and task rows that other rules tell."""
    page = subject.page
    uses = [
        *(use for block in page.label_blocks for label in block.labels for use in label.values),
        *(use for task in page.tasks for use in (*task.roles, *task.services)),
    ]
    spans = [use.span for use in uses if use.key is None or use.form == "deprecated"]
    if page.update_summary:
        spans.append(page.update_summary.table.span)
    return sorted(spans)


def _lies_in(span: Span, parts: Sequence[Span]) -> bool:
    at = bisect_right(parts, span.start, key=_start) - 1
    return at >= 0 and span.start < parts[at].end


def _start(span: Span) -> int:
    return span.start
