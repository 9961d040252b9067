"""An issue that tells of something that a regular check has found, and is closed when it is gone.

Talks to GitHub by its own program `gh`, which reads its token from GH_TOKEN or from its log-in.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from typing import Any

_MOST = 60_000  # characters; GitHub takes 65,536
_SHOWN = 200  # open issues to look through

Ask = Callable[[Sequence[str], str], str]


class GitHubError(Exception):
    """GitHub's program cannot do what it was asked for."""


def ask_github(arguments: Sequence[str], text: str) -> str:
    """Run GitHub's program.

    Args:
        arguments: What it is asked.
        text: What it reads.

    Raises:
        GitHubError: It failed, or is not installed.
    """
    try:
        done = subprocess.run(
            ["gh", *arguments],
            input=text,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitHubError(f"gh could not be run: {error}") from error
    if done.returncode:
        raise GitHubError(f"gh {' '.join(arguments[:2])} failed: {done.stderr.strip()}")
    return done.stdout


def tell(title: str, report: str, *, good: bool, ask: Ask = ask_github) -> str:
    """Open or update the issue of a title, or close it, and return what was done.

    Args:
        title: Its title, by which it is found again.
        report: What it says.
        good: Whether there is nothing to tell any more.
        ask: What talks to GitHub.

    Raises:
        GitHubError: GitHub cannot be asked.
    """
    number = _open_issue(title, ask)
    if good:
        if number is None:
            return "all is well, and there is no issue"
        ask(["issue", "close", number, "--comment", f"All is well again.{_run()}"], "")
        return f"issue {number} is closed"
    body = _body(report)
    if number is None:
        made = ask(["issue", "create", "--title", title, "--body-file", "-"], body)
        return f"opened {made.strip()}"
    ask(["issue", "edit", number, "--body-file", "-"], body)
    return f"issue {number} is up to date"


def _open_issue(title: str, ask: Ask) -> str | None:
    fields = ["--json", "number,title", "--limit", str(_SHOWN)]
    told: list[dict[str, Any]] = json.loads(ask(["issue", "list", "--state", "open", *fields], ""))
    same = sorted(one["number"] for one in told if one["title"] == title)
    return str(same[0]) if same else None


def _body(report: str) -> str:
    """Return the text of an issue; what a report quotes calls nobody."""
    text = report.strip().replace("@", "@\u200b") or "The check failed and told nothing."
    if len(text) > _MOST:
        text = f"{text[:_MOST]}\n\n…"
    return f"{text}{_run()}\n"


def _run() -> str:
    """Return where to read more, in CI."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")
    server, repository, number = (os.environ.get(name, "") for name in names)
    return f"\n\n{server}/{repository}/actions/runs/{number}" if number else ""
