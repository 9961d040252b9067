"""The workflows, as GitHub reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
ACTION = ROOT / "action.yml"
NAMES = sorted(file.stem for file in WORKFLOWS.glob("*.yml"))

Step = Mapping[str, Any]
Job = Mapping[str, Any]


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow by its name; `on` is a key of it, which plain YAML takes for true."""
    text = (WORKFLOWS / f"{name}.yml").read_text("utf-8")
    read: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # all is text, as expressions see it
    return read


def jobs_in_order(read: Mapping[str, Any]) -> Iterator[tuple[str, Job]]:
    """Yield the jobs of a workflow, each behind those that it needs."""
    left: dict[str, Job] = dict(read["jobs"])
    done: set[str] = set()
    while left:
        ready = [name for name, job in left.items() if set(needs(job)) <= done]
        assert ready, f"{sorted(left)} need each other"
        for name in ready:
            yield name, left.pop(name)
            done.add(name)


def needs(job: Job) -> list[str]:
    """Return the jobs that a job needs."""
    named = job.get("needs", [])
    return [named] if isinstance(named, str) else list(named)


def all_steps() -> Iterator[tuple[str, Step]]:
    """Yield all steps, with where they stand."""
    for name in NAMES:
        for key, job in workflow(name)["jobs"].items():
            for step in job["steps"]:
                yield f"{name}.yml, {key}: {step['name']}", step
    for step in yaml.load(ACTION.read_text("utf-8"), yaml.BaseLoader)["runs"]["steps"]:
        yield f"action.yml: {step['name']}", step
