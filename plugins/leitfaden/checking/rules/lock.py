"""Locks: what is recorded of translations (`checking/locks.py` finds out)."""

from __future__ import annotations

from leitfaden.checking.rule import Wording, told_elsewhere
from leitfaden.model import Severity

lock_broken = told_elsewhere(
    "LF518",
    "lock-broken",
    """Report lines of a lock that cannot be read.

    ## What it does
    Reads `translations.lock` in the folder of each locale. A line says which text of a page
    translates which text of its source. What cannot be read records nothing; all other lines hold,
    also those between the marks of a merge conflict.

    ## Why
    What these lines had recorded is told as unrecorded, and whoever has compared both pages has to
    do it again.

    ## Example
    ```text
    <<<<<<< HEAD
    assess section:overview:p1 3f9a0c1d2e4b 77aa01bc93de
    =======
    ```

    ## Use instead
    ```text
    assess section:overview:p1 3f9a0c1d2e4b 77aa01bc93de
    ```

    ## Fix
    None: remove the marks of a conflict and keep the lines of both sides; `leitfaden translated`
    does so, too. A line that is no record is for you to delete.
    """,
    {
        "": Wording(
            "The lock has a line that cannot be read: `{text}`.",
            "Restore it from the history, or delete it and record the part again with "
            "`leitfaden translated`.",
        ),
        "conflict": Wording(
            "The lock holds the mark of a merge conflict.",
            "Remove the marks, and keep the lines of both sides.",
        ),
        "version": Wording(
            "The lock was written by another version: `{text}`.", "Update Leitfaden."
        ),
        "no-header": Wording(
            "The lock does not begin with the line that tells its version.",
            "Run `leitfaden translated`, which writes it.",
        ),
        "unreadable": Wording("The lock cannot be read: {text}.", "Restore it from the history."),
    },
    severity=Severity.WARNING,
)

lock_orphaned = told_elsewhere(
    "LF519",
    "lock-orphaned",
    """Report records of pages that no longer exist.

    ## What it does
    Looks for the pages that the lock of a locale names, in the folder of that locale and in that
    of the source. The first line about a page that neither of them has is reported.

    ## Why
    The page was most likely renamed. Under its new name, nothing of it is recorded, although it has
    been translated.

    ## Example
    ```text
    old-name section:overview:p1 3f9a0c1d2e4b 77aa01bc93de
    ```

    ## Use instead
    ```text
    new-name section:overview:p1 3f9a0c1d2e4b 77aa01bc93de
    ```

    ## Fix
    None: write the page's new id in these lines, or remove them if the page is gone for good.
    """,
    {
        "": Wording(
            "The lock records a page that does not exist: `{page}`.",
            "Write the page's new id in its lines, or remove them.",
        )
    },
    severity=Severity.NOTICE,
)

lock_missing = told_elsewhere(
    "LF520",
    "lock-missing",
    """Report a locale with translations of which nothing is recorded.

    ## What it does
    Looks for `translations.lock` in the folder of each locale that has translated pages.

    ## Why
    Without a lock, only what contradicts the source can be found. That a sentence of the source was
    changed since it was translated cannot.

    ## Example
    ```text
    docs/de/index.md
    ```

    ## Use instead
    ```text
    docs/de/index.md
    docs/de/translations.lock
    ```

    ## Fix
    None: `leitfaden translated --bootstrap` begins the lock with what evidence supports, and says
    what it left out.
    """,
    {
        "": Wording(
            "Nothing is recorded of the translated pages of this language: {count}.",
            "Begin with `leitfaden translated --bootstrap`.",
        )
    },
    severity=Severity.NOTICE,
)
