"""A folder of pages → `Playbook`: every locale's pages, paired by page id."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leitfaden.contract import Contract
from leitfaden.model import Page, Playbook
from leitfaden.reading.files import content_of, page_of
from leitfaden.reading.inventory import Inventory, take_inventory
from leitfaden.reading.page import PageReader


def read_page(data: bytes, *, path: str, locale: str, page_id: str, contract: Contract) -> Page:
    """Read a single page; for many, make one `PageReader`.

    Args:
        data: The file's content.
        path: The file, relative to the project.
        locale: The locale of its folder.
        page_id: Its page id.
        contract: The playbook's contract.
    """
    return PageReader(contract).read(data, path=path, locale=locale, page_id=page_id)


def read_playbook(docs: Path, contract: Contract, root: Path) -> Playbook:
    """Read all pages of all locales of the contract.

    Args:
        docs: The folder that holds one folder a locale.
        contract: The playbook's contract.
        root: The project's folder, to which the pages' paths are relative.
    """
    return read_inventory(take_inventory(docs, contract, root), PageReader(contract))


def read_inventory(inventory: Inventory, reader: PageReader) -> Playbook:
    """Read the pages that readers get; of two files for one page the one that is published.

    Args:
        inventory: The files.
        reader: Reads pages by the contract.
    """
    contract = reader.contract
    pages: dict[str, dict[str, Page]] = {locale: {} for locale in contract.locale_keys}
    fragments: dict[str, dict[str, Page]] = {locale: {} for locale in contract.locale_keys}
    with no_collector():
        for locale, chosen in inventory.chosen().items():
            for page_id in sorted(chosen):
                file = chosen[page_id]
                among = fragments if contract.is_fragment(page_id) else pages
                among[locale][page_id] = page_of(file, content_of(file.file), reader)
    return Playbook(contract.source, contract.locale_keys, pages, fragments)


@contextmanager
def no_collector() -> Iterator[None]:
    """Let the garbage collector rest: pages hold no cycles, and it takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def nearest_id(page_id: str, playbook: Playbook) -> str | None:
    """Return the page id that is most like the given one, if any is like it."""
    return next(iter(difflib.get_close_matches(page_id, playbook.ids, n=1, cutoff=0.8)), None)
