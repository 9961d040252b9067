"""A small older tree, and a project to import it into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from leitfaden.contract import parse_contract
from leitfaden.importing.legacy import take_tree
from leitfaden.importing.plan import ImportPlan, Wanted, plan_import
from leitfaden.importing.standing import take_standing
from leitfaden.importing.write import write_import

CONTRACT = """\
source: en
locales:
  en: {name: English}
  de: {name: Deutsch, legacy-suffixes: [-de]}
hosts:
  own: [orchard.example]
metadata:
  required: [title, author, gh.date]
  optional: [season]
labels:
  phase: {en: Phase, de: Phase, vocabulary: phases}
sections:
  overview: {en: Overview, de: Überblick}
  tools: {en: Tools, de: Werkzeuge}
phases:
  plant: {en: Planting, de: Pflanzung, order: 1}
"""
Files = Mapping[str, str | bytes]


def write(folder: Path, files: Files) -> Path:
    """Write files below a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def project(root: Path, files: Files | None = None, contract: str = CONTRACT) -> Path:
    """Write a project, its files by path below `docs`, and return its folder."""
    write(root, {"playbook.yml": contract})
    write(root, {f"docs/{name}": content for name, content in (files or {}).items()})
    return root


def plan(root: Path, tree: Path, locale: str = "en", prefix: str = "") -> ImportPlan:
    """Plan the import of a tree; its `toc.yml` counts if it has one."""
    path = root / "playbook.yml"
    text = path.read_bytes().decode()
    toc = tree / "toc.yml"
    wanted = Wanted(
        locale=locale,
        toc_path=toc if toc.is_file() else None,
        toc_text=toc.read_text("utf-8") if toc.is_file() else "",
        prefix=prefix,
        today=dt.date(2026, 1, 1),
    )
    contract = parse_contract(text, "playbook.yml")
    standing = take_standing(path, text, contract, root / "docs", locale)
    return plan_import(take_tree(tree), standing, wanted)


def imported(root: Path, tree: Path, locale: str = "en", prefix: str = "") -> ImportPlan:
    """Import a tree."""
    made = plan(root, tree, locale, prefix)
    write_import(made)
    return made


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def text(root: Path, name: str) -> str:
    """Return a page of the project, line ends as they are."""
    return (root / "docs" / name).read_bytes().decode()


def page(title: str, body: str = "", **metadata: str) -> str:
    """Return a page with all that the contract asks for."""
    values = {"title": title, "author": "Ann", "gh.date": '"2026-01-01"', **metadata}
    front = "".join(f"{key}: {value}\n" for key, value in values.items())
    return f"---\n{front}---\n\n# {title}\n\n{body}\n"
