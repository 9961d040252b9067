"""Pages opened in Chromium by somebody who touches everything, and all that happens then."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, TimeoutError

from tests.hostile.case import Case

# What Chromium asks by itself, whatever the page.
_BROWSERS_OWN = ("content-autofill.googleapis.com:443", "update.googleapis.com:443")
# In each frame, whatever wants to tell something tells it to us, and nothing waits for an answer.
_LISTENING = """
window.print = () => {}
for (const name of ["alert", "confirm", "prompt"])
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
  navigation.addEventListener("navigate", event => {
    if (event.cancelable) event.preventDefault()
  })
  addEventListener("click", event => {
    const link = event.target.closest?.("a[target], area[target]")
    if (link && /^(https?|mailto|tel|ftp):$/.test(link.protocol)) event.preventDefault()
  }, true)
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
  const acting = new Set([
    "script", "iframe", "object", "embed", "base", "meta", "link", "style", "form", "frame",
    "frameset", "math", "applet", "portal",
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
      if (wanted.strict && where && acting.has(tag))
        wrong.push(`${where}<${tag}>`)
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

    def open(self, path: str, case: Case | None = None) -> list[str]:
        """Open a page, touch all that it holds, and return what is wrong then.

        Args:
            path: Its address, below the site's.
            case: The case whose own page it is; None for a page that the site has made.
        """
        wanted = {
            "strict": case is not None,
            "lacks": case.lacks if case else [],
            "keeps": case.keeps if case else [],
        }
        self.told.clear()
        self.asked.clear()
        self.page.goto(f"{self.address}/{path}", wait_until="load", timeout=60_000)
        before = urlsplit(self.page.url).path
        wrong = self._looked(wanted)
        self.page.evaluate(_TOUCHED)
        self.page.evaluate("new Promise(done => setTimeout(done, 10))")
        wrong += [one for one in self._looked({**wanted, "keeps": []}) if one not in wrong]
        if not self.page.url.startswith(self.address) or urlsplit(self.page.url).path != before:
            wrong.append(f"led to {self.page.url}")
        return [*wrong, *(f"ran: {text}" for text in self.told), *self.asked]

    def search(self, wanted: Mapping[str, str]) -> list[str]:
        """Search for words, and return what is wrong with what is shown.

        Args:
            wanted: Words, each with the address of a page that they find.
        """
        self.told.clear()
        self.asked.clear()
        self.page.goto(self.address, wait_until="load")
        wrong = []
        self.page.keyboard.press("/")
        for words, address in wanted.items():
            self.page.locator(".md-search__input").fill(words)
            try:
                self.page.locator(f".md-search-result__list a[href*='{address}']").first.wait_for()
            except TimeoutError:
                wrong.append(f"not found: {words}")
        found = self.page.locator(".md-search-result__list")
        wrong += found.evaluate(
            "list => [...list.querySelectorAll('script, img, svg')].map(String)"
        )
        return [*wrong, *(f"ran: {text}" for text in self.told), *self.asked]

    def use_frame(self, path: str) -> list[str]:
        """Search, change the colours and open the drawer on a page; return what does not work.

        Args:
            path: Its address, below the site's.
        """
        page, wrong = self.page, []
        page.goto(f"{self.address}/{path}", wait_until="load")
        page.keyboard.press("/")
        page.locator(".md-search__input").fill("home")
        if not _comes(page.locator(".md-search-result__list a").first):
            wrong.append("the search finds nothing")
        page.keyboard.press("Escape")
        scheme = "document.body.getAttribute('data-md-color-scheme')"
        seen = {page.evaluate(scheme)}
        for _ in range(2):
            page.locator("[data-md-component=palette] label:visible").click()
            seen.add(page.evaluate(scheme))
        if len(seen) < 2:
            wrong.append("the colours stay")
        page.set_viewport_size({"width": 400, "height": 700})
        page.locator("label[for=__drawer].md-header__button").click()
        if not _comes(page.locator(".md-sidebar--primary .md-nav__title").first):
            wrong.append("the drawer stays closed")
        page.set_viewport_size({"width": 1280, "height": 720})
        return [*wrong, *(f"ran: {text}" for text in self.told)]

    def dismiss(self, dialog: Dialog) -> None:
        """Note a dialog, which only code of a page can have opened, and close it."""
        self.told.append(dialog.message)
        dialog.dismiss()

    def _looked(self, wanted: dict[str, Any]) -> list[str]:
        wrong: list[str] = self.page.evaluate(_LOOKED, wanted)
        return wrong


def _comes(locator: Locator) -> bool:
    """Tell whether something can be seen after a while."""
    try:
        locator.wait_for()
    except TimeoutError:
        return False
    return True


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
            context.set_default_timeout(5_000)
            one = Reader(context.new_page(), address, asked)
            context.expose_binding("leitfadenTold", lambda _, text: one.told.append(text))
            context.add_init_script(_LISTENING)
            one.page.on("dialog", one.dismiss)
            yield one
