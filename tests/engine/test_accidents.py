"""Whatever happens to a build, the last good site stays, or a correct one takes its place."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from leitfaden.engine.staging import staged
from tests.engine.both import LEITFADEN, MKDOCS, built_by, differences, files_of, leftovers
from tests.site.sites import BILINGUAL, QUIET, Site

DIES = """\
import os, signal

parallel_pages = True

def on_{event}(text, page, **kwargs):
    if page.file.src_uri == "de/index.md":
        os.kill(os.getpid(), signal.SIGKILL)
"""

WAITS = """\
import pathlib, time

parallel_pages = True
SEEN = []

def on_page_content(html, **kwargs):
    SEEN.append(html)
    if len(SEEN) > 1:  # the first page of a language is made before its processes part
        pathlib.Path("waiting").touch()
        time.sleep(60)
"""

FILLS = """\
import errno, pathlib
from mkdocs import utils

parallel_pages = True
WRITES = utils.write_file

def on_config(config):
    utils.write_file = full

def full(content, path):
    if path.endswith("classic/index.html"):
        raise OSError(errno.ENOSPC, "No space left on device", path)
    WRITES(content, path)
"""

# Just before the new site takes the place of the old one, and just behind that.
KILLED_BEFORE = """\
import os, signal
from mkdocs.plugins import event_priority

parallel_pages = True

@event_priority(-5000)
def on_post_build(config):
    os.killpg(0, signal.SIGKILL)
"""
KILLED_BEHIND = """\
import os, shutil, signal

parallel_pages = True

def on_shutdown():
    shutil.rmtree = killed

def killed(folder, **options):
    os.killpg(0, signal.SIGKILL)
"""

LAST = {"index.html": b"the last good site"}


def with_hook(site: Site, hook: str) -> Site:
    site.write({**BILINGUAL, "hook.py": hook}).save()
    site.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    return site.write({"site/index.html": LAST["index.html"]})


@pytest.mark.parametrize("jobs", [3])
@pytest.mark.parametrize("event", ["page_content", "post_page"])
def test_a_killed_process_is_told_and_nothing_else_changes(
    site: Site, event: str, jobs: int
) -> None:
    with_hook(site, DIES.format(event=event))
    made = built_by(LEITFADEN, site.root, site.root / "site", "--jobs", str(jobs))
    assert made.exit_code == 1
    assert "ERROR   -  A process of the build was ended by signal 9 (Killed)" in made.log
    assert "Traceback" not in made.log
    assert made.files == LAST
    assert leftovers(site.root / "site") == []


def test_a_full_disk_is_told_and_nothing_else_changes(site: Site) -> None:
    with_hook(site, FILLS)
    made = built_by(LEITFADEN, site.root, site.root / "site", "--jobs", "3")
    assert made.exit_code == 1
    assert made.log.splitlines()[-1] == (
        "Error: The site cannot be written to <site>. "
        "No space left on device: <site>/classic/index.html"
    )
    assert "Traceback" not in made.log
    assert made.files == LAST
    assert leftovers(site.root / "site") == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_that_is_told_to_end_leaves_nothing_behind(site: Site, number: signal.Signals) -> None:
    with_hook(site, WAITS)
    with _building(site) as process:
        _wait_for(site.root / "waiting")
        process.send_signal(number)
        assert process.wait(10) == 128 + number
        _wait_until_gone(process.pid)
    assert files_of(site.root / "site") == LAST
    assert leftovers(site.root / "site") == []


def test_what_a_killed_build_leaves_the_next_one_removes(site: Site) -> None:
    with_hook(site, WAITS)
    with _building(site) as process:
        _wait_for(site.root / "waiting")
        os.killpg(process.pid, signal.SIGKILL)
    assert files_of(site.root / "site") == LAST
    assert len(leftovers(site.root / "site")) == 1
    site.write({"hook.py": "parallel_pages = True\n"})
    made = built_by(LEITFADEN, site.root, site.root / "site")
    assert made.exit_code == 0
    assert "de/index.html" in made.files
    assert leftovers(site.root / "site") == []


@pytest.mark.parametrize(("hook", "new"), [(KILLED_BEFORE, False), (KILLED_BEHIND, True)])
def test_at_the_last_moment_there_is_one_site_or_the_other(
    site: Site, hook: str, new: bool
) -> None:
    with_hook(site, hook)
    command = [*LEITFADEN, "build", "--site-dir", "site", "--no-cache"]
    env = {**os.environ, **QUIET}
    with subprocess.Popen(command, cwd=site.root, env=env, start_new_session=True) as process:
        assert process.wait(120) == -signal.SIGKILL
    there = files_of(site.root / "site")
    if new:
        assert {"index.html", "de/index.html", "404.html", "sitemap.xml"} < there.keys()
    else:
        assert there == LAST
    assert len(leftovers(site.root / "site")) == 1
    with staged(site.root / "site"):  # the next build
        assert len(leftovers(site.root / "site")) == 1


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of two megabytes, with a site; only who may mount one has it."""
    disk = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        (disk / "site").mkdir()
        (disk / "site" / "index.html").write_bytes(LAST["index.html"])
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("is_full", [True, False])
def test_a_real_disk_without_room_is_told_in_one_line(
    site: Site, small_disk: Path, is_full: bool
) -> None:
    site.write(BILINGUAL).save()
    if not is_full:
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    made = built_by(LEITFADEN, site.root, small_disk / "site", "--jobs", "2", "--quiet")
    assert made.exit_code == 1
    reason = "No space left on device" if is_full else "Read-only file system"
    assert made.log.splitlines()[-1].startswith(
        f"Error: The site cannot be written to <site>. {reason}"
    )
    assert "Traceback" not in made.log
    assert made.files == LAST
    assert [entry.name for entry in small_disk.iterdir()] == ["site"]


def test_two_builds_at_once_make_one_correct_site(site: Site) -> None:
    site.write(BILINGUAL).save()
    plain = built_by(MKDOCS, site.root, site.root / "plain")
    command = [*LEITFADEN, "build", "--quiet", "--site-dir", "site"]
    builds = [
        subprocess.Popen(command, cwd=site.root, env={**os.environ, **QUIET}) for _ in range(3)
    ]
    assert [build.wait(120) for build in builds] == [0, 0, 0]
    assert differences(plain.files, files_of(site.root / "site")) == []
    assert leftovers(site.root / "site") == []


@contextmanager
def _building(site: Site) -> Iterator[subprocess.Popen[bytes]]:
    """Build a site in a session of its own, of which nothing stays."""
    command = [*LEITFADEN, "build", "--site-dir", "site", "--jobs", "3"]
    process = subprocess.Popen(
        command, cwd=site.root, env={**os.environ, **QUIET}, start_new_session=True
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(file: Path) -> None:
    for _ in range(600):
        if file.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{file} never came")


def _wait_until_gone(session: int) -> None:
    """Wait until no process of a session is left."""
    for _ in range(200):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("a process is left")
