"""`leitfaden exchange` as people use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitfaden.exchanging.formats import FORMATS
from tests.cli.support import playbook, run

LEFT = "Then go on with all of the other work that waits to be done by you."
EN = f"# Title\n\n## Overview\n\nRead [it](index.md).\n\n{LEFT}\n"
DE = f"# Titel\n\n## Übersicht\n\nLesen Sie [es](index.md).\n\n{LEFT}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = playbook(tmp_path, {"en/index.md": EN, "de/index.md": DE})
    monkeypatch.chdir(root)
    return root


def files(root: Path) -> dict[str, bytes]:
    docs = root / "docs"
    return {str(file): file.read_bytes() for file in docs.rglob("*") if file.is_file()}


@pytest.mark.parametrize("name", FORMATS)
def test_an_untouched_file_changes_no_byte(project: Path, name: str) -> None:
    before = files(project)
    assert (
        run("exchange", "export", "--locale", "de", "--format", name, "--all", "-o", "f").exit_code
        == 0
    )
    result = run("exchange", "import", "f")
    assert result.exit_code == 0, result.output
    assert files(project) == before


def test_only_what_is_open_is_handed_off(project: Path) -> None:
    result = run("exchange", "export", "--locale", "de", "--format", "po")
    assert result.exit_code == 0
    assert "Then go on with all" in result.stdout
    assert "Read <1>" not in result.stdout
    assert "texts 1, pages 1" in result.stderr


def test_a_translation_arrives_and_is_recorded(project: Path) -> None:
    run("exchange", "export", "--locale", "de", "-o", "f.xlf")
    file = project / "f.xlf"
    new = "Danach kommt alles andere."
    text = file.read_text("utf-8")
    old = f"<target>{LEFT}</target>"
    assert old in text
    file.write_text(text.replace(old, f"<target>{new}</target>"), "utf-8")
    before = files(project)
    trial = run("exchange", "import", "f.xlf", "--dry-run")
    assert "docs/de/index.md: units that would change: 1" in trial.stdout
    assert files(project) == before
    result = run("exchange", "import", "f.xlf", "-l", "de")
    assert result.exit_code == 0
    assert "Übernommene Einheiten: 1" in result.stdout
    page = (project / "docs" / "de" / "index.md").read_text("utf-8")
    assert page == DE.replace(
        "Then go on with all of the other work that waits to be done by you.", new
    )
    lock = (project / "docs" / "de" / "translations.lock").read_text("utf-8")
    assert lock.count("\nindex ") == 1
    assert run("exchange", "export", "--locale", "de", "-o", "g.xlf").exit_code == 1
    assert not (project / "g.xlf").exists()


def test_what_does_not_fit_is_named_with_its_line_and_why(project: Path) -> None:
    run("exchange", "export", "--locale", "de", "-f", "po", "-o", "f.po")
    file = project / "f.po"
    old = f'msgstr "{LEFT}"'
    text = file.read_text("utf-8").replace("#, fuzzy\n", "")
    assert old in text
    file.write_text(text.replace(old, 'msgstr "Eins.\\n\\nZwei."'), "utf-8")
    before = files(project)
    result = run("exchange", "import", "f.po")
    assert result.exit_code == 1
    assert "f.po:" in result.stdout
    assert "It has a line break" in result.stdout
    assert files(project) == before


def test_wrong_usage_is_told_in_one_line(project: Path) -> None:
    (project / "bad.xlf").write_bytes(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    for arguments in (
        ("export", "--locale", "en"),
        ("export", "--locale", "xx"),
        ("import", "nowhere.po"),
        ("import", "bad.xlf"),
    ):
        result = run("exchange", *arguments)
        assert result.exit_code == 2, arguments
        assert result.stderr.count("\n") == 1


def test_a_damaged_lock_is_left_alone(project: Path) -> None:
    lock = project / "docs" / "de" / "translations.lock"
    lock.write_text("<<<<<<< ours\n", "utf-8")
    run("exchange", "export", "--locale", "de", "-o", "f.xlf")
    result = run("exchange", "export", "--locale", "de")
    assert result.exit_code == 2
    assert "docs/de/translations.lock:1:1" in result.stderr
