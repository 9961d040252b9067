"""A rule, and the decorators that make one of a function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias, TypedDict, Unpack

from leitfaden.checking.finding import Finding
from leitfaden.model import Confidence, Severity

if TYPE_CHECKING:
    from leitfaden.checking.facts import PageFacts
    from leitfaden.checking.subject import Subject
    from leitfaden.checking.tree import Tree

PageCheck: TypeAlias = "Callable[[Subject], Iterator[Finding]]"
TreeCheck: TypeAlias = "Callable[[PageFacts, Tree], Iterator[Finding]]"


@dataclass(frozen=True, slots=True)
class Wording:
    """How a finding is told; `{name}` stands for one of its values.

    Args:
        message: What is wrong, one sentence that names the thing.
        help: What to do about it, one sentence.
    """

    message: str
    help: str = ""


@dataclass(frozen=True, slots=True, eq=False)  # each is made once, and is the same as itself
class Rule:
    """What is checked, how much it matters, and how it is told and explained.

    Args:
        code: The stable code, such as `LF301`.
        name: What it is about, in kebab-case.
        severity: How much a finding matters unless the contract says otherwise.
        confidence: How sure a finding is.
        wordings: How findings are told, by variant; the first one's key is empty.
        notes: What stands at a related place, by key.
        explanation: Markdown: the headings *What it does, Why, Example, Use instead, Fix*.
        page_check: Looks at one page alone, or None.
        tree_check: Looks at one page beside all others, or None.
        yields_to: Codes whose finding in the same lines makes one of this rule a consequence.
        copied: Whether a translation takes the mistake over from its source, so that it is told
            once, at the source.
        repeats: Whether the same finding again on the same page is counted, not told again.
        fixable: `safe`, `unsafe`, or empty when no finding carries a fix.
        reshapes: The variants whose fix is to arrange the blocks that it touches otherwise, such
            as code that becomes a list; any other may change but the words that its edits touch.
        needs: Without any of these on a page, there is nothing to be found: kinds of defects, or
            texts. So most rules need not look at most pages.
        compares: Whether it compares the texts of a translation and of its source: a fix that makes
            one of them readable may bring to light what it finds, and is not to blame for that.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    wordings: Mapping[str, Wording]
    notes: Mapping[str, str]
    explanation: str
    page_check: PageCheck | None = None
    tree_check: TreeCheck | None = None
    yields_to: frozenset[str] = field(default=frozenset())
    copied: bool = False
    repeats: bool = False
    fixable: str = ""
    reshapes: frozenset[str] = field(default=frozenset())
    needs: frozenset[str] = field(default=frozenset())
    compares: bool = False


class Options(TypedDict, total=False):
    """What the decorators take beside a rule's code, name and first wording; see `Rule`.

    Args:
        severity: An error, unless it says otherwise.
        confidence: Certain, unless it says otherwise.
        variants: Further wordings by key.
        notes: What stands at a related place, by key.
        yields_to: Codes of the rules that tell the cause.
        copied: Whether a translation takes the mistake over from its source.
        repeats: Whether the same finding again on the same page is counted, not told again.
        fixable: `safe` or `unsafe`, if findings carry fixes.
        reshapes: The variants whose fix arranges blocks otherwise; True for all.
        needs: Kinds of defects or texts, without any of which there is nothing to be found.
        compares: Whether it compares the texts of a translation and of its source.
    """

    severity: Severity
    confidence: Confidence
    variants: Mapping[str, Wording]
    notes: Mapping[str, str]
    yields_to: tuple[str, ...]
    copied: bool
    repeats: bool
    fixable: str
    reshapes: bool | tuple[str, ...]
    needs: tuple[str, ...]
    compares: bool


def page_rule(
    code: str, name: str, message: str, help: str = "", **options: Unpack[Options]
) -> Callable[[PageCheck], Rule]:
    """Make a rule of a function that looks at one page.

    The function's docstring explains the rule; see `Rule` and `Options` for the arguments.
    """

    def made(check: PageCheck) -> Rule:
        rule = _rule(code, name, Wording(message, help), check.__doc__, options)
        return replace(rule, page_check=check)

    return made


def tree_rule(
    code: str, name: str, message: str, help: str = "", **options: Unpack[Options]
) -> Callable[[TreeCheck], Rule]:
    """Make a rule of a function that looks at one page beside all others.

    The function's docstring explains the rule; see `Rule` and `Options` for the arguments.
    """

    def made(check: TreeCheck) -> Rule:
        rule = _rule(code, name, Wording(message, help), check.__doc__, options)
        return replace(rule, tree_check=check)

    return made


def _rule(
    code: str, name: str, wording: Wording, explanation: str | None, options: Options
) -> Rule:
    wordings = {"": wording, **options.get("variants", {})}
    reshapes = options.get("reshapes", False)
    if isinstance(reshapes, bool):
        reshapes = tuple(wordings) if reshapes else ()
    return Rule(
        code=code,
        name=name,
        severity=options.get("severity", Severity.ERROR),
        confidence=options.get("confidence", Confidence.CERTAIN),
        wordings=wordings,
        notes=options.get("notes", {}),
        explanation=inspect.cleandoc(explanation or ""),
        yields_to=frozenset(options.get("yields_to", ())),
        copied=options.get("copied", False),
        repeats=options.get("repeats", False),
        fixable=options.get("fixable", ""),
        reshapes=frozenset(reshapes),
        needs=frozenset(options.get("needs", ())),
        compares=options.get("compares", False),
    )


def told_elsewhere(
    code: str,
    name: str,
    explanation: str,
    wordings: Mapping[str, Wording] | None = None,
    *,
    severity: Severity = Severity.ERROR,
    fixable: str = "",
) -> Rule:
    """Return a rule that no function of its own checks: findings are made in another place.

    Args:
        code: The stable code.
        name: What it is about, in kebab-case.
        explanation: Markdown, as in the docstring of other rules.
        wordings: How findings are told, by variant; None where another room words them.
        severity: How much a finding matters.
        fixable: `safe` or `unsafe`, if findings carry fixes.
    """
    return Rule(
        code=code,
        name=name,
        severity=severity,
        confidence=Confidence.CERTAIN,
        wordings=wordings or {},
        notes={},
        explanation=inspect.cleandoc(explanation),
        fixable=fixable,
    )
