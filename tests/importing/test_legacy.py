"""A tree is read as it is, and nothing outside of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leitfaden.importing.legacy import Refusal, take_tree
from leitfaden.reading.source import MAX_BYTES
from tests.importing.trees import write


def test_pages_and_other_files_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "A", "b/c.MARKDOWN": "C", "b/d.png": b"D", "toc.yml": ""})
    tree = take_tree(tmp_path)
    assert dict(tree.pages) == {"a.md": b"A", "b/c.MARKDOWN": b"C"}
    assert list(tree.assets) == ["b/d.png", "toc.yml"]
    assert tree.refused == ()


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, {".git/a.md": "A", ".a.md": "A", "b.md": "B"})
    assert list(take_tree(tmp_path).pages) == ["b.md"]


def test_links_out_of_the_tree_are_refused_and_named(tmp_path: Path) -> None:
    write(tmp_path, {"secret": "S", "outside/a.md": "A", "tree/b.md": "B"})
    tree = tmp_path / "tree"
    (tree / "c.md").symlink_to(tmp_path / "secret")
    (tree / "d.md").symlink_to("b.md")
    (tree / "folder").symlink_to(tmp_path / "outside")
    (tree / "loop").symlink_to(".")
    (tree / "gone.md").symlink_to("nowhere.md")
    taken = take_tree(tree)
    assert dict(taken.pages) == {"b.md": b"B", "d.md": b"B"}
    assert [(one.name, one.why) for one in taken.refused] == [
        ("c.md", Refusal.LINK_OUT),
        ("folder", Refusal.LINKED_FOLDER),
        ("gone.md", Refusal.UNREADABLE),
        ("loop", Refusal.LINKED_FOLDER),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_what_is_no_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert [one.why for one in take_tree(tmp_path).refused] == [Refusal.SPECIAL]


def test_a_giant_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"a" * (MAX_BYTES + 1)})
    taken = take_tree(tmp_path)
    assert not taken.pages
    assert [one.why for one in taken.refused] == [Refusal.TOO_LARGE]
