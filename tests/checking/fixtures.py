"""Small trees of pages from `rules/<code>/`, and what is found in them.

A case is a file `<name>.<locale>.md`, one page (of kind `process`, unless its name says otherwise:
see `page_id`), or a folder `<name>/`, a docs folder with one folder a locale. Cases whose name
begins with `bad` say at their end what the rule finds there; those that begin with `good` must
stay silent. In a folder each page says so for itself. A folder may hold its own `playbook.yml`.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leitfaden.checking.engine import check_beside, check_page, without_consequences
from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found
from leitfaden.checking.standings import ReadStandings
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract, load_contract
from leitfaden.model import Page
from leitfaden.reading import PageReader
from leitfaden.translating.lock import NAME, Lock, read_lock

ROOT = Path(__file__).parents[2]
RULES = Path(__file__).parent / "rules"
TODAY = dt.date(2026, 11, 23)
_EXPECT = re.compile(rb"<!-- expect\n(.*?)-->\n?\Z", re.DOTALL)
_EXPECTED = re.compile(r"(\d+:\d+|file)\s*(.*)")


@dataclass(frozen=True)
class Case:
    """A case of a rule: its pages by path below docs, each with the findings it expects."""

    code: str
    name: str
    files: dict[str, bytes]
    expected: dict[str, list[tuple[str, str]]]
    contract: Path

    def __str__(self) -> str:
        return f"{self.code}-{self.name}"


def cases() -> Iterator[Case]:
    """Yield all cases of all rules."""
    for folder in sorted(RULES.iterdir()):
        for entry in sorted(folder.iterdir()):
            if entry.is_dir():
                pages = {
                    file.relative_to(entry).as_posix(): file.read_bytes()
                    for file in sorted(entry.rglob("*"))
                    if file.is_file() and file.name != "playbook.yml"
                }
                yield _case(folder.name, entry.name, pages, entry / "playbook.yml")
            elif entry.suffix == ".md":
                name, locale = entry.stem.rsplit(".", 1)
                pages = {f"{locale}/{_file(name)}": entry.read_bytes()}
                yield _case(folder.name, entry.stem, pages, folder / "playbook.yml")


def _file(name: str) -> str:
    """Return the file of a single page: `bad-status` is a status page, `bad` a process page."""
    kinds = {"phase": "phases/assess", "status": "status-blocked", "resource": "resources-some"}
    kinds |= {"guidance": "some-guidance", "home": "index"}
    kind = next((kind for kind in kinds if f"-{kind}" in name), "")
    return f"{kinds.get(kind, 'assess-some-process')}.md"


def _case(code: str, name: str, pages: dict[str, bytes], contract: Path) -> Case:
    files, expected = {}, {}
    for path, data in pages.items():
        files[path], expected[path] = _split(data)
    return Case(
        code, name, files, expected, contract if contract.is_file() else ROOT / "playbook.yml"
    )


def _split(data: bytes) -> tuple[bytes, list[tuple[str, str]]]:
    """Part a page from what it expects: lines `line:column` or `line:column message`."""
    match = _EXPECT.search(data)
    if match is None:
        return data, []
    lines = match[1].decode().splitlines()
    expected = []
    for line in lines:
        parsed = _EXPECTED.fullmatch(line.strip())
        assert parsed, f"not an expectation: {line!r}"
        expected.append((parsed[1], parsed[2]))
    return data[: match.start()], expected


def build_tree(
    files: dict[str, bytes], contract: Contract, today: dt.date = TODAY
) -> tuple[Tree, dict[str, tuple[PageFacts, list[Found]]], dict[str, str]]:
    """Check the pages of a docs folder; return the tree, and facts, findings and text by path."""
    reader = PageReader(contract)
    checked = {}
    texts = {}
    read: dict[str, dict[str, Page]] = {locale: {} for locale in contract.locale_keys}
    for path, data in files.items():
        locale, _, below = path.partition("/")
        if locale not in contract.locales or not below.endswith(".md"):
            continue
        page_id = contract.page_id(below, locale)
        page = reader.read(data, path=f"docs/{path}", locale=locale, page_id=page_id)
        checked[path] = check_page(page, contract)
        texts[path] = page.text
        if page.path.endswith(f"/{page_id}.md"):
            read[locale].setdefault(page_id, page)
        else:
            read[locale][page_id] = page
    pages: dict[str, dict[str, PageFacts]] = {locale: {} for locale in contract.locale_keys}
    for one in checked.values():
        # As for readers: of two files for one page, the one with a suffix counts.
        if one.facts.path.endswith(f"/{one.facts.id}.md"):
            pages[one.facts.locale].setdefault(one.facts.id, one.facts)
        else:
            pages[one.facts.locale][one.facts.id] = one.facts
    standings = ReadStandings(contract, read, _locks(files, contract))
    tree = Tree(contract, pages, frozenset(files), today, standings=standings)
    found = {
        path: (
            one.facts,
            without_consequences([*one.found, *check_beside(one.facts, tree)], one.facts),
        )
        for path, one in checked.items()
    }
    return tree, found, texts


def _locks(files: dict[str, bytes], contract: Contract) -> dict[str, Lock]:
    texts = {locale: files.get(f"{locale}/{NAME}", b"").decode() for locale in contract.locales}
    return {locale: read_lock(text)[0] for locale, text in texts.items()}


def contract_of(case: Case, folder: Path) -> Contract:
    """Load the case's contract, from a copy where it is not the project's."""
    if case.contract.parent == ROOT:
        return load_contract(case.contract)
    return load_contract(Path(shutil.copy(case.contract, folder)))
