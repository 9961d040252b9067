"""The contract's navigation as MkDocs wants it: for one locale, by the files that it has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from mkdocs.structure.files import File, Files

from leitfaden.contract import Contract, NavEntry, NavGroup, NavPage, nav_pages
from leitfaden.site.metadata import as_html

NavItem: TypeAlias = "str | dict[str, list[NavItem]]"


def navigation(contract: Contract, files: Files, locale: str) -> list[NavItem]:
    """Return the value of `nav` for a locale.

    A page that the locale lacks is there as its source; one that not even the source has is left
    out (the contract's check reports it), and so is a group without pages.

    Args:
        contract: Says which pages, in which order and groups.
        files: The files of the locale, as static-i18n chose them.
        locale: The reader's locale.
    """
    return _items(contract.navigation, contract, files, locale)


def own_titles(contract: Contract, locale: str) -> dict[str, str]:
    """Return the names that the navigation gives to pages in a locale, by page id."""
    return {
        entry.page: entry.title[locale]
        for entry in nav_pages(contract.navigation)
        if entry.title is not None
    }


def page_file(page_id: str, files: Files, locale: str) -> File | None:
    """Return the file that readers of the locale get for a page id, or None."""
    uri = f"{locale}/{page_id}.md"
    # static-i18n looks there first as well, but takes apart and joins paths before it does.
    return files.src_uris.get(uri) or files.get_file_from_path(uri)


def _items(
    entries: Iterable[NavEntry], contract: Contract, files: Files, locale: str
) -> list[NavItem]:
    items: list[NavItem] = []
    for entry in entries:
        if isinstance(entry, NavPage):
            file = page_file(entry.page, files, locale)
            if file:
                items.append(file.src_uri)
        elif pages := _items(entry.pages, contract, files, locale):
            items.append({as_html(heading(entry, contract, locale)): pages})
    return items


def heading(group: NavGroup, contract: Contract, locale: str) -> str:
    """Return the heading of a group: its own, else its phase's name."""
    if group.title is not None:
        return group.title[locale]
    assert group.phase is not None  # the contract's check sees to it
    return contract.phases[group.phase].name(locale)
