"""What is kept of pages between runs says the same as the pages would."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leitfaden.checking import survey as module
from leitfaden.checking.run import CheckOptions, Report, check
from leitfaden.checking.store import Store
from leitfaden.checking.survey import Setting
from leitfaden.contract import load_contract
from leitfaden.reading.files import page_of
from tests.checking.fixtures import TODAY
from tests.cli.support import BLANKS, BROKEN, CONTRACT, GERMAN, GOOD, playbook

IMAGE = "# Title\n\n![A picture](some.png)\n\n[There](sub/b.md)\n"
SUPPRESSED = (
    "# Title\n\n<!-- leitfaden: ignore-file LF210 -- as it is -->\n\n##  Overview\n\nText.\n"
)
PAGES: dict[str, str | bytes] = {
    "en/a.md": BLANKS,
    "de/a.md": GERMAN,
    "de/a-de.md": GERMAN,
    "en/sub/b.md": BROKEN,
    "en/c.md": IMAGE,
    "en/not-utf-8.md": b"# T\xe9\n",
    "en/some.png": b"\x89PNG",
}


class Kept:
    """A playbook, and what is kept of it."""

    def __init__(self, root: Path) -> None:
        self.root = playbook(root, PAGES)
        self.store = Store(root / "kept")

    def check(self, *, fresh: bool = False, workers: int = 1) -> tuple[object, int]:
        contract = self.root / "playbook.yml"
        setting = Setting(
            root=self.root,
            docs=self.root / "docs",
            contract=load_contract(contract),
            contract_key=contract.read_text("utf-8"),
            today=TODAY,
            workers=workers,
            store=Store(None) if fresh else self.store,
        )
        return content(check(setting, CheckOptions()))


def content(report: Report) -> tuple[object, int]:
    return report.diagnostics, report.pages


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that were read, rather than taken over."""
    paths: list[str] = []

    def noted(file: Any, *args: Any) -> Any:
        paths.append(file.path)
        return page_of(file, *args)

    monkeypatch.setattr(module, "page_of", noted)
    return paths


def page(name: str, text: str) -> Callable[[Path], object]:
    return lambda root: playbook(root, {name: text})


@pytest.mark.parametrize(
    ("change", "pages"),
    [
        (page("en/a.md", GOOD), ["docs/en/a.md"]),
        (page("en/a.md", BLANKS.replace("Some", "More")), ["docs/en/a.md"]),  # of the same size
        (page("en/a.md", SUPPRESSED), ["docs/en/a.md"]),
        (page("en/new.md", BROKEN), ["docs/en/new.md"]),
        (page("de/sub/b.md", GERMAN), ["docs/de/sub/b.md"]),
        (page("en/some.png", "another"), []),
        (lambda root: (root / "docs/en/a.md").unlink(), []),
        (lambda root: (root / "docs/en/some.png").unlink(), []),
        (lambda root: (root / "docs/de/a-de.md").unlink(), ["docs/de/a.md"]),
        (lambda root: (root / "docs/en/a.md").rename(root / "docs/en/z.md"), ["docs/en/z.md"]),
        (lambda root: (root / "docs/en/c.md").rename(root / "docs/en/a.md"), ["docs/en/a.md"]),
        (lambda root: os.utime(root / "docs/en/a.md", (0, 0)), []),
    ],
)
def test_only_what_has_changed_is_read_again(
    kept: Kept, read: list[str], change: Callable[[Path], object], pages: list[str]
) -> None:
    first = kept.check()
    assert len(read) == first[1] == 5
    read.clear()
    assert kept.check() == first
    assert read == []
    change(kept.root)
    told = kept.check()
    assert read == pages
    assert told == kept.check(fresh=True)
    assert told == kept.check()


def test_by_another_contract_all_pages_are_read_again(kept: Kept, read: list[str]) -> None:
    first = kept.check()
    read.clear()
    playbook(kept.root, {}, f"{CONTRACT}checks: {{severity: {{LF210: error}}}}\n")
    told = kept.check()
    assert len(read) == 5
    assert told == kept.check(fresh=True) != first


def test_a_file_whose_time_is_set_back_is_read_again_by_its_size(kept: Kept) -> None:
    file = kept.root / "docs/en/a.md"
    os.utime(file, (1, 1))
    kept.check()
    file.write_text(GOOD)
    os.utime(file, (1, 1))
    assert kept.check() == kept.check(fresh=True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_several_processes_find_what_one_does(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = kept.check(fresh=True)
    ours, real = os.getpid(), module._check_all

    def elsewhere(pages: Any, contract: Any) -> Any:
        assert not pages or os.getpid() != ours
        return real(pages, contract)

    monkeypatch.setattr(module, "_WORTH_A_WORKER", 1)
    monkeypatch.setattr(module, "_check_all", elsewhere)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert kept.check(workers=2) == fresh
    assert kept.check(workers=2, fresh=True) == fresh
    assert kept.check() == fresh  # warm: nothing is checked here


@pytest.mark.parametrize("damaged", [b"", b"no pickle"])
def test_what_is_damaged_is_found_out_again(kept: Kept, damaged: bytes) -> None:
    fresh = kept.check()
    for file in (kept.root / "kept").iterdir():
        file.write_bytes(damaged)
    assert kept.check() == fresh


def test_a_change_of_one_page_writes_but_a_part_of_what_is_kept(kept: Kept) -> None:
    for path in (kept.root / "docs").rglob("*.*"):
        os.utime(path, (0, 0))  # else all are read once more, as they have been written just now
    kept.check()
    written = {file.name: file.read_bytes() for file in (kept.root / "kept").iterdir()}
    assert len(written) > 1
    page("en/a.md", SUPPRESSED)(kept.root)
    kept.check()
    changed = [
        file.name
        for file in (kept.root / "kept").iterdir()
        if written.get(file.name) != file.read_bytes()
    ]
    assert len(changed) == 3  # of the pages, of the pairs, and of the units of these
