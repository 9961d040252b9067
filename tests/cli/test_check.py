"""`leitfaden check`: what is asked for, what is told, and the exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from leitfaden.translating.lock import HEADER
from tests.cli.support import BLANKS, BROKEN, CONTRACT, GERMAN, GOOD, check, codes, playbook, run

NAVIGATION = "navigation: [a, b, lost]\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A playbook with a notice on one page and an error on another; the folder to be in."""
    monkeypatch.chdir(tmp_path)
    return playbook(tmp_path, {"en/a.md": BLANKS, "de/a.md": GERMAN, "en/sub/b.md": BROKEN})


# Exit codes


def test_notices_alone_do_not_fail(project: Path) -> None:
    result = check("docs/en/a.md")
    assert (result.exit_code, codes(result)) == (0, ["LF210"])


@pytest.mark.parametrize(
    ("level", "notices", "errors"),
    [("notice", 1, 1), ("warning", 0, 1), ("error", 0, 1), ("never", 0, 0)],
)
def test_the_severity_from_which_on_it_fails(
    project: Path, level: str, notices: int, errors: int
) -> None:
    assert check("--fail-on", level, "docs/en/a.md").exit_code == notices
    assert check("--fail-on", level, "docs/en/sub").exit_code == errors


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["nowhere.md"], "Error: There is no file or folder nowhere.md.\n"),
        (["a\x1b\n.md"], "Error: There is no file or folder a⟨U+001B⟩⟨U+000A⟩.md.\n"),
        (["playbook.yml"], "Error: playbook.yml does not lie in docs, where the pages are.\n"),
        (
            ["-r", "LF2lO"],
            "Error: There is no rule 'LF2lO'. Did you mean LF210 (heading-blanks)?\n",
        ),
        (["-r", "?"], "Error: There is no rule '?'.\n"),
        (["--docs", "pages"], "Error: There is no folder pages.\n"),
        (["--baseline", "b"], "Error: There is no baseline b; --update-baseline makes one.\n"),
        (["-o", "no/x"], "Error: Could not write 'no/x': No such file or directory.\n"),
        (["--update-baseline", "-r", "LF210"], "Error: --update-baseline looks at all pages"),
        (["--update-baseline", "--watch"], "Error: --watch and --update-baseline do not go"),
        (["--contract", "c.yml"], "c.yml: LF906 There is no such file."),
        (["--contract", "docs"], "docs: LF906 This is no regular file."),
        (["--jobs", "0"], "Usage: "),
        (["--format", "xml"], "Usage: "),
    ],
)
def test_wrong_usage_is_told_and_has_its_own_code(
    project: Path, args: list[str], told: str
) -> None:
    result = check(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(told)
    assert told == "Usage: " or result.stderr.count("\n") == 1


def test_a_project_without_pages_to_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check").stderr.startswith("playbook.yml: LF906 There is no such file.")
    Path("playbook.yml").write_text(CONTRACT)
    result = run("check")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "docs; name the one that holds the pages with --docs." in result.stderr
    Path("docs").mkdir()
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "Nothing to report in 0 pages.\n")


def test_a_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr == "Error: The folder that this is run in is gone.\n"


def test_a_broken_contract_is_told_with_the_way_to_it(project: Path) -> None:
    Path("playbook.yml").write_text("source: en\nlables: {}\n")
    assert check().stderr.startswith("playbook.yml:1:1: LF")
    os.chdir("docs/en")
    result = check()
    assert result.exit_code == 2
    assert "../../playbook.yml:2:1: LF901 Unknown key `lables`." in result.stderr


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b'{"version": 2, "findings": []}'])
def test_a_broken_baseline_is_not_passed_over(project: Path, content: bytes) -> None:
    Path(".leitfaden-baseline.json").write_bytes(content)
    for more in ([], ["--update-baseline"]):
        result = check(*more)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(".leitfaden-baseline.json")
    assert Path(".leitfaden-baseline.json").read_bytes() == content
    assert check("--no-baseline").exit_code == 1


# Paths


def test_files_and_folders(project: Path) -> None:
    assert codes(check("docs/en/sub/b.md")) == ["LF401", "LF501"]
    assert codes(check("docs/en/sub", "docs/en/a.md")) == ["LF210", "LF401", "LF501"]
    assert codes(check("docs/de")) == ["LF520"]
    whole = check()
    assert [check(path).stdout for path in (".", "docs", "docs/", "../" + project.name)] == [
        whole.stdout
    ] * 4


def test_a_page_alone_is_seen_beside_all_others(project: Path) -> None:
    Path("docs/en/sub/b.md").write_text("# Page B\n\n[A](../a.md)\n")
    assert codes(check("docs/en/sub/b.md")) == ["LF501"]
    Path("docs/en/a.md").unlink()
    assert codes(check("docs/en/sub/b.md")) == ["LF401", "LF501"]


def test_what_is_not_about_a_page_is_told_only_when_all_is_asked_for(project: Path) -> None:
    playbook(project, {"de/a-de.md": GERMAN}, CONTRACT + NAVIGATION)
    around = {"LF904", "LF915"}
    assert around <= set(codes(check()))
    assert around <= set(codes(check("docs")))
    assert not around & set(codes(check("docs/en")))
    assert around & set(codes(check("docs/de"))) == {"LF915"}


def test_pages_that_lie_where_nobody_looks_are_told(project: Path) -> None:
    playbook(project, {"README.md": "# Read\n", "fr/index.md": "# F\n", "en/UP.MD": "# Up\n"})
    report = json.loads(run("check", "-f", "json", "-r", "LF911", "-r", "LF912").stdout)
    placed = [(one["code"], one["place"]["path"]) for one in report["diagnostics"]]
    assert placed == [
        ("LF912", "docs/README.md"),
        ("LF912", "docs/en/UP.MD"),
        ("LF911", "docs/fr"),
    ]


def test_from_a_folder_below_or_from_outside(project: Path) -> None:
    whole = check().stdout
    os.chdir("docs/en/sub")
    assert check().stdout == whole
    assert check("--contract", "../../../playbook.yml").stdout == whole
    assert "docs/en/sub/b.md:3:9: LF401" in check("b.md").stdout
    assert codes(check("..")) == ["LF210", "LF401", "LF501"]
    os.chdir(project.parent)
    name = project.name
    assert check("--contract", f"{name}/playbook.yml").stdout == whole
    assert codes(check("--contract", f"{name}/playbook.yml", f"{name}/docs/en/a.md")) == ["LF210"]


def test_the_same_folder_by_another_way(project: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(project, target_is_directory=True)
    assert codes(check(link / "docs" / "en" / "a.md")) == ["LF210"]
    os.chdir(link)
    assert codes(check("docs/en/a.md")) == ["LF210"]
    assert codes(check(project / "docs" / "en" / "a.md")) == ["LF210"]


def test_a_finding_in_the_contract_shows_its_line(project: Path) -> None:
    playbook(project, {}, CONTRACT + NAVIGATION)
    os.chdir("docs")
    told = run("check", "-r", "LF904").stdout
    assert "--> playbook.yml:5:17\n" in told
    assert "5 | navigation: [a, b, lost]\n  |                 ^\n" in told


# Rules


def test_only_some_rules(project: Path) -> None:
    assert codes(check("-r", "lf210")) == ["LF210"]
    assert codes(check("-r", "Heading-Blanks", "-r", "LF401")) == ["LF210", "LF401"]
    assert check("-r", "LF301").exit_code == 0


def test_the_contract_says_how_much_findings_around_pages_matter(project: Path) -> None:
    levels = "checks:\n  severity: {LF904: notice, two-files: off, LF401: warning}\n"
    playbook(project, {"de/a-de.md": GERMAN}, CONTRACT + NAVIGATION + levels)
    found = json.loads(run("check", "-f", "json").stdout)["diagnostics"]
    severities = {one["code"]: one["severity"] for one in found}
    assert severities["LF904"] == "notice"
    assert severities["LF401"] == "warning"
    assert "LF915" not in severities


# The baseline


def test_the_baseline_begins_with_all_findings_and_only_shrinks(project: Path) -> None:
    playbook(project, {"de/a-de.md": GERMAN}, CONTRACT + NAVIGATION)
    number = len(codes(check()))
    result = run("check", "--update-baseline")
    assert result.exit_code == 0
    assert result.stdout.startswith("Nothing to report in ")
    assert result.stdout.endswith(f" The baseline knows {number} more.\n")
    assert len(codes(check("--no-baseline"))) == number
    Path("docs/en/c.md").write_text(BROKEN)
    known = Path(".leitfaden-baseline.json").read_bytes()
    assert "LF401" in codes(check("--update-baseline"))
    assert Path(".leitfaden-baseline.json").read_bytes() == known
    Path("docs/en/c.md").unlink()
    Path("docs/en/a.md").write_text(GOOD)
    result = check("--fail-on", "notice")
    assert (result.exit_code, codes(result)) == (1, ["LF924"])
    assert codes(check("docs/de")) == []
    assert check("--update-baseline").exit_code == 0
    assert check().stdout == ""


def test_a_baseline_elsewhere(project: Path) -> None:
    assert check("--baseline", "b.json", "--update-baseline").exit_code == 0
    assert check("--baseline", "b.json").stdout == ""
    assert check().exit_code == 1
    os.chdir("docs")
    assert check("--baseline", "../b.json").stdout == ""


# What is written


@pytest.mark.parametrize(
    "form", ["text", "concise", "json", "sarif", "github", "junit", "markdown"]
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_format_can_be_printed_and_written(project: Path, form: str, language: str) -> None:
    result = run("check", "-f", form, "-l", language)
    assert (result.exit_code, result.stderr) == (1, "")
    written = run("check", "-f", form, "-l", language, "-o", "report")
    assert (written.exit_code, written.output) == (1, "")
    assert Path("report").read_bytes().decode() == result.stdout


def test_programs_read_what_is_written(project: Path) -> None:
    sarif = json.loads(run("check", "-f", "sarif").stdout)["runs"][0]
    assert sarif["tool"]["driver"]["version"]
    ElementTree.fromstring(run("check", "-f", "junit").stdout)
    clean = ElementTree.fromstring(run("check", "-f", "junit", "docs/de").stdout)
    assert clean.attrib["tests"] == "1"


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_github_reads_paths_in_the_repository(project: Path, form: str) -> None:
    assert "docs/en/a.md" in run("check", "-f", form).stdout
    assert f"{project.name}/docs" not in run("check", "-f", form).stdout
    inside = playbook(project / "guides" / "our one", {"en/a.md": BLANKS})
    (project / ".git").mkdir()
    os.chdir(inside)
    told = run("check", "-f", form).stdout.replace("%20", " ")
    assert "guides/our one/docs/en/a.md" in told
    assert "guides" not in check().stdout


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours(
    project: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], coloured: bool
) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("check").stdout) == coloured
    assert "\x1b[" not in run("check", "-f", "markdown").stdout
    run("check", "-o", "report")
    assert "\x1b[" not in Path("report").read_text("utf-8")


def test_one_page_and_two(project: Path) -> None:
    playbook(project, {"de/translations.lock": f"{HEADER}\n"})
    assert run("check", "docs/en/a.md").stdout.endswith(
        "Found 1 notice in 1 page. 1 can be corrected by `leitfaden fix`.\n"
    )
    assert run("check", "docs/de").stdout == "Nothing to report in 1 page.\n"
    assert run("check", "docs/de", "-l", "de").stdout == "Nichts zu melden auf 1 Seite.\n"
    told = run("check", "-l", "de").stdout.splitlines()[-1]
    assert told.startswith("1 Fehler, 2 Hinweise auf 3 Seiten gefunden.")


def test_a_german_report_is_german(project: Path) -> None:
    playbook(project, {"de/a-de.md": GERMAN, "en/x.md/y.md": GOOD}, CONTRACT + NAVIGATION)
    (project / "docs" / "en" / "large.md").write_bytes(b"x" * 2_000_001)
    told = check("-l", "de").stdout
    for code in ("LF101", "LF904", "LF915"):
        assert f" {code} " in told
    for word in (" the ", " page", " file", " folder", " more than ", " is "):
        assert word not in told
