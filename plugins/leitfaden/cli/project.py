"""The playbook that a command works on."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitfaden.checking.store import Store, key_of
from leitfaden.cli.output import FAILED, WrongUsage

if TYPE_CHECKING:
    from leitfaden.checking.baseline import BaselineError
    from leitfaden.checking.survey import Setting
    from leitfaden.contract import Contract, ContractError

CACHE = Path(".cache", "leitfaden")


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
        WrongUsage: There is no folder of pages.
    """
    store = store_of(contract_path) if use_cache else Store(None)
    contract, key = _contract(contract_path, store)
    folder = docs_of(contract_path, docs)
    if not folder.is_dir():
        cure = "" if docs else "; name the one that holds the pages with --docs"
        raise WrongUsage(f"There is no folder {_shown(docs or folder)}{cure}.")
    return Project(root_of(contract_path), folder, contract, key, store)


def root_of(contract_path: Path) -> Path:
    """Return the folder that holds the contract."""
    return _plain(contract_path).parent


def docs_of(contract_path: Path, docs: Path | None) -> Path:
    """Return the folder of the pages: `docs` beside the contract, if it is not given."""
    return _plain(docs or root_of(contract_path) / "docs")


def store_of(contract_path: Path) -> Store:
    """Return what is kept between runs of the playbook of a contract file."""
    return Store(root_of(contract_path) / CACHE)


def _contract(path: Path, store: Store) -> tuple[Contract, str]:
    """Load a contract, from what was kept where the file is the same."""
    from leitfaden.contract import Contract, load_contract

    try:
        key = key_of(path.read_bytes(), path.name)
    except OSError:
        return load_contract(path), ""  # which says what is wrong
    known = store.get("contract", key)
    if isinstance(known, Contract):
        return known, key
    contract = _loaded(path)
    store.put("contract", key, contract)
    return contract, key


def _loaded(path: Path) -> Contract:
    """Load a contract: findings name it within the project, what keeps it from use from here."""
    from leitfaden.contract import ContractError, load_contract

    try:
        return load_contract(path, path.name)
    except ContractError:
        return load_contract(path)


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
        WrongUsage: One does not exist, or holds no pages.
    """
    only = set()
    for path in paths:
        if not os.path.lexists(path):
            raise WrongUsage(f"There is no file or folder {_shown(path)}.")
        absolute = _inside(path, project.docs)
        if project.docs.is_relative_to(absolute):
            return None
        if not absolute.is_relative_to(project.docs):
            folder = relative(project.docs, project)
            raise WrongUsage(f"{_shown(path)} does not lie in {folder}, where the pages are.")
        # As the inventory has it: with `?` for what is no character.
        only.add(relative(absolute, project).encode("utf-8", "replace").decode())
    return frozenset(only) or None


def _inside(path: Path, folder: Path) -> Path:
    """Return a path in full, such that it lies in a folder if any way to it does."""
    plain = _plain(path)
    if plain.is_relative_to(folder) or folder.is_relative_to(plain):
        return plain  # not resolved: links keep their names
    real = Path(os.path.realpath(path.parent), path.name)
    below = os.path.relpath(real, os.path.realpath(folder))
    return _plain(folder / below)


def _plain(path: Path) -> Path:
    """Return a path in full and without `..`."""
    return Path(os.path.normpath(path.absolute()))


def _shown(path: Path) -> str:
    from leitfaden.model.visible import harmless

    return harmless(str(path))


def relative(path: Path, project: Project) -> str:
    """Return a path as findings name it: relative to the project, where it lies in it."""
    inside = path.is_relative_to(project.root)
    return (path.relative_to(project.root) if inside else path).as_posix()


def repository_prefix(root: Path) -> str:
    """Return the way from the repository, in which others see the files, to the project.

    Args:
        root: The project's folder.

    Returns:
        The folders, with a `/` behind each; empty where the project is the repository, or in none.
    """
    above = (root, *root.parents)
    repository = next((folder for folder in above if (folder / ".git").exists()), root)
    return "".join(f"{part}/" for part in root.relative_to(repository).parts)


def fail(error: ContractError | BaselineError) -> int:
    """Tell what is wrong with the contract or the baseline, and return the exit code for it."""
    from leitfaden.model.visible import harmless

    for diagnostic in error.diagnostics:
        click.echo(harmless(str(diagnostic)), err=True)
    return FAILED
