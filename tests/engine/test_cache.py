"""What is kept of a build, and when it counts: if nothing of what it was made of has changed."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from leitfaden.engine.manifest import (
    FOLDER,
    Inputs,
    Known,
    Manifest,
    Unclear,
    ground_of,
    site_state,
    state_of,
)
from leitfaden.engine.sealed import VARIABLE, Seal, seal_for

SEAL = Seal(b"k" * 32)


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    """A project with a page, an image, a template and a program."""
    for name in (
        "docs/en/index.md",
        "docs/map.svg",
        "docs/sub/.keep",
        "own/main.html",
        "program.py",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return Inputs(
        files=(str(tmp_path / "playbook.yml"),),
        folders=(str(tmp_path / "docs"), str(tmp_path / "own")),
        left_out=(str(tmp_path / "docs" / "site"),),
        programs=(str(tmp_path / "program.py"), str(tmp_path / "not-there")),
        variables=("SITE_URL",),
        history=str(tmp_path / "docs"),
    )


def _committed(root: Path) -> None:
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "--allow-empty", "-m", "x")):
        who = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *words], cwd=root, check=True)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a page": lambda root: (root / "docs/en/index.md").write_text("docs/en/index.MD"),
    "a further file": lambda root: (root / "docs/en/new.md").write_text(""),
    "a further folder": lambda root: (root / "docs/en/new").mkdir(),
    "a file less": lambda root: (root / "docs/map.svg").unlink(),
    "another name": lambda root: (root / "docs/map.svg").rename(root / "docs/plan.svg"),
    "a hidden file": lambda root: (root / "docs/sub/.keep").write_text("x"),
    "a template": lambda root: (root / "own/main.html").write_text("x"),
    "a contract": lambda root: (root / "playbook.yml").write_text("x"),
    "a program": lambda root: (root / "program.py").write_text("program.pY"),
    "a further program": lambda root: (root / "not-there").write_text("x"),
    "a link": lambda root: (root / "docs/link").symlink_to("map.svg"),
    "a commit": _committed,
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_seen(inputs: Inputs, tmp_path: Path, change: str) -> None:
    before = state_of(inputs)
    assert state_of(inputs) == before
    CHANGES[change](tmp_path)
    assert state_of(inputs) != before


@pytest.mark.parametrize("name", ["SITE_URL", "SOURCE_DATE_EPOCH", "LC_ALL", "TZ", "LEITFADEN_X"])
def test_so_are_variables(inputs: Inputs, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name, raising=False)
    before = state_of(inputs)
    monkeypatch.setenv(name, "x")
    assert state_of(inputs) != before
    monkeypatch.setenv("OTHER", "x")
    monkeypatch.delenv(name)
    assert state_of(inputs) == before


def test_where_a_link_leads_and_what_is_there_is_seen(inputs: Inputs, tmp_path: Path) -> None:
    aside = tmp_path / "aside.svg"
    aside.write_text("1")
    (tmp_path / "docs" / "link.svg").symlink_to(aside)
    before = state_of(inputs)
    aside.write_text("2")
    assert state_of(inputs) != before
    aside.unlink()
    assert state_of(inputs) != before


def test_neither_the_site_nor_the_time_of_a_file_counts(inputs: Inputs, tmp_path: Path) -> None:
    before = state_of(inputs)
    os.utime(tmp_path / "docs/en/index.md", (1, 1))
    (tmp_path / "docs" / "site").mkdir()
    (tmp_path / "docs" / "site" / "index.html").write_text("x")
    # but that there is such a folder, which MkDocs would copy as well, if it did not leave it out
    assert state_of(inputs) == before


def test_what_cannot_be_compared_is_told(inputs: Inputs, tmp_path: Path) -> None:
    linked = tmp_path / "docs" / "linked"
    linked.symlink_to(tmp_path / "own")
    with pytest.raises(Unclear):
        state_of(inputs)
    linked.unlink()
    os.mkfifo(tmp_path / "docs" / "pipe")
    with pytest.raises(Unclear):
        state_of(inputs)


def test_pages_and_commits_are_no_part_of_the_ground(inputs: Inputs, tmp_path: Path) -> None:
    before = ground_of(inputs, (".md",))
    CHANGES["a page"](tmp_path)
    _committed(tmp_path)
    assert ground_of(inputs, (".md",)) == before
    CHANGES["a further file"](tmp_path)
    assert ground_of(inputs, (".md",)) != before
    before = ground_of(inputs, (".md", ".html"))
    CHANGES["a template"](tmp_path)  # which is no page, whatever its name
    assert ground_of(inputs, (".md", ".html")) != before
    before = ground_of(inputs, (".md",))
    (tmp_path / "docs/map.svg").write_text("x")
    assert ground_of(inputs, (".md",)) != before


def test_a_site_that_somebody_touched_is_another_one(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "below").mkdir(parents=True)
    page = site / "below" / "index.html"
    page.write_text("page")
    (site / ".nojekyll").touch()
    before = site_state(str(site))
    moved = site.rename(tmp_path / "elsewhere")
    moved.rename(site)
    (site / ".git").mkdir()
    assert site_state(str(site)) == before
    status = page.stat()
    page.write_text("PAGE")
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))  # as if nothing had happened
    assert site_state(str(site)) != before
    before = site_state(str(site))
    (site / "new.html").touch()
    assert site_state(str(site)) != before


class TestKept:
    """What is kept in the cache's folder."""

    @pytest.fixture
    def known(self, tmp_path: Path) -> Known:
        return Known(tmp_path / "mkdocs.yml", {"strict": True}, SEAL)

    @pytest.fixture
    def manifest(self, tmp_path: Path) -> Manifest:
        (tmp_path / "site").mkdir()
        site = str(tmp_path / "site")
        inputs = Inputs(history=str(tmp_path))
        return Manifest(inputs, state_of(inputs), site, site_state(site), (("WARNING", "Ä"),))

    def test_a_build_is_known_again(self, known: Known, manifest: Manifest) -> None:
        assert not known.is_the_same()
        known.keep(manifest)
        assert known.manifest() == manifest
        assert known.is_the_same()
        assert known.told == (("WARNING", "Ä"),)

    def test_one_with_other_options_is_not(
        self, known: Known, manifest: Manifest, tmp_path: Path
    ) -> None:
        known.keep(manifest)
        for file, options in (("mkdocs.yml", {"strict": False}), ("other.yml", {"strict": True})):
            assert Known(tmp_path / file, options, SEAL).manifest() is None

    def test_one_without_its_site_is_not_the_same(self, known: Known, manifest: Manifest) -> None:
        known.keep(replace(manifest, site=f"{manifest.site}-gone"))
        assert not known.is_the_same()

    def test_what_is_damaged_is_not_there(self, known: Known, manifest: Manifest) -> None:
        known.keep(manifest)
        (file,) = known.folder.iterdir()
        data = file.read_bytes()
        for at in range(0, len(data), 7):
            for damaged in (data[:at], data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]):
                file.write_bytes(damaged)
                assert known.manifest() is None

    def test_what_others_have_made_is_not_there(
        self, known: Known, manifest: Manifest, tmp_path: Path
    ) -> None:
        Known(tmp_path / "mkdocs.yml", {"strict": True}, Seal(b"x" * 32)).keep(manifest)
        assert known.manifest() is None

    def test_what_a_killed_build_was_writing_harms_nobody(
        self, known: Known, manifest: Manifest
    ) -> None:
        known.folder.mkdir(parents=True)
        old = known.folder / ".site-half-1"
        old.write_bytes(b"half")
        os.utime(old, (1, 1))
        known.keep(manifest)
        assert known.is_the_same()
        assert not old.exists()

    def test_a_folder_that_cannot_be_written_keeps_nothing(
        self, known: Known, manifest: Manifest
    ) -> None:
        known.folder.parent.mkdir()
        known.folder.write_text("a file")
        known.keep(manifest)
        assert not known.is_the_same()

    def test_only_some_are_kept(self, manifest: Manifest, tmp_path: Path) -> None:
        for number in range(20):
            Known(tmp_path / "mkdocs.yml", {"number": number}, SEAL).keep(manifest)
        assert len(list((tmp_path / FOLDER).iterdir())) == 8


class TestSeal:
    """Whose cache is believed."""

    @pytest.fixture(autouse=True)
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.delenv(VARIABLE, raising=False)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        return tmp_path / "home"

    def test_what_was_sealed_for_one_purpose_is_good_for_no_other(self) -> None:
        sealed = SEAL.sealed(b"data", "one")
        assert SEAL.opened(sealed, "one") == b"data"
        assert SEAL.opened(sealed, "other") is None
        assert SEAL.opened(b"", "one") is None

    def test_a_user_has_one_key_that_nobody_else_can_read(self, home: Path, tmp_path: Path) -> None:
        first, second = seal_for(tmp_path / "project"), seal_for(tmp_path / "other")
        assert first
        assert second
        assert second.opened(first.sealed(b"data", "one"), "one") == b"data"
        assert stat.S_IMODE((home / "leitfaden" / "key").stat().st_mode) == 0o600
        assert [file.name for file in (home / "leitfaden").iterdir()] == ["key"]

    def test_a_key_that_others_can_read_is_none(self, home: Path, tmp_path: Path) -> None:
        assert seal_for(tmp_path / "project")
        (home / "leitfaden" / "key").chmod(0o644)
        assert seal_for(tmp_path / "project") is None

    def test_a_key_within_the_project_is_none(self, home: Path, tmp_path: Path) -> None:
        assert seal_for(tmp_path) is None
        assert not home.exists()

    def test_machines_can_share_a_key(self, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
        monkeypatch.setenv(VARIABLE, "secret")
        sealed = seal_for(home)
        assert sealed
        monkeypatch.setenv(VARIABLE, "other")
        other = seal_for(home)
        assert other
        assert other.opened(sealed.sealed(b"data", "one"), "one") is None
        assert not home.exists()
