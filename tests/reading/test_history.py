"""The days on which files were last changed, asked of real repositories."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from leitfaden.reading.history import read_history


class Repository:
    """A repository in the making, with a docs folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.docs = folder / "docs"
        self.docs.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2020-01-01") -> None:
        identity = {"NAME": "Writer", "EMAIL": "writer@example.com", "DATE": f"{day}T12:00:00+0000"}
        env = {
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            **{f"GIT_{who}_{key}": value for key, value in identity.items() for who in PEOPLE},
        }
        subprocess.run(["git", *arguments], cwd=self.folder, env=env, check=True, timeout=60)

    def commit(self, day: str, **files: str) -> None:
        for name, text in files.items():
            (self.docs / f"{name}.md").write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "A change", day=day)

    def day(self, name: str) -> str | None:
        day = read_history(self.docs).changed_on(self.docs / f"{name}.md")
        return day.isoformat() if day else None


PEOPLE = ("AUTHOR", "COMMITTER")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def test_a_file_was_changed_on_the_day_of_its_last_commit(repository: Repository) -> None:
    repository.commit("2020-01-02", one="a", two="a")
    repository.commit("2020-03-04", one="b")
    assert repository.day("one") == "2020-03-04"
    assert repository.day("two") == "2020-01-02"


def test_a_file_that_was_only_moved_keeps_its_day(repository: Repository) -> None:
    repository.commit("2020-01-02", old="a text\n")
    repository.git("mv", "docs/old.md", "docs/new.md")
    repository.commit("2020-03-04")
    assert repository.day("new") == "2020-01-02"
    assert repository.day("old") is None


def test_a_file_that_was_moved_and_changed_has_the_day_of_that(repository: Repository) -> None:
    repository.commit("2020-01-02", old="a text\nof two lines\n")
    repository.git("mv", "docs/old.md", "docs/new.md")
    repository.commit("2020-03-04", new="another text\nof two lines\n")
    assert repository.day("new") == "2020-03-04"


def test_a_new_file_under_an_old_name_is_a_file_of_its_own(repository: Repository) -> None:
    repository.commit("2020-01-02", name="first\n")
    repository.git("mv", "docs/name.md", "docs/elsewhere.md")
    repository.commit("2020-03-04")
    repository.commit("2020-05-06", name="second\n")
    assert repository.day("name") == "2020-05-06"
    assert repository.day("elsewhere") == "2020-01-02"


def test_a_file_that_came_back_has_the_day_of_that(repository: Repository) -> None:
    repository.commit("2020-01-02", name="a")
    (repository.docs / "name.md").unlink()
    repository.commit("2020-03-04")
    repository.commit("2020-05-06", name="a")
    assert repository.day("name") == "2020-05-06"


def test_what_a_branch_changed_counts_from_its_own_day(repository: Repository) -> None:
    repository.commit("2020-01-02", one="a", two="a")
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit("2020-02-03", one="b")
    repository.git("checkout", "--quiet", "main")
    repository.commit("2020-03-04", two="b")
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "side", day="2020-05-06")
    assert repository.day("one") == "2020-02-03"
    assert repository.day("two") == "2020-03-04"


def test_any_name_of_a_file_is_understood(repository: Repository) -> None:
    names = ("Übersicht", 'a "quoted" name', "two\nlines", "R100", "\x012020-12-31", " blank ")
    repository.commit("2020-01-02", **dict.fromkeys(names, "a"))
    assert [repository.day(name) for name in names] == ["2020-01-02"] * len(names)


def test_a_file_that_nobody_committed_has_no_day(repository: Repository) -> None:
    repository.commit("2020-01-02", one="a")
    (repository.docs / "two.md").write_text("b")
    assert repository.day("two") is None


def test_a_repository_without_commits_tells_nothing(repository: Repository) -> None:
    assert read_history(repository.docs).days == {}


def test_a_folder_in_no_repository_tells_nothing(tmp_path: Path) -> None:
    assert read_history(tmp_path).days == {}
    assert read_history(tmp_path / "missing").days == {}


def test_a_shallow_clone_tells_nothing_rather_than_a_lie(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit("2020-01-02", one="a")
    repository.commit("2020-03-04", two="b")
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth=1", repository.folder.as_uri(), str(clone))
    assert read_history(clone / "docs").days == {}


def test_nothing_is_told_without_git(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.commit("2020-01-02", one="a")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_history(repository.docs).days == {}


def test_the_repository_of_a_hook_around_is_not_asked(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = Repository(tmp_path / "other")
    other.commit("2021-01-01", one="a")
    repository.commit("2020-01-02", one="a")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    assert repository.day("one") == "2020-01-02"


def test_settings_of_a_repository_run_no_program(repository: Repository) -> None:
    repository.commit("2020-01-02", one="a")
    mark = repository.folder / "ran"
    program = repository.folder / "program"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n")
    program.chmod(0o755)
    for key in ("core.pager", "core.fsmonitor", "diff.external", "gpg.program", "pager.log"):
        repository.git("config", key, str(program))
    repository.git("config", "log.showSignature", "true")
    repository.git("config", "diff.x.textconv", str(program))
    (repository.folder / ".git/info/attributes").write_text("*.md diff=x\n")
    assert repository.day("one") == "2020-01-02"
    assert not mark.exists()


def test_what_git_tells_is_bounded(repository: Repository) -> None:
    for number in range(1, 29):
        repository.commit(f"2020-01-{number:02}", **{f"page-{number}": "a"})
    whole, some = read_history(repository.docs), read_history(repository.docs, most_bytes=100)
    assert len(whole.days) == 28
    assert 0 < len(some.days) < 28
    assert some.days.items() <= whole.days.items()
    assert read_history(repository.docs, seconds=0).days == {}


def test_a_file_outside_of_the_folder_has_no_day(repository: Repository) -> None:
    repository.commit("2020-01-02", one="a")
    (repository.folder / "README.md").write_text("a")
    repository.commit("2020-01-03")
    history = read_history(repository.docs)
    assert history.changed_on(repository.folder / "README.md") is None
    assert history.days == {"one.md": dt.date(2020, 1, 2)}
