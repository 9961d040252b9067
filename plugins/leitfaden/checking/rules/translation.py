"""Translations: pages that wait, lack something, or are none."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.checking.facts import HeadingFact, PageFacts
from leitfaden.checking.finding import Elsewhere, Finding, found
from leitfaden.checking.parity import view_of
from leitfaden.checking.rule import Wording, tree_rule
from leitfaden.checking.tree import Tree
from leitfaden.contract import nearest
from leitfaden.contract.anchors import first_difference
from leitfaden.contract.contract import VOCABULARIES
from leitfaden.model import Confidence, Severity, Span
from leitfaden.translating.standing import UnitState

_WHOLE_PAGE = Span(0, 0)


@tree_rule(
    "LF501",
    "translation-missing",
    "The page has no translation in: {locales}; readers there get the source.",
    "Translate it when it has settled.",
    severity=Severity.NOTICE,
)
def translation_missing(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report source pages that are not translated into every language.

    ## What it does
    Looks in each other locale's folder for a page with the same id. A locale without any page has
    not begun and stays unmentioned.

    ## Why
    Where the translation is missing, the site shows the source with a note. That is better than
    nothing, and worse than a page in the reader's language.

    ## Example
    ```text
    docs/en/resources-bvd.md
    ```

    ## Use instead
    ```text
    docs/en/resources-bvd.md
    docs/de/resources-bvd.md
    ```

    ## Fix
    None: translate the page.
    """
    if facts.locale != tree.contract.source:
        return
    missing = [
        key
        for key in tree.contract.locale_keys
        if tree.pages.get(key) and facts.id not in tree.pages[key]
    ]
    if missing:
        yield found(_WHOLE_PAGE, locales=", ".join(missing))


@tree_rule(
    "LF502",
    "title-untranslated",
    "`title` and `description` have the words of the source page.",
    "Translate them.",
    severity=Severity.WARNING,
    variants={
        "title": Wording("`title` has the words of the source page.", "Translate it."),
        "description": Wording("`description` has the words of the source page.", "Translate it."),
    },
    notes={"source": "The source page says the same."},
    yields_to=("LF507",),
)
def title_untranslated(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report translations whose title or description was left in the words of the source.

    ## What it does
    Compares `title` and `description` of a translation with those of its source page. A value may
    be the same where it is the page's heading in both languages, too, and a name: one or two words,
    or a term of the contract.

    ## Why
    Browsers, search engines and the site's own search show the title from the metadata, not the
    heading: readers look for a page in their language and find another.

    ## Example
    ```yaml
    title: Conduct Security Workshop
    ```

    ## Use instead
    ```yaml
    title: Sicherheitsworkshop
    ```

    ## Fix
    None: translate the values.
    """
    source = tree.source_of(facts)
    if source is None:
        return
    same = [key for key in ("title", "description") if _same(facts, source, key, tree)]
    if same:
        place = Elsewhere(source.place(source.metadata[same[0]].span), "source")
        variant = "" if len(same) == 2 else same[0]
        yield found(facts.metadata[same[0]].span, variant, related=[place])


def _same(facts: PageFacts, source: PageFacts, key: str, tree: Tree) -> bool:
    """Tell whether a value has the words of the source, and not because it is a name."""
    ours, theirs = facts.metadata.get(key), source.metadata.get(key)
    if ours is None or theirs is None or not ours.text or ours.text != theirs.text:
        return False
    heads_both = ours.text == facts.title == source.title and _has_heading(facts)
    return not (heads_both and _is_name(ours.text, facts.locale, tree))


def _has_heading(facts: PageFacts) -> bool:
    return any(heading.level == 1 and heading.text for heading in facts.headings)


_LONGEST_NAME = 2  # words, of names that the contract doesn't know


def _is_name(text: str, locale: str, tree: Tree) -> bool:
    if len(text.split()) <= _LONGEST_NAME:
        return True
    contract = tree.contract
    return any(contract.vocabulary(name).find_in(text, locale) for name in VOCABULARIES)


@tree_rule(
    "LF503",
    "translation-older",
    "The translation was last updated on {ours}, its source page on {theirs}.",
    "Carry the changes over, and add a row to the update summary.",
    severity=Severity.NOTICE,
    confidence=Confidence.LIKELY,
    notes={"source": "The source page was updated here."},
    yields_to=("LF507",),
)
def translation_older(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report translations that are older than their source page.

    ## What it does
    Compares the newest date in the update summary of a translation with that of its source page.
    Where the lock knows which parts of the page are behind, these are told instead (`LF511`).

    ## Why
    Readers of the translation work with what the source said before.

    ## Example
    ```markdown
    | 03/02/2026 | Team | Neue Aufgabe 4021 |
    ```
    The source page has a row of 04/20/2026.

    ## Use instead
    ```markdown
    | 04/20/2026 | Team | Vorlauf genannt |
    | 03/02/2026 | Team | Neue Aufgabe 4021 |
    ```

    ## Fix
    None: translate what changed. This is a notice, since a translation that waits is not wrong.
    """
    source = tree.source_of(facts)
    if source is None or facts.newest is None or source.newest is None:
        return
    view = view_of(facts, tree)
    if view and view.in_state(UnitState.BEHIND):
        return  # what has changed is told part by part
    if facts.newest < source.newest:
        place = Elsewhere(source.place(source.newest_span), "source")
        ours, theirs = facts.newest.isoformat(), source.newest.isoformat()
        yield found(facts.newest_span, related=[place], ours=ours, theirs=theirs)


_FEWEST_SENTENCES = 2
_SHARED = 0.5  # of a page's sentences; the most that a translation of the corpus shares is a third


@tree_rule(
    "LF507",
    "page-in-other-language",
    "The page lies in the folder of “{folder}” and is written in “{written}”.",
    "Translate it, or move it to the folder of its language.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    notes={"source": "The source page has the same sentences."},
)
def page_in_other_language(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report pages that are written in another language than that of their folder.

    ## What it does
    Compares the sentences of a translation with those of its source page, and the names of its
    sections with what the contract calls them in each language. A page is reported when at least
    half of its sentences are those of the source and no section has a name in its own language, or
    when several sections have names in another language and none in its own.

    ## Why
    Readers choose a language and get another one. Search finds the page in the wrong language, and
    nobody notices that the translation is missing.

    ## Example
    A page below `docs/de/` that was copied from `docs/en/` and never translated.

    ## Use instead
    The translated page, or none: then readers get the source with a note that says so.

    ## Fix
    None: translate the page, or delete the copy. Whatever else is in the wrong language on the page
    is not told until then.
    """
    written = written_language(facts, tree)
    if written:
        locales = tree.contract.locales
        source = tree.source_of(facts)
        same = source is not None and source.locale == written and is_copy(facts, source)
        place = [Elsewhere(source.place(_WHOLE_PAGE), "source")] if source and same else []
        folder, language = locales[facts.locale].name, locales[written].name
        yield found(_WHOLE_PAGE, related=place, folder=folder, written=language)


def written_language(facts: PageFacts, tree: Tree) -> str | None:
    """Return the locale in whose language a page is written, if that is not its own."""
    others = _foreign_sections(facts, tree)
    if others is None:
        return None
    source = tree.source_of(facts)
    if source and len(facts.blocks) >= _FEWEST_SENTENCES and is_copy(facts, source):
        return source.locale
    # One section can have been forgotten, or have been pasted; several have not.
    several = [locale for locale, count in others.items() if count > 1]
    return max(several, key=others.__getitem__, default=None)


def _foreign_sections(facts: PageFacts, tree: Tree) -> dict[str, int] | None:
    """Return how many sections have a name of another language; None if one has its own."""
    sections = tree.contract.sections
    counts: dict[str, int] = {}
    for heading in facts.headings:
        if heading.section is None:
            continue
        names = [key for key in tree.contract.locale_keys if sections.find_in(heading.text, key)]
        if facts.locale in names:
            if len(names) == 1:
                return None
            continue  # a name that languages share tells nothing
        for key in names:
            counts[key] = counts.get(key, 0) + 1
    return counts


def is_copy(facts: PageFacts, source: PageFacts) -> bool:
    """Tell whether half of a page's prose stands in its source page, too."""
    return _shared(facts, source) >= _SHARED


def _shared(facts: PageFacts, source: PageFacts) -> float:
    """Return how much of a page's prose stands in its source page, too."""
    sentences = set(facts.blocks)
    return len(sentences.intersection(source.blocks)) / len(sentences) if sentences else 0.0


@tree_rule(
    "LF508",
    "section-missing-in-translation",
    "The translation lacks sections of its source page: {sections}.",
    "Translate them, too.",
    severity=Severity.NOTICE,
    variants={
        "added": Wording(
            "The source page has no section “{section}”.",
            "Add it there, or take it out of the translation.",
        )
    },
    notes={
        "source": "The source page has it here.",
        "locale": "The same in the locale `{locale}`.",
    },
    yields_to=("LF507",),
)
def section_missing_in_translation(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report known sections that a translation and its source page don't share.

    ## What it does
    Compares which sections of the contract a translation and its source page have. Sections that
    every page of the kind must have are left to the rule for these, which tells them for each page.

    ## Why
    Readers of one language get what those of the other don't, and neither of them can see it.

    ## Example
    ```markdown
    # Kick-off

    ## Ziele
    ```
    The source page has the sections Objectives and FTOP Tasks.

    ## Use instead
    ```markdown
    # Kick-off

    ## Ziele

    #### FTOP-Aufgaben
    ```

    ## Fix
    None: translate the section, or remove it from the other page.
    """
    source = tree.source_of(facts)
    if source is None:
        return
    ours, theirs = _sections(facts), _sections(source)
    if ours.keys() == theirs.keys():
        return
    known = tree.contract.sections
    needed = {key for key, section in known.items() if facts.kind in section.required_in}
    lacking = [key for key in theirs if key not in ours and key not in needed]
    if lacking:
        places = [Elsewhere(source.place(theirs[key]), "source") for key in lacking]
        names = ", ".join(f"“{known[key].name(facts.locale)}”" for key in lacking)
        cause = f"{facts.id} lacks {' '.join(lacking)}"
        yield found(_WHOLE_PAGE, related=places, cause=cause, sections=names)
    for key, span in ours.items():
        if key not in theirs and key not in needed:
            cause = f"{facts.id} {key}"
            yield found(span, "added", cause=cause, section=known[key].name(source.locale))


def _sections(facts: PageFacts) -> dict[str, Span]:
    """Return where the known sections begin, in the order of the page."""
    first: dict[str, Span] = {}
    for heading in facts.headings:
        if heading.section is not None:
            first.setdefault(heading.section, heading.span)
    return first


@tree_rule(
    "LF509",
    "translation-without-source",
    "The source locale `{source}` has no page `{id}` that this one could translate.",
    "Write the page there, or give this one the id of the page that it translates.",
    severity=Severity.NOTICE,
    yields_to=("LF507",),
)
def translation_without_source(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report pages of other languages that the source locale doesn't have.

    ## What it does
    Looks for a source page with the same id, which is the file's path below the locale's folder.
    Where a source page without a translation has a similar id, it is named.

    ## Why
    A translation is found through its source: without one the language switch leads nowhere, the
    page stands in no navigation, and nobody learns when it is out of date.

    ## Example
    ```text
    docs/en/resources-bvd.md
    docs/de/resource-bvd.md
    ```

    ## Use instead
    ```text
    docs/en/resources-bvd.md
    docs/de/resources-bvd.md
    ```

    ## Fix
    None: rename the file, or write the source page.
    """
    source = tree.contract.source
    originals = tree.pages.get(source, {})
    if facts.locale == source or facts.id in originals or not originals:
        return
    own = tree.pages.get(facts.locale, {})
    waiting = [page_id for page_id in originals if page_id not in own]
    yield found(_WHOLE_PAGE, guess=nearest(facts.id, waiting), source=source, id=facts.id)


_SAME_HEADINGS = (
    "Give both pages the same headings with the same levels; one may be missing, or be one too "
    "many, further up. Until then, a change of language there can lose the reader's place."
)


@tree_rule(
    "LF510",
    "outline-differs",
    "From “{heading}” on, the outline differs from that of the source page, which has “{theirs}” "
    "(level {level}) in this place.",
    _SAME_HEADINGS,
    severity=Severity.NOTICE,
    variants={
        "longer": Wording(
            "The outline of the source page ends before “{heading}”.",
            _SAME_HEADINGS,
        ),
        "shorter": Wording(
            "The outline of the source page goes on, with “{theirs}” (level {level}).",
            _SAME_HEADINGS,
        ),
    },
    notes={"source": "The source page's heading in this place."},
    yields_to=("LF201", "LF202", "LF203", "LF207", "LF211", "LF504", "LF507"),
)
def outline_differs(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a translation whose headings are not those of its source page.

    ## What it does
    Compares the headings of a translation with those of its source page, one by one: their levels,
    and which known sections they open. The first that differs is reported. Headings and sections
    that are missing or one too many, and sections in another order or with a wrong level, are left
    to the rules for these.

    ## Why
    A heading has the same anchor in every language, so that links hold and a change of language
    keeps the reader's place. It is found by its place in the outline. Where outlines differ, the
    headings of that section get anchors of their own, and readers who change the language there
    land at the top of the page.

    ## Example
    ```markdown
    ## Methode

    ### Termin planen
    ```
    The source page has two headings of level 3 in this section.

    ## Use instead
    ```markdown
    ## Methode

    ### Termin planen

    ### Gruppe begrüßen
    ```

    ## Fix
    None: add what is missing, or take out what the source page does not have.
    """
    source = tree.source_of(facts)
    if source is None:
        return
    at = first_difference(facts.headings, source.headings)
    if at is None or _sections(facts).keys() != _sections(source).keys():
        return
    view = view_of(facts, tree)
    if view and view.heads_differ:
        return
    ours = facts.headings[at] if at < len(facts.headings) else None
    theirs = source.headings[at] if at < len(source.headings) else None
    if ours and theirs and ours.section and theirs.section and _stand_alone(ours, theirs, tree):
        return  # the same sections in another order
    place = [Elsewhere(source.place(theirs.span), "source")] if theirs else []
    last = facts.headings[-1].span if facts.headings else _WHOLE_PAGE
    yield found(
        ours.span if ours else last,
        "" if ours and theirs else "longer" if ours else "shorter",
        related=place,
        heading=ours.text if ours else "",
        theirs=theirs.text if theirs else "",
        level=theirs.level if theirs else 0,
    )


def _stand_alone(ours: HeadingFact, theirs: HeadingFact, tree: Tree) -> bool:
    """Tell whether neither of two sections is one that other sections repeat."""
    sections = tree.contract.sections
    return not any(sections[str(one.section)].within for one in (ours, theirs))
