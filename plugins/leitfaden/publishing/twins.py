"""A page's Markdown, for readers that are programs: what its writer wrote, ready to be read alone.

Front matter and comments are gone, included files stand in their places, and targets are those of
the page as it is published. HTML that the page does not show can do nothing here either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from leitfaden.contract.markup import TAGS, is_address, is_allowed
from leitfaden.contract.targets import is_safe
from leitfaden.model import Inclusion, Page, Span, Video
from leitfaden.model.rawhtml import Attribute, Tag, tags_of
from leitfaden.publishing.markdown import plain, target
from leitfaden.reading.references import Reference, references

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_COMMENTED = (("open", "html-block"), ("inline-html", ""))
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_BEGUN = re.compile(r"</?[A-Za-z][^`]*+")
_NOWHERE = "#"
_LINE_START = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*")

Address = Callable[[Page, Reference], "str | None"]


class _Splice(NamedTuple):
    """What stands in another text's place."""

    span: Span
    text: str


def twin(
    page: Page,
    title: str,
    included: Iterable[Inclusion[Page]],
    address: Address,
    is_trusted: bool = False,
) -> str:
    """Return a page's Markdown.

    Args:
        page: The page.
        title: What it is called, for a page without a heading that says so.
        included: What it includes.
        address: Returns the address of what a page or an included file names, relative to the
            page; None to leave it as it is.
        is_trusted: Whether the page's HTML stays as it is.
    """
    text = _text(page, tuple(included), address, is_trusted).strip("\n")
    has_title = any(heading.level == 1 and heading.text for heading in page.headings)
    heading = "" if has_title else f"# {plain(title)}\n\n"
    return f"{heading}{text}".strip("\n") + "\n"


def _text(
    page: Page, included: tuple[Inclusion[Page], ...], address: Address, is_trusted: bool
) -> str:
    splices = [
        *_addresses(page, address),
        *_comments(page),
        *(() if is_trusted else _taken_out(page)),
        *(
            _Splice(one.include.span, _inclusion(page, one, address, is_trusted))
            for one in included
        ),
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
        if not reference.html and not is_safe(reference.target):
            yield _Splice(reference.span, _NOWHERE)
            continue
        found = address(page, reference)
        if found is not None and found != reference.target:
            yield _Splice(reference.span, escape(found) if reference.html else target(found))


def _comments(page: Page) -> Iterator[_Splice]:
    for event in page.events:
        if (event.kind, event.tag) in _COMMENTED:
            for match in _COMMENT.finditer(page.text, event.start, event.end):
                yield from _torn_open(page.text, match.start())
                yield _Splice(Span(*match.span()), "")


def _torn_open(text: str, comment: int) -> Iterator[_Splice]:
    """Yield what keeps a tag from coming about where a comment goes: `<b<!-- --> onclick=…>`."""
    begun = text.rfind("<", 0, comment)
    if begun > text.rfind(">", 0, comment) and _BEGUN.fullmatch(text, begun, comment):
        yield _Splice(Span(begun, begun + 1), "&lt;")


def _taken_out(page: Page) -> Iterator[_Splice]:
    """Yield what makes a page's HTML harmless: other tags are text, other attributes are gone."""
    for one in tags_of(page):
        tag = one.tag
        if tag.name not in TAGS or not tag.is_whole:
            yield _Splice(one.span(tag.start, tag.end), _as_text(tag))
            continue
        for attribute in tag.attributes:
            if not is_allowed(tag.name, attribute.name) or _is_harmful(attribute):
                yield _Splice(one.span(attribute.start, attribute.end), "")


def _as_text(tag: Tag) -> str:
    """Return a tag as text; its attributes are nothing to be read."""
    return f"&lt;{'/' if tag.is_closing else ''}{tag.name}>" if _NAME.fullmatch(tag.name) else ""


def _is_harmful(attribute: Attribute) -> bool:
    return is_address(attribute.name) and not is_safe(attribute.value)


def _inclusion(page: Page, one: Inclusion[Page], address: Address, is_trusted: bool) -> str:
    if one.page is None:
        return ""
    text = _text(one.page, one.inner, address, is_trusted).strip()
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
