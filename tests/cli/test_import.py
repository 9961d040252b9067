"""`leitfaden import` on the command line."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from leitfaden.importing.write import STAGE
from tests.cli.support import process, run
from tests.importing.trees import contents, page, project, text, write

FILES: dict[str, str | bytes] = {
    "index-de.md": page("Start", "[Sägen](saws-de.md)"),
    "saws-de.md": page("Sägen"),
    "toc.yml": "- name: Start\n  href: index-de.md\n- name: Mehr\n  items:\n"
    "  - name: Sägen\n    href: saws-de.md\n",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = project(tmp_path / "project")
    write(tmp_path / "old", FILES)
    monkeypatch.chdir(root)
    return root


def test_a_tree_becomes_part_of_the_playbook(root: Path) -> None:
    result = run("import", "../old", "--locale", "de")
    assert result.exit_code == 0
    assert result.stdout.startswith("# Import of `old` (Deutsch)\n")
    assert "2 pages came, 0 files were set aside" in result.stderr
    assert text(root, "de/index.md") == page("Start", "[Sägen](saws.md)")
    assert "saws-de: saws\n" in text(root, "de/redirects.yml")
    assert "- saws" in (root / "playbook.yml").read_text("utf-8")


def test_a_translation_that_comes_before_its_source_is_told(root: Path) -> None:
    said = "The project has no pages in the source language (English) yet."
    assert said in run("import", "../old", "--locale", "de").stdout
    write(root, {"docs/en/index.md": page("Home")})
    assert said not in run("import", "../old", "--locale", "de").stdout


def test_a_second_time_says_that_all_is_there(root: Path) -> None:
    run("import", "../old", "--locale", "de")
    before = contents(root)
    result = run("import", "../old", "--locale", "de")
    assert result.exit_code == 0
    assert "Everything is already there; nothing was written." in result.stderr
    assert contents(root) == before


def test_a_dry_run_writes_nothing_but_the_report(root: Path) -> None:
    before = contents(root)
    result = run("import", "../old", "--locale", "de", "--dry-run", "--report", "../report")
    assert result.exit_code == 1  # there is something to import
    assert contents(root) == before
    report = json.loads((root.parent / "report/import-de.json").read_text("utf-8"))
    assert report["counts"]["new"] == 2
    assert "would do" in (root.parent / "report/import-de.md").read_text("utf-8")
    run("import", "../old", "--locale", "de")
    assert run("import", "../old", "--locale", "de", "--dry-run").exit_code == 0


@pytest.mark.parametrize("name", ["report.md", "report.json"])
def test_a_report_can_be_a_file(root: Path, name: str) -> None:
    result = run("import", "../old", "--locale", "de", "--report", f"../{name}")
    assert result.stdout == ""
    written = (root.parent / name).read_text("utf-8")
    assert written.startswith("{" if name.endswith("json") else "# Import")


def test_a_report_speaks_german(root: Path) -> None:
    result = run("import", "../old", "--locale", "de", "--language", "de")
    assert "## Was ein Mensch entscheiden muss" in result.stdout
    assert "2 Seiten kamen" in result.stderr


def test_the_patch_of_words_stands_beside_the_report(root: Path) -> None:
    contract = (root / "playbook.yml").read_text("utf-8")
    (root / "playbook.yml").write_text(contract.replace("optional: [season]", "optional: []"))
    for name in ("a", "b"):
        write(root.parent / "old", {f"{name}-de.md": page(name, season="spring")})
    run("import", "../old", "--locale", "de", "--report", "report")
    patch = root / "report/import-de.patch"
    subprocess.run(["git", "apply", str(patch)], cwd=root, check=True)
    assert "season" in (root / "playbook.yml").read_text("utf-8")
    assert f"`git apply {Path('report/import-de.patch')}`" in (
        root / "report/import-de.md"
    ).read_text("utf-8")


def test_the_command_for_the_patch_holds_wherever_the_report_is(root: Path) -> None:
    for name in ("a", "b"):
        write(root.parent / "old", {f"{name}-de.md": page(name, colour="red")})
    run("import", "../old", "--locale", "de", "--report", "my report's")
    said = (root / "my report's/import-de.md").read_text("utf-8")
    command = said.partition("`git apply ")[2].partition("`.")[0]
    subprocess.run(f"git apply {command}", shell=True, cwd=root, check=True)
    assert "colour" in (root / "playbook.yml").read_text("utf-8")


def test_the_report_names_what_a_person_has_to_look_for(root: Path) -> None:
    write(root, {"docs/en/index.md": page("Home"), "docs/en/pruning.md": page("Pruning")})
    write(root.parent / "old", {"index-de.md": page("Start", "[x](nothing.pdf) [y](saws-de.md)")})
    said = run("import", "../old", "--locale", "de").stdout
    person = said.partition("## What needs a person")[2].partition("\n## ")[0]
    assert "that this tree lacks; readers get the source's: `pruning`." in person
    assert "Without a page in the source language: `saws-de.md`." in person
    assert "Links that lead nowhere: 1" in person


def test_the_source_is_not_compared_with_itself(root: Path) -> None:
    said = run("import", "../old", "--locale", "en").stdout
    assert "source language" not in said


def test_another_toc_and_the_old_folder_can_be_named(root: Path) -> None:
    (root.parent / "old/toc.yml").rename(root.parent / "old/other.yml")
    args = ("--toc", "../old/other.yml", "--address", "/old/de/")
    assert run("import", "../old", "--locale", "de", *args).exit_code == 0
    assert "old/de/saws-de: saws\n" in text(root, "de/redirects.yml")
    assert "Mehr" in (root / "playbook.yml").read_text("utf-8")


def test_a_page_that_was_changed_since_stays_and_is_told(root: Path) -> None:
    run("import", "../old", "--locale", "de")
    write(root, {"docs/de/saws.md": "# Ours\n"})
    result = run("import", "../old", "--locale", "de")
    assert result.exit_code == 1
    assert text(root, "de/saws.md") == "# Ours\n"
    assert "`docs/de/saws.md` is there already with other content" in result.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("../nowhere", "--locale", "de"), "There is no folder ../nowhere; name the one"),
        (("playbook.yml", "--locale", "de"), "playbook.yml is no folder; name the one"),
        (("../empty", "--locale", "de"), "There is no Markdown file in ../empty; name"),
        (("docs/en", "--locale", "de"), "docs/en lies in the docs folder"),
        (("..", "--locale", "de"), ".. holds the docs folder itself"),
        (("../old", "--locale", "ed"), "The contract has no locale 'ed'; did you mean 'de'?"),
        (("../old", "--locale", "fr"), "The contract has no locale 'fr'; known: en, de."),
        (("../old", "--locale", "de", "--toc", "no.yml"), "There is no file no.yml; leave"),
        (("../old", "--locale", "de", "--address", "a?b"), "'a?b' is no folder of a site"),
        (("../old",), "Missing option '--locale'"),
    ],
)
def test_what_cannot_be_imported_is_told_in_one_sentence(
    root: Path, args: tuple[str, ...], said: str
) -> None:
    (root.parent / "empty").mkdir()
    write(root, {"docs/en/a.md": page("A")})
    before = contents(root)
    result = run("import", *args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert contents(root) == before


def test_a_wrong_contract_is_told(root: Path) -> None:
    (root / "playbook.yml").write_text("source: en\n")
    result = run("import", "../old", "--locale", "de")
    assert result.exit_code == 2
    assert "playbook.yml" in result.stderr


def test_what_an_interrupted_import_has_left_is_undone_first(root: Path) -> None:
    write(root, {"docs/de/saws.md": "half of it\n"})
    entry = {"target": str(root / "docs/de/saws.md"), "before": False, "folders": []}
    write(root, {f"{STAGE}/journal.json": json.dumps([entry])})
    result = run("import", "../old", "--locale", "de")
    assert "An earlier import was interrupted" in result.stderr
    assert text(root, "de/saws.md") == page("Sägen")
    assert not (root / STAGE).exists()


def test_ctrl_c_leaves_all_of_it_or_nothing(root: Path) -> None:
    many = {f"page-{n}-de.md": page(f"Seite {n}", "Text. " * 40) for n in range(300)}
    write(root.parent / "old", many)
    before = contents(root)
    running = process("import", "../old", "--locale", "de", "--report", "../r", cwd=root)
    while running.poll() is None and not (root / STAGE).exists():
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    after = {name: data for name, data in contents(root).items() if not name.startswith(".cache")}
    assert running.returncode in (0, 130)
    if running.returncode:
        assert after == before
    else:
        assert len(after) > len(many)
    assert not (root / STAGE).exists()
