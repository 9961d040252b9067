"""Metadata by which a page would change how the site shows it."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.checking.finding import Finding, found
from leitfaden.checking.rule import Wording, page_rule
from leitfaden.checking.subject import Subject
from leitfaden.contract import nearest
from leitfaden.model import MetadataEntry, Severity
from leitfaden.model.themekeys import HIDEABLE, WITHOUT_EFFECT

_EXCLUDE = "exclude"


@page_rule(
    "LF126",
    "metadata-without-effect",
    "`{key}` has no effect: how a page is shown is for the site to say.",
    "Remove it, also from `metadata` in the contract.",
    severity=Severity.WARNING,
    variants={
        "hide": Wording(
            "`hide` cannot leave out `{value}`.",
            "Name one or more of {known}.",
        ),
        "search": Wording(
            "`search` can only keep a page out of the search.",
            "Write `search: {{exclude: true}}`, or remove it.",
        ),
    },
    copied=True,
    yields_to=("LF108",),
)
def metadata_without_effect(subject: Subject) -> Iterator[Finding]:
    """Report metadata by which a page would change how the site shows it.

    ## What it does
    Looks for keys that MkDocs or its theme would act on: `template`, `icon`, `status`, `subtitle`,
    `tags`, `location` and the like, and for values of `hide` and `search` that mean nothing. Such
    keys are dropped before any template sees them, even if the contract allows them.

    ## Why
    With them a page could choose a template that is not meant for it, end the build for all others,
    or put its own HTML into the navigation of every page.

    ## Example
    ```yaml
    template: blank.html
    hide: [everything]
    ```

    ## Use instead
    ```yaml
    hide: [navigation, toc]
    ```

    ## Fix
    None: remove the key.
    """
    for entry in subject.page.front_matter.entries:
        if entry.key in WITHOUT_EFFECT:
            yield found(entry.key_span, key=entry.key)
        elif entry.key == "hide":
            for value in _unknown(entry):
                guess = nearest(value, HIDEABLE)
                known = ", ".join(f"`{name}`" for name in HIDEABLE)
                yield found(entry.value_span, "hide", value=value, known=known, guess=guess)
        elif entry.key == "search" and not _is_exclusion(entry.value):
            yield found(entry.value_span, "search")


def _unknown(entry: MetadataEntry) -> list[str]:
    """Return what `hide` names that nothing on a page is called."""
    values = entry.value if isinstance(entry.value, list) else [entry.value]
    return [str(value) for value in values if value not in HIDEABLE and value is not None][:20]


def _is_exclusion(value: object) -> bool:
    if value is None:
        return True
    return isinstance(value, dict) and all(
        key == _EXCLUDE and isinstance(flag, bool) for key, flag in value.items()
    )
