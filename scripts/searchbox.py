"""A site in a real browser, and the search box on it, used as readers use it."""

from __future__ import annotations

import gzip
import http.server
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

LONGEST = 60_000  # ms that a first result may take
INPUT = ".md-search__input"
_KINDS = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}
_PACKED = frozenset({".html", ".js", ".json", ".css", ".svg", ".txt", ".xml"})
# Pages may measure their workers' memory, and at once.
_FLAGS = ["--disable-gpu", "--no-first-run", "--enable-blink-features=ForceEagerMeasureMemory"]
_ISOLATED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}

# Tells when a query is answered and shown, from the messages between page and worker, the theme's
# (2: query, 3: result) as ours.
WATCH = """
(() => {
  const state = { asked: false, pending: false, typed: 0, shown: 0, moved: 0 }
  const Plain = window.Worker
  window.Worker = class extends Plain {
    constructor(...given) {
      super(...given)
      this.addEventListener("message", ({ data }) => {
        if (data.type === 3 || data.type === "result" || data.type === "failed")
          state.pending = false
      })
    }
    postMessage(data, ...others) {
      if (data.type === 2 || data.type === "query") state.asked = state.pending = true
      super.postMessage(data, ...others)
    }
  }
  const typed = () => { state.typed ||= performance.now() }
  addEventListener("input", typed, true)
  addEventListener("keyup", typed, true)
  new MutationObserver(() => {
    state.moved = performance.now()
    if (!state.typed || state.shown || state.pending) return
    if (!document.querySelector(".md-search-result__list > li")) return
    requestAnimationFrame(() => { state.shown ||= performance.now() })
  }).observe(document, { childList: true, subtree: true })
  window.lfWatch = {
    reset: () => Object.assign(state, { asked: false, pending: false, typed: 0, shown: 0 }),
    settled: () => state.asked && !state.pending && performance.now() - state.moved > 50,
    taken: () => state.shown && state.shown - state.typed,
  }
})()
"""
# Types as the browser would tell it, letting go of a key included, for which the theme waits.
ASK = """
async ([selector, text, empty, longest]) => {
  const input = document.querySelector(selector)
  const wait = time => new Promise(done => setTimeout(done, time))
  const type = value => {
    input.focus()
    input.value = value
    input.dispatchEvent(new InputEvent("input", { bubbles: true }))
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: "Shift" }))
  }
  if (empty) {
    type("")
    await wait(30)
  }
  lfWatch.reset()
  type(text)
  const end = performance.now() + longest
  while (!lfWatch.settled()) {
    if (performance.now() > end) throw new Error("no answer came")
    await wait(10)
  }
  const items = [...document.querySelectorAll(".md-search-result__list > li")].slice(0, 10)
  const links = items.flatMap(item =>
    [...item.querySelectorAll("a.md-search-result__link")].map(link => {
      const marked = link.querySelector("[lang]") ?? link.closest("[lang]")
      return [link.href, marked && item.contains(marked) ? marked.lang : ""]
    }))
  return [links, lfWatch.taken()]
}
"""


class Transfer(NamedTuple):
    """A file that was fetched, and how many bytes were sent for it."""

    path: str
    size: int


class Found(NamedTuple):
    """What the box shows for a query.

    Args:
        links: The addresses of the results in order, each with the language it is marked with.
        milliseconds: From the keystroke until the results were drawn; 0 if there are none.
    """

    links: list[tuple[str, str]]
    milliseconds: float


@dataclass
class Server:
    """A served folder.

    Args:
        address: Where it is served, without a slash at its end.
        transfers: What was fetched so far.
    """

    address: str
    transfers: list[Transfer] = field(default_factory=list)

    def since(self, start: int) -> list[Transfer]:
        """Return what was fetched since there were `start` transfers."""
        return self.transfers[start:]


class _Listening(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Say nothing of a browser that went away."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """Serve a folder as hosts do, compressed; yields the server."""
    server = Server("")
    packed: dict[Path, bytes] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            file = (folder / path.lstrip("/")).resolve()
            file = file / "index.html" if path.endswith("/") else file
            if not file.is_relative_to(folder.resolve()) or not file.is_file():
                self.send_error(404)
                return
            is_packed = file.suffix in _PACKED
            body = packed.get(file) or file.read_bytes()
            if is_packed and file not in packed:
                body = packed[file] = gzip.compress(body, 6)
            self.send_response(200)
            self.send_header("Content-Type", _KINDS.get(file.suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(body)))
            if is_packed:
                self.send_header("Content-Encoding", "gzip")
            for name, value in _ISOLATED.items():
                self.send_header(name, value)
            self.end_headers()
            server.transfers.append(Transfer(path, len(body)))
            self.wfile.write(body)

    with _Listening(("127.0.0.1", 0), Handler) as listening:
        server.address = f"http://127.0.0.1:{listening.server_address[1]}"
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield server
        listening.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a Chromium: `LEITFADEN_CHROMIUM` names it, else Playwright's own is taken."""
    executable = os.environ.get("LEITFADEN_CHROMIUM") or None
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*_FLAGS, *(["--no-sandbox"] if is_root else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        yield browser
        browser.close()


class Box:
    """The search box on a page, in a tab of its own."""

    def __init__(self, browser: Browser, address: str) -> None:
        """Open a page, and wait until it has fetched all that it wants.

        Args:
            browser: The browser; the tab shares nothing with others.
            address: The page.
        """
        self.context = browser.new_context(viewport={"width": 1440, "height": 900})
        self.page: Page = self.context.new_page()
        self.page.add_init_script(WATCH)
        self.page.goto(address, wait_until="networkidle", timeout=LONGEST)

    def __enter__(self) -> Box:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def ask(self, text: str) -> Found:
        """Type a query in place of the last one and return what the box then shows.

        Raises:
            playwright.sync_api.Error: No answer came.
        """
        return self._ask(text, empty=True)

    def ask_first(self, text: str) -> Found:
        """Click the box, type a query at once, and return what is then shown.

        Raises:
            playwright.sync_api.Error: No answer came.
        """
        self.page.click(INPUT)
        return self._ask(text, empty=False)

    def _ask(self, text: str, *, empty: bool) -> Found:
        links, milliseconds = self.page.evaluate(ASK, [INPUT, text, empty, LONGEST])
        return Found([(address, lang) for address, lang in links], milliseconds)

    def memory(self) -> tuple[int, int]:
        """Return the bytes that the page uses, and those that its workers use."""
        return memory_of(self.page)


def memory_of(page: Page) -> tuple[int, int]:
    """Return the bytes that a page uses, and those that its workers use."""
    parts = page.evaluate(
        """async () => (await performance.measureUserAgentSpecificMemory()).breakdown
          .filter(part => part.bytes)
          .map(part => [part.attribution[0]?.scope ?? "", part.bytes])"""
    )
    workers = sum(size for scope, size in parts if "Worker" in scope)
    return sum(size for _, size in parts) - workers, workers
