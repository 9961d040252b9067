"""Titles: whether readers who search for one find the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Elsewhere, Finding, found
from leitfaden.checking.rule import Wording, tree_rule
from leitfaden.checking.tree import Tree, searched_title
from leitfaden.model import Severity, Span


@tree_rule(
    "LF224",
    "title-finds-other",
    "Who searches for the title “{title}” finds another page first: `{page}`.",
    "Give one of the two a title that says what sets it apart.",
    severity=Severity.NOTICE,
    variants={
        "wordless": Wording(
            "A search finds nothing by the title “{title}”: it has no word of two letters.",
            "Give the page a title of words.",
        )
    },
    notes={"title": "The title with the same words."},
    yields_to=("LF201",),
    copied=True,
)
def title_finds_other(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a page that its own title does not find first.

    ## What it does
    Compares the titles of all pages of a language as the site's search does: case, accents, the
    order of words and the signs between them don't count, single letters and fillers neither, and
    of a long title no more than twelve words. Of pages with the same words in their titles, the
    search names the first by the name of its file; all others are reported. Pages with
    `search: {exclude: true}` are not looked at.

    ## Why
    Who knows the title of a page and types it gets to another one, and cannot tell from the list of
    results which is meant.

    ## Example
    ```markdown
    # Migration
    ```

    ## Use instead
    ```markdown
    # In progress: migration
    ```

    ## Fix
    None: only the writer knows what sets the two pages apart.
    """
    title = _title_in_search(facts, tree)
    if not title:
        return
    ids = tree.titles(facts.locale).found_by(title)
    if not ids:
        yield found(_span_of(facts), "wordless", title=title)
        return
    first = _first(ids, facts, tree)
    if first.id != facts.id:
        related = [Elsewhere(first.place(_span_of(first)), "title")]
        yield found(_span_of(facts), title=title, page=first.id, related=related, alike=first.id)


def _title_in_search(facts: PageFacts, tree: Tree) -> str:
    """Return what a page is found by; nothing for one that no search knows."""
    published = tree.page(facts.id, facts.locale)
    is_known = (
        published and published.path == facts.path and not tree.contract.is_fragment(facts.id)
    )
    return searched_title(facts) if is_known else ""


def _first(ids: Sequence[str], facts: PageFacts, tree: Tree) -> PageFacts:
    """Return the one of several pages that a search names first."""
    pages = [tree.pages[facts.locale][one] for one in ids if not tree.contract.is_fragment(one)]
    if len(pages) == 1:
        return pages[0]
    from leitfaden.searching.engine import Weights  # takes longer to import than all checks

    weights = Weights().kinds
    return max(pages, key=lambda page: weights.get(page.kind, 1.0))


def _span_of(facts: PageFacts) -> Span:
    """Return where a page's title stands."""
    heading = next((one for one in facts.headings if one.level == 1), None)
    if heading and heading.text:
        return heading.span
    said = facts.metadata.get("title")
    return said.span if said and said.text else Span(0, 0)
