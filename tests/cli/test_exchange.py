"""`leitfaden exchange` as people use it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from leitfaden.exchanging.formats import FORMATS
from leitfaden.model import Page
from leitfaden.reading import PageReader
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


def translate(project: Path) -> None:
    """Hand off what is open, and translate it."""
    run("exchange", "export", "--locale", "de", "-o", "f.xlf")
    file = project / "f.xlf"
    text = file.read_text("utf-8")
    file.write_text(text.replace(f"<target>{LEFT}<", "<target>Danach alles andere.<"), "utf-8")


def recorded(project: Path) -> Path:
    """Record the title, and return the lock."""
    assert run("translated", "--unit", "title").exit_code == 0
    return project / "docs" / "de" / "translations.lock"


def test_a_line_that_is_no_record_hides_nothing_else_from_translators(project: Path) -> None:
    lock = recorded(project)
    lock.write_text(f"{lock.read_text('utf-8')}index nonsense\n", "utf-8")
    result = run("exchange", "export", "--locale", "de", "--all", "-f", "po")
    assert result.exit_code == 0
    assert "docs/de/translations.lock:3:" in result.stderr
    assert "`index nonsense`" in result.stderr
    assert result.stdout.count("#, fuzzy") == result.stdout.count("msgctxt") - 1  # the title


@pytest.mark.parametrize("what", ["folder", "pipe", "link"])
def test_a_lock_that_cannot_be_read_hides_no_text_from_translators(
    project: Path, what: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    unreadable(project / "docs" / "de" / "translations.lock", what, tmp_path_factory)
    result = run("exchange", "export", "--locale", "de")
    assert result.exit_code == 0
    assert "docs/de/translations.lock: The lock cannot be read" in result.stderr
    assert LEFT in result.stdout


def unreadable(lock: Path, what: str, folders: pytest.TempPathFactory) -> None:
    """Put something in the place of a lock that is none."""
    if what == "folder":
        lock.mkdir()
    elif what == "pipe":
        os.mkfifo(lock)
    else:
        other = folders.mktemp("outside") / "secret.txt"
        other.write_text("secret\n", "utf-8")
        lock.symlink_to(other)


@pytest.mark.parametrize("what", ["folder", "pipe", "link"])
def test_nothing_is_taken_in_where_the_lock_cannot_be_read(
    project: Path, what: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    translate(project)
    before = files(project)
    lock = project / "docs" / "de" / "translations.lock"
    unreadable(lock, what, tmp_path_factory)
    result = run("exchange", "import", "f.xlf")
    assert result.exit_code == 2
    assert "docs/de/translations.lock cannot be read" in result.stderr
    assert result.stderr.count("\n") == 1
    if what == "link":
        assert lock.read_text("utf-8") == "secret\n"
        lock.unlink()
    assert files(project) == before


@pytest.mark.parametrize("line", ["index nonsense", "# translations 9: other"])
def test_nothing_is_taken_in_where_part_of_the_lock_would_be_lost(project: Path, line: str) -> None:
    lock = recorded(project)
    translate(project)
    lock.write_text(f"{lock.read_text('utf-8')}{line}\n", "utf-8")
    before = files(project)
    result = run("exchange", "import", "f.xlf")
    assert result.exit_code == 2
    assert "docs/de/translations.lock:3:" in result.stderr
    assert files(project) == before


def test_both_sides_of_a_conflict_are_kept_when_texts_are_taken_in(project: Path) -> None:
    lock = recorded(project)
    header, title = lock.read_text("utf-8").splitlines()
    parts = (header, "<<<<<<< ours", title, "=======", title, ">>>>>>> theirs", "")
    lock.write_text("\r\n".join(parts), "utf-8")
    lock.chmod(0o664)
    translate(project)
    result = run("exchange", "import", "f.xlf")
    assert result.exit_code == 0
    assert "docs/de/translations.lock:2: conflict markers are left out" in result.stdout
    lines = lock.read_bytes().decode().split("\n")
    assert lines[0] == header
    assert title in lines
    assert len(lines) == 4
    assert stat.S_IMODE(lock.stat().st_mode) == 0o664


def test_a_lock_of_another_language_need_not_be_right(project: Path) -> None:
    contract = project / "playbook.yml"
    contract.write_text(f"{contract.read_text('utf-8')}  fr: {{name: Français}}\n", "utf-8")
    (project / "docs" / "fr").mkdir()
    (project / "docs" / "fr" / "translations.lock").mkdir()
    translate(project)
    assert run("exchange", "import", "f.xlf").exit_code == 0


def test_what_a_folder_that_may_not_be_written_keeps_from_being_taken_in_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translate(project)
    before = files(project)

    def refuse(**_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    result = run("exchange", "import", "f.xlf", "-l", "de")
    assert result.exit_code == 1
    told = "docs/de/index.md wurde nicht geschrieben: Die Datei ließ sich nicht schreiben"
    assert told in result.stdout
    assert "Übernommene Einheiten: 0" in result.stdout
    assert files(project) == before


def test_texts_that_other_pages_include_are_handed_off_and_taken_in(project: Path) -> None:
    for locale, text in (("en", "Some words of all pages.\n"), ("de", "Worte aller Seiten.\n")):
        folder = project / "docs" / locale / "fragments"
        folder.mkdir()
        (folder / "note.md").write_text(text, "utf-8")
    run("exchange", "export", "--locale", "de", "--all", "-o", "f.xlf")
    file = project / "f.xlf"
    text = file.read_text("utf-8")
    assert "<target>Worte aller Seiten.<" in text
    file.write_text(text.replace("<target>Worte aller", "<target>Wörter aller"), "utf-8")
    assert run("exchange", "import", "f.xlf").exit_code == 0
    written = project / "docs" / "de" / "fragments" / "note.md"
    assert written.read_text("utf-8") == "Wörter aller Seiten.\n"


def test_only_pages_that_are_needed_are_read(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for locale in ("en", "de"):
        text = "# Same\n\nNothing to translate but 12345.\n"
        (project / "docs" / locale / "other.md").write_text(text, "utf-8")
    run("translated", "docs/de/other.md")
    run("status")
    read: list[str] = []
    make = PageReader.read

    def spy(reader: PageReader, data: bytes, *, path: str, locale: str, page_id: str) -> Page:
        read.append(path)
        return make(reader, data, path=path, locale=locale, page_id=page_id)

    monkeypatch.setattr(PageReader, "read", spy)
    run("exchange", "export", "--locale", "de", "-o", "f.xlf")
    assert set(read) == {"docs/en/index.md", "docs/de/index.md"}
    read.clear()
    run("exchange", "import", "f.xlf")
    assert set(read) == {"docs/en/index.md", "docs/de/index.md"}
