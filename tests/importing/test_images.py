"""Images come along once, if a page uses them."""

from __future__ import annotations

from pathlib import Path

from leitfaden.importing.images import FileState
from leitfaden.importing.links import How
from tests.importing.trees import contents, imported, page, project, text, write

PNG, OTHER = b"\x89PNG one", b"\x89PNG two"


def bring(
    tmp_path: Path, body: str, files: dict[str, bytes], there: dict[str, bytes] | None = None
) -> tuple[Path, dict[str, tuple[FileState, str]]]:
    """Import a German page, and return the project with what became of each file that it uses."""
    tree = write(tmp_path / "tree", {"a.md": page("A", body), **files})
    root = project(tmp_path / "project", there)
    made = imported(root, tree, "de")
    return root, {file.name: (file.state, file.held) for file in made.files}


def test_an_image_that_is_used_comes_and_another_does_not(tmp_path: Path) -> None:
    root, files = bring(tmp_path, "![A tree](m/a.png)", {"m/a.png": PNG, "m/b.png": OTHER})
    assert files == {"m/a.png": (FileState.NEW, "de/m/a.png")}
    assert [name for name in contents(root / "docs") if name.endswith("png")] == ["de/m/a.png"]


def test_unused_files_are_named(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"a.md": page("A"), "m/b.png": PNG, "toc.yml": ""})
    assert imported(project(tmp_path / "project"), tree).unused == ("m/b.png",)


def test_the_same_file_of_the_source_locale_is_shared(tmp_path: Path) -> None:
    there = {"en/m/a.png": PNG}
    root, files = bring(tmp_path, "![A tree](m/a.png)", {"m/a.png": PNG}, there)
    assert files == {"m/a.png": (FileState.SHARED, "en/m/a.png")}
    assert "![A tree](m/a.png)" in text(root, "de/a.md")
    assert not (root / "docs/de/m").exists()


def test_the_same_file_under_another_name_is_shared_too(tmp_path: Path) -> None:
    there = {"en/m/tree.png": PNG}
    root, files = bring(tmp_path, "![A tree](m/baum.png)", {"m/baum.png": PNG}, there)
    assert files == {"m/baum.png": (FileState.SHARED, "en/m/tree.png")}
    assert "![A tree](m/tree.png)" in text(root, "de/a.md")


def test_another_file_of_the_same_name_is_the_locales_own(tmp_path: Path) -> None:
    there = {"en/m/a.png": OTHER}
    root, files = bring(tmp_path, "![A tree](m/a.png)", {"m/a.png": PNG}, there)
    assert files == {"m/a.png": (FileState.NEW, "de/m/a.png")}
    assert (root / "docs/de/m/a.png").read_bytes() == PNG


def test_two_copies_in_the_tree_become_one(tmp_path: Path) -> None:
    body = "![A tree](m/a.png) ![The tree](n/b.png)"
    root, files = bring(tmp_path, body, {"m/a.png": PNG, "n/b.png": PNG})
    assert files["n/b.png"] == (FileState.SHARED, "de/m/a.png")
    assert "![A tree](m/a.png) ![The tree](m/a.png)" in text(root, "de/a.md")


def test_a_name_in_another_case_is_corrected(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"a.md": page("A", "![A tree](M/A.PNG)"), "m/a.png": PNG})
    root = project(tmp_path / "project")
    made = imported(root, tree)
    assert [one.how for one in made.rewritten] == [How.CASE]
    assert "![A tree](m/a.png)" in text(root, "en/a.md")
    assert (root / "docs/en/m/a.png").read_bytes() == PNG


def test_a_file_that_a_person_has_put_there_is_not_replaced(tmp_path: Path) -> None:
    there = {"de/m/a.png": OTHER}
    root, files = bring(tmp_path, "![A tree](m/a.png)", {"m/a.png": PNG}, there)
    assert files == {"m/a.png": (FileState.KEPT, "de/m/a.png")}
    assert (root / "docs/de/m/a.png").read_bytes() == OTHER


def test_images_in_html_and_other_files_come_too(tmp_path: Path) -> None:
    body = '<img alt="A tree" src="m/a.png">\n\n[The plan](plan.pdf)'
    root, files = bring(tmp_path, body, {"m/a.png": PNG, "plan.pdf": OTHER})
    assert set(files) == {"m/a.png", "plan.pdf"}
    assert (root / "docs/de/plan.pdf").read_bytes() == OTHER


def test_images_of_docfx_come_too_but_not_those_in_code(tmp_path: Path) -> None:
    line = ':::image type="content" source="M/{}.png" alt-text="A tree":::'
    body = f"{line.format('a')}\n\n```\n{line.format('b')}\n```"
    root, files = bring(tmp_path, body, {"m/a.png": PNG, "m/b.png": OTHER})
    assert set(files) == {"m/a.png"}
    assert 'source="m/a.png"' in text(root, "de/a.md")
    assert 'source="M/b.png"' in text(root, "de/a.md")


def test_an_image_that_only_the_source_locale_has_is_shown(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", {"a.md": page("A", "![A tree](m/a.png)")})
    made = imported(project(tmp_path / "project", {"en/m/a.png": PNG}), tree, "de")
    assert made.left == ()
