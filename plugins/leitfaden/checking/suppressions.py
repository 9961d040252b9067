"""Findings that a page's own comments ask not to be told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from leitfaden.checking.comments import Comment, Name, comments_of, lines
from leitfaden.checking.edits import replaced
from leitfaden.checking.finding import Found, found
from leitfaden.checking.registry import find_rule, guess_of
from leitfaden.contract import nearest
from leitfaden.model import Edit, Fix, Page, Span

if TYPE_CHECKING:
    from leitfaden.checking.facts import PageFacts

NO_REASON, UNUSED, UNKNOWN, UNCLOSED, UNCLEAR = "LF920", "LF921", "LF922", "LF923", "LF927"
OWN_CODES = frozenset((NO_REASON, UNUSED, UNKNOWN, UNCLOSED, UNCLEAR))

_VERBS = ("ignore", "ignore-start", "ignore-end", "ignore-file")
_MOST_GUESSES = 20  # on one page: a guess takes as long as all of a page's checks


class Ignored(NamedTuple):
    """A rule that is not told in a part of a page.

    Args:
        code: The rule.
        name: As the comment writes it.
        covers: The lines; None for the whole page.
    """

    code: str
    name: str
    covers: Span | None


class Suppression(NamedTuple):
    """A comment that asks for findings not to be told, and says why.

    Args:
        span: The comment.
        ignored: What it names.
        names: Where the names stand, if they can be written anew; None where that takes a person.
        removal: What to take away so that it is gone; empty where that takes a person.
    """

    span: Span
    ignored: tuple[Ignored, ...]
    names: Span | None = None
    removal: tuple[Span, ...] = ()


class FaultKind(StrEnum):
    """What can be wrong with such a comment."""

    NO_REASON = "no-reason"
    UNKNOWN = "unknown"
    NOT_IGNORABLE = "not-ignorable"
    NO_END = "no-end"
    NO_START = "no-start"
    NO_VERB = "no-verb"
    NO_RULE = "no-rule"


class Fault(NamedTuple):
    """Something wrong with a comment.

    Args:
        kind: What.
        span: Where.
        text: What it is about, as written.
        guess: What the writer probably meant.
    """

    kind: FaultKind
    span: Span
    text: str = ""
    guess: str | None = None


class Requests(NamedTuple):
    """What the comments of a page ask for, and what is wrong with them."""

    suppressions: tuple[Suppression, ...] = ()
    faults: tuple[Fault, ...] = ()


class Applied(NamedTuple):
    """Findings, parted by a page's comments.

    Args:
        kept: What is told, with what is said about comments that nothing is left for.
        suppressed: What is not told.
    """

    kept: list[Found]
    suppressed: list[Found]


def suppressions_of(page: Page) -> tuple[Suppression, ...]:
    """Return what the comments of a page ask not to be told.

    Only what counts: a comment that gives no reason, names no rule, or opens a region that is
    never closed, suppresses nothing.

    Args:
        page: The page.
    """
    return requests_of(page).suppressions


def requests_of(page: Page) -> Requests:
    """Return what the comments of a page ask for, and what is wrong with them.

    Args:
        page: The page.
    """
    comments = comments_of(page)
    # Of a page that cannot be read as it is, nothing else is told that could be suppressed.
    if not comments or not page.is_readable:
        return Requests()
    return _Reader(page).read(comments)


def apply(found: Iterable[Found], facts: PageFacts) -> Applied:
    """Take away the findings that the page's comments ask not to be told.

    Args:
        found: All findings on the page, of rules of all kinds; consequences already dropped.
        facts: What is known of the page.
    """
    found = list(found)
    if not facts.suppressions:
        return Applied(found, [])
    cover = _Cover(facts.suppressions)
    applied = Applied([], [])
    for one in found:
        hidden = one.code not in OWN_CODES and cover.holds(one.code, one.finding.span)
        (applied.suppressed if hidden else applied.kept).append(one)
    applied.kept.extend(_unused(facts.suppressions, applied.suppressed))
    return applied


class _Cover:
    """Where on a page which rule is not told."""

    def __init__(self, suppressions: Iterable[Suppression]) -> None:
        self._whole: set[str] = set()
        parts: dict[str, list[Span]] = {}
        for suppression in suppressions:
            for code, _, covers in suppression.ignored:
                if covers is None:
                    self._whole.add(code)
                else:
                    parts.setdefault(code, []).append(covers)
        self._parts = {code: _united(spans) for code, spans in parts.items()}

    def holds(self, code: str, span: Span) -> bool:
        """Tell whether a finding there is not told: it begins in lines that are covered."""
        if code in self._whole:
            return True
        parts = self._parts.get(code)
        if parts is None or span == Span(0, 0):  # a finding on the page as a whole
            return False
        index = bisect_right(parts, span.start, key=_start) - 1
        return index >= 0 and span.start < parts[index].end


def _start(span: Span) -> int:
    return span.start


def _united(spans: Iterable[Span]) -> list[Span]:
    united: list[Span] = []
    for span in sorted(spans):
        if united and span.start <= united[-1].end:
            united[-1] = united[-1].cover(span)
        else:
            united.append(span)
    return united


def _unused(suppressions: Sequence[Suppression], suppressed: Iterable[Found]) -> Iterable[Found]:
    """Yield a finding for each comment that names a rule which finds nothing there."""
    starts: dict[str, list[int]] = {}
    whole: set[str] = set()
    for code, finding in suppressed:
        if finding.span == Span(0, 0):
            whole.add(code)
        else:
            starts.setdefault(code, []).append(finding.span.start)
    for places in starts.values():
        places.sort()
    for suppression in suppressions:
        idle = [one for one in suppression.ignored if not _is_used(one, starts, whole)]
        if idle:
            names = ", ".join(f"`{one.name}`" for one in idle)
            fix = _without(suppression, idle)
            yield Found(UNUSED, found(suppression.span, fix=fix, rules=names))


def _is_used(one: Ignored, starts: Mapping[str, Sequence[int]], whole: set[str]) -> bool:
    places = starts.get(one.code, ())
    if one.covers is None:
        return bool(places) or one.code in whole
    index = bisect_left(places, one.covers.start)
    return index < len(places) and places[index] < one.covers.end


def _without(suppression: Suppression, idle: Sequence[Ignored]) -> Fix | None:
    """Return the fix that takes away a comment, or of the rules that it names the idle ones."""
    kept = [one.name for one in suppression.ignored if one not in idle]
    if not kept:
        edits = tuple(Edit(span, "") for span in suppression.removal)
        return Fix(edits) if edits else None
    return replaced(suppression.names, ", ".join(kept)) if suppression.names else None


class _Opened(NamedTuple):
    """A region whose end has not been seen: the comment, and the name in it."""

    comment: Comment
    name: Name


class _Reader:
    """Reads what the comments of one page mean."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._suppressions: list[Suppression] = []
        self._faults: list[Fault] = []
        self._guesses = _MOST_GUESSES
        self._open: dict[str, list[_Opened]] = {}
        self._ends: dict[int, list[tuple[Comment, Name, Span]]] = {}  # by where the region begins
        self._closes: dict[int, int] = {}  # how many names of regions a comment closes

    def read(self, comments: Sequence[Comment]) -> Requests:
        for comment in comments:
            self._take(comment)
        for opened in self._open.values():
            for comment, name in opened:
                self._fault(FaultKind.NO_END, comment.span, name.text)
        for comment in comments:
            if comment.verb == "ignore-start":
                self._region(comment)
        self._suppressions.sort(key=lambda one: one.span)
        self._faults.sort(key=lambda fault: fault.span)
        return Requests(tuple(self._suppressions), tuple(self._faults))

    def _take(self, comment: Comment) -> None:
        if comment.verb not in _VERBS:
            guess = nearest(comment.verb, _VERBS) if self._may_guess() else None
            self._fault(FaultKind.NO_VERB, comment.span, comment.verb, guess)
        elif comment.verb == "ignore-end":
            self._end(comment)
        elif not comment.names:
            self._fault(FaultKind.NO_RULE, comment.span)
        else:
            if not comment.reason:
                names = ", ".join(f"`{name.text}`" for name in comment.names)
                self._fault(FaultKind.NO_REASON, comment.span, names)
            self._begin(comment)

    def _begin(self, comment: Comment) -> None:
        ignored: list[Ignored] = []
        for name in _each_once(comment.names):
            code = self._code(name)
            if comment.verb == "ignore-start":
                if code not in OWN_CODES:
                    self._open.setdefault(_key(name), []).append(_Opened(comment, name))
            elif code and code not in OWN_CODES and comment.reason:
                # Where nothing follows, nothing is covered, so that it is told as unused.
                covers = comment.covers or Span(comment.span.end, comment.span.end)
                whole = comment.verb == "ignore-file"
                ignored.append(Ignored(code, name.text, None if whole else covers))
        self._add(comment, ignored, (comment.removal,), region=False)

    def _end(self, comment: Comment) -> None:
        keys = [(_key(name), name) for name in _each_once(comment.names)]
        if not comment.names:  # all that is open ends
            keys = [(key, self._open[key][-1].name) for key in self._open]
            if not keys:
                self._fault(FaultKind.NO_START, comment.span)
        for key, name in keys:
            if key not in self._open and find_rule(name.text) is None:
                key = self._misspelled(name)
            if key in self._open:
                self._close(key, comment)
            elif find_rule(name.text):
                self._fault(FaultKind.NO_START, comment.span, name.text)

    def _misspelled(self, name: Name) -> str:
        """Report a name that is no rule's, and return the key of what is meant."""
        guess = self._guess(name.text)
        self._fault(FaultKind.UNKNOWN, name.span, name.text, guess)
        rule = find_rule(guess) if guess else None
        return rule.code if rule else ""

    def _close(self, key: str, end: Comment) -> None:
        opened = self._open[key].pop()
        if not self._open[key]:
            del self._open[key]
        start = opened.comment
        span = lines(self._page, start.span.start, end.span.end)
        self._ends.setdefault(start.span.start, []).append((end, opened.name, span))
        self._closes[end.span.start] = self._closes.get(end.span.start, 0) + 1

    def _region(self, start: Comment) -> None:
        closed = self._ends.get(start.span.start, ())
        ignored: list[Ignored] = []
        for _, name, span in closed:
            rule = find_rule(name.text)
            if rule and start.reason:
                ignored.append(Ignored(rule.code, name.text, span))
        ends = {end.span.start: end for end, _, _ in closed}
        removal: tuple[Span | None, ...] = (None,)
        if len(ends) == 1 and len(closed) == len(_each_once(start.names)):
            ((at, end),) = ends.items()
            if self._closes[at] == len(closed):  # the end belongs to this beginning alone
                removal = (start.removal, end.removal)
        self._add(start, ignored, removal, region=True)

    def _add(
        self,
        comment: Comment,
        ignored: Sequence[Ignored],
        removal: Sequence[Span | None],
        *,
        region: bool,
    ) -> None:
        if not ignored:
            return
        spans = tuple(span for span in removal if span)
        names = comment.names[0].span.cover(comment.names[-1].span)
        all_of_it = len(ignored) == len(comment.names)
        self._suppressions.append(
            Suppression(
                comment.span,
                tuple(ignored),
                names if all_of_it and not region else None,
                spans if all_of_it and len(spans) == len(removal) else (),
            )
        )

    def _code(self, name: Name) -> str:
        """Return the code of a rule that is named; report a name that is none's."""
        rule = find_rule(name.text)
        if rule is None:
            self._fault(FaultKind.UNKNOWN, name.span, name.text, self._guess(name.text))
            return ""
        if rule.code in OWN_CODES:
            self._fault(FaultKind.NOT_IGNORABLE, name.span, name.text)
        return rule.code

    def _guess(self, text: str) -> str | None:
        return guess_of(text) if self._may_guess() else None

    def _may_guess(self) -> bool:
        self._guesses -= 1
        return self._guesses >= 0

    def _fault(self, kind: FaultKind, span: Span, text: str = "", guess: str | None = None) -> None:
        self._faults.append(Fault(kind, span, text, guess))


def _key(name: Name) -> str:
    """Return what a name has in common with the other ways to name the same rule."""
    rule = find_rule(name.text)
    return rule.code if rule else name.text.casefold()


def _each_once(names: Iterable[Name]) -> list[Name]:
    return list({_key(name): name for name in names}.values())
