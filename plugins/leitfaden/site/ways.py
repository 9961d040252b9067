"""Where readers look who have no script, or for whom the search finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leitfaden.model.madeids import FINDER, MAP, terms_index
from leitfaden.site.build import Build, LocaleBuild
from leitfaden.site.navigation import page_file

_MADE = {
    "finder": FINDER,
    **{name: terms_index(name) for name in ("phases", "roles", "services")},
    "map": MAP,
}


@dataclass(frozen=True)
class Way:
    """A page from which readers find others.

    Args:
        key: What it is; its name is a text of the site.
        href: Its address.
    """

    key: str
    href: str


def ways_of(build: Build, here: LocaleBuild, address: Callable[[str], str]) -> Iterator[Way]:
    """Yield the pages of a locale from which readers find others, as far as it has them.

    Args:
        build: The build.
        here: What belongs to the reader's locale.
        address: Makes a link out of an address below the site's root.
    """
    glossary = build.renderer.glossary(build.playbook, here.locale)
    for key, page_id in {**_MADE, "glossary": glossary}.items():
        file = page_file(page_id, here.files, here.locale) if page_id else None
        if file:
            yield Way(key, address(file.url))
