"""Keys of a page's metadata that MkDocs, its theme or a plugin would act on."""

from __future__ import annotations

HIDEABLE = ("navigation", "toc", "footer", "path", "feedback", "tags")
"""The parts of a page that the theme leaves out if `hide` names them."""

WITHOUT_EFFECT = frozenset(
    (
        # choose a template, an icon, or another address, by which a wrong one ends the build
        *("template", "icon", "location", "edit_url", "canonical", "canonical_url", "robots"),
        # are printed as they are, some of them into the navigation of every page
        *("status", "subtitle", "tags", "comments", "social"),
        # tell a day that somebody else finds out
        *("revision_date", "git_revision_date_localized", "git_creation_date_localized"),
        *("__extends", "inherit"),
    )
)
"""What a page cannot say: no template ever sees it."""
