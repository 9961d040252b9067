"""Names that the source has given up, and that live on in translations."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Elsewhere, Finding, found
from leitfaden.checking.rule import Wording, tree_rule
from leitfaden.checking.terms import Leftovers, renamed
from leitfaden.checking.tree import Tree
from leitfaden.model import Confidence, Severity

_RELATED = 20  # places that a finding names at most


@tree_rule(
    "LF802",
    "term-left-behind",
    "“{name}” stands in {count} places of translations, and no longer anywhere in the source.",
    "Find out what it is called today, and change it in all of these places.",
    severity=Severity.NOTICE,
    confidence=Confidence.LIKELY,
    variants={
        "renamed": Wording(
            "“{name}” stands in {count} places of translations, and no longer anywhere in the "
            "source, which seems to say “{instead}”.",
            "If that is its name today, change it in all of these places.",
        )
    },
    notes={"": "Here, too."},
    compares=True,
    yields_to=("LF801",),
    fixable="unsafe",
)
def term_left_behind(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report names that the source no longer has, and translations still do.

    ## What it does
    Where a part of a translation is behind by what the lock records, the names in it are compared
    with those of the source: what the glossary, the roles and the services know, and what is
    written like a name, such as `PowerShell` or `FTOP`. A name that no source page has any more,
    and that stands in two places of translations at least, is reported once for all languages, with
    all of these places. A name that is recorded as a current translation belongs to the language,
    and is none. What the contract calls retired is told by `LF801`.

    ## Why
    A product is renamed on the source pages in one go. Translations follow one by one, and readers
    search for a name that is there only sometimes.

    ## Example
    The source pages say `NewPortal` since last week, and two translated pages:

    ```markdown
    Öffnen Sie das OldPortal.
    ```

    ## Use instead
    ```markdown
    Öffnen Sie das NewPortal.
    ```

    ## Fix
    To be looked at, if it is clear what the source says now: `leitfaden fix --unsafe --rule LF802`
    writes the new name in all places of all languages, but not in addresses. Look whether the
    sentences still hold.
    """
    for one in tree.once(Leftovers).by_path.get(facts.path, ()):
        page = tree.standings.page(facts.id, facts.locale) if tree.standings else None
        first, *rest = one.spans
        yield found(
            first,
            "renamed" if one.instead else "",
            related=[Elsewhere(facts.place(span)) for span in rest[:_RELATED]],
            fix=renamed(one, page.text) if page else None,
            cause=one.name,
            name=one.name,
            instead=one.instead,
            count=one.places,
        )
