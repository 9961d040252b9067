"""The two playbooks that search is judged on: this project's own, and the corpus, imported."""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from click.testing import CliRunner

from leitfaden.checking.madepages import made_ids
from leitfaden.cli import main
from leitfaden.contract import Contract, load_contract
from leitfaden.model import Playbook
from leitfaden.model.madeids import task_page
from leitfaden.reading import read_playbook

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FOLDERS = {"en": CORPUS / "english-playbook", "de": CORPUS / "german-playbook"}


@dataclass(frozen=True)
class Project:
    """A playbook that is searched.

    Args:
        name: `own` or `corpus`: the name of its queries.
        root: Its folder, with `mkdocs.yml`.
    """

    name: str
    root: Path

    @cached_property
    def contract(self) -> Contract:
        """Return its contract."""
        return load_contract(self.root / "playbook.yml")

    @cached_property
    def playbook(self) -> Playbook:
        """Return its pages."""
        return read_playbook(self.root / "docs", self.contract, self.root)

    @cached_property
    def pages(self) -> frozenset[str]:
        """Return the ids of all pages that its site has, written or made, as addresses say them."""
        tasks = {task for tasks in self.stated.values() for task in tasks}
        return frozenset(map(plain_id, {*self.playbook.ids, *made_ids(self.contract, tasks)}))

    @cached_property
    def stated(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Return by locale and task the pages that answer for it: its own, and those with a row."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for page in self.playbook:
            for task in page.tasks:
                found[page.locale][task.id].update((plain_id(page.id), task_page(task.id)))
        return {
            locale: {task: frozenset(pages) for task, pages in tasks.items()}
            for locale, tasks in found.items()
        }

    def is_in(self, page_id: str, locale: str) -> bool:
        """Tell whether a page speaks a locale's language: not if only its source is written."""
        here = page_id in self._written[locale]
        return here or not any(page_id in written for written in self._written.values())

    @cached_property
    def _written(self) -> Mapping[str, frozenset[str]]:
        return {
            locale: frozenset(plain_id(p.id) for p in self.playbook if p.locale == locale)
            for locale in self.contract.locale_keys
        }


def plain_id(page_id: str) -> str:
    """Return a page's id as its address says it: without `index`."""
    return "" if page_id == "index" else page_id.removesuffix("/index")


def own_project() -> Project:
    """Return this project itself."""
    return Project("own", ROOT)


def corpus_project(root: Path) -> Project:
    """Import the corpus into an empty folder with this project's set-up, as writers would do it.

    Args:
        root: The folder; it is made.
    """
    root.mkdir(parents=True)
    text = (ROOT / "playbook.yml").read_text("utf-8")
    without, _, _ = text.partition("\nnavigation:")
    (root / "playbook.yml").write_text(f"{without}\nnavigation: []\n", "utf-8")
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    for locale, folder in FOLDERS.items():
        report = root / "report"
        arguments = ["import", folder, "--locale", locale, "--report", report]
        _leitfaden(root, *map(str, arguments))
    for patch in sorted((root / "report").glob("*.patch")):
        command = ["git", "apply", "--whitespace=nowarn", str(patch)]
        subprocess.run(command, cwd=root, check=True, capture_output=True)
    _leitfaden(root, "check", "--update-baseline", "--no-cache")
    return Project("corpus", root)


def _leitfaden(root: Path, *arguments: str) -> None:
    contract = ["--contract", str(root / "playbook.yml")]
    result = CliRunner().invoke(main, [*arguments, *contract], catch_exceptions=False)
    if result.exit_code:
        raise RuntimeError(result.output)
