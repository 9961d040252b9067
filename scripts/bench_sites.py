"""Sites of any size out of the project's own pages or the corpus, with Leitfaden and without it.

Pages are copied under names of their own; their titles, links and task IDs are the copy's. The home
page, the glossary, the pages of phases and the guides stay what they are: a playbook has one of
each. The pages that explain rules are left out, as they belong to this project alone. What the site
makes of the pages it makes here as well: the pages of tasks and terms, lists, search and feeds; the
same project without Leitfaden has none of it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from leitfaden.contract import Contract, parse_contract

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
CORPUS_FOLDERS = {"en": "english-playbook", "de": "german-playbook"}
FURTHER = ("fr", "es", "it", "nl", "pl", "pt", "sv", "da", "fi", "cs")
ONCE = ("index", "glossary", "guide-for-writers", "bringing-over-an-older-playbook")
STATED = 3  # pages that state the same task
FIRST_TASK = 20_000  # above all that our own pages have
GROUP = 25  # entries below one heading of the navigation

_LINK = re.compile(r"(?<=\]\()([\w/.-]+?)((?:-de)?\.md)")
_METADATA_END = "\n---\n"
_TITLE = re.compile(r"^title: .+", re.MULTILINE)
_HEADING = re.compile(r"^# .+", re.MULTILINE)
_ROW = re.compile(r"^\| *(\d{3,5}) *\|", re.MULTILINE)


class Original(NamedTuple):
    """A page of the project.

    Args:
        page_id: Its id.
        texts: Its text in each locale, by the name of the file below the locale's folder.
    """

    page_id: str
    texts: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class ManyPages:
    """A site of copies of the project's pages.

    Args:
        pages: How many pages each locale has.
        locales: How many locales; further ones than the project's have its English texts.
        root: The project.
    """

    pages: int
    locales: int
    root: Path = ROOT

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The locales."""
        return (*self._own.locale_keys, *FURTHER)[: self.locales]

    @cached_property
    def page_ids(self) -> tuple[str, ...]:
        """The ids of all pages, in order."""
        return tuple(page_id for page_id, _, _ in self._copies)

    def write(self, folder: Path) -> None:
        """Write the project with Leitfaden.

        Args:
            folder: Where to; it is made.
        """
        self._write_pages(folder / "docs")
        self._write_others(folder / "docs")
        shutil.copytree(self.root / "overrides", folder / "overrides")
        self._write_catalogues(folder / "overrides" / "locales")
        shutil.copy(self.root / "mkdocs.yml", folder)
        _write_yaml(folder / "playbook.yml", self._contract())

    def write_plain(self, folder: Path, extensions: Sequence[str]) -> None:
        """Write the project of the same pages for MkDocs, Material and static-i18n alone.

        Args:
            folder: Where to; it is made.
            extensions: Of Markdown.
        """
        self._write_pages(folder / "docs")
        self._write_others(folder / "docs")
        features = yaml.load((self.root / "mkdocs.yml").read_text("utf-8"), _Lenient)["theme"]
        source = self._own.source
        languages = [{"locale": key, "name": key, "default": key == source} for key in self.keys]
        configuration = {
            "site_name": "Plain",
            "theme": {"name": "material", "font": False, "features": features["features"]},
            "plugins": [
                "search",
                {"i18n": {"docs_structure": "folder", "languages": languages}},
            ],
            "markdown_extensions": list(extensions),
            "nav": self._plain_navigation(),
        }
        _write_yaml(folder / "mkdocs.yml", configuration)

    @cached_property
    def _own(self) -> Contract:
        return parse_contract((self.root / "playbook.yml").read_text("utf-8"), "playbook.yml")

    @cached_property
    def _originals(self) -> list[Original]:
        found: dict[str, dict[str, tuple[str, str]]] = {}
        for locale in self._own.locale_keys:
            folder = self.root / "docs" / locale
            for file in sorted(folder.rglob("*.md")):
                name = file.relative_to(folder).as_posix()
                page_id = self._own.page_id(name, locale)
                found.setdefault(page_id, {})[locale] = (name, file.read_text("utf-8"))
        return [Original(page_id, texts) for page_id, texts in found.items()]

    @cached_property
    def _copies(self) -> list[tuple[str, Original, int]]:
        """Each page's id, the page that it is a copy of, and the number of the copy."""
        once = [one for one in self._originals if _is_once(one.page_id)]
        others = [one for one in self._originals if not _is_once(one.page_id)]
        first = [(one.page_id, one, 0) for one in (*once, *others)]
        further = ((f"{one.page_id}-{copy}", one, copy) for copy in count(1) for one in others)
        missing = max(self.pages - len(first), 0)
        return [*first, *islice(further, missing)][: self.pages]

    @cached_property
    def _tasks(self) -> list[str]:
        texts = (text for one in self._originals for _, text in one.texts.values())
        return list(dict.fromkeys(task for text in texts for task in _ROW.findall(text)))

    def _write_pages(self, docs: Path) -> None:
        for locale in self.keys:
            for page_id, original, copy in self._copies:
                source = locale if locale in original.texts else self._own.source
                if source not in original.texts:
                    continue  # of the corpus, some pages are in German only
                _, text = original.texts[source]
                file = docs / locale / f"{page_id}.md"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(self._copied(text, copy), "utf-8")

    def _write_others(self, docs: Path) -> None:
        """Copy what is no page: images and the like."""
        for file in (self.root / "docs").rglob("*"):
            if file.is_file() and file.suffix != ".md":
                target = docs / file.relative_to(self.root / "docs")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target)

    def _copied(self, text: str, copy: int) -> str:
        """Return the text of a copy: all that it names are the things of the same copy."""
        known = frozenset(self.page_ids)

        def link(match: re.Match[str]) -> str:
            target = f"{match[1]}-{copy}" if copy else match[1]
            # Names of files that end in a legacy suffix have lost it.
            return f"{target if target in known else match[1]}.md"

        text = _LINK.sub(link, text)
        if not copy:
            return text
        metadata, mark, body = text.partition(_METADATA_END)
        metadata = _TITLE.sub(rf"\g<0> {copy}", metadata, count=1)
        text = metadata + mark + _HEADING.sub(rf"\g<0> {copy}", body, count=1)
        first = FIRST_TASK + copy // STATED * len(self._tasks)
        new = {task: str(first + number) for number, task in enumerate(self._tasks)}
        pattern = re.compile(rf"(?<=task-|task )(?:{'|'.join(new)})\b")
        text = _ROW.sub(lambda row: row[0].replace(row[1], new[row[1]]), text)
        return pattern.sub(lambda match: new[match[0]], text) if new else text

    def _contract(self) -> dict[str, Any]:
        contract: dict[str, Any] = yaml.safe_load((self.root / "playbook.yml").read_text("utf-8"))
        for key in self.keys[len(self._own.locale_keys) :]:
            contract["locales"][key] = {**contract["locales"][self._own.source], "name": key}
            for name, terms in contract.items():
                if name not in ("locales", "metadata", "hosts", "kinds", "dates"):
                    _add_locale(terms, self._own.source, key)
        for key in tuple(contract["locales"]):
            if key not in self.keys:
                del contract["locales"][key]
        contract["checks"]["pages"] = False
        contract["navigation"] = self._navigation(contract["navigation"])
        return contract

    def _navigation(self, own: Sequence[Any]) -> list[Any]:
        """Return the project's navigation, and behind it groups of copies."""
        lost = {"rules/index", *(one.page_id for one in self._originals)} - {*self.page_ids}
        kept = [_without(entry, lost) for entry in own]
        copies = [page_id for page_id, _, copy in self._copies if copy]
        return [
            *(entry for entry in kept if entry),
            *self._groups("Part", self._groups("Group", copies)),
        ]

    def _groups(self, title: str, entries: Sequence[Any]) -> list[dict[str, Any]]:
        parts = [entries[start : start + GROUP] for start in range(0, len(entries), GROUP)]
        return [
            {"title": dict.fromkeys(self.keys, f"{title} {number}"), "pages": list(part)}
            for number, part in enumerate(parts, 1)
        ]

    def _plain_navigation(self) -> list[Any]:
        """Return the same navigation as far as there are pages, without made ones."""
        return _plain(self._contract()["navigation"], frozenset(self.page_ids))

    def _write_catalogues(self, folder: Path) -> None:
        for key in self.keys[len(self._own.locale_keys) :]:
            shutil.copy(folder / f"{self._own.source}.yml", folder / f"{key}.yml")


def write_corpus(folder: Path) -> bool:
    """Write the corpus as a project, as `leitfaden import` brings it over.

    Args:
        folder: Where to; it is made.

    Returns:
        False if there is no corpus.
    """
    if not CORPUS.is_dir():
        return False
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    # Our own navigation names none of its pages; the import makes one.
    own, _, _ = (ROOT / "playbook.yml").read_text("utf-8").partition("\nnavigation:")
    (folder / "playbook.yml").write_text(f"{own}\n", "utf-8")
    for locale, name in CORPUS_FOLDERS.items():
        command = [sys.executable, "-m", "leitfaden", "import", str(CORPUS / name)]
        options = ["--locale", locale, "--report", str(folder / "imported")]
        # Exit code 1 says that something needs a person: it does.
        done = subprocess.run([*command, *options], cwd=folder, check=False, capture_output=True)
        if done.returncode > 1:
            raise RuntimeError(done.stderr.decode())
    return True


class _Lenient(yaml.SafeLoader):
    """Reads `mkdocs.yml` without the values of its own tags."""


_Lenient.add_multi_constructor("!", lambda loader, suffix, node: None)


def _is_once(page_id: str) -> bool:
    return page_id in ONCE or page_id.startswith("phases/")


def _plain(entries: Sequence[Any], known: Collection[str]) -> list[Any]:
    """Return a navigation of the contract as MkDocs wants it, as far as there are pages."""
    items: list[Any] = []
    for entry in entries:
        if isinstance(entry, str) or "page" in entry:
            page_id = entry if isinstance(entry, str) else entry["page"]
            items += [f"{page_id}.md"] if page_id in known else []
        elif below := _plain(entry["pages"], known):
            title = entry["title"] if "title" in entry else {"": entry["phase"]}
            items.append({next(iter(title.values())): below})
    return items


def _without(entry: Any, lost: Collection[str]) -> Any:
    """Return an entry of the navigation without pages that are not there; None if none is."""
    if isinstance(entry, str):
        return None if entry in lost else entry
    if "page" in entry:
        return None if entry["page"] in lost else entry
    if "pages" not in entry:
        return entry  # its pages are made
    pages = [page for page in (_without(one, lost) for one in entry["pages"]) if page]
    return {**entry, "pages": pages} if pages else None


def _add_locale(node: Any, source: str, key: str) -> None:
    """Give every term of a vocabulary its words in a further locale."""
    if isinstance(node, list):
        for one in node:
            _add_locale(one, source, key)
    if isinstance(node, dict):
        for one in node.values():
            _add_locale(one, source, key)
        if source in node and key not in node:
            node[key] = node[source]


def _write_yaml(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(content, Dumper=_NoAliases, allow_unicode=True, sort_keys=False)
    path.write_text(text, "utf-8")


class _NoAliases(yaml.SafeDumper):
    """Writes a value again where it occurs again: the contract has no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Tell whether a value is written again."""
        return True
