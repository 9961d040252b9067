"""Pages are written whole, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from leitfaden.checking.facts import facts_of
from leitfaden.fixing import FixedPage, NotWrittenError, Refusal, write
from tests.fixing.support import read

OLD, NEW = b"\xef\xbb\xbfold\r\n", "\ufeffnew\r\n".encode()


def fixed(old: bytes = OLD, new: bytes = NEW) -> FixedPage:
    before, after = read(old), read(new)
    return FixedPage(before, after, facts_of(after))


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    return folder


@pytest.fixture
def page(docs: Path) -> Path:
    file = docs / "a.md"
    file.write_bytes(OLD)
    return file


def test_the_bytes_are_those_of_the_new_text(page: Path, docs: Path) -> None:
    assert write(page, fixed(), docs)
    assert page.read_bytes() == NEW
    assert [entry.name for entry in docs.iterdir()] == ["a.md"]


def test_the_mode_stays(page: Path, docs: Path) -> None:
    page.chmod(0o640)
    write(page, fixed(), docs)
    assert stat.S_IMODE(page.stat().st_mode) == 0o640


def test_an_unchanged_page_is_not_written(page: Path, docs: Path) -> None:
    before = page.stat()
    assert not write(page, fixed(OLD, OLD), docs)
    assert (page.stat().st_ino, page.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def refused(file: Path, docs: Path) -> Refusal:
    with pytest.raises(NotWrittenError) as caught:
        write(file, fixed(), docs)
    return caught.value.reason


def test_a_file_that_was_changed_meanwhile_is_left(page: Path, docs: Path) -> None:
    page.write_bytes(b"somebody's work")
    assert refused(page, docs) is Refusal.CHANGED
    assert page.read_bytes() == b"somebody's work"
    assert [entry.name for entry in docs.iterdir()] == ["a.md"]


def test_a_lost_byte_order_mark_is_a_change(page: Path, docs: Path) -> None:
    page.write_bytes(OLD[3:])
    assert refused(page, docs) is Refusal.CHANGED


def test_a_link_within_the_docs_writes_what_it_leads_to(page: Path, docs: Path) -> None:
    link = docs / "b.md"
    link.symlink_to("a.md")
    assert write(link, fixed(), docs)
    assert link.is_symlink()
    assert page.read_bytes() == NEW


def test_a_link_out_of_the_docs_is_left(docs: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(OLD)
    link = docs / "b.md"
    link.symlink_to(outside)
    assert refused(link, docs) is Refusal.OUTSIDE
    assert outside.read_bytes() == OLD


def test_a_file_of_a_folder_linked_out_of_the_docs_is_left(docs: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").write_bytes(OLD)
    (docs / "en").symlink_to(tmp_path / "elsewhere")
    assert refused(docs / "en" / "a.md", docs) is Refusal.OUTSIDE


def test_the_docs_folder_itself_may_be_a_link(page: Path, docs: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(docs)
    assert write(tmp_path / "alias" / "a.md", fixed(), tmp_path / "alias")
    assert page.read_bytes() == NEW


def test_what_is_no_file_is_told(docs: Path) -> None:
    (docs / "x.md").mkdir()
    assert refused(docs / "x.md", docs) is Refusal.READ_ONLY
    assert refused(docs / "gone.md", docs) is Refusal.FAILED
    (docs / "loop.md").symlink_to("loop.md")
    assert refused(docs / "loop.md", docs) is Refusal.FAILED


def test_a_file_that_may_not_be_written_is_left(
    page: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert refused(page, docs) is Refusal.READ_ONLY
    assert page.read_bytes() == OLD


def test_a_failure_on_the_way_leaves_the_file_and_nothing_else(
    page: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWrittenError) as caught:
        write(page, fixed(), docs)
    assert (caught.value.reason, caught.value.detail) == (
        Refusal.FAILED,
        "No space left on device",
    )
    assert page.read_bytes() == OLD
    assert [entry.name for entry in docs.iterdir()] == ["a.md"]
