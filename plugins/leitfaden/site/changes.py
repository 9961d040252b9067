"""What the site knows about changes before its pages are made, and which feeds it will have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.checking.outside import outside
from leitfaden.contract import Contract
from leitfaden.model import Diagnostic, Place, Playbook, Redirect
from leitfaden.model.madeids import CHANGES, term_page
from leitfaden.publishing.feed import NAME
from leitfaden.reading.changes import ChangeReader, PageChange, changes_of
from leitfaden.site import i18n

WITH_FEEDS = ("roles", "services")  # vocabularies whose terms have a feed each
_WITHOUT_ADDRESS = "LF916"

ChangesOf: TypeAlias = Callable[[str], tuple[PageChange, ...]]


def changes_by_locale(
    playbook: Playbook, contract: Contract, redirects: Sequence[Redirect]
) -> ChangesOf:
    """Return what tells the changes for the readers of a locale; each is read once.

    Args:
        playbook: All pages.
        contract: The words of changes.
        redirects: The old addresses of pages.
    """
    return cache(lambda locale: ChangeReader(playbook, contract, locale, redirects).changes())


def feed_addresses(
    playbook: Playbook, contract: Contract, changes: ChangesOf, config: MkDocsConfig
) -> Mapping[tuple[str, str], str]:
    """Return the addresses of all feeds below the site's root.

    A feed holds full addresses, so a site that does not know its own has none; nor is there one
    of no changes.

    Args:
        playbook: All pages.
        contract: The roles and the services.
        changes: The changes by locale.
        config: MkDocs' configuration.

    Returns:
        By locale and the id of the page that the feed goes with.
    """
    if not config.site_url:
        return {}
    found: dict[tuple[str, str], str] = {}
    for locale in contract.locale_keys:
        root = i18n.root_of(locale, config)
        if changes(locale):
            found[locale, CHANGES] = f"{root}{NAME}"
        for vocabulary, key in terms(contract):
            if changes_of((vocabulary, key), changes(locale), playbook, contract, locale):
                page_id = term_page(vocabulary, key)
                found[locale, page_id] = f"{root}{page_id}/{NAME}"
    return found


def terms(contract: Contract) -> Iterator[tuple[str, str]]:
    """Yield the terms that may have a feed, each with its vocabulary in front."""
    for vocabulary in WITH_FEEDS:
        yield from ((vocabulary, key) for key in contract.vocabulary(vocabulary))


def without_address(config: MkDocsConfig) -> Iterable[Diagnostic]:
    """Return what is to be told of a site that does not know its own address."""
    if config.site_url:
        return ()
    return (outside(_WITHOUT_ADDRESS, Place(config.config_file_path.rpartition("/")[2])),)
