"""What of all findings is told: causes, not consequences, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from leitfaden.checking.engine import check_beside, without_consequences, without_copies
from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found
from leitfaden.checking.registry import all_rules
from leitfaden.checking.severities import severity_of
from leitfaden.checking.suppressions import apply
from leitfaden.checking.tree import Tree
from leitfaden.checking.wording import diagnostic
from leitfaden.model import Diagnostic


class Judge:
    """Decides for each page of a tree which findings count.

    Args:
        tree: What is known of all pages.
        own: Returns what the rules that look at one page alone found on a page.
    """

    def __init__(self, tree: Tree, own: Callable[[PageFacts], Sequence[Found]]) -> None:
        self._tree = tree
        self._own = own
        self._found: dict[str, list[Found]] = {}

    @classmethod
    def of_findings(cls, tree: Tree, found: Mapping[str, list[Found]]) -> Judge:
        """Return a judge of findings that are all known, by the path of their page."""
        judge = cls(tree, lambda facts: found[facts.path])
        judge._found.update(found)
        return judge

    def findings(self, facts: PageFacts) -> list[Found]:
        """Return all that is wrong with a page: consequences are dropped, nothing else."""
        if facts.path not in self._found:
            found = [*self._own(facts), *check_beside(facts, self._tree)]
            self._found[facts.path] = without_consequences(found, facts)
        return self._found[facts.path]

    def wanted(self, facts: PageFacts) -> list[Found]:
        """Return the findings that nobody has suppressed or switched off: those to be fixed."""
        contract = self._tree.contract
        kept, _ = apply(self.findings(facts), facts)
        return [one for one in kept if severity_of(all_rules()[one.code], facts.path, contract)]

    def told(self, facts: PageFacts) -> list[Found]:
        """Return the findings that are told: without those that belong to the source page."""
        wanted = self.wanted(facts)
        source = self._tree.source_of(facts)
        return without_copies(wanted, self.findings(source)) if source else wanted

    def diagnostics(
        self, facts: PageFacts, told: Sequence[Found], language: str
    ) -> list[Diagnostic]:
        """Put findings into words, in the order of the text, each that repeats itself once.

        Args:
            facts: What is known of the page.
            told: Those of its findings that are told.
            language: The language of the messages.
        """
        rules = all_rules()
        diagnostics = [
            diagnostic(
                rules[first.code],
                first.finding,
                facts,
                severity=severity_of(rules[first.code], facts.path, self._tree.contract),
                language=language,
                again=[one.finding for one in again],
            )
            for first, *again in _grouped(told)
        ]
        return sorted(diagnostics, key=_order)


def _grouped(found: Sequence[Found]) -> list[list[Found]]:
    """Put findings of rules that repeat themselves together with their like."""
    rules = all_rules()
    groups: dict[object, list[Found]] = {}
    for index, one in enumerate(found):
        finding = one.finding
        key: object = index
        if rules[one.code].repeats:
            key = (one.code, finding.variant, tuple(sorted(finding.values.items())))
        groups.setdefault(key, []).append(one)
    for group in groups.values():
        group.sort(key=lambda one: one.finding.span)
    return list(groups.values())


def _order(one: Diagnostic) -> tuple[int, int, str, str]:
    start = one.place.start
    return (start.line, start.column, one.code, one.message) if start else (0, 0, one.code, "")
