"""Words that imported pages say and the contract lacks → a patch to `playbook.yml`."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from leitfaden.checking.engine import check_page, without_consequences
from leitfaden.checking.finding import Finding
from leitfaden.contract import Contract, ContractError, fold, parse_contract
from leitfaden.contract.tree import ListNode, MapNode, Path, locate
from leitfaden.fixing import text_diff
from leitfaden.importing.contracttext import ContractText, flow_list, flow_map, scalar
from leitfaden.model import Page, Place, TermUse

KEYS = "metadata.optional"
VALUES = "metadata.values."

_TERMS = ("phases", "motions", "roles", "services")
_OPEN = frozenset((*_TERMS, "alerts"))  # a term can be added
_ENOUGH = 2  # what is said once only may be a mistake
_RECURS = 5  # a heading on so many pages may be a section that the contract lacks
_MOST_WORDS, _LONGEST = 6, 60  # of a name
_MOST = 500  # words of a vocabulary that are looked at; a real playbook lacks a few
_ALIKE = 0.75  # of two words, one of them misspelled
_MOST_LETTERS = 2  # of a misspelled word that are wrong
_SHORTEST = 4  # a word with fewer letters is another word, not a misspelled one
_FORMAT = "Cf"
_NO_NAME = re.compile(r"[:;|<>{}\[\]*`!?…]|https?|\.\s")
_BOLD = re.compile(r"\s*:\s*\*\*(.+?)\*\*")


class Answer(StrEnum):
    """What is to be done about a word that the contract lacks."""

    NEW = "new"  # a term of its own
    ALIAS = "alias"  # another spelling of a term
    DEPRECATED = "deprecated"  # a misspelling of a term
    ALLOWED = "allowed"  # a key or a value of the metadata
    PERSON = "person"  # not in the patch: a person has to look


@dataclass(frozen=True, slots=True)
class Word:
    """A word that the contract lacks.

    Args:
        vocabulary: Where it is missing: `roles`, `labels`, …, `metadata.optional`, or
            `metadata.values.<key>`.
        text: As written most often.
        locales: The locales of the pages that say it, the source locale first.
        count: How often it was met.
        first: Where it was met first.
        answer: What the patch does about it.
        key: The term that it becomes, or is a spelling of; of what a person has to look at, the
            nearest one; empty if there is none.
        lacking: The locales in which a new term has the same word for want of another.
        values: Of a new label, the vocabulary that its values come from.
    """

    vocabulary: str
    text: str
    locales: tuple[str, ...]
    count: int
    first: Place
    answer: Answer
    key: str = ""
    lacking: tuple[str, ...] = ()
    values: str = ""


@dataclass(frozen=True, slots=True)
class VocabularyPatch:
    """What the contract lacks, and how it would get it.

    Args:
        words: All words, by vocabulary, those met most often first.
        text: The new text of `playbook.yml`; the old one if the patch changes nothing.
        diff: The patch, as `git apply` takes it; empty if it changes nothing.
    """

    words: tuple[Word, ...]
    text: str
    diff: str


def plan_vocabulary(
    text: str, pages: Iterable[Page], *, path: str = "playbook.yml"
) -> VocabularyPatch:
    """Offer the words that pages say and the contract lacks.

    A word near to a term becomes an alias of it if only punctuation differs or it is made of the
    initials, and a deprecated spelling if it looks misspelled; any other becomes a new term. What
    is said only once, or could be meant in several ways, is left to a person.

    Args:
        text: The text of `playbook.yml`, with or without a byte order mark.
        pages: The pages as they were read by this very contract.
        path: The file, relative to the project, with `/`.

    Returns:
        The words and the patch, whose result has been read again as a contract.

    Raises:
        ContractError: `text` itself is no contract.
    """
    contract = parse_contract(text, path)
    met = _Met(contract)
    pairs = _Pairs(contract)
    sources: dict[str, Page] = {}
    for page in sorted(pages, key=lambda page: (page.locale != contract.source, page.path)):
        met.take(page)
        if page.locale == contract.source:
            sources[page.id] = page
        elif page.id in sources:
            pairs.take(sources[page.id], page)
    words = _Judge(contract, met, pairs).words()
    new, words = _applied(text, words, contract)
    return VocabularyPatch(tuple(sorted(words, key=_order)), new, text_diff(path, text, new))


def _order(word: Word) -> tuple[str, int, str]:
    return word.vocabulary, -word.count, word.text


# What pages say


@dataclass(slots=True)
class _Seen:
    """A word as often as it was met."""

    first: Place
    texts: Counter[str] = field(default_factory=Counter)
    locales: Counter[str] = field(default_factory=Counter)
    pages: set[str] = field(default_factory=set)
    meant: set[str] = field(default_factory=set)  # keys that its places tell

    @property
    def text(self) -> str:
        return self.texts.most_common(1)[0][0]

    @property
    def count(self) -> int:
        return self.texts.total()

    @property
    def often(self) -> bool:
        """Whether it is no mistake of one place, or one that a translation has copied."""
        return len(self.pages) >= _ENOUGH or max(self.locales.values()) >= _ENOUGH


class _Met:
    """Collects from pages what the contract lacks.

    Args:
        contract: The contract.
    """

    def __init__(self, contract: Contract) -> None:
        self.words: dict[tuple[str, str], _Seen] = {}
        self.pages = 0
        self.allowed: Counter[str] = Counter()  # pages with an allowed value, by key
        self._contract = contract

    def take(self, page: Page) -> None:
        """Take what a page says."""
        self.pages += 1
        checked = check_page(page, self._contract)
        for code, finding in without_consequences(checked.found, checked.facts):
            if code in _READERS and not finding.variant:
                self._finding(code, finding, page)
        for heading in page.headings:
            if heading.level > 1 and heading.section is None and self._is_free(heading.text, page):
                self._add("sections", heading.text, page, page.place(heading.text_span))
        for key, values in self._contract.metadata.values.items():
            written = {part.strip() for part in page.front_matter.text(key).split(",")}
            self.allowed[key] += bool(written & set(values))

    def _is_free(self, heading: str, page: Page) -> bool:
        """Tell whether a heading is more than the name of a term."""
        known = (self._contract.vocabulary(name).find(heading, page.locale) for name in _TERMS)
        return bool(heading.strip()) and not any(known)

    def _finding(self, code: str, finding: Finding, page: Page) -> None:
        names = _READERS[code]
        vocabulary = finding.values.get(names.place, "") if names.place else names.vocabulary
        if code == "LF111":
            vocabulary = f"{VALUES}{vocabulary}"
        text = finding.values[names.word]
        seen = self._add(vocabulary, text, page, page.place(finding.span))
        meant = ""
        if code == "LF313" and finding.guess:
            match = self._contract.columns.find(finding.guess, page.locale)
            meant = match.key if match else ""
        elif code == "LF222":
            meant = self._vocabulary_of(finding, page)
        elif code in ("LF108", "LF111"):
            meant = finding.guess or ""
        seen.meant.add(meant)

    def _vocabulary_of(self, finding: Finding, page: Page) -> str:
        """Return the one vocabulary that knows all values behind an unknown label."""
        end = page.text.find("\n", finding.span.end)
        value = _BOLD.match(page.text, finding.span.end, end if end >= 0 else len(page.text))
        if value is None:
            return ""
        separators = self._contract.locales[page.locale].separators
        parts = re.split("|".join(map(re.escape, separators)), value[1])
        knowing = [
            name
            for name in _TERMS
            if all(self._contract.vocabulary(name).find(part, page.locale) for part in parts)
        ]
        return knowing[0] if len(knowing) == 1 else ""

    def _add(self, vocabulary: str, text: str, page: Page, place: Place) -> _Seen:
        text = _clean(text)
        same = text if vocabulary.startswith("metadata") else fold(text)
        seen = self.words.setdefault((vocabulary, same), _Seen(place))
        seen.texts[text] += 1
        seen.locales[page.locale] += 1
        seen.pages.add(page.id)
        return seen


class _Said(NamedTuple):
    """A term as a page says it: the key of a known one, else what its text folds to."""

    key: str
    text: str


class _Pairs:
    """What translations say where their source says something else, and how often.

    Args:
        contract: The contract.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._votes: dict[tuple[str, str], Counter[_Said]] = {}
        self._back: dict[tuple[str, str], Counter[str]] = {}

    def take(self, source: Page, page: Page) -> None:
        """Compare a page with its source: the same task, the same label at the same place."""
        for vocabulary, theirs, ours in _aligned(source, page, self._contract):
            if len(theirs) == len(ours):
                for one, other in zip(theirs, ours, strict=True):
                    self._vote(vocabulary, one, other)

    def _vote(self, vocabulary: str, theirs: TermUse, ours: TermUse) -> None:
        text = fold(_clean(ours.text))
        said = _Said(theirs.key or "", "" if theirs.key else fold(_clean(theirs.text)))
        if ours.key is None and said.text != text:
            self._votes.setdefault((vocabulary, text), Counter())[said] += 1
            if said.text:
                self._back.setdefault((vocabulary, said.text), Counter())[text] += 1

    def of(self, vocabulary: str, text: str) -> _Said | None:
        """Return what the source says for a word, if it mostly says one thing."""
        votes = self._votes.get((vocabulary, fold(text)), Counter())
        said, times = next(iter(votes.most_common(1)), (None, 0))
        return said if times * 2 > votes.total() else None

    def is_mutual(self, vocabulary: str, text: str) -> bool:
        """Tell whether a word is what translations mostly say for what the source says."""
        said = self.of(vocabulary, text)
        return said is not None and self._usual(vocabulary, said.text) == fold(text)

    def _usual(self, vocabulary: str, text: str) -> str:
        votes = self._back.get((vocabulary, text), Counter())
        return votes.most_common(1)[0][0] if votes else ""

    def has(self, vocabulary: str, text: str) -> bool:
        """Tell whether a translation has another word for what the source says."""
        usual = self._usual(vocabulary, fold(text))
        said = self.of(vocabulary, usual) if usual else None
        return said is not None and said.text == fold(text)


_Uses = tuple[TermUse, ...]


def _aligned(source: Page, page: Page, contract: Contract) -> Iterator[tuple[str, _Uses, _Uses]]:
    """Yield what a page and its source say at the same places."""
    tasks = {task.id: task for task in source.tasks}
    for task in page.tasks:
        if other := tasks.get(task.id):
            yield "roles", other.roles, task.roles
            yield "services", other.services, task.services
    theirs, ours = (
        [label for block in one.label_blocks for label in block.labels] for one in (source, page)
    )
    if [label.key for label in theirs] == [label.key for label in ours]:
        for one, label in zip(theirs, ours, strict=True):
            yield contract.labels[label.key].vocabulary, one.values, label.values


class _Names(NamedTuple):
    """Which values of a rule's findings say what is lacking, and where."""

    word: str
    vocabulary: str = ""
    place: str = ""


_READERS = {
    "LF108": _Names("key", KEYS),
    "LF111": _Names("value", place="key"),
    "LF216": _Names("term", place="vocabulary"),
    "LF222": _Names("label", "labels"),
    "LF305": _Names("role", "roles"),
    "LF307": _Names("service", "services"),
    "LF313": _Names("name", "columns"),
    "LF604": _Names("word", "alerts"),
}


def _clean(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) != _FORMAT).strip()


# What is to be done about it


class _Judge:
    """Decides what becomes of each word.

    Args:
        contract: The contract.
        met: What the pages say.
        pairs: What translations say in the place of their sources.
    """

    def __init__(self, contract: Contract, met: _Met, pairs: _Pairs) -> None:
        self._contract = contract
        self._met = met
        self._pairs = pairs
        self._new: dict[str, dict[str, str]] = {}  # by vocabulary: names of new terms by their key
        self._places: Counter[str] = Counter()  # of the words of a vocabulary, so many were met
        self._judged: dict[tuple[str, str], Word | None] = {}
        self._beyond: list[Word] = []  # what nobody looks at

    def words(self) -> list[Word]:
        """Return all words, each with what the patch does about it."""
        source = self._contract.source
        often_first = sorted(  # and the source's before those that translate them
            self._met.words.items(),
            key=lambda entry: (source not in entry[1].locales, -entry[1].count, entry[0]),
        )
        for (vocabulary, same), seen in often_first:
            place = self._places[vocabulary]
            self._places[vocabulary] += 1
            if place < _MOST:
                self._judged[vocabulary, same] = self._judge(vocabulary, seen)
            else:
                self._beyond.append(_word(vocabulary, seen, Answer.PERSON))
        for (vocabulary, same), word in self._judged.items():
            # A term that was new later on may be what is meant.
            if word and word.answer is Answer.PERSON and vocabulary in self._new:
                seen = self._met.words[vocabulary, same]
                self._judged[vocabulary, same] = self._judge(vocabulary, seen)
        judged = [word for word in self._judged.values() if word is not None]
        return self._with_lacking([*judged, *self._beyond])

    def _with_lacking(self, words: Sequence[Word]) -> list[Word]:
        """Say of each new term in which locales nobody has told its name."""
        told: dict[tuple[str, str], set[str]] = {}
        for (vocabulary, key), names in _new_terms(words).items():
            told[vocabulary, key] = {locale for word in names for locale in word.locales}
        firsts = {id(names[0]) for names in _new_terms(words).values()}
        return [
            replace(word, lacking=self._without(told[word.vocabulary, word.key]))
            if id(word) in firsts
            else word
            for word in words
        ]

    def _without(self, locales: set[str]) -> tuple[str, ...]:
        return tuple(one for one in self._contract.locale_keys if one not in locales)

    def _judge(self, vocabulary: str, seen: _Seen) -> Word | None:
        if vocabulary == KEYS:
            return self._key(seen)
        if vocabulary.startswith(VALUES):
            return self._value(vocabulary, seen)
        if paired := self._translation(vocabulary, seen):
            return paired
        answer, key = self._known(vocabulary, seen)
        if vocabulary == "sections" and not key:
            # Headings are free: only what recurs is worth a person's look.
            return _word(vocabulary, seen, answer) if len(seen.pages) >= _RECURS else None
        if vocabulary == "labels" and not key and len(seen.meant - {""}) != 1:
            return _word(vocabulary, seen, Answer.PERSON)
        if key or vocabulary not in (*_OPEN, "labels") or not self._is_name(vocabulary, seen):
            return _word(vocabulary, seen, answer, key)
        return self._add(vocabulary, seen)

    def _translation(self, vocabulary: str, seen: _Seen) -> Word | None:
        """Return a word as the name, in its locale, of what the source says in its place."""
        said = self._pairs.of(vocabulary, seen.text) if vocabulary in _TERMS else None
        if said is None or self._contract.source in seen.locales or not _fits(seen.text):
            return None
        if said.key:
            return _word(vocabulary, seen, Answer.ALIAS, said.key)
        named = self._new.get(vocabulary, {})
        key = next((key for key, name in named.items() if fold(name) == said.text), "")
        if key and self._pairs.is_mutual(vocabulary, seen.text):
            return _word(vocabulary, seen, Answer.NEW, key)
        return _word(vocabulary, seen, Answer.ALIAS, key) if key and seen.often else None

    def _known(self, vocabulary: str, seen: _Seen) -> tuple[Answer, str]:
        """Return the term that a word is a spelling of, or is near to."""
        if vocabulary == "columns" and (meant := seen.meant - {""}):
            enough = len(meant) == 1 and seen.often and _fits(seen.text)
            key = min(meant)
            name = self._contract.columns[key].name(next(iter(seen.locales)))
            variant = len(meant) == 1 and _is_variant(seen.text, name)
            return (Answer.ALIAS if enough or variant else Answer.PERSON), key
        spelled = [*self._spellings(vocabulary, seen.locales)]
        found = {key for key, name in spelled if _is_variant(seen.text, name)}
        found |= {key for key, name in spelled if _is_abbreviation(seen.text, name)}
        if len(found) == 1:
            return Answer.ALIAS, found.pop()
        if not found:
            found = {key for key, name in spelled if _is_misspelled(seen.text, name)}
        if len(found) == 1:
            sure = seen.often and _fits(seen.text)
            return (Answer.DEPRECATED if sure else Answer.PERSON), found.pop()
        return Answer.PERSON, min(found, default="")

    def _spellings(self, vocabulary: str, locales: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the names and aliases in some locales, with the keys of their terms."""
        for key, term in self._contract.vocabulary(vocabulary).items():
            for locale in locales:
                yield key, term.name(locale)
                yield from ((key, alias) for alias in term.aliases.get(locale, ()))
        yield from self._new.get(vocabulary, {}).items()

    def _is_name(self, vocabulary: str, seen: _Seen) -> bool:
        """Tell whether a word is said often enough, and looks like a name."""
        sure = seen.often or self._pairs.has(vocabulary, seen.text)
        return sure and _fits(seen.text)

    def _add(self, vocabulary: str, seen: _Seen) -> Word:
        contract = self._contract
        names = self._new.setdefault(vocabulary, {})
        key = _free_key(seen.text, vocabulary, {*contract.vocabulary(vocabulary), *names})
        names[key] = seen.text
        values = min(seen.meant - {""}, default="") if vocabulary == "labels" else ""
        return replace(_word(vocabulary, seen, Answer.NEW, key), values=values)

    def _key(self, seen: _Seen) -> Word:
        meant = min(seen.meant - {""}, default="")
        usual = seen.count * 2 >= self._met.pages
        if seen.often and (usual or not meant):
            return _word(KEYS, seen, Answer.ALLOWED)
        return _word(KEYS, seen, Answer.PERSON, meant)

    def _value(self, vocabulary: str, seen: _Seen) -> Word:
        """Let a value be allowed where the contract's own are not the rule."""
        key = vocabulary.removeprefix(VALUES)
        meant = min(seen.meant - {""}, default="")
        usual = seen.count >= max(_ENOUGH, self._met.allowed[key])
        same = fold(meant) == fold(seen.text)
        if usual and not same and len(seen.text) <= _LONGEST:
            return _word(vocabulary, seen, Answer.ALLOWED)
        return _word(vocabulary, seen, Answer.PERSON, meant)


def _word(vocabulary: str, seen: _Seen, answer: Answer, key: str = "") -> Word:
    return Word(vocabulary, seen.text, tuple(seen.locales), seen.count, seen.first, answer, key)


def _fits(text: str) -> bool:
    """Tell whether a text looks like a name rather than a sentence or the rest of mark-up."""
    short = 2 <= len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS
    balanced = text.count("(") == text.count(")")
    return short and balanced and any(map(str.isalpha, text)) and not _NO_NAME.search(text)


class _Form(NamedTuple):
    """What of a name is compared."""

    bare: str  # without case, blanks and punctuation
    words: tuple[str, ...]
    digits: tuple[str, ...]
    initials: str


@lru_cache(maxsize=4 * _MOST)
def _form(text: str) -> _Form:
    folded = fold(text)
    bare = "".join(char for char in folded if char.isalnum())
    initials = "".join(word[0] for word in text.split()).upper()
    return _Form(bare, tuple(folded.split()), tuple(re.findall(r"\d+", folded)), initials)


def _is_variant(text: str, name: str) -> bool:
    """Tell whether only case, blanks and punctuation differ."""
    bare = _form(text).bare
    return len(bare) > 2 and bare == _form(name).bare


def _is_abbreviation(text: str, name: str) -> bool:
    """Tell whether a text is made of the initials of a name."""
    return len(text) > 1 and text.isupper() and _form(name).initials == text


def _is_misspelled(text: str, name: str) -> bool:
    """Tell whether a text is a name with letters wrong in one of its words, not in its digits."""
    ours, theirs = _form(text), _form(name)
    if len(ours.words) != len(theirs.words) or ours.digits != theirs.digits:
        return False
    pairs = zip(ours.words, theirs.words, strict=True)
    wrong = [(one, other) for one, other in pairs if one != other]
    return len(wrong) == 1 and _is_like(*wrong[0])


def _is_like(one: str, other: str) -> bool:
    short, long = sorted((len(one), len(other)))
    if short < _SHORTEST or long > _LONGEST or long - short > _MOST_LETTERS:
        return False
    missing = (Counter(one) - Counter(other)).total()
    if missing > _MOST_LETTERS:
        return False
    return sorted(one) == sorted(other) or (
        SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
    )


def _free_key(text: str, vocabulary: str, taken: set[str]) -> str:
    """Return a key for a name: its letters without marks, else the vocabulary's, numbered."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    key = "-".join(re.findall("[a-z0-9]+", plain)) or vocabulary
    number = 1
    while (found := key if number == 1 else f"{key}-{number}") in taken:
        number += 1
    return found


# Into the contract's text


def _applied(text: str, words: Sequence[Word], contract: Contract) -> tuple[str, list[Word]]:
    """Return the text with what can be added, and the words; a person looks at what cannot."""
    new = _attempt(text, words, contract)
    if new is not None:
        return new, list(words)
    kept: list[Word] = []
    for word in words:
        alone = _attempt(text, [*kept, word], contract)
        new = new if alone is None else alone
        kept.append(replace(word, answer=Answer.PERSON, lacking=()) if alone is None else word)
    return text if new is None else new, kept


def _attempt(text: str, words: Sequence[Word], contract: Contract) -> str | None:
    """Return the text with all of these words; None if it would not say what it should."""
    new = _added(text, words, contract)
    try:
        read = parse_contract(new, "")
    except ContractError:
        return None
    told = [word for word in words if word.answer is not Answer.PERSON]
    changed = {word.vocabulary.partition(".")[0] for word in told}
    kept = {name: getattr(contract, name) for name in changed}
    answered = all(_is_answered(word, read) for word in told)
    return new if answered and replace(read, **kept) == contract else None


def _is_answered(word: Word, contract: Contract) -> bool:
    metadata = contract.metadata
    if word.vocabulary == KEYS:
        return word.text in metadata.optional
    if word.vocabulary.startswith(VALUES):
        return word.text in metadata.values.get(word.vocabulary.removeprefix(VALUES), ())
    found = [contract.vocabulary(word.vocabulary).find(word.text, one) for one in word.locales]
    return all(match is not None and match.key == word.key for match in found)


def _added(text: str, words: Sequence[Word], contract: Contract) -> str:
    added = ContractText(text)
    spelled = _by_term(words)
    fresh: dict[str, dict[str, str]] = {}
    for (vocabulary, key), names in _new_terms(words).items():
        lists = spelled.pop((vocabulary, key), {})
        fresh.setdefault(vocabulary, {})[key] = _term(names, lists, contract)
    for vocabulary, terms in fresh.items():
        _add_terms(added, vocabulary, terms)
    for (vocabulary, key), lists in spelled.items():
        _add_spellings(added, (vocabulary, key), lists)
    _add_metadata(added, words)
    return added.result()


_Lists = Mapping[str, Mapping[str, Sequence[str]]]  # by field, then by locale: spellings


def _by_term(words: Iterable[Word]) -> dict[tuple[str, str], _Lists]:
    """Return the spellings to be added, by term."""
    spelled: dict[tuple[str, str], dict[str, dict[str, list[str]]]] = {}
    fields = {Answer.ALIAS: "aliases", Answer.DEPRECATED: "deprecated"}
    for word in words:
        if word.answer in fields:
            lists = spelled.setdefault((word.vocabulary, word.key), {})
            for locale in word.locales:
                texts = lists.setdefault(fields[word.answer], {}).setdefault(locale, [])
                texts.append(scalar(word.text))
    return {term: dict(lists) for term, lists in spelled.items()}


def _new_terms(words: Iterable[Word]) -> dict[tuple[str, str], list[Word]]:
    """Return the names of the new terms, the source's first."""
    terms: dict[tuple[str, str], list[Word]] = {}
    for word in words:
        if word.answer is Answer.NEW:
            terms.setdefault((word.vocabulary, word.key), []).append(word)
    return terms


def _term(names: Sequence[Word], lists: _Lists, contract: Contract) -> str:
    own, *translations = names
    named = {locale: word.text for word in translations for locale in word.locales}
    entries = {locale: scalar(named.get(locale, _shown(own))) for locale in contract.locales}
    if own.vocabulary == "labels":
        entries["vocabulary"] = own.values
    for name, by_locale in lists.items():
        entries[name] = _by_locale(by_locale)
    return flow_map(entries)


def _shown(word: Word) -> str:
    """Return a word as a name: the markers of alerts are written in capitals."""
    return word.text.capitalize() if word.vocabulary == "alerts" else word.text


def _by_locale(texts: Mapping[str, Sequence[str]]) -> str:
    return flow_map({locale: flow_list(some) for locale, some in texts.items()})


def _add_terms(added: ContractText, vocabulary: str, terms: Mapping[str, str]) -> None:
    node = locate(added.root, (vocabulary,))
    if isinstance(node, MapNode) and not added.is_empty(vocabulary):
        for key, term in terms.items():
            added.add_entry(node, key, term)
    else:
        added.add_top(vocabulary, [f"{key}: {term}" for key, term in terms.items()])


def _add_spellings(added: ContractText, path: Path, lists: _Lists) -> None:
    """Add spellings to a term that the contract has."""
    term = locate(added.root, path)
    for name, by_locale in lists.items():
        field_node = locate(added.root, (*path, name))
        if isinstance(field_node, MapNode):
            for locale, texts in by_locale.items():
                _add_list(added, field_node, locale, texts)
        elif isinstance(term, MapNode):
            added.add_entry(term, name, _by_locale(by_locale))


def _add_list(added: ContractText, node: MapNode, key: str, items: Sequence[str]) -> None:
    found = locate(node, (key,))
    if isinstance(found, ListNode):
        for item in items:
            added.add_item(found, item)
    else:
        added.add_entry(node, key, flow_list(items))


def _add_metadata(added: ContractText, words: Iterable[Word]) -> None:
    lists: dict[Path, list[str]] = {}
    for word in words:
        if word.answer is Answer.ALLOWED:
            path: Path = ("metadata", "optional")
            if word.vocabulary != KEYS:
                path = ("metadata", "values", word.vocabulary.removeprefix(VALUES))
            lists.setdefault(path, []).append(scalar(word.text))
    for path, items in lists.items():
        node = locate(added.root, path[:-1])
        if isinstance(node, MapNode):
            _add_list(added, node, str(path[-1]), items)
