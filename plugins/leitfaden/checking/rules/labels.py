"""Label lines: whether they are there, what they name, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from leitfaden.checking.edits import inserted, replaced
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.rule import Wording, page_rule
from leitfaden.checking.subject import Subject
from leitfaden.contract import Label as LabelSpec
from leitfaden.contract import NavEntry, NavGroup, nav_pages
from leitfaden.model import (
    Confidence,
    DefectKind,
    Edit,
    Fix,
    Label,
    Severity,
    Span,
    TermUse,
)

_BLANKS = " \t\u00a0\u200b\ufeff\u2060"
_MARKS = ("**", "__")
_TORN = (DefectKind.LABEL_VALUE_UNBALANCED, DefectKind.LABEL_VALUE_WRAPS)
_BREAKS = ("\\", "<br />", "<br/>", "<br>")
_LINE_END = re.compile(r"(?:(?<![ \t])[ \t]+)?\r?\n[ \t]*(?!>)")  # once in a run of blanks
_MOST_GUESSES = 20  # on one page; each takes a comparison with all names of a vocabulary
_DEEPEST = 20  # characters before a label that are repeated on a new line
_LONGEST_NAME = 40  # characters of what could be meant as the name of a label


@page_rule(
    "LF214",
    "step-without-role",
    "The step “{step}” has no label `{label}`.",
    "Add the line `{label}: **…**` below the heading.",
    variants={
        "several": Wording(
            "The step “{step}” lacks these labels: {labels}.",
            "Add a line such as `{label}: **…**` for each of them below the heading.",
        )
    },
    severity=Severity.WARNING,
)
def step_without_role(subject: Subject) -> Iterator[Finding]:
    r"""Report a step that does not say who does it, or for which services.

    ## What it does
    Looks in each step for the labels that the contract requires of every step on pages of this
    kind (`required-in` with `per: step`): the primary role, and what the step applies to.

    ## Why
    A step without a role is nobody's. It is also missing from the pages of the role and the
    services, and from every list that is filtered by them.

    ## Example
    ```markdown
    ### Prepare the workshop

    Send out the questionnaire.
    ```

    ## Use instead
    ```markdown
    ### Prepare the workshop

    Primary Role: **FastTrack Manager**\
    Applies To: **All Services**

    Send out the questionnaire.
    ```

    ## Fix
    None: only the writer knows the values. A heading that is no step belongs one level deeper,
    below the step that it is a part of.
    """
    required = _required(subject, "step")
    for step in subject.page.steps if required else ():
        present = {label.key for one in step.assignments for label in one.labels}
        lacking = [spec.name(subject.locale) for spec in required if spec.key not in present]
        if lacking:
            yield found(
                step.heading.span,
                "several" if len(lacking) > 1 else "",
                step=step.heading.text,
                label=lacking[0],
                labels=", ".join(f"`{name}`" for name in lacking),
            )


def _required(subject: Subject, per: str) -> list[LabelSpec]:
    kind = subject.page.kind
    specs = subject.contract.labels.values()
    return [spec for spec in specs if spec.per == per and kind in spec.required_in]


@page_rule(
    "LF215",
    "label-missing",
    "The page has no label `{label}`.",
    "Add the line `{label}: **…**` below the title.",
    yields_to=("LF222",),
)
def label_missing(subject: Subject) -> Iterator[Finding]:
    """Report a page without a label that pages of its kind must have.

    ## What it does
    Looks for the labels that the contract requires of pages of this kind (`required-in`), such as
    the phase, anywhere on the page and in any language.

    ## Why
    The navigation, the phase's page and the facts beside the title are made from these labels. A
    page without them is in none of them.

    ## Example
    ```markdown
    # Support adoption

    ## Overview
    ```

    ## Use instead
    ```markdown
    # Support adoption

    Phase: **Success**

    ## Overview
    ```

    ## Fix
    None: only the writer knows the value. Where the navigation lists the page below a phase, help
    proposes that one.
    """
    for spec in _required(subject, "page"):
        if not any(label.key == spec.key for label in subject.labels):
            label = spec.name(subject.locale)
            yield found(Span(0, 0), label=label, guess=_by_navigation(subject, spec))


def _by_navigation(subject: Subject, spec: LabelSpec) -> str | None:
    """Return the label line that fits the place of the page in the navigation."""
    phase = _phase_of(subject.contract.navigation, subject.page.id)
    if spec.vocabulary != "phases" or phase is None:
        return None
    name = subject.contract.phases[phase].name(subject.locale)
    return f"{spec.name(subject.locale)}: **{name}**"


def _phase_of(entries: Sequence[NavEntry], page_id: str) -> str | None:
    for entry in entries:
        if isinstance(entry, NavGroup) and any(p.page == page_id for p in nav_pages((entry,))):
            return entry.phase or _phase_of(entry.pages, page_id)
    return None


@page_rule(
    "LF216",
    "label-term-unknown",
    "`{label}` names “{term}”, which is not in `{vocabulary}`.",
    "Use a name from `{vocabulary}` in the contract, or add this one there.",
    severity=Severity.WARNING,
    yields_to=("LF220",),
    copied=True,
    fixable="unsafe",
    needs=(DefectKind.LABEL_TERM_UNKNOWN,),
)
def label_term_unknown(subject: Subject) -> Iterator[Finding]:
    """Report a role, service, phase or motion in a label that the contract does not know.

    ## What it does
    Looks up each value of each label in the label's vocabulary, under all its spellings and in all
    languages. A value whose end is in doubt, because of a line end, of marks that are not closed
    or of another label in the same marks, is not looked at: `LF218`, `LF219` and `LF220` tell it.

    ## Why
    What is not known cannot be linked, filtered or translated: the step is missing from the page
    of the role or service that was meant.

    ## Example
    ```markdown
    Applies To: **Exchnage**
    ```

    ## Use instead
    ```markdown
    Applies To: **Exchange**
    ```

    ## Fix
    Unsafe: where a known name is near, it replaces the text. What is right but new belongs in the
    contract.
    """
    guesses = 0
    previous: Label | None = None
    for label in subject.labels:
        together = previous is not None and _in_same_bold(subject, previous, label)
        previous = label
        if not label.defects or _has(label, *_TORN) or together:
            continue
        spec = subject.contract.labels[label.key]
        for use in label.values:
            if use.key is None:
                guesses += 1
                yield _unknown(subject, spec, use, guess=guesses <= _MOST_GUESSES)


def _unknown(subject: Subject, spec: LabelSpec, use: TermUse, *, guess: bool) -> Finding:
    vocabulary = subject.contract.vocabulary(spec.vocabulary)
    near = vocabulary.nearest(use.text, subject.locale) if guess else None
    return found(
        use.span,
        label=spec.name(subject.locale),
        term=use.text,
        vocabulary=spec.vocabulary,
        guess=near,
        fix=replaced(use.span, near, safe=False) if near else None,
    )


def _has(label: Label, *kinds: DefectKind) -> bool:
    return any(defect.kind in kinds for defect in label.defects)


@page_rule(
    "LF217",
    "label-other-language",
    "`{label}` is the name of a label in another language ({locale}).",
    "Write `{name}`.",
    variants={
        "term": Wording(
            "“{term}” is the name of an entry of `{vocabulary}` in another language ({locale}).",
            "Write “{name}”.",
        )
    },
    severity=Severity.WARNING,
    yields_to=("LF507",),
    fixable="safe",
)
def label_other_language(subject: Subject) -> Iterator[Finding]:
    """Report a label, or a value in one, in another language than the page's.

    ## What it does
    Compares the names of labels and of the roles, services, phases and motions in them with those
    of the page's language. What both languages write alike is fine. Of a page that is written in
    another language as a whole, `LF507` tells only that.

    ## Why
    The label is still understood, but readers see words of another language in the middle of the
    facts about a step.

    ## Example
    ```markdown
    Primäre Rolle: **FastTrack Manager**
    Applies To: **All Services**
    ```

    ## Use instead
    ```markdown
    Primäre Rolle: **FastTrack Manager**
    Gilt für: **Alle Dienste**
    ```

    ## Fix
    Safe: name and values are replaced by the contract's names in the page's language.
    """
    for label in subject.labels:
        if _is_foreign(label, subject.locale):
            yield from _in_other_language(subject, label)


def _is_foreign(label: Label, locale: str) -> bool:
    return label.locale != locale or any(use.key and use.locale != locale for use in label.values)


def _in_other_language(subject: Subject, label: Label) -> Iterator[Finding]:
    spec = subject.contract.labels[label.key]
    terms = subject.contract.vocabulary(spec.vocabulary)
    translated = [
        (use, terms[use.key].name(subject.locale))
        for use in label.values
        if use.key and use.locale != subject.locale
    ]
    if label.locale != subject.locale:
        name = spec.name(subject.locale)
        edits = (Edit(label.name_span, name), *(Edit(use.span, text) for use, text in translated))
        written = label.name_span.of(subject.text)
        yield found(label.name_span, label=written, locale=label.locale, name=name, fix=Fix(edits))
        return
    for use, text in translated:
        yield found(
            use.span,
            "term",
            term=use.text,
            vocabulary=spec.vocabulary,
            locale=use.locale,
            name=text,
            fix=replaced(use.span, text),
        )


@page_rule(
    "LF218",
    "labels-run-together",
    "`{first}` and `{second}` run together in one line.",
    "End the line of `{first}` with two blanks or `\\`.",
    variants={
        "bold": Wording(
            "`{first}` and `{second}` stand in one line, in one pair of bold marks.",
            "Give each label a line, and make only its value bold.",
        )
    },
    severity=Severity.WARNING,
    fixable="safe",
    reshapes=True,
    needs=(DefectKind.LABELS_RUN_TOGETHER,),
)
def labels_run_together(subject: Subject) -> Iterator[Finding]:
    r"""Report label lines that lack the hard break between them.

    ## What it does
    Looks at the end of each label line that another one follows: two blanks, a backslash or `<br>`.

    ## Why
    Without a hard break, Markdown makes one line of both. This site shows labels one by one all
    the same; GitHub's preview, and every other reader of Markdown, does not.

    ## Example
    ```markdown
    Primary Role: **FastTrack Manager**
    Applies To: **Exchange**
    ```

    ## Use instead
    ```markdown
    Primary Role: **FastTrack Manager**\
    Applies To: **Exchange**
    ```

    ## Fix
    Safe: the line gets a hard break of the kind that other label lines of the page end with, or
    two blanks. Labels in one line get a line each.
    """
    ending = _usual_break(subject)
    for block in subject.page.label_blocks:
        labels = tuple(block.labels)
        for index, (label, following) in enumerate(pairwise(labels)):
            if not _has(label, DefectKind.LABELS_RUN_TOGETHER):
                continue
            bold = _in_same_bold(subject, label, following)
            if bold and index and _in_same_bold(subject, labels[index - 1], label):
                continue  # told with the first of them
            if bold:
                fix = _own_bold_each(subject, labels[index:], ending)
            else:
                fix = _hard_break(subject, label, following, ending)
            yield found(
                following.name_span,
                "bold" if bold else "",
                first=label.name_span.of(subject.text),
                second=following.name_span.of(subject.text),
                fix=fix,
            )


def _usual_break(subject: Subject) -> str:
    """Return how label lines of the page end before another one."""
    text = subject.text
    for block in subject.page.label_blocks:
        for label, following in pairwise(block.labels):
            between = text[label.value_span.end : following.name_span.start].lstrip(_BLANKS)
            for ending in _BREAKS:
                if between.startswith(ending):
                    return ending
    return "  "


def _in_same_bold(subject: Subject, label: Label, following: Label) -> bool:
    """Tell whether the bold marks around a label hold the next one, too."""
    return (
        _has(label, DefectKind.LABELS_IN_ONE_BOLD)
        and _has(following, DefectKind.LABELS_IN_ONE_BOLD)
        and not label.value_span.of(subject.text).endswith(_MARKS)
    )


def _hard_break(subject: Subject, label: Label, following: Label, ending: str) -> Fix | None:
    start = label.value_span.end
    between = subject.text[start : following.name_span.start]
    tail, newline, _ = between.partition("\n")
    if newline:
        tail = tail.rstrip("\r")
        fine = not tail.strip(_BLANKS)
        return replaced(Span(start, start + len(tail)), ending) if fine else None
    gap = between.rstrip("*_")
    if gap.strip(_BLANKS):
        return None
    return replaced(Span(start, start + len(gap)), _new_line(subject, label, ending))


def _new_line(subject: Subject, label: Label, ending: str) -> str:
    """Return what parts two lines of the paragraph that a label stands in."""
    text = subject.text
    name = label.name_span.start
    start = text.rfind("\n", max(name - _DEEPEST, 0), name) + 1
    before = text[start:name].rstrip("*_") if start or name < _DEEPEST else ""
    # The quote's marks are repeated, everything else becomes an indent.
    indent = "".join(char if char in ">\t" else " " for char in before)
    second = subject.page.line_starts[1:2]
    newline = "\r\n" if second and text[second[0] - 2 : second[0]] == "\r\n" else "\n"
    return f"{ending}{newline}{indent}"


def _own_bold_each(subject: Subject, labels: Sequence[Label], ending: str) -> Fix | None:
    """Return the fix that parts labels in one pair of bold marks."""
    text = subject.text
    first = labels[0].name_span.start
    mark = text[max(first - 2, 0) : first]
    if mark not in _MARKS:
        return None
    edits = [Edit(Span(first - 2, first), "")]
    for label, following in pairwise(labels):
        if not _in_same_bold(subject, label, following):
            break
        gap = Span(label.value_span.end, following.name_span.start)
        if gap.of(text).strip(f"{_BLANKS}\r\n") or label.value_span.start == gap.start:
            return None
        edits.append(Edit(Span(label.value_span.start, label.value_span.start), mark))
        edits.append(Edit(gap, mark + _new_line(subject, labels[0], ending)))
        last = following
    value = last.value_span
    if not value.of(text).endswith(mark) or value.end - value.start <= len(mark):
        return None
    edits.append(Edit(Span(value.start, value.start), mark))
    return Fix(tuple(edits))


@page_rule(
    "LF219",
    "label-value-wraps",
    "The value of `{label}` goes on in the next line.",
    "Write it in one line.",
    severity=Severity.NOTICE,
    fixable="safe",
    needs=(DefectKind.LABEL_VALUE_WRAPS,),
)
def label_value_wraps(subject: Subject) -> Iterator[Finding]:
    """Report a label whose value is spread over several lines.

    ## What it does
    Looks for line ends between the bold marks of a label's value.

    ## Why
    Everyone who works on label lines, people and programs, goes by lines: a search for the label
    finds half of its value, and where hard breaks were lost the rest looks like text.

    ## Example
    ```markdown
    Applies To: **Exchange / Teams /
    SharePoint**
    ```

    ## Use instead
    ```markdown
    Applies To: **Exchange / Teams / SharePoint**
    ```

    ## Fix
    Safe: the lines are joined by a blank. Not where a value is unknown: perhaps the bold marks were
    meant to end in the first line.
    """
    for label in subject.labels:
        wraps = bool(label.defects) and _has(label, DefectKind.LABEL_VALUE_WRAPS)
        if wraps and not _is_open(label):
            fix = _joined(subject.text, label.value_span) if _all_known(label) else None
            yield found(label.value_span, label=label.name_span.of(subject.text), fix=fix)


def _joined(text: str, span: Span) -> Fix | None:
    ends = list(_LINE_END.finditer(text, span.start, span.end))
    if len(ends) != text.count("\n", span.start, span.end):
        return None  # in a quote, whose marks stand between
    return Fix(tuple(Edit(Span(end.start(), end.end()), " ") for end in ends))


_MISSHAPEN = (
    DefectKind.LABEL_VALUE_EMPTY,
    DefectKind.LABEL_VALUE_PADDED,
    DefectKind.LABEL_VALUE_NOT_BOLD,
    DefectKind.LABELS_IN_ONE_BOLD,
    DefectKind.LABEL_VALUE_UNBALANCED,
    DefectKind.LABELS_INTERRUPTED,
)


@page_rule(
    "LF220",
    "label-form",
    "The label `{label}` has no value.",
    "Write a name from `{vocabulary}` in the contract behind it, between `**` and `**`.",
    variants={
        "dash": Wording(
            "The label `{label}` has but a dash in place of a value.",
            "Write a name from `{vocabulary}` in the contract in its place.",
        ),
        "open-bold": Wording(
            "The bold marks of the value of `{label}` are not closed.",
            "Put `{mark}` behind the value.",
        ),
        "padded": Wording(
            "The value of `{label}` has a blank inside its bold marks, which then do not work.",
            "Remove the blank.",
        ),
        "not-bold": Wording("The value of `{label}` is not bold.", "Put it between `**` and `**`."),
        "name-bold": Wording(
            "The bold marks around the value of `{label}` hold the label, too.",
            "Make only the value bold.",
        ),
        "parenthesis": Wording(
            "The value of `{label}` has a parenthesis without its counterpart.",
            "Close it, or leave it out.",
        ),
        "interrupted": Wording(
            "Text stands between the label `{label}` and the next one, which is lost by that.",
            "Put an empty line before the text, and another behind it.",
        ),
    },
    severity=Severity.WARNING,
    fixable="safe",
    reshapes=True,
    needs=_MISSHAPEN,
)
def label_form(subject: Subject) -> Iterator[Finding]:
    """Report a label line whose value is missing or wrongly marked.

    ## What it does
    Looks at each label line: the name, a colon, and a value between bold marks. Reported are a
    missing value (or a dash in its place), marks that are not closed, that enclose a blank or the
    name, or that are missing, a parenthesis without its counterpart, and text between two labels.
    Each line is reported once.

    ## Why
    Label lines are data. What does not have their form is read wrongly or not at all, and shown
    with stray asterisks.

    ## Example
    ```markdown
    **Phase: Assess**
    ```

    ## Use instead
    ```markdown
    Phase: **Assess**
    ```

    ## Fix
    Safe: bold marks are put where they belong, and blanks inside them removed, where all values
    are known. None for a missing value, a parenthesis, or text between labels.
    """
    for block in subject.page.label_blocks:
        previous: Label | None = None
        for label in block.labels:
            if label.defects:
                yield from _misshapen(subject, label, previous)
            previous = label


def _misshapen(subject: Subject, label: Label, previous: Label | None) -> Iterator[Finding]:
    text = subject.text
    written = label.name_span.of(text)
    value = label.value_span
    if _has(label, DefectKind.LABEL_VALUE_EMPTY):
        span = label.name_span.cover(value)
        vocabulary = subject.contract.labels[label.key].vocabulary
        variant = "dash" if _detail(label, DefectKind.LABEL_VALUE_EMPTY).strip() else ""
        yield found(span, variant, label=written, vocabulary=vocabulary)
    elif _is_open(label):
        mark = text[value.start : value.start + 2]
        fix = inserted(value.end, mark) if _all_known(label) else None
        yield found(value, "open-bold", label=written, mark=mark, fix=fix)
    elif _has(label, DefectKind.LABEL_VALUE_PADDED):
        yield found(value, "padded", label=written, fix=_without_padding(text, value))
    elif _has(label, DefectKind.LABEL_VALUE_NOT_BOLD):
        yield found(value, "not-bold", label=written, fix=_made_bold(text, value))
    elif _has(label, DefectKind.LABELS_IN_ONE_BOLD):
        shared = previous is not None and _in_same_bold(subject, previous, label)
        if not shared and value.of(text).endswith(_MARKS):  # else they run together
            yield found(value, "name-bold", label=written, fix=_value_bold(text, label))
    elif _has(label, DefectKind.LABEL_VALUE_UNBALANCED):
        yield found(value, "parenthesis", label=written)
    elif _has(label, DefectKind.LABELS_INTERRUPTED):
        yield found(label.name_span, "interrupted", label=written)


def _detail(label: Label, kind: DefectKind) -> str:
    return next(defect.detail for defect in label.defects if defect.kind is kind)


def _is_open(label: Label) -> bool:
    """Tell whether the value's bold marks are not closed in its line."""
    kinds = [defect.kind for defect in label.defects]
    if DefectKind.LABEL_VALUE_WRAPS in kinds and DefectKind.LABEL_VALUE_PADDED in kinds:
        return not _all_known(label)  # up to marks further down that belong to something else
    kind = DefectKind.LABEL_VALUE_UNBALANCED
    # A parenthesis without its counterpart comes with the value.
    return any(defect.kind is kind and not defect.detail for defect in label.defects)


def _all_known(label: Label) -> bool:
    return all(use.key for use in label.values)


def _without_padding(text: str, value: Span) -> Fix | None:
    inner = value.of(text)[2:-2]
    if not inner.strip(_BLANKS) or text[value.end - 2 : value.end] not in _MARKS:
        return None
    if any(mark in inner for mark in _MARKS):
        return None  # several bold parts
    start, end = value.start + 2, value.end - 2
    left = start + len(inner) - len(inner.lstrip(_BLANKS))
    right = start + len(inner.rstrip(_BLANKS))
    blanks = (Span(start, left), Span(right, end))
    return Fix(tuple(Edit(span, "") for span in blanks if span.start < span.end))


def _made_bold(text: str, value: Span) -> Fix | None:
    written = value.of(text)
    if not written or any(mark in written for mark in "*_\n"):
        return None
    start = value.start
    return Fix((Edit(Span(start, start), "**"), Edit(Span(value.end, value.end), "**")))


def _value_bold(text: str, label: Label) -> Fix | None:
    start, value = label.name_span.start, label.value_span
    mark = text[max(start - 2, 0) : start]
    if mark not in _MARKS or not value.of(text).endswith(mark) or value.end - value.start <= 2:
        return None
    return Fix((Edit(Span(start - 2, start), ""), Edit(Span(value.start, value.start), mark)))


@page_rule(
    "LF221",
    "term-form",
    "“{term}” is another name of “{name}”.",
    "Write “{name}”.",
    variants={
        "deprecated": Wording(
            "“{term}” is a retired or misspelled name of “{name}”.", "Write “{name}”."
        )
    },
    severity=Severity.NOTICE,
    yields_to=("LF507",),
    fixable="safe",
)
def term_form(subject: Subject) -> Iterator[Finding]:
    """Report a role, service, phase or motion in a label under another name than the contract's.

    ## What it does
    Looks for values of labels that the contract lists as further or former spellings (`aliases`,
    `deprecated`) in the page's language.

    ## Why
    The value is understood. But readers compare: where one step names the `FM` and the next the
    `FastTrack Manager`, they look for the difference.

    ## Example
    ```markdown
    Primary Role: **FM**
    ```

    ## Use instead
    ```markdown
    Primary Role: **FastTrack Manager**
    ```

    ## Fix
    Safe: the value is replaced by the contract's name.
    """
    for label in subject.labels:
        for use in label.values:
            if use.key and use.form != "name" and use.locale == subject.locale:
                vocabulary = subject.contract.labels[label.key].vocabulary
                name = subject.contract.vocabulary(vocabulary)[use.key].name(subject.locale)
                variant = "deprecated" if use.form == "deprecated" else ""
                fix = replaced(use.span, name)
                yield found(use.span, variant, term=use.text, name=name, fix=fix)


@page_rule(
    "LF222",
    "label-unknown",
    "`{label}` looks like a label, but the contract knows none of that name.",
    "Use the name of a label, or part the line from the labels by an empty one.",
    severity=Severity.NOTICE,
    confidence=Confidence.LIKELY,
    fixable="unsafe",
    reshapes=True,
)
def label_unknown(subject: Subject) -> Iterator[Finding]:
    """Report a line in the form of a label whose name the contract does not know.

    ## What it does
    Looks for lines that begin with a name, a colon and bold text: next to labels, and anywhere
    else where the name is nearly that of a label.

    ## Why
    A misspelled label is no label: what it says is shown as text, and the step or page lacks it.

    ## Example
    ```markdown
    Aplies To: **Exchange**
    ```

    ## Use instead
    ```markdown
    Applies To: **Exchange**
    ```

    ## Fix
    Unsafe: where the name of a label is near, it replaces the text.
    """
    suspects = list(islice(_suspects(subject), _MOST_GUESSES))
    if not suspects:
        return
    paragraphs = [
        Span(event.start, event.end)
        for block in subject.page.label_blocks
        for event in (subject.page.events[block.events[0]],)
    ]
    begins = _line_texts(subject)
    for span in suspects:
        name = span.of(subject.text)
        if begins.get(span.start) != name or subject.contract.labels.find(name, subject.locale):
            continue  # not the begin of a line, or a label where none is read
        guess = subject.contract.labels.nearest(name, subject.locale)
        beside = any(place.start <= span.start < place.end for place in paragraphs)
        if guess or beside:
            fix = replaced(span, guess, safe=False) if guess else None
            yield found(span, label=name, guess=guess, fix=fix)


def _suspects(subject: Subject) -> Iterator[Span]:
    """Yield what stands at the start of a line before a colon and bold marks."""
    text = subject.text
    colon = text.find(": **", subject.body.start)
    if colon < 0:
        return
    known = {label.name_span.end for label in subject.labels}
    while colon >= 0:
        if colon not in known:
            start = text.rfind("\n", max(colon - _LONGEST_NAME, 0), colon) + 1
            name = text[start:colon].lstrip(" \t>") if start else ""
            if name:
                yield Span(colon - len(name), colon)
        colon = text.find(": **", colon + 1)


def _line_texts(subject: Subject) -> dict[int, str]:
    """Return the texts that begin a line of a paragraph and end in a colon before bold marks."""
    events = subject.page.events
    found_texts = {}
    for before, event, behind in zip(events, events[1:], events[2:], strict=False):
        begins = before.tag == "paragraph" or before.kind in ("soft-break", "hard-break")
        if begins and event.kind == "text" and (behind.kind, behind.tag) == ("open", "strong"):
            found_texts[event.start] = str(event.value).rstrip().removesuffix(":")
    return found_texts
