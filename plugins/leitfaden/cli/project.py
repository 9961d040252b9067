"""The playbook that a command works on."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import click

from leitfaden.checking.store import Store, key_of
from leitfaden.contract import Contract, ContractError, load_contract

CACHE = Path(".cache", "leitfaden")
FAILED = 2  # the exit code for wrong usage and for a contract that cannot be used


@dataclass(frozen=True)
class Project:
    """A playbook on disk.

    Args:
        root: The folder that holds the contract; findings name files relative to it.
        docs: The folder that holds one folder a locale.
        contract: The contract.
        contract_key: What stands for the contract where results are kept.
        store: What is kept between runs.
    """

    root: Path
    docs: Path
    contract: Contract
    contract_key: str
    store: Store


def open_project(contract_path: Path, docs: Path | None, *, use_cache: bool = True) -> Project:
    """Find the playbook of a contract file.

    Args:
        contract_path: The contract file.
        docs: The folder of the pages, if it is not `docs` beside the contract.
        use_cache: Whether results are kept between runs.

    Raises:
        ContractError: The contract cannot be used.
        click.UsageError: There is no folder of pages.
    """
    root = contract_path.absolute().parent
    store = Store(root / CACHE if use_cache else None)
    contract, key = _contract(contract_path, store)
    folder = (docs or root / "docs").absolute()
    if not folder.is_dir():
        raise click.UsageError(f"There is no folder {docs or 'docs'}: name it with --docs.")
    return Project(root, folder, contract, key, store)


def _contract(path: Path, store: Store) -> tuple[Contract, str]:
    """Load a contract, from what was kept where the file is the same."""
    try:
        key = key_of(blake2b(path.read_bytes()).digest(), str(path))
    except OSError:
        return load_contract(path), ""  # which says what is wrong
    known = store.get("contract", key)
    if isinstance(known, Contract):
        return known, key
    contract = load_contract(path)
    store.put("contract", key, contract)
    return contract, key


def fail(error: ContractError) -> int:
    """Tell what is wrong with a contract, and return the exit code for it."""
    click.echo(error, err=True)
    return FAILED
