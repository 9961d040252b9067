"""The project that a tree is imported into, as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leitfaden.contract import Contract
from leitfaden.importing.legacy import digest_of
from leitfaden.reading.files import content_of
from leitfaden.reading.inventory import Inventory, PageFile, redirects_of, take_inventory

_NEITHER = (".md", ".yml", ".yaml")


@dataclass(frozen=True)
class Standing:
    """What a project holds before an import.

    Args:
        root: The folder of the contract.
        docs: The folder of the pages; it may not be there yet.
        contract_path: The contract.
        contract_text: Its text, with its byte order mark if it has one.
        contract: The contract.
        inventory: The files of all locales.
        pages: The content of each file with a page of the locale or of the source, by its path
            relative to the project.
        assets: The hash of each other file of these locales, by its path below the docs folder.
        redirects: The file of redirects of the locale; None if there is none.
    """

    root: Path
    docs: Path
    contract_path: Path
    contract_text: str
    contract: Contract
    inventory: Inventory
    pages: Mapping[str, bytes]
    assets: Mapping[str, str]
    redirects: bytes | None

    def page_files(self, locale: str) -> Mapping[str, PageFile]:
        """Return the files that hold the pages of a locale, by page id."""
        return self.inventory.chosen().get(locale, {})

    def relative(self, name: str) -> str:
        """Return a path below the docs folder relative to the project, as findings name it."""
        docs = self.docs
        base = docs.relative_to(self.root) if docs.is_relative_to(self.root) else docs
        return f"{base.as_posix()}/{name}"


def take_standing(
    contract_path: Path, contract_text: str, contract: Contract, docs: Path, locale: str
) -> Standing:
    """Read what a project holds.

    Args:
        contract_path: The contract, in full.
        contract_text: Its text.
        contract: The contract.
        docs: The folder of the pages.
        locale: The locale that is imported.
    """
    root = contract_path.parent
    inventory = take_inventory(docs, contract, root)
    locales = {contract.source, locale}
    assets = {}
    for name in sorted(inventory.names):
        if name.partition("/")[0] in locales and not name.endswith(_NEITHER):
            try:
                assets[name] = digest_of(docs / name)
            except OSError:
                continue  # it cannot be shared
    redirects = docs / redirects_of(locale)
    return Standing(
        root=root,
        docs=docs,
        contract_path=contract_path,
        contract_text=contract_text,
        contract=contract,
        inventory=inventory,
        pages={
            page.path: content_of(page.file).data
            for page in inventory.pages
            if page.locale in locales
        },
        assets=assets,
        redirects=content_of(str(redirects)).data if redirects.is_file() else None,
    )
