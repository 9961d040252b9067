"""`leitfaden fix`: what is written, what is only shown, and what is told of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from leitfaden.fixing import NotWrittenError, Refusal
from tests.cli.support import BLANKS, CONTRACT, GERMAN, GOOD, playbook, run

SAFELINK = (
    "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&data=1"
)
HTTP = "# Title\n\n[There](http://example.org/a)\n"  # LF415, whose fix is to be looked at


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A playbook with something to correct on two of three pages; the folder to be in."""
    monkeypatch.chdir(tmp_path)
    return playbook(tmp_path, {"en/a.md": BLANKS, "de/a.md": GERMAN, "en/b.md": BLANKS})


def pages(project: Path) -> dict[str, bytes]:
    files = sorted((project / "docs").rglob("*.md"))
    return {file.relative_to(project / "docs").as_posix(): file.read_bytes() for file in files}


def test_what_is_found_is_corrected_once(project: Path) -> None:
    result = run("fix")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "     2 LF210 heading-blanks\nCorrected 2 findings in 2 pages.\n"
    assert pages(project) == {name: text.encode() for name, text in AFTER.items()}
    again = run("fix", "-l", "de")
    assert (again.exit_code, again.output) == (0, "Nichts zu beheben.\n")


AFTER = {"de/a.md": GERMAN, "en/a.md": GOOD, "en/b.md": GOOD}


def test_only_some_pages_and_only_some_rules(project: Path) -> None:
    assert run("fix", "-r", "LF114").stdout == "Nothing to correct.\n"
    run("fix", "docs/en/b.md", "-l", "de")
    assert pages(project)["en/a.md"] == BLANKS.encode()
    assert pages(project)["en/b.md"] == GOOD.encode()
    assert run("fix", "-r", "heading-blanks").stdout.endswith("Corrected 1 finding in 1 page.\n")


def test_what_is_to_be_looked_at_is_corrected_on_request(project: Path) -> None:
    playbook(project, {"en/a.md": HTTP})
    run("fix")
    assert pages(project)["en/a.md"] == HTTP.encode()
    run("fix", "--unsafe")
    assert pages(project)["en/a.md"] == HTTP.replace("http:", "https:").encode()


def test_a_translation_is_corrected_where_only_its_source_is_told(project: Path) -> None:
    text = f"# Title\n\n[There]({SAFELINK})\n"
    playbook(project, {"en/a.md": text, "de/a.md": text, "en/b.md": GOOD})
    told = run("check", "-f", "concise", "-r", "LF409").stdout
    assert [line.split(":")[0] for line in told.splitlines()] == ["docs/en/a.md"]
    assert run("fix", "-r", "LF409").stdout.endswith("Corrected 2 findings in 2 pages.\n")
    assert pages(project)["de/a.md"] == b"# Title\n\n[There](https://example.org/a)\n"


@pytest.mark.parametrize("old", [b"\r\n", b"\n"])
@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n\n"])
def test_bytes_that_nothing_is_wrong_with_stay(
    project: Path, old: bytes, bom: bytes, end: bytes
) -> None:
    page = bom + b"# A\n\n##  B\n\nText." + end
    playbook(project, {"en/a.md": page.replace(b"\n", old)})
    run("fix", "-r", "LF210", "docs/en/a.md")
    assert pages(project)["en/a.md"] == page.replace(b"##  B", b"## B").replace(b"\n", old)


def test_a_diff_changes_nothing_and_can_be_applied(project: Path) -> None:
    windows = b"\xef\xbb\xbf# A\r\n\r\n##  B\r\n\r\nText."
    playbook(project, {"en/c d.md": windows})
    before = pages(project)
    result = run("fix", "--diff")
    assert (result.exit_code, pages(project)) == (1, before)
    assert result.stderr.startswith("To be corrected: ")
    assert result.stdout_bytes.count(b"-##  ") == 3
    run("fix")
    after = pages(project)
    assert run("fix", "--diff").exit_code == 0
    for command in (["git", "apply"], ["patch", "-sp1", "--binary"]):
        if not shutil.which(command[0]):
            continue
        for name, data in before.items():
            (project / "docs" / name).write_bytes(data)
        subprocess.run(command, input=result.stdout_bytes, cwd=project, check=True)
        assert pages(project) == after


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (Refusal.CHANGED, "docs/en/a.md: The file was changed while it was checked.\n"),
        (Refusal.READ_ONLY, "docs/en/a.md: The file may not be written.\n"),
    ],
)
def test_a_page_that_cannot_be_written_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, refusal: Refusal, told: str
) -> None:
    def refuse(*_: object) -> bool:
        raise NotWrittenError(refusal)

    monkeypatch.setattr("leitfaden.fixing.write", refuse)
    result = run("fix", "docs/en/a.md")
    assert (result.exit_code, result.stderr) == (1, told)
    assert result.stdout == "Corrected 0 findings in 0 pages.\n"
    assert pages(project)["en/a.md"] == BLANKS.encode()


def test_wrong_usage(project: Path) -> None:
    for args in (["nowhere.md"], ["-r", "LF21"], ["--docs", "x"], ["--contract", "x.yml"]):
        result = run("fix", *args)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    Path("playbook.yml").write_text(CONTRACT + "lables: {}\n")
    assert run("fix").exit_code == 2
    assert pages(project)["en/a.md"] == BLANKS.encode()
