"""What a workflow may do: as little as it needs, and only what has been looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.workflows.files import ACTION, NAMES, ROOT, WORKFLOWS, all_steps, workflow

FILES = [*sorted(WORKFLOWS.iterdir()), ACTION]
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")

# By workflow and job: all that may be asked for besides reading the repository.
WRITES = {
    ("check", "code-scanning"): {"security-events": "write"},
    ("pages", "deploy"): {"pages": "write", "id-token": "write"},
    ("links", "issue"): {"issues": "write"},
    ("audit", "issue"): {"issues": "write"},
}
READS = {("pages", "plan"): {"pages": "read"}}
EVENTS = {
    "audit": {"schedule", "workflow_dispatch"},
    "check": {"pull_request"},
    "links": {"schedule", "workflow_dispatch"},
    "pages": {"push", "workflow_dispatch"},
}


def test_there_is_a_workflow_for_each_purpose() -> None:
    assert [file.name for file in FILES[:-1]] == [f"{name}.yml" for name in EVENTS]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_action_is_pinned_to_a_commit_and_says_its_version(file: Path) -> None:
    lines = [line for line in file.read_text("utf-8").splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        assert re.fullmatch(rf"\s*(- )?uses: {PINNED.pattern} # v\d+\.\d+\.\d+", line), line


def test_one_action_has_one_version() -> None:
    used = {step["uses"].partition("@")[::2] for _, step in all_steps() if "uses" in step}
    names = [name for name, _ in used]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_only_when_it_should(name: str) -> None:
    read = workflow(name)
    events = read["on"]
    assert set(events) == EVENTS[name]
    if "push" in events:
        assert events["push"] == {"branches": ["main"]}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_allowed_that_is_not_needed(name: str) -> None:
    read = workflow(name)
    assert read["permissions"] == {}
    for key, job in read["jobs"].items():
        asked = dict(job["permissions"])
        uses = [step.get("uses", "") for step in job["steps"]]
        checks_out = any(one.startswith("actions/checkout@") for one in uses)
        assert asked.pop("contents", None) == ("read" if checks_out else None), key
        assert asked == WRITES.get((name, key), READS.get((name, key), {})), key


@pytest.mark.parametrize("where", sorted(WRITES), ids=" ".join)
def test_what_may_write_installs_nothing_and_runs_no_code_of_a_page(where: tuple[str, str]) -> None:
    name, key = where
    for step in workflow(name)["jobs"][key]["steps"]:
        told = step.get("run", "python3 scripts/dev.py issue")
        assert told.startswith("python3 scripts/dev.py issue"), step["name"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_secret_is_named(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "secrets." not in text
    assert "pull_request_target" not in text
    assert "workflow_run" not in text


def test_a_pull_request_has_no_token_to_use() -> None:
    assert "github.token" not in (WORKFLOWS / "check.yml").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_jobs_end_in_time_and_one_after_the_other(name: str) -> None:
    read = workflow(name)
    assert read["concurrency"]["group"]
    assert read["concurrency"]["cancel-in-progress"] == ("true" if name == "check" else "false")
    for job in read["jobs"].values():
        assert 0 < int(job["timeout-minutes"]) <= 60


def test_values_reach_a_command_only_as_variables() -> None:
    for where, step in all_steps():
        assert "${{" not in step.get("run", ""), where


def test_commands_are_those_that_a_person_runs() -> None:
    ours = re.compile(
        r'(leitfaden|python3 scripts/dev\.py|python "\$GITHUB_ACTION_PATH/scripts/dev\.py") [a-z]'
        r'|parts="\$\(leitfaden [^;&|]+\)"'
        r'|echo "parts=\$parts" >> "\$GITHUB_OUTPUT"'
    )
    lines = [(where, line) for where, step in all_steps() for line in commands(step)]
    assert len(lines) > 20
    for where, line in lines:
        assert ours.match(line), f"{where}: {line}"


def commands(step: Mapping[str, Any]) -> list[str]:
    """Return the commands of a step, one a line."""
    lines: list[str] = step.get("run", "").splitlines()
    return lines


def test_a_checkout_keeps_no_credentials() -> None:
    found = [step for _, step in all_steps() if step.get("uses", "").startswith("actions/checkout")]
    assert found
    assert all(step["with"]["persist-credentials"] == "false" for step in found)


@pytest.mark.parametrize("name", ["check", "pages"])
def test_history_is_there_wherever_pages_are_made_or_compared(name: str) -> None:
    told = re.compile(r"\b(build|check|impact|changed|dev\.py test)\b")
    for key, job in workflow(name)["jobs"].items():
        if any(told.search(step.get("run", "")) for step in job["steps"]):
            (checkout,) = (
                step for step in job["steps"] if "actions/checkout@" in step.get("uses", "")
            )
            assert checkout["with"]["fetch-depth"] == "0", key


def test_a_cache_depends_on_the_lock_and_publishing_uses_none() -> None:
    for name in NAMES:
        for job in workflow(name)["jobs"].values():
            for step in job["steps"]:
                given = step.get("with", {})
                if "cache" in given:
                    assert name == "check"
                    assert given["cache-dependency-path"] == "requirements.lock"


def test_no_locale_is_named() -> None:
    contract = yaml.safe_load((ROOT / "playbook.yml").read_text("utf-8"))
    words = re.compile(rf"\b({'|'.join(contract['locales'])})\b")
    for name in NAMES:
        for job in workflow(name)["jobs"].values():
            told = [str(job.get("strategy", "")), *(step.get("run", "") for step in job["steps"])]
            assert not any(map(words.search, told))


def test_dependabot_knows_both_kinds_of_dependencies() -> None:
    read = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))
    kinds = {one["package-ecosystem"]: one for one in read["updates"]}
    assert set(kinds) == {"github-actions", "pip"}
    assert all(one["cooldown"]["default-days"] >= 7 for one in kinds.values())


def test_the_action_hands_every_input_on() -> None:
    read = yaml.safe_load(ACTION.read_text("utf-8"))
    handed = dict(read["runs"]["steps"][-1]["env"])
    for name in read["inputs"]:
        if name != "python-version":
            variable = f"LEITFADEN_INPUT_{name.upper().replace('-', '_')}"
            assert handed.pop(variable) == f"${{{{ inputs.{name} }}}}"
    assert handed == {}
