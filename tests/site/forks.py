"""Builds in processes that begin with all programs imported: half of a small build is its start.

Each build is a fork of a server that has built nothing itself, so no build knows of another. What
templates are compiled to is kept for all of them, by name and source.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any

_SECONDS = 120
_WANTED = ("mkdocs.commands.build", "mkdocs_static_i18n.plugin", "leitfaden.site.plugin")


def can_fork(env: Mapping[str, str]) -> bool:
    """Tell whether a build with this environment can be a fork.

    Args:
        env: What it changes in the environment; what Python reads at its start needs a new one.
    """
    at_start = ("PYTHON", "LANG", "LC_", "TZ")
    return hasattr(os, "fork") and not any(name.startswith(at_start) for name in env)


def build(
    arguments: Sequence[str], folder: Path, env: Mapping[str, str], program: str = "mkdocs"
) -> tuple[int, str]:
    """Return the exit code and the output of `python -m mkdocs`, or of another program.

    Args:
        arguments: What stands behind `mkdocs`.
        folder: Where it runs.
        env: The whole environment.
        program: `mkdocs` or `leitfaden`.
    """
    job = {"arguments": list(arguments), "folder": str(folder), "env": dict(env)}
    return _server().run({**job, "program": program})


def run(text: str, folder: Path, env: Mapping[str, str]) -> tuple[int, str]:
    """Return the exit code and the output of a Python program.

    Args:
        text: The program.
        folder: Where it runs.
        env: The whole environment.
    """
    return _server().run({"text": text, "folder": str(folder), "env": dict(env)})


class _Server:
    """A process that forks itself for each build."""

    def __init__(self) -> None:
        self._templates = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.site.forks", self._templates.name],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._turn = Lock()
        atexit.register(self._end)

    def run(self, job: dict[str, Any]) -> tuple[int, str]:
        """Have something built."""
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        with self._turn, tempfile.NamedTemporaryFile() as output:
            stop = Timer(_SECONDS, self._process.kill)
            stop.start()
            try:
                print(json.dumps({**job, "output": output.name}), file=asked, flush=True)
                code = int(told.readline())
            finally:
                stop.cancel()
            return code, output.read().decode("utf-8")

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._templates.cleanup()


@cache
def _server() -> _Server:
    return _Server()


def _serve(asked: IO[str], templates: str) -> None:
    """Fork for each job; returns in the fork, if its build has not exited itself."""
    import gc
    from importlib import import_module

    for name in _WANTED:
        import_module(name)
    _keep_templates(templates)
    gc.freeze()
    for line in asked:
        child = os.fork()
        if not child:
            _build(json.loads(line))
            return
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _build(job: Mapping[str, Any]) -> None:
    """Do what `python -m mkdocs` does, or `python -m leitfaden`, or another program."""
    output = os.open(job["output"], os.O_WRONLY)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, ours in enumerate((nothing, output, output)):
        os.dup2(ours, number)
    os.environ.clear()
    os.environ.update(job["env"])
    os.chdir(job["folder"])
    sys.path[0] = job["folder"]
    if "text" in job:
        exec(compile(job["text"], "<string>", "exec"), {"__name__": "__main__"})
        return
    if job["program"] == "mkdocs":
        from mkdocs.__main__ import cli
    else:
        from leitfaden.cli import main as cli
    cli.main(args=job["arguments"], prog_name=f"python -m {job['program']}")


def _keep_templates(folder: str) -> None:
    """Let all environments of templates share what these are compiled to."""
    from unittest import mock

    from jinja2 import Environment, FileSystemBytecodeCache

    class ByName(FileSystemBytecodeCache):
        def get_cache_key(self, name: str, filename: str | None = None) -> str:
            return super().get_cache_key(name)

    begin = Environment.__init__

    def begin_with_cache(self: Environment, *arguments: Any, **options: Any) -> None:
        begin(self, *arguments, **options)
        self.bytecode_cache = self.bytecode_cache or ByName(folder)

    mock.patch.object(Environment, "__init__", begin_with_cache).start()


if __name__ == "__main__":
    _serve(sys.stdin, sys.argv[1])
