"""The playbook that a command works on."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitfaden.checking.store import Store, key_of
from leitfaden.contract import Contract, load_contract

if TYPE_CHECKING:
    from leitfaden.checking.survey import Setting

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


def setting_of(project: Project, jobs: int | None) -> Setting:
    """Return where a project's pages lie, and how they are read.

    Args:
        project: The project.
        jobs: How many processes read pages; None for one a core.
    """
    from leitfaden.checking.survey import Setting

    return Setting(
        root=project.root,
        docs=project.docs,
        contract=project.contract,
        contract_key=project.contract_key,
        today=dt.date.today(),
        workers=jobs or _cores(),
        store=project.store,
    )


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux knows which cores a process may use
        return os.cpu_count() or 1


def paths_in(project: Project, paths: Sequence[Path]) -> frozenset[str] | None:
    """Return files and folders as findings name them; None for all pages.

    Args:
        project: The project.
        paths: What was asked for.

    Raises:
        click.UsageError: One does not exist, or holds no pages.
    """
    if not paths:
        return None
    only = set()
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"There is no file or folder {path}.")
        absolute = Path(os.path.normpath(path.absolute()))  # not resolved: links keep their names
        if not absolute.is_relative_to(project.docs):
            if project.docs.is_relative_to(absolute):
                return None
            raise click.UsageError(f"{path} is no part of {relative(project.docs, project)}.")
        only.add(relative(absolute, project))
    return frozenset(only)


def relative(path: Path, project: Project) -> str:
    """Return a path as findings name it: relative to the project, where it lies in it."""
    inside = path.is_relative_to(project.root)
    return (path.relative_to(project.root) if inside else path).as_posix()


def fail(error: Exception) -> int:
    """Tell what is wrong with the contract or the baseline, and return the exit code for it."""
    click.echo(error, err=True)
    return FAILED
