"""Which findings on links checks tell, and how much they matter by MkDocs' own settings."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.checking.registry import all_rules
from leitfaden.model import Diagnostic

TOLD_BY_CHECKS = frozenset(("LF401", "LF402", "LF403", "LF404", "LF407"))
"""What checks tell of a page's text; a resolver beside them only tells what a build alone knows."""

# Which level in `validation.links` of mkdocs.yml says how much such a finding matters.
_LEVELS = {
    "LF401": "not_found",
    "LF402": "absolute_links",
    "LF403": "unrecognized_links",
    "LF406": "not_found",
    "LF407": "anchors",
    "LF417": "not_found",
    "LF418": "not_found",
    "LF423": "unrecognized_links",
    "LF425": "unrecognized_links",
}

TOLD_BY_MKDOCS = frozenset((*_LEVELS, "LF405")) - {"LF407"}
"""What MkDocs itself tells of the pages that it renders; anchors are taken from it."""


def level_of(diagnostic: Diagnostic, config: MkDocsConfig) -> int | None:
    """Return how much a finding on a link matters by MkDocs' own settings.

    Args:
        diagnostic: The finding.
        config: MkDocs' configuration.

    Returns:
        A level of the log; a negative one where the build makes a good link of it; None where the
        settings say nothing about such a finding, or the contract says something else.
    """
    name = _LEVELS.get(diagnostic.code)
    if name is None or diagnostic.severity is not all_rules()[diagnostic.code].severity:
        return None
    return int(config.validation.links[name])
