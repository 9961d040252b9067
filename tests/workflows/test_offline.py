"""Neither a check nor a build asks anybody for anything, and no page of the site does by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.inspect_site import problems
from tests.engine.projects import small_project
from tests.site.sites import QUIET

# What Python calls when it has something to do with a network, in this process and its copies.
WATCH = """
import os, sys

def watch(event, arguments):
    if event in {
        "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname",
        "socket.gethostbyaddr", "socket.getnameinfo", "socket.sendto", "urllib.Request",
        "http.client.connect", "ftplib.connect", "smtplib.connect",
    }:
        with open(os.environ["NETWORK_LOG"], "a") as log:
            log.write(event + "\\n")
        raise OSError("there is no network")

sys.addaudithook(watch)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, "utf-8")
    (tmp_path / "project").mkdir()
    return small_project(tmp_path / "project")


def watched(project: Path, *command: str) -> list[str]:
    """Run a command and return what it asked of a network."""
    folder = project.parent
    path = os.pathsep.join(filter(None, [str(folder / "watch"), os.environ.get("PYTHONPATH")]))
    log = folder / "log"
    log.write_text("", "utf-8")
    done = subprocess.run(
        [sys.executable, *command],
        cwd=project,
        env={**os.environ, **QUIET, "PYTHONPATH": path, "NETWORK_LOG": str(log)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return log.read_text("utf-8").splitlines()


def test_the_watch_sees_what_it_should(project: Path) -> None:
    code = "import urllib.request as r; r.urlopen('http://127.0.0.1:9/')"
    assert "urllib.Request" in watched(project, "-c", code)
    assert watched(project, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))")


def test_checks_ask_nobody(project: Path) -> None:
    for command in (["check", "--no-cache"], ["status"], ["export", "parts"]):
        assert watched(project, "-m", "leitfaden", *command) == []


def test_a_build_asks_nobody_and_pages_load_nothing_from_elsewhere(project: Path) -> None:
    site = project / "site"
    assert watched(project, "-m", "leitfaden", "build", "--site-dir", str(site)) == []
    assert (site / "index.html").is_file()
    assert [line for line in problems(site) if "elsewhere" in line or "unpkg" in line] == []
