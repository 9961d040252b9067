"""The headings of a page and of all that it includes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from leitfaden.contract import Contract
from leitfaden.contract.anchors import heading_ids, included_ids
from leitfaden.model import Heading, Inclusion, Page, Playbook

Part = Inclusion[Page] | None  # None is the page itself


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings that a page shows.

    Args:
        headings: All of them as readers meet them, each with its id.
        ids: The ids of the headings of the page and of each file that it includes.
        inclusions: What the page includes.
    """

    headings: tuple[tuple[Heading, str], ...]
    ids: Mapping[Part, tuple[str, ...]]
    inclusions: tuple[Inclusion[Page], ...] = ()


def outline_of(page: Page, playbook: Playbook, contract: Contract) -> Outline:
    """Return the headings of a page and of what it includes.

    The page's own ones have the ids that they would have without the others.

    Args:
        page: The page.
        playbook: All pages, and what they include.
        contract: The sections.
    """
    own = heading_ids(page, playbook.source_of(page), contract)
    inclusions = playbook.inclusions(page)
    if not inclusions:
        return Outline(tuple(zip(page.headings, own, strict=True)), {None: own})
    ids: dict[Part, tuple[str, ...]] = {None: own}
    taken = set(own)

    def name(parts: Sequence[Inclusion[Page]]) -> None:
        for inclusion in parts:
            if inclusion.page is not None:
                part = inclusion.page
                known = heading_ids(part, playbook.source_of(part), contract)
                ids[inclusion] = included_ids(known, taken, contract)
                name(inclusion.inner)

    name(inclusions)
    return Outline(tuple(_in_order(page, None, inclusions, ids)), ids, inclusions)


def _in_order(
    page: Page,
    part: Part,
    inner: Sequence[Inclusion[Page]],
    ids: Mapping[Part, tuple[str, ...]],
) -> list[tuple[Heading, str]]:
    headings = zip(page.headings, ids[part], strict=True)
    found = [(entry[0].span.start, [entry]) for entry in headings]
    for inclusion in inner:
        if inclusion.page is not None:
            below = _in_order(inclusion.page, inclusion, inclusion.inner, ids)
            found.append((inclusion.include.span.start, below))
    found.sort(key=itemgetter(0))
    return [entry for _, entries in found for entry in entries]
