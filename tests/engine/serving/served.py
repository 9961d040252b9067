"""A site that is served live, as a browser without a screen sees it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import quote

from tests.engine.both import files_of
from tests.site.sites import QUIET, Site

LEITFADEN = (sys.executable, "-c", "from leitfaden.cli import main; main()")
_SECONDS = 90.0
_SCRIPT = re.compile(
    rb'<script src="/_leitfaden/live\.js" defer data-page="([^"]*)" data-seen="(\w+)"></script>'
)


class Got(NamedTuple):
    """What the server has answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def page(self) -> bytes:
        """The page without the server's script."""
        return _SCRIPT.sub(b"", self.body)

    @property
    def text(self) -> str:
        """The same as text."""
        return self.page.decode()

    @property
    def about(self) -> tuple[str, str]:
        """What the page's script tells: its path, and what it has seen."""
        found = _SCRIPT.search(self.body)
        assert found
        return found[1].decode(), found[2].decode()


class Tab:
    """An open tab that shows a page."""

    def __init__(self, served: Served, path: str, seen: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", served.port), _SECONDS)
        asked = (
            f"GET /_leitfaden/events?page={path}&seen={seen} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )
        self._socket.sendall(asked.encode())
        self._text = ""
        self._read_until("\r\n\r\n", _SECONDS)

    def next_event(self, name: str = "", seconds: float = _SECONDS) -> tuple[str, str] | None:
        """Return the next event of that name, and its data; None if none comes in time."""
        end = time.monotonic() + seconds
        while (block := self._read_until("\n\n", end - time.monotonic())) is not None:
            said = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if said.get("event") and said["event"] in (name or said["event"],):
                return said["event"], said["data"]
        return None

    def close(self) -> None:
        """Close it."""
        self._socket.close()

    def _read_until(self, end: str, seconds: float) -> str | None:
        last = time.monotonic() + seconds
        while end not in self._text:
            left = last - time.monotonic()
            if left <= 0:
                return None
            self._socket.settimeout(left)
            try:
                data = self._socket.recv(65536)
            except TimeoutError:
                return None
            if not data:
                return None
            self._text += data.decode()
        found, _, self._text = self._text.partition(end)
        return found


class Served:
    """A running server."""

    def __init__(
        self, site: Site, *options: str, port: int = 0, env: Mapping[str, str] = {}
    ) -> None:
        self.site = site
        self.port = port or free_port()
        self.log = site.root.parent / f"serve-{self.port}.log"
        command = [*LEITFADEN, "serve", "--dev-addr", f"127.0.0.1:{self.port}", *options]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=site.root,
                env={**os.environ, **QUIET, **env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def url(self) -> str:
        """The site's address."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def told(self) -> str:
        """What it has told in the terminal."""
        return self.log.read_text("utf-8")

    def get(
        self, path: str, *, method: str = "GET", host: str | None = None, raw: bool = False
    ) -> Got:
        """Ask for something."""
        end = time.monotonic() + _SECONDS
        while True:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
            try:
                connection.connect()
                break
            except OSError:
                assert self.process.poll() is None, self.told
                assert time.monotonic() < end
                time.sleep(0.05)
        connection.putrequest(method, path if raw else quote(path, safe="/%?=&"), skip_host=True)
        connection.putheader("Host", f"127.0.0.1:{self.port}" if host is None else host)
        connection.endheaders()
        response = connection.getresponse()
        got = Got(response.status, dict(response.getheaders()), response.read())
        connection.close()
        return got

    @contextmanager
    def tab(self, path: str) -> Iterator[Tab]:
        """Open a tab."""
        tab = Tab(self, *self.get(path).about)
        try:
            yield tab
        finally:
            tab.close()

    def until(self, is_so: Callable[[], bool], seconds: float = _SECONDS) -> None:
        """Wait until something is so."""
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, self.told[-3000:]
            time.sleep(0.05)

    def built(self) -> dict[str, bytes]:
        """Build the site as it is now, and return its files."""
        made = self.site.build("--site-dir", "built", env={"SITE_URL": self.url})
        assert made.exit_code == 0, made.log
        return files_of(self.site.root / "built")

    def differences(self, built: Mapping[str, bytes]) -> list[str]:
        """Return the names of files that are served otherwise than they were built."""
        return [name for name, body in sorted(built.items()) if self._served(name) != body]

    def _served(self, name: str) -> bytes:
        return self.get(f"/{name}").page

    def end(self) -> int:
        """End it as Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=_SECONDS)


@contextmanager
def serving(
    site: Site, *options: str, env: Mapping[str, str] = {}, port: int = 0
) -> Iterator[Served]:
    """Serve a site as long as it is needed."""
    if not (site.root / "playbook.yml").exists():
        site.save()
    served = Served(site, *options, env=env, port=port)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.process.kill()
            served.process.wait()


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
