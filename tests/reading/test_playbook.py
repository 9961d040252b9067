"""A folder of pages becomes a playbook, whatever lies in the folder."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

import pytest

from leitfaden.model import Playbook
from leitfaden.reading import nearest_id, read_playbook
from leitfaden.reading.inventory import take_inventory
from leitfaden.reading.source import MAX_BYTES
from tests.reading.pages import CONTRACT, diagnostics_of, read

Reader = Callable[..., Playbook]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Writes files below docs/ and reads the playbook."""

    def read_files(files: Mapping[str, str | bytes] | None = None) -> Playbook:
        for name, content in (files or {}).items():
            path = tmp_path / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_playbook(tmp_path / "docs", CONTRACT, tmp_path)

    return read_files


def told(playbook: Playbook) -> list[str]:
    """Return all that is told about the pages of a playbook."""
    return [str(diagnostic) for page in playbook for diagnostic in diagnostics_of(page)]


def strays(tmp_path: Path) -> list[tuple[str, str]]:
    """Return what is below docs/ in the place of a page, and is none."""
    found = take_inventory(tmp_path / "docs", CONTRACT, tmp_path).strays
    return [(stray.path, stray.kind.value) for stray in found]


def test_pages_of_all_locales_are_paired_by_their_id(reader: Reader) -> None:
    playbook = reader(
        {
            "en/index.md": "# Home",
            "en/a/b.md": "# B",
            "en/only.md": "# Only",
            "de/index-de.md": "# Start",
            "de/a/b.md": "# B auf Deutsch",
            "fr/index.md": "# Not declared",
            "en/picture.png": b"\x89PNG",
            "en/data.MD": "# No page for MkDocs either",
        }
    )
    assert playbook.locales == ("en", "de", "ja")
    assert playbook.ids == ("a/b", "index", "only")
    assert [(page.locale, page.id, page.path, page.title) for page in playbook] == [
        ("en", "a/b", "docs/en/a/b.md", "B"),
        ("en", "index", "docs/en/index.md", "Home"),
        ("en", "only", "docs/en/only.md", "Only"),
        ("de", "a/b", "docs/de/a/b.md", "B auf Deutsch"),
        ("de", "index", "docs/de/index-de.md", "Start"),
    ]
    assert playbook.missing("de") == ("only",)
    assert told(playbook) == []


def test_nothing_at_all(reader: Reader) -> None:
    playbook = reader()
    assert (playbook.ids, list(playbook), told(playbook)) == ((), [], [])


def test_two_files_for_one_page(reader: Reader, tmp_path: Path) -> None:
    """The one that was made for the locale wins: the other is an older copy of the source's."""
    playbook = reader({"de/x.md": "# English", "de/x-de.md": "# Deutsch", "de/y-de.md": "# Y"})
    page = playbook.page("x", "de")
    assert page
    assert page.title == "Deutsch"
    [(dropped, kept)] = take_inventory(tmp_path / "docs", CONTRACT, tmp_path).dropped()
    assert (dropped.path, kept.path) == ("docs/de/x.md", "docs/de/x-de.md")


def test_what_cannot_be_read_is_told_and_the_rest_is_read(reader: Reader) -> None:
    playbook = reader(
        {
            "en/latin.md": "# T\n\nÜ".encode("latin-1"),
            "en/utf16.md": "# T".encode("utf-16"),
            "en/nul.md": "# T\0",
            "en/giant.md": b"a" * (MAX_BYTES + 1),
            "en/yaml.md": "---\na: b: c\n---\n# T",
            "en/value.md": "---\na: 2020-13-45\n---\n# T",
            "en/open.md": "---\na: b\n# T",
            "en/list.md": "---\n- a\n---\n# T",
            "en/empty.md": "",
            "en/good.md": "# T",
        }
    )
    assert len(list(playbook)) == 10
    assert told(playbook) == [
        "docs/en/giant.md: LF101 The file is too large to be a page (more than 2,000,000 bytes). "
        "Split it, or move it out of the docs folder.",
        "docs/en/latin.md:3:1: LF102 The file is not UTF-8 (byte 0xDC). Save it as UTF-8.",
        "docs/en/list.md:2:1: LF105 The front matter holds no keys. Write one `key: value` a line.",
        "docs/en/nul.md:1:4: LF102 The file is not UTF-8 (byte 0x00). Save it as UTF-8.",
        "docs/en/open.md:1:1: LF104 The front matter is not closed. "
        "Write a line `---` behind its last key.",
        "docs/en/utf16.md: LF102 The file is not UTF-8 (UTF-16). Save it as UTF-8.",
        "docs/en/value.md:2:4: LF103 The value of `a` cannot be read: month must be in 1..12. "
        "Write it differently, or put it in quotation marks.",
        "docs/en/yaml.md:2:4: LF103 The value of `a` holds a colon and is not quoted, so the front "
        "matter cannot be read. Put it in quotation marks.",
    ]


def test_a_directory_called_like_a_page_is_none(reader: Reader, tmp_path: Path) -> None:
    playbook = reader({"en/x.md/y.md": "# Y", "en/z.md": "# Z"})
    assert playbook.ids == ("x.md/y", "z")
    assert strays(tmp_path) == [("docs/en/x.md", "folder")]


def test_a_link_to_a_directory_called_like_a_page(reader: Reader, tmp_path: Path) -> None:
    reader({"en/a/y.md": "# Y"})
    linked(tmp_path / "docs/en/x.md", "a")
    playbook = reader()
    assert "x" not in playbook.ids
    assert strays(tmp_path) == [("docs/en/x.md", "linked-folder")]


def test_a_directory_that_leads_to_itself(reader: Reader, tmp_path: Path) -> None:
    linked(tmp_path / "docs/en/a.md", "b.md")
    linked(tmp_path / "docs/en/b.md", "a.md")
    playbook = reader({"en/y.md": "# Y"})
    assert playbook.ids == ("a", "b", "y")
    assert len(told(playbook)) == 2
    assert all(" LF101 The file cannot be read: " in line for line in told(playbook))


def test_a_file_without_permission_among_others(reader: Reader, tmp_path: Path) -> None:
    reader({"en/x.md": "# X", "en/y.md": "# Y"})
    file = tmp_path / "docs/en/x.md"
    file.chmod(0)
    try:
        if os.access(file, os.R_OK):
            pytest.skip("this user may read everything")
        playbook = reader()
    finally:
        file.chmod(0o644)
    assert playbook.ids == ("x", "y")
    assert len(told(playbook)) == 1


def test_a_file_that_may_not_be_read(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *args: object, **kwargs: object) -> NoReturn:
        raise PermissionError(13, "Permission denied", str(path))

    reader({"en/x.md": "# X"})
    monkeypatch.setattr(Path, "open", refuse)
    playbook = reader()
    assert playbook.ids == ("x",)
    assert told(playbook) == [
        "docs/en/x.md: LF101 The file cannot be read: Permission denied. "
        "Check its permissions, or remove it."
    ]


def linked(link: Path, target: str) -> None:
    """Make a symlink, if the system lets us."""
    link.parent.mkdir(parents=True, exist_ok=True)
    try:
        link.symlink_to(target, target_is_directory=not target.endswith(".md"))
    except OSError:
        pytest.skip("this system makes no symbolic links for this user")


def test_a_link_to_itself(reader: Reader, tmp_path: Path) -> None:
    linked(tmp_path / "docs/en/x.md", "x.md")
    playbook = reader({"en/y.md": "# Y"})
    assert playbook.ids == ("x", "y")
    [line] = told(playbook)
    assert line.startswith("docs/en/x.md: LF101 The file cannot be read: ")


def test_a_link_to_nothing(reader: Reader, tmp_path: Path) -> None:
    linked(tmp_path / "docs/en/x.md", "gone.md")
    [line] = told(reader())
    assert line.startswith("docs/en/x.md: LF101 The file cannot be read: No such file")


def test_a_folder_that_holds_itself(reader: Reader, tmp_path: Path) -> None:
    linked(tmp_path / "docs/en/loop", ".")
    linked(tmp_path / "docs/en/a/up", "..")
    playbook = reader({"en/y.md": "# Y", "en/a/z.md": "# Z"})
    assert playbook.ids == ("a/z", "y")


def test_a_link_to_another_page_is_a_page(reader: Reader, tmp_path: Path) -> None:
    linked(tmp_path / "docs/en/x.md", "y.md")
    playbook = reader({"en/y.md": "# Y"})
    assert playbook.ids == ("x", "y")


def test_what_lies_outside_of_the_docs_folder_is_not_read(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret", encoding="utf-8")
    linked(tmp_path / "docs/en/x.md", "../../secret.md")
    linked(tmp_path / "docs/en/sub", "../..")
    linked(tmp_path / "docs/de", "..")
    playbook = reader({"en/y.md": "# Y"})
    assert playbook.ids == ("y",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "docs/en").mkdir(parents=True)
    os.mkfifo(tmp_path / "docs/en/x.md")
    assert told(reader()) == [
        "docs/en/x.md: LF101 The file cannot be read: it is no regular file. "
        "Check its permissions, or remove it."
    ]


def test_a_name_that_cannot_be_printed(reader: Reader, tmp_path: Path) -> None:
    try:
        reader({"en/caf\udce9.md": "# X"})
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    assert list(reader()) == []
    [stray] = take_inventory(tmp_path / "docs", CONTRACT, tmp_path).strays
    assert (stray.path, stray.kind, stray.variant) == ("docs/en/caf?.md", "name", "encoding")


def test_docs_may_lie_outside_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "docs/en").mkdir(parents=True)
    (tmp_path / "docs/en/x.md").write_text("# X", encoding="utf-8")
    [page] = read_playbook(tmp_path / "docs", CONTRACT, tmp_path / "project")
    assert page.path == (tmp_path / "docs/en/x.md").as_posix()


def test_the_page_that_was_meant(reader: Reader) -> None:
    playbook = reader({"en/resources-experts-guidance.md": "", "en/index.md": ""})
    assert nearest_id("resources-expert-guidance", playbook) == "resources-experts-guidance"
    assert nearest_id("something-else", playbook) is None


def test_what_is_told_about_a_page_stands_on_the_page() -> None:
    page = read("---\na: [\n---\n# T")
    [diagnostic] = diagnostics_of(page)
    assert diagnostic.code == "LF103"
    assert diagnostic.place.path == page.path


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(reader: Reader, enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        reader({"en/x.md": "# X"})
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if before else gc.disable)()
