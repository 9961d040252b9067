"""The sections of a page: which, in which order, at which level, under which name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from leitfaden.checking.edits import deleted, replaced
from leitfaden.checking.finding import Elsewhere, Finding, found
from leitfaden.checking.memory import once_per_locale
from leitfaden.checking.outline import with_level
from leitfaden.checking.rule import Wording, page_rule
from leitfaden.checking.subject import Subject
from leitfaden.contract import Contract, Section, fold, nearest
from leitfaden.contract.vocabulary import spellings
from leitfaden.model import Confidence, DefectKind, Event, Fix, Heading, Severity, Span

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CONTENT = frozenset(("paragraph", "table", "list", "quote", "code-block"))
_GAP = re.compile(r"[ \t\r\n]+")
_LIST_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?=[ \t\r\n]|\Z)")
_SHORT = 5  # characters; of a shorter name a single different one makes another word
_MOST = 100  # headings; a page with more has other worries than a misspelled section


@page_rule(
    "LF204",
    "section-missing",
    "The section “{section}” is missing.",
    "Pages of the kind `{kind}` have it.",
    variants={
        "behind": Wording(
            "The section “{section}” is missing.", "Put it behind the section “{neighbour}”."
        ),
        "before": Wording(
            "The section “{section}” is missing.", "Put it before the section “{neighbour}”."
        ),
    },
)
def section_missing(subject: Subject) -> Iterator[Finding]:
    """Report a section that a page of its kind must have.

    ## What it does
    Looks for each section that the contract requires of pages of this kind (`required-in`), under
    any of its names, in any language and at any level.

    ## Why
    Pages of one kind answer the same questions in the same places. Where a section is missing,
    readers look for it in vain, and views that gather it from all pages show a gap.

    ## Example
    ```markdown
    ## Key Inputs

    - The signed agreement

    ## Next Steps
    ```

    ## Use instead
    ```markdown
    ## Key Inputs

    - The signed agreement

    ## Key Outputs

    - The list of technical gaps

    ## Next Steps
    ```

    ## Fix
    None: write the section. Help says where it belongs.
    """
    kind, locale = subject.page.kind, subject.locale
    sections = subject.contract.sections
    required = [key for key, section in sections.items() if kind in section.required_in]
    if not required:
        return
    present = {section.key for _, _, section in subject.sections}
    if present.issuperset(required):
        return
    present |= {near.key for _, near in _near_misses(subject)}
    for key in required:
        if key not in present:
            variant, neighbour = _neighbour(key, list(sections), present)
            yield found(
                Span(0, 0),
                variant,
                section=sections[key].name(locale),
                kind=kind,
                neighbour=sections[neighbour].name(locale) if neighbour else "",
            )


def _neighbour(key: str, order: Sequence[str], present: set[str]) -> tuple[str, str]:
    """Return which section of the page stands next to one, and on which side of it that goes."""
    at = order.index(key)
    for other in reversed(order[:at]):
        if other in present:
            return "behind", other
    for other in order[at + 1 :]:
        if other in present:
            return "before", other
    return "", ""


@page_rule(
    "LF205",
    "section-order",
    "The section “{section}” stands in the wrong place.",
    "It belongs behind the section “{neighbour}”.",
    variants={
        "before": Wording(
            "The section “{section}” stands in the wrong place.",
            "It belongs before the section “{neighbour}”.",
        ),
    },
    severity=Severity.WARNING,
    notes={"neighbour": "The section “{neighbour}”."},
)
def section_order(subject: Subject) -> Iterator[Finding]:
    """Report a section that stands in another place than the contract gives it.

    ## What it does
    Compares the order of the known sections with the contract's. Of a section that is there twice
    the first one counts. As few sections as possible are reported: one that moved, not all others.

    ## Why
    Who knows one page finds things on all others, as long as the order is the same.

    ## Example
    ```markdown
    ## Objectives

    ## Overview
    ```

    ## Use instead
    ```markdown
    ## Overview

    ## Objectives
    ```

    ## Fix
    None: move the section with all that stands below it.
    """
    order = [key for key, section in subject.contract.sections.items() if section.within is None]
    first: dict[str, Heading] = {}
    for _, heading, section in subject.sections:
        if section.within is None:
            first.setdefault(section.key, heading)
    places = [order.index(key) for key in first]
    if all(one < other for one, other in pairwise(places)):
        return
    in_order = {order[place] for place in _longest_rise(places)}
    for key, heading in first.items():
        if key not in in_order:
            side, neighbour = _neighbour(key, order, in_order)
            name = subject.contract.sections[neighbour].name(subject.locale)
            place = subject.page.place(first[neighbour].span)
            yield found(
                heading.span,
                "before" if side == "before" else "",
                section=heading.text,
                neighbour=name,
                related=(Elsewhere(place, "neighbour", {"neighbour": name}),),
            )


def _longest_rise(places: Sequence[int]) -> list[int]:
    """Return the longest rising part of a few numbers; of several as long, the first."""
    rises: list[list[int]] = []
    for place in places:
        before = (rise for rise in rises if rise[-1] < place)
        rises.append([*max(before, key=len, default=[]), place])
    return max(rises, key=len, default=[])


@page_rule(
    "LF206",
    "section-level",
    "“{heading}” has the level {level}; the contract gives this section the level {wanted}.",
    "Give it {wanted} `#`.",
    severity=Severity.NOTICE,
    yields_to=("LF203",),
    fixable="safe",
    reshapes=True,
)
def section_level(subject: Subject) -> Iterator[Finding]:
    """Report a section whose heading has another level than the contract gives it.

    ## What it does
    Compares the level of each known section with the contract's. A section that the contract puts
    within another one is looked at there only.

    ## Why
    The level decides what belongs to what in the outline. A summary of changes one level too deep
    becomes a part of whatever stands before it. Readers hardly see the difference.

    ## Example
    ```markdown
    ## Next Steps

    ### Refresh Summary
    ```

    ## Use instead
    ```markdown
    ## Next Steps

    ## Refresh Summary
    ```

    ## Fix
    Safe: the heading gets the contract's level. None if another heading would change places with
    it, or if no other heading of the page has that level: then look at all of them.
    """
    levels = Counter(heading.level for heading in subject.page.headings)
    parent: Heading | None = None
    for index, heading, section in subject.sections:
        if section.within is None:
            parent = heading
        elif parent is None or parent.section != section.within or heading.level <= parent.level:
            continue
        if heading.level != section.level:
            fits = heading.level == 1 or levels[section.level]
            yield found(
                heading.span,
                heading=heading.text,
                level=heading.level,
                wanted=section.level,
                fix=with_level(subject, index, section.level) if fits else None,
            )


@page_rule(
    "LF207",
    "section-repeated",
    "The section “{section}” is there a second time.",
    "Merge both, or give this one a name of its own.",
    severity=Severity.WARNING,
    notes={"first": "The first one."},
)
def section_repeated(subject: Subject) -> Iterator[Finding]:
    """Report a section that a page has twice.

    ## What it does
    Counts the known sections. One that the contract puts within another, such as a step's tasks,
    may be there as often as needed.

    ## Why
    A link to the section leads to the first one, and views that gather a section from all pages
    take that one, too. Nobody gets to the second.

    ## Example
    ```markdown
    ## Key Inputs

    - The contract

    ## Key Inputs

    - The list of contacts
    ```

    ## Use instead
    ```markdown
    ## Key Inputs

    - The contract
    - The list of contacts
    ```

    ## Fix
    None: the texts have to be merged by hand.
    """
    first: dict[str, Heading] = {}
    for _, heading, section in subject.sections:
        if section.within is None and first.setdefault(section.key, heading) is not heading:
            place = subject.page.place(first[section.key].span)
            yield found(heading.span, section=heading.text, related=(Elsewhere(place, "first"),))


@page_rule(
    "LF208",
    "section-indented",
    "The heading “{heading}” is indented, which puts it into the list above.",
    "Let it begin at the start of the line.",
    variants={
        "code": Wording(
            "The heading “{heading}” is indented, which makes it code.",
            "Let it begin at the start of the line.",
        )
    },
    severity=Severity.WARNING,
    fixable="safe",
    reshapes=True,
    needs=(DefectKind.HEADING_INSIDE_LIST, DefectKind.HEADING_INDENTED),
)
def section_indented(subject: Subject) -> Iterator[Finding]:
    """Report the heading of a section that an indent has made a part of something else.

    ## What it does
    Looks for headings of known sections inside a list item or an indented code block.

    ## Why
    This site takes such a heading for what it is meant to be. GitHub and every other reader of
    Markdown do not: they show the section as a part of the last list item, or its heading as code.

    ## Example
    ```markdown
    - Hand over to the next phase.

        ## Refresh Summary
    ```

    ## Use instead
    ```markdown
    - Hand over to the next phase.

    ## Refresh Summary
    ```

    ## Fix
    Safe: the indent is removed, unless what follows is indented, too, or the list goes on behind
    the heading. Then move all of it by hand.
    """
    headings = subject.page.headings
    for heading in headings:
        for defect in heading.defects:
            variant = "code" if defect.kind is DefectKind.HEADING_INDENTED else ""
            fix = _without_indent(subject.text, heading.span)
            yield found(heading.span, variant, heading=heading.text, fix=fix)


def _without_indent(text: str, span: Span) -> Fix | None:
    start = text.rfind("\n", 0, span.start) + 1
    marks = span.start + len(span.of(text)) - len(span.of(text).lstrip(" \t"))
    if text[start:marks].strip(" \t") or not text.startswith("#", marks):
        return None  # behind the marker of a list item, or underlined
    gap = _GAP.match(text, span.end)
    behind = gap.end() if gap else span.end
    indented = gap is not None and not gap[0].endswith("\n")
    if behind < len(text) and (indented or _LIST_MARKER.match(text, behind)):
        return None
    return deleted(Span(start, marks)) if start < marks else None


@page_rule(
    "LF212",
    "section-other-language",
    "“{heading}” is the name of a section in another language ({locale}).",
    "Write “{name}”.",
    severity=Severity.WARNING,
    yields_to=("LF507",),
    fixable="safe",
)
def section_other_language(subject: Subject) -> Iterator[Finding]:
    """Report the name of a section in another language than the page's.

    ## What it does
    Compares the names of the known sections with those of the page's language. A name that both
    languages share is fine. Of a page that is written in another language as a whole, `LF507` tells
    only that.

    ## Why
    The section is still found, but readers see a word of another language in the table of
    contents, and search in their own language misses the page.

    ## Example
    ```markdown
    # Durchführung des Workshops

    ## Übersicht

    ## Objectives
    ```

    ## Use instead
    ```markdown
    # Durchführung des Workshops

    ## Übersicht

    ## Ziele
    ```

    ## Fix
    Safe: the name is replaced by the contract's name of the section in the page's language.
    """
    for _, heading, section in subject.sections:
        if heading.section_locale != subject.locale:
            name = section.name(subject.locale)
            yield found(
                heading.text_span,
                heading=heading.text,
                locale=heading.section_locale,
                name=name,
                fix=_renamed(subject, heading, name, safe=True),
            )


def _renamed(subject: Subject, heading: Heading, name: str, *, safe: bool) -> Fix | None:
    span = heading.text_span
    if " ".join(span.of(subject.text).split()) != heading.text:
        return None  # mark-up, or characters that are not seen
    return replaced(span, name, safe=safe)


@page_rule(
    "LF213",
    "section-name",
    "The section “{name}” is called “{heading}” here.",
    "Write “{name}”, as on other pages.",
    variants={"near": Wording("“{heading}” looks like the section “{name}”, but is not its name.")},
    severity=Severity.NOTICE,
    confidence=Confidence.LIKELY,
    yields_to=("LF507",),
    fixable="unsafe",
)
def section_name(subject: Subject) -> Iterator[Finding]:
    """Report a known section under another name than the contract's.

    ## What it does
    Looks for names that the contract lists as further or former spellings of a section
    (`aliases`, `deprecated`), and for headings that are no known section but nearly the name of
    one that the page lacks.

    ## Why
    The same thing under one name is found faster than under three. A misspelled name is worse: the
    section does not count as there.

    ## Example
    ```markdown
    ## Key Input
    ```

    ## Use instead
    ```markdown
    ## Key Inputs
    ```

    ## Fix
    Unsafe: the heading gets the contract's name. Look for places in the text that mention the old
    one.
    """
    for _, heading, section in subject.sections:
        if heading.section_locale == subject.locale:
            match = subject.contract.sections.find_in(heading.text, subject.locale)
            if match is not None and match.form != "name":
                yield _other_name(subject, heading, section, "")
    for heading, section in _near_misses(subject):
        yield _other_name(subject, heading, section, "near")


def _other_name(subject: Subject, heading: Heading, section: Section, variant: str) -> Finding:
    name = section.name(subject.locale)
    return found(
        heading.text_span,
        variant,
        guess=name if variant else None,
        name=name,
        heading=heading.text,
        fix=_renamed(subject, heading, name, safe=False),
    )


class _Name(NamedTuple):
    """A good name of a section."""

    text: str
    length: int
    section: Section


def _near_misses(subject: Subject) -> Iterator[tuple[Heading, Section]]:
    """Yield headings that are nearly the name of a section that the page lacks."""
    headings = subject.page.headings
    present = {heading.section for heading in headings}
    names = [
        name for name in _names(subject.contract, subject.locale) if name.section.key not in present
    ]
    if not names:
        return
    unknown = (heading for heading in headings if heading.section is None)
    for heading in islice(unknown, _MOST):
        near = _near(heading, names, subject.page.kind)
        if near is not None:
            names = [name for name in names if name.section is not near]
            yield heading, near


@once_per_locale
def _names(contract: Contract, locale: str) -> list[_Name]:
    """Return the good names of the sections that stand on their own."""
    return [
        _Name(spelling, len(spelling), section)
        for section in contract.sections.values()
        if section.within is None
        for spelling, form in spellings(section, locale)
        if form != "deprecated"
    ]


def _near(heading: Heading, names: Sequence[_Name], kind: str) -> Section | None:
    """Return the section whose name a heading nearly is."""
    text, length = heading.text, len(heading.text)
    for name, its_length, section in names:
        if section.level != heading.level:
            continue
        if -2 <= its_length - length <= 2 and _differ_little(text, name):
            return section
        # What must be there is looked for with more patience.
        if kind in section.required_in and nearest(text, (name,)):
            return section
    return None


def _differ_little(one: str, other: str) -> bool:
    """Tell whether two texts differ in one place only, and there by two characters at most."""
    if min(len(one), len(other)) < _SHORT:
        return False
    one, other = fold(one), fold(other)
    shorter = min(len(one), len(other))
    same = 0
    while same < shorter and one[same] == other[same]:
        same += 1
    last = 0
    while last < shorter - same and one[-1 - last] == other[-1 - last]:
        last += 1
    return max(len(one), len(other)) - same - last <= 2


@page_rule(
    "LF223",
    "section-empty",
    "Nothing stands below the heading “{heading}”.",
    "Write what it promises, or remove it.",
    severity=Severity.WARNING,
    yields_to=("LF211",),
)
def section_empty(subject: Subject) -> Iterator[Finding]:
    """Report a heading with nothing below it.

    ## What it does
    Looks for headings, other than the title, that are followed by nothing, or by a heading of the
    same or a higher level. Comments in HTML count as nothing. A heading that is a link leads
    somewhere by itself and is not looked at.

    ## Why
    A heading is a promise. Readers who follow it from the table of contents, or from a link, find
    another section's text and take it for this one's. Often it is a list item or a sentence that
    became a heading by mistake.

    ## Example
    ```markdown
    ## Key Outputs

    ## Next Steps

    Go on with the next process.
    ```

    ## Use instead
    ```markdown
    ## Key Outputs

    - The list of technical gaps

    ## Next Steps

    Go on with the next process.
    ```

    ## Fix
    None: only the writer knows what was to stand there.
    """
    headings, events = subject.page.headings, subject.page.events
    for index, heading in enumerate(headings):
        at = heading.events[1]
        if at < len(events) and events[at].kind == "open" and events[at].tag in _CONTENT:
            continue
        following = headings[index + 1] if index + 1 < len(headings) else None
        if heading.level == 1 or (following and _stands_below(subject, following, heading)):
            continue
        end = following.events[0] if following else len(events)
        links = any(event.tag == "link" for event in events[slice(*heading.events)])
        if not links and _shows_nothing(events, heading.events[1], end):
            yield found(heading.span, heading=heading.text)


def _stands_below(subject: Subject, heading: Heading, above: Heading) -> bool:
    """Tell whether a heading is part of what stands below another; a section of the page is not."""
    section = subject.contract.sections.get(heading.section) if heading.section else None
    level = section.level if section and section.within is None else heading.level
    return level > above.level


def _shows_nothing(events: Sequence[Event], first: int, end: int) -> bool:
    html = []
    for index in range(first, end):
        kind, tag, value, _, _ = events[index]
        if kind in ("html", "inline-html"):
            html.append(str(value))
        elif kind != "close" and tag != "html-block":
            return False
    return not html or not _COMMENT.sub("", "".join(html)).strip()
