"""A page's Markdown, for readers that are programs: what its writer wrote, ready to be read alone.

Front matter and comments are gone, included files stand in their places, and targets are those of
the page as it is published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from leitfaden.model import Inclusion, Page, Span, Video
from leitfaden.publishing.markdown import plain, target
from leitfaden.reading.references import Reference, references

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_COMMENTED = (("open", "html-block"), ("inline-html", ""))
_LINE_START = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*")

Address = Callable[[Page, Reference], "str | None"]


class _Splice(NamedTuple):
    """What stands in another text's place."""

    span: Span
    text: str


def twin(page: Page, title: str, included: Iterable[Inclusion[Page]], address: Address) -> str:
    """Return a page's Markdown.

    Args:
        page: The page.
        title: What it is called, for a page without a heading that says so.
        included: What it includes.
        address: Returns the address of what a page or an included file names, relative to the
            page; None to leave it as it is.
    """
    text = _text(page, tuple(included), address).strip("\n")
    has_title = any(heading.level == 1 and heading.text for heading in page.headings)
    heading = "" if has_title else f"# {plain(title)}\n\n"
    return f"{heading}{text}".strip("\n") + "\n"


def _text(page: Page, included: tuple[Inclusion[Page], ...], address: Address) -> str:
    splices = [
        *_addresses(page, address),
        *_comments(page),
        *(_Splice(one.include.span, _inclusion(page, one, address)) for one in included),
        *(_Splice(video.span, _video(video)) for video in page.videos),
    ]
    parts: list[str] = []
    at = page.front_matter.span.end
    for splice in sorted(splices):
        if splice.span.start >= at:
            parts += (page.text[at : splice.span.start], splice.text)
            at = splice.span.end
    parts.append(page.text[at:])
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n")


def _addresses(page: Page, address: Address) -> Iterator[_Splice]:
    own = {include.span for include in page.includes}
    for reference in references(page):
        if reference.span is None or reference.span in own:
            continue
        found = address(page, reference)
        if found is not None and found != reference.target:
            yield _Splice(reference.span, escape(found) if reference.html else target(found))


def _comments(page: Page) -> Iterator[_Splice]:
    for event in page.events:
        if (event.kind, event.tag) in _COMMENTED:
            for match in _COMMENT.finditer(page.text, event.start, event.end):
                yield _Splice(Span(*match.span()), "")


def _inclusion(page: Page, one: Inclusion[Page], address: Address) -> str:
    if one.page is None:
        return ""
    text = _text(one.page, one.inner, address).strip()
    if not one.include.block:
        return " ".join(text.split())
    first, *further = text.split("\n")
    indent = _indent(page, one.include.span.start)
    return "\n".join((first, *((indent + line).rstrip() for line in further)))


def _indent(page: Page, offset: int) -> str:
    """Return what further lines begin with, so that they stay in the list or quote of the first."""
    line = page.text.rfind("\n", 0, offset) + 1
    before = _LINE_START.match(page.text, line, offset)
    return re.sub(r"[^ \t>]", " ", before[0]) if before else ""


def _video(video: Video) -> str:
    return f"[{plain(video.title or video.url)}]({target(video.url)})"
