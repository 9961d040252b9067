"""How long the live server takes from a saved edit to the word that a tab is to load it again.

Started on a site of copies of the project's own pages, or on any other: a page is opened in a tab,
then its text is edited again and again, then its title, which all navigations show.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from scripts.bench_sites import ManyPages
from scripts.measuring import QUIET

PROGRAM = (sys.executable, "-c", "from leitfaden.cli import main; main()")

_ABOUT = re.compile(rb'data-page="([^"]+)" data-seen="(\w+)"')
_METADATA_END = "\n---\n"
_PAUSE = 1.0  # seconds between two edits: people are no faster
_MOST = 600.0  # seconds for a server to begin


class Edit(NamedTuple):
    """A kind of edit.

    Args:
        name: What it is called.
        make: Returns the page's text with the edit of a number.
    """

    name: str
    make: Callable[[str, int], str]


def bench_serve(pages: Sequence[int], locales: int, runs: int) -> None:
    """Measure sites of so many pages, and print the figures.

    Args:
        pages: How many pages each locale has, one site after the other.
        locales: How many locales.
        runs: How many edits of each kind.
    """
    for count in pages:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder, "site")
            ManyPages(count, locales).write(root)
            measure(root, f"{count} × {locales}", runs)


def measure(root: Path, name: str, runs: int) -> None:
    """Measure a site, and print the figures.

    Args:
        root: The project; its page is left as it was.
        name: What the site is called.
        runs: How many edits of each kind.
    """
    started = time.perf_counter()
    with _served(root) as server:
        server.get("/")
        print(f"serve {name}: first page after {time.perf_counter() - started:.2f} s", flush=True)
        page, address = _page_of(root)
        before = page.read_bytes()
        try:
            for edit in (Edit("text", _with_prose), Edit("title", _with_title)):
                taken = sorted(_measured(server, page, address, edit, runs))
                print(
                    f"serve {name}: {edit.name} saved to reload: median "
                    f"{statistics.median(taken):.3f} s, p95 {taken[int(len(taken) * 0.95)]:.3f} s, "
                    f"worst {taken[-1]:.3f} s ({runs} edits, load {os.getloadavg()[0]:.1f})",
                    flush=True,
                )
        finally:
            page.write_bytes(before)
        print(f"serve {name}: {server.memory()} MB", flush=True)


class _Server:
    def __init__(self, root: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self.process = subprocess.Popen(
            [*PROGRAM, "serve", "--dev-addr", f"127.0.0.1:{self._port}"],
            cwd=root,
            env={**os.environ, **QUIET},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def get(self, path: str) -> bytes:
        """Return what stands at an address, as soon as the server answers."""
        end = time.monotonic() + _MOST
        while True:
            connection = HTTPConnection("127.0.0.1", self._port, timeout=_MOST)
            try:
                connection.request("GET", path)
                return connection.getresponse().read()
            except ConnectionError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.02)
            finally:
                connection.close()

    @contextmanager
    def tab(self, path: str) -> Iterator[Callable[[], None]]:
        """Open a tab; what is yielded waits until it is told to load its page again."""
        found = _ABOUT.search(self.get(path))
        assert found, path
        address = f"/_leitfaden/events?page={found[1].decode()}&seen={found[2].decode()}"
        connection = HTTPConnection("127.0.0.1", self._port, timeout=_MOST)
        connection.request("GET", address)
        response = connection.getresponse()

        def wait() -> None:
            while response.readline() != b"event: reload\n":
                assert not response.isclosed()

        try:
            yield wait
        finally:
            response.close()
            connection.close()

    def memory(self) -> int:
        """Return how much memory the server has for itself, in megabytes; 0 if nobody knows."""
        file = Path("/proc", str(self.process.pid), "smaps_rollup")
        text = file.read_text("ascii") if file.exists() else ""
        found = re.search(r"^Pss: +(\d+)", text, re.MULTILINE)
        return int(found[1]) // 1024 if found else 0


@contextmanager
def _served(root: Path) -> Iterator[_Server]:
    server = _Server(root)
    try:
        yield server
    finally:
        server.process.terminate()
        server.process.wait()


def _measured(server: _Server, page: Path, address: str, edit: Edit, runs: int) -> Iterator[float]:
    before = page.read_text("utf-8")
    for number in range(runs):
        text = edit.make(before, number)
        with server.tab(address) as wait:
            time.sleep(_PAUSE)
            start = time.perf_counter()
            page.write_text(text, "utf-8")
            wait()
            yield time.perf_counter() - start


def _page_of(root: Path) -> tuple[Path, str]:
    """Return a page of the source with steps, and its address."""
    folder = root / "docs" / "en"
    files = sorted(folder.glob("*.md"), key=lambda file: (-file.stat().st_size, file.name))
    file = files[len(files) // 4]
    return file, f"/{file.name.removesuffix('.md')}/"


def _with_prose(text: str, number: int) -> str:
    return f"{text}\nOne more sentence, the {number}th.\n"


def _with_title(text: str, number: int) -> str:
    behind = text.find(_METADATA_END, 3) + 1 if text.startswith("---\n") else 0
    at = text.index("# ", behind) + 2
    return f"{text[:at]}Title {number} {text[at:]}"
