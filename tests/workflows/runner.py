"""A machine that runs workflows as GitHub does, as far as ours need it: jobs in a clean clone each.

Commands are run as they stand. Actions are stood in for: a check-out by a clone, artifacts by
folders. What installs, follows links on the web or talks to GitHub is only noted.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.site.sites import QUIET
from tests.workflows.files import ROOT, Job, Step, jobs_in_order, needs, workflow

SHELL = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")
_NOT_HERE = re.compile(r"python3 scripts/dev\.py (install|test|audit|links|issue)\b")
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_ALTERNATIVE = re.compile(r"(\S+) \|\| '([^']*)'")

Values = dict[str, Any]


def clone_of_project(folder: Path) -> Path:
    """Make a repository that holds the project as it lies here, and return it."""
    git(folder.parent, "clone", "--quiet", "--local", str(ROOT), str(folder))
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = {name for name in listed.split("\0") if name and (ROOT / name).is_file()}
    for name in git(folder, "ls-files", "-z").split("\0"):
        if name and name not in names:
            (folder / name).unlink()
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    git(folder, "add", "--all")
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.com")
    git(folder, *who, "commit", "--quiet", "--allow-empty", "--message", "As it lies here")
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, whatever the machine has configured."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=plain, check=True, capture_output=True, text=True
    )
    return done.stdout


@dataclass
class Runner:
    """Runs workflows.

    Args:
        origin: The repository that is checked out.
        folder: Where it works.
        variables: The repository's variables.
        address: Where its site is.
    """

    origin: Path
    folder: Path
    variables: Mapping[str, str]
    address: str
    summaries: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    logs: list[str] = field(default_factory=list)

    def run(self, name: str) -> dict[str, Path]:
        """Run a workflow, and return the folders of its jobs."""
        outputs: dict[str, Values] = {}
        folders = {}
        for key, job in jobs_in_order(workflow(name)):
            known = {need: {"outputs": outputs[need], "result": "success"} for need in needs(job)}
            for number, entry in enumerate(self._matrix(job, known)):
                place = self.folder / name / f"{key}-{number}"
                place.mkdir(parents=True)
                values = {"needs": known, "matrix": entry, "vars": self.variables, "steps": {}}
                values["github"] = {"token": "none", "repository": "somebody/playbook"}
                self._run_job(name, job, place, values)
                told = job.get("outputs", {})
                outputs[key] = {one: self._filled(told[one], values) for one in told}
                folders[key] = place
        return folders

    def _matrix(self, job: Job, known: Values) -> Iterator[Values]:
        matrix = job.get("strategy", {}).get("matrix")
        if matrix is None:
            yield {}
            return
        ((name, told),) = matrix.items()
        found = re.fullmatch(r"\$\{\{ fromJSON\((\S+)\) \}\}", told)
        assert found, told
        for one in json.loads(_value(found[1], {"needs": known})):
            yield {name: one}

    def _run_job(self, name: str, job: Job, place: Path, values: Values) -> None:
        for number, step in enumerate(job["steps"]):
            outputs: dict[str, str] = {}
            if "uses" in step:
                given = {key: self._filled(told, values) for key, told in self._given(step)}
                outputs = self._act(step["uses"].partition("@")[0], given, place, name)
            elif _NOT_HERE.match(step["run"]):
                self.noted.append(step["run"])
            else:
                outputs = self._run_step(step, place, values, number)
            if "id" in step:
                values["steps"][step["id"]] = {"outputs": outputs, "outcome": "success"}

    @staticmethod
    def _given(step: Step) -> Iterator[tuple[str, str]]:
        yield from step.get("with", {}).items()

    @cached_property
    def _shallow(self) -> Path:
        """A clone with nothing but the last commit."""
        folder = self.folder / "shallow"
        git(self.folder, "clone", "--quiet", "--depth", "1", self.origin.as_uri(), str(folder))
        return folder

    def _run_step(self, step: Step, place: Path, values: Values, number: int) -> dict[str, str]:
        """Run the commands of a step, and return its outputs."""
        aside = self.folder / "aside"
        aside.mkdir(exist_ok=True)
        told, summary = aside / "output", aside / "summary"
        told.write_text("", "utf-8")
        summary.write_text("", "utf-8")
        env = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
        env |= QUIET
        env |= {"CI": "true", "GITHUB_OUTPUT": str(told), "GITHUB_STEP_SUMMARY": str(summary)}
        env["PATH"] = f"{self._programs(place)}{os.pathsep}{env['PATH']}"
        env["SITE_URL"] = self.address  # as `pages.yml` has it, so that all builds can be compared
        env |= {name: self._filled(text, values) for name, text in step.get("env", {}).items()}
        script = aside / "script.sh"
        script.write_text(step["run"], "utf-8")
        done = subprocess.run(
            [*SHELL, script],
            cwd=place,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{step['name']}:\n{done.stdout}"
        self.ran += step["run"].splitlines()
        self.logs.append(done.stdout)
        if summary.read_text("utf-8"):
            self.summaries.append(summary.read_text("utf-8"))
        lines = told.read_text("utf-8").splitlines()
        return {line.partition("=")[0]: line.partition("=")[2] for line in lines}

    def _programs(self, place: Path) -> Path:
        """Return a folder with the programs that are set up, of the code that is checked out."""
        folder = place.parent / f"{place.name}-programs"
        if not folder.exists():
            folder.mkdir()
            code = f'PYTHONPATH="{place / "plugins"}" exec "{sys.executable}"'
            for name, module in (("python3", ""), ("leitfaden", "-m leitfaden ")):
                program = folder / name
                program.write_text(f'#!/bin/sh\n{code} {module}"$@"\n', "utf-8")
                program.chmod(0o755)
        return folder

    def _act(self, action: str, given: Values, place: Path, name: str) -> dict[str, str]:
        """Do what an action does."""
        artifacts = self.folder / name / "artifacts"
        if action == "actions/checkout":
            place.rmdir()
            if given.get("fetch-depth") == "0":
                git(place.parent, "clone", "--quiet", str(self.origin), str(place))
            else:
                shutil.copytree(self._shallow, place, symlinks=True)
        elif action == "actions/configure-pages":
            return {"base_url": self.address.removesuffix("/")}
        elif action == "actions/upload-artifact":
            self._upload(place / given["path"], artifacts / given["name"], given)
        elif action == "actions/download-artifact":
            self._download(artifacts, given, place / given.get("path", ""))
        elif action == "actions/upload-pages-artifact":
            assert (place / given["path"] / "index.html").is_file()
        elif action == "github/codeql-action/upload-sarif":
            assert json.loads((place / given["sarif_file"]).read_text("utf-8"))["runs"]
        else:
            assert action in {"actions/setup-python", "actions/deploy-pages"}, action
        return {}

    @staticmethod
    def _upload(source: Path, target: Path, given: Values) -> None:
        if not source.exists():
            assert given["if-no-files-found"] == "warn", source
            return
        target.mkdir(parents=True)
        if source.is_file():
            shutil.copy2(source, target)
            return
        hidden = given.get("include-hidden-files") == "true"
        leave = None if hidden else shutil.ignore_patterns(".*")
        shutil.copytree(source, target, ignore=leave, dirs_exist_ok=True)

    @staticmethod
    def _download(artifacts: Path, given: Values, place: Path) -> None:
        if "name" in given:
            shutil.copytree(artifacts / given["name"], place, dirs_exist_ok=True)
            return
        for folder in sorted(artifacts.glob(given["pattern"])):
            into = place if given.get("merge-multiple") == "true" else place / folder.name
            shutil.copytree(folder, into, dirs_exist_ok=True)

    @staticmethod
    def _filled(text: str, values: Values) -> str:
        """Return a text with the values of its expressions."""

        def fill(found: re.Match[str]) -> str:
            either = _ALTERNATIVE.fullmatch(found[1])
            return str(
                _value(either[1], values) or either[2] if either else _value(found[1], values)
            )

        return _EXPRESSION.sub(fill, text)


def _value(name: str, values: Values) -> Any:
    """Return what a context holds; empty if it holds no such thing, as on GitHub."""
    found: Any = values
    for key in name.split("."):
        assert key in found or name.startswith("vars."), f"there is no {name}"
        found = found.get(key, "")
    return found
