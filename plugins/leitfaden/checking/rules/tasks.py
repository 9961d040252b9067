"""Tasks: what their rows say, on one page, on several, and in each language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TypeAlias

from leitfaden.checking.edits import deleted, replaced
from leitfaden.checking.facts import PageFacts, TaskFact
from leitfaden.checking.finding import Elsewhere, Finding, found, shortened
from leitfaden.checking.rule import Wording, page_rule, tree_rule
from leitfaden.checking.subject import Subject
from leitfaden.checking.terms import reworded
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract, fold
from leitfaden.contract.term import Term
from leitfaden.contract.vocabulary import Vocabulary
from leitfaden.model import Defect, DefectKind, Fix, Row, Severity, Span, Task, TermUse

_DIGITS = re.compile(r"[0-9]{3,5}")
_LONGEST = 40  # characters of a cell in which an ID is looked for
_MARKUP = frozenset("*_`[]<>\\|&~")
_RELATED = 5  # places that a finding names at most
# A row whose cells stand in the wrong columns says nothing else for certain.
_MALFORMED = ("LF309", "LF310", "LF314")


@page_rule(
    "LF301",
    "task-id-format",
    "“{text}” is no task ID.",
    "Write the three to five digits of the ID and nothing else.",
    variants={
        "missing": Wording(
            "A row of the task table has no task ID.",
            "Put the ID into its first cell.",
        ),
    },
    yields_to=("LF310",),
    copied=True,
    fixable="safe",
    reshapes=True,
    needs=(DefectKind.TASK_ID_INVALID,),
)
def task_id_format(subject: Subject) -> Iterator[Finding]:
    """Report a row of a task table that does not begin with a task ID.

    ## What it does
    Looks at the first cell of each row: an ID has three to five digits, and nothing else stands
    beside it. It may be a link.

    ## Why
    A row without an ID is no task. It is missing from search, from the task's page and from all
    lists, and nobody finds it in FTOP.

    ## Example
    ```markdown
    | #4047 | Plan the workshop | M | SME | Teams |
    ```

    ## Use instead
    ```markdown
    | 4047 | Plan the workshop | M | SME | Teams |
    ```

    ## Fix
    Safe: punctuation around the digits is removed. Everything else is for the writer to look up.
    """
    for task_table in subject.page.task_tables:
        for row in task_table.table.rows:
            for defect in row.defects:
                if defect.kind is DefectKind.TASK_ID_INVALID:
                    yield _no_id(subject, row, defect)


def _no_id(subject: Subject, row: Row, defect: Defect) -> Finding:
    if not defect.detail:
        filled = next((cell.span for cell in row.cells if cell.text), row.span)
        return found(filled, "missing")
    digits = _digits_in(defect.detail)
    fix = _within(subject.text, defect.span, defect.detail, digits) if digits else None
    return found(defect.span, text=defect.detail, guess=digits, fix=fix)


def _digits_in(text: str) -> str | None:
    """Return the ID in a text that holds nothing but punctuation and invisible marks around it."""
    if len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text)
    marked = "".join(char if char.isalnum() else " " for char in plain if not _is_invisible(char))
    return marked.strip() if _DIGITS.fullmatch(marked.strip()) else None


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


@page_rule(
    "LF302",
    "task-repeated",
    "Task {id} stands twice in the same step.",
    "Remove one of the rows, or correct its ID.",
    notes={"": "Task {id} stands here for the first time."},
    yields_to=("LF309",),
    copied=True,
    fixable="safe",
    reshapes=True,
)
def task_repeated(subject: Subject) -> Iterator[Finding]:
    """Report a task that stands twice in the same table or step.

    ## What it does
    Looks for the same ID twice in a table, or in two tables of the same step for the same role.
    The same task in several steps and on several pages is fine.

    ## Why
    Either a row was copied and its ID forgotten, and then a task is missing; or the same work is
    counted twice.

    ## Example
    ```markdown
    | 3070 | Create the checklist | M | FastTrack Engineer | Core Onboarding |
    | 3070 | Review the checklist | M | FastTrack Engineer | Core Onboarding |
    ```

    ## Use instead
    ```markdown
    | 3070 | Create the checklist | M | FastTrack Engineer | Core Onboarding |
    | 1049 | Review the checklist | M | FastTrack Engineer | Core Onboarding |
    ```

    ## Fix
    Safe: a row that repeats an earlier one of its table word for word is removed. Otherwise none:
    look up which ID is meant.
    """
    page = subject.page
    ids = [task.id for table in page.task_tables for task in table.tasks]
    if len(set(ids)) == len(ids):
        return
    steps = {table.span: step.span for step in page.steps for table in step.task_tables}
    first: dict[tuple[Span, str, tuple[str, ...]], tuple[Span, Task]] = {}
    for task_table in page.task_tables:
        table = task_table.table
        in_table: dict[str, Task] = {}
        for task in task_table.tasks:
            key = (steps.get(table.span, table.span), task.id, task.role_keys)
            earlier = in_table.setdefault(task.id, task)
            if earlier is task:
                earlier = first.setdefault(key, (table.span, task))[1]
                rows = None
            else:
                rows = table.rows[earlier.row], table.rows[task.row]
            if earlier is not task:
                same = rows and [c.text for c in rows[0].cells] == [c.text for c in rows[1].cells]
                fix = _without_line(subject, rows[1].span) if rows and same else None
                here = Elsewhere(page.place(earlier.span), values={"id": task.id})
                yield found(task.span, related=(here,), fix=fix, id=task.id)


def _without_line(subject: Subject, row: Span) -> Fix:
    text = subject.text
    start = text.rfind("\n", 0, row.start) + 1
    end = text.find("\n", row.end) + 1
    return deleted(Span(start, end or len(text)))


@page_rule(
    "LF304",
    "requirement-letter",
    "“{text}” is no letter for a task's requirement.",
    "Use {letters}.",
    variants={
        "foreign": Wording(
            "“{text}” is the letter of another language ({language}): here it is “{letter}”.",
            "Use “{letter}”.",
        ),
        "spelled": Wording(
            "The requirement is written as “{text}”, not as “{letter}”.", "Use the letter."
        ),
    },
    yields_to=(*_MALFORMED, "LF507"),
    repeats=True,
    fixable="safe",
)
def requirement_letter(subject: Subject) -> Iterator[Finding]:
    """Report a requirement that is not written with the letter of the page's language.

    ## What it does
    Compares the requirement of each task with the letters of the locale: English has `M` and `O`,
    German has `E` and `O`.

    ## Why
    Readers look for the letters that the column's header explains. A letter of another language
    was forgotten when the row was translated; an unknown one leaves open whether the task must be
    done.

    ## Example
    On a German page:

    ```markdown
    | 4047 | Workshop planen | M | SME | Teams |
    ```

    ## Use instead
    ```markdown
    | 4047 | Workshop planen | E | SME | Teams |
    ```

    ## Fix
    Safe: the letter of another language, or the word, is replaced by the letter of the page's
    language. None for an unknown letter.
    """
    letters = subject.contract.locales[subject.locale].requirement
    for task_table in subject.page.task_tables:
        for task in task_table.tasks:
            use = task.requirement_use
            if use is None:
                continue
            wanted = letters.get(use.key) if use.key else None
            if use.text != wanted and not _is_blank(use.text):
                yield from _letter(subject, use, wanted)


def _letter(subject: Subject, use: TermUse, wanted: str | None) -> Iterator[Finding]:
    contract = subject.contract
    letters = contract.locales[subject.locale].requirement
    if use.key is None:
        spelled = contract.requirements.nearest(use.text, subject.locale)
        match = contract.requirement(spelled, subject.locale) if spelled else None
        guess = letters.get(match.key) if match else None
        names = (term.name(subject.locale) for term in contract.requirements.values())
        shown = " / ".join(letters.values() or names)
        yield found(use.span, guess=guess, text=use.text, letters=shown)
    elif wanted is not None:
        fix = _within(subject.text, use.span, use.text, wanted)
        if use.locale == subject.locale:
            yield found(use.span, "spelled", text=use.text, letter=wanted, fix=fix)
        else:
            yield found(
                use.span,
                "foreign",
                text=use.text,
                letter=wanted,
                language=contract.locales[use.locale].name,
                fix=fix if _means_one_thing(contract, use) else None,
            )


def _means_one_thing(contract: Contract, use: TermUse) -> bool:
    """Tell whether no other language has the letter with another meaning."""
    meant = {
        key
        for locale in contract.locales.values()
        for key, letter in locale.requirement.items()
        if fold(letter) == fold(use.text)
    }
    return len(meant) <= 1


@page_rule(
    "LF305",
    "role-unknown",
    "The contract knows no role “{role}”.",
    "Use the name of a role, or add this one to the contract.",
    yields_to=_MALFORMED,
    copied=True,
    repeats=True,
    fixable="unsafe",
    needs=(DefectKind.ROLE_UNKNOWN,),
)
def role_unknown(subject: Subject) -> Iterator[Finding]:
    """Report a role in a task table that the contract does not know.

    ## What it does
    Looks up each role of each task among the names and aliases of the roles, in all languages.

    ## Why
    The task is missing from the role's page and from its checklist, so nobody does it.

    ## Example
    ```markdown
    | 4047 | Plan the workshop | M | FastTrack Maneger | Teams |
    ```

    ## Use instead
    ```markdown
    | 4047 | Plan the workshop | M | FastTrack Manager | Teams |
    ```

    ## Fix
    Unsafe: the name is replaced by the role that is spelled almost the same.
    """
    for _, use in _unknown(subject, DefectKind.ROLE_UNKNOWN):
        guess = subject.contract.roles.nearest(use.text, subject.locale)
        yield found(use.span, guess=guess, role=use.text, fix=_guessed(subject, use, guess))


@page_rule(
    "LF307",
    "service-unknown",
    "The contract knows no service “{service}”.",
    "Use the name of a service, or add this one to the contract.",
    yields_to=_MALFORMED,
    copied=True,
    repeats=True,
    fixable="unsafe",
    needs=(DefectKind.SERVICE_UNKNOWN,),
)
def service_unknown(subject: Subject) -> Iterator[Finding]:
    """Report a service in a task table that the contract does not know.

    ## What it does
    Looks up each service of each task among the names and aliases of the services, in all
    languages.

    ## Why
    The task is missing from the service's page and from the finder as soon as somebody filters by
    service.

    ## Example
    ```markdown
    | 4047 | Plan the workshop | M | SME | Sharepiont |
    ```

    ## Use instead
    ```markdown
    | 4047 | Plan the workshop | M | SME | SharePoint |
    ```

    ## Fix
    Unsafe: the name is replaced by the service that is spelled almost the same.
    """
    for _, use in _unknown(subject, DefectKind.SERVICE_UNKNOWN):
        guess = subject.contract.services.nearest(use.text, subject.locale)
        yield found(use.span, guess=guess, service=use.text, fix=_guessed(subject, use, guess))


def _unknown(subject: Subject, kind: DefectKind) -> Iterator[tuple[Task, TermUse]]:
    for task_table in subject.page.task_tables:
        for task in task_table.tasks:
            uses = task.roles if kind is DefectKind.ROLE_UNKNOWN else task.services
            for use in uses:
                if use.key is None and not _is_blank(use.text):
                    yield task, use


def _guessed(subject: Subject, use: TermUse, guess: str | None) -> Fix | None:
    return _renamed(subject.text, use, guess, safe=False) if guess else None


@page_rule(
    "LF306",
    "role-abbreviated",
    "“{text}” is an abbreviation of the role “{name}”.",
    "Write the role's name.",
    severity=Severity.NOTICE,
    variants={
        "retired": Wording(
            "“{text}” is a retired name of the role “{name}”.", "Write the role's name."
        ),
        "foreign": Wording(
            "“{text}” is the name of the role “{name}” in another language ({language}).",
            "Write its name in the language of the page.",
        ),
    },
    yields_to=(*_MALFORMED, "LF507"),
    repeats=True,
    fixable="safe",
)
def role_abbreviated(subject: Subject) -> Iterator[Finding]:
    """Report a role in a task table by another name than its own.

    ## What it does
    Looks for abbreviations, retired names and names in another language. Aliases that are written
    out are fine.

    ## Why
    Tables where one row says *FE* and the next *FastTrack Engineer* read as if these were two
    roles; new partners don't know the abbreviations, and screen readers spell them.

    ## Example
    ```markdown
    | 4068 | Enable analytics | M | FE | Windows 10 |
    ```

    ## Use instead
    ```markdown
    | 4068 | Enable analytics | M | FastTrack Engineer | Windows 10 |
    ```

    ## Fix
    Safe: the role's name in the page's language takes its place.
    """
    for task_table in subject.page.task_tables:
        for task in task_table.tasks:
            for use in task.roles:
                if use.key and (use.form != "name" or use.locale != subject.locale):
                    variant = "retired" if use.form == "deprecated" else _abbreviated(use)
                    yield from _renaming(subject, use, subject.contract.roles, variant)


def _abbreviated(use: TermUse) -> str | None:
    return "" if use.text.isupper() else None


@page_rule(
    "LF308",
    "service-form",
    "“{text}” is a retired name of the service “{name}”.",
    "Write its name of today.",
    severity=Severity.WARNING,
    variants={
        "foreign": Wording(
            "“{text}” is the name of the service “{name}” in another language ({language}).",
            "Write its name in the language of the page.",
        ),
    },
    yields_to=(*_MALFORMED, "LF507"),
    repeats=True,
    fixable="safe",
)
def service_form(subject: Subject) -> Iterator[Finding]:
    """Report a service in a task table by a retired name, or by its name in another language.

    ## What it does
    Looks for spellings that the contract calls deprecated, and for names of another locale.
    Aliases are fine.

    ## Why
    Customers know the product by its name of today, and readers of one language don't look for the
    name in another.

    ## Example
    ```markdown
    | 3738 | Deliver the pitch | M | FastTrack Manager | Office 365 ProPlus |
    ```

    ## Use instead
    ```markdown
    | 3738 | Deliver the pitch | M | FastTrack Manager | Microsoft 365 Apps |
    ```

    ## Fix
    Safe: the service's name in the page's language takes its place.
    """
    for task_table in subject.page.task_tables:
        for task in task_table.tasks:
            for use in task.services:
                if use.key and (use.form != "name" or use.locale != subject.locale):
                    retired = "" if use.form == "deprecated" else None
                    yield from _renaming(subject, use, subject.contract.services, retired)


def _renaming(
    subject: Subject, use: TermUse, vocabulary: Vocabulary[Term], variant: str | None
) -> Iterator[Finding]:
    """Report a spelling of another language, and one of the page's own if it has a variant."""
    name = vocabulary[use.key or ""].name(subject.locale)
    fix = _renamed(subject.text, use, name)
    if use.locale != subject.locale:
        language = subject.contract.locales[use.locale].name
        yield found(use.span, "foreign", text=use.text, name=name, language=language, fix=fix)
    elif variant is not None:
        yield found(use.span, variant, text=use.text, name=name, fix=fix)


def _renamed(text: str, use: TermUse, name: str, *, safe: bool = True) -> Fix | None:
    if _MARKUP.isdisjoint(use.span.of(text)):
        return replaced(use.span, name, safe=safe)
    return None


def _within(text: str, span: Span, shown: str, instead: str) -> Fix | None:
    """Return the fix that replaces the text of a cell and leaves the mark-up around it."""
    source = span.of(text)
    if source.count(shown) != 1:
        return None
    at = span.start + source.index(shown)
    return replaced(Span(at, at + len(shown)), instead)


def _is_blank(text: str) -> bool:
    """Tell whether a cell says nothing, as one with but a dash does."""
    return not any(char.isalnum() for char in text)


@page_rule(
    "LF316",
    "task-incomplete",
    "Task {id} has no name.",
    "Say what is to be done.",
    severity=Severity.WARNING,
    variants={
        "requirement": Wording(
            "Task {id} does not say whether it is mandatory or optional.",
            "Fill in one of the letters that the column's header explains.",
        ),
        "role": Wording("Task {id} does not say who does it.", "Fill in the role."),
        "services": Wording(
            "Task {id} does not say which services it is for.",
            "Fill in the services, or that it is for all of them.",
        ),
        "empty": Wording(
            "The row of task {id} says nothing about it.", "Fill in its cells, or remove the row."
        ),
    },
    yields_to=("LF301", *_MALFORMED),
    copied=True,
)
def task_incomplete(subject: Subject) -> Iterator[Finding]:
    """Report a task without a name, a requirement, a role or services.

    ## What it does
    Looks for empty cells in the rows of task tables, and for cells with but a dash. Tables without
    a column of services are fine.

    ## Why
    Who filters by role or service doesn't find the task; and who reads it doesn't know whether to
    do it.

    ## Example
    ```markdown
    | 4047 | Plan the workshop | M |  | Teams |
    ```

    ## Use instead
    ```markdown
    | 4047 | Plan the workshop | M | SME | Teams |
    ```

    ## Fix
    None: fill in what is missing; the task's entry in FTOP says it.
    """
    for task_table in subject.page.task_tables:
        columns = task_table.table.columns
        for task in task_table.tasks:
            if _is_complete(task):
                continue
            lacking = [column for column in _unfilled(task) if column in columns]
            if len(lacking) == len(columns) - 1 > 1:
                lacking = ["empty"]
            for column in lacking:
                variant = "" if column == "task-name" else column
                yield found(task.id_cell.span, variant, id=task.id)


def _is_complete(task: Task) -> bool:
    """Tell at a glance, as for nearly all tasks, that nothing is missing."""
    return bool(
        task.requirement
        and task.roles
        and task.roles[0].key
        and task.services
        and task.services[0].key
        and task.name.text[:1].isalnum()
    )


def _unfilled(task: Task) -> Iterator[str]:
    if _is_blank(task.name.text):
        yield "task-name"
    if task.requirement_use is None or _is_blank(task.requirement_use.text):
        yield "requirement"
    if all(_is_blank(use.text) for use in task.roles):
        yield "role"
    if all(_is_blank(use.text) for use in task.services):
        yield "services"


Statement: TypeAlias = tuple[PageFacts, TaskFact]
_Said: TypeAlias = "str | frozenset[str]"

_SAME = "Let both rows say the same."
_TIE = "The rows disagree {counts}: look up in FTOP which of them is right."


@tree_rule(
    "LF303",
    "task-conflict",
    "Task {id} is called “{text}” here, but “{other}” on the page `{page}`.",
    _SAME,
    severity=Severity.WARNING,
    variants={
        "role": Wording(
            "Task {id} is for the role {text} here, but for {other} on the page `{page}`.",
            _SAME,
        ),
        "services": Wording(
            "Task {id} is for {text} here, but for {other} on the page `{page}`.",
            _SAME,
        ),
        "requirement": Wording(
            "Task {id} is marked “{text}” here, but “{other}” on the page `{page}`.",
            _SAME,
        ),
        "tie": Wording(
            "Task {id} is called “{text}” here, but “{other}” on the page `{page}`.",
            _TIE,
        ),
        "role-tie": Wording(
            "Task {id} is for the role {text} here, but for {other} on the page `{page}`.",
            _TIE,
        ),
        "services-tie": Wording(
            "Task {id} is for {text} here, but for {other} on the page `{page}`.",
            _TIE,
        ),
        "requirement-tie": Wording(
            "Task {id} is marked “{text}” here, but “{other}” on the page `{page}`.",
            _TIE,
        ),
    },
    notes={
        "": "Task {id}: “{other}”.",
        "same": "Task {id}: “{text}”, as here.",
    },
    yields_to=("LF302", *_MALFORMED, "LF505"),
    copied=True,
)
def task_conflict(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a task about which two pages of one language say different things.

    ## What it does
    Compares all rows with the same ID: the name, the requirement, the roles and the services.
    Aliases count as the name that they stand for; dashes, quotation marks and capitals make no
    difference. What most rows say is taken for right. Where there is no majority, help says how
    many say what, and the row is compared with a page of a kind of which the contract requires
    sections, if there is one.

    ## Why
    A task has one name and one entry in FTOP. If two pages differ, one of them is outdated, and
    readers who have seen both take it for two tasks.

    ## Example
    On one page and on another:

    ```markdown
    | 4033 | Phased deployment | O | SME | Windows 10 |
    | 4033 | Phased deployments | O | SME | Windows 10, Intune |
    ```

    ## Use instead
    ```markdown
    | 4033 | Phased deployment | O | SME | Windows 10, Intune |
    | 4033 | Phased deployment | O | SME | Windows 10, Intune |
    ```

    ## Fix
    None: look up in FTOP which of the pages is right.
    """
    yield from tree.once(_Conflicts).on(facts)


class _Conflicts:
    """What contradicts another page; each task is looked at once, when a page that has it asks.

    Args:
        tree: All pages.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._source_names = tree.once(_SourceNames).of
        self._found: dict[tuple[str, str], Mapping[str, Sequence[Finding]]] = {}
        self._untranslated: dict[str, bool] = {}

    def on(self, facts: PageFacts) -> Iterator[Finding]:
        """Yield what a page is told of: of two that differ, only one is."""
        for task_id in dict.fromkeys(task.id for task in facts.tasks):
            key = facts.locale, task_id
            if key not in self._found:
                self._found[key] = self._by_path(*key)
            yield from self._found[key].get(facts.path, ())

    def _by_path(self, locale: str, task_id: str) -> Mapping[str, Sequence[Finding]]:
        stated = self._tree.stated(task_id, locale)
        found: dict[str, list[Finding]] = {}
        if len(stated) > 1:
            named = stated
            if locale != self._tree.contract.source:
                names = self._source_names(task_id)
                named = tuple(
                    (page, task)
                    for page, task in stated
                    if task.name not in names and not self._is_untranslated(page)
                )
            for path, finding in _contradictions(self._tree.contract, stated, named):
                found.setdefault(path, []).append(finding)
        return found

    def _is_untranslated(self, page: PageFacts) -> bool:
        """Tell whether most tasks of a page have the names that they have in the source locale."""
        if page.path not in self._untranslated:
            same = sum(task.name in self._source_names(task.id) for task in page.tasks)
            self._untranslated[page.path] = 2 * same > len(page.tasks)
        return self._untranslated[page.path]


class _SourceNames:
    """The names of tasks in the source locale."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._names: dict[str, frozenset[str]] = {}

    def of(self, task_id: str) -> frozenset[str]:
        """Return the names of a task."""
        if task_id not in self._names:
            stated = self._tree.stated(task_id, self._tree.contract.source)
            self._names[task_id] = frozenset(task.name for _, task in stated)
        return self._names[task_id]


def _contradictions(
    contract: Contract, stated: Sequence[Statement], named: Sequence[Statement]
) -> Iterator[tuple[str, Finding]]:
    """Yield what differs in a task's rows, with the path of the page that is told so.

    Args:
        contract: The names of roles and services.
        stated: The rows.
        named: Those of them whose name is in the language of the page.
    """
    for variant, written, key in _FACTS:
        first = written(stated[0][1])
        if all(written(task) == first for _, task in stated):
            continue
        groups: dict[_Said, list[Statement]] = {}
        rows = named if not variant else _by_page(stated) if variant == "role" else stated
        for page, task in rows:
            said = key(task)
            if said:
                groups.setdefault(said, []).append((page, task))
        if len(groups) > 1:
            ranked = sorted(groups.values(), key=partial(_weight, contract), reverse=True)
            for group in ranked[1:]:
                yield group[0][0].path, _contradiction(contract, variant, ranked, group)


def _weight(contract: Contract, group: Sequence[Statement]) -> tuple[int, int]:
    """Return how much speaks for what some rows say: their number, then the kinds of their pages.

    Pages of which the contract requires something are the plan, all others tell of it.
    """
    required = {kind for section in contract.sections.values() for kind in section.required_in}
    return len(group), sum(page.kind in required for page, _ in group)


def _by_page(stated: Sequence[Statement]) -> Iterator[Statement]:
    """Yield one row for each page: one that gives a task to several roles has them all."""
    pages: dict[str, Statement] = {}
    for page, task in stated:
        if page.path in pages:
            first = pages[page.path][1]
            roles = tuple(sorted({*first.roles, *task.roles}))
            task = first._replace(roles=roles, whole=first.whole and task.whole)
        pages[page.path] = page, task
    yield from pages.values()


def _contradiction(
    contract: Contract,
    variant: str,
    ranked: Sequence[Sequence[Statement]],
    group: Sequence[Statement],
) -> Finding:
    page, task = group[0]
    right = max(ranked[0], key=lambda row: _weight(contract, (row,)))
    text = _said(contract, variant, task, page.locale)
    other = _said(contract, variant, right[1], page.locale)
    values = {"id": task.id, "text": shortened(text), "other": shortened(other)}
    related = [Elsewhere(right[0].place(_cell(right[1], variant)), values=values)]
    related += [Elsewhere(p.place(_cell(t, variant)), "same", values) for p, t in group[1:_RELATED]]
    tied = len(ranked[0]) == len(ranked[1])
    return found(
        _cell(task, variant),
        f"{variant}-tie".lstrip("-") if tied else variant,
        related=related,
        alike=f"{task.id}: {text} / {other} / {right[0].id}",
        id=task.id,
        text=text,
        other=other,
        page=right[0].id,
        counts=" : ".join(str(len(rows)) for rows in ranked),
    )


def _cell(task: TaskFact, variant: str) -> Span:
    """Return where a fact of a task stands."""
    spans = {
        "": task.name_span,
        "role": task.roles_span,
        "services": task.services_span,
        "requirement": task.requirement_span,
    }
    return spans[variant]


def _said(contract: Contract, variant: str, task: TaskFact, locale: str) -> str:
    if variant == "role":
        return _names(contract.roles, task.roles, locale)
    if variant == "services":
        return _names(contract.services, task.services, locale)
    if variant == "requirement":
        return contract.locales[locale].requirement.get(task.requirement, task.requirement)
    return task.name


def _names(vocabulary: Vocabulary[Term], keys: Iterable[str], locale: str) -> str:
    return ", ".join(vocabulary[key].name(locale) for key in keys)


def _plain(name: str) -> str:
    """Return what counts of a task's name when two pages are compared."""
    kinds = ((char, unicodedata.category(char)) for char in fold(name))
    return "".join("-" if kind == "Pd" else char for char, kind in kinds if kind not in _QUOTES)


_QUOTES = frozenset(("Pi", "Pf"))


def _known(keys: tuple[str, ...], task: TaskFact) -> frozenset[str]:
    return frozenset(keys if task.whole else ())


# What two rows can differ in: the variant of the message, what is written, and what is meant.
_FACTS: tuple[tuple[str, Callable[[TaskFact], object], Callable[[TaskFact], _Said]], ...] = (
    ("", attrgetter("name"), lambda task: _plain(task.name)),
    ("role", attrgetter("roles"), lambda task: _known(task.roles, task)),
    ("services", attrgetter("services"), lambda task: _known(task.services, task)),
    ("requirement", attrgetter("requirement"), lambda task: task.requirement),
)


@tree_rule(
    "LF504",
    "task-missing-in-translation",
    "Task {ids} of the source page is missing here.",
    "Add its row.",
    severity=Severity.NOTICE,
    variants={
        "several": Wording(
            "The tasks {ids} of the source page are missing here.",
            "Add their rows.",
        ),
    },
    notes={
        "": "Task {id} on the source page.",
        "locale": "The same in the locale `{locale}`.",
    },
    yields_to=("LF301", "LF309", "LF310"),
)
def task_missing_in_translation(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report tasks of the source page that its translation lacks.

    ## What it does
    Compares the IDs on a translated page with those on its source page. The finding stands at the
    row behind which the missing ones belong.

    ## Why
    Readers of the translation don't learn of the task. The translation is behind; nothing that
    stands there is wrong.

    ## Example
    The source page, and the translated one:

    ```markdown
    | 3070 | Create the checklist | M | FastTrack Engineer | Core Onboarding |
    | 1049 | Review the checklist | M | FastTrack Engineer | Core Onboarding |
    ```
    ```markdown
    | 3070 | Checkliste erstellen | E | FastTrack Engineer | Haupt-Onboarding |
    ```

    ## Use instead
    ```markdown
    | 3070 | Checkliste erstellen | E | FastTrack Engineer | Haupt-Onboarding |
    | 1049 | Checkliste prüfen | E | FastTrack Engineer | Haupt-Onboarding |
    ```

    ## Fix
    None: translate the row and add it.
    """
    source = tree.source_of(facts)
    if source is None or not source.tasks:
        return
    missing = _beyond(source.tasks, facts.tasks)
    present = frozenset(_mistaken(source, facts).values())
    places = {task.id: index for index, task in enumerate(facts.tasks)}
    for before, tasks in missing.items():
        tasks = [task for task in tasks if task not in present]
        if tasks:
            yield found(
                _gap(facts, places.get(before)),
                "several" if len(tasks) > 1 else "",
                ids=", ".join(dict.fromkeys(task.id for task in tasks)),
                related=[
                    Elsewhere(source.place(task.span), values={"id": task.id})
                    for task in tasks[:_RELATED]
                ],
                cause=f"{facts.id} {' '.join(task.id for task in tasks)}",
            )


def _beyond(tasks: Sequence[TaskFact], others: Sequence[TaskFact]) -> dict[str, list[TaskFact]]:
    """Return the tasks whose ids the others lack, by the id of the common task before them."""
    known = {task.id for task in others}
    found: dict[str, list[TaskFact]] = {}
    before = ""
    for task in tasks:
        if task.id in known:
            before = task.id
        else:
            found.setdefault(before, []).append(task)
    return found


def _gap(facts: PageFacts, before: int | None) -> Span:
    """Return the rows between which something is missing: from the one before to the next."""
    if not facts.tasks:
        return Span(0, 0)
    if before is None:
        return facts.tasks[0].span
    span = facts.tasks[before].span
    if before + 1 < len(facts.tasks):
        return span.cover(facts.tasks[before + 1].span)
    next_line = facts.position(span.end).line
    starts = facts.line_starts
    return Span(span.start, starts[next_line] if next_line < len(starts) else span.end)


def _mistaken(source: PageFacts, facts: PageFacts) -> dict[TaskFact, TaskFact]:
    """Return tasks of a translation that stand for one of the source, but with another id.

    They do if they take the place of as many tasks, and say the same.
    """
    missing = _beyond(source.tasks, facts.tasks)
    return {
        task: original
        for before, tasks in _beyond(facts.tasks, source.tasks).items()
        if len(tasks) == len(missing.get(before, ()))
        for task, original in zip(tasks, missing[before], strict=True)
        if task.whole and original.whole and not any(_differing(task, original))
    }


@tree_rule(
    "LF505",
    "task-differs-from-source",
    "Task {id} is marked “{text}”, but “{other}” on the source page.",
    "Take over what the source page says.",
    variants={
        "role": Wording(
            "Task {id} is for the role {text}, but for {other} on the source page.",
            "Take over what the source page says.",
        ),
        "services": Wording(
            "Task {id} is for {text}, but for {other} on the source page.",
            "Take over what the source page says.",
        ),
        "id": Wording(
            "Task {id} stands where the source page has task {other}.",
            "Correct the ID.",
        ),
        "surplus": Wording(
            "Task {id} does not stand on the source page.",
            "Remove the row, or correct its ID.",
        ),
    },
    notes={
        "": "Task {id} on the source page.",
        "page": "The source page.",
        "locale": "The same in the locale `{locale}`.",
    },
    yields_to=("LF301", "LF302", "LF304", *_MALFORMED),
    fixable="safe",
)
def task_differs_from_source(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a task of a translation that says something else than the source page.

    ## What it does
    Compares requirement, roles and services of each task with the row of the same ID on the source
    page, by meaning and not by spelling, and reports tasks that the source page doesn't have.

    ## Why
    The source page is right by definition. Teams that read the translation would do other work,
    or leave it to others.

    ## Example
    The source page, and the translated one:

    ```markdown
    | 4047 | Plan the workshop | M | SME | Teams |
    ```
    ```markdown
    | 4047 | Workshop planen | O | SME | Teams |
    ```

    ## Use instead
    ```markdown
    | 4047 | Workshop planen | E | SME | Teams |
    ```

    ## Fix
    Safe: requirement, roles and services become those of the source page; a name that means the
    same stays as it was written. If the source page is wrong, correct it there first. None for a
    task that either page has in several rows, and none for an ID.
    """
    source = tree.source_of(facts)
    if source is None or not facts.tasks:
        return
    originals: dict[str, list[TaskFact]] = {}
    for task in source.tasks:
        originals.setdefault(task.id, []).append(task)
    mistaken = _mistaken(source, facts)
    for task in facts.tasks:
        if task.id in originals:
            yield from _difference(tree.contract, facts, task, source, originals[task.id])
        elif task in mistaken:
            other = mistaken[task].id
            at = Elsewhere(source.place(mistaken[task].span), values={"id": other})
            cause = f"{facts.id} {task.id} for {other}"
            yield found(
                task.span, "id", guess=other, related=(at,), cause=cause, id=task.id, other=other
            )
        else:
            page = Elsewhere(source.place(Span(0, 0)), "page")
            cause = f"{facts.id} {task.id}"
            yield found(task.span, "surplus", related=(page,), cause=cause, id=task.id)


def _difference(
    contract: Contract,
    facts: PageFacts,
    task: TaskFact,
    source: PageFacts,
    originals: Sequence[TaskFact],
) -> Iterator[Finding]:
    differing = [tuple(_differing(task, original)) for original in originals]
    if () in differing:
        return
    is_alone = len(originals) == 1 and sum(one.id == task.id for one in facts.tasks) == 1
    for fact in differing[0]:
        yield found(
            _cell(task, fact),
            "" if fact == "requirement" else fact,
            fix=_taken_over(contract, fact, task, originals[0], facts.locale) if is_alone else None,
            related=(Elsewhere(source.place(_cell(originals[0], fact)), values={"id": task.id}),),
            cause=f"{facts.id} {task.id} {fact}",
            id=task.id,
            text=_said(contract, fact, task, facts.locale),
            other=_said(contract, fact, originals[0], facts.locale),
        )


def _taken_over(
    contract: Contract, fact: str, task: TaskFact, original: TaskFact, locale: str
) -> Fix | None:
    """Return the fix that lets a row say what the source's does."""
    if fact == "requirement":
        letter = contract.locales[locale].requirement.get(original.requirement)
        return replaced(task.requirement_span, letter) if letter else None
    is_role = fact == "role"
    vocabulary = contract.vocabulary("roles" if is_role else "services")
    wanted = original.roles if is_role else original.services
    names = {key: vocabulary[key].name(locale) for key in wanted}
    return reworded(task.role_uses if is_role else task.service_uses, wanted, names)


def _differing(task: TaskFact, original: TaskFact) -> Iterator[str]:
    """Yield the facts in which two rows differ, of those that both of them state."""
    if task.requirement and original.requirement and task.requirement != original.requirement:
        yield "requirement"
    if task.whole and original.whole:
        if task.roles and original.roles and set(task.roles) != set(original.roles):
            yield "role"
        if task.services and original.services and set(task.services) != set(original.services):
            yield "services"
