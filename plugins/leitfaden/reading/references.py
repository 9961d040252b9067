"""Where a page names other files: in links and their definitions, raw HTML, and includes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from leitfaden.model import Page, Span

# As CommonMark has it, without a title: `[label]: target` or `[label]: <target>`.
_DEFINITION = re.compile(
    r"^[ \t>]{0,40}\[(?:[^\[\]\\\n]|\\.){1,999}\]:[ \t]*(?:<([^<>\n]*)>|([^\s<]\S*))", re.MULTILINE
)
_ATTRIBUTE = re.compile(
    r"""<(a|img|video|source)\b[^<>]*?\s(?:href|src)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""",
    re.IGNORECASE,
)
_HTML = ("html", "inline-html")
_LONGEST_TAG = 5000


class Reference(NamedTuple):
    """A target that a page names.

    Args:
        target: As a browser gets it.
        span: Where it is written; None if that cannot be told.
        image: Whether it is shown and not led to.
        place: Where the reference stands.
        html: Whether it stands in raw HTML.
    """

    target: str
    span: Span | None
    image: bool
    place: Span
    html: bool = False


def references(page: Page) -> Iterator[Reference]:
    """Yield what a page names: its links in their order, then its HTML, then its includes.

    Args:
        page: The page.
    """
    indirect: dict[str, tuple[Span, bool]] = {}
    for link in page.links:
        if link.target_span.start < link.target_span.end:
            yield Reference(link.target, link.target_span, link.image, link.span)
        elif link.target:
            indirect.setdefault(link.target, (link.span, link.image))
    if indirect:
        yield from _defined(page, indirect)
    if "<" in page.text:
        yield from _in_html(page)
    for include in page.includes:
        yield Reference(include.target, include.target_span, False, include.span)


def _defined(page: Page, indirect: dict[str, tuple[Span, bool]]) -> Iterator[Reference]:
    """Yield the targets of links that name a definition, once each."""
    spans: dict[str, Span] = {}
    if "]:" in page.text:
        for match in _DEFINITION.finditer(page.text, page.front_matter.span.end):
            group = 1 if match[1] is not None else 2
            spans.setdefault(match[group], Span(*match.span(group)))
    for target, (place, image) in indirect.items():
        yield Reference(target, spans.get(target), image, place)


def _in_html(page: Page) -> Iterator[Reference]:
    for kind, _, _, start, end in page.events:
        if kind in _HTML and end - start <= _LONGEST_TAG:
            for match in _ATTRIBUTE.finditer(page.text, start, end):
                group = 2 if match[2] is not None else 3
                span = Span(*match.span(group))
                yield Reference(unescape(match[group]), span, match[1].lower() != "a", span, True)
