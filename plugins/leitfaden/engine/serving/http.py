"""The server: requests from browsers of this machine, or of whom the address lets in."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty
from typing import Any
from urllib.parse import parse_qs, unquote_to_bytes, urlsplit

from leitfaden.engine.serving.answers import (
    HTML,
    RESERVED,
    TEXT,
    Answer,
    redirected,
    type_of,
    with_script,
)
from leitfaden.engine.serving.desk import Desk

_SCRIPT = Path(__file__).with_name("live.js")
_AWAKE = 15.0  # seconds: so often is looked whether a tab is still there
_PATIENCE = 60  # seconds for a request to arrive
_HINT = b"This server does not answer to that name. Open the address that it has told.\n"


class Server(ThreadingHTTPServer):
    """Answers requests, each in a thread of its own.

    Args:
        host: The address that it listens on.
        port: The port; 0 for any that is free.
        desk: Knows the answers.
    """

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, host: str, port: int, desk: Desk) -> None:
        with suppress(ValueError):
            if ipaddress.ip_address(host).version == 6:
                self.address_family = socket.AF_INET6
        self.desk = desk
        self.host = host.lower()
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Take the address; without asking which name it has, which may take long."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.host, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that has gone away is no mistake."""

    def knows(self, host: str) -> bool:
        """Tell whether a request is meant for this server, by the name that it gives it.

        Any name could be made to lead here, by a page that wants to read what only we may see; an
        address cannot.

        Args:
            host: The request's `Host`.
        """
        name = urlsplit(f"//{host}").hostname if host else None
        if not name:
            return False
        if name in (self.host, "localhost", socket.gethostname().lower()):
            return True
        if name.endswith(".localhost"):
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "leitfaden"
    sys_version = ""
    timeout = _PATIENCE
    server: Server

    def do_GET(self) -> None:  # the name is given
        """Answer a request."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:  # the name is given
        """Answer a request without what it asks for."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of single requests."""

    def _answer(self, *, with_body: bool) -> None:
        try:
            known = self.server.knows(self.headers.get("Host", ""))
        except ValueError:
            known = False
        if not known:
            self._send(Answer(_HINT, TEXT, 403), with_body)
            return
        try:
            parts = urlsplit(f"http://here{self.path}" if self.path.startswith("/") else self.path)
            path = unquote_to_bytes(parts.path).decode("utf-8")
        except ValueError:
            self._send(Answer(b"Bad request\n", TEXT, 400), with_body)
            return
        if path.startswith(RESERVED):
            self._own(path.removeprefix(RESERVED), parts.query, with_body)
            return
        answer, uri = self.server.desk.answer(path)
        if answer.status == HTTPStatus.FOUND and parts.query:
            answer = redirected(f"{answer.headers[0][1]}?{parts.query}")
        if answer.is_page:
            answer = Answer(with_script(answer, uri), HTML, answer.status, answer.headers)
        self._send(answer, with_body)

    def _own(self, name: str, query: str, with_body: bool) -> None:
        """Answer what only the server has."""
        if name == "events" and with_body:
            asked = parse_qs(query)
            self._tell(asked.get("page", [""])[0], asked.get("seen", [""])[0])
        elif name == "live.js":
            self._send(Answer(_SCRIPT.read_bytes(), type_of(name)), with_body)
        elif name == "live.css":
            self._send(self._style(), with_body)
        else:
            self._send(Answer(b"Not found\n", TEXT, 404), with_body)

    def _style(self) -> Answer:
        try:
            return Answer(self.server.desk.style().encode(), type_of("live.css"))
        except Exception:  # the template may be what is wrong
            return Answer(b"", type_of("live.css"))

    def _tell(self, uri: str, seen: str) -> None:
        """Tell a tab of changes, until it or the server goes away."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        desk = self.server.desk
        with desk.tabs.listening(uri, seen) as tab, suppress(OSError):
            self._write(b"retry: 500\n\n")
            desk.greet(tab)
            while True:
                try:
                    event = tab.events.get(timeout=_AWAKE)
                except Empty:
                    self._write(b": still here\n\n")
                    continue
                if event is None:
                    return
                self._write(f"event: {event.name}\ndata: {event.data}\n\n".encode())

    def _write(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def _send(self, answer: Answer, with_body: bool) -> None:
        with suppress(OSError):
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Cache-Control", "no-cache")
            self.send_header("X-Content-Type-Options", "nosniff")
            for name, value in answer.headers:
                self.send_header(name, value)
            self.end_headers()
            if with_body:
                self.wfile.write(answer.body)
