"""A playbook of any size, made up: pages with sections, steps and task tables in two languages.

No page is a copy of another. Words come as they do in real texts: some are new, the more seldom the
more has been written (Heaps' law), and the others are the more likely the more often they were used
before. The words, and how they are joined, stand in `synthetic.yml`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from leitfaden.contract import Contract, parse_contract

MATERIAL = Path(__file__).with_suffix(".yml")
PROSE = 400  # words on a page besides headings, labels and tables
TASKS = 5  # rows of a task table
PAGES_PER_TABLE = 10
FIRST_TASK = 1000
SMALL_WORDS = 0.4  # share of words such as articles


class MadePage(NamedTuple):
    """A page that was made up.

    Args:
        page_id: Its id.
        title: Its title.
        text: Its Markdown, without metadata.
        tasks: The names of its tasks by id.
    """

    page_id: str
    title: str
    text: str
    tasks: Mapping[str, str]


@dataclass(frozen=True)
class Synthetic:
    """A playbook that is made up: always the same for the same number of pages.

    Args:
        pages: How many pages each locale has, besides its home page.
        contract_text: The text of a contract whose words the pages use; it names no pages.
    """

    pages: int
    contract_text: str

    @cached_property
    def contract(self) -> Contract:
        """Return the contract."""
        return parse_contract(self.contract_text, "playbook.yml")

    def of_locale(self, locale: str) -> Iterator[MadePage]:
        """Yield the pages of a locale."""
        chance = random.Random(f"{locale} {self.pages}")
        words = _Words(locale, chance)
        writer = _Writer(self.contract, locale, words, chance)
        for number in range(self.pages):
            first = FIRST_TASK + number // PAGES_PER_TABLE * TASKS
            count = 0 if number % PAGES_PER_TABLE else TASKS
            yield writer.page(f"assess-page-{number}", range(first, first + count))

    def write(self, root: Path) -> None:
        """Write it as a project's pages and contract into a folder."""
        root.mkdir(parents=True, exist_ok=True)
        (root / "playbook.yml").write_text(self.contract_text, "utf-8")
        for locale in self.contract.locale_keys:
            folder = root / "docs" / locale
            folder.mkdir(parents=True)
            (folder / "index.md").write_text("# Home\n", "utf-8")
            for page in self.of_locale(locale):
                (folder / f"{page.page_id}.md").write_text(page.text, "utf-8")


class _Words:
    """An endless text of one language."""

    def __init__(self, locale: str, chance: random.Random) -> None:
        material = yaml.safe_load(MATERIAL.read_text("utf-8"))
        self._chance = chance
        self._factor, self._exponent = material[locale]["growth"]
        self._new = _vocabulary(material[locale], material["syllables"].split(), chance)
        self._small = material[locale]["small"].split()
        self._used: list[str] = []
        self._known = 0

    def content(self) -> str:
        """Return a word that means something."""
        if self._known < self._factor * (len(self._used) + 1) ** self._exponent:
            self._known += 1
            word = next(self._new)
        else:
            word = self._used[int(self._chance.random() * len(self._used))]
        self._used.append(word)
        return word

    def sentence(self, length: int) -> str:
        """Return a sentence."""
        random_, small = self._chance.random, self._small
        words = [
            small[int(random_() * len(small))] if random_() < SMALL_WORDS else self.content()
            for _ in range(length)
        ]
        return f"{' '.join(words)}."

    def name(self, fewest: int, most: int) -> str:
        """Return a name of some words."""
        name = " ".join(self.content() for _ in range(self._chance.randint(fewest, most)))
        return name[0].upper() + name[1:]

    def prose(self, count: int) -> str:
        """Return a paragraph of about so many words."""
        return " ".join(self.sentence(12) for _ in range(max(count // 12, 1)))


def _vocabulary(
    material: Mapping[str, Any], syllables: Sequence[str], chance: random.Random
) -> Iterator[str]:
    """Yield words, none twice: simple ones first, then compounds and made-up ones with endings."""
    parts = material["parts"].split()
    yield from parts
    seen = set(parts)
    while True:
        if chance.random() < material["compounds"]:
            *some, last = chance.sample(parts, chance.choice((2, 2, 2, 3)))
            joined = "".join(part + chance.choice(material["joints"]) for part in some) + last
            word = joined.lower() if parts[0].islower() else joined.capitalize()
        else:
            word = "".join(chance.choices(syllables, k=chance.choice((2, 3))))
        word += chance.choice(material["endings"])
        if word not in seen:
            seen.add(word)
            yield word


class _Writer:
    """Writes pages of a locale in the contract's words."""

    def __init__(
        self, contract: Contract, locale: str, words: _Words, chance: random.Random
    ) -> None:
        self._contract = contract
        self._words = words
        self._chance = chance
        self._locale = locale
        self._services = [
            term.name(locale) for term in contract.services.values() if not term.covers_all
        ]

    def page(self, page_id: str, tasks: Sequence[int]) -> MadePage:
        """Return a page; its first step has a table of tasks if there are any."""
        words = self._words
        title = words.name(2, 4)
        rows = {str(task): words.name(3, 5) for task in tasks}
        blocks = [f"# {title}", self._label("phase", self._term("phases"))]
        blocks += [self._heading("overview"), words.prose(PROSE // 4)]
        blocks += [self._heading("objectives"), *(f"- {words.sentence(16)}" for _ in range(3))]
        blocks += [self._heading("approach")]
        for step in range(3):
            role = self._label("primary-role", self._term("roles"))
            services = " / ".join(sorted(self._chance.sample(self._services, 2)))
            labels = f"{role}  \n{self._label('applies-to', services)}"
            blocks += [f"### {words.name(2, 4)}", labels, words.prose(PROSE // 5)]
            if rows and not step:
                blocks += [self._heading("ftop-tasks"), self._table(rows)]
        return MadePage(page_id, title, "\n\n".join(blocks) + "\n", rows)

    def _table(self, rows: Mapping[str, str]) -> str:
        keys = ("task-id", "task-name", "requirement", "role", "services")
        columns = self._contract.vocabulary("columns")
        lines = [" | ".join(columns[key].name(self._locale) for key in keys), "|".join(["---"] * 5)]
        letters = list(self._contract.locales[self._locale].requirement.values())
        for task, name in rows.items():
            role, service = self._term("roles"), self._chance.choice(self._services)
            lines.append(f"{task} | {name} | {self._chance.choice(letters)} | {role} | {service}")
        return "\n".join(f"| {line} |" for line in lines)

    def _heading(self, section: str) -> str:
        level = self._contract.sections[section].level or 2
        return f"{'#' * level} {self._contract.sections[section].name(self._locale)}"

    def _label(self, key: str, value: str) -> str:
        return f"{self._contract.labels[key].name(self._locale)}: **{value}**"

    def _term(self, vocabulary: str) -> str:
        terms = list(self._contract.vocabulary(vocabulary).values())
        return self._chance.choice(terms).name(self._locale)
