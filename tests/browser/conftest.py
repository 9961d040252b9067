"""The playbook's own site, built once, served, and opened in a real browser."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
)

ROOT = Path(__file__).parents[2]


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as GitHub Pages does: without a word, and with the site's own 404 page."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        not_found = Path(self.directory) / "404.html"
        if code != http.HTTPStatus.NOT_FOUND or not not_found.is_file():
            super().send_error(code, message, explain)
            return
        body = not_found.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def site(own_site: Path) -> Path:
    return own_site / "site"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yields the address."""
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def found_by_search(stub: Path) -> Iterator[str]:
    """Yield where the results of a search lead, below the locale's folder."""
    folder = json.loads(stub.read_text("utf-8"))["leitfaden"]["folder"]
    for piece in sorted((stub.parent / folder).glob("c*.json")):
        for address, _, _, documents in json.loads(piece.read_text("utf-8")):
            for _, anchor, *_ in documents:
                yield f"{address}#{anchor}" if anchor else address


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@dataclass
class Visit:
    """A reader's visit: the page, and what a good site never makes it do.

    Args:
        page: The browser's tab.
        address: Where the site is served.
        complaints: Errors and warnings on the console, and failed requests.
        foreign: Requests to another host.
    """

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._request)
        self.page.on(
            "response",
            lambda response: (
                self.complaints.append(f"{response.status} {response.url}")
                if response.status >= 400
                else None
            ),
        )

    def open(self, path: str) -> Page:
        """Open a page of the site and wait until its scripts have run."""
        self.page.goto(f"{self.address}{path}", wait_until="load")
        return self.page

    def assert_clean(self) -> None:
        """Fail if the console said anything, or a request left the site, once all is quiet."""
        self.page.wait_for_load_state("networkidle")
        assert self.complaints == []
        assert self.foreign == []

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != urlsplit(self.address).netloc:
            self.foreign.append(request.url)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": 1440, "height": 900}) as context:
        yield context


@pytest.fixture
def visit(context: BrowserContext, address: str) -> Visit:
    return Visit(context.new_page(), address)


@pytest.fixture
def free_visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """A visit by a browser that a test can have style pages as no policy allows."""
    with chromium.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True) as context:
        yield Visit(context.new_page(), address)
