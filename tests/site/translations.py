"""Locks for small sites, made as people make them: from the pages as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from leitfaden.contract import load_contract
from leitfaden.reading import PageReader, read_inventory
from leitfaden.reading.inventory import take_inventory
from leitfaden.translating.bootstrap import bootstrap
from leitfaden.translating.lock import NAME, Lock, write_lock
from leitfaden.translating.standing import Standing, record, standing_of
from leitfaden.translating.units import UnitReader


def all_of_it(lock: Lock, standing: Standing) -> Lock:
    """Record a whole page."""
    return record(lock, standing)


def what_it_shows(lock: Lock, standing: Standing) -> Lock:
    """Record of a page what evidence supports."""
    return bootstrap(lock, standing)[0]


def write_locks(root: Path, take: Callable[[Lock, Standing], Lock] = all_of_it) -> None:
    """Write the locks of all locales of a project.

    Args:
        root: The project's folder, which has its contract.
        take: Records a page.
    """
    contract = load_contract(root / "playbook.yml")
    inventory = take_inventory(root / "docs", contract, root)
    playbook = read_inventory(inventory, PageReader(contract))
    reader = UnitReader(contract)
    for locale in playbook.locales[1:]:
        lock = Lock()
        for page_id in playbook.ids:
            page = playbook.page(page_id, locale)
            source = playbook.page(page_id, playbook.source)
            if page and source:
                units = reader.read(source), reader.read(page, source)
                lock = take(lock, standing_of(*units, lock, contract))
        file = root / "docs" / locale / NAME
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(write_lock(lock), "utf-8")
