"""Parity: whether a translation says what its source says today."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.checking.facts import LabelFact, PageFacts
from leitfaden.checking.finding import Elsewhere, Finding, found, shortened
from leitfaden.checking.parity import (
    Run,
    View,
    span_of,
    view_of,
)
from leitfaden.checking.rule import Wording, tree_rule
from leitfaden.checking.terms import reworded
from leitfaden.checking.tree import Tree
from leitfaden.model import Confidence, Fix, Severity, Span
from leitfaden.translating.evidence import Contradiction, Topic
from leitfaden.translating.standing import UnitState
from leitfaden.translating.units import UnitKind

_RELATED = 5  # places that a finding names at most
_BY_OTHER_RULES = (Topic.TASK, Topic.REQUIREMENT, Topic.ROLES, Topic.SERVICES)  # LF505
_WHOLE = Span(0, 0)
_TAKE_OVER = "Take over what the source says, or correct it there first."


@tree_rule(
    "LF511",
    "unit-behind",
    "The source has changed here since it was translated: “{changed}”.",
    "Translate the change, then run `leitfaden translated`.",
    severity=Severity.NOTICE,
    variants={
        "several": Wording(
            "The source has changed here since it was translated, in {count} places, first "
            "“{changed}”.",
            "Translate the changes, then run `leitfaden translated`.",
        ),
        "gone": Wording(
            "The source has left out here what the translation of “{text}” still says.",
            "Leave it out, too, then run `leitfaden translated`.",
        ),
    },
    notes={
        "source": "The source says today: “{text}”.",
        "locale": "The same in the locale `{locale}`.",
    },
    compares=True,
    yields_to=("LF507",),
)
def unit_behind(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a part of a translation whose source has changed since.

    ## What it does
    The lock of a locale records which text of the source each text of a translation translates.
    Where that text is no longer on the source page, the sentences or cells that are new there are
    named. How a text is wrapped, emphasised, aligned or linked makes no difference. Where several
    languages are behind with the same, they share one finding.

    ## Why
    Readers of the translation work with what the source said before. The finding names the very
    sentences, so that nobody has to read the whole page again.

    ## Example
    The source page says since last week:

    ```markdown
    Book the room. Invite all twelve participants.
    ```
    ```markdown
    Buchen Sie den Raum. Laden Sie alle zehn Beteiligten ein.
    ```

    ## Use instead
    ```markdown
    Buchen Sie den Raum. Laden Sie alle zwölf Beteiligten ein.
    ```

    ## Fix
    None: translate what has changed. This is a notice, since nobody who writes the source has to
    wait for translations.
    """
    view = view_of(facts, tree)
    if view is None:
        return
    for unit in view.in_state(UnitState.BEHIND):
        text = unit.sources[0].text
        at = Elsewhere(
            view.source.place(span_of(unit.sources)), "source", {"text": shortened(text)}
        )
        variant = "gone" if not unit.changed else "several" if len(unit.changed) > 1 else ""
        yield found(
            span_of(unit.targets),
            variant,
            related=(at,),
            cause=f"{facts.id} {unit.key}",
            count=len(unit.changed),
            changed=unit.changed[0].text if unit.changed else "",
            text=text,
        )


_SAYS = {
    "": Wording("The source says {theirs}, the translation says {ours}.", _TAKE_OVER),
    "lacks": Wording("The translation lacks {theirs}, which the source has here.", _TAKE_OVER),
    "adds": Wording("The translation has {ours}, which the source lacks here.", _TAKE_OVER),
    "label": Wording("`{name}` names {ours}, but {theirs} in the source.", _TAKE_OVER),
    "label-lacks": Wording("The label `{name}` with {theirs} is missing here.", _TAKE_OVER),
    "columns": Wording(
        "The table has {ours} columns, that of the source {theirs}.", "Give both the same columns."
    ),
    "order": Wording(
        "The source has this part in another place.", "Give both pages the same order."
    ),
}
_NOTES = {
    "source": "The source has it here.",
    "locale": "The same in the locale `{locale}`.",
}


@tree_rule(
    "LF512",
    "claim-contradicted",
    "The source says {theirs}, the translation says {ours}, although it is recorded as current.",
    "Correct the translation, or the source; what is recorded does not make them agree.",
    variants={
        "lacks": Wording(
            "The translation lacks {theirs}, which the source has here, although it is recorded as "
            "current.",
            "Correct the translation, or the source; what is recorded does not make them agree.",
        ),
        "adds": Wording(
            "The translation has {ours}, which the source lacks here, although it is recorded as "
            "current.",
            "Correct the translation, or the source; what is recorded does not make them agree.",
        ),
        "label": Wording(
            "`{name}` names {ours}, but {theirs} in the source, although the page is recorded as "
            "current.",
            _TAKE_OVER,
        ),
        "label-lacks": Wording(
            "The label `{name}` with {theirs} is missing here, although the page is recorded as "
            "current.",
            _TAKE_OVER,
        ),
        "columns": Wording(
            "The table has {ours} columns, that of the source {theirs}, although the page is "
            "recorded as current.",
            "Give both the same columns.",
        ),
        "order": Wording(
            "The source has this part in another place, although the page is recorded as current.",
            "Give both pages the same order.",
        ),
    },
    notes=_NOTES,
    compares=True,
    yields_to=("LF507",),
    fixable="safe",
)
def claim_contradicted(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report what contradicts the source although it is recorded as its translation.

    ## What it does
    Compares what needs no translator: numbers, dates, addresses, link targets, images, code,
    placeholders, names of the glossary, labels, columns and the order of sections. Only parts that
    the lock records as translations of what the source says today are looked at. The other forms
    of dates and numbers in a language, and addresses that the contract calls equivalent, are fine.

    ## Why
    The lock says that somebody has compared both. If they disagree all the same, readers of one
    language are told something wrong, and nobody will look again.

    ## Example
    ```markdown
    Invite 12 participants.
    ```
    ```markdown
    Laden Sie 20 Personen ein.
    ```

    ## Use instead
    ```markdown
    Laden Sie 12 Personen ein.
    ```

    ## Fix
    Safe for labels: they name what the source names; a name that means the same stays as it was
    written. None for anything else.
    """
    yield from _contradicting(facts, tree, is_claimed=True)


@tree_rule(
    "LF513",
    "translation-contradicts",
    _SAYS[""].message,
    _TAKE_OVER,
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    variants={key: wording for key, wording in _SAYS.items() if key},
    notes=_NOTES,
    compares=True,
    yields_to=("LF507",),
    fixable="safe",
)
def translation_contradicts(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report what contradicts the source in a part of which nothing is recorded.

    ## What it does
    Compares what needs no translator, as `LF512` does, in parts that the lock says nothing of.
    Links to other sites are left to `LF506` as long as nothing of the page is recorded.

    ## Why
    A number, a date or an address that differs is wrong on one of both pages: most likely the
    source has changed since it was translated.

    ## Example
    ```markdown
    Invite 12 participants.
    ```
    ```markdown
    Laden Sie 20 Personen ein.
    ```

    ## Use instead
    ```markdown
    Laden Sie 12 Personen ein.
    ```

    ## Fix
    Safe for labels: they name what the source names; a name that means the same stays as it was
    written. None for anything else.
    """
    yield from _contradicting(facts, tree, is_claimed=False)


def _contradicting(facts: PageFacts, tree: Tree, *, is_claimed: bool) -> Iterator[Finding]:
    view = view_of(facts, tree)
    if view is None:
        return
    for unit in view.in_state(UnitState.CONTRADICTING):
        if view.is_claimed(unit) is not is_claimed:
            continue
        for one in unit.contradictions:
            if _is_told_here(one, view):
                yield _contradiction(one, unit.key, view, tree)


def _is_told_here(one: Contradiction, view: View) -> bool:
    if one.topic is Topic.LINK:
        return view.is_recorded or not any("://" in url for url in (*one.source, *one.target))
    if one.topic is Topic.ORDER:
        return not view.heads_differ  # the part may be there twice, or be another one
    return one.topic not in _BY_OTHER_RULES


def _contradiction(one: Contradiction, key: str, view: View, tree: Tree) -> Finding:
    variant = {Topic.COLUMNS: "columns", Topic.ORDER: "order"}.get(one.topic, "")
    name = ""
    source, target = one.source, one.target
    fix = None
    said = one.source
    if one.topic is Topic.LABEL:
        variant = "adds" if not one.source else "label" if one.target else "label-lacks"
        spec = tree.contract.labels[one.name]
        name = spec.name(view.facts.locale)
        vocabulary = tree.contract.vocabulary(spec.vocabulary)
        locale = view.facts.locale
        source, target = (
            tuple(vocabulary[key].name(locale) if key in vocabulary else key for key in keys)
            for keys in (one.source, one.target)
        )
        target = (f"{name}: {', '.join(target)}",) if not one.source else target
        fix = _like_the_source(one, view, tree)
    elif not variant:
        variant = "lacks" if not target else "adds" if not source else ""
    mark = "" if variant == "columns" else "`"
    theirs, ours = (", ".join(f"{mark}{one}{mark}" for one in side) for side in (source, target))
    return found(
        one.target_span,
        variant,
        related=(Elsewhere(view.source.place(one.source_span), "source"),),
        fix=fix,
        cause=" ".join((view.facts.id, key, one.topic, one.name, *said)) if said else "",
        theirs=theirs,
        ours=ours,
        name=name,
    )


def _like_the_source(one: Contradiction, view: View, tree: Tree) -> Fix | None:
    """Return the fix that lets a label name what the source's does."""
    label = next((label for label in view.facts.labels if label.span == one.target_span), None)
    if label is None or not _is_sound(label, one):
        return None
    vocabulary = tree.contract.vocabulary(tree.contract.labels[one.name].vocabulary)
    names = {key: vocabulary[key].name(view.facts.locale) for key in one.source}
    return reworded(label.uses, one.source, names)


def _is_sound(label: LabelFact, one: Contradiction) -> bool:
    return label.whole and label.key == one.name and bool(one.source)


@tree_rule(
    "LF514",
    "translation-lacks",
    "The translation lacks what the source has here: “{text}”.",
    "Translate it.",
    severity=Severity.NOTICE,
    confidence=Confidence.LIKELY,
    variants={
        "several": Wording(
            "The translation lacks {count} parts that the source has here, from “{text}” on.",
            "Translate them.",
        ),
        "part": Wording(
            "The translation lacks “{text}”, with all that stands below it.",
            "Translate all of it.",
        ),
        "perhaps": Wording(
            "The translation says less than the source here; perhaps it lacks “{text}”.",
            "Translate what is missing.",
        ),
        "fewer": Wording(
            "The translation lacks {count} parts that the source has here; which ones is not "
            "certain.",
            "Compare both pages from here on, and translate what is missing.",
        ),
        "instead": Wording(
            "The source has “{text}” here, the translation “{ours}”: whether these are the same is "
            "not clear.",
            "Translate what the source says today; if that has been done, `leitfaden translated` "
            "records it.",
        ),
    },
    notes={
        "source": "The source has it here.",
        "locale": "The same in the locale `{locale}`.",
    },
    compares=True,
    yields_to=("LF507",),
)
def translation_lacks(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report what only the source page says: steps, paragraphs, items of lists, rows.

    ## What it does
    Puts both pages side by side, by headings, tasks, and what needs no translator. What the source
    has, and the translation has no counterpart for, is reported behind the last text in front of
    it, or at the text that stands there instead; what stands together, once. Where it is certain
    that something is missing, and not what, the number is told. Where both pages have texts below a
    heading that the other one lacks, nothing is said to be missing; `LF517` tells that.
    Missing tasks are told by `LF504`, known sections by `LF508`, rows of the update summary by
    `LF503`. Where several languages lack the same, they share one finding.

    ## Why
    Readers of the translation do not learn of it. The translation is behind; nothing that stands
    there is wrong.

    ## Example
    The source page, and the translated one:

    ```markdown
    - Book the room.
    - Invite the participants.
    ```
    ```markdown
    - Buchen Sie den Raum.
    ```

    ## Use instead
    ```markdown
    - Buchen Sie den Raum.
    - Laden Sie die Beteiligten ein.
    ```

    ## Fix
    None: translate what is missing.
    """
    view = view_of(facts, tree)
    if view is None:
        return
    for run in view.missing:
        at = view.source.place(span_of(unit.sources[0] for unit in run.units))
        yield found(
            _behind(run),
            "instead" if run.instead else _variant(run),
            related=(Elsewhere(at, "source"),),
            cause=f"{facts.id} {' '.join(run.keys)}",
            text=_named(run),
            count=len(run.units),
            ours=_named(run.instead) if run.instead else "",
        )


def _variant(run: Run) -> str:
    if not run.is_certain:
        return "perhaps" if len(run.units) == 1 else "fewer" if run.units[0].sources else "more"
    return "" if len(run.units) == 1 else "part" if run.headings else "several"


def _named(run: Run) -> str:
    """Return what a run is called: its headings, or else its first text."""
    return ", ".join(run.headings) or run.first.text


def _behind(run: Run) -> Span:
    """Return where something is missing: at what is there instead, or behind what is before it."""
    if run.instead:
        return span_of(unit.targets[0] for unit in run.instead.units)
    if run.before is None:
        return _WHOLE
    start, end = run.before.span
    return Span(max(start, end - 1), end)


@tree_rule(
    "LF515",
    "translation-adds",
    "The source does not have “{text}”.",
    "Add it to the source, or take it out here.",
    severity=Severity.NOTICE,
    confidence=Confidence.LIKELY,
    variants={
        "several": Wording(
            "The source does not have these {count} parts, from “{text}” on.",
            "Add them to the source, or take them out here.",
        ),
        "part": Wording(
            "The source does not have “{text}”, with all that stands below it.",
            "Add it to the source, or take it out here.",
        ),
        "perhaps": Wording(
            "The translation says more than the source here, perhaps “{text}”.",
            "Add it to the source, or take it out here.",
        ),
        "more": Wording(
            "The translation has {count} parts here that the source lacks; which ones is not "
            "certain.",
            "Compare both pages from here on: add them to the source, or take them out here.",
        ),
        "gone": Wording(
            "The source no longer has what “{text}” translates.", "Take it out here, too."
        ),
    },
    compares=True,
    yields_to=("LF507",),
)
def translation_adds(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report what only the translation says: steps, paragraphs, items of lists, rows.

    ## What it does
    Puts both pages side by side, as `LF514` does. What the translation has, and the source has no
    counterpart for, is reported; what stands together, once. What stands in the place of something
    that is missing is told with that. Where the lock knows that it was
    translated from a text that the source once had, the message says so.

    ## Why
    The source is where everybody looks for changes. What is said in one language only is either
    outdated, or should be known to all.

    ## Example
    The source page, and the translated one:

    ```markdown
    - Book the room.
    ```
    ```markdown
    - Buchen Sie den Raum.
    - Bestellen Sie Getränke.
    ```

    ## Use instead
    ```markdown
    - Buchen Sie den Raum.
    ```

    ## Fix
    None: only a person can tell which of both pages is right.
    """
    view = view_of(facts, tree)
    if view is None:
        return
    for run in view.extra:
        variant = _variant(run)
        if len(run.units) == 1 and run.units[0].record:
            variant = "gone"
        yield found(
            span_of(unit.targets[0] for unit in run.units),
            variant,
            text=_named(run),
            count=len(run.units),
        )


@tree_rule(
    "LF516",
    "prose-untranslated",
    "“{text}” has the words of the source page.",
    "Translate it.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    notes={"source": "The source page says the same."},
    compares=True,
    yields_to=("LF507",),
)
def prose_untranslated(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report texts of a translation that were left in the words of the source.

    ## What it does
    Compares each text with that of the source. Names that the contract or the glossary knows,
    names of files, addresses and code do not count. What is left has to be 40 letters long, or to
    have words without which no sentence of the source's language is made. No language is guessed
    from short cells. Titles and descriptions are told by `LF502`, whole pages by `LF507`.

    ## Why
    Readers meet a sentence that they may not understand, in the middle of a page in their language.

    ## Example
    ```markdown
    Invite everybody who has a part in the migration.
    ```

    ## Use instead
    ```markdown
    Laden Sie alle ein, die an der Migration beteiligt sind.
    ```

    ## Fix
    None: translate it.
    """
    view = view_of(facts, tree)
    if view is None:
        return
    for unit in view.in_state(UnitState.UNTRANSLATED):
        if unit.kind is not UnitKind.META:
            at = Elsewhere(view.source.place(span_of(unit.sources)), "source")
            yield found(span_of(unit.targets), related=(at,), text=unit.targets[0].text)


@tree_rule(
    "LF517",
    "pairing-unsure",
    "What this text translates is not certain; perhaps “{text}”.",
    "Compare both pages from here on; then `leitfaden translated` records what belongs together.",
    severity=Severity.NOTICE,
    confidence=Confidence.POSSIBLE,
    variants={
        "several": Wording(
            "What {count} texts of the page translate is not certain; this one perhaps “{text}”.",
            "Compare both pages; then `leitfaden translated` records what belongs together.",
        ),
    },
    notes={"source": "Perhaps this.", "other": "Nor is it certain here."},
    compares=True,
    yields_to=("LF507",),
)
def pairing_unsure(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report texts of which it is not certain what of the source they translate.

    ## What it does
    Puts both pages side by side. Where both have texts below a heading that the other one lacks,
    or the same text is divided in another way, and nothing in them tells which belong together,
    nothing is guessed: the page is reported once, with the first of these texts. Where only the
    translation says less, `LF514` tells it.

    ## Why
    As long as that is open, nobody learns which of these texts are behind when the source changes.

    ## Example
    The source page, and the translated one:

    ```markdown
    - Set a date.
    - Agree on an agenda.
    - Choose who presents.
    ```
    ```markdown
    - Termin festlegen.
    - Vortragende bestimmen, dann Agenda abstimmen.
    ```

    ## Use instead
    ```markdown
    - Termin festlegen.
    - Agenda abstimmen.
    - Vortragende bestimmen.
    ```

    ## Fix
    None: compare the pages, and record what belongs together.
    """
    view = view_of(facts, tree)
    units = view.unsure if view else ()
    if view is None or not units:
        return
    first, *rest = units
    at = Elsewhere(view.source.place(span_of(first.sources)), "source")
    places = [Elsewhere(facts.place(span_of(unit.targets)), "other") for unit in rest[:_RELATED]]
    yield found(
        span_of(first.targets),
        "several" if rest else "",
        related=(at, *places),
        text=first.sources[0].text,
        count=len(units),
    )


@tree_rule(
    "LF521",
    "translation-unrecorded",
    "Of {count} texts of this translation nobody has recorded that they are true to the source.",
    "Compare them with the source, then run `leitfaden translated`.",
    severity=Severity.NOTICE,
    variants={
        "one": Wording(
            "Of a text of this translation nobody has recorded that it is true to the source.",
            "Compare it with the source, then run `leitfaden translated`.",
        ),
    },
    compares=True,
    yields_to=("LF503", "LF507", "LF517"),
)
def translation_unrecorded(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report translations of which something is not recorded.

    ## What it does
    Counts the texts of a translation that the lock of its language does not know, as they are new,
    or have been edited since. Where there is no lock yet, `LF520` tells it; where the page is older
    than its source by its own account, `LF503`.

    ## Why
    When the source changes, what is recorded is known to be behind. Of all else nobody learns it.

    ## Example
    A paragraph of `docs/de/index.md` was worded anew, and `leitfaden translated` was not run.

    ## Use instead
    ```sh
    leitfaden translated docs/de/index.md
    ```

    ## Fix
    None: only a person can say that a translation is true. `leitfaden status` names the texts.
    """
    standings, pair = tree.standings, tree.pair(facts)
    if standings is None or pair is None or pair.is_late:
        return
    count = pair.counts.get(UnitState.UNRECORDED, 0)
    if count and standings.is_begun(facts.locale):
        yield found(_WHOLE, "one" if count == 1 else "", count=count)
