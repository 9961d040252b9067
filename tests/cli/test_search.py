"""`leitfaden search`: what readers find, where it is written, and why."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import ROOT, playbook, run

HEADER = (
    "| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |\n"
    "| --- | --- | :---: | :---: | --- |\n"
)
PAGES: dict[str, str | bytes] = {
    "en/index.md": "# Home\n\nWelcome.\n",
    "en/assess-mail.md": (
        "# Plan the relocation\n\nPhase: **Assess**\n\n## Approach\n\n### Look around\n\n"
        "Applies To: **Exchange**\n\nText.\n\n[!INCLUDE [tasks](includes/tasks.md)]\n\n"
        f"{HEADER}| 4047 | Hold the relocation workshop | M | FM | Exchange |\n"
    ),
    "en/includes/tasks.md": f"## Included\n\n{HEADER}| 5001 | Train people | O | SME | Teams |\n",
    "en/glossary.md": "# Glossary\n\nWords.\n",
    "de/index.md": "# Start\n\nDie Durchführung.\n",
}
CONTRACT = (ROOT / "playbook.yml").read_text("utf-8").partition("\nnavigation:")[0] + "\n"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = playbook(tmp_path / "project", PAGES, CONTRACT)
    monkeypatch.chdir(root)
    return root


def found(*args: str) -> dict[str, dict[str, Any]]:
    """Return what is found by page, as JSON has it."""
    result = run("search", *args, "--json")
    return {page["page"]: page for page in json.loads(result.stdout)["pages"]}


def test_pages_are_shown_with_their_parts_and_where_they_are_written() -> None:
    result = run("search", "relocation workshop")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if "Plan the relocation" in line)
    assert lines[at + 1].strip() == "docs/en/assess-mail.md:1:1"
    row = next(n for n, line in enumerate(lines) if "task 4047: Hold the relocation" in line)
    assert "Mandatory · FastTrack Manager · Exchange" in lines[row]
    assert lines[row + 1].strip() == "docs/en/assess-mail.md:17:3"
    assert "\x1b" not in result.stdout


def test_a_row_of_an_included_file_is_where_it_is_written() -> None:
    result = run("search", "5001", "-n", "1")
    assert "docs/en/includes/tasks.md:5:3" in result.stdout


def test_terms_and_words_of_the_glossary_are_in_the_contract() -> None:
    assert "playbook.yml" in run("search", "FastTrack Manager", "-n", "1").stdout
    told = run("search", "active usage", "-n", "1").stdout
    assert "glossary: active usage" in told
    assert "     playbook.yml\n" in told


def test_why_names_the_words_that_it_was_found_by() -> None:
    plain, told = run("search", "relocat").stdout, run("search", "relocat", "--why").stdout
    assert "begins" not in plain
    assert "relocat  begins  relocation  fits 0.80" in told
    german = run("search", "--locale", "de", "Durchfuehrnug", "--why", "-l", "de").stdout
    assert "durchfuhrnug  ist wohl vertippt für  durchfuhrung" in german


def test_json_has_all_that_is_known() -> None:
    page = found("relocation")["assess-mail"]
    assert page["title"] == "Plan the relocation"
    assert page["place"] == {
        "path": "docs/en/assess-mail.md",
        "start": {"line": 1, "column": 1},
        "end": {"line": 1, "column": 22},
    }
    hits = page["hits"]
    assert {hit["anchor"] for hit in hits} >= {"", "task-4047"}
    assert hits[0]["why"] == [
        {"asked": "relocation", "by": "relocation", "how": "exact", "value": 1.0, "weight": 1.0}
    ]


def test_words_need_no_quotes() -> None:
    assert (
        run("search", "relocation", "workshop").stdout
        == run("search", "relocation workshop").stdout
    )


def test_no_more_pages_than_asked_for() -> None:
    assert len(found("relocation workshop people", "-n", "1")) == 1


class TestLocales:
    def test_without_one_it_is_the_source(self) -> None:
        assert "assess-mail" in found("relocation")

    def test_only_pages_of_the_language_are_found(self) -> None:
        assert list(found("Durchfuehrung", "--locale", "de")) == ["index"]

    def test_an_unknown_one_is_told(self) -> None:
        result = run("search", "x", "--locale", "ed")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == "Error: There is no locale 'ed'. Did you mean de?\n"
        assert "There are: en, de." in run("search", "x", "--locale", "xxxxx").stderr


class TestFilters:
    @pytest.mark.parametrize("role", ["SME", "sme", "Subject Matter Expert"])
    def test_by_name_or_key(self, role: str) -> None:
        hits = [
            hit for page in found("train people", "--role", role).values() for hit in page["hits"]
        ]
        assert {hit["number"] for hit in hits} <= {"5001", ""}
        assert hits

    def test_several_of_one_kind_and_of_several(self) -> None:
        both = found("hold people", "--service", "exchange", "--service", "Teams")
        numbers = {hit["number"] for page in both.values() for hit in page["hits"]}
        assert {"4047", "5001"} <= numbers
        assert "task-4047" not in json.dumps(found("hold", "--requirement", "Optional"))

    def test_an_unknown_one_is_told(self) -> None:
        result = run("search", "x", "--role", "FastTrack Manger")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Did you mean 'FastTrack Manager'?" in result.stderr

    def test_where_filters_leave_nothing_it_is_told(self) -> None:
        result = run("search", "relocation", "--phase", "remediate")
        assert result.exit_code == 1
        assert "Without the filters, " in result.stdout


class TestNothing:
    def test_it_is_told_with_what_is_like_it(self) -> None:
        result = run("search", "rlctinwrkshp", "wlecoem")
        assert result.exit_code == 1
        assert result.stdout == (
            "No page in `en` has “rlctinwrkshp wlecoem”.\nDid you mean “welcome”?\n"
        )

    def test_without_a_guess_nothing_more(self) -> None:
        assert run("search", "qzxqq").stdout == "No page in `en` has “qzxqq”.\n"
        german = run("search", "qzxqq", "-l", "de")
        assert (german.exit_code, german.stdout) == (1, "Keine Seite in `en` hat „qzxqq“.\n")

    @pytest.mark.parametrize("query", ["", " ", "\x1b[31m", "\u202e?"])
    def test_what_has_no_words_finds_nothing(self, query: str) -> None:
        result = run("search", query)
        assert result.exit_code == 1
        assert "\x1b" not in result.stdout
        assert "\u202e" not in result.stdout

    def test_json_says_so_too(self) -> None:
        result = run("search", "qzxqq", "--json")
        assert result.exit_code == 1
        assert json.loads(result.stdout)["pages"] == []


def test_colour_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1m" in run("search", "relocation").stdout
    assert "\x1b" not in run("search", "relocation", "--json").stdout


def test_what_a_title_hides_is_shown(project: Path) -> None:
    (project / "docs/en/evil.md").write_text("# Evil \u202etitle\n\nText.\n", "utf-8")
    told = run("search", "evil").stdout
    assert "Evil" in told
    assert "\u202e" not in told


def test_a_contract_that_cannot_be_used_and_a_folder_that_is_not_there(project: Path) -> None:
    assert run("search", "x", "--docs", "nowhere").exit_code == 2
    (project / "playbook.yml").write_text("source: [\n")
    result = run("search", "x")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "LF906" in result.stderr


def test_from_elsewhere(project: Path) -> None:
    here = run("search", "relocation").stdout
    os.chdir(project / "docs" / "en")
    assert run("search", "relocation").stdout == here
    os.chdir(project.parent)
    assert run("search", "relocation", "--contract", "project/playbook.yml").stdout == here
