"""Pages opened in Chromium by somebody who touches everything, and all that happens then."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

# What Chromium asks by itself, whatever the page.
_BROWSERS_OWN = ("content-autofill.googleapis.com:443", "update.googleapis.com:443")
# In each frame, whatever wants to tell something tells it to us, and nothing waits for an answer.
_LISTENING = """
for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = text => { window.leitfadenTold(String(text)) }
"""
# All that a reader could do to what a page holds, but without leaving the page.
_TOUCHED = """
() => {
  const events = [
    "click", "dblclick", "auxclick", "contextmenu", "mousedown", "mouseup", "mouseover",
    "mouseenter", "mousemove", "mouseout", "pointerover", "pointerenter", "pointerdown", "focus",
    "focusin", "blur", "toggle", "beforetoggle", "animationstart", "animationend",
    "animationiteration", "transitionend", "wheel", "scroll", "keydown", "keyup", "input",
    "change", "submit", "reset", "drag", "dragstart", "drop", "copy", "paste", "load", "error",
    "begin", "end", "repeat", "start", "finish", "bounce", "canplay", "play", "hashchange",
  ]
  const stay = event => {
    const link = event.target.closest?.("a, area")
    if (event.type === "submit" || (link && /^(https?|mailto|tel|ftp):$/.test(link.protocol)))
      event.preventDefault()
  }
  addEventListener("click", stay, true)
  addEventListener("auxclick", stay, true)
  addEventListener("submit", stay, true)
  const all = [...document.querySelectorAll("article, article *, .md-nav a, footer a, .lf-skip")]
  for (const element of all.slice(0, 600))
    for (const name of events)
      element.dispatchEvent(new Event(name, {bubbles: false, cancelable: true}))
  for (const element of all.slice(0, 600)) {
    element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}))
    element.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}))
    element.focus?.()
  }
}
"""
# What stands on the page after all that. `data-md-…` of the theme's own hold no address.
_LOOKED = """
wanted => {
  const addresses = new Set([
    "href", "src", "srcset", "action", "formaction", "data", "poster", "background", "cite",
    "ping", "longdesc", "xlink:href", "from", "to", "values", "srcdoc", "manifest", "codebase",
  ])
  const wrong = []
  const look = root => {
    for (const element of root.querySelectorAll("*")) {
      const where = element.closest("article") ? "article " : ""
      const tag = element.localName
      for (const {name, value} of element.attributes) {
        const at = `${where}<${tag} ${name}=${JSON.stringify(value.slice(0, 80))}>`
        if (/^on/i.test(name)) wrong.push(at)
        const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value.replace(/[\\x00-\\x20]/g, ""))
        if (addresses.has(name.toLowerCase()) && scheme)
          if (!/^(https?|mailto|tel|ftp)$/i.test(scheme[1])) wrong.push(at)
        if (where && name === "style" && !value.startsWith("--lf-")) wrong.push(at)
        if (where && name === "srcdoc") wrong.push(at)
      }
      if (where && /^(script|iframe|object|embed|base|meta|link|style|form|frame|frameset|math|applet|portal)$/.test(tag))
        if (!(tag === "script" && element.type === "application/json" && element.dataset.lfTexts !== undefined))
          if (!(tag === "form" && element.dataset.lfFilters !== undefined)) wrong.push(`${where}<${tag}>`)
      if (tag === "template") look(element.content)
      if (tag === "base") wrong.push("<base>")
      if (tag === "meta" && /^refresh$/i.test(element.httpEquiv)) wrong.push("<meta refresh>")
    }
  }
  look(document)
  const article = document.querySelector("article")
  for (const selector of wanted.lacks)
    if (document.querySelector(`article ${selector}`)) wrong.push(`there is ${selector}`)
  if (wanted.keeps.length) {
    const text = (article?.innerText ?? "").replace(/\\s+/g, " ")
    for (const piece of wanted.keeps)
      if (!text.includes(piece)) wrong.push(`not to be seen: ${piece}`)
  }
  return wrong
}
"""


@contextmanager
def trap() -> Iterator[tuple[str, list[str]]]:
    """Stand for all other hosts: yields an address of a proxy, and what it has been asked for."""
    asked: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = self.rfile.readline(2000).decode("latin-1").strip()
            if not any(f" {own}" in line for own in _BROWSERS_OWN):
                asked.append(line)
            self.wfile.write(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


@dataclass
class Reader:
    """Somebody who opens hostile pages.

    Args:
        page: The browser's tab.
        address: Where the site is served.
        asked: What other hosts have been asked for.
        told: What code of a page has told.
    """

    page: Page
    address: str
    asked: list[str]
    told: list[str] = field(default_factory=list)

    def open(self, path: str, lacks: list[str], keeps: list[str]) -> list[str]:
        """Open a page, touch all that it holds, and return what is wrong then.

        Args:
            path: Its address, below the site's.
            lacks: Selectors that nothing matches.
            keeps: Texts that have to be there.
        """
        self.told.clear()
        self.asked.clear()
        self.page.goto(f"{self.address}/{path}", wait_until="load")
        before = urlsplit(self.page.url).path
        wrong = self._looked(lacks, keeps)
        self.page.evaluate(_TOUCHED)
        self.page.evaluate("new Promise(done => setTimeout(done, 10))")
        wrong += [one for one in self._looked(lacks, []) if one not in wrong]
        if not self.page.url.startswith(self.address) or urlsplit(self.page.url).path != before:
            wrong.append(f"led to {self.page.url}")
        return [*wrong, *(f"ran: {text}" for text in self.told), *self.asked]

    def _looked(self, lacks: list[str], keeps: list[str]) -> list[str]:
        wrong: list[str] = self.page.evaluate(_LOOKED, {"lacks": lacks, "keeps": keeps})
        return wrong


@contextmanager
def reader(browser: Browser, address: str, **options: Any) -> Iterator[Reader]:
    """Open a tab in which nothing leaves this machine.

    Args:
        browser: The browser.
        address: Where the site is served.
        options: Of the tab.
    """
    with trap() as (proxy, asked):
        through: Any = {"server": proxy, "bypass": "127.0.0.1"}
        context: BrowserContext = browser.new_context(proxy=through, **options)
        with context:
            one = Reader(context.new_page(), address, asked)
            context.expose_binding("leitfadenTold", lambda _, text: one.told.append(text))
            context.add_init_script(_LISTENING)
            one.page.on("dialog", lambda dialog: (one.told.append(dialog.message), dialog.dismiss()))
            yield one
