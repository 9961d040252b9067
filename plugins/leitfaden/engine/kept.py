"""Pages of the last build that can stay as they are.

Nothing of a site is kept but a hash for each page, and beside it what the page was made of: a hash
as well. If a page would be made of the same, and its file in the last site is as it was left, then
that file is the page. What a page is made of, besides its own text:

- the ground: programs, configuration, contract, templates, the site's texts, and all files that are
  no pages, such as images;
- the faces of all pages that readers of its locale get, and which pages there are in others;
- of a page that shows texts of others (`faces.SHOWS_TEXTS`), these texts;
- days, and how translations stand, as far as the page tells them.

Pages that MkDocs renders are always made, and so is a page of which a template has shown the
content of another one.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from mkdocs.structure.files import File

from leitfaden.checking.baseline import DEFAULT_NAME
from leitfaden.engine import carried
from leitfaden.engine.carried import Made
from leitfaden.engine.faces import SHOWS_TEXTS, Faces, digest_of
from leitfaden.engine.locale import LocaleSite
from leitfaden.engine.manifest import (
    Inputs,
    Known,
    Unclear,
    ground_of,
    history_of,
    tidy,
    write,
)
from leitfaden.engine.records import Records
from leitfaden.model import Diagnostic, Page, Place, Position, Severity
from leitfaden.model.diagnostic import Confidence
from leitfaden.site import sources
from leitfaden.site.anchors import AnchorUse
from leitfaden.site.build import Build
from leitfaden.site.parity import lock_of
from leitfaden.site.plugin import build_of
from leitfaden.site.waiting import WaitingPage

Entry: TypeAlias = list[Any]
"""What is known of a page: what it was made of, its hash, what was told, anchors, own anchors."""

_PREFIX = "pages-"
_KEPT = 8
_VERSION = 1


class Kept:
    """What is kept of the pages of a site.

    Args:
        known: Where it is kept.
        inputs: What the site is made of.
        site: The folder of the last site.
    """

    def __init__(self, known: Known, inputs: Inputs, site: str) -> None:
        self.known = known
        self._inputs = inputs
        self._site = Path(site)
        self._name = f"{_PREFIX}{known.name}"
        self._before: Mapping[str, Mapping[str, Entry]] = {}
        self._now: dict[str, dict[str, Entry]] = {}
        self._grounds: _Grounds | None = None

    def _read(self) -> Mapping[str, Mapping[str, Entry]]:
        try:
            sealed = (self.known.folder / self._name).read_bytes()
            data = self.known.seal.opened(sealed, self._name)
            found: dict[str, Any] = json.loads(data) if data is not None else {}
        except (OSError, ValueError):
            return {}
        return found["locales"] if found.get("version") == _VERSION else {}

    def begin(self, build: Build) -> None:
        """Look at what all pages may depend on, before the locales part.

        Args:
            build: The build, which has read all pages.
        """
        baseline = str(build.root / DEFAULT_NAME)
        files = tuple(file for file in self._inputs.files if file != baseline)
        locks = {lock_of(locale).rpartition("/")[2] for locale in build.contract.locale_keys}
        with suppress(OSError, Unclear):
            ground = ground_of(replace(self._inputs, files=files), (".md", *sorted(locks)))
            self._grounds = _Grounds(build, digest_of(ground, _inventory(build)))
        self._before = self._read()  # once, before there are several processes

    def of(self, site: LocaleSite) -> LocalePages | None:
        """Return what is kept of a locale, if that can be known; `begin` has been called before."""
        if self._grounds is None:
            return None
        before = self._before.get(site.locale, {})
        return LocalePages(site, before, self._site, self._grounds, self._inputs.history)

    def note(self, locale: str, entries: Mapping[str, Entry]) -> None:
        """Note the pages of a locale, as they have been made."""
        self._now[locale] = dict(entries)

    def keep(self) -> None:
        """Keep what has been noted; what cannot be written is not kept."""
        data = json.dumps({"version": _VERSION, "locales": self._now}).encode()
        folder = self.known.folder
        with suppress(OSError):
            write(folder / self._name, self.known.seal.sealed(data, self._name))
            tidy(folder, _PREFIX, _KEPT)


def _inventory(build: Build) -> Any:
    """Return what there is: all pages, with what their faces need not be known for, and tasks."""
    playbook = build.playbook
    pages = [
        [
            [one.locale, one.id, one.path, one.kind, one.view, one.subject],
            [one.is_readable, sources.is_ours(one)],
            one.phases if one.is_about_phase else (),
        ]
        for one in playbook
    ]
    fragments = [[locale, sorted(found)] for locale, found in sorted(playbook.fragments.items())]
    tasks = [
        [[one.id, one.name, one.locale] for one in playbook.records(locale).values()]
        for locale in playbook.locales
    ]
    versions = [one.digest for one in playbook.records(playbook.source).values()]
    return [playbook.locales, pages, fragments, tasks, versions, sorted(build.generated)]


class _Grounds:
    """What pages are made of besides their own texts.

    Args:
        build: The build.
        ground: What stands for all that any page may depend on.
    """

    def __init__(self, build: Build, ground: str) -> None:
        self._build = build
        self._ground = ground
        self._faces = Faces(build.contract, build.playbook)
        self._texts: dict[int, str] = {}
        self._told_faces: dict[int, str] = {}

    def of_locale(self, locale: str) -> str:
        """Return what stands for all that pages of a locale may show of others."""
        return digest_of(self._ground, locale, list(self._shown(locale)))

    def _shown(self, locale: str) -> Iterator[str]:
        playbook = self._build.playbook
        for page in playbook.shown_pages(locale):
            # What MkDocs makes of a text, its title above all, only MkDocs knows.
            yield self._face(page) if sources.is_ours(page) else self.text(page)
            yield from map(self._face, self._included(page))
        for where in dict.fromkeys((playbook.source, locale)):
            yield from map(self._face, playbook.fragments.get(where, {}).values())

    def _face(self, page: Page) -> str:
        """Return what stands for what others may show of a page: of one that is made, all of it."""
        if id(page) not in self._told_faces:
            is_made = f"{page.locale}/{page.id}.md" in self._build.generated
            self._told_faces[id(page)] = self.text(page) if is_made else self._faces.of(page)
        return self._told_faces[id(page)]

    def text(self, page: Page) -> str:
        """Return what stands for the text of a page."""
        if id(page) not in self._texts:
            text = page.text.encode("utf-8", "surrogatepass")
            self._texts[id(page)] = blake2b(text, digest_size=16).hexdigest()
        return self._texts[id(page)]

    def own(self, page: Page) -> str:
        """Return what stands for a page with all that it includes, and for what is told of it."""
        source, records = self._build.playbook.source_of(page), self._records(page)
        # What its original says shows in marks, if something is recorded of the translation.
        texts = [*self._parts(page), *(self._parts(source) if source and records else ())]
        return digest_of(texts, records, self.told_of(page))

    def _parts(self, page: Page) -> Iterator[Any]:
        yield [page.locale, page.id, self.text(page)]
        for part in self._included(page):
            yield [part.locale, part.id, self.text(part), self._face(part)]

    def _included(self, page: Page) -> Iterable[Page]:
        """Return the files that a page includes, of whatever locale."""
        return islice(self._build.playbook.parts(page), 1, None) if page.includes else ()

    def _records(self, page: Page) -> list[str]:
        survey = self._build.survey
        lock = survey.standings.lock(page.id, page.locale) if survey and not page.view else None
        return sorted(map(repr, lock.records)) if lock else []

    def told_of(self, page: Page) -> Any:
        """Return what a page may be trusted by, as it is told on it and on pages of its tasks."""
        knowledge, source = self._build.knowledge, self._build.playbook.source_of(page)
        days = [
            [
                one.update_summary.newest if one.update_summary else None,
                knowledge.changed_on(one),
            ]
            for one in (page, source)
            if one
        ]
        return [repr(days), repr(knowledge.parity(page))]


class LocalePages:
    """What is kept of the pages of a locale.

    Args:
        site: The locale, whose pages are introduced.
        before: What is known of its pages, by the names of their files.
        folder: The folder of the last site.
        grounds: What pages are made of besides.
        history: The folder whose history git is asked for.
    """

    def __init__(
        self,
        site: LocaleSite,
        before: Mapping[str, Entry],
        folder: Path,
        grounds: _Grounds,
        history: str,
    ) -> None:
        self._site = site
        self._build = build_of(site.config)
        self._before = before
        self._folder = folder
        self._grounds = grounds
        self._history = history
        self._ground = grounds.of_locale(site.locale)

    def reused(self, numbers: Iterable[int], wanted: Collection[File]) -> dict[int, Made]:
        """Take over pages of the last site that would become the same, and return what was told.

        Args:
            numbers: The numbers of the pages.
            wanted: The files of pages of which others want to know the anchors.
        """
        if self._site.has_two_pages_at_once:
            return {}
        found = ((at, self._reused(at, wanted)) for at in numbers)
        return {at: made for at, made in found if made is not None}

    def _reused(self, at: int, wanted: Collection[File]) -> Made | None:
        file = self._site.docs[at]
        entry = self._before.get(file.dest_uri)
        if entry is None or entry[0] != self._key(at):
            return None
        try:
            html = (self._folder / file.dest_uri).read_bytes()
        except OSError:
            return None
        if carried.digest_of(html) != entry[1]:
            return None
        _, _, told, told_later, uses, present = entry
        made = Made(at=at, digest=entry[1], is_alone=True)
        made.records, made.told_later = self._told(told), self._told(told_later)
        for place, written, uri, anchor in uses:
            target = self._site.files.src_uris.get(uri)
            if target is None:
                return None
            made.anchors.append(AnchorUse(_place(place), written, target, anchor))
        made.present = set(present) if file in wanted else None
        path = Path(file.abs_dest_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(html)
        return made

    def entries(self, pages: Iterable[Made]) -> dict[str, Entry]:
        """Return what is to be kept of pages that have been made."""
        found = ((self._site.docs[made.at].dest_uri, self._entry(made)) for made in pages)
        return {uri: entry for uri, entry in found if entry is not None}

    def _entry(self, made: Made) -> Entry | None:
        key = self._key(made.at) if made.is_alone and made.digest and not made.changed else None
        if key is None:
            return None
        told = [_plain_records(records) for records in (made.records, made.told_later)]
        uses = [self._plain_use(use) for use in made.anchors]
        if None in told or None in uses:
            return None
        return [key, made.digest, *told, uses, sorted(made.present or ())]

    def _plain_use(self, use: AnchorUse) -> Any:
        known = self._site.files.src_uris.get(use.target.src_uri)
        return [use.place, use.written, known.src_uri, use.anchor] if known is use.target else None

    def _told(self, records: Sequence[Any]) -> Records:
        return [_record(one) for one in records]

    def _key(self, at: int) -> str | None:
        """Return what stands for all that a page is made of; None if that is not known."""
        if at not in self._keys:
            self._keys[at] = self._key_of(at)
        return self._keys[at]

    @cached_property
    def _keys(self) -> dict[int, str | None]:
        return {}

    def _key_of(self, at: int) -> str | None:
        file, shown = self._site.docs[at], self._site.page(at)
        page = self._build.page_of(file)
        if page is None or not isinstance(shown, WaitingPage):
            return None
        level = logging.getLogger("mkdocs").level
        parts = [self._ground, file.src_uri, file.dest_uri, level, self._grounds.own(page)]
        kind = self._build.contract.kinds.get(page.kind)
        view = page.view or (kind and kind.view) or ""
        return digest_of(*parts, self._shown_by(view, page))

    def _shown_by(self, view: str, page: Page) -> Any:
        """Return what a view shows of other pages besides their faces."""
        if view == "status":
            return self._all_texts
        if view in SHOWS_TEXTS:
            return self._texts
        if view != "task":
            return None
        playbook, locale = self._build.playbook, self._site.locale
        record = playbook.records(locale).get(page.subject)
        ids = dict.fromkeys(one.page.id for one in record.occurrences) if record else ()
        shown = (playbook.shown(page_id, locale) for page_id in ids)
        return [self._grounds.told_of(one) for one in shown if one]

    @cached_property
    def _texts(self) -> list[str]:
        """What stands for the texts of all pages that readers of the locale get."""
        return list(self._own(self._site.locale))

    @cached_property
    def _all_texts(self) -> list[Any]:
        """What stands for the texts of all pages, and for how their translations stood earlier."""
        locales = self._build.playbook.locales
        return [history_of(self._history), [list(self._own(locale)) for locale in locales]]

    def _own(self, locale: str) -> Iterator[str]:
        for page in self._build.playbook.shown_pages(locale):
            if not page.view:
                yield self._grounds.own(page)


def _plain_records(records: Records) -> list[Any] | None:
    """Return what was told as JSON can hold it; None if it cannot."""
    found = [_plain_record(record) for record in records]
    return None if None in found else found


def _plain_record(record: logging.LogRecord) -> Any:
    if record.exc_text or record.stack_info:
        return None
    if not record.args:
        return [record.name, record.levelno, str(record.msg), None]
    one = record.args[0] if isinstance(record.args, tuple) and len(record.args) == 1 else None
    if not isinstance(one, Diagnostic) or one.related or one.fix or one.more:
        return None
    return [record.name, record.levelno, str(record.msg), one[:7]]


def _record(plain: Sequence[Any]) -> logging.LogRecord:
    name, level, text, told = plain
    args = (_diagnostic(told),) if told else None
    return logging.LogRecord(name, level, "", 0, text, args, None)


def _diagnostic(told: Sequence[Any]) -> Diagnostic:
    code, severity, place, message, help, name, confidence = told
    return Diagnostic(
        code, Severity(severity), _place(place), message, help, name, Confidence(confidence)
    )


def _place(plain: Sequence[Any]) -> Place:
    path, start, end = plain
    return Place(path, start and Position(*start), end and Position(*end))
