"""What action.yml runs: a command of Leitfaden, as its inputs say.

The inputs come as variables, never as text of a script: nothing in them can be run.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

COMMANDS = ("none", "check", "build", "assemble")
_PREFIX = "LEITFADEN_INPUT_"
_TRUE = {"true": True, "false": False}


class InputError(Exception):
    """An input that cannot be meant."""


def commands(env: Mapping[str, str], folder: Path) -> list[list[str]]:
    """Return what is to be run, each with its arguments; the first that fails counts.

    Args:
        env: The variables.
        folder: Where it is run, for patterns of parts.

    Raises:
        InputError: An input cannot be meant.
    """
    inputs = {
        name.removeprefix(_PREFIX).lower().replace("_", "-"): value.strip()
        for name, value in env.items()
        if name.startswith(_PREFIX) and value.strip()
    }
    command = inputs.get("command", "check")
    if command not in COMMANDS:
        raise InputError(f"command is {command!r}; it can be {', '.join(COMMANDS)}")
    if command == "check":
        return _check(inputs, env)
    if command == "build":
        return [_build(inputs)]
    if command == "assemble":
        return [_assemble(inputs, folder)]
    return []


def run(program: Sequence[str], env: Mapping[str, str]) -> int:
    """Run what the inputs ask for, and return the exit code.

    Args:
        program: Leitfaden.
        env: The variables.

    Raises:
        InputError: An input cannot be meant.
    """
    folder = Path(env.get(f"{_PREFIX}WORKING_DIRECTORY") or ".")
    if not folder.is_dir():
        raise InputError(f"working-directory is {str(folder)!r}, which is no folder")
    code = 0
    for arguments in commands(env, folder):
        done = subprocess.run([*program, *arguments], cwd=folder, env=dict(env), check=False)
        code = code or done.returncode
    return code


def _check(inputs: Mapping[str, str], env: Mapping[str, str]) -> list[list[str]]:
    """Return a check beside the lines, and one for the job's summary."""
    check = ["check", "--no-cache", "--language", inputs.get("language", "en")]
    beside = [*check, "--format", "github", "--fail-on", inputs.get("fail-on", "warning")]
    summary = env.get("GITHUB_STEP_SUMMARY")
    if not summary:
        return [beside]
    report = [*check, "--format", "markdown", "--fail-on", "never", "--output", summary]
    return [beside, report]


def _build(inputs: Mapping[str, str]) -> list[str]:
    if "shard" in inputs and "locale" not in inputs:
        raise InputError("shard is a share of the pages of a locale: name it with locale")
    strict = _TRUE.get(inputs.get("strict", "true"))
    if strict is None:
        raise InputError(f"strict is {inputs['strict']!r}; it can be true or false")
    build = ["build", "--strict" if strict else "--no-strict"]
    for name in ("locale", "shard"):
        build += [f"--{name}={inputs[name]}"] if name in inputs else []
    return [*build, f"--site-dir={inputs.get('site-dir', 'site')}"]


def _assemble(inputs: Mapping[str, str], folder: Path) -> list[str]:
    pattern = inputs.get("parts", "parts/*")
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        raise InputError(f"parts is {pattern!r}; it has to be below working-directory")
    parts = sorted(path for path in folder.glob(pattern) if path.is_dir())
    if not parts:
        raise InputError(f"parts is {pattern!r}, and no folder is called so")
    names = [f"./{os.path.relpath(path, folder)}" for path in parts]
    return ["assemble", *names, f"--site-dir={inputs.get('site-dir', 'site')}"]
