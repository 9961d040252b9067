"""What each format says, as people and programs read it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from leitfaden.checking.lines import Texts
from leitfaden.checking.run import Report
from leitfaden.model import Diagnostic, Edit, Fix, Place, Position, Severity, Span
from leitfaden.reporting import FORMATS, Style, render
from leitfaden.reporting.excerpt import width_of
from tests.reporting.reports import CLEAN, HEADING, REPORT, TASK

URL = "https://example.org/rules/{code}/"
SNAPSHOTS = Path(__file__).parent / "snapshots"


def written(name: str, report: Report = REPORT, **style: object) -> str:
    return "\n".join(render(name, report, Style(help_url=URL, **style)))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ["text", "concise", "github", "junit", "markdown"])
def test_a_report_reads_as_it_did(name: str, language: str) -> None:
    snapshot = SNAPSHOTS / f"{name}.{language}.txt"
    assert f"{written(name, language=language)}\n" == snapshot.read_text("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_say_that_there_is_nothing_to_say(name: str) -> None:
    text = written(name, CLEAN)
    assert "LF" not in text
    if name in ("text", "markdown", "github"):
        assert "3" in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_leads_to_the_explanation_of_a_rule(name: str) -> None:
    text = written(name, colour=name == "concise")  # as a link of the terminal
    assert "https://example.org/rules/LF301/" in text


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        written("yaml")


def test_only_a_report_for_a_terminal_has_colours() -> None:
    assert "\x1b[" not in written("text")
    assert "\x1b[31;1merror[LF301]\x1b[0m" in written("text", colour=True)


def test_json_has_every_field_and_a_version() -> None:
    document = json.loads(written("json"))
    assert document["version"] == 1
    assert document["pages"] == 3
    first = document["diagnostics"][0]
    assert first["code"] == "LF210"
    assert first["place"] == {
        "path": "docs/en/a page.md",
        "start": {"line": 3, "column": 3},
        "end": {"line": 3, "column": 5},
    }
    assert first["fix"] == {
        "safe": True,
        "drop-bom": False,
        "edits": [{"start": 11, "end": 13, "text": " "}],
    }
    assert [place["start"]["line"] for place in first["more"]] == [5, 7]
    assert document["diagnostics"][1]["related"][0]["message"] == "task 4047 is here"
    assert document["diagnostics"][3]["place"]["start"] is None
    assert document["diagnostics"][3]["fix"] is None


@pytest.mark.parametrize("report", [REPORT, CLEAN])
@pytest.mark.parametrize("language", ["en", "de"])
def test_sarif_keeps_to_its_schema(report: Report, language: str) -> None:
    Sarif.model_validate_json(written("sarif", report, language=language, version="1.2.3"))


def test_sarif_says_where_and_how_to_correct() -> None:
    [run] = json.loads(written("sarif"))["runs"]
    heading, task, _, whole = run["results"]
    assert heading["level"] == "note"
    assert heading["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "docs/en/a%20page.md", "uriBaseId": "ROOT"},
        "region": {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 5},
    }
    [change] = heading["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 5},
            "insertedContent": {"text": " "},
        }
    ]
    assert [place["id"] for place in heading["relatedLocations"]] == [1, 2]
    assert task["relatedLocations"][0]["message"]["text"] == "task 4047 is here"
    assert "region" not in whole["locations"][0]["physicalLocation"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule["id"] for rule in rules)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert rules[1]["helpUri"] == "https://example.org/rules/LF210/"


def test_a_fingerprint_of_sarif_outlives_changes_of_other_lines() -> None:
    path = HEADING.place.path
    moved = Diagnostic(
        HEADING.code,
        HEADING.severity,
        Place(path, Position(5, 3), Position(5, 5)),
        HEADING.message,
    )
    text = "# New\n\n# Title\n\n##  Over\u00a0view\u200b\n"
    there = Report((moved,), 1, Texts(lambda _: text))
    assert fingerprints(there)[0] == fingerprints(REPORT)[0]
    assert len(set(fingerprints(REPORT))) == 4


def fingerprints(report: Report) -> list[str]:
    [run] = json.loads(written("sarif", report))["runs"]
    return [result["partialFingerprints"]["leitfaden/v1"] for result in run["results"]]


def test_junit_counts_a_failure_for_each_finding() -> None:
    root = ElementTree.fromstring(written("junit"))
    assert root.attrib["failures"] == "4"
    assert [suite.attrib["name"] for suite in root] == [
        "docs/en/a page.md",
        "docs/de/a page.md",
        "docs/de/b.md",
    ]


def test_a_github_command_cannot_be_broken_out_of() -> None:
    evil = Diagnostic(
        "LF301",
        Severity.ERROR,
        Place("docs/en/a,b::c\n.md", Position(1, 1), Position(1, 2)),
        "one\n::set-output name=x::100%",
    )
    line = written("github", Report((evil,), 1, Texts(lambda _: ""))).splitlines()[0]
    assert line.startswith("::error file=docs/en/a%2Cb%3A%3Ac⟨U+000A⟩.md,")
    assert "one⟨U+000A⟩::set-output name=x::100%25" in line


def test_a_long_markdown_summary_is_cut_at_a_page() -> None:
    many = tuple(
        Diagnostic("LF301", Severity.ERROR, Place(f"docs/en/{n}.md"), "wrong " * 40)
        for n in range(400)
    )
    text = written("markdown", Report(many, 400, Texts(lambda _: "")))
    assert len(text) < 65_536
    assert text.endswith("run `leitfaden check` to see all of it.")


lines = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=200)


@given(lines, st.integers(0, 210), st.integers(0, 210), st.text(max_size=20))
def test_any_line_can_be_shown_in_any_format(line: str, start: int, end: int, new: str) -> None:
    start = min(start, len(line))
    end = min(max(start, end), len(line))
    one = Diagnostic(
        "LF301",
        Severity.ERROR,
        Place("docs/en/a.md", Position(1, start + 1), Position(1, end + 1)),
        line[:50],
        fix=Fix((Edit(Span(start, end), new),)),
    )
    report = Report((one,), 1, Texts(lambda _: line))
    for name in FORMATS:
        text = written(name, report)
        if name == "sarif":
            Sarif.model_validate_json(text)
        if name == "junit":
            ElementTree.fromstring(text)
        if name == "text":
            assert "\x1b" not in text


@given(lines, st.integers(40, 120))
def test_no_line_of_a_report_is_wider_than_the_terminal(line: str, width: int) -> None:
    one = Diagnostic(
        "LF301",
        Severity.ERROR,
        Place("docs/en/a.md", Position(1, 1), Position(1, len(line) + 1)),
        TASK.message,
        fix=Fix((Edit(Span(0, len(line)), ""),)),
    )
    shown = written("text", Report((one,), 1, Texts(lambda _: line)), width=width).splitlines()
    excerpts = [text for text in shown if text.startswith(("1 |", "  |", "    -"))]
    assert all(width_of(text) <= max(width, 48) for text in excerpts)
