"""The way of a site from where it is built to where it belongs."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from mkdocs.exceptions import BuildError

from leitfaden.engine import exchange
from leitfaden.engine.exchange import exchanged
from leitfaden.engine.staging import staged


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def names(folder: Path) -> list[str]:
    return sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())


def build(site: Path, *files: str) -> None:
    with staged(site) as staging:
        write(staging, *files)


def test_the_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    site = tmp_path / "deep" / "site"
    build(site, "old.html", "both.html")
    build(site, "new.html", "both.html")
    assert names(site) == ["both.html", "new.html"]
    assert [entry.name for entry in site.parent.iterdir()] == ["site"]


def test_there_is_no_moment_without_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system can, the two change places in one step."""
    site = tmp_path / "site"
    build(site, "old.html")
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    if not exchanged(tmp_path / "one", tmp_path / "other"):
        pytest.skip("this system cannot exchange folders")

    def renamed(path: Path, target: Path) -> Path:
        raise AssertionError(f"{path.name} would be gone for a moment")

    monkeypatch.setattr(Path, "rename", renamed)
    build(site, "new.html")
    assert names(site) == ["new.html"]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["one", "other", "site"]


def test_where_folders_cannot_be_exchanged_two_steps_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    build(site, "old.html")
    monkeypatch.setattr(exchange, "_call", lambda: None)
    build(site, "new.html")
    assert names(tmp_path) == ["site/new.html"]


def test_a_full_disk_is_told_in_one_line_and_other_errors_are_left_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, "old.html")
    with pytest.raises(BuildError) as told, staged(site) as staging:
        raise OSError(errno.ENOSPC, "No space left on device", str(staging / "a.html"))
    assert str(told.value) == (
        f"The site cannot be written to {site}. No space left on device: {site}/a.html"
    )
    with pytest.raises(FileNotFoundError), staged(site):
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "page.md")
    assert names(tmp_path) == ["site/old.html"]


def test_a_failure_leaves_the_old_one(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, "old.html")
    with pytest.raises(IsADirectoryError), staged(site) as staging:
        staging.write_text("is a folder")
    assert names(tmp_path) == ["site/old.html"]


def test_hidden_files_at_the_top_stay(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, ".git/config", "old.html", "folder/old.html", "folder/.hidden")
    build(site, "new.html", "folder/new.html")
    assert names(site) == [".git/config", "folder/new.html", "new.html"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_a_site_behind_a_link_stays_there(tmp_path: Path) -> None:
    write(tmp_path, "www/old.html")
    (tmp_path / "site").symlink_to("www")
    build(tmp_path / "site", "new.html")
    assert (tmp_path / "site").is_symlink()
    assert names(tmp_path / "www") == ["new.html"]


def test_the_folders_rights_stay(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    site.chmod(0o711)
    build(site, "new.html")
    assert site.stat().st_mode & 0o777 == 0o711


def test_a_site_that_was_about_to_be_replaced_comes_back(tmp_path: Path) -> None:
    """A build may be killed between its two steps."""
    write(tmp_path, ".site-previous-1-0/old.html", ".site-staging-1/new.html")
    with staged(tmp_path / "site"):
        assert names(tmp_path / "site") == ["old.html"]
        assert not (tmp_path / ".site-staging-1").exists()


def test_what_another_build_is_writing_is_left_to_it(tmp_path: Path) -> None:
    with staged(tmp_path / "site") as staging:
        write(staging, "first.html")
        kept = staging.rename(tmp_path / ".site-staging-1")
        with staged(tmp_path / "site") as other:
            write(other, "second.html")
        assert names(kept) == ["first.html"]
        kept.rename(staging)
    assert names(tmp_path / "site") == ["first.html"]


def test_where_no_folder_can_be_is_told_in_one_line(tmp_path: Path) -> None:
    write(tmp_path, "file")
    with pytest.raises(BuildError, match=r"cannot be written to \S+file/site\. \S+"):
        build(tmp_path / "file" / "site")
