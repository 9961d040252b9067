"""The fixes of a page: made together, read again, and only those kept that do what they say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from leitfaden.checking.engine import check_beside, check_page
from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract
from leitfaden.fixing.result import FixedPage, Reason, Refused, Repair, encoded
from leitfaden.fixing.splices import Offsets, Taken, line_end, splice, with_line_ends
from leitfaden.fixing.verify import Objection, State, objection
from leitfaden.model import DefectKind, Edit, Fix, Page, Span
from leitfaden.reading import PageReader

# A page that could not be read as it stands would not be written as it stands.
_UNREADABLE = frozenset((DefectKind.UNREADABLE, DefectKind.TOO_LARGE, DefectKind.NOT_UTF8))
# Fixes that overlap wait for the next round, and one fix may bring another to light.
_ROUNDS = 20
# How much text may be read again for one page, and how often at least: each reading tells which
# half of the fixes holds the one that is wrong, so that many wrong ones need many readings.
_CHARACTERS = 1_000_000
_READINGS = 6

Again: TypeAlias = "Callable[[PageFacts, Tree, Sequence[Found]], Iterable[Found]]"


def fix_page(
    page: Page,
    found: Sequence[Found],
    tree: Tree,
    contract: Contract,
    *,
    unsafe: bool = False,
    only: frozenset[str] = frozenset(),
    again: Again | None = None,
    reader: PageReader | None = None,
) -> FixedPage:
    """Fix a page. Never raises, and writes nothing.

    Args:
        page: The page.
        found: The findings to fix: not those that are suppressed or switched off.
        tree: All pages.
        contract: The playbook's contract.
        unsafe: Whether to make fixes that are to be looked at, too.
        only: The codes of the rules whose findings are fixed; all of them if empty.
        again: Returns which findings are to be fixed of the page as the first fixes have left it,
            given its facts, the tree, and all findings, consequences included; without it those of
            `found` that had to wait.
        reader: Reads pages by the contract.
    """
    fixer = _Fixer(tree, contract, reader or PageReader(contract), again)
    return fixer.fix(page, found, lambda fix: fix.safe or unsafe, only)


class _Fixer:
    def __init__(
        self, tree: Tree, contract: Contract, reader: PageReader, again: Again | None
    ) -> None:
        self._tree = tree
        self._contract = contract
        self._reader = reader
        self._again = again
        self._readings = 0

    def fix(
        self,
        page: Page,
        found: Sequence[Found],
        is_asked: Callable[[Fix], bool],
        only: frozenset[str],
    ) -> FixedPage:
        def wanted(found: Iterable[Found]) -> list[Found]:
            return [
                one
                for one in found
                if one.finding.fix and is_asked(one.finding.fix) and (not only or one.code in only)
            ]

        first = state = self._state(page)
        open_ = wanted(found)
        applied: list[Repair] = []
        refused: list[Refused] = []
        if not _is_readable(page):
            refused = [_refused(one, state, (Reason.UNREADABLE, "")) for one in open_]
            return FixedPage(page, page, state.facts, (), tuple(refused))
        self._readings = max(_CHARACTERS // (len(page.text) + 1), _READINGS)
        for _ in range(_ROUNDS):
            if not open_:
                break
            round_ = _Round(self, state)
            round_.run(open_)
            if not round_.accepted:
                refused += round_.refused
                open_ = round_.waiting
                continue
            applied += [Repair(one, state.facts.place(one.finding.span)) for one in round_.accepted]
            open_ = wanted(self._next(round_))
            refused = _not_found_again((*refused, *round_.refused), state.found)
            state = round_.after
        refused += [_refused(one, state, (Reason.UNSETTLED, "")) for one in open_]
        after = page if state is first else state.page
        return FixedPage(page, after, state.facts, tuple(applied), tuple(refused))

    def _next(self, round_: _Round) -> Iterable[Found]:
        after = round_.after
        if self._again:
            return self._again(after.facts, after.tree, after.found)
        return _still_there(round_)

    def _state(self, page: Page) -> State:
        facts, own = check_page(page, self._contract)
        tree = self._tree.with_page(facts, page)
        return State(page, facts, (*own, *check_beside(facts, tree)), tree)

    def read(self, before: Page, text: str, bom: bool) -> State | None:
        """Return a page with another text, or None if its bytes would not be read as that text."""
        try:
            data = encoded(text, bom)
        except UnicodeEncodeError:
            return None
        page = self._reader.read(data, path=before.path, locale=before.locale, page_id=before.id)
        if (page.text, page.bom) != (text, bom) or not _is_readable(page):
            return None
        return self._state(page)

    def may_read(self) -> bool:
        """Count a reading, and tell whether there may be one more."""
        self._readings -= 1
        return self._readings >= 0


class _Round:
    """Fixes that are made together, on one text.

    Args:
        fixer: Reads the results.
        before: The page as it is.
    """

    def __init__(self, fixer: _Fixer, before: State) -> None:
        self.before = before
        self.after = before
        self.accepted: list[Found] = []
        self.refused: list[Refused] = []
        self.waiting: list[Found] = []
        self._fixer = fixer
        self._edits: dict[int, tuple[Edit, ...]] = {}
        self._end = line_end(before.page.text)

    @property
    def offsets(self) -> Offsets:
        """Where the places of the text have gone to."""
        return Offsets(self._made(self.accepted))

    def run(self, wanted: Sequence[Found]) -> None:
        """Make as many of the fixes as can be made together and hold what they promise.

        Those that are to be looked at wait until all others are made.

        Args:
            wanted: The findings.
        """
        safe = [one for one in wanted if one.finding.fix and one.finding.fix.safe]
        if safe:
            self.waiting += [one for one in wanted if one.finding.fix and not one.finding.fix.safe]
        groups = [self._chosen(safe or wanted)]
        while groups:
            group = groups.pop()
            if not group:
                continue
            reason = self._try([*self.accepted, *group])
            if reason is None:
                self.accepted += group
            elif len(group) == 1 or reason[0] is Reason.UNSETTLED:
                self.refused += [_refused(one, self.before, reason) for one in group]
            else:
                half = len(group) // 2
                groups += group[half:], group[:half]

    def _chosen(self, wanted: Sequence[Found]) -> list[Found]:
        """Return those whose fixes do not overlap; the others wait."""
        length = len(self.before.page.text)
        taken = Taken(length)
        chosen = []
        for one in sorted(wanted, key=_order):
            assert one.finding.fix is not None
            edits = with_line_ends(one.finding.fix, self._end)
            self._edits[id(one.finding)] = edits
            if taken.take(edits):
                chosen.append(one)
            elif Taken(length).take(edits):
                self.waiting.append(one)
            else:
                self.refused.append(_refused(one, self.before, (Reason.IMPOSSIBLE, "")))
        return chosen

    def _made(self, fixes: Sequence[Found]) -> list[Edit]:
        edits = {edit for one in fixes for edit in self._edits[id(one.finding)]}
        return sorted(edits, key=lambda edit: edit.span)

    def _try(self, fixes: Sequence[Found]) -> Objection | None:
        if not self._fixer.may_read():
            return Reason.UNSETTLED, ""
        page = self.before.page
        edits = self._made(fixes)
        drops = any(one.finding.fix and one.finding.fix.drop_bom for one in fixes)
        after = self._fixer.read(page, splice(page.text, edits), page.bom and not drops)
        if after is None:
            return Reason.IMPOSSIBLE, ""
        reason = objection(self.before, after, fixes, edits)
        if reason is None:
            self.after = after
        return reason


def _is_readable(page: Page) -> bool:
    return all(defect.kind not in _UNREADABLE for defect in page.defects)


def _refused(one: Found, state: State, why: Objection) -> Refused:
    return Refused(one, state.facts.place(one.finding.span), *why)


def _not_found_again(refused: Iterable[Refused], found: Iterable[Found]) -> list[Refused]:
    """Return those that no rule has found: all others are tried again if they are still there."""
    known = {(code, finding.variant, finding.span) for code, finding in found}
    return [
        one
        for one in refused
        if (one.found.code, one.found.finding.variant, one.found.finding.span) not in known
    ]


def _order(one: Found) -> Span:
    fix = one.finding.fix
    return min((edit.span for edit in fix.edits), default=Span(0, 0)) if fix else Span(0, 0)


def _still_there(round_: _Round) -> list[Found]:
    """Return the findings of a round that were asked for and are still there behind it."""
    offsets = round_.offsets
    parts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for one in (*round_.waiting, *(refused.found for refused in round_.refused)):
        span = one.finding.span
        key = (one.code, one.finding.variant)
        part = (offsets.to_new(span.start), offsets.to_new(span.end))
        parts.setdefault(key, []).append(part)
    reach = {key: _reaching(sorted(spans)) for key, spans in parts.items()}
    return [one for one in round_.after.found if _is_reached(one, reach)]


def _reaching(parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return for each part, in the order of their starts, how far it and those before it reach."""
    reach: list[tuple[int, int]] = []
    for start, end in parts:
        reach.append((start, max(end, reach[-1][1] if reach else end)))
    return reach


def _is_reached(one: Found, reach: dict[tuple[str, str], list[tuple[int, int]]]) -> bool:
    parts = reach.get((one.code, one.finding.variant))
    if not parts:
        return False
    at = bisect_right(parts, one.finding.span.end, key=lambda part: part[0]) - 1
    return at >= 0 and parts[at][1] >= one.finding.span.start
