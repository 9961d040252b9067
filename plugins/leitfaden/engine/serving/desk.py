"""Keeps the site as its files are, and answers what is asked of it."""

from __future__ import annotations

import gc
import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from logging import LogRecord
from pathlib import Path
from threading import Event as Flag
from typing import NamedTuple, Protocol
from urllib.parse import quote

from leitfaden.checking.lines import Texts
from leitfaden.checking.run import Report
from leitfaden.checking.wording import language_for
from leitfaden.contract import Contract
from leitfaden.engine.serving import findings, looks
from leitfaden.engine.serving.answers import TEXT, Answer, redirected, type_of
from leitfaden.engine.serving.editors import Editor
from leitfaden.engine.serving.findings import Checker, Found, News, Wanted
from leitfaden.engine.serving.looks import Looks
from leitfaden.engine.serving.panel import PanelWriter, Sides
from leitfaden.engine.serving.sources import Kind, Sources
from leitfaden.engine.serving.tabs import Tab, Tabs
from leitfaden.engine.serving.told import Ear, why_not, worth_telling
from leitfaden.engine.serving.watching import Watcher
from leitfaden.model import Diagnostic
from leitfaden.site.messages import FailOn, Messages

_INDEX = "index.html"
_IDLE = 0.4  # seconds without a change, after which there is time to tidy
_PATIENCE = 0.08  # seconds: some editors take a file away before they put it back
_LONG = 1.0  # seconds, from which on it is told how long something took
_LONGEST = 200  # letters of a path: a file system may refuse a longer name
_STYLED = (".css", ".js", ".json")  # what other files use that pages name


class Shown(Protocol):
    """A site that can be shown."""

    @property
    def looks(self) -> Looks:
        """The server's own pages, as the site's languages have them."""

    def page(self, uri: str) -> bytes | None:
        """Return the page at a path below the site; None if there is none."""

    def is_page(self, uri: str) -> bool:
        """Tell whether a page stands at a path below the site."""

    def copied(self, uri: str) -> Path | None:
        """Return the file that is copied to a path below the site; None if there is none."""

    def beside(self, uri: str) -> bytes | None:
        """Return what the site has at a path beside its pages; None if there is nothing."""

    def not_found(self) -> bytes | None:
        """Return the page that tells that there is none, if the site has one."""

    def locale_at(self, uri: str) -> str:
        """Return the locale of the readers of a path below the site."""

    def path_of(self, uri: str) -> str | None:
        """Return the file of the page that stands at a path, relative to the project."""

    def sides_at(self, uri: str) -> Sequence[Sides]:
        """Return the page at a path beside its source, or beside its translations."""

    def unserved(self, uri: str) -> str | None:
        """Return the locale of a path that is not served; None if it is."""

    def homes(self) -> Sequence[tuple[str, str]]:
        """Return the names of the languages that are served, and the paths of their homes."""

    def take(self, changes: Iterable[Change]) -> bool:
        """Take over changes of files; False if everything has to be made anew."""

    def close(self) -> None:
        """Let go of what is on disk."""


class Change(NamedTuple):
    """A file that has changed.

    Args:
        path: The file.
        kind: What it is to the site.
    """

    path: Path
    kind: Kind


@dataclass(frozen=True)
class Made:
    """A site that has been made, and what it was made of.

    Args:
        site: The site.
        sources: Its files.
        wanted: What is checked of it.
        fail_on: How much findings matter.
        level_of: What MkDocs' own settings say about that.
    """

    site: Shown
    sources: Sources
    wanted: Wanted
    fail_on: FailOn
    level_of: Callable[[Diagnostic], int | None]


class _State(NamedTuple):
    """What is answered: a site, or why there is none."""

    made: Made | None
    trouble: tuple[str, ...] = ()


@dataclass
class Desk:
    """Keeps the site as its files are.

    Args:
        make: Makes the site, in a folder of its own.
        sources: The files of which the site is made if it cannot be read what these are.
        folder: The server's own folder.
        mount: The path below which the site is served, with `/` at both ends.
        ear: Hears what MkDocs logs.
        say: Tells something in the terminal.
        editor: Opens places that are told.
    """

    make: Callable[[Path, Ear], Made]
    sources: Sources
    folder: Path
    mount: str
    ear: Ear
    say: Callable[[str], None]
    editor: Editor
    tabs: Tabs = field(default_factory=Tabs)

    def __post_init__(self) -> None:
        self._state = _State(None)
        self._ready = Flag()
        self._looks: Looks | None = None
        self._number = 0
        self._told: set[str] = set()
        self._news = News()
        self._found: Mapping[str, Found] = {}
        self._is_untidy = self._is_replaced = self._is_new = False
        self._is_wanted = False
        self._changed = 0
        self._failed: dict[str, tuple[int, Answer]] = {}
        self._others: dict[Path, None] = {}
        self.failure: BaseException | None = None
        self._checker = Checker(self._take_findings, self._tell_failure)

    # What is asked.

    def answer(self, path: str) -> tuple[Answer, str]:
        """Return the answer to a request, and the path below the site that it is about.

        Args:
            path: The path of the request, decoded.
        """
        if not path.startswith(self.mount):
            if path == "/" or f"{path}/" == self.mount:
                return redirected(quote(self.mount)), ""
            return Answer(b"Not found\n", TEXT, 404), ""
        uri = path.removeprefix(self.mount)
        if not uri or uri.endswith("/"):
            uri += _INDEX
        return self.at(uri), uri

    def at(self, uri: str) -> Answer:
        """Return what stands at a path below the site.

        Args:
            uri: The path; of a folder, the page in it.
        """
        self._ready.wait()
        if not _is_clean(uri):
            return Answer(b"Not found\n", TEXT, 404)
        made, trouble = self._state
        if trouble or made is None:
            return self._trouble(trouble, uri)
        now = self._changed
        known = self._failed.get(uri)
        if known is not None and known[0] == now:
            return known[1]  # what is told might be a bit different each time
        with self.ear.listening() as records:
            try:
                answer = self._found_at(uri, made.site)
            except (Exception, SystemExit) as error:  # a template can raise anything
                lines = why_not(records, error, self.sources.root)
                self._tell_once(lines)
                self._failed[uri] = now, self._trouble(lines, uri)
                return self._failed[uri][1]
        self._pass_on(records)
        return answer

    def _found_at(self, uri: str, site: Shown) -> Answer:
        body = site.page(uri)
        if body is not None:
            return Answer(body)
        file = site.copied(uri)
        if file is not None and file.is_file():
            return Answer(file.read_bytes(), type_of(uri))
        if site.is_page(f"{uri}/{_INDEX}"):
            return redirected(quote(f"{self.mount}{uri}/"))
        locale = site.unserved(uri)
        if locale is not None:
            homes = [(name, quote(f"{self.mount}{root}")) for name, root in site.homes()]
            if uri == _INDEX:
                return redirected(homes[0][1])
            return site.looks.not_served(locale, homes)
        body = site.beside(uri)
        if body is not None:
            return Answer(body, type_of(uri))
        if site.beside(f"{uri}/{_INDEX}") is not None:
            return redirected(quote(f"{self.mount}{uri}/"))
        body = site.not_found()
        if body is not None:
            return Answer(body, status=404)
        return Answer(b"Not found\n", TEXT, 404)

    def _trouble(self, lines: Sequence[str], uri: str) -> Answer:
        contract = self._looks.contract if self._looks else None
        return looks.trouble(self._looks, lines, _locale_at(uri, contract))

    def style(self) -> str:
        """Return how the server's own pages look."""
        self._ready.wait()
        return self._looks.style() if self._looks else ""

    def panel(self, uri: str) -> str:
        """Return the panel with what is to be done on a page."""
        made, trouble = self._state
        path = made.site.path_of(uri) if made and not trouble else None
        if made is None or path is None:
            return ""
        locale = made.site.locale_at(uri)
        language = language_for(locale)
        site = made.site
        found = findings.of_page(self._found.get(language, ()), path)
        writer = PanelWriter(site.looks.contract, language, self.editor.link)
        panel = writer.panel(found, site.sides_at(uri), locale)
        return site.looks.panel(panel, locale, language)

    # What changes.

    def open(self, watcher: Watcher) -> None:
        """Make the site for the first time; what is wrong with it is told.

        Args:
            watcher: Is to tell what changes from now on.
        """
        self._watch(watcher)
        self._make()
        self._watch(watcher)
        self._ready.set()

    def make_again(self, *_: object) -> None:
        """Make the site anew soon, as plugins may want it."""
        self._is_wanted = True

    def watch_also(self, path: Path) -> None:
        """Make the site anew whenever a file or a folder changes."""
        self._others[path] = None

    def watch_no_longer(self, path: Path) -> None:
        """Take a file or a folder for one like any other."""
        self._others.pop(path, None)

    def follow(self, watcher: Watcher) -> None:
        """Keep the site as its files are, until Ctrl-C.

        Args:
            watcher: Tells what has changed.
        """
        self._watch(watcher)
        while True:
            if self._is_wanted:
                self._is_wanted = False
                self._make()
                self._tell_tabs(())
            paths = watcher.changes(_IDLE)
            if not paths:
                self._tidy()
                continue
            gc.disable()  # it would take its time in the midst of an edit
            start = time.monotonic()
            if self._take(paths):
                self._watch(watcher)
            if (taken := time.monotonic() - start) > _LONG:
                self.say(f"taken over in {taken:.1f} s")

    def close(self) -> None:
        """Let go of everything."""
        self._checker.stop()
        self.tabs.close()
        if self._state.made:
            self._state.made.site.close()

    def _watch(self, watcher: Watcher) -> None:
        sources = self.sources.with_others(self._others)
        self.sources = sources
        for reason in watcher.follow(sources.folders, sources.files):
            self.say(f"cannot watch {reason}")
        for path in sources.stale():
            watcher.wake(path)  # it was written before anybody watched it

    def _take(self, paths: Iterable[Path]) -> bool:
        """Take over what has changed; tell whether the site has been made anew."""
        changes = tuple(self._changes(paths))
        kinds = {change.kind for change in changes}
        if not kinds:
            return False
        made, trouble = self._state
        anew = trouble or made is None or Kind.OTHER in kinds
        if not anew and made is not None and kinds != {Kind.CHECKED}:
            with self.ear.listening() as records:
                try:
                    anew = not made.site.take(changes)
                except (Exception, SystemExit) as error:
                    anew = True  # whose own trouble, if any, is told
                    self._tell_once(why_not((), error, self.sources.root))
            if not anew:
                self._pass_on(records)
        if anew:
            self._make()
        self._tell_tabs(changes)
        self._check()
        self._is_untidy = True
        return bool(anew)

    def _changes(self, paths: Iterable[Path]) -> Iterator[Change]:
        for path in sorted(paths):
            end = time.monotonic() + _PATIENCE
            while self.sources.is_page(path) and not path.exists() and time.monotonic() < end:
                time.sleep(0.005)
            kind = self.sources.take(path)
            if kind is not None:
                yield Change(path, kind)

    def _make(self) -> None:
        """Make the site anew; what is there goes on being shown until the new one is."""
        before = self._state.made
        self._number += 1
        folder = self.folder / str(self._number)
        with self.ear.listening() as records:
            try:
                made = self.make(folder, self.ear)
            except (Exception, SystemExit) as error:  # hooks and templates can raise anything
                shutil.rmtree(folder, ignore_errors=True)
                self.failure = error
                lines = why_not(records, error, self.sources.root)
                self._state = _State(before, lines)
                self._told.difference_update(lines)
                self._tell_once(lines)
                return
        self.failure = None
        self.sources = made.sources.behind(self.sources)
        self._looks = made.site.looks
        self._state = _State(made)
        self._told.clear()
        self._pass_on(records)
        if before is not None:
            before.site.close()
            self._is_replaced = self._is_untidy = True
        self._is_new = True
        self._check()

    def _tell_tabs(self, changes: Sequence[Change]) -> None:
        """Let those tabs load their page again that would show something else."""
        self._changed += 1
        self._failed.clear()
        made = self._state.made
        sources = {str(change.path): change for change in changes if change.kind is Kind.COPIED}
        first = next((self._uri_of(change.path) for change in changes), "")
        for uri, tabs in self.tabs.by_page(first).items():
            answer = self.at(uri)
            uses = bool(sources) and made is not None and _uses(answer, sources)
            for tab in tabs:
                if uses or tab.seen != answer.digest:
                    tab.seen = answer.digest
                    tab.tell("reload")

    def _uri_of(self, path: Path) -> str:
        """Return the page of an open tab that a file holds, so that it comes first."""
        made = self._state.made
        if made is None:
            return ""
        shown = self.sources.name_of(path)
        return next((uri for uri in self.tabs.by_page() if made.site.path_of(uri) == shown), "")

    def greet(self, tab: Tab) -> None:
        """Tell a tab that begins to listen what it has missed."""
        answer = self.at(tab.uri)
        if answer.digest != tab.seen:
            tab.seen = answer.digest
            tab.tell("reload")
            return
        self._tell_panel(tab)

    # What is found.

    def _check(self) -> None:
        if self._state.made is not None:
            self._checker.check(self._state.made.wanted)

    def _take_findings(self, told: Mapping[str, Found]) -> None:
        """Tell what is new of what checks have found."""
        made = self._state.made
        if made is None:
            return
        is_first = not self._news.has_told
        self._found, found = told, next(iter(told.values()))
        new, gone = self._news.take(found)
        report = Report(tuple(new), 0, Texts(lambda _: ""))
        Messages().tell_report(report, made.fail_on, made.level_of)
        if new or gone or is_first:
            self.say(_summary(len(new), gone, len(found)))
        for tabs in self.tabs.by_page().values():
            for tab in tabs:
                self._tell_panel(tab)

    def _tell_panel(self, tab: Tab) -> None:
        try:
            panel = self.panel(tab.uri)
        except Exception as error:  # a template can raise anything
            self._tell_once(why_not((), error, self.sources.root))
            return
        if panel != tab.panel:
            tab.panel = panel
            tab.tell("findings", json.dumps(panel))

    def _tell_failure(self, why: str) -> None:
        self._tell_once((f"The checks could not be made: {why}",))

    # What is told.

    def _tell_once(self, lines: Iterable[str]) -> None:
        for line in lines:
            if line not in self._told:
                self._told.add(line)
                self.say(line)

    def _pass_on(self, records: Iterable[LogRecord]) -> None:
        """Hand on what was logged, each thing once."""
        for record in worth_telling(records):
            text = record.getMessage()
            if text not in self._told:
                self._told.add(text)
                self.ear.hand_on((record,))

    def _tidy(self) -> None:
        """Do what takes a moment, when nobody waits."""
        if self._is_replaced:
            self._is_replaced = False
            gc.unfreeze()  # the site before
        if self._is_untidy:
            self._is_untidy = False
            gc.collect()
        if self._is_new:
            self._is_new = False
            gc.freeze()  # looking at all pages again after each edit would take long
        gc.enable()


def _summary(new: int, gone: int, left: int) -> str:
    parts = [f"{new} new"] if new else []
    parts += [f"{gone} gone"] if gone else []
    return f"findings: {', '.join((*parts, f'{left} in all'))}"


def _is_clean(uri: str) -> bool:
    """Tell whether a path could be one of a site: it names no folder above, and no drive."""
    if "\0" in uri or "\\" in uri or uri.startswith("/") or len(uri) > _LONGEST:
        return False
    parts = uri.removesuffix("/").split("/")
    return uri == "" or all(part not in ("", ".", "..") and ":" not in part for part in parts)


def _locale_at(uri: str, contract: Contract | None) -> str:
    if contract is None:
        return ""
    folder = uri.partition("/")[0]
    return folder if folder in contract.locales else contract.source


def _uses(answer: Answer, sources: Iterable[str]) -> bool:
    """Tell whether a page may use one of some files: scripts and styles use others unseen."""
    for source in sources:
        name = Path(source).name
        if name.endswith(_STYLED) or quote(name).encode() in answer.body:
            return True
    return False
