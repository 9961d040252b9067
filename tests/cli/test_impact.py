"""`leitfaden impact`: what an edit of the source does to its translations, and who has to act."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.repository import commit, edit, git, record_all, repository
from tests.cli.support import run


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = repository(tmp_path / "project")
    monkeypatch.chdir(root)
    return root


SOURCE, TARGET = Path("docs/en/assess-move.md"), Path("docs/de/assess-move.md")


def impact(*args: str) -> dict[str, Any]:
    """Return what an edit does, as JSON has it."""
    result = run("impact", "--format", "json", *args)
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert isinstance(told, dict)
    assert told["version"] == 1
    return told


def states(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(unit["unit"], unit["state"]) for page in told["pages"] for unit in page["units"]]


@pytest.fixture(params=[True, False], ids=["recorded", "unrecorded"])
def recorded(request: pytest.FixtureRequest) -> None:
    """Run a test with a lock, and without one: what an edit does needs none."""
    if request.param:
        record_all()
        commit(Path.cwd())


def test_without_an_edit_nothing_happens() -> None:
    assert "no text is put behind" in run("impact").stdout


@pytest.mark.usefixtures("recorded")
def test_an_edit_puts_exactly_its_unit_behind() -> None:
    edit(SOURCE, "Invite twelve people", "Invite thirteen people")
    told = impact()
    assert states(told) == [("section:overview:p1", "behind")]
    (unit,) = told["pages"][0]["units"]
    assert unit["before"] == ["Invite twelve people to the workshop."]
    assert unit["changed"] == ["Invite thirteen people to the workshop."]
    assert (told["personal"], told["mechanical"]) == (1, 0)


@pytest.mark.usefixtures("recorded")
def test_what_follows_from_the_source_needs_no_translator() -> None:
    edit(SOURCE, "relocation workshop | M | FM", "relocation workshop | O | SME")
    edit(SOURCE, "Send the boxes home", "Send all boxes home")
    lines = run("impact").stdout.splitlines()
    assert lines[0].endswith("this edit puts 2 tasks behind in 1 language: de.")
    assert lines[1].startswith("1 needs no translator: `leitfaden fix` makes it (")
    assert "requirement" in lines[1]
    assert "roles" in lines[1]
    assert lines[2] == "1 needs a person: 4 words to translate, about 1 minute."


@pytest.mark.usefixtures("recorded")
def test_what_is_new_and_what_is_gone_is_told() -> None:
    edit(SOURCE, "The room is booked by the customer.\n", "")
    edit(SOURCE, "Look at every", "Nobody has seen this before, or ever will.\n\nLook at every")
    assert sorted(state for _, state in states(impact())) == ["extra", "missing"]


@pytest.mark.usefixtures("recorded")
def test_an_edit_of_its_looks_does_nothing() -> None:
    edit(SOURCE, "Do not start before all", "Do **not** start\nbefore all")
    assert impact()["units"] == 0


@pytest.mark.usefixtures("recorded")
def test_what_is_translated_at_once_is_not_behind() -> None:
    edit(SOURCE, "Look at every box", "Look at each of the boxes")
    edit(TARGET, "Sehen Sie sich jede Kiste", "Sehen Sie sich jede der Kisten")
    told = impact()
    assert told["units"] == 0
    assert told["done"] == 1


def test_what_was_behind_before_is_not_the_doing_of_an_edit() -> None:
    record_all()
    edit(SOURCE, "every box", "each box")
    commit(Path.cwd())
    edit(SOURCE, "Invite twelve", "Invite thirteen")
    assert states(impact("HEAD")) == [("section:overview:p1", "behind")]


def test_work_on_a_branch_is_compared_with_where_it_began() -> None:
    record_all()
    commit(Path.cwd())
    git(Path.cwd(), "checkout", "--quiet", "-b", "work")
    edit(SOURCE, "every box", "each box")
    commit(Path.cwd())
    assert states(impact()) == [("step:look-around:p1", "behind")]
    assert impact("HEAD")["units"] == 0


def test_pages_that_come_and_go_are_told() -> None:
    Path("docs/en/new.md").write_text("# New page\n\nThree words more.\n", "utf-8")
    Path("docs/en/index.md").unlink()
    told = impact()
    assert told["new"] == [{"page": "new", "locale": "de", "words": 5}]
    assert told["gone"] == ["docs/de/index.md"]
    lines = run("impact").stdout.splitlines()
    assert "1 page without a translation: 5 words to translate, about 1 minute." in lines


def test_it_never_holds_anybody_up() -> None:
    SOURCE.write_text("# Nothing is left\n", "utf-8")
    assert run("impact").exit_code == 0


def test_markdown_and_german() -> None:
    edit(SOURCE, "every box", "each box")
    lines = run("impact", "-f", "markdown", "-l", "de").stdout.splitlines()
    assert lines[0] == "## Übersetzungen"
    assert "### docs/de/assess-move.md" in lines
    assert "  - jetzt: Look at each box in the house." in lines


def test_a_commit_that_is_not_there_is_refused() -> None:
    result = run("impact", "nowhere")
    assert result.exit_code == 2
    assert "no commit 'nowhere'" in result.stderr
    assert run("impact", "--output=x").exit_code == 2
    assert run("impact", "--", "--all").exit_code == 2


def test_without_git_there_is_nothing_to_compare_with() -> None:
    shutil.rmtree(".git")
    result = run("impact")
    assert result.exit_code == 2
    assert "nothing to compare with" in result.stderr


def test_a_label_line_that_goes_is_told_and_needs_a_person() -> None:
    edit(Path("docs/en/assess-move.md"), "Applies To: **Exchange**\n\n", "")
    told = run("impact").stdout
    assert "needs no translator" not in told
    assert "1 needs a person" in told
    assert "Gilt für: Exchange" in run("check", "docs/de/assess-move.md").stdout
