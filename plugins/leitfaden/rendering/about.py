"""What a page is called and what it is about, in its own language."""

from __future__ import annotations

from leitfaden.model import Page
from leitfaden.reading.markdown import closing, plain_text

_DESCRIPTION_LENGTH = 160


def title(page: Page, source: Page | None) -> str:
    """Return what the page is called, in its own language.

    That is its first heading of level 1. The metadata's title comes next, but on a translation
    only if it is not the source's, then any other heading, and at last the page's id.

    Args:
        page: The page.
        source: The page that it translates, or None.
    """
    heading = next((h.text for h in page.headings if h.level == 1 and h.text), "")
    written = page.front_matter.text("title")
    if source is not None and written in (source.front_matter.text("title"), source.title):
        written = ""
    other = next((h.text for h in page.headings if h.text), "")
    return heading or written or other or page.id.rpartition("/")[2]


def description(page: Page, source: Page | None) -> str:
    """Return what the page is about, in its own language.

    The metadata's description counts only where it says something of its own: not a repeated
    title, and on a translation not the source's text. Else it is the first paragraph of prose.

    Args:
        page: The page.
        source: The page that it translates, or None.
    """
    written = page.front_matter.text("description")
    repeated = {page.front_matter.text("title"), page.title}
    if source is not None:
        repeated |= {source.front_matter.text(key) for key in ("title", "description")}
        repeated.add(source.title)
    if written and written not in repeated:
        return written
    return _shortened(_first_prose(page))


def _first_prose(page: Page) -> str:
    other = {block.events[0] for block in page.label_blocks}
    other |= {table.events[0] for table in page.tables}
    depth = 0
    for index, event in enumerate(page.events):
        if event.tag in ("quote", "list", "footnote"):
            depth += (event.kind == "open") - (event.kind == "close")
        if event.kind == "open" and event.tag == "paragraph" and not depth and index not in other:
            text = plain_text(page.events[index : closing(page.events, index)])
            if text:
                return text
    return ""


def _shortened(text: str) -> str:
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return text[:_DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
