"""The navigation: whether readers can find a page at all."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.rule import tree_rule
from leitfaden.checking.tree import Tree
from leitfaden.model import Severity, Span


@tree_rule(
    "LF421",
    "page-unlisted",
    "The navigation does not list the page `{page}`.",
    "Add it under `navigation` in the contract, or remove the page.",
    severity=Severity.NOTICE,
    copied=True,
)
def page_unlisted(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a page that the navigation does not list.

    ## What it does
    Compares the ids of the pages with the entries under `navigation` in the contract, in groups as
    well. A contract without navigation is not looked at. The navigation is the same in every
    language, so a page is told once, in its source.

    ## Why
    Readers get to such a page by search or by a link alone, and its neighbours don't lead to it.

    ## Example
    ```yaml
    navigation:
      - index
    ```

    ## Use instead
    ```yaml
    navigation:
      - index
      - guide-for-writers
    ```

    ## Fix
    None: choose the place where readers look for it.
    """
    if not tree.contract.navigation or facts.id in tree.listed:
        return
    published = tree.page(facts.id, facts.locale)
    if published and published.path == facts.path:  # that there are two files is told elsewhere
        yield found(Span(0, 0), page=facts.id)
