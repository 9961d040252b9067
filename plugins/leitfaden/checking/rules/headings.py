"""Headings: their form and their levels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from leitfaden.checking.edits import deleted, replaced
from leitfaden.checking.finding import Elsewhere, Finding, found
from leitfaden.checking.outline import with_level
from leitfaden.checking.rule import Wording, page_rule
from leitfaden.checking.subject import Subject
from leitfaden.contract import Section
from leitfaden.model import Confidence, Fix, Heading, Page, Severity, Span

_WIDE_MARKS = re.compile(r" {0,3}#{1,6}([ \t\u00a0]{2,})(?=\S)")
_TITLE_TAG = re.compile(r"<h1[\s>]", re.IGNORECASE)
# What ends a sentence or introduces what follows, in the scripts of the world. Marks of questions
# and exclamations, closing brackets, quotation marks and ellipses are part of what a heading says.
_FINAL_MARKS = frozenset(
    ".:;,"
    "\u0589\u060c\u061b\u06d4"  # Armenian; Arabic
    "\u0964\u0965"  # Devanagari and its kin
    "\u1362\u1363\u1364\u1365\u1366"  # Ethiopic
    "\u17d4\u17d6"  # Khmer
    "\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff61\uff64"  # Chinese and Japanese
)
_EMPHASIS = "*_~ \t"
_TOLD = 10  # titles of a page; who has more need not be shown all of them


@page_rule(
    "LF201",
    "title-missing",
    "The page has no title: no heading has the level 1.",
    "Put the title above everything else: `# …`.",
    severity=Severity.WARNING,
)
def title_missing(subject: Subject) -> Iterator[Finding]:
    """Report a page without a heading of level 1.

    ## What it does
    Looks for a heading with one `#`, or an `<h1>` in HTML.

    ## Why
    The title names the page in the navigation, in search results and for everyone who has it read
    aloud. Without one, the page goes by what its metadata say, which in a translation is often
    still the title in another language.

    ## Example
    ```markdown
    ## Learning paths

    These paths suit every audience.
    ```

    ## Use instead
    ```markdown
    # Learning paths

    These paths suit every audience.
    ```

    ## Fix
    None: only the writer knows the title. If the first heading is meant as one, give it one `#`,
    and those below it one less, too.
    """
    page = subject.page
    if not any(heading.level == 1 for heading in page.headings) and not _has_title_tag(page):
        yield found(Span(0, 0))


def _has_title_tag(page: Page) -> bool:
    return any(
        event.kind in ("html", "inline-html") and _TITLE_TAG.search(str(event.value))
        for event in page.events
    )


@page_rule(
    "LF202",
    "title-repeated",
    "“{heading}” is a second title: the page already has the title “{title}”.",
    "Give it two `#`, and those below it one more, too.",
    variants={
        "several": Wording(
            "“{heading}” is the first of {count} further titles: the page already has the title "
            "“{title}”.",
            "Give each of them two `#`, and those below them one more, too.",
        )
    },
    severity=Severity.WARNING,
    notes={"title": "The title.", "again": "Another one."},
)
def title_repeated(subject: Subject) -> Iterator[Finding]:
    """Report a second heading of level 1.

    ## What it does
    Counts the headings with one `#`, and reports a page once, however many there are. A known
    section at that level is no second title: `LF206`
    tells its level.

    ## Why
    A page has one title. Whatever comes behind a second one looks like another page to search
    engines and to readers who move from heading to heading, and sections that share a level with
    the title are not listed beside it.

    ## Example
    ```markdown
    # Status codes

    # Blocked
    ```

    ## Use instead
    ```markdown
    # Status codes

    ## Blocked
    ```

    ## Fix
    None: whether the headings below move with it is for the writer to say.
    """
    titles = [heading for heading in subject.page.headings if heading.level == 1]
    more = [heading for heading in titles[1:] if _schema(subject, heading) is None]
    if more:
        page = subject.page
        first = Elsewhere(page.place(titles[0].span), "title")
        again = [Elsewhere(page.place(heading.span), "again") for heading in more[1:_TOLD]]
        yield found(
            more[0].span,
            "several" if again else "",
            heading=more[0].text,
            title=titles[0].text,
            count=len(more),
            related=(first, *again),
        )


@page_rule(
    "LF203",
    "heading-level-skipped",
    "“{heading}” has the level {level}, but the heading before it has the level {above}.",
    "Give it {wanted} `#`.",
    variants={
        "section": Wording(
            "“{heading}” has the level {level}, but the heading before it has the level {above}; "
            "the contract gives this section the level {wanted}.",
            "Give it {wanted} `#`.",
        )
    },
    severity=Severity.WARNING,
    fixable="safe",
    reshapes=True,
)
def heading_level_skipped(subject: Subject) -> Iterator[Finding]:
    """Report a heading that is more than one level below the one before it.

    ## What it does
    Compares the level of each heading with that of the heading before it. Upwards any step is
    fine.

    ## Why
    Levels are the page's outline: in the table of contents, and for readers who cannot see sizes.
    A gap says that something is missing there.

    ## Example
    ```markdown
    # Assess

    ### General
    ```

    ## Use instead
    ```markdown
    # Assess

    ## General
    ```

    ## Fix
    Safe: a section whose level the contract states, and which holds no further headings, gets that
    level. Anything else is for the writer: with the heading, those below it move, too.
    """
    headings = subject.page.headings
    for index, (above, heading) in enumerate(pairwise(headings), 1):
        if heading.level > above.level + 1:
            section = _schema(subject, heading)
            known = section is not None and section.level <= above.level + 1
            wanted = section.level if section and known else above.level + 1
            yield found(
                heading.span,
                "section" if known else "",
                heading=heading.text,
                level=heading.level,
                above=above.level,
                wanted=wanted,
                fix=with_level(subject, index, wanted) if known else None,
            )


def _schema(subject: Subject, heading: Heading) -> Section | None:
    """Return the section of the contract that a heading opens."""
    return subject.contract.sections.get(heading.section) if heading.section else None


@page_rule(
    "LF209",
    "heading-punctuation",
    "The heading “{heading}” ends with `{mark}`.",
    "Leave the mark out.",
    severity=Severity.NOTICE,
    confidence=Confidence.LIKELY,
    fixable="unsafe",
)
def heading_punctuation(subject: Subject) -> Iterator[Finding]:
    """Report a heading that ends like a sentence or an introduction.

    ## What it does
    Looks at the last character of each heading: full stop, colon, semicolon or comma, in any
    script. Marks of questions and exclamations may stand, and so may ellipses and abbreviations
    with a stop inside, such as `e.g.`

    ## Why
    A heading stands for itself: in the table of contents, the navigation and search results
    nothing follows the colon. A full stop mostly means that a sentence became a heading by
    mistake.

    ## Example
    ```markdown
    ## Valid examples:
    ```

    ## Use instead
    ```markdown
    ## Valid examples
    ```

    ## Fix
    Unsafe: the mark is removed. Look at what it belonged to; the stop of an abbreviation stays.
    """
    for heading in subject.page.headings:
        text = heading.text
        if text and text[-1] in _FINAL_MARKS and not _may_end_so(text):
            fix = _without_mark(subject, heading)
            yield found(heading.text_span, heading=text, mark=text[-1], fix=fix)


def _may_end_so(text: str) -> bool:
    if text[-1] != ".":
        return len(text) == 1
    return "." in text.rsplit(maxsplit=1)[-1][:-1]


def _without_mark(subject: Subject, heading: Heading) -> Fix | None:
    span = heading.text_span
    bare = span.of(subject.text).rstrip(_EMPHASIS)
    if not bare.endswith(heading.text[-1]) or bare.endswith(f"\\{heading.text[-1]}"):
        return None  # an entity, an image's text, something within a link
    rest = bare[:-1].rstrip(" \t\u00a0")
    return deleted(Span(span.start + len(rest), span.start + len(bare)), safe=False)


@page_rule(
    "LF210",
    "heading-blanks",
    "Between `{marks}` and the heading “{heading}” there is more than one blank.",
    "Leave one blank.",
    severity=Severity.NOTICE,
    repeats=True,
    fixable="safe",
)
def heading_blanks(subject: Subject) -> Iterator[Finding]:
    """Report more than one blank between the `#` of a heading and its text.

    ## What it does
    Looks at the blanks behind the `#` marks of each heading.

    ## Why
    They are not shown, so nobody sees them; but searching the sources for `## Overview` misses the
    heading, and each tool that tidies pages changes the line again.

    ## Example
    ```markdown
    ##  Overview
    ```

    ## Use instead
    ```markdown
    ## Overview
    ```

    ## Fix
    Safe: all but one blank are removed.
    """
    for heading in subject.page.headings:
        marks = _WIDE_MARKS.match(subject.text, heading.span.start, heading.text_span.start + 1)
        if marks:
            span = Span(marks.start(1), marks.end(1))
            shown = "#" * heading.level
            yield found(span, marks=shown, heading=heading.text, fix=replaced(span, " "))


@page_rule(
    "LF211",
    "heading-empty",
    "The heading of the level {level} says nothing.",
    "Write what stands below it, or remove the `{marks}`.",
    severity=Severity.WARNING,
    fixable="unsafe",
    reshapes=True,
)
def heading_empty(subject: Subject) -> Iterator[Finding]:
    """Report a heading without text.

    ## What it does
    Looks for headings without a character that can be read: nothing but `#` marks, an anchor, or an
    image without alternative text.

    ## Why
    Nobody sees it, but it is there: as an empty entry in the table of contents, and as a heading
    without a name for everyone who has the page read aloud.

    ## Example
    ```markdown
    ##

    Text that was meant to have a heading.
    ```

    ## Use instead
    ```markdown
    ## Preparation

    Text that has a heading.
    ```

    ## Fix
    Unsafe: bare `#` marks are removed and leave an empty line; perhaps a heading was meant.
    """
    for heading in subject.page.headings:
        if not heading.text:
            marks = heading.span.of(subject.text)
            bare = not marks.strip("# \t")
            fix = deleted(heading.span, safe=False) if bare else None
            yield found(heading.span, level=heading.level, marks="#" * heading.level, fix=fix)
