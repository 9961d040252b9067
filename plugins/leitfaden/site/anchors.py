"""Anchors that only the finished pages can tell: of views, and of what MkDocs renders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage

from leitfaden.checking.links import is_verbatim
from leitfaden.checking.outside import outside
from leitfaden.checking.places import Places
from leitfaden.checking.registry import all_rules
from leitfaden.checking.rules.links import near_anchor
from leitfaden.checking.severities import severity_of
from leitfaden.contract import Contract
from leitfaden.model import Diagnostic, Link, Page, Place, Playbook, Position, Span
from leitfaden.site.messages import Messages
from leitfaden.site.mkdocspages import targets
from leitfaden.site.sources import is_ours

_CODE = "LF407"
_TOP = "top"  # what HTML itself knows as the beginning of every page


class AnchorUse(NamedTuple):
    """A link to an anchor.

    Args:
        place: Where the anchor is written.
        written: The link's target as written.
        target: The file of the page that it leads to.
        anchor: The anchor.
    """

    place: Place
    written: str
    target: File
    anchor: str


def use_of(link: Link, page: Page, target: File, anchor: str) -> AnchorUse:
    """Return a link to an anchor with its place.

    Args:
        link: The link.
        page: The page that it stands on.
        target: The file of the page that it leads to.
        anchor: The anchor.
    """
    span = link.target_span
    if is_verbatim(link):
        span = Span(span.start + link.target.index("#") + 1, span.end)
    elif span.start >= span.end:
        span = link.span
    return AnchorUse(page.place(span), link.target, target, anchor)


def is_known_to_checks(target: File, playbook: Playbook, contract: Contract) -> bool:
    """Tell whether checks know the anchors of a page, which they do from its text alone."""
    folder, _, below = target.src_uri.partition("/")
    page = playbook.shown(below.removesuffix(".md"), folder)
    if page is None or not is_ours(page):
        return False
    kind = contract.kinds.get(page.kind)
    return kind is None or kind.view is None


def taken_over(
    shown: MkDocsPage, page: Page, playbook: Playbook, places: Places
) -> Iterator[AnchorUse]:
    """Take from MkDocs the anchors that a page of its own links to, as far as we know the lines.

    MkDocs would tell them without a line. Those that checks know have been told already.

    Args:
        shown: The page as MkDocs has rendered it.
        page: The page as we read it.
        playbook: All pages.
        places: What there is to link to.
    """
    uses = shown.links_to_anchors or {}
    if not uses:
        return
    known = targets(page, places)
    links = {known.get(link.target, link.target): link for link in reversed(page.links)}
    for target, written in uses.items():
        for anchor, address in tuple(written.items()):
            link = links.get(address)
            if link is not None:
                del written[anchor]
                if not is_known_to_checks(target, playbook, places.contract):
                    yield use_of(link, page, target, unquote(anchor))


def tell_missing(
    uses: Iterable[AnchorUse], contract: Contract, config: MkDocsConfig, messages: Messages
) -> None:
    """Tell of the anchors that the finished pages lack.

    Args:
        uses: The links to anchors.
        contract: Says how much a finding matters, where it does not leave that to MkDocs.
        config: MkDocs' configuration, which says so otherwise.
        messages: Takes what is wrong.
    """
    rule = all_rules()[_CODE]
    for use in sorted(uses, key=_order):
        if _is_there(use):
            continue
        severity = severity_of(rule, use.place.path, contract)
        if severity is None:
            continue
        one = _missing(use)._replace(severity=severity)
        if severity is rule.severity:
            messages.tell_at(int(config.validation.links.anchors), one)
        else:
            messages.tell((one,))


def _order(use: AnchorUse) -> tuple[str, Position]:
    return use.place.path, use.place.start or Position(0, 0)


def _is_there(use: AnchorUse) -> bool:
    page = use.target.page
    known = page.present_anchor_ids if page else None
    return known is None or use.anchor == _TOP or use.anchor in known


def _missing(use: AnchorUse) -> Diagnostic:
    page = use.target.page
    known = frozenset(page.present_anchor_ids or ()) if page else frozenset[str]()
    near = near_anchor(use.anchor, known)
    guess = near and f"{use.written.partition('#')[0]}#{near}"
    page_id = use.target.src_uri.partition("/")[2].removesuffix(".md")
    values = {"page": page_id, "anchor": use.anchor}
    return outside(_CODE, use.place, guess=guess, values=values)
