"""One issue tells of a finding, however often it is found, and goes when it is gone."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from scripts import issue

TITLE = "Links that lead out"


class GitHub:
    """Knows issues, and what it was asked."""

    def __init__(self, *titles: str) -> None:
        self.titles = titles
        self.asked: list[tuple[list[str], str]] = []

    def __call__(self, arguments: Sequence[str], text: str) -> str:
        if arguments[1] == "list":
            found = [{"number": at, "title": one} for at, one in enumerate(self.titles, 1)]
            return json.dumps(found)
        self.asked.append((list(arguments), text))
        return "https://github.example/issues/9\n"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_RUN_ID", raising=False)


def test_the_first_time_it_is_opened() -> None:
    github = GitHub("Links that lead out to nowhere")
    assert "opened https" in issue.tell(TITLE, "two links", good=False, ask=github)
    ((asked, text),) = github.asked
    assert asked == ["issue", "create", "--title", TITLE, "--body-file", "-"]
    assert text == "two links\n"


def test_the_next_time_it_is_brought_up_to_date() -> None:
    github = GitHub("Another", TITLE, TITLE)
    issue.tell(TITLE, "one link", good=False, ask=github)
    assert [asked[:3] for asked, _ in github.asked] == [["issue", "edit", "2"]]


def test_it_is_closed_when_all_is_well_and_nothing_happens_without_one() -> None:
    github = GitHub(TITLE)
    assert issue.tell(TITLE, "", good=True, ask=github) == "issue 1 is closed"
    assert github.asked[0][0][:3] == ["issue", "close", "1"]
    github = GitHub()
    issue.tell(TITLE, "", good=True, ask=github)
    assert github.asked == []


def test_it_calls_nobody_is_not_too_long_and_says_where_it_comes_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "a/b")
    monkeypatch.setenv("GITHUB_RUN_ID", "7")
    github = GitHub()
    issue.tell(TITLE, "@everybody " + "x" * 100_000, good=False, ask=github)
    text = github.asked[0][1]
    assert "@e" not in text
    assert len(text) < 65_536
    assert text.endswith("https://github.example/a/b/actions/runs/7\n")


def test_a_report_that_is_missing_is_told() -> None:
    github = GitHub()
    issue.tell(TITLE, "", good=False, ask=github)
    assert github.asked[0][1] == "The check failed and told nothing.\n"


def test_a_missing_program_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(issue.GitHubError, match="gh could not be run"):
        issue.ask_github(["issue", "list"], "")
