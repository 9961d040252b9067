"""Pages that MkDocs renders: their links to pages, as MkDocs knows those."""

from __future__ import annotations

from leitfaden.checking.facts import facts_of
from leitfaden.checking.links import Reach, is_verbatim, reached, written_path
from leitfaden.checking.places import Places
from leitfaden.model import Page
from leitfaden.reading.turning import straight


def text(page: Page, places: Places) -> str:
    """Return the text of a page, without its metadata, with its links as MkDocs knows their pages.

    What stands in the metadata we have read ourselves: MkDocs breaks down at some of it.

    Args:
        page: The page.
        places: What there is to link to.
    """
    known = targets(page, places)
    parts = ["\n"]  # the first line is no metadata either, whatever it looks like
    behind = page.front_matter.span.end
    for link in sorted(page.links, key=lambda link: link.target_span):
        start, end = link.target_span
        if link.target in known and is_verbatim(link) and start >= behind:
            parts += (page.text[behind:start], known[link.target])
            behind = end
    return straight("".join((*parts, page.text[behind:])))


def targets(page: Page, places: Places) -> dict[str, str]:
    """Return by a link's target what MkDocs knows that page as, where that is another name.

    Links may name a page's file, whose name may end in the suffix of an older tree; MkDocs knows
    all pages without it.

    Args:
        page: The page.
        places: What there is to link to.
    """
    found: dict[str, str] = {}
    for one in reached(facts_of(page), places) if page.links else ():
        if one.reach in (Reach.PAGE, Reach.FOREIGN):
            known = written_path(one.uri, f"{page.locale}/{page.id}/..")
            if known.rpartition("/")[2] != one.path.rpartition("/")[2]:
                found[one.link.target] = known + one.link.target[len(one.path) :]
    return found
