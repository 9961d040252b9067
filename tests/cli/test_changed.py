"""`leitfaden changed`: which pages an edit changes, for whoever looks at it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.repository import commit, edit, git, repository
from tests.cli.support import run

SOURCE = Path("docs/en/assess-move.md")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = repository(tmp_path / "project")
    monkeypatch.chdir(root)
    return root


def changed(*args: str) -> list[tuple[str, ...]]:
    """Return what has become of which pages, as JSON has it."""
    result = run("changed", "--json", *args)
    assert result.exit_code == 0
    told: dict[str, Any] = json.loads(result.stdout)
    assert told["version"] == 1
    return [
        (page["change"], page["path"], *([page["was"]] if "was" in page else []))
        for page in told["pages"]
    ]


def test_without_an_edit_there_is_none() -> None:
    assert changed() == []
    assert "no page has changed" in run("changed").stdout


def test_what_is_new_edited_moved_and_gone() -> None:
    edit(SOURCE, "Invite twelve people", "Invite thirteen people")
    Path("docs/en/new.md").write_text("# A new page\n", "utf-8")
    Path("docs/en/index.md").unlink()
    Path("docs/de/assess-move.md").rename("docs/de/assess-other.md")
    assert changed() == [
        ("edited", "docs/en/assess-move.md"),
        ("gone", "docs/en/index.md"),
        ("new", "docs/en/new.md"),
        ("moved", "docs/de/assess-other.md", "docs/de/assess-move.md"),
    ]
    told = run("changed").stdout
    assert "4 pages: 1 new, 1 edited, 1 moved, 1 gone." in told
    assert "gone: docs/en/index.md  Home" in told


def test_two_pages_of_one_text_are_two_pages() -> None:
    for name in ("a", "b"):
        shutil.copy(SOURCE, f"docs/en/{name}.md")
    commit(Path.cwd())
    for name in ("a", "b"):
        Path(f"docs/en/{name}.md").unlink()
    assert changed() == [("gone", "docs/en/a.md"), ("gone", "docs/en/b.md")]


def test_it_is_told_since_the_work_has_left_the_default_branch() -> None:
    git(Path.cwd(), "switch", "--quiet", "--create", "work")
    edit(SOURCE, "Invite twelve people", "Invite thirteen people")
    commit(Path.cwd())
    assert changed() == [("edited", "docs/en/assess-move.md")]
    assert changed("HEAD") == []


def test_a_summary_is_markdown_in_which_titles_are_only_text() -> None:
    Path("docs/en/new.md").write_text("# [x](y) <b> `c` | @z\n", "utf-8")
    told = run("changed", "--markdown", "-l", "de").stdout
    assert told.startswith("## Geänderte Seiten\n\nVerglichen mit ")
    (line,) = (line for line in told.splitlines() if line.startswith("- neu: docs/en/new.md"))
    assert "<b>" not in line
    assert "](" not in line.replace("\\]", "")


def test_what_is_no_page_is_none() -> None:
    Path("docs/en/.hidden.md").write_text("# Hidden\n", "utf-8")
    Path("docs/en/notes.txt").write_text("Notes\n", "utf-8")
    assert changed() == []


def test_a_commit_that_is_not_there_is_told() -> None:
    result = run("changed", "nowhere")
    assert result.exit_code == 2
    assert "There is no commit 'nowhere'." in result.stderr
