"""Redirects: whether old addresses lead to pages (`checking/redirects.py` finds out)."""

from __future__ import annotations

from leitfaden.checking.rule import Wording, told_elsewhere
from leitfaden.model import Severity

_WRITE_BELOW = "Write it as it stands behind the site's root, such as `old/name`, without `.html`."

redirect_broken_file = told_elsewhere(
    "LF440",
    "redirect-broken-file",
    """Report a file of redirects, or an entry of it, that cannot be read.

    ## What it does
    Reads `redirects.yml` in the folder of each locale. Each entry is an old address with the id of
    a page, or with a mapping of `page` and `anchors`. Whatever cannot be read does nothing; the
    other entries hold.

    ## Why
    Readers who follow an old link or a bookmark would find no page.

    ## Example
    ```yaml
    old-name:
      pgae: new-name
    ```

    ## Use instead
    ```yaml
    old-name:
      page: new-name
    ```

    ## Fix
    None: correct the entry by hand.
    """,
    {
        "": Wording(
            "The redirects cannot be read: {text}.", "Correct the file here, or restore it."
        ),
        "large": Wording(
            "The file is too large for redirects.", "Remove old addresses that nobody uses."
        ),
        "mapping": Wording(
            "The file is no mapping of old addresses to pages.", "Write `old-name: page-id`."
        ),
        "entry": Wording(
            "The old address `{text}` does not say to which page it leads.",
            "Write the page's id behind it, or `page:` with the id below it.",
        ),
        "key": Wording("The key `{text}` means nothing here.", "There are `page` and `anchors`."),
        "anchors": Wording(
            "`anchors` is no mapping of old anchors to new ones.", "Write `old-anchor: new-anchor`."
        ),
        "anchor": Wording(
            "`{text}` is no anchor.", "Write what stands behind the `#`; in quotes if need be."
        ),
        "misplaced": Wording(
            "Redirects are not read here.", "Put them into `redirects.yml` in a locale's folder."
        ),
    },
)

redirect_to_unknown_page = told_elsewhere(
    "LF441",
    "redirect-to-unknown-page",
    """Report a redirect to a page that does not exist.

    ## What it does
    Looks up the page's id among the pages that readers of the locale get. A page that has not been
    translated counts: they get the original.

    ## Why
    The old address leads nowhere, and the redirect is not made.

    ## Example
    ```yaml
    old-name: asess-network
    ```

    ## Use instead
    ```yaml
    old-name: assess-network
    ```

    ## Fix
    None: write the id of the page, or remove the entry together with the last link to it.
    """,
    {
        "": Wording(
            "There is no page `{page}` for the old address `{address}` to lead to.",
            "Write the id of a page: its path below the locale's folder, without `.md`.",
        )
    },
)

redirect_hides_page = told_elsewhere(
    "LF442",
    "redirect-hides-page",
    """Report a redirect whose address is that of a page or a file.

    ## What it does
    Compares each old address with the addresses of all pages in all languages and of all other
    files; the build compares it with everything that it has made. A page may have its own address
    as an old one, for `page.html` leads to `page/`.

    ## Why
    One address shows one thing. The page or the file stays, and the redirect is not made.

    ## Example
    ```yaml
    index: assess-network
    ```

    ## Use instead
    ```yaml
    old-index: assess-network
    ```

    ## Fix
    None: remove the entry, or give the page another name.
    """,
    {
        "": Wording(
            "The page `{page}` ({locale}) lives at the old address `{address}`.",
            "Remove the redirect: the page stays where it is.",
        ),
        "file": Wording(
            "The file `{file}` takes the place of the old address `{address}`.",
            "Remove the redirect, or give the file another name.",
        ),
        "built": Wording(
            "The site already has a file `{file}`, so the address `{address}` leads nowhere else.",
            "Remove the redirect, or whatever makes this file.",
        ),
    },
)

redirect_repeated = told_elsewhere(
    "LF443",
    "redirect-repeated",
    """Report an old address, or an old anchor, that is redirected twice.

    ## What it does
    Compares the old addresses of all locales; they count from the site's root, so one address
    cannot lead to two languages. The first entry holds: that of the source, then those of the other
    locales in their order.

    ## Why
    The second entry does nothing, and whoever wrote it believes that it does.

    ## Example
    ```yaml
    old-name: new-name
    old-name.html: other-page
    ```

    ## Use instead
    ```yaml
    old-name: new-name
    ```

    ## Fix
    None: keep the entry that is right.
    """,
    {
        "": Wording(
            "`{address}` already leads to the page `{page}` ({other}).", "Keep one of the two."
        ),
        "file": Wording("This entry is there twice: {text}.", "Keep one of the two."),
    },
)

redirect_anchor_missing = told_elsewhere(
    "LF444",
    "redirect-anchor-missing",
    """Report an old anchor that is to lead to one which the page does not have.

    ## What it does
    Looks up each new anchor below `anchors` among the headings, tasks and ids of the page.

    ## Why
    Readers get to the page, but not to the place that the old link was about.

    ## Example
    ```yaml
    old-name:
      page: new-name
      anchors: {results: key-output}
    ```

    ## Use instead
    ```yaml
    old-name:
      page: new-name
      anchors: {results: key-outputs}
    ```

    ## Fix
    None: write the anchor that the heading has today, as its link shows it.
    """,
    {
        "": Wording(
            "The page `{page}` has no anchor `{anchor}` for the old one `{old}` to lead to.",
            "Write an anchor of the page, or remove the line.",
        )
    },
    severity=Severity.WARNING,
)

redirect_address_unclear = told_elsewhere(
    "LF445",
    "redirect-address-unclear",
    """Report an old address that is no path below the site's root.

    ## What it does
    Accepts a path such as `old/name`, also with `.html` or a `/` at its end, and with
    percent-encoded characters. It refuses whole addresses with a host, a `/` at the beginning, a
    `?` or a `#`, hidden names, `..`, and characters that cannot be seen.

    ## Why
    For each old address the site gets a page of that name, so it must be one that can be made, and
    it must lie within the site.

    ## Example
    ```yaml
    https://playbook.example/old/name.html: new-name
    ```

    ## Use instead
    ```yaml
    old/name: new-name
    ```

    ## Fix
    None: write the address as it stands behind the site's root.
    """,
    {
        "": Wording("A part of the old address `{text}` is empty, hidden, or `..`.", _WRITE_BELOW),
        "absolute": Wording("The old address `{text}` begins with a `/`.", _WRITE_BELOW),
        "scheme": Wording("The old address `{text}` names a host or a scheme.", _WRITE_BELOW),
        "query": Wording(
            "The old address `{text}` has a `?` or a `#`.",
            "Write the path alone; an old anchor belongs below `anchors`.",
        ),
        "character": Wording(
            "The old address `{text}` has a character that no address has.", _WRITE_BELOW
        ),
        "long": Wording(
            "The old address `{text}` is too long for the name of a file.", "Remove the entry."
        ),
    },
)

redirect_not_written = told_elsewhere(
    "LF446",
    "redirect-not-written",
    """Report a redirect whose page the system refuses to write.

    ## What it does
    Tells what the system says when the build writes the page for an old address.

    ## Why
    The old address leads nowhere. Some names are fine on one system and not on another, such as
    those with a `"` or a `:` on Windows.

    ## Example
    ```yaml
    a "quoted" name: new-name
    ```

    ## Use instead
    Build the site where such names are allowed, or do without the redirect.

    ## Fix
    None: see what the system says.
    """,
    {
        "": Wording(
            "The page for the old address `{address}` cannot be written: {detail}.",
            "Remove the redirect, or build the site on another system.",
        )
    },
)
