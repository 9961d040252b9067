"""What files held before, as git knows it; where it knows nothing, nothing is told."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from leitfaden.reading.versions import (
    base_of,
    blob_of,
    commits_of,
    contents,
    files_at,
    head_of,
    read_versions,
    revision_of,
)
from tests.cli.repository import commit, edit, git, repository


@pytest.fixture
def english(tmp_path: Path) -> Path:
    root = repository(tmp_path / "project")
    file = root / "docs" / "en" / "assess-move.md"
    edit(file, "every box", "each box")
    commit(root, "2026-02-03")
    return root / "docs" / "en"


def told(folder: Path, name: str) -> list[tuple[dt.date, bool]]:
    """Return the day of each version of a file, and whether it says "every box"."""
    versions = read_versions(folder).files.get(name, ())
    data = dict(contents(folder, (version.blob for version in versions)))
    return [(version.day, b"every box" in data[version.blob]) for version in versions]


VERSIONS = [(dt.date(2026, 2, 3), False), (dt.date(2026, 1, 2), True)]


def test_each_version_is_there_the_newest_first(english: Path) -> None:
    assert told(english, "assess-move.md") == VERSIONS


def test_a_file_that_was_moved_keeps_its_versions(english: Path) -> None:
    (english / "assess-move.md").rename(english / "assess-relocate.md")
    commit(english, "2026-03-04")
    moved = (dt.date(2026, 3, 4), False)
    assert told(english, "assess-relocate.md") == [moved, *VERSIONS]


def test_names_of_any_signs_are_understood(english: Path) -> None:
    name = "a \u00e4 \u4e2d \x01 \n.md"
    (english / name).write_text("every box", "utf-8")
    commit(english, "2026-03-04")
    assert told(english, name) == [(dt.date(2026, 3, 4), True)]


def test_another_repository_that_the_environment_names_is_not_asked(
    english: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    assert told(english, "assess-move.md") == VERSIONS


def test_files_are_told_as_they_were(english: Path) -> None:
    (english / "new.md").write_text("New.\n", "utf-8")
    head = head_of(english)
    assert set(files_at(english, head)) == {"assess-move.md", "index.md"}
    assert set(files_at(english.parent, head)) >= {"en/index.md", "de/index.md"}


def test_contents_that_git_does_not_have_are_left_out(english: Path) -> None:
    (blob,) = {version.blob for version in read_versions(english).files["index.md"]}
    found = dict(contents(english, ["0" * 40, blob, "f" * 40]))
    assert list(found) == [blob]
    assert found[blob] == (english / "index.md").read_bytes()
    assert dict(contents(english, [])) == {}


@pytest.mark.parametrize("name", ["nothing", "--all", "-h", "", "HEAD:docs", "\n"])
def test_what_names_no_commit_is_none(english: Path, name: str) -> None:
    assert revision_of(english, name) is None


def test_work_begins_where_it_left_the_default_branch(english: Path) -> None:
    begun = head_of(english)
    assert base_of(english) == begun
    git(english, "checkout", "--quiet", "-b", "work")
    edit(english / "index.md", "Welcome", "Be welcome")
    commit(english)
    assert base_of(english) == begun
    assert head_of(english) != begun


def test_without_a_default_branch_it_is_the_last_commit(english: Path) -> None:
    git(english, "branch", "--quiet", "--move", "other")
    assert base_of(english) == head_of(english)


def test_without_a_repository_nothing_is_known(english: Path) -> None:
    shutil.rmtree(english.parents[1] / ".git")
    assert read_versions(english).files == {}
    assert head_of(english) == ""
    assert base_of(english) is None
    assert files_at(english, "HEAD") == {}


def test_a_part_of_a_history_is_none(english: Path, tmp_path: Path) -> None:
    there = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", english.parents[1].as_uri(), str(there))
    assert read_versions(there / "docs" / "en").files == {}


def test_the_states_of_a_folder_are_told_the_newest_first(english: Path) -> None:
    (english.parents[1] / "note.txt").write_text("Elsewhere.", "utf-8")
    commit(english, "2026-03-04")
    days = [one.day for one in commits_of(english, 9)]
    assert days == [dt.date(2026, 2, 3), dt.date(2026, 1, 2)]
    assert [one.day for one in commits_of(english, 1)] == days[:1]
    assert commits_of(english, 1)[0].name == revision_of(english, "HEAD~1")
    shutil.rmtree(english.parents[1] / ".git")
    assert commits_of(english, 9) == ()


def test_a_content_has_the_name_that_git_gives_it(english: Path) -> None:
    for name, blob in files_at(english, head_of(english)).items():
        assert blob_of((english / name).read_bytes(), blob) == blob
    assert len(blob_of(b"", "0" * 64)) == 64


def test_what_is_larger_than_asked_for_is_left_out(english: Path) -> None:
    blobs = files_at(english, head_of(english)).values()
    assert dict(contents(english, blobs, most=0)) == {}
    assert dict(contents(english, blobs)).keys() == set(blobs)


def test_a_link_is_no_version_of_a_file(english: Path) -> None:
    page = english / "assess-move.md"
    page.unlink()
    page.symlink_to("index.md")
    commit(english, "2026-03-04")
    assert told(english, "assess-move.md") == VERSIONS
