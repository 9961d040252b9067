"""What readers search for, and which pages answer it.

Most queries are written down in `queries/<site>.<locale>.yml`; whole names and titles of the corpus
are made from its pages (`derived.py`), since no text of it belongs into this project.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from tests.searching.projects import Project

SETS = Path(__file__).with_name("queries")
HALVES = ("tune", "report")  # what the engine may be tuned on, and what is told of it
CATEGORIES = (
    "ids",
    "names",
    "titles",
    "typos",
    "umlauts",
    "compounds",
    "inflection",
    "synonyms",
    "terms",
    "words",
    "prefixes",
    "questions",
)


class Query(NamedTuple):
    """What a reader types.

    Args:
        site: The site that is searched.
        locale: The reader's locale.
        category: One of `CATEGORIES`.
        text: What is typed.
        pages: The ids of pages that answer it, as their addresses say them; any of them will do.
        task: The task that it is about, if it is about exactly one.
    """

    site: str
    locale: str
    category: str
    text: str
    pages: frozenset[str]
    task: str = ""

    @property
    def half(self) -> str:
        """Return whether the engine may be tuned on it, which only its text decides."""
        digest = hashlib.sha256(self.text.casefold().encode()).digest()
        return HALVES[digest[0] % len(HALVES)]


def stored(project: Project, locale: str) -> Iterator[Query]:
    """Yield the queries that are written down for a site.

    Raises:
        ValueError: A set has an unknown category, a query twice, or a task that no page has.
    """
    path = SETS / f"{project.name}.{locale}.yml"
    known = project.stated[locale]
    for category, queries in yaml.load(path.read_bytes(), _Loader).items():
        if category not in CATEGORIES:
            raise ValueError(f"{path.name}: {category} is no category")
        for text, answers in queries.items():
            words = str(answers).split()
            tasks = [word for word in words if word.isdigit()]
            if unknown := [task for task in tasks if task not in known]:
                raise ValueError(f"{path.name}: {text!r}: no page has {unknown}")
            pages = {word for word in words if not word.isdigit()}
            pages.update(page for task in tasks for page in known[task])
            only = tasks[0] if len(tasks) == len(words) == 1 else ""
            yield Query(project.name, locale, category, text, frozenset(pages), only)


class _Loader(yaml.SafeLoader):
    """Reads a set; other than YAML's own, it refuses a query that is there twice."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        keys = [key.value for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"{twice} twice in line {node.start_mark.line} and below")
        return super().construct_mapping(node, deep)
