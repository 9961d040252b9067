"""Queries made of the names and titles of a playbook: whole, in part, misspelled, as one types.

Chance chooses, always in the same way for the same pages. What answers a query is computed: all
pages and tasks whose title or name has the words that the query was made of.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tests.searching.projects import Project, plain_id
from tests.searching.sets import Query

# How many queries of each kind are made for a locale.
WHOLE_NAMES = 16
WHOLE_TITLES = 14
IDS = 8
PARTS = 14
TYPOS = 18
DOUBLE_TYPOS = 8
FIRST_LETTER_TYPOS = 6
SPELLINGS = 8
SPLITS = 8
PREFIXES = 10

MOST_LETTERS = 60  # of a name that somebody would type whole
MOST_PAGES = 4  # that have all words of a part of a name: what is on more says too little
FEWEST_LETTERS = 9  # of a word that somebody would type alone
LONG = 9  # letters of a word in which two slips happen
KEYBOARD = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")

_NOT_TYPED = re.compile(r"\{[^}]*\}|\([^)]*\)|https?://\S+|[–—:/&,-](?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_WITHOUT_DOTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_WITH_E = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Thing(NamedTuple):
    """Something with a name that readers look for.

    Args:
        text: The name as a reader would type it.
        pages: The pages that answer for it.
        task: The task's id if it is one.
    """

    text: str
    pages: frozenset[str]
    task: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Return its words in lower case."""
        return words_of(self.text)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case."""
    return tuple(_WORD.findall(text.lower()))


def derived(project: Project, locale: str) -> Iterator[Query]:
    """Yield the queries made of a playbook's titles and names of tasks.

    Args:
        project: The playbook.
        locale: The reader's locale.
    """
    seen: set[str] = set()
    for query in _Maker(project, locale).all():
        if query.text.casefold() not in seen:
            seen.add(query.text.casefold())
            yield query


def things_of(project: Project, locale: str) -> list[Thing]:
    """Return the pages and tasks of a locale by the names that they have there."""
    found: dict[tuple[str, str], Thing] = {}
    for page in sorted(project.playbook, key=lambda page: page.id):
        if page.locale != locale:
            continue
        title = as_typed(page.title)
        if title:
            found["page", page.id] = Thing(title, frozenset({plain_id(page.id)}))
        for task in page.tasks:
            name = as_typed(task.name.text)
            if name:
                pages = project.stated[locale][task.id]
                found[task.id, name.lower()] = Thing(name, pages, task.id)
    return list(found.values())


def as_typed(name: str) -> str:
    """Return a name without what nobody types: what stands in brackets, addresses, dashes."""
    return " ".join(_NOT_TYPED.sub(" ", re.sub(r"[​\xa0]", " ", name)).split())


class _Maker:
    def __init__(self, project: Project, locale: str) -> None:
        self.project = project
        self.locale = locale
        self.random = random.Random(f"{project.name} {locale}")
        self.things = things_of(project, locale)
        self.pages_with: dict[str, set[str]] = defaultdict(set)
        for page in project.playbook:
            if page.locale == locale:
                for word in words_of(f"{page.title} {page.body}"):
                    self.pages_with[word].add(page.id)

    def all(self) -> Iterator[Query]:
        tasks = [thing for thing in self.things if thing.task]
        pages = [thing for thing in self.things if not thing.task]
        yield from self.ids(tasks)
        yield from self.whole("names", tasks, WHOLE_NAMES)
        yield from self.whole("titles", pages, WHOLE_TITLES)
        yield from self.take("words", PARTS, self.shuffled)
        yield from self.take("typos", TYPOS, lambda part: self.misspelled(part, 1))
        yield from self.take("typos", DOUBLE_TYPOS, lambda part: self.misspelled(part, 2))
        yield from self.take("typos", FIRST_LETTER_TYPOS, self.first_letter_misspelled)
        yield from self.take("umlauts", SPELLINGS, lambda part: respelled(part, _WITH_E))
        yield from self.take("umlauts", SPELLINGS, lambda part: respelled(part, _WITHOUT_DOTS))
        yield from self.take("compounds", SPLITS, self.split)
        yield from self.prefixes()

    def ids(self, tasks: Sequence[Thing]) -> Iterator[Query]:
        cited = self.project.contract.citations.task.get(self.locale, ())
        forms = ("{}", "FTOP {}", "#{}", *(f"{word} {{}}" for word in cited[:1]))
        for number, thing in enumerate(self.random.sample(tasks, IDS)):
            text = forms[number % len(forms)].format(thing.task)
            yield self.query("ids", text, thing.pages, thing.task)

    def whole(self, category: str, things: Sequence[Thing], count: int) -> Iterator[Query]:
        """Yield whole names; what is called the same answers as well."""
        short = [thing for thing in things if len(thing.text) <= MOST_LETTERS]
        for thing in self.random.sample(short, count):
            same = [other for other in self.things if other.words == thing.words]
            text = self.random.choice((thing.text, thing.text.lower()))
            yield self.query(category, text, pages_of(same), thing.task)

    def take(
        self, category: str, count: int, make: Callable[[tuple[str, ...]], str | None]
    ) -> Iterator[Query]:
        """Yield queries made of parts of names, until there are as many as wanted."""
        made = 0
        for thing in self.random.sample(self.things * 4, len(self.things) * 4):
            part = self.part(thing)
            if made == count or part is None:
                continue
            text = make(part)
            if text is not None:
                made += 1
                yield self.query(category, text, pages_of(self.with_words(part)))

    def part(self, thing: Thing) -> tuple[str, ...] | None:
        """Return words of a name that are together on few pages; None if there are none."""
        telling = sorted(
            {word for word in thing.words if len(word) > 3},
            key=lambda word: (len(self.pages_with[word]), word),
        )
        for size in (1, 2, 3):
            chosen = telling[:size]
            part = tuple(dict.fromkeys(word for word in thing.words if word in chosen))
            alone = size == 1
            if len(part) < size or (alone and self.random.random() < 0.5):
                continue
            if alone and len(part[0]) < FEWEST_LETTERS:
                continue
            if len(set.intersection(*(self.pages_with[word] for word in part))) <= MOST_PAGES:
                return part
        return None

    def with_words(self, words: Iterable[str]) -> list[Thing]:
        return [each for each in self.things if set(words) <= set(each.words)]

    def shuffled(self, part: tuple[str, ...]) -> str | None:
        mixed = self.random.sample(part, len(part))
        return " ".join(mixed) if len(part) > 1 else None

    def misspelled(self, part: tuple[str, ...], slips: int) -> str | None:
        """Return a part with slips in its longest word; None if that makes another known word."""
        target = longest_of(part)
        if len(target) < (LONG if slips > 1 else 5):
            return None
        # The halves of the word, from its end: two slips do not undo each other.
        middle = len(target) // 2
        spans = [(1, len(target))] if slips == 1 else [(middle + 1, len(target)), (1, middle)]
        wrong = target
        for start, end in spans:
            wrong = self.slip(wrong, self.random.randrange(start, end))
        return self.replaced(part, target, wrong)

    def first_letter_misspelled(self, part: tuple[str, ...]) -> str | None:
        target = longest_of(part)
        return self.replaced(part, target, self.slip(target, 0)) if len(target) > 5 else None

    def replaced(self, part: tuple[str, ...], right: str, wrong: str) -> str | None:
        text = " ".join(part).replace(right, wrong, 1)
        return text if wrong != right and wrong not in self.pages_with else None

    def slip(self, word: str, at: int) -> str:
        """Return a word with one slip at a letter."""
        letter, rest = word[at], word[at + 1 :]
        kind = self.random.choice(("swap", "double", "drop", "beside"))
        if kind == "swap" and rest:
            return word[:at] + rest[0] + letter + rest[1:]
        if kind == "double":
            return word[:at] + letter + letter + rest
        if kind == "beside":
            return word[:at] + self.beside(letter) + rest
        return word[:at] + rest

    def beside(self, letter: str) -> str:
        """Return a letter whose key lies beside another's."""
        for row in KEYBOARD:
            if (place := row.find(letter)) >= 0:
                near = row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
                return self.random.choice(near)
        return letter

    def split(self, part: tuple[str, ...]) -> str | None:
        """Return a part with its longest word written as two, where the second is a known word."""
        target = longest_of(part)
        for end in range(5, len(target) - 4):
            if target[end:] in self.pages_with:
                return " ".join(part).replace(target, f"{target[:end]} {target[end:]}", 1)
        return None

    def prefixes(self) -> Iterator[Query]:
        """Yield what stands in the box while somebody types: the last word is cut short."""
        made = 0
        for thing in self.random.sample(self.things, len(self.things)):
            part = self.part(thing)
            if made == PREFIXES or part is None or len(part[-1]) < 7:
                continue
            *whole, last = part
            cut = last[: self.random.randrange(5, len(last) - 1)]
            begun = {word for word in self.pages_with if word.startswith(cut)}
            pages = set[str]().union(*(self.pages_with[word] for word in begun))
            pages = pages.intersection(*(self.pages_with[word] for word in whole))
            if len(pages) <= MOST_PAGES:
                made += 1
                found = [each for each in self.with_words(whole) if begun & set(each.words)]
                yield self.query("prefixes", " ".join((*whole, cut)), pages_of(found))

    def query(self, category: str, text: str, pages: frozenset[str], task: str = "") -> Query:
        return Query(self.project.name, self.locale, category, text, pages, task)


def longest_of(part: Iterable[str]) -> str:
    """Return the longest run of letters in some words."""
    runs: list[str] = re.findall(r"[^\W\d_]+", " ".join(part))
    return max(runs, key=len)


def respelled(part: tuple[str, ...], letters: dict[int, str]) -> str | None:
    """Return a part without umlauts; None if it has none."""
    text = " ".join(part)
    other = text.translate(letters)
    return other if other != text else None


def pages_of(things: Iterable[Thing]) -> frozenset[str]:
    """Return the pages that answer for any of some things."""
    return frozenset(page for thing in things for page in thing.pages)
