"""`leitfaden check --watch`: checks again whenever something changes, until Ctrl-C."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from tests.cli.support import BLANKS, BROKEN, CONTRACT, GOOD, playbook, process

PATIENCE = 30  # seconds: only a watch that does not work takes as long


class Watch:
    """A watch over a playbook, and what it tells."""

    def __init__(self, root: Path, *args: str) -> None:
        self.root = root
        self.page = root / "docs" / "en" / "a.md"
        self.process = process("check", "--watch", *args, cwd=root)
        self._lines: Queue[str] = Queue()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream
            Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: Iterator[bytes]) -> None:
        for line in stream:
            self._lines.put(line.decode())

    def tells(self, words: str) -> None:
        """Wait until a line is told that holds these words."""
        until = time.monotonic() + PATIENCE
        seen = []
        while time.monotonic() < until and self.process.poll() is None:
            try:
                seen.append(self._lines.get(timeout=0.1))
            except Empty:
                continue
            if words in seen[-1]:
                return
        raise AssertionError(f"{words!r} is not in {seen}")

    def tells_nothing(self) -> None:
        """Tell whether nothing is told for a moment."""
        time.sleep(1)
        assert self._lines.empty()

    def end(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Callable[..., Watch]]:
    started = []

    def start(*args: str) -> Watch:
        root = playbook(tmp_path, {"en/a.md": GOOD})
        (root / "docs" / "playbook.yml").write_text(CONTRACT)
        started.append(Watch(tmp_path, *args))
        started[-1].tells("in 1 page")
        return started[-1]

    yield start
    for watch in started:
        if watch.process.poll() is None:
            watch.process.kill()
        watch.process.wait()


pytestmark = pytest.mark.skipif(os.name == "nt", reason="no other process can press Ctrl-C there")


def test_it_sees_whatever_changes(watching: Callable[..., Watch]) -> None:
    watch = watching()
    page = watch.page
    page.write_text(BLANKS)
    watch.tells("LF210")
    written = page.with_name(".new")  # as editors do
    written.write_text(BROKEN)
    written.replace(page)
    watch.tells("LF401")
    page.with_name("nowhere.md").write_text(GOOD)
    watch.tells("Nothing to report in 2 pages.")
    page.with_name("nowhere.md").rename(page.with_name("other.md"))
    watch.tells("LF401")
    page.write_text("# Picture\n\n![A picture](media/a.png)\n")
    watch.tells("LF417")
    (page.parent / "media").mkdir()
    (page.parent / "media" / "a.png").write_bytes(b"")
    watch.tells("Nothing to report in 2 pages.")
    page.unlink()
    watch.tells("Nothing to report in 1 page.")
    assert watch.end() == 0


def test_it_outlives_what_cannot_be_checked(watching: Callable[..., Watch]) -> None:
    watch = watching()
    contract = watch.root / "playbook.yml"
    contract.write_text("source: [\n")
    watch.tells("LF906")
    contract.unlink()
    watch.tells("There is no such file.")
    contract.write_text(CONTRACT)
    watch.tells("Nothing to report in 1 page.")
    baseline = watch.root / ".leitfaden-baseline.json"
    baseline.write_text("{")
    watch.tells("LF925")
    baseline.unlink()
    watch.tells("Nothing to report in 1 page.")
    shutil.move(watch.root / "docs", watch.root / "away")
    watch.tells("There is no folder")
    (watch.root / "docs" / "en").mkdir(parents=True)
    watch.tells("Nothing to report in 0 pages.")
    watch.page.write_text(BLANKS)
    watch.tells("LF210")
    assert watch.end() == 0


def test_it_does_not_answer_itself(watching: Callable[..., Watch]) -> None:
    watch = watching("--contract", "docs/playbook.yml", "--docs", "docs")
    watch.tells_nothing()
    assert (watch.root / "docs" / ".cache").is_dir()
    watch.page.write_text(GOOD + "More.\n")
    watch.tells("Nothing to report")
    watch.page.with_name(".a.md.swp").write_bytes(b"")
    watch.tells_nothing()
    assert watch.end() == 0


def test_it_writes_its_report_into_the_docs_folder(tmp_path: Path) -> None:
    playbook(tmp_path, {"en/a.md": BLANKS})
    watch = Watch(tmp_path, "-o", "docs/report.txt")
    report = tmp_path / "docs" / "report.txt"
    wait_for(lambda: report.exists() and "LF210" in report.read_text("utf-8"))
    first = report.stat().st_mtime_ns
    time.sleep(1)
    assert report.stat().st_mtime_ns == first
    watch.page.write_text(GOOD)
    wait_for(lambda: "Nothing to report" in report.read_text("utf-8"))
    assert watch.end() == 0


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_ctrl_c_is_no_finding(tmp_path: Path) -> None:
    pages = {f"en/p{n}.md": BLANKS * 40 for n in range(400)}
    started = process("check", "--no-cache", "-j", "2", cwd=playbook(tmp_path, pages))
    time.sleep(0.8)
    started.send_signal(signal.SIGINT)
    _, told = started.communicate(timeout=PATIENCE)
    assert started.returncode in (0, 130)  # 0 if it was done before
    assert told.decode() in ("", "Interrupted.\n")


def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    pages = {f"en/p{n}.md": BROKEN for n in range(300)}
    for form in ("text", "json"):
        started = process("check", "-f", form, cwd=playbook(tmp_path, pages))
        assert started.stdout
        started.stdout.read(10)
        started.stdout.close()
        assert started.wait(timeout=PATIENCE) == 1
        assert started.stderr
        assert started.stderr.read() == b""


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_terminal_with_few_characters(tmp_path: Path, encoding: str) -> None:
    root = playbook(tmp_path, {"en/a.md": "# Title\n\n##  A\u200bB \u2192 \u540d\n"})
    for args in (["check"], ["check", "-f", "json"], ["explain", "-l", "de"], ["fix", "--diff"]):
        started = process(*args, cwd=root, env={"PYTHONIOENCODING": encoding})
        told, wrong = started.communicate(timeout=PATIENCE)
        assert started.returncode in (0, 1)
        assert b"Traceback" not in wrong
        told.decode("utf-8" if args[-1] in ("json", "--diff") else encoding)
