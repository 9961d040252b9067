"""Locks are written whole or not at all, whichever command does it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from leitfaden.checking.pairs import LockFile, read_lock_file
from leitfaden.cli.locks import replace_lock
from leitfaden.cli.output import WrongUsage
from leitfaden.cli.project import Project, open_project, setting_of
from leitfaden.reading.inventory import take_inventory
from leitfaden.translating.lock import HEADER
from tests.cli.repository import made
from tests.cli.support import run

TEXT = f"{HEADER}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = made(tmp_path / "project")
    monkeypatch.chdir(root)
    return root / "docs" / "de"


@pytest.fixture
def project(folder: Path) -> Project:
    return open_project(folder.parents[1] / "playbook.yml", None)


def read(project: Project) -> LockFile:
    inventory = take_inventory(project.docs, project.contract, project.root)
    return read_lock_file("de", setting_of(project, 1), inventory)


def test_a_new_lock_can_be_read_by_all(folder: Path, project: Project) -> None:
    replace_lock(read(project), TEXT, project)
    lock = folder / "translations.lock"
    assert lock.read_bytes() == TEXT.encode()
    assert stat.S_IMODE(lock.stat().st_mode) == 0o644
    assert list(folder.glob(".*")) == []


def test_who_may_do_what_with_a_lock_stays(folder: Path, project: Project) -> None:
    lock = folder / "translations.lock"
    lock.write_text("# old\r\n", "utf-8")
    lock.chmod(0o660)
    replace_lock(read(project), TEXT, project)
    assert lock.read_bytes() == TEXT.encode()
    assert stat.S_IMODE(lock.stat().st_mode) == 0o660


def test_of_a_link_within_the_pages_the_file_is_written(folder: Path, project: Project) -> None:
    kept = folder.parent / "kept.lock"
    kept.write_text("# old\n", "utf-8")
    lock = folder / "translations.lock"
    lock.symlink_to(kept)
    replace_lock(read(project), TEXT, project)
    assert lock.is_symlink()
    assert kept.read_text("utf-8") == TEXT


@pytest.mark.parametrize("before", [None, "# old\n"])
def test_what_somebody_else_has_written_meanwhile_stays(
    folder: Path, project: Project, before: str | None
) -> None:
    lock = folder / "translations.lock"
    if before:
        lock.write_text(before, "utf-8")
    file = read(project)
    lock.write_text("# theirs\n", "utf-8")
    with pytest.raises(WrongUsage, match=r"docs/de/translations\.lock was not written: .*changed"):
        replace_lock(file, TEXT, project)
    assert lock.read_text("utf-8") == "# theirs\n"


def test_a_link_that_leads_out_meanwhile_is_not_followed(
    folder: Path, project: Project, tmp_path: Path
) -> None:
    file = read(project)
    other = tmp_path / "other.txt"
    other.write_text("other", "utf-8")
    (folder / "translations.lock").symlink_to(other)
    with pytest.raises(WrongUsage, match="does not lie in the docs folder"):
        replace_lock(file, TEXT, project)
    assert other.read_text("utf-8") == "other"


def test_a_lock_that_may_not_be_written_stays(
    folder: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = folder / "translations.lock"
    lock.write_text("# old\n", "utf-8")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(WrongUsage, match="may not be written"):
        replace_lock(read(project), TEXT, project)
    assert lock.read_text("utf-8") == "# old\n"


def test_a_folder_that_may_not_be_written_is_told_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    result = run("translated", "docs")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "docs/de/translations.lock was not written" in result.stderr
    assert not (folder / "translations.lock").exists()
