"""Links that open a line in a writer's editor."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from leitfaden.engine.serving.editors import Editor, address_of
from leitfaden.model import Place, Position

PLACE = Place("docs/en/a b?#.md", Position(12, 3))
OWN = "x-editor:open?file={path}&line={line}"


@pytest.mark.parametrize(
    ("editor", "root", "link"),
    [
        ("vscode", PurePosixPath("/p"), "vscode://file/p/docs/en/a%20b%3F%23.md:12:3"),
        ("vscode", PureWindowsPath("C:\\p"), "vscode://file/C:/p/docs/en/a%20b%3F%23.md:12:3"),
        ("zed", PurePosixPath("/p"), "zed://file/p/docs/en/a%20b%3F%23.md:12:3"),
        (OWN, PurePosixPath("/p"), "x-editor:open?file=/p/docs/en/a%20b%3F%23.md&line=12"),
        ("none", PurePosixPath("/p"), ""),
    ],
)
def test_a_link_opens_the_line(editor: str, root: Any, link: str) -> None:
    assert Editor(address_of(editor), root).link(PLACE) == link


def test_a_file_as_a_whole_opens_at_its_beginning() -> None:
    root: Any = PurePosixPath("/p")
    assert Editor(address_of("vscode"), root).link(Place("x.md")) == "vscode://file/p/x.md:1:1"


@pytest.mark.parametrize("name", ["vscod", "", "javascript:alert('{path}')", "code {path}"])
def test_what_is_no_editor_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no editor"):
        address_of(name)


def test_a_misspelled_editor_is_guessed() -> None:
    with pytest.raises(ValueError, match=r"Did you mean vscodium\?"):
        address_of("vscodum")
